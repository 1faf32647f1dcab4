"""What a table says once for all its figures, in each language."""

from __future__ import annotations

import pytest

from exporter.items.values.heads import head_reader

HEADS = head_reader()


@pytest.mark.parametrize(
    ("head", "scale"),
    [
        ("(in millions)", 6),
        ("The table is in millions of yen.", 6),
        ("Millions of yen", 6),
        ("Thousands of U.S. dollars", 3),
        ("¥ in billions", 9),
        ("($ millions, except per share data)", 6),
        ("US$'000", 3),
        ("（単位：百万円）", 6),
        ("単位：千株", 3),
        ("(億円)", 8),
        ("Revenues", None),
        ("High", None),
    ],
)
def test_scales(head: str, scale: int | None) -> None:
    assert HEADS.scale(head) == scale


def test_currencies_and_units() -> None:
    assert HEADS.currencies("Thousands of U.S. dollars") == {"USD"}
    assert "JPY" in HEADS.currencies("（単位：百万円）")
    assert HEADS.currencies("Revenues") == frozenset()
    assert HEADS.is_percent("Share (%)")
    assert HEADS.is_per_share("Net income per share")
    assert not HEADS.is_percent("Revenues")


@pytest.mark.parametrize(
    ("language", "head", "scale", "currency"),
    [
        ("de", "in Tsd. €", 3, "EUR"),
        ("de", "in TEUR", 3, "EUR"),
        ("de", "T€", 3, "EUR"),
        ("de", "Angaben in Millionen Euro", 6, "EUR"),
        ("de", "(in Mio. CHF)", 6, "CHF"),
        ("de", "in Mrd. US-Dollar", 9, "USD"),
        ("de", "in Tausend", 3, None),
        ("fr", "en milliers d'euros", 3, "EUR"),
        ("fr", "(en millions d’euros)", 6, "EUR"),
        ("fr", "En M€", 6, "EUR"),
        ("fr", "k€", 3, "EUR"),
        ("fr", "en milliards de dollars américains", 9, "USD"),
        ("es", "(miles de euros)", 3, "EUR"),
        ("es", "En millones de euros", 6, "EUR"),
        ("es", "Importes en miles de dólares estadounidenses", 3, "USD"),
        ("nl", "x € 1.000", 3, "EUR"),
        ("nl", "bedragen x € 1.000.000", 6, "EUR"),
        ("nl", "in duizenden euro", 3, "EUR"),
        ("nl", "€ mln", 6, "EUR"),
        ("nl", "in miljoenen euro's", 6, "EUR"),
        ("de", "Umsatzerlöse", None, None),
        ("fr", "Chiffre d'affaires", None, None),
        ("es", "Ingresos de explotación", None, None),
        ("nl", "Netto-omzet", None, None),
    ],
)
def test_heads_in_other_languages(language: str, head: str, scale: int | None, currency: str | None) -> None:
    heads = head_reader(language)
    expected = {currency} if currency else set()
    assert (heads.scale(head), set(heads.currencies(head)), set(heads.declared_currencies(head))) == (
        scale,
        expected,
        expected,
    )


@pytest.mark.parametrize(
    ("language", "percent", "per_share", "minor"),
    [
        ("de", "Anteil in Prozent", "Ergebnis je Aktie", "Dividende (Cent)"),
        ("fr", "pourcentage du capital", "Résultat net par action", "en centimes"),
        ("es", "Porcentaje de participación", "Beneficio por acción", "céntimos"),
        ("nl", "belang in procent", "Winst per aandeel", "in centen"),
    ],
)
def test_heads_of_what_no_scale_reaches(language: str, percent: str, per_share: str, minor: str) -> None:
    heads = head_reader(language)
    assert [heads.is_percent(percent), heads.is_per_share(per_share), heads.is_minor(minor)] == [True] * 3
    assert not heads.is_percent(per_share)
    assert not heads.is_per_share(percent)


def test_words_of_another_language_are_read_where_it_is_named_only() -> None:
    assert head_reader().scale("en milliers d'euros") is None
    assert head_reader().scale("in Tausend") is None
