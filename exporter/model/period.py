"""Periods: instants, durations, forever. The end of a day is handled here and nowhere else.

People write "as of March 31, 2005" and mean the end of that day; XBRL 2.1 writes ``2005-03-31`` for it, the Open
Information Model ``2005-04-01T00:00:00``. A period here holds OIM moments (exclusive ends) and speaks both.
"""

from __future__ import annotations

import datetime as dt
import re

from attrs import field, frozen

from exporter.errors import ModelError

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_MIDNIGHT = "T00:00:00"


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ModelError(f"{text!r} is no date: {error}") from None


def _plus_days(day: dt.date, days: int) -> dt.date:
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        raise ModelError(f"the day after {day} is beyond the calendar") from None


def parse_moment(text: str) -> str:
    """An ``xs:dateTime`` in the canonical form of OIM: UTC as ``Z`` or no zone, no hour 24, no trailing zeros.

    Raises:
        ModelError: the text is no date and time, or lies beyond the years 1 to 9999.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise ModelError(f"expected a date and time like 2005-04-01T00:00:00, got {text!r}")
    day, hour, minute, second, fraction, zone = match.groups()
    date = _date(day)
    if hour == "24":
        if (minute, second) != ("00", "00") or (fraction or "").strip(".0"):
            raise ModelError(f"hour 24 stands only for midnight, got {text!r}")
        date, hour = _plus_days(date, 1), "00"
    fraction = (fraction or "").rstrip("0").rstrip(".")
    try:
        moment = dt.datetime(date.year, date.month, date.day, int(hour), int(minute), int(second))
    except ValueError as error:
        raise ModelError(f"{text!r} is no date and time: {error}") from None
    if zone and zone != "Z":
        offset = dt.timedelta(hours=int(zone[1:3]), minutes=int(zone[4:6]))
        if offset > dt.timedelta(hours=14) or int(zone[4:6]) > 59:
            raise ModelError(f"the zone {zone} of {text!r} is no zone")
        try:
            moment = moment - offset if zone[0] == "+" else moment + offset
        except OverflowError:
            raise ModelError(f"{text!r} lies beyond the calendar in UTC") from None
    return f"{moment.isoformat()}{fraction}{'Z' if zone else ''}"


def _start(value: str | dt.date) -> str:
    """A start as people write it: a date means the beginning of that day."""
    if isinstance(value, dt.datetime):
        return parse_moment(_lexical(value))
    if isinstance(value, dt.date):
        return value.isoformat() + _MIDNIGHT
    if _DATE.fullmatch(value):
        return _date(value).isoformat() + _MIDNIGHT
    return parse_moment(value)


def _end(value: str | dt.date) -> str:
    """An end or instant as people write it: a date means the end of that day."""
    if isinstance(value, dt.datetime):
        return parse_moment(_lexical(value))
    if isinstance(value, dt.date):
        return _plus_days(value, 1).isoformat() + _MIDNIGHT
    if _DATE.fullmatch(value):
        return _plus_days(_date(value), 1).isoformat() + _MIDNIGHT
    return parse_moment(value)


def _lexical(value: dt.datetime) -> str:
    text = value.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def _last_day(moment: str) -> dt.date:
    """The last day that lies, at least in part, before ``moment``."""
    day = dt.date.fromisoformat(moment[:10])
    return day - dt.timedelta(days=1) if moment[10:].removesuffix("Z") == _MIDNIGHT else day


@frozen(cache_hash=True)
class Instant:
    """A moment; given a date, the end of that day.

    ``moment`` is the canonical OIM form: ``Instant("2005-03-31").moment == "2005-04-01T00:00:00"``.

    Raises:
        ModelError: no such date or time.
    """

    moment: str = field(converter=_end)

    @property
    def date(self) -> dt.date:
        """The day whose end (or part of which) this is."""
        return _last_day(self.moment)

    @property
    def oim(self) -> str:
        """The period's form in xBRL-JSON."""
        return self.moment

    @property
    def end(self) -> str:
        """The moment itself: an instant is its own end."""
        return self.moment

    def __str__(self) -> str:
        return xml_end(self.moment)

    def __repr__(self) -> str:
        return f"Instant({str(self)!r})"


