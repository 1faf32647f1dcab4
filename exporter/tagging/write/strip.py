"""The tags of Inline XBRL taken out of a document again: what is left is the document as it was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from exporter.formats.inline_xbrl import tags as ix
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.xml import parse_xml
from exporter.tagging.document.source import Markup, attributes_of, decode, is_empty_tag, tokens

_DECLARATION: Final = re.compile(r"""\sxmlns:([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_HIDING: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def strip_tags(data: bytes, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The document without any element of Inline XBRL and without the declarations that only they needed.

    What `exporter.tagging.write.tags.tag_document` made gives back the bytes of the XHTML that was tagged. In any
    document the header goes, with the ``div`` that holds nothing else; of all other elements the content stays.

    Raises:
        ReadError: the document is no well-formed XHTML.
    """
    display_name = name or "(document)"
    decoded = decode(data, display_name, as_xml=True)
    parse_xml(data, limits, display_name)
    return decoded.encode(stripped(decoded.text))


def stripped(text: str) -> str:
    """`strip_tags` for the text of a well-formed document."""
    stripper = _Stripper(text)
    pieces, at = [], 0
    for start, end in sorted(stripper.cuts()):
        if end <= at:
            continue
        pieces.append(text[at : max(start, at)])
        at = end
    return "".join([*pieces, text[at:]])


class _Stripper:
    """Finds what is to be cut out, as offsets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._markup = Markup()
        self._used: set[str] = set()
        self._read()

    def _read(self) -> None:
        markup = self._markup
        stack: list[int] = []
        for match in tokens(self._text):
            if match["start"] is not None:
                number = markup.open(match, stack[-1] if stack else -1)
                if not is_empty_tag(match):
                    stack.append(number)
            elif match["end"] is not None:
                number = stack.pop()
                markup.closes[number], markup.ends[number] = match.span()

    def cuts(self) -> Iterator[tuple[int, int]]:
        """Every stretch to be taken out; they may lie in each other."""
        markup = self._markup
        prefixes = self._prefixes()
        gone: set[int] = set()
        inner: set[str] = set()
        for number, name in enumerate(markup.names):
            parent = markup.parents[number]
            prefix, _, local = name.rpartition(":")
            if parent in gone:
                gone.add(number)
            elif prefix not in prefixes:
                self._note_prefixes(number, inner)
            elif local == "header":
                gone.add(number)
                yield self._wrapper(number)
            else:
                yield markup.opens[number], markup.inner[number]
                yield markup.closes[number], markup.ends[number]
        yield from self._declarations(prefixes)

    def _prefixes(self) -> set[str]:
        """The prefixes that stand for Inline XBRL, wherever they are declared."""
        prefixes = set()
        for source in set(self._markup.attributes):
            if "inlineXBRL" in source:
                for name, value in attributes_of(source).items():
                    if name.startswith("xmlns:") and value in (ix.IX, ix.IX_1_0):
                        prefixes.add(name[6:])
        return prefixes

    def _wrapper(self, header: int) -> tuple[int, int]:
        """From where to where the header goes, with the element that only hides it."""
        markup = self._markup
        start, end = markup.opens[header], markup.ends[header]
        parent = markup.parents[header]
        if parent >= 0 and markup.names[parent] == "div":
            alone = not (self._text[markup.inner[parent] : start] + self._text[end : markup.closes[parent]]).strip()
            if alone and _HIDING.search(markup.attribute(parent, "style") or ""):
                return markup.opens[parent], markup.ends[parent]
        return start, end

    def _note_prefixes(self, number: int, inner: set[str]) -> None:
        """The prefixes of an element that stays, unless it, or an element around it, declares them below the root."""
        markup = self._markup
        source = markup.attributes[number]
        name = markup.names[number]
        used = {name.partition(":")[0]} if ":" in name else set()
        if ":" in source:
            used |= {attribute.partition(":")[0] for attribute in attributes_of(source) if ":" in attribute}
        for prefix in used - {"xmlns", "xml"}:
            if not self._is_declared_inside(number, prefix):
                self._used.add(prefix)

    def _is_declared_inside(self, number: int, prefix: str) -> bool:
        markup = self._markup
        while markup.parents[number] >= 0:
            if markup.attribute(number, f"xmlns:{prefix}") is not None:
                return True
            number = markup.parents[number]
        return False

    def _declarations(self, prefixes: set[str]) -> Iterator[tuple[int, int]]:
        """Those of the root from that of Inline XBRL on that nothing needs any more."""
        markup = self._markup
        begun = False
        for match in _DECLARATION.finditer(self._text, markup.opens[0], markup.inner[0]):
            begun = begun or match[1] in prefixes
            if match[1] in prefixes or (begun and match[1] not in self._used):
                yield match.span()
