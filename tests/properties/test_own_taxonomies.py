"""A taxonomy made of the package's own classes and profile is valid: what `validate` of such a filing relies on."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.disclosures import DISCLOSURES, ItemStatus
from exporter.disclosures.texts import ItemResponseStatus
from exporter.filing import Filing
from exporter.findings import Finding
from exporter.items.composed import composer_of
from exporter.items.declare import ReportItem, concept, period, report_item
from exporter.items.values import Percent
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.operations.check import _FilingValidation, _is_made_of_own_parts
from exporter.resources.resolver import Resolver
from exporter.testing import filings
from tests.properties.test_disclosures import few

CLASSES = [cls for cls in DISCLOSURES if composer_of(cls) is None]
LANGUAGES = ("en", "ja", "de", "fr", "es", "nl", "sv")


def findings_of_taxonomy(filing: Filing) -> list[Finding]:
    """What all rules on taxonomies find in the one that the filing has written."""
    loader = _FilingValidation(filing, Resolver(), None)._load_taxonomy([])
    assert loader.taxonomy == filing.taxonomy
    return loader.findings


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
@settings(few, max_examples=5)
@given(st.data())
def test_a_taxonomy_of_own_classes_is_valid(cls: type[Any], data: st.DataObject) -> None:
    languages = data.draw(st.lists(st.sampled_from(LANGUAGES), max_size=3, unique=True))
    filing = evolve(data.draw(filings(cls)), language=data.draw(st.sampled_from(LANGUAGES)), label_languages=languages)
    assert _is_made_of_own_parts(filing)
    assert findings_of_taxonomy(filing) == []


@settings(few, max_examples=5, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_taxonomy_of_several_own_classes_is_valid(data: st.DataObject) -> None:
    classes = data.draw(st.lists(st.sampled_from(CLASSES), min_size=2, max_size=8, unique=True))
    assert findings_of_taxonomy(data.draw(filings(*classes, max_items=1))) == []


YEAR = Duration("2023-04-01", "2024-03-31")


@report_item
class NetLoss(ReportItem):
    """A class of somebody else, under a name that a class of this package has."""

    over: Duration = period()
    rate: Percent = concept("LossRate")


def test_a_taxonomy_of_other_parts_is_checked() -> None:
    item = ItemStatus(over=YEAR, item="4A", status=ItemResponseStatus.NOT_APPLICABLE)
    filing = Filing(entity=Entity.cik(1), period_end=Instant("2024-03-31"), items=[item])
    assert _is_made_of_own_parts(filing)
    assert not _is_made_of_own_parts(evolve(filing, profile="sec-ifrs"))
    assert not _is_made_of_own_parts(evolve(filing, audience="regulatory"))
    assert not _is_made_of_own_parts(filing.with_items([item, NetLoss(over=YEAR, rate=Percent("1.2"))]))
