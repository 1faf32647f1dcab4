"""Structured-data export of financial filings: report items to schema-validated JSON and XBRL, and back.

    import exporter as ex

The names below are the public face; each is imported when first used, so that ``import exporter`` costs little. The
rest is reached by room: ``exporter.disclosures`` has the report items, ``exporter.taxonomy`` the taxonomy's nouns.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.batches.run import BatchOptions as BatchOptions
    from exporter.batches.run import batch as batch
    from exporter.errors import DeclarationError as DeclarationError
    from exporter.errors import ExporterError as ExporterError
    from exporter.errors import ItemError as ItemError
    from exporter.errors import ModelError as ModelError
    from exporter.errors import ReadError as ReadError
    from exporter.errors import WriteError as WriteError
    from exporter.filing import Filing as Filing
    from exporter.findings import Finding as Finding
    from exporter.findings import Severity as Severity
    from exporter.items.check import problem as problem
    from exporter.items.declare import ReportItem as ReportItem
    from exporter.items.declare import companion as companion
    from exporter.items.declare import concept as concept
    from exporter.items.declare import concept_choice as concept_choice
    from exporter.items.declare import dimension as dimension
    from exporter.items.declare import language as language
    from exporter.items.declare import option as option
    from exporter.items.declare import period as period
    from exporter.items.declare import report_item as report_item
    from exporter.items.declare import rows as rows
    from exporter.items.declare import selector as selector
    from exporter.items.declare import unit as unit
    from exporter.items.json_schema import derive_json_schema as derive_json_schema
    from exporter.items.taxonomy.derive import derive_taxonomy as derive_taxonomy
    from exporter.items.values import CurrencyPair as CurrencyPair
    from exporter.items.values import EntityRef as EntityRef
    from exporter.items.values import Money as Money
    from exporter.items.values import Month as Month
    from exporter.items.values import MonthDay as MonthDay
    from exporter.items.values import Percent as Percent
    from exporter.items.values import PerShare as PerShare
    from exporter.items.values import Rate as Rate
    from exporter.items.values import Ratio as Ratio
    from exporter.items.values import ShareCount as ShareCount
    from exporter.items.values import SourceRef as SourceRef
    from exporter.items.values import Unknown as Unknown
    from exporter.items.values.enumeration import Enumeration as Enumeration
    from exporter.items.values.texts import Footnote as Footnote
    from exporter.items.values.texts import TextBlock as TextBlock
    from exporter.model.differences import compare_reports as compare_reports
    from exporter.model.dimensions import Context as Context
    from exporter.model.dimensions import Entity as Entity
    from exporter.model.fact import Fact as Fact
    from exporter.model.period import Duration as Duration
    from exporter.model.period import Instant as Instant
    from exporter.model.qname import QName as QName
    from exporter.model.report import Report as Report
    from exporter.model.unit import Unit as Unit
    from exporter.operations.diff import compare_files as compare_files
    from exporter.operations.export import export_filing as export_filing
    from exporter.operations.generate import generate_items as generate_items
    from exporter.operations.load import load_filing as load_filing
    from exporter.operations.observe import Timings as Timings
    from exporter.operations.observe import observed as observed
    from exporter.operations.preflight import preflight_filing as preflight_filing
    from exporter.operations.read import read_report as read_report
    from exporter.operations.read import stream_report as stream_report
    from exporter.operations.tables import read_items as read_items
    from exporter.operations.tag import tag_filing as tag_filing
    from exporter.operations.to_items import to_items as to_items
    from exporter.operations.validate import validate as validate
    from exporter.operations.write import write_report as write_report
    from exporter.profiles.profile import Profile as Profile
    from exporter.profiles.read import load_profile as load_profile
    from exporter.resources.limits import Limits as Limits
    from exporter.taxonomy.read.discovery import load_taxonomy as load_taxonomy
    from exporter.taxonomy.taxonomy import Taxonomy as Taxonomy

_ROOMS = {
    "batches.run": (
        "BatchOptions",
        "batch",
    ),
    "errors": (
        "DeclarationError",
        "ExporterError",
        "ItemError",
        "ModelError",
        "ReadError",
        "WriteError",
    ),
    "filing": ("Filing",),
    "findings": (
        "Finding",
        "Severity",
    ),
    "items.check": ("problem",),
    "items.declare": (
        "ReportItem",
        "companion",
        "concept",
        "concept_choice",
        "dimension",
        "language",
        "option",
        "period",
        "report_item",
        "rows",
        "selector",
        "unit",
    ),
    "items.json_schema": ("derive_json_schema",),
    "items.taxonomy.derive": ("derive_taxonomy",),
    "items.values": (
        "CurrencyPair",
        "EntityRef",
        "Money",
        "Month",
        "MonthDay",
        "PerShare",
        "Percent",
        "Rate",
        "Ratio",
        "ShareCount",
        "SourceRef",
        "Unknown",
    ),
    "items.values.enumeration": ("Enumeration",),
    "items.values.texts": (
        "Footnote",
        "TextBlock",
    ),
    "model.differences": ("compare_reports",),
    "model.dimensions": (
        "Context",
        "Entity",
    ),
    "model.fact": ("Fact",),
    "model.period": (
        "Duration",
        "Instant",
    ),
    "model.qname": ("QName",),
    "model.report": ("Report",),
    "model.unit": ("Unit",),
    "operations.diff": ("compare_files",),
    "operations.export": ("export_filing",),
    "operations.generate": ("generate_items",),
    "operations.load": ("load_filing",),
    "operations.observe": (
        "Timings",
        "observed",
    ),
    "operations.preflight": ("preflight_filing",),
    "operations.read": (
        "read_report",
        "stream_report",
    ),
    "operations.tables": ("read_items",),
    "operations.tag": ("tag_filing",),
    "operations.to_items": ("to_items",),
    "operations.validate": ("validate",),
    "operations.write": ("write_report",),
    "profiles.profile": ("Profile",),
    "profiles.read": ("load_profile",),
    "resources.limits": ("Limits",),
    "taxonomy.read.discovery": ("load_taxonomy",),
    "taxonomy.taxonomy": ("Taxonomy",),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__version__ = "0.1.0"
__all__ = sorted([*_HOME, "__version__"])


def __getattr__(name: str) -> Any:
    room = _HOME.get(name)
    if room is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{room}"), name)
    return value


def __dir__() -> list[str]:
    return __all__
