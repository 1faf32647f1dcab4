"""Comparing what two files report, each in whatever syntax it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from exporter.findings import Finding
from exporter.model.differences import Differences, compare_reports
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.operations.inputs import Input, Source, open_input
from exporter.operations.load import load_filing
from exporter.operations.read import OFFLINE, Access, read_report
from exporter.operations.references import with_places_of
from exporter.profiles.profile import Profile
from exporter.resources.limits import DEFAULT_LIMITS, Limits


def _ignore(finding: Finding) -> None:
    return None


@frozen(kw_only=True)
class Comparison:
    """Two reports and how the second differs from the first."""

    before: Report
    after: Report
    differences: Differences


def compare_files(
    before: Source | Input,
    after: Source | Input,
    *,
    choose: Callable[[Report, Fact], bool] | None = None,
    packages: Iterable[Path | str] = (),
    strict: bool = False,
    classes: Iterable[type[Any]] = (),
    profile: str | Path | Profile | None = None,
    release: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    access: Access = OFFLINE,
    warn: Callable[[Finding], None] = _ignore,
) -> Comparison:
    """Compare two files: reports in any syntax, or files of items with the report that they make.

    Args:
        before: a path (``-``: standard input), or those of the documents of one Inline XBRL document set.
        after: the same, of what it is compared with.
        choose: compare only facts for which it is true, with their footnotes and the links between them; taxonomy
            references are then left out.
        packages: taxonomy packages (zip files) that the taxonomies may come from.
        strict: the files are refused where a public schema is missing, or anything is wrong with them. Else what is
            certain is compared, and what is in doubt or beyond the model is left out and passed to ``warn``.
        classes: item classes that a file of items may use beside the disclosures of this package.
        profile: which standard concepts the items of a file report, in place of what it says.
        release: the edition of the profile's standard taxonomies.
        limits: what to accept.
        access: whether taxonomies are kept, and missing public documents fetched.
        warn: takes findings that do not stop the reading.

    Raises:
        ReadError: with all findings of the file that cannot be read.
        WriteError: a file of items makes no report.
        PackageError: a package is unsafe or no taxonomy package.
    """
    packages, classes = tuple(packages), tuple(classes)

    def read(source: Source | Input) -> Report:
        with open_input(source, limits=limits) as opened:
            if opened.holds_items:
                report = load_filing(opened, classes, profile=profile, release=release, limits=limits).to_report()
            else:
                report = read_report(
                    opened,
                    packages=packages,
                    strict=strict,
                    partial=not strict,
                    limits=limits,
                    access=access,
                    warn=warn,
                )
        return report if choose is None else narrowed(report, choose)

    first, second = read(before), read(after)
    first, second = with_places_of(second, first), with_places_of(first, second)
    return Comparison(before=first, after=second, differences=compare_reports(first, second))


def narrowed(report: Report, choose: Callable[[Report, Fact], bool]) -> Report:
    """A report with the chosen facts only, the footnotes linked from them and the links between what is left."""
    facts = [fact for fact in report.facts if choose(report, fact)]
    ids = {fact.id for fact in facts if fact.id is not None}
    others = {fact.id for fact in report.facts if fact.id is not None} - ids
    links = [link for link in report.links if link.source in ids and link.target not in others]
    targets = {link.target for link in links}
    notes = [note for note in report.footnotes if note.id in targets]
    return evolve(report, taxonomy=(), facts=facts, footnotes=notes, links=links)
