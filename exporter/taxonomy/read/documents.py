"""The documents of a DTS: fetched once each, parsed, and followed wherever they lead (XBRL 2.1 section 3.2)."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import Any, Final
from urllib.parse import unquote

from attrs import define, field
from lxml import etree

from exporter.errors import PackageError, ReadError, ResolutionError
from exporter.findings import Finding, Location, Severity, list_text
from exporter.model.qname import QName
from exporter.namespaces import LINK, XLINK, XSD
from exporter.resources.resolver import Resolver, is_local, local_path
from exporter.resources.xml import parse_xml, parsers_own
from exporter.taxonomy.read.link_columns import STANDARD_LINKS, LinkColumns
from exporter.taxonomy.standard import is_standard_schema, published_at

_MAX_DOCUMENTS: Final = 20_000
_THREADS: Final = 4
_HREF: Final = f"{{{XLINK}}}href"
_TYPE: Final = f"{{{XLINK}}}type"
Element = etree._Element
"""An element of a document, for those who look into documents without reading XML themselves."""

_ELEMENT: Final = f"{{{XSD}}}element"
SCHEMA: Final = f"{{{XSD}}}schema"
LINKBASE: Final = f"{{{LINK}}}linkbase"
_LOC: Final = f"{{{LINK}}}loc"
_SCHEMA_LINKS: Final = tuple(f"{{{XSD}}}{name}" for name in ("import", "include", "redefine"))
_EXPECTED: Final = {
    f"{{{LINK}}}linkbaseRef": LINKBASE,
    f"{{{LINK}}}roleRef": SCHEMA,
    f"{{{LINK}}}arcroleRef": SCHEMA,
}
_SIMPLE_LINKS: Final = tuple(f"{{{LINK}}}{name}" for name in ("linkbaseRef", "roleRef", "arcroleRef", "schemaRef"))


def invalid(message: str, *, file: str | None, line: Any = None, fix: str | None = None) -> Finding:
    """The finding for a taxonomy that is missing or broken."""
    return Finding(
        code="oime:invalidTaxonomy",
        message=message,
        location=Location(file=file, line=line),
        fix=fix or "correct the taxonomy at this place",
    )


def display_url(url: str) -> str:
    """A URL as findings name it: the path of a local file."""
    return str(local_path(url)) if is_local(url) else url


@define(eq=False)
class Document:
    """A schema or a linkbase. ``namespace`` is the target namespace, that of the including schema where it has none."""

    url: str
    name: str
    """As findings name it."""
    root: etree._Element
    is_schema: bool
    namespace: str
    has_xml_base: bool
    """Whether links in it may be relative to something else than the document."""
    is_flat: bool
    """Whether all prefixes are declared at its root."""
    located: dict[str, dict[str, QName]] = field(factory=dict)
    """The names by id of the documents that locators lead to, by href without fragment, as far as looked up."""
    _resolved: dict[str, QName | None] = field(factory=dict)

    @classmethod
    def parsed(cls, url: str, data: bytes, root: etree._Element) -> Document:
        """A document of which the bytes are still available."""
        encoded = b"\0" in data[:4]  # UTF-16: the bytes show nothing
        is_schema = root.tag == SCHEMA
        return cls(
            url=url,
            name=display_url(url),
            root=root,
            is_schema=is_schema,
            namespace=root.get("targetNamespace", "") if is_schema else "",
            has_xml_base=(encoded or b"xml:base" in data) and bool(root.xpath("boolean(//@xml:base)")),
            is_flat=not encoded and is_schema and data.count(b"xmlns") == len(root.nsmap),
        )

    @cached_property
    def _by_id(self) -> dict[str, etree._Element]:
        return {
            identifier: element
            for element in self.root.iter(etree.Element)
            if (identifier := element.get("id")) is not None
        }

    @cached_property
    def linkbases(self) -> list[etree._Element]:
        """The linkbase, or those embedded in a schema (XBRL 2.1 section 5.1.2)."""
        if self.is_schema:
            return self.root.findall(f"{{{XSD}}}annotation/{{{XSD}}}appinfo/{LINKBASE}")
        return [self.root] if self.root.tag == LINKBASE else []

    @cached_property
    def links(self) -> list[LinkColumns]:
        """The extended links of XBRL 2.1 in its linkbases."""
        return [LinkColumns(link) for linkbase in self.linkbases for link in linkbase.iterchildren(*STANDARD_LINKS)]

    def resolve(self, element: etree._Element, text: str | None) -> QName | None:
        """As `resolve_name`, quicker in a schema that declares its prefixes in one place."""
        if text is None or not self.is_flat:
            return resolve_name(element, text)
        if text not in self._resolved:
            self._resolved[text] = resolve_name(self.root, text)
        return self._resolved[text]

    @cached_property
    def names_by_id(self) -> dict[str, QName]:
        """The names of the elements that a schema declares, by their ids."""
        names = self.declared.items()
        return {identifier: name for name, element in names if (identifier := element.get("id")) is not None}

    @cached_property
    def declared(self) -> dict[QName, etree._Element]:
        """The first declaration of each element at the top of a schema."""
        declarations: dict[QName, etree._Element] = {}
        namespace, prefix = self.namespace, self.prefix
        for element in self.root.iterchildren(_ELEMENT) if self.is_schema else ():
            if (name := element.get("name")) is not None:
                declarations.setdefault(QName(namespace, name, prefix=prefix), element)
        return declarations

    @cached_property
    def prefix(self) -> str | None:
        """The prefix that a schema gives its own namespace."""
        prefixes = (prefix for prefix, namespace in self.root.nsmap.items() if namespace == self.namespace)
        return next((prefix for prefix in prefixes if prefix), None)

    def declared_name(self, element: etree._Element) -> QName | None:
        """The name of an element declaration that stands at the top of a schema, ``None`` for anything else."""
        name = element.get("name")
        if element.tag != _ELEMENT or name is None or element.getparent() is not self.root:
            return None
        return QName(self.namespace, name, prefix=self.prefix)

    def find(self, fragment: str) -> etree._Element | None:
        """The element that a fragment points at: an id, or a pointer of the ``element()`` scheme."""
        if not (fragment.startswith("element(") and fragment.endswith(")")):
            return self._by_id.get(fragment)
        start, *steps = fragment[len("element(") : -1].split("/")
        element: etree._Element | None = self._by_id.get(start)
        if not start:
            element = self.root if steps[:1] == ["1"] else None
            steps = steps[1:]
        for step in steps:
            children = [] if element is None else list(element)
            element = children[int(step) - 1] if step.isdecimal() and 0 < int(step) <= len(children) else None
        return element


def resolve_name(element: etree._Element, text: str | None) -> QName | None:
    """The name that ``prefix:local`` in an attribute of the element stands for; ``None`` for an unbound prefix."""
    prefix, colon, local = (text or "").strip().rpartition(":")
    namespace = element.nsmap.get(prefix if colon else None)
    if not local or (namespace is None and colon):
        return None
    return QName(namespace or "", local, prefix=prefix or None)


@define(eq=False)
class Dts:
    """All documents reached from some hrefs, and what was found wrong on the way."""

    resolver: Resolver
    warn: Callable[[Finding], None]
    documents: dict[str, Document] = field(factory=dict)
    errors: list[Finding] = field(factory=list)
    missing: set[Finding] = field(factory=set)
    """Those of the errors that say that a document is not there."""
    absent: set[str] = field(factory=set)
    left_out: set[str] = field(factory=set)
    """Schemas of the specifications that are known without being read."""
    public_namespaces: dict[str, str] = field(factory=dict)
    """Of schemas that are not available: URL to namespace, as those who import them say."""
    _loaded: dict[str, Document | ResolutionError | ReadError | PackageError] = field(factory=dict)
    _targets: dict[tuple[str, str], str] = field(factory=dict)
    _missed: dict[str, list[tuple[str, Location]]] = field(factory=dict)

    @property
    def schemas(self) -> list[Document]:
        """The schemas among the documents, those of the specifications left out."""
        return [
            document
            for document in self.documents.values()
            if document.is_schema and not is_standard_schema(document.url)
        ]

    def discover(self, hrefs: Iterable[str], base: str, *, linkbases: bool = False) -> list[Document]:
        """Follow all links from the schemas at ``hrefs`` (relative to the URL ``base``); the schemas themselves.

        With ``linkbases``, what the hrefs name may be linkbases too.
        """
        entries = []
        for href in hrefs:
            document = self._follow(href, base, None if linkbases else SCHEMA, display_url(base), None)
            if document is not None and document.root.tag not in (SCHEMA, LINKBASE):
                message = f"expected a schema or a linkbase, got {document.root.tag}"
                self.errors.append(invalid(message, file=document.name, line=document.root.sourceline))
                continue
            if document is not None:
                entries.append(document)
        waiting = deque(entries)
        seen = {document.url for document in entries}
        while waiting:
            for document in self._reached(waiting.popleft()):
                if document.url not in seen:
                    seen.add(document.url)
                    waiting.append(document)
        if self._missed:
            self._report_missed()
        return entries

    def _reached(self, document: Document) -> Iterator[Document]:
        links = list(_links(document))
        self._load_together(links, document)
        for element, href, expected in links:
            target = self._follow(href, self._base(document, element), expected, document.name, element)
            if target is None:
                continue
            if element.tag in (f"{{{XSD}}}include", f"{{{XSD}}}redefine"):
                target.namespace = target.namespace or document.namespace
            yield target

    def _base(self, document: Document, element: etree._Element) -> str:
        if not document.has_xml_base:
            return document.url
        return self.absolute(str(element.base), document) if element.base else document.url

    def _follow(
        self, href: str, base: str, expected: str | None, referrer: str, element: etree._Element | None
    ) -> Document | None:
        line = None if element is None else element.sourceline
        try:
            url = self.resolver.absolute(href, base)
        except ResolutionError as error:
            self.errors.append(invalid(error.findings[0].message, file=referrer, line=line))
            return None
        if element is not None and element.tag == f"{{{XSD}}}import":
            self.public_namespaces.setdefault(url, element.get("namespace", ""))
        if is_standard_schema(url) and not self.resolver.is_at_hand(url):
            self.left_out.add(url)
            return None
        if url in self.absent:
            return None
        document = self.documents.get(url) or self._loaded.pop(url, None) or self._load(url)
        if not isinstance(document, Document):
            self._miss(url, document, referrer, line)
            return None
        if url not in self.documents and len(self.documents) >= _MAX_DOCUMENTS:
            message = f"the taxonomy has more than {_MAX_DOCUMENTS} documents"
            raise ReadError(findings=[Finding(code="exporter:limitExceeded", message=message)])
        self.documents[url] = document
        if expected is not None and document.root.tag != expected:
            kind = expected.rpartition("}")[2]
            message = f"{document.name} is no {kind}: its root is {document.root.tag}"
            self.errors.append(invalid(message, file=referrer, line=line))
            return None
        return document

    def _load(self, url: str) -> Document | ResolutionError | ReadError | PackageError:
        """The document at a URL, or what is wrong with it."""
        try:
            data = self.resolver.read(url)
            return Document.parsed(
                url, data, parse_xml(data, parsers_own(self.resolver.limits), display_url(url)).getroot()
            )
        except (ResolutionError, ReadError, PackageError) as error:
            return error

    def _load_together(self, links: Iterable[tuple[etree._Element, str, str | None]], document: Document) -> None:
        """Parse the documents that a document leads to side by side; their findings are reported later, in order."""
        urls = {self.absolute(href, document) for _, href, _ in links} if not document.has_xml_base else set()
        urls -= self.documents.keys() | self.absent | self._loaded.keys()
        new = [url for url in urls if self.resolver.is_at_hand(url)]
        if len(new) > 1 and (os.cpu_count() or 1) > 1:
            from concurrent.futures import ThreadPoolExecutor  # imported on use: it takes time to load

            with ThreadPoolExecutor(min(len(new), _THREADS)) as pool:
                self._loaded.update(zip(new, pool.map(self._load, new), strict=True))

    def _miss(self, url: str, error: ResolutionError | ReadError | PackageError, referrer: str, line: Any) -> None:
        self.absent.add(url)
        if not isinstance(error, ResolutionError):
            self.errors += [
                invalid(finding.message, file=finding.location.file, line=finding.location.line)
                for finding in error.findings
            ]
            return
        if is_local(url) or self.resolver.is_mapped(url):
            fix = f"put the file at {display_url(url)}, or correct the reference to it"
            finding = invalid(error.findings[0].message, file=referrer, line=line, fix=fix)
            self.errors.append(finding)
            self.missing.add(finding)
            return
        self._missed.setdefault(url.rpartition("/")[0], []).append((url, Location(file=referrer, line=line)))

    def _report_missed(self) -> None:
        """Warn of public documents, once for those that stand in one place: they are one taxonomy's."""
        for documents in self._missed.values():
            url, location = documents[0]
            others = list_text(other.rpartition("/")[2] for other, _ in documents[1:])
            what = f"{url} is" if not others else f"{url}, and beside it {others}, are"
            known = published_at(url)
            message = f"{what} not available: the types and relationships declared there are not known"
            finding = Finding(
                code="exporter:taxonomyNotAtHand",
                message=message if known is None else f"{message}; what is needed is {known}",
                severity=Severity.WARNING,
                location=location,
                fix=f"give the taxonomy package {'that holds it' if known is None else 'of it'} (--taxonomy-package), "
                "or let it be fetched (--online)",
            )
            self.warn(finding)
        self._missed.clear()

    def absolute(self, href: str, document: Document) -> str:
        """A link in a document as an absolute URL without fragment; malformed ones lead to the document itself."""
        try:
            return self.resolver.absolute(href, document.url)
        except ResolutionError:
            return document.url

    def target(self, href: str, element: etree._Element, document: Document) -> tuple[str, Document | None, str]:
        """URL, document (where available) and fragment of a link that stands on an element."""
        place, _, fragment = href.partition("#")
        key = (self._base(document, element), place)
        if key not in self._targets:
            try:
                self._targets[key] = self.resolver.absolute(place, key[0]) if place.strip() else document.url
            except ResolutionError:
                self._targets[key] = ""
        url = self._targets[key]
        return url, self.documents.get(url), unquote(fragment) if "%" in fragment else fragment


