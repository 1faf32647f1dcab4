"""A workbook of a German company with a Japanese sheet, mapped: what is wrong in it, at its cells, in every output."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment, Font, PatternFill

import exporter as ex
from exporter.disclosures import ExchangeRates, NetLoss, OwnershipInterest, SharePrices
from tests.unit.cli.running import exporter

MAPPING = """
filing:
  entity: {lei: 529900T8BM49AURSDO55}
  prefix: werk
  period_end: 31. Dezember 2024
  language: de
tables:
  - file: Finanzdaten.xlsx
    sheet: Kurse
    type: ExchangeRates
    header: 3-4
    rows: 5-8
    columns:
      {over.start: Zeitraum / von, over.end: Zeitraum / bis, high: Dollar je Euro / Höchst, low: Tiefst, average: F}
    values: {pair: USD per EUR, averaging: daily_rates}
  - file: Finanzdaten.xlsx
    sheet: Ergebnis
    type: NetLoss
    currency: EUR
    scale: thousands
    rows: 5-
    columns: {over.start: von, over.end: bis, amount: Jahresfehlbetrag (in Tsd. EUR)}
  - file: Finanzdaten.xlsx
    sheet: Aktionäre
    type: OwnershipInterest
    columns: {holder: Aktionär, share: Anteil, shares: Stück}
    values: {as_of: 31. Dezember 2024}
    rows: 3-
  - file: Finanzdaten.xlsx
    sheet: 株価
    type: SharePrices
    columns: {over.start: 開始, over.end: 終了, high: 高値, low: 安値}
    currency: JPY
    values: {market: Tokyo Stock Exchange, security: common stock}
"""
LOSSES = ((2022, 1_250), (2023, 980), (2024, 1_431))


def sound_workbook() -> Any:
    """Titles over merged cells, headings in two rows, thousands in a heading, percentages, dates as a person types."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Deckblatt"
    book.worksheets[0]["B2"] = "Werk AG – vertraulich"
    rates = book.create_sheet("Kurse")
    rates["A1"], rates["A1"].font = "Wechselkurse", Font(bold=True, size=14)
    rates.merge_cells("A1:F1")
    rates["B3"], rates["D3"] = "Zeitraum", "Dollar je Euro"
    rates.merge_cells("B3:C3")
    rates.merge_cells("D3:F3")
    for column, heading in zip("BCDEF", ("von", "bis", "Höchst", "Tiefst", "Mittel"), strict=True):
        rates[f"{column}4"], rates[f"{column}4"].fill = heading, PatternFill("solid", fgColor="FFEECC")
    for row, year in enumerate((2021, 2022, 2023, 2024), 5):
        rates[f"B{row}"], rates[f"C{row}"] = f"1. Januar {year}", dt.datetime(year, 12, 31)
        for column, value in zip("DEF", (1.2012, 1.0012, 1.1012), strict=True):
            rates[f"{column}{row}"], rates[f"{column}{row}"].number_format = value, "0.0000"
    result = book.create_sheet("Ergebnis")
    result["A1"] = "Gewinn- und Verlustrechnung (Auszug)"
    for column, heading in zip("ABC", ("von", "bis", "Jahresfehlbetrag\n(in Tsd. EUR)"), strict=True):
        result[f"{column}4"], result[f"{column}4"].alignment = heading, Alignment(wrap_text=True)
    for row, (year, loss) in enumerate(LOSSES, 5):
        result[f"A{row}"], result[f"B{row}"] = f"1. Januar {year}", f"31. Dezember {year}"
        result[f"C{row}"], result[f"C{row}"].number_format = loss, "#,##0"
    holders = book.create_sheet("Aktionäre")
    holders.append(["Aktionär", "Stück", "Anteil"])
    holders.append([None, None, "in %"])
    for row, (name, shares, share) in enumerate((("Familie Kühn", 61_000, 0.305), ("Streubesitz", 139_000, 0.695)), 3):
        holders.append([name, shares, share])
        holders[f"B{row}"].number_format, holders[f"C{row}"].number_format = "#,##0", "0.0%"
    prices = book.create_sheet("株価")
    prices.append(["開始", "終了", "高値", "安値"])
    prices.append(["2024年1月1日", "2024年6月30日", 1_250, 1_010])
    prices.append([dt.datetime(2024, 7, 1), dt.datetime(2024, 12, 31), 1_480, 1_205])
    for row in (2, 3):
        prices[f"C{row}"].number_format = prices[f"D{row}"].number_format = "#,##0"
    return book


def written(book: Any, folder: Path) -> Path:
    book.save(folder / "Finanzdaten.xlsx")
    (folder / "bericht.yaml").write_text(MAPPING, encoding="utf-8")
    return folder / "bericht.yaml"


