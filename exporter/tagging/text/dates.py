"""Dates, months, days of the year and years that a text names, and whether they fit the period of a fact."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from exporter.items.values.printed_dates import CalendarKind, CalendarMatch, find_dates, find_month_names
from exporter.items.values.printed_words import printed_words

_LOOSE_YEAR: Final = re.compile(r"(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9%]|[.,][0-9])")
_SHORT_YEAR: Final = re.compile(r"(?<![A-Za-z])FY ?'?([0-9]{2})(?![0-9])")
_GOVERNS: Final = re.compile(
    r"(?:end(?:ed|ing)|as (?:of|at)|fiscal(?: year)?|(?:for|during|in)(?: the)?(?: calendar)?(?: year)?|\bat|years?|FY)"
    r"[ \u00a0]*(?:on )?$",
    re.I,
)
_GOVERNS_AFTER: Final = re.compile(r" ?(?:現在|時点|期|度|に終了|末)")
_PERIOD_REACH: Final = 24
Days = tuple[dt.date | None, dt.date | None]
"""The first and the last day of a period: of an instant the last alone, of all time neither."""


class PeriodFit(enum.IntEnum):
    """How a period that a text names stands to a period."""

    CONTRADICTS = -1
    SILENT = 0
    AGREES = 1


@frozen(kw_only=True)
class NamedPeriod:
    """A date, month, day of the year or year that a text names.

    ``governs`` says that the words beside it make it the time of what is told ("as of", "ended", 現在).
    """

    start: int
    end: int
    kind: CalendarKind
    value: str
    months: int | None = None
    starts_year: bool = False
    governs: bool = True

    def fits(self, days: Days) -> bool:
        """Whether a period is, or ends at, what is named."""
        first, last = days
        if last is None:
            return True
        if self.kind is CalendarKind.DATE:
            day = dt.date.fromisoformat(self.value)
            return (day == last and self._has_length(first, last)) or day == first
        if self.kind is CalendarKind.MONTH:
            return self._fits_month(first, last)
        if self.kind is CalendarKind.MONTH_DAY:
            return f"--{last.month:02d}-{last.day:02d}" == self.value
        year = int(self.value)
        if self.starts_year:
            return first is not None and first.year == year
        return last.year == year

    def begins_at(self, day: dt.date) -> bool:
        """Whether the period that ends at the date begins when the day is over."""
        if self.kind is not CalendarKind.DATE or self.months is None:
            return False
        days = (dt.date.fromisoformat(self.value) - day).days
        return abs(days - self.months * 30.44) < 12

    def _has_length(self, first: dt.date | None, last: dt.date) -> bool:
        if self.months is None or first is None:
            return True
        days = (last - first).days + 1
        return abs(days - self.months * 30.44) < 12  # weeks do not always make whole months

    def _fits_month(self, first: dt.date | None, last: dt.date) -> bool:
        if f"{last.year:04d}-{last.month:02d}" != self.value:
            return False
        if first is None or (first.year, first.month) == (last.year, last.month):
            return True
        return self.months is not None and self._has_length(first, last)


def find_named_periods(text: str, language: str | None = None) -> tuple[NamedPeriod, ...]:
    """The periods named in running text, in reading order."""
    periods = [_named_period(match, text) for match in find_dates(text, printed_words(language))]
    periods += [
        NamedPeriod(
            start=match.start(), end=match.end(), kind=CalendarKind.YEAR, value=match[0], governs=_governs(text, match)
        )
        for match in _loose_years(text, periods)
    ]
    return tuple(sorted(periods, key=lambda period: period.start))


def _named_period(match: CalendarMatch, text: str) -> NamedPeriod:
    return NamedPeriod(
        start=match.start,
        end=match.end,
        kind=match.kind,
        value=match.value,
        months=match.months,
        starts_year=match.starts_year,
        governs=match.months is not None or _governs_at(text, match.start, match.end),
    )


def _governs(text: str, match: re.Match[str]) -> bool:
    return _governs_at(text, match.start(), match.end())


def _governs_at(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _PERIOD_REACH) : start]
    return bool(_GOVERNS.search(before) or _GOVERNS_AFTER.match(text[end : end + 4]))


def _loose_years(text: str, named_periods: Iterable[NamedPeriod]) -> Iterator[re.Match[str]]:
    taken = [(named_period.start, named_period.end) for named_period in named_periods]
    place = 0
    for match in _LOOSE_YEAR.finditer(text):
        while place < len(taken) and taken[place][1] <= match.start():
            place += 1
        if place == len(taken) or match.end() <= taken[place][0]:
            yield match


def resolve_named_periods(heads: str, language: str | None = None) -> tuple[NamedPeriod, ...]:
    """The periods named in the heads of a row or column, where a date may stand in parts: "Year ended March 31," over
    "2005", "Calendar year 2005" over "January"."""
    named_periods = find_named_periods(heads, language)
    years = [
        named_period
        for named_period in named_periods
        if named_period.kind is CalendarKind.YEAR and not named_period.starts_year
    ]
    days = [period for period in named_periods if period.kind is CalendarKind.MONTH_DAY]
    whole = [period for period in named_periods if period not in years and period not in days]
    names = [
        month
        for start, month in find_month_names(heads)
        if not any(period.start <= start < period.end for period in named_periods)
    ]
    joined = [*_joined_days(days, years), *_joined_months(names, years)]
    if joined:
        return (*whole, *joined)
    return (*whole, *(years or days)) if not whole or years else tuple(whole)


def _joined_days(days: list[NamedPeriod], years: list[NamedPeriod]) -> Iterator[NamedPeriod]:
    for day in days:
        for year in years:
            try:
                value = dt.date.fromisoformat(f"{year.value}-{day.value[2:]}").isoformat()
            except ValueError:
                continue
            yield NamedPeriod(start=day.start, end=day.end, kind=CalendarKind.DATE, value=value, months=day.months)


def _joined_months(names: list[int], years: list[NamedPeriod]) -> Iterator[NamedPeriod]:
    for month in names:
        for year in years:
            value = f"{year.value}-{month:02d}"
            yield NamedPeriod(start=year.start, end=year.end, kind=CalendarKind.MONTH, value=value)


def fit_of(periods: Iterable[NamedPeriod], days: Days) -> PeriodFit:
    """Whether any of the named periods fits another; none at all says nothing."""
    fits = [period.fits(days) for period in periods]
    return PeriodFit.SILENT if not fits else PeriodFit.AGREES if any(fits) else PeriodFit.CONTRADICTS
