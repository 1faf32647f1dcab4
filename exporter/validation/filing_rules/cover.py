"""Rules on the cover page: which facts it needs, and what they may say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from exporter.findings import MOST_CHOICES, Finding, list_text
from exporter.model.dimensions import Dimension
from exporter.model.fact import Fact
from exporter.model.period import Instant
from exporter.profiles.rules import CoverRule, Level
from exporter.validation.engine import value_text
from exporter.validation.filing_rules.subject import FilingSubject, is_true


def check_cover(rule: CoverRule, subject: FilingSubject) -> Iterator[Finding]:
    """What one rule finds: facts that are missing or may not be there, then values."""
    if rule.level is Level.FORBIDDEN:
        yield from _forbidden(rule, subject)
        return
    if not subject.holds(rule.when):
        return
    if rule.each is not None:
        for trigger in subject.cover_facts(rule.each, divided=True):
            yield from _presence(rule, subject, trigger)
    else:
        yield from _presence(rule, subject, None)
    yield from _values(rule, subject)


def _facts(rule: CoverRule, subject: FilingSubject, concept: str, trigger: Fact | None = None) -> list[Fact]:
    divided = rule.divided or rule.each is not None
    facts = subject.cover_facts(concept, divided=divided, within=rule.within)
    if trigger is not None:
        dimensions = _dimensions(trigger)
        facts = [fact for fact in facts if _dimensions(fact) == dimensions]
    return facts


def _dimensions(fact: Fact) -> tuple[Dimension, ...]:
    """The dimensions that tell classes of securities apart: not the axis of a list, which has the concept's name."""
    lists_axis = f"{fact.concept.local_name}Axis"
    return tuple(value for value in fact.dimensions if value.axis.local_name != lists_axis)


def _forbidden(rule: CoverRule, subject: FilingSubject) -> Iterator[Finding]:
    """``when`` says where the facts may not stand; with ``each``, only in contexts where that flag is true."""
    if not subject.holds(rule.when):
        return
    flags = subject.cover_facts(rule.each, divided=True) if rule.each is not None else []
    for concept in rule.concepts:
        for fact in _facts(rule, subject, concept):
            if rule.each is not None and not any(
                is_true(flag) and _dimensions(flag) == _dimensions(fact) for flag in flags
            ):
                continue
            yield subject.finding(
                rule, f"{concept} does not belong here, got {value_text(fact.value)}", "leave it out", fact=fact
            )


def _presence(rule: CoverRule, subject: FilingSubject, trigger: Fact | None) -> Iterator[Finding]:
    facts_by_concept = {concept: _facts(rule, subject, concept, trigger) for concept in rule.concepts}
    missing = [concept for concept, facts in facts_by_concept.items() if not facts]
    beside = f" beside {rule.each}" if trigger is not None else ""
    if rule.level is Level.OPTIONAL and rule.need != "all_or_none":
        missing = []
    if rule.need == "any" and len(missing) == len(rule.concepts):
        names = list_text((spoken(name) for name in rule.concepts), last=" or ")
        yield _lacking(rule, subject, f"the cover page lacks {names}{beside}", missing, trigger)
    elif rule.need == "all" and missing:
        yield _lacking(rule, subject, f"the cover page lacks {_spoken_list(missing)}{beside}", missing, trigger)
    elif rule.need == "all_or_none" and missing and len(missing) < len(rule.concepts):
        there = _spoken_list([concept for concept in rule.concepts if concept not in missing])
        yield _lacking(
            rule, subject, f"the cover page has {there}, but lacks {_spoken_list(missing)}", missing, trigger
        )
    elif rule.need == "one_true":
        yield from _one_true(rule, subject, facts_by_concept, missing)


def _lacking(
    rule: CoverRule, subject: FilingSubject, message: str, missing: list[str], trigger: Fact | None
) -> Finding:
    return subject.finding(
        rule,
        message,
        f"state {list_text(missing, most=MOST_CHOICES, last=' or ' if rule.need == 'any' else ', ')}",
        fact=trigger,
    )


def _one_true(
    rule: CoverRule, subject: FilingSubject, facts_by_concept: dict[str, list[Fact]], missing: list[str]
) -> Iterator[Finding]:
    true = [concept for concept, facts in facts_by_concept.items() if any(map(is_true, facts))]
    if len(true) == 1:
        return
    first = next((fact for concept in true[1:] or rule.concepts for fact in facts_by_concept[concept]), None)
    true_text = f"{_spoken_list(true)} are" if true else "none is"
    names, choices = _spoken_list(list(rule.concepts)), list_text(rule.concepts, most=MOST_CHOICES)
    yield subject.finding(
        rule,
        f"exactly one of {names} is true, {true_text}",
        f"set one of {choices} to true",
        fact=first,
    )


def _values(rule: CoverRule, subject: FilingSubject) -> Iterator[Finding]:
    if rule.value is None:
        return
    for concept in rule.concepts:
        for fact in _facts(rule, subject, concept):
            text = (fact.value or "").strip()
            if not rule.value.allows(text):
                expected_form = _expected_form(rule)
                yield subject.finding(
                    rule,
                    f"{concept} is {expected_form}, got {value_text(fact.value)}",
                    f"give {expected_form}",
                    fact=fact,
                )
            expected = _repeated(rule.value.equals, subject, fact)
            if expected is not None and text != expected:
                message = f"{concept} is {value_text(fact.value)}, but {_NAMES[rule.value.equals or '']} is {expected}"
                yield subject.finding(rule, message, f"give {expected}", fact=fact)
    if rule.instant:
        yield from _instants(rule, subject)


_NAMES = {
    "period_end": "the end of the report's period",
    "entity": "the entity of the contexts",
    "fiscal_year_end": "the month and day of the period's end",
}


def _instants(rule: CoverRule, subject: FilingSubject) -> Iterator[Finding]:
    for concept in rule.concepts:
        for fact in _facts(rule, subject, concept):
            if not isinstance(fact.period, Instant):
                yield subject.finding(
                    rule, f"{concept} is stated at a date, got {fact.period}", "state it at a date", fact=fact
                )


def _expected_form(rule: CoverRule) -> str:
    value = rule.value
    if value is not None and value.one_of:
        return list_text((repr(choice) for choice in value.one_of), last=" or ")
    return f"of the form {value.pattern}" if value is not None else "something else"


def _repeated(what: str | None, subject: FilingSubject, fact: Fact) -> str | None:
    """The text that a value has to repeat."""
    if what == "entity":
        return fact.entity.identifier if fact.entity is not None else None
    end = subject.period_end
    if what == "period_end":
        # Where the cover page alone shows the period, its own context is the other witness.
        if subject.given_period_end is None:
            period = fact.period
            end = period.date if isinstance(period, Instant) else getattr(period, "last_day", None)
        return end.isoformat() if end is not None else None
    if what == "fiscal_year_end":
        return f"--{end:%m-%d}" if end is not None else None
    return None


def spoken(concept: str) -> str:
    """A concept's name in words: ``Document Type``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", concept)


def _spoken_list(concepts: list[str]) -> str:
    return list_text(map(spoken, concepts), most=MOST_CHOICES, last=" and ")
