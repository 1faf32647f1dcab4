"""Names and docstrings speak the language of the field: no word of the list, and no class name with two meanings."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
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
IN_PROSE = WORDS - {"found", "each", "shown"}  # plain English there: "each fact", "a schema that is not found"

# Names that people write: keys of files and parts of the public interface.
ALLOWED = frozenset(
    (
        ("disclosures/related_parties.py", "wording"),
        ("items/check.py", "problem"),
        ("items/values/languages/__init__.py", "each"),
        ("profiles/rules.py", "each"),
    )
)


def words_of(name: str) -> set[str]:
    """The words of a name in either spelling: ``find_gaps``, ``_FoundGaps``."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}


def names_in(tree: ast.AST) -> Iterator[str]:
    """The names that a module gives: functions, parameters, variables and attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def first_lines(tree: ast.AST) -> Iterator[str]:
    """The first lines of the docstrings of a module, its classes and functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield (ast.get_docstring(node) or "").partition("\n")[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_modules_and_classes_have_plain_names(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [path.stem, *(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
    assert {name for name in names if words_of(name) & WORDS} == set()


def test_functions_and_variables_have_plain_names() -> None:
    dialect = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in modules()
        for name in names_in(ast.parse(path.read_text(encoding="utf-8")))
        if words_of(name) & WORDS
    }
    assert dialect - ALLOWED == set()


def test_docstrings_begin_in_plain_words() -> None:
    dialect = {
        (path.relative_to(PACKAGE).as_posix(), line)
        for path in modules()
        for line in first_lines(ast.parse(path.read_text(encoding="utf-8")))
        if words_of(line) & IN_PROSE
    }
    assert dialect == set()


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


def test_names_and_first_lines_of_a_module() -> None:
    tree = ast.parse('"""One.\n\nTwo."""\ndef f(told):\n    self.faults, each = told, [1 for shown in told]')
    assert set(names_in(tree)) == {"f", "told", "faults", "each", "shown"}
    assert list(first_lines(tree)) == ["One.", ""]
