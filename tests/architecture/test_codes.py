"""Our own codes: every one used is listed, every one listed is used."""

from __future__ import annotations

import re
from pathlib import Path

from exporter.codes import CODES

PACKAGE = Path(__file__).parents[2] / "exporter"
_CODE = re.compile(r"""["'](exporter:[A-Za-z0-9]+)["']""")


def used() -> set[str]:
    sources = (path for path in PACKAGE.rglob("*.py") if path.name != "codes.py")
    return {code for path in sources for code in _CODE.findall(path.read_text(encoding="utf-8"))}


def test_every_code_used_is_listed() -> None:
    assert used() - CODES.keys() == set()


def test_every_code_listed_is_used() -> None:
    assert CODES.keys() - used() == set()


def test_each_code_has_a_meaning() -> None:
    assert all(re.fullmatch(r"exporter:[a-z][A-Za-z0-9]*", code) and meaning for code, meaning in CODES.items())
