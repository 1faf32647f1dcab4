"""Reading what a command is given: a report in any syntax, or a file of report items."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from exporter.cli.outcome import Run
from exporter.cli.parameters import given_access
from exporter.errors import ReadError
from exporter.findings import Finding

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


def placed(findings: Iterable[Finding], path: Path) -> tuple[Finding, ...]:
    """Findings about items, which know their JSON pointer, with the line of the file they were read from."""
    findings = tuple(findings)
    if not any(finding.location.pointer is not None and finding.location.line is None for finding in findings):
        return tuple(finding.at(file=str(path)) for finding in findings)
    try:
        locate = _read_tree(path).locate
    except (ReadError, OSError):  # it changed since; the pointers still tell
        return tuple(finding.at(file=str(path)) for finding in findings)
    return tuple(_placed(finding, locate, path) for finding in findings)


def _read_tree(path: Path) -> Any:
    from exporter.sources import YAML_SUFFIXES

    if path.suffix.lower() in YAML_SUFFIXES:
        from exporter.sources.yaml import read_yaml

        return read_yaml(path)
    from exporter.formats.items_json.json_tree import read_json_tree

    return read_json_tree(path.read_bytes(), name=str(path))


def _placed(finding: Finding, locate: Any, path: Path) -> Finding:
    if finding.location.pointer is None or finding.location.line is not None:
        return finding.at(file=str(path))
    place = locate(finding.location.pointer)
    return evolve(finding, location=evolve(finding.location, file=str(path), line=place.line, column=place.column))
