"""Reading a taxonomy: from the schemas that a report names to everything they lead to, offline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from attrs import evolve, frozen

from exporter.errors import TaxonomyError
from exporter.findings import Finding, Severity
from exporter.model.report import Vocabulary
from exporter.namespaces import XSD
from exporter.resources.resolver import Resolver, file_url
from exporter.taxonomy.read.documents import Dts, relative_address
from exporter.taxonomy.read.linkbases import Linkbases
from exporter.taxonomy.read.schemas import Schemas
from exporter.taxonomy.standard import SCHEMAS
from exporter.taxonomy.taxonomy import Import, LazySequence, Taxonomy

Base = Path | str


def _ignore(finding: Finding) -> None:
    return None


@frozen(eq=False)
class LoadedDts:
    """A taxonomy with the documents that it was read from, and what was found wrong while reading."""

    taxonomy: Taxonomy
    documents: Dts
    schemas: Schemas

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Each finding once."""
        return tuple(dict.fromkeys(self.documents.errors))

    @property
    def missing(self) -> tuple[Finding, ...]:
        """Those findings that say that a local document, or one of a package, does not exist."""
        return tuple(finding for finding in self.findings if finding in self.documents.missing)


def load_dts(
    hrefs: Iterable[str],
    *,
    base: Base,
    resolver: Resolver | None = None,
    warn: Callable[[Finding], None] = _ignore,
    linkbases: bool = False,
) -> LoadedDts:
    """As `load_taxonomy`, findings gathered instead of raised, the documents kept for the checks.

    ``linkbases`` says that the hrefs may name linkbases too.

    Raises:
        ReadError: ``exporter:limitExceeded``.
    """
    start = base_url(base)
    dts = Dts(resolver or Resolver(), warn)
    entries = dts.discover(hrefs, start, linkbases=linkbases)
    own = entries[0] if entries and entries[0].is_schema else None
    address = partial(relative_address, base=start)
    schemas = Schemas.of(dts)
    read = Linkbases.of(dts)
    concepts = schemas.concepts(own, address)
    roles, arcroles = schemas.roles_and_arcroles(own, address)
    imports = own.root.iterfind(f"{{{XSD}}}import") if own else ()
    places = [(element.get("namespace", ""), element.get("schemaLocation")) for element in imports]
    taxonomy = Taxonomy(
        namespace=own.namespace if own else "",
        prefix=(own.prefix if own else None) or "own",
        concepts=concepts,
        labels=LazySequence(read.labels),
        references=LazySequence(read.references),
        roles=roles,
        arcroles=arcroles,
        relationships=LazySequence(read.relationships),
        typed_domains=schemas.typed_domains(own, address),
        imports=[
            Import(namespace=namespace, location=location)
            for namespace, location in places
            if location is not None and namespace not in SCHEMAS  # standard schemas go without saying
        ],
    )
    return LoadedDts(taxonomy, dts, schemas)


def load_taxonomy(
    hrefs: Iterable[str],
    *,
    base: Base,
    resolver: Resolver | None = None,
    warn: Callable[[Finding], None] = _ignore,
    partial: bool = False,
) -> Taxonomy:
    """The taxonomy that some schemas make up with all they lead to (a DTS, XBRL 2.1 section 3).

    The specifications' own schemas are known and never read. The namespace and prefix are those of the first schema;
    declarations of others carry their ``schema``: relative to ``base`` where local.

    Args:
        hrefs: the schemas, as a report names them.
        base: what relative hrefs are relative to: a directory, a file in it, or an absolute URL.
        resolver: where taxonomy packages and limits come from; local files only by default.
        warn: takes ``exporter:taxonomyNotAtHand``, once for each public document that is not available.
        partial: what can be read is given, if there is any concept in it, and what is wrong goes to ``warn``.

    Raises:
        TaxonomyError: ``oime:invalidTaxonomy`` for each local document that is missing or broken.
        ReadError: ``exporter:limitExceeded``.
    """
    loaded = load_dts(hrefs, base=base, resolver=resolver, warn=warn)
    if loaded.findings and not (partial and any(True for _ in loaded.taxonomy.concepts)):
        raise TaxonomyError(findings=loaded.findings)
    for finding in loaded.findings:
        warn(evolve(finding, severity=Severity.WARNING))
    return loaded.taxonomy


def load_vocabulary(
    hrefs: Iterable[str], *, base: Base, resolver: Resolver | None = None, warn: Callable[[Finding], None] = _ignore
) -> Vocabulary:
    """What readers and writers of reports need of the taxonomy; see `load_taxonomy`."""
    named = tuple(hrefs)
    taxonomy = load_taxonomy(named, base=base, resolver=resolver, warn=warn)
    return taxonomy.vocabulary(named[0] if named else None)


def base_url(base: Base) -> str:
    """The URL that hrefs are relative to."""
    if isinstance(base, str):
        return base
    return file_url(base / "_") if base.is_dir() else file_url(base)
