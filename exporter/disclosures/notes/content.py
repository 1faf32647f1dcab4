"""The text of a note: XHTML in one canonical form, which a page shows as it is and a reader of the page gets back."""

from __future__ import annotations

import re
from typing import Any, Final

from exporter.errors import ModelError
from exporter.items.values.texts import TextBlock
from exporter.namespaces import XHTML
from exporter.resources.xml import parse_xml

REFERENCE: Final = re.compile(r"\{\{|\}\}|\{([^{}<>]+)\}")
"""The name of an amount in braces, or a brace that is meant as one and written twice."""

MARKUPS: Final = ("xhtml", "markdown")
"""How the text of a note may be written: as XHTML, or plain in paragraphs; as Markdown."""

_BRACED: Final = f"{{{XHTML}}}"
_BLOCKS: Final = "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre address hr br"
_TABLES: Final = "table caption colgroup col thead tbody tfoot tr th td"
_PHRASES: Final = "a abbr acronym b bdo big cite code dfn em i kbd q samp small span strong sub sup tt var"
ELEMENTS: Final = frozenset(f"{_BLOCKS} {_TABLES} {_PHRASES}".split())
"""The elements that the text of a note may have: what shows itself and does nothing else."""

_VOID: Final = frozenset({"br", "col", "hr"})
_OF_TABLES: Final = (
    "abbr align axis border cellpadding cellspacing colspan frame headers rowspan rules scope span summary"
)
_ATTRIBUTES: Final = frozenset(f"{_OF_TABLES} class dir href lang style title valign width".split())
_XML_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
# Functions fetch (url, image-set) or run, but for those that make a color or a length; escapes and comments hide them.
_UNSAFE_STYLE: Final = re.compile(r"(?<!\brgb)(?<!\brgba)(?<!\bhsl)(?<!\bcalc)\(|[\\@]|/\*", re.IGNORECASE)
_SAFE_LINK: Final = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ATTRIBUTE: Final = {**_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}


def canonical_markup(text: str, markup: str = "xhtml") -> str:
    """What people write, as XHTML in one form: a text without markup in paragraphs, markup serialized anew.

    A blank text is none. ``markup`` is one of `MARKUPS`.

    Raises:
        ModelError: not well-formed, or with elements or attributes that do more than show a text.
    """
    if not text.strip():
        return ""
    if markup == "markdown":
        from exporter.disclosures.notes.markdown import markdown_to_xhtml  # few filings need the library

        text = markdown_to_xhtml(text, REFERENCE)
    root = parse_xml(f'<div xmlns="{XHTML}">{TextBlock.parse(text).xhtml}</div>'.encode()).getroot()
    pieces: list[str] = []
    _add_content(root, pieces)
    return "".join(pieces).strip()


def escape_text(text: str) -> str:
    """A text as the content of an element."""
    return re.sub(r"[&<>\r]", lambda match: _TEXT[match[0]], text)


def _add_content(element: Any, pieces: list[str]) -> None:
    pieces.append(escape_text(element.text or ""))
    for child in element:
        if isinstance(child.tag, str):
            _add_element(child, pieces)
        pieces.append(escape_text(child.tail or ""))


def _add_element(element: Any, pieces: list[str]) -> None:
    name = element.tag.removeprefix(_BRACED)
    if name not in ELEMENTS:
        raise ModelError(
            f"the text of a note has no element {name!r}; it may have paragraphs, lists, tables and the like"
        )
    attributes = "".join(_attribute(name, str(key), str(value)) for key, value in element.attrib.items())
    if name in _VOID:
        pieces.append(f"<{name}{attributes}/>")
        return
    pieces.append(f"<{name}{attributes}>")
    _add_content(element, pieces)
    pieces.append(f"</{name}>")


def _attribute(element: str, name: str, value: str) -> str:
    unsafe = (name == "style" and _UNSAFE_STYLE.search(value)) or (name == "href" and not _SAFE_LINK.match(value))
    if unsafe or (name not in _ATTRIBUTES and name != _XML_LANGUAGE):
        raise ModelError(
            f"the text of a note cannot have {name}={value!r} on {element!r}: it would do more than show it"
        )
    if any(match[1] for match in REFERENCE.finditer(value)):
        raise ModelError(f"an amount stands by name in a text, not in {name}={value!r} on {element!r}")
    written = "xml:lang" if name == _XML_LANGUAGE else name
    escaped = re.sub('[&<>\r"\t\n]', lambda match: _ATTRIBUTE[match[0]], value)
    return f' {written}="{escaped}"'
