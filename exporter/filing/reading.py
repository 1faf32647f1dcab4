"""Reading a report with its taxonomy: local schemas beside it and packages given, nothing from the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from attrs import evolve

from exporter.errors import ReadError, TaxonomyError
from exporter.filing.report_files import base_of, only_report, open_report_files
from exporter.filing.untyped import infer_types
from exporter.findings import Finding, Severity
from exporter.formats.options import ReadOptions
from exporter.model.report import Report, Vocabulary
from exporter.packages.taxonomy_package import read_taxonomy_package
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver
from exporter.taxonomy.discovery import load_vocabulary


def _ignore(finding: Finding) -> None:
    return None


def read_report(
    path: Path | str,
    *,
    format: str | None = None,
    packages: Iterable[Path | str] = (),
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    warn: Callable[[Finding], None] = _ignore,
) -> Report:
    """The report in a file, whatever its syntax; a report package has to hold one report.

    Where the type of a concept is not known, its facts are numeric if one of them has a unit or decimals.

    Args:
        format: name of the syntax; left out, it is told by content and suffix.
        packages: taxonomy packages (zip files) that its taxonomy may come from.
        strict: a public schema that is not at hand is an error, not a warning.
        warn: takes findings that do not stop the reading.

    Raises:
        ReadError: with all findings: of the document and of its taxonomy.
        PackageError: a package is unsafe, or no taxonomy or report package.
    """
    path = Path(path)
    with ExitStack() as stack:
        catalogs = [stack.enter_context(read_taxonomy_package(Path(package), limits)) for package in packages]
        resolver = Resolver(catalogs=catalogs, limits=limits)
        files = stack.enter_context(open_report_files(path, format=format, resolver=resolver, limits=limits))
        file = only_report(files, path)
        options = _options(file.name, file.base, file.resolver, strict=strict, warn=warn)
        return infer_types(file.read(options))


@contextmanager
def read_options(
    path: Path,
    *,
    packages: Iterable[Path | str] = (),
    strict: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    warn: Callable[[Finding], None] = _ignore,
) -> Iterator[ReadOptions]:
    """Options for a reader that find the taxonomy of the report at ``path``; arguments as for `read_report`."""
    with ExitStack() as stack:
        catalogs = [stack.enter_context(read_taxonomy_package(Path(package), limits)) for package in packages]
        resolver = Resolver(catalogs=catalogs, limits=limits)
        yield _options(str(path), base_of(path), resolver, strict=strict, warn=warn)


def _options(name: str, base: str, resolver: Resolver, *, strict: bool, warn: Callable[[Finding], None]) -> ReadOptions:
    def load(hrefs: tuple[str, ...]) -> Vocabulary:
        return _vocabulary(hrefs, name, base, resolver, strict=strict, warn=warn)

    return ReadOptions(name=name, limits=resolver.limits, load_vocabulary=load, warn=warn)


def _vocabulary(
    hrefs: tuple[str, ...],
    name: str,
    base: str,
    resolver: Resolver,
    *,
    strict: bool,
    warn: Callable[[Finding], None],
) -> Vocabulary:
    refused: list[Finding] = []

    def judge(finding: Finding) -> None:
        if strict and finding.code == "exporter:taxonomyNotAtHand":
            refused.append(evolve(finding, severity=Severity.ERROR))
        else:
            warn(finding)

    try:
        vocabulary = load_vocabulary(hrefs, base=base, resolver=resolver, warn=judge)
    except TaxonomyError as error:
        raise ReadError(findings=[finding.at(file=name) for finding in (*error.findings, *refused)]) from error
    if refused:
        raise ReadError(findings=[finding.at(file=name) for finding in refused])
    return vocabulary
