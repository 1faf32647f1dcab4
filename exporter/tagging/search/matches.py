"""Proof: the transformation under which a text of the document reads as the value of a fact, or that there is none.

What stands inside a tag is parsed by the registry itself; a place whose text does not give the value back is no place.

Candidates: which surfaces state exactly the value of which fact, with the same accuracy.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from attrs import define, field, frozen

from exporter.items.values.numerals import shift
from exporter.items.values.printed import PrintedValue, Span, SurfaceKind
from exporter.model.lexical import plain
from exporter.model.qname import QName
from exporter.tagging.document.document import DocumentText
from exporter.tagging.document.source import Placement
from exporter.tagging.search.expected import ExpectedFact, Shape
from exporter.tagging.search.meaning import Naming, is_line_item
from exporter.tagging.search.score import Score, Scorer, enough
from exporter.tagging.search.signs import is_result
from exporter.tagging.search.units import as_number
from exporter.tagging.search.weights import (
    DATED,
    FIGURES_ALONE,
    NAMED_BY_ROW,
    OF_HEADS,
)
from exporter.tagging.text.lexicon import FLOWS
from exporter.tagging.text.surroundings import Surroundings
from exporter.tagging.text.untagged import Reason, reason_for
from exporter.transformations import IXT_4, IXT_SEC, Gives, find_formats
from exporter.transformations import REGISTRIES as ALL

STANDARD_REGISTRY: Final = IXT_4
DEFAULT_REGISTRIES: Final[tuple[str, ...]] = (IXT_4,)
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

    def placement(self, expected: ExpectedFact, span: Span) -> Placement:
        return Placement(fact=expected.id, spans=(span,), format=self.format, scale=self.scale, negative=self.negative)


@frozen
class Prover:
    """Proves placements in one document with the transformation registries it may use."""

    document: DocumentText
    registries: tuple[str, ...] = DEFAULT_REGISTRIES

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

    def number(self, expected: ExpectedFact, surface: PrintedValue, scale: int) -> Proof | None:
        """That the digits under the scale and with the fact's sign are its number."""
        number = expected.number
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

    def text(self, expected: ExpectedFact, span: Span) -> Proof | None:
        """That a date, truth value or text reads as the fact's value; without a format where it is that value."""
        content, value = self.content(span), expected.fact.value
        if value is None:
            return None
        if expected.shape in _GIVES and content.strip() != value:
            name = self._format(content, value, _GIVES[expected.shape])
            return None if name is None else Proof(format=name)
        return Proof(format=None) if content == value else None

    def _format(self, content: str, value: str, gives: Gives) -> QName | None:
        formats = find_formats(content, value, gives=gives, registries=self.registries)
        if not formats:
            return None
        best = min(formats, key=lambda name: (self.registries.index(name.namespace), "comma" in name.local_name))
        return QName(best.namespace, best.local_name, prefix=PREFIXES.get(best.namespace, "ixt"))


_SHAPES: Final = {
    SurfaceKind.DATE: Shape.DATE,
    SurfaceKind.MONTH: Shape.MONTH,
    SurfaceKind.MONTH_DAY: Shape.MONTH_DAY,
    SurfaceKind.YEAR: Shape.YEAR,
    SurfaceKind.BOX: Shape.BOOLEAN,
}
_REFERENCES: Final = frozenset((Reason.REFERENCE, Reason.IDENTIFIER, Reason.VERSION, Reason.TIME, Reason.PAGE))
_LESS: Final = re.compile(r"^less\b|\bless:|\bdeduct|控除", re.I)


@frozen(kw_only=True)
class Candidate:
    """A surface that states a fact's value, and how well the words round it fit."""

    expected: ExpectedFact
    surface: PrintedValue
    score: Score
    proof: Proof | None

    @property
    def is_good(self) -> bool:
        """Whether it is a place of the fact: no coincidence, and proved."""
        return self.proof is not None and self.is_meant

    @property
    def is_narrower(self) -> bool:
        """Whether the place names a part of the figure that the fact is ("Subscription revenue" for revenues)."""
        return self.score.naming is Naming.PART and not self.expected.marks and is_line_item(self.expected)

    @property
    def is_plain_zero(self) -> bool:
        """Whether the words round a dash name the fact and nothing else, so that it stands for the fact's zero."""
        score = self.score
        is_named = score.period >= OF_HEADS and score.marks >= OF_HEADS * len(self.expected.marks)
        return score.naming is Naming.SAME and score.is_named and is_named

    @property
    def is_meant(self) -> bool:
        """Whether it is more than a coincidence."""
        if self.is_narrower or (self.surface.kind is SurfaceKind.DASH and not self.is_plain_zero):
            return False
        is_distinct = self.score.marks >= 0 or not self.expected.shape.is_numeric
        if self.expected.shape.is_numeric and not self.score.is_named and self.score.label < NAMED_BY_ROW:
            return False  # the party stands elsewhere, and what is told of it is something else
        return (
            self.score.veto is None
            and self.score.is_supported
            and is_distinct
            and self.score.total >= enough(self.expected, self.surface)
        )


