"""Anchors applied: the stretch of text that an anchor names, and the fact's value within it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attrs import define, evolve, field, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Severity, list_text
from exporter.items.values.printed import Span, readings_of
from exporter.model.qname import QName
from exporter.tagging.document.source import Placement
from exporter.tagging.search.anchors import Anchor, AnchorLocation, Anchors, Untagged
from exporter.tagging.search.expected import ExpectedFact, Shape
from exporter.tagging.search.matches import PREFIXES, CandidateFinder, Prover
from exporter.tagging.search.score import Scorer
from exporter.tagging.text.surroundings import Surroundings
from exporter.tagging.text.words import tokens_of
from exporter.transformations import REGISTRIES, Gives

_NEAR: Final = 200  # characters in which the words before or after a quote stand


@frozen(kw_only=True)
class Anchored:
    """What anchors decided: placements, the facts they are of, the figures they took, and what went wrong."""

    placements: tuple[Placement, ...]
    facts: frozenset[str]
    spans: tuple[Span, ...]
    findings: tuple[Finding, ...]


@define(eq=False)
class AnchorPlacer:
    """Finds the places that anchors name."""

    surroundings: Surroundings
    scorer: Scorer
    prover: Prover
    expected: tuple[ExpectedFact, ...]
    findings: list[Finding] = field(factory=list)

    def place(self, anchors: Anchors) -> Anchored:
        """The placements of all anchors; an anchor without a place still keeps its fact from being placed elsewhere."""
        placements: dict[tuple[str, Span], Placement] = {}
        facts: set[str] = set()
        for anchor in anchors.anchors:
            expected = self._fact(anchor)
            if expected is None:
                continue
            facts.add(expected.id)
            placement = self._placement(anchor, expected)
            if placement is not None:
                placements.setdefault((expected.id, placement.first), placement)
        figures = {expected.id for expected in self.expected if expected.shape.is_numeric or expected.shape.is_calendar}
        return Anchored(
            placements=tuple(placements.values()),
            facts=frozenset(facts),
            spans=tuple(span for (fact, span) in placements if fact in figures),
            findings=tuple(self.findings),
        )

    def _fact(self, anchor: Anchor) -> ExpectedFact | None:
        facts = [fact for fact in self.expected if _is_of(anchor, fact)]
        if len(facts) == 1:
            return facts[0]
        if not facts:
            self._tell(anchor, "exporter:anchorWithoutFact", f"no fact is of {_named(anchor)}")
        else:
            titles = list_text(fact.title for fact in facts)
            message = f"{len(facts)} facts are of {_named(anchor)}: {titles}"
            self._tell(anchor, "exporter:anchorWithoutFact", message, "name the field, or the party in where:")
        return None

    def _placement(self, anchor: Anchor, expected: ExpectedFact) -> Placement | None:
        regions = self._regions(anchor)
        if not regions:
            return None
        placements = [placement for region in regions for placement in self._values(expected, region)]
        if len(placements) == 1:
            return placements[0]
        if placements and anchor.place.quote is None and anchor.place.offset is None:
            return placements[0]  # an element that says it more than once
        if not placements:
            words = " ".join(self.surroundings.text[regions[0].start : regions[0].end].split())
            message = f"{expected.title} is not stated by {words[:120]!r}: expected {_display(expected)}"
            self._tell(anchor, "exporter:anchorWithoutValue", message, "name the place that states the value")
        else:
            self._tell_several(anchor, [placement.first for placement in placements])
        return None

    def _regions(self, anchor: Anchor | Untagged) -> list[Span]:
        try:
            regions = list(regions_of(anchor.place, self.surroundings))
        except ReadError as error:
            self.findings += [finding.at(line=anchor.location.line) for finding in error.findings]
            return []
        if not regions:
            message = f"nothing in the document is at {anchor.place}"
            self._tell(anchor, "exporter:anchorNotFound", message, "check the quote, the id or the selector")
        elif len(regions) > 1 and anchor.place.css is None:
            self._tell_several(anchor, regions)
            return []
        return regions

    def _values(self, expected: ExpectedFact, region: Span) -> Iterator[Placement]:
        """The places within a region that state the fact's value."""
        if expected.shape in (Shape.TEXT, Shape.BLOCK):
            yield from self._texts(expected, region)
            return
        finder = CandidateFinder((expected,), self.surroundings, self.scorer, self.prover)
        has_value = False
        for surface in self.surroundings.surfaces_in(region.start, region.end):
            for candidate in finder.candidates(surface):
                if candidate.proof is not None and surface.span.end <= region.end:
                    has_value = True
                    yield candidate.proof.placement(expected, surface.span)
        if not has_value and expected.shape is Shape.DATE:
            yield from self._open_dates(expected, region)
        if not has_value and expected.shape is Shape.BOOLEAN:
            yield from self._fixed(expected, region)

    def _open_dates(self, expected: ExpectedFact, region: Span) -> Iterator[Placement]:
        """Dates that may be either of two days, one of them the fact's: a person says that it is."""
        for surface in self.surroundings.surfaces_in(region.start, region.end):
            if expected.fact.value in readings_of(surface) and surface.span.end <= region.end:
                proof = self.prover.text(expected, surface.span)
                if proof is not None:
                    yield proof.placement(expected, surface.span)

    def _fixed(self, expected: ExpectedFact, region: Span) -> Iterator[Placement]:
        """A statement in words that a person says is true, or is not."""
        value = "fixed-true" if expected.fact.value == "true" else "fixed-false"
        for registry in self.prover.registries:
            rule = REGISTRIES[registry].get(value)
            if rule is not None and rule.gives is Gives.BOOLEAN:
                name = QName(registry, value, prefix=PREFIXES.get(registry, "ixt"))
                yield Placement(fact=expected.id, spans=(region,), format=name)
                return

    def _texts(self, expected: ExpectedFact, region: Span) -> Iterator[Placement]:
        value = expected.plain or expected.fact.value or ""
        words = [token for token, _, _ in tokens_of(value)]
        tokens = tokens_of(self.surroundings.text[region.start : region.end])
        for place in range(len(tokens) - len(words) + 1):
            if words and [token for token, _, _ in tokens[place : place + len(words)]] == words:
                span = Span(region.start + tokens[place][1], region.start + tokens[place + len(words) - 1][2])
                if expected.shape is Shape.BLOCK:
                    yield Placement(fact=expected.id, spans=(span,), escape=True)
                elif self.prover.text(expected, span) is not None:
                    yield Placement(fact=expected.id, spans=(span,))

    def _tell_several(self, anchor: Anchor | Untagged, spans: list[Span]) -> None:
        places = list_text(str(self.surroundings.document.place(span.start)) for span in spans)
        message = f"{anchor.place} is at {len(spans)} places: {places}"
        self._tell(anchor, "exporter:anchorAmbiguous", message, "give the words before or after it, or its offset")

    def _tell(self, anchor: Anchor | Untagged, code: str, message: str, fix: str | None = None) -> None:
        self.findings.append(
            Finding(code=code, severity=Severity.ERROR, message=message, location=evolve(anchor.location), fix=fix)
        )


