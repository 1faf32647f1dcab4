"""A sound report for each table of rules, and ways to change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Self

from attrs import evolve, frozen

from exporter.findings import Finding, Location
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.namespaces import ROLE_LINK
from exporter.profiles.read_rules import read_rule_table
from exporter.profiles.rules import RuleTable
from exporter.taxonomy import Concept, Label, Relationship, RoleType, Taxonomy, networks
from exporter.validation.filing_rules.subject import (
    Address,
    ContextUse,
    DocumentFacts,
    FilingFolder,
    NamespaceBinding,
    PageFile,
    TaggedFact,
    UnitUse,
)
from exporter.validation.filing_rules.written import (
    WrittenAddress,
    WrittenArc,
    WrittenDocument,
    WrittenExtendedLink,
    WrittenLabel,
    WrittenRole,
)
from exporter.validation.rule_sets import check_filing_rules

YEAR = Duration("2024-04-01", "2025-03-31")
END = Instant("2025-03-31")
USD = Unit.currency("USD")


PAGE = PageFile(name="page.htm", location=Location(file="page.htm"), encoding="UTF-8")


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
    role: str = "http://www.example.com/role/Backlog"
    role_id: str = "Backlog"
    default_role: str = "http://www.example.com/role/Backlog"
    values: Mapping[str, str]
    root: str = "Assets"
    cube_role: str | None = None
    detail_roles: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    prefix: str = "ex"
    folder: FilingFolder | None = None
    page: PageFile = PAGE


DETAIL_ROLES = (
    *(
        "jpcrp/rol_BusinessResultsOfGroup",
        "jpcrp/rol_BusinessResultsOfReportingCompany",
        "jpcrp/rol_MajorShareholders-01",
    ),
    *("jppfs/rol_ConsolidatedBalanceSheet", "jppfs/rol_BalanceSheet", "jppfs/rol_ConsolidatedStatementOfIncome"),
    *("jppfs/rol_StatementOfIncome", "jppfs/rol_ConsolidatedStatementOfChangesInEquity"),
    *("jppfs/rol_StatementOfChangesInEquity", "jppfs/rol_ConsolidatedStatementOfCashFlows-indirect"),
    *("jppfs/rol_StatementOfCashFlows-indirect", "jpcrp/rol_NotesSegmentInformation-01"),
    *("jpigp/rol_ConsolidatedStatementOfFinancialPositionIFRS", "jpigp/rol_StatementOfFinancialPositionIFRS"),
    *("jpigp/rol_ConsolidatedStatementOfComprehensiveIncomeIFRS", "jpigp/rol_StatementOfComprehensiveIncomeIFRS"),
    *("jpigp/rol_ConsolidatedStatementOfChangesInEquityIFRS", "jpigp/rol_StatementOfChangesInEquityIFRS"),
)
"""A role for each part of an annual report that is tagged in detail."""

COVER_HEADINGS = (
    *("提出書類", "根拠条文", "提出先", "提出日", "事業年度", "会社名", "英訳名", "代表者の役職氏名"),
    *(
        "本店の所在の場所",
        "電話番号",
        "事務連絡者氏名",
        "最寄りの連絡場所",
        "電話番号",
        "事務連絡者氏名",
        "縦覧に供する場所",
    ),
)
"""What stands on the cover of an annual report, in its order."""

STYLES = {
    "form-20-f": Style(
        namespace="http://www.example.com/20250331",
        entity=Entity.cik("1090633"),
        cover="http://xbrl.sec.gov/dei/2025",
        core="http://fasb.org/us-gaap/2025",
        language="en-US",
        ix="http://www.xbrl.org/2013/inlineXBRL",
        registry="http://www.xbrl.org/inlineXBRL/transformation/2022-02-16",
        files=("ex-20250331.htm", "ex-20250331.xsd", "ex-20250331_lab.xml"),
        folder=FilingFolder(
            name="submission",
            names=("ex-20250331.htm", "ex-20250331.xsd", "ex-20250331_lab.xml", "001.gif"),
            reports=("ex-20250331.htm",),
            is_archive=False,
            has_marker=False,
            has_taxonomy_package=False,
            heads={"001.gif": b"GIF89a"},
        ),
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
            "CityAreaCode": "3",
            "LocalPhoneNumber": "123",
            "AuditorName": "Auditors",
            "AuditorLocation": "Tokyo, Japan",
            "AuditorFirmId": "1009",
        },
    ),
    "esef": Style(
        namespace="http://www.example.com/20250331",
        entity=Entity("http://standards.iso.org/iso/17442", "529900T8BM49AURSDO55"),
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
        root="StatementOfFinancialPositionAbstract",
        cube_role="https://www.esma.europa.eu/xbrl/role/cor/esef_role-999999",
        imports=("https://www.esma.europa.eu/taxonomy/2024-03-27/esef_cor.xsd",),
        folder=FilingFolder(
            name="ex-2025-03-31-1-en.xbri",
            top="ex-2025-03-31-1-en",
            names=("ex-2025-03-31-1-en/reports/ex-2025-03-31-1-en.xhtml",),
            reports=("ex-2025-03-31-1-en/reports/ex-2025-03-31-1-en.xhtml",),
            size=1_000,
        ),
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
                "NameOfUltimateParentOfGroup",
                "ExplanationOfChangeInNameOfReportingEntityOrOtherMeansOfIdentificationFromEndOfPrecedingReportingPeriod",
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
        role="http://disclosure.edinet-fsa.go.jp/role/jpcrp-asr/rol_Backlog",
        role_id="rol_Backlog",
        default_role="http://disclosure.edinet-fsa.go.jp/role/jpcrp-asr/rol_Backlog",
        detail_roles=tuple(f"http://disclosure.edinet-fsa.go.jp/role/{name}" for name in DETAIL_ROLES),
        prefix="jpcrp030000-asr_E00001-000",
        folder=FilingFolder(
            name="PublicDoc",
            is_archive=False,
            names=("0000000_header_ixbrl.htm", "images/001.png", "manifest_PublicDoc.xml"),
            directories=("images",),
            sizes={"0000000_header_ixbrl.htm": 1_000, "images/001.png": 100, "manifest_PublicDoc.xml": 100},
            instances=("jpcrp030000-asr-001_E00001-000_2025-03-31_01_2025-06-20.xbrl",),
        ),
        page=PageFile(
            name="0000000_header_page.htm",
            location=Location(file="page.htm"),
            encoding="UTF-8",
            meta_encoding="UTF-8",
            languages=("ja",),
            text_start="【表紙】" + "".join(f"【{heading}】" for heading in COVER_HEADINGS),
        ),
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
            "ReportAmendmentFlagDEI": "false",
            "XBRLAmendmentFlagDEI": "false",
            "NumberOfSubmissionDEI": "1",
            "SecurityCodeDEI": "12340",
            "FilingDateCoverPage": "2025-06-20",
            "CompanyNameCoverPage": "例",
            "CompanyNameInEnglishCoverPage": "Example",
            "RatioOfFemaleDirectorsAndOtherOfficers": "0.3",
            "IssuedSharesTotalNumberOfSharesEtcTextBlock": "text",
            "RegulationsInAccordanceWithWhichConsolidatedFinancialStatementsHaveBeenPrepared"
            "FinancialInformation": "text",
            "CorporateGovernanceCompanyWithCorporateAuditorsTextBlock": "text",
        },
    ),
}
CONTACT = ("EntityAddressesAddressTypeAxis", "BusinessContactMember")
CONTACT_NAMES = ("ContactPersonnelName", "CityAreaCode", "LocalPhoneNumber")
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
    schema: WrittenDocument | None
    more_written: tuple[WrittenDocument, ...] = ()
    folder: FilingFolder | None = None

    @property
    def written(self) -> tuple[WrittenDocument, ...]:
        """The schema, the linkbases that the taxonomy stands for, and others; nothing without a schema."""
        if self.schema is None:
            return ()
        return (self.schema, *linkbases_of(self.taxonomy, self.style), *self.more_written)

    def findings(self) -> list[Finding]:
        report = Report(facts=self.facts, footnotes=self.footnotes, links=self.links)
        return list(
            check_filing_rules(
                report,
                self.table,
                taxonomy=self.taxonomy,
                document=self.document,
                files=self.files,
                written=self.written,
                folder=self.folder,
            )
        )

    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings()}

    @property
    def english(self) -> str:
        """The language of the labels in English."""
        return "en-US" if "sec.gov" in self.style.cover else "en"

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

    def with_schema(self, **changes: Any) -> Self:
        assert self.schema is not None
        return evolve(self, schema=evolve(self.schema, **changes))

    def with_link(self, kind: str, *arcs: WrittenArc, role: str | None = None, **more: Any) -> Self:
        """With another linkbase that has one link."""
        link = WrittenExtendedLink(
            kind=kind, role=self.style.role if role is None else role, location=PLACE, arcs=arcs, **more
        )
        return self.with_written(links=[link])

    def with_written(self, **more: Any) -> Self:
        """With another linkbase."""
        document = WrittenDocument(
            **{"name": "other.xml", "url": f"{HERE}other.xml", "kind": "linkbase", "location": PLACE, **more}
        )
        return evolve(self, more_written=(*self.more_written, document))

    def with_folder(self, **changes: Any) -> Self:
        return evolve(self, folder=evolve(self.folder or FilingFolder(name="folder"), **changes))

    def with_page(self, **changes: Any) -> Self:
        return self.with_document(files=[evolve(self.document.files[0], **changes)])

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
    if "edinet" in name.namespace and datatype == "domainItemType":
        known = evolve(known, name=QName("http://www.xbrl.org/dtr/type/non-numeric", datatype, prefix="nonnum"))
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
        contexts=(
            ContextUse(
                id=style.context_id,
                location=PLACE,
                content="a",
                dates=("2024-04-01", "2025-03-31"),
                start=YEAR.first_day,
                end=YEAR.last_day,
                identifier=style.entity.identifier,
                segment=style.context_element == "segment",
                scenario=style.context_element == "scenario",
            ),
        ),
        units=(UnitUse(id="u1", location=PLACE, content="usd"),),
        files=(style.page,),
        references=(Address(element="img", href=IMAGES.get(name, "001.gif"), location=PLACE),),
    )
    schema = WrittenDocument(
        name="ex.xsd",
        url=f"{HERE}ex.xsd",
        kind="schema",
        location=PLACE,
        namespace=style.namespace,
        prefixes=((style.prefix, style.namespace),),
        addresses=tuple(WrittenAddress(kind="import", href=url, url=url, location=PLACE) for url in style.imports),
        roles=(
            WrittenRole(
                kind="roleType", uri=style.role, id=style.role_id, location=PLACE, definition="Backlog", used_on=LINKS
            ),
        ),
    )
    return Made(
        table=table,
        style=style,
        facts=tuple(facts),
        taxonomy=taxonomy,
        document=document,
        files=style.files,
        schema=schema,
        folder=style.folder,
    )


HERE = "file:///filing/"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
IMAGES = {"esef": f"data:image/png;base64,{PIXEL}", "edinet": "images/001.png"}
LINKS = ("presentationLink", "calculationLink", "definitionLink")


def linkbases_of(taxonomy: Taxonomy, style: Style) -> list[WrittenDocument]:
    """A file for each kind of link, and for each language of labels."""

    def address(name: QName) -> str:
        place = f"{HERE}ex.xsd" if name.namespace == style.namespace else name.namespace
        return f"{place}#{name.prefix}_{name.local_name}"

    links: dict[str, dict[str, list[WrittenArc]]] = {kind: {} for kind in LINKS}
    links["calculationLink"][style.role] = []
    for arc in taxonomy.relationships:
        kind = LINKS[2]
        kind = LINKS[0] if arc.arcrole == networks.PARENT_CHILD else kind
        kind = LINKS[1] if arc.arcrole in networks.SUMMATIONS else kind
        links[kind].setdefault(arc.role, []).append(
            WrittenArc(
                arcrole=arc.arcrole,
                location=PLACE,
                source=address(arc.source),
                target=address(arc.target),
                order=str(arc.order),
            )
        )
    documents = [
        WrittenDocument(
            name=f"ex_{kind[:3]}.xml",
            url=f"{HERE}ex_{kind[:3]}.xml",
            kind="linkbase",
            location=PLACE,
            links=tuple(
                WrittenExtendedLink(kind=kind, role=role, location=PLACE, arcs=tuple(arcs))
                for role, arcs in roles.items()
            ),
        )
        for kind, roles in links.items()
    ]
    for language in dict.fromkeys(label.language for label in taxonomy.labels):
        labels = tuple(
            WrittenLabel(concept=address(label.concept), role=label.role, language=language, location=PLACE)
            for label in taxonomy.labels
            if label.language == language
        )
        link = WrittenExtendedLink(kind="labelLink", role=ROLE_LINK, location=PLACE, labels=labels)
        documents.append(
            WrittenDocument(
                name=f"ex-{language}_lab.xml",
                url=f"{HERE}ex-{language}_lab.xml",
                kind="linkbase",
                location=PLACE,
                links=(link,),
            )
        )
    return documents


def _tag(fact: Fact) -> TaggedFact:
    is_block = fact.concept.local_name.endswith("TextBlock")
    return TaggedFact(concept=fact.concept, element="nonNumeric", location=PLACE, id=fact.id, escape=is_block)


def _taxonomy(style: Style, used: set[QName], own: Any, core: Any) -> Taxonomy:
    role = style.role
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
        for text, language in zip(both, ("en-US" if "sec.gov" in style.cover else "en", "ja"), strict=True)
    ]
    if "sec.gov" in style.cover:  # EDGAR has the filer label standard concepts, too
        there = {*used, *(QName(style.cover, name, prefix="dei") for name in CONTACT)}
        named = sorted((name for name in there if name.namespace != style.namespace), key=lambda one: one.sort_key)
        labels += [Label(concept=name, text=name.local_name, language=style.language) for name in named]
    root = core(style.root)
    shown = [name for name in sorted(used, key=lambda one: one.sort_key) if name != root]
    shown = [name for name in shown if name not in (own("ProductDomain"), own("WidgetMember"))] + [own("SortAxis")]
    shown += [QName(style.cover, name, prefix="dei") for name in CONTACT]
    arcs = [
        Relationship(arcrole=networks.PARENT_CHILD, source=root, target=name, role=role, order=number)
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
    ]
    if style.detail_roles:
        total, part = own("ContractBacklog"), QName(style.cover, "NumberOfSubmissionDEI", prefix="dei")
        arcs.append(Relationship(arcrole=networks.SUMMATION_ITEM, source=total, target=part, role=role, weight=1))
    if style.cube_role is not None:
        anchors = f"{role}Anchoring"
        arcs += [
            Relationship(arcrole=networks.WIDER_NARROWER, source=source, target=target, role=anchors)
            for source, target in (
                (core("Assets"), own("ContractBacklog")),
                (core("NameOfReportingEntityOrOtherMeansOfIdentification"), own("BacklogTextBlock")),
            )
        ]
        arcs += _cube(style.cube_role, used, core)
    arcs += [
        Relationship(arcrole=networks.PARENT_CHILD, source=root, target=own("ContractBacklog"), role=detail)
        for detail in style.detail_roles
    ]
    standard.append(_item(root, "stringItemType", abstract=True)) if root != core("Assets") else None
    return Taxonomy(
        namespace=style.namespace,
        prefix="ex",
        concepts=[*elements, *standard],
        labels=labels,
        roles=[RoleType(uri=role, id=style.role_id, definition="000001 - Disclosure - Backlog")],
        relationships=arcs,
    )


def _cube(role: str, used: set[QName], core: Any) -> list[Relationship]:
    """The hypercube of what has no dimensions."""
    items, cube = core("LineItemsNotDimensionallyQualified"), core("NotDimensionallyQualifiedHypercube")
    arcs = [
        Relationship(
            arcrole=networks.ALL, source=items, target=cube, role=role, context_element="scenario", closed=True
        )
    ]
    names = sorted(used, key=lambda one: one.sort_key)
    return arcs + [
        Relationship(arcrole=networks.DOMAIN_MEMBER, source=items, target=name, role=role, order=number)
        for number, name in enumerate(names, start=1)
    ]


LAST_DAY = dt.date(2025, 3, 31)
