"""An item class bound to a namespace: which concept each field reports, in which context and with which sign.

Period type, balance and data type belong to the bound concept; period, sign and unit belong to the item. Binding joins
them once for each class, so that items become facts, and facts items, without looking at declarations again.

A profile puts standard concepts and axes in the place of the filing's own. A value that a standard concept cannot take
is reported with a concept of the filing's own all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve, field, frozen

from exporter.errors import DeclarationError
from exporter.items.axes import (
    NAME_PART,
    OpenMembers,
    axis_values,
    bind_axis,
    name_options,
    pair_member,
    parse_pair_member,
    period_start_option,
    taken_names,
)
from exporter.items.bound import (
    CURRENCY_PAIR_AXIS,
    OWN,
    BoundAxis,
    BoundOption,
    Namespace,
    StandardBinding,
    standard_binding,
)
from exporter.items.codec import Encoded
from exporter.items.codecs import INTEGER
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import (
    ConceptDeclaration,
    DimensionDeclaration,
    LanguageDeclaration,
    NotesDeclaration,
    PeriodDeclaration,
    PeriodType,
    RowsDeclaration,
    SelectorDeclaration,
    UnitDeclaration,
)
from exporter.items.fields import FactOption
from exporter.items.values import CurrencyPair, Month, Rate, Unknown
from exporter.model.dimensions import Dimension, ExplicitDimension, TypedDimension
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import Gap, Profile


@frozen(eq=False)
class Binding:
    """One item class in one namespace, as a profile reports it.

    ``misfits`` say why standard concepts that the profile gives are not used.
    """

    spec: ItemSpec
    namespace: Namespace
    profile: Profile = OWN
    open_members: OpenMembers | None = None
    without: frozenset[tuple[str, str]] = frozenset()
    options: tuple[BoundOption, ...] = field(init=False)
    axes: tuple[BoundAxis, ...] = field(init=False)
    misfits: tuple[str, ...] = field(init=False)
    _choices: dict[tuple[Any, ...], BoundOption] = field(init=False, factory=dict, repr=False)
    by_field: dict[tuple[str, str | None], tuple[BoundOption, ...]] = field(init=False, repr=False)
    fact_fields: tuple[str, ...] = field(init=False, repr=False)
    selectors: tuple[str, ...] = field(init=False)
    period_field: str | None = field(init=False)
    unit_field: str | None = field(init=False)
    language_field: str | None = field(init=False)
    notes_field: str | None = field(init=False)
    rows_field: str | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        def put(name: str, value: Any) -> None:
            object.__setattr__(self, name, value)

        spec = self.spec
        for name, kind in (
            ("period_field", PeriodDeclaration),
            ("unit_field", UnitDeclaration),
            ("language_field", LanguageDeclaration),
            ("notes_field", NotesDeclaration),
            ("rows_field", RowsDeclaration),
        ):
            found = spec.only(kind)
            put(name, found.name if found else None)
        put("selectors", tuple(each.name for each in spec.declared(SelectorDeclaration)))
        put("fact_fields", tuple(each.name for each in spec.declared(ConceptDeclaration, PeriodDeclaration)))
        put(
            "axes",
            tuple(
                bind_axis(each, spec.name, self.namespace, self.profile, self.open_members)
                for each in spec.declared(DimensionDeclaration)
            ),
        )
        facts = (
            *spec.facts,
            *(
                option
                for axis in self.axes
                if axis.is_open and spec.facts
                for option in name_options(axis, spec.period_kinds)
            ),
        )
        misfits: list[str] = []
        taken: dict[tuple[QName, Any], FactOption] = {}
        put("options", tuple(self._bind(option, taken, misfits) for option in facts))
        put("misfits", tuple(misfits))
        by_field: dict[tuple[str, str | None], list[BoundOption]] = {}
        for bound in self.options:
            by_field.setdefault((bound.option.field, bound.option.part), []).append(bound)
        put("by_field", {key: tuple(found) for key, found in by_field.items()})

    @property
    def readable(self) -> Iterator[BoundOption]:
        """Every concept that a fact of the class may have: those of `options` and those in their place."""
        for bound in self.options:
            yield bound
            if bound.own is not None:
                yield bound.own
            if bound.marker is not None:
                yield bound.marker

    def _bind(self, option: FactOption, taken: dict[tuple[QName, Any], FactOption], misfits: list[str]) -> BoundOption:
        own = self._own(option)
        if not self.profile.is_standard or (self.spec.name, option.name) in self.without:
            return own
        found = self._standard_axis_name(option) or standard_binding(self.profile, option, self.spec)
        if isinstance(found, StandardBinding):
            known = taken.setdefault((found.qname, found.dimensions), option)
            if known is not option and (known.field, known.when) != (option.field, option.when):
                found = f"{found.bound.concept} is what {known.field} reports; a fact would not tell the two apart"
        if isinstance(found, str):
            misfits.append(f"{self.spec.name}.{option.field}: {found}")
        return self._standard(own, found) if isinstance(found, StandardBinding) else own

    def _own(self, option: FactOption) -> BoundOption:
        """The option with a concept of the filing's own."""
        datatype = standard_type(option.item_type)
        if datatype.is_numeric != option.codec.is_number and option.codec is not INTEGER:
            raise DeclarationError(
                f"{self.spec.name}.{option.field}: values of type {option.codec.python_type.__name__} are not reported "
                f"as {option.item_type}"
            )
        return BoundOption(
            option=option,
            concept=self.namespace.name(self._own_name(option)),
            datatype=datatype,
            is_text=datatype.is_text,
            inverted=option.declared.sign == "inverted" and option.part is None,
            at_edge=option.period_type == "instant" and not self._has_duration_twin(option),
            period_type=option.period_type,
            own_period=option.own_period,
            balance=option.declared.balance if option.part is None else None,
        )

    def _own_name(self, option: FactOption) -> str:
        found = self.profile.binding(self.spec.name, option.field, option.name, option.part)
        if isinstance(found, Gap):
            return found.name or option.name
        return f"{option.name}AsStated" if found and found.concept.local_name == option.name else option.name

    def _standard_axis_name(self, option: FactOption) -> StandardBinding | None:
        """The standard concept that names the member of a standard axis."""
        axis = next((axis for axis in self.axes if axis.field.name == option.field), None)
        concept = axis.standard.name_concept if axis and axis.standard and option.part == NAME_PART else None
        if concept is None or concept.period_type != option.period_type:
            return None
        return StandardBinding.of(concept, self.profile)

    def _standard(self, own: BoundOption, found: StandardBinding) -> BoundOption:
        option, kinds = own.option, self.spec.period_kinds
        period_type = found.bound.concept.period_type
        moved = own.own_period and period_type not in kinds
        return evolve(
            own,
            concept=found.qname,
            datatype=found.datatype,
            is_text=found.datatype.is_text,
            inverted=found.bound.sign == "inverted",
            at_edge=moved or own.at_edge,
            period_type=period_type,
            own_period=period_type in kinds,
            balance=found.bound.concept.balance,
            standard=found,
            own=own,
            marker=self._marker(option) if moved else None,
        )

    def _marker(self, option: FactOption) -> BoundOption:
        """A fact that says the first day of the period of an item whose standard concepts all hold at an instant."""
        return self._own(period_start_option(option, self.period_field or ""))

    def _has_duration_twin(self, option: FactOption) -> bool:
        """Whether the same value of an item that lasts would be reported for its duration, not at its end."""
        return any(
            other.period_type == "duration"
            and (other.field, other.part, other.when) == (option.field, option.part, option.when)
            and other.codec.python_type is option.codec.python_type
            for other in self.spec.facts
        )

    @property
    def pair_axis(self) -> QName:
        return self.namespace.name(CURRENCY_PAIR_AXIS)

    @property
    def has_open_pairs(self) -> bool:
        """Whether currency pairs are members of an explicit axis, not values of a typed one."""
        return self.profile.document.open_axes == "explicit"

    def pair_dimension(self, pair: CurrencyPair) -> Dimension:
        """The currency pair on its axis."""
        if self.has_open_pairs:
            return ExplicitDimension(self.pair_axis, self.namespace.name(pair_member(pair.quote, pair.base)))
        return TypedDimension(self.pair_axis, f"{pair.quote}/{pair.base}")

    def pair_of(self, dimension: Dimension | None) -> tuple[str, str] | None:
        """Quote and base of a currency pair on its axis."""
        if isinstance(dimension, ExplicitDimension):
            return parse_pair_member(dimension.member.local_name)
        value = dimension.value if dimension is not None else None
        quote, slash, base = value.partition("/") if value is not None else ("", "", "")
        return (quote, base) if slash else None

    def carries_pair_axis(self, bound: BoundOption) -> bool:
        """Whether facts of the option name the currency pair on an axis: those whose unit does not say it."""
        return self.unit_field is not None and (bound.codec.python_type is not Rate or bound.is_pure)

    # --- one item -------------------------------------------------------------------------------------------------

    def period(self, item: Any) -> Instant | Duration:
        """The item's period."""
        value = getattr(item, self.period_field or "")
        if isinstance(value, Instant | Duration):
            return value
        return value.duration if isinstance(value, Month) else Duration.day(value)

    def dimensions(self, item: Any) -> tuple[Dimension, ...]:
        return tuple(
            axis.dimension(value, self.namespace)
            for axis in self.axes
            if (value := getattr(item, axis.field.name)) is not None
        )

    def pair(self, item: Any) -> CurrencyPair | None:
        return getattr(item, self.unit_field) if self.unit_field else None

    def choose(
        self, name: str, part: str | None, value_type: type, kind: PeriodType, selected: tuple[Any, ...]
    ) -> BoundOption:
        """The option that reports a value of a field, or of its ``part``; ``selected`` are the values of selectors."""
        key = (name, part, value_type, kind, selected)
        found = self._choices.get(key)
        if found is None:
            found = self._choices[key] = self._first_that_applies(name, part, value_type, kind, selected)
        return found

    def _first_that_applies(
        self, name: str, part: str | None, value_type: type, kind: PeriodType, selected: tuple[Any, ...]
    ) -> BoundOption:
        chosen = dict(zip(self.selectors, selected, strict=True))
        fitting = [
            bound
            for bound in self.by_field[name, part]
            if all(chosen.get(selector) == value for selector, value in bound.option.when)
            and (value_type in (Unknown, tuple) or bound.codec.python_type is value_type)
            and (bound.option.period_type == kind or kind == "duration")
        ]
        own = [bound for bound in fitting if bound.option.period_type == kind]
        if not fitting:
            raise DeclarationError(
                f"{self.spec.name}.{name}: no concept for a value of type {value_type.__name__} in a period of kind "
                f"{kind} with {chosen}"
            )
        return (own or fitting)[0]

    # --- the way back ----------------------------------------------------------------------------------------------

    def decode(self, bound: BoundOption, encoded: Encoded) -> Any:
        """The field's value from what a fact holds; the inverse of the encoding.

        Raises:
            ModelError: the field cannot hold it.
        """
        if self.spec.field(bound.option.field).many:
            return tuple(encoded.text.split("\n"))
        if bound.standard is not None and bound.standard.bound.values:
            return bound.codec.from_json(bound.standard.value_of(encoded.text))
        if bound.datatype.is_enumeration:
            encoded = Encoded(encoded.text.rpartition("#")[2])
        elif bound.inverted:
            encoded = encoded._replace(text=inverted(encoded.text))
        return bound.codec.decode(encoded)


def inverted(text: str) -> str:
    """A number with its sign turned; zero has none."""
    if not text.strip("-+0."):
        return text.lstrip("-+")
    return text[1:] if text.startswith("-") else "-" + text.lstrip("+")


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
    members = _open_members(specs.values(), namespace, profile, items)
    return tuple(Binding(spec, namespace, profile, members, without) for spec in specs.values())


def _open_members(
    specs: Iterable[ItemSpec], namespace: Namespace, profile: Profile, items: Iterable[Any]
) -> OpenMembers | None:
    if profile.document.open_axes != "explicit":
        return None
    members = OpenMembers(namespace.uri, namespace.prefix, taken_names(specs))
    axes: dict[tuple[str, str], BoundAxis] = {}
    for spec, name, value in axis_values(items):
        axis = axes.get((spec.name, name))
        if axis is None:
            found = {each.field.name: each for each in Binding(spec, namespace, profile).axes}
            axes |= {(spec.name, field_name): each for field_name, each in found.items()}
            axis = found[name]
        if axis.is_open:
            members.add(axis.axis, axis.base, axis.codec.encode(value).text, axis.standard, profile)
    return members
