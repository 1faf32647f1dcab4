"""The sources and reports of the tests of the program."""

from __future__ import annotations

from tests.unit.cli.conftest import folder, source

__all__ = ["folder", "source"]
