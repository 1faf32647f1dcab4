"""Dates in Hindi, and dates of the Indian national (Saka) calendar, whose years begin on 22 March, or 21 March in leap
years."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from attrs import frozen

from exporter.formats.inline_xbrl.transformations.calendar_dates import full_year, write_date, write_month
from exporter.formats.inline_xbrl.transformations.rule import Gives, Rule

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
    found = [match for match in _ANY_GREGORIAN.finditer(words, 1) if match.end() < len(words)]
    return _GREGORIAN[found[-1][0]] if found else None


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


_HINDI = Rule(Gives.DATE, _hindi_date, "a date like 31 दिसंबर 2024")
_HINDI_MONTH = Rule(Gives.MONTH, _hindi_month_of_year, "a month like दिसंबर 2024")
_SAKA_RULE = Rule(Gives.DATE, _saka_date, "a date like 11 Pausha 1921")

INDIAN_DATES_3: Final = {
    "datedaymonthyearin": Rule(Gives.DATE, _hindi_date_or_figures, "a date like 31 दिसंबर 2024"),
    "datemonthyearin": _HINDI_MONTH,
    "calindaymonthyear": _SAKA_RULE,
}
INDIAN_DATES_4: Final = {
    "date-day-monthname-year-hi": _HINDI,
    "date-monthname-year-hi": _HINDI_MONTH,
    "date-ind-day-monthname-year-hi": _SAKA_RULE,
}
