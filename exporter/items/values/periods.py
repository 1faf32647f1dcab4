"""Periods as people write them: a day, a month, a year, from one date to another, the months ended on a date."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from exporter.errors import ModelError
from exporter.items.values.dates import Month, days_in, parse_date, parse_japanese_year, plain_date_text
from exporter.items.values.phrases import reading
from exporter.model.period import Duration, Instant, parse_oim_period

_NUMBERS: Final = {"three": 3, "3": 3, "six": 6, "6": 6, "nine": 9, "9": 9, "twelve": 12, "12": 12}
_AS_OF: Final = re.compile(
    r"(?:as of|as at|at) (?:the )?(?:close of )?(?P<date>.+)|(?P<jp>.+日) ?(?:現在|時点)", re.IGNORECASE
)
_ENDED: Final = re.compile(
    r"(?:for |in )?(?:the )?(?:(?P<months>three|six|nine|twelve|3|6|9|12)[ -]months?(?: period)?|"
    r"(?P<quarter>(?:fiscal )?quarter)|(?P<half>half[ -]year)|(?:fiscal |financial )?year) end(?:ed|ing) (?P<date>.+)",
    re.IGNORECASE,
)
_ENDED_JAPANESE: Final = re.compile(
    r"(?P<date>.+日)に(?:終了した|終了する|終わる)(?:(?P<months>3|6|9|12)(?:か|カ|ヶ|ヵ|箇)月間?|1年間|(?:連結)?(?:事業|会計)年度)"
)
_TERM: Final = re.compile(r"(?P<month>.+年 ?[0-9]{1,2} ?月) ?期")
_RANGES: Final = (
    re.compile(r"(?:for the period )?(?:from )?(?P<start>.+?) (?:to|through|until) (?P<end>.+)", re.IGNORECASE),
    re.compile(r"(?P<start>.+日) ?(?:から|~) ?(?P<end>.+日)(?: ?まで)?"),
    re.compile(r"(?P<start>[0-9]{4}-[0-9]{2}-[0-9]{2}) ?/ ?(?P<end>[0-9]{4}-[0-9]{2}-[0-9]{2})"),
    re.compile(r"(?P<start>.+[0-9]) (?:-|—|~) (?P<end>[A-Za-z0-9].+)"),
    re.compile(r"(?P<start>[A-Za-z].+ [0-9]{4}) ?[-—] ?(?P<end>[A-Za-z].+)"),
)
_CALENDAR_YEAR: Final = re.compile(r"(?:the )?(?:calendar )?year (?P<year>[0-9]{4})", re.IGNORECASE)
_FISCAL_YEAR: Final = re.compile(
    r"(?:the )?(?:fiscal|financial)(?: year)? ?[0-9]{4}|fy ?[0-9]{2,4}|[0-9]{4}|.+年度", re.IGNORECASE
)
_IN_MONTH: Final = re.compile(r"(?:(?:in|for) )?(?:the )?(?:month of )?(?P<month>.+)", re.IGNORECASE)


def parse_period(text: str) -> Instant | Duration:
    """The period that ``text`` names.

    - "as of March 31, 2005", "2005年3月31日現在": the instant at the end of that day;
    - "2005-06-24": that whole day; "2005-01", "January 2005": the month; "year 2004", "2004年": the calendar year;
    - "2004-04-01 to 2005-03-31", "April 1, 2004 through March 31, 2005", "2004年4月1日から2005年3月31日まで": both
      days included;
    - "fiscal year ended March 31, 2005", "three months ended June 30, 2005", "2005年3月期": whole months back from the
      last day of a month;
    - the canonical forms of OIM 1.0, "2004-04-01T00:00:00/2005-04-01T00:00:00".

    Raises:
        ModelError: another form; a year that may be a calendar or a fiscal one ("2005", "FY2005", "2004年度"); months
            ended on another day than the last of a month, for their first day is then not certain (years of 52 weeks).
    """
    with reading(text, kind="a period", example="2004-04-01 to 2005-03-31"):
        plain = plain_date_text(text)
        if "T" in plain and re.fullmatch(r"[0-9T:./Z-]+", plain):
            return parse_oim_period(plain)
        if match := _AS_OF.fullmatch(plain):
            return Instant(parse_date(match["date"] or match["jp"]))
        return _ended(plain) or _calendar(plain) or _range(plain) or _day_or_month(plain)


def _ended(plain: str) -> Duration | None:
    if match := _TERM.fullmatch(plain):
        return _months_back(Month.parse(match["month"]).last_day, 12)
    match = _ENDED.fullmatch(plain) or _ENDED_JAPANESE.fullmatch(plain)
    if match is None:
        return None
    groups = match.groupdict()
    months = (
        3
        if groups.get("quarter")
        else 6
        if groups.get("half")
        else _NUMBERS.get((groups["months"] or "12").lower(), 12)
    )
    return _months_back(parse_date(match["date"]), months)


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


def _range(plain: str) -> Duration | None:
    for form in _RANGES:
        if match := form.fullmatch(plain):
            return Duration(parse_date(match["start"]), parse_date(match["end"]))
    return None


def _day_or_month(plain: str) -> Duration:
    match = _IN_MONTH.fullmatch(plain)
    month = match["month"] if match else plain
    try:
        return Month.parse(month).duration
    except ModelError:
        return Duration.day(parse_date(plain))


def print_period(period: Instant | Duration) -> str:
    """A period in words that `parse_period` reads back: "as of 2005-03-31", "2004-04-01 to 2005-03-31".

    A period that does not begin and end with a day keeps its canonical form of OIM 1.0.
    """
    if isinstance(period, Instant):
        return period.oim if "T" in str(period) else f"as of {period}"
    text = str(period)
    if "T" in text:
        return period.oim
    return text
