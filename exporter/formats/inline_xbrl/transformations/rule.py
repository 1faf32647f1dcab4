"""A transformation rule: how the text of a document becomes the text of a value, and what kind of value it is."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable

from attrs import frozen

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
class Rule:
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
