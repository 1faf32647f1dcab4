"""Where our own schemas lie: beside the package in the repository, inside it in the wheel."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent.parent
_PLACES: Final = (_PACKAGE / "schemas", _PACKAGE.parent / "schemas")


def schema_path(name: str) -> Path:
    """The path of one of our schemas, such as ``xsd/xbrl-instance.xsd``.

    Raises:
        FileNotFoundError: there is no schema of that name.
    """
    for place in _PLACES:
        path = place / name
        if path.is_file():
            return path
    raise FileNotFoundError(f"no schema named {name!r} beside or in the package")
