"""Ranking: which of several facts with one value the words round a place mean.

Scores tell whether a place is meant for a fact at all; here facts of the same value are compared at one place. What
their names have in common says nothing: a fact leads where more of the words stand near that it has and the other has
not.

Contests: of several facts with one value, the one that a printed number states, or that this cannot be told.

A number in a table is judged with its neighbours: the cells of a row mostly state one concept, those of a column one
period, those of a table facts cut along the same axes. What is clear by itself is decided first and speaks for its
neighbours then. A number that no margin decides stays untagged: a wrong fact is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import define, field, frozen

from exporter.items.values.printed import PrintedValue, Span, SurfaceKind
from exporter.model.dimensions import Dimension
from exporter.model.qname import QName
from exporter.tagging.search.expected import ExpectedFact
from exporter.tagging.search.matches import Candidate
from exporter.tagging.search.meaning import Naming
from exporter.tagging.search.score import Scorer
from exporter.tagging.search.weights import (
    AXES,
    BOTH,
    COLUMN,
    FAR,
    FEW,
    FIGURES,
    LINE,
    MARGIN_IN_TEXT,
    MARGINS,
    NAMED_CONCEPT,
    NESTED,
    NEVER,
    NO_WORDS,
    PERIOD,
    ROW,
    SAME,
    SAME_LINE,
    SECTION,
    TOTAL,
    WORDS,
)
from exporter.tagging.text.surroundings import CellPlace, Surroundings
from exporter.tagging.text.words import stems_of, weighted_stems

_TOTALS: Final = re.compile(r"(?<![A-Za-z])totals?(?![A-Za-z])|合計|総計|(?<!小)計$", re.I)


@define(eq=False)
class Ranker:
    """Compares facts at places of one document."""

    surroundings: Surroundings
    scorer: Scorer
    _near: dict[Span, dict[str, int]] = field(factory=dict)
    _bags: dict[tuple[str, Span], dict[str, int]] = field(factory=dict)

    def lead(self, expected_fact: ExpectedFact, other: ExpectedFact, span: Span) -> int:
        """By how many points the words round a place speak rather for one fact than for another; negative if not."""
        near = self._nearness(span)
        mine, theirs = self._bag(expected_fact, span), self._bag(other, span)
        words = WORDS * _share(mine, theirs, near) // 100 - WORDS * _share(theirs, mine, near) // 100
        return words + self._total(expected_fact, other, span)

    def is_distinguished(self, expected_fact: ExpectedFact, other: ExpectedFact, span: Span) -> bool:
        """Whether nearly all words that tell a fact from another stand near, so that the place may state both."""
        return _share(self._bag(expected_fact, span), self._bag(other, span), self._nearness(span)) >= BOTH

    def _total(self, expected_fact: ExpectedFact, other: ExpectedFact, span: Span) -> int:
        """In a total facts that are cut less come before those cut further along the same axes."""
        mine, theirs = set(expected_fact.fact.dimensions), set(other.fact.dimensions)
        if mine == theirs or not (mine < theirs or theirs < mine):
            return 0
        if not self.is_total(span):
            return 0
        return TOTAL if mine < theirs else -TOTAL

    def is_total(self, span: Span) -> bool:
        """Whether a place stands in a row or column of totals."""
        around = self.scorer.surrounding(span)
        heads = (self.surroundings.row_words(around.cell)[1], around.column) if around.cell else ()
        return any(_TOTALS.search(head) for head in heads)

    def _bag(self, expected: ExpectedFact, span: Span) -> dict[str, int]:
        """The stems of the concept's label and of the members' names, of several those that fit the place best."""
        key = (expected.id, span)
        counts = self._bags.get(key)
        if counts is None:
            near = self._nearness(span)
            counts = {}
            for texts in (expected.labels, expected.subjects, *(mark.names for mark in expected.marks)):
                best = max((weighted_stems(text) for text in texts), key=lambda stems: _near(stems, near), default=())
                for stem, weight in best:
                    counts[stem] = max(weight, counts.get(stem, 0))
            self._bags[key] = counts
        return counts

    def _nearness(self, span: Span) -> dict[str, int]:
        nearness = self._near.get(span)
        if nearness is None:
            nearness = self._near[span] = self._survey(span)
        return nearness

    def _survey(self, span: Span) -> dict[str, int]:
        around = self.scorer.surrounding(span)
        if around.cell is None or not self.surroundings.stands_in_body(around.cell):
            return around.weights
        section, own = self.surroundings.row_words(around.cell)
        if _TOTALS.fullmatch(own.strip(" $:")):
            section = ""  # the total is one of all sections
        near = {stem: weight for stem, weight in self.scorer.wide(span).items() if weight}
        near = {stem: min(weight, FAR) for stem, weight in near.items()}
        for text, weight in ((section, SECTION), (around.column, COLUMN), (own, ROW)):
            for stem in stems_of(text):
                near[stem] = max(weight, near.get(stem, 0))
        return near


def _near(stems: Iterable[tuple[str, int]], near: dict[str, int]) -> int:
    """How much of a name stands near, of 100; of two alike the longer one."""
    whole = sum(weight for _, weight in stems)
    return 100 * sum(weight * near.get(stem, 0) for stem, weight in stems) // (10 * whole) if whole else 0


def _share(mine: dict[str, int], theirs: dict[str, int], near: dict[str, int]) -> int:
    """Of the words that a fact has and the other has not, how much stands near, of 100."""
    own = [(stem, weight) for stem, weight in mine.items() if stem not in theirs]
    return _near(own, near) if own else NO_WORDS


@frozen(kw_only=True)
class Decision:
    """What a surface states: the winner, or ``None`` and those between which nothing decides."""

    surface: PrintedValue
    winner: Candidate | None
    rivals: tuple[Candidate, ...]


@define(eq=False)
class _SurfaceFacts:
    """A surface, its cell, and the facts that it may state."""

    surface: PrintedValue
    cell: CellPlace | None
    rivals: list[Candidate]
    winner: Candidate | None = None
    near: tuple[Candidate, ...] = ()


@define(eq=False)
class Conflicts:
    """Decides all numbers of a document."""

    surroundings: Surroundings
    ranker: Ranker
    candidates: dict[PrintedValue, tuple[Candidate, ...]]

    def verdicts(self) -> Iterator[Decision]:
        """One for each number that some fact's value stands at, in reading order."""
        places = [
            place for surface, candidates in self.candidates.items() if (place := self._place(surface, candidates))
        ]
        tables: dict[int, list[_SurfaceFacts]] = {}
        for place in places:
            if place.cell is not None:
                tables.setdefault(place.cell.table, []).append(place)
            else:
                place.winner = self._decide(place, None, MARGIN_IN_TEXT)
        for cells in tables.values():
            self._decide_table(cells)
        for place in places:
            yield Decision(surface=place.surface, winner=place.winner, rivals=place.near)

    def _place(self, surface: PrintedValue, candidates: Iterable[Candidate]) -> _SurfaceFacts | None:
        rivals = [
            candidate for candidate in candidates if candidate.expected.shape.is_numeric and _is_possible(candidate)
        ]
        if not rivals:
            return None
        cell = self.surroundings.cell_at(surface.span.start)
        if cell is not None and not self.surroundings.stands_in_body(cell):
            cell = None
        return _SurfaceFacts(surface, cell, rivals)

    def _decide_table(self, cells: list[_SurfaceFacts]) -> None:
        lines = _lines_of(cells)
        for margin in MARGINS:
            neighbours = _Neighbours(cells, lines)
            winners = [self._decide(place, neighbours, margin) for place in cells]
            for place, winner in zip(cells, winners, strict=True):
                place.winner = winner

    def _decide(self, place: _SurfaceFacts, neighbours: _Neighbours | None, margin: int) -> Candidate | None:
        """The fact that leads all others by the margin; each of them is compared twice at most."""
        points = [rival.score.period + (neighbours.points(place, rival) if neighbours else 0) for rival in place.rivals]
        best = 0
        for other in range(1, len(points)):
            if self._lead(place, points, other, best) > 0:
                best = other
        leads = [self._lead(place, points, best, other) for other in range(len(points))]
        place.near = tuple(
            rival
            for lead, rival, other in zip(leads, place.rivals, range(len(points)), strict=True)
            if other == best or lead < self._margin(place, place.rivals[best], rival, margin)
        )
        winner = place.rivals[best]
        meant = winner.is_good or (neighbours is not None and neighbours.vouch(place, winner))
        return winner if len(place.near) == 1 and meant else None

    def _margin(self, place: _SurfaceFacts, best: Candidate, other: Candidate, margin: int) -> int:
        """The margin between two facts; a wider one where one is cut further than the other out of the same figure."""
        mine, theirs = set(best.expected.fact.dimensions), set(other.expected.fact.dimensions)
        if best.expected.fact.concept != other.expected.fact.concept or not (mine < theirs or theirs < mine):
            return margin
        if self.ranker.is_total(place.surface.span):
            return margin if mine < theirs else NEVER
        return max(margin, NESTED) if mine else margin

    def _lead(self, place: _SurfaceFacts, points: list[int], one: int, other: int) -> int:
        words = self.ranker.lead(place.rivals[one].expected, place.rivals[other].expected, place.surface.span)
        naming = SAME * (int(is_same(place.rivals[one])) - int(is_same(place.rivals[other])))
        return points[one] - points[other] + words + naming


