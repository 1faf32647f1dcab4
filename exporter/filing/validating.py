"""Validating any file: reports in each syntax, files of items, taxonomies and their packages; offline."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final, Literal

from attrs import define, evolve

from exporter.errors import PackageError, ReadError, WriteError
from exporter.filing.checking import check_filing
from exporter.filing.loading import YAML_SUFFIXES, load_filing
from exporter.findings import Finding, Severity
from exporter.formats.options import ReadOptions
from exporter.formats.registry import Format, detect_format, format_by_name
from exporter.model.report import Report, Vocabulary
from exporter.namespaces import LINK
from exporter.packages.taxonomy_package import TaxonomyPackage, read_taxonomy_package
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver
from exporter.resources.xml import iter_children
from exporter.taxonomy.discovery import load_dts
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.calculation import check_calculations
from exporter.validation.rules import Syntax
from exporter.validation.taxonomy.validate import check_taxonomy
from exporter.validation.validate import check_report

Engine = Literal["builtin", "arelle"]
Calculations = Literal["round", "truncate", "none"]

MAX_FINDINGS: Final = 10_000
"""So many findings are told of one file."""

_SYNTAXES: Final[dict[str, Syntax]] = {"xbrl-json": "json", "xbrl-csv": "csv", "xbrl-xml": "xml", "inline-xbrl": "xml"}
_UNREADABLE: Final = frozenset(
    {"exporter:unreadableFile", "exporter:malformedXml", "exporter:doctypeRefused", "exporter:limitExceeded"}
)
_MAX_IN_MEMORY: Final = 128 * 1024**2


def validate(
    path: Path | str,
    *,
    format: str | None = None,
    packages: Iterable[Path | str] = (),
    engine: Engine = "builtin",
    calc: Calculations = "round",
    strict: bool = True,
    classes: Iterable[type[Any]] = (),
    limits: Limits = DEFAULT_LIMITS,
) -> list[Finding]:
    """All that is wrong with a file; it is valid where no finding is an error.

    A report is read with its taxonomy, then held against the rules of the Open Information Model, Dimensions 1.0,
    Extensible Enumerations 2.0, the Unit Type Registry, Calculations 1.1, and in XML its schemas. A file of items
    (YAML, items JSON) is judged with the report that it makes, a schema or a taxonomy package as a taxonomy.

    Args:
        format: name of the syntax; left out, it is told by content and suffix.
        packages: taxonomy packages that the taxonomy may come from.
        engine: ``arelle`` asks Arelle instead (extra ``arelle``).
        calc: how Calculations 1.1 reads rounded numbers; ``none`` leaves calculations unchecked.
        strict: a public schema that is not at hand is an error; else a warning, and what cannot be told without it is
            not judged.
        classes: item classes that a file of items may use beside the disclosures of this package.
        limits: what to accept.

    Raises:
        PackageError: one of ``packages`` is unsafe or no taxonomy package.
        MissingExtraError: ``engine`` is Arelle, which is not installed.
    """
    path, given = Path(path), tuple(Path(package) for package in packages)
    if engine == "arelle":
        from exporter.validation.arelle import validate_with_arelle

        return validate_with_arelle([path], packages=given, calc=calc)
    with ExitStack() as stack:
        catalogs = [stack.enter_context(read_taxonomy_package(package, limits)) for package in given]
        job = _Job(path, Resolver(catalogs=catalogs, limits=limits), calc, strict, tuple(classes), limits)
        return _bounded(_located(finding, path) for finding in job.run(format))


def _bounded(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, each once, up to a bound."""
    found: dict[Finding, None] = {}
    omitted = has_error = False
    for finding in findings:
        # Past the bound one error is still needed: it decides whether the file is valid.
        if len(found) >= MAX_FINDINGS and (has_error or not finding.is_error):
            omitted = omitted or finding not in found
            if has_error:
                break
            continue
        found[finding] = None
        has_error = has_error or finding.is_error
    if omitted:
        message = f"more than {MAX_FINDINGS} findings: the rest is not listed"
        mend = "mend those listed and try again"
        found[Finding(code="exporter:furtherFindings", message=message, severity=Severity.INFO, mend=mend)] = None
    return list(found)


def _located(finding: Finding, path: Path) -> Finding:
    return finding.at(file=str(path))


