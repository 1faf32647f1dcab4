"""Fields of several values: a fact for each, and the list again from every syntax and under every profile."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exporter.disclosures import CorporateEvent, DocumentInfo, PersonRole
from exporter.model.period import Duration
from exporter.operations.export import export_filing
from exporter.operations.read import read_report
from exporter.operations.to_items import to_items
from exporter.profiles.read import PROFILES
from tests.support.items import filing_under

YEAR = Duration("2004-04-01", "2005-03-31")
SYNTAXES = ("*.xbrl", "*31.json", "*-csv/*.json", "*.*htm*")
PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # without shrinking, which takes minutes here
few = settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
texts = st.text("AB 東&<2().", min_size=1, max_size=6).filter(lambda text: text.strip() == text)
lists = st.lists(texts, min_size=1, max_size=5).map(tuple)


@st.composite
def items(draw: st.DrawFn) -> tuple[Any, ...]:
    securities = draw(lists)
    return (
        DocumentInfo(
            document_type="20-F",
            registrant="Acme",
            over=YEAR,
            securities=securities,
            trading_symbols=securities[::-1],
            address=draw(lists),
        ),
        CorporateEvent(event="merger", on=dt.date(2005, 1, 2), parties=draw(lists)),
        CorporateEvent(event="split", on=dt.date(2005, 1, 2), parties=draw(lists)),
        PersonRole(person="A", over=YEAR, titles=draw(lists)),
    )


@pytest.mark.parametrize("profile", PROFILES)
@few
@given(items())
def test_lists_come_back_from_every_syntax(profile: str, made: tuple[Any, ...]) -> None:
    source = filing_under(profile, *made)
    with TemporaryDirectory() as folder:
        export_filing(source, Path(folder) / "out", force=True)
        for pattern in SYNTAXES:
            (path,) = (Path(folder) / "out").glob(pattern)
            report = read_report(path)
            assert set(to_items(report, profile=source.profile, namespace=source.namespace)) == set(made)
