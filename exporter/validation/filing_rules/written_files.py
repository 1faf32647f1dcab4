"""Kinds of rules on the filer's schemas and linkbases as they are written: files, addresses, attributes, roles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, list_text
from exporter.model.patterns import compile_rule_pattern
from exporter.namespaces import XBRLI
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy.networks import DIMENSION_DEFAULT
from exporter.taxonomy.standard import SCHEMAS, is_standard_role
from exporter.validation.filing_rules.subject import FilingSubject, kind_on
from exporter.validation.filing_rules.written import WrittenArc, WrittenDocument, WrittenExtendedLink, WrittenRole

_LINKS: Final = {"presentation": "presentationLink", "calculation": "calculationLink", "definition": "definitionLink"}


def _schemas(subject: FilingSubject) -> list[WrittenDocument]:
    return [document for document in subject.written if document.kind == "schema"]


def _links(subject: FilingSubject, kind: str = "") -> Iterator[WrittenExtendedLink]:
    for document in subject.written:
        yield from (link for link in document.links if not kind or link.kind == kind)


def _roles(subject: FilingSubject, kind: str) -> list[WrittenRole]:
    return [role for document in subject.written for role in document.roles if role.kind == kind]


# Files


@kind_on("files")
def own_schema(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filing has a schema of its own."""
    if not any(name.lower().endswith(".xsd") for name in subject.files) and not subject.written:
        yield subject.finding(rule, "the report has no taxonomy of the filer's own", "add one that it refers to")


