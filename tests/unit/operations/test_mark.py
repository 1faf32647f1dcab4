"""Copies of workbooks with what is wrong in them marked."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from exporter.errors import WriteError
from exporter.findings import Finding, Location, Severity
from exporter.operations.mark import LIST_SHEET, mark_workbook

pytestmark = pytest.mark.door("openpyxl")


def finding(cell: str | None, severity: Severity = Severity.ERROR, file: str = "book.xlsx") -> Finding:
    location = Location(file=file, cell=cell)
    return Finding(
        code="exporter:invalidValue", message=f"wrong {cell}", severity=severity, location=location, fix="fix"
    )


def test_cells_are_coloured_and_commented(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "My sheet"
    sheet["A1"], sheet["B2"], sheet["B2"].number_format = "=1+1", 0.5, "0.0%"
    sheet["B2"].comment = Comment("checked", "KT")
    sheet.merge_cells("C1:C3")
    book.save("book.xlsx")
    findings = [
        finding("'My sheet'!B2", Severity.WARNING),
        finding("'My sheet'!B2"),
        finding("'My sheet'!C3", Severity.WARNING),
        finding("'Other'!A1"),
        finding("'My sheet'!D4", file="other.xlsx"),
        finding(None),
    ]
    assert mark_workbook(Path("book.xlsx"), findings, Path("marked.xlsx")) == 2
    marked = openpyxl.load_workbook("marked.xlsx")
    cell = marked["My sheet"]["B2"]
    assert (cell.value, cell.number_format, cell.fill.fgColor.rgb) == (0.5, "0.0%", "00FFC7CE")
    assert cell.comment is not None
    assert cell.comment.text.startswith("checked\n\nwarning: wrong 'My sheet'!B2 (fix)\n\nerror:")
    assert marked["My sheet"]["C1"].comment is not None
    assert marked["My sheet"]["A1"].value == "=1+1"
    listed = marked[LIST_SHEET]
    assert [row[0].value for row in listed.iter_rows(min_row=2)] == [
        "'My sheet'!B2",
        "'My sheet'!B2",
        "'My sheet'!C3",
        "'Other'!A1",
        None,
    ]
    assert mark_workbook(Path("marked.xlsx"), [], Path("again.xlsx")) == 0


def test_the_copy_is_a_workbook(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "book.xlsx")
    with pytest.raises(WriteError):
        mark_workbook(tmp_path / "book.xlsx", [], tmp_path / "copy.txt")
