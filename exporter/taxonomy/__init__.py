"""Taxonomies: concepts, networks, labels; reading and writing schemas and linkbases. Knows no facts."""

from exporter.model.standard_types import Balance, PeriodType
from exporter.taxonomy.concepts import (
    ArcroleType,
    Concept,
    ConceptKind,
    EnumerationDomain,
    Label,
    Reference,
    RoleType,
    TypedDomain,
    element_id,
)
from exporter.taxonomy.networks import Network, Relationship
from exporter.taxonomy.taxonomy import Axis, Hypercube, Import, Taxonomy

__all__ = [
    "ArcroleType",
    "Axis",
    "Balance",
    "Concept",
    "ConceptKind",
    "EnumerationDomain",
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
