"""Kinds of rules on facts: numbers, units, duplicates, concepts that may not be used, texts and their markup."""

from __future__ import annotations

import html
import re
from collections.abc import Container, Iterator
from typing import Any, Final

from exporter.errors import ReadError
from exporter.findings import Finding, Location, list_text
from exporter.model.duplicates import Agreement
from exporter.model.fact import Fact, has_excess_digits
from exporter.model.patterns import RulePattern, compile_rule_pattern
from exporter.model.qname import QName
from exporter.model.unit import SHARES, Unit
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, ROLE_LINK, XHTML
from exporter.profiles.rules import DocumentRule
from exporter.resources.xml import parse_xml
from exporter.taxonomy import concepts as label_roles
from exporter.taxonomy.networks import PARENT_CHILD
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.engine import is_a, value_text
from exporter.validation.filing_rules.subject import FilingSubject, kind, kind_on
from exporter.validation.report.duplicates import FactComparison
from exporter.validation.report.values import REGISTERED_UNIT_IDS

_SHARES: Final = Unit((SHARES,))
_NO_TAXONOMY: Final = Taxonomy(namespace="", prefix="")


@kind_on("document")
def no_precision(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Accuracy is stated by ``decimals``, never by ``precision``."""
    for place in subject.document.precisions if subject.document else ():
        yield subject.finding(rule, "the fact has the attribute precision", "give decimals instead", at=place)


@kind
def finer_digits(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A value has no digits but zeros beyond its decimals."""
    for fact in subject.report.facts:
        number = fact.number if fact.decimals is not None else None
        if number is not None and number.is_finite() and has_excess_digits(number, fact.decimals):
            message = f"{fact.concept} is {fact.value}, with digits finer than its decimals of {fact.decimals}"
            yield subject.finding(rule, message, "round the value, or raise decimals", fact=fact)


@kind
def inconsistent_duplicates(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Facts that differ in nothing but their values agree; ``numeric`` limits the rule to numbers, or to the rest.

    With ``complete``, their accuracy is the same too.
    """
    numeric = rule.parameters.get("numeric")
    agreeing = (Agreement.COMPLETE,) if rule.parameters.get("complete") else (Agreement.COMPLETE, Agreement.CONSISTENT)
    for duplicates in FactComparison(subject.taxonomy or _NO_TAXONOMY).duplicates(subject.report.facts):
        fact = duplicates.facts[0]
        if duplicates.agreement not in agreeing and numeric in (
            None,
            subject.report.vocabulary.is_numeric(fact),
        ):
            values = list_text((value_text(duplicate.value, 30) for duplicate in duplicates.facts), last=" and ")
            message = f"{fact.concept} is {values} for the same period and dimensions"
            yield subject.finding(rule, message, "keep the right one", fact=duplicates.facts[1])


@kind
def never_negative(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Concepts of these local names, or ending so, are never below zero where nothing divides them."""
    names, endings = frozenset(rule.texts("concepts")), rule.texts("endings")
    for fact in subject.report.facts:
        name = fact.concept.local_name
        if fact.dimensions or not (name in names or (endings and name.endswith(endings))):
            continue
        number = fact.number
        if number is not None and number < 0:
            fix = "give the number without a minus, or use the concept for the opposite"
            yield subject.finding(rule, f"{fact.concept} is {fact.value}, but is never negative", fix, fact=fact)


@kind
def percent_above_one(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A percentage is a fraction of one: 31.6 % is 0.316."""
    for fact in subject.report.facts:
        datatype = subject.datatype(fact.concept)
        number = fact.number
        if datatype is not None and datatype.is_percent and number is not None and number > 1:
            fix = "divide it by a hundred, if a percentage was typed as it is printed"
            yield subject.finding(rule, f"{fact.concept} is {fact.value}, above 100 %", fix, fact=fact)


@kind
def item_types(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No fact is of one of these ``types``."""
    for fact in _first_fact_of_concepts(subject):
        datatype = subject.datatype(fact.concept)
        if datatype is not None and is_a(datatype, *rule.texts("types")):
            yield subject.finding(
                rule, f"{fact.concept} is of type {datatype.standard}, which holds no facts", fact=fact
            )


def _first_fact_of_concepts(subject: FilingSubject) -> list[Fact]:
    firsts: dict[QName, Fact] = {}
    for fact in subject.report.facts:
        firsts.setdefault(fact.concept, fact)
    return list(firsts.values())


@kind
def measure_length(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The names of measures are no longer than ``limit`` bytes."""
    limit, seen = rule.number_of("limit", 200), set()
    for fact in subject.report.facts:
        for measure in (*fact.unit.numerators, *fact.unit.denominators) if fact.unit is not None else ():
            if measure not in seen and len(measure.local_name.encode()) > limit:
                yield subject.finding(
                    rule, f"the name of the measure {value_text(measure.local_name)} is too long", fact=fact
                )
            seen.add(measure)


@kind
def deprecated_concepts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No standard concept that its taxonomy, or the list ``concepts``, calls deprecated."""
    deprecated = frozenset(rule.texts("concepts"))
    for fact in _first_fact_of_concepts(subject):
        name = fact.concept
        if subject.is_own(name):
            continue
        labels = subject.taxonomy.labels_of(name) if subject.taxonomy is not None else ()
        roles = {label.role for label in labels}
        if name.local_name in deprecated or roles & {label_roles.DEPRECATED, label_roles.DEPRECATED_DATE}:
            yield subject.finding(rule, f"{name} is deprecated", "use the concept that took its place", fact=fact)


@kind
def taxonomy_years(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A standard taxonomy is of one edition, and those that go together are of one year.

    ``family_patterns`` group the name of a taxonomy and its year. What is only imported may be older than ``since``.
    """
    families: dict[str, dict[str, Fact | None]] = {}
    years: dict[str, tuple[str, Fact | None]] = {}
    used = _namespaces(subject)
    imported = subject.taxonomy.imports if subject.taxonomy is not None else ()
    for namespace in dict.fromkeys((*used, *(schema.namespace for schema in imported))):
        for pattern in rule.texts("family_patterns"):
            match = compile_rule_pattern(pattern).match(namespace)
            if match is None:
                continue
            families.setdefault(match[1], {})[namespace] = used.get(namespace)
            if namespace in used or match[2] >= rule.text("since"):
                years.setdefault(match[2], (namespace, used.get(namespace)))
    for editions in families.values():
        if len(editions) > 1:
            message = f"editions of one taxonomy are mixed: {list_text(sorted(editions))}"
            yield subject.finding(rule, message, "use one", fact=list(editions.values())[1])
    if len(years) > 1 and all(len(editions) == 1 for editions in families.values()):
        names = list_text(namespace for namespace, _ in years.values())
        yield subject.finding(
            rule, f"taxonomies of several years are mixed: {names}", "use one year", fact=list(years.values())[1][1]
        )


def _namespaces(subject: FilingSubject) -> dict[str, Fact | None]:
    firsts: dict[str, Fact | None] = {}
    for fact in subject.report.facts:
        for name in (fact.concept, *(dimension.axis for dimension in fact.dimensions)):
            firsts.setdefault(name.namespace, fact)
    return firsts


@kind
def footnote_links(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Footnote links have standard roles; ``linked`` says that every footnote belongs to a fact."""
    for link in {(duplicate.group, duplicate.type): duplicate for duplicate in reversed(subject.report.links)}.values():
        place = Location(fact=link.source)
        if link.group != ROLE_LINK and not link.group.startswith(rule.texts("roles") or ("\0",)):
            yield subject.finding(rule, f"a footnote link has the role {link.group}", f"use {ROLE_LINK}", at=place)
        if link.type != ARCROLE_FACT_FOOTNOTE and link.type not in rule.texts("arcroles"):
            yield subject.finding(
                rule, f"a footnote link has the arcrole {link.type}", f"use {ARCROLE_FACT_FOOTNOTE}", at=place
            )
    linked = {link.target for link in subject.report.links}
    for note in subject.report.footnotes if rule.parameters.get("linked") else ():
        if note.id not in linked:
            yield subject.finding(
                rule, f"no fact has the footnote {value_text(note.content)}", "link it, or take it out"
            )


_MARKUP: Final = re.compile(r"<[A-Za-z/!?]|&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);")
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_XML_NAMED: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


@kind
def language_twin(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A text in another language stands in ``language`` too; reported once for each concept and language.

    What is in another region's language (``en-GB``, ``en`` for ``en-US``) is reported once.
    """
    language = rule.text("language", "en").lower()
    there = {
        (fact.concept, fact.context) for fact in subject.report.facts if _is_in((fact.language or "").lower(), language)
    }
    reported: set[tuple[QName | None, str]] = set()
    for fact in subject.report.facts:
        if fact.language is None or fact.value is None or (fact.concept, fact.context) in there:
            continue
        is_near = _is_in(fact.language.lower(), language.partition("-")[0])
        key = (None if is_near else fact.concept, fact.language)
        if key in reported:
            continue
        reported.add(key)
        fix = f"add the text in {rule.text('language', 'en')}"
        yield subject.finding(rule, f"{fact.concept} is given in {fact.language} only", fix, fact=fact)


def _is_in(language: str, expected: str) -> bool:
    return language == expected or language.startswith(f"{expected}-")


@kind
def text_has_language(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every text says its language."""
    for fact in subject.report.facts:
        datatype = subject.datatype(fact.concept)
        is_text = datatype is not None and datatype.is_text and fact.concept not in subject.report.vocabulary.inferred
        if is_text and fact.language is None and fact.value is not None:
            yield subject.finding(rule, f"the language of {fact.concept} is not stated", "add xml:lang", fact=fact)


@kind
def filled_text_blocks(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No text block is empty."""
    for fact in subject.report.facts:
        if fact.value is not None and not fact.value.strip() and subject.is_text_block(fact.concept):
            message = f"the text block {fact.concept} is empty"
            yield subject.finding(rule, message, "give the text, or leave it out", fact=fact)


@kind
def text_block_levels(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Where amounts of ``statements`` are reported, each of ``levels`` has a text block.

    A level is called by its name; its pattern is for the definitions of the groups that present it.
    """
    if subject.taxonomy is None or not _reports(subject, rule.texts("statements")):
        return
    blocks = {fact.concept for fact in subject.report.facts if fact.value and subject.is_text_block(fact.concept)}
    definitions = []
    for uri in subject.taxonomy.roles_of(PARENT_CHILD):
        if any(arc.target in blocks for arc in subject.taxonomy.network(PARENT_CHILD, uri)):
            definitions.append(subject.taxonomy.definition(uri))
    levels = rule.texts_by_name("levels")
    missing = [
        name for name, pattern in levels.items() if not any(map(compile_rule_pattern(pattern).fullmatch, definitions))
    ]
    if missing:
        message = f"statements are reported, but no text block for {list_text(missing)}"
        yield subject.finding(rule, message, "add items of type Note, with their policies and tables as parts")


@kind
def listed_text_blocks(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Where amounts of ``statements`` are reported, the text blocks of ``concepts`` are, or are listed as missing."""
    if not _reports(subject, rule.texts("statements")):
        return
    reported = {fact.concept.local_name for fact in subject.report.facts if not subject.is_own(fact.concept)}
    concepts = rule.texts("concepts")
    missing = [name for name in concepts if name not in reported]
    if missing:
        message = f"{len(concepts) - len(missing)} of {len(concepts)} text blocks are tagged; not {list_text(missing)}"
        yield subject.finding(rule, message, "tag those that the notes disclose")


def _reports(subject: FilingSubject, names: Container[str]) -> bool:
    """Whether a standard concept of one of the names is reported."""
    return any(fact.concept.local_name in names and not subject.is_own(fact.concept) for fact in subject.report.facts)


@kind_on("document")
def has_facts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Something is tagged in the document."""
    if not subject.report.facts and subject.document is not None and not subject.document.doctypes:
        yield subject.finding(rule, "nothing is tagged", "tag what the report states")


@kind
def share_units(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Numbers of shares have the unit of shares."""
    for fact in subject.report.facts:
        datatype = subject.datatype(fact.concept)
        if datatype is None or datatype.standard != "sharesItemType" or fact.value is None:
            continue
        if fact.unit is None or fact.unit != _SHARES:
            message = f"{fact.concept} is a number of shares, but has the unit {fact.unit}"
            yield subject.finding(rule, message, "use xbrli:shares", fact=fact)


@kind
def registered_units(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No measure of the filer's own repeats one of the Unit Type Registry."""
    seen: set[QName] = set()
    for fact in subject.report.facts:
        measures = (*fact.unit.numerators, *fact.unit.denominators) if fact.unit is not None else ()
        for measure in measures:
            if measure not in seen and subject.is_own(measure) and measure.local_name in REGISTERED_UNIT_IDS:
                seen.add(measure)
                message = f"the measure {measure} repeats {measure.local_name} of the Unit Type Registry"
                yield subject.finding(rule, message, "use that of the registry", fact=fact)


@kind
def text_blocks(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Text blocks with markup are well-formed XHTML, without the elements ``forbidden`` and, if asked, not empty."""
    forbidden = frozenset(rule.texts("forbidden"))
    for fact in subject.report.facts:
        if fact.value is None or not subject.is_text_block(fact.concept):
            continue
        if not fact.value.strip() and rule.parameters.get("not_empty"):
            yield subject.finding(
                rule, f"the text block {fact.concept} is empty", "give the text, or leave it out", fact=fact
            )
        if _MARKUP.search(fact.value):
            reason = _markup_reason(fact.value, forbidden)
            if reason is not None:
                yield subject.finding(rule, f"the text block {fact.concept} {reason}", "correct its markup", fact=fact)


@kind
def text_block_contents(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The markup of text blocks shows text only: none of ``forbidden``, no scripts, no nested tables.

    Images are files with one of ``suffixes``; links leave the filing only to what fits ``allowed_pattern``.
    """
    forbidden, allowed = frozenset(rule.texts("forbidden")), compile_rule_pattern(rule.text("allowed_pattern", "-"))
    for fact in subject.report.facts:
        if fact.value is None or "<" not in fact.value or not subject.is_text_block(fact.concept):
            continue
        try:
            root = _fragment(fact.value)
        except ReadError:
            continue  # not well-formed, which is another rule's
        for element in root.iter("*"):
            reason = _content_reason(element, forbidden, rule.texts("suffixes"), allowed)
            if reason is not None:
                message = f"the text block {fact.concept} {reason}"
                yield subject.finding(rule, message, "correct its markup", fact=fact)
                break


def _content_reason(
    element: Any, forbidden: frozenset[str], suffixes: tuple[str, ...], allowed: RulePattern
) -> str | None:
    name = str(element.tag).rpartition("}")[2].lower()
    if name in forbidden:
        return f"has the element {name}, which is not allowed"
    if name == "table" and next(element.iterancestors(element.tag), None) is not None:
        return "has a table in a table"
    href = (element.get("src" if name == "img" else "href") or "").strip()
    if "javascript:" in href.lower():
        return "has an address that is a script"
    if name == "img" and not href.lower().endswith(suffixes):
        return f"has an image that is no file of {list_text(suffixes, last=' or ')}: {href[:60]}"
    if re.match(r"(?:https?|ftp|mailto):", href, re.IGNORECASE) and allowed.match(href) is None:
        return f"leads outside the filing: {href[:100]}"
    return None


def _fragment(text: str) -> Any:
    """The root around a text with markup; entities of HTML stand for what they mean."""
    known = _NAMED.sub(lambda match: match[0] if match[1] in _XML_NAMED else html.unescape(match[0]), text)
    return parse_xml(f'<div xmlns="{XHTML}">{known}</div>'.encode()).getroot()


def _markup_reason(text: str, forbidden: frozenset[str]) -> str | None:
    try:
        root = _fragment(text)
    except ReadError as error:
        reason = error.findings[0].message if error.findings else "malformed"
        return f"is not well-formed: {reason.removeprefix('not well-formed XML: ')}"
    used = (str(element.tag).rpartition("}")[2].lower() for element in root.iter("*"))
    elements = sorted(forbidden.intersection(used))
    return f"has the element {elements[0]}, which is not allowed" if elements else None
