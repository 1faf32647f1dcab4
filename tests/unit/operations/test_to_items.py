"""A report back to a filing of items: what they share."""

from __future__ import annotations

from exporter.disclosures import NetLoss
from exporter.filing import Filing
from exporter.items.values import Money, Unknown
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.operations.to_items import filing_of_report


def filing(language: str, amount: Money | Unknown) -> Filing:
    items = [NetLoss(over=Duration("2023-04-01", "2024-03-31"), amount=amount)]
    return Filing(
        entity=Entity.cik(42), prefix="acme", period_end=Instant("2024-03-31"), items=items, language=language
    )


def test_the_language_is_the_one_of_texts_and_notes() -> None:
    made = filing("ja", Unknown("監査未了"))
    found = filing_of_report(made.to_report()).filing
    assert found.language == "ja"
    assert found.to_report().footnotes == made.to_report().footnotes


def test_a_report_without_texts_is_in_english() -> None:
    assert filing_of_report(filing("ja", Money("5", "JPY")).to_report()).filing.language == "en"
