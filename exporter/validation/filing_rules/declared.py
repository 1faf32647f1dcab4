"""Kinds of rules on what the filer's schemas and linkbases declare: addresses, uses, arcs with an effect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from exporter.findings import Finding, list_text
from exporter.namespaces import XBRLDT, XBRLI
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy.standard import is_standard_role
from exporter.validation.filing_rules.subject import FilingSubject, at_concept, kind_on
from exporter.validation.filing_rules.written import WrittenArc, WrittenDocument

_GROUPS: Final = frozenset({(XBRLI, "item"), (XBRLDT, "dimensionItem"), (XBRLDT, "hypercubeItem")})
_SUFFIXES: Final = {
    "calculationLink": "_cal",
    "definitionLink": "_def",
    "labelLink": "_lab",
    "presentationLink": "_pre",
    "referenceLink": "_ref",
}
_WITH_STANDARD_ROLES: Final = frozenset(
    {"label", "reference", "footnote", "definitionArc", "calculationArc", "presentationArc", "labelArc"}
    | {"referenceArc", "footnoteArc"}
)
"""What has roles of XBRL 2.1, beside which a filer declares none."""


def _schemas(subject: FilingSubject) -> Iterator[WrittenDocument]:
    return (document for document in subject.written if document.kind == "schema")


def _authority(uri: str) -> str:
    """The scheme and the authority of a URI."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}"