def _links(document: Document) -> Iterator[tuple[etree._Element, str, str | None]]:
    """Every link to follow, with the root element expected at its end; of many to one place, the first."""
    root = document.root
    for element in root.iterchildren(*_SCHEMA_LINKS) if document.is_schema else ():
        if href := element.get("schemaLocation"):
            yield element, href, SCHEMA
    # XBRL 2.1 has simple links in the annotations of a schema (section 5.1.2), below a linkbase (section 3.5.2.4).
    annotations = root.iterchildren(f"{{{XSD}}}annotation") if document.is_schema else ()
    simple = chain.from_iterable(annotation.iter(*_SIMPLE_LINKS) for annotation in annotations)
    for element in simple if document.is_schema else root.iterchildren(*_SIMPLE_LINKS):
        href = element.get(_HREF)
        if href and not href.startswith("#") and element.get(_TYPE) == "simple":
            yield element, href, _EXPECTED.get(str(element.tag))
    if document.has_xml_base:
        yield from ((loc, href, None) for loc in root.iter(_LOC) if (href := loc.get(_HREF)) and href[0] != "#")
        return
    seen = {""}
    for columns in document.links:
        for loc, place in columns.first_locators(seen):
            seen.add(place)
            yield loc, loc.get(_HREF) or "", None
    for linkbase in document.linkbases:
        for link in linkbase.iterchildren("*"):
            if link.tag not in STANDARD_LINKS:
                yield from ((loc, href, None) for loc in link.iter(_LOC) if (href := loc.get(_HREF)) and href[0] != "#")


def relative_address(url: str, base: str) -> str:
    """A local file's URL relative to the directory of ``base``, public URLs as they are."""
    if not (is_local(url) and is_local(base)):
        return url
    path, start = local_path(url), local_path(base).parent
    try:
        return os.path.relpath(path, start).replace(os.sep, "/")
    except ValueError:  # another drive
        return url
