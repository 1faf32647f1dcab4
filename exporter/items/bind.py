"""An item class bound to a namespace: which concept each field reports, in which context and with which sign.

Period type, balance and data type belong to the bound concept; period, sign and unit belong to the item. Binding joins
them once for each class, so that items become facts, and facts items, without looking at declarations again.

A profile puts standard concepts and axes in the place of the filing's own. A value that a standard concept cannot take
is reported with a concept of the filing's own all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import Factory, define, evolve, field, frozen

from exporter.errors import DeclarationError
from exporter.findings import Location
from exporter.items.axes import (
    NAME_PART,
    OpenMembers,
    axis_values,
    bind_axis,
    bind_list_axis,
    member_name_specs,
    pair_member,
    parse_pair_member,
    period_start_spec,
    taken_names,
)
from exporter.items.bound import (
    CURRENCY_PAIR_AXIS,
    OWN,
    BoundAxis,
    BoundConcept,
    Namespace,
    fitting_concept,
)
from exporter.items.codecs import INTEGER
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import (
    ConceptDeclaration,
    DimensionDeclaration,
    LanguageDeclaration,
    NotesDeclaration,
    PeriodDeclaration,
    RowsDeclaration,
    SelectorDeclaration,
    UnitDeclaration,
)
from exporter.items.fields import ConceptSpec, FieldSpec
from exporter.items.values import CurrencyPair, Month, Rate, Unknown
from exporter.model.dimensions import Dimension, ExplicitDimension
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.standard_types import PeriodType, standard_type
from exporter.profiles.profile import Gap, Profile, ProfileConcept


@frozen(kw_only=True, eq=False)
class Binding:
    """One item class in one namespace, as a profile reports it; made with `of`.

    ``misfits`` say why standard concepts that the profile gives are not used.
    """

    spec: ItemSpec
    namespace: Namespace
    profile: Profile
    without: frozenset[tuple[str, str]]
    concepts: tuple[BoundConcept, ...]
    axes: tuple[BoundAxis, ...]
    misfits: tuple[str, ...]
    by_field: dict[tuple[str, str | None], tuple[BoundConcept, ...]] = field(repr=False)
    fact_fields: tuple[str, ...] = field(repr=False)
    selectors: tuple[str, ...]
    period_field: str | None
    unit_field: str | None
    language_field: str | None
    notes_field: str | None
    rows_field: str | None
    _choices: dict[tuple[Any, ...], BoundConcept] = field(init=False, factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        spec: ItemSpec,
        namespace: Namespace,
        profile: Profile = OWN,
        *,
        open_members: OpenMembers | None = None,
        without: frozenset[tuple[str, str]] = frozenset(),
    ) -> Binding:
        """Bind a class.

        Args:
            open_members: the members that values on open axes become.
            without: classes and concepts of theirs that are reported in the filing's own namespace all the same.

        Raises:
            DeclarationError: a concept's type does not hold the values of its field.
        """
        axes = tuple(
            bind_axis(dimension, spec.name, namespace, profile, open_members)
            for dimension in spec.declared(DimensionDeclaration)
        )
        binder = _ConceptBinder(spec, namespace, profile, axes, without, open_members)
        concepts = tuple(binder.bind(owner, concept) for owner in spec.fields for concept in owner.concepts)
        for axis in axes:
            if axis.is_open and spec.concepts:  # concepts that name the members
                concepts += tuple(
                    binder.bind(axis.field, named) for named in member_name_specs(axis, spec.period_kinds)
                )
        by_field: dict[tuple[str, str | None], list[BoundConcept]] = {}
        for bound in concepts:
            by_field.setdefault((bound.field, bound.spec.part), []).append(bound)
        return cls(
            spec=spec,
            namespace=namespace,
            profile=profile,
            without=without,
            concepts=concepts,
            axes=axes,
            misfits=tuple(binder.misfits),
            by_field={key: tuple(bound) for key, bound in by_field.items()},
            fact_fields=tuple(
                field_spec.name
                for field_spec in spec.declared(ConceptDeclaration, PeriodDeclaration)
                if (field_spec.name, None) in by_field
            ),
            selectors=tuple(selector.name for selector in spec.declared(SelectorDeclaration)),
            period_field=spec.name_of(PeriodDeclaration),
            unit_field=spec.name_of(UnitDeclaration),
            language_field=spec.name_of(LanguageDeclaration),
            notes_field=spec.name_of(NotesDeclaration),
            rows_field=spec.name_of(RowsDeclaration),
        )

    @property
    def readable(self) -> Iterator[BoundConcept]:
        """Every concept that a fact of the class may have: those of `concepts` and those in their place."""
        for bound in self.concepts:
            yield bound
            if bound.fallback is not None:
                yield bound.fallback
            if bound.period_start is not None:
                yield bound.period_start

    @property
    def pair_axis(self) -> QName:
        return self.namespace.name(CURRENCY_PAIR_AXIS)

    def pair_dimension(self, pair: CurrencyPair) -> Dimension:
        """The currency pair on its axis."""
        return ExplicitDimension(self.pair_axis, self.namespace.name(pair_member(pair.quote, pair.base)))

    def pair_of(self, dimension: Dimension | None) -> tuple[str, str] | None:
        """Quote and base of a currency pair on its axis."""
        if isinstance(dimension, ExplicitDimension):
            return parse_pair_member(dimension.member.local_name)
        value = dimension.value if dimension is not None else None
        quote, slash, base = value.partition("/") if value is not None else ("", "", "")
        return (quote, base) if slash else None

    def carries_pair_axis(self, bound: BoundConcept) -> bool:
        """Whether facts of the option name the currency pair on an axis: those whose unit does not say it."""
        return self.unit_field is not None and (bound.codec.python_type is not Rate or bound.pure)

    # --- one item -------------------------------------------------------------------------------------------------

    def period(self, item: Any) -> Instant | Duration:
        """The item's period."""
        return period_of(getattr(item, self.period_field or ""))

    def dimensions(self, item: Any) -> tuple[Dimension, ...]:
        return tuple(
            axis.dimension(value, self.namespace)
            for axis in self.axes
            if (value := getattr(item, axis.field.name)) is not None
        )

    def pair(self, item: Any) -> CurrencyPair | None:
        """The currency pair of the item's rates."""
        return getattr(item, self.unit_field) if self.unit_field else None

    def language(self, item: Any) -> str | None:
        """The language of the item's texts; ``None`` is the filing's own."""
        return getattr(item, self.language_field) if self.language_field else None

    def choose(
        self, name: str, part: str | None, value_type: type, kind: PeriodType, selected: tuple[Any, ...]
    ) -> BoundConcept:
        """The option that reports a value of a field, or of its ``part``; ``selected`` are the values of selectors."""
        key = (name, part, value_type, kind, selected)
        bound = self._choices.get(key)
        if bound is not None:
            return bound
        chosen = dict(zip(self.selectors, selected, strict=True))
        fitting = [
            bound
            for bound in self.by_field[name, part]
            if all(chosen.get(selector) == value for selector, value in bound.spec.when)
            and (value_type in (Unknown, tuple) or bound.codec.python_type is value_type)
            and (bound.spec.period_type == kind or kind == "duration")
        ]
        own = [bound for bound in fitting if bound.spec.period_type == kind]
        if not fitting:
            raise DeclarationError(
                f"{self.spec.name}.{name}: no concept for a value of type {value_type.__name__} in a period of kind "
                f"{kind} with {chosen}"
            )
        self._choices[key] = (own or fitting)[0]
        return self._choices[key]


