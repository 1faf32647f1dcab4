"""The files of an Inline XBRL Document Set, and all elements of Inline XBRL in them by kind."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, cast, overload

from attrs import define, field, frozen
from lxml import etree

from exporter.findings import Finding, FindingLog, Location, Severity
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.tags import bring_up, is_old
from exporter.formats.options import InlineFile, is_certain
from exporter.formats.xbrl_xml import tags as xbrl
from exporter.formats.xbrl_xml.read.findings import line_of, resolve_qname
from exporter.model.qname import QName
from exporter.namespaces import XHTML
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.xml import parse_xml

# Attributes of a fact that only the fact itself is asked for; nothing looks for these in the tree.
_TAKEN: Final = frozenset(
    {*("name", "contextRef", "unitRef", "decimals", "precision", "format", "scale", "sign", "escape", "id", "target")}
    | {"continuedAt", xbrl.XML_LANG, xbrl.XSI_NIL}
)
_LONGEST_TAKEN: Final = 10_000  # characters; the tree is asked whether longer ones are beyond the limits


@define(eq=False)
class InlineDocument:
    """A parsed file.

    ``version`` is that of Inline XBRL. ``base`` is the URL in the head's ``base`` element, ``excludes`` says whether
    there is an exclusion, ``not_ascii`` whether there is a byte beyond ASCII. ``characters`` are those beyond ASCII
    that stand in the file as they are, in UTF-8, not as references. ``names`` keeps names that have been
    resolved; ``None`` where prefixes may be declared below the root. ``attributes`` are those of facts that hold text
    only: the tree gives them up while it is parsed, for they are most of what it would hold. ``texts`` and ``keys``
    have what elements share.
    """

    name: str
    root: etree._Element
    base: str | None = None
    excludes: bool = False
    names: dict[str, QName | None] | None = None
    version: tags.InlineVersion = "1.1"
    attributes: dict[etree._Element, Attributes] = field(factory=dict)
    not_ascii: bool = False
    characters: frozenset[str] = frozenset()
    texts: dict[str, str] = field(factory=dict)
    keys: dict[tuple[str, ...], dict[str, int]] = field(factory=dict)


class Attributes:
    """The attributes of an element, by name in Clark notation, in a third of the memory of a dictionary.

    ``positions`` says where in ``values`` that of a name stands; elements with the same attributes share it. What
    recurs from fact to fact (concepts, units, contexts, formats) is one text each.
    """

    __slots__ = ("positions", "values")

    def __init__(self, element: etree._Element, texts: dict[str, str], shared: dict[tuple[str, ...], dict[str, int]]):
        keys = cast("tuple[str, ...]", tuple(element.keys()))
        positions = shared.get(keys)
        if positions is None:
            positions = shared[keys] = {key: position for position, key in enumerate(keys)}
        values = cast("list[str]", element.values())
        self.positions = positions
        self.values = tuple(map(texts.setdefault, values, values))
        if "id" in positions:
            texts.pop(values[positions["id"]], None)  # which no other element has

    def items(self) -> Iterable[tuple[str, str]]:
        """The names with their values."""
        return zip(self.positions, self.values, strict=True)


@frozen(eq=False)
class ReleasedElement:
    """What is left of an element once its document has been let go."""

    tag: str
    sourceline: int | None


class DocumentElement:
    """An element with the document that it stands in, and its attributes."""

    __slots__ = ("attributes", "document", "element")

    def __init__(self, element: etree._Element, document: InlineDocument) -> None:
        self.element = element
        self.document = document
        attributes = document.attributes.get(element)
        self.attributes = Attributes(element, document.texts, document.keys) if attributes is None else attributes

    def release(self) -> None:
        """Let go of the tree: from now on only attributes, name and line are known."""
        released: Any = ReleasedElement(str(self.element.tag), self.line)
        self.element = released

    @overload
    def get(self, key: str) -> str | None: ...
    @overload
    def get(self, key: str, default: str) -> str: ...
    def get(self, key: str, default: str | None = None) -> str | None:
        """An attribute of the element."""
        attributes = self.attributes
        position = attributes.positions.get(key)
        return default if position is None else attributes.values[position]

    @property
    def id(self) -> str | None:
        attributes = self.attributes
        position = attributes.positions.get("id")
        return None if position is None else attributes.values[position]

    @property
    def line(self) -> int | None:
        return line_of(self.element)

    @property
    def name(self) -> str:
        """As messages name the element."""
        return tags.local_name(self.element.tag)

    def resolve(self, key: str) -> QName | None:
        """The name that an attribute holds; ``None`` if it is no name or its prefix is not declared."""
        attributes, names = self.attributes, self.document.names
        position = attributes.positions.get(key)
        text = "" if position is None else attributes.values[position]
        if names is None:
            return resolve_qname(text, self.element.nsmap)
        try:
            return names[text]
        except KeyError:
            name = names[text] = resolve_qname(text, self.document.root.nsmap)
            return name


class InlineLog(FindingLog):
    """The findings of a document set, all of them. ``in_doubt`` are the elements whose meaning they leave open."""

    def __init__(self) -> None:
        super().__init__(at_most=None)
        self.in_doubt: set[etree._Element] = set()

    def error_at(
        self, code: str, message: str, at: DocumentElement | InlineDocument | None = None, *, fix: str | None = None
    ) -> None:
        """Keep an error at an element, in a document, or of the whole set."""
        self.error(code, message, fix, location=place_of(at))
        if isinstance(at, DocumentElement) and not is_certain(code):
            self.in_doubt.add(at.element)

    def warn_at(
        self, code: str, message: str, at: DocumentElement | InlineDocument | None, *, fix: str | None = None
    ) -> None:
        """Keep a warning at an element, in a document, or of the whole set."""
        self.add(self.finding(code, message, fix, location=place_of(at), severity=Severity.WARNING))


def place_of(at: DocumentElement | InlineDocument | None) -> Location:
    """Where an element or a document stands."""
    if isinstance(at, DocumentElement):
        fact = at.id if at.element.tag in tags.FACTS else None
        return Location(file=at.document.name, line=at.line or None, fact=fact)
    return Location(file=at.name if at is not None else None)


def _nodes() -> list[DocumentElement]:
    return []


@define(eq=False)
class DocumentSet:
    """The documents and their elements, each kind in the order of the documents.

    ``first_old`` is the first element of Inline XBRL 1.0 where both versions are mixed.
    """

    documents: tuple[InlineDocument, ...]
    facts: list[DocumentElement] = field(factory=_nodes)
    continuations: list[DocumentElement] = field(factory=_nodes)
    footnotes: list[DocumentElement] = field(factory=_nodes)
    excludes: list[DocumentElement] = field(factory=_nodes)
    fraction_terms: list[DocumentElement] = field(factory=_nodes)
    headers: list[DocumentElement] = field(factory=_nodes)
    hidden: list[DocumentElement] = field(factory=_nodes)
    references: list[DocumentElement] = field(factory=_nodes)
    resources: list[DocumentElement] = field(factory=_nodes)
    relationships: list[DocumentElement] = field(factory=_nodes)
    unknown: list[DocumentElement] = field(factory=_nodes)
    findings: list[Finding] = field(factory=list)
    first_old: DocumentElement | None = None

    @property
    def elements(self) -> Iterator[DocumentElement]:
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

    def release(self) -> None:
        """Let go of the documents' trees, which are most of the memory; nodes keep their attributes and lines."""
        for node in (*self.elements, *self.unknown):
            node.release()
        for document in self.documents:
            document.root = etree.Element(document.root.tag)
            document.attributes.clear()

    def resource_children(self, tag: str) -> Iterator[DocumentElement]:
        """The children of all ``ix:resources`` with a name."""
        for resources in self.resources:
            for child in resources.element.iterchildren(tag):
                yield DocumentElement(child, resources.document)

    @property
    def contexts(self) -> Iterator[DocumentElement]:
        return self.resource_children(xbrl.CONTEXT)

    @property
    def units(self) -> Iterator[DocumentElement]:
        return self.resource_children(xbrl.UNIT)


