"""Label and reference linkbases: resources that hang on concepts (XBRL 2.1 sections 5.2.2 and 5.2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from exporter.model.qname import QName
from exporter.namespaces import ROLE_LINK, XML
from exporter.taxonomy.labels import Label
from exporter.taxonomy.linkbase_writer import LinkbaseFile, Targets
from exporter.taxonomy.markup import Prefixes, child
from exporter.taxonomy.networks import CONCEPT_LABEL, CONCEPT_REFERENCE
from exporter.taxonomy.references import Reference
from exporter.taxonomy.taxonomy import Taxonomy

_Resource = TypeVar("_Resource", Label, Reference)


def write_labels(taxonomy: Taxonomy, schema: str) -> bytes:
    """The label linkbase, all languages in one file."""
    targets = Targets(taxonomy, schema)
    linkbase = LinkbaseFile(targets, roles=(label.role for label in taxonomy.labels))
    link = linkbase.link("labelLink", ROLE_LINK)
    for concept, labels in _by_concept(taxonomy.labels):
        start, end = link.locate(concept), f"lab_{targets.concept(concept)[1]}"
        for label in labels:
            link.resource("label", end, label.role, {f"{{{XML}}}lang": label.language}, label.text)
        link.arc("labelArc", CONCEPT_LABEL, start, end)
    return linkbase.to_bytes()


def write_references(taxonomy: Taxonomy, schema: str) -> bytes:
    """The reference linkbase."""
    targets = Targets(taxonomy, schema)
    prefixes = Prefixes({taxonomy.namespace: taxonomy.prefix})
    for reference in taxonomy.references:
        for name, _ in reference.parts:
            prefixes.of(name.namespace, name.prefix)
    roles = (reference.role for reference in taxonomy.references)
    linkbase = LinkbaseFile(targets, roles=roles, prefixes=prefixes)
    link = linkbase.link("referenceLink", ROLE_LINK)
    for concept, references in _by_concept(taxonomy.references):
        start, end = link.locate(concept), f"ref_{targets.concept(concept)[1]}"
        for reference in references:
            resource = link.resource("reference", end, reference.role, {})
            for name, text in reference.parts:
                child(resource, name, text=text)
        link.arc("referenceArc", CONCEPT_REFERENCE, start, end)
    return linkbase.to_bytes()


def _by_concept(resources: Iterable[_Resource]) -> Iterable[tuple[QName, list[_Resource]]]:
    found: dict[QName, list[_Resource]] = {}
    for resource in dict.fromkeys(resources):
        found.setdefault(resource.concept, []).append(resource)
    return found.items()
