"""Kinds of rules on texts: their language, and the markup of text blocks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from exporter.errors import ReadError
from exporter.findings import Finding
from exporter.model.qname import QName
from exporter.namespaces import XHTML
from exporter.profiles.rules import DocumentRule
from exporter.resources.xml import parse_xml
from exporter.validation.filing_rules.subject import FilingSubject, Kind, fault

_MARKUP: Final = re.compile(r"<[A-Za-z/!?]|&(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#x[0-9A-Fa-f]+);")
_NAMED: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_XML_NAMED: Final = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})


def language_twin(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A text in another language stands in ``language`` too; told once for each concept and language."""
    wanted = rule.text("language", "en").lower()
    there = {
        (fact.concept, fact.context) for fact in subject.report.facts if _is_in((fact.language or "").lower(), wanted)
    }
    told: set[tuple[QName, str]] = set()
    for fact in subject.report.facts:
        if fact.language is None or fact.value is None or (fact.concept, fact.context) in there:
            continue
        if (fact.concept, fact.language) in told:
            continue
        told.add((fact.concept, fact.language))
        mend = f"add the text in {rule.text('language', 'en')}"
        yield fault(rule, f"{fact.concept} is given in {fact.language} only", mend, fact=fact)


def _is_in(language: str, wanted: str) -> bool:
    return language == wanted or language.startswith(f"{wanted}-")


def text_has_language(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every text says its language."""
    for fact in subject.report.facts:
        datatype = subject.datatype(fact.concept)
        is_text = datatype is not None and datatype.is_text and fact.concept not in subject.report.vocabulary.inferred
        if is_text and fact.language is None and fact.value is not None:
            yield fault(rule, f"the language of {fact.concept} is not stated", "add xml:lang", fact=fact)


def text_blocks(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Text blocks with markup are well-formed XHTML, without the elements ``forbidden`` and, if asked, not empty."""
    forbidden = frozenset(rule.texts("forbidden"))
    for fact in subject.report.facts:
        if fact.value is None or not subject.is_text_block(fact.concept):
            continue
        if not fact.value.strip() and rule.parameters.get("not_empty"):
            yield fault(rule, f"the text block {fact.concept} is empty", "give the text, or leave it out", fact=fact)
        if _MARKUP.search(fact.value):
            problem = _markup_problem(fact.value, forbidden)
            if problem is not None:
                yield fault(rule, f"the text block {fact.concept} {problem}", "correct its markup", fact=fact)


def _markup_problem(text: str, forbidden: frozenset[str]) -> str | None:
    known = _NAMED.sub(lambda match: match[0] if match[1] in _XML_NAMED else html.unescape(match[0]), text)
    try:
        root = parse_xml(f'<div xmlns="{XHTML}">{known}</div>'.encode()).getroot()
    except ReadError as error:
        said = error.findings[0].message if error.findings else "malformed"
        return f"is not well-formed: {said.removeprefix('not well-formed XML: ')}"
    used = (str(element.tag).rpartition("}")[2].lower() for element in root.iter("*"))
    found = sorted(forbidden.intersection(used))
    return f"has the element {found[0]}, which is not allowed" if found else None


KINDS: Final[dict[str, Kind]] = {
    "language-twin": language_twin,
    "text-has-language": text_has_language,
    "text-blocks": text_blocks,
}
