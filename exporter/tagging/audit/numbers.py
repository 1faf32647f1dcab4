"""Numbers of a document that contradict the items, or state one of their figures in fewer digits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Final

from attrs import define, evolve, field

from exporter.findings import Finding, Location, Severity
from exporter.items.values.printed import PrintedValue, Span, SurfaceKind
from exporter.tagging.search.expected import ExpectedFact, Shape
from exporter.tagging.search.meaning import Naming, captions_of, stems_of_fact
from exporter.tagging.search.score import Score, Scorer
from exporter.tagging.search.search import Placements
from exporter.tagging.text.captions import find_line_items, read_caption
from exporter.tagging.text.lexicon import ADVERBS, NEUTRAL, PARTS, REPORTING, ROUGHLY, SECTIONS
from exporter.tagging.text.surroundings import CellPlace
from exporter.tagging.text.words import GENERIC_STEMS, find_terms, stem, stems_of

_LIKE_MARK: Final = 15  # points that any dimension needs
_OF_HEADS: Final = 15  # points of a period that the heads, or the words above the table, name
_OF_SENTENCE: Final = 25  # points of a period that is the nearest one a sentence names
_MOST: Final = 40  # facts looked at for one surface
_NEAR: Final = 6
_BEFORE: Final = 3  # words before the name of a figure that may narrow it
_TELLING: Final = 2  # words of the figure's name between a number and its party
_PUNCTUATION: Final = ",.;:()–—"


def find_mismatches(
    surfaces: Sequence[PrintedValue], expected: Sequence[ExpectedFact], placements: Placements
) -> Iterator[Finding]:
    """For each surface that nothing explains, the fact whose place it is.

    A fact that no place states makes it an error, one that is stated elsewhere a warning.
    """
    reader = _UnexplainedReader(placements, tuple(expected))
    for surface in surfaces:
        best: tuple[int, ExpectedFact] | None = None
        for fact in reader.like(surface):
            score = reader.fit(fact, surface)
            if score is not None and (best is None or score.context > best[0]):
                best = (score.context, fact)
        if best is not None:
            yield _differs(surface, best[1], placements, reader.places.get(best[1].id, []))


@define(eq=False)
class _UnexplainedReader:
    """Reads the words round the unexplained numbers of one document."""

    result: Placements
    expected: tuple[ExpectedFact, ...]
    places: dict[str, list[Span]] = field(factory=dict)
    _by_stem: dict[str, list[ExpectedFact]] = field(factory=dict)
    _alike: Counter[tuple[object, ...]] = field(factory=Counter)

    def __attrs_post_init__(self) -> None:
        for placement in self.result.placements:
            self.places.setdefault(placement.fact, []).append(placement.first)
        for fact in self.expected:
            if fact.shape.is_numeric:
                names = (*fact.labels, *(name for mark in fact.marks if mark.is_open for name in mark.names))
                for name_stem in sorted({name_stem for text in names for name_stem in stems_of(text)} - GENERIC_STEMS):
                    self._by_stem.setdefault(name_stem, []).append(fact)
                self._alike[_kind_of(fact)] += 1

    def like(self, surface: PrintedValue) -> Iterator[ExpectedFact]:
        """The facts of this kind of number that share most words with the place."""
        counts: Counter[int] = Counter()
        known: dict[int, ExpectedFact] = {}
        around = self.result.scorer.surrounding(surface.span)
        for near_stem, weight in around.weights.items():
            if weight >= _NEAR:
                for fact in self._by_stem.get(near_stem, ()):
                    known[id(fact)] = fact
                    counts[id(fact)] += 1
        for key, _ in counts.most_common(_MOST):
            if _is_of_kind(known[key], surface, around.cell is not None):
                yield known[key]

    def fit(self, expected: ExpectedFact, surface: PrintedValue) -> Score | None:
        """The score of a place that is the fact's, ``None`` where it is not surely."""
        surroundings = self.result.surroundings
        around = self.result.scorer.surrounding(surface.span)
        before = surroundings.text[
            max(surroundings.sentence(around.sentence).start, surface.outer.start - 24) : surface.outer.start
        ]
        if ROUGHLY.search(before) or self._is_given(expected, surface):
            return None
        score = self.result.scorer.score(expected, surface)
        if score.veto is not None or score.marks < _LIKE_MARK * len(expected.marks):
            return None
        if not score.is_named:
            return None
        alone = any(mark.is_open for mark in expected.marks) and self._alike[_kind_of(expected)] == 1
        if around.cell is not None and surroundings.stands_in_body(around.cell):
            return score if self._is_cell_of(expected, around.cell, score, alone=alone) else None
        if not self._is_dated(expected, score, alone=alone):
            return None
        sentences = {surroundings.sentence_number(span.start) for span in self.places.get(expected.id, ())}
        if around.sentence in sentences or not self._is_sentence_of(expected, surface, alone=alone):
            return None
        return score

    def _is_given(self, expected: ExpectedFact, surface: PrintedValue) -> bool:
        """Whether the place states the fact, or may state another one."""
        candidates = self.result.candidates.get(surface, ())
        return any(
            candidate.is_good or (candidate.expected is expected and candidate.score.veto is None)
            for candidate in candidates
        )

    def _is_dated(self, expected: ExpectedFact, score: Score, *, alone: bool) -> bool:
        return score.period >= _OF_SENTENCE or (alone and score.period >= 0) or expected.last_day is None

    def _is_cell_of(self, expected: ExpectedFact, cell: CellPlace, score: Score, *, alone: bool) -> bool:
        """Whether row, column and section name the fact and nothing else."""
        surroundings = self.result.surroundings
        if score.period < _OF_HEADS and expected.last_day is not None and not alone:
            return False
        if not expected.marks and any(PARTS.search(text) for text in self._above(cell)):
            return False
        known = stems_of_fact(expected) | GENERIC_STEMS
        section, own = surroundings.row_words(cell)
        column = read_caption(surroundings.column_head(cell))
        mine = frozenset(item for label in captions_of(expected) for item in label.items)
        if column.rest - known or (column.items and not column.items & mine and mine):
            return False
        if own and read_caption(section).rest - known - _sections():
            return False
        return score.naming is Naming.SAME or (alone and not read_caption(own).rest - known)

    def _above(self, cell: CellPlace) -> tuple[str, ...]:
        surroundings = self.result.surroundings
        start = surroundings.document.tables[cell.table].start
        texts = (*surroundings.headings(start)[-1:], *surroundings.table_texts(cell.table))
        return tuple(text for text in texts if len(text) < 100)

    def _is_sentence_of(self, expected: ExpectedFact, surface: PrintedValue, *, alone: bool) -> bool:
        """Whether only words that report stand between the name of the figure, or of its party, and the number."""
        surroundings = self.result.surroundings
        span = surroundings.sentence(surroundings.sentence_number(surface.span.start))
        before = surroundings.text[span.start : surface.outer.start]
        mine = {item for label in captions_of(expected) for item in label.items}
        named = [line_item for line_item in find_line_items(before) if line_item.item in mine]
        if named:
            start, end = named[-1].start, named[-1].end
        elif alone:
            keys = [
                name_span
                for _, name_span in surroundings.named_in(Span(span.start, max(surface.outer.start, span.start + 1)))
            ]
            if not keys:
                return self._is_reported_of(expected, surface, span)
            start, end = keys[-1].start - span.start, keys[-1].end - span.start
        else:
            return False
        known = stems_of_fact(expected) | GENERIC_STEMS
        narrowing = _stems(_last_clause(before[:start]))[-_BEFORE:]
        between = _stems(before[end:])
        if alone and not named and not any(name_span in known for name_span in between):
            return False
        return not (set(narrowing) | set(between)) - known - _reporting()

    def _is_reported_of(self, expected: ExpectedFact, surface: PrintedValue, sentence: Span) -> bool:
        """Whether the number is followed by the name of the figure and the party: "of loans receivable from Delta"."""
        if surface.outer.end >= sentence.end:
            return False
        keys = [name_span for _, name_span in self.result.surroundings.named_in(Span(surface.outer.end, sentence.end))]
        between = self.result.surroundings.text[surface.outer.end : keys[0].start] if keys else ""
        stems = _stems(between)
        known = stems_of_fact(expected)
        return len(known & set(stems)) >= _TELLING and not set(stems) - known - _reporting()


