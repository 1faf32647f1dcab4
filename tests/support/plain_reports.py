"""Facts and footnotes of our model as the tuples of `plain_instance`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from lxml import etree

from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.report import FootnoteResource, Report


def plain_fact(fact: Fact) -> tuple[Any, ...]:
    """One fact."""
    assert fact.entity is not None
    assert isinstance(fact.period, Instant | Duration)
    dimensions = frozenset(
        (each.axis.clark, each.member.clark if isinstance(each, ExplicitDimension) else (each.value,))
        for each in fact.dimensions
    )
    unit = fact.unit and tuple(
        tuple(sorted(m.clark for m in half)) for half in (fact.unit.numerators, fact.unit.denominators)
    )
    owner = (fact.entity.scheme, fact.entity.identifier)
    return (fact.concept.clark, owner, fact.period.oim, dimensions, unit, fact.value, fact.decimals, fact.language)


def plain_facts_of(facts: Iterable[Fact]) -> Counter[Any]:
    """Facts with how often each occurs."""
    return Counter(map(plain_fact, facts))


def plain_footnotes_of(report: Report) -> Counter[Any]:
    """Fact, arcrole, role, text and language, once for each link."""
    facts = {fact.id: fact for fact in report.facts}
    notes = {note.id: note for note in report.footnotes}
    found: Counter[Any] = Counter()
    for link in report.links:
        note = notes[link.target]
        found[plain_fact(facts[link.source]), link.type, link.group, _text(note), note.language] += 1
    return found


def _text(note: FootnoteResource) -> str:
    return "".join(map(str, etree.fromstring(f"<div>{note.content}</div>").itertext()))
