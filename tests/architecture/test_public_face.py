"""The public names: sorted, importable, typed, and cheap to have."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import exporter

ROOT = Path(exporter.__file__ or "").parent


def test_every_public_name_can_be_had() -> None:
    for name in exporter.__all__:
        assert getattr(exporter, name) is not None


def test_public_names_are_sorted_and_few() -> None:
    assert exporter.__all__ == sorted(exporter.__all__)
    assert len(exporter.__all__) <= 70


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.asname for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen | {"__version__"} == set(exporter.__all__)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(AttributeError, match="Nonsense"):
        exporter.Nonsense  # noqa: B018


def test_cold_import_is_light() -> None:
    code = "import sys, exporter; print([m for m in ('attr', 'attrs', 'lxml', 'yaml', 'click') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
