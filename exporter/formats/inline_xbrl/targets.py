"""Target documents: which there are, and what their ``ix:references`` say together (Inline XBRL 1.1 section 12)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from attrs import define, field
from lxml import etree

from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import DocumentSet, Log, Node
from exporter.formats.xbrl_xml import tags as xbrl

_IX_BRACED = f"{{{tags.IX}}}"


def target_of(node: Node) -> str | None:
    """The name of the target document that an element belongs to; ``None`` is the default one."""
    target = node.get("target")
    return None if target is None else target.strip()


def _nodes() -> list[Node]:
    return []


@define(eq=False)
class Target:
    """A target document: its references, and the facts that go there."""

    name: str | None
    references: list[Node] = field(factory=_nodes)
    facts: list[Node] = field(factory=_nodes)

    @property
    def title(self) -> str:
        """As messages name it."""
        return "the default target" if self.name is None else f"the target {self.name!r}"

    @property
    def language(self) -> str | None:
        """The ``xml:lang`` of the references, which facts without their own take."""
        return next((found for each in self.references if (found := each.element.get(xbrl.XML_LANG))), None)

    def links(self) -> Iterable[Node]:
        """Schema and linkbase references, those that lead to the same place once, schemas first."""
        children = [Node(child, each.document) for each in self.references for child in each.element]
        found: dict[tuple[str, str], Node] = {}
        for node in sorted(children, key=lambda node: node.element.tag != xbrl.SCHEMA_REF):
            found.setdefault((str(node.element.tag), href_of(node.element)), node)
        return found.values()


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


def find_targets(found: DocumentSet) -> list[Target]:
    """Every target that has references or facts, the default one first, then in the order of the documents."""
    targets: dict[str | None, Target] = {}
    for node in found.references:
        name = target_of(node)
        targets.setdefault(name, Target(name)).references.append(node)
    for node in found.facts:
        name = target_of(node)
        target = targets.get(name)
        if target is None:
            target = targets[name] = Target(name)
        target.facts.append(node)
    return sorted(targets.values(), key=lambda target: target.name is not None)


def check_targets(targets: Iterable[Target], log: Log) -> None:
    """Each target with facts has references, and these do not contradict each other."""
    for target in targets:
        if not target.references:
            message = f"{target.title} has facts, but no ix:references"
            mend = "add ix:references" + (f' target="{target.name}"' if target.name is not None else "")
            log.add("ixe:missingReferenceTargets", message, target.facts[0], mend=mend)
        _check_attributes(target, log)
        _check_namespaces(target, log)


def _check_attributes(target: Target, log: Log) -> None:
    seen: set[str] = set()
    for node in target.references:
        for key in map(str, node.element.attrib):
            if key.startswith("{") and key != xbrl.XML_BASE and not key.startswith(_IX_BRACED):
                if key in seen:
                    message = f"two ix:references of {target.title} have the attribute {key}"
                    log.add("ixe:referencesAttributeDuplication", message, node, mend="leave it on one of them")
                seen.add(key)
    with_id = [node for node in target.references if node.id is not None]
    for node in with_id[1:]:
        log.add("ixe:referencesTargetId", f"two ix:references of {target.title} have an id", node)


def _check_namespaces(target: Target, log: Log) -> None:
    bound: dict[str | None, str] = {}
    for node in target.references:
        for prefix, uri in node.element.nsmap.items():
            if bound.setdefault(prefix, uri) != uri:
                shown = "the default namespace" if prefix is None else f"the prefix {prefix!r}"
                message = f"{shown} means {bound[prefix]} and {uri} on ix:references of {target.title}"
                log.add("ixe:referencesNamespacePrefixConflict", message, node, mend="use one prefix for one namespace")
