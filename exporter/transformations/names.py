"""Codes for English names of countries, states, exchanges and filer categories (EDGAR ``countrynameen``,
``stateprovnameen``, ``edgarprovcountryen``, ``exchnameen``, ``entityfilercategoryen``).

Each word of a name may begin with a capital or not; the rest of it is as the registry writes it. The names of countries
and states stand in ``data/countries.toml``, which is read when the first of them is looked up.

The rules that give one value for any text, and those of ballot boxes, are here too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final

from attrs import frozen

from exporter.transformations.rule import Gives, TransformationRule

_WORD_START: Final = re.compile(r"(?<![^\W_.])\w")
_ANY_CASE: Final = re.compile(r"\b(?:nasdaq|nyse|box|llc|byx|bzx|c2|edga|edgx|bx|gemx|ise|mrx|phlx)\b", re.IGNORECASE)
_COMPANY: Final = re.compile(r",? (?:lLC|llc|inc\.?)$")


def _key(name: str) -> str:
    """The name with single blanks, straight apostrophes and small first letters."""
    plain = " ".join(name.split()).replace("’", "'")
    return _WORD_START.sub(lambda match: match[0].lower(), plain)


@frozen(slots=False)
class NameTable:
    """Names with their codes; the first name of a code is the one to write.

    ``rows`` gives pairs of code and name; it is called when the first name is looked up.
    """

    rows: Callable[[], Iterable[tuple[str, str]]]
    key: Callable[[str], str] = _key

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The codes by the keys of names."""
        codes: dict[str, str] = {}
        for code, name in self.rows():
            codes.setdefault(self.key(name), code)
        return codes

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name to write of each code."""
        names: dict[str, str] = {}
        for code, name in self.rows():
            names.setdefault(code, name)
        return names

    def code_of(self, name: str) -> str | None:
        return self.codes.get(self.key(name))

    def name_of(self, code: str) -> str | None:
        return self.names.get(code)

    def rule(self, expects: str) -> TransformationRule:
        return TransformationRule(Gives.TEXT, self.code_of, expects)


@cache
def read_countries() -> dict[str, dict[str, Any]]:
    """The tables of ``data/countries.toml``: countries, edgar_only and states by their codes."""
    return tomllib.loads((files("exporter.transformations") / "data" / "countries.toml").read_text(encoding="utf-8"))


def _spelled(names: list[str]) -> Iterator[str]:
    """The names of an entry, with the titles that may stand before the first."""
    first, *others = names
    yield first
    for name in others:
        if not name.startswith("+"):
            yield name
            continue
        yield f"{name[1:]} {first}"
        yield f"The {name[1:]} {first}"


def _countries() -> Iterator[tuple[str, str]]:
    for code, entry in read_countries()["countries"].items():
        yield from ((code, name) for name in _spelled(entry["names"]))


def _countries_of_edgar() -> Iterator[tuple[str, str]]:
    """EDGAR's own entries go first, so that a name that stands in both tables has EDGAR's meaning."""
    for code, names in read_countries()["edgar_only"].items():
        yield from ((code, name) for name in _spelled(names))
    for entry in read_countries()["countries"].values():
        if "edgar" in entry:
            yield from ((entry["edgar"], name) for name in _spelled(entry["names"]))


def _states() -> Iterator[tuple[str, str]]:
    for code, names in read_countries()["states"].items():
        yield from ((code, name) for name in _spelled(names))


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


COUNTRY_TABLE: Final = NameTable(_countries)
EDGAR_TABLE: Final = NameTable(_countries_of_edgar)
STATE_TABLE: Final = NameTable(_states)
EXCHANGE_TABLE: Final = NameTable(lambda: _EXCHANGES, _exchange_key)
FILER_TABLE: Final = NameTable(lambda: _FILER_CATEGORIES, _category_key)

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
