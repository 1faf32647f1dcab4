"""Plausibility of items that are valid: periods, currencies, ratios and share counts that can hardly be meant.

All findings are warnings, for each may be right. Locations point to the field (``/items/3/over``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from exporter.disclosures.rules.subject import Need
from exporter.findings import Finding, Location, Severity
from exporter.items.compile import item_specification
from exporter.items.declarations import PeriodDeclaration
from exporter.items.document import PLACEHOLDER_IDENTIFIERS, PLACEHOLDERS
from exporter.items.placed import PlacedItem
from exporter.items.values import EntityRef, InCurrency, Month, PerShare, ShareCount
from exporter.items.values.texts import TextBlock
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.validation.engine import rule

_DAY: Final = dt.timedelta(days=1)
_YEAR: Final = dt.timedelta(days=366)
_LONG: Final = 80  # days of a period that is no month
_YEARLONG: Final = range(350, 381)
_FUTURE: Final = re.compile(r"expir|until|due|matur|end|redempt|repay", re.IGNORECASE)


@frozen
class DatedItems:
    """The items of a filing, rows among them, the last day of its period, and who files, if that is known."""

    items: tuple[PlacedItem[Any], ...]
    period_end: dt.date
    entity: Entity | None = None

    def has(self, need: Need) -> bool:
        """Whether the filing has what a rule needs."""
        return len(self.items) > 1


def _period_field(item: Any) -> str:
    return item_specification(type(item)).name_of(PeriodDeclaration) or ""


def _period(item: Any) -> Any:
    """The item's period as it was given, or ``None``."""
    return getattr(item, _period_field(item), None)


def _amounts(item: Any) -> Iterator[tuple[str, InCurrency]]:
    """The amounts in currencies, by field."""
    for name in _fields(item):
        value = getattr(item, name)
        if isinstance(value, InCurrency):
            yield name, value


# --- items and periods -----------------------------------------------------------------------------------------------


@rule("exporter:sameItem", severity=Severity.WARNING, needs=("several items",))
def check_same_items(subject: DatedItems) -> Iterator[Finding]:
    """An item that is there more than once in one list, reported once; in a table and beside it is meant."""
    seen: dict[Any, list[PlacedItem[Any]]] = {}
    for placed in subject.items:
        seen.setdefault((placed.pointer.rpartition("/")[0], placed.item), []).append(placed)
    for alike in seen.values():
        if len(alike) > 1:
            times = "twice" if len(alike) == 2 else f"{len(alike):,} times"
            message = f"the item is there {times}: it says the same as {alike[0].label}"
            fix = "leave one of them; the page would print each"
            yield alike[1].finding("exporter:sameItem", message, fix=fix, warning=True)


@rule("exporter:oneDayFlow", severity=Severity.WARNING)
def check_one_day_flows(subject: DatedItems) -> Iterator[Finding]:
    """An amount of a single day: the other days of its period were left out."""
    for placed in subject.items:
        period = _period(placed.item)
        if isinstance(period, Duration) and period.first_day == period.last_day and any(_amounts(placed.item)):
            if not within_calendar(period.last_day):
                continue
            field, day = _period_field(placed.item), period.last_day
            message = f"the amount is stated for the one day {day}"
            fix = f"give the whole period, {field}: {{start: {day - _YEAR + _DAY}, end: {day}}}"
            yield placed.finding("exporter:oneDayFlow", message, field=field, fix=fix, warning=True)


@rule("exporter:afterPeriod", severity=Severity.WARNING)
def check_days_after(subject: DatedItems) -> Iterator[Finding]:
    """Periods and dates long after the filing's own period, and flows of a time that has only begun."""
    fix = "check the year, or the period_end of the filing"
    last: dt.date | None = None
    for placed in subject.items:
        field, period = _period_field(placed.item), _period(placed.item)
        day = _last_day(period)
        if day is None:
            continue
        last = day if last is None else max(last, day)
        begins_after = isinstance(period, Duration) and period.first_day > subject.period_end
        if day - subject.period_end > _YEAR:
            message = f"{day} is long after the filing's period, {subject.period_end}"
            yield placed.finding("exporter:afterPeriod", message, field=field, fix=fix, warning=True)
        elif begins_after and _days(period) >= _LONG and any(_amounts(placed.item)):
            message = f"an amount of {period.first_day} to {day} comes after the filing's period, {subject.period_end}"
            yield placed.finding("exporter:afterPeriod", message, field=field, fix=fix, warning=True)
        yield from _late_dates(placed, subject.period_end, fix)
    if last is not None and subject.period_end - last > 2 * _YEAR:
        message = f"the filing's period ends on {subject.period_end}, its last item's on {last}"
        yield Finding(
            code="exporter:afterPeriod",
            message=message,
            severity=Severity.WARNING,
            location=Location(pointer="/filing/period_end"),
            fix="check the year",
        )


def _late_dates(placed: PlacedItem[Any], period_end: dt.date, fix: str) -> Iterator[Finding]:
    for name in _fields(placed.item):
        value = getattr(placed.item, name)
        is_period = name == _period_field(placed.item)
        if is_period or not isinstance(value, dt.date) or _FUTURE.search(name):
            continue
        if value - period_end > 2 * _YEAR:
            message = f"{value} is years after the filing's period, {period_end}"
            yield placed.finding("exporter:afterPeriod", message, field=name, fix=fix, warning=True)


