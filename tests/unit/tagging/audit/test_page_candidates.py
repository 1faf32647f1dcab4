"""The review page names the places where a fact that was not tagged may stand, each with the reason."""

from __future__ import annotations

from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.filing import Filing
from exporter.items.values import Money
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.operations.tag import registries_of
from exporter.tagging.audit.page import review_page
from exporter.transformations import IXT_SEC
from tests.unit.tagging.pages import search, table

YEAR = Duration("2004-04-01", "2005-03-31")


def revenue(amount: str) -> MonetaryFact:
    return MonetaryFact(meaning=MonetaryMeaning.REVENUE, at=YEAR, amount=Money.parse(amount))


def test_a_place_in_another_currency_is_a_candidate_with_its_reason() -> None:
    found = search(
        table(("US$ million", "Year ended March 31, 2005"), ("Revenues", "2,418.6"), ("Gross profit", "1,028.5")),
        revenue("NOK 2,418.6 million"),
    )
    [missing] = found.found.missing
    assert found.found.placements == ()
    assert len(missing.candidates) == 1
    assert "in USD" in missing.candidates[0]
    assert "in USD" in review_page(found.audit).partition("Not found")[2]


def test_no_transformation_of_edgar_is_used_without_its_profile() -> None:
    filing = Filing(
        entity=Entity.cik("0001090633"),
        items=(revenue("NOK 2,418.6 million"),),
        period_end=Instant("2005-03-31"),
        prefix="test",
        namespace="http://www.example.com/20050331",
    )
    assert IXT_SEC not in registries_of(filing)
