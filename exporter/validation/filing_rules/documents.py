"""Kinds of rules on the document: hidden facts, transformations, elements, images, names of files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, Location, list_text
from exporter.model.patterns import RulePattern, compile_rule_pattern
from exporter.model.qname import QName
from exporter.namespaces import XHTML
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy.networks import PARENT_CHILD
from exporter.validation.filing_rules.subject import DocumentFacts, FilingSubject, TaggedFact, kind_on

_UNTRANSFORMABLE_BASES: Final = frozenset(
    {"anyURI", "base64Binary", "hexBinary", "QName", "NOTATION", "time", "token", "language", "duration"}
    | {"enumeration", "enumerationSet"}
)
_INLINE: Final = re.compile(r"http://www\.xbrl\.org/\d{4}/inlineXBRL$")
_REGISTRY: Final = re.compile(r"http://www\.(?:xbrl\.org/inlineXBRL|sec\.gov/inlineXBRL)/transformation")


def _inline(subject: FilingSubject) -> DocumentFacts:
    document = subject.document
    return document if document is not None and document.is_inline else _NONE


_NONE: Final = DocumentFacts(name="")


@kind_on("document")
def no_doctype(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The document has no document type declaration."""
    for place in subject.document.doctypes if subject.document else ():
        yield subject.finding(rule, "the document has a DOCTYPE", "take it out", at=place)


