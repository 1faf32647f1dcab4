"""Variations of the conformance suites as their test case files tell them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import etree

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


class Variation(NamedTuple):
    """One input with the verdict it asks for: ``valid``, ``invalid`` or a code."""

    id: str
    path: Path
    expected: str


def variations(root: Path) -> Iterator[Variation]:
    """All variations below a directory; the id is the number of the test case and that of the variation."""
    for file in sorted(root.rglob("*.xml")) if root.is_dir() else ():
        case = etree.parse(file).getroot()
        if etree.QName(case).localname != "testcase":
            continue
        for variation in case.iter("{*}variation"):
            (entry,) = (one.text for one in variation.iter("{*}*") if one.get("readMeFirst") == "true")
            codes = [one.text or "" for one in variation.iter("{*}error")]
            verdicts = [one.get("expected") or (one.text or "").strip() for one in variation.iter("{*}result")]
            expected = next(iter([*codes, *filter(None, verdicts)]), "valid")
            yield Variation(f"{file.stem}#{variation.get('id')}", file.parent / (entry or ""), expected)