def period_of(value: Any) -> Instant | Duration:
    """The period that the value of a period field stands for; that of a day or a month is its length."""
    if isinstance(value, Instant | Duration):
        return value
    return value.duration if isinstance(value, Month) else Duration.day(value)


@define(eq=False)
class _ConceptBinder:
    """Binds the concepts of one class; ``misfits`` say why standard ones are not used."""

    spec: ItemSpec
    namespace: Namespace
    profile: Profile
    axes: tuple[BoundAxis, ...]
    without: frozenset[tuple[str, str]]
    open_members: OpenMembers | None
    misfits: list[str] = field(factory=list, init=False)
    _list_axes: dict[str, BoundAxis] = field(factory=dict, init=False)
    _taken: dict[tuple[QName, Any], BoundConcept] = field(factory=dict, init=False)

    def bind(self, field_spec: FieldSpec, spec: ConceptSpec) -> BoundConcept:
        """The standard concept of the profile, where there is one that fits, else the filing's own."""
        own = self._own(field_spec, spec)
        if not self.profile.is_standard or (self.spec.name, spec.name) in self.without:
            return own
        fitting = self._axis_name(own) or fitting_concept(self.profile, self.spec.name, field_spec, spec)
        if isinstance(fitting, ProfileConcept):
            standard = self._standard(own, fitting)
            first = self._taken.setdefault((standard.concept, standard.dimensions), standard)
            if (first.field, first.spec.when) == (standard.field, spec.when):
                return standard
            fitting = f"{fitting.concept} is what {first.field} reports; a fact would not tell the two apart"
        if fitting is not None:
            self.misfits.append(f"{self.spec.name}.{field_spec.name}: {fitting}")
        return own

    def _own(self, field_spec: FieldSpec, spec: ConceptSpec) -> BoundConcept:
        datatype = standard_type(spec.item_type)
        if datatype.is_numeric != spec.codec.is_number and spec.codec is not INTEGER:
            raise DeclarationError(
                f"{self.spec.name}.{field_spec.name}: values of type {spec.codec.python_type.__name__} are not "
                f"reported as {spec.item_type}"
            )
        given = self.profile.binding(self.spec.name, field_spec.name, spec.name, spec.part)
        local_name = given.name if isinstance(given, Gap) else None
        if isinstance(given, ProfileConcept) and given.concept.local_name == spec.name:
            local_name = f"{spec.name}AsStated"  # the name is taken
        return BoundConcept(
            field=field_spec.name,
            spec=spec,
            concept=self.namespace.name(local_name or self.profile.own_name(spec.name)),
            datatype=self.profile.document.extension.item_type(datatype),
            inverted=spec.inverted,
            at_edge=spec.period_type == "instant" and not spec.has_twin(field_spec.concepts, "duration"),
            period_type=spec.period_type,
            own_period=spec.own_period,
            balance=spec.balance,
            members=self.namespace.uri,
            names=self.profile.names,
            tagged=self.profile.tagging.tags(self.spec.name, field_spec.name, spec.part),
            lines=spec.part is None and field_spec.many and not field_spec.is_list,
            list_axis=self._list_axis(field_spec) if spec.part is None and field_spec.is_list else None,
        )

    def _list_axis(self, field_spec: FieldSpec) -> BoundAxis:
        """The axis of a field of several values, which all its concepts share."""
        axis = self._list_axes.get(field_spec.name)
        if axis is None:
            axis = bind_list_axis(field_spec, self.namespace, self.profile, self.open_members)
            self._list_axes[field_spec.name] = axis
        return axis

    def _period_start(self, own: BoundConcept, period: FieldSpec) -> BoundConcept:
        return evolve(self._own(period, period_start_spec(own.spec)), tagged=self.profile.tagging.first_days)

    def _axis_name(self, own: BoundConcept) -> ProfileConcept | None:
        """The standard concept that names the member of a standard axis."""
        axis = next((axis for axis in self.axes if axis.field.name == own.field), None)
        concept = axis.standard.name_concept if axis and axis.standard and own.spec.part == NAME_PART else None
        if concept is None or concept.period_type != own.period_type:
            return None
        return ProfileConcept(concept=concept)

    def _standard(self, own: BoundConcept, profile_concept: ProfileConcept) -> BoundConcept:
        concept, kinds, profile = profile_concept.concept, self.spec.period_kinds, self.profile
        moved = own.own_period and concept.period_type not in kinds
        period = self.spec.only(PeriodDeclaration)
        return BoundConcept(
            field=own.field,
            spec=own.spec,
            concept=profile.qname(str(concept)),
            datatype=standard_type(concept.item_type),
            inverted=profile_concept.sign == "inverted",
            at_edge=moved or own.at_edge,
            period_type=concept.period_type,
            own_period=concept.period_type in kinds,
            balance=concept.balance,
            members=own.members,
            lines=own.lines,
            list_axis=own.list_axis,
            standard=concept,
            pure=profile_concept.unit == "pure",
            dimensions=tuple(
                ExplicitDimension(profile.qname(axis), profile.qname(member))
                for axis, member in profile_concept.dimensions
            ),
            values=profile_concept.values,
            pattern=profile_concept.pattern,
            fallback=own,
            period_start=self._period_start(own, period) if moved and period else None,
        )


