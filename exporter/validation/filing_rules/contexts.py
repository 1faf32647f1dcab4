"""Kinds of rules on entities, periods and dimensions: whose facts, when, and in which cut."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, list_text
from exporter.model.dimensions import TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Forever, Instant
from exporter.profiles.rules import DocumentRule
from exporter.validation.filing_rules.subject import FilingSubject, kind, kind_on

_DAY: Final = dt.timedelta(days=1)


def _first_by(subject: FilingSubject, part: str) -> dict[object, Fact]:
    """The first fact of each entity or period."""
    firsts: dict[object, Fact] = {}
    for fact in subject.report.facts:
        firsts.setdefault(getattr(fact, part), fact)
    return firsts


@kind
def entity_scheme(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every entity is identified in one of ``schemes``, if they are given, by an identifier that fits ``pattern``."""
    schemes, pattern = rule.texts("schemes"), rule.text("pattern", ".*")
    for fact in _first_by(subject, "entity").values():
        entity = fact.entity
        if entity is None:
            if schemes:
                fix = f"give one in {list_text(schemes, last=' or ')}"
                yield subject.finding(rule, "the facts name no entity", fix, fact=fact)
        elif schemes and entity.scheme not in schemes:
            message = f"the scheme of the entity is {list_text(schemes, last=' or ')}, got {entity.scheme!r}"
            yield subject.finding(rule, message, f"use {schemes[0]}", fact=fact)
        elif not rule.pattern().fullmatch(entity.identifier):
            message = f"the entity's identifier is of the form {pattern}, got {entity.identifier!r}"
            yield subject.finding(rule, message, "correct the identifier", fact=fact)


