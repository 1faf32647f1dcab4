"""The documents of a taxonomy against XML Schema: schemas, linkbases, annotations (XBRL 2.1 section 5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.model.qname import QName
from exporter.namespaces import LINK, XSD, XSI
from exporter.taxonomy.read.documents import LINKBASE, Document, Dts, Element
from exporter.taxonomy.schema_closure import standard_schema, standard_schema_of
from exporter.taxonomy.standard import is_standard_schema
from exporter.validation.engine import rule
from exporter.validation.taxonomy.subject import LINKS, TaxonomySubject
from exporter.validation.xml_schema import attributes_box, check_taxonomy_markup

_APPINFO: Final = f"{{{XSD}}}appinfo"
MARKUP: Final = "exporter:xmlSchema"
INVALID: Final = "exporter:schemaInvalid"

_HINT: Final = f"{{{XSI}}}schemaLocation"
_DECLARED: Final = frozenset(f"{{{LINK}}}{name}" for name in ("roleType", "arcroleType", "linkbaseRef", "linkbase"))


@rule(MARKUP, INVALID, "exporter:limitExceeded", section="XBRL 2.1, 5")
def documents_fit_their_schemas(subject: TaxonomySubject) -> Iterator[Finding]:
    """Schemas are valid, and so are linkbases, what annotations hold, and attributes of other namespaces."""
    if not subject.complete or subject.loaded.findings:
        return
    dts = subject.dts
    urls = [*(document.url for document in dts.schemas), *_hinted(subject)]
    findings = list(check_taxonomy_markup(urls, _parts(subject), resolver=dts.resolver, limits=dts.resolver.limits))
    if not any(
        finding.code == "exporter:schemaNotFound" for finding in findings
    ):  # of standard schemas we have no copy
        yield from findings


def _hinted(subject: TaxonomySubject) -> Iterator[str]:
    """Schemas that documents name, or use in links, for namespaces of which the taxonomy itself has none.

    Those of the specifications are our own; of others of theirs a package may have a copy.
    """
    dts = subject.dts
    known = {document.namespace for document in dts.schemas}
    for document in dts.documents.values():
        for namespace, url in (*_standard_links(document), *_located(document, dts)):
            if namespace not in known and (standard_schema(url) is not None or dts.resolver.is_at_hand(url)):
                known.add(namespace)
                yield url


def _standard_links(document: Document) -> Iterator[tuple[str, str]]:
    """The namespaces of extended links in a linkbase that a specification declares, and where: generic links."""
    for linkbase in document.linkbases:
        for link in linkbase.iterchildren("*"):
            if link.tag in LINKS:
                continue
            for namespace in {str(element.tag)[1:].rpartition("}")[0] for element in (link, *link.iterchildren("*"))}:
                if (standard := standard_schema_of(namespace)) is not None:
                    yield namespace, standard.urls[0]


def _located(document: Document, dts: Dts) -> Iterator[tuple[str, str]]:
    """The namespaces and schemas that ``xsi:schemaLocation`` names."""
    for element in document.root.iter("*"):
        words = element.get(_HINT, "").split()
        for namespace, location in zip(words[::2], words[1::2], strict=False):
            yield namespace, dts.absolute(location, document)


def _parts(subject: TaxonomySubject) -> Iterator[tuple[Element, str]]:
    for document in subject.dts.documents.values():
        if is_standard_schema(document.url):
            continue
        if document.root.tag == LINKBASE:
            yield document.root, document.name
        elif document.is_schema:
            for element in _annotated(subject, document):
                yield element, document.name


def _annotated(subject: TaxonomySubject, document: Document) -> Iterator[Element]:
    """What stands in annotations and is declared, and boxes with the attributes of other namespaces."""
    for appinfo in document.root.iter(_APPINFO):
        for element in appinfo.iterchildren("*"):
            namespace, _, name = str(element.tag).removeprefix("{").rpartition("}")
            if element.tag in _DECLARED or QName(namespace, name) in subject.schemas.elements:
                yield element
    seen: set[tuple[tuple[str, str], ...]] = set()
    for element in document.root.iter(f"{{{XSD}}}*"):
        foreign = tuple((str(key), str(value)) for key, value in element.items() if str(key)[0] == "{")
        if foreign and foreign not in seen:
            seen.add(foreign)
            box = attributes_box(element)
            if box is not None:
                yield box
