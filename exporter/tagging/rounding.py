"""Reported numbers that a document repeats in fewer digits: "¥34.4 billion" for ¥34,412 million."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from typing import Final

from attrs import define, field

from exporter.tagging.scoring import Scorer
from exporter.tagging.surfaces import Surface
from exporter.tagging.wanted import Shape, Wanted

_MOST_PLACES: Final = 9
_EXACT: Final = Context(prec=400)
_WAYS: Final = (ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN)


@define(eq=False)
class RoundedNumbers:
    """Looks a printed number up among the reported ones at every lesser accuracy."""

    wanted: Iterable[Wanted]
    scorer: Scorer
    _numbers: dict[tuple[Decimal, int], list[Wanted]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._numbers = {}
        for each in self.wanted:
            if each.shape is Shape.NUMBER and each.number and each.fact.decimals is not None:
                self._add(each, abs(each.number), each.fact.decimals)

    def _add(self, wanted: Wanted, number: Decimal, decimals: int) -> None:
        for coarser in range(decimals - 1, decimals - 1 - _MOST_PLACES, -1):
            step = Decimal(1).scaleb(-coarser)
            if step > number:
                break
            for value in dict.fromkeys(number.quantize(step, way, _EXACT) for way in _WAYS):
                self._numbers.setdefault((value, coarser), []).append(wanted)

    def of(self, surface: Surface) -> Wanted | None:
        """The reported number that the surface states less exactly, if the words round it speak for that."""
        for scale in self.scorer.units.possible_scales(surface):
            value = abs(surface.amount(scale))
            for wanted in self._numbers.get((value, surface.places - scale), ()):
                score = self.scorer.score(wanted, surface)
                if score.veto is None and score.label >= 20 and surface.figures > 1:
                    return wanted
        return None
