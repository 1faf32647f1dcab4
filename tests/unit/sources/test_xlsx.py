"""Workbooks: what cells hold, merged and hidden cells, formulas, damaged and hostile files."""

from __future__ import annotations

import datetime as dt
import zipfile
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from exporter.errors import ExporterError, PackageError, ReadError
from exporter.sources.cells import FailedCell, NumberCell
from exporter.sources.xlsx import open_workbook

pytestmark = pytest.mark.door("openpyxl")


@pytest.fixture
def book() -> Any:
    return openpyxl.Workbook()


def saved(book: Any, folder: Path) -> Path:
    path = folder / "book.xlsx"
    book.save(path)
    return path


def rows_of(book: Any, folder: Path) -> list[list[Any]]:
    with open_workbook(saved(book, folder)) as workbook:
        return [list(row.values) for row in workbook.tables[0].rows()]


def test_values(book: Any, tmp_path: Path) -> None:
    sheet = book.active
    sheet.append([" text ", 1.5, True, dt.datetime(2005, 3, 31), dt.datetime(2005, 3, 31, 12), None, "last"])
    sheet["B1"].number_format = "0.00"
    (row,) = rows_of(book, tmp_path)
    assert row[0] == "text"
    assert isinstance(row[1], NumberCell)
    assert (row[1].value, row[1].decimals) == (Decimal("1.50"), 2)
    assert row[2:] == [True, "2005-03-31", "2005-03-31T12:00:00", None, "last"]


@pytest.mark.parametrize(
    ("code", "text"),
    [("d mmmm", "--03-31"), ("mmm yyyy", "2005-03"), ("yyyy-mm-dd", "2005-03-31"), ("d.m.yy", "2005-03-31")],
)
def test_a_date_is_what_its_format_shows(book: Any, tmp_path: Path, code: str, text: str) -> None:
    book.active["A1"] = dt.datetime(2005, 3, 31)
    book.active["A1"].number_format = code
    assert rows_of(book, tmp_path) == [[text]]


def test_errors_and_formulas_that_were_never_calculated(book: Any, tmp_path: Path) -> None:
    sheet = book.active
    sheet["A1"], sheet["B1"], sheet["C1"] = "#DIV/0!", "=1+1", 3
    (row,) = rows_of(book, tmp_path)
    assert isinstance(row[0], FailedCell)
    assert isinstance(row[1], FailedCell)
    assert (row[0].code, row[1].code) == ("exporter:errorCell", "exporter:notCalculated")
    assert "#DIV/0!" in row[0].message


def test_merged_cells(book: Any, tmp_path: Path) -> None:
    sheet = book.active
    sheet.append(["pair", "Rates", None])
    sheet.append([None, "High", "Low"])
    sheet.append(["JPY", 1, 2])
    sheet.append([None, 3, 4])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A3:A4")
    with open_workbook(saved(book, tmp_path)) as workbook:
        table = workbook.tables[0]
        rows = list(table.rows())
        assert list(table.spread(rows[0])) == ["pair", "Rates", "Rates"]
        assert [row.values[0] for row in rows[2:]] == ["JPY", "JPY"]


def test_hidden_rows_and_sheets(book: Any, tmp_path: Path) -> None:
    sheet = book.active
    for number in range(4):
        sheet.append([number])
    sheet.row_dimensions[3].hidden = True
    book.create_sheet("Secret").sheet_state = "hidden"
    with open_workbook(saved(book, tmp_path)) as workbook:
        assert [row.number for row in workbook.tables[0].rows() if row.is_hidden] == [3]
        assert [table.is_hidden for table in workbook.tables] == [False, True]


