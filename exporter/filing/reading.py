"""Reading a report with its taxonomy: local schemas beside it and packages given, nothing from the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from attrs import evolve

from exporter.errors import ReadError
from exporter.filing.access import OFFLINE, Access
from exporter.filing.exported import ExportedFolder, check_agreement
from exporter.filing.inputs import Input, Source, open_input
from exporter.filing.report_files import base_of, unreadable
from exporter.filing.untyped import infer_types
from exporter.findings import Finding, Severity, has_errors
from exporter.formats.options import ReadOptions
from exporter.model.report import Report, Vocabulary
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Catalog, Resolver
from exporter.taxonomy.cache import TaxonomyCache, judge_taxonomy


def _ignore(finding: Finding) -> None:
    return None


def read_report(
    source: Source | Input,
    *,
    format: str | None = None,
    packages: Iterable[Path | str] = (),
    catalogs: Iterable[Catalog] = (),
    strict: bool = False,
    partial: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    access: Access = OFFLINE,
    warn: Callable[[Finding], None] = _ignore,
) -> Report:
    """The report in a file, a pipe, a package, a document set or a folder, whatever its syntax.

    What holds several reports, as a package may, is refused with their names. Of a folder that an export wrote the
    formats have to agree where a file has been changed since.

    Where the type of a concept is not known, for its schema is not at hand, its facts are numeric if one of them has a
    unit or decimals. The report is whole, or refused: see ``partial``.

    Args:
        source: a path (``-``: standard input), or those of the documents of one Inline XBRL document set.
        format: name of the syntax; left out, it is told by content and suffix.
        packages: taxonomy packages (zip files) that its taxonomy may come from.
        catalogs: more places that it may come from, asked after the packages.
        strict: a public schema that is not at hand is an error, not a warning.
        partial: facts in doubt (a broken context, unit or value), and what the model cannot hold (tuples, fractions,
            segments that are no dimensions, roles of footnotes), are left out, and the findings, errors too, go to
            ``warn``; ``exporter:partialReport`` says how many facts are left out. Schemas that are missing beside the
            document, or broken, are warnings too. Else all this refuses the document.
        access: whether taxonomies are kept, and missing public documents fetched.
        warn: takes findings that do not stop the reading.

    Raises:
        ReadError: with all findings: of the document and of its taxonomy; or there is no report, or several.
        PackageError: a package is unsafe, or no taxonomy or report package.
    """
    packages = tuple(packages)
    with ExitStack() as stack:
        stack.enter_context(_unreadable_told(source))
        resolver = stack.enter_context(access.resolver(packages, limits, catalogs))
        opened = stack.enter_context(open_input(source, format=format, limits=limits))
        file = opened.report(resolver)
        options = _options(
            file.name, file.base, file.resolver, access.taxonomies, strict=strict, partial=partial, warn=warn
        )
        report = infer_types(file.read(options))
        if opened.exported is not None:
            _check_exported(opened.exported, report, packages, strict=strict, warn=warn)
        return report


def _check_exported(
    exported: ExportedFolder,
    report: Report,
    packages: Iterable[Path | str],
    *,
    strict: bool,
    warn: Callable[[Finding], None],
) -> None:
    """Where files of an export were changed since, those that are there must still say the same."""
    changed = [finding if strict else evolve(finding, severity=Severity.WARNING) for finding in exported.check_files()]
    if not changed:
        return
    findings = [*changed, *check_agreement(exported, report, lambda path: read_report(path, packages=packages))]
    if has_errors(findings):
        raise ReadError(findings=findings)
    for finding in findings:
        warn(finding)


def _name(source: Source | Input) -> str:
    if isinstance(source, Input):
        return source.name
    return str(source) if isinstance(source, (str, Path)) else str(next(iter(source), ""))


@contextmanager
def _unreadable_told(source: Source | Input) -> Iterator[None]:
    """Whatever the system says of a file, or of one that it leads to, as a finding."""
    try:
        yield
    except OSError as error:
        raise ReadError(findings=[unreadable(_name(source), error)]) from error


@contextmanager
def read_options(
    path: Path,
    *,
    packages: Iterable[Path | str] = (),
    strict: bool = False,
    partial: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    access: Access = OFFLINE,
    warn: Callable[[Finding], None] = _ignore,
) -> Iterator[ReadOptions]:
    """Options for a reader that find the taxonomy of the report at ``path``; arguments as for `read_report`."""
    with access.resolver(packages, limits) as resolver:
        yield _options(str(path), base_of(path), resolver, access.taxonomies, strict=strict, partial=partial, warn=warn)


def _options(
    name: str,
    base: str,
    resolver: Resolver,
    cache: TaxonomyCache | None,
    *,
    strict: bool,
    partial: bool,
    warn: Callable[[Finding], None],
) -> ReadOptions:
    def load(hrefs: tuple[str, ...]) -> Vocabulary:
        return _vocabulary(hrefs, name, base, resolver, cache, strict=strict, partial=partial, warn=warn)

    return ReadOptions(name=name, limits=resolver.limits, load_vocabulary=load, warn=warn, partial=partial)


def _vocabulary(
    hrefs: tuple[str, ...],
    name: str,
    base: str,
    resolver: Resolver,
    cache: TaxonomyCache | None,
    *,
    strict: bool,
    partial: bool,
    warn: Callable[[Finding], None],
) -> Vocabulary:
    judged = judge_taxonomy(hrefs, base=base, resolver=resolver, cache=cache)
    findings = [evolve(finding, severity=Severity.ERROR) if strict else finding for finding in judged.missed]
    bears_faults = partial and not strict
    findings += map(_borne, judged.faults) if bears_faults else judged.faults
    if has_errors(findings):
        raise ReadError(findings=[finding.at(file=name) for finding in findings if finding.is_error])
    for finding in findings:
        warn(finding)
    return judged.taxonomy.vocabulary(hrefs[0] if hrefs else None)


def _borne(finding: Finding) -> Finding:
    """The warning of a schema or linkbase that is missing or broken, and is done without."""
    message = f"{finding.message}; what it declares is not known, and types are taken from the facts"
    return evolve(finding, severity=Severity.WARNING, message=message)
