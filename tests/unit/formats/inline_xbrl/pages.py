"""A small report with a fact of every kind, and pages of it written and read again."""

from __future__ import annotations

import io
from typing import Any

import pytest
from attrs import evolve
from lxml import etree

from exporter.errors import WriteError
from exporter.findings import Finding
from exporter.formats.inline_xbrl.check.xhtml import check_xhtml
from exporter.formats.inline_xbrl.document_set import InlineDocument
from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.inline_xbrl.write.blocks import Block, Page
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.options import ReadOptions, WriteContext
from exporter.model.dimensions import Context, Entity, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.resources.targets import StreamTarget

NS = "http://example.com/t"
TYPES = {
    "Sales": "monetaryItemType",
    "Ratio": "percentItemType",
    "Count": "nonNegativeIntegerItemType",
    "Exact": "pureItemType",
    "Name": "stringItemType",
    "Note": "textBlockItemType",
    "Day": "dateItemType",
    "Flag": "booleanItemType",
    "Term": "durationItemType",
    "Kind": "enumerationItemType",
    "Link": "QNameItemType",
}
YEAR = Context(Entity("http://example.com/ids", "acme"), Duration("2024-01-01", "2024-12-31"))
END = Context(Entity("http://example.com/ids", "acme"), Instant("2024-12-31"))
JPY = Unit.currency("JPY")


def name(local: str) -> QName:
    return QName(NS, local, prefix="t")


VOCABULARY = Vocabulary(
    datatypes={name(concept): standard_type(kind) for concept, kind in TYPES.items()},
    typed_domains={name("PersonAxis"): name("person")},
    role_hrefs={"http://example.com/role/notes": "t.xsd#notes"},
)


def fact(concept: str, value: str | None, **more: Any) -> Fact:
    """A fact whose id is its concept's name unless another is given; money is in yen."""
    unit = JPY if concept == "Sales" else None
    given = {"context": YEAR, "unit": unit, "id": concept.lower(), **more}
    return Fact(name(concept), given.pop("context"), value, **given)


def report(*facts: Fact, **more: Any) -> Report:
    return Report(**{"taxonomy": ("t.xsd",), "facts": facts, "vocabulary": VOCABULARY, **more})


def every_kind() -> Report:
    """Facts of all types, in three contexts, one with a footnote."""
    person = evolve(YEAR, dimensions=(TypedDimension(name("PersonAxis"), "Ann & Bob"),))
    member = evolve(END, dimensions=(ExplicitDimension(name("PlaceAxis"), name("TokyoMember")),))
    return report(
        fact("Sales", "-34400000000", decimals=-8),
        fact("Sales", None, context=member, id="nil"),
        fact("Ratio", "0.316", decimals=3),
        fact("Count", "12345", context=person),
        fact("Exact", "0.010"),
        fact("Name", "  two  blanks & <signs>\n", language="en"),
        fact("Note", '<p class="a">Text &amp; <b>more</b></p><table><tr><td>1</td></tr></table>', language="ja"),
        fact("Day", "2024-12-31"),
        fact("Flag", "true"),
        fact("Term", "P2Y6M"),
        fact("Kind", f"{NS}#RetailMember"),
        fact("Link", f"{{{NS}}}Sales"),
        footnotes=[FootnoteResource("A <b>note</b>", "en", "n1")],
        links=[Link("sales", "n1"), Link("ratio", "n1", group="http://example.com/role/notes")],
    )


def page(*blocks: Block, **more: Any) -> Page:
    return Page(**{"title": "T", "blocks": blocks, **more})


def markup(given: Report, *blocks: Block, style: Any = None, **more: Any) -> str:
    """The document of a page, which is valid and gives the report's facts back."""
    stream = io.BytesIO()
    laid_out = page(*blocks) if style is None else page(*blocks, style=style)
    assert write(given, StreamTarget(stream), WriteContext(page=lambda _: laid_out, **more)) == len(given.facts)
    document = stream.getvalue()
    assert set(facts_of(given, document)) == set(given.facts)
    return document.decode()


def facts_of(given: Report, document: bytes) -> tuple[Fact, ...]:
    """What is read from a document, which is XHTML."""
    assert list(check_xhtml([InlineDocument("page", etree.fromstring(document))])) == []
    again = read(io.BytesIO(document), ReadOptions(load_vocabulary=lambda hrefs: given.vocabulary))
    assert again.footnotes == given.footnotes
    return tuple(again.facts)


def body(document: str) -> str:
    """What stands between the header and the end, on one line."""
    return " ".join(document.partition('<div class="page">')[2].rpartition("</div>")[0].split("\n")).strip()


def findings(given: Report, *blocks: Block, **more: Any) -> list[Finding]:
    """What keeps the page from being written; the stream is left as it was."""
    stream = io.BytesIO()
    with pytest.raises(WriteError) as caught:
        write(given, StreamTarget(stream), WriteContext(page=lambda _: page(*blocks), **more))
    assert stream.getvalue() == b""
    return list(caught.value.findings)


def codes(given: Report, *blocks: Block, **more: Any) -> list[str]:
    return [finding.code for finding in findings(given, *blocks, **more)]
