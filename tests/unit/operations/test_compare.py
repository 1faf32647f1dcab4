"""Two periods side by side: in words, as a page, as a workbook."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from exporter.errors import ExporterError
from exporter.operations.compare import compare_filings, write_comparison
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing

pytestmark = pytest.mark.door("jinja2")
FILING = """\
filing:
  entity: {{cik: "0001090633"}}
  period_end: {year}-03-31
  prefix: x
  namespace: http://x.example.com/{year}0331
items:
"""
LAST = (
    FILING.format(year=2004)
    + """\
  - {type: AccumulatedDeficit, amount: JPY 10 million, as_of: 2004-03-31}
  - {type: NetLoss, amount: JPY 2 million, over: {start: 2003-04-01, end: 2004-03-31}}
  - {type: SecuritiesHolding, amount: JPY 5 million, as_of: 2004-03-31, basis: book_value}
"""
)
THIS = (
    FILING.format(year=2005)
    + """\
  - {type: AccumulatedDeficit, amount: JPY 15 million, as_of: 2005-03-31}
  - {type: AccumulatedDeficit, amount: JPY 11 million, as_of: 2004-03-31}
  - {type: NetLoss, amount: JPY 2 million, over: {start: 2004-04-01, end: 2005-03-31}}
"""
)


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    last, this = tmp_path / "last.yaml", tmp_path / "this.yaml"
    last.write_text(LAST, encoding="utf-8")
    this.write_text(THIS, encoding="utf-8")
    return last, this


def test_figures_in_words(sources: tuple[Path, Path]) -> None:
    changes = compare_filings(*sources)
    shown = {
        (figure.status, figure.label, figure.before, figure.after, figure.difference, figure.percent)
        for figure in changes.figures
        if figure.is_number
    }
    deficit = "Retained Earnings (Accumulated Deficit)"
    assert shown >= {
        ("changed", deficit, "\u221210,000,000", "\u221215,000,000", "\u22125,000,000", "\u221250.0%"),
        ("restated", deficit, "\u221210,000,000", "\u221211,000,000", "\u22121,000,000", "\u221210.0%"),
        ("new", deficit, "", "\u221211,000,000", "", ""),
    }
    assert [figure.status for figure in changes.figures].count("unchanged") == 1
    assert (changes.before_end, changes.after_end) == ("March 31, 2004", "March 31, 2005")
    assert changes.counts["gone"] >= 1


def test_a_report_compares_with_its_source(sources: tuple[Path, Path], tmp_path: Path) -> None:
    last, this = sources
    export_filing(load_filing(last), tmp_path / "last", formats=("xbrl-json",))
    (report,) = (tmp_path / "last").glob("*20040331.json")
    statuses = [[figure.status for figure in compare_filings(source, this).figures] for source in (last, report)]
    assert statuses[0] == statuses[1]


def test_only_what_is_chosen(sources: tuple[Path, Path]) -> None:
    changes = compare_filings(*sources, choose=lambda _, fact: "NetIncome" in fact.concept.local_name)
    assert [figure.status for figure in changes.figures] == ["unchanged"]


def test_as_a_page(sources: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "changes.html"
    write_comparison(compare_filings(*sources), target)
    text = target.read_text(encoding="utf-8")
    assert "\u221250.0%" in text
    assert "Restated: the same period, another figure" in text
    assert "<script" not in text
    first = target.read_bytes()
    write_comparison(compare_filings(*sources), target)
    assert target.read_bytes() == first


def test_as_a_workbook(sources: tuple[Path, Path], tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    target = tmp_path / "changes.xlsx"
    write_comparison(compare_filings(*sources), target)
    headings, *rows = openpyxl.load_workbook(target)["changes"].iter_rows(values_only=True)
    at = {heading: number for number, heading in enumerate(headings)}
    (row,) = (row for row in rows if row[at["status"]] == "changed")
    assert [Decimal(str(row[at[name]])) for name in ("before", "after", "change", "per cent")] == [
        *(Decimal(-10_000_000), Decimal(-15_000_000)),
        *(Decimal(-5_000_000), Decimal(-50)),
    ]


def test_another_suffix_is_refused(sources: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(ExporterError, match="page or a workbook"):
        write_comparison(compare_filings(*sources), tmp_path / "changes.pdf")
    assert not (tmp_path / "changes.pdf").exists()
