"""Converting a report, or the items that make one, to any syntax; duplicate facts are kept, merged or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol
from urllib.parse import unquote, urlsplit

from attrs import define, evolve, field, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, Severity, has_errors, list_text
from exporter.formats.options import PARTIAL, WriteContext
from exporter.formats.registry import YAML_SUFFIXES, Format, format_by_name, format_to_write
from exporter.model.duplicates import Agreement, DuplicateSet, find_duplicates
from exporter.model.fact import Fact
from exporter.model.report import Link, Report
from exporter.operations.inputs import Input, keep_apart
from exporter.operations.read import (
    OFFLINE,
    Access,
    can_stream,
    check_untyped,
    has_duplicates,
    read_report,
    stream_report,
)
from exporter.operations.references import move_references
from exporter.operations.write import write_report
from exporter.resources.files import atomic_write
from exporter.resources.stages import stage
from exporter.resources.streams import is_stream
from exporter.sources import Source, read_source
from exporter.taxonomy.taxonomy import Taxonomy

if TYPE_CHECKING:
    from exporter.filing import Filing
    from exporter.operations.item_stream import ItemStream
    from exporter.profiles.profile import Profile

DuplicatePolicy = Literal["keep", "merge", "refuse"]

_WRITTEN_AS_THEY_COME: Final = ("xbrl-json", "xbrl-csv", "xbrl-xml")
_STEP: Final = 2000  # facts from one report of progress to the next


class Progress(Protocol):
    """Shows that work goes on: a context that gives a function to call with the number done so far."""

    def __call__(
        self, task: str, *, total: int | None = None, noun: str | None = None
    ) -> AbstractContextManager[Callable[[int], None]]: ...


def _silent(
    task: str, *, total: int | None = None, noun: str | None = None
) -> AbstractContextManager[Callable[[int], None]]:
    return nullcontext(lambda done: None)


@frozen(kw_only=True)
class Conversion:
    """What was written: the name of the format, and the number of facts or of items."""

    format: str
    facts: int | None = None
    items: int | None = None


@stage("convert")
def convert(
    source: Input,
    target: Path,
    *,
    format: str | None = None,
    duplicates: DuplicatePolicy = "keep",
    packages: Iterable[Path] = (),
    classes: Iterable[type[Any]] = (),
    profile: str | Path | Profile | None = None,
    release: str | None = None,
    partial: bool = False,
    strict: bool = False,
    access: Access = OFFLINE,
    warn: Callable[[Finding], None] = lambda finding: None,
    progress: Progress = _silent,
) -> Conversion | None:
    """Write what an input holds in another syntax, whole or not at all; large reports are streamed.

    Args:
        source: a report in any syntax, or a file of items.
        target: the file, or the folder of a report in xBRL-CSV.
        format: the name of the format; by default that of the suffix of ``target``.
        duplicates: what to do about duplicate facts.
        packages: taxonomy packages that the taxonomy may come from.
        classes: item classes that there may be beside the disclosures of this package.
        profile: which standard concepts the items of a file report, in place of what it says.
        release: the edition of the profile's standard taxonomies.
        partial: whether to write what can be read although facts in doubt are left out.
        strict: whether warnings keep the output from being written too.
        access: whether taxonomies are kept, and missing public documents fetched.
        warn: takes the findings.
        progress: shows that work goes on.

    Returns:
        What was written; ``None`` where findings keep it from being written.

    Raises:
        ReadError, PackageError: the input cannot be read.
        WriteError: the report cannot be written in the format, or would take the place of what it is read from.
        OSError: the output cannot be written.
    """
    is_yaml = format is None and target.suffix.lower() in YAML_SUFFIXES
    syntax = format_by_name("items-json") if is_yaml else format_to_write(target, format)
    keep_apart({target, syntax.file_at(target)}, (*source.paths, *packages))
    job = _ConversionSteps(
        source=source,
        target=target,
        syntax=syntax,
        duplicates=duplicates,
        packages=tuple(packages),
        classes=tuple(classes),
        profile=profile,
        release=release,
        partial=partial,
        strict=strict,
        access=access,
        add_finding=warn,
        progress=progress,
    )
    return job.of_items() if source.holds_items else job.of_report()


@define(kw_only=True, eq=False)
class _ConversionSteps:
    """One conversion; findings go to ``add_finding``, and errors among them keep the output from being written."""

    source: Input
    target: Path
    syntax: Format
    duplicates: DuplicatePolicy
    packages: tuple[Path, ...]
    classes: tuple[type[Any], ...]
    profile: str | Path | Profile | None
    release: str | None
    partial: bool
    strict: bool
    access: Access
    add_finding: Callable[[Finding], None]
    progress: Progress
    is_stopped: bool = field(default=False, init=False)
    base: Source | None = field(default=None, init=False)  # the YAML of the source, once it is read

    def warn(self, finding: Finding) -> None:
        """Take a finding of the reader: with ``partial`` none of them keeps the output from being written."""
        if self.partial and finding.is_error:
            finding = evolve(finding, severity=Severity.WARNING)
        elif finding.code == PARTIAL and finding.is_error:
            finding = evolve(finding, fix=f"{finding.fix}, or write the rest with --partial")
        self.is_stopped |= finding.is_error or (self.strict and finding.severity is Severity.WARNING)
        self.add_finding(finding)

    def of_items(self) -> Conversion | None:
        from exporter.operations.classes import ItemClasses
        from exporter.operations.load import load_opened

        if self.syntax.name in _WRITTEN_AS_THEY_COME and (stream := self._stream_of_items()) is not None:
            for finding in stream.findings:
                self.warn(finding)
            self._warn_of_extension(stream.head)
            return None if self.is_stopped else self._write_facts(stream.head, stream.facts())
        with self.progress(f"reading {self.source.name}", noun="rows") as on_rows:
            chosen = {"profile": self.profile, "release": self.release}
            load = stage("read items")(load_opened)
            filing = load(self.source, ItemClasses(self.classes), chosen, base=self.base, on_rows=on_rows)
        report = filing.to_report()
        if self.syntax.holds == "items":
            return self._write_items(filing)
        self._warn_of_extension(report)
        return self._write(report)

    def _stream_of_items(self) -> ItemStream | None:
        """The items of large tables, whose facts can be written as they come."""
        if self.duplicates != "keep" or not self.source.is_written_by_people:
            return None
        # Imported on use: few tables are large.
        from exporter.operations.classes import ItemClasses
        from exporter.operations.item_stream import pieces_of, stream_items
        from exporter.profiles.profile import EXTENSION_ONLY

        if self.profile not in (None, EXTENSION_ONLY) or self.release is not None:
            return None
        classes = ItemClasses(self.classes)
        with self.progress(f"checking {self.source.name}", noun="rows") as on_rows:
            if self.source.is_yaml:
                self.base = read_source(self.source.path, name=self.source.name, is_yaml=True)
            pieces = pieces_of(self.source, classes, base=self.base, on_rows=on_rows)
            return None if pieces is None else stream_items(pieces, classes)

    def _warn_of_extension(self, report: Report) -> None:
        message = f"the report refers to {report.taxonomy[0]}, which convert does not write"
        self._warn_of_taxonomy(message, "use `exporter export` to get the report with its taxonomy")

    def of_report(self) -> Conversion | None:
        if self.syntax.holds == "facts" and can_stream(self.source, target=self.syntax.name):
            is_done, conversion = self._stream()
            if is_done:
                return conversion
        taxonomies: list[Taxonomy] = []
        with self.progress(f"reading {self.source.name}"):
            report = read_report(
                self.source,
                packages=self.packages,
                strict=self.strict,
                partial=not self.strict,
                access=self.access,
                warn=self.warn,
                take_taxonomy=taxonomies.append,
            )
        if self.syntax.holds == "items":
            from exporter.operations.to_items import filing_of_report

            derived = filing_of_report(report, self.classes, taxonomy=next(iter(taxonomies), None))
            for finding in derived.findings:
                self.is_stopped |= finding.is_error or (self.strict and finding.severity is Severity.WARNING)
                self.add_finding(finding.at(file=self.source.name))
            return None if has_errors(derived.findings) else self._write_items(derived.filing)
        self._keep_taxonomy(report)
        untyped = check_untyped(report, source=self.source.files[0].format.name, target=self.syntax.name)
        if untyped is not None:
            self.warn(untyped.at(file=self.source.name))
        return self._write(self._moved(report))

    def _stream(self) -> tuple[bool, Conversion | None]:
        """Convert fact by fact; false where that cannot be, and nothing is done then.

        Duplicates are looked for in a first run through the facts; where there are any, the report is settled as a
        whole.
        """
        opened = partial(
            stream_report,
            self.source,
            packages=self.packages,
            strict=self.strict,
            partial=not self.strict,
            access=self.access,
        )
        if self.duplicates != "keep":
            with opened() as stream:
                if stream is None or has_duplicates(stream.facts):
                    return False, None
        with opened(warn=self.warn) as stream:
            if stream is None:
                return False, None
            self._keep_taxonomy(stream.head)
            head = self._moved(stream.head)
            return True, None if self.is_stopped else self._write_facts(head, self._unless_stopped(stream.facts))

    def _unless_stopped(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The facts; what is found wrong only at their end keeps them from being written all the same."""
        yield from facts
        if self.is_stopped:
            raise _StoppedError

    def _write(self, report: Report) -> Conversion | None:
        report = settle_duplicates(report, self.duplicates)
        return None if self.is_stopped else self._write_facts(report, report.facts, total=len(report.facts))

    def _write_facts(self, report: Report, facts: Iterable[Fact], total: int | None = None) -> Conversion | None:
        with self.progress(f"writing {self.target}", total=total, noun="facts") as advance:
            context = WriteContext(facts=_counted(facts, advance))
            try:
                written = write_report(report, self.target, format=self.syntax.name, context=context)
            except _StoppedError:
                return None
        return Conversion(format=self.syntax.name, facts=written)

    def _write_items(self, filing: Filing) -> Conversion | None:
        if self.is_stopped:
            return None
        from exporter.formats.items_json import write as write_items_json

        with self.progress(f"writing {self.target}"), atomic_write(self.target) as stream:
            if self.target.suffix.lower() in YAML_SUFFIXES:
                from exporter.items.written_forms import document_yaml

                stream.write(document_yaml(filing).encode())
                return Conversion(format="yaml", items=len(filing.items))
            return Conversion(format=self.syntax.name, items=write_items_json(filing, stream))

    def _moved(self, report: Report) -> Report:
        """The report with references that lead to its taxonomy from where it is written."""
        if self.source.is_packed:
            return report
        folder = Path.cwd() if is_stream(self.target) else self.syntax.file_at(self.target).parent
        return move_references(report, source=self.source.folder, target=folder)

    def _keep_taxonomy(self, report: Report) -> None:
        """Refuse to write over a schema that the report refers to, and warn of one that stays in an archive."""
        local = [href for href in report.taxonomy if not urlsplit(href).scheme and not href.startswith("/")]
        if not self.source.is_packed:
            keep_apart((self.target,), (self.source.folder / unquote(href) for href in local))
        elif local:
            fix = f"unpack {self.source.name} beside the output, or keep the archive with it"
            self._warn_of_taxonomy(f"the report refers to {local[0]}, which stands in the archive", fix)

    def _warn_of_taxonomy(self, message: str, fix: str) -> None:
        location = Location(file=self.source.name)
        self.warn(
            Finding(
                code="exporter:taxonomyNotWritten",
                message=message,
                severity=Severity.WARNING,
                location=location,
                fix=fix,
            )
        )


