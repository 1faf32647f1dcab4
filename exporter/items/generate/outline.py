"""What report item classes a taxonomy gives: for each role of the presentation its line items as fields, its axes as
dimensions. Roles that have hypercubes and are not presented give classes too.

Line items of one role that have different axes go to different classes. Where a role has line items of both period
types, the instants are reported at the end of the item's duration, unless classes are to be split by period type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cached_property
from itertools import chain
from typing import Final

from attrs import define, field, frozen

from exporter.items.generate.names import (
    RESERVED_FIELDS,
    UniqueNames,
    camel_name,
    domain_value_type,
    is_reportable,
    listed_values,
    plain_title,
    snake_name,
    value_type,
)
from exporter.model.qname import QName
from exporter.model.standard_types import PeriodType
from exporter.taxonomy.concepts import DOCUMENTATION, Concept
from exporter.taxonomy.networks import PARENT_CHILD
from exporter.taxonomy.search import words_of_name
from exporter.taxonomy.taxonomy import Axis, Taxonomy

_RESERVED_CLASSES: Final = ("ex", "dt", "Path", "PROFILE")


@frozen(kw_only=True)
class ValueOutline:
    """A value of an enumeration: its constant, its text in items, its labels, and what facts hold for it.

    ``member`` is the standard member or, for the value of a concept, ``text`` the text of the fact.
    """

    constant: str
    value: str
    label: str
    label_ja: str | None = None
    member: QName | None = None
    text: str | None = None


@frozen(kw_only=True)
class EnumerationOutline:
    name: str
    title: str
    values: tuple[ValueOutline, ...]


@frozen(kw_only=True)
class FieldOutline:
    """A field: the standard concept it reports, its Python type, and the name it has in the declaration."""

    name: str
    concept: Concept
    declared: str
    annotation: str
    enumeration: EnumerationOutline | None = None
    label: str | None = None
    label_ja: str | None = None
    documentation: str | None = None


@frozen(kw_only=True)
class AxisOutline:
    """A dimension: the standard axis, its members or the type of its values; ``optional`` where it has a default."""

    name: str
    axis: QName
    declared: str
    annotation: str
    optional: bool
    enumeration: EnumerationOutline | None = None
    default: QName | None = None
    typed_domain: QName | None = None
    label: str | None = None
    label_ja: str | None = None


@frozen(kw_only=True)
class ClassOutline:
    """A report item class. ``period`` is the kind of the item's period."""

    name: str
    title: str
    title_ja: str | None = None
    role: str
    period: PeriodType
    fields: tuple[FieldOutline, ...]
    axes: tuple[AxisOutline, ...] = ()


@frozen(kw_only=True)
class ModuleOutline:
    """All classes and enumerations, and why concepts of the chosen roles are in no class."""

    taxonomy: Taxonomy
    classes: tuple[ClassOutline, ...]
    enumerations: tuple[EnumerationOutline, ...]
    left_out: Mapping[str, tuple[QName, ...]] = field(factory=dict)


def derive_outline(
    taxonomy: Taxonomy, *, roles: Sequence[str] = (), concepts: Sequence[str] = (), split_periods: bool = False
) -> ModuleOutline:
    """The classes that a taxonomy gives, in order of its roles.

    Args:
        roles: patterns (``*``, ``?``) of role URIs or definitions; all by default. Case does not count.
        concepts: patterns of local names or of ``prefix:name``; all by default.
        split_periods: whether instants and durations of one role go to two classes.
    """
    return _Deriving(taxonomy, _fits(roles), _fits(concepts), split_periods).outline()


def _fits(patterns: Sequence[str]) -> Callable[..., bool]:
    lowered = [pattern.lower() for pattern in patterns]

    def fits(*texts: str) -> bool:
        return not lowered or any(fnmatchcase(text.lower(), pattern) for text in texts for pattern in lowered)

    return fits