@kind
def one_entity(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """All facts are of one entity."""
    entities = list(_first_by(subject, "entity").items())
    for entity, fact in entities[1:]:
        named = getattr(entity, "identifier", "none")
        first = getattr(entities[0][0], "identifier", "none")
        yield subject.finding(
            rule, f"the report is about {first}, this fact about {named}", "report on one entity", fact=fact
        )


@kind
def no_forever(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No fact holds for ever."""
    for period, fact in _first_by(subject, "period").items():
        if isinstance(period, Forever):
            yield subject.finding(
                rule, f"{fact.concept} has no period", "give the period that it is stated for", fact=fact
            )


@kind
def no_times(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Periods are whole days, without time of day or zone."""
    for period, fact in _first_by(subject, "period").items():
        moments: tuple[str, ...] = (period.start, period.end) if isinstance(period, Duration) else ()
        moments = (period.moment,) if isinstance(period, Instant) else moments
        if any(not moment.endswith("T00:00:00") for moment in moments):
            yield subject.finding(rule, f"the period {period} has a time of day or a zone", "give days only", fact=fact)


@kind
def required_context(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The cover page's facts stand, undivided, in one duration that ends with the report's period."""
    name = subject.table.form_concept
    facts = subject.cover_facts(name) if name is not None else []
    end = subject.period_end
    if not facts:
        return  # its own rule reports that the fact is missing
    if not any(isinstance(fact.period, Duration) for fact in facts):
        yield subject.finding(
            rule, f"{name} is stated for a duration, got {facts[0].period}", "state it for the year", fact=facts[0]
        )
    elif end is not None and all(
        isinstance(cover.period, Duration) and cover.period.last_day != end for cover in facts
    ):
        message = f"the cover page is stated for {facts[0].period}, the report's period ends on {end}"
        yield subject.finding(rule, message, "state the cover page for the period of the report", fact=facts[0])


@kind
def one_day_gaps(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No two dates of undivided periods miss each other by one day.

    A duration that starts on the last day of another, or two days after it; and an instant one day beside the end of a
    duration, where that end is used more often.
    """
    starts: Counter[dt.date] = Counter()
    ends: Counter[dt.date] = Counter()
    instants: Counter[dt.date] = Counter()
    first: dict[tuple[str, dt.date], Fact] = {}
    for fact in subject.report.facts:
        if fact.dimensions:
            continue
        if isinstance(fact.period, Duration):
            for counter, kind, day in ((starts, "start", fact.period.first_day), (ends, "end", fact.period.last_day)):
                counter[day] += 1
                first.setdefault((kind, day), fact)
        elif isinstance(fact.period, Instant):
            instants[fact.period.date] += 1
            first.setdefault(("instant", fact.period.date), fact)
    yield from _gaps(rule, subject, starts, ends, first)
    yield from _beside(rule, subject, instants, ends, first)


def _gaps(
    rule: DocumentRule,
    subject: FilingSubject,
    starts: Counter[dt.date],
    ends: Counter[dt.date],
    first: dict[tuple[str, dt.date], Fact],
) -> Iterator[Finding]:
    for start in sorted(starts):
        for gap, word in ((0, "on the day"), (2, "two days after the day")):
            end = _shifted(start, -gap)
            if end in ends and _shifted(start, -1) not in ends and not _is_single_day(first["start", start], end):
                message = f"a period starts on {start}, {word} on which another ends"
                yield subject.finding(
                    rule, message, "let periods that follow each other touch", fact=first["start", start]
                )


def _is_single_day(fact: Fact, end: dt.date | None) -> bool:
    return isinstance(fact.period, Duration) and fact.period.first_day == fact.period.last_day == end


def _beside(
    rule: DocumentRule,
    subject: FilingSubject,
    instants: Counter[dt.date],
    ends: Counter[dt.date],
    first: dict[tuple[str, dt.date], Fact],
) -> Iterator[Finding]:
    for day in sorted(instants):
        for offset in (-1, 1):
            other = _shifted(day, offset)
            if (
                other is not None
                and other in ends
                and day not in ends
                and instants[other] + ends[other] > instants[day]
            ):
                message = (
                    f"{first['instant', day].concept} is stated at {day}, one day beside {other}, where periods end"
                )
                yield subject.finding(
                    rule, message, f"state it at {other}, if that is meant", fact=first["instant", day]
                )


def _shifted(day: dt.date, days: int) -> dt.date | None:
    try:
        return day + days * _DAY
    except OverflowError:
        return None


@kind
def typed_dimensions(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Typed dimensions come from standard taxonomies only."""
    seen: set[object] = set()
    for fact in subject.report.facts:
        for dimension in fact.dimensions:
            if isinstance(dimension, TypedDimension) and subject.is_own(dimension.axis) and dimension.axis not in seen:
                seen.add(dimension.axis)
                message = f"{dimension.axis} is a typed dimension of the filer's own"
                yield subject.finding(
                    rule, message, "use an axis with members, or a typed one of the standard taxonomy", fact=fact
                )


@kind_on("document")
def context_element(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Dimensions stand in ``element``: segment or scenario."""
    if subject.document is None:
        return
    element = rule.text("element", "segment")
    for context in subject.document.contexts:
        if context.scenario if element == "segment" else context.segment:
            other = "scenario" if element == "segment" else "segment"
            message = f"the context {context.id} has a {other}; dimensions go into the {element}"
            yield subject.finding(rule, message, f"move them into the {element}", at=context.location)


@kind_on("document")
def context_content(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Segments and scenarios hold dimensions and nothing else."""
    for context in subject.document.contexts if subject.document else ():
        if context.other_content:
            message = f"the context {context.id} has something other than dimensions beside the period"
            yield subject.finding(rule, message, "take it out, or make it a dimension", at=context.location)


@kind_on("document")
def context_ids(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The ids of contexts follow a ``pattern``."""
    for context in subject.document.contexts if subject.document else ():
        if not rule.pattern().fullmatch(context.id):
            yield subject.finding(
                rule, f"the context id {context.id!r} does not follow the rules for ids", at=context.location
            )


@kind_on("document")
def duplicate_contexts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No two contexts say the same."""
    seen: dict[str, str] = {}
    for context in subject.document.contexts if subject.document else ():
        first = seen.setdefault(context.content, context.id)
        if first != context.id:
            yield subject.finding(
                rule, f"the contexts {first} and {context.id} are equal", "keep one", at=context.location
            )


@kind_on("document")
def unused_contexts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every context is used."""
    for context in subject.document.contexts if subject.document else ():
        if not context.used:
            yield subject.finding(rule, f"no fact uses the context {context.id}", "take it out", at=context.location)


@kind_on("document")
def duplicate_units(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No two units say the same."""
    seen: dict[str, str] = {}
    for unit in subject.document.units if subject.document else ():
        first = seen.setdefault(unit.content, unit.id)
        if first != unit.id:
            yield subject.finding(rule, f"the units {first} and {unit.id} are equal", "keep one", at=unit.location)


@kind_on("document")
def unused_units(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every unit is used."""
    for unit in subject.document.units if subject.document else ():
        if not unit.used:
            yield subject.finding(rule, f"no fact uses the unit {unit.id}", "take it out", at=unit.location)
