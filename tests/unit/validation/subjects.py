"""A small taxonomy that has something of everything, and reports against it."""

from __future__ import annotations

from typing import Any

from exporter.findings import Finding
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, Entity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.standard_types import SIMPLE_TYPES, complex_type, standard_type
from exporter.model.unit import Unit
from exporter.namespaces import XSD
from exporter.taxonomy import Concept, EnumerationDomain, Relationship, Taxonomy, TypedDomain, networks
from exporter.validation.engine import Syntax
from exporter.validation.rule_sets import check_report

NAMESPACE = "http://www.example.com/rules"
ROLE = "http://www.example.com/role/"
CUBES, AXES, PICKS = ROLE + "cubes", ROLE + "axes", ROLE + "picks"


def own(name: str) -> QName:
    return QName(NAMESPACE, name, prefix="ex")


def _item(name: str, datatype: str | DataType | None, period: str = "duration", **more: Any) -> Concept:
    known = standard_type(datatype) if isinstance(datatype, str) else datatype
    return Concept(qname=own(name), datatype=known, period_type=period, **more)  # type: ignore[arg-type]


def _heading(name: str, **more: Any) -> Concept:
    return _item(name, "stringItemType", abstract=True, **more)


def _typed(name: str) -> Concept:
    return _heading(f"{name}Axis", kind="dimension", typed_domain_ref=own(f"{name}Domain"))


def simple(name: str) -> DataType:
    return SIMPLE_TYPES[QName(XSD, name)]


_PICKS = EnumerationDomain(domain=own("World"), linkrole=PICKS)
CONCEPTS = (
    _item("Cash", "monetaryItemType", "instant"),
    _item("Capital", "monetaryItemType", "instant", nillable=False),
    _item("Sales", "monetaryItemType"),
    _item("SalesInShop", "monetaryItemType"),
    _item("Ratio", "pureItemType"),
    _item("Amount", "decimalItemType"),
    _item("Weight", "doubleItemType"),
    _item("Stock", "sharesItemType", "instant"),
    _item("Earnings", "perShareItemType"),
    _item("Area", "areaItemType"),
    _item("Percent", "percentItemType"),
    _item("Heads", "nonNegativeIntegerItemType"),
    _item("Title", "stringItemType"),
    _item("Code", "noLangTokenItemType"),
    _item("Day", "dateItemType"),
    _item("Flag", "booleanItemType"),
    _item("Part", "fractionItemType"),
    _item("Prefixed", "prefixedContentItemType"),
    _item("Sq", "SQNameItemType"),
    _item("Mystery", None),
    _item("Pick", "enumerationItemType", enumeration=_PICKS),
    _item("Picks", "enumerationSetItemType", enumeration=_PICKS),
    Concept(qname=own("Bundle"), kind="tuple"),
    _heading("Heading"),
    _heading("World"),
    _heading("North"),
    _heading("South"),
    _heading("Nowhere"),
    _heading("Cube", kind="hypercube"),
    _heading("Barred", kind="hypercube"),
    _heading("RegionAxis", kind="dimension"),
    _heading("OtherAxis", kind="dimension"),
    *(_typed(name) for name in ("Lot", "Number", "List", "Token", "Tree", "Nil")),
)
DOMAINS = (
    TypedDomain(qname=own("LotDomain"), datatype=simple("string")),
    TypedDomain(qname=own("NumberDomain"), datatype=simple("integer")),
    TypedDomain(qname=own("ListDomain"), datatype=DataType(own("numbers"), "list", "list")),
    TypedDomain(qname=own("TokenDomain"), datatype=simple("NMTOKEN")),
    TypedDomain(qname=own("TreeDomain"), datatype=complex_type(own("tree"))),
    TypedDomain(qname=own("NilDomain"), datatype=simple("string"), nillable=True),
)


def arc(kind: str, source: str, target: str, role: str = AXES, **more: Any) -> Relationship:
    return Relationship(arcrole=kind, source=own(source), target=own(target), role=role, **more)


def _has_cube(**more: Any) -> Relationship:
    return arc(networks.ALL, "Sales", "Cube", CUBES, **more)


_REGIONS = (
    arc(networks.DIMENSION_DOMAIN, "RegionAxis", "World", usable=False),
    arc(networks.DOMAIN_MEMBER, "World", "North"),
    arc(networks.DOMAIN_MEMBER, "World", "South"),
    arc(networks.DIMENSION_DEFAULT, "RegionAxis", "North"),
)
CUBE = (
    _has_cube(context_element="segment", closed=True),
    arc(networks.DOMAIN_MEMBER, "Sales", "SalesInShop", CUBES),
    arc(networks.HYPERCUBE_DIMENSION, "Cube", "RegionAxis", CUBES, target_role=AXES),
)
_PICKABLE = (
    arc(networks.DOMAIN_MEMBER, "World", "North", PICKS),
    arc(networks.DOMAIN_MEMBER, "World", "South", PICKS),
    arc(networks.DOMAIN_MEMBER, "South", "Nowhere", PICKS, usable=False),
)


def taxonomy(*relationships: Relationship, cube: tuple[Relationship, ...] = CUBE) -> Taxonomy:
    return Taxonomy(
        namespace=NAMESPACE,
        prefix="ex",
        concepts=CONCEPTS,
        typed_domains=DOMAINS,
        relationships=(*cube, *_REGIONS, *_PICKABLE, *relationships),
    )


TAXONOMY = taxonomy()
YEAR = Duration("2024-01-01", "2024-12-31")
END = Instant("2024-12-31")
USD = Unit.currency("USD")
ENTITY = Entity("http://www.example.com/ids", "acme")


def fact(
    concept: str | QName,
    value: str | None,
    *dimensions: Dimension,
    period: Period = YEAR,
    entity: Entity | None = ENTITY,
    **more: Any,
) -> Fact:
    name = own(concept) if isinstance(concept, str) else concept
    more.setdefault("id", f"f-{name.local_name}")
    return Fact(name, Context(entity, period, dimensions), value, **more)


def sales(*dimensions: Dimension, concept: str = "Sales", value: str = "5", **more: Any) -> Fact:
    return fact(concept, value, *dimensions, unit=USD, **more)


def report(*facts: Fact, **more: Any) -> Report:
    return Report(taxonomy=more.pop("schemas", ["rules.xsd"]), facts=facts, **more)


def findings(
    *facts: Fact, syntax: Syntax = "json", complete: bool = True, under: Taxonomy = TAXONOMY, **more: Any
) -> list[Finding]:
    return list(check_report(report(*facts, **more), under, syntax=syntax, complete=complete))


def codes(*facts: Fact, **more: Any) -> list[str]:
    return [finding.code for finding in findings(*facts, **more)]
