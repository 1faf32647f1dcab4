"""The elements of Inline XBRL 1.1: where they stand, what they hold, and their attributes (sections 4 to 15)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, cast
from urllib.parse import urlsplit

from attrs import frozen
from lxml import etree

from exporter.findings import list_text
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import DocumentElement, DocumentSet, InlineDocument, InlineLog
from exporter.formats.xbrl_xml import tags as xbrl
from exporter.model.qname import is_ncname
from exporter.namespaces import XBRLI, XML, XSI

WHITE_SPACE: Final = " \t\r\n"
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_PRECISION: Final = re.compile(r"\+?[0-9]+|INF")
_BOOLEANS: Final = frozenset({"true", "false", "1", "0"})

Check = Callable[[str], object]


def _anything(text: str) -> bool:
    return True


def _names(text: str) -> bool:
    return bool(text) and all(map(is_ncname, text.split()))


def _absolute(text: str) -> bool:
    try:
        return bool(urlsplit(text).scheme)
    except ValueError:
        return False


def _name(text: str) -> bool:
    return all(map(is_ncname, text.split(":", 1)))


@frozen
class _Type:
    """What a value has to look like once blanks round it are gone."""

    expected: str
    check: Check


_ID = _Type("an XML name without colon", is_ncname)
_IDS = _Type("one or more XML names", _names)
_QNAME = _Type("a name, perhaps with a prefix", _name)
_ORDER = _Type("a decimal number", _DECIMAL.fullmatch)
_SCALE = _Type("an integer", _INTEGER.fullmatch)
_SIGN = _Type('"-"', "-".__eq__)
_FLAG = _Type("true or false", _BOOLEANS.__contains__)
_ACCURACY = _Type("an integer or INF", lambda text: text == "INF" or _INTEGER.fullmatch(text))
_DIGITS = _Type("a number of digits or INF", _PRECISION.fullmatch)
_TEXT = _Type("text", _anything)
_ROLE = _Type("an absolute URI", _absolute)


@frozen
class _ElementRules:
    """An element's attributes; ``foreign`` says which other namespaces may add some: all, XML's, or none."""

    attributes: Mapping[str, _Type]
    required: tuple[str, ...] = ()
    foreign: str = "none"


_MEMBER: Final = {"id": _ID, "name": _QNAME, "order": _ORDER, "target": _ID, "tupleRef": _ID}
_ITEM: Final = {**_MEMBER, "contextRef": _ID}
_NUMBER: Final = {"format": _QNAME, "scale": _SCALE, "sign": _SIGN}

_SHAPES: Final[Mapping[str, _ElementRules]] = {
    tags.NON_FRACTION: _ElementRules(
        {**_ITEM, **_NUMBER, "unitRef": _ID, "decimals": _ACCURACY, "precision": _DIGITS},
        ("name", "contextRef", "unitRef"),
        "all",
    ),
    tags.NON_NUMERIC: _ElementRules(
        {**_ITEM, "format": _QNAME, "escape": _FLAG, "continuedAt": _ID}, ("name", "contextRef"), "all"
    ),
    tags.FRACTION: _ElementRules({**_ITEM, "unitRef": _ID}, ("name", "contextRef", "unitRef"), "all"),
    tags.NUMERATOR: _ElementRules(_NUMBER),
    tags.DENOMINATOR: _ElementRules(_NUMBER),
    tags.TUPLE: _ElementRules({**_MEMBER, "tupleID": _ID}, ("name",), "all"),
    tags.CONTINUATION: _ElementRules({"id": _ID, "continuedAt": _ID}, ("id",)),
    tags.EXCLUDE: _ElementRules({}),
    tags.FOOTNOTE: _ElementRules(
        {"id": _ID, "footnoteRole": _ROLE, "title": _TEXT, "continuedAt": _ID}, ("id",), "xml"
    ),
    tags.HEADER: _ElementRules({}),
    tags.HIDDEN: _ElementRules({}),
    tags.REFERENCES: _ElementRules({"id": _ID, "target": _ID}, (), "all"),
    tags.RESOURCES: _ElementRules({}),
    tags.RELATIONSHIP: _ElementRules(
        {"arcrole": _ROLE, "linkRole": _ROLE, "fromRefs": _IDS, "toRefs": _IDS, "order": _ORDER},
        ("fromRefs", "toRefs"),
        "xml",
    ),
}  # fmt: skip
_NAMES: Final = ("name", "format")


class AttributeCheck:
    """Checks the attributes of elements; remembers, for each name of an element, values seen to be right."""

    def __init__(self, log: InlineLog) -> None:
        self._log = log
        self._right_of_tag: dict[str, set[tuple[str, str]]] = {}

    def check(self, node: DocumentElement) -> bool:
        """Whether the element's attributes are as they must be; what is wrong is noted."""
        tag = str(node.element.tag)
        shape = _SHAPES[tag]
        known = len(self._log.findings)
        right = self._right_of_tag.setdefault(tag, set())
        for key, value in [pair for pair in node.attributes.items() if pair not in right]:
            if key[0] == "{":
                self._foreign(node, key, value, shape)
                continue
            value_type = shape.attributes.get(key)
            if value_type is None:
                self._finding(node, f"{node.name} has no attribute {key}")
            elif key in _NAMES:
                self._resolves(node, key, value)
            else:
                self._typed(node, key, value, value_type)
        for key in shape.required:
            if key not in node.attributes.positions:
                self._finding(node, f"{node.name} lacks its attribute {key}")
        return len(self._log.findings) == known

    def _typed(self, node: DocumentElement, key: str, value: str, value_type: _Type) -> None:
        # ``sign`` is a plain string type: blanks count.
        if value_type.check(value if key == "sign" else value.strip(WHITE_SPACE)):
            if key != "id":
                self._right_of_tag[str(node.element.tag)].add((key, value))
        else:
            self._finding(node, f"{key} of {node.name} is {value_type.expected}, got {value!r}")

    def _resolves(self, node: DocumentElement, key: str, value: str) -> None:
        if not _name(value.strip(WHITE_SPACE)):
            self._finding(node, f"{key} of {node.name} is {_QNAME.expected}, got {value!r}")
        elif node.resolve(key) is None:
            message = f"the prefix of {key} in {node.name} is not declared: {value!r}"
            self._finding(node, message, fix=f"declare xmlns:{value.partition(':')[0].strip()}")
        elif node.document.names is not None:
            self._right_of_tag[str(node.element.tag)].add((key, value))

    def _foreign(self, node: DocumentElement, key: str, value: str, shape: _ElementRules) -> None:
        namespace = key[1:].partition("}")[0]
        if key == f"{{{XSI}}}nil":
            if value.strip(WHITE_SPACE) not in _BOOLEANS:
                self._finding(node, f"xsi:nil is true or false, got {value!r}")
        elif namespace == tags.IX or (namespace == XBRLI and node.element.tag == tags.REFERENCES):
            message = f"{node.name} has the attribute {key}, which may not have a prefix"
            self._log.error_at("ixe:qualifiedAttributeDisallowed", message, node, fix="write it without a prefix")
        elif namespace != XSI and (shape.foreign == "none" or (shape.foreign == "xml" and namespace != XML)):
            self._finding(node, f"{node.name} has no attribute {key}")

    def _finding(self, node: DocumentElement, message: str, fix: str | None = None) -> None:
        self._log.error_at("exporter:xmlSchema", message, node, fix=fix or "correct the attribute")


