"""Facts of one value at one place: which one is meant, and when that is left open."""

from __future__ import annotations

import pytest

from exporter.items.to_facts import DerivedReport
from exporter.items.values.languages import DecimalMark
from exporter.model.dimensions import Context, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.tagging.search.anchors import NO_ANCHORS, Anchor, AnchorLocation, Anchors
from exporter.tagging.search.expected import derive_expected
from exporter.tagging.search.search import Placements, find_placements
from tests.support.tagging import concept
from tests.unit.tagging.pages import page, table

USD = Unit.currency("USD")
END = Instant("2024-12-31")
YEAR = Duration("2024-01-01", "2024-12-31")
BEFORE = Duration("2023-01-01", "2023-12-31")
HEAD = ("", "December 31, 2024")


def fact(
    name: str,
    value: str,
    at: Instant | Duration = END,
    *,
    decimals: int | None = 0,
    unit: Unit | None = USD,
    **members: str,
) -> Fact:
    dimensions = tuple(ExplicitDimension(concept(axis), concept(member)) for axis, member in members.items())
    context = Context(Entity.cik("0001090633"), at, dimensions)
    id_ = "-".join((name, value, str(at), *members.values()))
    return Fact(concept(name), context, value, decimals, unit, id=id_)


def day(name: str, value: str) -> Fact:
    return Fact(concept(name), Context(Entity.cik("0001090633"), YEAR, ()), value, id=f"{name}-{value}")


class Search:
    """A page searched for facts."""

    def __init__(self, body: str, *facts: Fact, mark: DecimalMark = ".", anchors: Anchors = NO_ANCHORS) -> None:
        derived = DerivedReport(report=Report(facts=facts), origins={}, findings=())
        self.document = page(body)
        self.found: Placements = find_placements(self.document, derive_expected(derived), anchors, decimal_mark=mark)
        self._facts = {each.id: each for each in facts}

    @property
    def placed(self) -> list[tuple[str, str]]:
        """What is tagged with which concept and members."""
        return [
            (
                self.document.text[each.first.start : each.first.end],
                "/".join(
                    name.local_name
                    for name in (
                        self._facts[each.fact].concept,
                        *(
                            dimension.member
                            for dimension in self._facts[each.fact].dimensions
                            if isinstance(dimension, ExplicitDimension)
                        ),
                    )
                ),
            )
            for each in self.found.placements
        ]

    @property
    def open(self) -> list[str]:
        return [each.message for each in self.found.findings if each.code == "exporter:ambiguousPlace"]


def test_a_word_that_one_fact_has_alone_decides() -> None:
    search = Search(
        table(HEAD, ("Trade receivables", "4,321"), ("Other receivables", "4,321")),
        fact("TradeReceivables", "4321"),
        fact("OtherReceivables", "4321"),
    )
    assert search.placed == [("4,321", "TradeReceivables"), ("4,321", "OtherReceivables")]
    assert search.open == []


def test_facts_that_nothing_tells_apart_are_both_left_out_and_named() -> None:
    search = Search(
        table(HEAD, ("Receivables", "4,321")), fact("TradeReceivables", "4321"), fact("ForeignReceivables", "4321")
    )
    assert search.placed == []
    [message] = search.open
    assert "TradeReceivables" in message
    assert "ForeignReceivables" in message


def test_a_member_that_is_not_named_gives_way_to_the_whole() -> None:
    search = Search(
        table(HEAD, ("Net assets", "4,321")), fact("NetAssets", "4321"), fact("NetAssets", "4321", Area="EuropeMember")
    )
    assert search.placed == [("4,321", "NetAssets")]


def test_a_member_that_is_named_comes_before_the_whole() -> None:
    search = Search(
        table(HEAD, ("Net assets, Europe", "4,321")),
        fact("NetAssets", "4321"),
        fact("NetAssets", "4321", Area="EuropeMember"),
    )
    assert search.placed == [("4,321", "NetAssets/EuropeMember")]


def test_in_a_row_of_totals_the_whole_is_meant() -> None:
    rows = (HEAD, ("Europe:", ""), ("Net assets", "3,210"), ("Total net assets", "4,321"))
    search = Search(
        "<h2>Net assets</h2>" + table(*rows),
        fact("NetAssets", "4321"),
        fact("NetAssets", "4321", Area="EuropeMember"),
    )
    assert search.placed == [("4,321", "NetAssets")]


