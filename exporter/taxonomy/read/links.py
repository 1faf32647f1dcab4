"""Extended links as they stand in linkbases, prohibition applied (XBRL 2.1 sections 3.5.3 and 3.5.3.9.7).

Each end is resolved and each arc has its location. `exporter.taxonomy.read.linkbases` makes relationships of them and
forgets the locations; rules need them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Final, TypeVar

from attrs import define, field, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.model.qname import QName
from exporter.namespaces import XBRLDT, XLINK
from exporter.taxonomy.read.documents import Document, Dts, Element

_Key = TypeVar("_Key", bound=Hashable)
Priority = tuple[int, bool]
"""The attribute ``priority``, and whether the arc prohibits."""

_ORDINARY: Final[Priority] = (0, False)


def priority(use: str | None, text: str | None) -> Priority:
    """The priority that the attributes ``use`` and ``priority`` give; what is no number counts as zero."""
    if use is None and text is None:
        return _ORDINARY
    text = (text or "0").strip()
    digits = text.lstrip("+-")
    rank = int(text) if digits.isdecimal() and len(digits) < 1000 and len(text) - len(digits) < 2 else 0
    return (rank, use == "prohibited")


def effective(arcs: Iterable[tuple[_Key, Priority]]) -> Iterator[_Key]:
    """What arcs leave: of equivalent ones the highest priority wins, a prohibition wins a tie.

    Each arc is given by what makes it equivalent to others, and its priority.
    """
    highest: dict[_Key, Priority] = {}
    for key, rank in arcs:
        known = highest.setdefault(key, rank)
        if rank > known:
            highest[key] = rank
    return (key for key, (_, is_prohibited) in highest.items() if not is_prohibited)


_X: Final = f"{{{XLINK}}}"
_DIM: Final = f"{{{XBRLDT}}}"
_NUMBERS: Final = frozenset({"order", "weight"})
_BOOLEANS: Final = {f"{_DIM}closed": "false", f"{_DIM}usable": "true"}


def too_many_relationships(most: int, file: str | None = None) -> ReadError:
    """The refusal of a taxonomy with more relationships than ``limits.relationships``."""
    message = f"the taxonomy has more than {most:,} relationships"
    fix = "give locators and resources labels of their own, or raise limits.relationships"
    finding = Finding(code="exporter:limitExceeded", message=message, location=Location(file=file), fix=fix)
    return ReadError(findings=[finding])


@frozen(eq=False)
class End:
    """Where an arc starts or ends: a resource of the link, or what a locator points at.

    ``document`` and ``target`` are ``None`` where the document is not available or has no such element. ``concept`` is
    the name of a global element declaration.
    """

    element: Element
    is_locator: bool
    document: Document | None = None
    target: Element | None = None
    concept: QName | None = None


@define(eq=False)
class ExtendedLink:
    """An extended link of a linkbase."""

    element: Element
    document: Document
    base: Element
    """The linkbase element, whose roleRefs and arcroleRefs hold here."""
    ends: dict[str, list[End]] = field(factory=dict)
    arcs: list[Element] = field(factory=list)

    @property
    def role(self) -> str:
        return self.element.get(f"{_X}role", "")

    @property
    def tag(self) -> str:
        return str(self.element.tag)


@frozen(eq=False)
class Edge:
    """One relationship between concepts, with the arc that it comes from."""

    source: QName
    target: QName
    arc: Element
    link: ExtendedLink

    @property
    def next_role(self) -> str:
        """The link role in which consecutive relationships of Dimensions 1.0 stand."""
        return self.arc.get(f"{_DIM}targetRole") or self.link.role

    @property
    def is_usable(self) -> bool:
        return self.arc.get(f"{_DIM}usable", "true").strip() in ("true", "1")


BaseSetKey = tuple[str, str, str, str]
"""Arcrole, link role, tag of the link, tag of the arc."""

_Whole = tuple[BaseSetKey, Hashable]


@define(eq=False)
class LinkIndex:
    """All extended links of a DTS and the base sets that their arcs make up."""

    dts: Dts
    links: list[ExtendedLink] = field(factory=list)

    @classmethod
    def of(cls, dts: Dts) -> LinkIndex:
        """Gather the links of all linkbases, those embedded in schemas included."""
        index = cls(dts)
        for document in dts.documents.values():
            for linkbase in document.linkbases:
                for element in linkbase.iterchildren("*"):
                    if element.get(f"{_X}type") == "extended":
                        index.links.append(_read_link(ExtendedLink(element, document, linkbase), dts))
        return index

    @cached_property
    def base_sets(self) -> dict[BaseSetKey, list[Edge]]:
        """The effective relationships between concepts: equivalent ones once, prohibited ones left out.

        Raises:
            ReadError: ``exporter:limitExceeded``.
        """
        ranked: list[tuple[_Whole, Priority]] = []
        first: dict[_Whole, Edge] = {}
        count, most = 0, self.dts.resolver.limits.relationships
        for link in self.links:
            for arc in link.arcs:
                key = (arc.get(f"{_X}arcrole", ""), link.role, link.tag, str(arc.tag))
                meaning, rank = _meaning(arc), priority(arc.get("use"), arc.get("priority"))
                sources = [end.concept for end in link.ends.get(arc.get(f"{_X}from", ""), ()) if end.concept]
                targets = [end.concept for end in link.ends.get(arc.get(f"{_X}to", ""), ()) if end.concept]
                count += len(sources) * len(targets)
                if count > most:
                    raise too_many_relationships(most, link.document.name)
                for source in sources:
                    for target in targets:
                        whole: _Whole = (key, (source, target, meaning))
                        ranked.append((whole, rank))
                        first.setdefault(whole, Edge(source, target, arc, link))
        base_sets: dict[BaseSetKey, list[Edge]] = {}
        for survivor in effective(ranked):
            base_sets.setdefault(survivor[0], []).append(first[survivor])
        return base_sets


def _read_link(link: ExtendedLink, dts: Dts) -> ExtendedLink:
    for element in link.element.iterchildren("*"):
        kind, label = element.get(f"{_X}type"), element.get(f"{_X}label", "")
        if kind == "locator":
            link.ends.setdefault(label, []).append(_locate(element, link.document, dts))
        elif kind == "resource":
            link.ends.setdefault(label, []).append(End(element, is_locator=False))
        elif kind == "arc":
            link.arcs.append(element)
    return link


def _locate(element: Element, document: Document, dts: Dts) -> End:
    _, located, fragment = dts.target(element.get(f"{_X}href", ""), element, document)
    target = located.find(fragment) if located is not None and fragment else None
    name = located.declared_name(target) if located is not None and target is not None else None
    return End(element, is_locator=True, document=located, target=target, concept=name)


def _meaning(arc: Element) -> Hashable:
    """What two arcs between the same ends need to have in common to be equivalent (XBRL 2.1 section 3.5.3.9.7.4)."""
    values: dict[str, Hashable] = {"order": Decimal(1)} if arc.get("order") is None else {}
    for name, text in arc.attrib.items():
        key = str(name)
        if key in ("use", "priority") or key.startswith(_X):
            continue
        values[key] = _typed(key, str(text))
    for key, default in _BOOLEANS.items():
        values.setdefault(key, default == "true")
    return frozenset(values.items())


def _typed(name: str, text: str) -> Hashable:
    if name in _BOOLEANS:
        return text.strip() in ("true", "1")
    if name in _NUMBERS:
        try:
            return Decimal(text.strip())
        except InvalidOperation:
            return text
    return text
