"""Whether documents are XHTML 1.1 with Inline XBRL: elements, their content and their attributes.

A report can be read from a document that breaks these rules; a validator has to tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from exporter.findings import Finding
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import InlineDocument, Node, place_of
from exporter.formats.inline_xbrl.xhtml_elements import (
    ATTRIBUTES,
    CONTENTS,
    NAME_ATTRIBUTES,
    URL_ATTRIBUTES,
    VERSIONS,
    Attributes,
    Content,
)
from exporter.model.qname import is_ncname
from exporter.namespaces import XHTML, XML, XSI

_WHITE_SPACE: Final = " \t\r\n"
_BAD_ESCAPE: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_XML_BRACED: Final = f"{{{XML}}}"
_HINTS: Final = frozenset({f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation"})


def check_xhtml(documents: Iterable[InlineDocument]) -> Iterator[Finding]:
    """Every place where a document is not XHTML 1.1 with Inline XBRL: ``exporter:xmlSchema``, ``duplicateId``."""
    for document in documents:
        if document.root.tag == tags.HTML:  # else that has been told, and nothing fits
            yield from _Checker(document).check()


class _Checker:
    def __init__(self, document: InlineDocument) -> None:
        self._document = document
        self._ids: set[str] = set()
        self._right: set[tuple[object, str, str]] = set()

    def check(self) -> Iterator[Finding]:
        for element in self._document.root.iter(etree.Element):
            content = CONTENTS.get(str(element.tag))
            if content is not None:
                yield from self._content(element, content)
            if (attributes := ATTRIBUTES.get(str(element.tag))) is not None and (element.attrib or attributes.required):
                yield from self._attributes(element, attributes)

    def _fault(self, element: etree._Element, message: str, mend: str) -> Finding:
        place = place_of(Node(element, self._document))
        return Finding(code="exporter:xmlSchema", message=message, location=place, mend=mend)

    # -- content

    def _content(self, element: etree._Element, content: Content) -> Iterator[Finding]:
        allowed = content.children
        fits = True
        for child in element:
            if child.tag not in allowed:
                fits = False
                yield self._misplaced(child, element)
        if not content.text and _has_text(element):
            message = f"{_shown(element)} may not hold text"
            yield self._fault(element, message, "put the text into an element")
        if fits and content.order is not None:
            names = "".join(f"{str(child.tag).rpartition('}')[2]} " for child in element)
            if content.order.fullmatch(names) is None:
                message = f"{_shown(element)} holds {content.expected}"
                yield self._fault(element, message, "add, remove or reorder elements")

    def _misplaced(self, child: etree._Element, element: etree._Element) -> Finding:
        tag = str(child.tag)
        if tag in CONTENTS or tag in tags.ELEMENTS:
            message = f"{_shown(element)} may not hold {_shown(child)}"
        elif tag.startswith(f"{{{XHTML}}}"):
            message = f"XHTML 1.1 has no element {_shown(child)}"
        else:
            message = f"the body of a document has no room for {tag}"
        return self._fault(child, message, "use an element that may stand here")

    # -- attributes

    def _attributes(self, element: etree._Element, attributes: Attributes) -> Iterator[Finding]:
        kinds = attributes.kinds
        for key, value in map(_texts, element.attrib.items()):
            name = f"xml:{key[len(_XML_BRACED) :]}" if key.startswith(_XML_BRACED) else key
            if name not in kinds:
                if key not in _HINTS:
                    message = f"{_shown(element)} has no attribute {name}"
                    yield self._fault(element, message, "take the attribute out; styles say how things look")
            elif name == "id":
                yield from self._id(element, value)
            elif (element.tag, name, value) not in self._right:
                expected = _expected(name, value, attributes, self._document.version)
                if expected is None:
                    self._right.add((element.tag, name, value))
                else:
                    message = f"{name} of {_shown(element)} is {expected}, got {value!r}"
                    yield self._fault(element, message, "correct the attribute")
        for name in attributes.required:
            if element.get(name) is None:
                yield self._fault(element, f"{_shown(element)} lacks its attribute {name}", "add it")

    def _id(self, element: etree._Element, value: str) -> Iterator[Finding]:
        id_ = value.strip(_WHITE_SPACE)
        if not is_ncname(id_):
            yield self._fault(element, f"an id is an XML name, got {value!r}", "begin it with a letter")
        elif id_ in self._ids:
            place = place_of(Node(element, self._document))
            message = f"the id {id_!r} is given twice in one file"
            yield Finding(
                code="exporter:duplicateId", message=message, location=place, mend="ids are unique in a document"
            )
        self._ids.add(id_)


def _texts(item: tuple[str | bytes, str | bytes]) -> tuple[str, str]:
    return str(item[0]), str(item[1])


def _expected(name: str, value: str, attributes: Attributes, version: tags.InlineVersion) -> str | None:
    """What the value should be, where it is something else."""
    kind = VERSIONS[version] if name == "version" else attributes.kinds[name]
    if kind is not None:
        return None if kind.pattern.fullmatch(value) else kind.expected
    if name in NAME_ATTRIBUTES:
        names = value.split() if name == "headers" else [value.strip(_WHITE_SPACE)]
        return None if names and all(map(is_ncname, names)) else "an XML name"
    return "a URL" if name in URL_ATTRIBUTES and not _is_url(value) else None


def _is_url(value: str) -> bool:
    """Whether a value could be a URL (RFC 3986) once its blanks and letters beyond ASCII are escaped."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return not _BAD_ESCAPE.search(value) and bool(parts.scheme or ":" not in value.partition("/")[0])


def _shown(element: etree._Element) -> str:
    return tags.local_name(element.tag)


def _has_text(element: etree._Element) -> bool:
    if element.text and element.text.strip(_WHITE_SPACE):
        return True
    return any(child.tail and child.tail.strip(_WHITE_SPACE) for child in element)