@cache
def _reporting() -> frozenset[str]:
    words = REPORTING | NEUTRAL
    return words | frozenset(stem(word) for word in words)


@cache
def _sections() -> frozenset[str]:
    return SECTIONS | frozenset(stem(word) for word in SECTIONS)


def _stems(text: str) -> list[str]:
    return [term.stem for term in find_terms(ADVERBS.sub("", text))]


def _last_clause(text: str) -> str:
    return text[max(text.rfind(mark) for mark in _PUNCTUATION) + 1 :]


def _kind_of(expected: ExpectedFact) -> tuple[object, ...]:
    """What facts have in common that a place with their party named does not tell apart."""
    return expected.fact.unit, expected.is_percent, tuple(mark.names[:1] for mark in expected.marks if mark.is_open)


def _is_of_kind(expected: ExpectedFact, surface: PrintedValue, in_cell: bool) -> bool:
    if not surface.is_number or surface.kind is SurfaceKind.DASH:
        return False
    if expected.shape is Shape.COUNT:
        return surface.percent is None and not surface.currencies and surface.places == 0
    if surface.kind is SurfaceKind.WORDS:
        return False
    if expected.is_percent:
        return surface.percent is not None or in_cell
    if expected.currency and not expected.is_quotient:
        return bool(surface.currencies) or in_cell
    if expected.is_shares:
        return surface.is_shares or in_cell
    return surface.percent is None