@frozen(kw_only=True)
class Used:
    """A concept that the items report: of which class's binding, where first, and how.

    ``dimensions`` are those that its facts have, each combination once; ``values`` the values of an enumeration.
    """

    binding: Binding
    bound: BoundConcept
    location: Location = Factory(Location)
    dimensions: tuple[tuple[Dimension, ...], ...] = ()
    values: tuple[str, ...] = ()


def bind(
    classes: Iterable[type[Any]],
    namespace: Namespace,
    profile: Profile = OWN,
    *,
    items: Iterable[Any] = (),
    without: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[Binding, ...]:
    """Bind item classes, and the classes of the rows they are made of, each once.

    Args:
        profile: which standard concepts and axes are used.
        items: those that are going to be reported; their values make the members of open axes.
        without: classes and concepts of theirs that are reported in the filing's own namespace all the same.

    Raises:
        DeclarationError: a class is declared wrongly.
    """
    specs: dict[type[Any], ItemSpec] = {}
    waiting = list(classes)
    while waiting:
        cls = waiting.pop(0)
        if cls in specs:
            continue
        specs[cls] = item_specification(cls)
        made_of = specs[cls].only(RowsDeclaration)
        waiting += made_of.types if made_of else ()
    has_open_members = profile.document.open_axes == "explicit"
    members = _open_members(specs.values(), namespace, profile, items) if has_open_members else None
    return tuple(Binding.of(spec, namespace, profile, open_members=members, without=without) for spec in specs.values())


def _open_members(
    specs: Iterable[ItemSpec], namespace: Namespace, profile: Profile, items: Iterable[Any]
) -> OpenMembers:
    members = OpenMembers(
        namespace.uri, namespace.prefix, taken_names(specs) | {*profile.names, *profile.names.values()}
    )
    axes: dict[tuple[str, str], BoundAxis] = {}
    for spec, name, value in axis_values(items):
        axis = axes.get((spec.name, name))
        if axis is None:
            field_spec = spec.field(name)
            if field_spec.is_list:
                axis = bind_list_axis(field_spec, namespace, profile, None)
            else:
                axis = bind_axis(field_spec, spec.name, namespace, profile, None)
            axes[spec.name, name] = axis
        if axis.is_open:
            members.add(axis.axis, axis.base, axis.codec.encode(value).text, axis.standard, profile)
    return members
