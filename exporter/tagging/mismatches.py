"""Places where the document says something else than an item: the right words, period and party, another number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import evolve

from exporter.findings import Finding, Location, Severity
from exporter.tagging.finding import Found
from exporter.tagging.placement import Span
from exporter.tagging.scoring import Score
from exporter.tagging.surfaces import Surface, SurfaceKind
from exporter.tagging.terms import GENERIC_STEMS, stems_of
from exporter.tagging.wanted import Shape, Wanted

_LABEL: Final = 30  # points of a concept's words that make a place look like the fact's
_MARKS: Final = 15  # points that each dimension needs
_MOST: Final = 40  # facts looked at for one surface
_NEAR: Final = 6


def find_mismatches(surfaces: Sequence[Surface], wanted: Sequence[Wanted], found: Found) -> Iterator[Finding]:
    """For each surface that nothing explains, the fact whose place it looks like.

    A fact that no place states makes it an error, one that is stated elsewhere a warning.
    """
    by_stem = _by_stem(wanted)
    places: dict[str, list[Span]] = {}
    for placement in found.placements:
        places.setdefault(placement.fact, []).append(placement.first)
    for surface in surfaces:
        best: tuple[int, Wanted, Score] | None = None
        for each in _like(surface, by_stem, found):
            score = _fit(each, surface, found, places)
            if score is not None and (best is None or score.context > best[0]):
                best = (score.context, each, score)
        if best is not None:
            yield _differs(surface, best[1], found, places.get(best[1].id, []))


def _by_stem(wanted: Sequence[Wanted]) -> dict[str, list[Wanted]]:
    found: dict[str, list[Wanted]] = {}
    for each in wanted:
        if each.shape.is_numeric:
            stems = {stem for text in each.labels for stem in stems_of(text)} - GENERIC_STEMS
            for stem in sorted(stems):
                found.setdefault(stem, []).append(each)
    return found


def _like(surface: Surface, by_stem: dict[str, list[Wanted]], found: Found) -> Iterator[Wanted]:
    """The facts of this kind of number that share most words with the place."""
    counts: Counter[int] = Counter()
    known: dict[int, Wanted] = {}
    around = found.scorer.surrounding(surface.span)
    for stem, weight in around.weights.items():
        if weight >= _NEAR:
            for each in by_stem.get(stem, ()):
                known[id(each)] = each
                counts[id(each)] += 1
    for key, _ in counts.most_common(_MOST):
        if _is_of_kind(known[key], surface, around.cell is not None):
            yield known[key]


def _is_of_kind(wanted: Wanted, surface: Surface, in_cell: bool) -> bool:
    if not surface.is_number:
        return False
    if wanted.shape is Shape.COUNT:
        return surface.percent is None and not surface.currencies and surface.places == 0
    if surface.kind is SurfaceKind.WORDS:
        return False
    if wanted.is_percent:
        return surface.percent is not None or in_cell
    if wanted.currency and not wanted.is_quotient:
        return bool(surface.currencies) or in_cell
    if wanted.is_shares:
        return surface.is_shares or in_cell
    return surface.percent is None


def _fit(wanted: Wanted, surface: Surface, found: Found, places: dict[str, list[Span]]) -> Score | None:
    score = found.scorer.score(wanted, surface)
    if score.veto is not None or score.label < _LABEL or score.marks < _MARKS * len(wanted.marks):
        return None
    around = found.scorer.surrounding(surface.span)
    if around.cell is not None:
        if score.period < 30:
            return None
    elif score.period < 10 and not (wanted.marks and score.marks >= 2 * _MARKS * len(wanted.marks)):
        return None
    sentences = {found.land.sentence_number(span.start) for span in places.get(wanted.id, ())}
    return None if around.sentence in sentences else score


def _differs(surface: Surface, wanted: Wanted, found: Found, places: list[Span]) -> Finding:
    document = found.land.document
    printed = found.land.text[surface.outer.start : surface.outer.end].strip()
    elsewhere = f"; at {document.place(places[0].start)} it says what the item says" if places else ""
    location = document.place(surface.span.start)
    return Finding(
        code="exporter:documentDiffers",
        severity=Severity.WARNING if places else Severity.ERROR,
        message=(
            f"the document says {printed!r} where {wanted.title} has {wanted.fact.value}"
            f"{f' (decimals {wanted.fact.decimals})' if wanted.fact.decimals is not None else ''}{elsewhere}"
        ),
        location=_both(location, wanted),
        mend="correct the item or the document, or list the number under untagged: with the reason",
    )


def _both(location: Location, wanted: Wanted) -> Location:
    return evolve(location, pointer=f"{wanted.pointer}/{wanted.field}", item=wanted.item or None, fact=wanted.id)
