"""Dates and periods as people write them, and the dates known only in part.

English and Japanese are always read, another language where the caller names it. The order of day and month is never
guessed: 03/04/2005 is refused, a form that begins with the year is read.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final, Literal, Self

from attrs import field, frozen

from exporter.errors import ModelError
from exporter.findings import choice_hint, list_text
from exporter.items.values.languages import ALWAYS, Language, fold_word, get_language
from exporter.items.values.numerals import normalise
from exporter.items.values.phrases import reading
from exporter.items.values.printing import print_month, print_month_day
from exporter.model.period import Duration, Instant, parse_oim_period

_LONGEST: Final = 200
_SQUARE_ERAS: Final = {"㍾": "明治", "㍽": "大正", "㍼": "昭和", "㍻": "平成", "㋿": "令和"}
_NAME: Final = r"(?P<name>[A-Za-z]{3,9})\.?"
_DAY: Final = r"(?P<day>[0-9]{1,2})(?P<ordinal>st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>[0-9]{4})"
_NUMERIC_MONTH: Final = r"(?P<month>[0-9]{1,2})"
_UNORDERED: Final = re.compile(
    r"[0-9]{1,2}([/.-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})|[0-9]{2}[/.-][0-9]{1,2}[/.-][0-9]{1,2}"
)
_DAY_AND_MONTH_FIRST: Final = re.compile(r"(?P<one>[0-9]{1,2})([/.-]) ?(?P<other>[0-9]{1,2})\2 ?(?P<year>[0-9]{4})")
_UNPADDED: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_LAST_DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_SUFFIXES: Final = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}


def plain_date_text(text: str) -> str:
    """``text`` normalised, the one-character names of eras spelled out."""
    plain = unicodedata.normalize("NFC", normalise(text))
    if len(plain) > _LONGEST:
        raise ModelError(f"a text of {len(plain)} characters is too long for a date")
    for square, era in _SQUARE_ERAS.items():
        plain = plain.replace(square, era)
    return plain


@cache
def _eras() -> Mapping[str, dt.date]:
    """The first days of the eras that number years."""
    return get_language("ja").eras


def _japanese_year() -> str:
    return rf"(?:{_YEAR}|(?P<era>{'|'.join(_eras())}) ?(?P<of_era>元|[0-9]{{1,2}})) ?年"


@cache
def _forms() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """The expressions for a date, a month of a year and a day of every year in English and Japanese."""
    year = _japanese_year()
    forms = {
        "date": (
            rf"{_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})",
            rf"{_NAME} {_DAY}(?:, ?| ){_YEAR}",
            rf"{_DAY}(?: of)? {_NAME},? {_YEAR}",
            rf"{year} ?{_NUMERIC_MONTH} ?月 ?(?P<day>[0-9]{{1,2}}) ?日",
            rf"{_YEAR}(?P<mark>[/.]) ?{_NUMERIC_MONTH}(?P=mark) ?(?P<day>[0-9]{{1,2}})",
        ),
        "month": (
            rf"{_YEAR}-(?P<month>[0-9]{{2}})",
            rf"{_NAME},? (?:of )?{_YEAR}",
            rf"{year} ?{_NUMERIC_MONTH} ?月",
        ),
        "day": (
            r"--(?P<month>[0-9]{2})-(?P<day>[0-9]{2})",
            rf"{_NAME} {_DAY}",
            rf"{_DAY}(?: of)? {_NAME}",
            rf"{_NUMERIC_MONTH} ?月 ?(?P<day>[0-9]{{1,2}}) ?日",
        ),
    }
    return {kind: tuple(re.compile(form, re.IGNORECASE) for form in texts) for kind, texts in forms.items()}


@lru_cache(maxsize=32)
def _forms_in(language: Language) -> dict[str, re.Pattern[str]]:
    """The expressions for a date, a month of a year and a day of every year: the day, the month's name, the year."""
    ordinals = "|".join(map(re.escape, language.ordinals)) or "(?!)"
    joiner = f"(?:(?:{'|'.join(map(re.escape, language.joiners))}) )?" if language.joiners else ""
    day, name = rf"(?P<day>[0-9]{{1,2}})(?: ?(?:{ordinals}))?", rf"(?P<name>{language.names_of_months})\.?"
    forms = {"date": f"{day} {joiner}{name} {joiner}{_YEAR}", "month": f"{name} {joiner}{_YEAR}"}
    forms["day"] = f"{day} {joiner}{name}"
    return {kind: re.compile(form, re.IGNORECASE) for kind, form in forms.items()}


def _find_form(kind: str, plain: str, language: str | None) -> tuple[re.Match[str] | None, Language | None]:
    """The form of a date that ``plain`` has, and the language of its month where it is not English or Japanese."""
    spoken = get_language(language) if language else None
    if spoken is not None and spoken.code not in ALWAYS and (match := _forms_in(spoken)[kind].fullmatch(plain)):
        return match, spoken
    return _first_match(_forms()[kind], plain), None


