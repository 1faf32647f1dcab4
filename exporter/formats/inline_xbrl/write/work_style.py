"""The style of working pages: the style sheet of the page of a filing, with what coverage adds to it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_THEME = files("exporter.formats.inline_xbrl").joinpath("theme")


@cache
def work_style() -> str:
    """The style sheet as the text of a ``style`` element; nothing in it is fetched from elsewhere."""
    return "\n".join(_THEME.joinpath(name).read_text(encoding="utf-8") for name in ("style.css", "work.css"))
