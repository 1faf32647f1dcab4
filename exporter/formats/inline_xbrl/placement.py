"""Where elements of Inline XBRL stand and what they hold (Inline XBRL 1.1, constraints of sections 4 to 15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, cast

from lxml import etree

from exporter.findings import list_text
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import DocumentSet, InlineDocument, Log, Node
from exporter.formats.xbrl_xml import tags as xbrl
from exporter.model.qname import is_ncname

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


def check_placement(found: DocumentSet, log: Log) -> None:
    """Note every element that stands where it may not, or holds what it may not."""
    for node in found.headers:
        _check_header(node, log)
    for node in found.hidden:
        _only(node, _HIDDEN, log, least="a fact or footnote")
    for node in found.references:
        _only(node, _REFERENCES, log, least="a link:schemaRef")
    for node in found.resources:
        _only(node, _RESOURCES, log)
    for node in found.relationships:
        _only(node, frozenset(), log)
    for nodes, parent in ((found.hidden, tags.HEADER), (found.references, tags.HEADER), (found.resources, tags.HEADER)):
        _check_parents(nodes, parent, log)
    _check_parents(found.relationships, tags.RESOURCES, log)
    _check_strays(found, log)
    for node in found.continuations:
        if _has_ancestor(node, tags.HIDDEN):
            log.add("ixe:ancestorNodeDisallowed", "an ix:continuation may not stand in ix:hidden", node)
    for node in found.excludes:
        if not _has_ancestor(node, *_TEXT_HOLDERS):
            message = "ix:exclude stands outside any ix:nonNumeric, ix:footnote or ix:continuation"
            log.add("ixe:excludeMisplaced", message, node, mend="take ix:exclude out")


def _check_header(node: Node, log: Log) -> None:
    _only(node, frozenset(_HEADER), log)
    if _has_ancestor(node, tags.HEAD):
        log.add("exporter:xmlSchema", "ix:header stands in the body, not in the head", node)
    order = [_HEADER.index(str(child.tag)) for child in node.element if child.tag in _HEADER]
    if order != sorted(order):
        message = "ix:header holds ix:hidden, ix:references and ix:resources in this order"
        log.add("exporter:xmlSchema", message, node)
    for tag in (tags.HIDDEN, tags.RESOURCES):
        if order.count(_HEADER.index(tag)) > 1:
            log.add("exporter:xmlSchema", f"ix:header has {tags.local_name(tag)} once at most", node)


def _only(node: Node, allowed: frozenset[str], log: Log, *, least: str | None = None) -> None:
    for child in node.element:
        if child.tag not in allowed:
            message = f"{node.name} may not hold {tags.local_name(child.tag)}"
            log.add("exporter:xmlSchema", message, Node(child, node.document))
    if any(text.strip() for text in _own_texts(node.element)):
        log.add("exporter:xmlSchema", f"{node.name} may not hold text", node)
    if least is not None and not len(node.element):
        log.add("exporter:xmlSchema", f"{node.name} holds at least {least}", node, mend=f"take {node.name} out")


def _own_texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    yield from (child.tail or "" for child in element)


def _check_parents(nodes: Iterable[Node], parent: str, log: Log) -> None:
    for node in nodes:
        above = node.element.getparent()
        if above is None or above.tag != parent:
            log.add("exporter:xmlSchema", f"{node.name} stands in {tags.local_name(parent)} only", node)


def _check_strays(found: DocumentSet, log: Log) -> None:
    """Contexts, units and references count only within the header."""
    for document in found.documents:
        for element in document.root.iter(xbrl.CONTEXT, xbrl.UNIT, *_REFERENCES, xbrl.ROLE_REF, xbrl.ARCROLE_REF):
            parent = element.getparent()
            home = tags.REFERENCES if element.tag in _REFERENCES else tags.RESOURCES
            if parent is None or parent.tag not in (tags.REFERENCES, tags.RESOURCES):
                message = f"{tags.local_name(element.tag)} stands in {tags.local_name(home)} only"
                log.add("exporter:xmlSchema", message, Node(element, document))


def _has_ancestor(node: Node, *names: str) -> bool:
    return next(node.element.iterancestors(*names), None) is not None


def check_ids(found: DocumentSet, log: Log) -> None:
    """Ids are XML names, and unique over the whole set (Inline XBRL 1.1 section 3)."""
    resources = (*found.contexts, *found.units)
    holders: dict[str, list[Node]] = {}
    for node in (*found.elements, *resources):
        if (id_ := node.get("id")) is not None:
            holders.setdefault(id_.strip(), []).append(node)
    for id_, nodes in holders.items():
        if not is_ncname(id_):
            log.add("exporter:invalidId", f"an id is an XML name, got {id_!r}", nodes[0])
        if len(nodes) > 1:
            _tell_duplicate(id_, nodes, log)
    _check_html_ids(found.documents, holders, log)


def _tell_duplicate(id_: str, nodes: list[Node], log: Log) -> None:
    names = list_text(dict.fromkeys(node.name for node in nodes))
    message = f"the id {id_!r} is given {len(nodes)} times in the document set: {names}"
    found = {node.element.tag for node in nodes}
    codes = ["ixe:resourceIdDuplication"] if found & {xbrl.CONTEXT, xbrl.UNIT} else []
    codes += ["ixe:referencesIdDuplication"] if tags.REFERENCES in found else []
    codes += ["ixe:uniqueIxId"] if found & tags.ELEMENTS else []
    for code in codes:
        log.add(code, message, nodes[-1], mend="give each its own id")


def _check_html_ids(documents: Iterable[InlineDocument], holders: dict[str, list[Node]], log: Log) -> None:
    """Elements of HTML may not take the id of a fact of their file, or of a resource or reference of any file."""
    own = {node.element for nodes in holders.values() for node in nodes}
    for document in documents:
        for element in cast("list[etree._Element]", _WITH_ID(document.root)):
            for node in holders.get(element.get("id") or "", ()) if element not in own else ():
                code = _CODES_OF_HOME.get(str(node.element.tag))
                if code is None and node.document is not document:
                    continue
                message = f"{tags.local_name(element.tag)} has the id {node.id!r} of {node.name}"
                log.add(code or "exporter:duplicateId", message, Node(element, document), mend="give each its own id")
