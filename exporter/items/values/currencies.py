"""Currencies: the codes of ISO 4217 as of 1 January 2026, and the signs and names people write for them.

Codes for "no currency" (XXX) and for tests (XTS) are left out: an amount has a currency. Codes withdrawn stay, for old
filings hold them; their minor units are given only where the list still stated them at the end.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from attrs import field, frozen

from exporter.errors import ModelError
from exporter.findings import choice_hint, list_text
from exporter.items.values.languages import ALWAYS, get_language
from exporter.items.values.numerals import normalise, quoted_text

TABLE_DATE: Final = "2026-01-01"
_TWO: Final = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY
    COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS
    INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
    MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP
    STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
"""
_ACTIVE: Final[dict[int | None, str]] = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: _TWO,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
    None: "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XUA",
}
_WITHDRAWN: Final[dict[int, str]] = {
    1981: "ESA GWE ILP MZE RHD",
    1983: "MTP",
    1984: "MLF",
    1985: "ARP LSM",
    1986: "BRB GNS PES",
    1987: "BOP UGS",
    1989: "ALK BRC CNX GNE GQE LAJ MAF MVQ UYN",
    1990: "BEC BEL BGJ BGK BRN BUK CSJ DDM ILR ISJ LUC LUL NIC PEH ROK SUR UGW VNC",
    1991: "AOK PEI YDD",
    1992: "ARA",
    1993: "BRE CSK LTT MXP UYP",
    1994: "BRR ESB LVR ZRZ",
    1995: "GEK HRD YUN ZAL",
    1996: "UAK",
    1997: "BAD GWP PLZ RUR",
    1998: "SDP",
    1999: "BYB XEU XRE ZRN",
    2000: "AON AOR ECS ECV TJR",
    2002: "ADP AFA ATS BEF DEM ESP FIM FRF GRD IEP ITL LUF NLG PTE",
    2003: "BGL TPE YUM",
    2004: "SRG",
    2005: "AYM MGF ROL TRL",
    2006: "AZM CSD MZM SIT XFO",
    2007: "GHC SDD",
    2008: "CYP MTL VEB",
    2009: "SKK TMM ZWD ZWN ZWR",
    2011: "EEK",
    2012: "ZMK",
    2013: "XFU",
    2014: "LVL USS",
    2015: "LTL",
    2017: "BYR MRO STD",
    2018: "VEF",
    2021: "CUC",
    2023: "HRK",
    2024: "SLL ZWL",
    2025: "ANG",
    2026: "BGN",
}
_LAST_MINOR_UNITS: Final[dict[int, str]] = {
    0: "BYR",
    2: "ANG BGN CUC CYP EEK HRK LTL LVL MRO MTL SKK SLL STD VEF ZMK ZWL",
}


@frozen(cache_hash=True)
class Currency:
    """A currency of ISO 4217.

    ``minor_units`` is the number of decimal places of its smallest unit (0 for JPY), ``None`` where the list gives
    none; ``withdrawn`` the year in which the code was taken out of use, ``None`` for a current one.
    """

    code: str
    minor_units: int | None = field(default=None, kw_only=True)
    withdrawn: int | None = field(default=None, kw_only=True)

    @property
    def is_historic(self) -> bool:
        return self.withdrawn is not None


def _table() -> dict[str, Currency]:
    table = {code: Currency(code, minor_units=units) for units, codes in _ACTIVE.items() for code in codes.split()}
    units_of = {code: units for units, codes in _LAST_MINOR_UNITS.items() for code in codes.split()}
    for year, codes in _WITHDRAWN.items():
        for code in codes.split():
            table[code] = Currency(code, minor_units=units_of.get(code), withdrawn=year)
    return dict(sorted(table.items()))


CURRENCIES: Final[dict[str, Currency]] = _table()

DECIMAL_COMMA: Final = frozenset(
    code
    for codes in (
        "EUR NOK SEK DKK ISK PLN CZK HUF RON BGN RSD MKD ALL BAM TRY RUB UAH BYN KZT GEL AMD AZN MDL",
        "BRL ARS CLP COP PYG UYU BOB VES CRC IDR VND ATS BEF DEM ESP FIM FRF GRD ITL LUF NLG PTE HRK SIT SKK",
    )
    for code in codes.split()
)
"""Currencies of countries that write a comma before decimals and group thousands by points."""


def find_currency(code: str) -> Currency:
    """The currency with this ISO 4217 code, current or historic.

    Raises:
        ModelError: no such code; codes are written in capitals.
    """
    if isinstance(code, str):
        if (known := CURRENCIES.get(code)) is not None:
            return known
        if (upper := code.strip().upper()) in CURRENCIES:
            raise ModelError(f"currency codes have three capital letters: write {upper!r}, not {quoted_text(code)}")
        if len(named := currencies_named(code)) == 1:
            raise ModelError(f"{quoted_text(code)} is no ISO 4217 code; write {named[0]!r}")
        raise ModelError(f"{quoted_text(code)} is no currency of ISO 4217 (table of {TABLE_DATE})")
    raise ModelError(f"a currency is an ISO 4217 code such as 'JPY', got {type(code).__name__} {code!r}")


