"""Names for Python and for item declarations, made from the names and titles of a taxonomy; always ASCII, each once."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from attrs import define, field

from exporter.taxonomy.search import words_of_name

RESERVED_FIELDS: Final = frozenset(
    [*keyword.kwlist, *keyword.softkwlist, "type", "id", "source", "footnotes", "check", "over", "as_of"]
)
"""What no field is called: keywords, the fields every item has, and the period."""

_LONGEST: Final = 200
_NUMBER: Final = re.compile(r"^\s*(?:\[[^\]]*\]|[0-9][0-9A-Za-z.]*)\s*(?:[-\u2013\u2014:]\s*)?")
_SORT: Final = re.compile(r"^(?:Statement|Disclosure|Schedule|Document|Notes)\s*[-\u2013\u2014:]\s*")
_KIND: Final = re.compile(r"\s*\[[^\]]*\]\s*$")


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def _parts(text: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9]+", _ascii(text).replace("'", ""))


def camel_name(text: str, fallback: str) -> str:
    """A name with a capital, of letters and digits: of words or of another name."""
    made = "".join(part[0].upper() + part[1:] for part in _parts(text))[:_LONGEST]
    return made if made[:1].isalpha() else f"{fallback}{made}"[:_LONGEST]


def snake_name(text: str, fallback: str) -> str:
    """A name in small letters with underscores between the words."""
    words = [word for part in _parts(text) for word in words_of_name(part).lower().split()]
    made = "_".join(words)
    return made if made[:1].isalpha() else f"{fallback}_{made}".rstrip("_")


def plain_title(text: str) -> str:
    """A title or label without the number and sort before it and the kind in brackets behind it."""
    short = _SORT.sub("", _NUMBER.sub("", _KIND.sub("", text)))
    return " ".join((short or text).split())


@define(eq=False)
class Names:
    """Gives each name once: what is taken gets a number."""

    _taken: set[str] = field(factory=set)

    @classmethod
    def without(cls, reserved: Iterable[str] = ()) -> Names:
        return cls({name.lower() for name in reserved})

    def take(self, name: str, glue: str = "") -> str:
        """``name``, or ``name2`` where it is taken; small and capital letters count as the same."""
        chosen, number = name, 1
        while chosen.lower() in self._taken:
            number += 1
            chosen = f"{name[: _LONGEST - 6]}{glue}{number}"
        self._taken.add(chosen.lower())
        return chosen
