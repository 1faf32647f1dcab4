"""What fields of profile classes have in common: names in TOML, regular expressions."""

from __future__ import annotations

from typing import Any

from attrs import Attribute

from exporter.model.pattern_syntax import PatternError
from exporter.model.patterns import compile_rule_pattern


def key(name: str) -> dict[str, str]:
    """Metadata of a field that has another name in TOML."""
    return {"key": name}


def is_pattern(_: object, __: Attribute[Any], value: Any) -> None:
    """Validate a regular expression of RE2 or several; ``None`` is valid."""
    for text in (value,) if isinstance(value, str) else value or ():
        try:
            compile_rule_pattern(text)
        except PatternError as error:
            raise ValueError(f"is no regular expression: {text!r} ({error})") from error
