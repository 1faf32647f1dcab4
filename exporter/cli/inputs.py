"""Reading what a command is given: a report in any syntax, or a file of report items."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from exporter.cli.outcome import Run
from exporter.cli.parameters import given_access

if TYPE_CHECKING:
    from exporter.filing.filing import Filing
    from exporter.model.report import Report


def holds_items(path: Path) -> bool:
    """Whether a file holds report items: YAML by its suffix, items JSON by its content.

    Raises:
        ReadError: the file cannot be read, or nothing tells its format.
    """
    from exporter.filing.report_files import detect_report_format
    from exporter.sources import YAML_SUFFIXES

    return path.suffix.lower() in YAML_SUFFIXES or detect_report_format(path).holds == "items"


def load_items(
    run: Run, path: Path, classes: Iterable[type[Any]] = (), *, profile: str | None = None, release: str | None = None
) -> Filing:
    """The filing in a file of items, with a sign of life while it is read."""
    from exporter.filing.loading import load_filing

    with run.screen.progress(f"reading {path}"):
        return load_filing(path, classes, profile=profile, release=release)


def read_facts(
    run: Run, path: Path, *, packages: Iterable[Path] = (), strict: bool = False, classes: Iterable[type[Any]] = ()
) -> Report:
    """The report in a file of facts, or the one that a file of items makes."""
    from exporter.filing.reading import read_report

    if holds_items(path):
        return load_items(run, path, classes).to_report()
    with run.screen.progress(f"reading {path}"):
        return read_report(path, packages=packages, strict=strict, access=given_access(), warn=run.warn)
