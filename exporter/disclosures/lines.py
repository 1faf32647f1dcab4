"""Rules on texts of one line, on codes, and on fields that belong to a checked box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from exporter.findings import Finding
from exporter.items.checking import problem

_CODE: Final = re.compile(r"[A-Z0-9]{2,3}", re.ASCII)
_BREAK: Final = re.compile(r"[\t\r\n]")


def check_lines(item: Any, *names: str) -> Iterator[Finding]:
    """Each text, where it is given, one line and not empty."""
    for name in names:
        text = getattr(item, name)
        if text is not None and (not text.strip() or _BREAK.search(text)):
            yield problem("exporter:brokenLine", f"{name} is one line of text and not empty, got {text!r}", name)


def check_codes(item: Any, *names: str) -> Iterator[Finding]:
    """Each code of a country or state, where it is given, of two or three signs."""
    for name in names:
        text = getattr(item, name)
        if text is not None and not _CODE.fullmatch(text):
            yield problem("exporter:countryCode", f"{name} is a code of two or three signs, got {text!r}", name)


def check_stated_with(item: Any, name: str, *, flag: str) -> Iterator[Finding]:
    """A warning for a field that is given though the box it belongs to is not checked."""
    if getattr(item, name) is not None and getattr(item, flag) is not True:
        yield problem(
            "exporter:statedWithoutFlag",
            f"{name} is stated, but {flag} is not true",
            name,
            flag,
            mend=f"leave {name} out, or state {flag} as true",
            warning=True,
        )
