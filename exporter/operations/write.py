"""Write a report in any syntax."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from exporter.formats.options import DEFAULT_CONTEXT, WriteContext
from exporter.formats.registry import format_to_write
from exporter.model.report import Report

if TYPE_CHECKING:
    from exporter.formats.inline_xbrl.write.blocks import Page


def write_report(
    report: Report,
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    context: WriteContext = DEFAULT_CONTEXT,
) -> int:
    """Write ``report`` to a file, whole or not at all, and return the number of facts; the suffix decides the format.

    What ends in ``-csv`` becomes a folder with a report in xBRL-CSV. Where Inline XBRL is written and ``context`` has
    no page, the facts are shown in tables of periods.

    Args:
        report: the facts and footnotes.
        path: the file, or folder, to write.
        format: name of the syntax; by default that of the suffix.
        context: what a writer may ask for beside the report, such as the page of Inline XBRL.

    Raises:
        WriteError: no format fits, or the report cannot be written in it.
        OSError: the file cannot be written.
    """
    syntax = format_to_write(path, format)
    if context.page is None:
        context = evolve(context, page=_compose_page)
    with syntax.target(Path(path)) as target:
        return syntax.write(report, target, context)


def _compose_page(report: Report) -> Page:
    # Imported on use: only Inline XBRL asks for a page.
    from exporter.page.report_page import report_page

    return report_page(report)
