"""Where the schemas of this project lie."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from exporter.errors import ResolutionError

_PACKAGE = Path(__file__).resolve().parent.parent


def schema_path(name: str) -> Path:
    """The file of a schema: in the installed package, or in a checkout beside it.

    ``name`` is that below ``schemas``, such as ``xbrl-json.schema.json`` or ``xsd/xl.xsd``.

    Raises:
        ResolutionError: there is no schema of that name.
    """
    if ".." not in name and "\\" not in name and not name.startswith("/"):
        for folder in (_PACKAGE / "schemas", _PACKAGE.parent / "schemas"):
            if (path := folder / name).is_file():
                return path
    raise ResolutionError(f"there is no schema {name!r}")


@cache
def load_json_schema(name: str) -> dict[str, Any]:
    """A JSON Schema, read once; do not change it.

    Raises:
        ResolutionError: there is no schema of that name.
    """
    schema: dict[str, Any] = json.loads(schema_path(name).read_text(encoding="utf-8"))
    return schema
