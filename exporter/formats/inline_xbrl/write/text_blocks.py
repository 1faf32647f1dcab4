"""Text blocks: which values can stand on a page as the markup they are (Inline XBRL 1.1, ``escape="true"``).

A value can where a reader of the page gets exactly the same text back, where it is XHTML 1.1, and where it does nothing
but show itself: no scripts, no forms, nothing fetched from elsewhere.
"""

from __future__ import annotations

import re
from typing import Final

from attrs import frozen
from lxml import etree

from exporter.errors import ReadError
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.check.xhtml import check_xhtml
from exporter.formats.inline_xbrl.document_set import DocumentElement, InlineDocument
from exporter.formats.inline_xbrl.read.content import markup
from exporter.namespaces import XHTML
from exporter.resources.xml import parse_xml

_BRACED: Final = f"{{{XHTML}}}"
_PHRASES: Final = "abbr acronym bdo big cite code del dfn em ins kbd q samp small span strong sub sup"
_INLINE_NAMES: Final = f"{_PHRASES} a b br i img rb rp rt ruby tt var"
_ACTIVE_NAMES: Final = "script noscript object form fieldset input select textarea button label map"
_INLINE: Final = frozenset(_BRACED + name for name in _INLINE_NAMES.split())
_ACTIVE: Final = frozenset(_BRACED + name for name in _ACTIVE_NAMES.split())
_FETCHING: Final = frozenset({"action", "background", "cite", "data", "longdesc", "src"})
_SCHEME: Final = re.compile(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*):|[\s\x00-\x20]*//")
_STYLE_FETCH: Final = re.compile(r"url\s*\(|@import|expression\s*\(", re.IGNORECASE)
_SPECIAL: Final = re.compile("[<>&\r]")
# White space that a browser would not show as it is.
_VERBATIM: Final = re.compile(r"^[ \t\n\r]|[ \t\n\r]$|[ \t\n\r]{2}|[\t\n\r]")


@frozen
class Fragment:
    """A value that can stand as markup: whether it holds blocks or lines only, and the ids in it."""

    is_block: bool
    ids: tuple[str, ...] = ()


_TEXT: Final = Fragment(is_block=False)


def is_plain(value: str) -> bool:
    """Whether the text is the same as markup and as text."""
    return _SPECIAL.search(value) is None


def is_verbatim(text: str) -> bool:
    """Whether a text has white space that is shown only where the page asks for it."""
    return _VERBATIM.search(text) is not None


def read_fragment(value: str) -> Fragment | None:
    """The value as markup; ``None`` where it would not come back as it is, or is not fit for a page."""
    if is_plain(value):
        return _TEXT
    body = _parsed(value)
    if body is None or not _comes_back(body, value):
        return None
    elements = list(body.iterdescendants())
    if not all(_is_harmless(element) for element in elements):
        return None
    ids = tuple(id_ for element in elements if (id_ := element.get("id")) is not None)
    return Fragment(is_block=any(element.tag not in _INLINE for element in elements), ids=ids)


def why_unprintable(content: str) -> str | None:
    """Why a well-formed fragment of XHTML, as footnotes are, cannot stand on a page; ``None`` where it can."""
    if "<" not in content:
        return None
    try:
        root = parse_xml(_document(content)).getroot()
    except (ReadError, UnicodeEncodeError):
        return None  # no fragment at all, which is reported elsewhere
    for finding in check_xhtml([InlineDocument("", root)]):
        return finding.message
    active = (iterdescendant for iterdescendant in root[1].iterdescendants() if not _is_harmless(iterdescendant))
    return next((f"{tags.local_name(element.tag)} does more than show a text" for element in active), None)


def _document(content: str) -> bytes:
    head = f'<html xmlns="{XHTML}" xmlns:ix="{tags.IX}"><head><title>.</title></head>'
    return f"{head}<body><div>{content}</div></body></html>".encode()


def _parsed(value: str) -> etree._Element | None:
    """The division that holds the value in a document of its own, where that is XHTML 1.1."""
    try:
        root = parse_xml(_document(value)).getroot()
    except (ReadError, UnicodeEncodeError):
        return None
    if any(True for _ in check_xhtml([InlineDocument("", root)])):
        return None
    body = root[1]
    return body[0] if len(body) == 1 else None  # a value may not end the division


def _comes_back(body: etree._Element, value: str) -> bool:
    return markup([DocumentElement(body, InlineDocument("", body))]) == value


def _is_harmless(element: etree._Element) -> bool:
    if element.tag in _ACTIVE or not str(element.tag).startswith(_BRACED):
        return False
    for key, text in element.attrib.items():
        name, value = str(key), str(text)
        if name.startswith("on") or (name == "style" and _STYLE_FETCH.search(value)):
            return False
        scheme = _SCHEME.match(value)
        if name in _FETCHING and scheme:
            return False
        if name == "href" and scheme and (scheme[1] or "https").lower() not in ("http", "https", "mailto"):
            return False
    return True
