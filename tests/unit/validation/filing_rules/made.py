"""A sound report for each table of rules, and ways to change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Self

from attrs import evolve, frozen

from exporter.findings import Finding, Location
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, ExplicitDimension
from exporter.model.entity import Entity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.profiles.read_rules import read_rule_table
from exporter.profiles.rules import RuleTable
from exporter.taxonomy import Concept, Label, Relationship, RoleType, Taxonomy, networks
from exporter.validation.filing_rules.linkbases import WIDER_NARROWER
from exporter.validation.filing_rules.subject import ContextUse, DocumentFacts, NamespaceBinding, TaggedFact, UnitUse
from exporter.validation.rule_sets import check_filing_rules

YEAR = Duration("2024-04-01", "2025-03-31")
END = Instant("2025-03-31")
USD = Unit.currency("USD")


@frozen(kw_only=True)
class Style:
    """In what the sound reports of the tables differ."""

    namespace: str
    entity: Entity
    cover: str
    core: str
    language: str
    ix: str
    registry: str
    files: tuple[str, ...]
    context_element: str
    context_id: str
    default_role: str = "http://www.example.com/role/Backlog"
    values: Mapping[str, str]


STYLES = {
    "form-20-f": Style(
        namespace="http://www.example.com/20250331",
        entity=Entity.cik("1090633"),
        cover="http://xbrl.sec.gov/dei/2025",
        core="http://fasb.org/us-gaap/2025",
        language="en",
        ix="http://www.xbrl.org/2013/inlineXBRL",
        registry="http://www.xbrl.org/inlineXBRL/transformation/2022-02-16",
        files=("ex-20250331.htm", "ex-20250331.xsd", "ex-20250331_lab.xml"),
        context_element="segment",
        context_id="c1",
        values={
            "DocumentType": "20-F",
            "AmendmentFlag": "false",
            "DocumentPeriodEndDate": "2025-03-31",
            "DocumentFiscalYearFocus": "2025",
            "DocumentFiscalPeriodFocus": "FY",
            "EntityRegistrantName": "Example Networks Inc.",
            "EntityCentralIndexKey": "0001090633",
            "CurrentFiscalYearEndDate": "--03-31",
            "EntityFilerCategory": "Large Accelerated Filer",
            "EntityWellKnownSeasonedIssuer": "Yes",
            "EntityVoluntaryFilers": "No",
            "EntityCurrentReportingStatus": "Yes",
            "EntityInteractiveDataCurrent": "Yes",
            "IcfrAuditorAttestationFlag": "true",
            "EntityShellCompany": "false",
            "EntityEmergingGrowthCompany": "false",
            "EntityFileNumber": "001-12345",
            "EntityIncorporationStateCountryCode": "M0",
            "EntityAddressCountry": "JP",
            "EntityAddressAddressLine1": "1-1 Example",
            "EntityAddressCityOrTown": "Tokyo",
            "EntityAddressPostalZipCode": "100-0001",
            "EntityCommonStockSharesOutstanding": "1000000",
            "Security12bTitle": "Common Stock",
            "TradingSymbol": "EXM",
            "SecurityExchangeName": "NASDAQ",
            "DocumentAnnualReport": "true",
            "DocumentTransitionReport": "false",
            "DocumentShellCompanyReport": "false",
            "DocumentRegistrationStatement": "false",
            "DocumentFinStmtErrorCorrectionFlag": "false",
            "DocumentAccountingStandard": "U.S. GAAP",
            "ContactPersonnelName": "A. Person",
            "LocalPhoneNumber": "123",
            "AuditorName": "Auditors",
            "AuditorLocation": "Tokyo, Japan",
            "AuditorFirmId": "1009",
        },
    ),
    "esef": Style(
        namespace="http://www.example.com/20250331",
        entity=Entity("http://standards.iso.org/iso/17442", "969500T3MBS4SQAMHJ45"),
        cover="https://xbrl.ifrs.org/taxonomy/2024-03-27/ifrs-full",
        core="https://xbrl.ifrs.org/taxonomy/2024-03-27/ifrs-full",
        language="en",
        ix="http://www.xbrl.org/2013/inlineXBRL",
        registry="http://www.xbrl.org/inlineXBRL/transformation/2022-02-16",
        files=tuple(
            f"ex-2025-03-31{ending}" for ending in (".xhtml", ".xsd", "_pre.xml", "_cal.xml", "_def.xml", "_lab-en.xml")
        ),
        context_element="scenario",
        context_id="c1",
        default_role="http://www.esma.europa.eu/xbrl/role/cor/ifrs-dim_role-990000",
        values=dict.fromkeys(
            (
                "NameOfReportingEntityOrOtherMeansOfIdentification",
                "DomicileOfEntity",
                "LegalFormOfEntity",
                "CountryOfIncorporation",
                "AddressOfRegisteredOfficeOfEntity",
                "PrincipalPlaceOfBusiness",
                "DescriptionOfNatureOfEntitysOperationsAndPrincipalActivities",
                "NameOfParentEntity",
            ),
            "text",
        ),
    ),
    "edinet": Style(
        namespace="http://disclosure.edinet-fsa.go.jp/jpcrp030000/asr/001/E00001-000/2025-03-31/01/2025-06-20",
        entity=Entity("http://disclosure.edinet-fsa.go.jp", "E00001-000"),
        cover="http://disclosure.edinet-fsa.go.jp/taxonomy/jpdei/2013-08-31/jpdei_cor",
        core="http://disclosure.edinet-fsa.go.jp/taxonomy/jppfs/2025-11-01/jppfs_cor",
        language="ja",
        ix="http://www.xbrl.org/2008/inlineXBRL",
        registry="http://www.xbrl.org/inlineXBRL/transformation/2011-07-31",
        files=(
            "0101010_honbun_jpcrp030000-asr-001_E00001-000_2025-03-31_01_2025-06-20_ixbrl.htm",
            *(
                f"jpcrp030000-asr-001_E00001-000_2025-03-31_01_2025-06-20{ending}"
                for ending in (".xsd", "_lab.xml", "_pre.xml")
            ),
        ),
        context_element="scenario",
        context_id="CurrentYearDuration",
        values={
            "EDINETCodeDEI": "E00001",
            "FilerNameInJapaneseDEI": "例",
            "FilerNameInEnglishDEI": "Example",
            "DocumentTypeDEI": "第三号様式",
            "CabinetOfficeOrdinanceDEI": "企業内容等の開示に関する内閣府令",
            "AccountingStandardsDEI": "IFRS",
            "WhetherConsolidatedFinancialStatementsArePreparedDEI": "true",
            "CurrentFiscalYearStartDateDEI": "2024-04-01",
            "CurrentFiscalYearEndDateDEI": "2025-03-31",
            "CurrentPeriodEndDateDEI": "2025-03-31",
            "TypeOfCurrentPeriodDEI": "FY",
            "AmendmentFlagDEI": "false",
            "SecurityCodeDEI": "12340",
        },
    ),
}
CONTACT = ("EntityAddressesAddressTypeAxis", "BusinessContactMember")
CONTACT_NAMES = ("ContactPersonnelName", "LocalPhoneNumber")
CONTACT_TOO = (
    "EntityAddressAddressLine1",
    "EntityAddressCityOrTown",
    "EntityAddressPostalZipCode",
    "EntityAddressCountry",
)
INSTANTS = ("EntityCommonStockSharesOutstanding",)
PLACE = Location(file="page.htm", line=7)


@frozen(kw_only=True)
class Made:
    """A report with all that rules look at. Its methods give a changed copy."""

    table: RuleTable
    style: Style
    facts: tuple[Fact, ...]
    taxonomy: Taxonomy
    document: DocumentFacts
    files: tuple[str, ...]
    footnotes: tuple[FootnoteResource, ...] = ()
    links: tuple[Link, ...] = ()

    def findings(self) -> list[Finding]:
        report = Report(facts=self.facts, footnotes=self.footnotes, links=self.links)
        return list(
            check_filing_rules(report, self.table, taxonomy=self.taxonomy, document=self.document, files=self.files)
        )

    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings()}

    # Changes

    def own(self, name: str) -> QName:
        return QName(self.style.namespace, name, prefix="ex")

    def core(self, name: str) -> QName:
        return QName(self.style.core, name, prefix="core")

    def cover_name(self, name: str) -> QName:
        return QName(self.style.cover, name, prefix="dei")

    def without(self, *names: str) -> Self:
        return evolve(self, facts=tuple(fact for fact in self.facts if fact.concept.local_name not in names))

    def cover(self, name: str, value: str, *dimensions: Dimension, period: Period | None = None) -> Self:
        """With a cover fact, in place of those of that name in the same cut."""
        cut = tuple(dimensions)
        kept = [one for one in self.facts if one.concept.local_name != name or one.dimensions != cut]
        period = period or (END if name in INSTANTS else YEAR)
        return evolve(self, facts=(*kept, _fact(self.cover_name(name), value, self.style, *cut, period=period)))

    def fact(self, concept: QName, value: str | None, *dimensions: Dimension, **more: Any) -> Self:
        return evolve(self, facts=(*self.facts, _fact(concept, value, self.style, *dimensions, **more)))

    def concept(self, concept: Concept) -> Self:
        kept = [one for one in self.taxonomy.concepts if one.qname != concept.qname]
        return self.with_taxonomy(concepts=[*kept, concept])

    def changed_concept(self, name: str, **changes: Any) -> Self:
        old = self.taxonomy.concept(self.own(name))
        assert old is not None
        return self.concept(evolve(old, **changes))

    def with_taxonomy(self, **changes: Any) -> Self:
        return evolve(self, taxonomy=evolve(self.taxonomy, **changes))

    def with_document(self, **changes: Any) -> Self:
        return evolve(self, document=evolve(self.document, **changes))

    def tagged(self, concept: QName, **more: Any) -> Self:
        tag = TaggedFact(concept=concept, element=more.pop("element", "nonNumeric"), location=PLACE, **more)
        return self.with_document(facts=[*self.document.facts, tag])


def _fact(
    concept: QName,
    value: str | None,
    style: Style,
    *dimensions: Dimension,
    period: Period = YEAR,
    entity: Entity | None = None,
    **more: Any,
) -> Fact:
    more.setdefault("id", f"f-{concept.local_name}")
    return Fact(concept, Context(entity or style.entity, period, dimensions), value, **more)


def _item(name: QName, datatype: str, period: str = "duration", **more: Any) -> Concept:
    known: DataType = standard_type(datatype)
    return Concept(qname=name, datatype=known, period_type=period, **more)  # type: ignore[arg-type]


def sound(name: str) -> Made:
    """A report in which the table finds nothing."""
    table, style = read_rule_table(name), STYLES[name]

    def own(local: str) -> QName:
        return QName(style.namespace, local, prefix="ex")

    def core(local: str) -> QName:
        return QName(style.core, local, prefix="core")

    widget = ExplicitDimension(own("SortAxis"), own("WidgetMember"))
    contact = ExplicitDimension(
        QName(style.cover, CONTACT[0], prefix="dei"), QName(style.cover, CONTACT[1], prefix="dei")
    )
    facts = [
        _fact(core("Assets"), "1000", style, period=END, unit=USD, decimals=0),
        _fact(own("ContractBacklog"), "500", style, unit=USD, decimals=0),
        _fact(own("ContractBacklog"), "300", style, widget, unit=USD, decimals=0, id="f-widgets"),
        _fact(own("BacklogTextBlock"), "<p>What is ordered, &amp; not delivered.</p>", style, language=style.language),
    ]
    for local, value in style.values.items():
        cover_name = QName(style.cover, local, prefix="dei")
        period = END if local in INSTANTS else YEAR
        is_text = local == "EntityRegistrantName" or "ifrs" in style.cover
        language = style.language if is_text else None
        if local not in CONTACT_NAMES:
            facts.append(_fact(cover_name, value, style, period=period, language=language))
        if local in (*CONTACT_NAMES, *CONTACT_TOO):
            facts.append(_fact(cover_name, value, style, contact, id=f"f-contact-{local}"))
    taxonomy = _taxonomy(style, {fact.concept for fact in facts}, own, core)
    document = DocumentFacts(
        name="page.htm",
        is_inline=True,
        bindings=tuple(
            NamespaceBinding(prefix=prefix, namespace=namespace, location=Location(file="page.htm"))
            for prefix, namespace in (
                ("", "http://www.w3.org/1999/xhtml"),
                ("ix", style.ix),
                ("ixt", style.registry),
            )
        ),
        facts=tuple(_tag(fact) for fact in facts),
        contexts=(ContextUse(id=style.context_id, location=PLACE, content="a", **{style.context_element: True}),),
        units=(UnitUse(id="u1", location=PLACE, content="usd"),),
    )
    return Made(table=table, style=style, facts=tuple(facts), taxonomy=taxonomy, document=document, files=style.files)


def _tag(fact: Fact) -> TaggedFact:
    is_block = fact.concept.local_name.endswith("TextBlock")
    return TaggedFact(concept=fact.concept, element="nonNumeric", location=PLACE, id=fact.id, escape=is_block)


def _taxonomy(style: Style, used: set[QName], own: Any, core: Any) -> Taxonomy:
    role = "http://www.example.com/role/Backlog"
    if "edinet" in style.namespace:
        role = f"{style.namespace.replace('/jpcrp', '/r/jpcrp')}/role/Backlog"
    elements = [
        _item(own("ContractBacklog"), "monetaryItemType", balance="debit"),
        _item(own("BacklogTextBlock"), "textBlockItemType"),
        _item(own("SortAxis"), "stringItemType", abstract=True, kind="dimension"),
        _item(own("BacklogTable"), "stringItemType", abstract=True, kind="hypercube"),
        _item(own("ProductDomain"), "domainItemType", abstract=True),
        _item(own("WidgetMember"), "domainItemType", abstract=True),
    ]
    standard = [
        _item(core("Assets"), "monetaryItemType", "instant", balance="debit"),
        *(
            _item(name, "booleanItemType" if name.local_name.endswith("Flag") else "stringItemType")
            for name in sorted(used, key=lambda one: one.sort_key)
            if name.namespace == style.cover and name.local_name != "Assets"
        ),
    ]
    words = {
        "ContractBacklog": ("Contract Backlog", "受注残高"),
        "BacklogTextBlock": ("Backlog [Text Block]", "受注残高の記載"),
        "SortAxis": ("Sort [Axis]", "製品軸"),
        "BacklogTable": ("Backlog [Table]", "受注残高の表"),
        "ProductDomain": ("Product [Domain]", "製品の領域"),
        "WidgetMember": ("Widget [Member]", "部品"),
    }
    labels = [
        Label(concept=own(name), text=text, language=language)
        for name, both in words.items()
        for text, language in zip(both, ("en", "ja"), strict=True)
    ]
    shown = [name for name in sorted(used, key=lambda one: one.sort_key) if name != core("Assets")]
    shown = [name for name in shown if name not in (own("ProductDomain"), own("WidgetMember"))] + [own("SortAxis")]
    shown += [QName(style.cover, name, prefix="dei") for name in CONTACT]
    arcs = [
        Relationship(arcrole=networks.PARENT_CHILD, source=core("Assets"), target=name, role=role, order=number)
        for number, name in enumerate(dict.fromkeys(shown), start=1)
    ]
    below = ((own("SortAxis"), own("ProductDomain")), (own("ProductDomain"), own("WidgetMember")))
    arcs += [
        *(Relationship(arcrole=networks.PARENT_CHILD, source=above, target=name, role=role) for above, name in below),
        Relationship(arcrole=networks.DIMENSION_DOMAIN, source=own("SortAxis"), target=own("ProductDomain"), role=role),
        Relationship(
            arcrole=networks.DIMENSION_DEFAULT,
            source=own("SortAxis"),
            target=own("ProductDomain"),
            role=style.default_role if "esma" in style.default_role else role,
        ),
        Relationship(arcrole=WIDER_NARROWER, source=core("Assets"), target=own("ContractBacklog"), role=role),
    ]
    return Taxonomy(
        namespace=style.namespace,
        prefix="ex",
        concepts=[*elements, *standard],
        labels=labels,
        roles=[RoleType(uri=role, id="Backlog", definition="000001 - Disclosure - Backlog")],
        relationships=arcs,
    )


LAST_DAY = dt.date(2025, 3, 31)
