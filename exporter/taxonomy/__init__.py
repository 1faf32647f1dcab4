"""Taxonomies: concepts, networks, labels; reading and writing schemas and linkbases. Knows no facts."""

from exporter.taxonomy.concept import Balance, Concept, ConceptKind, Enumeration, PeriodType, TypedDomain, element_id
from exporter.taxonomy.labels import Label
from exporter.taxonomy.networks import Network, Relationship
from exporter.taxonomy.references import Reference
from exporter.taxonomy.roles import ArcroleType, RoleType
from exporter.taxonomy.taxonomy import Axis, Hypercube, Import, Taxonomy

__all__ = [
    "ArcroleType",
    "Axis",
    "Balance",
    "Concept",
    "ConceptKind",
    "Enumeration",
    "Hypercube",
    "Import",
    "Label",
    "Network",
    "PeriodType",
    "Reference",
    "Relationship",
    "RoleType",
    "Taxonomy",
    "TypedDomain",
    "element_id",
]
