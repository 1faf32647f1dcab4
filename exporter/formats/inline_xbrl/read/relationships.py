"""``ix:relationship``: from facts to footnotes, or to other facts (Inline XBRL 1.1 sections 6 and 13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from attrs import frozen
from lxml import etree

from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import DocumentElement, DocumentSet, InlineLog
from exporter.formats.inline_xbrl.read.content import Chains, markup
from exporter.formats.xbrl_xml import tags as xbrl
from exporter.formats.xbrl_xml.read.findings import InstanceLog
from exporter.model.report import FootnoteResource, Link
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY, ARCROLE_FACT_FOOTNOTE, ROLE_FOOTNOTE, ROLE_LINK


@frozen(eq=False)
class InlineRelationship:
    """A relationship with its ends, which are there: facts to footnotes, or facts to facts."""

    node: DocumentElement
    sources: tuple[DocumentElement, ...]
    targets: tuple[DocumentElement, ...]

    @property
    def arcrole(self) -> str:
        return (self.node.get("arcrole") or ARCROLE_FACT_FOOTNOTE).strip()

    @property
    def role(self) -> str:
        return (self.node.get("linkRole") or ROLE_LINK).strip()


def find_relationships(document_set: DocumentSet, log: InlineLog) -> list[InlineRelationship]:
    """Every relationship; ends that are not there, or are mixed, are noted and left out."""
    facts = {id_: node for node in document_set.facts if (id_ := node.id) is not None}
    notes = {id_: node for node in document_set.footnotes if (id_ := node.id) is not None}
    relationships = []
    for node in document_set.relationships:
        sources, targets = _refs(node, "fromRefs"), _refs(node, "toRefs")
        _check_ends(node, sources, targets, facts, notes, log)
        ends = tuple(facts[id_] for id_ in sources if id_ in facts)
        to_notes = tuple(notes[id_] for id_ in targets if id_ in notes)
        to_facts = tuple(facts[id_] for id_ in targets if id_ in facts)
        relationships.append(InlineRelationship(node, ends, to_notes or to_facts))
    return relationships


def _refs(node: DocumentElement, key: str) -> list[str]:
    return list(dict.fromkeys((node.get(key) or "").split()))


def _check_ends(
    node: DocumentElement,
    sources: Iterable[str],
    targets: Iterable[str],
    facts: Mapping[str, DocumentElement],
    notes: Mapping[str, DocumentElement],
    log: InlineLog,
) -> None:
    for id_ in sources:
        if id_ not in facts:
            message = f"fromRefs names {id_!r}, which is no fact of the document set"
            log.error_at("ixe:relationshipFromRef", message, node)
    for id_ in targets:
        if id_ not in facts and id_ not in notes:
            message = f"toRefs names {id_!r}, which is neither a fact nor a footnote of the document set"
            log.error_at("ixe:relationshipToRef", message, node)
    if {id_ in notes for id_ in targets if id_ in notes or id_ in facts} == {True, False}:
        message = "toRefs names footnotes and facts at once"
        log.error_at("ixe:relationshipReferencesMixed", message, node, fix="write two relationships")
    if both := set(sources) & set(targets):
        message = f"{min(both)!r} is named in fromRefs and in toRefs"
        log.error_at("ixe:relationshipFromToMatch", message, node)


def check_footnotes(document_set: DocumentSet, log: InlineLog) -> None:
    """Every footnote has a language, its own or that of an element round it."""
    for node in document_set.footnotes:
        if not language_of(node):
            fix = "write xml:lang on the footnote"
            log.error_at(
                "ixe:footnoteLang", "a footnote has a language (xml:lang), its own or inherited", node, fix=fix
            )


def language_of(node: DocumentElement) -> str:
    """The ``xml:lang`` in scope."""
    element = node.element
    own = element.get(xbrl.XML_LANG)
    if own is not None:
        return own
    above = (iterancestor.get(xbrl.XML_LANG) for iterancestor in element.iterancestors())
    return next((language for language in above if language is not None), "")


class LinkBuilder:
    """Makes the links and footnotes of one target document; footnotes with parts ``in_doubt`` are left out."""

    def __init__(
        self, chains: Chains, log: InstanceLog, limit: int, in_doubt: Set[etree._Element] = frozenset()
    ) -> None:
        """``limit`` links are made at most: a relationship stands for all pairs of its ends."""
        self._limit = limit
        self._chains = chains
        self._in_doubt = in_doubt
        self._log = log
        self._notes: dict[DocumentElement, FootnoteResource] = {}
        self._links: dict[Link, None] = {}
        self.roles: dict[str, int | None] = {}
        self.arcroles: dict[str, int | None] = {}

    @property
    def footnotes(self) -> tuple[FootnoteResource, ...]:
        return tuple(self._notes.values())

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(self._links)

    def add(self, relationship: InlineRelationship, is_here: Mapping[DocumentElement, str]) -> None:
        """Add the relationship between facts of this target (``is_here`` gives their ids) and its footnotes."""
        sources = [node for node in relationship.sources if node in is_here]
        if not sources:
            return
        self._log.file = relationship.node.document.name
        line = relationship.node.line
        self.roles.setdefault(relationship.role, line)
        self.arcroles.setdefault(relationship.arcrole, line)
        ends = list(self._ends(relationship, is_here))
        if not self._log.are_few(len(self._links) + len(sources) * len(ends), self._limit, line):
            return
        for source in sources:
            for end in ends:
                self._links[Link(is_here[source], end, relationship.arcrole, relationship.role)] = None

    def _ends(self, relationship: InlineRelationship, is_here: Mapping[DocumentElement, str]) -> Iterator[str]:
        line = relationship.node.line
        for node in relationship.targets:
            if node.element.tag == tags.FOOTNOTE:
                if not any(part.element in self._in_doubt for part in self._chains.parts(node)):
                    yield self._footnote(node).id
            elif relationship.arcrole == ARCROLE_FACT_FOOTNOTE:
                message = "a relationship with the standard arcrole leads to a footnote, not to a fact"
                fix = f"for a relationship between facts use {ARCROLE_FACT_EXPLANATORY} or an arcrole of the taxonomy"
                self._log.error("xbrl.4.11.1.3.1:factFootnoteArcTo", message, line=line, fix=fix)
            elif node in is_here:
                yield is_here[node]

    def _footnote(self, node: DocumentElement) -> FootnoteResource:
        note = self._notes.get(node)
        if note is None:
            role = (node.get("footnoteRole") or ROLE_FOOTNOTE).strip()
            if role != ROLE_FOOTNOTE:
                message = f"a footnote has the role {ROLE_FOOTNOTE}, got {role}"
                self._log.error("xbrlxe:nonStandardFootnoteResourceRole", message, line=node.line)
                self.roles.setdefault(role, node.line)
            content = markup(self._chains.parts(node))
            note = self._notes[node] = FootnoteResource(content, language_of(node) or "und", (node.id or "").strip())
        return note
