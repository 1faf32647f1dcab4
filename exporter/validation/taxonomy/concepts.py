"""Declarations of concepts: attributes and types of items, content of tuples (XBRL 2.1 sections 4.9 and 5.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.model.qname import QName, is_ncname
from exporter.namespaces import LINK, XBRLI, XL, XLINK, XSD
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.read.documents import Document, Element, resolve_name
from exporter.validation.engine import rule
from exporter.validation.taxonomy.subject import TaxonomySubject, local

NAMESPACE: Final = "xbrl.5.1:emptyTargetNamespace"
REDEFINE: Final = "xbrl.5.6.1:redefine"
PERIOD_TYPE: Final = "xbrl.5.1.1.1:itemPeriodType"
BALANCE: Final = "xbrl.5.1.1.2:itemBalance"
ITEM_TYPE: Final = "xbrl.5.1.1.3:itemType"
TUPLE_PERIOD: Final = "xbrl.4.9:tuplePeriodType"
TUPLE_BALANCE: Final = "xbrl.4.9:tupleBalance"
TUPLE_MIXED: Final = "xbrl.4.9:tupleMixedContent"
TUPLE_SIMPLE: Final = "xbrl.4.9:tupleSimpleContent"
TUPLE_CONTENT: Final = "xbrl.4.9:tupleElementItemOrTuple"
TUPLE_ATTRIBUTE: Final = "xbrl.4.9:tupleAttribute"
DUPLICATE_ID: Final = "exporter:duplicateId"
INVALID_ID: Final = "exporter:invalidId"

_XS: Final = f"{{{XSD}}}"
_PERIOD: Final = f"{{{XBRLI}}}periodType"
_BALANCE: Final = f"{{{XBRLI}}}balance"
_CONTENT_HEADS: Final = frozenset({QName(XBRLI, "item"), QName(XBRLI, "tuple")})
_FOREIGN: Final = frozenset({XBRLI, LINK, XLINK, XL})


def _declared(subject: TaxonomySubject, *, tuples: bool) -> Iterator[tuple[Concept, Element, Document]]:
    for concept in subject.taxonomy.concepts:
        declaration = subject.declaration(concept.qname)
        if declaration is not None and (concept.kind == "tuple") == tuples:
            yield concept, *declaration


@rule(NAMESPACE, section="XBRL 2.1, 5.1")
def schemas_have_a_namespace(subject: TaxonomySubject) -> Iterator[Finding]:
    """A target namespace is never empty."""
    for document in subject.schema_documents:
        if document.root.get("targetNamespace") == "":
            message = "the schema has an empty targetNamespace"
            yield subject.finding(NAMESPACE, message, "name a namespace", at=(document.root, document))


@rule(REDEFINE, section="XBRL 2.1, 5.6.1")
def schemas_redefine_nothing(subject: TaxonomySubject) -> Iterator[Finding]:
    """Schemas that declare concepts do not redefine others; those of typed domains only may."""
    declaring = {
        id(declaration[1])
        for concept in subject.taxonomy.concepts
        if (declaration := subject.declaration(concept.qname))
    }
    for document in subject.schema_documents:
        if id(document) not in declaring:
            continue
        for element in document.root.iterchildren(f"{_XS}redefine"):
            message = "the schema redefines another, which no taxonomy may do"
            yield subject.finding(REDEFINE, message, "derive new types instead", at=(element, document))


@rule(DUPLICATE_ID, INVALID_ID, section="XBRL 2.1, 5.1")
def ids_are_unique(subject: TaxonomySubject) -> Iterator[Finding]:
    """An id is an XML name and stands once in a document."""
    for document in subject.dts.documents.values():
        seen: set[str] = set()
        for element in document.root.iter("*"):
            identifier = element.get("id")
            if identifier is None:
                continue
            identifier = identifier.strip()
            if identifier in seen:
                message = f"the id {identifier!r} is given twice: references to it have no certain target"
                yield subject.finding(
                    DUPLICATE_ID, message, "give each element an id of its own", at=(element, document)
                )
            elif not is_ncname(identifier):
                message = f"the id {identifier!r} of {local(element)} is no XML name"
                yield subject.finding(
                    INVALID_ID, message, "begin it with a letter, without colon or blank", at=(element, document)
                )
            seen.add(identifier)


@rule(PERIOD_TYPE, section="XBRL 2.1, 5.1.1.1")
def items_have_a_period_type(subject: TaxonomySubject) -> Iterator[Finding]:
    """Each item says whether it is of an instant or of a duration."""
    for concept, element, document in _declared(subject, tuples=False):
        if concept.period_type not in ("instant", "duration"):
            message = f"{concept.qname} needs xbrli:periodType instant or duration, got {concept.period_type!r}"
            yield subject.finding(PERIOD_TYPE, message, "state the period type", at=(element, document))


@rule(BALANCE, section="XBRL 2.1, 5.1.1.2")
def only_money_has_a_balance(subject: TaxonomySubject) -> Iterator[Finding]:
    """A balance is debit or credit, and stands on monetary items only."""
    for concept, element, document in _declared(subject, tuples=False):
        if concept.balance is None:
            continue
        if concept.balance not in ("debit", "credit"):
            message = f"the balance of {concept.qname} is debit or credit, got {concept.balance!r}"
            yield subject.finding(BALANCE, message, "write debit or credit, or leave it out", at=(element, document))
        elif concept.datatype is not None and not concept.datatype.is_monetary:
            message = f"{concept.qname} has a balance, yet it is no monetary item ({concept.datatype.name})"
            yield subject.finding(
                BALANCE, message, "leave the balance out, or make it monetary", at=(element, document)
            )


@rule(ITEM_TYPE, section="XBRL 2.1, 5.1.1.3")
def items_have_item_types(subject: TaxonomySubject) -> Iterator[Finding]:
    """The type of an item is one of the item types of XBRL 2.1 or derived from one."""
    for concept, element, document in _declared(subject, tuples=False):
        datatype = concept.datatype
        untyped = datatype is None and element.get("type") is None and subject.complete
        if untyped or (datatype is not None and not datatype.standard.endswith("ItemType")):
            type_name = "none" if datatype is None else datatype.name
            message = f"the type of {concept.qname} is derived from an XBRL item type, got {type_name}"
            fix = "use an item type of XBRL 2.1 or of the Data Type Registry"
            yield subject.finding(ITEM_TYPE, message, fix, at=(element, document))


@rule(TUPLE_PERIOD, TUPLE_BALANCE, section="XBRL 2.1, 4.9")
def tuples_have_no_period(subject: TaxonomySubject) -> Iterator[Finding]:
    """Period type and balance belong to items."""
    for concept, element, document in _declared(subject, tuples=True):
        for code, name in ((TUPLE_PERIOD, _PERIOD), (TUPLE_BALANCE, _BALANCE)):
            if element.get(name) is not None:
                message = f"the tuple {concept.qname} has xbrli:{name.rpartition('}')[2]}, which belongs to items"
                yield subject.finding(code, message, "leave it out", at=(element, document))


@rule(TUPLE_MIXED, TUPLE_SIMPLE, TUPLE_CONTENT, TUPLE_ATTRIBUTE, section="XBRL 2.1, 4.9")
def tuples_hold_items_and_tuples(subject: TaxonomySubject) -> Iterator[Finding]:
    """The content of a tuple is made of global items and tuples, without text, and no attribute of XBRL."""
    for concept, element, document in _declared(subject, tuples=True):
        for definition, place in _definitions(subject, element, document):
            yield from _check_content(subject, concept, definition, place)


def _definitions(subject: TaxonomySubject, element: Element, document: Document) -> Iterator[tuple[Element, Document]]:
    """The complex types that a tuple is made of, from its own towards what it derives from."""
    inline = next(element.iterchildren(f"{_XS}complexType"), None)
    definition = (
        (inline, document)
        if inline is not None
        else subject.schemas.type_named(resolve_name(element, element.get("type")))
    )
    seen: set[Element] = set()
    while definition is not None and definition[0] not in seen:
        seen.add(definition[0])
        yield definition
        step = next(definition[0].iter(f"{_XS}extension", f"{_XS}restriction"), None)
        definition = None if step is None else subject.schemas.type_named(resolve_name(step, step.get("base")))


def _check_content(
    subject: TaxonomySubject, concept: Concept, definition: Element, document: Document
) -> Iterator[Finding]:
    fix = "refer to global items and tuples only"
    holders = (definition, *definition.iterchildren(f"{_XS}complexContent"))
    if any(holder.get("mixed", "").strip() in ("true", "1") for holder in holders):
        yield subject.finding(
            TUPLE_MIXED, f"the tuple {concept.qname} has mixed content", fix, at=(definition, document)
        )
    if next(definition.iterchildren(f"{_XS}simpleContent"), None) is not None:
        yield subject.finding(
            TUPLE_SIMPLE, f"the tuple {concept.qname} has simple content", fix, at=(definition, document)
        )
    for element in definition.iter(f"{_XS}element"):
        if _is_no_concept(subject, element):
            name_text = element.get("ref") or element.get("name")
            message = f"the tuple {concept.qname} holds {name_text}, which is no global item or tuple"
            yield subject.finding(TUPLE_CONTENT, message, fix, at=(element, document))
    for attribute in definition.iter(f"{_XS}attribute"):
        name = resolve_name(attribute, attribute.get("ref"))
        if name is not None and name.namespace in _FOREIGN:
            message = f"the tuple {concept.qname} has the attribute {attribute.get('ref')}"
            yield subject.finding(TUPLE_ATTRIBUTE, message, "leave the attribute out", at=(attribute, document))


def _is_no_concept(subject: TaxonomySubject, element: Element) -> bool:
    name = resolve_name(element, element.get("ref"))
    if name is None:
        return True
    if name in _CONTENT_HEADS or subject.concept(name) is not None:
        return False
    return name in subject.schemas.elements or subject.complete
