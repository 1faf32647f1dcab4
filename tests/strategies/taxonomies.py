"""Taxonomies: one by hand that uses everything, and generated ones."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from exporter.model.datatypes import DataType, Facets
from exporter.model.qname import QName
from exporter.model.standard_types import SIMPLE_TYPES, standard_type
from exporter.namespaces import XSD
from exporter.taxonomy import (
    ArcroleType,
    Concept,
    EnumerationDomain,
    Label,
    Reference,
    Relationship,
    RoleType,
    Taxonomy,
    TypedDomain,
    networks,
)
from exporter.taxonomy import concepts as labels

NAMESPACE = "http://www.example.com/20050331"
PREFIX = "abc"
ROLE = "http://www.example.com/role/"


def own(name: str) -> QName:
    return QName(NAMESPACE, name, prefix=PREFIX)


def _item(name: str, datatype: str | DataType, period: str = "duration", **more: Any) -> Concept:
    known = standard_type(datatype) if isinstance(datatype, str) else datatype
    return Concept(qname=own(name), datatype=known, period_type=period, **more)  # type: ignore[arg-type]


def _heading(name: str, **more: Any) -> Concept:
    return _item(name, "stringItemType", abstract=True, **more)


_GRADE = standard_type("stringItemType").derive(own("gradeItemType"), Facets(enumeration=frozenset({"A", "B"})))
_CODE = SIMPLE_TYPES[QName(XSD, "string")].derive(own("lotType"), Facets(pattern=("[A-Z]{2}[0-9]+",), max_length=12))

_CONCEPTS = (
    _heading("BalanceAbstract"),
    _item("Cash", "monetaryItemType", "instant", balance="debit"),
    _item("Receivables", "monetaryItemType", "instant", balance="debit"),
    _item("Allowance", "monetaryItemType", "instant", balance="credit"),
    _item("CurrentAssets", "monetaryItemType", "instant", balance="debit"),
    _item("AccumulatedDeficit", "monetaryItemType", "instant", balance="credit"),
    _item("OwnershipShare", "percentItemType", "instant"),
    _item("LossPerShare", "perShareItemType"),
    _item("RiskFactorTextBlock", "textBlockItemType"),
    _item("FilingDate", "dateItemType"),
    _item("Grade", _GRADE),
    _item("Score", standard_type("decimalItemType").derive(
        standard_type("decimalItemType").name, Facets(min_inclusive=Decimal(0), max_inclusive=Decimal("9.5"))
    )),
    _item("Region", "enumerationItemType",
          enumeration=EnumerationDomain(domain=own("RegionDomain"), linkrole=ROLE + "Regions")),
    _item("Regions", "enumerationSetItemType",
          enumeration=EnumerationDomain(domain=own("RegionDomain"), linkrole=ROLE + "Regions", head_usable=True)),
    _heading("SalesTable", kind="hypercube"),
    _heading("LotTable", kind="hypercube"),
    _heading("RegionAxis", kind="dimension"),
    _heading("LotAxis", kind="dimension", typed_domain_ref=own("LotDomain")),
    _heading("DayAxis", kind="dimension", typed_domain_ref=own("DayDomain")),
    _item("RegionDomain", "domainItemType", abstract=True),
    _item("JapanMember", "domainItemType", abstract=True),
    _item("AmericaMember", "domainItemType", abstract=True),
    _heading("SalesLineItems"),
    _heading("LotLineItems"),
    _item("Sales", "monetaryItemType", balance="credit"),
    _item("LotSize", "sharesItemType", "instant"),
    _item("Aliased", "monetaryItemType", balance="credit", nillable=False),
)  # fmt: skip


def _labels() -> list[Label]:
    made = [
        Label(concept=one.qname, text=text, language=language)
        for one in _CONCEPTS
        for language, text in (("en", one.qname.local_name), ("ja", f"項目 {one.qname.local_name}"))
    ]
    cash, deficit, assets = own("Cash"), own("AccumulatedDeficit"), own("CurrentAssets")
    return [
        *made,
        Label(concept=cash, text="Cash, at beginning of year", role=labels.PERIOD_START),
        Label(concept=cash, text="Cash, at end of year", role=labels.PERIOD_END),
        Label(concept=cash, text="期首残高", role=labels.PERIOD_START, language="ja"),
        Label(concept=assets, text="Total current assets", role=labels.TOTAL),
        Label(concept=deficit, text="Deficit", role=labels.TERSE),
        Label(concept=deficit, text="Accumulated deficit", role=labels.NEGATED),
        Label(concept=deficit, text="Losses & costs < gains;\nsince the start", role=labels.DOCUMENTATION),
    ]


def _present(parent: str, *children: tuple[str, str | None], role: str = ROLE + "Balance") -> list[Relationship]:
    return [
        Relationship(
            arcrole=networks.PARENT_CHILD, role=role, source=own(parent), target=own(child), order=order,
            preferred_label=preferred,
        )
        for order, (child, preferred) in enumerate(children, 1)
    ]  # fmt: skip


def _dimensional(arcrole: str, role: str, source: str, target: str, **more: object) -> Relationship:
    return Relationship(arcrole=arcrole, role=ROLE + role, source=own(source), target=own(target), **more)  # type: ignore[arg-type]


def _sum(total: str, part: str, weight: int, order: int) -> Relationship:
    return Relationship(
        arcrole=networks.SUMMATION_ITEM, role=ROLE + "Balance", source=own(total), target=own(part), weight=weight,
        order=order,
    )  # fmt: skip


_RELATIONSHIPS = (
    *_present(
        "BalanceAbstract",
        ("Cash", labels.PERIOD_START),
        ("Receivables", None),
        ("CurrentAssets", labels.TOTAL),
        ("AccumulatedDeficit", labels.NEGATED),
        ("Cash", labels.PERIOD_END),
    ),
    _sum("CurrentAssets", "Cash", 1, 1),
    _sum("CurrentAssets", "Receivables", 1, 2),
    _sum("CurrentAssets", "Allowance", -1, 3),
    _dimensional(networks.ALL, "Sales", "SalesLineItems", "SalesTable", context_element="scenario", closed=True),
    _dimensional(networks.HYPERCUBE_DIMENSION, "Sales", "SalesTable", "RegionAxis", target_role=ROLE + "Regions"),
    _dimensional(networks.DOMAIN_MEMBER, "Sales", "SalesLineItems", "Sales"),
    _dimensional(networks.DIMENSION_DOMAIN, "Regions", "RegionAxis", "RegionDomain"),
    _dimensional(networks.DIMENSION_DEFAULT, "Regions", "RegionAxis", "RegionDomain"),
    _dimensional(networks.DOMAIN_MEMBER, "Regions", "RegionDomain", "JapanMember", order=1),
    _dimensional(
        networks.DOMAIN_MEMBER, "Regions", "RegionDomain", "AmericaMember", order=Decimal("2.5"), usable=False
    ),
    _dimensional(networks.ALL, "Lots", "LotLineItems", "LotTable", context_element="scenario", closed=True),
    _dimensional(networks.HYPERCUBE_DIMENSION, "Lots", "LotTable", "LotAxis", order=1),
    _dimensional(networks.HYPERCUBE_DIMENSION, "Lots", "LotTable", "DayAxis", order=2),
    _dimensional(networks.DOMAIN_MEMBER, "Lots", "LotLineItems", "LotSize"),
    Relationship(arcrole=networks.ESSENCE_ALIAS, source=own("Sales"), target=own("Aliased")),
    _dimensional(ROLE + "arcrole/follows", "Sales", "Sales", "LossPerShare"),
)


def everything() -> Taxonomy:
    """A taxonomy that uses everything that can be written, and is valid."""
    return Taxonomy(
        namespace=NAMESPACE,
        prefix=PREFIX,
        concepts=_CONCEPTS,
        labels=_labels(),
        references=[
            Reference(concept=own("Cash"), parts={"Name": "Form 20-F", "Section": "3.A", "URI": "http://www.sec.gov/"}),
            Reference(concept=own("Sales"), parts={"Publisher": "FASB", "Number": "606"}, role=ROLE + "remarkRef"),
        ],
        roles=[
            RoleType(uri=ROLE + "Balance", id="Balance", definition="0001 - Statement - Balance"),
            RoleType(uri=ROLE + "Sales", id="Sales", definition="0002 - Disclosure - Sales"),
            RoleType(uri=ROLE + "Lots", id="Lots", definition="0003 - Disclosure - Lots"),
            RoleType(uri=ROLE + "Regions", id="Regions", definition="0004 - Disclosure - 地域"),
            RoleType(uri=ROLE + "remarkRef", id="remarkRef", used_on=("reference",)),
        ],
        arcroles=[ArcroleType(uri=ROLE + "arcrole/follows", id="follows", definition="comes after")],
        relationships=_RELATIONSHIPS,
        typed_domains=[
            TypedDomain(qname=own("LotDomain"), datatype=_CODE),
            TypedDomain(qname=own("DayDomain"), datatype=SIMPLE_TYPES[QName(XSD, "date")], nillable=True),
        ],
    )


_TYPES = (
    "monetaryItemType", "stringItemType", "dateItemType", "percentItemType", "textBlockItemType", "domainItemType",
    "sharesItemType", "noDecimalsMonetaryItemType", "integerItemType", "gYearMonthItemType",
)  # fmt: skip
_NAMES = st.from_regex(r"[A-Z][A-Za-z0-9_.-]{0,8}", fullmatch=True) | st.sampled_from(["為替レート", "Énergie", "_x"])
_TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff", include_characters="\n\t\r"),
    max_size=30,
)
_ROLES = st.sampled_from([ROLE + name for name in ("One", "Two", "Three")])
_ORDERS = st.decimals(min_value=0, max_value=1000, places=2)


@st.composite
def facets(draw: st.DrawFn) -> Facets:
    """Facets of a string type."""
    return Facets(
        enumeration=draw(st.none() | st.frozensets(_NAMES, min_size=1, max_size=3)),
        pattern=tuple(draw(st.lists(st.sampled_from(["[A-Z]+", "a|b", r"\d{2,}"]), max_size=2, unique=True))),
        max_length=draw(st.integers(1, 50)),
    )


@st.composite
def concepts(draw: st.DrawFn, name: QName, domains: list[TypedDomain]) -> Concept:
    """A concept of that name."""
    datatype = standard_type(draw(st.sampled_from(_TYPES)))
    if datatype.base == "string" and not datatype.facets and draw(st.booleans()):
        datatype = datatype.derive(own(f"{name.local_name}.type"), draw(facets()))
    kind = draw(st.sampled_from(["item", "item", "dimension", "hypercube"]))
    typed = kind == "dimension" and domains and draw(st.booleans())
    return Concept(
        qname=name,
        datatype=datatype,
        period_type=draw(st.sampled_from(["instant", "duration"])),
        balance=draw(st.sampled_from([None, "debit", "credit"])) if datatype.is_monetary else None,
        abstract=kind != "item" or draw(st.booleans()),
        nillable=draw(st.booleans()),
        kind=kind,  # type: ignore[arg-type]
        typed_domain_ref=draw(st.sampled_from(domains)).qname if typed else None,
    )


@st.composite
def relationships(draw: st.DrawFn, names: list[QName]) -> Relationship:
    """A relationship between two of the names."""
    ends = {"role": draw(_ROLES), "source": draw(st.sampled_from(names)), "target": draw(st.sampled_from(names))}
    arcrole = draw(
        st.sampled_from(
            [networks.PARENT_CHILD, *networks.SUMMATIONS, networks.ALL, networks.NOT_ALL, networks.DOMAIN_MEMBER]
        )
    )
    more: dict[str, object] = {"order": draw(_ORDERS)}
    if arcrole == networks.PARENT_CHILD:
        more["preferred_label"] = draw(st.sampled_from([None, labels.TOTAL, labels.NEGATED_NET]))
    elif arcrole in networks.SUMMATIONS:
        more["weight"] = draw(st.sampled_from([1, -1, Decimal("0.5")]))
    else:
        more["target_role"] = draw(st.none() | _ROLES)
        if arcrole == networks.DOMAIN_MEMBER:
            more["usable"] = draw(st.booleans())
        else:
            more |= {"context_element": draw(st.sampled_from(["segment", "scenario"])), "closed": draw(st.booleans())}
    return Relationship(arcrole=arcrole, **ends, **more)  # type: ignore[arg-type]


@st.composite
def taxonomies(draw: st.DrawFn) -> Taxonomy:
    """A taxonomy that can be written; it need not make sense."""
    local = draw(st.lists(_NAMES, min_size=2, max_size=8, unique=True))
    domains = [
        TypedDomain(qname=own(f"{name}.domain"), datatype=draw(st.sampled_from(list(SIMPLE_TYPES.values())[:20])))
        for name in draw(st.lists(_NAMES, max_size=2, unique=True))
    ]
    names = [own(name) for name in local]
    made = [draw(concepts(name, domains)) for name in names]
    used = {concept.typed_domain_ref for concept in made}
    one_of = st.sampled_from(names)
    role = st.sampled_from([labels.STANDARD, labels.NEGATED, labels.DEPRECATED, labels.RESTATED, labels.ZERO_TERSE])
    label = st.builds(Label, concept=one_of, text=_TEXTS, language=st.sampled_from(["en", "ja", "en-US"]), role=role)
    parts = st.dictionaries(st.sampled_from(["Name", "Section", "URI"]), _TEXTS, min_size=1)
    return Taxonomy(
        namespace=NAMESPACE,
        prefix=PREFIX,
        concepts=made,
        labels=draw(st.lists(label, max_size=6, unique=True)),
        references=draw(st.lists(st.builds(Reference, concept=one_of, parts=parts), max_size=3)),
        roles=[
            RoleType(uri=ROLE + name, id=name, definition=draw(st.none() | _TEXTS)) for name in ("One", "Two", "Three")
        ],
        relationships=draw(st.lists(relationships(names), max_size=12, unique=True)),
        typed_domains=[domain for domain in domains if domain.qname in used],
    )
