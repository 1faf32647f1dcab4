"""Messages list things in one way, which cuts long lists: no other join of a list stands in a text for people."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.test_layers import PACKAGE

# Modules whose joins are what they write (a page, a module, a cell, a line of a table), and not a message.
_WRITERS = {
    *("items/generate/source.py", "formats/xbrl_json/write/text.py"),
    *("formats/xbrl_csv/write/tables.py", "formats/xbrl_csv/read/report.py", "formats/inline_xbrl/write/display.py"),
    *("page/report_page.py", "cli/diff.py", "cli/items.py", "cli/profiles.py", "findings.py"),
    *("model/fact.py", "page/review.py", "items/written_forms.py"),
}
_GLUE = {", ", "; ", " and ", " or "}


def joins_in_texts(path: Path) -> Iterator[int]:
    """The lines of f-strings with a list joined in them."""
    for text in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(text, ast.JoinedStr):
            continue
        for node in ast.walk(text):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Constant(value=glue), attr="join")) if glue in _GLUE:
                    yield node.lineno


def test_messages_cut_their_lists() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in PACKAGE.rglob("*.py")
        if path.relative_to(PACKAGE).as_posix() not in _WRITERS
        for line in joins_in_texts(path)
    }
    assert found == set(), "use exporter.findings.list_text"


def test_the_writers_are_there() -> None:
    assert all((PACKAGE / name).exists() for name in _WRITERS)
