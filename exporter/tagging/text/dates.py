"""Dates, months, days of the year and years that a text names, and whether they fit the period of a fact.

Names of months are those of `exporter.items.values.languages`, whatever the language of the text.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from exporter.items.values.languages import Language, fold_word, get_language, languages

_BLANK: Final = r"(?:[ \u00a0\u2009\u202f\u3000]{1,60})"


def _names_of(languages_read: Iterable[Language], *, short: bool = True) -> str:
    """An expression for the names of months, the longest first; short ones may have a full stop."""
    names: set[str] = set()
    for language in languages_read:
        full = {name for choices in language.months for name in choices}
        names |= {re.escape(name) for name in full}
        if short:
            parts = {name for choices in language.short_months for name in choices} - full
            names |= {rf"{re.escape(name)}\.?" for name in parts}
    return "|".join(sorted(names, key=lambda name: (-len(name), name)))


_ENGLISH: Final = get_language("en")
_ALL: Final = tuple(language for code in languages() if (language := get_language(code)).blanks)
_NAMES: Final = _names_of((_ENGLISH,))
# Other languages put the day first; short names stand for months beside a day and a year only: "31 mrt 2025".
_FULL_NAMES: Final = f"{_NAMES}|{_names_of(_ALL, short=False)}"
_ANY_NAME: Final = _names_of(_ALL)
_MONTH_OF: Final = {name: number for language in reversed(_ALL) for name, number in language.month_numbers.items()}
_Y: Final = r"(?:19|20)[0-9]{2}"
_D: Final = r"[0-9]{1,2}"
_TH: Final = f"(?:{'|'.join(re.escape(ending) for language in _ALL for ending in language.ordinals)})?"
_ALONE: Final = "(?![0-9])"
_WORD: Final = "(?<![A-Za-z])"
_NOT_IN_NUMBER: Final = "(?<![0-9.,])"
_ERAS: Final = {era: first_day.year - 1 for era, first_day in get_language("ja").eras.items()}
_JAPANESE_YEAR: Final = rf"(?:(?P<y5>{_Y})|(?P<e5>{'|'.join(_ERAS)}){_BLANK}?(?P<o5>元|{_D})){_BLANK}?年"
_OF: Final = f"(?:(?:{'|'.join(joiner for language in _ALL for joiner in language.joiners)}){_BLANK})?"
# The groups of each form bear its number: y year, m month in figures, n month's name, d day, e era, o year of the era.
_PATTERNS: Final = {
    "iso": rf"(?<![0-9-])(?P<y1>{_Y})-(?P<m1>[0-9]{{2}})-(?P<d1>[0-9]{{2}})(?![0-9-])",
    "slash": rf"(?<![0-9/])(?P<y2>{_Y})/(?P<m2>{_D})/(?P<d2>{_D})(?![0-9/])",
    "us": rf"{_WORD}(?P<n3>{_NAMES}){_BLANK}(?P<d3>{_D}){_TH}(?:,{_BLANK}?|{_BLANK})(?P<y3>{_Y}){_ALONE}",
    "uk": rf"{_NOT_IN_NUMBER}(?P<d4>{_D}){_TH}{_BLANK}{_OF}(?P<n4>{_ANY_NAME}),?{_BLANK}{_OF}(?P<y4>{_Y}){_ALONE}",
    "jp": rf"{_JAPANESE_YEAR}(?:{_BLANK}?(?P<m5>{_D}){_BLANK}?月(?:{_BLANK}?(?P<d5>{_D}){_BLANK}?日)?)?",
    "monthyear": rf"{_WORD}(?P<n6>{_FULL_NAMES}),?{_BLANK}{_OF}(?P<y6>{_Y}){_ALONE}",
    "monthday": rf"{_WORD}(?P<n7>{_NAMES}){_BLANK}(?P<d7>{_D}){_TH}{_ALONE}",
    "daymonth": rf"{_NOT_IN_NUMBER}(?P<d8>{_D}){_TH}{_BLANK}{_OF}(?P<n8>{_FULL_NAMES})(?![A-Za-z])",
    "jpday": rf"(?<![0-9])(?P<m9>{_D}){_BLANK}?月{_BLANK}?(?P<d9>{_D}){_BLANK}?日",
    "dotted": rf"(?<![0-9.])(?P<d10>{_D})\.{_BLANK}?(?P<m10>{_D})\.{_BLANK}?(?P<y10>{_Y})(?![0-9]|\.[0-9])",
    "dayfirst": rf"(?<![0-9/])(?P<d11>1[3-9]|2[0-9]|3[01])/(?P<m11>{_D})/(?P<y11>{_Y})(?![0-9/])",
    "monthfirst": rf"(?<![0-9/])(?P<m12>{_D})/(?P<d12>1[3-9]|2[0-9]|3[01])/(?P<y12>{_Y})(?![0-9/])",
}
_NUMBERS: Final = {name: str(number) for number, name in enumerate(_PATTERNS, 1)}
_ANY: Final = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
_MONTH_NAME: Final = re.compile(rf"(?<![A-Za-z])(?P<name>{_NAMES})(?![A-Za-z])")
_LENGTHS: Final = "|".join(
    re.escape(word).replace(r"\-", "[ -]").replace(r"\ ", _BLANK)
    for word in sorted((word for words in _ENGLISH.lengths.values() for word in words), key=len, reverse=True)
)
_ENDED: Final = re.compile(
    rf"(?P<also>(?:three|six|nine|3|6|9)[ -]?(?:months?)?{_BLANK}and{_BLANK})?"
    rf"(?:(?P<length>{_LENGTHS})|(?P<half>half)|(?P<year>years)){_BLANK}(?:end(?:ed|ing)(?:{_BLANK}on)?|to){_BLANK}$",
    re.I,
)
_REACH: Final = 40


class CalendarKind(enum.StrEnum):
    """What part of the calendar is named."""

    DATE = "date"
    MONTH = "month"
    MONTH_DAY = "day of the year"
    YEAR = "year"


@frozen(kw_only=True)
class CalendarPart:
    """A part of a date that says something by itself: the day and month of "March 31, 2005", its year."""

    kind: CalendarKind
    start: int
    end: int
    value: str


@frozen(kw_only=True)
class CalendarMatch:
    """A date in a text: ``value`` as XML Schema writes it, ``months`` the length of a period that ends then.

    ``is_marked`` tells a year by its words (2005年) from a number of four digits. ``starts_year`` marks a fiscal year
    called by the calendar year in which it begins (年度).
    """

    kind: CalendarKind
    start: int
    end: int
    value: str
    outer_start: int
    months: int | None = None
    parts: tuple[CalendarPart, ...] = ()
    is_marked: bool = True
    starts_year: bool = False


def find_calendar(folded: str) -> Iterator[CalendarMatch]:
    """Every date, month, day of the year and Japanese year in a text."""
    for match in _ANY.finditer(folded):
        found = _read(match, folded)
        if found is not None:
            yield found


def find_month_names(folded: str) -> Iterator[tuple[int, int]]:
    """The months named alone: where they stand, and which they are."""
    for match in _MONTH_NAME.finditer(folded):
        yield match.start(), month_number(match["name"])


def month_number(name: str) -> int:
    return _MONTH_OF[fold_word(name.rstrip("."))]


def _read(match: re.Match[str], folded: str) -> CalendarMatch | None:
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    form = next(name for name in _NUMBERS if name in groups)
    number = _NUMBERS[form]
    if form == "jp":
        return _japanese(match, groups, folded)
    year = groups.get(f"y{number}")
    day = groups.get(f"d{number}")
    month = int(groups[f"m{number}"]) if f"m{number}" in groups else month_number(groups[f"n{number}"])
    start, end = match.span()
    if year is None:
        return _month_day(match, month, int(day or 0))
    if day is None:
        value = f"{year}-{month:02d}"
        parts = (_year_part(match, f"y{number}"),)
        return _match(CalendarKind.MONTH, start, end, value, folded, parts)
    date = _date(int(year), month, int(day))
    if date is None:
        return None
    return _match(CalendarKind.DATE, start, end, date.isoformat(), folded, tuple(_parts(match, form, number, date)))


def _parts(match: re.Match[str], form: str, number: str, date: dt.date) -> Iterator[CalendarPart]:
    if form in ("us", "uk"):
        first, last = (f"n{number}", f"d{number}") if form == "us" else (f"d{number}", f"n{number}")
        value = f"--{date.month:02d}-{date.day:02d}"
        yield CalendarPart(kind=CalendarKind.MONTH_DAY, start=match.start(first), end=match.end(last), value=value)
    yield _year_part(match, f"y{number}")


def _year_part(match: re.Match[str], group: str) -> CalendarPart:
    return CalendarPart(kind=CalendarKind.YEAR, start=match.start(group), end=match.end(group), value=match[group])


def _month_day(match: re.Match[str], month: int, day: int) -> CalendarMatch | None:
    if _date(2000, month, day) is None:
        return None
    start, end = match.span()
    return CalendarMatch(
        kind=CalendarKind.MONTH_DAY, start=start, end=end, value=f"--{month:02d}-{day:02d}", outer_start=start
    )


def _japanese(match: re.Match[str], groups: dict[str, str], folded: str) -> CalendarMatch | None:
    year = (
        int(groups["y5"])
        if "y5" in groups
        else _ERAS[groups["e5"]] + (1 if groups["o5"] == "元" else int(groups["o5"]))
    )
    start, end = match.span()
    if "m5" not in groups:
        starts = folded[end : end + 1] == "度"
        return CalendarMatch(
            kind=CalendarKind.YEAR, start=start, end=end, value=f"{year:04d}", outer_start=start, starts_year=starts
        )
    month = int(groups["m5"])
    if "d5" not in groups:
        if not 1 <= month <= 12:
            return None
        months = 12 if folded[end : end + 1] == "期" else None
        return CalendarMatch(
            kind=CalendarKind.MONTH,
            start=start,
            end=end,
            value=f"{year:04d}-{month:02d}",
            outer_start=start,
            months=months,
        )
    date = _date(year, month, int(groups["d5"]))
    if date is None:
        return None
    parts = (
        CalendarPart(
            kind=CalendarKind.MONTH_DAY, start=match.start("m5"), end=end, value=f"--{date.month:02d}-{date.day:02d}"
        ),
    )
    return _match(CalendarKind.DATE, start, end, date.isoformat(), folded, parts)


def _match(
    kind: CalendarKind, start: int, end: int, value: str, folded: str, parts: tuple[CalendarPart, ...]
) -> CalendarMatch:
    before = _ENDED.search(folded[max(0, start - _REACH) : start])
    months = None
    if before is not None and not before["also"]:  # "three and six months ended" leaves open which of the two
        length = before["length"]
        months = _ENGLISH.months_of(length) if length else 6 if before["half"] else 12
    return CalendarMatch(kind=kind, start=start, end=end, value=value, outer_start=start, months=months, parts=parts)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


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
    """How a mention stands to a period."""

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


def find_mentions(text: str) -> tuple[NamedPeriod, ...]:
    """The mentions in running text, in reading order."""
    found = [_named_period(match, text) for match in find_calendar(text)]
    found += [
        NamedPeriod(
            start=match.start(), end=match.end(), kind=CalendarKind.YEAR, value=match[0], governs=_governs(text, match)
        )
        for match in _loose_years(text, found)
    ]
    return tuple(sorted(found, key=lambda each: each.start))


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
    taken = [(each.start, each.end) for each in named_periods]
    place = 0
    for match in _LOOSE_YEAR.finditer(text):
        while place < len(taken) and taken[place][1] <= match.start():
            place += 1
        if place == len(taken) or match.end() <= taken[place][0]:
            yield match


def resolve_mentions(heads: str) -> tuple[NamedPeriod, ...]:
    """The mentions in the heads of a row or column, where a date may stand in parts: "Year ended March 31," over
    "2005", "Calendar year 2005" over "January"."""
    mentions = find_mentions(heads)
    years = [each for each in mentions if each.kind is CalendarKind.YEAR and not each.starts_year]
    days = [each for each in mentions if each.kind is CalendarKind.MONTH_DAY]
    whole = [each for each in mentions if each not in years and each not in days]
    names = [
        month
        for start, month in find_month_names(heads)
        if not any(each.start <= start < each.end for each in mentions)
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
