"""A workbook that somebody else made, with a mapping: the right items, and each thing that is wrong at its cell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

import exporter as ex
from exporter.disclosures import AccumulatedDeficit, ExchangeRates, OwnershipInterest

MAPPING = """
filing:
  entity: {cik: "0001090633"}
  prefix: iij
  period_end: 2005-03-31
tables:
  - file: figures.xlsx
    sheet: FX rates
    type: ExchangeRates
    header: 4-5
    rows: 6-10
    columns:
      over.start: {at: Year / from}
      over.end: Year / to
      high: Yen per dollar / High
      low: Low
      average: F
      period_end: Period-end
      averaging: {at: Method}
    values: {pair: JPY per USD}
  - file: figures.xlsx
    sheet: Balance Sheet
    type: AccumulatedDeficit
    currency: JPY
    scale: millions
    cells: {amount: "C5:D5", as_of: "C3:D3"}
  - file: figures.xlsx
    sheet: Holders
    type: OwnershipInterest
    columns: {holder: Name of holder, share: "%", shares: Shares held}
    values: {as_of: "July 29, 2005"}
    rows: 3-5
  - file: figures.xlsx
    sheet: Notes
    type: TextDisclosure
    cells: {text: Rates_note}
    values: {kind: exchange_rate_table, over: {start: 2004-04-01, end: 2005-03-31}}
