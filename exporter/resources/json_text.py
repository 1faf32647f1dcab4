"""What the standard JSON parser leaves to its version: how deep it reads, and where it sees an error.

Verdicts, places and phrases of errors are decided here from the text itself, so that every Python gives the same.
"""

from __future__ import annotations

import json
import re
from typing import Final

# Possessive, and with a closing quote that may be missing: no text makes the scan start over and over again.
STRING: Final = r'"(?:[^"\\]++|\\.)*+"?'
_BRACKET: Final = re.compile(STRING + r"|[{}\[\]]", re.DOTALL)
_WHOLE_STRING: Final = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SPACE: Final = " \t\r\n"


def too_deep_at(text: str, depth: int, start: int = 0, end: int | None = None) -> int | None:
    """The position of the first bracket of ``text[start:end]`` that opens more than ``depth`` levels.

    The text need not be well-formed; brackets within strings do not count.
    """
    level = 0
    for match in _BRACKET.finditer(text, start, len(text) if end is None else end):
        lexeme = match[0]
        if lexeme in ("{", "["):
            level += 1
            if level > depth:
                return match.start()
        elif lexeme in ("}", "]"):
            level -= 1
    return None


def is_unterminated(text: str, position: int) -> bool:
    """Whether a string begins at ``position`` that has no closing quote."""
    return text.startswith('"', position) and _WHOLE_STRING.match(text, position) is None


def syntax_error(text: str, error: json.JSONDecodeError) -> tuple[str, int]:
    """What is wrong and where. A comma with nothing after it is reported at the bracket that follows it.

    Python 3.13 reports such a comma itself, earlier versions the bracket.
    """
    after = error.pos
    if text.startswith(",", after):
        after += 1
    while after < len(text) and text[after] in _SPACE:
        after += 1
    if text[after : after + 1] in ("}", "]") and text[:after].rstrip(_SPACE).endswith(","):
        return f"a value is expected after the comma, not {text[after]!r}", after
    if is_unterminated(text, error.pos):
        return "unterminated string", error.pos
    return error.msg[:1].lower() + error.msg[1:], error.pos
