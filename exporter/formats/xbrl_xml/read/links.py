"""Footnote links and references to schemas, roles and arcroles (XBRL 2.1 sections 4.2 to 4.5 and 4.11)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Mapping
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote

from attrs import define, evolve, field, frozen
from lxml import etree

from exporter.formats.oim.xhtml import format_fragment
from exporter.formats.options import is_certain
from exporter.formats.xbrl_xml import tags
from exporter.formats.xbrl_xml.read.findings import InstanceLog, line_of
from exporter.model.fact import parse_number
from exporter.model.report import FootnoteResource, Link, Vocabulary
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY, ARCROLE_FACT_FOOTNOTE, ROLE_FOOTNOTE, ROLE_LINK, XHTML

_ELEMENT_POINTER = re.compile(r"element\((?:([^/()]+)|/1/([1-9][0-9]*))\)", re.ASCII)


@frozen
class _Locator:
    """Points to a fact by id, or by its place among the root's children."""

    id: str | None
    place: int | None


@frozen
class _Resource:
    """A footnote of the document, by its number."""

    number: int


_End = _Locator | _Resource


@frozen(cache_hash=True)
class _ArcKey:
    """What makes two arcs equivalent (XBRL 2.1 section 3.5.3.9.7.4)."""

    source: _End
    target: _End
    type: str
    group: str
    others: tuple[tuple[str, str], ...] = ()


@frozen
class _Arc:
    priority: int
    prohibited: bool
    line: int | None


