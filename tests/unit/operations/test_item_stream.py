"""Items of tables as facts, piece by piece: the same report as from all items at once."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import exporter as ex
from exporter.errors import ReadError, WriteError
from exporter.findings import RULES_CHECKED, Finding, Location, Severity
from exporter.operations import item_stream
from exporter.operations.classes import ItemClasses
from exporter.operations.convert import convert
from exporter.operations.inputs import open_input
from exporter.operations.item_stream import check_rows, pieces_of, stream_items
from exporter.operations.tables import iter_items
from exporter.operations.workbook import SheetColumn, SheetContent, write_workbook
from exporter.sources import tables

RATES = ("pair", "over.start", "over.end", "high", "low", "average", "averaging")
RATE_FACTS = 4
FIRST = dt.date(1900, 1, 1)
Row = Sequence[Any]


def rates(count: int, first: int = 0) -> list[Row]:
    """Rows of rates, each of a year of its own."""
    days = [FIRST + dt.timedelta(days=number) for number in range(first, first + count)]
    numbers = (Decimal("120.55"), Decimal("100.01"), Decimal("110.50"))
    return [("JPY per USD", str(day), str(day + dt.timedelta(days=364)), *numbers, "daily_rates") for day in days]


def workbook(path: Path, sheets: Mapping[str, tuple[Sequence[str], Sequence[Row]]], **filing: str) -> Path:
    """A workbook with sheets of rows below headings; the sheet of the filing is the last."""
    header = {"entity.cik": "0001090633", "period_end": "2005-03-31", "prefix": "iij", **filing}
    contents = [
        SheetContent(name, [SheetColumn(heading) for heading in headings], values=rows)
        for name, (headings, rows) in sheets.items()
    ]
    names = [SheetColumn("# field"), SheetColumn("# value")]
    with path.open("wb") as stream:
        write_workbook(stream, [*contents, SheetContent("filing", names, values=list(header.items()))], title="t")
    return path


@pytest.fixture
def pieces_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of three rows, whatever the size of a workbook."""
    monkeypatch.setattr(tables, "_STEP", 3)
    monkeypatch.setattr(item_stream, "LARGE_TABLES", 0)


def converted(source: Path, target: Path) -> list[Finding]:
    findings: list[Finding] = []
    with open_input(source) as opened:
        convert(opened, target, warn=findings.append)
    return findings


