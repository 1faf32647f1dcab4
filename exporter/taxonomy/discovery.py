"""Reading a taxonomy: from the schemas that a report names to everything they lead to, offline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from lxml import etree

from exporter.errors import TaxonomyError
from exporter.findings import Finding
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.namespaces import XSD
from exporter.resources.resolver import Resolver, file_url
from exporter.taxonomy.documents import Document, Dts, relative_address
from exporter.taxonomy.linkbase_reader import Linkbases
from exporter.taxonomy.schema_reader import Schemas
from exporter.taxonomy.standard import SCHEMAS
from exporter.taxonomy.taxonomy import Import, Taxonomy

Base = Path | str


def _ignore(finding: Finding) -> None:
    return None


def load_taxonomy(
    hrefs: Iterable[str], *, base: Base, resolver: Resolver | None = None, warn: Callable[[Finding], None] = _ignore
) -> Taxonomy:
    """The taxonomy that some schemas make up with all they lead to (a DTS, XBRL 2.1 section 3).

    The specifications' own schemas are known and never read. The namespace and prefix are those of the first schema;
    declarations of others carry their ``schema``: relative to ``base`` where local.

    Args:
        hrefs: the schemas, as a report names them.
        base: what relative hrefs are relative to: a directory, a file in it, or an absolute URL.
        resolver: where taxonomy packages and limits come from; local files only by default.
        warn: takes ``exporter:taxonomyNotAtHand``, once for each public document that is not at hand.

    Raises:
        TaxonomyError: ``oime:invalidTaxonomy`` for each local document that is missing or broken.
        ReadError: ``exporter:limitExceeded``.
    """
    start = _base_url(base)
    dts = Dts(resolver or Resolver(), warn)
    entries = dts.discover(hrefs, start)
    own = entries[0] if entries else None
    address = partial(relative_address, base=start)
    schemas = Schemas.of(dts)
    linkbases = Linkbases.of(dts, _element_name)
    concepts = tuple(schemas.concepts(own, address))
    taxonomy = Taxonomy(
        namespace=own.namespace if own else "",
        prefix=_own_prefix(own),
        concepts=concepts,
        labels=linkbases.labels,
        references=linkbases.references,
        roles=schemas.roles(own, address),
        arcroles=schemas.arcroles(own, address),
        relationships=linkbases.relationships,
        typed_domains=schemas.typed_domains(concepts, own, address),
        imports=_imports(own),
    )
    if dts.errors:
        raise TaxonomyError(findings=dict.fromkeys(dts.errors))
    return taxonomy


def load_vocabulary(
    hrefs: Iterable[str], *, base: Base, resolver: Resolver | None = None, warn: Callable[[Finding], None] = _ignore
) -> Vocabulary:
    """What readers and writers of reports need of the taxonomy; see `load_taxonomy`."""
    named = tuple(hrefs)
    taxonomy = load_taxonomy(named, base=base, resolver=resolver, warn=warn)
    return taxonomy.vocabulary(named[0] if named else None)


def _base_url(base: Base) -> str:
    if isinstance(base, str):
        return base
    return file_url(base / "_") if base.is_dir() else file_url(base)


def _own_prefix(own: Document | None) -> str:
    found = own.root.nsmap.items() if own else ()
    return next((prefix for prefix, namespace in found if own and prefix and namespace == own.namespace), "own")


def _element_name(document: Document, element: etree._Element) -> QName | None:
    name = element.get("name")
    if element.tag != f"{{{XSD}}}element" or name is None:
        return None
    found = document.root.nsmap.items()
    prefix = next((prefix for prefix, namespace in found if prefix and namespace == document.namespace), None)
    return QName(document.namespace, name, prefix=prefix)


def _imports(own: Document | None) -> Iterator[Import]:
    """What the first schema builds on; standard schemas go without saying."""
    for element in own.root.iterfind(f"{{{XSD}}}import") if own else ():
        namespace, location = element.get("namespace", ""), element.get("schemaLocation")
        if location is not None and namespace not in SCHEMAS:
            yield Import(namespace=namespace, location=location)
