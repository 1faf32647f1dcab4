"""A plain look at an Inline XBRL document with lxml, independent of the reader under test.

It knows what the real documents of the tests contain and no more: no exclusions, tuples or several targets.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from lxml import etree

from tests.support.plain_instance import XBRLI, XML_LANG, clark, context_of, is_nil, units_of

IX: Final = "{http://www.xbrl.org/2013/inlineXBRL}"
_DUTCH: Final = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
# What the SEC's transformations make of the texts that occur.
_WORDS: Final[Mapping[str, str]] = {
    "one-year": "P1Y",
    "three-year": "P3Y",
    "three years": "P3Y",
    "five-year": "P5Y",
    "ten-year": "P10Y",
    "Delaware": "DE",
    "California": "CA",
    "NASDAQ Global Select Market": "NASDAQ",
    "one": "1",
}


def _dutch_date(text: str) -> str:
    day, month, year = text.split()
    return f"{year}-{_DUTCH.index(month) + 1:02}-{int(day):02}"


_FORMATS: Final[Mapping[str, Callable[[str], str]]] = {
    "num-dot-decimal": lambda text: text.replace(",", ""),
    "fixed-zero": lambda text: "0",
    "fixed-true": lambda text: "true",
    "fixed-false": lambda text: "false",
    "date-monthname-day-year-en": lambda text: dt.datetime.strptime(text, "%B %d, %Y").date().isoformat(),
    "date-day-monthname-year-nl": _dutch_date,
    "duryear": lambda text: f"P{text}Y",
    "durday": lambda text: f"P{text}D",
    "durwordsen": _WORDS.__getitem__,
    "stateprovnameen": _WORDS.__getitem__,
    "exchnameen": _WORDS.__getitem__,
    "numwordsen": _WORDS.__getitem__,
}


class PlainInline:
    """The facts of a document as tuples: concept, entity, period, dimensions, unit, value, decimals, language.

    Numbers are Decimals without idle zeros; of escaped texts only the characters outside tags are kept.
    """

    def __init__(self, path: Path) -> None:
        self.root = etree.parse(str(path), etree.XMLParser(remove_comments=True)).getroot()
        self._contexts = {each.get("id"): context_of(each) for each in self.root.iter(f"{XBRLI}context")}
        self._units = units_of(self.root)
        self._continuations = {each.get("id"): each for each in self.root.iter(f"{IX}continuation")}
        self._language = next(self.root.iter(f"{IX}references")).get(XML_LANG)

    def facts(self) -> Counter[Any]:
        return Counter(map(self._fact, self.root.iter(f"{IX}nonFraction", f"{IX}nonNumeric")))

    def _fact(self, element: Any) -> tuple[Any, ...]:
        unit = self._units.get(element.get("unitRef"))
        decimals = element.get("decimals")
        return (
            clark(element.get("name"), element),
            *self._contexts[element.get("contextRef")],
            unit if unit != ((f"{XBRLI}pure",), ()) else None,
            None if is_nil(element) else self._number(element) if unit else self._text(element),
            None if decimals in (None, "INF") else int(decimals),
            None if unit else element.get(XML_LANG, self._language),
        )

    def _number(self, element: Any) -> Decimal:
        text = self._transformed(element, "".join(element.itertext()).strip())
        number = Decimal(text) * Decimal(10) ** int(element.get("scale", 0))
        return (-number if element.get("sign") == "-" else number).normalize()

    def _text(self, element: Any) -> str:
        part, texts = element, []
        while part is not None:
            texts += part.itertext()
            part = self._continuations.get(part.get("continuedAt"))
        return self._transformed(element, "".join(texts))

    def _transformed(self, element: Any, text: str) -> str:
        name = element.get("format")
        return text if name is None else _FORMATS[name.rpartition(":")[2]](" ".join(text.split()))
