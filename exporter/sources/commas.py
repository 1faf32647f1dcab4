"""Values that a comma within braces broke, as YAML reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any, Final

from attrs import frozen

_GROUP: Final = re.compile("[0-9]{3}(?![0-9])")


@frozen
class BrokenMember:
    """A member whose value commas broke, with the names that YAML made of the parts after them."""

    name: str
    value: str
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The member as it should be written."""
        whole = self.value
        for part in self.parts:
            whole += ("," if whole[-1:].isdigit() and is_group(part) else ", ") + part
        return f"{self.name}: {json.dumps(whole, ensure_ascii=False)}"


def is_group(text: str) -> bool:
    """Whether a text begins with three digits, as what stands after a comma in a number does."""
    return _GROUP.match(text) is not None


def broken_by_comma(members: Iterable[tuple[str, Any]], known: Iterable[str]) -> BrokenMember | None:
    """The first member with a value that a comma within braces broke (``{amount: NOK 1,204.8 million}``), if any.

    YAML reads what stands after the comma as a name without a value.
    """
    known, name, written = set(known), None, ""
    parts: list[str] = []
    for member, value in members:
        if name is not None and member not in known and value is None:
            parts.append(str(member))
        elif parts:
            break
        else:
            name, written = (member, value) if isinstance(value, str) else (None, "")
    return BrokenMember(name, written, tuple(parts)) if name is not None and parts else None
