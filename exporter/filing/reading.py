"""Reading a report with its taxonomy: local schemas beside it and packages given, nothing from the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from attrs import evolve

from exporter.errors import ReadError, TaxonomyError
from exporter.filing.untyped import infer_types
from exporter.findings import Finding, Severity
from exporter.formats.options import ReadOptions
from exporter.formats.registry import read_report as read_in_format
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
    """The report in a file, whatever its syntax.

    Where the type of a concept is not known, its facts are numeric if one of them has a unit or decimals.

    Args:
        format: name of the syntax; left out, it is told by content and suffix.
        packages: taxonomy packages (zip files) that its taxonomy may come from.
        strict: a public schema that is not at hand is an error, not a warning.
        warn: takes findings that do not stop the reading.

    Raises:
        ReadError: with all findings: of the document and of its taxonomy.
        PackageError: a package is unsafe or no taxonomy package.
    """
    with read_options(Path(path), packages=packages, strict=strict, limits=limits, warn=warn) as options:
        return infer_types(read_in_format(Path(path), format=format, options=options))


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

        def load(hrefs: tuple[str, ...]) -> Vocabulary:
            return _vocabulary(hrefs, path, resolver, strict=strict, warn=warn)

        yield ReadOptions(name=str(path), limits=limits, load_vocabulary=load, warn=warn)


def _vocabulary(
    hrefs: tuple[str, ...], path: Path, resolver: Resolver, *, strict: bool, warn: Callable[[Finding], None]
) -> Vocabulary:
    refused: list[Finding] = []

    def judge(finding: Finding) -> None:
        if strict and finding.code == "exporter:taxonomyNotAtHand":
            refused.append(evolve(finding, severity=Severity.ERROR))
        else:
            warn(finding)

    try:
        vocabulary = load_vocabulary(hrefs, base=path.resolve(), resolver=resolver, warn=judge)
    except TaxonomyError as error:
        raise ReadError(findings=[finding.at(file=str(path)) for finding in (*error.findings, *refused)]) from error
    if refused:
        raise ReadError(findings=[finding.at(file=str(path)) for finding in refused])
    return vocabulary
