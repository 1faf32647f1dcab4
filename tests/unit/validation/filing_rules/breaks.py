"""For each kind of rule a way to break it, whatever the table and its parameters."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Final

from attrs import evolve

from exporter.findings import Location
from exporter.model.dimensions import Entity, ExplicitDimension, TypedDimension
from exporter.model.period import FOREVER, Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.profiles.rules import DocumentRule
from exporter.taxonomy import Concept, Label, Reference, Relationship, networks
from exporter.taxonomy import concepts as label_roles
from exporter.taxonomy.concepts import RoleType
from exporter.validation.filing_rules.subject import Address as Address
from exporter.validation.filing_rules.subject import FootnoteUse, MarkupElement, NamespaceBinding, StyleLink, UnitUse
from exporter.validation.filing_rules.written import (
    WrittenAddress,
    WrittenArc,
    WrittenElement,
    WrittenLabel,
    WrittenRole,
    WrittenType,
)
from tests.unit.validation.filing_rules.made import END, PLACE, USD, YEAR, Made

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
    label = Label(concept=made.own(concept), text=text, language=more.pop("language", made.english), **more)
    return made.with_taxonomy(labels=[*made.taxonomy.labels, label])


def _role(made: Made, **more: Any) -> Made:
    role = evolve(made.taxonomy.roles[0], **more)
    written = WrittenRole(kind="roleType", uri=role.uri, id=role.id, location=PLACE, definition=role.definition)
    return made.with_taxonomy(roles=[role]).with_schema(roles=[written])


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


def _element(made: Made, name: str) -> Made:
    return made.with_document(element_places={name: (PLACE,)})


def _markup(made: Made, rule: DocumentRule) -> Made:
    if rule.texts("elements"):
        return _element(made, rule.texts("elements")[0])
    return made.with_document(attribute_places={("p", rule.texts("attributes")[0]): (PLACE,)})


_FORBIDDEN = {
    "(?is).*javascript:.*": "javascript:go()",
    "(?i)mailto:.*": "mailto:a@b.example",
    "[^#]*/": "images/",
    "(?i).*\\.pdf(#.*)?": "a.pdf",
}


def _forbidden_address(made: Made, rule: DocumentRule) -> Made:
    element = next(iter(rule.texts("elements")), "a")
    href = _FORBIDDEN.get(rule.text("pattern"), "https://www.example.com/a")
    samples = ("../../a", "../a.png", "a.png", href)
    return _address(made, element, next(text for text in samples if re.fullmatch(rule.text("pattern"), text)))


def _footnote(made: Made, **more: Any) -> Made:
    note = FootnoteUse(**{"id": "fn1", "location": PLACE, "language": "en", "facts": ("f-1",), **more})
    return made.with_document(footnotes=[note], language="en")


def _encoding(made: Made, rule: DocumentRule) -> Made:
    key = "meta_encoding" if rule.parameters.get("meta") else "encoding"
    return made.with_page(**{key: "Shift_JIS"})


def _written_arc(made: Made, kind: str, **more: Any) -> Made:
    return made.with_link(
        kind, WrittenArc(**{"arcrole": networks.PARENT_CHILD, "location": PLACE, "order": "1", **more})
    )


def _written_role(made: Made, rule: DocumentRule, *, twice: bool = False, **more: Any) -> Made:
    kind = rule.text("type", "roleType")
    role = WrittenRole(**{"kind": kind, "uri": ROLE, "id": "rol_X", "location": PLACE, "definition": "X", **more})
    assert made.schema is not None
    return made.with_schema(roles=[*made.schema.roles, role, *([role] if twice else [])])


def _import(made: Made, href: str, namespace: str | None = None, kind: str = "import", **more: Any) -> Made:
    address = WrittenAddress(kind=kind, href=href, url=href, namespace=namespace, location=PLACE, **more)
    assert made.schema is not None
    return made.with_schema(addresses=[*made.schema.addresses, address])


def _import_break(made: Made, rule: DocumentRule) -> Made:
    if rule.parameters.get("outdated"):
        return _import(made, "http://www.esma.europa.eu/taxonomy/2020-03-16/esef_cor.xsd")
    return made.with_schema(addresses=[])


def _without_links(made: Made, rule: DocumentRule) -> Made:
    """With no labels, so that no label linkbase is written."""
    return made.with_taxonomy(labels=[])


def _name(made: Made, rule: DocumentRule) -> Made:
    names = {
        "table": "Sales",
        "line-items": "SalesLineItems",
        "member": "SalesMember",
        "member-period": "WidgetMember",
        "member-abstract": "WidgetMember",
    }
    check = rule.text("check")
    if check == "member-period":
        return made.changed_concept("WidgetMember", period_type="instant")
    if check == "member-abstract":
        return made.changed_concept("WidgetMember", abstract=False)
    if check == "table":
        return _new(made, "SalesTable")
    return _new(made, names.get(check, "SalesAxis"))


def _label_text(made: Made, rule: DocumentRule) -> Made:
    texts = {"length": "a" * 600, "blanks": "Back  log", "ends": " Backlog "}
    return _label(made, "ContractBacklog", texts.get(rule.text("check"), " Backlog "), role=label_roles.TERSE)


def _weight(made: Made, rule: DocumentRule) -> Made:
    if rule.text("check") == "periods":
        arc = Relationship(
            arcrole=networks.SUMMATION_ITEM,
            source=made.core("Assets"),
            target=made.own("ContractBacklog"),
            role=made.style.role,
            weight=1,
        )
        return _arc(made, arc)
    return _arc(made, _network_arc(made, networks.SUMMATION_ITEM, "ContractBacklog", "Part", weight="0.5"))


_LINK_ARCROLES = {"calculation": networks.SUMMATION_ITEM, "definition": networks.DOMAIN_MEMBER}


def _same_orders(made: Made, rule: DocumentRule) -> Made:
    arcrole = _LINK_ARCROLES.get(rule.text("link", "presentation"), networks.PARENT_CHILD)
    if arcrole == networks.PARENT_CHILD:
        return _presented_again(made, target=made.own("BacklogTable"))
    arcs = [_network_arc(made, arcrole, "ContractBacklog", name, weight=1, order=7) for name in ("A", "B")]
    return _arc(made, *arcs)


def _cube_arc(made: Made, **more: Any) -> Relationship:
    return _network_arc(
        made, networks.ALL, "ContractBacklog", "BacklogTable", **{"context_element": "scenario", "closed": True, **more}
    )


def _without_detail(made: Made, rule: DocumentRule) -> Made:
    patterns = [re.compile(pattern) for pattern in rule.texts("patterns")]
    arcs = [arc for arc in made.taxonomy.relationships if not any(pattern.fullmatch(arc.role) for pattern in patterns)]
    return made.with_taxonomy(relationships=arcs)


def _without_arcrole(made: Made, *arcroles: str) -> Made:
    return made.with_taxonomy(relationships=[arc for arc in made.taxonomy.relationships if arc.arcrole not in arcroles])


def _anchor(made: Made, own: str, **more: Any) -> Made:
    arc = Relationship(
        **{
            "arcrole": networks.WIDER_NARROWER,
            "source": made.core("Assets"),
            "target": made.own(own),
            "role": ROLE,
            **more,
        }
    )
    return _arc(made, arc)


def _in_folder(made: Made, rule: DocumentRule, *names: str, **more: Any) -> Made:
    known = made.folder.names if made.folder is not None else ()
    return made.with_folder(names=(*known, *names), **more)


def _sizes(made: Made, rule: DocumentRule) -> Made:
    name = f"big{next(iter(rule.texts('suffixes')), '.htm')}"
    return _in_folder(
        made, rule, name, sizes={name: 0 if rule.number_of("least", 0) else rule.number_of("limit", 0) + 1}
    )


def _instances(made: Made, rule: DocumentRule) -> Made:
    first = made.folder.instances[0] if made.folder is not None and made.folder.instances else "a.xbrl"
    wrong = {"given": ("",), "once": (first, first), "single": (first, f"b{first}")}
    return made.with_folder(instances=wrong.get(rule.text("check"), ("wrong.xml",)))


def _paths(made: Made, rule: DocumentRule) -> Made:
    return _in_folder(made, rule, "images/é.png" if rule.parameters.get("nested") else "é.htm")


def _path(made: Made, rule: DocumentRule) -> Made:
    return _in_folder(made, rule, "a/b/c/d/e.png" if rule.number_of("depth", 0) else "a" * 300)


def _context_date(made: Made, rule: DocumentRule) -> Made:
    """A context of the year, a day beside what the cover page says."""
    wrong = dt.date(2025, 3, 30)
    is_instant = str(rule.parameters["rows"][0]["context"]).endswith("Instant")
    name = "CurrentYearInstant" if is_instant else "CurrentYearDuration"
    return _context(made, id=name, content="b", instant=is_instant, start=None if is_instant else wrong, end=wrong)


def _years(made: Made, rule: DocumentRule) -> Made:
    made = _context(made, id="Prior1YearDuration", content="b", start=dt.date(2023, 4, 1), end=dt.date(2024, 4, 1))
    return _context(made, id="CurrentYearDuration", content="c", start=dt.date(2024, 4, 1))


def _with_default_member(made: Made, rule: DocumentRule) -> Made:
    return _context(made, id="c2", content="b", members=("ProductDomain",))


def _unequal(made: Made, rule: DocumentRule) -> Made:
    member = rule.text("member")
    cut = [ExplicitDimension(made.core("ConsolidatedOrNonConsolidatedAxis"), made.core(member))] if member else []
    made = made.fact(made.core(rule.text("left")), "1", *cut, period=YEAR, unit=USD, id="f-left")
    return made.fact(made.core(rule.text("right")), "2", *cut, period=YEAR, unit=USD, id="f-right")


def _strange_paths(made: Made, rule: DocumentRule) -> Made:
    """With files such that for each rule on paths one is out of place."""
    names = (
        "XBRL/OtherDoc/a.htm",
        "PublicDoc/cover.htm",
        "PublicDoc/AuditDoc/a.htm",
        "a/0000000_header_x.htm",
        "x.xbrl",
    )
    return made.with_folder(names=names)


def _headings(made: Made, rule: DocumentRule) -> Made:
    headings = {"there": ("提出先",), "once": ("会社名", "会社名"), "order": ("提出日", "提出先")}[rule.text("check")]
    return made.with_page(text_start="【表紙】" + "".join(f"【{heading}】" for heading in headings))


def _context_of_statement(made: Made, rule: DocumentRule) -> Made:
    role = "http://disclosure.edinet-fsa.go.jp/role/jppfs/rol_BalanceSheet"
    arc = Relationship(
        arcrole=networks.PARENT_CHILD, source=made.core("Assets"), target=made.core("Cash"), role=role, order=98
    )
    made = _context(_arc(made, arc), id="FilingDateInstant", content="of a statement")
    return made.tagged(made.core("Cash"), id="f-cash", context="FilingDateInstant")


def _other_currency(made: Made, rule: DocumentRule) -> Made:
    made = _new(made, "Debt", "monetaryItemType", balance="credit")
    made = made.fact(made.own("Debt"), "1", unit=Unit.currency("EUR"), id="f-debt")
    root = made.core(made.style.root)
    return _arc(
        made,
        Relationship(
            arcrole=networks.PARENT_CHILD, source=root, target=made.own("Debt"), role=made.style.role, order=99
        ),
    )


def _two_statements(made: Made, rule: DocumentRule) -> Made:
    return _arc(made, _network_arc(made, networks.PARENT_CHILD, "BacklogTable", "Other", role=made.style.role))


def _element_of(made: Made, name: str, group: tuple[str, str]) -> Made:
    return made.with_schema(elements=[WrittenElement(name=name, group=group, location=PLACE)])


def _in_statement(made: Made, *targets: QName, definition: str = "000002 - Statement - Balance Sheets") -> Made:
    """With a statement that shows some concepts in order, the last as a total."""
    role = RoleType(uri=ROLE, id="Other", definition=definition)
    made = made.with_taxonomy(roles=[*made.taxonomy.roles, role])
    arcs = [
        Relationship(
            arcrole=networks.PARENT_CHILD,
            source=made.core(made.style.root),
            target=target,
            role=ROLE,
            order=number,
            preferred_label=label_roles.TOTAL if target == targets[-1] else None,
        )
        for number, target in enumerate(targets, start=1)
    ]
    return _arc(made, *arcs)


def _uncalculated(made: Made, rule: DocumentRule) -> Made:
    names = ("First", "Second", "Whole")
    for name in names:
        made = _new(made, name, "monetaryItemType", balance="debit")
        made = made.fact(made.own(name), "1", period=YEAR, unit=USD, decimals=0, id=f"f-{name}")
    kind = "Statement" if rule.parameters.get("statements") else "Disclosure"
    return _in_statement(made, *map(made.own, names), definition=f"000002 - {kind} - Sums")


def _sum_twice(made: Made, rule: DocumentRule) -> Made:
    arc = _network_arc(made, networks.SUMMATION_ITEM, "ContractBacklog", "Part", weight=1)
    return _arc(made, arc, evolve(arc, role=f"{ROLE}Again"))


def _excluded(made: Made, *more: Relationship, **changes: Any) -> Made:
    arc = _network_arc(made, networks.NOT_ALL, "ContractBacklog", "OtherTable", context_element="segment")
    return _arc(made, evolve(arc, **changes), *more)


def _repeated_arc(made: Made, rule: DocumentRule) -> Made:
    arc = WrittenArc(
        arcrole=networks.PARENT_CHILD, location=PLACE, order="1", source="ex.xsd#ex_A", target="ex.xsd#ex_B"
    )
    return made.with_link("presentationLink", arc, arc, role=ROLE)


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
    "own-namespace": lambda made, rule: made.concept(
        Concept(qname=QName("http://www.example.com/now", "X", prefix="ex"), period_type="duration")
    ),
    "concept-names": lambda made, rule: _new(made, f"a{'b' * 200}"),
    "no-company-names": lambda made, rule: _new(made, "RevenueOf2024"),
    "concept-ids": lambda made, rule: made.changed_concept("ContractBacklog", id="backlog"),
    "nillable": lambda made, rule: made.changed_concept("ContractBacklog", nillable=False),
    "abstract-concepts": lambda made, rule: _new(made, "HeadAbstract", abstract=True, period_type="instant"),
    "name-endings": _name,
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
    "label-texts": _label_text,
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
    "distinct-orders": _same_orders,
    "distinct-preferred-labels": lambda made, rule: _presented_again(made, order=1000),
    "calculation-weights": _weight,
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
        relationships=[one for one in made.taxonomy.relationships if one.arcrole != networks.WIDER_NARROWER]
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
    "members-once": lambda made, rule: _arc(
        made,
        _network_arc(made, networks.DOMAIN_MEMBER, "ProductDomain", "WidgetMember"),
        _network_arc(made, networks.DOMAIN_MEMBER, "ProductDomain", "OtherMember"),
        _network_arc(made, networks.DOMAIN_MEMBER, "OtherMember", "WidgetMember"),
    ),
    "consecutive-relationships": lambda made, rule: _arc(
        made, _network_arc(made, networks.DOMAIN_MEMBER, "ProductDomain", "WidgetMember", target_role=f"{ROLE}/Next")
    ),
    "anchors": lambda made, rule: _anchor(made, "WidgetMember", source=made.own("ContractBacklog")),
    "plain-dates": lambda made, rule: _context(made, id="c2", content="b", dates=("2025-03-31T00:00:00",)),
    "no-new-year-instants": lambda made, rule: _context(
        made, id="c2", content="b", instant=True, start=None, end=dt.date(2025, 1, 1)
    ),
    "no-single-days": lambda made, rule: _context(made, id="c2", content="b", start=YEAR.last_day, end=YEAR.last_day),
    "check-digits": lambda made, rule: _with_entity(made, Entity(rule.texts("schemes")[0], "529900T8BM49AURSDO56")),
    "context-dates": _context_date,
    "context-identifiers": lambda made, rule: _context(made, id="c2", content="b", identifier="E99999-000"),
    "filing-date-contexts": lambda made, rule: _context(made, id="FilingDateInstant", content="b", instant=True),
    "years-apart": _years,
    "context-members": lambda made, rule: _context(
        made, id="CurrentYearDuration_NonConsolidatedMember", content="b", members=()
    ),
    "context-with-ids": lambda made, rule: made,
    "no-default-members": _with_default_member,
    "cover-agrees": lambda made, rule: made.without("CompanyNameCoverPage").cover("CompanyNameCoverPage", "他社"),
    "filed-within-year": lambda made, rule: made.cover("FilingDateCoverPage", "2027-06-20"),
    "namespaces-with-value": lambda made, rule: made.cover("AccountingStandardsDEI", "Japan GAAP").fact(
        QName("http://disclosure.edinet-fsa.go.jp/taxonomy/jpigp/2025-11-01/jpigp_cor", "AssetsIFRS"),
        "1",
        period=END,
        unit=USD,
    ),
    "tagged-in-roles": _without_detail,
    "tagged-concepts": lambda made, rule: made.without(*rule.texts("concepts")),
    "equal-totals": _unequal,
    "contexts-in-roles": _context_of_statement,
    "page-headings": _headings,
    "paths-allowed": _strange_paths,
    "file-count": lambda made, rule: made.with_folder(names=tuple(f"{number}.png" for number in range(10_000))),
    "share-units": lambda made, rule: _new(made, "Shares", "sharesItemType").fact(made.own("Shares"), "1", unit=USD),
    "filled-text-blocks": lambda made, rule: made.fact(
        made.own("BacklogTextBlock"), "", language=made.style.language, period=END, id="f-empty"
    ),
    "text-block-levels": lambda made, rule: made.fact(
        QName("http://fasb.org/us-gaap/2025", rule.texts("statements")[0]), "1", period=END, unit=USD, decimals=0
    ),
    "listed-text-blocks": lambda made, rule: made.fact(
        made.core(rule.texts("statements")[0]), "1", period=END, unit=USD, decimals=0
    ),
    "has-facts": lambda made, rule: evolve(made, facts=()),
    "registered-units": lambda made, rule: _money(made, unit=Unit((QName("http://www.example.com/u", "kWh"),))),
    "no-active-content": lambda made, rule: _element(made, "script"),
    "disallowed-markup": _markup,
    "forbidden-addresses": _forbidden_address,
    "facts-displayed": lambda made, rule: made.tagged(made.own("ContractBacklog"), is_displayed=False, id="f-x"),
    "parts-in-order": lambda made, rule: made.tagged(
        made.own("BacklogTextBlock"), in_order=False, escape=True, id="f-x"
    ),
    "style-sheets": lambda made, rule: _address(made, "link", "style.css"),
    "escaped-specials": lambda made, rule: made.tagged(made.own("BacklogTextBlock"), has_specials=True, id="f-x"),
    "unique-fact-ids": lambda made, rule: made.tagged(made.own("ContractBacklog"), id="f-1").tagged(
        made.own("ContractBacklog"), id="f-1"
    ),
    "page-encoding": _encoding,
    "page-language": lambda made, rule: made.with_page(languages=("fr",)),
    "page-elements-once": lambda made, rule: made.with_page(counts={"body": 2}),
    "page-characters": lambda made, rule: made.with_page(characters=frozenset("\U0001f600")),
    "page-begins": lambda made, rule: made.with_page(text_start="表"),
    "root-declarations": lambda made, rule: _binding(made, "inst", "http://www.xbrl.org/2003/instance"),
    "namespaces-on-root": lambda made, rule: made.with_page(declares_below=True),
    "footnotes-linked": lambda made, rule: _footnote(made, facts=()),
    "footnote-roles": lambda made, rule: _footnote(
        made,
        **(
            {"role": ROLE} if rule.texts("parts") == ("notes",) else {"arcroles": ("http://www.example.com/arcrole/n",)}
        ),
    ),
    "footnote-languages": lambda made, rule: _footnote(made, language="fr"),
    "texts-in-report-language": lambda made, rule: made.with_document(language="fr"),
    "image-kinds": lambda made, rule: (
        made.with_folder(heads={"001.gif": b"\x89PNG\r\n\x1a\n"})
        if rule.parameters.get("files_only")
        else _address(made, "img", "data:image/bmp;base64,Qk0=")
    ),
    "own-schema": lambda made, rule: evolve(made, files=("page.htm",), schema=None),
    "linkbase-files": lambda made, rule: made.with_schema(embedded=(PLACE,)),
    "linkbase-kinds": _without_links,
    "label-files": lambda made, rule: made.with_link(
        "labelLink",
        labels=tuple(
            WrittenLabel(concept=f"#{language}", role=label_roles.STANDARD, language=language, location=PLACE)
            for language in ("en", "ja")
        ),
    ),
    "linkbase-references": lambda made, rule: _import(
        made,
        f"{made.style.core}.xml",
        kind="linkbaseRef",
        role=f"http://www.xbrl.org/2003/role/{rule.texts('kinds')[0]}LinkbaseRef",
    ),
    "schema-namespaces": lambda made, rule: made.with_schema(namespace=None),
    "schema-prefixes": lambda made, rule: made.with_schema(prefixes=(("mine", made.style.namespace),)),
    "schema-forms": lambda made, rule: made.with_schema(forms=(PLACE,)),
    "no-xsd-documentation": lambda made, rule: made.with_schema(documentation=(PLACE,)),
    "no-own-types": lambda made, rule: made.with_schema(
        types=(
            WrittenType(
                name="moneyType",
                base_namespace="http://www.xbrl.org/2003/instance",
                base="monetaryItemType",
                location=PLACE,
                is_narrowed=False,
            ),
        )
    ),
    "written-addresses": lambda made, rule: _import(made, "https://www.xbrl.org/dtr/type/2024-01-31/types.xsd"),
    "no-includes": lambda made, rule: _import(made, "more.xsd", kind="include"),
    "import-locations": lambda made, rule: _import(made, "xbrl.xsd", "http://www.xbrl.org/2003/instance"),
    "required-imports": _import_break,
    "same-release": lambda made, rule: _import(
        made.with_schema(addresses=[]), "https://www.esma.europa.eu/taxonomy/2022-03-24/esef_cor.xsd"
    ),
    "orders-given": lambda made, rule: _written_arc(made, f"{rule.text('link', 'presentation')}Link", order=None),
    "links-with-roles": lambda made, rule: made.with_link("presentationLink", role=""),
    "low-priorities": lambda made, rule: _written_arc(made, "presentationLink", priority="10"),
    "label-priorities": lambda made, rule: made.with_link(
        "labelLink",
        labels=[WrittenLabel(concept="#a", role=label_roles.STANDARD, language="en", location=PLACE)] * 2,
    ),
    "registered-label-roles": lambda made, rule: made.with_link(
        "labelLink", labels=(WrittenLabel(concept="#a", role=ROLE, language="en", location=PLACE),)
    ),
    "standard-resources-kept": lambda made, rule: _written_arc(
        made, "labelLink", source=f"{made.style.core}.xsd#Assets", prohibits=True
    ),
    "standard-defaults-kept": lambda made, rule: _written_arc(
        made, "definitionLink", arcrole=networks.DIMENSION_DEFAULT, source=f"{made.style.core}.xsd#Axis"
    ),
    "definition-arcroles": lambda made, rule: _written_arc(made, "definitionLink", arcrole=networks.GENERAL_SPECIAL),
    "role-grammar": lambda made, rule: _written_role(made, rule, id="Backlog"),
    "role-texts": lambda made, rule: _written_role(
        made, rule, definition=" Backlog " if rule.text("check") == "stripped" else None
    ),
    "declared-once": lambda made, rule: _written_role(made, rule, twice=True),
    "arcrole-sources": lambda made, rule: _import(made, "http://www.example.com/a.xsd", kind="arcroleRef"),
    "label-twins": lambda made, rule: _label(made, "ContractBacklog", "Backlog", language="en", role=label_roles.TERSE),
    "labels-in-report-language": lambda made, rule: made.with_document(language="fr"),
    "line-items-in-cubes": lambda made, rule: _without_arcrole(made, networks.ALL),
    "closed-cubes": lambda made, rule: _arc(made, _cube_arc(made, closed=False)),
    "defaults-declared": lambda made, rule: _without_arcrole(made, networks.DIMENSION_DEFAULT),
    "usable-arcs": lambda made, rule: _arc(
        made, _network_arc(made, networks.HYPERCUBE_DIMENSION, "BacklogTable", "SortAxis", usable=False)
    ),
    "one-cube-in-role": lambda made, rule: _arc(
        made, _cube_arc(made), evolve(_cube_arc(made), target=made.own("OtherTable"))
    ),
    "target-roles-followed": lambda made, rule: _arc(made, _cube_arc(made, target_role=f"{ROLE}Elsewhere")),
    "member-types": lambda made, rule: made.changed_concept("ProductDomain", datatype=standard_type("stringItemType")),
    "anchor-ends": lambda made, rule: (
        _anchor(_new(made, "HeadAbstract", abstract=True), "HeadAbstract")
        if rule.parameters.get("abstract") is False
        else _anchor(made, "WidgetMember")
    ),
    "anchor-types": lambda made, rule: _anchor(_new(made, "Share", "percentItemType"), "Share"),
    "anchor-roles": lambda made, rule: _anchor(made, "ContractBacklog", role=made.style.role),
    "networks-used": lambda made, rule: _presented(_new(made, "Unused"), made.own("Unused")),
    "in-definitions": lambda made, rule: _without_arcrole(made, networks.ALL, networks.DOMAIN_MEMBER),
    "statements-apart": _two_statements,
    "statement-presented": lambda made, rule: made.with_taxonomy(
        relationships=[
            evolve(arc, source=made.core("Notes")) if arc.arcrole == networks.PARENT_CHILD else arc
            for arc in made.taxonomy.relationships
        ]
    ),
    "presented-sums": lambda made, rule: _arc(
        _money(_money(made), "4").fact(made.own("Part"), "5", unit=USD, decimals=0),
        _network_arc(made, networks.SUMMATION_ITEM, "Part", "ContractBacklog", weight=1),
    ),
    "calculation-present": lambda made, rule: _without_arcrole(made, networks.SUMMATION_ITEM),
    "declared-currency": _other_currency,
    "report-suffixes": lambda made, rule: made.with_folder(reports=("ex/reports/ex.htm",)),
    "reports-in-one-place": lambda made, rule: _in_folder(
        made, rule, f"{made.folder and made.folder.top}/other/ex.xhtml"
    ),
    "one-report-set": lambda made, rule: made.with_folder(reports=("ex/reports/a/a.xhtml", "ex/reports/b/b.xhtml")),
    "report-names": lambda made, rule: made.with_folder(reports=("ex/reports/report.xhtml",)),
    "package-name": lambda made, rule: made.with_folder(name="report.rar"),
    "taxonomy-package": lambda made, rule: made.with_folder(has_taxonomy_package=False),
    "files-in-folder": lambda made, rule: _in_folder(made, rule, "a.exe"),
    "required-files": lambda made, rule: made.with_folder(names=()),
    "path-names": _paths,
    "path-limits": _path,
    "file-sizes": _sizes,
    "package-size": lambda made, rule: made.with_folder(size=2**40),
    "empty-directories": lambda made, rule: made.with_folder(
        directories=("empty" if rule.parameters.get("top") else "images/empty",)
    ),
    "cover-first": lambda made, rule: _in_folder(made, rule, "000.htm"),
    "files-referred-to": lambda made, rule: _in_folder(made, rule, "images/002.png"),
    "addresses-lead-to-files": lambda made, rule: _address(made, "img", "images/009.png"),
    "instance-names": _instances,
    "text-block-contents": lambda made, rule: made.fact(
        made.own("BacklogTextBlock"), "<p><script>x</script></p>", language=made.style.language, period=END, id="f-b"
    ),
    "no-nested-tables": lambda made, rule: made.with_document(nested_tables=[PLACE]),
    "anchors-apart": lambda made, rule: made.with_document(inner_anchors=[PLACE]),
    "plain-meta": lambda made, rule: made.with_document(meta_contents=[("width=device-width", PLACE)]),
    "written-ascii": lambda made, rule: made.with_schema(not_ascii=True),
    "written-bases": lambda made, rule: made.with_schema(bases=(PLACE,)),
    "shorthand-pointers": lambda made, rule: _import(made, "ex.xsd#element(/1/2)", kind="loc"),
    "linkbase-names": lambda made, rule: made.with_link("presentationLink"),
    "linkbase-contents": lambda made, rule: made.with_link("footnoteLink"),
    "own-authority": lambda made, rule: made.with_schema(namespace="http://xbrl.sec.gov/acme/20250331"),
    "valid-authority": lambda made, rule: made.with_schema(namespace="acme/20250331"),
    "one-prefix": lambda made, rule: made.with_schema(
        prefixes=(("ex", made.style.namespace), ("acme", made.style.namespace))
    ),
    "namespace-not-later": lambda made, rule: made.with_schema(name="ex-20240331.xsd"),
    "uri-lengths": lambda made, rule: _written_role(made, rule, uri=f"{ROLE}{'x' * 255}"),
    "arcrole-uris": lambda made, rule: _written_role(
        made, rule, kind="arcroleType", uri="http://other.example/arcrole/A"
    ),
    "standard-uses": lambda made, rule: _written_role(made, rule, used_on=("label",)),
    "substitution-groups": lambda made, rule: _element_of(made, "Sale", (made.style.namespace, "ContractBacklog")),
    "resource-roles": lambda made, rule: made.with_link("labelLink", resource_roles=((ROLE, PLACE),)),
    "effective-arcs": _repeated_arc,
    "no-standard-references": lambda made, rule: _written_arc(
        made, "referenceLink", source=f"{made.style.core}.xsd#Assets"
    ),
    "durations-of-types": lambda made, rule: _new(made, "Day", rule.texts("types")[0], period_type="instant"),
    "statement-balances": lambda made, rule: _in_statement(
        _new(made, "Owed", "monetaryItemType"), made.own("Owed"), definition="000002 - Statement - Balance Sheets"
    ),
    "totals-calculated": _uncalculated,
    "sums-once": _sum_twice,
    "one-table": lambda made, rule: _arc(made, _cube_arc(made), evolve(_cube_arc(made), target=made.own("OtherTable"))),
    "open-exclusions": lambda made, rule: _excluded(made, closed=True),
    "exclusions-of-others": lambda made, rule: _excluded(
        made, evolve(_cube_arc(made), target=made.own("OtherTable")), closed=False
    ),
    "excluded-axes": lambda made, rule: _excluded(
        made, _network_arc(made, networks.HYPERCUBE_DIMENSION, "OtherTable", "SortAxis")
    ),
}
"""A breaking change for each kind."""
