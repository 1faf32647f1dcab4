"""An item class bound to a namespace: which concept each field reports, in which context and with which sign.

Period type, balance and data type belong to the bound concept; period, sign and unit belong to the item. Binding joins
them once for each class, so that items become facts, and facts items, without looking at declarations again.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import field, frozen

from exporter.errors import DeclarationError
from exporter.items.codecs import INTEGER, STRING, Codec, Encoded, codec_for, format_identifier
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
from exporter.items.enumeration import domain_name, member_name
from exporter.items.specification import FactOption, FieldSpecification, ItemSpecification, item_specification
from exporter.items.values import CurrencyPair, EntityRef, InCurrency, Month, Rate, Unknown
from exporter.items.values.parties import EntityKind
from exporter.model.datatypes import DataType, standard_type
from exporter.model.dimensions import Dimension, ExplicitDimension, TypedDimension
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.namespaces import XSD

CURRENCY_PAIR_AXIS: Final = "CurrencyPairAxis"
CURRENCY_PAIR_DOMAIN: Final = "CurrencyPairTypedDomain"
_XSD_STRING: Final = DataType(QName(XSD, "string", prefix="xs"), "string", "string")
_TYPED_BASES: Final[dict[type, DataType]] = {
    int: DataType(QName(XSD, "integer", prefix="xs"), "integer", "integer"),
    dt.date: DataType(QName(XSD, "date", prefix="xs"), "date", "date"),
    Month: DataType(QName(XSD, "gYearMonth", prefix="xs"), "gYearMonth", "gYearMonth"),
}


@frozen(kw_only=True)
class Namespace:
    """The namespace of the filing's own names and the prefix it is written with."""

    uri: str
    prefix: str

    def name(self, local_name: str) -> QName:
        return QName(self.uri, local_name, prefix=self.prefix)

    def role(self, name: str) -> str:
        """A role URI of the filing: below the namespace's authority, so that it stays from year to year."""
        match = re.match(r"[A-Za-z][A-Za-z0-9+.-]*://[^/]+", self.uri)
        return f"{match.group() if match else self.uri.rstrip('/')}/role/{name}"

    @property
    def unknown_reason_role(self) -> str:
        """The link role of the footnotes that say why a value is unknown."""
        return self.role("UnknownValueReason")


@frozen(kw_only=True, eq=False)
class BoundOption:
    """A concept that a field may report.

    ``at_edge``: an instant concept that an item which lasts reports at its start or end.
    """

    option: FactOption
    concept: QName
    datatype: DataType
    is_text: bool
    inverted: bool
    at_edge: bool

    @property
    def codec(self) -> Codec:
        return self.option.codec


@frozen(kw_only=True, eq=False)
class BoundAxis:
    """An axis that a field of the item, or its currency pair, gives the value of."""

    field: FieldSpecification
    axis: QName
    enumeration: type[enum.StrEnum] | None = None
    typed_domain: QName | None = None
    datatype: DataType | None = None
    codec: Codec
    labels: Any = None

    @property
    def optional(self) -> bool:
        return self.field.optional

    def dimension(self, value: Any, namespace: Namespace) -> Dimension:
        if self.enumeration is not None:
            return ExplicitDimension(self.axis, namespace.name(member_name(value)))
        return TypedDimension(self.axis, self.codec.encode(value).text)

    def value(self, dimension: Dimension) -> Any:
        """The field's value; raises `ModelError` for what the field cannot hold."""
        if isinstance(dimension, ExplicitDimension):
            return self.codec.decode(Encoded(dimension.member.local_name))
        return self.codec.decode(Encoded(dimension.value or ""))


@frozen(kw_only=True, eq=False)
class Statement:
    """One fact to be: which field says what with which concept. ``value`` is ``None`` for an unknown."""

    field: str
    bound: BoundOption
    encoded: Encoded | None
    unit: Unit | None
    reason: str | None = None


@frozen(eq=False)
class Binding:
    """One item class in one namespace."""

    spec: ItemSpecification
    namespace: Namespace
    options: tuple[BoundOption, ...] = field(init=False)
    axes: tuple[BoundAxis, ...] = field(init=False)
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
        put("options", tuple(self._bind(option) for option in spec.facts))
        put("axes", tuple(self._axis(each) for each in spec.declared(DimensionDeclaration)))
        by_field: dict[tuple[str, str | None], list[BoundOption]] = {}
        for bound in self.options:
            by_field.setdefault((bound.option.field, bound.option.part), []).append(bound)
        put("_by_field", {key: tuple(found) for key, found in by_field.items()})

    def _bind(self, option: FactOption) -> BoundOption:
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
            concept=self.namespace.name(option.name),
            datatype=datatype,
            is_text=datatype.is_text,
            inverted=option.declared.sign == "inverted" and option.part is None,
            at_edge=option.period_type == "instant" and not self._has_duration_twin(option),
        )

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
        return BoundAxis(
            field=each,
            axis=self.namespace.name(f"{declared.name}Axis"),
            enumeration=python_type if is_enumeration else None,
            typed_domain=None if is_enumeration else self.namespace.name(f"{declared.name}TypedDomain"),
            datatype=None if is_enumeration else _TYPED_BASES.get(python_type, _XSD_STRING),
            codec=each.codecs[0],
            labels=declared.labels,
        )

    @property
    def pair_axis(self) -> QName:
        return self.namespace.name(CURRENCY_PAIR_AXIS)

    def carries_pair_axis(self, option: FactOption) -> bool:
        """Whether facts of the option name the currency pair on an axis: those whose unit does not say it."""
        return self.unit_field is not None and option.codec.python_type is not Rate

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
            if type(value) is EntityRef:
                yield from self._parts(axis.field.name, value, kind, selected)

    def _currency(self, item: Any) -> str | None:
        values = (getattr(item, name) for name in self._fact_fields)
        return next((value.currency for value in values if isinstance(value, InCurrency)), None)

    def _statement(self, name: str, bound: BoundOption, value: Any, rate_unit: Unit | None, currency: str) -> Statement:
        is_rate = bound.codec.python_type is Rate
        if isinstance(value, Unknown):
            in_currency = bound.codec.unit_in
            unit = rate_unit if is_rate else in_currency(currency) if in_currency else None
            return Statement(field=name, bound=bound, encoded=None, unit=unit, reason=value.reason)
        if isinstance(value, tuple):
            return Statement(field=name, bound=bound, encoded=Encoded("\n".join(value)), unit=None)
        encoded = self._encode(bound, value)
        return Statement(field=name, bound=bound, encoded=encoded, unit=rate_unit if is_rate else encoded.unit)

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
            yield Statement(field=name, bound=bound, encoded=self._encode(bound, content), unit=None)

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


def bind(classes: Iterable[type[Any]], namespace: Namespace) -> tuple[Binding, ...]:
    """Bind item classes, and the classes of the rows they are made of, each once.

    Raises:
        DeclarationError: a class is declared wrongly.
    """
    found: dict[type[Any], Binding] = {}
    waiting = list(classes)
    while waiting:
        cls = waiting.pop(0)
        if cls in found:
            continue
        spec = item_specification(cls)
        found[cls] = Binding(spec, namespace)
        made_of = spec.only(RowsDeclaration)
        waiting += made_of.types if made_of else ()
    return tuple(found.values())


__all__ = [
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