def is_same(candidate: Candidate) -> bool:
    """Whether the words of the place name the fact and nothing else."""
    return candidate.score.naming is Naming.SAME


def _is_possible(candidate: Candidate) -> bool:
    return candidate.proof is not None and candidate.score.veto is None


_Key = tuple[object, ...]
_NO_CONFLICT: Final[Counter[_Key]] = Counter()
_Line = tuple[int, QName | None, tuple[Dimension, ...]]


def _line_keys(row: int, candidate: Candidate) -> Iterator[_Line]:
    fact = candidate.expected.fact
    yield row, fact.concept, fact.dimensions
    if fact.dimensions:
        yield row, None, fact.dimensions


def _lines_of(cells: Iterable[_SurfaceFacts]) -> Counter[_Line]:
    """In how many cells of each row some fact of a concept, or of a set of members, is stated by value."""
    lines: Counter[_Line] = Counter()
    for place in cells:
        if place.cell is not None:
            row = place.cell.row
            telling = (rival for rival in place.rivals if rival.surface.figures >= FIGURES)
            lines.update(dict.fromkeys(key for cell in telling for key in _line_keys(row, cell)).keys())
    return lines


@frozen(eq=False)
class _Votes:
    """What is decided in a row or column, the cell itself left out."""

    counts: Counter[_Key]
    own: tuple[_Key, ...]

    def __getitem__(self, key: _Key) -> int:
        return self.counts[key] - (key in self.own)