class _StoppedError(Exception):
    """What is found while facts are streamed keeps them from being written."""


def _counted(facts: Iterable[Fact], advance: Callable[[int], None]) -> Iterator[Fact]:
    for number, fact in enumerate(facts):
        if number % _STEP == 0:
            advance(number)
        yield fact


def settle_duplicates(report: Report, policy: DuplicatePolicy) -> Report:
    """The report as ``policy`` asks for it.

    ``keep`` leaves it as it is. ``merge`` keeps of duplicates that agree (OIM 1.0: complete or consistent) the most
    accurate fact, with the links of all of them. ``refuse`` takes no report with duplicates.

    Raises:
        ReadError: ``exporter:inconsistentDuplicates`` for facts that contradict each other (merge, refuse),
            ``exporter:duplicateFacts`` for others (refuse).
    """
    if policy == "keep":
        return report
    sets = list(find_duplicates(report.facts))
    if findings := [_finding(duplicates) for duplicates in sets if policy == "refuse" or not _agree(duplicates)]:
        raise ReadError(findings=findings)
    return _merged(report, sets) if sets else report


def _agree(duplicates: DuplicateSet) -> bool:
    return duplicates.agreement is not Agreement.INCONSISTENT


def _finding(duplicates: DuplicateSet) -> Finding:
    first = duplicates.facts[0]
    values = list_text(dict.fromkeys(map(_text, duplicates.facts)), last=" and ")
    if _agree(duplicates):
        code, what = "exporter:duplicateFacts", "is reported more than once"
        fix = "merge the duplicates (--duplicates merge), or take all but one out"
    else:
        code, what = "exporter:inconsistentDuplicates", "is reported with values that contradict each other"
        fix = "correct the wrong value, or keep both (--duplicates keep)"
    message = f"{first.concept} {what}: {values}"
    return Finding(code=code, message=message, location=Location(fact=first.id), fix=fix)