def parse_date(text: str, *, language: str | None = None) -> dt.date:
    """A whole date: "March 31, 2005", "31 March 2005", "2005-03-31", "2005/3/31", "2005年3月31日", "平成17年3月31日".

    Full-width digits are taken, 元年 too. A year of a Japanese era may lie beyond the era's end, but not before its
    beginning. ``language`` names a further language to read: "31. März 2005".

    Raises:
        ModelError: no such date; a year of two digits; day and month in an order that is not certain.
    """
    with reading(text, kind="a date", example="2005-03-31 or March 31, 2005"):
        plain = plain_date_text(text)
        match, spoken = _find_form("date", plain, language)
        if match is None:
            raise ModelError(_why_no_date(plain))
        _check_ordinal(match)
        date = _date(_year(match), _month(match, spoken), int(match["day"]))
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
    if _first_match(_forms()["month"], plain):
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


def _month(match: re.Match[str], language: Language | None = None) -> int:
    groups = match.groupdict()
    if groups.get("month"):
        return int(groups["month"])
    number = (language or get_language("en")).month_numbers.get(fold_word(groups["name"]))
    if number is None:
        names = [names[0] for names in get_language("en").months]
        hint = choice_hint(groups["name"], names, "write its English name")
        raise ModelError(f"{groups['name']!r} is no month; {hint}")
    return number


