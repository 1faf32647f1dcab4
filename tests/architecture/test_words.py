"""Names speak the language of the field: no word of the list names a module or a class, no name has two meanings."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.architecture.test_layers import PACKAGE, modules

# Say finding, fix, location, candidate, conflict, label, text, expected; or what the value is.
WORDS = frozenset(
    (
        *("found", "each", "told", "said", "wanted", "shown", "tongue", "wording", "landscape", "weaving", "proving"),
        *("contest", "contests", "mention", "mentions", "mend", "mends", "slip", "slips", "fault", "faults"),
        *("problem", "problems", "complaint", "complaints", "trouble", "judged"),
    )
)


def words_of(name: str) -> set[str]:
    """The words of a name in either spelling: ``find_gaps``, ``_FoundGaps``."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_and_classes_have_plain_names(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [path.stem, *(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    assert {name for name in names if words_of(name) & WORDS} == set()


def test_no_class_name_is_used_twice() -> None:
    homes = defaultdict(set)
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes[node.name.lstrip("_")].add(f"{path.relative_to(PACKAGE).as_posix()}: {node.name}")
    assert {name: sorted(places) for name, places in homes.items() if len(places) > 1} == {}


def test_the_words_of_a_name() -> None:
    assert words_of("_FoundGaps") == {"found", "gaps"}
    assert words_of("find_gaps_2") == {"find", "gaps"}
    assert not words_of("Foundation") & WORDS
