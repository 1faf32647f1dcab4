"""Dates, months, days of the year and years in running text, in the order of the text.

Names of months are those of all languages that have tables, whatever the language of the text; so are the forms with
figures. `exporter.items.values.dates` reads one date with the same names.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from exporter.items.values.languages import Language, fold_word, get_language, languages
from exporter.items.values.printed_words import BLANK, PrintedWords


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
_JAPANESE_YEAR: Final = rf"(?:(?P<y5>{_Y})|(?P<e5>{'|'.join(_ERAS)}){BLANK}?(?P<o5>元|{_D})){BLANK}?年"
_OF: Final = f"(?:(?:{'|'.join(joiner for language in _ALL for joiner in language.joiners)}){BLANK})?"
# The groups of each form bear its number: y year, m month in figures, n month's name, d day, e era, o year of the era.
_PATTERNS: Final = {
    "iso": rf"(?<![0-9-])(?P<y1>{_Y})-(?P<m1>[0-9]{{2}})-(?P<d1>[0-9]{{2}})(?![0-9-])",
    "slash": rf"(?<![0-9/])(?P<y2>{_Y})/(?P<m2>{_D})/(?P<d2>{_D})(?![0-9/])",
    "us": rf"{_WORD}(?P<n3>{_NAMES}){BLANK}(?P<d3>{_D}){_TH}(?:,{BLANK}?|{BLANK})(?P<y3>{_Y}){_ALONE}",
    "uk": rf"{_NOT_IN_NUMBER}(?P<d4>{_D}){_TH}{BLANK}{_OF}(?P<n4>{_ANY_NAME}),?{BLANK}{_OF}(?P<y4>{_Y}){_ALONE}",
    "jp": rf"{_JAPANESE_YEAR}(?:{BLANK}?(?P<m5>{_D}){BLANK}?月(?:{BLANK}?(?P<d5>{_D}){BLANK}?日)?)?",
    "monthyear": rf"{_WORD}(?P<n6>{_FULL_NAMES}),?{BLANK}{_OF}(?P<y6>{_Y}){_ALONE}",
    "monthday": rf"{_WORD}(?P<n7>{_NAMES}){BLANK}(?P<d7>{_D}){_TH}{_ALONE}",
    "daymonth": rf"{_NOT_IN_NUMBER}(?P<d8>{_D}){_TH}{BLANK}{_OF}(?P<n8>{_FULL_NAMES})(?![A-Za-z])",
    "jpday": rf"(?<![0-9])(?P<m9>{_D}){BLANK}?月{BLANK}?(?P<d9>{_D}){BLANK}?日",
    "dotted": rf"(?<![0-9.])(?P<d10>{_D})\.{BLANK}?(?P<m10>{_D})\.{BLANK}?(?P<y10>{_Y})(?![0-9]|\.[0-9])",
    "dayfirst": rf"(?<![0-9/])(?P<d11>1[3-9]|2[0-9]|3[01])/(?P<m11>{_D})/(?P<y11>{_Y})(?![0-9/])",
    "monthfirst": rf"(?<![0-9/])(?P<m12>{_D})/(?P<d12>1[3-9]|2[0-9]|3[01])/(?P<y12>{_Y})(?![0-9/])",
}
_NUMBERS: Final = {name: str(number) for number, name in enumerate(_PATTERNS, 1)}
_ANY: Final = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _PATTERNS.items()))
_MONTH_NAME: Final = re.compile(rf"(?<![A-Za-z])(?P<name>{_NAMES})(?![A-Za-z])")
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


def find_dates(folded: str, words: PrintedWords) -> Iterator[CalendarMatch]:
    """Every date, month, day of the year and Japanese year in a text; ``words`` tell the lengths of periods."""
    for match in _ANY.finditer(folded):
        if (date := _read(match, folded, words)) is not None:
            yield date


def find_month_names(folded: str) -> Iterator[tuple[int, int]]:
    """The months named alone: where they stand, and which they are."""
    for match in _MONTH_NAME.finditer(folded):
        yield match.start(), month_number(match["name"])


def month_number(name: str) -> int:
    return _MONTH_OF[fold_word(name.rstrip("."))]


def _read(match: re.Match[str], folded: str, words: PrintedWords) -> CalendarMatch | None:
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    form = next(name for name in _NUMBERS if name in groups)
    number = _NUMBERS[form]
    if form == "jp":
        return _japanese(match, groups, folded, words)
    year = groups.get(f"y{number}")
    day = groups.get(f"d{number}")
    month = int(groups[f"m{number}"]) if f"m{number}" in groups else month_number(groups[f"n{number}"])
    start, end = match.span()
    if year is None:
        return _month_day(match, month, int(day or 0))
    if day is None:
        value = f"{year}-{month:02d}"
        parts = (_year_part(match, f"y{number}"),)
        return _match(CalendarKind.MONTH, start, end, value, folded, words, parts)
    date = _date(int(year), month, int(day))
    if date is None:
        return None
    return _match(
        CalendarKind.DATE, start, end, date.isoformat(), folded, words, tuple(_parts(match, form, number, date))
    )


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


def _japanese(match: re.Match[str], groups: dict[str, str], folded: str, words: PrintedWords) -> CalendarMatch | None:
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
    return _match(CalendarKind.DATE, start, end, date.isoformat(), folded, words, parts)


def _match(
    kind: CalendarKind,
    start: int,
    end: int,
    value: str,
    folded: str,
    words: PrintedWords,
    parts: tuple[CalendarPart, ...],
) -> CalendarMatch:
    before = words.ended.search(folded[max(0, start - _REACH) : start])
    # "three and six months ended" leaves open which of the two is meant.
    months = words.months_of(before["length"]) if before is not None and not before["also"] else None
    return CalendarMatch(kind=kind, start=start, end=end, value=value, outer_start=start, months=months, parts=parts)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