@rule("exporter:dayOff", severity=Severity.WARNING)
def check_days_off(subject: DatedItems) -> Iterator[Finding]:
    """A balance or a year that ends a day beside the end of a fiscal year; each such day is reported once."""
    seen: set[dt.date] = set()
    for placed in subject.items:
        item, period = placed.item, _period(placed.item)
        day = _last_day(period)
        counted = any(isinstance(getattr(item, name), ShareCount) for name in _fields(item))
        if day is None or day in seen or not (counted or any(_amounts(item))) or not within_calendar(day):
            continue
        if isinstance(period, Duration) and _days(period) not in _YEARLONG:
            continue
        right = next((day + move for move in (_DAY, -_DAY) if _ends_year(day + move, subject.period_end)), None)
        if right is not None and not _ends_year(day, subject.period_end):
            seen.add(day)
            message = f"{day} lies a day beside {right}, the end of a fiscal year"
            fix = f"give {right}, if that is meant"
            yield placed.finding("exporter:dayOff", message, field=_period_field(item), fix=fix, warning=True)


def within_calendar(*days: dt.date) -> bool:
    """Whether days lie far enough from the edges of the calendar that a year can be added and taken away."""
    return all(dt.date.min + 2 * _YEAR < day < dt.date.max - 2 * _YEAR for day in days)


def _ends_year(day: dt.date, period_end: dt.date) -> bool:
    """Whether a day is the end of the filing's period, or where that ends a month of the same month in another year."""
    if day == period_end:
        return True
    ends_month = (period_end + _DAY).day == 1
    return ends_month and day.month == period_end.month and (day + _DAY).day == 1


def _last_day(period: Any) -> dt.date | None:
    if isinstance(period, Duration):
        return period.last_day
    if isinstance(period, Instant):
        return period.date
    if isinstance(period, Month):
        return period.duration.last_day
    return period if isinstance(period, dt.date) else None


def _days(period: Duration) -> int:
    return (period.last_day - period.first_day).days + 1


def _fields(item: Any) -> list[str]:
    return [field.name for field in item_specification(type(item)).fields]


# --- what templates leave to be filled in ----------------------------------------------------------------------------


@rule("exporter:placeholder", severity=Severity.WARNING)
def check_placeholders(subject: DatedItems) -> Iterator[Finding]:
    """A text that a template leaves to be filled in, and the identifier of nobody."""
    code = "exporter:placeholder"
    entity = subject.entity
    if entity is not None and entity.identifier in PLACEHOLDER_IDENTIFIERS:
        message = f"{entity.identifier} identifies nobody: it stands where a template leaves the identifier open"
        location, fix = Location(pointer="/filing/entity"), "write the identifier of the one who files"
        yield Finding(code=code, message=message, severity=Severity.WARNING, location=location, fix=fix)
    for placed in subject.items:
        for name in _fields(placed.item):
            value = getattr(placed.item, name)
            for text in value if isinstance(value, tuple) else (value,):
                plain = (
                    text.plain if isinstance(text, TextBlock) else text.name if isinstance(text, EntityRef) else text
                )
                if isinstance(plain, str) and plain in PLACEHOLDERS:
                    message = f"{plain!r} is what a template leaves to be filled in"
                    fix = "write the text, or leave the field out"
                    yield placed.finding(code, message, field=name, fix=fix, warning=True)


# --- figures side by side --------------------------------------------------------------------------------------------


@rule("exporter:loneCurrency", severity=Severity.WARNING, needs=("several items",))
def check_lone_currencies(subject: DatedItems) -> Iterator[Finding]:
    """One amount in another currency than at least three others of its class and period, all in one."""
    groups: dict[tuple[Any, ...], list[tuple[PlacedItem[Any], str, str]]] = {}
    for placed in subject.items:
        if getattr(placed.item, "translation", None) is None:
            for name, amount in _amounts(placed.item):
                group = (type(placed.item), _period(placed.item), isinstance(amount, PerShare))
                groups.setdefault(group, []).append((placed, name, amount.currency))
    for amounts in groups.values():
        by_currency: dict[str, list[tuple[PlacedItem[Any], str]]] = {}
        for placed, name, currency in amounts:
            by_currency.setdefault(currency, []).append((placed, name))
        rare = [currency for currency, members in by_currency.items() if len(members) == 1]
        if len(by_currency) == 2 and len(rare) == 1 and len(amounts) >= 4:
            ((lone, field),) = by_currency.pop(rare[0])
            ((usual, others),) = by_currency.items()
            if not any(_is_translation(lone.item, other.item, field) for other, _ in others):
                message = f"{field} is in {rare[0]}, the {len(others)} others of the period are in {usual}"
                fix = f"write {usual}, if that is meant"
                yield lone.finding("exporter:loneCurrency", message, field=field, fix=fix, warning=True)


def _is_translation(item: Any, other: Any, field: str) -> bool:
    """Whether two items differ in nothing but an amount, as a figure and its translation do."""
    names = set(_fields(item)) - {field, "footnotes"}
    return all(getattr(item, name) == getattr(other, name) for name in names)
