"""Rules of EDINET's cover: the day of filing, codes, periods, amendments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from exporter.disclosures import EdinetCover
from exporter.disclosures.edinet_cover import COVER_FIELDS
from exporter.items.compile import item_specification
from exporter.model.period import Instant
from exporter.profiles.profile import ProfileConcept
from exporter.profiles.read import load_profile
from tests.unit.disclosures.found import errors, warnings

FILED = dt.date(2025, 6, 25)


def cover(**values: Any) -> EdinetCover:
    given: dict[str, Any] = {"as_of": Instant(FILED), "filing_date": FILED, "document_title": "有価証券報告書"}
    return EdinetCover(**given | values)


def test_the_cover_is_of_the_day_of_filing() -> None:
    assert warnings(cover()) == []
    assert errors(lambda: cover(filing_date=dt.date(2025, 6, 26))) == ["filingDateNotAsOf"]


def test_codes_have_the_form_that_edinet_gives_them() -> None:
    assert warnings(cover(edinet_code="E00017", period_type="HY", submission_number=2)) == []
    assert errors(lambda: cover(edinet_code="E00017-000")) == ["edinetCode"]
    assert errors(lambda: cover(period_type="year")) == ["periodType"]
    assert errors(lambda: cover(submission_number=0)) == ["submissionNumber"]


def test_periods_follow_each_other() -> None:
    year = {"year_start": dt.date(2024, 4, 1), "period_end": dt.date(2025, 3, 31), "year_end": dt.date(2025, 3, 31)}
    assert warnings(cover(**year, previous_year_end=dt.date(2024, 3, 31))) == []
    assert errors(lambda: cover(**year, previous_year_end=dt.date(2024, 4, 2))) == ["periodReversed"]


def test_an_amendment_is_marked_as_one() -> None:
    assert warnings(cover(amendment=True, amended_document="S100ABCD")) == []
    assert errors(lambda: cover(amendment=False, amended_document="S100ABCD")) == ["notAmended"]


def test_each_field_is_an_item_of_the_cover_page_or_of_the_document_information() -> None:
    profile = load_profile("edinet")
    fields = [field.name for field in item_specification(EdinetCover).fields if field.concepts]
    for name in fields:
        binding = profile.bindings["EdinetCover", name]
        assert isinstance(binding, ProfileConcept), name
        assert binding.concept.prefix == ("jpcrp_cor" if name in COVER_FIELDS else "jpdei_cor"), name
    assert fields[: len(COVER_FIELDS)] == list(COVER_FIELDS)
