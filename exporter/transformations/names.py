"""Codes for English names of countries, states, exchanges and filer categories (EDGAR ``countrynameen``,
``stateprovnameen``, ``edgarprovcountryen``, ``exchnameen``, ``entityfilercategoryen``).

Each word of a name may begin with a capital or not; the rest of it is as the registry writes it.

Rules that give one value whatever the text says, and those of ballot boxes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from attrs import frozen

from exporter.transformations.countries import COUNTRIES, ONLY_EDGAR, STATES_AND_PROVINCES
from exporter.transformations.rule import Gives, TransformationRule

_WORD_START: Final = re.compile(r"(?<![^\W_.])\w")
_ANY_CASE: Final = re.compile(r"\b(?:nasdaq|nyse|box|llc|byx|bzx|c2|edga|edgx|bx|gemx|ise|mrx|phlx)\b", re.IGNORECASE)
_COMPANY: Final = re.compile(r",? (?:lLC|llc|inc\.?)$")


def _key(name: str) -> str:
    """The name with single blanks, straight apostrophes and small first letters."""
    plain = " ".join(name.split()).replace("’", "'")
    return _WORD_START.sub(lambda match: match[0].lower(), plain)


@frozen
class NameTable:
    """Names with their codes; the first name of a code is the one to write."""

    codes: Mapping[str, str]
    names: Mapping[str, str]
    key: Callable[[str], str] = _key

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str]], key: Callable[[str], str] = _key) -> NameTable:
        """From pairs of code and name."""
        codes: dict[str, str] = {}
        names: dict[str, str] = {}
        for code, name in rows:
            codes.setdefault(key(name), code)
            names.setdefault(code, name)
        return cls(codes, names, key)

    def code_of(self, name: str) -> str | None:
        return self.codes.get(self.key(name))

    def rule(self, expects: str) -> TransformationRule:
        return TransformationRule(Gives.TEXT, self.code_of, expects)


def _spelled(names: str) -> Iterator[str]:
    """The names of a row, with the titles that may stand before the first."""
    first, *others = (name.strip() for name in names.split(";"))
    yield first
    for name in others:
        if not name.startswith("+"):
            yield name
            continue
        yield f"{name[1:]} {first}"
        yield f"The {name[1:]} {first}"


def _rows(table: str, *, codes: int, column: int) -> Iterator[tuple[str, str]]:
    """Pairs of code and name from a table whose rows begin with so many codes."""
    for row in table.splitlines():
        *found, names = row.split(" ", codes)
        if found[column] != "-":
            yield from ((found[column], name) for name in _spelled(names))


_NASDAQ_MARKETS: Final = ("Nasdaq", "Nasdaq Stock Market", "Nasdaq Global Market", "Nasdaq Global Select Market")
_EXCHANGES: Final = (
    ("BOX", "BOX Exchange"),
    ("CboeBYX", "Cboe BYX Exchange"),
    ("CboeBZX", "Cboe BZX Exchange"),
    ("C2", "Cboe C2 Exchange"),
    ("CboeEDGA", "Cboe EDGA Exchange"),
    ("CboeEDGX", "Cboe EDGX Exchange"),
    ("CBOE", "Cboe Exchange"),
    ("CHX", "Chicago Stock Exchange"),
    ("IEX", "Investors Exchange"),
    ("MIAX", "Miami International Securities Exchange"),
    ("PEARL", "MIAX PEARL"),
    ("BX", "Nasdaq BX"),
    ("GEMX", "Nasdaq GEMX"),
    ("ISE", "Nasdaq ISE"),
    ("MRX", "Nasdaq MRX"),
    ("Phlx", "Nasdaq PHLX"),
    ("NYSE", "New York Stock Exchange"),
    ("NYSE", "NYSE"),
    ("NYSEAMER", "NYSE American"),
    ("NYSEArca", "NYSE Arca"),
    ("NYSENAT", "NYSE National"),
    *(("NASDAQ", name) for name in _NASDAQ_MARKETS),
)
_FILER_CATEGORIES: Final = (
    ("Large Accelerated Filer", "Large accelerated filer"),
    ("Accelerated Filer", "Accelerated filer"),
    ("Non-accelerated Filer", "Non-accelerated filer"),
)


def _exchange_key(name: str) -> str:
    """Without *the* and the legal form; acronyms in either case."""
    key = _ANY_CASE.sub(lambda match: match[0].lower(), _key(name))
    return _COMPANY.sub("", key.removeprefix("the "))


def _category_key(name: str) -> str:
    """Anything but letters may stand after *non*."""
    return re.sub(r"^non\W+", "non ", _key(name))


COUNTRY_TABLE: Final = NameTable.of(_rows(COUNTRIES, codes=2, column=0))
# EDGAR's own entries go first, so that a name that stands in both tables has EDGAR's meaning.
EDGAR_TABLE: Final = NameTable.of((*_rows(ONLY_EDGAR, codes=2, column=1), *_rows(COUNTRIES, codes=2, column=1)))
STATE_TABLE: Final = NameTable.of(_rows(STATES_AND_PROVINCES, codes=1, column=0))
EXCHANGE_TABLE: Final = NameTable.of(_EXCHANGES, _exchange_key)
FILER_TABLE: Final = NameTable.of(_FILER_CATEGORIES, _category_key)

NAMES: Final = {
    "countrynameen": COUNTRY_TABLE.rule("the English name of a country like Japan"),
    "stateprovnameen": STATE_TABLE.rule("the name of a state or province like Delaware"),
    "edgarprovcountryen": EDGAR_TABLE.rule("the English name of a country or province like Japan"),
    "exchnameen": EXCHANGE_TABLE.rule("the name of an exchange like The New York Stock Exchange"),
    "entityfilercategoryen": FILER_TABLE.rule("a filer category like Accelerated filer"),
}


EMPTY_BOX: Final = "☐"
CHECKED_BOX: Final = "☒"
TICKED_BOX: Final = "☑"


def _always(value: str, gives: Gives) -> TransformationRule:
    return TransformationRule(gives, lambda text: value, "any text", is_fixed=True)


def _box(values: Mapping[str, str], gives: Gives) -> TransformationRule:
    return TransformationRule(gives, values.get, f"one of the boxes {EMPTY_BOX} {TICKED_BOX} {CHECKED_BOX}")


_ZERO = _always("0", Gives.NUMBER)
_EMPTY = _always("", Gives.TEXT)
_TRUE = _always("true", Gives.BOOLEAN)
_FALSE = _always("false", Gives.BOOLEAN)

FIXED_2: Final = {"nocontent": _EMPTY, "booleantrue": _TRUE, "booleanfalse": _FALSE}
FIXED_4: Final = {"fixed-zero": _ZERO, "fixed-empty": _EMPTY, "fixed-true": _TRUE, "fixed-false": _FALSE}
FIXED_SEC: Final = {
    "numinf": _always("INF", Gives.FLOAT),
    "numneginf": _always("-INF", Gives.FLOAT),
    "numnan": _always("NaN", Gives.FLOAT),
    "boolballotbox": _box({EMPTY_BOX: "false", TICKED_BOX: "true", CHECKED_BOX: "true"}, Gives.BOOLEAN),
    "yesnoballotbox": _box({EMPTY_BOX: "No", TICKED_BOX: "Yes", CHECKED_BOX: "Yes"}, Gives.TEXT),
}