def _year(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups["year"]:
        return int(groups["year"])
    of_era = 1 if groups["of_era"] == "元" else int(groups["of_era"])
    if of_era < 1:
        raise ModelError("the years of an era begin with 1 (元年)")
    return _eras()[groups["era"]].year + of_era - 1


def _check_era(match: re.Match[str], last_day: dt.date) -> None:
    era = match.groupdict().get("era")
    if era and last_day < _eras()[era]:
        raise ModelError(f"{last_day} lies before the era {era}, which began on {_eras()[era]}")


def _date(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ModelError(f"there is no day {day} in month {month} of {year}") from None


def parse_japanese_year(text: str) -> int | None:
    """The Gregorian year that "2005年" or "平成17年" means, or ``None`` for other text."""
    match = re.fullmatch(_japanese_year(), plain_date_text(text))
    return None if match is None else _year(match)


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
    def parse(cls, text: str, *, language: str | None = None) -> Self:
        """From "2003-09", "September 2003", "2003年9月", "平成15年9月".

        Raises:
            ModelError: another form, or a whole date.
        """
        with reading(text, kind="a month", example="2003-09 or September 2003"):
            match, spoken = _find_form("month", plain_date_text(text), language)
            if match is None:
                raise ModelError("expected 2003-09, September 2003 or 2003年9月")
            month = cls(_year(match), _month(match, spoken))
            _check_era(match, month.last_day)
            return month

    @property
    def first_day(self) -> dt.date:
        """The first day of the month."""
        return dt.date(self.year, self.month, 1)

    @property
    def last_day(self) -> dt.date:
        """The last day of the month."""
        return dt.date(self.year, self.month, days_in(self.year, self.month))

    @property
    def duration(self) -> Duration:
        """The whole month as a period."""
        return Duration(self.first_day, self.last_day)

    def __contains__(self, date: dt.date) -> bool:
        return (date.year, date.month) == (self.year, self.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def printed(self, language: str = "en") -> str:
        """ "September 2003", "2003年9月", "September 2003" in German too."""
        return print_month(self.year, self.month, language)


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
    def parse(cls, text: str, *, language: str | None = None) -> Self:
        """From "--03-31", "March 31", "31 March", "3月31日".

        Raises:
            ModelError: another form; "03-31" and "3/31" are refused, for their order is not certain.
        """
        with reading(text, kind="a day of the year", example="--03-31 or March 31"):
            match, spoken = _find_form("day", plain_date_text(text), language)
            if match is None:
                raise ModelError("expected --03-31, March 31 or 3月31日")
            _check_ordinal(match)
            return cls(_month(match, spoken), int(match["day"]))

    def in_year(self, year: int) -> dt.date:
        """The day in one year.

        Raises:
            ModelError: February 29 in a year that has none.
        """
        return _date(year, self.month, self.day)

    def __str__(self) -> str:
        return f"--{self.month:02d}-{self.day:02d}"

    def printed(self, language: str = "en") -> str:
        """ "March 31", "3月31日", "31. März"."""
        return print_month_day(self.month, self.day, language)


_TERM: Final = re.compile(r"(?P<month>.+年 ?[0-9]{1,2} ?月) ?期")
# Ranges that no language's words mark.
_RANGES: Final = (
    re.compile(r"(?P<start>[0-9]{4}-[0-9]{2}-[0-9]{2}) ?/ ?(?P<end>[0-9]{4}-[0-9]{2}-[0-9]{2})"),
    re.compile(r"(?P<start>.{1,200}[0-9]) (?:-|—|~) (?P<end>[A-Za-z0-9].{1,200})"),
    re.compile(r"(?P<start>[A-Za-z].{1,200} [0-9]{4}) ?[-—] ?(?P<end>[A-Za-z].{1,200})"),
)
_CALENDAR_YEAR: Final = re.compile(r"(?:the )?(?:calendar )?year (?P<year>[0-9]{4})", re.IGNORECASE)
_FISCAL_YEAR: Final = re.compile(
    r"(?:the )?(?:fiscal|financial)(?: year)? ?[0-9]{4}|fy ?[0-9]{2,4}|[0-9]{4}|.+年度", re.IGNORECASE
)
_IN_MONTH: Final = re.compile(r"(?:(?:in|for) )?(?:the )?(?:month of )?(?P<month>.+)", re.IGNORECASE)


def parse_period(text: str, *, language: str | None = None) -> Instant | Duration:
    """The period that ``text`` names.

    - "as of March 31, 2005", "2005年3月31日現在": the instant at the end of that day;
    - "2005-06-24": that whole day; "2005-01", "January 2005": the month; "year 2004", "2004年": the calendar year;
    - "2004-04-01 to 2005-03-31", "April 1, 2004 through March 31, 2005", "2004年4月1日から2005年3月31日まで": both
      days included;
    - "fiscal year ended March 31, 2005", "three months ended June 30, 2005", "2005年3月期": whole months back from the
      last day of a month;
    - the same in ``language``: "Geschäftsjahr zum 31. März 2005";
    - the canonical forms of OIM 1.0, "2004-04-01T00:00:00/2005-04-01T00:00:00".

    Raises:
        ModelError: another form; a year that may be a calendar or a fiscal one ("2005", "FY2005", "2004年度"); months
            ended on another day than the last of a month, for their first day is then not certain (years of 52 weeks).
    """
    with reading(text, kind="a period", example="2004-04-01 to 2005-03-31"):
        plain = plain_date_text(text)
        if "T" in plain and re.fullmatch(r"[0-9T:./Z-]+", plain):
            return parse_oim_period(plain)
        spoken = get_language(language) if language else None
        codes = dict.fromkeys((*([spoken.code] if spoken is not None else []), *ALWAYS))
        known = [get_language(code) for code in codes]
        if (match := _match_template("as_of", plain, known)) is not None:
            return Instant(parse_date(match["date"], language=language))
        return (
            _ended(plain, known, language)
            or _calendar(plain)
            or _range(plain, known, language)
            or _day_or_month(plain, language)
        )


def _match_template(
    kind: Literal["as_of", "between", "ended"], plain: str, known: Iterable[Language]
) -> re.Match[str] | None:
    """The words of a period in the first of the languages that has them."""
    patterns = (pattern for words in known for pattern in words.patterns(kind))
    return next((match for pattern in patterns if (match := pattern.fullmatch(plain))), None)


def _ended(plain: str, known: Iterable[Language], language: str | None) -> Duration | None:
    if match := _TERM.fullmatch(plain):
        return _months_back(Month.parse(match["month"]).last_day, 12)
    for words in known:
        if (match := _match_template("ended", plain, (words,))) is not None:
            return _months_back(parse_date(match["date"], language=language), words.months_of(match["length"]))
    return None


def _months_back(end: dt.date, months: int) -> Duration:
    if end.day != days_in(end.year, end.month):
        raise ModelError(f"{end} is not the last day of a month, so the first day is not certain; write both days")
    index = end.year * 12 + end.month - months
    if index < 12:
        raise ModelError("the first day lies before the calendar begins")
    return Duration(dt.date(index // 12, index % 12 + 1, 1), end)


def _calendar(plain: str) -> Duration | None:
    if match := _CALENDAR_YEAR.fullmatch(plain):
        year: int | None = int(match["year"])
    elif _FISCAL_YEAR.fullmatch(plain):
        raise ModelError("it does not say where the year begins and ends; write 'year 2004' or both days")
    else:
        year = parse_japanese_year(plain)
    if year is None:
        return None
    return Duration(Month(year, 1).first_day, Month(year, 12).last_day)


def _range(plain: str, known: Iterable[Language], language: str | None) -> Duration | None:
    match = _match_template("between", plain, known) or _first_match(_RANGES, plain)
    if match is None:
        return None
    return Duration(parse_date(match["start"], language=language), parse_date(match["end"], language=language))


def _day_or_month(plain: str, language: str | None) -> Duration:
    match = _IN_MONTH.fullmatch(plain)
    month = match["month"] if match else plain
    try:
        return Month.parse(month, language=language).duration
    except ModelError:
        return Duration.day(parse_date(plain, language=language))
