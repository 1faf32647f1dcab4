"""Facts chosen, as frames and in notebooks."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

import exporter as ex
from exporter.model.selection import PrefixedNames, fact_columns
from tests.support.tables import EXAMPLE

pytestmark = pytest.mark.door("narwhals")


@pytest.fixture(scope="module")
def report() -> ex.Report:
    return ex.load_filing(EXAMPLE).to_report()


def test_facts_are_found_by_patterns(report: ex.Report) -> None:
    (deficit,) = report.find("*accumulateddeficit")
    assert deficit.value == "-34400000000"
    assert report.find("iij:RetainedEarnings*", period="2005-03-31") == (deficit,)
    assert report.find(deficit.concept, ex.Instant("2005-03-31")) == (deficit,)
    assert report.find("*Deficit", period="2004-*") == ()
    by_member = report.find(CounterpartyAxis="Crosswave")
    assert by_member
    assert all(fact.dimensions for fact in by_member)
    assert report.find(NoSuchAxis="*") == ()
    assert len(report.find()) == len(report)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_facts_as_a_frame(report: ex.Report, backend: str) -> None:
    frame = report.to_frame(backend)
    assert type(frame).__module__.startswith(backend)
    rows: list[dict[str, Any]] = {
        "pandas": lambda: frame.to_dict("records"),
        "polars": lambda: frame.to_dicts(),
        "pyarrow": lambda: frame.to_pylist(),
    }[backend]()
    assert len(rows) == len(report)
    (deficit,) = (row for row in rows if row["concept"] == "iij:RetainedEarningsAccumulatedDeficit")
    assert (deficit["number"], deficit["decimals"], deficit["end"]) == (
        Decimal("-34400000000"),
        -8,
        dt.date(2005, 3, 31),
    )
    assert deficit["unit"] == "iso4217:JPY"


def test_numbers_that_no_frame_holds_are_text(report: ex.Report) -> None:
    fact = report.find("*accumulateddeficit")[0]
    long = evolve(fact, value="1" * 50)
    assert fact_columns([long], PrefixedNames({}))["number"] == ["1" * 50]


def test_notebooks_show_a_table(report: ex.Report) -> None:
    html = report._repr_html_()
    assert html.startswith(f"<table><caption>{len(report):,} facts, the first 50</caption>")
    assert html.count("<tr>") == 51
    assert "<script" not in html
    assert repr(report).startswith("<Report: ")
