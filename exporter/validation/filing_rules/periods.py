"""Kinds of rules on contexts as they are written: dates, identifiers, ids, and what they repeat of the cover page."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, list_text
from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.patterns import compile_rule_pattern
from exporter.model.period import Duration
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy.networks import PARENT_CHILD
from exporter.validation.filing_rules.subject import ContextUse, FilingSubject, kind, kind_on

_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_DAY: Final = dt.timedelta(days=1)


def _contexts(subject: FilingSubject) -> tuple[ContextUse, ...]:
    return subject.document.contexts if subject.document is not None else ()


@kind_on("document")
def plain_dates(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The dates of contexts are written as days: no time, not even midnight, and no zone."""
    for context in _contexts(subject):
        for text in context.dates:
            if not _DATE.fullmatch(text):
                message = f"the context {context.id} has the date {text}"
                yield subject.finding(rule, message, "write it as YYYY-MM-DD", at=context.location)


@kind_on("document")
def no_new_year_instants(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No instant is the first of January: the end of the year before is its last day."""
    for context in _contexts(subject):
        if context.instant and context.end is not None and (context.end.month, context.end.day) == (1, 1):
            message = f"the context {context.id} is at {context.end}"
            fix = f"write {context.end - _DAY}, the end of the year before"
            yield subject.finding(rule, message, fix, at=context.location)


@kind
def no_single_days(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No duration starts and ends on one day."""
    if subject.document is not None and subject.document.contexts:
        for context in subject.document.contexts:
            if context.start is not None and context.start == context.end:
                message = f"the context {context.id} starts and ends on {context.start}"
                yield subject.finding(rule, message, "use different dates, or an instant", at=context.location)
        return
    for fact in {fact.period: fact for fact in reversed(subject.report.facts)}.values():
        if isinstance(fact.period, Duration) and fact.period.first_day == fact.period.last_day:
            message = f"{fact.concept} is stated for one day, {fact.period.first_day}"
            yield subject.finding(rule, message, "use different dates, or an instant", fact=fact)


@kind
def check_digits(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Legal entity identifiers have the check digits of ISO 17442: 97 leaves 1, letters counting from 10."""
    for fact in {fact.entity: fact for fact in reversed(subject.report.facts)}.values():
        entity = fact.entity
        if entity is None or entity.scheme not in rule.texts("schemes"):
            continue
        if re.fullmatch(r"[0-9A-Z]{20}", entity.identifier) and not _is_lei(entity.identifier):
            message = f"the check digits of the LEI {entity.identifier} are wrong"
            yield subject.finding(rule, message, "correct the identifier", fact=fact)


def _is_lei(identifier: str) -> bool:
    return int("".join(str(int(character, 36)) for character in identifier)) % 97 == 1


# What contexts repeat of the cover page


def _dates(subject: FilingSubject, concept: str) -> list[dt.date]:
    dates = []
    for fact in subject.cover_facts(concept):
        try:
            dates.append(dt.date.fromisoformat((fact.value or "").strip()))
        except ValueError:
            continue
    return dates


@kind_on("document")
def context_dates(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The ``part`` (``start`` or ``end``) of contexts with ids that begin with ``context`` is the date of a cover fact.

    Each of ``rows`` has ``context``, the ``concept`` with the date, ``days`` to add, and perhaps ``with`` and
    ``without``: a cover fact that is there or not; ``other`` and ``no_other``: how another id begins, or none does.
    """
    contexts = _contexts(subject)
    for row in rule.parameters.get("rows", ()):
        if not _applies(row, subject, contexts):
            continue
        for date in _dates(subject, str(row["concept"]))[:1]:
            expected = date + int(row.get("days", 0)) * _DAY
            for context in contexts:
                if not context.id.startswith(str(row["context"])):
                    continue
                actual = context.start if rule.text("part") == "start" else context.end
                if actual is not None and actual != expected:
                    word = "starts" if rule.text("part") == "start" else "ends"
                    message = f"the context {context.id} {word} on {actual}, {row['concept']} says {expected}"
                    yield subject.finding(rule, message, "let them agree", at=context.location)


def _applies(row: dict[str, object], subject: FilingSubject, contexts: tuple[ContextUse, ...]) -> bool:
    def begins(key: str) -> bool:
        return any(context.id.startswith(str(row[key])) for context in contexts)

    return (
        ("with" not in row or bool(subject.cover_facts(str(row["with"]))))
        and ("without" not in row or not subject.cover_facts(str(row["without"])))
        and ("other" not in row or begins("other"))
        and ("no_other" not in row or not begins("no_other"))
    )


@kind_on("document")
def context_identifiers(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The identifiers of contexts begin with the value of one of the cover facts ``concepts``."""
    values = {fact.value or "" for name in rule.texts("concepts") for fact in subject.cover_facts(name)}
    for context in _contexts(subject) if values else ():
        if context.identifier and not context.identifier.startswith(tuple(values)):
            message = f"the context {context.id} is of {context.identifier}, the cover of {list_text(sorted(values))}"
            yield subject.finding(rule, message, "let them agree", at=context.location)


@kind_on("document")
def filing_date_contexts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Contexts with ids that begin with ``context`` are at the date which the names of files end in (``pattern``)."""
    pattern = rule.pattern()
    dates = {match[1] for name in subject.files if (match := pattern.fullmatch(name)) is not None}
    for context in _contexts(subject) if len(dates) == 1 else ():
        if context.id.startswith(rule.text("context")) and context.end is not None and str(context.end) not in dates:
            message = f"the context {context.id} is at {context.end}, the files are of {min(dates)}"
            yield subject.finding(rule, message, "use the date of filing in both", at=context.location)


@kind_on("document")
def years_apart(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Durations with ids that begin with ``current`` start after those that begin with ``prior`` end."""
    durations = [context for context in _contexts(subject) if context.start is not None and not context.instant]
    prior = [context.end for context in durations if context.id.startswith(rule.text("prior")) and context.end]
    for context in durations:
        if prior and context.id.startswith(rule.text("current")) and context.start and context.start <= max(prior):
            message = f"the context {context.id} starts on {context.start}, the year before ends on {max(prior)}"
            yield subject.finding(rule, message, "correct the dates", at=context.location)


@kind_on("document")
def context_members(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A context whose id has ``member`` in it has that member."""
    member = rule.text("member")
    for context in _contexts(subject):
        if member in context.id and member not in context.members:
            message = f"the id of the context {context.id} says {member}, its scenario does not"
            yield subject.finding(rule, message, "add the member, or rename the context", at=context.location)


@kind_on("document")
def context_with_ids(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A context has an id that fits ``pattern``; with ``none``, no context does."""
    fitting = [context for context in _contexts(subject) if rule.pattern().fullmatch(context.id)]
    if rule.parameters.get("none"):
        for context in fitting:
            yield subject.finding(rule, f"the context {context.id} is not expected", "take it out", at=context.location)
    elif not fitting and _contexts(subject):
        yield subject.finding(rule, "no context is of the kind that the cover page asks for", "add one")


@kind_on("document")
def no_default_members(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No context names the default member of an axis."""
    defaults = {member.local_name for member in subject.taxonomy.defaults.values()} if subject.taxonomy else set()
    for context in _contexts(subject):
        for member in defaults.intersection(context.members):
            message = f"the context {context.id} has the default member {member}"
            yield subject.finding(rule, message, "take it out", at=context.location)


@kind
def cover_agrees(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The second of two cover facts (``pairs`` of concepts) says what the first does, perhaps among other things."""
    for first, second in rule.texts_by_name("pairs").items():
        values = {" ".join((fact.value or "").split()) for fact in subject.cover_facts(first)}
        for fact in _named(subject, str(second)):
            text = " ".join((fact.value or "").split())
            if values and not any(value in text for value in values):
                message = f"{second} is {fact.value!r}, {first} {list_text(sorted(values))}"
                yield subject.finding(rule, message, "let them agree", fact=fact)


def _named(subject: FilingSubject, name: str) -> list[Fact]:
    """The facts of a concept that are not nil, in every context."""
    return [fact for fact in subject.report.facts if fact.concept.local_name == name and fact.value is not None]


@kind
def filed_within_year(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The date of filing (``filed``) is at most a year after the first of ``concepts`` that the cover page has."""
    ends = next((dates for name in rule.texts("concepts") if (dates := _dates(subject, name))), [])
    for fact in _named(subject, rule.text("filed")):
        try:
            filed = dt.date.fromisoformat((fact.value or "").strip())
            latest = min(ends).replace(year=min(ends).year + 1) if ends else filed
        except ValueError:
            continue
        if filed > latest:
            message = f"the report is filed on {filed}, more than a year after {min(ends)}"
            yield subject.finding(rule, message, "correct the dates", fact=fact)


@kind
def namespaces_with_value(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Where facts are of namespaces that fit ``pattern``, the cover fact ``concept`` has one of ``values``."""
    covers = subject.cover_facts(rule.text("concept"))
    fits = any(rule.pattern().fullmatch(fact.concept.namespace) for fact in subject.report.facts)
    for cover in covers if fits else ():
        if cover.value not in rule.texts("values"):
            message = f"{cover.concept} is {cover.value}, but facts are of another standard"
            yield subject.finding(rule, message, f"state {list_text(rule.texts('values'))}", fact=cover)


# What has to be tagged


@kind_on("taxonomy")
def tagged_in_roles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Facts are presented in a role that fits one of ``patterns``."""
    taxonomy = subject.taxonomy
    if taxonomy is None or not subject.complete:
        return
    patterns = [compile_rule_pattern(pattern) for pattern in rule.texts("patterns")]
    reported = {fact.concept for fact in subject.report.facts if fact.value is not None}
    for role in taxonomy.roles_of(PARENT_CHILD):
        if any(pattern.fullmatch(role) for pattern in patterns) and any(
            arc.source in reported or arc.target in reported for arc in taxonomy.network(PARENT_CHILD, role)
        ):
            return
    yield subject.finding(rule, "a part of the report is not tagged in detail", "tag it, or correct the cover page")


@kind_on("inline")
def contexts_in_roles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Facts that are presented in a role that fits one of ``patterns`` have contexts with ids that fit ``pattern``."""
    taxonomy = subject.taxonomy
    if taxonomy is None or subject.document is None:
        return
    patterns = [compile_rule_pattern(pattern) for pattern in rule.texts("patterns")]
    presented = {
        name
        for role in taxonomy.roles_of(PARENT_CHILD)
        if any(pattern.fullmatch(role) for pattern in patterns)
        for arc in taxonomy.network(PARENT_CHILD, role)
        for name in (arc.source, arc.target)
    }
    locations = {context.id: context.location for context in subject.document.contexts}
    ids = dict.fromkeys(fact.context for fact in subject.document.facts if fact.concept in presented)
    for name in ids:
        if name in locations and not rule.pattern().fullmatch(name):
            message = f"the context {name} of a statement is not named as its period"
            yield subject.finding(rule, message, "name it CurrentYearDuration or alike", at=locations[name])


@kind
def tagged_concepts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """One of ``concepts`` is reported."""
    if not any(_named(subject, name) for name in rule.texts("concepts")):
        message = f"{list_text(rule.texts('concepts'), last=' or ')} is not tagged"
        yield subject.finding(rule, message, "tag it")


@kind
def equal_totals(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Of two totals of one context (``left``, ``right``) the one is as large as the other.

    With ``member``, in contexts that have it; with ``but_member``, in those that do not.
    """
    rights = {(fact.context, fact.unit): fact for fact in _named(subject, rule.text("right"))}
    member, other_member = rule.text("member"), rule.text("but_member")
    for fact in _named(subject, rule.text("left")):
        members = {
            dimension.member.local_name for dimension in fact.dimensions if isinstance(dimension, ExplicitDimension)
        }
        if (member and member not in members) or other_member in members:
            continue
        other = rights.get((fact.context, fact.unit))
        if other is None or fact.number is None or other.number is None or fact.number == other.number:
            continue
        message = f"{fact.concept} is {fact.value}, {other.concept} {other.value}"
        yield subject.finding(rule, message, "correct the statement", fact=fact)