def load_documents(files: Sequence[InlineFile], limits: Limits = DEFAULT_LIMITS) -> DocumentSet:
    """The parsed files, their elements sorted by kind; comments and processing instructions are left out.

    Inline XBRL 1.0 is brought into the shape of 1.1; what it does not allow is in ``findings``.

    Raises:
        ReadError: a file cannot be read or is not well-formed XML.
    """
    document_set = DocumentSet(tuple(_parse(file, limits) for file in files))
    _settle_version(document_set)
    for document in document_set.documents:
        document.base = _base(document.root)
        _sort(document_set, document)
        document.excludes = bool(document_set.excludes) and document_set.excludes[-1].document is document
    return document_set


def _settle_version(document_set: DocumentSet) -> None:
    old = [document for document in document_set.documents if is_old(document.root)]
    if not old:
        return
    if any(True for document in document_set.documents for _ in islice(document.root.iter(tags.ANY_IX), 1)):
        element = next(old[0].root.iter(f"{{{tags.IX_1_0}}}*"))
        document_set.first_old = DocumentElement(element, old[0])
        return
    for document in document_set.documents:
        document.version = "1.0"
    places = {document.root: document for document in old}

    def report_error(element: etree._Element, message: str, fix: str) -> None:
        document = places[element.getroottree().getroot()]
        location = place_of(DocumentElement(element, document))
        document_set.findings.append(Finding(code="exporter:xmlSchema", message=message, location=location, fix=fix))

    bring_up(places, report_error)


