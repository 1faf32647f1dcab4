"""Metadata as JSON text: a line for each column, which people can read and the C encoder writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

_OPEN: Final = {"documentInfo": 2, "tableTemplates": 3, "links": 4}


def metadata_text(cell: str) -> str:
    """A cell's text as a value in the metadata, where ``$`` begins a reference."""
    return f"${cell}" if cell.startswith("$") else cell


def format_metadata(tree: Mapping[str, Any]) -> str:
    """The document: objects open as far as a reader wants to see their members on lines of their own."""
    members = (f"  {_text(name)}: {_open(value, _OPEN.get(name, 1), 2)}" for name, value in tree.items())
    return "{\n" + ",\n".join(members) + "\n}\n"


def _open(value: Any, levels: int, indent: int) -> str:
    if levels == 0 or not isinstance(value, dict) or not value:
        return _text(value)
    blank = " " * indent
    members = (f"{blank}  {_text(name)}: {_open(inner, levels - 1, indent + 2)}" for name, inner in value.items())
    return "{\n" + ",\n".join(members) + f"\n{blank}}}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
