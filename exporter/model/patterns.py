"""Regular expressions of XML Schema (XML Schema 1.0 part 2, appendix F) as Python's.

They differ: ``^`` and ``$`` are ordinary characters, ``.`` stops at a carriage return too, ``\\i`` and ``\\c`` are the
characters of names, ``\\p{…}`` names a category, and ``[a-z-[aeiou]]`` takes characters away.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache
from typing import Final

from exporter.model.qname import NCNAME_PATTERN

_NAME_START: Final = NCNAME_PATTERN[1 : NCNAME_PATTERN.index("]")]
_NAME: Final = NCNAME_PATTERN[NCNAME_PATTERN.index("][") + 2 : -2]
_SPACE: Final = " \\t\\n\\r"
_SHORTHANDS: Final = {"i": ":" + _NAME_START, "c": ":\\" + _NAME, "s": _SPACE, "d": "\\d"}
_CATEGORY: Final = re.compile(r"\{([LMNPZSC][a-z]?)\}")
_CONTROLS: Final = {"n": "\\n", "r": "\\r", "t": "\\t"}


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    """The pattern for use with ``fullmatch``; ``None`` where it is wrong or names a Unicode block (not checked)."""
    try:
        return re.compile(_Translator(pattern).whole())
    except (ValueError, IndexError, OverflowError, RecursionError, re.error):
        return None


@lru_cache(maxsize=1024)
def may_take_long(pattern: str) -> bool:
    """Whether matching may try exponentially many ways: what is repeated holds repetitions or choices itself."""
    varies = [False]  # for the whole and each open group: whether it can match in several ways
    plain = re.sub(r"\\.|\[\^?\]?[^\]]*\]", "x", pattern)
    for position, character in enumerate(plain):
        if character == "(":
            varies.append(False)
        elif character == ")" and len(varies) > 1:
            inside = varies.pop()
            if inside and plain[position + 1 : position + 2] in ("*", "+", "{"):
                return True
            varies[-1] = varies[-1] or inside
        elif character in "*+?{|":
            varies[-1] = True
    return False


class _Translator:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._at = 0

    def whole(self) -> str:
        out = []
        while self._at < len(self._text):
            out.append(self._atom(self._next()))
        return "".join(out)

    def _next(self) -> str:
        self._at += 1
        return self._text[self._at - 1]

    def _atom(self, character: str) -> str:
        if character == "\\":
            return f"[{self._escape()}]"
        if character == "[":
            return self._class()
        return {"(": "(?:", "^": "\\^", "$": "\\$", ".": "[^\\n\\r]"}.get(character, character)

    def _class(self) -> str:
        """A character class, the opening bracket already read."""
        negated = self._text[self._at] == "^"
        self._at += negated
        members: list[str] = []
        without = ""
        while (character := self._next()) != "]":
            if character == "-" and self._text[self._at] == "[":
                self._at += 1
                without = f"(?!{self._class()})"
            elif character == "\\":
                members.append(self._escape())
            else:
                members.append(character if character == "-" and members else re.escape(character))
        if not members:
            raise ValueError("an empty class")
        if members[-1] == "-":
            members[-1] = "\\-"
        return f"(?:{without}[{'^' if negated else ''}{''.join(members)}])"

    def _escape(self) -> str:
        """What stands after a backslash, as members of a class."""
        character = self._next()
        if character in "pP":
            return _members(self._category(), negated=character == "P")
        if character in "wW":
            return _members("PZC", negated=character == "w")
        if character in _SHORTHANDS:
            return _SHORTHANDS[character]
        if character.lower() in _SHORTHANDS:
            return _complement(_SHORTHANDS[character.lower()])
        return _CONTROLS.get(character) or re.escape(character)

    def _category(self) -> str:
        match = _CATEGORY.match(self._text, self._at)
        if match is None:
            raise ValueError("no general category")
        self._at = match.end()
        return match[1]


@lru_cache(maxsize=64)
def _members(categories: str, *, negated: bool) -> str:
    """The characters of a category (``Lu``) or of several main ones (``PZC``), as ranges."""
    wanted = (categories,) if len(categories) == 2 and categories[1].islower() else tuple(categories)
    return _ranges(
        [unicodedata.category(chr(code)).startswith(wanted) != negated for code in range(sys.maxunicode + 1)]
    )


@lru_cache(maxsize=8)
def _complement(members: str) -> str:
    inside = re.compile(f"[{members}]")
    return _ranges([inside.match(chr(code)) is None for code in range(sys.maxunicode + 1)])


def _ranges(chosen: list[bool]) -> str:
    found, start = [], None
    for code, is_in in enumerate([*chosen, False]):
        if is_in and start is None:
            start = code
        elif not is_in and start is not None:
            found.append(f"\\U{start:08x}-\\U{code - 1:08x}")
            start = None
    return "".join(found)
