"""Footnotes to report items."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from exporter.errors import ModelError


def _names(fields: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(fields)))


@frozen(cache_hash=True)
class Footnote:
    """A note to an item, or to some of its ``fields``.

    ``text`` is plain text. Without ``language`` it is in the filing's own. ``marker`` is what the document prints, kept
    in items JSON only.

    Raises:
        ModelError: the text is empty.
    """

    text: str = field()
    language: str | None = None
    fields: tuple[str, ...] = field(default=(), converter=_names)
    marker: str | None = field(default=None, eq=False)

    @text.validator
    def _not_empty(self, _: object, value: str) -> None:
        if not isinstance(value, str) or not value.strip():
            raise ModelError("a footnote has a text")
