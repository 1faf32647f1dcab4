"""Validating any file: reports in each syntax, files of items, taxonomies and their packages; offline."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import define, evolve

from exporter.errors import PackageError, ReadError
from exporter.filing.access import OFFLINE, Access
from exporter.filing.report_files import ReportFile, base_of, is_report_package, open_report_files
from exporter.filing.taxonomy_loader import TaxonomyLoader
from exporter.filing.untyped import infer_types
from exporter.findings import Finding, at_most
from exporter.formats.options import ReadOptions
from exporter.model.report import Report, Vocabulary
from exporter.namespaces import LINK
from exporter.packages.taxonomy_package import TaxonomyPackage, read_taxonomy_package
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver
from exporter.resources.xml import iter_children
from exporter.sources import YAML_SUFFIXES
from exporter.taxonomy.cache import TaxonomyCache
from exporter.validation.rules import Syntax
from exporter.validation.validate import Calculations as Calculations
from exporter.validation.validate import check_report_and_sums

# What only some files need is imported when one comes: it takes longer to load than a small report takes to validate.
if TYPE_CHECKING:
    from exporter.formats.inline_xbrl.inline_set import InlineSet
    from exporter.profiles.profile import Profile
    from exporter.profiles.rules import RuleTable
    from exporter.validation.filing_rules.document import DocumentFacts

Engine = Literal["builtin", "arelle"]

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
    rules: Iterable[str | Path | RuleTable] = (),
    lint: bool | None = None,
    plugins: Iterable[str] = (),
    profile: str | Path | Profile | None = None,
    release: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    access: Access = OFFLINE,
) -> list[Finding]:
    """All that is wrong with a file; it is valid where no finding is an error.

    A report is read with its taxonomy, then held against the rules of the Open Information Model, Dimensions 1.0,
    Extensible Enumerations 2.0, the Unit Type Registry, Calculations 1.1, and in XML its schemas. A file of items
    (YAML, items JSON) is judged with the report that it makes, a schema or a taxonomy package as a taxonomy.

    Args:
        format: name of the syntax; left out, it is told by content and suffix.
        packages: taxonomy packages that the taxonomy may come from.
        engine: ``arelle`` asks Arelle instead (extra ``arelle``).
        calc: how Calculations 1.1 reads rounded numbers; ``xbrl21`` judges the relationships of XBRL 2.1 by its own
            section 5.2.5.2, ``none`` leaves calculations unchecked.
        strict: a public schema that is not at hand is an error; else a warning, and what cannot be told without it is
            not judged.
        classes: item classes that a file of items may use beside the disclosures of this package.
        rules: tables of filing rules to hold it against: names (``form-20-f``, ``esef``, ``edinet``), TOML files, or
            tables themselves.
        lint: whether to look for slips of scale, sign, dates and the like; left out, in files of items only.
        plugins: for Arelle: ``esef`` or ``edinet``, which it brings along, or the paths of others.
        profile: which standard concepts the items of a file report, in place of what it says.
        release: the edition of the profile's standard taxonomies, in place of what the file says.
        limits: what to accept.
        access: whether taxonomies are kept with what was found in them, and missing public documents fetched.

    Raises:
        PackageError: one of ``packages`` is unsafe or no taxonomy package.
        ProfileError: there is no such table of rules, or it is malformed.
        MissingExtraError: ``engine`` is Arelle, which is not installed.
    """
    path, given = Path(path), tuple(Path(package) for package in packages)
    tables = _rule_tables(rules)
    if engine == "arelle":
        from exporter.validation.arelle import validate_with_arelle

        return validate_with_arelle([path], packages=given, calc=calc, plugins=plugins)
    with access.resolver(given, limits) as resolver:
        job = _Job(path, resolver, calc, strict, tuple(classes), tables, lint, limits, access.taxonomies)
        job.profile, job.release = profile, release
        return at_most((_located(finding, path) for finding in job.run(format)), MAX_FINDINGS)


def _rule_tables(rules: Iterable[str | Path | RuleTable]) -> tuple[RuleTable, ...]:
    named = tuple(rules)
    if not named:
        return ()
    from exporter.filing.preflight import load_rule_tables

    return load_rule_tables(named)


def _filed(file: ReportFile, report: Report) -> Iterator[str]:
    """The names of the report's own files: its documents, and the schemas beside them."""
    for document in file.documents:
        yield PurePosixPath(document.name.replace("\\", "/")).name
    for href in report.taxonomy:
        if "://" not in href:
            schema = PurePosixPath(href)
            yield schema.name
            yield from _linkbases(file, schema.stem)