@kind_on("written")
def written_ascii(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer's schemas and linkbases are in ASCII; other characters are references."""
    for document in subject.written:
        if document.not_ascii:
            message = f"{document.name} has characters beyond ASCII"
            yield subject.finding(rule, message, "write them as character references", at=document.location)


@kind_on("written")
def written_bases(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No schema or linkbase has ``xml:base``."""
    for document in subject.written:
        for place in document.bases:
            yield subject.finding(rule, "an element changes the base of its addresses", "take xml:base out", at=place)


@kind_on("written")
def shorthand_pointers(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """What an address names within a document, it names by its id (``#id``), not by a path (``#element(…)``)."""
    for document in subject.written:
        for address in document.addresses:
            pointer = address.href.partition("#")[2]
            if "(" in pointer:
                message = f"the address of {address.kind} ends in the pointer {pointer}"
                yield subject.finding(rule, message, "give the element an id, and end in #id", at=address.location)


@kind_on("written")
def linkbase_names(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A linkbase has an extended link, and a name that ends as its kind of link asks: ``_pre.xml``, ``_lab.xml`` …"""
    for document in subject.written:
        if document.kind != "linkbase":
            continue
        if not document.links:
            message = f"{document.name} has no extended link"
            yield subject.finding(rule, message, "take the file out", at=document.location)
            continue
        suffix = _SUFFIXES.get(document.links[0].kind)
        if suffix is not None and not document.name.endswith(f"{suffix}.xml"):
            message = f"{document.name} holds a {document.links[0].kind}"
            yield subject.finding(rule, message, f"let its name end in {suffix}.xml", at=document.location)


@kind_on("written")
def linkbase_contents(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Linkbases hold presentation, calculation, definition, label and reference links, and no others."""
    for document in subject.written:
        if document.kind == "linkbase":
            for link in document.links:
                if link.kind not in _SUFFIXES:
                    message = f"{document.name} has a {link.kind}"
                    yield subject.finding(rule, message, "take the link out", at=link.location)


# Namespaces and URIs


@kind_on("written")
def own_authority(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The domain in the filer's namespace is the filer's: none of ``domains``, where standard taxonomies come from."""
    for document in _schemas(subject):
        host = urlsplit(document.namespace or "").hostname or ""
        domain = ".".join(host.split(".")[-2:])
        if domain in rule.texts("domains"):
            message = f"the namespace {document.namespace} is of {domain}, which publishes standard taxonomies"
            yield subject.finding(rule, message, "begin it with a domain of the filer", at=document.location)


@kind_on("written")
def valid_authority(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer's namespace is a URI with an authority."""
    for document in _schemas(subject):
        if document.namespace is not None and not re.match(r"(?:https?|ftp)://\w+|urn:\w+", document.namespace):
            message = f"the namespace {document.namespace} has no authority"
            yield subject.finding(rule, message, rule.text("example") or None, at=document.location)


@kind_on("written")
def one_prefix(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A schema gives its namespace one prefix, which fits ``pattern``."""
    for document in _schemas(subject):
        prefixes = sorted({prefix for prefix, namespace in document.prefixes if namespace == document.namespace})
        if len(prefixes) > 1:
            message = f"the namespace {document.namespace} has several prefixes: {list_text(prefixes)}"
            yield subject.finding(rule, message, "declare one", at=document.location)
        elif not prefixes or not rule.pattern().fullmatch(prefixes[0]):
            message = f"the prefix of {document.namespace} is {prefixes[0] if prefixes else 'missing'!r}"
            yield subject.finding(rule, message, rule.text("example") or "declare one", at=document.location)


@kind_on("written")
def namespace_not_later(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The date in the filer's namespace is not later than that in the name of the schema."""
    for document in _schemas(subject):
        dates = [re.search(r"(\d{4})-?(\d{2})-?(\d{2})", text or "") for text in (document.namespace, document.name)]
        if dates[0] is not None and dates[1] is not None and dates[0].groups() > dates[1].groups():
            message = f"the namespace {document.namespace} is of a later date than the file {document.name}"
            yield subject.finding(rule, message, "use one date", at=document.location)


@kind_on("written")
def uri_lengths(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Namespaces and the URIs of roles and arcroles are no longer than ``limit`` bytes."""
    limit = rule.number_of("limit", 255)
    for document in subject.written:
        places = {role.uri: role.location for role in document.roles}
        if document.namespace is not None:
            places[document.namespace] = document.location
        for uri, place in places.items():
            if len(uri.encode()) > limit:
                message = f"the URI {uri[:60]}… is longer than {limit} bytes"
                yield subject.finding(rule, message, "shorten it", at=place)


@kind_on("written")
def arcrole_uris(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer's arcroles begin as the namespace does and end in ``/arcrole/`` and a name."""
    for document in _schemas(subject):
        for role in document.roles:
            is_of_filer = _authority(role.uri) == _authority(document.namespace or "")
            if role.kind == "arcroleType" and not (is_of_filer and re.search(r"/arcrole/[^/\s]+$", role.uri)):
                message = f"the arcrole {role.uri} is not of the form asked for"
                fix = "begin with the scheme and authority of the namespace, and end in /arcrole/Name"
                yield subject.finding(rule, message, fix, at=role.location)


@kind_on("written")
def standard_uses(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No role or arcrole is declared for what has the roles of XBRL 2.1: labels, references, footnotes, arcs."""
    for document in _schemas(subject):
        for role in document.roles:
            used = [name for name in role.used_on if name in _WITH_STANDARD_ROLES]
            if used:
                message = f"{role.uri} is declared for {list_text(used)}, where the roles of XBRL 2.1 are used"
                yield subject.finding(rule, message, "take usedOn out", at=role.location)


@kind_on("written")
def substitution_groups(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Elements are items, axes or tables by their substitution group itself, not by way of another element."""
    for document in _schemas(subject):
        for element in document.elements:
            if element.group[1] and element.group not in _GROUPS:
                message = f"{element.name} has the substitution group {element.group[1]}"
                fix = "use xbrli:item, xbrldt:dimensionItem or xbrldt:hypercubeItem"
                yield subject.finding(rule, message, fix, at=element.location)


# Links


@kind_on("written")
def resource_roles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels and references have roles of XBRL 2.1 or of a standard taxonomy."""
    own = {role.uri for document in subject.written for role in document.roles}
    for document in subject.written:
        for link in document.links:
            for role, place in link.resource_roles:
                if role in own or not (is_standard_role(role) or subject.table.is_standard(role)):
                    message = f"a resource of a {link.kind} has the role {role}"
                    yield subject.finding(rule, message, "use a role of a standard taxonomy", at=place)


@kind_on("written")
def effective_arcs(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every arc has an effect: it is no repetition of another, and what it prohibits is there.

    Arcs in the roles of standard taxonomies may prohibit what stands in theirs, so they are left alone.
    """
    equal: dict[tuple[object, ...], list[WrittenArc]] = {}
    for document in subject.written:
        for link in document.links:
            if subject.table.is_standard(link.role):
                continue
            for arc in link.arcs:
                if arc.source is not None and arc.target is not None:
                    key = (link.kind, link.role, arc.arcrole, arc.source, arc.target, arc.attributes)
                    equal.setdefault(key, []).append(arc)
    for arcs in equal.values():
        before: WrittenArc | None = None
        for arc in sorted(arcs, key=lambda arc: (_priority(arc), arc.prohibits)):
            ends = f"{(arc.source or '').rpartition('#')[2]} to {(arc.target or '').rpartition('#')[2]}"
            if arc.prohibits and (before is None or before.prohibits):
                message = f"the arc from {ends} prohibits nothing"
                yield subject.finding(rule, message, "take it out", at=arc.location)
            elif before is not None and not arc.prohibits and not before.prohibits:
                message = f"the arc from {ends} is there twice"
                yield subject.finding(rule, message, "take one out", at=before.location)
            before = arc


def _priority(arc: WrittenArc) -> int:
    text = (arc.priority or "0").strip()
    return int(text) if re.fullmatch(r"[+-]?\d{1,9}", text, re.ASCII) else 0


@kind_on("written")
def no_standard_references(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer neither adds references to standard concepts nor takes any away."""
    for document in subject.written:
        for link in document.links:
            for arc in link.arcs if link.kind == "referenceLink" else ():
                if arc.source is not None and subject.table.is_standard(arc.source):
                    name = arc.source.rpartition("#")[2]
                    yield subject.finding(
                        rule, f"the standard {name} is given a reference", "take the arc out", at=arc.location
                    )


# Types


@kind_on("taxonomy")
def durations_of_types(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Own concepts of one of these ``types`` are durations."""
    for concept in subject.own_concepts:
        name = concept.datatype.name.local_name if concept.datatype is not None else ""
        if name in rule.texts("types") and concept.period_type == "instant":
            message = f"{concept.qname} is of type {name}, and stated at an instant"
            yield subject.finding(rule, message, "make it a duration", at=at_concept(concept.qname))