def _differs(surface: PrintedValue, expected: ExpectedFact, placements: Placements, places: list[Span]) -> Finding:
    document = placements.surroundings.document
    printed = placements.surroundings.text[surface.outer.start : surface.outer.end].strip()
    elsewhere = f"; at {document.place(places[0].start)} it says what the item says" if places else ""
    location = document.place(surface.span.start)
    return Finding(
        code="exporter:documentDiffers",
        severity=Severity.WARNING if places else Severity.ERROR,
        message=(
            f"the document says {printed!r} where {expected.title} has {expected.fact.value}"
            f"{f' (decimals {expected.fact.decimals})' if expected.fact.decimals is not None else ''}{elsewhere}"
        ),
        location=_both(location, expected),
        fix="correct the item or the document, or list the number under untagged: with the reason",
    )


def _both(location: Location, expected: ExpectedFact) -> Location:
    return evolve(
        location, pointer=f"{expected.pointer}/{expected.field}", item=expected.item or None, fact=expected.id
    )


_MOST_PLACES: Final = 9
_EXACT: Final = Context(prec=400)
_WAYS: Final = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)


@define(eq=False)
class RoundedNumbers:
    """Looks a printed number up among the reported ones at every lesser accuracy."""

    expected: Iterable[ExpectedFact]
    scorer: Scorer
    _numbers: dict[tuple[Decimal, int], list[ExpectedFact]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._numbers = {}
        for fact in self.expected:
            if fact.shape is Shape.NUMBER and fact.number and fact.fact.decimals is not None:
                self._add(fact, abs(fact.number), fact.fact.decimals)

    def _add(self, expected: ExpectedFact, number: Decimal, decimals: int) -> None:
        for coarser in range(decimals - 1, decimals - 1 - _MOST_PLACES, -1):
            step = Decimal(1).scaleb(-coarser)
            if step > number:
                break
            for value in dict.fromkeys(number.quantize(step, way, _EXACT) for way in _WAYS):
                self._numbers.setdefault((value, coarser), []).append(expected)

    def of(self, surface: PrintedValue) -> ExpectedFact | None:
        """The reported number that the surface states less exactly, if the words round it speak for that."""
        for scale in self.scorer.units.possible_scales(surface):
            value = abs(surface.amount(scale))
            for expected in self._numbers.get((value, surface.places - scale), ()):
                score = self.scorer.score(expected, surface)
                if score.veto is None and score.label >= 20 and surface.figures > 1:
                    return expected
        return None
