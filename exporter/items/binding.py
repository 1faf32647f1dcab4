"""An item class bound to a namespace: which concept each field reports, in which context and with which sign.

Period type, balance and data type belong to the bound concept; period, sign and unit belong to the item. Binding joins
them once for each class, so that items become facts, and facts items, without looking at declarations again.

A profile puts standard concepts and axes in the place of the filing's own. A value that a standard concept cannot take
is reported with a concept of the filing's own all the same.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import evolve, field, frozen

from exporter.errors import DeclarationError
from exporter.items.bound import (
    CURRENCY_PAIR_AXIS,
    CURRENCY_PAIR_DOMAIN,
    OWN,
    BoundAxis,
    BoundOption,
    Namespace,
    Statement,
)
from exporter.items.codecs import INTEGER, STRING, Encoded, codec_for, format_identifier
from exporter.items.declaration import (
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
from exporter.items.enumeration import domain_name
from exporter.items.open_axes import (
    NAME_PART,
    OpenMembers,
    axis_values,
    pair_member,
    parse_pair_member,
    taken_names,
)
from exporter.items.specification import FactOption, FieldSpecification, ItemSpecification, item_specification
from exporter.items.standard_concepts import StandardBinding, standard_binding
from exporter.items.supplements import name_options, period_start_option
from exporter.items.values import CurrencyPair, EntityRef, InCurrency, Month, Rate, Unknown
from exporter.items.values.parties import EntityKind
from exporter.model.datatypes import DataType, standard_type
from exporter.model.dimensions import Dimension, ExplicitDimension, TypedDimension
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.namespaces import XSD
from exporter.profiles.profile import BoundAxis as StandardAxis
from exporter.profiles.profile import Gap, Profile

_XSD_STRING: Final = DataType(QName(XSD, "string", prefix="xs"), "string", "string")
_TYPED_BASES: Final[dict[type, DataType]] = {
    int: DataType(QName(XSD, "integer", prefix="xs"), "integer", "integer"),
    dt.date: DataType(QName(XSD, "date", prefix="xs"), "date", "date"),
    Month: DataType(QName(XSD, "gYearMonth", prefix="xs"), "gYearMonth", "gYearMonth"),
}


@frozen(eq=False)
class Binding:
    """One item class in one namespace, as a profile reports it.

    ``misfits`` say why standard concepts that the profile gives are not used.
    """

    spec: ItemSpecification
    namespace: Namespace
    profile: Profile = OWN
    open_members: OpenMembers | None = None
    without: frozenset[tuple[str, str]] = frozenset()
    options: tuple[BoundOption, ...] = field(init=False)
    axes: tuple[BoundAxis, ...] = field(init=False)
    misfits: tuple[str, ...] = field(init=False)
    _choices: dict[tuple[Any, ...], BoundOption] = field(init=False, factory=dict, repr=False)
    _by_field: dict[tuple[str, str | None], tuple[BoundOption, ...]] = field(init=False, repr=False)
    _fact_fields: tuple[str, ...] = field(init=False, repr=False)
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
        put("_fact_fields", tuple(each.name for each in spec.declared(ConceptDeclaration, PeriodDeclaration)))
        put("axes", tuple(self._axis(each) for each in spec.declared(DimensionDeclaration)))
        facts = (
            *spec.facts,
            *(option for axis in self.axes if axis.is_open for option in name_options(axis, spec.period_kinds)),
        )
        misfits: list[str] = []
        taken: dict[tuple[QName, Any], FactOption] = {}
        put("options", tuple(self._bind(option, taken, misfits) for option in facts))
        put("misfits", tuple(misfits))
        by_field: dict[tuple[str, str | None], list[BoundOption]] = {}
        for bound in self.options:
            by_field.setdefault((bound.option.field, bound.option.part), []).append(bound)
        put("_by_field", {key: tuple(found) for key, found in by_field.items()})

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
        try:
            datatype = standard_type(option.item_type)
        except KeyError:
            raise DeclarationError(
                f"{self.spec.name}.{option.field}: no standard item type {option.item_type}"
            ) from None
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

    def _axis(self, each: FieldSpecification) -> BoundAxis:
        declared = each.declaration
        assert isinstance(declared, DimensionDeclaration)
        python_type = each.types[0]
        is_enumeration = issubclass(python_type, enum.StrEnum)
        standard = self.profile.axis(self.spec.name, each.name)
        domain = standard.typed_domain if isinstance(standard, StandardAxis) and not is_enumeration else None
        is_open = not is_enumeration and domain is None and self.profile.document.open_axes == "explicit"
        is_typed = not is_enumeration and not is_open
        found = standard if isinstance(standard, StandardAxis) and is_typed == (domain is not None) else None
        axis = self.profile.qname(found.axis) if found else self.namespace.name(f"{declared.name}Axis")
        members = self.open_members.of(axis) if is_open and self.open_members else {}
        if is_enumeration and found is not None:
            members = {value: self.profile.qname(name) for value, name in found.members.items()}
        typed_domain = self.profile.qname(domain) if domain else self.namespace.name(f"{declared.name}TypedDomain")
        return BoundAxis(
            field=each,
            axis=axis,
            base=declared.name,
            enumeration=python_type if is_enumeration else None,
            typed_domain=typed_domain if is_typed else None,
            datatype=_TYPED_BASES.get(python_type, _XSD_STRING) if is_typed else None,
            codec=each.codecs[0],
            labels=declared.labels,
            is_open=is_open,
            standard=found,
            members=members,
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

    def statements(self, item: Any, currency: str) -> Iterator[Statement]:
        """What the item states, field by field in order of declaration.

        An amount that is not known is reported in the currency of the item's other amounts, else in ``currency``.
        """
        return self._marked(item, currency) if self.profile.is_standard else self._statements(item, currency)

    def _marked(self, item: Any, currency: str) -> Iterator[Statement]:
        """The statements, and the start of the item's period where none of them says it."""
        stated = list(self._statements(item, currency))
        yield from stated
        marker = next((each.bound.marker for each in stated if each.bound.marker is not None), None)
        period = self.period(item)
        if marker is None or not isinstance(period, Duration):
            return
        if any(each.bound.own_period and each.bound.option.when == marker.option.when for each in stated):
            return
        first_day = Encoded(period.first_day.isoformat())
        yield Statement(field=self.period_field or "", bound=marker, encoded=first_day, unit=None)

    def _statements(self, item: Any, currency: str) -> Iterator[Statement]:
        kind: PeriodType = "instant" if isinstance(self.period(item), Instant) else "duration"
        selected = tuple(getattr(item, name) for name in self.selectors)
        pair = self.pair(item)
        rate_unit = pair.unit if pair else None
        for name in self._fact_fields:
            value = getattr(item, name)
            if value is None or value == () or (name, None) not in self._by_field:
                continue
            bound = self._choose(name, None, type(value), kind, selected)
            if type(value) is Unknown:
                currency = self._currency(item) or currency
            yield self._statement(name, bound, value, rate_unit, currency)
            if type(value) is EntityRef:
                yield from self._parts(name, value, kind, selected)
        for axis in self.axes:
            value = getattr(item, axis.field.name)
            if axis.is_open and value is not None:
                yield self._name_of(axis, value, kind)
            if type(value) is EntityRef:
                yield from self._parts(axis.field.name, value, kind, selected)

    def _name_of(self, axis: BoundAxis, value: Any, kind: PeriodType) -> Statement:
        text = axis.codec.encode(value).text
        bound = next(bound for bound in self._by_field[axis.field.name, NAME_PART] if bound.option.period_type == kind)
        return self._fitting(axis.field.name, bound, text, Encoded(text), None)

    def _currency(self, item: Any) -> str | None:
        values = (getattr(item, name) for name in self._fact_fields)
        return next((value.currency for value in values if isinstance(value, InCurrency)), None)

    def _statement(self, name: str, bound: BoundOption, value: Any, rate_unit: Unit | None, currency: str) -> Statement:
        is_rate = bound.codec.python_type is Rate
        if isinstance(value, Unknown):
            in_currency = bound.codec.unit_in
            unit = rate_unit if is_rate else in_currency(currency) if in_currency else None
            unit = None if bound.is_pure else unit
            return Statement(field=name, bound=bound, encoded=None, unit=unit, reason=value.reason)
        if isinstance(value, tuple):
            return self._fitting(name, bound, value, Encoded("\n".join(value)), None)
        encoded = self._encode(bound.own or bound, value)
        unit = rate_unit if is_rate else encoded.unit
        if bound.standard is None:
            return Statement(field=name, bound=bound, encoded=encoded, unit=unit)
        return self._fitting(name, bound, value, encoded, unit)

    def _fitting(self, name: str, bound: BoundOption, value: Any, encoded: Encoded, unit: Unit | None) -> Statement:
        """The statement with the standard concept, or where that cannot take the value, with the filing's own.

        ``encoded`` is what the filing's own concept holds.
        """
        if bound.standard is None or bound.own is None:
            return Statement(field=name, bound=bound, encoded=encoded, unit=unit)
        if bound.inverted != bound.own.inverted:
            encoded = encoded._replace(text=inverted(encoded.text))
        text = bound.standard.text_of(value, encoded)
        if text is None:
            return self._fitting(name, bound.own, value, self._own_encoding(bound.own, value, encoded), unit)
        unit = None if bound.is_pure else unit
        return Statement(field=name, bound=bound, encoded=encoded._replace(text=text), unit=unit)

    def _own_encoding(self, own: BoundOption, value: Any, encoded: Encoded) -> Encoded:
        return encoded if isinstance(value, tuple) or own.option.part else self._encode(own, value)

    def _encode(self, bound: BoundOption, value: Any) -> Encoded:
        encoded = bound.codec.encode(value)
        if bound.datatype.is_enumeration:
            return Encoded(f"{self.namespace.uri}#{encoded.text}")
        if bound.option.item_type == "gYearItemType" and bound.codec is INTEGER:
            return Encoded(f"{value:04d}")
        return encoded._replace(text=inverted(encoded.text)) if bound.inverted else encoded

    def _parts(self, name: str, value: EntityRef, kind: PeriodType, selected: tuple[Any, ...]) -> Iterator[Statement]:
        said: dict[str, Any] = {}
        if value.kind is not EntityKind.ORGANIZATION:
            said["Kind"] = value.kind
        if value.identifier is not None:
            said["Identifier"] = format_identifier(value.identifier)
        for part, content in said.items():
            bound = self._choose(name, part, type(content), kind, selected)
            yield self._fitting(name, bound, content, self._encode(bound.own or bound, content), None)

    def _choose(
        self, name: str, part: str | None, value_type: type, kind: PeriodType, selected: tuple[Any, ...]
    ) -> BoundOption:
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
            for bound in self._by_field[name, part]
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
    specs: dict[type[Any], ItemSpecification] = {}
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
    specs: Iterable[ItemSpecification], namespace: Namespace, profile: Profile, items: Iterable[Any]
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


__all__ = [
    "CURRENCY_PAIR_AXIS",
    "CURRENCY_PAIR_DOMAIN",
    "OWN",
    "STRING",
    "Binding",
    "BoundAxis",
    "BoundOption",
    "Namespace",
    "Statement",
    "bind",
    "codec_for",
    "domain_name",
    "inverted",
]
