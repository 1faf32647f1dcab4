"""A copy of a workbook in which the cells that findings name are coloured and commented."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from exporter.errors import MissingExtraError, WriteError
from exporter.findings import Finding, Location, Severity
from exporter.resources.publishing import publish, staged
from exporter.sources import WORKBOOK_SUFFIXES
from exporter.sources.cells import cell_position, split_sheet_cell

LIST_SHEET: Final = "# findings"
_COLOURS: Final = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFEB9C", Severity.INFO: "DDEBF7"}
_ORDER: Final = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_AUTHOR: Final = "exporter"


def mark_workbook(workbook: Path, findings: Iterable[Finding], target: Path) -> int:
    """Write the copy, and return how many cells are marked.

    A cell has the colour of the worst of its findings and a comment with all of them, below what was noted before. A
    sheet at the end lists the findings about the workbook, with links. Values, formulas and styles stay; charts and
    pictures are left out of the copy.

    Raises:
        MissingExtraError: openpyxl is not installed.
        WriteError: ``target`` is no name of a workbook.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise MissingExtraError("xlsx", "marking a workbook") from None
    if target.suffix.lower() not in WORKBOOK_SUFFIXES:
        location = Location(file=str(target))
        message, fix = "the copy is no workbook", "give it a name that ends in .xlsx"
        raise WriteError(findings=[Finding(code="exporter:usage", message=message, location=location, fix=fix)])
    about = [finding for finding in findings if finding.location.file in (None, str(workbook))]
    book = load_workbook(workbook, keep_vba=workbook.suffix.lower() == target.suffix.lower() == ".xlsm")
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding in about:
        sheet, cell = split_sheet_cell(finding.location.cell or "")
        if sheet in book.sheetnames and cell_position(cell):
            by_cell.setdefault((sheet, cell), []).append(finding)
    for (sheet, cell), among in by_cell.items():
        _mark(book[sheet][cell], among)
    _list(book, about)
    with staged(target.parent) as staging:
        book.save(staging.files / target.name)
        publish(staging)
    return len(by_cell)


def _mark(cell: Any, findings: list[Finding]) -> None:
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    worst = min((finding.severity for finding in findings), key=_ORDER.index)
    if isinstance(cell, MergedCell):  # what is below the first of merged cells cannot hold anything itself
        cell = _first_of_merged(cell)
    cell.fill = PatternFill("solid", fgColor=_COLOURS[worst])
    before = [cell.comment.text] if cell.comment is not None else []
    text = "\n\n".join([*before, *map(_line, findings)])
    cell.comment = Comment(text, _AUTHOR, width=360, height=min(400, 60 + 40 * len(findings)))


def _first_of_merged(cell: Any) -> Any:
    sheet = cell.parent
    merged = next(span for span in sheet.merged_cells.ranges if cell.coordinate in span)
    return sheet.cell(merged.min_row, merged.min_col)


def _line(finding: Finding) -> str:
    fix = f" ({finding.fix})" if finding.fix else ""
    return f"{finding.severity}: {finding.message}{fix}"


def _list(book: Any, findings: list[Finding]) -> None:
    from openpyxl.styles import Font

    if LIST_SHEET in book.sheetnames:
        del book[LIST_SHEET]
    sheet = book.create_sheet(LIST_SHEET)
    sheet.append(["cell", "severity", "code", "message", "fix"])
    for finding in findings:
        where = finding.location.cell or finding.location.item or ""
        sheet.append([where, str(finding.severity), finding.code, finding.message, finding.fix])
        if finding.location.cell:
            link = sheet.cell(sheet.max_row, 1)
            link.hyperlink = f"#{finding.location.cell}"
            link.font = Font(color="0563C1", underline="single")
    for column, width in zip("ABCDE", (24, 10, 28, 80, 60), strict=True):
        sheet.column_dimensions[column].width = width
    for cell in sheet[1]:
        cell.font = Font(bold=True)
