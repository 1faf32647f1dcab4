"""Taxonomy-defined dimensions, and the context: entity, period and dimensions of a fact."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from attrs import field, frozen

from exporter.errors import ModelError
from exporter.model.entity import Entity
from exporter.model.period import FOREVER, Period
from exporter.model.qname import QName


@frozen(cache_hash=True)
class ExplicitDimension:
    """An axis and one of the members its domain lists."""

    axis: QName
    member: QName


@frozen(cache_hash=True)
class TypedDimension:
    """An axis and a value of its typed domain, as text; ``None`` is nil."""

    axis: QName
    value: str | None


Dimension = ExplicitDimension | TypedDimension


def _sorted(dimensions: Iterable[Dimension]) -> tuple[Dimension, ...]:
    return tuple(sorted(dimensions, key=lambda dimension: dimension.axis.sort_key))


@frozen(cache_hash=True)
class Context:
    """What many facts share: whose, when, and in which cut. ``entity`` may be absent."""

    entity: Entity | None = None
    period: Period = FOREVER
    dimensions: tuple[Dimension, ...] = field(default=(), converter=_sorted)

    @dimensions.validator
    def _check_unique(self, _: object, value: tuple[Dimension, ...]) -> None:
        for dimension, following in itertools.pairwise(value):
            if dimension.axis == following.axis:
                raise ModelError(f"the dimension {dimension.axis} has two values in one context")

    def dimension(self, axis: QName) -> Dimension | None:
        """The value on ``axis``, if the context has one."""
        return next((dimension for dimension in self.dimensions if dimension.axis == axis), None)
