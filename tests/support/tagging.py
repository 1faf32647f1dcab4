"""What tests of tagging share: a small report, places by their words, and a plain look at tagged documents."""

from __future__ import annotations

from typing import Final

from lxml import etree

from exporter.items.values.printed import Span
from exporter.model.dimensions import Context, Entity
from exporter.model.fact import Fact
from exporter.model.period import Instant
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.namespaces import ISO4217
from exporter.tagging.document.document import DocumentText
from exporter.transformations import IXT_4

NS: Final = "http://example.com/filer/20050331"
IX: Final = "{http://www.xbrl.org/2013/inlineXBRL}"
CONTEXT: Final = Context(Entity.cik("0001090633"), Instant("2005-03-31"), ())
YEN: Final = Unit((QName(ISO4217, "JPY"),))
DOLLAR: Final = Unit((QName(ISO4217, "USD"),))
DOT: Final = QName(IXT_4, "num-dot-decimal", prefix="ixt")
DATE: Final = QName(IXT_4, "date-monthname-day-year-en", prefix="ixt")
TYPES: Final = {
    "Amount": standard_type("monetaryItemType"),
    "Other": standard_type("monetaryItemType"),
    "Day": standard_type("dateItemType"),
    "Name": standard_type("stringItemType"),
    "Note": standard_type("textBlockItemType"),
}


def concept(name: str) -> QName:
    """A name of the filer's."""
    return QName(NS, name, prefix="fil")


def amount(id_: str, value: str | None, decimals: int | None = None, *, name: str = "Amount", unit: Unit = YEN) -> Fact:
    """An amount of money."""
    return Fact(concept(name), CONTEXT, value, decimals, unit, id=id_)


def text_fact(id_: str, value: str | None, *, name: str = "Name") -> Fact:
    """A text in English."""
    return Fact(concept(name), CONTEXT, value, language="en", id=id_)


def day(id_: str, value: str) -> Fact:
    """A date."""
    return Fact(concept("Day"), CONTEXT, value, id=id_)


def report_of(*facts: Fact, **more: object) -> Report:
    """A report of those facts that knows their types."""
    vocabulary = Vocabulary(datatypes={concept(name): datatype for name, datatype in TYPES.items()})
    return Report(taxonomy=["filer.xsd"], facts=facts, vocabulary=vocabulary, **more)  # type: ignore[arg-type]


def page(body: str, *, head: str = "<title>t</title>") -> bytes:
    """An XHTML document with that body."""
    return f'<html xmlns="http://www.w3.org/1999/xhtml"><head>{head}</head><body>{body}</body></html>'.encode()


def at(document: DocumentText, words: str, number: int = 0) -> Span:
    """Where words stand for the ``number``-th time, from 0."""
    place = -1
    for _ in range(number + 1):
        place = document.text.index(words, place + 1)
    return Span(place, place + len(words))


def tagged_texts(data: bytes) -> dict[str, str]:
    """What each element of a fact holds with its continuations, by id, without exclusions; found with lxml alone."""
    root = etree.fromstring(data)
    for excluded in root.iter(f"{IX}exclude"):
        for each in excluded.iter():
            each.text = None
            if each is not excluded:
                each.tail = None
    parts = {element.get("id"): element for element in root.iter(f"{IX}continuation")}
    found: dict[str, str] = {}
    for element in root.iter(f"{IX}nonFraction", f"{IX}nonNumeric"):
        pieces: list[str] = []
        part: etree._Element | None = element
        while part is not None:
            pieces.append("".join(map(str, part.itertext())))
            part = parts.get(part.get("continuedAt")) if part.get("continuedAt") else None
        found[str(element.get("id"))] = "".join(pieces)
    return found


def shown_text(data: bytes) -> str:
    """All character data outside ``ix:header``."""
    root = etree.fromstring(data)
    for header in root.iter(f"{IX}header"):
        for each in header.iter():
            each.text = None
            if each is not header:
                each.tail = None
    return "".join(map(str, root.itertext()))
