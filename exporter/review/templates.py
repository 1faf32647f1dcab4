"""The template of a review; whatever it is given is escaped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template


@cache
def _template() -> Template:
    text = files("exporter.review").joinpath("review.html").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True).from_string(
        text
    )


def render(**values: Any) -> str:
    """The page."""
    return _template().render(**values)
