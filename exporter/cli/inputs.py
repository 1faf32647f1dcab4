"""Reading what a command is given: a report in whatever shape, or a file of report items."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exporter.cli.outcome import Run
from exporter.cli.parameters import given_access

if TYPE_CHECKING:
    from exporter.filing.filing import Filing
    from exporter.filing.inputs import Input
    from exporter.findings import Finding
    from exporter.model.report import Report


def open_source(*paths: Path) -> Input:
    """What was given to the command, open until its end: one input, or the documents of one document set.

    Raises:
        ReadError: it cannot be read, or nothing tells what it is.
        PackageError: an archive is unsafe, or no report package.
    """
    from exporter.filing.inputs import open_input

    return click.get_current_context().with_resource(open_input(paths[0] if len(paths) == 1 else paths))


def load_items(
    run: Run,
    source: Path | Input,
    classes: Iterable[type[Any]] = (),
    *,
    profile: str | None = None,
    release: str | None = None,
) -> Filing:
    """The filing in a file of items, with a sign of life while it is read."""
    from exporter.filing.loading import load_filing

    with run.screen.progress(f"reading {name_of(source)}"):
        return load_filing(source, classes, profile=profile, release=release)


def read_facts(
    run: Run,
    source: Input,
    *,
    packages: Iterable[Path] = (),
    strict: bool = False,
    classes: Iterable[type[Any]] = (),
    warn: Callable[[Finding], None] | None = None,
) -> Report:
    """The report in a file of facts, or the one that a file of items makes.

    Unless ``strict`` is set, what is in doubt is left out of it, and told to ``warn`` (the run's, by default).
    """
    from exporter.filing.reading import read_report

    if source.holds_items:
        return load_items(run, source, classes).to_report()
    with run.screen.progress(f"reading {source.name}"):
        return read_report(
            source, packages=packages, strict=strict, partial=not strict, access=given_access(), warn=warn or run.warn
        )


def name_of(source: Path | Input) -> str:
    """As people know what was given."""
    return str(source) if isinstance(source, Path) else source.name
