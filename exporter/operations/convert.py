"""What to do about duplicate facts of a report: keep them, merge those that agree, or refuse them.

References of a report to local files: when it moves to another folder, and when two reports are compared.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

from attrs import evolve

from exporter.errors import ReadError
from exporter.findings import Finding, Location, list_text
from exporter.model.duplicates import Agreement, DuplicateSet, find_duplicates
from exporter.model.fact import Fact
from exporter.model.report import Link, Report

DuplicatePolicy = Literal["keep", "merge", "refuse"]


def settle_duplicates(report: Report, policy: DuplicatePolicy) -> Report:
    """The report as ``policy`` wants it.

    ``keep`` leaves it as it is. ``merge`` keeps of duplicates that agree (OIM 1.0: complete or consistent) the most
    accurate fact, with the links of all of them. ``refuse`` takes no report with duplicates.

    Raises:
        ReadError: ``exporter:inconsistentDuplicates`` for facts that contradict each other (merge, refuse),
            ``exporter:duplicateFacts`` for others (refuse).
    """
    if policy == "keep":
        return report
    sets = list(find_duplicates(report.facts))
    if findings := [_finding(each) for each in sets if policy == "refuse" or not _agree(each)]:
        raise ReadError(findings=findings)
    return _merged(report, sets) if sets else report


def _agree(duplicates: DuplicateSet) -> bool:
    return duplicates.agreement is not Agreement.INCONSISTENT


def _finding(duplicates: DuplicateSet) -> Finding:
    first = duplicates.facts[0]
    values = list_text(dict.fromkeys(map(_shown, duplicates.facts)), last=" and ")
    if _agree(duplicates):
        code, what = "exporter:duplicateFacts", "is reported more than once"
        fix = "merge the duplicates (--duplicates merge), or take all but one out"
    else:
        code, what = "exporter:inconsistentDuplicates", "is reported with values that contradict each other"
        fix = "correct the wrong value, or keep both (--duplicates keep)"
    message = f"{first.concept} {what}: {values}"
    return Finding(code=code, message=message, location=Location(fact=first.id), fix=fix)


def _shown(fact: Fact) -> str:
    value = "nil" if fact.value is None else repr(fact.value if len(fact.value) <= 60 else fact.value[:59] + "…")
    accuracy = f" (decimals {fact.decimals})" if fact.decimals is not None else ""
    return f"{fact.id or ''} {value}{accuracy}".strip()


def _merged(report: Report, sets: Iterable[DuplicateSet]) -> Report:
    """One fact for each set; links that start or end at another one of the set lead to the fact kept."""
    linked = {end for link in report.links for end in (link.source, link.target)}
    kept: dict[int, Fact] = {}
    renamed: dict[str, str] = {}
    dropped: set[int] = set()
    for each in sets:
        best = each.best
        ids = [fact.id for fact in each.facts if fact.id is not None]
        id_ = best.id if best.id is not None else next((each for each in ids if each in linked), None)
        kept[id(best)] = best if id_ == best.id else evolve(best, id=id_)
        renamed |= {other: id_ for other in ids if id_ is not None}
        dropped |= {id(fact) for fact in each.facts if fact is not best}
    facts = [kept.get(id(fact), fact) for fact in report.facts if id(fact) not in dropped]
    return evolve(report, facts=facts, links=tuple(dict.fromkeys(_relinked(report.links, renamed))))


def _relinked(links: Iterable[Link], renamed: dict[str, str]) -> Iterator[Link]:
    for link in links:
        source, target = renamed.get(link.source, link.source), renamed.get(link.target, link.target)
        if source != target or link.source == link.target:
            yield evolve(link, source=source, target=target)


def move_references(report: Report, *, source: Path, target: Path) -> Report:
    """The report as it must refer to its taxonomy from the folder ``target``, having been read in ``source``.

    Public URLs and absolute paths stay; relative ones lead to the same files as before.
    """
    way = posixpath.relpath(quote(source.resolve().as_posix()), quote(target.resolve().as_posix()))
    if way == ".":
        return report

    def moved(href: str) -> str:
        is_relative = not urlsplit(href).scheme and not href.startswith(("/", "#"))
        return posixpath.normpath(f"{way}/{href}") if is_relative else href

    vocabulary = report.vocabulary
    role_hrefs = {uri: moved(href) for uri, href in vocabulary.role_hrefs.items()}
    return evolve(report, taxonomy=map(moved, report.taxonomy), vocabulary=evolve(vocabulary, role_hrefs=role_hrefs))


def with_places_of(other: Report, report: Report) -> Report:
    """``report`` with local schemas by their file names: where they stand depends on where the report does.

    A local schema that ``other`` refers to at its public place, as reports in packages do, is taken for that one.
    """
    public = {_file_name(href): href for href in sorted(other.taxonomy) if urlsplit(href).scheme}
    names = ((href, _file_name(href)) for href in report.taxonomy)
    return evolve(report, taxonomy=[href if urlsplit(href).scheme else public.get(name, name) for href, name in names])


def _file_name(href: str) -> str:
    return href.rpartition("/")[2]