def test_neighbours_tell_the_axes_of_a_table() -> None:
    names = ("Net sales", "Gross profit", "Operating profit", "Net assets")
    rows = tuple((name, f"{number},111") for number, name in enumerate(names, 1))
    facts = [
        fact(name.title().replace(" ", ""), f"{number}111", Segments="MainSegmentMember")
        for number, name in enumerate(names, 1)
    ]
    search = Search(
        "<p>The following is told of the segment.</p>" + table(HEAD, *rows), *facts, fact("NetAssets", "4111")
    )
    assert search.placed[-1] == ("4,111", "NetAssets/MainSegmentMember")


def test_a_large_table_takes_time_in_proportion() -> None:
    """Neighbours are counted, not compared: the votes of a thousand rows are few figures."""
    rows = [(f"Asset {number} surroundings", f"{number},123") for number in range(1, 900)]
    facts = [fact("AssetLand", f"{number}123", Site=f"Asset{number}Member") for number in range(1, 900)]
    search = Search(table(HEAD, *rows), *facts)
    assert len(search.placed) <= 899


def test_opening_balances_are_of_the_day_before_the_period() -> None:
    search = Search(
        table(
            ("", "Six months ended June 30, 2024"),
            ("Net assets at beginning of period", "4,321"),
            ("Net assets at end of period", "5,432"),
        ),
        fact("NetAssets", "4321", Instant("2023-12-31")),
        fact("NetAssets", "5432", Instant("2024-06-30")),
    )
    assert search.placed == [("4,321", "NetAssets"), ("5,432", "NetAssets")]


def test_a_percent_sign_in_a_cell_of_its_own() -> None:
    search = Search(
        table(("", "Year ended December 31, 2024", ""), ("Effective tax rate", "27.5", "%")),
        fact("EffectiveTaxRate", "0.275", YEAR, decimals=3, unit=None),
    )
    assert search.placed == [("27.5", "EffectiveTaxRate")]
    assert search.found.placements[0].scale == -2


def test_a_statement_of_cash_flows_prints_outflows_as_negatives() -> None:
    table_ = table(("", "Year ended December 31, 2024"), ("Additions to content assets", "(3,835)"))
    facts = fact("AdditionsToContentAssets", "3835", YEAR)
    assert Search("<p>Cash flows from investing activities</p>" + table_, facts).placed != []
    assert Search("<p>Balances</p>" + table_, facts).placed == []


def test_values_told_respectively_are_of_the_periods_in_order() -> None:
    facts = [fact("NetSales", "4321", YEAR), fact("NetSales", "4321", BEFORE), fact("NetSales", "9876", BEFORE)]
    text = "<p>Net sales were $4,321 and $9,876 in the years ended December 31, 2024 and 2023, respectively.</p>"
    search = Search(text, *facts)
    placed = {each.fact for each in search.found.placements}
    assert placed == {facts[0].id, facts[2].id}


def test_the_decimal_comma() -> None:
    body = "<p>Net sales in the year ended December 31, 2024 were $1.234,56.</p>"
    sales = fact("NetSales", "1234.56", YEAR, decimals=2)
    search = Search(body, sales, mark=",")
    assert search.placed == [("1.234,56", "NetSales")]
    assert search.found.placements[0].format is not None
    assert search.found.placements[0].format.local_name == "num-comma-decimal"
    assert Search(body, sales).placed == []


@pytest.mark.parametrize("printed", ["31.12.2024", "31/12/2024", "12/31/2024"])
def test_dates_in_figures_that_can_be_but_one_day(printed: str) -> None:
    search = Search(f"<p>The opening date was {printed}.</p>", day("OpeningDate", "2024-12-31"))
    assert search.placed == [(printed, "OpeningDate")]


def test_a_date_that_may_be_two_days_is_told_and_can_be_anchored() -> None:
    body = "<p>The opening date was 03/04/2005.</p>"
    opening = day("OpeningDate", "2005-04-03")
    search = Search(body, opening)
    assert search.placed == []
    [message] = search.open
    assert "2005-03-04 or 2005-04-03" in message
    anchor = Anchor(item=str(opening.id), field=None, place=AnchorLocation(quote="03/04/2005"))
    anchored = Search(body, opening, anchors=Anchors(anchors=(anchor,)))
    assert anchored.placed == [("03/04/2005", "OpeningDate")]
    assert anchored.open == []


def test_an_amount_in_several_units_is_one_number_that_no_registry_reads() -> None:
    yen = Unit.currency("JPY")
    search = Search(
        "<p>Net sales in the year ended December 31, 2024 were 12億3,456万円.</p>",
        fact("NetSales", "1200000000", YEAR, decimals=-8, unit=yen),
        fact("NetSales", "1234560000", YEAR, decimals=-4, unit=yen),
    )
    assert search.placed == []
    assert any("no transformation" in each.reason for each in search.found.missing)
