"""Blocks of text with markup, as text block concepts report them, and footnotes to report items."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from attrs import field, frozen

from exporter.errors import ModelError, ReadError
from exporter.model.lexical import is_language_tag
from exporter.namespaces import XHTML
from exporter.resources.xml import parse_xml


def _well_formed(_: object, __: object, text: str) -> None:
    if not text.strip():
        raise ModelError("a text block is not empty")
    if "<" not in text and "&" not in text:
        return
    try:
        parse_xml(f'<div xmlns="{XHTML}">{text}</div>'.encode())
    except ReadError as error:
        reason = error.findings[0].message if error.findings else str(error)
        raise ModelError(f"a text block is well-formed XHTML, this is not: {reason}") from None


@frozen(cache_hash=True)
class TextBlock:
    """A well-formed XHTML fragment, elements in the default namespace (``<p>…</p>``).

    Raises:
        ModelError: empty, or not well-formed.
    """

    xhtml: str = field(validator=_well_formed)

    @classmethod
    def of(cls, paragraphs: str | Iterable[str]) -> TextBlock:
        """From plain text: paragraphs one by one, or one string with blank lines between them."""
        parts = re.split(r"\n[ \t]*\n", paragraphs) if isinstance(paragraphs, str) else list(paragraphs)
        return cls("".join(f"<p>{escape(' '.join(part.split()), quote=False)}</p>" for part in parts if part.strip()))

    @classmethod
    def parse(cls, text: str) -> TextBlock:
        """As people write it: markup where there is some, else plain text in paragraphs."""
        return cls(text.strip()) if re.search(r"<[A-Za-z/]", text) else cls.of(text)

    @property
    def plain(self) -> str:
        """The text without its markup, paragraphs separated by a blank line."""
        text = re.sub(r"</(p|li|div|h[1-6]|tr)>", "\n\n", self.xhtml)
        text = re.sub(r"<[^<>]*>", "", text)
        for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
            text = text.replace(entity, character)
        return text.strip()


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
