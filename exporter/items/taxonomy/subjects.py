"""Subjects: what one group of the presentation shows, with the axes that all of its line items have in common.

An item class is a subject; classes that say they belong to a subject (the cover page) make one together. Only what
facts use is in a subject: the concepts reported, the axes they are cut by, and the members on these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import Factory, define, field, frozen

from exporter.items.bind import Binding, Used
from exporter.items.bound import BoundAxis, BoundConcept
from exporter.items.declarations import Part, words
from exporter.items.labels import Labels
from exporter.model.dimensions import ExplicitDimension
from exporter.model.qname import QName

_PARTS: Final[tuple[Part, ...]] = ("cover", "statement", "note", "schedule", "details")
_KINDS: Final[Mapping[Part, tuple[str, str]]] = {
    "cover": ("Document", ""),
    "statement": ("Statement", ""),
    "note": ("Disclosure", ""),
    "schedule": ("Schedule", ""),
    "details": ("Disclosure", " (Details)"),
}
"""How the definition of a role names the part of the document, and what it adds to the title."""
_TEXT_BLOCKS: Final = frozenset({"textBlockItemType", "escapedItemType"})
_SECTION: Final = re.compile(r"([0-9]++)(.*)", re.DOTALL)


@define(eq=False)
class SubjectAxis:
    """An axis of a subject: the ``members`` that facts have on it, and whether every fact has a value there.

    ``bound`` is the axis of a class; there is none where a profile gives the concept a member, or for currency pairs.
    """

    axis: QName
    bound: BoundAxis | None = None
    members: dict[QName, None] = Factory(dict)
    is_everywhere: bool = True

    @property
    def is_typed(self) -> bool:
        return self.bound is not None and self.bound.typed_domain is not None


@frozen
class LineItem:
    """A concept that a class reports."""

    binding: Binding
    bound: BoundConcept


@frozen(kw_only=True, eq=False)
class Subject:
    """One group of the presentation: its name, its labels, where it stands, its line items and their axes.

    ``number`` is its place among all, in the order of the form.
    """

    name: str
    labels: Labels
    part: Part
    number: int
    lines: tuple[LineItem, ...]
    axes: tuple[SubjectAxis, ...] = field(repr=False)

    @property
    def definition(self) -> str:
        """The definition of its link role: number, kind and title."""
        kind, ending = _KINDS[self.part]
        title = " ".join((self.labels.standard or words(self.name)).split())
        return f"{self.number:06d} - {kind} - {title}{ending}"


def subjects_of(bindings: Iterable[Binding], uses: Iterable[Used] | None) -> tuple[Subject, ...]:
    """The subjects of item classes in the order of the form: the cover, statements, notes, schedules, details.

    Args:
        uses: the concepts that facts report; where not given, every concept of the classes counts as reported.
    """
    bindings = tuple(bindings)
    declared = {bound: Used(binding=binding, bound=bound) for binding in bindings for bound in binding.readable}
    order = {bound: index for index, bound in enumerate(declared)}
    lines: dict[str, list[Used]] = {}
    every = (used for bound, used in declared.items() if bound in used.binding.concepts)
    for used in sorted(every if uses is None else uses, key=lambda used: order[used.bound]):
        lines.setdefault(_name(used.binding), []).append(used)
    axes = _declared_axes if uses is None else _reported_axes
    drafts = sorted(
        (_part(reported), _section(reported), index, name) for index, (name, reported) in enumerate(lines.items())
    )
    return tuple(
        Subject(
            name=name,
            labels=_labels(lines[name][0].binding),
            part=_PARTS[part],
            number=number,
            lines=tuple(LineItem(used.binding, used.bound) for used in lines[name]),
            axes=tuple(axes(lines[name])),
        )
        for number, (part, _, _, name) in enumerate(drafts, start=1)
    )


def _name(binding: Binding) -> str:
    heading = binding.spec.options.heading
    return heading.name if heading is not None else binding.spec.name


def _labels(binding: Binding) -> Labels:
    heading = binding.spec.options.heading
    return heading.labels if heading is not None else binding.spec.options.labels


def _part(reported: list[Used]) -> int:
    declared = reported[0].binding.spec.options.part
    if declared is None:
        is_text = all(used.bound.spec.item_type in _TEXT_BLOCKS for used in reported)
        declared = "note" if is_text else "details"
    return _PARTS.index(declared)


def _section(reported: list[Used]) -> tuple[int, str]:
    """Where the form asks for it; what it does not ask for comes last."""
    match = _SECTION.fullmatch(reported[0].binding.spec.options.section or "")
    return (int(match[1]), match[2]) if match else (1000, "")


def _axes_of_classes(lines: Iterable[Used]) -> dict[QName, SubjectAxis]:
    """The axes of the classes and those that a profile adds, in the order in which they are declared."""
    lines = tuple(lines)
    axes: dict[QName, SubjectAxis] = {}
    for binding in dict.fromkeys(used.binding for used in lines):
        for bound in binding.axes:
            axes.setdefault(bound.axis, SubjectAxis(bound.axis, bound))
    for fixed in (dimension for used in lines for dimension in used.bound.dimensions):
        axes.setdefault(fixed.axis, SubjectAxis(fixed.axis))
    for used in lines:
        if used.binding.carries_pair_axis(used.bound):
            axes.setdefault(used.binding.pair_axis, SubjectAxis(used.binding.pair_axis))
    return axes


def _reported_axes(lines: Iterable[Used]) -> Iterator[SubjectAxis]:
    """The axes that facts have values on, with the members they have there."""
    lines = tuple(lines)
    combinations = [dimensions for used in lines for dimensions in used.dimensions]
    counts: dict[QName, int] = {}
    axes = _axes_of_classes(lines)
    for dimension in (dimension for dimensions in combinations for dimension in dimensions):
        counts[dimension.axis] = counts.get(dimension.axis, 0) + 1
        if isinstance(dimension, ExplicitDimension):
            axes[dimension.axis].members[dimension.member] = None
    for axis in axes.values():
        if axis.axis in counts:
            axis.is_everywhere = counts[axis.axis] == len(combinations)
            yield axis


def _declared_axes(lines: Iterable[Used]) -> Iterator[SubjectAxis]:
    """The axes that facts of the classes may have values on, with all members that are declared."""
    lines = tuple(lines)
    bindings = tuple(dict.fromkeys(used.binding for used in lines))
    for axis in _axes_of_classes(lines).values():
        bound = axis.bound
        if bound is not None:
            namespace = bindings[0].namespace
            dimensions = [bound.dimension(value, namespace) for value in bound.enumeration or ()]
            members = [each.member for each in dimensions if isinstance(each, ExplicitDimension)]
            axis.members = dict.fromkeys(members or bound.members.values())
            axis.is_everywhere = not bound.optional and all(
                any(other.axis == axis.axis for other in binding.axes) for binding in bindings
            )
        for used in lines:
            fixed = (dimension for dimension in used.bound.dimensions if dimension.axis == axis.axis)
            axis.members |= {dimension.member: None for dimension in fixed}
        yield axis
