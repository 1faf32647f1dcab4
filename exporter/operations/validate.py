"""Validating any file: reports in each syntax, files of items, taxonomies and their packages; offline."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Final, Literal

from attrs import define, evolve

from exporter.errors import PackageError, ReadError
from exporter.findings import MAX_FINDINGS, Finding, at_most
from exporter.formats.options import ReadOptions
from exporter.model.report import Report, Vocabulary
from exporter.operations.exported import check_agreement
from exporter.operations.inputs import Input, Source, open_input
from exporter.operations.read import OFFLINE, Access, infer_types, read_report
from exporter.operations.report_files import ReportFile, base_of, unreadable
from exporter.operations.validate_taxonomy import TaxonomyLoader
from exporter.packages.taxonomy_package import TaxonomyPackage, read_taxonomy_package
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver
from exporter.resources.stages import stage
from exporter.taxonomy.cache import TaxonomyCache
from exporter.validation.engine import Syntax
from exporter.validation.report.subject import Calculations as Calculations
from exporter.validation.rule_sets import check_report

if TYPE_CHECKING:
    from exporter.filing import Filing
    from exporter.profiles.profile import Profile
    from exporter.profiles.rules import RuleTable
    from exporter.validation.filing_rules.subject import DocumentFacts


# What only some files need is imported when one comes: it takes longer to load than a small report takes to validate.

Engine = Literal["builtin", "arelle"]

_SYNTAXES: Final[dict[str, Syntax]] = {"xbrl-json": "json", "xbrl-csv": "csv", "xbrl-xml": "xml", "inline-xbrl": "xml"}
_UNREADABLE: Final = frozenset(
    {"exporter:unreadableFile", "exporter:malformedXml", "exporter:doctypeRefused", "exporter:limitExceeded"}
)
_Given: Final = (Input, Path, str, Sequence)  # what else is given is a filing, whose class only some need
_MAX_IN_MEMORY: Final = 128 * 1024**2


@stage("validate")
def validate(
    source: Source | Input | Filing,
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
    """All that is wrong with a file, a package, a document set or a folder; valid where no finding is an error.

    A report is read with its taxonomy, then held against the rules of the Open Information Model, Dimensions 1.0,
    Extensible Enumerations 2.0, the Unit Type Registry, Calculations 1.1, and in XML its schemas. A file of items
    (YAML, items JSON) is checked with the report that it makes, a schema or a taxonomy package as a taxonomy. Of a
    folder that an export wrote each file is checked, and held against the manifest and the others.

    Args:
        source: a path (``-``: standard input), those of the documents of one Inline XBRL document set, or a filing
            that has been loaded from one.
        format: name of the syntax; by default content and suffix decide.
        packages: taxonomy packages that the taxonomy may come from.
        engine: ``arelle`` asks Arelle instead (extra ``arelle``).
        calc: how Calculations 1.1 reads rounded numbers; ``xbrl21`` checks the relationships of XBRL 2.1 by its own
            section 5.2.5.2, ``none`` leaves calculations unchecked.
        strict: a public schema that is not available is an error; else a warning, and what depends on it is
            not checked.
        classes: item classes that a file of items may use beside the disclosures of this package.
        rules: tables of filing rules to hold it against: names (``form-20-f``, ``esef``, ``edinet``), TOML files, or
            tables themselves.
        lint: whether to look for mistakes of scale, sign, dates and the like; left out, in files of items only.
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
    given = tuple(Path(package) for package in packages)
    tables = _rule_tables(rules)
    if engine == "arelle" and isinstance(source, _Given):
        from exporter.operations.second_opinion import ask_for_second_opinion

        try:
            return ask_for_second_opinion(source, packages=given, calc=calc, plugins=plugins, limits=limits)
        except (ReadError, PackageError) as error:
            return list(error.findings)
    path = _path_of(source)
    with access.resolver(given, limits) as resolver:
        job = _Validation(source, path, resolver, calc, strict, tuple(classes), tables, lint, limits, access.taxonomies)
        job.profile, job.release, job.packages = profile, release, given
        return at_most((_located(finding, path) for finding in job.run(format)), MAX_FINDINGS)


def _rule_tables(rules: Iterable[str | Path | RuleTable]) -> tuple[RuleTable, ...]:
    named = tuple(rules)
    if not named:
        return ()
    from exporter.operations.preflight import load_rule_tables

    return load_rule_tables(named)


