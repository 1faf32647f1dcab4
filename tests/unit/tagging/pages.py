"""Small documents and the items they state, for the tests of finding."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from exporter.filing import Filing
from exporter.model.dimensions import Entity
from exporter.model.period import Instant
from exporter.tagging.audit.audit import Audit, audit
from exporter.tagging.document.document import DocumentText, read_document
from exporter.tagging.search.anchors import NO_ANCHORS, Anchors
from exporter.tagging.search.expected import ExpectedFact, derive_expected
from exporter.tagging.search.search import Placements, find_placements
from exporter.transformations import IXT_4, IXT_SEC


@frozen(eq=False)
class Searched:
    """A document searched for items."""

    document: DocumentText
    expected: tuple[ExpectedFact, ...]
    found: Placements
    audit: Audit

    def places(self, concept: str, *, name: str | None = None, year: int | None = None) -> list[str]:
        """What stands in the tags of a concept, with the twelve characters before."""
        return [text for text, _ in self.tags(concept, name=name, year=year)]

    def tags(self, concept: str, *, name: str | None = None, year: int | None = None) -> list[tuple[str, Any]]:
        ids = {
            each.id
            for each in self.expected
            if each.fact.concept.local_name == concept
            and (name is None or any(name in mark.names for mark in each.marks))
            and (year is None or (each.last_day is not None and each.last_day.year == year))
        }
        text = self.document.text
        return [
            (
                text[max(0, placement.first.start - 12) : placement.first.start] + f"[{self.inside(placement)}]",
                placement,
            )
            for placement in self.found.placements
            if placement.fact in ids
        ]

    def inside(self, placement: Any) -> str:
        return self.document.text[placement.first.start : placement.first.end]

    def codes(self) -> list[str]:
        return [finding.code for finding in self.audit.findings if finding.severity != "info"]


def search(body: str, *items: Any, anchors: Anchors = NO_ANCHORS, language: str = "en") -> Searched:
    """Search a page with this body for the facts of the items."""
    filing = Filing(
        entity=Entity.cik("0001090633"),
        items=items,
        period_end=Instant("2005-03-31"),
        prefix="test",
        namespace="http://www.example.com/20050331",
        language=language,
    )
    document = page(body)
    expected = derive_expected(filing.derived)
    found = find_placements(document, expected, anchors, registries=(IXT_4, IXT_SEC))
    return Searched(document, expected, found, audit(document, expected, found, anchors))


def page(body: str) -> DocumentText:
    source = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body>{body}</body></html>'
    return read_document(source.encode(), "page.xhtml")


def table(*rows: tuple[str, ...]) -> str:
    """A plain table, all cells ``td``."""
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
