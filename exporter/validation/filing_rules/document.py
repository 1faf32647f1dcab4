"""What filing rules need to know of the document itself, beside the facts that it states.

Plain nouns: whoever has parsed a document fills them (`exporter.filing.document_facts`).
"""

from __future__ import annotations

from attrs import frozen

from exporter.findings import Location
from exporter.model.qname import QName


@frozen(kw_only=True)
class TaggedFact:
    """A fact as it is tagged in Inline XBRL.

    ``element`` is the local name of the tag; ``before`` the last sign in front of it that is no white space. A fact is
    ``hidden`` in the header's hidden section.
    """

    concept: QName
    element: str
    location: Location
    id: str | None = None
    hidden: bool = False
    nil: bool = False
    format: QName | None = None
    escape: bool = False
    negative: bool = False
    before: str = ""
    target: str | None = None
    has_markup: bool = False


@frozen(kw_only=True)
class ContextUse:
    """A context as it is written. ``content`` is equal for contexts that say the same."""

    id: str
    location: Location
    content: str
    segment: bool = False
    scenario: bool = False
    other_content: bool = False
    used: bool = True


@frozen(kw_only=True)
class UnitUse:
    """A unit as it is written. ``content`` is equal for units that say the same."""

    id: str
    location: Location
    content: str
    used: bool = True


@frozen(kw_only=True)
class StyleLink:
    """A style property that names a fact, as filers link what is visible to hidden facts."""

    property: str
    id: str
    location: Location


@frozen(kw_only=True)
class Reference:
    """An address in the document: of an image (``img``) or of a link (``a``)."""

    element: str
    href: str
    location: Location


@frozen(kw_only=True)
class Binding:
    """A namespace declaration on a root element; the default namespace has the prefix ``""``."""

    prefix: str
    namespace: str
    location: Location


@frozen(kw_only=True)
class DocumentFacts:
    """A document, or the documents of one set; ``name`` is that of the first file, ``doctypes`` where there is one."""

    name: str
    is_inline: bool = False
    doctypes: tuple[Location, ...] = ()
    bindings: tuple[Binding, ...] = ()
    facts: tuple[TaggedFact, ...] = ()
    contexts: tuple[ContextUse, ...] = ()
    units: tuple[UnitUse, ...] = ()
    links: tuple[StyleLink, ...] = ()
    references: tuple[Reference, ...] = ()
    bases: tuple[Location, ...] = ()
    precisions: tuple[Location, ...] = ()
