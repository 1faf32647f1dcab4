"""The fiscal calendar: where a date or a period of one reporting period lies in a later or an earlier one.

Companies that close at the end of a month move by months, and the end of a month stays one. Those that close on a day
of the week (52 or 53 weeks a year) move by days.
"""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Final

from attrs import frozen

from exporter.errors import ModelError
from exporter.model.period import Duration, Forever, Instant

_MONTH: Final = 30.4375  # days, on average
_MONTHS_OF_YEAR: Final = 12
_MIDNIGHT: Final = "T00:00:00"
RelativePeriod = tuple[int, int]
"""How many months before the end of the reporting period a period ends, and how many it lasts; 0 for an instant."""


@frozen
class FiscalCalendar:
    """The way from a reporting period that ends on ``last_end`` to the one that ends on ``next_end``."""

    last_end: dt.date
    next_end: dt.date

    @property
    def months(self) -> int:
        """The months between the ends; rounded where a fiscal year is a number of weeks."""
        return round((self.next_end - self.last_end).days / _MONTH)

    @property
    def is_week_based(self) -> bool:
        """Whether the periods are whole weeks, and do not end with months: a year has 52 or 53 of them."""
        at_month_ends = _is_month_end(self.last_end) and _is_month_end(self.next_end)
        days = (self.next_end - self.last_end).days
        return not at_month_ends and days % 7 == 0 and self.last_end.day != self.next_end.day

    def date(self, day: dt.date) -> dt.date:
        """Where a date lies in the other reporting period.

        Raises:
            ModelError: the date is beyond the calendar.
        """
        try:
            if day == self.last_end:
                return self.next_end
            if self.is_week_based or day == self.last_end + dt.timedelta(days=1):
                return day + (self.next_end - self.last_end)
            return _plus_months(day, self.months)
        except (OverflowError, ValueError):
            raise ModelError(f"the date {day} cannot be moved by {self.months} months: beyond the calendar") from None

    def instant(self, instant: Instant) -> Instant:
        """Where an instant lies in the other reporting period; what is no end of a day keeps its time."""
        day = self.date(instant.date)
        if instant.moment.endswith(_MIDNIGHT):
            return Instant(day)
        return Instant(f"{day.isoformat()}{instant.moment[10:]}")

    def duration(self, duration: Duration) -> Duration:
        """Where a duration lies in the other reporting period, by its first and its last day."""
        first = self.date(duration.first_day)
        if self.is_week_based and duration.last_day == self.last_end and months_of(duration) == _MONTHS_OF_YEAR:
            first = self.last_end + dt.timedelta(days=1)  # a year of 53 weeks begins where the last one has ended
        return Duration(first, self.date(duration.last_day))

    def period(self, period: Instant | Duration | Forever) -> Instant | Duration | Forever:
        """Where a period lies in the other reporting period."""
        if isinstance(period, Instant):
            return self.instant(period)
        return self.duration(period) if isinstance(period, Duration) else period


def relative_period(period: Instant | Duration | Forever, end: dt.date) -> RelativePeriod | None:
    """A period as it lies to the end of a reporting period, in months: the same for periods that people compare.

    Ends that differ by days, as those of years of 52 and 53 weeks do, are the same; ``None`` is for ever.
    """
    if isinstance(period, Forever):
        return None
    if isinstance(period, Instant):
        return round((end - period.date).days / _MONTH), 0
    return round((end - period.last_day).days / _MONTH), max(1, months_of(period))


def months_of(duration: Duration) -> int:
    """How many months a duration lasts, to the nearest."""
    return round(((duration.last_day - duration.first_day).days + 1) / _MONTH)


def _is_month_end(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _plus_months(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * _MONTHS_OF_YEAR + day.month - 1 + months, _MONTHS_OF_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, last if _is_month_end(day) else min(day.day, last))
