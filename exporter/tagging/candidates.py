"""Candidates: which surfaces state exactly the value of which fact, with the same accuracy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from attrs import define, evolve, field, frozen

from exporter.tagging.landscape import Landscape
from exporter.tagging.proving import Proof, Prover
from exporter.tagging.scales import is_per_share_head, is_percent_head, scale_in
from exporter.tagging.scoring import Score, Scorer, enough
from exporter.tagging.surfaces import Surface, SurfaceKind
from exporter.tagging.wanted import Shape, Wanted

_SHAPES: Final = {
    SurfaceKind.DATE: Shape.DATE,
    SurfaceKind.MONTH: Shape.MONTH,
    SurfaceKind.MONTH_DAY: Shape.MONTH_DAY,
    SurfaceKind.YEAR: Shape.YEAR,
    SurfaceKind.BOX: Shape.BOOLEAN,
}
_NAMED: Final = 30  # points of a concept that the row names for the most part
_DATED: Final = 30  # points of a period that row or column name
_FIGURES: Final = 4  # digits of a number that stands for no other by chance
_LESS: Final = re.compile(r"^less\b|\bless:|\bdeduct|控除", re.I)
_FLOWS: Final = re.compile(
    r"cash flows?\b|adjustments to reconcile|(?:operating|investing|financing) activities|changes in operating assets"
    r"|キャッシュ・?フロー",
    re.I,
)
_LOSS: Final = re.compile(r"loss|deficit|decrease|decline|outflow|used in|損失|欠損|赤字|減少|支出", re.I)
# What such concepts count goes out; statements print it as a deduction, in parentheses, though the fact is positive.
_OUTWARD: Final = re.compile(
    r"payment|purchase|repayment|repurchase|cost|expense|\btax|dividend|paid|write-off|treasury|acquisition|used"
    r"|支出|費用|原価|支払|返済|配当|自己株式",
    re.I,
)


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
    def is_meant(self) -> bool:
        """Whether it is more than a coincidence."""
        told_apart = self.score.marks >= 0 or not self.wanted.shape.is_numeric
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
        surface_ = self._as_number(surface)
        if surface_ is None:
            return
        for scale in possible_scales(surface_, self.scorer):
            for wanted in self._numbers.get(abs(surface_.amount(scale)), ()):
                if scale in scales_for(wanted, surface_, self.scorer) and is_accurate(wanted, surface_, scale):
                    yield self._stated(wanted, surface_, scale)

    def _as_number(self, surface: Surface) -> Surface | None:
        """Four digits alone may be a year or a number: in the body of a table both are tried."""
        if surface.is_number:
            return surface
        plain = surface.kind is SurfaceKind.YEAR and not surface.within and surface.text.isascii()
        if plain and surface.text.isdigit() and self.land.cell_at(surface.span.start) is not None:
            return evolve(surface, kind=SurfaceKind.NUMBER, value=Decimal(surface.text))
        return None

    def _stated(self, wanted: Wanted, surface: Surface, scale: int) -> Candidate:
        score = self.scorer.score(wanted, surface)
        reason = self._wrong_sign(wanted, surface) if score.veto is None else None
        if reason is not None and not self._may_be_deducted(score, surface):
            score = Score(veto=reason)
        return Candidate(wanted=wanted, surface=surface, score=score, proof=self.prover.number(wanted, surface, scale))

    def _wrong_sign(self, wanted: Wanted, surface: Surface) -> str | None:
        number = wanted.number
        if number is None or not number or wanted.inverted:
            return None
        if surface.negative and number > 0 and not any(_OUTWARD.search(label) for label in wanted.labels):
            return "it is printed as a negative number"
        if number < 0 and not surface.negative and not self._tells_loss(surface):
            return "it is printed without a sign that makes it negative"
        return None

    def _may_be_deducted(self, score: Score, surface: Surface) -> bool:
        """Whether a table that names concept and period prints the number with the other sign: what a statement of cash
        flows adds back or takes off, and what a row deducts."""
        around = self.scorer.surrounding(surface.span)
        if around.cell is None or score.label < _NAMED or score.period < _DATED or surface.figures < _FIGURES:
            return False
        return bool(
            _LESS.search(around.row) or _FLOWS.search(f"{around.row} {self.land.table_words(around.cell.table)}")
        )

    def _tells_loss(self, surface: Surface) -> bool:
        around = self.scorer.surrounding(surface.span)
        sentence = self.land.sentence(around.sentence)
        text = around.row + around.column if around.cell else self.land.text[sentence.start : sentence.end]
        return bool(_LOSS.search(text))


def is_accurate(wanted: Wanted, surface: Surface, scale: int) -> bool:
    """Whether the print claims the accuracy that the fact has."""
    decimals = wanted.fact.decimals
    return decimals is None or decimals in surface.accuracies(scale)


def possible_scales(surface: Surface, scorer: Scorer) -> tuple[int, ...]:
    """The powers of ten under which the digits may be meant."""
    if surface.scale is not None:
        return (surface.scale,)
    if surface.percent is not None:
        return (surface.percent,)
    if scorer.land.percent_follows(surface.span.end):
        return (-2,)
    scales = [0]
    around = scorer.surrounding(surface.span)
    if around.cell is not None:
        given = heads_scale(surface, scorer)
        scales += [given] if given else []
        words = scorer.land.table_words(around.cell.table)
        scales += [-2] if any(is_percent_head(head) for head in (around.column, around.row, words)) else []
    return tuple(dict.fromkeys(scales))


def heads_scale(surface: Surface, scorer: Scorer) -> int | None:
    """The scale that the heads of a cell or the words before its table give."""
    around = scorer.surrounding(surface.span)
    if around.cell is None:
        return None
    heads = (around.column, around.row, scorer.land.table_words(around.cell.table))
    return next((scale for head in heads if (scale := scale_in(head)) is not None), None)


def scales_for(wanted: Wanted, surface: Surface, scorer: Scorer) -> tuple[int, ...]:
    """Of the possible scales those that a fact of this unit may be printed under."""
    scales = possible_scales(surface, scorer)
    if surface.scale is not None or surface.percent is not None:
        return scales
    if scorer.land.percent_follows(surface.span.end):
        return scales if wanted.is_percent or wanted.fact.unit is None or not wanted.fact.unit.numerators else ()
    if wanted.is_percent:
        return tuple(scale for scale in scales if scale in (0, -2))
    if wanted.is_quotient or not (wanted.currency or wanted.is_shares):
        return (0,)
    around = scorer.surrounding(surface.span)
    given = [scale for scale in scales if scale > 0]
    if not given or is_per_share_head(around.row) or wanted.is_shares:
        return (*given, 0)
    return tuple(given)


def find_candidates(surfaces: Iterable[Surface], finder: CandidateFinder) -> dict[Surface, tuple[Candidate, ...]]:
    """For each surface that states the value of some fact, the candidates."""
    return {surface: found for surface in surfaces if (found := finder.candidates(surface))}
