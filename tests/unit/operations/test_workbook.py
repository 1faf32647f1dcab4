"""Workbooks that are written: headings, notes, choices, exact numbers, the same bytes."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest

from exporter.operations.workbook import SheetColumn, SheetContent, write_workbook

pytestmark = pytest.mark.door("xlsxwriter", "openpyxl")

MANY = tuple(f"choice_number_{number}" for number in range(40))


def written() -> io.BytesIO:
    columns = [
        SheetColumn("amount", notes=("the amount",), is_required=True),
        SheetColumn("kind", notes=("a kind",), choices=("a", "b")),
        SheetColumn("many", notes=("one of many",), choices=MANY),
    ]
    values = [
        (Decimal("107.20"), "=1+1", "http://www.example.com"),
        (12345678901234567890, True, None),
        (34, "007", "x"),
    ]
    stream = io.BytesIO()
    write_workbook(stream, [SheetContent("Rates", columns, values=values, about="what it is")], title="T")
    return stream


def test_values_stay_what_they_are() -> None:
    book = openpyxl.load_workbook(written())
    sheet = book["Rates"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["amount", "kind", "many"]
    assert rows[1] == ["the amount", "a kind", "one of many"]
    assert rows[2] == [107.2, "=1+1", "http://www.example.com"]
    assert sheet["A3"].number_format == "0.00"
    assert sheet["B3"].data_type == "s"
    assert rows[3] == ["12345678901234567890", True, None]
    assert rows[4] == [34, "007", "x"]
    assert sheet["A1"].comment is not None


def test_choices_are_lists_however_long() -> None:
    book = openpyxl.load_workbook(written())
    rules = {str(rule.sqref).partition(":")[0]: rule.formula1 for rule in book["Rates"].data_validations.dataValidation}
    assert rules == {"B3": '"a,b"', "C3": "'# choices'!$A$2:$A$41"}
    assert [cell.value for cell in book["# choices"]["A"]] == ["#", *MANY]
    assert book["# choices"].sheet_state == "hidden"


def test_the_same_content_is_the_same_bytes() -> None:
    assert written().getvalue() == written().getvalue()
