"""The languages of a filing's labels: which are written, what stands in for a missing one, and what is reported."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from attrs import evolve

from exporter import Severity
from exporter.errors import ModelError
from exporter.filing import Filing
from exporter.findings import Finding
from exporter.items import declare as d
from exporter.items.values import Money
from exporter.model.dimensions import Entity
from exporter.model.period import Instant
from exporter.operations.check import check_label_languages, validate_filing
from exporter.taxonomy.concepts import DOCUMENTATION, STANDARD


@d.report_item(label="Reserve", label_ja="準備金", labels={"de": "Rücklage"})
class Reserve(d.ReportItem):
    """A class with some labels in Japanese and German."""

    as_of: Instant = d.period()
    amount: Money = d.concept("ReserveAmount", label="Reserve, Amount", documentation="How much.", label_ja="準備金額")
    since: dt.date | None = d.concept("ReserveSince", label="Reserve, Since", default=None)


END = Instant("2005-03-31")
RESERVE = Reserve(as_of=END, amount=Money("1", "JPY"), since=dt.date(2001, 4, 1))
FILING = Filing(entity=Entity.cik(1), items=[RESERVE], period_end=END)


def labels(filing: Filing, concept: str) -> set[tuple[str, str, str]]:
    return {
        (label.role.rpartition("/")[2], label.language, label.text)
        for label in filing.taxonomy.labels
        if label.concept.local_name == concept
    }


@pytest.mark.parametrize(
    ("language", "profile", "chosen", "written"),
    [
        ("en", "extension-only", (), {"en"}),
        ("en-GB", "extension-only", (), {"en"}),
        ("ja", "extension-only", (), {"ja", "en"}),  # English in place of what is missing
        ("en", "sec-us-gaap", (), {"en-US"}),
        ("ja", "sec-ifrs", (), {"en-US"}),
        ("en", "edinet", (), {"ja", "en"}),
        ("en", "extension-only", ("ja", "en"), {"ja", "en"}),
        ("en", "sec-us-gaap", ("en", "de"), {"en-US", "de"}),
        ("ja", "edinet", ("en",), {"en"}),
    ],
)
def test_the_languages_that_are_written(
    language: str, profile: str, chosen: tuple[str, ...], written: set[str]
) -> None:
    filing = evolve(FILING, language=language, profile=profile, label_languages=chosen)
    assert {label.language for label in filing.taxonomy.labels} == written


def test_english_stands_in_for_what_is_missing() -> None:
    filing = evolve(FILING, language="ja")
    assert labels(filing, "ReserveAmount") == {("label", "ja", "準備金額"), ("documentation", "en", "How much.")}
    assert labels(filing, "ReserveSince") == {("label", "en", "Reserve, Since")}
    assert labels(filing, "ReserveAbstract") == {("label", "ja", "準備金 [タイトル項目]")}
    assert labels(evolve(FILING, label_languages=["de"]), "ReserveAbstract") == {("label", "de", "Rücklage [Abstract]")}


def test_each_role_is_there_once_for_each_language() -> None:
    filing = evolve(FILING, label_languages=("ja", "de"))
    counts = Counter((label.concept, label.role, label.language) for label in filing.taxonomy.labels)
    assert set(counts.values()) == {1}
    assert {label.role for label in filing.taxonomy.labels} == {STANDARD, DOCUMENTATION}


def found(filing: Filing) -> list[Finding]:
    return [finding for finding in validate_filing(filing) if finding.code == "exporter:labelNotTranslated"]


def test_what_is_missing_is_reported_once_with_a_count() -> None:
    assert found(FILING) == []
    (finding,) = found(evolve(FILING, language="ja"))
    assert finding.severity is Severity.INFO
    assert finding.message.startswith("1 concept has no label in ja and is labelled in English: ReserveSince")
    (chosen,) = found(evolve(FILING, label_languages=["de"]))
    assert chosen.severity is Severity.WARNING
    assert chosen.message.startswith("2 concepts have no label in de and are labelled in English: ReserveAmount, R")
    assert chosen.location.pointer == "/filing/label_languages"
    assert len(list(check_label_languages(evolve(FILING, label_languages=["de", "fr", "en"])))) == 2


def test_a_language_is_a_tag() -> None:
    assert evolve(FILING, label_languages="ja").label_languages == ("ja",)
    with pytest.raises(ModelError, match="expected language tags such as en or ja, got 'not a tag'"):
        evolve(FILING, label_languages=["not a tag"])
