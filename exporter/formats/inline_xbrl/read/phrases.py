"""What the reader of a document sees where a fact stands: the line or paragraph around each tag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from exporter.findings import truncated
from exporter.formats.inline_xbrl.tags import NAMESPACES
from exporter.namespaces import XHTML
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.xml import XmlSource, parse_xml

_LONGEST: Final = 300
_FACTS: Final = tuple(f"{{{uri}}}{name}" for uri in NAMESPACES.values() for name in ("nonFraction", "nonNumeric"))
_HIDDEN: Final = frozenset(f"{{{uri}}}hidden" for uri in NAMESPACES.values())
_BLOCK_NAMES: Final = ("tr", "p", "li", "div", "dd", "h1", "h2", "h3", "h4", "caption")
_BLOCKS: Final = frozenset(f"{{{XHTML}}}{name}" for name in _BLOCK_NAMES)
_APART: Final = _BLOCKS | {f"{{{XHTML}}}{name}" for name in ("td", "th", "br")}


def document_phrases(
    document: XmlSource, limits: Limits = DEFAULT_LIMITS, name: str | None = None
) -> Mapping[str, str]:
    """The text around each fact of an Inline XBRL document, by the id of the fact; hidden facts have none.

    It is the row of a table, the entry of a list or the paragraph that the fact stands in, cut where it is long.

    Raises:
        ReadError: the document is not well-formed, or exceeds a limit.
    """
    phrases: dict[str, str] = {}
    texts: dict[etree._Element, str] = {}
    for element in parse_xml(document, limits, name).getroot().iter(*_FACTS):
        id_ = element.get("id")
        if id_ is None:
            continue
        around = list(element.iterancestors())
        if any(ancestor.tag in _HIDDEN for ancestor in around):
            continue
        block = next((ancestor for ancestor in around if ancestor.tag in _BLOCKS), element)
        if block not in texts:
            texts[block] = _text(block)
        phrases[id_] = texts[block]
    return phrases


def _text(element: etree._Element) -> str:
    """The text of an element with single blanks, cells and blocks apart, cut where it is long."""
    parts: list[str] = []
    length = 0
    for event, node in etree.iterwalk(element, events=("start", "end")):
        part = (node.text if event == "start" else node.tail if node is not element else None) or ""
        parts.append(f" {part}" if node.tag in _APART else part)
        length += len(part)
        if length > 4 * _LONGEST:
            break
    return truncated(" ".join("".join(parts).split()), _LONGEST)
