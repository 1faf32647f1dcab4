"""For each kind of rule a way to break it, whatever the table and its parameters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from attrs import evolve

from exporter.findings import Location
from exporter.model.dimensions import ExplicitDimension, TypedDimension
from exporter.model.entity import Entity
from exporter.model.period import FOREVER, Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy import Concept, Label, Reference, Relationship, networks
from exporter.taxonomy import concepts as label_roles
from exporter.taxonomy.concepts import RoleType
from exporter.taxonomy.taxonomy import Import
from exporter.validation.filing_rules.linkbases import WIDER_NARROWER
from exporter.validation.filing_rules.subject import Address as Address
from exporter.validation.filing_rules.subject import MarkupElement, NamespaceBinding, StyleLink, UnitUse
from tests.unit.validation.filing_rules.made import END, PLACE, USD, Made

Break = Callable[[Made, DocumentRule], Made]
ROLE: Final = "http://www.example.com/role/Other"


def _money(made: Made, value: str = "5", *dimensions: Any, **more: Any) -> Made:
    more.setdefault("unit", USD)
    more.setdefault("decimals", 0)
    return made.fact(made.own("ContractBacklog"), value, *dimensions, id="f-broken", **more)


def _with_entity(made: Made, entity: Entity) -> Made:
    return evolve(made, facts=tuple(evolve(fact, context=evolve(fact.context, entity=entity)) for fact in made.facts))


def _context(made: Made, **more: Any) -> Made:
    context = evolve(made.document.contexts[0], **more)
    return made.with_document(contexts=[*made.document.contexts, context])


def _unit(made: Made, **more: Any) -> Made:
    unit = UnitUse(**{"id": "u2", "location": PLACE, "content": "jpy", **more})
    return made.with_document(units=[*made.document.units, unit])


def _arc(made: Made, *arcs: Relationship) -> Made:
    return made.with_taxonomy(relationships=[*made.taxonomy.relationships, *arcs])


def _label(made: Made, concept: str, text: str, **more: Any) -> Made:
    label = Label(concept=made.own(concept), text=text, language=more.pop("language", "en"), **more)
    return made.with_taxonomy(labels=[*made.taxonomy.labels, label])


def _role(made: Made, **more: Any) -> Made:
    return made.with_taxonomy(roles=[evolve(made.taxonomy.roles[0], **more)])


def _new(made: Made, name: str, datatype: str = "stringItemType", **more: Any) -> Made:
    known = standard_type(datatype)
    return made.concept(Concept(qname=made.own(name), datatype=known, **{"period_type": "duration", **more}))


def _address(made: Made, element: str, href: str) -> Made:
    return made.with_document(references=[Address(element=element, href=href, location=PLACE)])


def _binding(made: Made, prefix: str, namespace: str) -> Made:
    kept = [one for one in made.document.bindings if one.prefix != prefix]
    place = Location(file=made.document.name)
    return made.with_document(bindings=[*kept, NamespaceBinding(prefix=prefix, namespace=namespace, location=place)])


def _network_arc(made: Made, arcrole: str, source: str, target: str, **more: Any) -> Relationship:
    return Relationship(arcrole=arcrole, source=made.own(source), target=made.own(target), **{"role": ROLE, **more})


def _presented_again(made: Made, **more: Any) -> Made:
    first = next(one for one in made.taxonomy.relationships if one.arcrole == networks.PARENT_CHILD)
    return _arc(made, evolve(first, **more))


def _hidden(made: Made, name: str = "ContractBacklog", **more: Any) -> Made:
    return made.tagged(made.own(name), hidden=True, id="f-hidden", **more)


def _cover_concept(made: Made, rule: DocumentRule) -> QName:
    names = (name for each in made.table.cover_rules for name in each.concepts if name not in rule.texts("but"))
    return made.cover_name(next(names))


def _cover_in_other_period(made: Made, rule: DocumentRule) -> Made:
    name = made.table.form_concept or ""
    value = made.style.values[name]
    return made.without(name).cover(name, value, period=Duration("2023-04-01", "2024-03-31"))


def _with_footnote(made: Made, **more: Any) -> Made:
    note = FootnoteResource("A note.", "en", "fn1")
    link = Link(**{"source": made.facts[0].id or "", "target": "fn1", "group": ROLE, **more})
    return evolve(made, footnotes=(note,), links=(link,))


def _in_role(made: Made, definition: str) -> Made:
    """With a group of the presentation that comes last."""
    role = RoleType(uri=ROLE, id="Other", definition=definition)
    with_role = made.with_taxonomy(roles=[*made.taxonomy.roles, role])
    return _arc(with_role, _network_arc(made, networks.PARENT_CHILD, "BacklogTable", "ContractBacklog"))


def _file(made: Made, rule: DocumentRule, name: str) -> Made:
    suffix = next(iter(rule.texts("suffixes")), ".htm")
    return evolve(made, files=(*made.files, f"{name}{suffix}"))


def _deprecated(made: Made, rule: DocumentRule) -> Made:
    return made.fact(made.core(rule.texts("concepts")[0]), "1", period=END, unit=USD, decimals=0)


def _other_year(made: Made) -> Made:
    name = QName("http://fasb.org/srt/2023", "Something", prefix="srt")
    other = made.fact(name, "1", unit=USD, decimals=0)
    return _presented(other, name)


def _presented(made: Made, name: QName) -> Made:
    root = made.core("Assets")
    return _arc(
        made,
        Relationship(arcrole=networks.PARENT_CHILD, source=root, target=name, order=99, role=ROLE),
    )


def _duplicate(made: Made, rule: DocumentRule) -> Made:
    if rule.parameters.get("numeric") is False:
        block = made.own("BacklogTextBlock")
        return made.fact(block, "Other words.", language=made.style.language, id="f-broken")
    return _money(made, "501")


BREAKS: Final[dict[str, Break]] = {
    "entity-scheme": lambda made, rule: _with_entity(made, Entity("http://www.example.com/ids", "acme")),
    "one-entity": lambda made, rule: _money(made, entity=Entity(made.style.entity.scheme, "9" * 10)),
    "no-forever": lambda made, rule: _money(made, period=FOREVER),
    "no-times": lambda made, rule: _money(made, period=Instant("2025-03-31T12:00:00")),
    "required-context": _cover_in_other_period,
    "one-day-gaps": lambda made, rule: _money(made, period=Duration("2025-04-02", "2025-06-30")),
    "typed-dimensions": lambda made, rule: _money(made, "5", TypedDimension(made.own("LotAxis"), "a")),
    "context-element": lambda made, rule: _context(made, id="c2", content="b", segment=True, scenario=True),
    "context-content": lambda made, rule: _context(made, id="c2", content="b", other_content=True),
    "context-ids": lambda made, rule: _context(made, id="c-2025", content="b"),
    "duplicate-contexts": lambda made, rule: _context(made, id="c2"),
    "unused-contexts": lambda made, rule: _context(made, id="c2", content="b", used=False),
    "duplicate-units": lambda made, rule: _unit(made, content="usd"),
    "unused-units": lambda made, rule: _unit(made, used=False),
    "no-precision": lambda made, rule: made.with_document(precisions=[PLACE]),
    "finer-digits": lambda made, rule: _money(made, "1234", period=Duration("2023-04-01", "2024-03-31"), decimals=-3),
    "inconsistent-duplicates": _duplicate,
    "never-negative": lambda made, rule: made.without("Assets").fact(
        made.core("Assets"), "-5", period=END, unit=USD, decimals=0
    ),
    "percent-above-one": lambda made, rule: _new(made, "Share", "percentItemType").fact(made.own("Share"), "31.6"),
    "item-types": lambda made, rule: made.fact(made.own("WidgetMember"), "x"),
    "measure-length": lambda made, rule: _money(made, unit=Unit((QName("http://www.example.com/u", "a" * 201),))),
    "deprecated-concepts": _deprecated,
    "taxonomy-years": lambda made, rule: _other_year(made),
    "footnote-links": lambda made, rule: _with_footnote(made),
    "language-twin": lambda made, rule: made.fact(made.own("Note"), "テキスト", language="fr"),
    "text-has-language": lambda made, rule: _new(made, "Note").fact(made.own("Note"), "text"),
    "text-blocks": lambda made, rule: made.fact(
        made.own("BacklogTextBlock"), "<p>open", language=made.style.language, period=END, id="f-broken"
    ),
    "no-doctype": lambda made, rule: made.with_document(doctypes=[PLACE]),
    "inline-namespace": lambda made, rule: _binding(made, "ix", "http://www.xbrl.org/2099/inlineXBRL"),
    "registries": lambda made, rule: _binding(made, "ixt", "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20"),
    "forbidden-elements": lambda made, rule: made.tagged(made.own("ContractBacklog"), element="tuple", id="f-x"),
    "no-target": lambda made, rule: made.tagged(made.own("ContractBacklog"), target="other", id="f-x"),
    "no-base": lambda made, rule: made.with_document(bases=[PLACE]),
    "hidden-transformable": lambda made, rule: _hidden(made),
    "hidden-linked": lambda made, rule: _hidden(made, nil=True),
    "hidden-links": lambda made, rule: made.with_document(
        links=[StyleLink(property=rule.text("property"), id="nowhere", location=PLACE)]
    ),
    "cover-visible": lambda made, rule: made.with_document(facts=[]).tagged(
        _cover_concept(made, rule), hidden=True, id="f-x"
    ),
    "fact-ids": lambda made, rule: made.tagged(made.own("ContractBacklog")),
    "escape": lambda made, rule: made.tagged(made.own("BacklogTextBlock"), has_markup=True, id="f-x"),
    "images": lambda made, rule: _address(
        made, "img", "data:image/tiff,abc" if rule.text("data") == "no" else "picture.tiff"
    ),
    "external-links": lambda made, rule: _address(made, "a", "ftp://www.example.com/"),
    "negative-glyph": lambda made, rule: made.tagged(
        made.core("Assets"), element="nonFraction", negative=True, before="-", id="f-x"
    ),
    "file-names": lambda made, rule: _file(made, rule, "_My report"),
    "file-dates": lambda made, rule: evolve(made, files=("ex-20240331.xsd",)),
    "base-length": lambda made, rule: _file(made, rule, f"{'a' * 21}-2025-03-31"),
    "file-kinds": lambda made, rule: evolve(made, files=("ex-20250331_other.xml",)),
    "own-namespace": lambda made, rule: made.concept(
        Concept(qname=QName("http://www.example.com/now", "X", prefix="ex"), period_type="duration")
    ),
    "own-prefix": lambda made, rule: made.concept(
        Concept(qname=QName("http://www.example.com/20250331/b", "X", prefix="e_x"), period_type="duration")
    ),
    "concept-names": lambda made, rule: _new(made, f"a{'b' * 200}"),
    "no-company-names": lambda made, rule: _new(made, "RevenueOf2024"),
    "concept-ids": lambda made, rule: made.changed_concept("ContractBacklog", id="backlog"),
    "nillable": lambda made, rule: made.changed_concept("ContractBacklog", nillable=False),
    "abstract-concepts": lambda made, rule: _new(made, "HeadAbstract", abstract=True, period_type="instant"),
    "no-abstract-items": lambda made, rule: _new(made, "HeadAbstract", abstract=True),
    "name-endings": lambda made, rule: _new(made, "SalesAxis"),
    "text-block-periods": lambda made, rule: made.changed_concept("BacklogTextBlock", period_type="instant"),
    "no-tuples": lambda made, rule: _new(made, "Bundle", kind="tuple"),
    "no-fractions": lambda made, rule: _new(made, "Part", "fractionItemType"),
    "no-typed-domains": lambda made, rule: _new(
        made, "LotAxis", kind="dimension", abstract=True, typed_domain_ref=made.own("LotDomain")
    ),
    "standard-names": lambda made, rule: _new(made, "Assets", "monetaryItemType"),
    "monetary-balance": lambda made, rule: made.changed_concept("ContractBacklog", balance=None),
    "role-uris": lambda made, rule: _role(made, uri="http://www.elsewhere.org/Backlog"),
    "role-usage": lambda made, rule: _role(made, used_on=("presentationLink",)),
    "role-definitions": lambda made, rule: _role(made, definition="Backlog"),
    "roles-once": lambda made, rule: made.with_taxonomy(roles=[*made.taxonomy.roles, *made.taxonomy.roles]),
    "standard-labels": lambda made, rule: made.with_taxonomy(labels=[]),
    "labels-once": lambda made, rule: _label(made, "ContractBacklog", "Backlog of Contracts"),
    "unique-labels": lambda made, rule: _label(_new(made, "Orders"), "Orders", "Contract Backlog"),
    "label-texts": lambda made, rule: _label(made, "ContractBacklog", " Backlog ", role=label_roles.TERSE),
    "numeric-label-roles": lambda made, rule: _label(made, "WidgetMember", "Widgets", role=label_roles.NEGATED),
    "name-from-label": lambda made, rule: _label(_new(made, "Xyz"), "Xyz", "Orders received"),
    "no-wide-characters": lambda made, rule: _label(made, "ContractBacklog", "Ｂａｃｋｌｏｇ", role=label_roles.TERSE),
    "no-new-documentation": lambda made, rule: made.with_taxonomy(
        labels=[
            *made.taxonomy.labels,
            *(
                Label(concept=made.core("Assets"), text=text, language="en", role=label_roles.DOCUMENTATION)
                for text in ("What it owns.", "What we own.")
            ),
        ]
    ),
    "no-references": lambda made, rule: made.with_taxonomy(
        references=[Reference(concept=made.own("ContractBacklog"), parts={"Name": "Form"})]
    ),
    "presented": lambda made, rule: made.fact(made.own("Unpresented"), "1", unit=USD, decimals=0),
    "one-root": lambda made, rule: _arc(
        made,
        _network_arc(made, networks.PARENT_CHILD, "ContractBacklog", "WidgetMember"),
        _network_arc(made, networks.PARENT_CHILD, "BacklogTable", "SortAxis"),
    ),
    "distinct-orders": lambda made, rule: _presented_again(made, target=made.own("BacklogTable")),
    "distinct-preferred-labels": lambda made, rule: _presented_again(made, order=1000),
    "calculation-weights": lambda made, rule: _arc(
        made,
        _network_arc(made, networks.SUMMATION_ITEM, "ContractBacklog", "Part", weight="0.5"),
    ),
    "calculation-arcroles": lambda made, rule: _arc(
        made, _network_arc(made, networks.SUMMATION_ITEM_2003, "ContractBacklog", "Part", weight=1)
    ),
    "domains-are-members": lambda made, rule: _arc(
        made, _network_arc(made, networks.DIMENSION_DOMAIN, "SortAxis", "ContractBacklog")
    ),
    "no-not-all": lambda made, rule: _arc(
        made, _network_arc(made, networks.NOT_ALL, "ContractBacklog", "BacklogTable")
    ),
    "default-role": lambda made, rule: _arc(
        made, _network_arc(made, networks.DIMENSION_DEFAULT, "SortAxis", "ProductDomain")
    ),
    "anchored": lambda made, rule: made.with_taxonomy(
        relationships=[one for one in made.taxonomy.relationships if one.arcrole != WIDER_NARROWER]
    ),
    "ascii-only": lambda made, rule: made.with_document(not_ascii=True),
    "forbidden-markup": lambda made, rule: made.with_document(elements=[MarkupElement(name="object", location=PLACE)]),
    "notes-linked": lambda made, rule: made.with_document(unlinked_notes=[PLACE]),
    "standard-axes": lambda made, rule: _money(
        made, "5", ExplicitDimension(made.own("ProductLineAxis"), made.own("WidgetMember"))
    ),
    "role-order": lambda made, rule: _in_role(made, "000002 - Document - Cover"),
    "line-items-abstract": lambda made, rule: _new(made, "OrderLineItems"),
    "domain-types": lambda made, rule: _new(made, "OrderMember", abstract=True),
    "domain-periods": lambda made, rule: _new(
        made, "OrderMember", "domainItemType", abstract=True, period_type="instant"
    ),
    "labels-in-language": lambda made, rule: _label(
        made, "ContractBacklog", "受注残高合計", language="ja", role=label_roles.TOTAL
    ),
    "trimmed-labels": lambda made, rule: _label(made, "ContractBacklog", "Backlog\n", role=label_roles.TERSE),
    "period-labels": lambda made, rule: _presented_again(
        made, target=made.own("ContractBacklog"), order=1000, preferred_label=label_roles.PERIOD_START
    ),
    "axis-domains": lambda made, rule: _arc(
        _new(made, "LotAxis", kind="dimension", abstract=True),
        _network_arc(made, networks.PARENT_CHILD, "BacklogTable", "LotAxis"),
    ),
    "calculation-cycles": lambda made, rule: _arc(
        made,
        _network_arc(made, networks.SUMMATION_ITEM, "ContractBacklog", "Part", weight=1),
        _network_arc(made, networks.SUMMATION_ITEM, "Part", "ContractBacklog", weight=1),
    ),
    "calculations-presented": lambda made, rule: _arc(
        _money(_money(made), "4").fact(made.own("Part"), "5", unit=USD, decimals=0),
        _network_arc(made, networks.SUMMATION_ITEM, "Part", "ContractBacklog", weight=1),
    ),
    "members-once": lambda made, rule: _arc(
        made,
        _network_arc(made, networks.DOMAIN_MEMBER, "ProductDomain", "WidgetMember"),
        _network_arc(made, networks.DOMAIN_MEMBER, "ProductDomain", "OtherMember"),
        _network_arc(made, networks.DOMAIN_MEMBER, "OtherMember", "WidgetMember"),
    ),
    "consecutive-relationships": lambda made, rule: _arc(
        made, _network_arc(made, networks.DOMAIN_MEMBER, "ProductDomain", "WidgetMember", target_role=f"{ROLE}/Next")
    ),
    "one-year-imported": lambda made, rule: made.with_taxonomy(
        imports=[
            Import(namespace=f"http://xbrl.sec.gov/dei/{year}", location=f"dei-{year}.xsd") for year in (2024, 2025)
        ]
    ),
    "anchors": lambda made, rule: _arc(made, _network_arc(made, WIDER_NARROWER, "ContractBacklog", "WidgetMember")),
}
"""A breaking change for each kind."""
