"""Roles and arcroles: declared, referred to, and used where they may be (XBRL 2.1 sections 3.5.2, 5.1.3 and 5.1.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import frozen

from exporter.findings import Finding
from exporter.model.qname import QName
from exporter.namespaces import LINK, ROLE_FOOTNOTE, ROLE_LINK, XSD
from exporter.taxonomy.read.documents import Document, Element, resolve_name
from exporter.taxonomy.standard import (
    ARCROLE_HREFS,
    ARCROLE_USED_ON,
    LABEL_ROLES,
    REFERENCE_ROLES,
    ROLE_HREFS,
    STANDARD_ARCS,
    is_standard_role,
)
from exporter.validation.engine import rule
from exporter.validation.taxonomy.subject import ARCS, LINKS, L, TaxonomySubject, X, local

PLACE: Final = "xbrl.5.1.3:roleTypeAppinfo"
ARC_PLACE: Final = "xbrl.5.1.4:arcroleTypeAppinfo"
MISSING: Final = "xbrl.5.1.3:roleTypeMissing"
ARC_MISSING: Final = "xbrl.5.1.4:arcroleTypeMissing"
TWICE: Final = "xbrl.5.1.3:roleTypeDuplicate"
ARC_TWICE: Final = "xbrl.5.1.4:arcroleTypeDuplicate"
UNEQUAL: Final = "xbrl.5.1.3:roleTypes-inequality"
ARC_UNEQUAL: Final = "xbrl.5.1.4:arcroleTypes-inequality"
CYCLES: Final = "xbrl.5.1.4:arcroleTypeCyclesAllowed"
REF_TWICE: Final = "xbrl.3.5.2.4.5:roleRefDuplicate"
ARC_REF_TWICE: Final = "xbrl.3.5.2.5.5:arcroleRefDuplicate"
REF_MISMATCH: Final = "xbrl.3.5.2.4.5:roleRefMismatch"
ARC_REF_MISMATCH: Final = "xbrl.3.5.2.5.5:arcroleRefMismatch"
NO_REF: Final = "xbrl.3.5.2.4:missingRoleRef"
NO_ARC_REF: Final = "xbrl.3.5.2.5:missingArcroleRef"
NOT_ABSOLUTE: Final = "xbrl.3.5.2.4:roleNotAbsolute"
ARC_NOT_ABSOLUTE: Final = "xbrl.3.5.2.5:arcroleNotAbsolute"
USED_ON: Final = "xbrl.5.1.3.4:custRoleUsedOn"
ARC_USED_ON: Final = "xbrl.5.1.4.5:custArcroleUsedOn"
NO_STANDARD: Final = "xbrl.3.5.3:standardRole"

_APPINFO: Final = f"{{{XSD}}}appinfo"


_STANDARD_ROLES: Final[Mapping[str, frozenset[str]]] = {
    **dict.fromkeys(LINKS, frozenset({ROLE_LINK})),
    f"{L}footnoteLink": frozenset({ROLE_LINK}),
    f"{L}label": LABEL_ROLES,
    f"{L}reference": REFERENCE_ROLES,
    f"{L}footnote": frozenset({ROLE_FOOTNOTE}),
}
_LABEL: Final = QName(LINK, "label")


@frozen(kw_only=True)
class _Sort:
    """What differs between roles and arcroles."""

    declaration: str
    reference: str
    uri: str
    place: str
    missing: str
    twice: str
    unequal: str
    ref_twice: str
    ref_mismatch: str
    known: Mapping[str, str]


_ROLE: Final = _Sort(
    declaration=f"{L}roleType", reference=f"{L}roleRef", uri="roleURI", place=PLACE, missing=MISSING, twice=TWICE,
    unequal=UNEQUAL, ref_twice=REF_TWICE, ref_mismatch=REF_MISMATCH, known=ROLE_HREFS,
)  # fmt: skip
_ARCROLE: Final = _Sort(
    declaration=f"{L}arcroleType", reference=f"{L}arcroleRef", uri="arcroleURI", place=ARC_PLACE, missing=ARC_MISSING,
    twice=ARC_TWICE, unequal=ARC_UNEQUAL, ref_twice=ARC_REF_TWICE, ref_mismatch=ARC_REF_MISMATCH, known=ARCROLE_HREFS,
)  # fmt: skip
_SORTS: Final = (_ROLE, _ARCROLE)

Declared = dict[str, list[tuple[Element, Document]]]


def _declarations(subject: TaxonomySubject, sort: _Sort) -> Iterator[tuple[Element, Document]]:
    for document in subject.dts.documents.values():
        for element in document.root.iter(sort.declaration):
            yield element, document


def declared(subject: TaxonomySubject, sort: _Sort) -> Declared:
    """The declarations of each URI."""
    declarations: Declared = {}
    for element, document in _declarations(subject, sort):
        declarations.setdefault(element.get(sort.uri, ""), []).append((element, document))
    return declarations


@rule(PLACE, ARC_PLACE, MISSING, ARC_MISSING, CYCLES, section="XBRL 2.1, 5.1.3")
def role_types_are_complete(subject: TaxonomySubject) -> Iterator[Finding]:
    """A declaration stands in an appinfo and has a URI; an arcrole says which cycles it allows."""
    for sort in _SORTS:
        for element, document in _declarations(subject, sort):
            at, uri = (element, document), element.get(sort.uri)
            parent = element.getparent()
            if parent is None or parent.tag != _APPINFO:
                message = f"{local(element)} {uri} does not stand in an appinfo of a schema"
                yield subject.finding(sort.place, message, "move it into xs:annotation/xs:appinfo", at=at)
            if not uri or not _is_uri(uri) or (sort is _ARCROLE and not _is_absolute(uri)):
                message = f"{local(element)} needs a {sort.uri}, got {uri!r}"
                yield subject.finding(sort.missing, message, "give it an absolute URI", at=at)
            cycles = element.get("cyclesAllowed")
            if sort is _ARCROLE and cycles not in ("any", "undirected", "none"):
                message = f"cyclesAllowed of {uri} is any, undirected or none, got {cycles!r}"
                yield subject.finding(CYCLES, message, "state which cycles are allowed", at=at)


def _is_uri(text: str) -> bool:
    try:
        urlsplit(text)
    except ValueError:
        return False
    return bool(text.strip()) and not any(character.isspace() for character in text.strip())


def _is_absolute(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme) and bool(parts.netloc or parts.path)


@rule(TWICE, ARC_TWICE, UNEQUAL, ARC_UNEQUAL, section="XBRL 2.1, 5.1.3")
def role_types_agree(subject: TaxonomySubject) -> Iterator[Finding]:
    """A URI is declared once in a schema; declarations in several schemas say the same."""
    for sort in _SORTS:
        for uri, declarations in declared(subject, sort).items():
            for element, document in declarations:
                yield from _repeated_uses(subject, sort, element, document)
            first = declarations[0]
            for position, (element, document) in enumerate(declarations[1:], 1):
                if any(document is other for _, other in declarations[:position]):
                    message = f"{uri} is declared twice in {document.name}"
                    yield subject.finding(sort.twice, message, "keep one declaration", at=(element, document))
                elif _content(element) != _content(first[0]):
                    message = f"{uri} is declared differently in {first[1].name}"
                    yield subject.finding(sort.unequal, message, "make the declarations equal", at=(element, document))


def _repeated_uses(subject: TaxonomySubject, sort: _Sort, element: Element, document: Document) -> Iterator[Finding]:
    names = [resolve_name(used_on, used_on.text) for used_on in element.iterchildren(f"{L}usedOn")]
    for name in sorted({str(name) for name in names if name is not None and names.count(name) > 1}):
        message = f"{element.get(sort.uri)} names {name} twice in usedOn"
        yield subject.finding(sort.unequal, message, "name each element once", at=(element, document))


def _content(element: Element) -> object:
    """What makes two declarations equal: the uses as a set, the definition, the cycles."""
    uses = frozenset(resolve_name(used_on, used_on.text) for used_on in element.iterchildren(f"{L}usedOn"))
    definition = element.findtext(f"{L}definition")
    return uses, definition, element.get("cyclesAllowed")


@rule(REF_TWICE, ARC_REF_TWICE, REF_MISMATCH, ARC_REF_MISMATCH, section="XBRL 2.1, 3.5.2.4.5")
def role_refs_lead_to_their_declaration(subject: TaxonomySubject) -> Iterator[Finding]:
    """A linkbase refers to a role once, and to the declaration of just this role."""
    for document, linkbase in _linkbases(subject):
        for sort in _SORTS:
            seen: set[str] = set()
            for element in linkbase.iterchildren(sort.reference):
                uri = element.get(sort.uri, "")
                if uri in seen:
                    message = f"the linkbase refers to {uri} twice"
                    yield subject.finding(sort.ref_twice, message, "keep one reference", at=(element, document))
                seen.add(uri)
                if not _leads_there(subject, sort, element, document):
                    message = f"{local(element)} {uri} leads to {element.get(f'{X}href')}, which does not declare it"
                    fix = f"let the href point at the declaration of {uri}"
                    yield subject.finding(sort.ref_mismatch, message, fix, at=(element, document))


def _linkbases(subject: TaxonomySubject) -> Iterator[tuple[Document, Element]]:
    for document in subject.dts.documents.values():
        for linkbase in document.root.iter(f"{L}linkbase"):
            yield document, linkbase


def _leads_there(subject: TaxonomySubject, sort: _Sort, element: Element, document: Document) -> bool:
    uri, href = element.get(sort.uri, ""), element.get(f"{X}href", "")
    _, target_document, fragment = subject.dts.target(href, element, document)
    if target_document is None:  # not available, which is reported already, or a standard schema that is never read
        return uri not in sort.known or sort.known[uri].rpartition("#")[2] == fragment
    target = target_document.find(fragment)
    return target is not None and target.tag == sort.declaration and target.get(sort.uri) == uri


@rule(NOT_ABSOLUTE, NO_REF, USED_ON, NO_STANDARD, section="XBRL 2.1, 3.5.2.4")
def roles_may_be_used(subject: TaxonomySubject) -> Iterator[Finding]:
    """Links and resources carry standard roles, or declared ones that the linkbase refers to."""
    types = declared(subject, _ROLE)
    for link in subject.links.links:
        referred = {reference.get("roleURI", "") for reference in link.base.iterchildren(f"{L}roleRef")}
        resources = (end.element for ends in link.ends.values() for end in ends if not end.is_locator)
        for element in (link.element, *resources):
            if str(element.tag) in _STANDARD_ROLES:
                yield from _check_role(subject, element, link.document, referred, types)


def _check_role(
    subject: TaxonomySubject, element: Element, document: Document, referred: set[str], types: Declared
) -> Iterator[Finding]:
    role, at = element.get(f"{X}role"), (element, document)
    if not role:
        return  # optional on resources; XML Schema asks for it on links
    if not _is_absolute(role):
        yield subject.finding(NOT_ABSOLUTE, f"the role {role!r} is no absolute URI", "write it in full", at=at)
    elif is_standard_role(role):
        if role not in _STANDARD_ROLES[str(element.tag)]:
            message = f"{role} is no role that XBRL 2.1 has for {local(element)}"
            yield subject.finding(NO_STANDARD, message, "use one that it has, or declare one of your own", at=at)
    elif role not in referred:
        message = f"the linkbase has no roleRef for the role {role}"
        yield subject.finding(NO_REF, message, f"refer to the declaration of {role}", at=at)
    elif not _is_used_on(types.get(role, ()), element, is_label_role=role in ROLE_HREFS):
        message = f"the role {role} is not declared for {local(element)}"
        yield subject.finding(USED_ON, message, f"add link:usedOn link:{local(element)} to its declaration", at=at)


def _is_used_on(types: Any, element: Element, *, is_label_role: bool) -> bool:
    """Whether declarations allow an element; where none is available, nothing is held against it."""
    name = QName(LINK, local(element))
    if not types:
        return not is_label_role or name == _LABEL
    return any(
        resolve_name(used_on, used_on.text) == name
        for declaration, _ in types
        for used_on in declaration.iterchildren(f"{L}usedOn")
    )


@rule(ARC_NOT_ABSOLUTE, NO_ARC_REF, ARC_USED_ON, section="XBRL 2.1, 3.5.2.5")
def arcroles_may_be_used(subject: TaxonomySubject) -> Iterator[Finding]:
    """Arcs of XBRL 2.1 carry its arcroles, each on its own arc, or declared ones that the linkbase refers to."""
    types = declared(subject, _ARCROLE)
    for link in subject.links.links:
        referred = {reference.get("arcroleURI", "") for reference in link.base.iterchildren(f"{L}arcroleRef")}
        checked: set[tuple[str, str]] = set()
        for arc in link.arcs:
            key = (arc.get(f"{X}arcrole", ""), str(arc.tag))
            if key[1] not in ARCS or key in checked:
                continue
            checked.add(key)
            yield from _check_arcrole(subject, arc, link.document, referred, types)


def _check_arcrole(
    subject: TaxonomySubject, arc: Element, document: Document, referred: set[str], types: Declared
) -> Iterator[Finding]:
    arcrole, at = arc.get(f"{X}arcrole", ""), (arc, document)
    if not arcrole:
        return  # XML Schema asks for it
    if not _is_absolute(arcrole):
        yield subject.finding(
            ARC_NOT_ABSOLUTE, f"the arcrole {arcrole!r} is no absolute URI", "write it in full", at=at
        )
    elif arcrole in STANDARD_ARCS:
        if STANDARD_ARCS[arcrole] != local(arc):
            message = f"XBRL 2.1 has no arcrole {arcrole} for {local(arc)}"
            yield subject.finding(ARC_USED_ON, message, "use the arc that the arcrole belongs to", at=at)
    elif arcrole not in referred:
        message = f"the linkbase has no arcroleRef for the arcrole {arcrole}"
        yield subject.finding(NO_ARC_REF, message, f"refer to the declaration of {arcrole}", at=at)
    elif not _is_arc_used_on(types.get(arcrole, ()), arc):
        message = f"the arcrole {arcrole} is not declared for {local(arc)}"
        yield subject.finding(ARC_USED_ON, message, f"add link:usedOn link:{local(arc)} to its declaration", at=at)


def _is_arc_used_on(types: Any, arc: Element) -> bool:
    if not types:
        known = ARCROLE_USED_ON.get(arc.get(f"{X}arcrole", ""))
        return known is None or known == local(arc)
    return _is_used_on(types, arc, is_label_role=False)
