"""Tests stand where CONTRIBUTING.md says: those under ``tests/unit`` mirror the package."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

from tests.architecture.test_layers import PACKAGE

UNIT = PACKAGE.parent / "tests" / "unit"


def mirrors(path: Path) -> bool:
    """Whether a file is ``test_NAME.py`` or ``test_NAME_SUBJECT.py`` of a module or package NAME in the same folder."""
    folder = PACKAGE / path.parent.relative_to(UNIT)
    names = accumulate(path.stem.removeprefix("test_").split("_"), "{}_{}".format)
    return any((folder / f"{name}.py").exists() or (folder / name / "__init__.py").exists() for name in names)


def test_unit_tests_mirror_the_package() -> None:
    paths = sorted(UNIT.rglob("test_*.py"))
    assert len(paths) > 100
    misplaced = [path.relative_to(UNIT).as_posix() for path in paths if not mirrors(path)]
    assert misplaced == [], "name it after the module it tests, or put it beside the tests of its kind"


def test_what_mirrors_nothing() -> None:
    assert mirrors(UNIT / "items" / "test_bind_axes.py")
    assert mirrors(UNIT / "test_model.py")
    assert not mirrors(UNIT / "items" / "test_everything.py")
    assert not mirrors(UNIT / "elsewhere" / "test_bind.py")
