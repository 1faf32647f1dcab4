"""Hypercubes: which axes a fact of each concept has."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from exporter.errors import DeclarationError
from exporter.items.binding import Binding
from exporter.items.bound import BoundAxis, BoundOption
from exporter.items.extension.domains import Domains
from exporter.items.extension.draft import Draft
from exporter.items.labels import words
from exporter.model.dimensions import ExplicitDimension
from exporter.model.qname import QName
from exporter.taxonomy.networks import ALL, DIMENSION_DOMAIN, DOMAIN_MEMBER, HYPERCUBE_DIMENSION

_MOST_OPEN_AXES: Final = 5


@frozen
class _Cube:
    """The axes that facts of some concepts of one class have."""

    axes: tuple[BoundAxis | ExplicitDimension | None, ...]  # None stands for the currency pair
    options: tuple[BoundOption, ...]


class Hypercubes:
    """The hypercubes of item classes, closed: a fact has the axes of its class and no others."""

    def __init__(self, draft: Draft, domains: Domains) -> None:
        self._draft = draft
        self._domains = domains
        self._dimensionless: list[tuple[Binding, int, tuple[BoundOption, ...]]] = []
        self._cubed: set[QName] = set()

    def add(self, binding: Binding, number: int, options: Sequence[BoundOption]) -> None:
        """The hypercubes of one item class."""
        for part, cube in enumerate(_cubes(binding, options), start=1):
            if cube.axes:
                self._hypercubes(binding, cube, number, part)
            else:
                self._dimensionless.append((binding, number, cube.options))

    def close(self) -> None:
        """Concepts that have axes in one class and none in another need a hypercube without axes for the latter."""
        for binding, number, options in self._dimensionless:
            shared = tuple(bound for bound in options if bound.concept in self._cubed)
            if shared:
                self._hypercube(
                    binding, shared, (), self._draft.role(binding, number, suffix="WithoutAxes"), "WithoutAxes"
                )

    def _hypercubes(self, binding: Binding, cube: _Cube, number: int, part: int) -> None:
        open_axes = [
            axis
            for axis in cube.axes
            if isinstance(axis, BoundAxis) and axis.optional and axis.typed_domain is not None
        ]
        if len(open_axes) > _MOST_OPEN_AXES:
            raise DeclarationError(
                f"{binding.spec.name} has {len(open_axes)} typed axes that may be absent; each doubles the link roles, "
                f"so at most {_MOST_OPEN_AXES} are possible"
            )
        variants = itertools.chain.from_iterable(
            itertools.combinations(open_axes, size) for size in range(len(open_axes) + 1)
        )
        for variant, absent in enumerate(variants):
            axes = tuple(axis for axis in cube.axes if axis not in absent)
            suffix = "" if part == 1 else f"Part{part}"
            suffix += "".join(f"Without{axis.base}" for axis in absent)
            role = self._draft.role(binding, number, part=part * 100 + variant, suffix=suffix)
            self._hypercube(binding, cube.options, axes, role, suffix)
        self._cubed.update(bound.concept for bound in cube.options)

    def _hypercube(
        self,
        binding: Binding,
        options: Sequence[BoundOption],
        axes: Sequence[BoundAxis | ExplicitDimension | None],
        role: str,
        suffix: str,
    ) -> None:
        name, label = binding.spec.name + suffix, binding.spec.options.label
        title = f"{label} ({words(suffix)})" if suffix else label
        label_ja = binding.spec.options.label_ja
        title_ja = (f"{label_ja} ({words(suffix)})" if suffix else label_ja) if label_ja else None
        lines, table = self._draft.abstract(f"{name}LineItems"), self._draft.abstract(f"{name}Table", "hypercube")
        for concept, kind in ((lines, "line_items"), (table, "table")):
            self._draft.named(concept, kind, title, title_ja)
        element = self._draft.profile.document.context_element
        self._draft.arc(ALL, role, lines, table, context_element=element, closed=True)
        for order, axis in enumerate(axes, start=1):
            name_of_axis = binding.pair_axis if axis is None else axis.axis
            self._draft.arc(HYPERCUBE_DIMENSION, role, table, name_of_axis, order)
            if isinstance(axis, ExplicitDimension):
                self._draft.arc(DIMENSION_DOMAIN, role, axis.axis, self._draft.standard(axis.member))
            elif axis is not None and axis.typed_domain is None:
                self._domains.explicit(axis, role)
            elif axis is None and binding.has_open_pairs:
                head, uri = self._domains.pair_domain(binding.pair_axis)
                self._draft.arc(DIMENSION_DOMAIN, role, binding.pair_axis, head, target_role=uri, usable=False)
        for order, concept in enumerate(dict.fromkeys(bound.concept for bound in options), start=1):
            self._draft.arc(DOMAIN_MEMBER, role, lines, concept, order)


def _cubes(binding: Binding, options: Sequence[BoundOption]) -> Iterator[_Cube]:
    """The concepts of a class by the axes their facts have."""
    by_axes: dict[tuple[bool, tuple[ExplicitDimension, ...]], list[BoundOption]] = {}
    for bound in sorted(options, key=binding.carries_pair_axis):
        by_axes.setdefault((binding.carries_pair_axis(bound), bound.dimensions), []).append(bound)
    for (paired, fixed), found in by_axes.items():
        yield _Cube((*binding.axes, *fixed, *((None,) if paired else ())), tuple(found))
