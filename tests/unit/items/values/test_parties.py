"""Currency pairs, parties, sources, unknowns, and the table of currencies."""

from __future__ import annotations

import re

import pytest

from exporter.errors import ModelError
from exporter.items.values import (
    CURRENCIES,
    CurrencyPair,
    EntityKind,
    EntityRef,
    SourceRef,
    Unknown,
    find_currency,
    resolve_currency,
)
from exporter.items.values.currencies import SIGNS, currencies_named
from exporter.items.values.languages import get_language
from exporter.model import Entity, Unit

PAIR = CurrencyPair(base="USD", quote="JPY")


def test_a_pair_is_written_by_name() -> None:
    with pytest.raises(TypeError):
        CurrencyPair("USD", "JPY")  # type: ignore[call-arg]
    assert PAIR.unit == Unit.rate(base="USD", quote="JPY")
    assert str(PAIR) == "JPY per USD"
    assert PAIR.inverted() == CurrencyPair(base="JPY", quote="USD")
    with pytest.raises(ModelError, match="two different"):
        CurrencyPair(base="USD", quote="USD")
    with pytest.raises(ModelError, match="no currency"):
        CurrencyPair(base="USD", quote="ABC")


@pytest.mark.parametrize(
    "text", ["JPY per USD", "JPY/USD", "JPY / USD", "yen per U.S. dollar", "¥ per US$", "円/米ドル"]
)
def test_pairs_are_read_as_quote_over_base(text: str) -> None:
    assert CurrencyPair.parse(text) == PAIR


@pytest.mark.parametrize(
    "text", ["USDJPY", "USD-JPY", "yen per dollar", "JPY", "JPY/USD/EUR", "JPY/", "/USD", "JPY/JPY"]
)
def test_pairs_are_refused(text: str) -> None:
    with pytest.raises(ModelError, match=r"cannot read .* as a currency pair"):
        CurrencyPair.parse(text)


def test_parties() -> None:
    affiliates = EntityRef("NTT and its affiliates", kind="group")
    assert affiliates.is_group
    assert affiliates != EntityRef("NTT and its affiliates")
    assert str(affiliates) == "NTT and its affiliates"
    company = EntityRef("IIJ", Entity.cik(1090633), aliases=["Internet Initiative Japan Inc."])
    assert company == EntityRef("IIJ", Entity.cik(1090633))
    assert hash(company) == hash(EntityRef("IIJ", Entity.cik(1090633)))
    assert company.is_named("Internet Initiative Japan Inc.")
    assert not company.is_named("NTT")
    assert company.kind is EntityKind.ORGANIZATION
    assert str(EntityRef(identifier=Entity.cik(1090633))) == "0001090633 (http://www.sec.gov/CIK)"


@pytest.mark.parametrize(
    "wrong",
    [{}, {"name": " "}, {"name": 5}, {"name": "A", "kind": "robot"}, {"name": "A", "aliases": "B"},
     {"name": "A", "aliases": [""]}, {"name": "A", "identifier": "0001090633"}],
)  # fmt: skip
def test_parties_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(ModelError):
        EntityRef(**wrong)  # type: ignore[arg-type]


def test_sources() -> None:
    text = "a deficit of ¥34.4 billion"
    source = SourceRef("form.txt", line=1, start=13, end=26, surface="¥34.4 billion")
    assert source.fits(text)
    assert not source.fits("x" + text)
    assert str(source) == "form.txt:1"
    assert SourceRef("form.txt", surface="¥34.4").fits(text)
    assert SourceRef("form.txt").fits(text)


@pytest.mark.parametrize(
    "wrong",
    [{"line": 0}, {"line": "1"}, {"start": 1}, {"end": 1}, {"start": 2, "end": 1}, {"start": -1, "end": 1},
     {"start": 0, "end": 2, "surface": "x"}],
)  # fmt: skip
def test_sources_are_checked(wrong: dict[str, object]) -> None:
    with pytest.raises(ModelError):
        SourceRef("form.txt", **wrong)  # type: ignore[arg-type]
    with pytest.raises(ModelError):
        SourceRef("")


def test_an_unknown_needs_a_reason() -> None:
    assert Unknown("not disclosed") == Unknown("not disclosed") != Unknown("illegible")
    assert str(Unknown("not disclosed")) == "unknown: not disclosed"
    for wrong in ("", "  ", None, 5):
        with pytest.raises(ModelError, match="reason"):
            Unknown(wrong)  # type: ignore[arg-type]


def test_the_table_of_currencies() -> None:
    assert all(re.fullmatch("[A-Z]{3}", code) and currency.code == code for code, currency in CURRENCIES.items())
    assert find_currency("JPY").minor_units == 0
    assert find_currency("USD").minor_units == 2
    assert find_currency("KWD").minor_units == 3
    assert find_currency("CLF").minor_units == 4
    assert find_currency("XAU").minor_units is None
    assert not find_currency("XCG").is_historic
    assert (find_currency("DEM").withdrawn, find_currency("ITL").withdrawn) == (2002, 2002)
    assert find_currency("HRK").is_historic
    assert "XXX" not in CURRENCIES
    assert "XTS" not in CURRENCIES


def test_what_we_print_is_never_ambiguous() -> None:
    names = get_language("ja").currencies
    for code, sign in [*SIGNS.items(), *((code, words[0]) for code, words in names.items())]:
        assert resolve_currency(sign) == code
    assert currencies_named("¥") == ("JPY", "CNY")
    assert currencies_named("doubloon") == ()
    for code in CURRENCIES:
        assert resolve_currency(code) == code
