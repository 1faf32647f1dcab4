"""Printed values in the languages that have tables of words, and in one that a file adds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from exporter.errors import ModelError
from exporter.items.values import (
    Conventions,
    Money,
    Month,
    MonthDay,
    Percent,
    PerShare,
    ShareCount,
    parse_count,
    parse_date,
    parse_period,
    print_date,
    print_period,
    spell_count,
)
from exporter.items.values import languages as tables
from exporter.items.values.languages import find_language, get_language, languages
from exporter.model.period import Duration, Instant

DAY = dt.date(2025, 3, 31)
GERMAN = Conventions.of_filing("de")
YEAR = Duration("2024-04-01", "2025-03-31")


@pytest.mark.parametrize(
    ("language", "text", "money"),
    [
        ("de", "1,2 Mrd. €", Money("1200000000", "EUR", -8)),
        ("de", "1.234,5 Mio. EUR", Money("1234500000", "EUR", -5)),
        ("de", "1.234 Mio. Euro", Money("1234000000", "EUR", -6)),
        ("de", "(12,50) Euro", Money("-12.50", "EUR", 2)),
        ("de", "5 Tsd. Schweizer Franken", Money("5000", "CHF", -3)),
        ("de", "1,5 Billionen Yen", Money("1500000000000", "JPY", -11)),
        ("fr", "1 234,5 millions d'euros", Money("1234500000", "EUR", -5)),
        ("fr", "1\u202f234,5 millions d’euros", Money("1234500000", "EUR", -5)),
        ("fr", "12,3 M€", Money("12300000", "EUR", -5)),
        ("fr", "2 milliards de dollars américains", Money("2000000000", "USD", -9)),
        ("es", "1.234,5 millones de euros", Money("1234500000", "EUR", -5)),
        ("es", "3 mil millones de euros", Money("3000000000", "EUR", -9)),
        ("nl", "12,3 mln euro", Money("12300000", "EUR", -5)),
        ("nl", "€ 1,5 miljard", Money("1500000000", "EUR", -8)),
        ("nl", "€ 12,3 million", Money("12300000", "EUR", -5)),
    ],
)
def test_amounts_are_read_in_their_language(language: str, text: str, money: Money) -> None:
    assert Money.parse(text, conventions=Conventions(language=language)) == money
    assert Money.parse(text, conventions=Conventions.of_filing(language)) == money


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "31. März 2025"),
        ("de", "31. Mrz. 2025"),
        ("de", "31 Ma\u0308rz 2025"),
        ("fr", "31 mars 2025"),
        ("es", "31 de marzo de 2025"),
        ("es", "31 marzo 2025"),
        ("nl", "31 maart 2025"),
        ("de", "March 31, 2025"),
        ("de", "2025年3月31日"),
        ("de-AT", "2025-03-31"),
    ],
)
def test_dates_are_read_in_their_language(language: str, text: str) -> None:
    assert parse_date(text, language=language) == DAY


def test_the_first_of_a_month_in_french() -> None:
    assert print_date(dt.date(2025, 4, 1), "fr") == "1er avril 2025"
    assert print_date(dt.date(2025, 4, 2), "fr") == "2 avril 2025"
    assert parse_date("1er avril 2025", language="fr") == dt.date(2025, 4, 1)


@pytest.mark.parametrize(
    ("language", "day", "month", "year"),
    [
        ("en", "as of March 31, 2025", "March 2025", "year ended March 31, 2025"),
        ("de", "zum 31. März 2025", "März 2025", "Geschäftsjahr zum 31. März 2025"),
        ("fr", "au 31 mars 2025", "mars 2025", "exercice clos le 31 mars 2025"),
        ("es", "a 31 de marzo de 2025", "marzo de 2025", "ejercicio terminado el 31 de marzo de 2025"),
        ("nl", "per 31 maart 2025", "maart 2025", "boekjaar eindigend op 31 maart 2025"),
        ("ja", "2025年3月31日現在", "2025年3月", "2025年3月31日に終了した1年間"),
    ],
)
def test_periods_in_their_language(language: str, day: str, month: str, year: str) -> None:
    for period, printed in ((Instant("2025-03-31"), day), (Duration.month(2025, 3), month), (YEAR, year)):
        assert print_period(period, language) == printed
        assert parse_period(printed, language=language) == period


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("de", "vom 1. April 2024 bis zum 20. Juni 2024", Duration("2024-04-01", "2024-06-20")),
        ("de", "drei Monate zum 30. Juni 2024", Duration("2024-04-01", "2024-06-30")),
        ("fr", "du 1er avril 2024 au 20 juin 2024", Duration("2024-04-01", "2024-06-20")),
        ("fr", "exercice clos le 31 décembre 2024", Duration("2024-01-01", "2024-12-31")),
        ("es", "del 1 de abril de 2024 al 20 de junio de 2024", Duration("2024-04-01", "2024-06-20")),
        ("nl", "van 1 april 2024 tot en met 20 juni 2024", Duration("2024-04-01", "2024-06-20")),
    ],
)
def test_other_ways_to_write_periods(language: str, text: str, period: Duration) -> None:
    assert parse_period(text, language=language) == period


def test_other_amounts_in_their_language() -> None:
    assert Percent.parse("31,6 %", conventions=GERMAN) == Percent("31.6")
    assert Percent.parse("31,6 Prozent", conventions=GERMAN) == Percent("31.6")
    assert PerShare.parse("12,50 € je Aktie", conventions=GERMAN) == PerShare("12.50", "EUR")
    assert ShareCount.parse("1.234 Aktien", conventions=GERMAN) == ShareCount("1234")
    assert Month.parse("März 2025", language="de") == Month(2025, 3)
    assert MonthDay.parse("31. März", language="de") == MonthDay(3, 31)
    assert Money.parse("¥34,4 Milliarden", conventions=GERMAN) == Money("34400000000", "JPY", -8)
    assert Money("1234500000", "EUR", -5).printed("de") == "1.234,5 Mio. €"
    assert Money("1234500000", "EUR", -5).printed("fr") == "1\u202f234,5 millions d'euros"
    assert Money("1234500000", "NOK", -5).printed("es") == "1.234,5 millones de NOK"
    assert Money("-1200000000", "EUR", -8, scale=9).printed("nl") == "−1,2 mld €"
    assert PerShare("12.50", "EUR").printed("fr") == "12,50 € par action"
    assert ShareCount("1").printed("de") == "1 Aktie"


@pytest.mark.parametrize("text", ["1.234 €", "1,234 €", "EUR 1.234", "1.234 million EUR"])
def test_a_mark_that_may_be_either_is_refused_where_no_page_says_it(text: str) -> None:
    with pytest.raises(ModelError, match="may group thousands or be a decimal mark"):
        Money.parse(text, conventions=GERMAN)
    Money.parse(text, conventions=Conventions(language="de"))


def test_what_reads_one_way_only_needs_no_word() -> None:
    assert Money.parse("1,234.50 EUR", conventions=GERMAN) == Money("1234.50", "EUR")
    assert Money.parse("1.234,50 EUR", conventions=GERMAN) == Money("1234.50", "EUR")
    assert Money.parse("12,5 EUR", conventions=GERMAN) == Money("12.5", "EUR")
    assert Money.parse("12.50 EUR", conventions=GERMAN) == Money("12.50", "EUR")
    assert Money.parse("1.234.567 EUR", conventions=GERMAN) == Money("1234567", "EUR")


def test_a_scale_of_two_powers_is_refused_where_no_page_says_its_language() -> None:
    with pytest.raises(ModelError, match=r"10\^12 or, in English, 10\^9"):
        Money.parse("1,5 Billion EUR", conventions=GERMAN)
    assert Money.parse("1,5 Billion EUR", conventions=Conventions(language="de")).value == 1_500_000_000_000
    assert Money.parse("EUR 1.5 billion").value == 1_500_000_000


@pytest.mark.parametrize("text", ["-(1,5) €", "1 412 €", "1,5 k €", "1,5 Aktien €"])
def test_what_is_strict_stays_strict(text: str) -> None:
    with pytest.raises(ModelError):
        Money.parse(text, conventions=GERMAN)


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("de", "drei", 3),
        ("de", "eine", 1),
        ("de", "einundzwanzig", 21),
        ("de", "1.234", 1234),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "vingt et un", 21),
        ("fr", "1 234", 1234),
        ("es", "treinta y dos", 32),
        ("es", "veintidós", 22),
        ("nl", "drieëndertig", 33),
        ("nl", "twaalf", 12),
        ("ja", "十二", 12),
        ("en", "one hundred and two", 102),
    ],
)
def test_counts_in_words(language: str, text: str, number: int) -> None:
    assert parse_count(text, language=language) == number


@pytest.mark.parametrize("language", languages())
def test_counts_are_read_back(language: str) -> None:
    for number in range(100):
        assert parse_count(spell_count(number, language), language=language) == number


def test_other_languages_are_read_where_they_are_asked_for_only() -> None:
    for text in ("31. März 2025", "31 mars 2025"):
        with pytest.raises(ModelError):
            parse_date(text)
    with pytest.raises(ModelError, match=r"write 1,234\.5"):
        Money.parse("1.234,5 EUR")
    with pytest.raises(ModelError):
        parse_date("31. März 2025", language="fr")


def test_a_language_without_a_table_is_read_as_english() -> None:
    assert find_language("tlh") is None
    assert Conventions.of_filing("tlh") == Conventions()
    with pytest.raises(ModelError, match="'de', 'en', 'es', 'fr', 'ja', 'nl'"):
        get_language("tlh")
    with pytest.raises(ModelError):
        Conventions(language="../en")


VOLAPUK = """\
decimal = ","
group = "."
months = "yanul febul mäzul prilul mayul yunul yulul gustul setul tobul novul dekul"
scales = { 3 = ["mil"], 6 = ["balion"] }
currencies = { EUR = ["yurod"] }
shares = ["dilods", "dilod"]
per_share = ["a dilod"]
as_of = ["tü {date}"]
between = ["de {start} jüesa {end}"]
ended = ["{length} fino {date}"]
lengths = { 3 = ["kil muls"], 12 = ["yel"] }
"""


def test_a_file_adds_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading, printing and finding take the words from the file; nothing else has to be written."""
    (tmp_path / "vo.toml").write_text(VOLAPUK, encoding="utf-8")
    assert len(VOLAPUK.splitlines()) < 15
    monkeypatch.setattr(tables, "_TABLES", (*tables._TABLES, tmp_path))
    find_language.cache_clear()
    assert "vo" in languages()
    words = Conventions(language="vo")
    money = Money("1234500000", "EUR", -5)
    assert money.printed("vo") == "1.234,5 balion €"
    assert Money.parse("1.234,5 balion yurod", conventions=words) == money
    assert Money.parse(money.printed("vo"), conventions=words) == money
    assert parse_date("31 mäzul 2025", language="vo") == DAY
    assert (
        parse_period(print_period(YEAR, "vo"), language="vo")
        == YEAR
        == parse_period("yel fino 31 mäzul 2025", language="vo")
    )
    assert ShareCount.parse("1.234 dilods", conventions=words) == ShareCount("1234")
    find_language.cache_clear()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('months = "a b c"', "twelve months"),
        ('scale = "x"', "no 'scale'"),
        ('group = ","', "group another"),
        ('scales = { 3 = ["mil"], 6 = ["Mil"] }', "'Mil' stands for 3 and for 6"),
    ],
)
def test_a_table_that_is_not_sound_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, message: str
) -> None:
    name = line.partition(" ")[0]
    lines = [other for other in VOLAPUK.splitlines() if not other.startswith(f"{name} ")]
    (tmp_path / "vx.toml").write_text("\n".join([*lines, line]), encoding="utf-8")
    monkeypatch.setattr(tables, "_TABLES", (*tables._TABLES, tmp_path))
    find_language.cache_clear()
    with pytest.raises(ModelError, match=message):
        find_language("vx")
    find_language.cache_clear()


@pytest.mark.parametrize("code", languages())
def test_every_table_is_whole(code: str) -> None:
    language = get_language(code)
    assert len(language.months) == 12
    assert {3, 6, 12} <= set(language.scales)
    assert {3, 6, 9, 12} <= set(language.lengths)
    assert language.shares
    assert language.per_share
    assert language.forever