@define(eq=False)
class _Deriving:
    taxonomy: Taxonomy
    role_fits: Callable[..., bool]
    concept_fits: Callable[..., bool]
    split_periods: bool
    names: UniqueNames = field(factory=lambda: UniqueNames.without(_RESERVED_CLASSES))
    enumerations: dict[object, EnumerationOutline] = field(factory=dict)
    left_out: dict[str, dict[QName, None]] = field(factory=dict)

    def outline(self) -> ModuleOutline:
        classes: list[ClassOutline] = []
        for role, title in self._titles.items():
            classes += self._classes(role, title)
        used = {member.annotation for outline in classes for member in outline.fields}
        used |= {member.annotation for outline in classes for member in outline.axes}
        return ModuleOutline(
            taxonomy=self.taxonomy,
            classes=tuple(classes),
            enumerations=tuple(enumeration for enumeration in self.enumerations.values() if enumeration.name in used),
            left_out={reason: tuple(names) for reason, names in self.left_out.items()},
        )

    def _leave_out(self, name: QName, reason: str) -> None:
        self.left_out.setdefault(reason, {})[name] = None

    @cached_property
    def _titles(self) -> Mapping[str, str]:
        """The roles that fit, each with its title."""
        titles: dict[str, str] = {}
        for role in dict.fromkeys([*self.taxonomy.roles_of(PARENT_CHILD), *self._cubes]):
            definition = self.taxonomy.definition(role)
            if self.role_fits(role, definition):
                place = words_of_name(role.rstrip("/").rpartition("/")[2])
                titles[role] = plain_title(definition) if definition else place
        return titles

    # --- classes -----------------------------------------------------------------------------------------------------

    def _classes(self, role: str, title: str) -> Iterator[ClassOutline]:
        groups: dict[tuple[QName, ...], tuple[Sequence[Axis], list[Concept]]] = {}
        for concept in self._line_items(role):
            axes = self._cubes.get(role, {}).get(concept.qname, ())
            groups.setdefault(tuple(axis.dimension for axis in axes), (axes, []))[1].append(concept)
        for cut_by, concepts in groups.values():
            for period, chosen in self._by_period(concepts):
                suffix = (
                    "AtInstant" if self.split_periods and period == "instant" and len(chosen) < len(concepts) else ""
                )
                made = self._class(role, title, suffix, period, chosen, cut_by)
                if made is not None:
                    yield made

    def _by_period(self, concepts: list[Concept]) -> Iterator[tuple[PeriodType, list[Concept]]]:
        kinds = {concept.period_type for concept in concepts}
        if self.split_periods or len(kinds) == 1:
            for kind in ("duration", "instant"):
                if chosen := [concept for concept in concepts if concept.period_type == kind]:
                    yield kind, chosen
        else:
            yield "duration", concepts

    def _line_items(self, role: str) -> Iterator[Concept]:
        """What the role has and facts report, in the order of its presentation, each once."""
        network = self.taxonomy.network(PARENT_CHILD, role)
        names = chain.from_iterable(
            chain([root], (arc.target for _, arc in network.walk(root))) for root in network.roots
        )
        for name in dict.fromkeys(names if len(network) else self._ordered(frozenset(self._cubes.get(role, ())))):
            concept = self.taxonomy.concept(name)
            if (
                concept is not None
                and is_reportable(concept)
                and self.concept_fits(name.local_name, f"{name.prefix}:{name.local_name}")
            ):
                yield concept

    def _class(
        self,
        role: str,
        title: str,
        suffix: str,
        period: PeriodType,
        concepts: list[Concept],
        axes: Sequence[Axis],
    ) -> ClassOutline | None:
        names, declared, axis_names = UniqueNames.without(RESERVED_FIELDS), UniqueNames.without(), UniqueNames.without()
        if any(_is_unheld(self.taxonomy, axis) for axis in axes):
            for concept in concepts:
                self._leave_out(concept.qname, "an axis whose values items do not hold")
            return None
        dimensions = [dimension for axis in axes if (dimension := self._axis(axis, names, axis_names)) is not None]
        fields = [field for concept in concepts if (field := self._field(concept, names, declared)) is not None]
        if not fields:
            return None
        if not any(field.concept.period_type == period for field in fields):
            period = "instant"
        return ClassOutline(
            name=self.names.take(camel_name(title, "Item") + suffix),
            title=title + (" (at an instant)" if suffix else ""),
            role=role,
            period=period,
            fields=tuple(fields),
            axes=tuple(dimensions),
        )

    # --- fields ------------------------------------------------------------------------------------------------------

    def _field(self, concept: Concept, names: UniqueNames, declared: UniqueNames) -> FieldOutline | None:
        datatype, name = concept.datatype, concept.qname
        if datatype is None or concept.period_type is None:
            self._leave_out(name, "a type that is not known")
            return None
        enumeration = self._values_of(concept)
        annotation = enumeration.name if enumeration is not None else value_type(datatype)
        if annotation is None:
            self._leave_out(name, f"the type {datatype.standard}")
            return None
        return FieldOutline(
            name=names.take(snake_name(name.local_name, "item"), "_"),
            concept=concept,
            declared=declared.take(camel_name(name.local_name, "Item")),
            annotation=annotation,
            enumeration=enumeration,
            label=self._label(name),
            label_ja=self._label(name, "ja"),
            documentation=self.taxonomy.label(name, role=DOCUMENTATION),
        )

    def _label(self, name: QName, language: str = "en") -> str | None:
        text = self.taxonomy.label(name, language=language)
        return " ".join(text.split()) or None if text is not None else None

    def _values_of(self, concept: Concept) -> EnumerationOutline | None:
        """The enumeration of a concept that allows some values only."""
        assert concept.datatype is not None
        if concept.datatype.base == "enumeration":
            members = self._ordered(self.taxonomy.enumeration_values(concept))
            title = concept.enumeration.domain.local_name if concept.enumeration is not None else ""
            texts = {member: f"{member.namespace}#{member.local_name}" for member in members}
            return self._enumeration(title, members, texts) if members else None
        listed = listed_values(concept.datatype)
        if not listed:
            return None
        key = (concept.datatype.name, listed)
        if key not in self.enumerations:
            title = concept.datatype.name.local_name.removesuffix("Type").removesuffix("Item")
            constants = UniqueNames.without()
            values = []
            for text in listed:
                snake = constants.take(snake_name(text, "n"), "_")
                label = " ".join(text.split()) or "(empty)"
                values.append(ValueOutline(constant=snake.upper(), value=snake, label=label, text=text))
            self.enumerations[key] = self._named(title, values)
        return self.enumerations[key]

    # --- axes --------------------------------------------------------------------------------------------------------

    @cached_property
    def _cubes(self) -> Mapping[str, Mapping[QName, tuple[Axis, ...]]]:
        """By role, the axes of each primary item."""
        cubes: dict[str, dict[QName, dict[QName, Axis]]] = {}
        for cube in self.taxonomy.hypercubes():
            if not cube.excluded:
                of_role = cubes.setdefault(cube.role, {})
                for name in cube.primary_items:
                    axes = of_role.setdefault(name, {})
                    for axis in cube.axes:
                        axes.setdefault(axis.dimension, axis)
        return {role: {name: tuple(axes.values()) for name, axes in items.items()} for role, items in cubes.items()}

    def _axis(self, axis: Axis, names: UniqueNames, axis_names: UniqueNames) -> AxisOutline | None:
        """The dimension; ``None`` where an explicit axis has no member but its default."""
        local = axis.dimension.local_name
        base = local.removesuffix("Axis").removesuffix("Dimension") or local
        enumeration = None
        if axis.typed_domain is None:
            members = self._ordered(self._members[axis.dimension])
            if not axis.members - {axis.default}:
                return None
            enumeration = self._enumeration(base, members, {})
        annotation = enumeration.name if enumeration is not None else _domain_annotation(self.taxonomy, axis)
        return AxisOutline(
            name=names.take(snake_name(base, "axis"), "_"),
            axis=axis.dimension,
            declared=axis_names.take(camel_name(base, "Axis")),
            annotation=annotation or "str",
            optional=axis.typed_domain is None and axis.default is not None,
            enumeration=enumeration,
            default=axis.default if axis.typed_domain is None else None,
            typed_domain=axis.typed_domain,
            label=_without_kind(self._label(axis.dimension)),
            label_ja=_without_kind(self._label(axis.dimension, "ja")),
        )

    @cached_property
    def _members(self) -> Mapping[QName, frozenset[QName]]:
        """By explicit axis, the members it has anywhere, its default left out; so that an axis has one enumeration."""
        members_of: dict[QName, set[QName]] = {}
        for of_role in self._cubes.values():
            for axis in {id(axis): axis for axes in of_role.values() for axis in axes}.values():
                members_of.setdefault(axis.dimension, set()).update(axis.members - {axis.default})
        return {name: frozenset(members) for name, members in members_of.items()}

    @cached_property
    def _places(self) -> Mapping[QName, int]:
        return {concept.qname: place for place, concept in enumerate(self.taxonomy.concepts)}

    def _ordered(self, members: frozenset[QName]) -> tuple[QName, ...]:
        return tuple(sorted(members, key=lambda name: (self._places.get(name, -1), name.sort_key)))

    def _enumeration(self, title: str, members: tuple[QName, ...], texts: Mapping[QName, str]) -> EnumerationOutline:
        key = (title, members, bool(texts))
        if key not in self.enumerations:
            constants = UniqueNames.without()
            values = []
            for member in members:
                snake = constants.take(snake_name(member.local_name.removesuffix("Member"), "n"), "_")
                label = _without_kind(self._label(member)) or words_of_name(member.local_name)
                values.append(
                    ValueOutline(
                        constant=snake.upper(),
                        value=snake,
                        label=label,
                        label_ja=_without_kind(self._label(member, "ja")),
                        member=None if texts else member,
                        text=texts.get(member),
                    )
                )
            self.enumerations[key] = self._named(title, values)
        return self.enumerations[key]

    def _named(self, title: str, values: Sequence[ValueOutline]) -> EnumerationOutline:
        base = camel_name(title.removesuffix("Domain") or title, "Values")
        of_classes = {camel_name(class_title, "Item").lower() for class_title in self._titles.values()}
        return EnumerationOutline(
            name=self.names.take(f"{base}Value" if base.lower() in of_classes else base),
            title=" ".join(words_of_name(base).split()),
            values=tuple(values),
        )


def _domain_annotation(taxonomy: Taxonomy, axis: Axis) -> str | None:
    domain = taxonomy.typed_domain(axis.typed_domain) if axis.typed_domain is not None else None
    return domain_value_type(domain.datatype) if domain is not None else None


def _is_unheld(taxonomy: Taxonomy, axis: Axis) -> bool:
    """Whether a typed axis has values that are no single text."""
    return axis.typed_domain is not None and _domain_annotation(taxonomy, axis) is None


def _without_kind(label: str | None) -> str | None:
    """A label without the kind in brackets at its end."""
    if label is None:
        return None
    start = label.rfind("[")
    return (label[:start].rstrip() or label) if start > 0 and label.endswith("]") else label
