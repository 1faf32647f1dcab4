"""A review of whatever can be read: a report in any syntax, or a file of items."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from attrs import evolve, field, frozen

from exporter.filing import Filing
from exporter.findings import RULES_CHECKED, Finding
from exporter.model.changes import PeriodComparison, compare_periods
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.operations.doctor import program_version
from exporter.operations.inputs import Input, Source, open_input
from exporter.operations.load import load_filing
from exporter.operations.read import OFFLINE, Access, read_report
from exporter.operations.review_sources import FilingSources, findings_of_facts
from exporter.operations.validate import validate
from exporter.page.charts import can_draw, charts_of
from exporter.page.compose import notes_by_fact
from exporter.page.review import (
    FileDigest,
    Review,
    ReviewedFact,
    ReviewSection,
    SourceLink,
    in_order,
)
from exporter.page.review import write_review as render_review
from exporter.page.review_layout import arrange
from exporter.page.review_tables import TableMaker, text_of_markup
from exporter.page.words import PageLanguage
from exporter.profiles.profile import Profile
from exporter.resources.files import atomic_write
from exporter.sources.tables import TablesSource
from exporter.taxonomy.concepts import DOCUMENTATION, STANDARD
from exporter.taxonomy.taxonomy import Taxonomy

_NO_RULES: Final = "the specifications and the rules of report items; no filing rules were asked for"
_NO_CHARTS: Final = "no charts: pip install 'filing-exporter[charts]' draws them; the tables have all figures"
_PIECE: Final = 1 << 20
_ENGLISH: Final = PageLanguage.single("en")


def _ignore(_: Finding) -> None:
    return None


@frozen(kw_only=True)
class ReviewedInput:
    """What is reviewed: a report with what is known of it. ``filing`` are the items that it was made of.

    ``text`` is that of the source, ``phrases`` what a document says around each fact, by its id.
    """

    name: str
    report: Report
    taxonomy: Taxonomy | None = None
    filing: Filing | None = None
    text: str | None = None
    phrases: Mapping[str, str] = field(factory=dict)
    digests: tuple[FileDigest, ...] = ()


def write_review(
    source: Source | Input,
    output: Path,
    *,
    packages: Iterable[Path] = (),
    strict: bool = False,
    classes: Iterable[type[Any]] = (),
    profile: str | Path | Profile | None = None,
    release: str | None = None,
    rules: Iterable[str] = (),
    against: Source | None = None,
    access: Access = OFFLINE,
) -> Review:
    """Write the page of whatever can be read, with the findings of `exporter.operations.validate.validate`.

    Args:
        source: a report or a file of items.
        output: the HTML page to write, whole or not at all.
        packages: taxonomy packages that the taxonomy may come from.
        strict: whether to show only a report without errors, and not all that can be read with certainty.
        classes: item classes that a file of items may use beside the disclosures of this package.
        profile: which standard concepts the items of a file report, in place of what it says.
        release: the edition of the profile's standard taxonomies.
        rules: tables of filing rules to hold it against.
        against: another filing, of the same or of an earlier period, whose figures stand beside those that differ.
        access: whether taxonomies are kept, and missing public documents fetched.

    Raises:
        ReadError, PackageError: as `exporter.operations.read.read_report`.
        WriteError: items contradict each other.
        OSError: the page cannot be written.
    """
    packages = tuple(packages)
    read = partial(
        read_for_review,
        packages=packages,
        strict=strict,
        classes=tuple(classes),
        profile=profile,
        release=release,
        access=access,
    )
    with open_input(source) as opened:
        reviewed = read(opened)
        findings = validate(
            opened if reviewed.filing is None else reviewed.filing,
            packages=packages,
            strict=strict,
            rules=rules,
            access=access,
        )
        other = None
        if against is not None:
            with open_input(against) as earlier:
                other = read(earlier)
        review = review_input(reviewed, findings, against=other)
    with atomic_write(output) as stream:
        render_review(review, stream)
    return review


def read_for_review(
    opened: Input,
    *,
    packages: tuple[Path, ...] = (),
    strict: bool = False,
    classes: tuple[type[Any], ...] = (),
    profile: str | Path | Profile | None = None,
    release: str | None = None,
    access: Access = OFFLINE,
    warn: Callable[[Finding], None] = _ignore,
) -> ReviewedInput:
    """What was given, with its taxonomy as far as that is at hand; what is in doubt is left out and goes to ``warn``.

    Raises:
        ReadError, PackageError: as `exporter.operations.read.read_report`.
        WriteError: items contradict each other.
    """
    name = Path(opened.name).name
    if opened.holds_items:
        filing = load_filing(opened, classes, profile=profile, release=release)
        tables = filing.source.files if isinstance(filing.source, TablesSource) else ()
        digests = tuple(_digests(opened, (*tables, *packages)))
        text = opened.path.read_text("utf-8-sig", "replace") if opened.is_yaml else None
        return ReviewedInput(
            name=name, report=filing.to_report(), taxonomy=filing.taxonomy, filing=filing, text=text, digests=digests
        )
    digests = tuple(_digests(opened, packages))
    taxonomies: list[Taxonomy] = []
    report = read_report(
        opened,
        packages=packages,
        strict=strict,
        partial=not strict,
        access=access,
        warn=warn,
        take_taxonomy=taxonomies.append,
    )
    return ReviewedInput(
        name=name,
        report=report,
        taxonomy=next(iter(taxonomies), None),
        phrases=_phrases(opened),
        digests=digests,
    )


def _phrases(opened: Input) -> Mapping[str, str]:
    """What Inline XBRL documents say around each fact."""
    documents = [document for file in opened.files if file.is_inline for document in file.documents]
    if not documents:
        return {}
    # Imported on use: only documents have words around their facts.
    from exporter.formats.inline_xbrl.read.phrases import document_phrases

    phrases: dict[str, str] = {}
    for document in documents:
        phrases |= document_phrases(document.source, name=document.name)
    return phrases


def _digests(opened: Input, others: Iterable[Path]) -> Iterator[FileDigest]:
    """The digests of the files that were read, each file once."""
    paths = opened.paths or (opened.path,)
    for path in dict.fromkeys((*paths, *others)):
        if path.is_file():
            digest, size = hashlib.sha256(), 0
            with path.open("rb") as stream:
                while piece := stream.read(_PIECE):
                    digest.update(piece)
                    size += len(piece)
            name = opened.name if opened.is_stream and path == opened.path else path.name
            yield FileDigest(name, size, digest.hexdigest())


def review_input(
    reviewed: ReviewedInput, findings: Iterable[Finding] = (), *, against: ReviewedInput | None = None
) -> Review:
    """The review of what was read, with what is wrong with it and, perhaps, how it differs from another filing."""
    findings = tuple(findings)
    coverage = [finding.message for finding in findings if finding.code == RULES_CHECKED]
    findings = in_order(finding for finding in findings if finding.code != RULES_CHECKED)
    report, filing = reviewed.report, reviewed.filing
    labels = labels_of(*filter(None, (reviewed, against)))
    comparison = None if against is None else compare_inputs(against, reviewed)
    details = _Details(reviewed, labels, findings_of_facts(findings, report, filing), comparison)
    sections = arrange(report, reviewed.taxonomy, labels)
    has_charts = can_draw()
    if has_charts:
        sections = tuple(_with_charts(section, report) for section in sections)
    period = "" if filing is None else f"period ended {_ENGLISH.date(filing.period_end.date)}"
    return Review(
        title=title_of(reviewed),
        subtitle=" · ".join(filter(None, (reviewed.name, period))),
        sections=tuple(_with_findings(section, details.findings) for section in sections),
        facts=tuple(map(details.of, report.facts)),
        entities=tuple(sorted({_entity(fact) for fact in report.facts} - {""})),
        taxonomy=tuple(report.taxonomy),
        findings=findings,
        coverage=tuple(coverage) or (_NO_RULES,),
        remarks=() if has_charts else (_NO_CHARTS,),
        notes=tuple((note.language, text_of_markup(note.content)) for note in report.footnotes),
        source_name=reviewed.name,
        source_lines=details.sources.lines() if details.sources is not None else (),
        digests=(*reviewed.digests, *(against.digests if against is not None else ())),
        against=against.name if against is not None else "",
        changes=comparison.counts() if comparison is not None else {},
        gone=tuple(details.gone()),
        program=f"exporter {program_version()}",
    )


def compare_inputs(before: ReviewedInput, after: ReviewedInput) -> PeriodComparison:
    """Each figure of what was read beside the same figure of the other, an earlier period or an earlier draft."""
    ends = [side.filing.period_end.date if side.filing is not None else None for side in (before, after)]
    return compare_periods(before.report, after.report, before_end=ends[0], after_end=ends[1])


def title_of(reviewed: ReviewedInput) -> str:
    """The filing's title, else the registrant's name, else that of the file."""
    if reviewed.filing is not None and reviewed.filing.title:
        return reviewed.filing.title
    names = (fact.value for fact in reviewed.report.facts if fact.concept.local_name == "EntityRegistrantName")
    return next((" ".join(name.split()) for name in names if name and name.strip()), reviewed.name)


def _entity(fact: Fact) -> str:
    return "" if fact.entity is None else f"{fact.entity.identifier} ({fact.entity.scheme})"


def labels_of(*inputs: ReviewedInput) -> Callable[[QName, str | None], str | None]:
    """Labels in the language of the filing, else in English, else in whatever language there is one.

    Names that the first input has no label of are looked up in the next.
    """

    @cache
    def label(name: QName, role: str | None) -> str | None:
        texts = (text for reviewed in inputs for text in _label_texts(reviewed, name, role))
        return next((plain for text in texts if text and (plain := " ".join(text.split()))), None)

    return label


def _label_texts(reviewed: ReviewedInput, name: QName, role: str | None) -> Iterator[str | None]:
    language = "en" if reviewed.filing is None else reviewed.filing.language
    languages = dict.fromkeys((language, "en", "ja"))
    if reviewed.taxonomy is not None:
        yield from (reviewed.taxonomy.label(name, role=role or STANDARD, language=tag) for tag in languages)
        if role is None:
            yield from (label.text for label in reviewed.taxonomy.labels_of(name) if label.role == STANDARD)
    if role is None:
        yield reviewed.report.vocabulary.label(name, *languages)


def _with_charts(section: ReviewSection, report: Report) -> ReviewSection:
    """The section, each of its subjects with charts where they say more than the tables."""
    subjects = (evolve(subject, charts=charts_of(subject, report)) for subject in section.subjects)
    return evolve(section, subjects=tuple(subjects))


def _with_findings(section: ReviewSection, findings: Mapping[int, Sequence[int]]) -> ReviewSection:
    """The section, each of its subjects with the findings that concern its facts."""
    subjects = []
    for subject in section.subjects:
        here = sorted({finding for fact in subject.facts for finding in findings.get(fact, ())})
        subjects.append(evolve(subject, findings=tuple(here)))
    return evolve(section, subjects=tuple(subjects))


@frozen(eq=False)
class _Details:
    """What is known of each fact, in words."""

    reviewed: ReviewedInput
    labels: Callable[[QName, str | None], str | None]
    findings: Mapping[int, Sequence[int]]
    comparison: PeriodComparison | None
    sources: FilingSources | None = field(init=False)
    maker: TableMaker = field(init=False)
    _notes: Mapping[str, tuple[int, ...]] = field(init=False)
    _numbers: Mapping[int, int] = field(init=False)
    _changes: Mapping[int, tuple[str, str]] = field(init=False)

    @sources.default
    def _sources_of_facts(self) -> FilingSources | None:
        filing = self.reviewed.filing
        return None if filing is None else FilingSources(filing, self.reviewed.report, self.reviewed.text)

    @maker.default
    def _maker_of_texts(self) -> TableMaker:
        return TableMaker(self.reviewed.report, self.labels, set())

    @_notes.default
    def _numbers_of_notes(self) -> Mapping[str, tuple[int, ...]]:
        numbers = {note.id: number for number, note in enumerate(self.reviewed.report.footnotes, 1)}
        notes = notes_by_fact(self.reviewed.report)
        return {fact: tuple(numbers[note] for note in of_fact) for fact, of_fact in notes.items()}

    @_numbers.default
    def _numbers_of_facts(self) -> Mapping[int, int]:
        return {id(fact): number for number, fact in enumerate(self.reviewed.report.facts)}

    @_changes.default
    def _changes_of_facts(self) -> Mapping[int, tuple[str, str]]:
        """What has become of each fact, and its value in the other filing."""
        if self.comparison is None:
            return {}
        changes: dict[int, tuple[str, str]] = {}
        for change in (*self.comparison.figures, *self.comparison.restated):
            if change.after is not None:
                share = change.percent
                text = f"{share:+}%" if share and change.status == "changed" else change.status
                changes[id(change.after)] = (
                    text,
                    "" if change.before is None else self.maker.short_text(change.before),
                )
        return changes

    def of(self, fact: Fact) -> ReviewedFact:
        """All that is known of a fact."""
        number = self._numbers[id(fact)]
        change, other = self._changes.get(id(fact), ("", ""))
        is_number = self.reviewed.report.vocabulary.is_numeric(fact)
        return ReviewedFact(
            id=fact.id or "",
            label=self.maker.label(fact.concept),
            concept=str(fact.concept),
            value=self.maker.short_text(fact),
            accuracy=_accuracy(fact) if is_number and not fact.is_nil else "",
            unit=_ENGLISH.unit(fact.unit),
            period=_ENGLISH.moment(fact.period),
            dimensions=tuple(self.maker.members((dimension,)) for dimension in fact.dimensions),
            language=fact.language or "",
            document=self.reviewed.phrases.get(fact.id or "", ""),
            documentation=self.labels(fact.concept, DOCUMENTATION) or "",
            sources=self._sources(fact),
            notes=self._notes.get(fact.id or "", ()),
            findings=tuple(self.findings.get(number, ())),
            change=change,
            other=other,
        )

    def _sources(self, fact: Fact) -> tuple[SourceLink, ...]:
        if self.sources is not None:
            return self.sources.of(fact.id or "")
        return (SourceLink(item="", location=f"{self.reviewed.name}, fact {fact.id}"),) if fact.id else ()

    def gone(self) -> Iterator[tuple[str, str, str]]:
        """The label, period and value of figures that only the other filing has."""
        for change in self.comparison.figures if self.comparison is not None else ():
            if change.status == "gone":
                fact = change.fact
                label = " · ".join(filter(None, (self.maker.label(fact.concept), self.maker.members(fact.dimensions))))
                yield label, _ENGLISH.moment(fact.period), self.maker.short_text(fact)


def _accuracy(fact: Fact) -> str:
    """The accuracy of a number, in words."""
    if fact.decimals is None:
        return "exact"
    if fact.decimals > 0:
        return f"{fact.decimals} decimal places" if fact.decimals > 1 else "1 decimal place"
    return "whole units" if fact.decimals == 0 else f"to {10**-fact.decimals:,}"