_HEADER: Final = (tags.HIDDEN, tags.REFERENCES, tags.RESOURCES)
_HIDDEN: Final = tags.FACTS | {tags.FOOTNOTE}
_REFERENCES: Final = frozenset({xbrl.SCHEMA_REF, xbrl.LINKBASE_REF})
_RESOURCES: Final = frozenset({xbrl.CONTEXT, xbrl.UNIT, xbrl.ROLE_REF, xbrl.ARCROLE_REF, tags.RELATIONSHIP})
_CODES_OF_HOME: Final = {
    xbrl.CONTEXT: "ixe:resourceIdDuplication",
    xbrl.UNIT: "ixe:resourceIdDuplication",
    tags.REFERENCES: "ixe:referencesIdDuplication",
}
_WITH_ID: Final = etree.XPath("//*[@id]")
_TEXT_HOLDERS: Final = (tags.NON_NUMERIC, tags.CONTINUATION, tags.FOOTNOTE)


def check_placement(document_set: DocumentSet, log: InlineLog) -> None:
    """Note every element that stands where it may not, or holds what it may not."""
    for node in document_set.headers:
        _check_header(node, log)
    for node in document_set.hidden:
        _only(node, _HIDDEN, log, least="a fact or footnote")
    for node in document_set.references:
        _only(node, _REFERENCES, log, least="a link:schemaRef")
    for node in document_set.resources:
        _only(node, _RESOURCES, log)
    for node in document_set.relationships:
        _only(node, frozenset(), log)
    for nodes in (document_set.hidden, document_set.references, document_set.resources):
        _check_parents(nodes, tags.HEADER, log)
    _check_parents(document_set.relationships, tags.RESOURCES, log)
    _check_strays(document_set, log)
    for node in document_set.continuations:
        if _has_ancestor(node, tags.HIDDEN):
            log.error_at("ixe:ancestorNodeDisallowed", "an ix:continuation may not stand in ix:hidden", node)
    for node in document_set.excludes:
        if not _has_ancestor(node, *_TEXT_HOLDERS):
            message = "ix:exclude stands outside any ix:nonNumeric, ix:footnote or ix:continuation"
            log.error_at("ixe:excludeMisplaced", message, node, fix="take ix:exclude out")


