"""Links as XML: references, locators, resources and arcs in their places (XBRL 2.1 sections 3.5, 4.3 and 5.2).

The documents of a taxonomy against XML Schema: valid schemas, valid linkbases, valid annotations (XBRL 2.1, 5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from exporter.findings import Finding
from exporter.model.qname import QName
from exporter.namespaces import LINK, XML, XSD, XSI
from exporter.taxonomy.read.documents import LINKBASE, SCHEMA, Document, Dts, Element
from exporter.taxonomy.read.links import End, ExtendedLink
from exporter.taxonomy.schema_closure import standard_schema, standard_schema_of
from exporter.taxonomy.standard import LINKBASE_REF_ROLES, is_standard_schema
from exporter.validation.taxonomy.subject import ARCS, LINKS, L, TaxonomySubject, X, local, taxonomy_rule
from exporter.validation.xml_schema import attributes_box, check_taxonomy_markup

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


@taxonomy_rule(REF_PLACE, REF_ARCROLE, REF_HREF, REF_LINKS)
def linkbase_refs_are_sound(subject: TaxonomySubject) -> Iterator[Finding]:
    """A linkbaseRef stands in an appinfo of its schema and its role fits what the linkbase holds."""
    for document in subject.schema_documents:
        for element in document.root.iter(f"{L}linkbaseRef"):
            at, parent = (element, document), element.getparent()
            outer = None if parent is None else parent.getparent()
            if parent is None or parent.tag != _APPINFO or outer is None or outer.getparent() is not document.root:
                message = "a linkbaseRef stands in an appinfo of the schema's own annotation"
                yield subject.fault(REF_PLACE, message, "move it there", at=at)
            if element.get(f"{X}arcrole") != _LINKBASE_ARCROLE:
                message = f"the arcrole of a linkbaseRef is {_LINKBASE_ARCROLE}, got {element.get(f'{X}arcrole')!r}"
                yield subject.fault(REF_ARCROLE, message, "correct the arcrole", at=at)
            href = element.get(f"{X}href", "")
            if not href or "xpointer(" in href:
                yield subject.fault(REF_HREF, f"a linkbaseRef needs an href, got {href!r}", "name a linkbase", at=at)
                continue
            expected = LINKBASE_REF_ROLES.get(element.get(f"{X}role", ""))
            _, found, fragment = subject.dts.target(href, element, document)
            root = None if found is None else (found.find(fragment) if fragment else found.root)
            if expected is None or root is None or root.tag != LINKBASE:
                continue
            for link in root.iterchildren("*"):
                if link.get(f"{X}type") == "extended" and link.tag != f"{L}{expected}":
                    message = f"the linkbase {href} is referred to as one of {expected}, yet holds a {local(link)}"
                    yield subject.fault(REF_LINKS, message, "correct the role or leave it out", at=at)
                    break


@taxonomy_rule(LINKBASE_PLACE)
def linkbases_stand_alone(subject: TaxonomySubject) -> Iterator[Finding]:
    """A linkbase is the root of its document, or stands in an appinfo of a schema."""
    for document in subject.dts.documents.values():
        for element in document.root.iter(LINKBASE):
            parent = element.getparent()
            if parent is not None and not (document.root.tag == SCHEMA and parent.tag == _APPINFO):
                message = f"a linkbase stands within {local(parent)}"
                fix = "make it a document of its own or move it into an appinfo"
                yield subject.fault(LINKBASE_PLACE, message, fix, at=(element, document))


@taxonomy_rule(LOC_TYPE, CUSTOM_LOC, LOC_TARGET)
def locators_lead_to_concepts(subject: TaxonomySubject) -> Iterator[Finding]:
    """Locators of the standard links point at concepts, in label and reference links also at their resources."""
    for link in subject.links.links:
        if link.tag not in LINKS:
            continue
        for element in link.element.iterchildren(f"{L}loc"):
            if element.get(f"{X}type") != "locator":
                yield subject.fault(LOC_TYPE, "a loc has the xlink:type locator", "add it", at=(element, link.document))
        for ends in link.ends.values():
            for end in ends:
                if end.is_locator:
                    yield from _locator_faults(subject, link, end)


def _locator_faults(subject: TaxonomySubject, link: ExtendedLink, end: End) -> Iterator[Finding]:
    at, href = (end.element, link.document), end.element.get(f"{X}href", "")
    if end.element.tag != f"{L}loc":
        message = f"the locator {local(end.element)} stands in a {local(link.element)}, which has link:loc only"
        yield subject.fault(CUSTOM_LOC, message, "use link:loc", at=at)
    if end.document is None:  # not at hand, which has been told, or a standard schema that is never read
        return
    resource = _RESOURCES.get(link.tag)
    if end.target is None:
        yield subject.fault(LOC_TARGET, f"the locator {href} points at nothing", "correct the href", at=at)
    elif end.target.tag != resource and (end.target.tag != _ELEMENT or not _is_concept(subject, end)):
        message = f"the locator {href} of a {local(link.element)} points at {local(end.target)}, not at a concept"
        yield subject.fault(LOC_TARGET, message, "let it point at the declaration of a concept", at=at)


def _is_concept(subject: TaxonomySubject, end: End) -> bool:
    if end.concept is None:
        return False
    return subject.concept(end.concept) is not None or not subject.complete or _is_standard(end)


def _is_standard(end: End) -> bool:
    return end.concept is not None and end.concept.namespace.startswith("http://xbrl.org/2005/")


@taxonomy_rule(ARC_FROM, ARC_TO, ARC_TWICE, REMOTE)
def arcs_have_both_ends(subject: TaxonomySubject) -> Iterator[Finding]:
    """An arc goes from one label of its link to another; no two arcs of a link go between the same labels."""
    for link in subject.links.links:
        seen: set[tuple[str, str]] = set()
        for arc in link.arcs:
            at, ends = (arc, link.document), (arc.get(f"{X}from", ""), arc.get(f"{X}to", ""))
            for code, name, label in ((ARC_FROM, "from", ends[0]), (ARC_TO, "to", ends[1])):
                if label not in link.ends:
                    message = f"the arc's {name} is {label!r}, which no locator or resource of the link is labelled"
                    yield subject.fault(code, message, f"correct {name}, or add the locator", at=at)
            if ends in seen and str(arc.tag) in ARCS:
                message = f"the link has two arcs from {ends[0]!r} to {ends[1]!r}"
                yield subject.fault(ARC_TWICE, message, "give a locator of its own to the second", at=at)
            seen.add(ends)
            if arc.tag in _RESOURCE_ARCS and arc.get("use") != "prohibited":
                yield from _remote_faults(subject, link, ends[1])


def _remote_faults(subject: TaxonomySubject, link: ExtendedLink, label: str) -> Iterator[Finding]:
    for end in link.ends.get(label, ()):
        if end.is_locator:
            message = f"the arc leads to the resource {end.element.get(f'{X}href')} in another place"
            fix = "put the resource into this link; only a prohibiting arc may lead to one elsewhere"
            yield subject.fault(REMOTE, message, fix, at=(end.element, link.document))


@taxonomy_rule(LABEL_LANGUAGE)
def labels_have_a_language(subject: TaxonomySubject) -> Iterator[Finding]:
    """Each label states its language."""
    for link in subject.links.links:
        for ends in link.ends.values():
            for end in ends:
                if end.element.tag == f"{L}label" and not (end.element.get(_LANG) or "").strip():
                    message = "the label has no xml:lang"
                    yield subject.fault(
                        LABEL_LANGUAGE, message, "state its language, such as en", at=(end.element, link.document)
                    )


RULES: Final = (
    linkbase_refs_are_sound,
    linkbases_stand_alone,
    locators_lead_to_concepts,
    arcs_have_both_ends,
    labels_have_a_language,
)


MARKUP: Final = "exporter:xmlSchema"
INVALID: Final = "exporter:schemaInvalid"

_HINT: Final = f"{{{XSI}}}schemaLocation"
_DECLARED: Final = frozenset(f"{{{LINK}}}{name}" for name in ("roleType", "arcroleType", "linkbaseRef", "linkbase"))


@taxonomy_rule(MARKUP, INVALID, "exporter:limitExceeded")
def documents_fit_their_schemas(subject: TaxonomySubject) -> Iterator[Finding]:
    """Schemas are valid, and so are linkbases, what annotations hold, and attributes of other namespaces."""
    if not subject.complete or subject.loaded.findings:
        return
    dts = subject.dts
    urls = [*(document.url for document in dts.schemas), *_hinted(subject)]
    found = list(check_taxonomy_markup(urls, _parts(subject), resolver=dts.resolver, limits=dts.resolver.limits))
    if not any(finding.code == "exporter:schemaNotFound" for finding in found):  # of standard schemas we have no copy
        yield from found


def _hinted(subject: TaxonomySubject) -> Iterator[str]:
    """Schemas that documents name, or use in links, for namespaces of which the taxonomy itself has none.

    Those of the specifications are our own; of others of theirs a package may have a copy.
    """
    dts = subject.dts
    known = {document.namespace for document in dts.schemas}
    for document in dts.documents.values():
        for namespace, url in (*_standard_links(document), *_located(document, dts)):
            if namespace not in known and (standard_schema(url) is not None or dts.resolver.is_at_hand(url)):
                known.add(namespace)
                yield url


def _standard_links(document: Document) -> Iterator[tuple[str, str]]:
    """The namespaces of extended links in a linkbase that a specification declares, and where: generic links."""
    for linkbase in document.linkbases:
        for link in linkbase.iterchildren("*"):
            if link.tag in LINKS:
                continue
            for namespace in {str(element.tag)[1:].rpartition("}")[0] for element in (link, *link.iterchildren("*"))}:
                if (standard := standard_schema_of(namespace)) is not None:
                    yield namespace, standard.urls[0]


def _located(document: Document, dts: Dts) -> Iterator[tuple[str, str]]:
    """The namespaces and schemas that ``xsi:schemaLocation`` names."""
    for element in document.root.iter("*"):
        words = element.get(_HINT, "").split()
        for namespace, location in zip(words[::2], words[1::2], strict=False):
            yield namespace, dts.absolute(location, document)


def _parts(subject: TaxonomySubject) -> Iterator[tuple[Element, str]]:
    for document in subject.dts.documents.values():
        if is_standard_schema(document.url):
            continue
        if document.root.tag == LINKBASE:
            yield document.root, document.name
        elif document.is_schema:
            for element in _annotated(subject, document):
                yield element, document.name


def _annotated(subject: TaxonomySubject, document: Document) -> Iterator[Element]:
    """What stands in annotations and is declared, and boxes with the attributes of other namespaces."""
    for appinfo in document.root.iter(_APPINFO):
        for element in appinfo.iterchildren("*"):
            namespace, _, name = str(element.tag).removeprefix("{").rpartition("}")
            if element.tag in _DECLARED or QName(namespace, name) in subject.schemas.elements:
                yield element
    seen: set[tuple[tuple[str, str], ...]] = set()
    for element in document.root.iter(f"{{{XSD}}}*"):
        foreign = tuple((str(key), str(value)) for key, value in element.items() if str(key)[0] == "{")
        if foreign and foreign not in seen:
            seen.add(foreign)
            box = attributes_box(element)
            if box is not None:
                yield box


MARKUP_RULES: Final = (documents_fit_their_schemas,)