def test_cells_ranges_and_defined_names(book: Any, tmp_path: Path) -> None:
    sheet = book.active
    sheet.title = "Balance Sheet"
    sheet["C3"], sheet["D3"], sheet["E3"] = 1, 2, 3
    book.defined_names["Deficit"] = DefinedName("Deficit", attr_text="'Balance Sheet'!$D$3")
    book.create_sheet("Other")["A1"] = "x"
    with open_workbook(saved(book, tmp_path)) as workbook:
        table = workbook.table("Balance Sheet")
        values = table.values_at({"C3", "Deficit", "C3:E3", "Other!A1", "Nothing", "Nowhere!A1", "Other!B9"})
        assert {place: [str(value) for _, value in pairs] for place, pairs in values.items()} == {
            "C3": ["1"],
            "Deficit": ["2"],
            "C3:E3": ["1", "2", "3"],
            "Other!A1": ["x"],
            "Other!B9": ["None"],
        }
        assert values["Deficit"][0][0].cell == "'Balance Sheet'!D3"


def test_what_is_no_workbook(tmp_path: Path) -> None:
    text = tmp_path / "text.xlsx"
    text.write_text("a,b\n")
    with pytest.raises(PackageError), open_workbook(text):
        pass
    other = tmp_path / "other.xlsx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(ReadError) as caught, open_workbook(other):
        pass
    assert [finding.code for finding in caught.value.findings] == ["exporter:malformedWorkbook"]


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]
)
def test_a_document_type_declaration_is_refused_in_every_part(book: Any, tmp_path: Path, part: str) -> None:
    book.active["A1"] = "x"
    changed = changed_part(saved(book, tmp_path), part, lambda data: data.replace(b"<", b"<!DOCTYPE a []><", 1))
    with pytest.raises(ReadError) as caught, open_workbook(changed):
        pass
    assert caught.value.findings[0].code == "exporter:doctypeRefused"


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"]
)
def test_damaged_parts_are_findings(book: Any, tmp_path: Path, part: str) -> None:
    book.active["A1"] = "x"
    changed = changed_part(saved(book, tmp_path), part, lambda data: data[: len(data) // 2])
    with pytest.raises(ExporterError) as caught, open_workbook(changed) as workbook:
        list(workbook.tables[0].rows())
    assert caught.value.findings


def changed_part(path: Path, part: str, change: Any) -> Path:
    """A copy of a workbook with one part changed."""
    copy = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(copy, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == part and data.startswith(b"<?xml"):
                head, _, rest = data.partition(b"?>")
                data = head + b"?>" + change(rest)
            elif name == part:
                data = change(data)
            target.writestr(name, data)
    return copy


def with_part(path: Path, part: str, change: Any) -> Path:
    """The workbook with one part of it changed."""
    damaged = path.with_name("damaged.xlsx")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(damaged, "w") as made:
        for name in archive.namelist():
            content = archive.read(name)
            made.writestr(name, change(content) if name == part else content)
    return damaged


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.replace(b's="1"', b's="77"'),
        lambda content: content.replace(b'<row r="1"', b'<row r="x" hidden="1"'),
    ],
    ids=["a style that is not there", "a hidden row without a number"],
)
def test_damage_within_a_sheet(book: Any, tmp_path: Path, change: Any) -> None:
    book.active["A1"] = 1.5
    book.active["A1"].number_format = "0.00"
    sheet = "xl/worksheets/sheet1.xml"
    path = with_part(saved(book, tmp_path), sheet, change)
    with zipfile.ZipFile(path) as after, zipfile.ZipFile(saved(book, tmp_path)) as before:
        assert after.read(sheet) != before.read(sheet)
    with suppress(ReadError), open_workbook(path) as workbook:
        assert list(workbook.tables[0].rows())


def test_an_entry_that_cannot_be_unpacked(book: Any, tmp_path: Path) -> None:
    for number in range(300):
        book.active.append([number, f"text {number * 7919}"])
    path = saved(book, tmp_path)
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    start = entry.header_offset + 30 + len(entry.filename)
    content[start + 200 : start + 300] = bytes(100)
    path.write_bytes(content)
    with pytest.raises(ExporterError) as caught, open_workbook(path) as workbook:
        list(workbook.tables[0].rows())
    assert caught.value.findings[0].location.file == str(path)
