"""Rules that give one value whatever the text says, and those of ballot boxes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from exporter.formats.inline_xbrl.transformations.rule import Gives, Rule

EMPTY_BOX: Final = "☐"
CHECKED_BOX: Final = "☒"
TICKED_BOX: Final = "☑"


def _always(value: str, gives: Gives) -> Rule:
    return Rule(gives, lambda text: value, "any text", is_fixed=True)


def _box(values: Mapping[str, str], gives: Gives) -> Rule:
    return Rule(gives, values.get, f"one of the boxes {EMPTY_BOX} {TICKED_BOX} {CHECKED_BOX}")


_ZERO = _always("0", Gives.NUMBER)
_EMPTY = _always("", Gives.TEXT)
_TRUE = _always("true", Gives.BOOLEAN)
_FALSE = _always("false", Gives.BOOLEAN)

FIXED_2: Final = {"nocontent": _EMPTY, "booleantrue": _TRUE, "booleanfalse": _FALSE}
FIXED_4: Final = {"fixed-zero": _ZERO, "fixed-empty": _EMPTY, "fixed-true": _TRUE, "fixed-false": _FALSE}
FIXED_SEC: Final = {
    "numinf": _always("INF", Gives.FLOAT),
    "numneginf": _always("-INF", Gives.FLOAT),
    "numnan": _always("NaN", Gives.FLOAT),
    "boolballotbox": _box({EMPTY_BOX: "false", TICKED_BOX: "true", CHECKED_BOX: "true"}, Gives.BOOLEAN),
    "yesnoballotbox": _box({EMPTY_BOX: "No", TICKED_BOX: "Yes", CHECKED_BOX: "Yes"}, Gives.TEXT),
}
