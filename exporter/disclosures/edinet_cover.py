"""The cover of a report to the Financial Services Agency of Japan, with what EDINET asks of document and filer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import ClassVar, Final

from exporter.disclosures.monetary_facts import AccountingStandard
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declare import ReportItem, concept, item_base, period, report_item
from exporter.items.declare import language as text_language
from exporter.items.values.texts import TextBlock
from exporter.model.period import Instant

_CODE: Final = re.compile(r"[A-Z][0-9]{5}")
_PERIOD_TYPES: Final = ("FY", "HY", "Q1", "Q2", "Q3", "Q4", "Q5")
_PERIODS: Final = (
    ("year_start", "year_end"),
    ("year_start", "period_end"),
    ("period_end", "year_end"),
    ("previous_year_start", "previous_year_end"),
    ("previous_year_start", "comparative_period_end"),
    ("comparative_period_end", "previous_year_end"),
    ("previous_year_end", "year_start"),
)


@item_base
class EdinetCoverPage(ReportItem):
    """The items of the cover page, in the order of the form; all hold on the day of filing."""

    as_of: Instant = period()
    document_title: str = concept(
        "FsaDocumentTitle",
        label="Document Title",
        documentation="What the document calls itself, such as 有価証券報告書.",
    )
    clause: str | None = concept(
        "FsaClauseOfStipulation",
        label="Clause of Stipulation",
        documentation="Clause of the law that asks for the document.",
        default=None,
    )
    place_of_filing: str | None = concept(
        "FsaPlaceOfFiling",
        label="Place of Filing",
        documentation="Authority that the document is filed with.",
        default=None,
    )
    filing_date: dt.date = concept(
        "FsaFilingDate",
        label="Filing Date",
        documentation="Day on which the document is filed.",
    )
    fiscal_year: str | None = concept(
        "FsaFiscalYear",
        label="Fiscal Year",
        documentation="Number of the fiscal year, with its first and its last day.",
        default=None,
    )
    company_name: str | None = concept(
        "FsaCompanyName",
        label="Company Name",
        documentation="Name of the company in Japanese.",
        default=None,
    )
    company_name_in_english: str | None = concept(
        "FsaCompanyNameInEnglish",
        label="Company Name in English",
        documentation="Name of the company in English.",
        default=None,
    )
    representative: str | None = concept(
        "FsaRepresentative",
        label="Title and Name of Representative",
        documentation="Title and name of who represents the company.",
        default=None,
    )
    headquarter: str | None = concept(
        "FsaHeadquarterAddress",
        label="Address of Registered Headquarter",
        documentation="Address of the registered headquarter.",
        default=None,
    )
    headquarter_phone: str | None = concept(
        "FsaHeadquarterTelephone",
        label="Telephone Number, Registered Headquarter",
        documentation="Telephone number of the registered headquarter.",
        default=None,
    )
    headquarter_contact: str | None = concept(
        "FsaHeadquarterContactPerson",
        label="Name of Contact Person, Registered Headquarter",
        documentation="Person to turn to at the registered headquarter.",
        default=None,
    )
    nearest_place: str | None = concept(
        "FsaNearestPlaceOfContact",
        label="Nearest Place of Contact",
        documentation="Address of the place of contact that is nearest.",
        default=None,
    )
    nearest_place_phone: str | None = concept(
        "FsaNearestPlaceTelephone",
        label="Telephone Number, Nearest Place of Contact",
        documentation="Telephone number of the nearest place of contact.",
        default=None,
    )
    nearest_place_contact: str | None = concept(
        "FsaNearestPlaceContactPerson",
        label="Name of Contact Person, Nearest Place of Contact",
        documentation="Person to turn to at the nearest place of contact.",
        default=None,
    )
    public_inspection: TextBlock | None = concept(
        "FsaPlaceForPublicInspectionTextBlock",
        label="Place for Public Inspection [Text Block]",
        documentation="Where the document is open to the public.",
        default=None,
    )


COVER_FIELDS: Final = tuple(name for name in EdinetCoverPage.__annotations__ if name != "as_of")
"""The names of the items of the cover page, in the order of the form."""


@report_item(
    label="EDINET Cover",
    documentation="What the cover page of a report to EDINET says, and what EDINET asks of document and filer.",
    part="cover",
)
class EdinetCover(EdinetCoverPage):
    """The cover page, then the document and entity information, of a report that is filed on the day ``as_of``.

    Texts are Japanese, names in English apart: in a filing in another language, ``language`` is ``ja``. What is left
    out is not reported; ``--rules edinet`` says what a form asks for. ``submission_number`` is 1 for what is filed
    first.
    """

    EXAMPLE: ClassVar = {"document_title": "有価証券報告書", "form": "第三号様式", "edinet_code": "E00000"}

    edinet_code: str | None = concept(
        "FsaEdinetCode",
        label="EDINET Code",
        documentation="Code under which EDINET knows the filer: a letter and five digits.",
        default=None,
    )
    security_code: str | None = concept(
        "FsaSecurityCode",
        label="Security Code",
        documentation="Code of the listed security, of five digits.",
        default=None,
    )
    filer_name: str | None = concept(
        "FsaFilerName",
        label="Filer Name in Japanese",
        documentation="Name of the filer in Japanese, as EDINET knows it.",
        default=None,
    )
    filer_name_in_english: str | None = concept(
        "FsaFilerNameInEnglish",
        label="Filer Name in English",
        documentation="Name of the filer in English, as EDINET knows it.",
        default=None,
    )
    ordinance: str | None = concept(
        "FsaCabinetOfficeOrdinance",
        label="Cabinet Office Ordinance",
        documentation="Ordinance that the form belongs to.",
        default=None,
    )
    form: str | None = concept(
        "FsaDocumentType",
        label="Form",
        documentation="Form of the document, such as 第三号様式.",
        default=None,
    )
    accounting_standard: AccountingStandard | None = concept(
        "FsaAccountingStandard",
        label="Accounting Standards",
        documentation="Accounting principles that the statements follow.",
        default=None,
    )
    consolidated: bool | None = concept(
        "FsaConsolidatedStatements",
        label="Whether Consolidated Financial Statements Are Prepared",
        documentation="Whether there are consolidated financial statements.",
        default=None,
    )
    industry_code_consolidated: str | None = concept(
        "FsaIndustryCodeConsolidated",
        label="Industry Code, Consolidated Financial Statements",
        documentation="Code of the industry whose regulations the consolidated statements follow.",
        default=None,
    )
    industry_code: str | None = concept(
        "FsaIndustryCode",
        label="Industry Code, Financial Statements",
        documentation="Code of the industry whose regulations the statements of the company follow.",
        default=None,
    )
    year_start: dt.date | None = concept(
        "FsaFiscalYearStart",
        label="Current Fiscal Year, Start Date",
        documentation="First day of the fiscal year.",
        default=None,
    )
    period_end: dt.date | None = concept(
        "FsaPeriodEnd",
        label="Current Period, End Date",
        documentation="Last day of the period that is reported.",
        default=None,
    )
    period_type: str | None = concept(
        "FsaPeriodType",
        label="Type of Current Period",
        documentation="FY for a fiscal year, HY for its first half.",
        default=None,
    )
    year_end: dt.date | None = concept(
        "FsaFiscalYearEnd",
        label="Current Fiscal Year, End Date",
        documentation="Last day of the fiscal year.",
        default=None,
    )
    previous_year_start: dt.date | None = concept(
        "FsaPreviousYearStart",
        label="Previous Fiscal Year, Start Date",
        documentation="First day of the fiscal year before.",
        default=None,
    )
    comparative_period_end: dt.date | None = concept(
        "FsaComparativePeriodEnd",
        label="Comparative Period, End Date",
        documentation="Last day of the period that this one is compared with.",
        default=None,
    )
    previous_year_end: dt.date | None = concept(
        "FsaPreviousYearEnd",
        label="Previous Fiscal Year, End Date",
        documentation="Last day of the fiscal year before.",
        default=None,
    )
    submission_number: int | None = concept(
        "FsaSubmissionNumber",
        label="Number of Submission",
        documentation="How often the document has been submitted, this time counted.",
        default=None,
    )
    amendment: bool | None = concept(
        "FsaAmendment",
        label="EDINET, Amendment Flag",
        documentation="Whether the document amends one that was filed before.",
        default=None,
    )
    amended_document: str | None = concept(
        "FsaAmendedDocument",
        label="Identification of Document Subject to Amendment",
        documentation="Number of the document that is amended.",
        default=None,
    )
    report_amendment: bool | None = concept(
        "FsaReportAmendment",
        label="Report Amendment Flag",
        documentation="Whether what the document says is amended.",
        default=None,
    )
    xbrl_amendment: bool | None = concept(
        "FsaXbrlAmendment",
        label="XBRL Amendment Flag",
        documentation="Whether its tags are amended.",
        default=None,
    )
    language: str | None = text_language(default=None)

    def check(self) -> Iterator[Finding]:
        if self.filing_date != self.as_of.date:
            yield problem(
                "exporter:filingDateNotAsOf",
                f"the document is filed on {self.filing_date}, its cover is of {self.as_of.date}",
                "filing_date",
                "as_of",
                fix="give the day of filing as as_of, too",
            )
        if self.edinet_code is not None and not _CODE.fullmatch(self.edinet_code):
            yield problem(
                "exporter:edinetCode",
                f"an EDINET code is a letter and five digits, got {self.edinet_code!r}",
                "edinet_code",
            )
        if self.period_type is not None and self.period_type not in _PERIOD_TYPES:
            yield problem(
                "exporter:periodType",
                f"a period is FY, HY or Q1 to Q5, got {self.period_type!r}",
                "period_type",
            )
        if self.submission_number is not None and self.submission_number < 1:
            yield problem(
                "exporter:submissionNumber",
                f"submissions count from 1, got {self.submission_number}",
                "submission_number",
            )
        yield from self._check_periods()
        yield from self._check_amendment()

    def _check_periods(self) -> Iterator[Finding]:
        for first, last in _PERIODS:
            start, end = getattr(self, first), getattr(self, last)
            if start is not None and end is not None and start > end:
                yield problem("exporter:periodReversed", f"{first} is {start}, after {last} on {end}", first, last)

    def _check_amendment(self) -> Iterator[Finding]:
        if self.amended_document is not None and self.amendment is not True:
            yield problem(
                "exporter:notAmended",
                "an amended document is named, but the document is not marked as an amendment",
                "amended_document",
                "amendment",
                fix="state amendment as true, or leave it out",
            )