def regions_of(place: AnchorLocation, surroundings: Surroundings) -> Iterator[Span]:
    """The stretches of text that a place names.

    Raises:
        ReadError: its selector is none.
    """
    document = surroundings.document
    regions: tuple[Span, ...]
    if place.id is not None:
        span = document.by_id(place.id)
        regions = (span,) if span is not None else ()
    elif place.css is not None:
        regions = document.select(place.css)
    elif place.offset is not None:
        regions = (Span(place.offset, len(surroundings.text)),) if place.offset < len(surroundings.text) else ()
    else:
        regions = (Span(0, len(surroundings.text)),) if surroundings.text else ()
    for region in regions:
        if place.quote is None:
            block = surroundings.leaf_at(region.start)
            yield Span(region.start, block.end) if place.offset is not None and block is not None else region
            continue
        for quote in _quotes(place, surroundings, region):
            yield quote
            if place.offset is not None:
                break


def _quotes(place: AnchorLocation, surroundings: Surroundings, region: Span) -> Iterator[Span]:
    tokens = tokens_of(surroundings.text[region.start : region.end])
    words = [token for token, _, _ in tokens]
    quote = [token for token, _, _ in tokens_of(place.quote or "")]
    for at in range(len(words) - len(quote) + 1) if quote else ():
        if words[at] == quote[0] and words[at : at + len(quote)] == quote:
            span = Span(region.start + tokens[at][1], region.start + tokens[at + len(quote) - 1][2])
            if _has_neighbours(place, surroundings, span):
                yield span


def _has_neighbours(place: AnchorLocation, surroundings: Surroundings, span: Span) -> bool:
    """Whether the words stand before and after it in the same paragraph or cell."""
    block = surroundings.leaf_at(span.start)
    first, last = (block.start, block.end) if block is not None else (0, len(surroundings.text))
    before = surroundings.text[max(first, span.start - _NEAR) : span.start]
    after = surroundings.text[span.end : min(last, span.end + _NEAR)]
    return _stands_in(place.before, before) and _stands_in(place.after, after)


def _stands_in(words: str | None, text: str) -> bool:
    if words is None:
        return True
    expected = [token for token, _, _ in tokens_of(words)]
    there = [token for token, _, _ in tokens_of(text)]
    return any(there[at : at + len(expected)] == expected for at in range(len(there) - len(expected) + 1))


def _is_of(anchor: Anchor, expected: ExpectedFact) -> bool:
    if anchor.item == expected.id:
        return True
    if not any(
        anchor.item in (origin.pointer, origin.placed.path, origin.binding.spec.name)
        and anchor.field in (None, origin.field)
        for origin in expected.origins
    ):
        return False
    names = {name for mark in expected.marks for name in mark.names}
    return set(anchor.where) <= names


def _named(anchor: Anchor) -> str:
    parts = [anchor.item, anchor.field or "", *anchor.where]
    return ", ".join(part for part in parts if part)


def _display(expected: ExpectedFact) -> str:
    value = expected.plain or expected.fact.value or "(unknown)"
    return repr(value if len(value) <= 60 else value[:60] + "…")
