"""Read a report with its taxonomy, whole or fact by fact.

Schemas are found beside the report and in the packages given; `Access` adds a cache of taxonomies, and the network
where somebody asks for it.

Where the taxonomy is missing, types are inferred: a fact with a unit or decimals is a number, and so is every other
fact of its concept. What is left are exact numbers without unit (pure, ``INF``): xBRL-JSON and xBRL-CSV write them like
text, and only the type distinguishes them. They keep their value in every syntax, but have no ``unitRef`` in XML.

Large reports are streamed. That works for documents without footnotes, links and base URL, which belong to the report
as a whole, and where the taxonomy declares the types, so that nothing must be learnt from later facts.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, Severity, has_errors
from exporter.formats.options import ReadOptions, VocabularyLoader
from exporter.model.datatypes import DataType
from exporter.model.fact import Fact, parse_number
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.operations.exported import ExportedFolder, check_agreement
from exporter.operations.inputs import Input, Source, open_input
from exporter.operations.report_files import base_of, unreadable
from exporter.packages.taxonomy_package import read_taxonomy_package
from exporter.resources.cached_files import default_cache_folder
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Catalog, Resolver
from exporter.taxonomy.cache import TaxonomyCache, load_checked_taxonomy
from exporter.taxonomy.taxonomy import Taxonomy


@frozen(kw_only=True)
class Access:
    """By default neither: nothing is kept, nothing is fetched.

    Args:
        cache: the folder in which taxonomies (and what was fetched) are kept from one run to the next.
        online: whether public documents that are not available are fetched.
    """

    cache: Path | None = None
    online: bool = False

    @classmethod
    def keeping(cls, folder: Path | None = None, *, online: bool = False) -> Access:
        """With a cache in a folder: the one of the person who runs the program, where none is given."""
        return cls(cache=folder or default_cache_folder(), online=online)

    @property
    def taxonomies(self) -> TaxonomyCache | None:
        """The taxonomies kept."""
        return None if self.cache is None else TaxonomyCache.at(self.cache)

    @contextmanager
    def resolver(
        self, packages: Iterable[Path | str], limits: Limits, catalogs: Iterable[Catalog] = ()
    ) -> Iterator[Resolver]:
        """A resolver with the packages open, further ``catalogs`` after them.

        Raises:
            PackageError: a package is unsafe or no taxonomy package.
        """
        with ExitStack() as stack:
            opened = [stack.enter_context(read_taxonomy_package(Path(package), limits)) for package in packages]
            catalogs = (*opened, *catalogs)
            if not self.online:
                yield Resolver(catalogs=catalogs, limits=limits)
                return
            # Imported on use: the network libraries take time to load, and are not needed where nothing is fetched.
            from exporter.resources.online import OnlineDocuments

            yield Resolver(catalogs=catalogs, limits=limits, fetch=OnlineDocuments(folder=self.cache, limits=limits))


OFFLINE: Final = Access()
"""Nothing is kept, nothing is fetched."""


_DECIMAL: Final = standard_type("decimalItemType")
_DOUBLE: Final = standard_type("doubleItemType")
_MARKED: Final = frozenset({"xbrl-xml", "inline-xbrl"})
"""The formats in which every number shows that it is one."""
_MEND: Final = "give the taxonomy (--taxonomy-package)"


def infer_types(report: Report) -> Report:
    """The report with a numeric type for each concept of unknown type that a fact shows to be numeric.

    The type is decimal, or double where a value is beyond it; the vocabulary lists the concept as ``inferred``.
    """
    known = report.vocabulary.datatypes
    unknown = {fact.concept for fact in report.facts} - known.keys()
    if not unknown:
        return report
    numeric = {fact.concept for fact in report.facts if fact.concept in unknown and fact.looks_numeric}
    if not numeric:
        return report
    wide = {
        fact.concept for fact in report.facts if fact.concept in numeric and not _DECIMAL.is_valid(fact.value or "0")
    }
    inferred: dict[QName, DataType] = {name: _DOUBLE if name in wide else _DECIMAL for name in numeric}
    vocabulary = evolve(
        report.vocabulary,
        datatypes={**known, **inferred},
        inferred=report.vocabulary.inferred | inferred.keys(),
    )
    return evolve(report, vocabulary=vocabulary)


def check_untyped(report: Report, *, source: str, target: str) -> Finding | None:
    """One warning if, for want of types, numbers look like text on the way from one format to another."""
    if (source in _MARKED) == (target in _MARKED):
        return None
    if target in _MARKED:
        return _warning(
            filter(_may_be_number, _of_unknown_type(report)),
            "have no unit and no decimals but look like numbers, and their type is not known: written as text",
        )
    inferred = report.vocabulary.inferred
    return _warning(
        (fact for fact in report.facts if fact.concept in inferred and not fact.looks_numeric and not fact.is_nil),
        "are exact numbers without unit: a reader that has no taxonomy takes them for text",
    )


def _of_unknown_type(report: Report) -> Iterable[Fact]:
    datatypes = report.vocabulary.datatypes
    return (fact for fact in report.facts if fact.concept not in datatypes)


def _may_be_number(fact: Fact) -> bool:
    return fact.language is None and fact.value is not None and parse_number(fact.value) is not None


def _warning(facts: Iterable[Fact], what: str) -> Finding | None:
    listed = list(facts)
    if not listed:
        return None
    return Finding(
        code="exporter:untypedNumber",
        message=f"{len(listed)} facts (the first is of {listed[0].concept}) {what}",
        severity=Severity.WARNING,
        location=Location(fact=listed[0].id),
        fix=_MEND,
    )


def _ignore(_: object) -> None:
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
    vocabulary: VocabularyLoader | None = None,
    take_taxonomy: Callable[[Taxonomy], None] = _ignore,
) -> Report:
    """The report in a file, a pipe, a package, a document set or a folder, whatever its syntax.

    What holds several reports, as a package may, is refused with their names. Of a folder that an export wrote the
    formats have to agree where a file has been changed since.

    Where the type of a concept is not known, for its schema is missing, its facts are numeric if one of them has a
    unit or decimals. The report is whole, or refused: see ``partial``.

    Args:
        source: a path (``-``: standard input), or those of the documents of one Inline XBRL document set.
        format: name of the syntax; by default content and suffix decide.
        packages: taxonomy packages (zip files) that its taxonomy may come from.
        catalogs: more places that it may come from, asked after the packages.
        strict: a public schema that is not available is an error, not a warning.
        partial: facts in doubt (a broken context, unit or value), and what the model cannot hold (tuples, fractions,
            segments that are no dimensions, roles of footnotes), are left out, and the findings, errors too, go to
            ``warn``; ``exporter:partialReport`` says how many facts are left out. Schemas that are missing beside the
            document, or broken, are warnings too. Else all this refuses the document.
        limits: what to accept.
        access: whether taxonomies are kept, and missing public documents fetched.
        warn: takes findings that do not stop the reading.
        vocabulary: gives what the taxonomy declares, where that has been read already.
        take_taxonomy: takes the taxonomy, as far as it is at hand.

    Raises:
        ReadError: with all findings: of the document and of its taxonomy; or there is no report, or several.
        PackageError: a package is unsafe, or no taxonomy or report package.
    """
    packages = tuple(packages)
    with ExitStack() as stack:
        stack.enter_context(_unreadable_reported(source))
        resolver = stack.enter_context(access.resolver(packages, limits, catalogs))
        opened = stack.enter_context(open_input(source, format=format, limits=limits))
        file = opened.report(resolver)
        options = _options(
            file.name,
            file.base,
            file.resolver,
            access.taxonomies,
            strict=strict,
            partial=partial,
            warn=warn,
            take_taxonomy=take_taxonomy,
        )
        if vocabulary is not None:
            options = evolve(options, load_vocabulary=vocabulary)
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
def _unreadable_reported(source: Source | Input) -> Iterator[None]:
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
    take_taxonomy: Callable[[Taxonomy], None] = _ignore,
) -> ReadOptions:
    def load(hrefs: tuple[str, ...]) -> Vocabulary:
        taxonomy = _taxonomy(hrefs, name, base, resolver, cache, strict=strict, partial=partial, warn=warn)
        take_taxonomy(taxonomy)
        return taxonomy.vocabulary(hrefs[0] if hrefs else None)

    return ReadOptions(name=name, limits=resolver.limits, load_vocabulary=load, warn=warn, partial=partial)


def _taxonomy(
    hrefs: tuple[str, ...],
    name: str,
    base: str,
    resolver: Resolver,
    cache: TaxonomyCache | None,
    *,
    strict: bool,
    partial: bool,
    warn: Callable[[Finding], None],
) -> Taxonomy:
    checked = load_checked_taxonomy(hrefs, base=base, resolver=resolver, cache=cache)
    findings = [evolve(finding, severity=Severity.ERROR) if strict else finding for finding in checked.missed]
    is_tolerant = partial and not strict
    findings += map(_borne, checked.findings) if is_tolerant else checked.findings
    if has_errors(findings):
        raise ReadError(findings=[finding.at(file=name) for finding in findings if finding.is_error])
    for finding in findings:
        warn(finding)
    return checked.taxonomy


def _borne(finding: Finding) -> Finding:
    """The warning of a schema or linkbase that is missing or broken, and is done without."""
    message = f"{finding.message}; what it declares is not known, and types are taken from the facts"
    return evolve(finding, severity=Severity.WARNING, message=message)


STREAMED_FROM: Final = 8 * 1024**2
"""Size in bytes from which a document is streamed: smaller ones are quicker, and laid out better, as a whole."""

_PIECE: Final = 1024**2
_OF_THE_WHOLE: Final[dict[str, tuple[bytes, ...]]] = {
    "xbrl-xml": (b"footnoteLink",),
    "xbrl-json": (b'"links"', b'"noteId"', b'"baseURL"'),
    "xbrl-csv": (b'"links"', b'"baseURL"', b'"xbrl:note"'),
}


@frozen(kw_only=True, eq=False)
class ReportStream:
    """A report without facts, and the facts, which come but once."""

    head: Report
    facts: Iterator[Fact]


def can_stream(given: Source | Input, *, target: str, at_least: int = STREAMED_FROM) -> bool:
    """Whether what was given is one document, large enough and of a kind to be converted fact by fact."""
    with open_input(given) as opened:
        path = _only_document(opened)
        if path is None:
            return False
        source = opened.files[0].format.name
    if source not in _OF_THE_WHOLE or (source == target == "xbrl-xml"):
        return False
    if _size(path, source) < at_least:
        return False
    return not _holds(path, _OF_THE_WHOLE[source])


def _only_document(opened: Input) -> Path | None:
    """The file to read fact by fact; ``None`` for packages, document sets, folders and what came through a pipe."""
    if opened.kind != "reports" or len(opened.files) != 1 or opened.exported is not None or opened.is_stream:
        return None
    file = opened.files[0]
    is_plain = file.package is None and not file.is_inline and opened.path.is_file()
    return file.content if is_plain and isinstance(file.content, Path) else None


def _holds(path: Path, marks: tuple[bytes, ...]) -> bool:
    """Whether one of the marks stands in the file, which is looked through piece by piece."""
    overlap = max(map(len, marks)) - 1
    rest = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            window = rest + piece
            if any(mark in window for mark in marks):
                return True
            rest = window[-overlap:]
    return False


def _size(path: Path, format: str) -> int:
    files = path.parent.rglob("*.csv") if format == "xbrl-csv" else [path]
    return sum(file.stat().st_size for file in files)


@contextmanager
def stream_report(
    source: Source | Input,
    *,
    packages: Iterable[Path | str] = (),
    strict: bool = False,
    partial: bool = False,
    limits: Limits = DEFAULT_LIMITS,
    access: Access = OFFLINE,
    warn: Callable[[Finding], None] = _ignore,
) -> Iterator[ReportStream | None]:
    """A report fact by fact, or ``None`` where the taxonomy does not declare the types, or it is not one document.

    Arguments and errors as for `exporter.operations.read.read_report`; those of the facts come with the facts.
    """
    with ExitStack() as stack:
        opened = stack.enter_context(open_input(source, limits=limits))
        path = _only_document(opened)
        if path is None:
            yield None
            return
        options = stack.enter_context(
            read_options(
                path, packages=packages, strict=strict, partial=partial, limits=limits, access=access, warn=warn
            )
        )
        known: list[tuple[tuple[str, ...], Vocabulary]] = []
        facts = iter(opened.files[0].format.iter_facts(path, _noting(options, known)))
        first = list(itertools.islice(facts, 1))
        hrefs, vocabulary = known[0] if known else ((), Vocabulary())
        if not vocabulary.datatypes:
            yield None
            return
        head = Report(taxonomy=hrefs, vocabulary=vocabulary)
        yield ReportStream(head=head, facts=itertools.chain(first, facts))


def _noting(options: ReadOptions, known: list[tuple[tuple[str, ...], Vocabulary]]) -> ReadOptions:
    """Options that note what the document's taxonomy is and what it says."""

    def load(hrefs: tuple[str, ...]) -> Vocabulary:
        vocabulary = options.load_vocabulary(hrefs)
        known.append((hrefs, vocabulary))
        return vocabulary

    return evolve(options, load_vocabulary=load)


def has_duplicates(facts: Iterable[Fact]) -> bool:
    """Whether two facts seem to be duplicates, in bounded memory: never wrong where it says no."""
    from exporter.formats.oim.ids import HashBuckets

    return bool(HashBuckets(fact.aspects for fact in facts).suspects())
