"""A transformation rule: how the text of a document becomes the text of a value, and what kind of value it is.

Its errors have the codes of Inline XBRL 1.1. Dates exist, and are written as XML Schema does; short years are of this
century. Digits of other scripts are tables for ``str.translate``.
"""

from __future__ import annotations

import calendar
import enum
import re
from collections.abc import Callable
from typing import ClassVar, Final

from attrs import frozen

from exporter.errors import LexicalError, ModelError
from exporter.model.qname import QName

_BLANKS = re.compile("[ \t\n\r]+")


class Gives(enum.StrEnum):
    """The XML Schema type of what a rule gives."""

    NUMBER = "decimal"
    FLOAT = "double"
    BOOLEAN = "boolean"
    DATE = "date"
    MONTH = "gYearMonth"
    MONTH_DAY = "gMonthDay"
    DURATION = "duration"
    TEXT = "string"


@frozen
class TransformationRule:
    """One entry of a registry.

    ``parser`` takes a text with collapsed white space and gives the value's text, or ``None`` where it does not accept
    it. ``expects`` describes an accepted text for messages. A fixed rule gives one value for any text.
    """

    gives: Gives
    parser: Callable[[str], str | None]
    expects: str
    is_fixed: bool = False


def collapse(text: str) -> str:
    """White space as XML Schema's ``collapse`` leaves it; the no-break space is not white space."""
    return _BLANKS.sub(" ", text).strip(" ")


class TransformationError(LexicalError):
    """A displayed text cannot be turned into a value.

    ``code`` is that of the rule of Inline XBRL 1.1 that is broken, ``transformation`` the name that stands in
    ``format``, ``fix`` what to do about it.
    """

    rule_code: ClassVar[str] = "ixe:transformValueError"

    def __init__(self, transformation: QName, message: str, fix: str | None = None) -> None:
        super().__init__(self.rule_code, message, fix)
        self.transformation = transformation


class UnknownTransformation(TransformationError):
    """No registry has the name: the namespace is that of no registry, or the registry has no such rule."""

    rule_code: ClassVar[str] = "ixe:invalidTransformation"


class ValueNotAccepted(TransformationError):
    """The rule exists, but does not accept the text."""


class NotPrintable(ModelError):
    """The rule cannot print the value so that it is read back as the same value."""


_DAYS_OF_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def full_year(text: str) -> int:
    """A year of one or two digits is of the years 2000 to 2099."""
    return int(text) + (2000 if len(text) < 3 else 0)


def write_date(*, year: int, month: int, day: int) -> str | None:
    """``2024-12-31``; ``None`` for a day that does not exist in the Gregorian calendar."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def write_month(*, year: int, month: int) -> str | None:
    """``2024-12``; ``None`` for a month that does not exist."""
    return f"{year:04}-{month:02}" if 1 <= year <= 9999 and 1 <= month <= 12 else None


def write_month_day(*, month: int, day: int) -> str | None:
    """``--12-31``; ``None`` for a day that the month never has."""
    exists = 1 <= month <= 12 and 1 <= day <= _DAYS_OF_MONTH[month - 1]
    return f"--{month:02}-{day:02}" if exists else None


FULL_WIDTH_DIGITS: Final = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
DEVANAGARI_DIGITS: Final = {0x966 + digit: 0x30 + digit for digit in range(10)}
