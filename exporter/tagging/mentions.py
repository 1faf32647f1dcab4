"""Mentions of periods: which dates, months and years a text names, and whether they fit the period of a fact."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from exporter.tagging.calendar_surfaces import CalendarKind, CalendarMatch, find_calendar, find_month_names
from exporter.tagging.wanted import Wanted

_LOOSE_YEAR: Final = re.compile(r"(?<![0-9.,])(?:19|20)[0-9]{2}(?![0-9%]|[.,][0-9])")
_SHORT_YEAR: Final = re.compile(r"(?<![A-Za-z])FY ?'?([0-9]{2})(?![0-9])")
_GOVERNS: Final = re.compile(
    r"(?:end(?:ed|ing)|as (?:of|at)|fiscal(?: year)?|(?:for|during|in)(?: the)?(?: calendar)?(?: year)?|\bat|years?|FY)"
    r"[ \u00a0]*(?:on )?$",
    re.I,
)
_GOVERNS_AFTER: Final = re.compile(r" ?(?:現在|時点|期|度|に終了|末)")
_REACH: Final = 24
_LONG: Final = 300  # days; a period of more is a year


class Fit(enum.IntEnum):
    """How a mention stands to a period."""

    CONTRADICTS = -1
    SILENT = 0
    AGREES = 1


@frozen(kw_only=True)
class Mention:
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

    def fits(self, wanted: Wanted) -> bool:
        """Whether the period of the fact is, or ends at, what is named."""
        first, last = wanted.first_day, wanted.last_day
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


def find_mentions(text: str) -> tuple[Mention, ...]:
    """The mentions in running text, in reading order."""
    found = [_mention(match, text) for match in find_calendar(text)]
    found += [
        Mention(
            start=match.start(), end=match.end(), kind=CalendarKind.YEAR, value=match[0], governs=_governs(text, match)
        )
        for match in _loose_years(text, found)
    ]
    return tuple(sorted(found, key=lambda each: each.start))


def _mention(match: CalendarMatch, text: str) -> Mention:
    return Mention(
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
    before = text[max(0, start - _REACH) : start]
    return bool(_GOVERNS.search(before) or _GOVERNS_AFTER.match(text[end : end + 4]))


def _loose_years(text: str, found: Iterable[Mention]) -> Iterator[re.Match[str]]:
    taken = [(each.start, each.end) for each in found]
    place = 0
    for match in _LOOSE_YEAR.finditer(text):
        while place < len(taken) and taken[place][1] <= match.start():
            place += 1
        if place == len(taken) or match.end() <= taken[place][0]:
            yield match


def resolve_mentions(heads: str) -> tuple[Mention, ...]:
    """The mentions in the heads of a row or column, where a date may stand in parts: "Year ended March 31," over
    "2005", "Calendar year 2005" over "January"."""
    found = find_mentions(heads)
    years = [each for each in found if each.kind is CalendarKind.YEAR and not each.starts_year]
    days = [each for each in found if each.kind is CalendarKind.MONTH_DAY]
    whole = [each for each in found if each not in years and each not in days]
    names = [
        month for start, month in find_month_names(heads) if not any(each.start <= start < each.end for each in found)
    ]
    joined = [*_joined_days(days, years), *_joined_months(names, years)]
    if joined:
        return (*whole, *joined)
    return (*whole, *(years or days)) if not whole or years else tuple(whole)


def _joined_days(days: list[Mention], years: list[Mention]) -> Iterator[Mention]:
    for day in days:
        for year in years:
            try:
                value = dt.date.fromisoformat(f"{year.value}-{day.value[2:]}").isoformat()
            except ValueError:
                continue
            yield Mention(start=day.start, end=day.end, kind=CalendarKind.DATE, value=value, months=day.months)


def _joined_months(names: list[int], years: list[Mention]) -> Iterator[Mention]:
    for month in names:
        for year in years:
            value = f"{year.value}-{month:02d}"
            yield Mention(start=year.start, end=year.end, kind=CalendarKind.MONTH, value=value)


def fit_of(mentions: Iterable[Mention], wanted: Wanted) -> Fit:
    """Whether any of the mentions fits the fact's period; none at all says nothing."""
    fits = [mention.fits(wanted) for mention in mentions]
    return Fit.SILENT if not fits else Fit.AGREES if any(fits) else Fit.CONTRADICTS