def _linkbases(file: ReportFile, stem: str) -> Iterator[str]:
    """The linkbases that are named after a schema."""
    source = file.documents[0].source
    if file.package is not None:
        names = [PurePosixPath(name).name for name in file.package.names]
    elif isinstance(source, Path) and source.parent.is_dir():
        names = [path.name for path in source.parent.iterdir()]
    else:
        names = []
    yield from sorted(name for name in names if name.startswith(f"{stem}_") and name.endswith(".xml"))


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
    tables: tuple[RuleTable, ...]
    lint: bool | None
    limits: Limits
    cache: TaxonomyCache | None = None
    profile: str | Path | Profile | None = None
    release: str | None = None

    def run(self, format: str | None) -> Iterator[Finding]:
        suffix = self.path.suffix.lower()
        try:
            if format is None and suffix in YAML_SUFFIXES:
                yield from self._items()
            elif format is None and (suffix == ".xsd" or (suffix == ".xml" and self._is_linkbase())):
                yield from self._taxonomy_file()
            elif format is None and suffix == ".zip" and not is_report_package(self.path):
                yield from self._package()
            else:
                yield from self._reports(format)
        except (ReadError, PackageError) as error:
            yield from error.findings

    # Reports

    def _reports(self, format: str | None) -> Iterator[Finding]:
        """The report of a file, or every report of a package."""
        opened = open_report_files(self.path, format=format, resolver=self.resolver, limits=self.limits)
        with opened as files:
            for file in files:
                if file.format.holds == "items":
                    yield from self._items()
                else:
                    found = self._inline(file) if file.is_inline else self._report(file)
                    yield from (finding.at(file=file.name) for finding in found)

    def _inline(self, file: ReportFile) -> Iterator[Finding]:
        from exporter.filing.document_facts import inline_document_facts, refused_document_facts
        from exporter.filing.inline_checking import check_inline

        def rules(report: Report, loader: TaxonomyLoader, inline: InlineSet) -> Iterator[Finding]:
            if loader.taxonomy is not None:
                yield from check_report_and_sums(
                    report, loader.taxonomy, syntax="xml", complete=loader.complete, calc=self.calc
                )
            document = inline_document_facts(inline) if self.tables else None
            yield from self._preflight(file, report, loader, document)

        found = list(check_inline(file, rules=rules, strict=self.strict, limits=self.limits, cache=self.cache))
        yield from found
        refused = refused_document_facts(file.name, found, is_inline=True)
        if refused is not None:
            yield from self._preflight(file, Report(), None, refused)

    def _report(self, file: ReportFile) -> Iterator[Finding]:
        syntax = file.format
        loader = TaxonomyLoader(file.base, file.resolver, strict=self.strict, cache=self.cache)
        if syntax.name == "xbrl-xml":
            from exporter.filing.schema_pass import SchemaPass

            with SchemaPass(file, loader, self.limits) as schema_pass:
                report, said = self._read(file, schema_pass.load, loader.findings)
                yield from loader.findings
                yield from said
                if not any(finding.code in _UNREADABLE for finding in said):
                    yield from schema_pass.findings(said)
        else:
            report, said = self._read(file, loader.load, loader.findings)
            yield from loader.findings
            yield from said
        if syntax.name == "xbrl-json" and not said:
            yield from self._json_schema_faults(file)
        if report is None:
            return
        if loader.taxonomy is not None:
            yield from check_report_and_sums(
                report,
                loader.taxonomy,
                syntax=_SYNTAXES.get(syntax.name, "json"),
                complete=loader.complete,
                calc=self.calc,
            )
        yield from self._preflight(file, report, loader, self._document_facts(file))

    def _read(
        self, file: ReportFile, load: Callable[[tuple[str, ...]], Vocabulary], told: list[Finding]
    ) -> tuple[Report | None, Sequence[Finding]]:
        """The report with what is wrong in it; what does not stop the reading is added to ``told``."""
        options = ReadOptions(name=file.name, limits=self.limits, load_vocabulary=load, warn=told.append)
        try:
            return file.read(options), ()
        except ReadError as error:
            return None, error.findings

    def _document_facts(self, file: ReportFile) -> DocumentFacts | None:
        if not self.tables or file.format.name != "xbrl-xml":
            return None
        from exporter.filing.document_facts import xml_document_facts

        return xml_document_facts(file, self.limits)

    def _preflight(
        self, file: ReportFile, report: Report, loader: TaxonomyLoader | None, document: DocumentFacts | None
    ) -> Iterator[Finding]:
        """Filing rules and lints, where they are asked for."""
        if not self.tables and self.lint is not True:
            return
        from exporter.filing.preflight import Preflight

        preflight = Preflight(tables=self.tables, lint=self.lint is True)
        yield from preflight.check_report(
            infer_types(report),
            taxonomy=loader.taxonomy if loader is not None else None,
            document=document,
            files=_filed(file, report),
            complete=loader is not None and loader.complete,
        )

    def _json_schema_faults(self, file: ReportFile) -> Iterator[Finding]:
        """A second opinion on the structure of a document in which the reader found nothing wrong."""
        from exporter.validation.json_schema import check_json_schema

        content = file.content
        if (content.stat().st_size if isinstance(content, Path) else len(content)) > _MAX_IN_MEMORY:
            return
        try:
            data = content.read_bytes() if isinstance(content, Path) else content
            document = json.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError):  # numbers or nesting in extension members that only the reader bears
            return
        yield from check_json_schema(document, "xbrl-json.schema.json", file=file.name)

    # Items

    def _items(self) -> Iterator[Finding]:
        from exporter.filing.judging import judge_filing
        from exporter.filing.loading import load_filing

        filing = load_filing(self.path, self.classes, profile=self.profile, release=self.release, limits=self.limits)
        yield from judge_filing(
            filing,
            resolver=self.resolver,
            tables=self.tables,
            calc=self.calc,
            lint=self.lint is not False,
            cache=self.cache,
        )

    # Taxonomies

    def _is_linkbase(self) -> bool:
        root = next(iter_children(self.path, self.limits, str(self.path)), None)
        return root is not None and root.tag == f"{{{LINK}}}linkbase"

    def _taxonomy_file(self) -> Iterator[Finding]:
        loader = self._alone(self.resolver)
        loader.load((self.path.name,))
        yield from loader.findings

    def _alone(self, resolver: Resolver) -> TaxonomyLoader:
        return TaxonomyLoader(base_of(self.path), resolver, strict=self.strict, alone=True, cache=self.cache)

    def _package(self) -> Iterator[Finding]:
        with read_taxonomy_package(self.path, self.limits) as package:
            yield from self._entry_points(package)

    def _entry_points(self, package: TaxonomyPackage) -> Iterator[Finding]:
        resolver = evolve(self.resolver, catalogs=(package, *self.resolver.catalogs))
        for entry_point in package.metadata.entry_points:
            loader = self._alone(resolver)
            loader.load(tuple(entry_point.documents))
            yield from loader.findings
