"""The filer's own schemas and linkbases as they are written, for rules on what a taxonomy no longer shows.

A `exporter.taxonomy.taxonomy.Taxonomy` says what documents mean; which file an arc stands in, how an import is
addressed or whether an ``order`` is given is lost in it. The documents are plain data: whoever parses them fills them
(`exporter.operations.written_documents`).
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from exporter.findings import Location


@frozen(kw_only=True)
class WrittenAddress:
    """An address in a document: ``kind`` is the local name of its element, ``href`` as written, ``url`` absolute.

    ``namespace`` is that of an import, ``role`` what a linkbaseRef says of the linkbase.
    """

    kind: str
    href: str
    url: str
    location: Location
    namespace: str | None = None
    role: str | None = None


@frozen(kw_only=True)
class WrittenArc:
    """An arc with its attributes as written; ``source`` and ``target`` are the addresses that its locators lead to.

    An end that is a resource (a label) has no address. ``attributes`` are those by which arcs between the same ends are
    told apart: order, weight, preferred label and what the filer adds, as name and value (XBRL 2.1, 3.5.3.9.7.4).
    """

    arcrole: str
    location: Location
    source: str | None = None
    target: str | None = None
    order: str | None = None
    priority: str | None = None
    prohibits: bool = False
    attributes: tuple[tuple[str, str], ...] = ()


@frozen(kw_only=True)
class WrittenLabel:
    """A label resource and the address of the concept that an arc joins it to; ``priority`` is the arc's."""

    concept: str
    role: str
    language: str
    location: Location
    priority: str = "0"


@frozen(kw_only=True)
class WrittenExtendedLink:
    """An extended link; ``kind`` is the local name of its element."""

    kind: str
    role: str
    location: Location
    arcs: tuple[WrittenArc, ...] = ()
    labels: tuple[WrittenLabel, ...] = ()
    bare_resources: tuple[Location, ...] = ()
    """Resources without a role."""
    resource_roles: tuple[tuple[str, Location], ...] = ()
    """The roles of the other resources."""


@frozen(kw_only=True)
class WrittenRole:
    """A declaration of a role or an arcrole; ``definition`` keeps its blanks."""

    kind: Literal["roleType", "arcroleType"]
    uri: str
    id: str
    location: Location
    definition: str | None = None
    used_on: tuple[str, ...] = ()


@frozen(kw_only=True)
class WrittenType:
    """A type that a schema defines; ``base`` is the local name of the type that it restricts."""

    name: str
    base_namespace: str
    base: str
    location: Location
    is_narrowed: bool = True
    """Whether there is any facet or attribute."""


@frozen(kw_only=True)
class WrittenElement:
    """A global element that a schema declares; its substitution group as namespace and local name."""

    name: str
    group: tuple[str, str]
    location: Location


@frozen(kw_only=True)
class WrittenDocument:
    """A schema or a linkbase of the filer's own. ``name`` is the name of its file, ``encoding`` what it declares.

    ``embedded`` are linkbases within a schema; ``prefixes`` are those that the root declares, by namespace. ``bases``
    are where ``xml:base`` stands.
    """

    name: str
    url: str
    kind: Literal["schema", "linkbase"]
    location: Location
    namespace: str | None = None
    encoding: str | None = None
    prefixes: tuple[tuple[str, str], ...] = ()
    addresses: tuple[WrittenAddress, ...] = ()
    links: tuple[WrittenExtendedLink, ...] = ()
    roles: tuple[WrittenRole, ...] = ()
    types: tuple[WrittenType, ...] = ()
    embedded: tuple[Location, ...] = ()
    documentation: tuple[Location, ...] = ()
    forms: tuple[Location, ...] = ()
    """Where a form is declared that differs from qualified elements and unqualified attributes."""
    elements: tuple[WrittenElement, ...] = ()
    bases: tuple[Location, ...] = ()
    not_ascii: bool = False

    @property
    def link_kinds(self) -> frozenset[str]:
        """The kinds of extended links in it."""
        return frozenset(link.kind for link in self.links)
