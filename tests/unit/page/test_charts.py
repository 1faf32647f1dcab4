"""Charts of a review: which are drawn, the same bytes each time, nothing that a page does not want."""

from __future__ import annotations

import re

import pytest

from exporter.model.dimensions import Context, Dimension, Entity, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.page.charts import can_draw, charts_of
from exporter.page.review import Chart, ReviewSubject
from exporter.page.review_layout import arrange

pytestmark = [
    pytest.mark.door("matplotlib"),
    pytest.mark.skipif(not can_draw(), reason="matplotlib is not installed"),
]
EVIL = "$\\frac{</text><script>alert(1)</script>"


def name(local: str) -> QName:
    return QName("http://x.example.com", local, prefix="x")


def fact(local: str, period: Period, value: str, unit: Unit | None, *dimensions: Dimension) -> Fact:
    return Fact(name(local), Context(Entity.cik(7), period, dimensions), value, 2, unit)


def year(end: int) -> Duration:
    return Duration(f"{end}-01-01", f"{end}-12-31")


def subject(facts: list[Fact], label: str | None = None) -> tuple[ReviewSubject, Report]:
    percent = {name("Share"): standard_type("percentItemType")}
    report = Report(taxonomy=["x.xsd"], facts=facts, vocabulary=Vocabulary(datatypes=percent))
    ((section,),) = (arrange(report, None, lambda _, __: label),)
    return section.subjects[0], report


def drawn(facts: list[Fact], label: str | None = None) -> tuple[Chart, ...]:
    return charts_of(*subject(facts, label))


RATES = [
    fact(f"Rate{what}", year(end), f"{end - 1900 + number}.5", Unit.rate(base="USD", quote="JPY"))
    for end in (2003, 2004, 2005)
    for number, what in enumerate(("Low", "Average", "High"))
]
SALES = [fact("Sales", year(end), str(end * 1000), Unit.currency("JPY")) for end in (2003, 2004, 2005)]
SHARES = [
    fact("Share", Instant("2005-12-31"), value, None, TypedDimension(name("HolderAxis"), holder))
    for holder, value in (("NTT", "0.316"), ("Suzuki", "0.062"))
]


def test_rates_amounts_and_shares_are_drawn() -> None:
    (rates,) = drawn(RATES)
    assert rates.description.startswith("low: Dec 2003 103.5, Dec 2004 104.5, Dec 2005 105.5; average: Dec 2003 104.5")
    (sales,) = drawn(SALES)
    assert sales.description == "Sales: Dec 2003 2,003,000, Dec 2004 2,004,000, Dec 2005 2,005,000"
    (shares,) = drawn(SHARES)
    assert shares.description == "NTT 31.6%; Suzuki 6.2%"


def test_a_chart_has_amounts_of_one_kind_of_period_in_the_scale_that_fits() -> None:
    periods: list[Period] = [year(2003), year(2004), year(2005), Instant("2005-12-31")]
    facts = [
        Fact(
            name("Cash" if isinstance(period, Instant) else "Sales"),
            Context(Entity.cik(7), period),
            f"{number}000000",
            -6,
            Unit.currency("USD"),
        )
        for number, period in enumerate(periods, 1)
    ]
    (chart,) = drawn(facts)
    assert chart.description == "Sales: Dec 2003 1, Dec 2004 2, Dec 2005 3"
    assert "In millions of USD" in chart.svg


def test_a_subject_has_two_charts_at_most() -> None:
    holders = [TypedDimension(name("HolderAxis"), f"holder {number}") for number in range(5)]
    facts = [
        fact("Sales", year(end), "5", Unit.currency("JPY"), holder) for holder in holders for end in (2003, 2004, 2005)
    ]
    assert len(drawn(facts)) == 2


def test_what_tables_say_as_well_is_not_drawn() -> None:
    assert drawn(SALES[:2]) == ()
    assert drawn(SHARES[:1]) == ()
    assert drawn([fact("Count", year(end), "3", None) for end in (2003, 2004, 2005)]) == ()


def test_the_same_figures_give_the_same_bytes() -> None:
    assert drawn([*RATES, *SHARES]) == drawn([*RATES, *SHARES])


def test_a_drawing_is_part_of_a_page() -> None:
    (chart,) = drawn(RATES)
    assert chart.svg.startswith("<svg ")
    for part in ("<style", "<metadata", "<!DOCTYPE", "#010101", "http://www.w3.org/1999/xhtml"):
        assert part not in chart.svg
    assert "currentColor" in chart.svg
    assert "var(--chart-1)" in chart.svg
    ids = re.findall(r'\sid="([^"]*)"', chart.svg)
    assert len(ids) == len(set(ids))
    assert all(id.startswith("s1-c1-") for id in ids)
    assert set(re.findall(r"(?:url\(#|href=\"#)([^)\"]*)", chart.svg)) <= set(ids)


def test_labels_are_text() -> None:
    (chart,) = drawn(SALES, EVIL)
    assert "<script" not in chart.svg
    assert "alert(1)" in chart.svg
