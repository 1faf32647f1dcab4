"""Footnotes to report items."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from exporter.errors import ModelError
from exporter.items.languages import is_language_tag


def _names(fields: Iterable[str]) -> tuple[str, ...]:
    if isinstance(fields, str):
        raise ModelError(f"fields are a sequence of names, got {fields!r}")
    return tuple(sorted(set(fields)))


@frozen(cache_hash=True)
class Footnote:
    """A note to an item, or to some of its ``fields``.

    ``text`` is plain text. Without ``language`` it is in the filing's own. ``marker`` is what the document prints, kept
    in items JSON only.

    Raises:
        ModelError: the text is empty, the language no language tag, or the marker no text.
    """

    text: str = field()
    language: str | None = field(default=None)
    fields: tuple[str, ...] = field(default=(), converter=_names)
    marker: str | None = field(default=None, eq=False)

    @text.validator
    def _not_empty(self, _: object, value: str) -> None:
        if not isinstance(value, str) or not value.strip():
            raise ModelError("a footnote has a text")

    @language.validator
    def _is_language(self, _: object, value: str | None) -> None:
        if value is not None and not is_language_tag(value):
            raise ModelError(f"expected a language tag like en or ja, got {value!r}")

    @marker.validator
    def _is_text(self, _: object, value: str | None) -> None:
        if value is not None and not isinstance(value, str):
            raise ModelError(f"a marker is a text, got {value!r}")
