"""Prohibition: which of several equivalent arcs counts (XBRL 2.1 section 3.5.3.9.7)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final, TypeVar

from exporter.taxonomy.documents import Element

_Key = TypeVar("_Key", bound=Hashable)
Priority = tuple[int, bool]
"""The attribute ``priority``, and whether the arc prohibits."""

ORDINARY: Final[Priority] = (0, False)


def priority_of(arc: Element) -> Priority:
    """The priority of an arc; malformed ones count as zero, for schema validation tells them."""
    text = arc.get("priority", "0").strip()
    digits = text.lstrip("+-")
    rank = int(text) if digits.isdecimal() and len(digits) < 20 and len(text) - len(digits) < 2 else 0
    return (rank, arc.get("use") == "prohibited")


class Effective(dict[_Key, Priority]):
    """Arcs by what makes them equivalent: the highest priority wins, a prohibition wins a tie."""

    def meet(self, key: _Key, priority: Priority) -> None:
        """Take an arc into account."""
        self[key] = max(self.get(key, priority), priority)

    def survivors(self) -> Iterator[_Key]:
        """What is not prohibited."""
        return (key for key, (_, prohibited) in self.items() if not prohibited)
