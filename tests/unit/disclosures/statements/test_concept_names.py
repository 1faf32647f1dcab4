"""Names of standard taxonomies with the phrases under which they are printed."""

from __future__ import annotations

import pytest

from exporter.disclosures.statements.concept_names import concept_names, same_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Shareholders’ equity", "stockholders' equity"),
        ("Non-current assets", "noncurrent assets"),
        ("Amortisation", "amortization"),
        ("Payments for the acquisition of plant", "purchase plant"),
    ],
)
def test_what_companies_call_by_several_words_is_one(one: str, other: str) -> None:
    assert same_words(one) == same_words(other)


@pytest.mark.parametrize(
    ("prefix", "phrase", "name"),
    [
        ("us-gaap", "accounts payable", "AccountsPayableCurrent"),
        ("ifrs-full", "inventories", "Inventories"),
        ("jppfs_cor", "売上高", "NetSales"),
    ],
)
def test_usual_phrases_lead_to_their_concepts(prefix: str, phrase: str, name: str) -> None:
    names, index = concept_names(prefix)
    assert name in names.known
    assert name in [match.concept.qname.local_name for match in index.nearest(same_words(phrase), limit=5)]


def test_an_unknown_taxonomy_has_no_names() -> None:
    names, index = concept_names("nobody")
    assert not names.known
    assert not index.nearest("assets")