def both(source: Path, target: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What is written row by row, and what of all items at once."""
    written = [target("stream")]
    calls: list[object] = []
    real = item_stream.stream_items

    def counted(*arguments: Any, **more: Any) -> Any:
        calls.append(real(*arguments, **more))
        return calls[-1]

    monkeypatch.setattr(item_stream, "stream_items", counted)
    findings = converted(source, written[0])
    assert calls
    assert None not in calls
    monkeypatch.setattr(item_stream, "LARGE_TABLES", 1 << 40)
    written.append(target("whole"))
    assert findings == converted(source, written[1])
    return written


DEFICITS: tuple[Sequence[str], Sequence[Row]] = (
    ("amount", "as_of", "footnotes.1.text"),
    [("¥34.4 billion", "2005-03-31", "See the notes."), ("{unknown: not yet audited}", "2004-03-31", None)],
)


@pytest.mark.usefixtures("pieces_of_three")
@pytest.mark.parametrize("suffix", [".json", ".xbrl", "-csv"])
def test_the_bytes_are_those_of_all_items_at_once(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = {"ExchangeRates": (RATES, rates(10)), "AccumulatedDeficit": DEFICITS}
    source = workbook(tmp_path / "figures.xlsx", sheets)

    def target(name: str) -> Path:
        (tmp_path / name).mkdir()
        return tmp_path / name / f"r{suffix}"

    stream, whole = both(source, target, monkeypatch)
    if suffix == "-csv":
        written = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in (stream, whole)]
        assert written[0] == written[1]
    else:
        assert stream.read_bytes() == whole.read_bytes()


@pytest.mark.usefixtures("pieces_of_three")
def test_facts_stated_again_and_rows_that_wait_make_the_same_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fact with a footnote that is stated again in a later piece; items with places; rows of containers."""
    again = [*rates(7), *rates(1), *rates(2, first=3)]
    noted = ((*RATES, "footnotes.1.text"), [(*row, f"note {number % 4}") for number, row in enumerate(again)])
    headings = ("#item", "market", "security", "over.start", "over.end", "high", "low")
    names = ("Tokyo Stock Exchange", "common stock")
    prices = [
        ("A", *names, "2004-04-01", "2004-06-30", "JPY 300 per share", "JPY 200 per share"),
        ("B", "Nasdaq", "ADS", "2004-04-01", "2004-06-30", "USD 3.00 per share", "USD 2.00 per share"),
        ("A", *names, "2004-07-01", "2004-09-30", "JPY 400 per share", "JPY 250 per share"),
        ("A", *names, "2004-10-01", "2004-12-31", "JPY 500 per share", "JPY 350 per share"),
    ]
    ordered = (("amount", "as_of", "#order"), [("¥2 billion", "2003-03-31", "2"), ("¥1 billion", "2002-03-31", "1")])
    source = workbook(
        tmp_path / "figures.xlsx",
        {"PriceHistory.rows": (headings, prices), "ExchangeRates": noted, "AccumulatedDeficit": ordered},
    )
    stream, whole = both(source, lambda name: tmp_path / f"{name}.json", monkeypatch)
    differences = ex.compare_files(stream, whole).differences
    assert len(differences) == 0
    counts = {len(ex.read_report(path, partial=True).facts) for path in (stream, whole)}
    assert counts == {7 * RATE_FACTS + 2 + 4 * 2}


@pytest.mark.usefixtures("pieces_of_three")
def test_contradictions_across_pieces_have_their_cells(tmp_path: Path) -> None:
    rows = rates(8)
    rows[6] = (*rows[1][:3], Decimal("121.00"), *rows[1][4:])
    source = workbook(tmp_path / "figures.xlsx", {"ExchangeRates": (RATES, rows)})
    with pytest.raises(WriteError) as whole:
        ex.load_filing(source).to_report()
    findings = converted(source, tmp_path / "r.json")
    (contradiction,) = (finding for finding in findings if finding.is_error)
    (expected,) = whole.value.findings
    assert contradiction.location.cell == expected.location.cell == "ExchangeRates!D8"
    assert (contradiction.code, contradiction.message) == (expected.code, expected.message)
    assert not (tmp_path / "r.json").exists()


@pytest.mark.usefixtures("pieces_of_three")
def test_what_is_wrong_in_any_piece_is_reported_at_once(tmp_path: Path) -> None:
    rows = rates(9)
    rows[0] = (*rows[0][:3], "much", *rows[0][4:])
    rows[8] = (*rows[8][:5], "little", *rows[8][6:])
    source = workbook(tmp_path / "figures.xlsx", {"ExchangeRates": (RATES, rows)})
    with pytest.raises(ReadError) as refusal:
        converted(source, tmp_path / "r.json")
    assert [finding.location.cell for finding in refusal.value.findings] == ["ExchangeRates!D2", "ExchangeRates!F10"]
    seen: list[Any] = []
    with pytest.raises(ReadError) as again:
        seen.extend(iter_items(source))
    assert len(seen) == 7
    assert [finding.location for finding in again.value.findings] == [
        finding.location for finding in refusal.value.findings
    ]


@pytest.mark.usefixtures("pieces_of_three")
def test_unknown_amounts_stand_in_the_commonest_currency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    losses = [("{unknown: not stated}", "2001-04-01", "2002-03-31")] + [
        (f"¥{number} billion", f"{2000 + number}-04-01", f"{2001 + number}-03-31") for number in range(2, 7)
    ]
    source = workbook(tmp_path / "f.xlsx", {"NetLoss": (("amount", "over.start", "over.end"), losses)})
    stream, whole = both(source, lambda name: tmp_path / f"{name}.json", monkeypatch)
    assert stream.read_bytes() == whole.read_bytes()
    (unknown,) = (fact for fact in ex.read_report(stream, partial=True).facts if fact.is_nil)
    assert unknown.unit == ex.Unit.currency("JPY")


@pytest.mark.parametrize("filing", [{"profile": "sec-us-gaap"}, {}])
def test_what_needs_all_items_is_not_streamed(filing: dict[str, str], tmp_path: Path) -> None:
    sheets: dict[str, tuple[Sequence[str], Sequence[Row]]] = {"ExchangeRates": (RATES, rates(2))}
    if not filing:
        statement = ("title", "columns[]", "rows")
        sheets["BalanceSheet"] = (statement, [("Balance Sheets", "2005-03-31; 2004-03-31", "Cash | Cash | 1 | 2")])
    source = workbook(tmp_path / "f.xlsx", sheets, **filing)
    classes = ItemClasses()
    with open_input(source) as opened:
        pieces = pieces_of(opened, classes, at_least=0)
        assert pieces is not None
        assert stream_items(pieces, classes) is None
        with pytest.raises(ReadError, match="row by row"):
            check_rows(opened, classes)


def test_rows_are_checked_by_the_rules_of_their_class(tmp_path: Path) -> None:
    """A high below the average is an error; of sound rows the last finding says what was not checked."""
    sound, wrong = rates(3), rates(3)
    wrong[1] = (*wrong[1][:3], Decimal("105.00"), *wrong[1][4:])
    checked = []
    for name, of_rates in (("sound", sound), ("wrong", wrong)):
        source = workbook(tmp_path / f"{name}.xlsx", {"ExchangeRates": (RATES, of_rates)})
        with open_input(source) as opened:
            checked.append(check_rows(opened, ItemClasses()))
    assert [(finding.code, finding.message[:27]) for finding in checked[0]] == [
        (RULES_CHECKED, "3 items checked row by row:")
    ]
    assert [(finding.code, finding.location.cell) for finding in checked[1]] == [
        ("exporter:outsideRange", "ExchangeRates!F3")
    ]
    assert ex.validate(tmp_path / "wrong.xlsx") == checked[1]


def test_warnings_of_items_have_their_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Items are held against the rules of their classes, warnings included."""

    def check_item(item: Any) -> list[Finding]:
        warned = Finding(
            code="a:b", message="doubtful", severity=Severity.WARNING, location=Location(pointer="/average")
        )
        return [warned] if item.high.value == Decimal("121.00") else []

    monkeypatch.setattr(item_stream, "check_item", check_item)
    rows = rates(4)
    rows[2] = (*rows[2][:3], Decimal("121.00"), *rows[2][4:])
    source = workbook(tmp_path / "f.xlsx", {"ExchangeRates": (RATES, rows)})
    with open_input(source) as opened:
        warning, checked = check_rows(opened, ItemClasses())
    assert (warning.code, warning.location.cell, warning.location.item) == (
        "a:b",
        "ExchangeRates!F4",
        "items[2] ExchangeRates",
    )
    assert checked.code == RULES_CHECKED


def peak(work: Callable[[], Any]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    books = [workbook(tmp_path / f"{count}.xlsx", {"ExchangeRates": (RATES, rates(count))}) for count in (2000, 8000)]
    peak(lambda: list(iter_items(books[0])))  # what is imported and kept once
    small, large = (peak(partial(deque, iter_items(book), maxlen=0)) for book in books)
    held = peak(lambda: ex.read_items(books[1]))
    assert large < 1.5 * small
    assert large < held / 3
