"""Enumeration concepts: domain and link role (Extensible Enumerations 2.0)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.namespaces import ENUM2
from exporter.taxonomy.documents import resolve_name
from exporter.validation.taxonomy.rules import TaxonomySubject, taxonomy_rule

NO_DOMAIN: Final = "enum2te:MissingDomainError"
DOMAIN: Final = "enum2te:InvalidDomainError"
NO_LINKROLE: Final = "enum2te:MissingLinkRoleError"

_ENUM: Final = f"{{{ENUM2}}}"


@taxonomy_rule(NO_DOMAIN, DOMAIN, NO_LINKROLE)
def enumerations_have_a_domain(subject: TaxonomySubject) -> Iterator[Finding]:
    """An enumeration concept names the head of its domain, a plain item, and the link role of its members."""
    for concept in subject.taxonomy.concepts:
        found = subject.declaration(concept.qname)
        if found is None or concept.datatype is None or not concept.datatype.is_enumeration:
            continue
        element, _ = found
        text = element.get(f"{_ENUM}domain")
        domain = resolve_name(element, text)
        if not text:
            message = f"the enumeration {concept.qname} has no enum2:domain"
            yield subject.fault(NO_DOMAIN, message, "name the head of its domain", at=found)
        elif domain is None or (subject.kind(domain) or ("element" if subject.complete else "item")) != "item":
            message = f"the domain {text} of {concept.qname} is no item of the taxonomy that may be a member"
            yield subject.fault(DOMAIN, message, "name an item that is no dimension, hypercube or tuple", at=found)
        if not (element.get(f"{_ENUM}linkrole") or "").strip():
            message = f"the enumeration {concept.qname} has no enum2:linkrole"
            yield subject.fault(NO_LINKROLE, message, "name the link role of its members", at=found)


RULES: Final = (enumerations_have_a_domain,)
