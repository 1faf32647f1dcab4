"""Where dimension values come from: literal text, special values, references (xBRL-CSV 1.0)."""

from __future__ import annotations

import enum
import re
from typing import Final, Literal

from attrs import frozen

from exporter.formats.oim.faults import LexicalFault, shortened
from exporter.model.qname import is_ncname

ROW_NUMBER: Final = "rowNumber"
_INTEGER = re.compile("-?[1-9][0-9]{0,8}|0")


class Special(enum.Enum):
    """What is no text: nil, or a value that is expressly not there."""

    NIL = "#nil"
    NONE = "#none"


Written = str | Special


@frozen
class Reference:
    """``$name``, ``$name@start`` or ``$name@end``."""

    name: str
    moment: Literal["start", "end"] | None = None


Source = str | Special | Reference


def is_identifier(name: str) -> bool:
    """Whether ``name`` may be that of a template, table, column, parameter or property group: no point in it."""
    return is_ncname(name) and "." not in name


def parse_special(text: str) -> Written:
    """What a cell or a parameter says: text, nil or none; raises `LexicalFault` for an unknown special value."""
    if not text.startswith("#"):
        return text
    if text.startswith("##"):
        return text[1:]
    if text == "#empty":
        return ""
    try:
        return Special(text)
    except ValueError:
        raise LexicalFault(
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
        raise LexicalFault(
            "xbrlce:invalidReference",
            f"expected $ and the name of a column or parameter, got {shortened(text)}",
            "write $$ for a $ that is part of the text",
        )
    if not at:
        return Reference(name)
    if moment == "start":
        return Reference(name, "start")
    if moment == "end":
        return Reference(name, "end")
    raise LexicalFault(
        "xbrlce:invalidPeriodSpecifier", f"expected @start or @end, got {shortened('@' + moment)}", "write @end"
    )


def parse_decimals(text: str) -> int | None:
    """What a cell or parameter says of decimals: an integer, or nothing; raises `LexicalFault`."""
    if text in ("", "#none"):
        return None
    if _INTEGER.fullmatch(text):
        return int(text)
    raise _bad_decimals(text)


def parse_decimals_source(value: object) -> int | Reference | Special:
    """``decimals`` of the metadata: an integer, ``#none`` or a reference; raises `LexicalFault`."""
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) >= 10**9:
            raise _bad_decimals(value)
        return value
    if value == Special.NONE.value:
        return Special.NONE
    if isinstance(value, str) and value.startswith("$") and not value.startswith("$$"):
        reference = parse_source(value, is_period=False)
        if isinstance(reference, Reference):
            return reference
    raise _bad_decimals(value)


def _bad_decimals(value: object) -> LexicalFault:
    message = f"expected decimals as an integer or #none, got {shortened(value)}"
    return LexicalFault("xbrlce:invalidDecimalsValue", message, "leave decimals out for infinite accuracy")