@define(eq=False)
class CandidateFinder:
    """Looks surfaces up among the facts by value; what is left is scored."""

    expected: tuple[ExpectedFact, ...]
    surroundings: Surroundings
    scorer: Scorer
    prover: Prover
    _numbers: dict[Decimal, list[ExpectedFact]] = field(init=False)
    _texts: dict[tuple[Shape, str], list[ExpectedFact]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._numbers, self._texts = {}, {}
        for fact in self.expected:
            if (number := fact.number) is not None:
                self._numbers.setdefault(abs(number), []).append(fact)
            elif fact.shape in _SHAPES.values() and fact.fact.value is not None:
                self._texts.setdefault((fact.shape, fact.fact.value), []).append(fact)

    def candidates(self, surface: PrintedValue) -> tuple[Candidate, ...]:
        """All facts whose value the surface states, the best first; those with a veto too."""
        candidates = [*self._by_text(surface), *self._by_number(surface)]
        return tuple(
            sorted(candidates, key=lambda candidate: (candidate.score.veto is not None, -candidate.score.total))
        )

    def _by_text(self, surface: PrintedValue) -> Iterator[Candidate]:
        shape = _SHAPES.get(surface.kind)
        for expected in self._texts.get((shape, str(surface.value)), ()) if shape else ():
            proof = self.prover.text(expected, surface.span)
            yield Candidate(expected=expected, surface=surface, score=self.scorer.score(expected, surface), proof=proof)

    def _by_number(self, surface: PrintedValue) -> Iterator[Candidate]:
        surface_ = as_number(surface, self.surroundings)
        if surface_ is None or reason_for(surface_, self.surroundings) in _REFERENCES:
            return
        for scale in self.scorer.units.possible_scales(surface_):
            for expected in self._numbers.get(abs(surface_.amount(scale)), ()):
                if scale in self.scorer.units.scales_for(expected, surface_) and is_accurate(expected, surface_, scale):
                    yield self._given(expected, surface_, scale)

    def _given(self, expected: ExpectedFact, surface: PrintedValue, scale: int) -> Candidate:
        score = self.scorer.score(expected, surface)
        reason = self.scorer.signs.wrong_sign(expected, surface) if score.veto is None else None
        if reason is not None and (is_result(expected) or not self._may_be_deducted(score, surface)):
            score = Score(veto=reason)
        return Candidate(
            expected=expected, surface=surface, score=score, proof=self.prover.number(expected, surface, scale)
        )

    def _may_be_deducted(self, score: Score, surface: PrintedValue) -> bool:
        """Whether a table that names concept and period prints the number with the other sign: what a statement of cash
        flows adds back or takes off, and what a row deducts."""
        around = self.scorer.surrounding(surface.span)
        if around.cell is None or score.label < NAMED_BY_ROW or score.period < DATED or surface.figures < FIGURES_ALONE:
            return False
        return bool(
            _LESS.search(around.row) or FLOWS.search(f"{around.row} {self.surroundings.table_words(around.cell.table)}")
        )


def is_accurate(expected: ExpectedFact, surface: PrintedValue, scale: int) -> bool:
    """Whether the print claims the accuracy that the fact has; of rates further digits that are zero claim no other."""
    decimals = expected.fact.decimals
    if decimals is None or surface.kind is SurfaceKind.DASH:
        return True
    accuracies = surface.accuracies(scale)
    return decimals in accuracies or (expected.is_quotient and bool(surface.places) and decimals < accuracies.stop)


def find_candidates(
    surfaces: Iterable[PrintedValue], finder: CandidateFinder
) -> dict[PrintedValue, tuple[Candidate, ...]]:
    """For each surface that states the value of some fact, the candidates."""
    return {surface: candidates for surface in surfaces if (candidates := finder.candidates(surface))}
