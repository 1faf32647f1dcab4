"""Proof: the transformation under which a text of the document reads as the value of a fact, or that there is none.

What stands inside a tag is parsed by the registry itself; a place whose text does not give the value back is no place.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from attrs import frozen

from exporter.formats.inline_xbrl.transformations import IXT_4, IXT_SEC, Gives, find_formats
from exporter.formats.inline_xbrl.transformations import REGISTRIES as ALL
from exporter.items.values.numerals import shift
from exporter.model.canonical import plain
from exporter.model.qname import QName
from exporter.tagging.document import DocumentText
from exporter.tagging.placement import Placement, Span
from exporter.tagging.surfaces import Surface, SurfaceKind
from exporter.tagging.wanted import Shape, Wanted

STANDARD_REGISTRY: Final = IXT_4
REGISTRIES: Final = (IXT_4, IXT_SEC)
_GIVES: Final = {
    Shape.NUMBER: Gives.NUMBER,
    Shape.COUNT: Gives.NUMBER,
    Shape.DATE: Gives.DATE,
    Shape.MONTH: Gives.MONTH,
    Shape.MONTH_DAY: Gives.MONTH_DAY,
    Shape.BOOLEAN: Gives.BOOLEAN,
}
_ZEROS: Final = ("fixed-zero", "zerodash", "numdash")
PREFIXES: Final = {IXT_SEC: "ixt-sec"}


@frozen(kw_only=True)
class Proof:
    """How the text of a place gives the fact's value: format, scale and sign."""

    format: QName | None
    scale: int = 0
    negative: bool = False

    def placement(self, wanted: Wanted, span: Span) -> Placement:
        return Placement(fact=wanted.id, spans=(span,), format=self.format, scale=self.scale, negative=self.negative)


@frozen
class Prover:
    """Proves placements in one document with the transformation registries it may use."""

    document: DocumentText
    registries: tuple[str, ...] = REGISTRIES

    def content(self, span: Span) -> str:
        """The characters that would stand inside a tag: those of the span that come from the source."""
        columns = self.document.columns
        text = self.document.text
        first = max(0, bisect_right(columns.texts, span.start) - 1)
        pieces: list[str] = []
        for number in range(first, len(columns.texts)):
            start, length = columns.texts[number], columns.lengths[number]
            if start >= span.end:
                break
            pieces.append(text[max(start, span.start) : min(start + length, span.end)])
        return "".join(pieces)

    def is_one_piece(self, span: Span) -> bool:
        """Whether no markup stands within the span; a number cannot be tagged in pieces."""
        start, end = self.document.source_range(span)
        return "<" not in self.document.page.text[start:end]

    def number(self, wanted: Wanted, surface: Surface, scale: int) -> Proof | None:
        """That the digits under the scale and with the fact's sign are its number."""
        number = wanted.number
        if number is None:
            return None
        if not self.is_one_piece(surface.span):
            return None
        if surface.kind is SurfaceKind.DASH:
            return None if number else self._zero()
        digits = plain(shift(abs(number), -scale))
        name = self._format(self.content(surface.span), digits, Gives.NUMBER)
        return None if name is None else Proof(format=name, scale=scale, negative=number < 0)

    def _zero(self) -> Proof | None:
        """A dash that stands for zero reads as zero under the transformation that gives it for any text."""
        for registry in self.registries:
            for name in _ZEROS:
                if name in ALL[registry]:
                    return Proof(format=QName(registry, name, prefix=PREFIXES.get(registry, "ixt")))
        return None

    def text(self, wanted: Wanted, span: Span) -> Proof | None:
        """That a date, truth value or text reads as the fact's value; without a format where it is that value."""
        content, value = self.content(span), wanted.fact.value
        if value is None:
            return None
        if wanted.shape in _GIVES and content.strip() != value:
            name = self._format(content, value, _GIVES[wanted.shape])
            return None if name is None else Proof(format=name)
        return Proof(format=None) if content == value else None

    def _format(self, content: str, value: str, gives: Gives) -> QName | None:
        found = find_formats(content, value, gives=gives, registries=self.registries)
        if not found:
            return None
        best = min(found, key=lambda name: (self.registries.index(name.namespace), "comma" in name.local_name))
        return QName(best.namespace, best.local_name, prefix=PREFIXES.get(best.namespace, "ixt"))