@kind_on("written")
def linkbase_files(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Linkbases stand in files of their own, each kind of link in another; none is embedded in a schema."""
    for document in subject.written:
        for place in document.embedded:
            yield subject.finding(
                rule, "a linkbase stands within the schema", "put it into a file of its own", at=place
            )
        kinds = sorted(document.link_kinds - {"gen:link"})
        if document.kind == "linkbase" and len(kinds) > 1 and not rule.parameters.get("embedded_only"):
            message = f"{document.name} has several kinds of links: {list_text(kinds)}"
            yield subject.finding(rule, message, "put each kind into a file of its own", at=document.location)


@kind_on("written")
def linkbase_kinds(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer's taxonomy has linkbases of all these ``links``."""
    present = {kind for document in subject.written for kind in document.link_kinds}
    for kind in rule.texts("links"):
        if kind not in present:
            name = kind.removesuffix("Link")
            message = f"the taxonomy has no {name} linkbase"
            yield subject.finding(rule, message, "add one, as a file of its own", at=subject.written[0].location)


@kind_on("written")
def label_files(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A label linkbase has labels of one language."""
    for document in subject.written:
        languages = sorted({label.language for link in document.links for label in link.labels})
        if len(languages) > 1:
            message = f"{document.name} has labels in {list_text(languages, last=' and ')}"
            yield subject.finding(rule, message, "write a file for each language", at=document.location)


@kind_on("written")
def linkbase_references(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer's schemas use no linkbases of standard taxonomies of these ``kinds`` (``presentation`` …)."""
    for document in subject.written:
        for address in document.addresses:
            kinds = [kind for kind in rule.texts("kinds") if f"/{kind}LinkbaseRef" in (address.role or "")]
            if address.kind == "linkbaseRef" and kinds and subject.table.is_standard(address.url):
                message = f"the schema uses the standard {kinds[0]} linkbase {address.url}"
                yield subject.finding(rule, message, "take the linkbaseRef out", at=address.location)


@kind_on("written")
def schema_namespaces(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The target namespace of every schema is there and fits ``pattern``."""
    for document in _schemas(subject):
        if not rule.pattern(".+").fullmatch(document.namespace or ""):
            message = f"the namespace of the schema is not of the form asked for: {document.namespace!r}"
            yield subject.finding(rule, message, rule.text("example") or "give one", at=document.location)


@kind_on("written")
def schema_prefixes(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The prefix that documents bind to the filer's namespace fits ``pattern``."""
    own = {document.namespace for document in _schemas(subject)}
    for document in subject.written:
        for prefix, namespace in document.prefixes:
            if namespace in own and not rule.pattern().fullmatch(prefix):
                message = f"the prefix of {namespace} is {prefix!r}, which is not of the form asked for"
                yield subject.finding(rule, message, rule.text("example") or None, at=document.location)


@kind_on("written")
def schema_forms(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Schemas declare qualified elements and unqualified attributes, and no element differs."""
    for document in subject.written:
        for place in document.forms[:1]:
            fix = 'write elementFormDefault="qualified" and attributeFormDefault="unqualified" on the schema'
            yield subject.finding(rule, "a form is declared that is not the usual one", fix, at=place)


@kind_on("written")
def no_xsd_documentation(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """What a concept is stands in labels, not in the schema."""
    for document in subject.written:
        for place in document.documentation:
            yield subject.finding(rule, "a declaration has xsd:documentation", "make it a label", at=place)


@kind_on("written")
def no_own_types(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No type is defined that only repeats one of XBRL or of the Data Type Registry."""
    for document in subject.written:
        for defined in document.types:
            is_standard = defined.base_namespace == XBRLI or "/dtr/type/" in defined.base_namespace
            if is_standard and not defined.is_narrowed:
                message = f"the type {defined.name} says nothing that {defined.base} does not"
                yield subject.finding(rule, message, f"use {defined.base}", at=defined.location)


# Addresses


@kind_on("written")
def written_addresses(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Addresses are the names of files in the same folder, or fit one of ``allowed_patterns``."""
    allowed = [compile_rule_pattern(pattern) for pattern in rule.texts("allowed_patterns")]
    for document in subject.written:
        for address in document.addresses:
            plain, _, fragment = address.href.partition("#")
            is_near = "/" not in plain and not re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", plain)
            is_allowed = is_near or any(pattern.fullmatch(plain) for pattern in allowed)
            if not is_allowed or (fragment.startswith("element(") and not is_near):
                message = f"the address {address.href[:150]} of {address.kind} is not accepted"
                fix = "name a file beside this one, or a schema that the manual lists"
                yield subject.finding(rule, message, fix, at=address.location)


@kind_on("written")
def no_includes(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The filer's schemas include no others."""
    for document in subject.written:
        for address in document.addresses:
            if address.kind in ("include", "redefine"):
                message = f"the schema has {address.kind} of {address.href}"
                yield subject.finding(rule, message, "import it instead", at=address.location)


@kind_on("written")
def import_locations(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Standard namespaces are imported from where they are published; ``places`` adds patterns of namespace and place.

    A place is a pattern of a namespace, and the address made of its groups.
    """
    places = [(compile_rule_pattern(pattern), place) for pattern, place in rule.texts_by_name("places").items()]
    for document in subject.written:
        for address in document.addresses:
            if address.kind != "import" or address.namespace is None:
                continue
            expected = SCHEMAS.get(address.namespace)
            for pattern, place in places:
                match = pattern.fullmatch(address.namespace)
                if match is not None:
                    expected = re.sub(r"\$(\d)", lambda group, match=match: match[int(group[1])], str(place))  # type: ignore[misc]
            if expected is not None and re.sub("^https:", "http:", address.url) != re.sub("^https:", "http:", expected):
                message = f"{address.namespace} is imported from {address.url}"
                yield subject.finding(rule, message, f"import it from {expected}", at=address.location)


@kind_on("written")
def required_imports(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A schema imports an entry point that fits ``pattern``; with ``outdated``, none that fits it."""
    imports = [address for document in _schemas(subject) for address in document.addresses if address.kind == "import"]
    fitting = [address for address in imports if rule.pattern().fullmatch(address.url)]
    if rule.parameters.get("outdated"):
        for address in fitting:
            yield subject.finding(rule, f"{address.url} is outdated", rule.text("example") or None, at=address.location)
    elif not fitting and _schemas(subject):
        message = "no schema imports the entry point that the manual asks for"
        yield subject.finding(rule, message, rule.text("example") or None, at=_schemas(subject)[0].location)


@kind_on("written")
def same_release(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Facts are of the release that is imported: groups of ``pattern`` in imports and ``names_pattern`` are equal."""
    imports = [address.url for document in _schemas(subject) for address in document.addresses]
    releases = {match[1] for url in imports if (match := rule.pattern().fullmatch(url)) is not None}
    names = compile_rule_pattern(rule.text("names_pattern"))
    for namespace in dict.fromkeys(fact.concept.namespace for fact in subject.report.facts):
        match = names.fullmatch(namespace)
        if releases and match is not None and match[1] not in releases:
            message = f"facts are of {namespace}, the entry point of {list_text(sorted(releases))}"
            yield subject.finding(rule, message, "use one release")


# Links and arcs


@kind_on("written")
def orders_given(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every arc of the links ``link`` (``presentation``, ``calculation``, ``definition``) has an order."""
    kind = _LINKS[rule.text("link", "presentation")]
    for link in _links(subject, kind):
        for arc in link.arcs:
            if arc.order is None:
                yield subject.finding(rule, f"an arc of {link.role} has no order", "number the arcs", at=arc.location)


@kind_on("written")
def links_with_roles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every extended link and every resource has a role."""
    for link in _links(subject):
        places = [*([] if link.role else [link.location]), *link.bare_resources]
        for place in places:
            yield subject.finding(rule, "a link or resource has no role", "write xlink:role", at=place)


@kind_on("written")
def low_priorities(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Priorities of arcs are less than ``limit``."""
    limit = rule.number_of("limit", 10)
    for link in _links(subject):
        for arc in link.arcs:
            if (
                arc.priority is not None
                and arc.priority.strip().lstrip("+-").isdecimal()
                and int(arc.priority) >= limit
            ):
                message = f"the priority of an arc is {arc.priority}"
                yield subject.finding(rule, message, f"use less than {limit}", at=arc.location)


@kind_on("written")
def label_priorities(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A concept has one label of a role, language and priority in the filer's linkbases."""
    seen: set[tuple[str, str, str, str]] = set()
    for link in _links(subject, "labelLink"):
        for label in link.labels:
            key = (label.concept, label.role, label.language.lower(), label.priority)
            if key in seen:
                concept = label.concept.rpartition("#")[2]
                message = f"{concept} has two labels of one role and priority in {label.language}"
                yield subject.finding(rule, message, "keep one, or give one another priority", at=label.location)
            seen.add(key)


@kind_on("written")
def registered_label_roles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels have roles of XBRL 2.1 or of the Link Role Registry."""
    for link in _links(subject, "labelLink"):
        for label in link.labels:
            if not is_standard_role(label.role) and not label.role.startswith("http://www.xbrl.org/20"):
                message = f"the label of {label.concept.rpartition('#')[2]} has the role {label.role}"
                yield subject.finding(rule, message, "use a role of the registry", at=label.location)


def _changes_standard(arc: WrittenArc, subject: FilingSubject) -> bool:
    ends = [end for end in (arc.source, arc.target) if end is not None]
    return any(subject.table.is_standard(end) for end in ends)


@kind_on("written")
def standard_resources_kept(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Labels and references of standard concepts are not prohibited."""
    for kind in ("labelLink", "referenceLink"):
        for link in _links(subject, kind):
            for arc in link.arcs:
                if arc.prohibits and _changes_standard(arc, subject):
                    message = f"a {kind.removesuffix('Link')} of the standard taxonomy is prohibited"
                    yield subject.finding(rule, message, "take the arc out", at=arc.location)


@kind_on("written")
def standard_defaults_kept(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The default members of standard axes are neither prohibited nor given again."""
    for link in _links(subject, "definitionLink"):
        for arc in link.arcs:
            if arc.arcrole == DIMENSION_DEFAULT and (
                arc.prohibits or (arc.source is not None and subject.table.is_standard(arc.source))
            ):
                axis = (arc.source or "").rpartition("#")[2]
                yield subject.finding(rule, f"the default of {axis} is changed", "take the arc out", at=arc.location)


@kind_on("written")
def definition_arcroles(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Definition links have arcs of these ``arcroles`` only."""
    for link in _links(subject, "definitionLink"):
        for arc in link.arcs:
            if arc.arcrole not in rule.texts("arcroles"):
                message = f"a definition arc has the arcrole {arc.arcrole}"
                yield subject.finding(rule, message, rule.text("example") or "take it out", at=arc.location)


# Roles


@kind_on("written")
def role_grammar(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The ``part`` (``id`` or ``uri``) of every role that the filer declares fits ``pattern``."""
    part = rule.text("part", "id")
    for role in _roles(subject, "roleType"):
        value = role.id if part == "id" else role.uri
        if not rule.pattern().fullmatch(value):
            message = f"the {part} of a role is not of the form asked for: {value}"
            yield subject.finding(rule, message, rule.text("example") or None, at=role.location)


@kind_on("written")
def role_texts(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Definitions of roles and arcroles (``type``) are there, without blanks at their ends; ``check`` chooses which."""
    check = rule.text("check", "given")
    for role in _roles(subject, rule.text("type", "roleType")):
        text = role.definition
        if check == "given" and not (text or "").strip():
            yield subject.finding(rule, f"{role.uri} has no definition", "add one", at=role.location)
        elif check == "stripped" and text is not None and text != text.strip():
            message = f"the definition of {role.uri} has blanks at an end"
            yield subject.finding(rule, message, "take them out", at=role.location)


@kind_on("written")
def declared_once(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """A role or arcrole (``type``) is declared once."""
    roles = _roles(subject, rule.text("type", "roleType"))
    counts = Counter(role.uri for role in roles)
    for role in roles:
        if counts[role.uri] > 1:
            counts[role.uri] = 0
            yield subject.finding(rule, f"{role.uri} is declared twice", "declare it once", at=role.location)


@kind_on("written")
def arcrole_sources(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Arcroles come from standard schemas."""
    for document in subject.written:
        for address in document.addresses:
            if address.kind == "arcroleRef" and not subject.table.is_standard(address.url):
                message = f"an arcrole comes from {address.url}"
                yield subject.finding(rule, message, "use one of a standard schema", at=address.location)
