"""Statements come back from a report with its taxonomy: the same facts, sums and order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings

from exporter.disclosures.statements.from_report import derive_statements
from exporter.filing import Filing
from exporter.formats.options import WriteContext
from exporter.items.document import ItemsDocument
from exporter.model.dimensions import Entity
from exporter.model.period import Instant
from exporter.operations.read import read_report
from exporter.operations.to_items import filing_of_report
from exporter.operations.write import write_report
from tests.strategies.statements import flows, sheets
from tests.unit.disclosures.statements.made import FLOWS, INCOME, SHEET, arcs, codes, filing, node

THREE = [node("BalanceSheet", SHEET), node("IncomeStatement", INCOME), node("CashFlowStatement", FLOWS)]


def back(made: Filing) -> Filing:
    return filing_of_report(made.derived.report, taxonomy=made.taxonomy).filing


def alone(statement: Any) -> Filing:
    """The filing of one statement."""
    end = Instant("2020-12-31")
    return Filing.of(ItemsDocument(entity=Entity.cik(5), period_end=end, items=[statement], prefix="acme"))


def assert_same(made: Filing) -> None:
    again = back(made)
    assert set(again.derived.report.facts) == set(made.derived.report.facts)
    assert arcs(again) == arcs(made)
    assert codes(again) == codes(made)


def test_statements_of_a_filing_come_back() -> None:
    made = filing(*THREE)
    again = back(made)
    assert [type(item).__name__ for item in again.items] == [each["type"] for each in THREE]
    assert_same(made)
    rows = [(row.label, row.concept, row.depth, row.values) for row in again.items[0].rows]
    assert rows == [(row.label, row.concept, row.depth, row.values) for row in made.items[0].rows[:3]] + rows[3:]
    assert again.items[1].rows[3].negated is True


@pytest.mark.parametrize(
    ("format", "name"),
    [("xbrl-json", "a.json"), ("xbrl-xml", "a.xbrl"), ("xbrl-csv", "a"), ("inline-xbrl", "a.xhtml")],
)
def test_cells_that_are_nil_come_back_in_every_format(format: str, name: str, tmp_path: Path) -> None:
    rows = "Cash | us-gaap:Cash | 5 | 4\nGoodwill | us-gaap:Goodwill | nil | n/a\nTotal | us-gaap:Assets | 5 | 4"
    made = filing(node("BalanceSheet", rows, dash="nil"))
    report = made.derived.report
    write_report(report, tmp_path / name, format=format, context=WriteContext())
    facts = read_report(tmp_path / name, format=format, vocabulary=lambda _: report.vocabulary).facts
    assert set(facts) == set(report.facts)
    assert sum(fact.is_nil for fact in facts) == 2
    again = filing_of_report(evolve(report, facts=facts), taxonomy=made.taxonomy).filing
    assert set(again.derived.report.facts) == set(report.facts)
    assert again.items[0].rows[1].values == ("nil", "nil")


def test_what_no_role_presents_is_no_statement() -> None:
    made = filing(THREE[0])
    report = made.derived.report
    found = derive_statements(report, made.taxonomy, entity=Entity.cik(99), namespace=made.namespace, language="en")
    assert found.statements == ()
    assert found.facts == frozenset()


def test_columns_of_members_come_back() -> None:
    axis = "us-gaap:StatementEquityComponentsAxis"
    year = {"start": "2024-01-01", "end": "2024-12-31"}
    columns = [
        {"period": year, "members": {axis: f"us-gaap:{name}Member"}} for name in ("CommonStock", "TreasuryStock")
    ]
    rows = [
        {"label": "Opening balance", "concept": "us-gaap:StockholdersEquity", "values": ["10", "20"], "at": "start"},
        {"label": "Net income", "concept": "us-gaap:NetIncomeLoss", "values": ["5", "6"]},
        {"label": "Closing balance", "concept": "us-gaap:StockholdersEquity", "values": ["15", "26"], "at": "end"},
    ]
    assert_same(filing(node("ChangesInEquity", rows, columns=columns)))


EQUITY_AXIS = "us-gaap:StatementEquityComponentsAxis"


def equity_filing() -> Filing:
    """A balance sheet with a footnote, its parenthetical, and changes in equity by component and in total."""
    year = {"start": "2024-01-01", "end": "2024-12-31"}
    members: list[dict[str, str]] = [{EQUITY_AXIS: "us-gaap:CommonStockMember"}, {EQUITY_AXIS: "Special Reserve"}, {}]
    columns = [{"period": year, "members": cut} for cut in members]
    sheet = [
        {
            "label": "Stock",
            "concept": "us-gaap:CommonStockValue",
            "values": ["1,000", "1,000"],
            "notes": ["R & D."],
        },
        {"label": "Equity", "concept": "us-gaap:StockholdersEquity", "values": ["1,500", "1,000"]},
    ]
    asides = """
    Common stock, par value (in dollars per share) | us-gaap:CommonStockParOrStatedValuePerShare | $ 0.01 | $ 0.01
    Common stock, authorized (in shares)           | us-gaap:CommonStockSharesAuthorized         | 2,000 | 2,000
    """
    changes = [
        {"label": "Start", "concept": "us-gaap:StockholdersEquity", "values": ["1,000", "—", "1,000"], "at": "start"},
        {"label": "Net income", "concept": "us-gaap:NetIncomeLoss", "values": ["", "500", "500"]},
        {"label": "End", "concept": "us-gaap:StockholdersEquity", "values": ["1,000", "500", "1,500"], "at": "end"},
    ]
    return filing(
        node("BalanceSheet", sheet),
        node("BalanceSheet", asides, title="The BalanceSheet (Parenthetical)", scale=0),
        node("ChangesInEquity", changes, columns=columns),
    )


def test_columns_are_those_of_the_axes_that_a_statement_presents() -> None:
    made = equity_filing()
    again = back(made)
    sheet, asides, changes = again.items
    assert [column.members for column in sheet.columns] == [(), ()]
    assert [dict(column.members) for column in changes.columns] == [
        {EQUITY_AXIS: "us-gaap:CommonStockMember"},
        {EQUITY_AXIS: "SpecialReserveMember"},
        {},
    ]
    assert [row.values for row in changes.rows] == [
        ("1,000", "0", "1,000"),
        ("", "500", "500"),
        ("1,000", "500", "1,500"),
    ]
    assert (asides.title, asides.rows[0].values) == ("The BalanceSheet (Parenthetical)", ("0.01", "0.01"))
    assert_same(made)


def test_footnotes_of_rows_come_back() -> None:
    made = equity_filing()
    again = back(made)
    assert again.items[0].rows[0].notes == ("R & D.",)
    assert [note.content for note in again.to_report().footnotes] == ["R &amp; D."]


@pytest.mark.parametrize("strategy", [sheets(), sheets(explicit=True), flows()], ids=["indents", "lists", "flows"])
def test_generated_statements_come_back(strategy: Any) -> None:
    @settings(max_examples=25, deadline=None)
    @given(strategy)
    def comes_back(statement: Any) -> None:
        document = ItemsDocument(
            entity=Entity.cik(5), period_end=Instant("2020-12-31"), items=[statement], prefix="acme"
        )
        assert_same(Filing.of(document))

    comes_back()


@settings(max_examples=25, deadline=None)
@given(sheets(explicit=True))
def test_totals_are_found_as_people_list_them(by_list: Any) -> None:
    """What the indents and numbers give is what an explicit list says."""
    bare = evolve(by_list, rows=[evolve(row, sum_of=None) for row in by_list.rows])
    assert arcs(alone(bare)) == arcs(alone(by_list))