@define(eq=False)
class _Neighbours:
    """What is decided in a table, by row, by column and by the axes that its facts are cut along."""

    cells: list[_SurfaceFacts]
    lines: Counter[_Line]
    _rows: dict[int, Counter[_Key]] = field(factory=dict)
    _columns: dict[int, Counter[_Key]] = field(factory=dict)
    _axes: Counter[frozenset[str]] = field(factory=Counter)

    def __attrs_post_init__(self) -> None:
        for place in self.cells:
            if place.winner is not None and place.cell is not None and place.surface.kind is not SurfaceKind.DASH:
                self._rows.setdefault(place.cell.row, Counter()).update(_row_keys(place.winner))
                self._columns.setdefault(place.cell.column, Counter()).update(_column_keys(place.winner))
                self._axes[_axes_of(place.winner)] += 1

    def vouch(self, place: _SurfaceFacts, candidate: Candidate) -> bool:
        """Whether a fact whose words are poor is meant.

        It is where its concept is named and no other fact has the value or most of the table is cut along its axes, and
        where at least three cells of the row state facts of one party, or of one concept.
        """
        if candidate.surface.kind is SurfaceKind.DASH:
            return self._row_states(place, candidate)
        if (
            candidate.is_narrower
            or place.cell is None
            or candidate.score.period < PERIOD
            or candidate.surface.figures < FIGURES
        ):
            return False
        alike = self._axes[_axes_of(candidate)]
        usual = alike >= FEW and 2 * alike > self._axes.total()
        if candidate.score.label >= NAMED_CONCEPT and (usual or len(place.rivals) == 1):
            return True
        return any(self.lines[key] >= SAME_LINE for key in _line_keys(place.cell.row, candidate))

    def _row_states(self, place: _SurfaceFacts, candidate: Candidate) -> bool:
        """Whether another cell of the row states the same figure of another period, so that a dash is its zero."""
        if place.cell is None or candidate.score.period < PERIOD:
            return False
        row, column = self._rows.get(place.cell.row), self._columns.get(place.cell.column)
        if row is None or not any(row[key] for key in _both(candidate)):
            return False
        return column is None or column["p", candidate.expected.last_day] * 2 > column[()]

    def points(self, place: _SurfaceFacts, candidate: Candidate) -> int:
        """How well a fact goes with what is decided round its cell."""
        if place.cell is None:
            return 0
        own = place.winner if place.surface.kind is not SurfaceKind.DASH else None
        row = _Votes(self._rows.get(place.cell.row, _NO_CONFLICT), _row_keys(own) if own else ())
        column = _Votes(self._columns.get(place.cell.column, _NO_CONFLICT), _column_keys(own) if own else ())
        return self._axes_points(place, candidate) + _row_points(candidate, row) + _column_points(candidate, column)

    def _axes_points(self, place: _SurfaceFacts, candidate: Candidate) -> int:
        """How many of the other cells have facts that are cut along the same axes; a few cells say less."""
        counts = place.winner is not None and place.surface.kind is not SurfaceKind.DASH
        own = [_axes_of(place.winner)] if counts and place.winner is not None else []
        count = self._axes.total() - len(own)
        alike = self._axes[_axes_of(candidate)] - own.count(_axes_of(candidate))
        return AXES * alike // max(count, FEW)


