"""Where in a document's text a fact stands, and how it is written there.

Offsets count the characters of `exporter.tagging.document.DocumentText.text`: what a reader sees, in document order.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from exporter.errors import ModelError
from exporter.model.qname import QName


@frozen(order=True)
class Span:
    """The characters from ``start`` up to, but not including, ``end``; never empty.

    Raises:
        ModelError: ``start`` is negative, or ``end`` does not lie behind it.
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ModelError(
                f"A span runs from a start of 0 or more to an end behind it, not {self.start} to {self.end}."
            )

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        """Whether all of ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


def _spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(spans)


@frozen(kw_only=True)
class Placement:
    """One occurrence of a fact in a document.

    ``fact`` is the id of a fact of the report. ``spans`` hold its text in reading order; more than one where the fact
    is continued elsewhere (``ix:continuation``). ``format``, ``scale`` and ``negative`` say how the number or text
    that stands there is to be read (Inline XBRL 1.1: ``@format``, ``@scale``, ``@sign="-"``); ``escape`` keeps the
    markup of a text block in the value; ``excluded`` are stretches that do not belong to it, such as page numbers
    (``ix:exclude``).
    """

    fact: str
    spans: tuple[Span, ...] = field(converter=_spans)
    format: QName | None = None
    scale: int = 0
    negative: bool = False
    escape: bool = False
    excluded: tuple[Span, ...] = field(default=(), converter=_spans)

    @property
    def first(self) -> Span:
        """Where the fact begins."""
        return self.spans[0]
