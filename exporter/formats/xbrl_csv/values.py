"""Values of dimensions: literals, special values, references, and periods with shorthand (xBRL-CSV 1.0)."""

from __future__ import annotations

import datetime as dt
import enum
import re
from typing import Final, Literal

from attrs import frozen

from exporter.errors import LexicalError, ModelError
from exporter.findings import shortened
from exporter.model.period import Duration, Instant, parse_oim_period
from exporter.model.qname import is_ncname

ROW_NUMBER: Final = "rowNumber"
_INTEGER = re.compile("-?[1-9][0-9]{0,8}|0")


class Special(enum.Enum):
    """What is no text: nil, or a value that is expressly not there."""

    NIL = "#nil"
    NONE = "#none"


Written = str | Special


@frozen
class ParameterReference:
    """``$name``, ``$name@start`` or ``$name@end``."""

    name: str
    moment: Literal["start", "end"] | None = None


Source = str | Special | ParameterReference


def is_identifier(name: str) -> bool:
    """Whether ``name`` may be that of a template, table, column, parameter or property group: no point in it."""
    return is_ncname(name) and "." not in name


def parse_special(text: str) -> Written:
    """What a cell or a parameter says: text, nil or none; raises `LexicalError` for an unknown special value."""
    if not text.startswith("#"):
        return text
    if text.startswith("##"):
        return text[1:]
    if text == "#empty":
        return ""
    try:
        return Special(text)
    except ValueError:
        raise LexicalError(
            "xbrlce:unknownSpecialValue",
            f"expected #nil, #empty, #none or text that begins with ##, got {shortened(text)}",
            "write ## for a # that is part of the text",
        ) from None


def escape_special(text: str) -> str:
    """A text as a cell or a metadata value has it: ``#empty`` for none, ``#`` doubled at the start."""
    return "#empty" if not text else f"#{text}" if text[0] == "#" else text


def parse_source(text: str, *, is_period: bool) -> Source:
    """A dimension value of the metadata; ``is_period`` says whether ``@start`` and ``@end`` make sense."""
    if not text.startswith("$"):
        return parse_special(text)
    if text.startswith("$$"):
        return text[1:]
    name, at, moment = text[1:].partition("@")
    if not is_identifier(name) or (at and not is_period):
        raise LexicalError(
            "xbrlce:invalidReference",
            f"expected $ and the name of a column or parameter, got {shortened(text)}",
            "write $$ for a $ that is part of the text",
        )
    if not at:
        return ParameterReference(name)
    if moment == "start":
        return ParameterReference(name, "start")
    if moment == "end":
        return ParameterReference(name, "end")
    raise LexicalError(
        "xbrlce:invalidPeriodSpecifier", f"expected @start or @end, got {shortened('@' + moment)}", "write @end"
    )


def parse_decimals(text: str) -> int | None:
    """What a cell or parameter says of decimals: an integer, or nothing; raises `LexicalError`."""
    if text in ("", "#none"):
        return None
    if _INTEGER.fullmatch(text):
        return int(text)
    raise _bad_decimals(text)


def parse_decimals_source(value: object) -> int | ParameterReference | Special:
    """``decimals`` of the metadata: an integer, ``#none`` or a reference; raises `LexicalError`."""
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= 10**9:
            raise _bad_decimals(value)
        return value
    if value == Special.NONE.value:
        return Special.NONE
    if isinstance(value, str) and value.startswith("$") and not value.startswith("$$"):
        reference = parse_source(value, is_period=False)
        if isinstance(reference, ParameterReference):
            return reference
    raise _bad_decimals(value)


def _bad_decimals(value: object) -> LexicalError:
    message = f"expected decimals as an integer or #none, got {shortened(value)}"
    return LexicalError("xbrlce:invalidDecimalsValue", message, "leave decimals out for infinite accuracy")


CODE: Final = "xbrlce:invalidPeriodRepresentation"
_SHORT = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|W(?P<week>[0-9]{2}))?"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MIDNIGHT: Final = "T00:00:00"
_MEND: Final = "write 2024-01-01..2024-12-31, 2024-12-31@end or the full form 2024-01-01T00:00:00/2025-01-01T00:00:00"


def parse_period(text: str) -> Instant | Duration:
    """A period in any form; raises `LexicalError` ``xbrlce:invalidPeriodRepresentation``."""
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
        raise LexicalError(CODE, str(error), _MEND) from None
    raise LexicalError(CODE, f"expected @start or @end, got {shortened(text)}", _MEND)


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
