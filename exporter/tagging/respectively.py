"""Lists told respectively: the first value is of the first period, the second of the second."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve

from exporter.tagging.calendar_surfaces import CalendarKind
from exporter.tagging.landscape import Landscape
from exporter.tagging.mentions import Mention
from exporter.tagging.placement import Span
from exporter.tagging.surfaces import Surface, SurfaceKind

_TOLD: Final = re.compile(r"(?<![A-Za-z])respectively(?![A-Za-z])|それぞれ", re.I)
_JOINT: Final = re.compile(
    r"[\s\u00a0,、]*(?:and|or|及び|並びに|と|、)?[\s\u00a0]*(?:the\b)?[\s\u00a0]*(?:shares\b)?", re.I
)
_SPAN: Final = 40  # characters between two members of a list


def periods_in_lists(land: Landscape, sentence: int) -> dict[Span, Mention]:
    """The periods of values that a sentence tells in lists: "¥3 billion and ¥2 billion in 2005 and 2004, respectively".

    Values are left out where the lists of values and of periods differ in length.
    """
    span = land.sentence(sentence)
    if not _TOLD.search(land.text, span.start, span.end):
        return {}
    runs: dict[int, list[list[Mention]]] = {}
    for run in _mention_runs(land.text, land.mentions_in(span)):
        runs.setdefault(len(run), []).append(list(_dated(run)))
    numbers = [each for each in land.surfaces_in(span.start, span.end) if each.kind is SurfaceKind.NUMBER]
    found: dict[Span, Mention] = {}
    for values in _value_runs(land.text, numbers):
        fitting = runs.get(len(values), [])
        if len(values) > 1 and len(fitting) == 1:
            found.update(zip((each.span for each in values), fitting[0], strict=True))
    return found


def _value_runs(text: str, surfaces: Iterable[Surface]) -> Iterator[list[Surface]]:
    run: list[Surface] = []
    for each in surfaces:
        if run and not _joins(text, run[-1].outer.end, each.outer.start):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _mention_runs(text: str, mentions: Iterable[Mention]) -> Iterator[list[Mention]]:
    run: list[Mention] = []
    for each in mentions:
        if run and not _joins(text, run[-1].end, each.start):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _joins(text: str, start: int, end: int) -> bool:
    return 0 <= end - start <= _SPAN and _JOINT.fullmatch(text, start, end) is not None


def _dated(run: list[Mention]) -> Iterator[Mention]:
    """The periods of a list in full: in "March 31, 2005 and 2004" the year alone is of the same day."""
    last: Mention | None = None
    for each in run:
        if each.kind is CalendarKind.YEAR and last is not None and last.kind is CalendarKind.DATE:
            try:
                value = dt.date.fromisoformat(last.value).replace(year=int(each.value)).isoformat()
            except ValueError:  # 29 February
                value = each.value
            last = evolve(last, start=each.start, end=each.end, value=value)
        else:
            last = each
        yield last
