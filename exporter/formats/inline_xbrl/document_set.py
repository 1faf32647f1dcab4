"""The files of an Inline XBRL Document Set, and all elements of Inline XBRL in them by kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field, frozen
from lxml import etree

from exporter.findings import Finding, Location, Severity
from exporter.formats.inline_xbrl import tags
from exporter.formats.xbrl_xml import tags as xbrl
from exporter.formats.xbrl_xml.faults import line_of
from exporter.namespaces import XHTML
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.xml import XmlSource, parse_xml

_OLD_ELEMENTS = etree.XPath(f"(//*[namespace-uri() = '{tags.IX_1_0}'])[1]")


@frozen
class InlineFile:
    """A file of a set: the name that findings show, and where its bytes are."""

    name: str
    source: XmlSource


@define(eq=False)
class InlineDocument:
    """A parsed file. ``base`` is the URL in the head's ``base`` element, ``excludes`` whether there is an exclusion."""

    name: str
    root: etree._Element
    base: str | None = None
    excludes: bool = False


@frozen(eq=False)
class Node:
    """An element with the document that it stands in."""

    element: etree._Element
    document: InlineDocument

    @property
    def id(self) -> str | None:
        return self.element.get("id")

    @property
    def line(self) -> int | None:
        return line_of(self.element)

    @property
    def name(self) -> str:
        """As messages name the element."""
        return tags.local_name(self.element.tag)


class Log:
    """What is wrong with a set, in the order it was met."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, code: str, message: str, at: Node | InlineDocument | None = None, *, mend: str | None = None) -> None:
        """Note an error at an element, in a document, or of the whole set."""
        self.findings.append(Finding(code=code, message=message, location=place_of(at), mend=mend))

    def warn(self, code: str, message: str, at: Node | InlineDocument | None, *, mend: str | None = None) -> None:
        """Note a warning."""
        finding = Finding(code=code, message=message, severity=Severity.WARNING, location=place_of(at), mend=mend)
        self.findings.append(finding)


def place_of(at: Node | InlineDocument | None) -> Location:
    """Where an element or a document stands."""
    if isinstance(at, Node):
        fact = at.id if at.element.tag in tags.FACTS else None
        return Location(file=at.document.name, line=at.line or None, fact=fact)
    return Location(file=at.name if at is not None else None)


def _nodes() -> list[Node]:
    return []


@define(eq=False)
class DocumentSet:
    """The documents and their elements, each kind in the order of the documents."""

    documents: tuple[InlineDocument, ...]
    facts: list[Node] = field(factory=_nodes)
    continuations: list[Node] = field(factory=_nodes)
    footnotes: list[Node] = field(factory=_nodes)
    excludes: list[Node] = field(factory=_nodes)
    fraction_terms: list[Node] = field(factory=_nodes)
    headers: list[Node] = field(factory=_nodes)
    hidden: list[Node] = field(factory=_nodes)
    references: list[Node] = field(factory=_nodes)
    resources: list[Node] = field(factory=_nodes)
    relationships: list[Node] = field(factory=_nodes)
    unknown: list[Node] = field(factory=_nodes)

    @property
    def elements(self) -> Iterator[Node]:
        """Every element of Inline XBRL, kind by kind."""
        for kind in (
            self.headers,
            self.hidden,
            self.references,
            self.resources,
            self.relationships,
            self.facts,
            self.fraction_terms,
            self.continuations,
            self.footnotes,
            self.excludes,
        ):
            yield from kind

    def resource_children(self, tag: str) -> Iterator[Node]:
        """The children of all ``ix:resources`` with a name."""
        for resources in self.resources:
            for child in resources.element.iterchildren(tag):
                yield Node(child, resources.document)

    @property
    def contexts(self) -> Iterator[Node]:
        return self.resource_children(xbrl.CONTEXT)

    @property
    def units(self) -> Iterator[Node]:
        return self.resource_children(xbrl.UNIT)


def load_documents(files: Sequence[InlineFile], limits: Limits = DEFAULT_LIMITS) -> DocumentSet:
    """The parsed files, their elements sorted by kind; comments and processing instructions are left out.

    Raises:
        ReadError: a file cannot be read or is not well-formed XML.
    """
    parsed = [InlineDocument(file.name, parse_xml(file.source, limits, file.name).getroot()) for file in files]
    found = DocumentSet(tuple(parsed))
    for document in parsed:
        document.base = _base(document.root)
        _sort(found, document)
        document.excludes = bool(found.excludes) and found.excludes[-1].document is document
    return found


def _base(root: etree._Element) -> str | None:
    base = root.find(f"{tags.HEAD}/{tags.BASE}")
    return None if base is None else base.get("href")


def _sort(found: DocumentSet, document: InlineDocument) -> None:
    kinds = {
        **dict.fromkeys(tags.FACTS, found.facts),
        tags.CONTINUATION: found.continuations,
        tags.FOOTNOTE: found.footnotes,
        tags.EXCLUDE: found.excludes,
        tags.NUMERATOR: found.fraction_terms,
        tags.DENOMINATOR: found.fraction_terms,
        tags.HEADER: found.headers,
        tags.HIDDEN: found.hidden,
        tags.REFERENCES: found.references,
        tags.RESOURCES: found.resources,
        tags.RELATIONSHIP: found.relationships,
    }
    for element in document.root.iter(tags.ANY_IX):
        kinds.get(str(element.tag), found.unknown).append(Node(element, document))


def check_documents(found: DocumentSet, log: Log) -> None:
    """The root elements, the version of Inline XBRL, and that header, references and resources are there."""
    for document in found.documents:
        if document.root.tag != tags.HTML:
            message = f"the root of an Inline XBRL document is html of {XHTML}, got {document.root.tag}"
            log.add("ixe:rootElement", message, Node(document.root, document), mend=f'declare xmlns="{XHTML}"')
    for node in found.unknown:
        log.add("exporter:xmlSchema", f"Inline XBRL has no element {node.name}", node)
    if not _is_1_1(found, log):
        return
    if not found.headers:
        log.add("ixe:missingHeader", "no file of the set has an ix:header", found.documents[0])
    elif not found.references:
        log.add("ixe:missingReferences", "no file of the set has ix:references", found.headers[0])
    if found.headers and not found.resources:
        log.add("ixe:missingResources", "no file of the set has ix:resources", found.headers[0])


def _is_1_1(found: DocumentSet, log: Log) -> bool:
    """Whether the set is to be judged as Inline XBRL 1.1; other versions are noted."""
    old = [Node(element, document) for document in found.documents for element in _elements_1_0(document.root)]
    if not old:
        return True
    mixed = any(True for _ in found.elements)
    if mixed:
        message = f"elements of Inline XBRL 1.0 ({tags.IX_1_0}) and 1.1 ({tags.IX}) stand in one document set"
        log.add("ixe:multipleIxNamespaces", message, old[0], mend="use one version of Inline XBRL")
    else:
        message = f"the document is of Inline XBRL 1.0 ({tags.IX_1_0}); 1.1 is read"
        log.add("exporter:unsupportedVersion", message, old[0], mend=f"turn it into Inline XBRL 1.1 ({tags.IX})")
    return mixed


def _elements_1_0(root: etree._Element) -> Iterable[etree._Element]:
    result = _OLD_ELEMENTS(root)
    return [each for each in result if isinstance(each, etree._Element)] if isinstance(result, list) else []
