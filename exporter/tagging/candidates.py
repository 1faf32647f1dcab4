"""Candidates: which surfaces state exactly the value of which fact, with the same accuracy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from attrs import define, field, frozen

from exporter.tagging.landscape import Landscape
from exporter.tagging.lexicon import FLOWS
from exporter.tagging.meaning import Naming, is_line_item
from exporter.tagging.proving import Proof, Prover
from exporter.tagging.scoring import Score, Scorer, enough
from exporter.tagging.signs import is_result
from exporter.tagging.surfaces import Surface, SurfaceKind
from exporter.tagging.units import as_number
from exporter.tagging.untagged import Reason, reason_for
from exporter.tagging.wanted import Shape, Wanted

_SHAPES: Final = {
    SurfaceKind.DATE: Shape.DATE,
    SurfaceKind.MONTH: Shape.MONTH,
    SurfaceKind.MONTH_DAY: Shape.MONTH_DAY,
    SurfaceKind.YEAR: Shape.YEAR,
    SurfaceKind.BOX: Shape.BOOLEAN,
}
_REFERENCES: Final = frozenset((Reason.REFERENCE, Reason.IDENTIFIER, Reason.VERSION, Reason.TIME, Reason.PAGE))
_NAMED: Final = 30  # points of a concept that the row names for the most part
_DATED: Final = 30  # points of a period that row or column name
_OF_HEADS: Final = 15  # points of a period or a dimension that the heads name
_FIGURES: Final = 4  # digits of a number that stands for no other by chance
_LESS: Final = re.compile(r"^less\b|\bless:|\bdeduct|控除", re.I)


@frozen(kw_only=True)
class Candidate:
    """A surface that states a fact's value, and how well the words round it fit."""

    wanted: Wanted
    surface: Surface
    score: Score
    proof: Proof | None

    @property
    def is_good(self) -> bool:
        """Whether it is a place of the fact: no coincidence, and proved."""
        return self.proof is not None and self.is_meant

    @property
    def is_narrower(self) -> bool:
        """Whether the place names a part of the figure that the fact is ("Subscription revenue" for revenues)."""
        return self.score.naming is Naming.PART and not self.wanted.marks and is_line_item(self.wanted)

    @property
    def is_plain_zero(self) -> bool:
        """Whether the words round a dash name the fact and nothing else, so that it stands for the fact's zero."""
        score = self.score
        told = score.period >= _OF_HEADS and score.marks >= _OF_HEADS * len(self.wanted.marks)
        return score.naming is Naming.SAME and score.is_named and told

    @property
    def is_meant(self) -> bool:
        """Whether it is more than a coincidence."""
        if self.is_narrower or (self.surface.kind is SurfaceKind.DASH and not self.is_plain_zero):
            return False
        told_apart = self.score.marks >= 0 or not self.wanted.shape.is_numeric
        if self.wanted.shape.is_numeric and not self.score.is_named and self.score.label < _NAMED:
            return False  # the party stands elsewhere, and what is told of it is something else
        return (
            self.score.veto is None
            and self.score.is_supported
            and told_apart
            and self.score.total >= enough(self.wanted, self.surface)
        )


@define(eq=False)
class CandidateFinder:
    """Looks surfaces up among the facts by value; what is left is scored."""

    wanted: tuple[Wanted, ...]
    land: Landscape
    scorer: Scorer
    prover: Prover
    _numbers: dict[Decimal, list[Wanted]] = field(init=False)
    _texts: dict[tuple[Shape, str], list[Wanted]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._numbers, self._texts = {}, {}
        for each in self.wanted:
            if (number := each.number) is not None:
                self._numbers.setdefault(abs(number), []).append(each)
            elif each.shape in _SHAPES.values() and each.fact.value is not None:
                self._texts.setdefault((each.shape, each.fact.value), []).append(each)

    def candidates(self, surface: Surface) -> tuple[Candidate, ...]:
        """All facts whose value the surface states, the best first; those with a veto too."""
        found = [*self._by_text(surface), *self._by_number(surface)]
        return tuple(sorted(found, key=lambda each: (each.score.veto is not None, -each.score.total)))

    def _by_text(self, surface: Surface) -> Iterator[Candidate]:
        shape = _SHAPES.get(surface.kind)
        for wanted in self._texts.get((shape, str(surface.value)), ()) if shape else ():
            proof = self.prover.text(wanted, surface.span)
            yield Candidate(wanted=wanted, surface=surface, score=self.scorer.score(wanted, surface), proof=proof)

    def _by_number(self, surface: Surface) -> Iterator[Candidate]:
        surface_ = as_number(surface, self.land)
        if surface_ is None or reason_for(surface_, self.land) in _REFERENCES:
            return
        for scale in self.scorer.units.possible_scales(surface_):
            for wanted in self._numbers.get(abs(surface_.amount(scale)), ()):
                if scale in self.scorer.units.scales_for(wanted, surface_) and is_accurate(wanted, surface_, scale):
                    yield self._stated(wanted, surface_, scale)

    def _stated(self, wanted: Wanted, surface: Surface, scale: int) -> Candidate:
        score = self.scorer.score(wanted, surface)
        reason = self.scorer.signs.wrong_sign(wanted, surface) if score.veto is None else None
        if reason is not None and (is_result(wanted) or not self._may_be_deducted(score, surface)):
            score = Score(veto=reason)
        return Candidate(wanted=wanted, surface=surface, score=score, proof=self.prover.number(wanted, surface, scale))

    def _may_be_deducted(self, score: Score, surface: Surface) -> bool:
        """Whether a table that names concept and period prints the number with the other sign: what a statement of cash
        flows adds back or takes off, and what a row deducts."""
        around = self.scorer.surrounding(surface.span)
        if around.cell is None or score.label < _NAMED or score.period < _DATED or surface.figures < _FIGURES:
            return False
        return bool(
            _LESS.search(around.row) or FLOWS.search(f"{around.row} {self.land.table_words(around.cell.table)}")
        )


def is_accurate(wanted: Wanted, surface: Surface, scale: int) -> bool:
    """Whether the print claims the accuracy that the fact has; of rates further digits that are zero claim no other."""
    decimals = wanted.fact.decimals
    if decimals is None or surface.kind is SurfaceKind.DASH:
        return True
    accuracies = surface.accuracies(scale)
    return decimals in accuracies or (wanted.is_quotient and bool(surface.places) and decimals < accuracies.stop)


def find_candidates(surfaces: Iterable[Surface], finder: CandidateFinder) -> dict[Surface, tuple[Candidate, ...]]:
    """For each surface that states the value of some fact, the candidates."""
    return {surface: found for surface in surfaces if (found := finder.candidates(surface))}