@frozen(cache_hash=True)
class Duration:
    """From the start of the first day to the end of the last; date-times are taken as they are.

    ``start`` and ``end`` are canonical OIM moments, the end exclusive.

    Raises:
        ModelError: no such date or time, or the end is not after the start.
    """

    start: str = field(converter=_start)
    end: str = field(converter=_end)

    def __attrs_post_init__(self) -> None:
        # Same number of digits up to the seconds, so text order is time order; fractions compare as text too.
        start, end = ((moment[:19], moment[20:].removesuffix("Z")) for moment in (self.start, self.end))
        if self.start.endswith("Z") == self.end.endswith("Z") and start >= end:
            raise ModelError(f"a period ends after it starts, got {xml_start(self.start)} to {xml_end(self.end)}")

    @classmethod
    def day(cls, value: str | dt.date) -> Duration:
        """One whole day."""
        return cls(value, value)

    @classmethod
    def month(cls, year: int, month: int) -> Duration:
        """One calendar month."""
        try:
            first = dt.date(year, month, 1)
        except ValueError as error:
            raise ModelError(f"{year}-{month} is no month: {error}") from None
        following = dt.date(year + month // 12, month % 12 + 1, 1) if year < 9999 or month < 12 else None
        if following is None:
            raise ModelError("the month lies at the end of the calendar")
        return cls(first, following - dt.timedelta(days=1))

    @property
    def first_day(self) -> dt.date:
        """The day that the duration starts on."""
        return dt.date.fromisoformat(self.start[:10])

    @property
    def last_day(self) -> dt.date:
        """The last day that belongs to the duration."""
        return _last_day(self.end)

    @property
    def start_instant(self) -> Instant:
        """The moment of the start."""
        return Instant(self.start)

    @property
    def end_instant(self) -> Instant:
        """The moment of the end, at which a closing balance stands."""
        return Instant(self.end)

    @property
    def oim(self) -> str:
        """The period's form in xBRL-JSON."""
        return f"{self.start}/{self.end}"

    def __str__(self) -> str:
        return f"{xml_start(self.start)} to {xml_end(self.end)}"

    def __repr__(self) -> str:
        return f"Duration({xml_start(self.start)!r}, {xml_end(self.end)!r})"


@frozen(cache_hash=True)
class Forever:
    """No period: the fact holds for ever. In OIM the absence of the period dimension."""

    def __str__(self) -> str:
        return "forever"


FOREVER = Forever()
Period = Instant | Duration | Forever


def parse_oim_period(text: str) -> Instant | Duration:
    """A period in the canonical form of xBRL-JSON (digest 1.5).

    Raises:
        ModelError: the text is not in that form (dates alone, offsets, hour 24, trailing zeros are not).
    """
    start, slash, end = text.partition("/")
    for part in (start, end) if slash else (start,):
        if parse_moment(part) != part:
            raise ModelError(f"{part!r} is not in canonical form, expected {parse_moment(part)!r}")
    return Duration(start, end) if slash else Instant(start)


def xml_start(moment: str) -> str:
    """A start moment as XBRL 2.1 writes it: a date where the day begins there."""
    return moment[:10] if moment[10:] == _MIDNIGHT else moment


def xml_end(moment: str) -> str:
    """An end moment or instant as XBRL 2.1 writes it: the day that ends there."""
    if moment[10:] != _MIDNIGHT or moment[:10] == "0001-01-01":
        return moment
    return _last_day(moment).isoformat()


def parse_xml_date(text: str, *, is_end: bool) -> str:
    """A date of XBRL 2.1 as an OIM moment; it may carry a zone.

    A day alone means its beginning in a ``startDate``, its end in an ``endDate`` or ``instant``.
    """
    text = text.strip(" \t\r\n")
    if "T" in text:
        return parse_moment(text)
    day, zone = text[:10], text[10:]
    if not _DATE.fullmatch(day):
        raise ModelError(f"expected a date like 2005-03-31, got {text!r}")
    return parse_moment(f"{_plus_days(_date(day), int(is_end)).isoformat()}{_MIDNIGHT}{zone}")
