"""The Open Information Model's nouns. No I/O, no XML, no knowledge of report items."""

from exporter.model.datatypes import DataType, Facets
from exporter.model.dimensions import Context, Dimension, Entity, ExplicitDimension, TypedDimension
from exporter.model.duplicates import Agreement, DuplicateSet, find_duplicates
from exporter.model.fact import Fact, Facts
from exporter.model.period import FOREVER, Duration, Forever, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report, Vocabulary
from exporter.model.unit import Unit

__all__ = [
    "FOREVER",
    "Agreement",
    "Context",
    "DataType",
    "Dimension",
    "DuplicateSet",
    "Duration",
    "Entity",
    "ExplicitDimension",
    "Facets",
    "Fact",
    "Facts",
    "FootnoteResource",
    "Forever",
    "Instant",
    "Link",
    "Period",
    "QName",
    "Report",
    "TypedDimension",
    "Unit",
    "Vocabulary",
    "find_duplicates",
]