def _parse(file: InlineFile, limits: Limits) -> InlineDocument:
    if not isinstance(file.source, Path):
        return _parsed(file.name, file.source, limits)
    try:
        with file.source.open("rb") as stream:
            return _parsed(file.name, stream, limits)
    except OSError:  # parse_xml knows how to say it
        return InlineDocument(file.name, parse_xml(file.source, limits, file.name).getroot())


def _parsed(name: str, source: bytes | BinaryIO, limits: Limits) -> InlineDocument:
    counted = _Declarations(io.BytesIO(source) if isinstance(source, bytes) else source)
    attributes: dict[etree._Element, Attributes] = {}
    texts: dict[str, str] = {}
    keys: dict[tuple[str, ...], dict[str, int]] = {}

    def take_attributes(element: etree._Element) -> None:
        if len(element):
            return
        parent = element.getparent()
        if parent is not None and parent.tag == tags.NON_FRACTION:  # compared with those of the number round it
            return
        own = Attributes(element, texts, keys)
        if _TAKEN.issuperset(own.positions) and max(map(len, own.values), default=0) <= _LONGEST_TAKEN:
            attributes[element] = own
            element.attrib.clear()

    visit = ((tags.NON_FRACTION, tags.NON_NUMERIC), take_attributes)
    root = parse_xml(cast(BinaryIO, counted), limits, name, visit=visit).getroot()
    names: dict[str, QName | None] | None = {} if counted.number == len(root.nsmap) else None
    return InlineDocument(
        name,
        root,
        names=names,
        attributes=attributes,
        not_ascii=counted.not_ascii,
        characters=frozenset(filter(lambda character: character > "\x7f", counted.characters)),
        texts=texts,
        keys=keys,
    )


class _Declarations(io.RawIOBase):
    """A stream that counts what may be a namespace declaration, and gathers characters, while it is read.

    Where there are as many as the root has, no prefix is declared below it. In an encoding that this does not see
    through it counts none, and the root has some.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._rest = b""
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("ignore")
        self.number = 0
        self.not_ascii = False
        self.characters: set[str] = set()

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(size)
        data = self._rest + chunk
        self.number += data.count(b"xmlns")
        if not chunk.isascii():
            self.not_ascii = True
            self.characters.update(self._decoder.decode(chunk))
        self._rest = data[-4:]
        return chunk


def _base(root: etree._Element) -> str | None:
    base = root.find(f"{tags.HEAD}/{tags.BASE}")
    return None if base is None else base.get("href")


def _sort(document_set: DocumentSet, document: InlineDocument) -> None:
    kinds = {
        **dict.fromkeys(tags.FACTS, document_set.facts),
        tags.CONTINUATION: document_set.continuations,
        tags.FOOTNOTE: document_set.footnotes,
        tags.EXCLUDE: document_set.excludes,
        tags.NUMERATOR: document_set.fraction_terms,
        tags.DENOMINATOR: document_set.fraction_terms,
        tags.HEADER: document_set.headers,
        tags.HIDDEN: document_set.hidden,
        tags.REFERENCES: document_set.references,
        tags.RESOURCES: document_set.resources,
        tags.RELATIONSHIP: document_set.relationships,
    }
    for element in document.root.iter(tags.ANY_IX):
        kinds.get(str(element.tag), document_set.unknown).append(DocumentElement(element, document))


def check_documents(document_set: DocumentSet, log: InlineLog) -> None:
    """The root elements, the version of Inline XBRL, and that header, references and resources are there."""
    for document in document_set.documents:
        if document.root.tag != tags.HTML:
            message = f"the root of an Inline XBRL document is html of {XHTML}, got {document.root.tag}"
            log.error_at(
                "ixe:rootElement", message, DocumentElement(document.root, document), fix=f'declare xmlns="{XHTML}"'
            )
    for node in document_set.unknown:
        log.error_at("exporter:xmlSchema", f"Inline XBRL has no element {node.name}", node)
    log.findings += document_set.findings
    if document_set.first_old is not None:
        message = f"elements of Inline XBRL 1.0 ({tags.IX_1_0}) and 1.1 ({tags.IX}) stand in one document set"
        log.error_at("ixe:multipleIxNamespaces", message, document_set.first_old, fix="use one version of Inline XBRL")
    if not document_set.headers:
        log.error_at("ixe:missingHeader", "no file of the set has an ix:header", document_set.documents[0])
    elif not document_set.references:
        log.error_at("ixe:missingReferences", "no file of the set has ix:references", document_set.headers[0])
    if document_set.headers and not document_set.resources:
        log.error_at("ixe:missingResources", "no file of the set has ix:resources", document_set.headers[0])