def _filed(file: ReportFile, report: Report) -> Iterator[str]:
    """The names of the report's own files: its documents, and the schemas beside them."""
    for document in file.documents:
        yield PurePosixPath(document.name.replace("\\", "/")).name
    packed = {PurePosixPath(name).name for name in file.package.names} if file.package is not None else set()
    for href in report.taxonomy:
        if "://" not in href or PurePosixPath(href).name in packed:
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


def _path_of(source: Source | Input | Filing) -> Path:
    """As findings name what is checked."""
    if not isinstance(source, _Given):
        return Path((source.source and source.source.name) or source.base_name)
    if isinstance(source, Input):
        return Path(source.name)
    return Path(source) if isinstance(source, Path | str) else Path(source[0])


def _located(finding: Finding, path: Path) -> Finding:
    return finding.at(file=str(path))


@define(eq=False)
class _Validation:
    """The validation of one input; ``path`` is how findings name it."""

    source: Source | Input | Filing
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
    packages: tuple[Path, ...] = ()

    def run(self, format: str | None) -> Iterator[Finding]:
        if not isinstance(self.source, _Given):
            yield from self._filing(self.source)
            return
        try:
            with open_input(self.source, format=format, limits=self.limits) as opened:
                yield from self._checked(opened)
        except (ReadError, PackageError) as error:
            yield from error.findings
        except OSError as error:
            yield unreadable(str(self.path), error)

    def _checked(self, opened: Input) -> Iterator[Finding]:
        if opened.exported is not None:
            yield from self._exported(opened)
        elif opened.holds_items:
            yield from self._items(opened)
        elif opened.kind == "taxonomy":
            yield from self._taxonomy_file(opened.path)
        elif opened.kind == "taxonomy-package":
            yield from self._package(opened)
        else:
            for file in opened.reports(self.resolver):
                findings = self._inline(file) if file.is_inline else self._report(file)
                yield from (finding.at(file=file.name) for finding in findings)

    def _exported(self, opened: Input) -> Iterator[Finding]:
        """The files of an export: as the manifest lists them, each sound, and all saying the same.

        What several formats have in common is reported of the first. Given alone, a manifest stands for its files only.
        """
        exported = opened.exported
        if exported is None:
            return
        yield from exported.check_files()
        if opened.only_manifest:
            return
        known: set[tuple[str, str]] = set()
        formats = ("items-json", *(format for format, _ in exported.reports), "taxonomy-package")
        for path in (path for format in formats if (path := exported.primary(format)) is not None and path.exists()):
            job = evolve(self, source=path, path=path)
            findings = [finding.at(file=str(path)) for finding in job.run(None)]
            yield from (finding for finding in findings if (finding.code, finding.message) not in known)
            known.update((finding.code, finding.message) for finding in findings)
        if opened.files:
            yield from self._agreement(opened)

    def _agreement(self, opened: Input) -> Iterator[Finding]:
        def read(source: Source | Input) -> Report:
            return read_report(source, packages=self.packages, limits=self.limits)

        try:
            report = read(opened.files[0].content if isinstance(opened.files[0].content, Path) else opened)
        except ReadError:  # reported where the file is validated
            return
        if opened.exported is not None:
            yield from check_agreement(opened.exported, report, read)

    # Reports

    def _inline(self, file: ReportFile) -> Iterator[Finding]:
        from exporter.operations.validate_inline import check_inline, refused_document_facts

        def rules(report: Report, loader: TaxonomyLoader, document: DocumentFacts | None) -> Iterator[Finding]:
            if loader.taxonomy is not None:
                yield from check_report(
                    report, loader.taxonomy, syntax="xml", complete=loader.complete, calculations=self.calc
                )
            yield from self._preflight(file, report, loader, document)

        findings = list(
            check_inline(
                file,
                rules=rules,
                strict=self.strict,
                limits=self.limits,
                cache=self.cache,
                with_document=bool(self.tables),
            )
        )
        yield from findings
        refused = refused_document_facts(file.name, findings, is_inline=True)
        if refused is not None:
            yield from self._preflight(file, Report(), None, refused)

    def _report(self, file: ReportFile) -> Iterator[Finding]:
        syntax = file.format
        loader = TaxonomyLoader(file.base, file.resolver, strict=self.strict, cache=self.cache)
        if syntax.name == "xbrl-xml":
            from exporter.operations.validate_taxonomy import SchemaPass

            with SchemaPass(file, loader, self.limits) as schema_pass:
                report, read_findings = self._read(file, schema_pass.load, loader.findings)
                yield from loader.findings
                yield from read_findings
                if not any(finding.code in _UNREADABLE for finding in read_findings):
                    yield from schema_pass.findings(read_findings)
        else:
            report, read_findings = self._read(file, loader.load, loader.findings)
            yield from loader.findings
            yield from read_findings
        if syntax.name == "xbrl-json" and not read_findings:
            yield from self._json_schema_findings(file)
        if report is None:
            return
        if loader.taxonomy is not None:
            yield from check_report(
                report,
                loader.taxonomy,
                syntax=_SYNTAXES.get(syntax.name, "json"),
                complete=loader.complete,
                calculations=self.calc,
            )
        yield from self._preflight(file, report, loader, self._document_facts(file))

    def _read(
        self, file: ReportFile, load: Callable[[tuple[str, ...]], Vocabulary], findings: list[Finding]
    ) -> tuple[Report | None, Sequence[Finding]]:
        """The report with what is wrong in it; what does not stop the reading is added to ``findings``."""
        options = ReadOptions(name=file.name, limits=self.limits, load_vocabulary=load, warn=findings.append)
        try:
            return file.read(options), ()
        except ReadError as error:
            return None, error.findings

    def _document_facts(self, file: ReportFile) -> DocumentFacts | None:
        if not self.tables or file.format.name != "xbrl-xml":
            return None
        from exporter.operations.validate_inline import xml_document_facts

        return xml_document_facts(file, self.limits)

    def _preflight(
        self, file: ReportFile, report: Report, loader: TaxonomyLoader | None, document: DocumentFacts | None
    ) -> Iterator[Finding]:
        """Filing rules and lints, where they are asked for."""
        if not self.tables and self.lint is not True:
            return
        from exporter.operations.filing_folders import filing_folder
        from exporter.operations.preflight import Preflight
        from exporter.operations.written_documents import written_documents

        preflight = Preflight(tables=self.tables, lint=self.lint is True)
        yield from preflight.check_report(
            infer_types(report),
            taxonomy=loader.taxonomy if loader is not None else None,
            document=document,
            files=_filed(file, report),
            complete=loader is not None and loader.complete,
            written=lambda table: written_documents(
                report.taxonomy,
                base=file.base,
                resolver=file.resolver,
                limits=self.limits,
                is_standard=table.is_standard,
            ),
            folder=lambda table: filing_folder(file, self.limits, self.path if table.submission else None),
        )

    def _json_schema_findings(self, file: ReportFile) -> Iterator[Finding]:
        """A second opinion on the structure of a document in which the reader found nothing wrong."""
        from exporter.validation.json_schema import check_json_schema

        content = file.content
        if (content.stat().st_size if isinstance(content, Path) else len(content)) > _MAX_IN_MEMORY:
            return
        try:
            # The bytes are given up before the text is read: each of them is as large as the file.
            text = (content.read_bytes() if isinstance(content, Path) else content).decode("utf-8-sig")
            document = json.loads(text)
            del text
        except (ValueError, RecursionError):  # numbers or nesting in extension members that only the reader accepts
            return
        yield from check_json_schema(document, "xbrl-json.schema.json", file=file.name)

    # Items

    def _items(self, opened: Input) -> Iterator[Finding]:
        from exporter.operations.load import load_filing

        yield from self._filing(
            load_filing(opened, self.classes, profile=self.profile, release=self.release, limits=self.limits)
        )

    def _filing(self, filing: Filing) -> Iterator[Finding]:
        from exporter.operations.check import validate_filing

        findings = validate_filing(
            filing,
            resolver=self.resolver,
            tables=self.tables,
            calc=self.calc,
            lint=self.lint is not False,
            cache=self.cache,
        )
        yield from filing.located(findings)

    # Taxonomies

    def _taxonomy_file(self, path: Path) -> Iterator[Finding]:
        loader = self._alone(path, self.resolver)
        loader.load((path.name,))
        yield from loader.findings

    def _alone(self, path: Path, resolver: Resolver) -> TaxonomyLoader:
        return TaxonomyLoader(base_of(path), resolver, strict=self.strict, alone=True, cache=self.cache)

    def _package(self, opened: Input) -> Iterator[Finding]:
        with read_taxonomy_package(opened.path, self.limits, name=opened.name) as package:
            yield from self._entry_points(package, opened.path)

    def _entry_points(self, package: TaxonomyPackage, path: Path) -> Iterator[Finding]:
        resolver = evolve(self.resolver, catalogs=(package, *self.resolver.catalogs))
        for entry_point in package.metadata.entry_points:
            loader = self._alone(path, resolver)
            loader.load(tuple(entry_point.documents))
            yield from loader.findings
