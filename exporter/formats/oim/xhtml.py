"""XHTML fragments: the content of footnotes, from elements to text (OIM 1.0, text footnotes)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from exporter.errors import ReadError
from exporter.namespaces import XHTML, XML
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.xml import parse_xml

_TEXT: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_ATTRIBUTE: Final = {**_TEXT, '"': "&quot;", "\t": "&#9;", "\n": "&#10;"}
# XHTML elements that are always empty; others get an end tag, as browsers want it.
_VOID: Final = frozenset(["area", "base", "br", "col", "hr", "img", "input", "link", "meta", "param"])
_TEXT_SPECIAL: Final = re.compile("[&<>\r]")
_ATTRIBUTE_SPECIAL: Final = re.compile('[&<>"\t\r\n]')


def escape_text(text: str) -> str:
    """``text`` as the content of an element; a carriage return as a reference, else a parser would drop it."""
    return _TEXT_SPECIAL.sub(lambda match: _TEXT[match[0]], text)


def escape_attribute(text: str) -> str:
    """``text`` as an attribute's value between double quotes."""
    return _ATTRIBUTE_SPECIAL.sub(lambda match: _ATTRIBUTE[match[0]], text)


def format_fragment(element: etree._Element) -> str:
    """The content of ``element``, XHTML being the default namespace; other elements declare their own."""
    return "".join(_content(element, {None: XHTML}))


def _content(element: etree._Element, scope: Mapping[str | None, str]) -> Iterator[str]:
    yield escape_text(element.text or "")
    for child in element:
        yield from _element(child, scope)
        yield escape_text(child.tail or "")


def _element(element: etree._Element, scope: Mapping[str | None, str]) -> Iterator[str]:
    name = etree.QName(element)
    prefix = None if name.namespace == XHTML else element.prefix
    needed: dict[str | None, str] = {prefix: name.namespace or ""}
    attributes: list[str] = []
    for key, value in element.attrib.items():
        attribute = etree.QName(key)
        own = _attribute_prefix(element, attribute.namespace, needed)
        attributes.append(f' {own}{attribute.localname}="{escape_attribute(str(value))}"')
    declared = [
        f' xmlns{":" + key if key else ""}="{escape_attribute(uri)}"'
        for key, uri in needed.items()
        if scope.get(key, "" if key is None else None) != uri
    ]
    tag = f"{prefix}:{name.localname}" if prefix else name.localname
    opening = "".join(["<", tag, *declared, *attributes])
    inner = "".join(_content(element, {**scope, **needed}))
    void = not inner and (prefix is not None or name.localname in _VOID)
    yield f"{opening}/>" if void else f"{opening}>{inner}</{tag}>"


def _attribute_prefix(element: etree._Element, namespace: str | None, needed: dict[str | None, str]) -> str:
    if not namespace:
        return ""
    if namespace == XML:
        return "xml:"
    prefix = next(key for key, uri in element.nsmap.items() if key and uri == namespace)
    needed[prefix] = namespace
    return f"{prefix}:"


def has_markup(content: str) -> bool:
    """Whether the fragment is more than text."""
    return "<" in content


def check_fragment(content: str, limits: Limits = DEFAULT_LIMITS) -> tuple[str, str] | None:
    """What is wrong with a footnote's content, as code and message; ``None`` if it is a well-formed XHTML fragment."""
    try:
        document = f'<div xmlns="{XHTML}">{content}</div>'.encode()
        tree = parse_xml(document, limits, "(footnote)")
    except UnicodeEncodeError:
        return "oime:invalidXHTMLFragment", "the footnote has characters that XML cannot carry"
    except ReadError as error:
        return "oime:invalidXHTMLFragment", f"the footnote is no XHTML fragment: {error.findings[0].message}"
    root = tree.getroot()
    for child in root.iterdescendants():
        xhtml = etree.QName(child).namespace == XHTML
        if child.getparent() is root and not xhtml:
            return "oime:invalidXHTMLFragment", f"the footnote has {child.tag} at its top, where only XHTML may stand"
        if xhtml and child.prefix:
            return "oime:xhtmlElementInNonDefaultNamespace", f"the XHTML element {child.tag} has a prefix"
    return None
