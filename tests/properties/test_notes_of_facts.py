"""Why a value is unknown, and what a footnote says: never taken for each other, whatever texts they share."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exporter.disclosures import CorporateEvent
from exporter.filing import Filing
from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.options import ReadOptions, WriteContext
from exporter.items.values import Money, Unknown
from exporter.items.values.texts import Footnote
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.operations.to_items import to_items
from exporter.page.filing_page import filing_page
from exporter.profiles.read import PROFILES
from exporter.resources.targets import StreamTarget

YEAR = Duration("2004-04-01", "2005-03-31")
texts = st.sampled_from(["not stated", "as printed", "estimated"])  # few, so that they come again
notes = st.lists(texts, max_size=3, unique=True).map(lambda found: tuple(map(Footnote, found)))
amounts = texts.map(Unknown) | st.just(Money(5, "JPY"))


@st.composite
def events(draw: st.DrawFn) -> list[Any]:
    made = []
    for name in draw(st.lists(st.sampled_from("ABCDEF"), min_size=1, unique=True)):
        amount = draw(amounts)
        reason = amount.reason if isinstance(amount, Unknown) else None
        footnotes = tuple(note for note in draw(notes) if note.text != reason)
        made.append(CorporateEvent(event=name, on=YEAR, outcome="done", amount=amount, footnotes=footnotes))
    return made


@pytest.mark.parametrize("profile", PROFILES)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(events())
def test_reasons_and_notes_come_back_from_the_page(profile: str, made: list[Any]) -> None:
    filing = Filing(
        entity=Entity.cik(1090633),
        items=tuple(made),
        period_end=Instant("2005-03-31"),
        prefix="acme",
        profile=profile,
        audience="analyst",
    )
    derived, page, stream = filing.derived, filing_page(filing, filing.derived), BytesIO()
    version = filing.rules.document.inline_version
    write(derived.report, StreamTarget(stream), WriteContext(page=lambda _: page, inline_version=version))
    options = ReadOptions(load_vocabulary=lambda _: derived.report.vocabulary)
    back = read(BytesIO(stream.getvalue()), options)
    assert set(to_items(back, profile=filing.profile, namespace=filing.namespace)) == set(made)
