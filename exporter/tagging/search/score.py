"""Lists that are "respectively": the first value is of the first period, the second of the second.

How well the words round a place fit a fact: period, parties, the concept's words, currency and unit.

A score is a sum of whole numbers; what speaks against the fact outright (another period, another party, another
currency) is a veto with a reason. Places are weighed by nearness: the heads of row and column and the words just before
a figure count most, then its sentence, then its paragraph and the headings above.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, evolve, field, frozen

from exporter.findings import truncated
from exporter.items.values.printed import PrintedValue, Span, SurfaceKind
from exporter.items.values.printed_dates import CalendarKind
from exporter.model.period import Instant
from exporter.tagging.search.expected import ExpectedFact, Mark, Shape
from exporter.tagging.search.meaning import Meanings, Naming
from exporter.tagging.search.scope import Scopes
from exporter.tagging.search.signs import Signs
from exporter.tagging.search.units import Units
from exporter.tagging.search.weights import (
    AFTER,
    AFTER_NEAR,
    ATTACHED,
    BEFORE,
    CURRENCY,
    DATE,
    ENOUGH_BOOLEAN,
    ENOUGH_COUNT,
    ENOUGH_NUMBER,
    ENOUGH_TEXT,
    FIGURE,
    FULL,
    IN_SENTENCE,
    LABEL,
    MARK,
    MONTH,
    MOST_FIGURES,
    NAMED,
    NAMED_HEADING,
    NAMED_TABLE,
    NEAR,
    PERIOD,
    PERIOD_BEFORE,
    PERIOD_GOVERNED,
    PERIOD_HEADING,
    PERIOD_LOOSE,
    PERIOD_NEAREST,
    PERIOD_OTHER,
    PERIOD_TABLE,
    SUBJECT,
    UNIT,
    UNNAMED,
    WIDE,
)
from exporter.tagging.text.dates import NamedPeriod, PeriodFit, fit_of
from exporter.tagging.text.surroundings import MEMBER, UNKNOWN, CellPlace, Surroundings
from exporter.tagging.text.words import stems_of, weighted_stems

_TOLD: Final = re.compile(r"(?<![A-Za-z])respectively(?![A-Za-z])|それぞれ", re.I)
_JOINT: Final = re.compile(
    r"[\s\u00a0,、]*+(?:and|or|及び|並びに|と)?[\s\u00a0]*+(?:the\b)?[\s\u00a0]*+(?:shares\b)?", re.I
)
_SPAN: Final = 40  # characters between two members of a list


def periods_in_lists(surroundings: Surroundings, sentence: int) -> dict[Span, NamedPeriod]:
    """The periods of values that a sentence tells in lists: "¥3 billion and ¥2 billion in 2005 and 2004, respectively".

    Values are left out where the lists of values and of periods differ in length.
    """
    span = surroundings.sentence(sentence)
    if not _TOLD.search(surroundings.text, span.start, span.end):
        return {}
    runs: dict[int, list[list[NamedPeriod]]] = {}
    for run in _period_runs(surroundings.text, surroundings.periods_in(span)):
        runs.setdefault(len(run), []).append(list(_dated(run)))
    numbers = [
        surface for surface in surroundings.surfaces_in(span.start, span.end) if surface.kind is SurfaceKind.NUMBER
    ]
    periods: dict[Span, NamedPeriod] = {}
    for values in _value_runs(surroundings.text, numbers):
        fitting = runs.get(len(values), [])
        if len(values) > 1 and len(fitting) == 1:
            periods.update(zip((value.span for value in values), fitting[0], strict=True))
    return periods


def _value_runs(text: str, surfaces: Iterable[PrintedValue]) -> Iterator[list[PrintedValue]]:
    run: list[PrintedValue] = []
    for surface in surfaces:
        if run and not _joins(text, run[-1].outer.end, surface.outer.start):
            yield run
            run = []
        run.append(surface)
    if run:
        yield run


def _period_runs(text: str, named_periods: Iterable[NamedPeriod]) -> Iterator[list[NamedPeriod]]:
    run: list[NamedPeriod] = []
    for named_period in named_periods:
        if run and not _joins(text, run[-1].end, named_period.start):
            yield run
            run = []
        run.append(named_period)
    if run:
        yield run


def _joins(text: str, start: int, end: int) -> bool:
    return 0 <= end - start <= _SPAN and _JOINT.fullmatch(text, start, end) is not None


def _dated(run: list[NamedPeriod]) -> Iterator[NamedPeriod]:
    """The periods of a list in full: in "March 31, 2005 and 2004" the year alone is of the same day."""
    last: NamedPeriod | None = None
    for period in run:
        if period.kind is CalendarKind.YEAR and last is not None and last.kind is CalendarKind.DATE:
            try:
                value = dt.date.fromisoformat(last.value).replace(year=int(period.value)).isoformat()
            except ValueError:  # 29 February
                value = period.value
            last = evolve(last, start=period.start, end=period.end, value=value)
        else:
            last = period
        yield last


_OPENING: Final = re.compile(r"(?<![A-Za-z])(?:beginning|opening|start)(?![A-Za-z])|期首", re.I)


_ENOUGH: Final = {Shape.NUMBER: ENOUGH_NUMBER, Shape.COUNT: ENOUGH_COUNT, Shape.BOOLEAN: ENOUGH_BOOLEAN}


@frozen(kw_only=True)
class Score:
    """How well a place fits: the points by what gave them, or why it cannot be."""

    veto: str | None = None
    print_: int = 0
    period: int = 0
    marks: int = 0
    label: int = 0
    naming: Naming = Naming.OPEN
    is_named: bool = True

    @property
    def total(self) -> int:
        return self.print_ + self.context

    @property
    def context(self) -> int:
        """Without what the print itself gives."""
        return self.period + self.marks + self.label

    @property
    def is_supported(self) -> bool:
        """Whether anything round the place speaks for the fact."""
        return self.label > 0 or self.period > 0 or self.marks > 0


@frozen(kw_only=True)
class Surrounding:
    """What stands round a span: stems with the weight of their nearest occurrence, and the heads of its cell."""

    span: Span
    sentence: int
    cell: CellPlace | None
    row: str
    column: str
    weights: dict[str, int]


@define(eq=False)
class Scorer:
    """Scores of facts at places of one document."""

    surroundings: Surroundings
    rivals: dict[str, dict[str, frozenset[str]]]
    units: Units = field(init=False)
    meanings: Meanings = field(init=False)
    scopes: Scopes = field(init=False)
    signs: Signs = field(init=False)
    _by_span: dict[Span, Surrounding] = field(factory=dict)
    _pairs: dict[int, dict[Span, NamedPeriod]] = field(factory=dict)
    _wide: dict[tuple[int, int | None], dict[str, int]] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.units, self.meanings, self.scopes = (
            Units(self.surroundings),
            Meanings(self.surroundings),
            Scopes(self.surroundings),
        )
        self.signs = Signs(self.surroundings)

    def surrounding(self, span: Span) -> Surrounding:
        surrounding = self._by_span.get(span)
        if surrounding is None:
            surrounding = self._by_span[span] = self._survey(span)
        return surrounding

    def wide(self, span: Span) -> dict[str, int]:
        """The stems that all places of a block share, with their weights."""
        around = self.surrounding(span)
        return self._around(span, around.sentence, around.cell)

    def _survey(self, span: Span) -> Surrounding:
        surroundings = self.surroundings
        number = surroundings.sentence_number(span.start)
        cell = surroundings.cell_at(span.start)
        row, column = (surroundings.row_head(cell), surroundings.column_head(cell)) if cell else ("", "")
        weights = dict(self._around(span, number, cell))
        for text in (row, column):
            for stem in stems_of(text):
                weights[stem] = FULL
        terms = surroundings.terms(number)
        for before, term in enumerate(reversed([term for term in terms if term.end <= span.start])):
            _raise(weights, term.stem, FULL if before < NEAR else BEFORE)
        for after, term in enumerate(term for term in terms if term.start >= span.end):
            _raise(weights, term.stem, AFTER_NEAR if after < NEAR else AFTER)
        return Surrounding(span=span, sentence=number, cell=cell, row=row, column=column, weights=weights)

    def _around(self, span: Span, sentence: int, cell: CellPlace | None) -> dict[str, int]:
        """What all places of a block share: the block, the headings, the words before a table, the sentence before."""
        key = (self.surroundings.leaf_number(span.start), cell.table if cell else None)
        counts = self._wide.get(key)
        if counts is None:
            counts = {}
            for heading in self.surroundings.headings(span.start):
                _raise_all(counts, heading, WIDE)
            if cell is not None:
                _raise_all(counts, self.surroundings.table_words(cell.table), WIDE)
            else:
                _raise_all(counts, self.surroundings.block_text(span.start), WIDE)
            self._wide[key] = counts
        return counts

    # --- the score ------------------------------------------------------------------------------------------------

    def score(self, expected: ExpectedFact, surface: PrintedValue) -> Score:
        """How well the place fits the fact, its value left aside."""
        around = self.surrounding(surface.span)
        named = None
        if expected.shape.is_numeric:
            named = self.meanings.of(expected, surface, around.weights)
            veto = self.units.wrong_unit(expected, surface) or self.scopes.wrong_scope(expected, surface)
            if veto is None and named.naming is Naming.ANOTHER:
                veto = f"its words are {_cut(named.words)!r}, which is another figure"
            if veto is not None:
                return Score(veto=veto)
        period = self._period(expected, surface, around)
        if isinstance(period, str):
            return Score(veto=period)
        points = self._marks(expected, around)
        if isinstance(points, str):
            return Score(veto=points)
        marks, is_named = points
        naming = named.naming if named is not None else Naming.OPEN
        label = self._label(expected, around)
        if naming >= Naming.BESIDE:
            label = max(label, LABEL)
        return Score(
            print_=_print_points(expected, surface),
            period=period,
            marks=marks,
            label=label,
            naming=naming,
            is_named=is_named,
        )

    def _label(self, expected: ExpectedFact, around: Surrounding) -> int:
        own = max((_coverage(text, around.weights, LABEL) for text in expected.labels), default=0)
        return own + max((_coverage(text, around.weights, SUBJECT) for text in expected.subjects), default=0)

    # --- periods --------------------------------------------------------------------------------------------------

    def _period(self, expected: ExpectedFact, surface: PrintedValue, around: Surrounding) -> int | str:
        if expected.shape.is_calendar or expected.last_day is None:
            return 0
        if around.cell is not None and (points := self._period_of_cell(expected, around)) is not None:
            return points
        paired = self._pairs_of(around.sentence).get(surface.span) if expected.shape.is_numeric else None
        if paired is not None:
            return PERIOD if paired.fits(expected.days) else "its place in the list is that of another period"
        sentence = self.surroundings.periods_in(self.surroundings.sentence(around.sentence))
        if sentence:
            return self._period_of_sentence(expected, surface.span, sentence)
        return self._period_before(expected, around)

    def _pairs_of(self, sentence: int) -> dict[Span, NamedPeriod]:
        if sentence not in self._pairs:
            self._pairs[sentence] = periods_in_lists(self.surroundings, sentence)
        return self._pairs[sentence]

    def _period_of_cell(self, expected: ExpectedFact, around: Surrounding) -> int | str | None:
        """By the heads of row and column, else by the words before the table."""
        fit = self._fit_of_heads(expected, around)
        if fit is PeriodFit.CONTRADICTS:
            return "its row or column is of another period"
        if fit is PeriodFit.AGREES:
            return PERIOD
        over_table = fit_of(self.surroundings.periods_of_phrase(self._words_of(around)), expected.days)
        return PERIOD_TABLE if over_table is PeriodFit.AGREES else None

    def _words_of(self, around: Surrounding) -> str:
        return self.surroundings.table_words(around.cell.table) if around.cell else ""

    def _fit_of_heads(self, expected: ExpectedFact, around: Surrounding) -> PeriodFit:
        """Row and column each have their say; where one gives the year and the other the day, both together."""
        row, column = (self.surroundings.periods_of_phrase(head) for head in (around.row, around.column))
        period = expected.fact.period
        if isinstance(period, Instant) and _OPENING.search(around.row) and _begins(period, (*row, *column)):
            return PeriodFit.AGREES
        fits = [fit for head in (row, column) if (fit := fit_of(head, expected.days)) is not PeriodFit.SILENT]
        if len(fits) == 2 and PeriodFit.CONTRADICTS in fits:
            return fit_of(self.surroundings.periods_of_phrase(f"{around.row} {around.column}"), expected.days)
        return fits[0] if fits else PeriodFit.SILENT

    def _period_of_sentence(
        self, expected: ExpectedFact, span: Span, named_periods: tuple[NamedPeriod, ...]
    ) -> int | str:
        nearest = min(named_periods, key=lambda period: (_distance(period, span), period.start))
        if not any(named_period.fits(expected.days) for named_period in named_periods):
            return (
                "its sentence is of another period" if any(period.governs for period in named_periods) else PERIOD_OTHER
            )
        if nearest.fits(expected.days):
            return PERIOD_NEAREST
        return PERIOD_GOVERNED if nearest.governs else PERIOD_LOOSE

    def _period_before(self, expected: ExpectedFact, around: Surrounding) -> int:
        """The last period that was named before in the same paragraph, else in the headings."""
        block = self.surroundings.leaf_at(around.span.start)
        if block is not None and block.start < around.span.start:
            before = self.surroundings.periods_in(Span(block.start, around.span.start))
            if before:
                if before[-1].fits(expected.days):
                    return PERIOD_GOVERNED
                return PERIOD_BEFORE if any(period.fits(expected.days) for period in before) else 0
        headings = " ".join(self.surroundings.headings(around.span.start))
        return (
            PERIOD_HEADING
            if fit_of(self.surroundings.periods_of_phrase(headings), expected.days) is PeriodFit.AGREES
            else 0
        )

    # --- parties and other dimensions -----------------------------------------------------------------------------

    def _marks(self, expected: ExpectedFact, around: Surrounding) -> tuple[int, bool] | str:
        """The points of all dimensions, and whether the values of all open ones are named right there."""
        total, is_named = 0, True
        for mark in expected.marks:
            points = self._mark(expected, mark, around)
            if isinstance(points, str):
                return points
            total += points
            is_named &= points == NAMED or not mark.is_open
        return total, is_named

    def _mark(self, expected: ExpectedFact, mark: Mark, around: Surrounding) -> int | str:
        own = key_of(mark)
        rivals = self.rivals.get(expected.fact.concept.clark, {}).get(mark.axis, frozenset())
        for near, points in self._named_near(around):
            if own in near:
                return points
            others = (near & rivals) | ({key for key in near if key.startswith(UNKNOWN)} if mark.is_open else set())
            if points >= NAMED and others and not (not mark.is_open and self._is_spelled(mark, around)):
                return "it is told of another: " + min(others).partition("\n")[2]
        block = self.surroundings.leaf_at(around.span.start)
        if block is not None and any(key == own for key, _ in self.surroundings.named_in(Span(block.start, block.end))):
            return NAMED_TABLE
        if any(
            own in self.surroundings.named_in_phrase(heading)
            for heading in self.surroundings.headings(around.span.start)
        ):
            return NAMED_HEADING
        if not any(len(stem) > 1 for name in mark.names for stem in stems_of(name)):
            return 0  # a number or a letter, which says nothing by itself
        near_words = {stem: weight for stem, weight in around.weights.items() if weight >= IN_SENTENCE}
        covered = max(_described(name, near_words, mark) for name in mark.names)
        return covered + UNNAMED

    def _is_spelled(self, mark: Mark, around: Surrounding) -> bool:
        """Whether all words of a member stand in the heads of the cell: "Cost of Revenues" is more than "Revenues"."""
        heads = stems_of(around.row) | stems_of(around.column)
        return any(stems_of(name) and stems_of(name) <= heads for name in mark.names)

    def _named_near(self, around: Surrounding) -> Iterator[tuple[frozenset[str], int]]:
        if around.cell is not None:
            yield self.surroundings.named_in_phrase(around.row), NAMED
            yield self.surroundings.named_in_phrase(around.column), NAMED
            yield self.surroundings.named_in_phrase(self._words_of(around)), NAMED_TABLE
            return
        sentence = self.surroundings.sentence(around.sentence)
        yield frozenset(key for key, _ in self.surroundings.named_in(sentence)), NAMED


def key_of(mark: Mark) -> str:
    """The key under which the names of a mark are looked up."""
    return f"{mark.axis}{'' if mark.is_open else MEMBER}\n{mark.names[0] if mark.names else ''}"


def rivals_of(expected: Iterable[ExpectedFact]) -> dict[str, dict[str, frozenset[str]]]:
    """For each concept and axis the keys of all values that facts have there."""
    rivals: dict[str, dict[str, set[str]]] = {}
    for fact in expected:
        for mark in fact.marks:
            rivals.setdefault(fact.fact.concept.clark, {}).setdefault(mark.axis, set()).add(key_of(mark))
    return {concept: {axis: frozenset(keys) for axis, keys in axes.items()} for concept, axes in rivals.items()}


def enough(expected: ExpectedFact, surface: PrintedValue) -> int:
    """The score from which a place states the fact; a number of one digit needs more, for there are many."""
    if surface.kind is SurfaceKind.NUMBER and surface.figures < 2:
        return ENOUGH_COUNT
    return _ENOUGH.get(expected.shape, ENOUGH_TEXT)


def _print_points(expected: ExpectedFact, surface: PrintedValue) -> int:
    """How telling the print itself is: digits, a currency, a unit."""
    if not surface.is_number:
        return {SurfaceKind.DATE: DATE, SurfaceKind.MONTH: MONTH}.get(surface.kind, 0)
    if surface.kind is SurfaceKind.WORDS:
        return 0
    points = min(surface.figures, MOST_FIGURES) * FIGURE
    if expected.currency and expected.currency in surface.currencies:
        points += CURRENCY
    if surface.percent is not None or (surface.is_shares and expected.is_shares):
        points += UNIT
    return points + ATTACHED if surface.attached else points


def _coverage(text: str, weights: dict[str, int], most: int) -> int:
    """How much of a label stands round a place, from 0 to ``most``."""
    stems = weighted_stems(text)
    whole = sum(weight for _, weight in stems) * FULL
    return most * sum(weight * weights.get(stem, 0) for stem, weight in stems) // whole if whole else 0


def _described(name: str, weights: dict[str, int], mark: Mark) -> int:
    """How far the words of a name stand near a place; a name of one word, or half a name, is none."""
    covered = _coverage(name, weights, MARK)
    if mark.is_open and (len(weighted_stems(name)) < 2 or covered * 2 < MARK):
        return 0
    return covered


def _cut(text: str) -> str:
    return truncated(" ".join(text.split()), 60)


def _raise(weights: dict[str, int], stem: str, weight: int) -> None:
    if weights.get(stem, 0) < weight:
        weights[stem] = weight


def _raise_all(weights: dict[str, int], text: str, weight: int) -> None:
    for stem in stems_of(text):
        _raise(weights, stem, weight)


def _begins(period: Instant, named_periods: Iterable[NamedPeriod]) -> bool:
    """Whether some period that is named begins at the instant."""
    return any(named_period.begins_at(period.date) for named_period in named_periods)


def _distance(named_period: NamedPeriod, span: Span) -> int:
    return named_period.start - span.end if named_period.start >= span.end else span.start - named_period.end
