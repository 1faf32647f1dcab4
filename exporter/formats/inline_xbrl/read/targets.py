"""Target documents: their ``ix:references``, and the tuples with their members (Inline XBRL 1.1, 12 and 15)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import urljoin, urlsplit

from attrs import define, field
from lxml import etree

from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import DocumentElement, DocumentSet, InlineLog
from exporter.formats.inline_xbrl.read.content import plain_text
from exporter.formats.inline_xbrl.read.values import is_nil
from exporter.formats.xbrl_xml import tags as xbrl
from exporter.model.fact import parse_number

_IX_BRACED = f"{{{tags.IX}}}"


def target_of(node: DocumentElement) -> str | None:
    """The name of the target document that an element belongs to; ``None`` is the default one."""
    target = node.get("target")
    return None if target is None else target.strip()


def _nodes() -> list[DocumentElement]:
    return []


@define(eq=False)
class TargetDocument:
    """A target document: its references, and the facts that go there."""

    name: str | None
    references: list[DocumentElement] = field(factory=_nodes)
    facts: list[DocumentElement] = field(factory=_nodes)

    @property
    def title(self) -> str:
        """As messages name it."""
        return "the default target" if self.name is None else f"the target {self.name!r}"

    @property
    def language(self) -> str | None:
        """The ``xml:lang`` of the references, which facts without their own take."""
        languages = (reference.element.get(xbrl.XML_LANG) for reference in self.references)
        return next(filter(None, languages), None)

    def links(self) -> Iterable[DocumentElement]:
        """Schema and linkbase references, those that lead to the same place once, schemas first."""
        children = [
            DocumentElement(child, reference.document) for reference in self.references for child in reference.element
        ]
        links: dict[tuple[str, str], DocumentElement] = {}
        for node in sorted(children, key=lambda node: node.element.tag != xbrl.SCHEMA_REF):
            links.setdefault((str(node.element.tag), href_of(node.element)), node)
        return links.values()


def href_of(link: etree._Element) -> str:
    """The address of a reference; an ``xml:base`` on its ``ix:references`` is applied."""
    href = (link.get(xbrl.XLINK_HREF) or "").strip()
    parent = link.getparent()
    base = ("" if parent is None else parent.get(xbrl.XML_BASE) or "").strip()
    if not base or not href:
        return href
    try:
        if urlsplit(base).scheme or base.startswith("/"):
            return urljoin(base, href)
        # Both are relative to the document: joined, they still are.
        absolute = bool(urlsplit(href).scheme) or href.startswith("/")
        return href if absolute else f"{base.rpartition('/')[0]}/{href}".removeprefix("/")
    except ValueError:
        return href


def find_targets(document_set: DocumentSet) -> list[TargetDocument]:
    """Every target that has references or facts, the default one first, then in the order of the documents."""
    targets: dict[str | None, TargetDocument] = {}
    for node in document_set.references:
        name = target_of(node)
        targets.setdefault(name, TargetDocument(name)).references.append(node)
    for node in document_set.facts:
        name = target_of(node)
        target = targets.get(name)
        if target is None:
            target = targets[name] = TargetDocument(name)
        target.facts.append(node)
    return sorted(targets.values(), key=lambda target: target.name is not None)


def check_targets(targets: Iterable[TargetDocument], log: InlineLog) -> None:
    """Each target with facts has references, and these do not contradict each other."""
    for target in targets:
        if not target.references:
            message = f"{target.title} has facts, but no ix:references"
            fix = "add ix:references" + (f' target="{target.name}"' if target.name is not None else "")
            log.error_at("ixe:missingReferenceTargets", message, target.facts[0], fix=fix)
        _check_attributes(target, log)
        _check_namespaces(target, log)


def _check_attributes(target: TargetDocument, log: InlineLog) -> None:
    seen: set[str] = set()
    for node in target.references:
        for key in map(str, node.element.attrib):
            if key.startswith("{") and key != xbrl.XML_BASE and not key.startswith(_IX_BRACED):
                if key in seen:
                    message = f"two ix:references of {target.title} have the attribute {key}"
                    log.error_at("ixe:referencesAttributeDuplication", message, node, fix="leave it on one of them")
                seen.add(key)
    with_id = [node for node in target.references if node.id is not None]
    for node in with_id[1:]:
        log.error_at("ixe:referencesTargetId", f"two ix:references of {target.title} have an id", node)


def _check_namespaces(target: TargetDocument, log: InlineLog) -> None:
    bound: dict[str | None, str] = {}
    for node in target.references:
        for prefix, uri in node.element.nsmap.items():
            if bound.setdefault(prefix, uri) != uri:
                prefix_text = "the default namespace" if prefix is None else f"the prefix {prefix!r}"
                message = f"{prefix_text} means {bound[prefix]} and {uri} on ix:references of {target.title}"
                log.error_at(
                    "ixe:referencesNamespacePrefixConflict", message, node, fix="use one prefix for one namespace"
                )


class Tuples:
    """Finds the members of every tuple; a fact in no tuple stands at the top of its target document."""

    def __init__(self, document_set: DocumentSet, log: InlineLog) -> None:
        self._log = log
        self._tuples = {node.element: node for node in document_set.facts if node.element.tag == tags.TUPLE}
        self._by_name: dict[str, DocumentElement] = {}
        self._parents: dict[DocumentElement, DocumentElement] = {}
        self._members: dict[DocumentElement, list[DocumentElement]] = {}
        for node in self._tuples.values():
            self._name(node)
        for node in document_set.facts:
            self._place(node)
        for node in self._tuples.values():
            self._check(node)

    def is_member(self, node: DocumentElement) -> bool:
        """Whether a fact belongs to a tuple."""
        return node in self._parents

    def members(self, node: DocumentElement) -> list[DocumentElement]:
        """The members of a tuple in their order, equal ones once."""
        by_order: dict[Decimal, DocumentElement] = {}
        for member in self._members.get(node, ()):
            order = parse_number(member.get("order") or "")
            if order is not None:
                by_order.setdefault(order, member)
        return [member for _, member in sorted(by_order.items(), key=lambda pair: pair[0])]

    def _name(self, node: DocumentElement) -> None:
        name = node.get("tupleID")
        if name is None:
            return
        if name in self._by_name:
            self._log.error_at("ixe:tupleIdDuplication", f"two tuples have the tupleID {name!r}", node)
        self._by_name.setdefault(name, node)

    def _place(self, node: DocumentElement) -> None:
        parent = self._parent(node)
        order = node.get("order")
        if parent is None:
            if order is not None:
                message = "order is for members of tuples, and this fact is in none"
                self._log.error_at("ixe:tupleOrder", message, node, fix="take order out")
            return
        if order is None:
            message = "a member of a tuple has an order"
            self._log.error_at("ixe:tupleMemberOrderMissing", message, node, fix="add order")
        if target_of(parent) != target_of(node):
            message = "a member of a tuple has the target of its tuple"
            self._log.error_at("ixe:tupleMemberDifferentTarget", message, node)
        self._parents[node] = parent
        self._members.setdefault(parent, []).append(node)
        self._break_cycle(node)

    def _parent(self, node: DocumentElement) -> DocumentElement | None:
        name = node.get("tupleRef")
        if name is not None:
            parent = self._by_name.get(name.strip())
            if parent is None:
                message = f"tupleRef names {name!r}, but no ix:tuple has that tupleID"
                self._log.error_at("ixe:tupleRefMissing", message, node)
            return parent
        if not self._tuples:
            return None
        above = next(node.element.iterancestors(tags.ANY_IX), None)
        return None if above is None else self._tuples.get(above)

    def _break_cycle(self, node: DocumentElement) -> None:
        above, steps = self._parents.get(node), 0
        while above is not None and steps <= len(self._tuples):
            if above is node:
                self._log.error_at("ixe:tupleNestingCycle", "a tuple is a member of itself", node)
                self._members[self._parents.pop(node)].remove(node)
                return
            above, steps = self._parents.get(above), steps + 1

    def _check(self, node: DocumentElement) -> None:
        members = self._members.get(node, ())
        inner = next(node.element.iterdescendants(*tags.FACTS), None)
        if node.get("tupleID") is None and inner is None and not is_nil(node):
            message = "a tuple without facts inside has a tupleID that its members name"
            self._log.error_at("ixe:tupleID", message, node, fix="add tupleID")
        for child in node.element.iterdescendants(tags.NUMERATOR, tags.DENOMINATOR):
            if next(child.iterancestors(tags.ANY_IX)) is node.element:
                message = f"{tags.local_name(child.tag)} stands directly in a tuple"
                self._log.error_at("ixe:tupleContentError", message, DocumentElement(child, node.document))
        first: dict[Decimal, DocumentElement] = {}
        for member in members:
            order = parse_number(member.get("order") or "")
            if order is not None and not _agree(first.setdefault(order, member), member):
                message = f"two members of a tuple have the order {order} and differ"
                self._log.error_at("ixe:tupleSameOrderMembersUnequal", message, member, fix="number the members")


def _agree(document_element: DocumentElement, other: DocumentElement) -> bool:
    """Whether two members are the same but for their order: attributes and text, blanks aside."""
    return document_element is other or _essence(document_element) == _essence(other)


def _essence(node: DocumentElement) -> tuple[object, ...]:
    attributes = {key: " ".join(value.split()) for key, value in node.attributes.items() if key != "order"}
    return node.element.tag, attributes, " ".join(plain_text((node,)).split())
