"""Plausibility of items that are valid: periods, currencies, ratios and share counts that can hardly be meant.

All findings are warnings, for each may be right. Locations point to the field (``/items/3/over``).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import frozen

from exporter.findings import Finding, Location, Severity
from exporter.items.compile import item_specification
from exporter.items.declarations import PeriodDeclaration, RowsDeclaration, is_item_class
from exporter.items.values import InCurrency, Month, PerShare, ShareCount
from exporter.model.period import Duration, Instant
from exporter.validation.engine import rule

_DAY: Final = dt.timedelta(days=1)
_YEAR: Final = dt.timedelta(days=366)
_LONG: Final = 80  # days of a period that is no month
_YEARLONG: Final = range(350, 381)
_FUTURE: Final = re.compile(r"expir|until|due|matur|end|redempt|repay", re.IGNORECASE)


@frozen
class DatedItem:
    """An item, or a row of one, with its pointer and its name for people."""

    pointer: str
    name: str
    item: Any

    def finding(self, code: str, message: str, field: str, fix: str) -> Finding:
        place = Location(pointer=f"{self.pointer}/{field}" if field else self.pointer, item=self.name)
        return Finding(code=code, message=message, severity=Severity.WARNING, location=place, fix=fix)

    @property
    def period_field(self) -> str | None:
        each = item_specification(type(self.item)).only(PeriodDeclaration)
        return each.name if each is not None else None

    @property
    def period(self) -> Any:
        name = self.period_field
        return getattr(self.item, name) if name is not None else None

    @property
    def amounts(self) -> Iterator[tuple[str, InCurrency]]:
        """The amounts in currencies, by field."""
        for field in item_specification(type(self.item)).fields:
            value = getattr(self.item, field.name)
            if isinstance(value, InCurrency):
                yield field.name, value


@frozen
class DatedItems:
    """The items of a filing, rows among them, and the last day of its period."""

    items: tuple[DatedItem, ...]
    period_end: dt.date

    @classmethod
    def of(cls, items: Iterable[Any], period_end: dt.date) -> DatedItems:
        return cls(tuple(_placed(items)), period_end)


def _placed(items: Iterable[Any], above: str = "/items", name: str = "items") -> Iterator[DatedItem]:
    for index, item in enumerate(items):
        if not is_item_class(type(item)):
            continue
        pointer, own = f"{above}/{index}", f"{name}[{index}]"
        yield DatedItem(pointer, f"{own} {type(item).__name__}", item)
        rows = item_specification(type(item)).only(RowsDeclaration)
        if rows is not None:
            yield from _placed(getattr(item, rows.name), f"{pointer}/{rows.name}", f"{own}.{rows.name}")


# --- items and periods -----------------------------------------------------------------------------------------------


@rule("exporter:sameItem", severity=Severity.WARNING)
def check_same_items(subject: DatedItems) -> Iterator[Finding]:
    """An item that is there more than once in one list, reported once; in a table and beside it is meant."""
    seen: dict[Any, list[DatedItem]] = {}
    for item in subject.items:
        seen.setdefault((item.pointer.rpartition("/")[0], item.item), []).append(item)
    for alike in seen.values():
        if len(alike) > 1:
            times = "twice" if len(alike) == 2 else f"{len(alike):,} times"
            message = f"the item is there {times}: it says the same as {alike[0].name}"
            yield alike[1].finding("exporter:sameItem", message, "", "leave one of them; the page would print each")


@rule("exporter:oneDayFlow", severity=Severity.WARNING)
def check_one_day_flows(subject: DatedItems) -> Iterator[Finding]:
    for item in subject.items:
        period = item.period
        if isinstance(period, Duration) and period.first_day == period.last_day and any(item.amounts):
            if not within_calendar(period.last_day):
                continue
            field, day = item.period_field or "", period.last_day
            message = f"the amount is stated for the one day {day}"
            fix = f"give the whole period, {field}: {{start: {day - _YEAR + _DAY}, end: {day}}}"
            yield item.finding("exporter:oneDayFlow", message, field, fix)


@rule("exporter:afterPeriod", severity=Severity.WARNING)
def check_days_after(subject: DatedItems) -> Iterator[Finding]:
    """Periods and dates long after the filing's own period, and flows of a time that has only begun."""
    fix = "check the year, or the period_end of the filing"
    last: dt.date | None = None
    for item in subject.items:
        field, period = item.period_field or "", item.period
        day = _last_day(period)
        if day is None:
            continue
        last = day if last is None else max(last, day)
        begins_after = isinstance(period, Duration) and period.first_day > subject.period_end
        if day - subject.period_end > _YEAR:
            yield item.finding(
                "exporter:afterPeriod", f"{day} is long after the filing's period, {subject.period_end}", field, fix
            )
        elif begins_after and _days(period) >= _LONG and any(item.amounts):
            message = f"an amount of {period.first_day} to {day} comes after the filing's period, {subject.period_end}"
            yield item.finding("exporter:afterPeriod", message, field, fix)
        yield from _late_dates(item, subject.period_end, fix)
    if last is not None and subject.period_end - last > 2 * _YEAR:
        message = f"the filing's period ends on {subject.period_end}, its last item's on {last}"
        place = Location(pointer="/filing/period_end")
        yield Finding(
            code="exporter:afterPeriod",
            message=message,
            severity=Severity.WARNING,
            location=place,
            fix="check the year",
        )


