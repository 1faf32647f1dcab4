"""How values are shown on the page of a filing, as its profile wants it."""

from __future__ import annotations

from attrs import evolve

from exporter.filing.filing import Filing
from exporter.formats.inline_xbrl.transformations.styles import NEGATIVE_MARKS, Style


def style_of(filing: Filing) -> Style | None:
    """The custom of the language with the profile's registry and minus sign; ``None`` where it names no registry."""
    rules = filing.rules.document
    if not rules.registries:
        return None
    style = Style.of(filing.language, registry=rules.registries[0].namespace, with_sec=rules.with_sec)
    negative = next((each for each, (before, _) in NEGATIVE_MARKS.items() if before == rules.negative_glyph), None)
    return style if negative is None else evolve(style, negative=negative)