"""
RATES = [
    (2002, 133.40, 115.71, 121.10, 118.07),
    (2003, 120.55, 104.18, 112.75, 104.18),
    (2004, 114.30, 102.26, 107.28, 107.22),
]


def foreign_workbook() -> Any:
    """Titles, styles, notes, merged headings, units in headings, sheets that are about something else."""
    book = openpyxl.Workbook()
    cover = book.worksheets[0]
    cover.title = "READ ME"
    cover["A1"] = "Prepared by Finance; do not change"
    rates = book.create_sheet("FX rates")
    rates["A1"] = "Selected exchange rates"
    rates["A1"].font = Font(bold=True, size=16)
    rates.merge_cells("A1:H1")
    rates["B4"], rates["D4"] = "Year", "Yen per dollar"
    rates.merge_cells("B4:C4")
    rates.merge_cells("D4:G4")
    for column, heading in zip(
        "BCDEFGH", ("from", "to", "High", "Low", "Average (1)", "Period-\nend", "Method"), strict=True
    ):
        rates[f"{column}5"] = heading
        rates[f"{column}5"].fill = PatternFill("solid", fgColor="DDEEFF")
    for row, (year, *values) in enumerate(RATES, 6):
        rates[f"B{row}"], rates[f"C{row}"] = dt.datetime(year, 4, 1), dt.datetime(year + 1, 3, 31)
        for column, value in zip("DEFG", values, strict=True):
            rates[f"{column}{row}"] = value
            rates[f"{column}{row}"].number_format = "#,##0.00"
        rates[f"H{row}"] = "Month-End Rates"
    rates.merge_cells("H6:H8")
    rates["D6"].comment = Comment("checked", "KT")
    rates["A12"] = "(1) over month-end rates"
    sheet = book.create_sheet("Balance Sheet")
    sheet["A1"], sheet["A2"] = "Consolidated balance sheets", "(in millions of yen)"
    sheet["C3"], sheet["D3"] = "March 31, 2004", dt.datetime(2005, 3, 31)
    sheet["A5"], sheet["C5"], sheet["D5"] = "Accumulated deficit", 37_300, 34_400
    sheet["C5"].number_format = sheet["D5"].number_format = "#,##0_);(#,##0)"
    holders = book.create_sheet("Holders")
    holders.append(["Name of holder", "Shares held", "%"])
    holders.append([])
    holders.append(["NTT and its affiliates", 12_345, 0.316])
    holders.append(["Koichi Suzuki", 2_345, 0.0623])
    holders["C3"].number_format, holders["C4"].number_format = "0.0%", "0.00%"
    holders["B3"].number_format = holders["B4"].number_format = "#,##0"
    holders["A6"] = "Total"
    notes = book.create_sheet("Notes")
    notes["B2"] = "Yen for one dollar at noon in New York."
    book.defined_names["Rates_note"] = DefinedName("Rates_note", attr_text="Notes!$B$2")
    return book


def written(book: Any, folder: Path) -> Path:
    book.save(folder / "figures.xlsx")
    mapping = folder / "report.yaml"
    mapping.write_text(MAPPING, encoding="utf-8")
    return mapping


def test_the_items_of_somebody_elses_workbook(tmp_path: Path) -> None:
    filing = ex.load_filing(written(foreign_workbook(), tmp_path))
    assert filing.source is not None
    assert filing.source.findings == ()
    rates = [item for item in filing.items if isinstance(item, ExchangeRates)]
    assert [str(item.over) for item in rates] == [
        str(ex.Duration(f"{year}-04-01", f"{year + 1}-03-31")) for year, *_ in RATES
    ]
    assert rates[0] == ExchangeRates(
        pair=ex.CurrencyPair(base="USD", quote="JPY"),
        over=ex.Duration("2002-04-01", "2003-03-31"),
        high=ex.Rate("133.40"),
        low=ex.Rate("115.71"),
        average=ex.Rate("121.10"),
        period_end=ex.Rate("118.07"),
        averaging=rates[2].averaging,
    )
    assert str(rates[2].averaging) == "month_end_rates"
    deficits = [item for item in filing.items if isinstance(item, AccumulatedDeficit)]
    assert deficits == [
        AccumulatedDeficit(amount=ex.Money("37300000000", "JPY", -6), as_of=ex.Instant("2004-03-31")),
        AccumulatedDeficit(amount=ex.Money("34400000000", "JPY", -6), as_of=ex.Instant("2005-03-31")),
    ]
    shares = [(item.share, item.shares) for item in filing.items if isinstance(item, OwnershipInterest)]
    assert shares == [
        (ex.Percent("31.6"), ex.ShareCount("12345")),
        (ex.Percent("6.23"), ex.ShareCount("2345")),
    ]
    assert filing.items[-1].text.xhtml.startswith("<p>Yen for one dollar")


def test_ten_faults_and_their_cells(tmp_path: Path) -> None:
    book = foreign_workbook()
    rates, balance, holders = book["FX rates"], book["Balance Sheet"], book["Holders"]
    rates["F6"] = 221.10  # the average above the high
    rates["F7"] = "#DIV/0!"
    rates["G7"] = "=G8*1"  # never calculated
    rates["C8"] = "31/02/2005"
    balance["C3"] = "soon"
    balance["C5"] = "n/a"
    balance["D5"].number_format = "#,##0.0,"  # shown in thousands below a heading in millions
    holders["C3"].number_format = "General"
    holders["C4"] = 1.5
    holders["A5"], holders["B5"] = "Hidden holder", "many"
    holders["C5"], holders["C5"].number_format = 0.01, "0%"
    holders.row_dimensions[5].hidden = True
    with pytest.raises(ex.ReadError) as caught:
        ex.load_filing(written(book, tmp_path))
    findings = {finding.location.cell: finding for finding in caught.value.findings}
    assert {cell: finding.code for cell, finding in findings.items()} == {
        "'FX rates'!F6": "exporter:outsideRange",
        "'FX rates'!F7": "exporter:errorCell",
        "'FX rates'!G7": "exporter:notCalculated",
        "'FX rates'!C8": "exporter:invalidValue",
        "'Balance Sheet'!C3": "exporter:invalidValue",
        "'Balance Sheet'!C5": "exporter:invalidValue",
        "'Balance Sheet'!D5": "exporter:invalidValue",
        "Holders!C3": "exporter:invalidValue",
        "Holders!C4": "exporter:shareOutOfRange",
        "Holders!B5": "exporter:invalidValue",
        "Holders!A5": "exporter:hiddenCells",
    }
    assert all(finding.location.file == str(tmp_path / "figures.xlsx") for finding in findings.values())
    assert str(findings["Holders!B5"]).startswith(f"{tmp_path / 'figures.xlsx'}!Holders!B5 ")


def test_three_lines_from_a_frame() -> None:
    frame = pd.DataFrame({"Year end": ["2004-03-31", "2005-03-31"], "Deficit": [37.3, 34.4]})
    items = ex.read_items(
        frame,
        {
            "type": "AccumulatedDeficit",
            "columns": {"as_of": "Year end", "amount": "Deficit"},
            "currency": "JPY",
            "scale": "billions",
        },
    )
    assert [item.amount.value for item in items] == [Decimal("37300000000"), Decimal("34400000000")]


def test_a_percentage_of_a_frame_says_what_it_is() -> None:
    frame = pd.DataFrame({"holder": ["NTT"], "share": [31.6]})
    columns: dict[str, Any] = {"holder": "holder", "share": "share"}
    mapping = {"type": "OwnershipInterest", "columns": columns, "values": {"as_of": "2005-07-29"}}
    with pytest.raises(ex.ReadError) as caught:
        ex.read_items(frame, mapping)
    (finding,) = caught.value.findings
    assert finding.location.cell == "OwnershipInterest!share[0]"
    for scale, value in (("percent", "0.316"), ("ones", "31.6")):
        columns["share"] = {"at": "share", "scale": scale}
        if scale == "percent":
            assert ex.read_items(frame, mapping)[0].share.value == Decimal(value)
        else:
            with pytest.raises(ex.ReadError, match="share"):
                ex.read_items(frame, mapping)


def test_mappings_that_name_what_is_not_there(tmp_path: Path) -> None:
    mapping = written(foreign_workbook(), tmp_path)
    for old, new, code in (
        ("sheet: FX rates", "sheet: FX rate", "exporter:invalidMapping"),
        ("file: figures.xlsx", "file: figure.xlsx", "exporter:unreadableFile"),
        ("Rates_note", "Rate_note", "exporter:unknownColumn"),
        ("type: OwnershipInterest", "type: OwnershipInterst", "exporter:unknownItemType"),
        ("share: ", "shere: ", "exporter:unknownField"),
    ):
        mapping.write_text(MAPPING.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ex.ExporterError) as caught:
            ex.load_filing(mapping)
        assert code in {finding.code for finding in caught.value.findings}, (old, caught.value)


def test_items_beside_tables_keep_their_lines(tmp_path: Path) -> None:
    book = foreign_workbook()
    book["Balance Sheet"]["C5"] = "n/a"
    mapping = written(book, tmp_path)
    mapping.write_text(MAPPING + "items:\n  - {type: NetLoss, amount: ¥1, over: 2005-04-31}\n", encoding="utf-8")
    with pytest.raises(ex.ReadError) as caught:
        ex.load_filing(mapping)
    places = [
        (finding.location.file, finding.location.line, finding.location.cell) for finding in caught.value.findings
    ]
    assert places == [
        (str(mapping), MAPPING.count("\n") + 2, None),
        (str(tmp_path / "figures.xlsx"), None, "'Balance Sheet'!C5"),
    ]