@define(eq=False)
class _Job:
    """The validation of one file."""

    path: Path
    resolver: Resolver
    calc: Calculations
    strict: bool
    classes: tuple[type[Any], ...]
    limits: Limits

    def run(self, format: str | None) -> Iterator[Finding]:
        suffix = self.path.suffix.lower()
        try:
            if format is None and suffix in YAML_SUFFIXES:
                yield from self._items()
            elif format is None and (suffix == ".xsd" or (suffix == ".xml" and self._is_linkbase())):
                yield from self._taxonomy_file()
            elif format is None and suffix == ".zip":
                yield from self._package()
            else:
                syntax = detect_format(self.path) if format is None else format_by_name(format)
                yield from self._items() if syntax.holds == "items" else self._report(syntax)
        except (ReadError, PackageError) as error:
            yield from error.findings

    # Reports

    def _report(self, syntax: Format) -> Iterator[Finding]:
        loader = _TaxonomyLoader(self.path, self.resolver, self.strict)
        report: Report | None = None
        said: list[Finding] = []
        options = ReadOptions(
            name=str(self.path), limits=self.limits, load_vocabulary=loader.load, warn=loader.findings.append
        )
        try:
            report = syntax.read(self.path, options)
        except ReadError as error:
            said += error.findings
        yield from loader.findings
        yield from said
        if syntax.name == "xbrl-xml" and not any(finding.code in _UNREADABLE for finding in said):
            yield from self._schema_faults(loader, said)
        if syntax.name == "xbrl-json" and not said:
            yield from self._json_schema_faults()
        if report is not None and loader.taxonomy is not None:
            yield from self._rules(
                report, loader.taxonomy, syntax=_SYNTAXES.get(syntax.name, "json"), complete=loader.complete
            )

    def _rules(self, report: Report, taxonomy: Taxonomy, *, syntax: Syntax, complete: bool) -> Iterator[Finding]:
        yield from check_report(report, taxonomy, syntax=syntax, complete=complete)
        if self.calc != "none":
            yield from check_calculations(report, taxonomy, mode=self.calc)

    def _schema_faults(self, loader: _TaxonomyLoader, said: Iterable[Finding]) -> Iterator[Finding]:
        """What XML Schema finds where the reader has not spoken; without the schemas every fact would be unexpected."""
        from exporter.validation.xml_schema import check_xml_schema

        if not loader.schemas or not loader.complete:
            return
        found = list(check_xml_schema(self.path, loader.schemas, resolver=self.resolver, limits=self.limits))
        if any(finding.code == "exporter:schemaNotFound" for finding in found):
            return  # a standard schema of which we have no copy; what else is not at hand has been told
        lines = {finding.location.line for finding in said}
        yield from (finding for finding in found if finding.location.line not in lines)

    def _json_schema_faults(self) -> Iterator[Finding]:
        """A second opinion on the structure of a document in which the reader found nothing wrong."""
        from exporter.validation.json_schema import check_json_schema

        if self.path.stat().st_size > _MAX_IN_MEMORY:
            return
        try:
            document = json.loads(self.path.read_bytes().decode("utf-8-sig"))
        except (ValueError, RecursionError):  # numbers or nesting in extension members that only the reader bears
            return
        yield from check_json_schema(document, "xbrl-json.schema.json", file=str(self.path))

    # Items

    def _items(self) -> Iterator[Finding]:
        filing = load_filing(self.path, self.classes, limits=self.limits)
        yield from check_filing(filing)
        try:
            report = filing.to_report()
        except WriteError as error:
            yield from error.findings
            return
        yield from self._rules(report, filing.taxonomy, syntax="json", complete=True)

    # Taxonomies

    def _is_linkbase(self) -> bool:
        root = next(iter_children(self.path, self.limits, str(self.path)), None)
        return root is not None and root.tag == f"{{{LINK}}}linkbase"

    def _taxonomy_file(self) -> Iterator[Finding]:
        loader = _TaxonomyLoader(self.path, self.resolver, self.strict, alone=True)
        loader.load((self.path.name,))
        yield from loader.findings

    def _package(self) -> Iterator[Finding]:
        with read_taxonomy_package(self.path, self.limits) as package:
            yield from self._entry_points(package)

    def _entry_points(self, package: TaxonomyPackage) -> Iterator[Finding]:
        resolver = evolve(self.resolver, catalogs=(package, *self.resolver.catalogs))
        for entry_point in package.metadata.entry_points:
            loader = _TaxonomyLoader(self.path, resolver, self.strict, alone=True)
            loader.load(tuple(entry_point.documents))
            yield from loader.findings


class _TaxonomyLoader:
    """Loads the taxonomy of a report when its reader asks, and keeps it with what was found wrong.

    A taxonomy that cannot be had does not stop the reading, so that the document's own faults are told as well.
    """

    def __init__(self, path: Path, resolver: Resolver, strict: bool, *, alone: bool = False) -> None:
        self._path = path
        self._alone = alone  # no report: what is judged may be a linkbase
        self._resolver = resolver
        self._strict = strict
        self.findings: list[Finding] = []
        self.taxonomy: Taxonomy | None = None
        self.complete = True
        self.schemas: tuple[str, ...] = ()

    def load(self, hrefs: tuple[str, ...]) -> Vocabulary:
        """For `ReadOptions.load_vocabulary`."""
        base = self._path.resolve()
        try:
            loaded = load_dts(hrefs, base=base, resolver=self._resolver, warn=self._miss, linkbases=self._alone)
            self.findings += check_taxonomy(loaded, complete=self.complete)
            self.schemas = tuple(document.url for document in loaded.documents.schemas)
        except ReadError as error:
            self.findings += error.findings
            return Vocabulary()
        if loaded.findings:  # broken: nothing is held against the report that its taxonomy might have allowed
            return Vocabulary()
        self.taxonomy = loaded.taxonomy
        return self.taxonomy.vocabulary(hrefs[0] if hrefs else None)

    def _miss(self, finding: Finding) -> None:
        self.complete = False
        self.findings.append(evolve(finding, severity=Severity.ERROR) if self._strict else finding)
