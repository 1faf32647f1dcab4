"""SECURITY.md says what is: its limits are the defaults, and the tests that it names are there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from attrs import fields

from exporter.resources.limits import DEFAULT_LIMITS, Limits
from tests.architecture.test_layers import PACKAGE

ROOT = PACKAGE.parent
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    return TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_the_limits_are_the_defaults() -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", section("Limits"), flags=re.MULTILINE)
    listed = {name: int(number.replace(",", "")) for name, number in rows}
    assert listed == {field.name: getattr(DEFAULT_LIMITS, field.name) for field in fields(Limits)}


def test_every_promise_has_tests() -> None:
    rows = [row.strip("|").split(" | ") for row in section("What is promised").splitlines() if row.startswith("| ")]
    promises = [row for row in rows if len(row) == 2 and row[0].strip() != "promise"]
    assert len(promises) > 10
    for promise, tests in promises:
        named = re.findall(r"`(tests/[^`]+)`", tests)
        assert named, promise
        for name in named:
            path, _, function = name.partition("::")
            assert function in functions(ROOT / path) | {""}, name


def functions(path: Path) -> set[str]:
    """The tests of a file; it must have some."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test")}
    assert names, path
    return names