def _check_header(node: DocumentElement, log: InlineLog) -> None:
    _only(node, frozenset(_HEADER), log)
    if _has_ancestor(node, tags.HEAD):
        log.error_at("exporter:xmlSchema", "ix:header stands in the body, not in the head", node)
    order = [_HEADER.index(str(child.tag)) for child in node.element if child.tag in _HEADER]
    if order != sorted(order):
        message = "ix:header holds ix:hidden, ix:references and ix:resources in this order"
        log.error_at("exporter:xmlSchema", message, node)
    for tag in (tags.HIDDEN, tags.RESOURCES):
        if order.count(_HEADER.index(tag)) > 1:
            log.error_at("exporter:xmlSchema", f"ix:header has {tags.local_name(tag)} once at most", node)


def _only(node: DocumentElement, allowed: frozenset[str], log: InlineLog, *, least: str | None = None) -> None:
    for child in node.element:
        if child.tag not in allowed:
            message = f"{node.name} may not hold {tags.local_name(child.tag)}"
            log.error_at("exporter:xmlSchema", message, DocumentElement(child, node.document))
    if any(text.strip() for text in _own_texts(node.element)):
        log.error_at("exporter:xmlSchema", f"{node.name} may not hold text", node)
    if least is not None and not len(node.element):
        log.error_at("exporter:xmlSchema", f"{node.name} holds at least {least}", node, fix=f"take {node.name} out")


def _own_texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    yield from (child.tail or "" for child in element)


def _check_parents(nodes: Iterable[DocumentElement], parent: str, log: InlineLog) -> None:
    for node in nodes:
        above = node.element.getparent()
        if above is None or above.tag != parent:
            log.error_at("exporter:xmlSchema", f"{node.name} stands in {tags.local_name(parent)} only", node)


def _check_strays(document_set: DocumentSet, log: InlineLog) -> None:
    """Contexts, units and references count only within the header."""
    for document in document_set.documents:
        for element in document.root.iter(xbrl.CONTEXT, xbrl.UNIT, *_REFERENCES, xbrl.ROLE_REF, xbrl.ARCROLE_REF):
            parent = element.getparent()
            home = tags.REFERENCES if element.tag in _REFERENCES else tags.RESOURCES
            if parent is None or parent.tag not in (tags.REFERENCES, tags.RESOURCES):
                message = f"{tags.local_name(element.tag)} stands in {tags.local_name(home)} only"
                log.error_at("exporter:xmlSchema", message, DocumentElement(element, document))


def _has_ancestor(node: DocumentElement, *names: str) -> bool:
    return next(node.element.iterancestors(*names), None) is not None


def check_ids(document_set: DocumentSet, log: InlineLog) -> None:
    """Ids are XML names, and unique over the whole set (Inline XBRL 1.1 section 3)."""
    resources = (*document_set.contexts, *document_set.units)
    holders: dict[str, list[DocumentElement]] = {}
    for node in (*document_set.elements, *resources):
        if (id_ := node.get("id")) is not None:
            holders.setdefault(id_.strip(), []).append(node)
    for id_, nodes in holders.items():
        if not is_ncname(id_):
            log.error_at("exporter:invalidId", f"an id is an XML name, got {id_!r}", nodes[0])
        if len(nodes) > 1:
            _report_duplicate(id_, nodes, log)
    _check_html_ids(document_set.documents, holders, log)


def _report_duplicate(id_: str, nodes: list[DocumentElement], log: InlineLog) -> None:
    names = list_text(dict.fromkeys(node.name for node in nodes))
    message = f"the id {id_!r} is given {len(nodes)} times in the document set: {names}"
    elements = {node.element.tag for node in nodes}
    codes = ["ixe:resourceIdDuplication"] if elements & {xbrl.CONTEXT, xbrl.UNIT} else []
    codes += ["ixe:referencesIdDuplication"] if tags.REFERENCES in elements else []
    codes += ["ixe:uniqueIxId"] if elements & tags.ELEMENTS else []
    for code in codes:
        log.error_at(code, message, nodes[-1], fix="give each its own id")


def _check_html_ids(
    documents: Iterable[InlineDocument], holders: dict[str, list[DocumentElement]], log: InlineLog
) -> None:
    """Elements of HTML may not take the id of a fact of their file, or of a resource or reference of any file."""
    own = {node.element for nodes in holders.values() for node in nodes}
    for document in documents:
        for element in cast("list[etree._Element]", _WITH_ID(document.root)):
            for node in holders.get(element.get("id") or "", ()) if element not in own else ():
                code = _CODES_OF_HOME.get(str(node.element.tag))
                if code is None and node.document is not document:
                    continue
                message = f"{tags.local_name(element.tag)} has the id {node.id!r} of {node.name}"
                log.error_at(
                    code or "exporter:duplicateId",
                    message,
                    DocumentElement(element, document),
                    fix="give each its own id",
                )
