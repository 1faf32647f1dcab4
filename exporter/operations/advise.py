"""Advice on the taxonomy of a filing: read from a schema or a package, or the one that a file of items makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from attrs import evolve

from exporter.errors import TaxonomyError
from exporter.findings import Finding, Location
from exporter.model.report import Report
from exporter.operations.concepts import entry_documents, opened_packages
from exporter.operations.load import load_filing
from exporter.operations.propose import choices_of, propose_concepts
from exporter.packages.taxonomy_package import TaxonomyPackage, read_taxonomy_package
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver, file_url
from exporter.taxonomy.read.discovery import LoadedDts, load_dts, load_taxonomy
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.rule_sets import advise

_SHORTEST_WORD: Final = 3
_Places = Mapping[str, Location]


def advise_on(
    path: Path | str,
    *,
    packages: Iterable[Path | str] = (),
    anchoring: bool = False,
    company: Iterable[str] = (),
    profile: str | None = None,
    classes: Iterable[type[Any]] = (),
    previous: Iterable[Path | str] = (),
    limits: Limits = DEFAULT_LIMITS,
    warn: Callable[[Finding], None] = lambda finding: None,
) -> list[Finding]:
    """What a reviewer would say of a filing's own concepts; see `exporter.validation.rule_sets`.

    Of a file of items, the rows of statements that name no concept get proposals (``exporter:conceptProposed``).

    Args:
        path: an extension schema, a taxonomy package with one, or a file of items.
        packages: the standard taxonomies that own concepts are compared with and that the extension builds on.
        anchoring: whether line items have to be anchored in the standard.
        company: words that name the company; the prefix is one of them.
        profile: which standard concepts a file of items reports, in place of what it says.
        classes: item classes that a file of items may use beside the disclosures of this package.
        previous: earlier filings, in any syntax, whose statements show what was chosen then.
        warn: takes ``exporter:taxonomyNotAtHand`` for what is not available.

    Raises:
        ReadError: a file of items, or an earlier filing, cannot be read.
        TaxonomyError: a taxonomy is broken, or a package has none.
        PackageError: a package is unsafe or none.
    """
    path = Path(path)
    packages, classes = tuple(packages), tuple(classes)
    proposals: tuple[Finding, ...] = ()
    with opened_packages(packages, limits) as catalogs:
        resolver = Resolver(catalogs=tuple(catalogs), limits=limits)
        standard = [_standard(package, resolver, warn) for package in catalogs]
        report: Report | None = None
        if path.suffix.lower() in (".xsd", ".zip"):
            extension, places = _read(path, resolver, limits, warn)
        else:
            filing = load_filing(path, classes, profile=profile, limits=limits)
            choices = [
                choice for earlier in previous for choice in choices_of(earlier, packages=packages, classes=classes)
            ]
            proposals = filing.located(propose_concepts(filing, standard=standard, previous=choices))
            extension, places, report = filing.taxonomy, {}, filing.to_report()
        words = [*company, *re.findall(r"[A-Za-z]+", extension.prefix)]
        findings = advise(
            extension,
            standard,
            anchoring=anchoring,
            report=report,
            company=[word for word in words if len(word) >= _SHORTEST_WORD],
        )
        return [*proposals, *(_placed(finding, places, path) for finding in findings)]


def _standard(package: TaxonomyPackage, resolver: Resolver, warn: Callable[[Finding], None]) -> Taxonomy:
    documents = entry_documents(package)
    return load_taxonomy(documents, base=documents[0], resolver=resolver, warn=warn)


def _read(path: Path, resolver: Resolver, limits: Limits, warn: Callable[[Finding], None]) -> tuple[Taxonomy, _Places]:
    if path.suffix.lower() == ".xsd":
        return _own(load_dts([path.name], base=path.parent, resolver=resolver, warn=warn))
    with read_taxonomy_package(path, limits) as package:
        both = evolve(resolver, catalogs=(package, *resolver.catalogs))
        documents = entry_documents(package)
        return _own(load_dts(documents, base=file_url(path), resolver=both, warn=warn))


def _own(loaded: LoadedDts) -> tuple[Taxonomy, _Places]:
    if loaded.findings:
        raise TaxonomyError(findings=loaded.findings)
    return loaded.taxonomy, dict(_places(loaded))


def _places(loaded: LoadedDts) -> Iterator[tuple[str, Location]]:
    """Where each own concept is declared."""
    for document in loaded.documents.schemas:
        if document.namespace == loaded.taxonomy.namespace:
            for name, element in document.declared.items():
                line = element.sourceline if isinstance(element.sourceline, int) else None
                yield name.local_name, Location(file=document.name, line=line)


def _placed(finding: Finding, places: _Places, path: Path) -> Finding:
    name = (finding.location.item or "").rpartition(":")[2]
    place = places.get(name, Location(file=str(path)))
    return finding.at(file=place.file, line=place.line)