def _text(fact: Fact) -> str:
    value = "nil" if fact.value is None else repr(fact.value if len(fact.value) <= 60 else fact.value[:59] + "…")
    accuracy = f" (decimals {fact.decimals})" if fact.decimals is not None else ""
    return f"{fact.id or ''} {value}{accuracy}".strip()


def _merged(report: Report, sets: Iterable[DuplicateSet]) -> Report:
    """One fact for each set; links that start or end at another one of the set lead to the fact kept."""
    linked = {end for link in report.links for end in (link.source, link.target)}
    kept: dict[int, Fact] = {}
    renamed: dict[str, str] = {}
    dropped: set[int] = set()
    for duplicates in sets:
        best = duplicates.best
        ids = [fact.id for fact in duplicates.facts if fact.id is not None]
        id_ = best.id if best.id is not None else next((fact_id for fact_id in ids if fact_id in linked), None)
        kept[id(best)] = best if id_ == best.id else evolve(best, id=id_)
        renamed |= {other: id_ for other in ids if id_ is not None}
        dropped |= {id(fact) for fact in duplicates.facts if fact is not best}
    facts = [kept.get(id(fact), fact) for fact in report.facts if id(fact) not in dropped]
    return evolve(report, facts=facts, links=tuple(dict.fromkeys(_relinked(report.links, renamed))))


def _relinked(links: Iterable[Link], renamed: dict[str, str]) -> Iterator[Link]:
    for link in links:
        source, target = renamed.get(link.source, link.source), renamed.get(link.target, link.target)
        if source != target or link.source == link.target:
            yield evolve(link, source=source, target=target)