class FootnoteReader:
    """Gathers footnote links; resolves them when all facts are known."""

    def __init__(self, log: InstanceLog, limit: int) -> None:
        """``limit`` links are read at most: an arc stands for all pairs of what its two labels name."""
        self._log = log
        self._limit, self._links = limit, 0
        self._arcs: dict[_ArcKey, _Arc] = {}  # of equivalent ones the one that prevails
        self._notes: list[tuple[FootnoteResource, int | None]] = []
        self._broken: set[int] = set()
        self.roles: dict[str, int | None] = {}
        self.arcroles: dict[str, int | None] = {}
        self.ids: list[tuple[str, int | None]] = []

    def read_link(self, element: etree._Element) -> None:
        """Read one ``link:footnoteLink``."""
        self._log.refuse_base(element)
        role = element.get(tags.XLINK_ROLE) or ""
        if element.get(tags.XLINK_TYPE) != "extended" or not role:
            message = 'a footnoteLink has xlink:type="extended" and an xlink:role'
            self._log.error("xbrl.4.11.1:footnoteLink", message, line=line_of(element))
            role = role or ROLE_LINK
        self.roles.setdefault(role, line_of(element))
        if (id_ := element.get("id")) is not None:
            self.ids.append((id_, line_of(element)))
        ends: dict[str, list[_End]] = {}
        for child in element:
            self._end(child, ends)
        seen: set[tuple[str, str]] = set()
        for child in element:
            if child.tag == tags.FOOTNOTE_ARC:
                self._read_arc(child, role, ends, seen)

    def _end(self, child: etree._Element, ends: dict[str, list[_End]]) -> None:
        if child.tag not in (tags.LOC, tags.FOOTNOTE):
            if child.tag != tags.FOOTNOTE_ARC:
                message = f"a footnoteLink holds locators, footnotes and footnoteArcs, got {child.tag}"
                self._log.error("xbrl.4.11.1:footnoteLink", message, line=line_of(child))
            return
        label = child.get(tags.XLINK_LABEL)
        if not label:
            self._log.error("xbrl.3.5.3.7:label", "an xlink:label is missing", line=line_of(child))
            return
        end = self._read_locator(child) if child.tag == tags.LOC else self._read_footnote(child)
        if end is not None:
            ends.setdefault(label, []).append(end)

    def _read_locator(self, element: etree._Element) -> _Locator | None:
        href = element.get(tags.XLINK_HREF) or ""
        document, _, fragment = href.partition("#")
        pointer = _ELEMENT_POINTER.fullmatch(fragment)
        if not fragment or not self._is_this_file(document):
            message = f"a footnote's locator points to a fact of the same file, like #f1; got {href!r}"
            self._log.error("xbrl.4.11.1.1:locator", message, line=line_of(element))
            return None
        if pointer is None:
            return _Locator(unquote(fragment), None)
        return _Locator(pointer[1], None if pointer[2] is None else int(pointer[2]))

    def _is_this_file(self, document: str) -> bool:
        return not document or (self._log.file or "").replace("\\", "/").rpartition("/")[2] == unquote(
            PurePosixPath(document).name
        )

    def _read_footnote(self, element: etree._Element) -> _Resource:
        line = line_of(element)
        known = len(self._log.findings)
        role = element.get(tags.XLINK_ROLE)
        if role not in (None, ROLE_FOOTNOTE):
            message = f"a footnote has the role {ROLE_FOOTNOTE}, got {role}"
            self._log.error("xbrlxe:nonStandardFootnoteResourceRole", message, line=line)
        language = element.get(tags.XML_LANG)
        if not language:
            self._log.error("xbrl.4.11.1.2:language", "a footnote needs an xml:lang", line=line)
        for child in element:
            if not str(child.tag).startswith(f"{{{XHTML}}}"):
                message = f"a footnote holds text and XHTML, got {child.tag}"
                fix = f'declare xmlns="{XHTML}" on the markup'
                self._log.error("oime:invalidXHTMLFragment", message, line=line_of(child), fix=fix)
        id_ = element.get("id") or ""
        if id_:
            self.ids.append((id_, line))
        if not all(is_certain(finding.code) for finding in self._log.findings[known:]):
            self._broken.add(len(self._notes))
        self._notes.append((FootnoteResource(format_fragment(element), language or "und", id_), line))
        return _Resource(len(self._notes) - 1)

    def _read_arc(
        self, element: etree._Element, group: str, ends: Mapping[str, list[_End]], seen: set[tuple[str, str]]
    ) -> None:
        line = line_of(element)
        from_, to = element.get(tags.XLINK_FROM) or "", element.get(tags.XLINK_TO) or ""
        arcrole = element.get(tags.XLINK_ARCROLE) or ""
        missing = [label for label in (from_, to) if label not in ends]
        if missing or not arcrole:
            what = f"names {missing[0]!r}, which labels nothing in its link" if missing else "has no xlink:arcrole"
            self._log.error("xbrl.3.5.3.9:arc", f"a footnoteArc {what}", line=line)
            return
        if (from_, to) in seen:
            message = f"the arc from {from_!r} to {to!r} stands twice in one link"
            self._log.error("xbrl.3.5.3.9.3:duplicateArc", message, line=line)
        seen.add((from_, to))
        self.arcroles.setdefault(arcrole, line)
        count = len(ends[from_]) * len(ends[to])
        if not self._log.are_few(self._links + count, self._limit, line):
            return
        self._links += count
        rank = (int(parse_number(element.get("priority") or "0") or 0), element.get("use") == "prohibited")
        arc, others = _Arc(*rank, line), _others(element)
        for source, target in itertools.product(ends[from_], ends[to]):
            if self._ends_fit(source, target, arcrole, line):
                relationship = _ArcKey(source, target, arcrole, group, others)
                held = self._arcs.get(relationship)
                if held is None or rank > (held.priority, held.prohibited):
                    self._arcs[relationship] = arc

    def _ends_fit(self, source: _End, target: _End, arcrole: str, line: int | None) -> bool:
        if isinstance(source, _Resource):
            message = "a footnoteArc starts at a fact, not at a footnote"
            self._log.error("xbrl.4.11.1.3.1:factFootnoteArcFrom", message, line=line)
            return False
        if arcrole == ARCROLE_FACT_FOOTNOTE and not isinstance(target, _Resource):
            message = "an arc with the standard arcrole leads to a footnote, not to a fact"
            fix = f"for a link between facts use {ARCROLE_FACT_EXPLANATORY} or an arcrole of the taxonomy"
            self._log.error("xbrl.4.11.1.3.1:factFootnoteArcTo", message, line=line, fix=fix)
            return False
        return True

    def places(self) -> set[int]:
        """The places among the root's children that locators point to."""
        ends = (end for relationship in self._arcs for end in (relationship.source, relationship.target))
        return {end.place for end in ends if isinstance(end, _Locator) and end.place is not None}

    def resolve(
        self,
        fact_ids: Container[str],
        all_ids: Container[str],
        ids_by_place: Mapping[int, str],
    ) -> tuple[tuple[FootnoteResource, ...], tuple[Link, ...]]:
        """Footnotes and links, the prohibited ones left out; unlinked notes and dangling locators are noted."""
        notes = self._named(all_ids)
        links: dict[Link, None] = {}
        linked: set[str] = set()
        for relationship, arc in self._arcs.items():
            if arc.prohibited:
                continue
            ends = []
            for end in (relationship.source, relationship.target):
                if isinstance(end, _Resource):
                    ends.append(notes[end.number].id)
                    continue
                id_ = end.id if end.place is None else ids_by_place.get(end.place)
                if id_ is None or id_ not in fact_ids:
                    target = end.id or f"element(/1/{end.place})"
                    message = f"a footnote is linked to {target!r}, which is no fact of this file"
                    self._log.error("xbrl.4.11.1.1:locatorTarget", message, line=arc.line)
                    break
                ends.append(id_)
            else:
                links[Link(ends[0], ends[1], relationship.type, relationship.group)] = None
            linked.update(notes[end.number].id for end in (relationship.target,) if isinstance(end, _Resource))
        self._report_unlinked(notes, linked)
        broken = {notes[number].id for number in self._broken}
        return tuple(note for note in notes if note.id in linked and note.id not in broken), tuple(links)

    def _named(self, all_ids: Container[str]) -> list[FootnoteResource]:
        free = (id_ for number in itertools.count(1) if (id_ := f"note{number}") not in all_ids)
        return [note if note.id else evolve(note, id=next(free)) for note, _ in self._notes]

    def _report_unlinked(self, notes: list[FootnoteResource], linked: Container[str]) -> None:
        for note, (_, line) in zip(notes, self._notes, strict=True):
            if note.id not in linked:
                message = f"no arc leads to this footnote: {note.content[:40]!r}"
                fix = "link a fact to it, or take it out"
                self._log.error("xbrlxe:unlinkedFootnoteResource", message, line=line, fix=fix)


