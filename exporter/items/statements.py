"""What an item states: for each field that says something the concept, the text of the fact, its unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exporter.items.binding import Binding, inverted
from exporter.items.bound import BoundAxis, BoundOption, Statement
from exporter.items.codecs.codec import Encoded
from exporter.items.codecs.entities import format_identifier
from exporter.items.codecs.numbers import INTEGER
from exporter.items.declaration import PeriodType
from exporter.items.open_axes import NAME_PART
from exporter.items.values import EntityRef, InCurrency, Rate, Unknown
from exporter.items.values.parties import EntityKind
from exporter.model.period import Duration, Instant
from exporter.model.unit import Unit


def statements_of(binding: Binding, item: Any, currency: str) -> Iterator[Statement]:
    """What the item states, field by field in order of declaration.

    An amount that is not known is reported in the currency of the item's other amounts, else in ``currency``.
    """
    return _marked(binding, item, currency) if binding.profile.is_standard else _statements(binding, item, currency)


def _marked(binding: Binding, item: Any, currency: str) -> Iterator[Statement]:
    """The statements, and the start of the item's period where none of them says it."""
    stated = list(_statements(binding, item, currency))
    yield from stated
    marker = next((each.bound.marker for each in stated if each.bound.marker is not None), None)
    period = binding.period(item)
    if marker is None or not isinstance(period, Duration):
        return
    if any(each.bound.own_period and each.bound.option.when == marker.option.when for each in stated):
        return
    first_day = Encoded(period.first_day.isoformat())
    yield Statement(field=binding.period_field or "", bound=marker, encoded=first_day, unit=None)


def _statements(binding: Binding, item: Any, currency: str) -> Iterator[Statement]:
    kind: PeriodType = "instant" if isinstance(binding.period(item), Instant) else "duration"
    selected = tuple(getattr(item, name) for name in binding.selectors)
    pair = binding.pair(item)
    rate_unit = pair.unit if pair else None
    for name in binding.fact_fields:
        value = getattr(item, name)
        if value is None or value == () or (name, None) not in binding.by_field:
            continue
        bound = binding.choose(name, None, type(value), kind, selected)
        if type(value) is Unknown:
            currency = _currency(binding, item) or currency
        yield _statement(binding, name, bound, value, rate_unit, currency)
        if type(value) is EntityRef:
            yield from _parts(binding, name, value, kind, selected)
    for axis in binding.axes:
        value = getattr(item, axis.field.name)
        if axis.is_open and value is not None:
            yield _name_of(binding, axis, value, kind)
        if type(value) is EntityRef:
            yield from _parts(binding, axis.field.name, value, kind, selected)


def _name_of(binding: Binding, axis: BoundAxis, value: Any, kind: PeriodType) -> Statement:
    text = axis.codec.encode(value).text
    bound = next(bound for bound in binding.by_field[axis.field.name, NAME_PART] if bound.option.period_type == kind)
    return _fitting(binding, axis.field.name, bound, text, Encoded(text), None)


def _currency(binding: Binding, item: Any) -> str | None:
    values = (getattr(item, name) for name in binding.fact_fields)
    return next((value.currency for value in values if isinstance(value, InCurrency)), None)


def _statement(
    binding: Binding, name: str, bound: BoundOption, value: Any, rate_unit: Unit | None, currency: str
) -> Statement:
    is_rate = bound.codec.python_type is Rate
    if isinstance(value, Unknown):
        in_currency = bound.codec.unit_in
        unit = rate_unit if is_rate else in_currency(currency) if in_currency else None
        unit = None if bound.is_pure else unit
        return Statement(field=name, bound=bound, encoded=None, unit=unit, reason=value.reason)
    if isinstance(value, tuple):
        return _fitting(binding, name, bound, value, Encoded("\n".join(value)), None)
    encoded = _encode(binding, bound.own or bound, value)
    unit = rate_unit if is_rate else encoded.unit
    if bound.standard is None:
        return Statement(field=name, bound=bound, encoded=encoded, unit=unit)
    return _fitting(binding, name, bound, value, encoded, unit)


def _fitting(
    binding: Binding, name: str, bound: BoundOption, value: Any, encoded: Encoded, unit: Unit | None
) -> Statement:
    """The statement with the standard concept, or where that cannot take the value, with the filing's own.

    ``encoded`` is what the filing's own concept holds.
    """
    if bound.standard is None or bound.own is None:
        return Statement(field=name, bound=bound, encoded=encoded, unit=unit)
    if bound.inverted != bound.own.inverted:
        encoded = encoded._replace(text=inverted(encoded.text))
    text = bound.standard.text_of(value, encoded)
    if text is None:
        return _fitting(binding, name, bound.own, value, _own_encoding(binding, bound.own, value, encoded), unit)
    unit = None if bound.is_pure else unit
    return Statement(field=name, bound=bound, encoded=encoded._replace(text=text), unit=unit)


def _own_encoding(binding: Binding, own: BoundOption, value: Any, encoded: Encoded) -> Encoded:
    return encoded if isinstance(value, tuple) or own.option.part else _encode(binding, own, value)


def _encode(binding: Binding, bound: BoundOption, value: Any) -> Encoded:
    encoded = bound.codec.encode(value)
    if bound.datatype.is_enumeration:
        return Encoded(f"{binding.namespace.uri}#{encoded.text}")
    if bound.option.item_type == "gYearItemType" and bound.codec is INTEGER:
        return Encoded(f"{value:04d}")
    return encoded._replace(text=inverted(encoded.text)) if bound.inverted else encoded


def _parts(
    binding: Binding, name: str, value: EntityRef, kind: PeriodType, selected: tuple[Any, ...]
) -> Iterator[Statement]:
    said: dict[str, Any] = {}
    if value.kind is not EntityKind.ORGANIZATION:
        said["Kind"] = value.kind
    if value.identifier is not None:
        said["Identifier"] = format_identifier(value.identifier)
    for part, content in said.items():
        bound = binding.choose(name, part, type(content), kind, selected)
        yield _fitting(binding, name, bound, content, _encode(binding, bound.own or bound, content), None)
