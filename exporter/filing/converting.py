"""From a report back to a filing of items, for syntaxes that hold items."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from attrs import frozen

from exporter.errors import ModelError, ReadError
from exporter.filing.filing import Filing, derive_report_items, profile_of
from exporter.findings import Finding, Location, Severity
from exporter.items.document import DEFAULT_LANGUAGE
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.report import Report
from exporter.namespaces import CUSTOMARY_PREFIXES
from exporter.profiles.profile import EXTENSION_ONLY

_DATED = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})-?([01][0-9])-?([0-3][0-9])(?![0-9])")


@frozen(kw_only=True)
class FoundFiling:
    """The filing that a report states. ``findings`` say what in the report belongs to no item."""

    filing: Filing
    findings: tuple[Finding, ...]


def filing_of_report(report: Report, classes: Iterable[type[Any]] = ()) -> FoundFiling:
    """The items that a report states, with what they share.

    The entity is the one with most facts, the namespace the one that most of its concepts are in and that is none of a
    standard taxonomy, the end of the period the date in the name of the taxonomy's schema or in the namespace, else the
    latest end of a period. The profile is told by the standard concepts, the language by the texts and notes.

    Raises:
        ReadError: no item can be made of any fact.
    """
    entity = next((each for each, _ in Counter(fact.entity for fact in report.facts).most_common() if each), None)
    namespaces = Counter(fact.concept.namespace for fact in report.facts if fact.entity == entity)
    profile = profile_of(report)
    language = _language(report)
    derived = derive_report_items(report, classes, profile=profile, entity=entity, language=language)
    if not derived.items or entity is None:
        raise ReadError(findings=[*derived.findings, _nothing_found()])
    standard = {each.namespace for each in profile.taxonomies.values()} if profile else set()
    found = [uri for uri, _ in namespaces.most_common()]
    own = next((uri for uri in found if uri not in standard), found[0])
    prefix = next(
        (name for name, uri in report.namespaces.items() if uri == own and name not in CUSTOMARY_PREFIXES), "ext"
    )
    try:
        filing = Filing(
            entity=entity,
            items=derived.items,
            period_end=_period_end(report, own),
            prefix=prefix,
            namespace=own,
            language=language,
            profile=profile or EXTENSION_ONLY,
            release=profile.release if profile else None,
        )
    except ModelError as error:
        raise ReadError(findings=[Finding(code="exporter:invalidFiling", message=str(error))]) from error
    return FoundFiling(filing=filing, findings=(*derived.findings, *map(_left_out, derived.unbound)))


def _language(report: Report) -> str:
    """Of texts that say none, as a report item's do where they are said in the language of the filing."""
    texts = (fact.language for fact in report.facts)
    found = Counter(each for each in (*texts, *(note.language for note in report.footnotes)) if each)
    return min(found, key=lambda name: (-found[name], name), default=DEFAULT_LANGUAGE)


def _period_end(report: Report, namespace: str) -> Instant:
    for text in (*report.taxonomy, namespace):
        for match in _DATED.finditer(text.rpartition("/")[2]):
            try:
                return Instant("-".join(match.groups()))
            except ModelError:
                continue
    ends = [period.end if isinstance(period, Duration) else period.moment for period in _periods(report)]
    return Instant(max(ends))


def _periods(report: Report) -> list[Instant | Duration]:
    return [fact.period for fact in report.facts if isinstance(fact.period, Instant | Duration)]


def _nothing_found() -> Finding:
    return Finding(
        code="exporter:noItems",
        message="no report item is known whose concepts the report's facts have",
        mend="name the module with the items (--items-module), or choose a format that holds facts",
    )


def _left_out(fact: Fact) -> Finding:
    return Finding(
        code="exporter:factWithoutItem",
        message=f"{fact.concept} belongs to no report item and is left out",
        severity=Severity.WARNING,
        location=Location(fact=fact.id),
        mend="declare an item for it, or choose a format that holds facts",
    )
