"""Candidates for rows without a concept: words, section, kind of amount, earlier choices."""

from __future__ import annotations

import re
from typing import Any

import pytest
from attrs import evolve

from exporter.disclosures.statements.concept_search import ConceptSearch, PreviousChoice, RowProposal, previous_choices
from exporter.disclosures.statements.layout import Statement, StatementKind
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import StandardTaxonomy
from exporter.taxonomy.concepts import STANDARD, Concept, Label
from tests.unit.disclosures.statements.made import FLOWS, INCOME, SHEET, filing, node

US_GAAP = {"us-gaap": StandardTaxonomy.at("us-gaap", "http://fasb.org/us-gaap/2023")}


def statement(kind: str, rows: str) -> Statement:
    (item,) = filing(node(kind, rows)).items
    made: Any = item
    assert isinstance(made, Statement)
    return made


def bare(made: Any) -> Any:
    """The statement without its concepts."""
    return evolve(made, rows=tuple(evolve(row, concept=None) for row in made.rows))


def proposals(made: Statement, **more: Any) -> dict[str, RowProposal]:
    search = ConceptSearch(taxonomies=US_GAAP, **more)
    return {proposal.row.label: proposal for proposal in search.proposals(made)}


@pytest.mark.parametrize(
    ("kind", "rows"), [("BalanceSheet", SHEET), ("CashFlowStatement", FLOWS), ("IncomeStatement", INCOME)]
)
def test_most_rows_of_a_statement_find_their_concept(kind: str, rows: str) -> None:
    made = statement(kind, rows)
    by_label = proposals(bare(made))
    among = [
        (row.label, row.concept)
        for row in made.rows
        if row.concept not in [candidate.concept for candidate in by_label[row.label].candidates]
    ]
    assert len(among) <= len(made.rows) // 10, among


def test_only_rows_without_a_concept_are_looked_at() -> None:
    made: Any = statement("BalanceSheet", SHEET)
    assert not proposals(made)
    rows = [evolve(row, concept=None, own=True) if row.label == "Plant" else row for row in made.rows]
    assert not proposals(evolve(made, rows=tuple(rows)))


def test_the_section_decides_between_equal_labels() -> None:
    rows = """
Assets:
  Current assets:
    Marketable securities | 10 | 10
    Total current assets  | 10 | 10
  Marketable securities, long-term | 20 | 20
"""
    by_label = proposals(statement("BalanceSheet", rows))
    assert by_label["Marketable securities"].candidates[0].concept == "us-gaap:MarketableSecuritiesCurrent"
    assert (
        by_label["Marketable securities, long-term"].candidates[0].concept == "us-gaap:MarketableSecuritiesNoncurrent"
    )


def test_a_concept_that_another_row_has_comes_later() -> None:
    rows = "Cash | us-gaap:CashAndCashEquivalentsAtCarryingValue | 1 | 1\nCash and cash equivalents | | 2 | 2"
    candidates = proposals(statement("BalanceSheet", rows))["Cash and cash equivalents"].candidates
    taken = next(
        (entry for entry in candidates if entry.concept == "us-gaap:CashAndCashEquivalentsAtCarryingValue"), None
    )
    assert taken is None or "another row has it" in taken.reasons


def test_what_an_earlier_filing_chose_comes_first() -> None:
    earlier = statement("BalanceSheet", "Content library | ContentLibrary | 4 | 3")
    choices = tuple(previous_choices([earlier], source="last.xbri"))
    (proposal,) = proposals(statement("BalanceSheet", "Content library | 5 | 4"), previous=choices).values()
    best = proposal.candidates[0]
    assert best.concept == "ContentLibrary"
    assert best.reasons == ("last.xbri has it for 'Content library'", "same section")
    assert proposal.is_clear


def test_earlier_choices_of_other_taxonomies_or_of_withdrawn_concepts_do_not_lead() -> None:
    choices = [
        PreviousChoice(label="Cash", concept=concept, kind=StatementKind.BALANCE_SHEET, section="a")
        for concept in ("ifrs-full:Cash", "us-gaap:AccountsReceivableNoncurrentPastDue")
    ]
    concepts = [
        entry.concept
        for entry in proposals(statement("BalanceSheet", "Cash | 5 | 4"), previous=choices)["Cash"].candidates
    ]
    assert "ifrs-full:Cash" not in concepts
    assert re.fullmatch("us-gaap:Cash.*", concepts[0])


class Package:
    """A taxonomy at hand with one concept that no table of this package has."""

    concept = Concept(
        qname=QName("http://fasb.org/us-gaap/2023", "GreenhouseCertificates", prefix="us-gaap"),
        datatype=standard_type("monetaryItemType"),
        period_type="instant",
        balance="debit",
    )
    concepts = (concept,)

    def labels_of(self, concept: QName) -> list[Label]:
        return [Label(concept=concept, text="Emission rights held", role=STANDARD, language="en")]


def test_labels_of_taxonomies_at_hand_are_searched() -> None:
    made = statement("BalanceSheet", "Emission rights held | 5 | 4")
    (with_package,) = proposals(made, labelled=[Package()]).values()
    (without,) = proposals(made).values()
    assert with_package.candidates[0].concept == "us-gaap:GreenhouseCertificates"
    assert "us-gaap:GreenhouseCertificates" not in [entry.concept for entry in without.candidates]


def test_nothing_is_like_it() -> None:
    (proposal,) = proposals(statement("BalanceSheet", "Qwxz | 5 | 4")).values()
    assert not proposal.candidates
    assert not proposal.is_clear