@kind_on("inline")
def inline_namespace(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Inline XBRL is of the version ``namespace`` and has the ``prefix``; XHTML is the default namespace.

    With ``only_default`` XHTML has no prefix besides.
    """
    namespace, prefix = rule.text("namespace"), rule.text("prefix", "ix")
    document = _inline(subject)
    for declaration in document.bindings:
        if _INLINE.match(declaration.namespace) and declaration.namespace != namespace:
            yield subject.finding(
                rule, f"Inline XBRL is of the version {namespace}, got {declaration.namespace}", at=declaration.location
            )
        elif (
            _INLINE.match(declaration.namespace)
            and declaration.prefix != prefix
            and not rule.parameters.get("any_prefix")
        ):
            message = f"the prefix of Inline XBRL is {prefix}, got {declaration.prefix!r}"
            yield subject.finding(rule, message, f"use {prefix}", at=declaration.location)
        elif rule.parameters.get("only_default") and declaration.namespace == XHTML and declaration.prefix:
            message = f"XHTML has the prefix {declaration.prefix!r}"
            yield subject.finding(rule, message, "declare it without a prefix only", at=declaration.location)
    files = {binding.location.file: binding.location for binding in document.bindings}
    with_default = {
        declaration.location.file
        for declaration in document.bindings
        if not declaration.prefix and declaration.namespace.endswith("/1999/xhtml")
    }
    for file, place in files.items():
        if file not in with_default and rule.parameters.get("default_xhtml", True):
            yield subject.finding(rule, "XHTML is not the default namespace", "declare it without a prefix", at=place)


@kind_on("inline")
def registries(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Transformations come from ``allowed`` registries, each under the prefix that the table gives it."""
    allowed = {str(uri): str(prefix) for uri, prefix in rule.texts_by_name("allowed").items()}
    for binding in _inline(subject).bindings:
        if not _REGISTRY.match(binding.namespace):
            continue
        if binding.namespace not in allowed:
            message = f"the transformation registry {binding.namespace} is not accepted"
            yield subject.finding(rule, message, f"use {list_text(allowed, last=' or ')}", at=binding.location)
        elif allowed[binding.namespace] and binding.prefix != allowed[binding.namespace]:
            message = f"the prefix of {binding.namespace} is {allowed[binding.namespace]}, got {binding.prefix!r}"
            yield subject.finding(rule, message, f"declare it as {allowed[binding.namespace]}", at=binding.location)


@kind_on("inline")
def forbidden_elements(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """None of these ``elements`` of Inline XBRL is used."""
    for fact in _inline(subject).facts:
        if fact.element in rule.texts("elements"):
            yield subject.finding(rule, f"ix:{fact.element} is not allowed ({fact.concept})", at=fact.location)


@kind_on("inline")
def no_target(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """All facts go to the one target document."""
    for fact in _inline(subject).facts:
        if fact.target is not None:
            yield subject.finding(
                rule, f"{fact.concept} has the target {fact.target!r}", "take target out", at=fact.location
            )


@kind_on("document")
def no_base(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Neither the element ``base`` nor ``xml:base`` is used."""
    for place in subject.document.bases if subject.document else ():
        yield subject.finding(rule, "the document changes the base of its addresses", "take base out", at=place)


def _is_transformable(fact: TaggedFact, subject: FilingSubject) -> bool | None:
    """Whether a transformation could have made the value from what is shown; ``None`` where its type is not known."""
    if fact.nil:
        return False
    datatype = subject.datatype(fact.concept)
    if datatype is None or fact.concept in subject.report.vocabulary.inferred:
        return None
    return datatype.base not in _UNTRANSFORMABLE_BASES


def _is_cover(fact: TaggedFact, subject: FilingSubject) -> bool:
    return subject.table.has_cover_facts(fact.concept.namespace)


@kind_on("inline")
def hidden_transformable(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Facts that could be tagged where they are shown are not hidden; those of the cover namespace may be."""
    for fact in _inline(subject).facts:
        if fact.hidden and _is_transformable(fact, subject) and not _is_cover(fact, subject):
            yield subject.finding(rule, f"{fact.concept} is hidden, but could be tagged in the text", at=fact.location)


@kind_on("inline")
def hidden_linked(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Hidden facts that cannot be tagged in the text are named from it by a style ``property``."""
    document = _inline(subject)
    named = {link.id for link in document.links if link.property == rule.text("property")}
    for fact in document.facts:
        if (
            fact.hidden
            and _is_transformable(fact, subject) is False
            and not _is_cover(fact, subject)
            and fact.id not in named
        ):
            fix = f'give what is shown style="{rule.text("property")}:{fact.id or "(id of the fact)"}"'
            yield subject.finding(rule, f"nothing visible refers to the hidden {fact.concept}", fix, at=fact.location)


@kind_on("inline")
def hidden_links(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Style links lead to hidden facts, and to each but once."""
    document = _inline(subject)
    hidden = {fact.id for fact in document.facts if fact.hidden}
    seen: Counter[str] = Counter()
    for link in document.links:
        if link.property != rule.text("property"):
            if link.property in rule.texts("other_properties"):
                yield subject.finding(
                    rule,
                    f"the style {link.property} is not used here",
                    f"write {rule.text('property')}",
                    at=link.location,
                )
            continue
        seen[link.id] += 1
        if link.id not in hidden:
            yield subject.finding(
                rule, f"the style link names {link.id!r}, which is no hidden fact", "correct the id", at=link.location
            )
        elif seen[link.id] == 2:
            yield subject.finding(
                rule, f"the hidden fact {link.id!r} is linked more than once", "link it once", at=link.location
            )


@kind_on("inline")
def cover_visible(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Cover facts stand in the text, or are named from it; those ``but`` listed may be hidden."""
    document = _inline(subject)
    named = {link.id for link in document.links}
    visible = {(fact.concept) for fact in document.facts if not fact.hidden}
    for fact in document.facts:
        if (
            not fact.hidden
            or fact.concept.local_name in rule.texts("but")
            or fact.id in named
            or fact.concept in visible
        ):
            continue
        if fact.concept.local_name in _cover_concepts(subject):
            message = f"{fact.concept} is of the cover page, but hidden"
            yield subject.finding(rule, message, "tag it where it is shown, or link it from there", at=fact.location)


def _cover_concepts(subject: FilingSubject) -> frozenset[str]:
    return frozenset(name for rule in subject.table.cover_rules for name in rule.concepts)


@kind_on("inline")
def fact_ids(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every fact has an id."""
    for fact in _inline(subject).facts:
        if fact.id is None:
            yield subject.finding(rule, f"{fact.concept} has no id", "give each fact an id", at=fact.location)


@kind_on("inline")
def escape(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Text blocks keep their markup (``escape="true"``), other texts do not."""
    for fact in _inline(subject).facts:
        if fact.element != "nonNumeric":
            continue
        is_block = subject.is_text_block(fact.concept)
        if is_block and fact.has_markup and not fact.escape:
            yield subject.finding(
                rule, f"{fact.concept} has markup that is lost", 'give it escape="true"', at=fact.location
            )
        elif not is_block and fact.escape:
            yield subject.finding(rule, f"{fact.concept} is no text block", 'take escape="true" out', at=fact.location)


@kind_on("document")
def images(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Images are files of these ``suffixes``; ``data`` says whether they stand in the document instead."""
    suffixes, embedded = rule.texts("suffixes"), rule.text("data", "no")
    for reference in subject.document.references if subject.document else ():
        if reference.element != "img":
            continue
        is_data = reference.href.lstrip().lower().startswith("data:")
        if is_data and embedded == "no":
            yield subject.finding(
                rule, "an image stands in the document as data", "give it as a file", at=reference.location
            )
        elif not is_data and embedded == "only":
            yield subject.finding(
                rule,
                f"the image {reference.href!r} is outside the document",
                "embed it as base64",
                at=reference.location,
            )
        elif is_data and embedded == "only" and ";base64," not in reference.href[:100]:
            yield subject.finding(
                rule, "an embedded image is not in base64", "encode it in base64", at=reference.location
            )
        elif not is_data and not reference.href.lower().endswith(suffixes or ("",)):
            message = f"the image {reference.href!r} is of none of the kinds {list_text(suffixes)}"
            yield subject.finding(
                rule, message, f"turn it into {list_text(suffixes, last=' or ')}", at=reference.location
            )


@kind_on("document")
def external_links(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Links out of the filing lead to places that fit one of ``allowed_patterns``."""
    for reference in subject.document.references if subject.document else ():
        if _leads_out(reference.href) and not any(
            compile_rule_pattern(pattern).match(reference.href) for pattern in rule.texts("allowed_patterns")
        ):
            yield subject.finding(
                rule, f"{reference.element} leads outside the filing: {reference.href[:100]}", at=reference.location
            )


def _leads_out(href: str) -> bool:
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", href) is not None and not href.lower().startswith("data:")


@kind_on("inline")
def negative_glyph(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A ``glyph`` stands immediately before numbers that are tagged as negative, and before no others.

    The filer's own concepts are looked at with ``own``; those of namespaces that fit ``but_pattern`` never, nor those
    that are presented in roles that fit ``but_roles_pattern`` only.
    """
    roles = compile_rule_pattern(rule.text("but_roles_pattern", "-"))
    glyph, but = rule.text("glyph"), compile_rule_pattern(rule.text("but_pattern", "-"))
    for fact in _inline(subject).facts:
        is_excepted = subject.is_own(fact.concept) and not rule.parameters.get("own")
        if fact.element != "nonFraction" or fact.hidden or is_excepted or but.fullmatch(fact.concept.namespace):
            continue
        if fact.negative != (fact.before == glyph) and not _is_only_in(fact.concept, roles, subject):
            message = f"{fact.concept} is tagged as {'negative' if fact.negative else 'positive'}, "
            message += f"but {'no' if fact.negative else 'a'} {glyph} stands before it"
            yield subject.finding(rule, message, f"let sign and {glyph} agree", at=fact.location)


def _is_only_in(concept: QName, roles: RulePattern, subject: FilingSubject) -> bool:
    """Whether a concept is presented, and in no role that does not fit a pattern."""
    presented = [
        arc.role
        for arc in (subject.taxonomy.relationships if subject.taxonomy is not None else ())
        if arc.arcrole == PARENT_CHILD and arc.target == concept
    ]
    return bool(presented) and all(roles.fullmatch(role) for role in presented)


@kind_on("files")
def file_names(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Names follow a ``pattern`` and are no longer than ``limit``; ``suffixes`` limits the rule to some files."""
    for name in _files(rule, subject):
        if len(name) > rule.number_of("limit", 1000):
            yield subject.finding(
                rule, f"the file name {name!r} is longer than {rule.number_of('limit', 0)} characters", at=_at(name)
            )
        elif not rule.pattern().fullmatch(name):
            yield subject.finding(
                rule, f"the file name {name!r} is not of the form asked for", "rename the file", at=_at(name)
            )


@kind_on("files")
def file_dates(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The date in a name, the first group of ``pattern``, is the last day of the report's period."""
    end = subject.period_end
    for name in _files(rule, subject):
        match = rule.pattern(r".*?(\d{8}).*").fullmatch(name)
        if match is not None and end is not None and re.sub(r"\D", "", match[1]) != f"{end:%Y%m%d}":
            message = f"the file name {name!r} has the date {match[1]}, the report's period ends on {end}"
            yield subject.finding(rule, message, "put the end of the period into the name", at=_at(name))


@kind_on("files")
def base_length(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """What stands before the date in a name is no longer than ``limit``."""
    for name in _files(rule, subject):
        base = re.split(r"-\d{4}-?\d{2}-?\d{2}", name, maxsplit=1)[0]
        if len(base) > rule.number_of("limit", 20):
            yield subject.finding(rule, f"the base {base!r} of a file name is too long", "shorten it", at=_at(name))


def _files(rule: DocumentRule, subject: FilingSubject) -> Iterator[str]:
    suffixes = rule.texts("suffixes")
    return (name for name in subject.files if not suffixes or name.lower().endswith(suffixes))


def _at(name: str) -> Location:
    return Location(file=name)


@kind_on("inline")
def ascii_only(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The document is in ASCII; other characters are references."""
    document = _inline(subject)
    if document.not_ascii:
        message = "the document has characters beyond ASCII"
        yield subject.finding(rule, message, "write them as character references", at=Location(file=document.name))


@kind_on("inline")
def forbidden_markup(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """None of these ``elements`` of XHTML stands in the document, nor an attribute of ``attributes`` by element."""
    attributes = rule.texts_by_name("attributes")
    for markup in _inline(subject).elements:
        if markup.attribute is None and markup.name in rule.texts("elements"):
            yield subject.finding(rule, f"the element {markup.name} is not allowed", "take it out", at=markup.location)
        elif markup.attribute is not None and markup.attribute in attributes.get(markup.name, ()):
            message = f"the attribute {markup.attribute} is not allowed on {markup.name}"
            yield subject.finding(rule, message, "take it out", at=markup.location)


@kind_on("inline")
def notes_linked(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every footnote belongs to a fact."""
    for place in _inline(subject).unlinked_notes:
        yield subject.finding(rule, "no fact has this footnote", "link it, or take its tag out", at=place)