def _late_dates(dated_item: DatedItem, period_end: dt.date, fix: str) -> Iterator[Finding]:
    for field in item_specification(type(dated_item.item)).fields:
        value = getattr(dated_item.item, field.name)
        is_period = field.name == dated_item.period_field
        if is_period or not isinstance(value, dt.date) or _FUTURE.search(field.name):
            continue
        if value - period_end > 2 * _YEAR:
            message = f"{value} is years after the filing's period, {period_end}"
            yield dated_item.finding("exporter:afterPeriod", message, field.name, fix)


@rule("exporter:dayOff", severity=Severity.WARNING)
def check_days_off(subject: DatedItems) -> Iterator[Finding]:
    """A balance or a year that ends a day beside the end of a fiscal year; each such day is reported once."""
    seen: set[dt.date] = set()
    for item in subject.items:
        period, day = item.period, _last_day(item.period)
        counted = any(isinstance(getattr(item.item, name, None), ShareCount) for name in _fields(item.item))
        if day is None or day in seen or not (counted or any(item.amounts)) or not within_calendar(day):
            continue
        if isinstance(period, Duration) and _days(period) not in _YEARLONG:
            continue
        right = next((day + move for move in (_DAY, -_DAY) if _ends_year(day + move, subject.period_end)), None)
        if right is not None and not _ends_year(day, subject.period_end):
            seen.add(day)
            message = f"{day} lies a day beside {right}, the end of a fiscal year"
            yield item.finding("exporter:dayOff", message, item.period_field or "", f"give {right}, if that is meant")


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


# --- figures side by side --------------------------------------------------------------------------------------------


@rule("exporter:loneCurrency", severity=Severity.WARNING)
def check_lone_currencies(subject: DatedItems) -> Iterator[Finding]:
    """One amount in another currency than at least three others of its class and period, all in one."""
    groups: dict[tuple[Any, ...], list[tuple[DatedItem, str, str]]] = {}
    for item in subject.items:
        if getattr(item.item, "translation", None) is None:
            for name, amount in item.amounts:
                key = (type(item.item), item.period, isinstance(amount, PerShare))
                groups.setdefault(key, []).append((item, name, amount.currency))
    for group in groups.values():
        counts: dict[str, list[tuple[DatedItem, str, str]]] = {}
        for one in group:
            counts.setdefault(one[2], []).append(one)
        rare = [found for found in counts.values() if len(found) == 1]
        if len(counts) == 2 and len(rare) == 1 and len(group) >= 4:
            ((lone, field, currency),) = rare[0]
            usual = next(code for code in counts if code != currency)
            if not any(_is_translation(lone.item, one.item, field) for one, _, code in group if code == usual):
                message = f"{field} is in {currency}, the {len(group) - 1} others of the period are in {usual}"
                yield lone.finding("exporter:loneCurrency", message, field, f"write {usual}, if that is meant")


def _is_translation(one: Any, other: Any, field: str) -> bool:
    """Whether two items differ in nothing but an amount, as a figure and its translation do."""
    return all(getattr(one, name) == getattr(other, name) for name in _fields(one) if name not in (field, "footnotes"))
