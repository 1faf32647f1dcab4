"""Dates as people write them in English and Japanese, and the dates known only in part.

The order of day and month is never guessed: 03/04/2005 is refused, a form that begins with the year is read.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final, Self

from attrs import field, frozen

from exporter.errors import ModelError
from exporter.findings import choice_hint, list_text
from exporter.items.values.glyphs import normalise
from exporter.items.values.phrases import reading
from exporter.items.values.wording import Language, check_language
from exporter.model.period import Duration

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_BY_NAME: Final = (
    {name.lower(): number for number, name in enumerate(MONTHS, 1)}
    | {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
    | {"sept": 9}
)
# The day each era of Japan began; documents of an earlier day name years of an era beyond its end, so ends are open.
_ERAS: Final = {
    "明治": dt.date(1868, 1, 25),
    "大正": dt.date(1912, 7, 30),
    "昭和": dt.date(1926, 12, 25),
    "平成": dt.date(1989, 1, 8),
    "令和": dt.date(2019, 5, 1),
}
_LONGEST: Final = 200
_SQUARE_ERAS: Final = {"㍾": "明治", "㍽": "大正", "㍼": "昭和", "㍻": "平成", "㋿": "令和"}
_NAME: Final = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY: Final = r"(?P<day>[0-9]{1,2})(?P<ordinal>st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>[0-9]{4})"
_JAPANESE_YEAR: Final = rf"(?:{_YEAR}|(?P<era>{'|'.join(_ERAS)}) ?(?P<of_era>元|[0-9]{{1,2}})) ?年"
_NUMERIC_MONTH: Final = r"(?P<month>[0-9]{1,2})"
_DATE_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
        rf"{_NAME} {_DAY}(?:, ?| ){_YEAR}",
        rf"{_DAY}(?: of)? {_NAME},? {_YEAR}",
        rf"{_JAPANESE_YEAR} ?{_NUMERIC_MONTH} ?月 ?(?P<day>[0-9]{{1,2}}) ?日",
        rf"{_YEAR}(?P<mark>[/.]) ?{_NUMERIC_MONTH}(?P=mark) ?(?P<day>[0-9]{{1,2}})",
    )
)
_MONTH_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}-(?P<month>[0-9]{{2}})",
        rf"{_NAME},? (?:of )?{_YEAR}",
        rf"{_JAPANESE_YEAR} ?{_NUMERIC_MONTH} ?月",
    )
)
_DAY_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"--(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
        rf"{_NAME} {_DAY}",
        rf"{_DAY}(?: of)? {_NAME}",
        rf"{_NUMERIC_MONTH} ?月 ?(?P<day>[0-9]{{1,2}}) ?日",
    )
)
_YEAR_FORM: Final = re.compile(_JAPANESE_YEAR)
_UNORDERED: Final = re.compile(
    r"[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})|[0-9]{2}[/.-][0-9]{1,2}[/.-][0-9]{1,2}"
)
_DAY_AND_MONTH_FIRST: Final = re.compile(r"(?P<one>[0-9]{1,2})([/.-]) ?(?P<other>[0-9]{1,2})\2 ?(?P<year>[0-9]{4})")
_UNPADDED: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_LAST_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SUFFIXES: Final = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def plain_date_text(text: str) -> str:
    """``text`` normalised, the one-character names of eras spelled out."""
    plain = normalise(text)
    if len(plain) > _LONGEST:
        raise ModelError(f"a text of {len(plain)} characters is too long for a date")
    for square, era in _SQUARE_ERAS.items():
        plain = plain.replace(square, era)
    return plain


def parse_date(text: str) -> dt.date:
    """A whole date: "March 31, 2005", "31 March 2005", "2005-03-31", "2005/3/31", "2005年3月31日", "平成17年3月31日".

    Full-width digits are taken, 元年 too. A year of a Japanese era may lie beyond the era's end, but not before its
    beginning.

    Raises:
        ModelError: no such date; a year of two digits; day and month in an order that is not certain.
    """
    with reading(text, kind="a date", example="2005-03-31 or March 31, 2005"):
        plain = plain_date_text(text)
        match = _first_match(_DATE_FORMS, plain)
        if match is None:
            raise ModelError(_why_no_date(plain))
        _check_ordinal(match)
        date = _date(_year(match), _month(match), int(match["day"]))
        _check_era(match, date)
        return date


def _first_match(forms: tuple[re.Pattern[str], ...], plain: str) -> re.Match[str] | None:
    return next((match for form in forms if (match := form.fullmatch(plain))), None)


def _why_no_date(plain: str) -> str:
    if match := _DAY_AND_MONTH_FIRST.fullmatch(plain):
        dates = _readings(int(match["year"]), int(match["one"]), int(match["other"]))
        if len(dates) == 1:
            return f"write {dates[0]}"
        if dates:
            return f"it may be {list_text(dates, last=' or ')}; write the one that is meant so"
    if _UNORDERED.fullmatch(plain):
        return "day, month and year may stand in more than one order; write 2005-03-31"
    if match := _UNPADDED.fullmatch(plain):
        return f"write {match[1]}-{match[2]:0>2}-{match[3]:0>2}"
    if _first_match(_MONTH_FORMS, plain):
        return "it names a month and no day; write the day too"
    return "expected 2005-03-31, March 31, 2005, 31 March 2005 or 2005年3月31日"


def _readings(year: int, one: int, other: int) -> list[dt.date]:
    """The days that two numbers and a year may mean, day first or month first."""
    orders = {(one, other), (other, one)}
    days = [(day, month) for day, month in sorted(orders) if 1 <= month <= 12 and 1 <= day <= days_in(year, month)]
    return [dt.date(year, month, day) for day, month in days] if year else []


def _check_ordinal(match: re.Match[str]) -> None:
    ordinal = match.groupdict().get("ordinal")
    if ordinal and ordinal.lower() != _SUFFIXES.get(int(match["day"]), "th"):
        raise ModelError(f"{match['day']}{ordinal} is no ordinal")


def _month(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups.get("month"):
        return int(groups["month"])
    number = _BY_NAME.get(groups["name"].lower())
    if number is None:
        hint = choice_hint(groups["name"], MONTHS, "write its English name")
        raise ModelError(f"{groups['name']!r} is no month; {hint}")
    return number


def _year(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups["year"]:
        return int(groups["year"])
    of_era = 1 if groups["of_era"] == "元" else int(groups["of_era"])
    if of_era < 1:
        raise ModelError("the years of an era begin with 1 (元年)")
    return _ERAS[groups["era"]].year + of_era - 1


def _check_era(match: re.Match[str], last_day: dt.date) -> None:
    era = match.groupdict().get("era")
    if era and last_day < _ERAS[era]:
        raise ModelError(f"{last_day} lies before the era {era}, which began on {_ERAS[era]}")


def _date(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ModelError(f"there is no day {day} in month {month} of {year}") from None


def parse_japanese_year(text: str) -> int | None:
    """The Gregorian year that "2005年" or "平成17年" means, or ``None`` for other text."""
    match = _YEAR_FORM.fullmatch(plain_date_text(text))
    return None if match is None else _year(match)


def print_date(date: dt.date, language: Language = "en") -> str:
    """ "March 31, 2005" or "2005年3月31日"."""
    check_language(language)
    if language == "ja":
        return f"{date.year:04d}年{date.month}月{date.day}日"
    return f"{MONTHS[date.month - 1]} {date.day}, {date.year:04d}"


def _whole(value: object, name: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ModelError(f"{name} is a whole number, got {value!r}")
    return value


@frozen(cache_hash=True, order=True)
class Month:
    """A date known to the month only; ``str`` gives the form of ``xs:gYearMonth``, "2003-09".

    Raises:
        ModelError: no such month.
    """

    year: int = field()
    month: int = field()

    def __attrs_post_init__(self) -> None:
        if not 1 <= _whole(self.year, "a year") <= 9999 or not 1 <= _whole(self.month, "a month") <= 12:
            raise ModelError(f"there is no month {self.month} of the year {self.year}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "2003-09", "September 2003", "2003年9月", "平成15年9月".

        Raises:
            ModelError: another form, or a whole date.
        """
        with reading(text, kind="a month", example="2003-09 or September 2003"):
            match = _first_match(_MONTH_FORMS, plain_date_text(text))
            if match is None:
                raise ModelError("expected 2003-09, September 2003 or 2003年9月")
            found = cls(_year(match), _month(match))
            _check_era(match, found.last_day)
            return found

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def last_day(self) -> dt.date:
        return dt.date(self.year, self.month, days_in(self.year, self.month))

    @property
    def duration(self) -> Duration:
        """The whole month as a period."""
        return Duration(self.first_day, self.last_day)

    def __contains__(self, date: dt.date) -> bool:
        return (date.year, date.month) == (self.year, self.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def printed(self, language: Language = "en") -> str:
        """ "September 2003" or "2003年9月"."""
        check_language(language)
        return f"{self.year:04d}年{self.month}月" if language == "ja" else f"{MONTHS[self.month - 1]} {self.year:04d}"


def days_in(year: int, month: int) -> int:
    """The number of days of a month."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else _LAST_DAYS[month - 1]


@frozen(cache_hash=True, order=True)
class MonthDay:
    """A day of every year, such as the end of a fiscal year; ``str`` gives the form of ``xs:gMonthDay``, "--03-31".

    Raises:
        ModelError: no such day; February 29 is one.
    """

    month: int = field()
    day: int = field()

    def __attrs_post_init__(self) -> None:
        month, day = _whole(self.month, "a month"), _whole(self.day, "a day")
        if not 1 <= month <= 12 or not 1 <= day <= _LAST_DAYS[month - 1]:
            raise ModelError(f"there is no day {day} in month {month}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """From "--03-31", "March 31", "31 March", "3月31日".

        Raises:
            ModelError: another form; "03-31" and "3/31" are refused, for their order is not certain.
        """
        with reading(text, kind="a day of the year", example="--03-31 or March 31"):
            match = _first_match(_DAY_FORMS, plain_date_text(text))
            if match is None:
                raise ModelError("expected --03-31, March 31 or 3月31日")
            _check_ordinal(match)
            return cls(_month(match), int(match["day"]))

    def in_year(self, year: int) -> dt.date:
        """The day in one year.

        Raises:
            ModelError: February 29 in a year that has none.
        """
        return _date(year, self.month, self.day)

    def __str__(self) -> str:
        return f"--{self.month:02d}-{self.day:02d}"

    def printed(self, language: Language = "en") -> str:
        """ "March 31" or "3月31日"."""
        check_language(language)
        return f"{self.month}月{self.day}日" if language == "ja" else f"{MONTHS[self.month - 1]} {self.day}"
