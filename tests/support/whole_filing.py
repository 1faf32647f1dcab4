"""The workbooks of the example of a whole filing."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

EXAMPLES = Path(__file__).parents[2] / "examples"
PROFILES = ("sec-us-gaap", "sec-ifrs", "esef-ifrs", "edinet")


@cache
def make_workbook() -> ModuleType:
    """The script of the example, as a module."""
    path = EXAMPLES / "whole-filing" / "make_workbook.py"
    specification = importlib.util.spec_from_file_location("make_workbook", path)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def workbook(folder: Path, profile: str) -> Path:
    """The workbook of the example for a profile, written into a folder."""
    path = folder / f"kita-{profile}.xlsx"
    make_workbook().write_workbook(path, profile)
    return path
