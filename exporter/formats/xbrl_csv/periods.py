"""Periods as xBRL-CSV 1.0 writes them: the canonical form of OIM, and shorthand for days, months, quarters …"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from exporter.errors import ModelError
from exporter.formats.oim.faults import LexicalFault, shortened
from exporter.model.period import Duration, Instant, parse_oim_period

CODE: Final = "xbrlce:invalidPeriodRepresentation"
_SHORT = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|W(?P<week>[0-9]{2}))?"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MIDNIGHT: Final = "T00:00:00"
_MEND: Final = "write 2024-01-01..2024-12-31, 2024-12-31@end or the full form 2024-01-01T00:00:00/2025-01-01T00:00:00"


def parse_period(text: str) -> Instant | Duration:
    """A period in any form; raises `LexicalFault` ``xbrlce:invalidPeriodRepresentation``."""
    try:
        if "T" in text:
            return parse_oim_period(text)
        if ".." in text:
            return _range(text)
        short, at, moment = text.partition("@")
        period = _shorthand(short)
        if not at:
            return period
        if moment in ("start", "end"):
            return moment_of(period, at_end=moment == "end")
    except ModelError as error:
        raise LexicalFault(CODE, str(error), _MEND) from None
    raise LexicalFault(CODE, f"expected @start or @end, got {shortened(text)}", _MEND)


def moment_of(period: Duration, *, at_end: bool) -> Instant:
    """The start or the end of a duration."""
    return period.end_instant if at_end else period.start_instant


def _range(text: str) -> Duration:
    first, _, last = text.partition("..")
    if not _DATE.fullmatch(first) or not _DATE.fullmatch(last):
        raise ModelError(f"expected two dates with .. between them, got {shortened(text)}")
    return Duration(first, last)


def _shorthand(text: str) -> Duration:
    match = _SHORT.fullmatch(text)
    if match is None:
        raise ModelError(f"expected a period, got {shortened(text)}")
    year = int(match["year"])
    if match["day"]:
        return Duration(text, text)
    if match["month"]:
        return Duration.month(year, int(match["month"]))
    if match["week"]:
        return _week(year, int(match["week"]))
    if match["quarter"]:
        return _months(year, first=3 * int(match["quarter"]) - 2, count=3)
    if match["half"]:
        return _months(year, first=6 * int(match["half"]) - 5, count=6)
    return _months(year, first=1, count=12)


def _months(year: int, *, first: int, count: int) -> Duration:
    return Duration(Duration.month(year, first).start, Duration.month(year, first + count - 1).end)


def _week(year: int, week: int) -> Duration:
    try:
        return Duration(dt.date.fromisocalendar(year, week, 1), dt.date.fromisocalendar(year, week, 7))
    except ValueError as error:
        raise ModelError(f"{year}W{week:02} is no week: {error}") from None


def format_period(period: Instant | Duration) -> str:
    """The shortest form that nothing mistakes: whole days as dates, all else canonical."""
    if isinstance(period, Instant):
        if period.moment.endswith(_MIDNIGHT) and not period.moment.startswith("0001-01-01"):
            return f"{period.date.isoformat()}@end"
        return period.oim
    if period.start.endswith(_MIDNIGHT) and period.end.endswith(_MIDNIGHT):
        return f"{period.first_day.isoformat()}..{period.last_day.isoformat()}"
    return period.oim
