"""Dates in figures, of the Japanese eras, of quarters, and of the Indian calendar.

In figures: day, month and year in any order, parted by anything that is no digit; and those with 年月日.

Dates of the Japanese eras: 令和6年12月31日. The first year of an era is 元年; its length is not checked.

The last day of a calendar quarter from its English name: *Second quarter 2024*, *Q2 2024*, *2024 Q2* (EDGAR
``datequarterend``).

Dates in Hindi, and dates of the Indian national (Saka) calendar, whose years begin on 22 March, or 21 March in leap
years.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final

from attrs import frozen

from exporter.transformations.rule import (
    DEVANAGARI_DIGITS,
    FULL_WIDTH_DIGITS,
    Gives,
    TransformationRule,
    full_year,
    write_date,
    write_month,
    write_month_day,
)

DAY: Final = "(?P<day>[0-9]{1,2})"
MONTH: Final = "(?P<month>[0-9]{1,2})"
YEAR: Final = "(?P<year>[0-9]{4}|[0-9]{1,2})"
_APART: Final = "[^0-9]+"
_SPACED: Final = r"\s*"


def value_of(match: re.Match[str]) -> str | None:
    """The date, month or day of the year that the named groups hold."""
    parts = match.groupdict()
    month, day = int(parts.get("month", "0")), int(parts.get("day", "0"))
    if "year" not in parts:
        return write_month_day(month=month, day=day)
    year = full_year(parts["year"])
    return write_date(year=year, month=month, day=day) if "day" in parts else write_month(year=year, month=month)


def shaped(pattern: str, digits: Mapping[int, int] | None = None) -> Callable[[str], str | None]:
    """Reads texts of one shape, with its digits of another script made ASCII."""
    shape = re.compile(pattern)

    def parser(text: str) -> str | None:
        match = shape.fullmatch(text.translate(digits) if digits else text)
        return value_of(match) if match else None

    return parser


def _date(pattern: str, example: str, digits: Mapping[int, int] | None = None) -> TransformationRule:
    return TransformationRule(Gives.DATE, shaped(pattern, digits), f"a date like {example}")


def _month(pattern: str, example: str, digits: Mapping[int, int] | None = None) -> TransformationRule:
    return TransformationRule(Gives.MONTH, shaped(pattern, digits), f"a month of a year like {example}")


def _month_day(pattern: str, example: str) -> TransformationRule:
    return TransformationRule(Gives.MONTH_DAY, shaped(pattern), f"a day of a month like {example}")


_DAY_MONTH = _month_day(DAY + _APART + MONTH, "31/12")
_MONTH_DAY = _month_day(MONTH + _APART + DAY + "[A-Za-z]*", "12/31")
_DAY_MONTH_YEAR = DAY + _APART + MONTH + _APART + YEAR
_MONTH_DAY_YEAR = _date(MONTH + _APART + DAY + _APART + YEAR, "12/31/2024")
_MONTH_YEAR = MONTH + _APART + YEAR
_YEAR_MONTH = YEAR + _APART + MONTH + "[^0-9]*"
_YEAR_MONTH_DAY = _date(
    YEAR + _APART + MONTH + _APART + DAY + "[^0-9]*", "2024-12-31 or 2024年12月31日", FULL_WIDTH_DIGITS
)
_CJK_MONTH = _SPACED.join((YEAR, "年", MONTH, "月"))
_CJK_DATE = _SPACED.join((_CJK_MONTH, DAY, "日"))

NUMERIC_DATES_1: Final = {
    "dateslashus": _date(f"{MONTH}/{DAY}/{YEAR}", "12/31/2024"),
    "dateslasheu": _date(f"{DAY}/{MONTH}/{YEAR}", "31/12/2024"),
    "datedotus": _date(rf"{MONTH}\.{DAY}\.{YEAR}", "12.31.2024"),
    "datedoteu": _date(rf"{DAY}\.{MONTH}\.{YEAR}", "31.12.2024"),
    "dateslashdaymontheu": _month_day(f"{DAY}/{MONTH}", "31/12"),
    "dateslashmonthdayus": _month_day(f"{MONTH}/{DAY}", "12/31"),
}
NUMERIC_DATES_2: Final = {
    "datedaymonth": _DAY_MONTH,
    "datemonthday": _MONTH_DAY,
    "datedaymonthyear": _date(_DAY_MONTH_YEAR, "31.12.2024"),
    "datemonthdayyear": _MONTH_DAY_YEAR,
    "dateyearmonthdaycjk": _date(_CJK_DATE, "2024年12月31日", FULL_WIDTH_DIGITS),
    "dateyearmonthcjk": _month(_CJK_MONTH, "2024年12月", FULL_WIDTH_DIGITS),
}
NUMERIC_DATES_3: Final = {
    "datemonthyear": _month(_MONTH_YEAR, "12/2024"),
    "dateyearmonthday": _YEAR_MONTH_DAY,
}
NUMERIC_DATES_4: Final = {
    "date-day-month": _DAY_MONTH,
    "date-month-day": _MONTH_DAY,
    "date-day-month-year": _date(_DAY_MONTH_YEAR, "31.12.2024", DEVANAGARI_DIGITS),
    "date-month-day-year": _MONTH_DAY_YEAR,
    "date-month-year": _month(_MONTH_YEAR, "12/2024", DEVANAGARI_DIGITS),
    "date-year-month": _month(_YEAR_MONTH, "2024-12 or 2024年12月", FULL_WIDTH_DIGITS),
    "date-year-month-day": _YEAR_MONTH_DAY,
}


# The Gregorian year before the first year of each era, and its first day; 明治 counts from the reform of the calendar.
_YEAR_BEFORE: Final = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_FIRST_DAYS: Final = (
    ("2019-05-01", "令和"),
    ("1989-01-08", "平成"),
    ("1926-12-25", "昭和"),
    ("1912-07-30", "大正"),
    ("1873-01-01", "明治"),
)
_YEARS: Final = _YEAR_BEFORE | {name[0]: year for name, year in _YEAR_BEFORE.items()}
_ERA: Final = "(?P<era>" + "|".join(f"{name}|{name[0]}" for name in _YEAR_BEFORE) + ")"
_MONTH_SHAPE: Final = r"\s*".join((_ERA, "(?P<year>[0-9]{1,2}|元)", "年", "(?P<month>[0-9]{1,2})", "月"))
_MONTH: Final = re.compile(_MONTH_SHAPE + r"\s*")
_DATE: Final = re.compile(r"\s*".join((_MONTH_SHAPE, "(?P<day>[0-9]{1,2})", r"日\s*")))


def _gregorian_year(match: re.Match[str]) -> int:
    return _YEARS[match["era"]] + (1 if match["year"] == "元" else int(match["year"]))


def _era_month(text: str) -> str | None:
    match = _MONTH.fullmatch(text.translate(FULL_WIDTH_DIGITS))
    return write_month(year=_gregorian_year(match), month=int(match["month"])) if match else None


def _era_date(text: str) -> str | None:
    match = _DATE.fullmatch(text.translate(FULL_WIDTH_DIGITS))
    if match is None:
        return None
    return write_date(year=_gregorian_year(match), month=int(match["month"]), day=int(match["day"]))


def era_year(date: str) -> str | None:
    """``令和6`` for ``2024-12-31``, ``令和元`` for its first year; ``None`` before 1873."""
    for first_day, name in _FIRST_DAYS:
        if date >= first_day:
            year = int(date[:4]) - _YEAR_BEFORE[name]
            return f"{name}{'元' if year == 1 else year}"
    return None


_ERA_DATE_RULE = TransformationRule(Gives.DATE, _era_date, "a date like 令和6年12月31日")
_ERA_MONTH_RULE = TransformationRule(Gives.MONTH, _era_month, "a month like 令和6年12月")

ERA_DATES_2: Final = {"dateerayearmonthdayjp": _ERA_DATE_RULE, "dateerayearmonthjp": _ERA_MONTH_RULE}
ERA_DATES_4: Final = {"date-jpn-era-year-month-day": _ERA_DATE_RULE, "date-jpn-era-year-month": _ERA_MONTH_RULE}


_LAST_DAYS: Final = ((3, 31), (6, 30), (9, 30), (12, 31))
_QUARTERS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ORDINAL: Final = re.compile("[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast|[1-4]")
_YEAR_LAST: Final = re.compile(r"(?P<words>[^0-9]*(?:[1-4][^0-9]*)?)(?<![0-9])(?P<year>[0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"(?P<year>[0-9]{4})(?P<words>[^0-9].*|[1-4](?:[^0-9].*)?)")
_WORD_END: Final = re.compile(r"\w")


def _before_year(words: str) -> int | None:
    """The last ordinal; words may stand before it if they begin with a letter."""
    ordinals = list(_ORDINAL.finditer(words))
    if not ordinals or not (ordinals[-1].start() == 0 or _WORD_END.match(words)):
        return None
    return _QUARTERS[ordinals[-1][0].lower()]


def _after_year(words: str) -> int | None:
    """The last ordinal before other figures; what follows it ends with a letter or figure."""
    figure = re.search("[0-9]", words)
    ends_well = _WORD_END.match(words[-1]) is not None
    for match in reversed(list(_ORDINAL.finditer(words, 0, figure.end() if figure else len(words)))):
        following = words[match.end() : match.end() + 1]
        if not following or (ends_well and following not in "0123456789"):
            return _QUARTERS[match[0].lower()]
    return None


def _quarter_end(text: str) -> str | None:
    match = _YEAR_LAST.fullmatch(text)
    quarter = _before_year(match["words"]) if match else None
    if quarter is None:
        match = _YEAR_FIRST.fullmatch(text)
        quarter = _after_year(match["words"]) if match else None
    if match is None or quarter is None:
        return None
    month, day = _LAST_DAYS[quarter - 1]
    return write_date(year=int(match["year"]), month=month, day=day)


QUARTER_ENDS: Final = {
    "datequarterend": TransformationRule(Gives.DATE, _quarter_end, "a quarter like Second quarter 2024")
}


_DAY: Final = "(?P<day>[0-9]{1,2}|[०-९]{1,2})"
_YEAR: Final = "(?P<year>[0-9]{4}|[०-९]{4}|[0-9]{2}|[०-९]{2})"
_WORDS: Final = "(?P<words>[^0-9०-९]+)"
_NAMED_DATE: Final = re.compile(_DAY + _WORDS + _YEAR)
_NAMED_MONTH: Final = re.compile(_WORDS + _YEAR)
_FIGURES: Final = re.compile(_DAY + "[^0-9०-९]+(?P<month>[०-९]{1,2})[^0-9०-९]+" + _YEAR)

_GREGORIAN: Final = {
    "जनवरी": 1, "फरवरी": 2, "मार्च": 3, "अप्रैल": 4, "मई": 5, "जून": 6, "जुलाई": 7, "अगस्त": 8,
    "सितंबर": 9, "सितम्बर": 9, "अक्टूबर": 10, "अक्तूबर": 10, "नवंबर": 11, "नवम्बर": 11, "दिसंबर": 12, "दिसम्बर": 12,
}  # fmt: skip
_ANY_GREGORIAN: Final = re.compile("|".join(_GREGORIAN))


@frozen
class _SakaMonth:
    """How a month is known: transliterations differ in vowels and accents, so that only parts of a word are looked for.

    ``marks`` are beginnings with what comes later in the word, ``names`` stand in the word as they are.
    """

    number: int
    marks: tuple[tuple[str, str], ...]
    names: tuple[str, ...]

    def is_in(self, word: str) -> bool:
        return any(name in word for name in self.names) or any(
            0 <= word.find(beginning) <= word.rfind(later) - len(beginning) for beginning, later in self.marks
        )


# The month whose mark is the least telling comes last.
_SAKA_MONTHS: Final = (
    _SakaMonth(1, (("C", "ait"),), ("चैत्र",)),
    _SakaMonth(2, (), ("Vai", "वैशाख", "बैसाख")),
    _SakaMonth(3, (), ("Jy", "ज्येष्ठ")),
    _SakaMonth(4, (), ("dha", "ḍha", "आषाढ")),
    _SakaMonth(5, (), ("vana", "Śrāvaṇa", "श्रावण", "सावन")),
    _SakaMonth(6, (("Bh", "dra"),), ("Proṣṭhapada", "भाद्रपद", "भादो")),
    _SakaMonth(8, (("K", "rti"),), ("कार्तिक",)),
    _SakaMonth(9, (("M", "rga"),), ("Agra", "मार्गशीर्ष", "अगहन")),
    _SakaMonth(10, (), ("Pau", "पौष")),
    _SakaMonth(11, (("M", "gh"),), ("माघ",)),
    _SakaMonth(12, (("Ph", "lg"),), ("फाल्गुन",)),
    _SakaMonth(7, (), ("in", "आश्विन")),
)


def _hindi_month(words: str) -> int | None:
    """The last name that stands between other characters."""
    matches = [match for match in _ANY_GREGORIAN.finditer(words, 1) if match.end() < len(words)]
    return _GREGORIAN[matches[-1][0]] if matches else None


def _hindi_date(text: str) -> str | None:
    match = _NAMED_DATE.fullmatch(text)
    if match is None or (month := _hindi_month(match["words"])) is None:
        return None
    return write_date(year=full_year(match["year"]), month=month, day=int(match["day"]))


def _hindi_date_or_figures(text: str) -> str | None:
    """Registry 3 takes a month in Devanagari figures too."""
    match = _FIGURES.fullmatch(text)
    if match is None:
        return _hindi_date(text)
    return write_date(year=full_year(match["year"]), month=int(match["month"]), day=int(match["day"]))


def _hindi_month_of_year(text: str) -> str | None:
    match = _NAMED_MONTH.fullmatch(text)
    name = _ANY_GREGORIAN.match(match["words"]) if match else None
    if match is None or name is None or name.end() == len(match["words"]):
        return None
    return write_month(year=full_year(match["year"]), month=_GREGORIAN[name[0]])


def _saka_month_of(word: str) -> int | None:
    return next((month.number for month in _SAKA_MONTHS if month.is_in(word)), None)


def _saka_date(text: str) -> str | None:
    match = _NAMED_DATE.fullmatch(text)
    if match is None:
        return None
    months = (_saka_month_of(word) for word in reversed(match["words"][1:-1].split()))
    month = next((month for month in months if month), None)
    return _to_gregorian(match["year"], month=month, day=int(match["day"])) if month else None


def _to_gregorian(year_text: str, *, month: int, day: int) -> str | None:
    """Short years are chosen so that the Gregorian date lies between 2000 and 2099."""
    year = int(year_text)
    if len(year_text) == 2:
        year += 1900 if (year, month, day) >= (21, 10, 11) else 2000
    gregorian = year + 78
    if not 1 <= gregorian <= 9998:
        return None
    leap = gregorian % 4 == 0 and (gregorian % 100 != 0 or gregorian % 400 == 0)
    lengths = (31 if leap else 30, *(31,) * 5, *(30,) * 6)
    if not 1 <= day <= lengths[month - 1]:
        return None
    first_day = dt.date(gregorian, 3, 21 if leap else 22)
    return (first_day + dt.timedelta(days=sum(lengths[: month - 1]) + day - 1)).isoformat()


_HINDI = TransformationRule(Gives.DATE, _hindi_date, "a date like 31 दिसंबर 2024")
_HINDI_MONTH = TransformationRule(Gives.MONTH, _hindi_month_of_year, "a month like दिसंबर 2024")
_SAKA_RULE = TransformationRule(Gives.DATE, _saka_date, "a date like 11 Pausha 1921")

INDIAN_DATES_3: Final = {
    "datedaymonthyearin": TransformationRule(Gives.DATE, _hindi_date_or_figures, "a date like 31 दिसंबर 2024"),
    "datemonthyearin": _HINDI_MONTH,
    "calindaymonthyear": _SAKA_RULE,
}
INDIAN_DATES_4: Final = {
    "date-day-monthname-year-hi": _HINDI,
    "date-monthname-year-hi": _HINDI_MONTH,
    "date-ind-day-monthname-year-hi": _SAKA_RULE,
}