def plant(book: Any) -> dict[str, str]:
    """Put mistakes into the cells; the result has their codes by cell."""
    rates, result, holders, prices = (book[name] for name in ("Kurse", "Ergebnis", "Aktionäre", "株価"))
    rates["D5"] = "#REF!"
    rates["E6"] = "=E5*1.02"  # never calculated
    rates["B7"] = "31. Juni 2023"
    rates["F8"] = 1.3012  # above the highest
    result["C5"] = "k. A."
    result["A6"], result["B7"] = "01.01.2023", "31. Dezember 2023"  # an order of digits to guess; before its start
    result["C7"] = "1.431,5.0"
    holders["C3"].number_format = "General"
    holders["C4"] = 1.6
    holders["A5"], holders["B5"] = None, 5
    holders["C5"], holders["C5"].number_format = 0.01, "0%"
    holders.append(["Versteckt", "viele", "=1/0"])
    holders.row_dimensions[6].hidden = True
    prices["C2"] = "#NAME?"
    prices["D3"] = True
    return {
        "Kurse!D5": "exporter:errorCell",
        "Kurse!E6": "exporter:notCalculated",
        "Kurse!B7": "exporter:invalidValue",
        "Kurse!F8": "exporter:outsideRange",
        "Ergebnis!C5": "exporter:invalidValue",
        "Ergebnis!A6": "exporter:invalidValue",
        "Ergebnis!A7": "exporter:invalidValue",
        "Ergebnis!C7": "exporter:invalidValue",
        "Aktionäre!C3": "exporter:invalidValue",
        "Aktionäre!C4": "exporter:shareOutOfRange",
        "Aktionäre!A5": "exporter:missingField",
        "Aktionäre!A6": "exporter:hiddenCells",
        "Aktionäre!B6": "exporter:invalidValue",
        "Aktionäre!C6": "exporter:notCalculated",
        "株価!C2": "exporter:errorCell",
        "株価!D3": "exporter:invalidValue",
    }


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The mapping of a workbook with mistakes in it, and their codes by cell."""
    book = sound_workbook()
    codes = plant(book)
    return written(book, tmp_path_factory.mktemp("planted")), codes


def test_the_items_are_those_that_the_cells_show(tmp_path: Path) -> None:
    filing = ex.load_filing(written(sound_workbook(), tmp_path))
    assert filing.source is not None
    assert filing.source.findings == ()
    by_class: dict[type[Any], list[Any]] = {
        kind: [item for item in filing.items if isinstance(item, kind)] for kind in map(type, filing.items)
    }
    assert [item.over for item in by_class[ExchangeRates]] == [
        ex.Duration(f"{year}-01-01", f"{year}-12-31") for year in (2021, 2022, 2023, 2024)
    ]
    assert by_class[ExchangeRates][0].high == ex.Rate("1.2012")
    assert [(item.over, item.amount) for item in by_class[NetLoss]] == [
        (ex.Duration(f"{year}-01-01", f"{year}-12-31"), ex.Money(f"{loss}000", "EUR", -3)) for year, loss in LOSSES
    ]
    assert [(item.holder.name, item.share, item.shares) for item in by_class[OwnershipInterest]] == [
        ("Familie Kühn", ex.Percent("30.5"), ex.ShareCount("61000")),
        ("Streubesitz", ex.Percent("69.5"), ex.ShareCount("139000")),
    ]
    prices = [(str(item.over.first_day), str(item.high), str(item.low)) for item in by_class[SharePrices]]
    assert [first for first, *_ in prices] == ["2024-01-01", "2024-07-01"]
    assert ["¥1,250" in high and "¥1,010" in low for _, high, low in prices] == [True, False]


def test_json_names_every_cell(planted: tuple[Path, dict[str, str]]) -> None:
    source, codes = planted
    outcome = exporter("validate", source, "--json")
    assert outcome.code == 1
    assert {finding["location"]["cell"]: finding["code"] for finding in outcome.json["findings"]} == codes
    assert {Path(finding["location"]["file"]).name for finding in outcome.json["findings"]} == {"Finanzdaten.xlsx"}


def test_text_names_every_cell(planted: tuple[Path, dict[str, str]]) -> None:
    source, codes = planted
    lines = exporter("validate", source).out.splitlines()
    workbook = source.with_name("Finanzdaten.xlsx")
    places = {line.split(": ")[0]: line.split(": ")[2] for line in lines}
    assert places == {f"{workbook}!{cell}": code for cell, code in codes.items()}


def test_sarif_names_every_cell(planted: tuple[Path, dict[str, str]]) -> None:
    source, codes = planted
    (run,) = exporter("validate", source, "--sarif").json["runs"]
    cells = {
        (result["ruleId"], logical["fullyQualifiedName"])
        for result in run["results"]
        for logical in result["locations"][0]["logicalLocations"]
    }
    for cell, code in codes.items():
        assert any(rule == code and cell in name for rule, name in cells), cell


def test_the_marked_copy_has_a_comment_in_every_cell(planted: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    source, codes = planted
    assert exporter("validate", source, "--mark", tmp_path / "marked.xlsx").code == 1
    marked, before = openpyxl.load_workbook(tmp_path / "marked.xlsx"), sound_workbook()
    plant(before)
    commented = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in marked.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment is not None
    }
    assert commented == set(codes)
    for sheet in before.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert marked[sheet.title][cell.coordinate].value == cell.value


def test_a_year_that_stands_twice_is_found_at_its_cell(tmp_path: Path) -> None:
    book = sound_workbook()
    book["Ergebnis"].append(["1. Januar 2023", "31. Dezember 2023", 1_980])
    findings = exporter("validate", written(book, tmp_path), "--json").json["findings"]
    doubled = [finding for finding in findings if finding["code"] == "exporter:duplicateContradicts"]
    assert [finding["location"]["cell"] for finding in doubled] == ["Ergebnis!C8"]
