"""Labels, dates and periods in the two languages of a page."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import exporter.page
from exporter.items.labels import Labels
from exporter.items.values.languages import languages
from exporter.model.period import FOREVER, Duration, Instant, Period
from exporter.page.words import PageLanguage, Text

WORDS = Path(exporter.page.__path__[0]) / "words"
ENGLISH, JAPANESE = PageLanguage("en"), PageLanguage("ja")


@pytest.mark.parametrize(
    ("period", "english", "japanese"),
    [
        (Instant("2005-03-31"), "March 31, 2005", "2005年3月31日"),
        (Duration("2004-04-01", "2005-03-31"), "Year ended March 31, 2005", "2005年3月31日に終了した1年間"),
        (Duration("2005-04-01", "2005-06-30"), "Three months ended June 30, 2005", "2005年6月30日に終了した3か月間"),
        (Duration.month(2005, 2), "February 2005", "2005年2月"),
        (Duration.day("2005-06-24"), "June 24, 2005", "2005年6月24日"),
        (Duration("2005-07-01", "2005-07-29"), "July 1 to July 29, 2005", "2005年7月1日から2005年7月29日まで"),
        (
            Duration("2004-11-03", "2005-01-02"),
            "November 3, 2004 to January 2, 2005",
            "2004年11月3日から2005年1月2日まで",
        ),
        (Duration("9999-01-02", "9999-12-30"), "January 2 to December 30, 9999", "9999年1月2日から9999年12月30日まで"),
        (Duration("2022-09-25", "2023-09-30"), "Year ended September 30, 2023", "2023年9月30日に終了した1年間"),
        (Duration("2023-07-15", "2024-07-14"), "Year ended July 14, 2024", "2024年7月14日に終了した1年間"),
        (Instant("2005-03-31T12:00:00"), "2005-03-31T12:00:00", "2005-03-31T12:00:00"),
        (FOREVER, "Without period", "無期限"),
    ],
)
def test_periods(period: Period, english: str, japanese: str) -> None:
    assert ENGLISH.period(period) == english
    assert JAPANESE.period(period) == japanese


def test_an_instant_over_a_table_is_a_date_as_of_which() -> None:
    assert ENGLISH.moment(Instant("2005-03-31")) == "As of March 31, 2005"
    assert JAPANESE.moment(Instant("2005-03-31")) == "2005年3月31日現在"
    assert ENGLISH.moment(Duration.month(2005, 2)) == "February 2005"


def test_labels_lose_what_they_say_to_machines() -> None:
    policy = Labels(standard="Policy [Policy Text Block]", others={"ja": "方針 [テキストブロック]"})
    assert Text.of(policy, "X", ["en", "ja", "de"]) == Text("Policy", {"ja": "方針"})
    assert Text.of(Labels(standard="Largest, Indicator"), "X", ["ja"]) == Text("Largest")
    assert Text.of(Labels(), "NetLossOfYear", ["de"]) == Text("Net Loss Of Year")


def test_the_language_of_the_filing_comes_first() -> None:
    assert PageLanguage.of("ja-JP") == JAPANESE
    assert PageLanguage.of("de-AT") == PageLanguage("de")
    assert PageLanguage.of("tlh") == ENGLISH
    english, japanese = PageLanguage.of("en-GB", ["en", "ja"]), PageLanguage.of("ja", ["ja", "en-US"])
    both = Text("Cover", {"ja": "表紙"})
    assert (english.phrase(both).text, english.phrase(both).second) == ("Cover", "表紙")
    assert (japanese.phrase(both).text, japanese.phrase(both).second) == ("表紙", "Cover")
    assert (japanese.phrase(Text("Own")).text, japanese.phrase(Text("Own")).second) == ("Own", None)


def test_a_second_language_stands_beside_the_first_only_where_labels_are_in_it() -> None:
    both = Text("Cover", {"ja": "表紙"})
    assert [PageLanguage.of("en", labels).phrase(both).second for labels in ([], ["en"], ["en", "de"])] == [None] * 3
    german = Text("Cover", {"de": "Deckblatt"})
    assert PageLanguage.of("en", ["en", "de"]).phrase(german).second == "Deckblatt"
    assert PageLanguage.of("de", ["en", "de"]).phrase(german).second == "Cover"
    single = PageLanguage.of("ja-JP", ["ja"])
    assert (single.phrase(both).text, single.phrase(both).second) == ("表紙", None)


@pytest.mark.parametrize(
    ("language", "year", "moment"),
    [
        ("de-CH", ("Geschäftsjahr zum 31. März", "2005"), "Zum 31. März 2005"),
        ("fr", ("Exercice clos le 31 mars", "2005"), "Au 31 mars 2005"),
        ("ja", ("3月31日に終了した1年間", "2005年"), "2005年3月31日現在"),
        ("en", ("Year ended March 31,", "2005"), "As of March 31, 2005"),
    ],
)
def test_the_words_of_a_report(language: str, year: tuple[str, str], moment: str) -> None:
    words = PageLanguage.single(language)
    assert words.year_ended(Duration("2004-04-01", "2005-03-31")) == year
    assert words.year_ended(Duration("2004-04-01", "2004-09-30")) is None
    assert words.moment(Instant("2005-03-31")) == moment


def test_a_language_without_words_is_shown_in_english() -> None:
    assert PageLanguage.single("fi") == PageLanguage("en")


def test_every_language_has_every_word_of_the_page() -> None:
    paths = sorted(WORDS.glob("*.toml"))
    catalogues = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
    keys = [{table: sorted(entries) for table, entries in catalogue.items()} for catalogue in catalogues]
    assert {path.stem for path in paths} == set(languages())
    assert all(of_language == keys[0] for of_language in keys)
