"""The profile of a report, by its standard concepts."""

from __future__ import annotations

from exporter.profiles.detection import detect_profile

DEI = {"http://xbrl.sec.gov/dei/2024": ["DocumentType", "EntityRegistrantName"]}


def test_the_profile_with_most_concepts_wins() -> None:
    found = detect_profile({**DEI, "https://xbrl.ifrs.org/taxonomy/2024-03-27/ifrs-full": ["RetainedEarnings"]})
    assert found is not None
    assert (found.name, found.release) == ("sec-ifrs", "2024")


def test_any_release_is_known() -> None:
    found = detect_profile({"http://fasb.org/us-gaap/2024": ["NetIncomeLoss"]})
    assert found is not None
    assert (found.name, found.release) == ("sec-us-gaap", "2024")
    assert detect_profile(DEI) is not None


def test_own_concepts_and_unknown_ones_tell_nothing() -> None:
    assert detect_profile({"http://www.example.com/2005": ["NetIncomeLoss"]}) is None
    assert detect_profile({"http://fasb.org/us-gaap/2024": ["SomethingElse"]}) is None
    assert detect_profile({}) is None
