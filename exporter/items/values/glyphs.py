"""Typography: the many shapes of one character brought to one, before a printed form is read."""

from __future__ import annotations

import re
from typing import Final

from exporter.errors import ModelError

LONGEST_TEXT: Final = 2000
_SHOWN: Final = 60
_GLYPHS: Final[dict[int, str]] = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width forms of ASCII
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFE63), "-"),  # hyphens, en dash, minus
    **dict.fromkeys((0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x200A, 0x3000), " "),
    0x301C: "~",
    0xFFE0: "¢",
    0xFFE1: "£",
    0xFFE5: "¥",
    0xFFE6: "₩",
    0x2019: "'",
    0x25B2: "△",
}
_NARROW_SPACES: Final = "\u00a0\u2009\u202f"
GROUP_SPACE: Final = "\u202f"
_GROUPED: Final = re.compile(f"(?<=[0-9])[{_NARROW_SPACES}](?=[0-9]{{3}}(?![0-9]))")
_BLANKS: Final = re.compile(rf"(?:[ \t\r\n\u00a0\u2009]|(?<![0-9]){GROUP_SPACE}|{GROUP_SPACE}(?![0-9]))+")


def normalise(text: str) -> str:
    """``text`` with full-width forms, minus signs and blanks brought to one shape each.

    A no-break or thin space between a digit and a group of three digits stays, as `GROUP_SPACE`: it groups digits.
    An em dash stays too, for it is no minus sign.

    Raises:
        ModelError: no text at all, or more of it than any printed value has.
    """
    if not isinstance(text, str):
        raise ModelError(f"expected text to read, got {type(text).__name__} {text!r}")
    if len(text) > LONGEST_TEXT:
        raise ModelError(f"{shown(text)} is too long for one value ({len(text)} characters)")
    if text.isascii():
        return " ".join(text.split())
    narrowed = _GROUPED.sub(GROUP_SPACE, text.translate(_GLYPHS))
    return _BLANKS.sub(" ", narrowed).strip(" ")


def shown(text: str) -> str:
    """``text`` in quotes for a message, cut where it is long."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")