def _others(element: etree._Element) -> tuple[tuple[str, str], ...]:
    """The attributes that distinguish arcs: all but XLink's, ``use`` and ``priority``; ``order`` is 1 by default."""
    order = parse_number(element.get("order") or "1")
    others = [
        (str(key), str(value))
        for key, value in element.attrib.items()
        if key not in ("use", "priority", "order", "id") and not str(key).startswith("{http://www.w3.org/1999/xlink}")
    ]
    return (("order", str(order and order.normalize())), *sorted(others))


_ORDER: Final = (tags.SCHEMA_REF, tags.LINKBASE_REF, tags.ROLE_REF, tags.ARCROLE_REF)
_URIS: Final = {tags.ROLE_REF: "roleURI", tags.ARCROLE_REF: "arcroleURI"}
_SECTIONS: Final = {tags.SCHEMA_REF: "4.2", tags.LINKBASE_REF: "4.3", tags.ROLE_REF: "4.4", tags.ARCROLE_REF: "4.5"}


@define(eq=False)
class ReferenceReader:
    """Gathers references and checks them."""

    _log: InstanceLog
    _last: int = field(default=0, init=False)
    schemas: dict[str, None] = field(factory=dict, init=False)
    role_hrefs: dict[str, str] = field(factory=dict, init=False)

    def read(self, element: etree._Element, *, late: bool) -> None:
        """Read one reference; ``late`` if facts, contexts or units came before it."""
        tag, line = str(element.tag), line_of(element)
        self._log.refuse_base(element)
        if late or _ORDER.index(tag) < self._last:
            message = "references stand first: schemaRef, linkbaseRef, roleRef, arcroleRef, in this order"
            self._log.error("xbrl.4.1:order", message, line=line)
        self._last = _ORDER.index(tag)
        href = (element.get(tags.XLINK_HREF) or "").strip(tags.WHITE_SPACE)
        if not href or element.get(tags.XLINK_TYPE) != "simple":
            message = f'{etree.QName(element).localname} has xlink:type="simple" and an xlink:href'
            self._log.error(f"xbrl.{_SECTIONS[tag]}:simpleLink", message, line=line)
        elif tag == tags.SCHEMA_REF:
            self.schemas[href] = None
        elif tag in _URIS:
            self._read_role(element, href, line)
        if tag == tags.LINKBASE_REF:
            message = "an instance that refers to a linkbase directly is outside the mapping to the OIM"
            fix = "refer to the linkbase in the schema instead"
            self._log.error("xbrlxe:unsupportedLinkbaseReference", message, line=line, fix=fix)

    def _read_role(self, element: etree._Element, href: str, line: int | None) -> None:
        section, key = _SECTIONS[str(element.tag)], _URIS[str(element.tag)]
        uri = element.get(key)
        if not uri:
            self._log.error(f"xbrl.{section}:uriMissing", f"the {key} is missing", line=line)
        elif uri in self.role_hrefs:
            self._log.error(f"xbrl.{section}:duplicateRef", f"{uri} is referred to twice", line=line)
        else:
            self.role_hrefs[uri] = href

    def check_roles(
        self, roles: Mapping[str, int | None], arcroles: Mapping[str, int | None], loaded: Vocabulary
    ) -> None:
        """Every role and arcrole that is not standard is referred to, and is the taxonomy's where that is known."""
        for uris, standard, section, name in (
            (roles, {ROLE_LINK}, "4.4", "roleRef"),
            (arcroles, {ARCROLE_FACT_FOOTNOTE}, "4.5", "arcroleRef"),
        ):
            for uri, line in uris.items():
                if uri in standard:
                    continue
                if uri not in self.role_hrefs:
                    message = f"{uri} is used by a footnote link, but there is no {name} for it"
                    self._log.error(f"xbrl.{section}:{name}Missing", message, line=line, fix=f"add a link:{name}")
                elif loaded.datatypes and uri not in loaded.role_hrefs and uri != ARCROLE_FACT_EXPLANATORY:
                    message = f"{uri} is declared outside the taxonomy of the report"
                    self._log.error("xbrlxe:unsupportedExternalRoleRef", message, line=line)
