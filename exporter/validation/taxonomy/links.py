"""Links as XML: references, locators, resources and arcs where they belong (XBRL 2.1 sections 3.5, 4.3 and 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from exporter.findings import Finding
from exporter.namespaces import XML, XSD
from exporter.taxonomy.read.documents import LINKBASE, SCHEMA
from exporter.taxonomy.read.links import End, ExtendedLink
from exporter.taxonomy.standard import LINKBASE_REF_ROLES
from exporter.validation.engine import rule
from exporter.validation.taxonomy.subject import ARCS, LINKS, L, TaxonomySubject, X, local

REF_PLACE: Final = "xbrl.5.1.2:linkbaseRefLocation"
REF_ARCROLE: Final = "xbrl.4.3.3:linkbaseRefArcrole"
REF_HREF: Final = "xbrl.3.5.1.2:simpleLinkHref"
REF_LINKS: Final = "xbrl.4.3.4:linkbaseRefLinks"
LINKBASE_PLACE: Final = "xbrl.5.2:linkbaseRootElement"
LOC_TYPE: Final = "xbrl.3.5.3.7.1:linkLocType"
CUSTOM_LOC: Final = "xbrl.3.5.3.7:customLocator"
LOC_TARGET: Final = "xbrl.3.5.3.7:linkLocTarget"
ARC_FROM: Final = "xbrl.3.5.3.9.2:arcResource"
ARC_TO: Final = "xbrl.3.5.3.9.3:arcResource"
ARC_TWICE: Final = "xbrl.3.5.3.9:duplicateArc"
LABEL_LANGUAGE: Final = "xbrl.5.2.2.2.1:labelLang"
REMOTE: Final = "xbrl.5.2.2.3:labelArcRemoteResource"

_LINKBASE_ARCROLE: Final = "http://www.w3.org/1999/xlink/properties/linkbase"
_LANG: Final = f"{{{XML}}}lang"
_APPINFO: Final = f"{{{XSD}}}appinfo"
_ANNOTATION: Final = f"{{{XSD}}}annotation"
_ELEMENT: Final = f"{{{XSD}}}element"
_RESOURCES: Final[Mapping[str, str]] = {f"{L}labelLink": f"{L}label", f"{L}referenceLink": f"{L}reference"}
_RESOURCE_ARCS: Final = (f"{L}labelArc", f"{L}referenceArc")


@rule(REF_PLACE, REF_ARCROLE, REF_HREF, REF_LINKS, section="XBRL 2.1, 5.1.2")
def linkbase_refs_are_sound(subject: TaxonomySubject) -> Iterator[Finding]:
    """A linkbaseRef stands in an appinfo of its schema and its role fits what the linkbase holds."""
    for document in subject.schema_documents:
        for element in document.root.iter(f"{L}linkbaseRef"):
            at, parent = (element, document), element.getparent()
            outer = None if parent is None else parent.getparent()
            if parent is None or parent.tag != _APPINFO or outer is None or outer.getparent() is not document.root:
                message = "a linkbaseRef stands in an appinfo of the schema's own annotation"
                yield subject.finding(REF_PLACE, message, "move it there", at=at)
            if element.get(f"{X}arcrole") != _LINKBASE_ARCROLE:
                message = f"the arcrole of a linkbaseRef is {_LINKBASE_ARCROLE}, got {element.get(f'{X}arcrole')!r}"
                yield subject.finding(REF_ARCROLE, message, "correct the arcrole", at=at)
            href = element.get(f"{X}href", "")
            if not href or "xpointer(" in href:
                yield subject.finding(REF_HREF, f"a linkbaseRef needs an href, got {href!r}", "name a linkbase", at=at)
                continue
            expected = LINKBASE_REF_ROLES.get(element.get(f"{X}role", ""))
            _, target_document, fragment = subject.dts.target(href, element, document)
            root = (
                None
                if target_document is None
                else (target_document.find(fragment) if fragment else target_document.root)
            )
            if expected is None or root is None or root.tag != LINKBASE:
                continue
            for link in root.iterchildren("*"):
                if link.get(f"{X}type") == "extended" and link.tag != f"{L}{expected}":
                    message = f"the linkbase {href} is referred to as one of {expected}, yet holds a {local(link)}"
                    yield subject.finding(REF_LINKS, message, "correct the role or leave it out", at=at)
                    break


@rule(LINKBASE_PLACE, section="XBRL 2.1, 5.2")
def linkbases_stand_alone(subject: TaxonomySubject) -> Iterator[Finding]:
    """A linkbase is the root of its document, or stands in an appinfo of a schema."""
    for document in subject.dts.documents.values():
        for element in document.root.iter(LINKBASE):
            parent = element.getparent()
            if parent is not None and not (document.root.tag == SCHEMA and parent.tag == _APPINFO):
                message = f"a linkbase stands within {local(parent)}"
                fix = "make it a document of its own or move it into an appinfo"
                yield subject.finding(LINKBASE_PLACE, message, fix, at=(element, document))


@rule(LOC_TYPE, CUSTOM_LOC, LOC_TARGET, section="XBRL 2.1, 3.5.3.7.1")
def locators_lead_to_concepts(subject: TaxonomySubject) -> Iterator[Finding]:
    """Locators of the standard links point at concepts, in label and reference links also at their resources."""
    for link in subject.links.links:
        if link.tag not in LINKS:
            continue
        for element in link.element.iterchildren(f"{L}loc"):
            if element.get(f"{X}type") != "locator":
                yield subject.finding(
                    LOC_TYPE, "a loc has the xlink:type locator", "add it", at=(element, link.document)
                )
        for ends in link.ends.values():
            for end in ends:
                if end.is_locator:
                    yield from _check_locator(subject, link, end)


def _check_locator(subject: TaxonomySubject, link: ExtendedLink, end: End) -> Iterator[Finding]:
    at, href = (end.element, link.document), end.element.get(f"{X}href", "")
    if end.element.tag != f"{L}loc":
        message = f"the locator {local(end.element)} stands in a {local(link.element)}, which has link:loc only"
        yield subject.finding(CUSTOM_LOC, message, "use link:loc", at=at)
    if end.document is None:  # not available, which is reported already, or a standard schema that is never read
        return
    resource = _RESOURCES.get(link.tag)
    if end.target is None:
        yield subject.finding(LOC_TARGET, f"the locator {href} points at nothing", "correct the href", at=at)
    elif end.target.tag != resource and (end.target.tag != _ELEMENT or not _is_concept(subject, end)):
        message = f"the locator {href} of a {local(link.element)} points at {local(end.target)}, not at a concept"
        yield subject.finding(LOC_TARGET, message, "let it point at the declaration of a concept", at=at)


def _is_concept(subject: TaxonomySubject, end: End) -> bool:
    if end.concept is None:
        return False
    return subject.concept(end.concept) is not None or not subject.complete or _is_standard(end)


def _is_standard(end: End) -> bool:
    return end.concept is not None and end.concept.namespace.startswith("http://xbrl.org/2005/")


@rule(ARC_FROM, ARC_TO, ARC_TWICE, REMOTE, section="XBRL 2.1, 3.5.3.9.2")
def arcs_have_both_ends(subject: TaxonomySubject) -> Iterator[Finding]:
    """An arc goes from one label of its link to another; no two arcs of a link go between the same labels."""
    for link in subject.links.links:
        seen: set[tuple[str, str]] = set()
        for arc in link.arcs:
            at, ends = (arc, link.document), (arc.get(f"{X}from", ""), arc.get(f"{X}to", ""))
            for code, name, label in ((ARC_FROM, "from", ends[0]), (ARC_TO, "to", ends[1])):
                if label not in link.ends:
                    message = f"the arc's {name} is {label!r}, which no locator or resource of the link is labelled"
                    yield subject.finding(code, message, f"correct {name}, or add the locator", at=at)
            if ends in seen and str(arc.tag) in ARCS:
                message = f"the link has two arcs from {ends[0]!r} to {ends[1]!r}"
                yield subject.finding(ARC_TWICE, message, "give a locator of its own to the second", at=at)
            seen.add(ends)
            if arc.tag in _RESOURCE_ARCS and arc.get("use") != "prohibited":
                yield from _check_remote(subject, link, ends[1])


def _check_remote(subject: TaxonomySubject, link: ExtendedLink, label: str) -> Iterator[Finding]:
    for end in link.ends.get(label, ()):
        if end.is_locator:
            message = f"the arc leads to the resource {end.element.get(f'{X}href')} in another place"
            fix = "put the resource into this link; only a prohibiting arc may lead to one elsewhere"
            yield subject.finding(REMOTE, message, fix, at=(end.element, link.document))


@rule(LABEL_LANGUAGE, section="XBRL 2.1, 5.2.2.2.1")
def labels_have_a_language(subject: TaxonomySubject) -> Iterator[Finding]:
    """Each label states its language."""
    for link in subject.links.links:
        for ends in link.ends.values():
            for end in ends:
                if end.element.tag == f"{L}label" and not (end.element.get(_LANG) or "").strip():
                    message = "the label has no xml:lang"
                    yield subject.finding(
                        LABEL_LANGUAGE, message, "state its language, such as en", at=(end.element, link.document)
                    )