def _axes_of(candidate: Candidate) -> frozenset[str]:
    return frozenset(mark.axis for mark in candidate.expected.marks)


def _row_keys(candidate: Candidate) -> tuple[_Key, ...]:
    fact = candidate.expected.fact
    return (
        (),
        ("c", fact.concept),
        ("ca", fact.concept, _axes_of(candidate)),
        ("d", fact.dimensions),
        *_both(candidate),
    )


def _row_points(candidate: Candidate, decided: _Votes) -> int:
    """Facts of one row are of one concept, cut along the same axes, or of one set of members."""
    fact = candidate.expected.fact
    alike = decided["ca", fact.concept, _axes_of(candidate)]
    if fact.dimensions:
        alike += decided["d", fact.dimensions] - decided["cd", fact.concept, fact.dimensions]
    neither = decided["c", fact.concept] - decided["ca", fact.concept, _axes_of(candidate)]
    return _agreement(alike, decided[()] - alike - neither, decided[()])


def _column_keys(candidate: Candidate) -> tuple[_Key, ...]:
    fact, day = candidate.expected.fact, candidate.expected.last_day
    together = ("pcd", day, fact.concept, fact.dimensions)
    return ((), ("p", day), ("pc", day, fact.concept), ("pd", day, fact.dimensions), together, *_both(candidate))


def _column_points(candidate: Candidate, decided: _Votes) -> int:
    """Facts of one column are of one period and one set of members, or of one concept."""
    fact, day = candidate.expected.fact, candidate.expected.last_day
    together = decided["pcd", day, fact.concept, fact.dimensions]
    repeated = decided["cd", fact.concept, fact.dimensions] - together
    alike = decided["pc", day, fact.concept] + decided["pd", day, fact.dimensions] - together + repeated
    return _agreement(alike, decided[()] - decided["p", day] - repeated, decided[()])


def _both(candidate: Candidate) -> Iterator[_Key]:
    yield "cd", candidate.expected.fact.concept, candidate.expected.fact.dimensions


def _agreement(alike: int, unlike: int, count: int) -> int:
    return LINE * (alike - unlike) // (count + 1)