def check_currency(code: str) -> str:
    """``code`` itself if it is a currency's; raises as `find_currency` does."""
    return code if code.__class__ is str and code in CURRENCIES else find_currency(code).code


# Signs, without blanks and full stops, in lower case; names are in the tables of the languages. The first currency of
# an entry marked "!" is what the sign means unless the caller says otherwise; the others are choices that the caller
# must make.
_SIGNS_OF: Final[dict[str, str]] = {
    "AUD": "a$ au$ aud$",
    "BRL": "r$",
    "CAD": "c$ ca$ can$ cdn$",
    "CHF": "sfr",
    "CNY": "cn¥ rmb",
    "EUR": "€",
    "GBP": "£ uk£",
    "HKD": "hk$",
    "ILS": "₪",
    "INR": "₹",
    "JPY": "jp¥",
    "KRW": "₩",
    "MXN": "mx$ mex$",
    "NGN": "₦",
    "NZD": "nz$",
    "PHP": "₱",
    "PLN": "zł",
    "RUB": "₽",
    "SGD": "s$ sg$",
    "THB": "฿",
    "TRY": "₺",
    "TWD": "nt$",
    "UAH": "₴",
    "USD": "us$ usd$",
    "VND": "₫",
    "USD AUD CAD HKD NZD SGD TWD MXN": "$",
    "DKK ISK NOK SEK": "kr",
    "INR PKR LKR NPR": "rs",
    "JPY! CNY": "¥",
}
_NOISE: Final = re.compile(r"[ .\u202f]|\\(?=\$)")
SIGNS: Final[dict[str, str]] = {
    "USD": "US$", "JPY": "¥", "EUR": "€", "GBP": "£", "KRW": "₩", "AUD": "A$", "CAD": "C$", "HKD": "HK$", "NZD": "NZ$",
    "SGD": "S$", "TWD": "NT$", "BRL": "R$",
}  # fmt: skip
"""The signs that are printed, none of which is ambiguous."""


@cache
def _named() -> dict[str, tuple[str, ...]]:
    """The currencies that a sign or a name may mean."""
    named = {sign: tuple(codes.split()) for codes, signs in _SIGNS_OF.items() for sign in signs.split()}
    for code in ALWAYS:
        named.update(get_language(code).currency_names)
    return named


def currencies_named(text: str) -> tuple[str, ...]:
    """The currencies that a code, a sign or a name may mean ("¥", "U.S. $", "yen", "米ドル"), the likeliest first.

    Empty where it means none.
    """
    code = text.strip()
    return (code,) if code in CURRENCIES else tuple(name.rstrip("!") for name in _entry(text))


def _entry(text: str) -> tuple[str, ...]:
    key = _NOISE.sub("", normalise(text))
    return (key,) if key in CURRENCIES else _named().get(key.casefold(), ())


def resolve_currency(text: str, *, currency: str | None = None, default: str | None = None) -> str:
    """The one currency that a code, a sign or a name means; ``text`` may be empty.

    ``currency`` is the one it has to be: it settles an ambiguous sign, and any other currency in the text is refused.
    ``default`` settles an ambiguous or an absent sign and gives way to one that is plain. "¥" is JPY where neither
    says CNY; "$" alone is never guessed.

    Raises:
        ModelError: no currency, an unknown or ambiguous one, or another than ``currency``.
    """
    for given in (currency, default):
        if given is not None:
            check_currency(given)
    if not text.strip():
        if (chosen := currency or default) is None:
            message = "no currency is named; write its code or sign with the amount, as in JPY 34.4 billion"
            raise ModelError(message).noted("or give currency=, or Conventions(default_currency=…)")
        return chosen
    if not (entry := _entry(text)):
        raise ModelError(f"{quoted_text(text)} is no currency; {_currency_hint(text)}")
    choices = tuple(name.rstrip("!") for name in entry)
    if currency is not None:
        if currency not in choices:
            raise ModelError(
                f"{quoted_text(text)} means {list_text(choices, last=' or ')}, but the currency is {currency}"
            )
        return currency
    if default in choices:
        return default
    if len(choices) == 1 or entry[0].endswith("!"):
        return choices[0]
    message = f"{quoted_text(text)} may be {list_text(choices, most=len(choices), last=' or ')}; write the code instead"
    raise ModelError(message).noted("or give currency=, or Conventions(default_currency=…)")


def _currency_hint(text: str) -> str:
    """What was meant by a word that is no currency: a scale, or a code."""
    word = text.strip(" .")
    if word.upper() in CURRENCIES:
        return f"currency codes are capitals: write {word.upper()}"
    if len(word) == 3 and (codes := _codes_like(word.upper())):
        return f"did you mean {list_text(codes, last=' or ')}?"
    scales = [words[0] for words in get_language("en").scales.values()]
    return choice_hint(word, scales, "write an ISO 4217 code (JPY) or a sign such as ¥, US$ or €")


def _codes_like(word: str) -> list[str]:
    """Current codes of the same letters in another order, or of the same first two letters."""
    current = [code for code, currency in CURRENCIES.items() if not currency.is_historic]
    swapped = [code for code in current if sorted(code) == sorted(word)]
    return swapped or [code for code in current if code[:2] == word[:2]]
