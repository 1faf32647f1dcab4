"""Prohibition: which of several equivalent arcs counts (XBRL 2.1 section 3.5.3.9.7)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Final, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
Priority = tuple[int, bool]
"""The attribute ``priority``, and whether the arc prohibits."""

_ORDINARY: Final[Priority] = (0, False)


def priority(use: str | None, text: str | None) -> Priority:
    """The priority that the attributes ``use`` and ``priority`` give; what is no number counts as zero."""
    if use is None and text is None:
        return _ORDINARY
    text = (text or "0").strip()
    digits = text.lstrip("+-")
    rank = int(text) if digits.isdecimal() and len(digits) < 1000 and len(text) - len(digits) < 2 else 0
    return (rank, use == "prohibited")


class Effective(dict[_Key, Priority]):
    """Arcs by what makes them equivalent: the highest priority wins, a prohibition wins a tie."""

    def meet(self, key: _Key, priority: Priority) -> None:
        """Take an arc into account."""
        known = self.setdefault(key, priority)
        if priority > known:
            self[key] = priority

    def survivors(self) -> Iterator[_Key]:
        """What is not prohibited."""
        return (key for key, (_, prohibited) in self.items() if not prohibited)
