"""The cover page: what document it is, of whom, for which period."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from exporter.disclosures.figures import AccountingStandard
from exporter.disclosures.ranges import check_not_negative, check_whole
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.declaration import concept, period, problem, report_item
from exporter.items.values import MonthDay, ShareCount
from exporter.model.period import Duration

_CIK: Final = re.compile(r"[0-9]{10}", re.ASCII)
_NORMALIZED: Final = ("document_type", "registrant", "file_number")


@report_item(
    label="Document Information",
    label_ja="書類情報",
    documentation="What the cover page of the report says.",
    documentation_ja="報告書の表紙の記載事項。",
)
class DocumentInfo(ReportItem):
    """What the cover page says. The names are those of the SEC's document and entity information.

    ``over`` is the period that the report covers. Securities are listed one a line, and the markets and symbols in the
    same order.
    """

    over: Duration = period()
    document_type: str = concept(
        "DocumentType",
        type="normalizedStringItemType",
        label="Document Type",
        label_ja="書類の種類",
        documentation="Form that the document is filed under, such as 20-F.",
        documentation_ja="書類の様式（20-Fなど）。",
    )
    period_end: dt.date | None = concept(
        "DocumentPeriodEndDate",
        label="Document Period End Date",
        label_ja="書類の対象期間末日",
        documentation="Last day of the period that the document covers.",
        default=None,
    )
    fiscal_year_end: MonthDay | None = concept(
        "CurrentFiscalYearEndDate",
        label="Current Fiscal Year End Date",
        label_ja="事業年度の末日",
        documentation="Month and day on which the fiscal year ends.",
        default=None,
    )
    fiscal_year_focus: int | None = concept(
        "DocumentFiscalYearFocus",
        type="gYearItemType",
        label="Document Fiscal Year Focus",
        label_ja="対象事業年度",
        documentation="Year by which the registrant names the fiscal year of the document.",
        default=None,
    )
    fiscal_period_focus: str | None = concept(
        "DocumentFiscalPeriodFocus",
        label="Document Fiscal Period Focus",
        label_ja="対象期間の種類",
        documentation="Part of the fiscal year that the document covers: FY for the whole.",
        default=None,
    )
    registrant: str | None = concept(
        "EntityRegistrantName",
        type="normalizedStringItemType",
        label="Entity Registrant Name",
        label_ja="登録者の名称",
        documentation="Name of the registrant as in its charter.",
        default=None,
    )
    central_index_key: str | None = concept(
        "EntityCentralIndexKey",
        type="tokenItemType",
        label="Entity Central Index Key",
        label_ja="中央索引キー",
        documentation="Number of ten digits under which the SEC knows the registrant.",
        default=None,
    )
    file_number: str | None = concept(
        "EntityFileNumber",
        type="normalizedStringItemType",
        label="Entity File Number",
        label_ja="届出番号",
        documentation="Number that the SEC gave to the registration.",
        default=None,
    )
    country_of_incorporation: str | None = concept(
        "EntityIncorporationStateCountryCode",
        type="tokenItemType",
        label="Entity Incorporation, State or Country Code",
        label_ja="設立準拠法の州又は国のコード",
        documentation="Code of the state or country under whose law the registrant was set up.",
        default=None,
    )
    address: tuple[str, ...] = concept(
        "EntityAddress",
        label="Entity Address",
        label_ja="住所",
        documentation="Address of the registrant's principal offices, line by line.",
        default=(),
    )
    address_country: str | None = concept(
        "EntityAddressCountry",
        type="tokenItemType",
        label="Entity Address, Country",
        label_ja="住所の国コード",
        documentation="Code of the country of the address.",
        default=None,
    )
    accounting_standard: AccountingStandard | None = concept(
        "DocumentAccountingStandard",
        label="Document Accounting Standard",
        label_ja="書類の会計基準",
        documentation="Accounting principles that the financial statements follow.",
        default=None,
    )
    securities: tuple[str, ...] = concept(
        "Security12bTitle",
        label="Title of 12(b) Security",
        label_ja="登録証券の名称",
        documentation="Securities registered under section 12(b) of the Exchange Act, one a line.",
        default=(),
    )
    exchanges: tuple[str, ...] = concept(
        "SecurityExchangeName",
        label="Security Exchange Name",
        label_ja="登録証券の上場取引所",
        documentation="Exchange on which each of the securities is registered, in their order.",
        default=(),
    )
    trading_symbols: tuple[str, ...] = concept(
        "TradingSymbol",
        label="Trading Symbol",
        label_ja="登録証券の取引記号",
        documentation="Symbol under which each of the securities trades, in their order.",
        default=(),
    )
    shares_outstanding: ShareCount | None = concept(
        "EntityCommonStockSharesOutstanding",
        period="instant",
        label="Entity Common Stock, Shares Outstanding",
        label_ja="普通株式の流通株式数",
        documentation="Common shares outstanding at the end of the period.",
        default=None,
    )
    annual_report: bool | None = concept(
        "DocumentAnnualReport",
        label="Document Annual Report",
        label_ja="年次報告書の該当有無",
        documentation="Whether the box for an annual report is checked.",
        default=None,
    )
    registration_statement: bool | None = concept(
        "DocumentRegistrationStatement",
        label="Document Registration Statement",
        label_ja="登録届出書の該当有無",
        documentation="Whether the box for a registration statement is checked.",
        default=None,
    )
    transition_report: bool | None = concept(
        "DocumentTransitionReport",
        label="Document Transition Report",
        label_ja="移行報告書の該当有無",
        documentation="Whether the box for a transition report is checked.",
        default=None,
    )
    shell_company_report: bool | None = concept(
        "DocumentShellCompanyReport",
        label="Document Shell Company Report",
        label_ja="シェル・カンパニー報告書の該当有無",
        documentation="Whether the box for a shell company report is checked.",
        default=None,
    )
    amendment: bool | None = concept(
        "AmendmentFlag",
        label="Amendment Flag",
        label_ja="訂正の有無",
        documentation="Whether the document amends one that was filed before.",
        default=None,
    )
    well_known_seasoned_issuer: bool | None = concept(
        "EntityWellKnownSeasonedIssuer",
        label="Entity Well-Known Seasoned Issuer",
        label_ja="適格発行者の該当有無",
        documentation="Whether the registrant is a well-known seasoned issuer.",
        default=None,
    )
    voluntary_filer: bool | None = concept(
        "EntityVoluntaryFilers",
        label="Entity Voluntary Filers",
        label_ja="任意提出者の該当有無",
        documentation="Whether the registrant files without being obliged to.",
        default=None,
    )
    auditor_attestation: bool | None = concept(
        "IcfrAuditorAttestationFlag",
        label="ICFR Auditor Attestation Flag",
        label_ja="内部統制監査の有無",
        documentation="Whether the auditor reports on internal control over financial reporting.",
        default=None,
    )
    auditor: str | None = concept(
        "AuditorName",
        label="Auditor Name",
        label_ja="監査人の名称",
        documentation="Name of the auditor of the financial statements.",
        default=None,
    )
    auditor_firm_id: str | None = concept(
        "AuditorFirmId",
        label="Auditor Firm ID",
        label_ja="監査事務所の番号",
        documentation="Number under which the PCAOB knows the auditor.",
        default=None,
    )
    auditor_location: str | None = concept(
        "AuditorLocation",
        label="Auditor Location",
        label_ja="監査人の所在地",
        documentation="City and country of the auditor's office.",
        default=None,
    )
    contact: str | None = concept(
        "ContactPersonnelName",
        label="Contact Personnel Name",
        label_ja="担当者の氏名",
        documentation="Person at the registrant to turn to.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from self._check_names()
        yield from self._check_fiscal_year()
        yield from self._check_period_end()
        yield from self._check_securities()
        yield from check_not_negative({"shares_outstanding": self.shares_outstanding})
        yield from check_whole("shares_outstanding", self.shares_outstanding)

    def _check_names(self) -> Iterator[Finding]:
        for name in _NORMALIZED:
            text = getattr(self, name)
            if text is not None and (not text.strip() or re.search(r"[\t\r\n]", text)):
                yield problem("exporter:brokenLine", f"{name} is one line of text and not empty, got {text!r}", name)
        for name in ("country_of_incorporation", "address_country"):
            text = getattr(self, name)
            if text is not None and not re.fullmatch(r"[A-Z0-9]{2,3}", text, re.ASCII):
                yield problem("exporter:countryCode", f"{name} is a code of two or three signs, got {text!r}", name)
        if self.central_index_key is not None and not _CIK.fullmatch(self.central_index_key):
            yield problem(
                "exporter:centralIndexKey",
                f"a central index key has ten digits, got {self.central_index_key!r}",
                "central_index_key",
                mend="fill it up with zeros on the left",
            )

    def _check_fiscal_year(self) -> Iterator[Finding]:
        focus, end = self.fiscal_year_focus, self.period_end
        if focus is not None and not 1 <= focus <= 9999:
            yield problem("exporter:yearOutOfRange", f"{focus} is no fiscal year", "fiscal_year_focus")
        elif focus is not None and end is not None and focus != end.year:
            yield problem(
                "exporter:fiscalYearFocus",
                f"the fiscal year is {focus}, the period ends in {end.year}",
                "fiscal_year_focus",
                mend="keep it if the registrant names its years so",
                warning=True,
            )

    def _check_period_end(self) -> Iterator[Finding]:
        end, year_end = self.period_end, self.fiscal_year_end
        if end is None:
            return
        if year_end is not None and self.transition_report is not True and not _ends_year(end, year_end):
            yield problem(
                "exporter:periodEndNotYearEnd",
                f"the period ends on {end}, the fiscal year on {year_end.printed()}",
                "period_end",
                "fiscal_year_end",
                mend="correct one of them, or mark the document as a transition report",
            )
        if end != self.over.last_day:
            yield problem(
                "exporter:periodEndNotOver",
                f"the period ends on {end}, the facts of the cover page on {self.over.last_day}",
                "period_end",
                "over",
                mend="give the period of the report as over",
                warning=True,
            )

    def _check_securities(self) -> Iterator[Finding]:
        for name in ("exchanges", "trading_symbols"):
            count = len(getattr(self, name))
            if count and count != len(self.securities):
                yield problem(
                    "exporter:securitiesUneven",
                    f"{len(self.securities)} securities are listed, but {count} {name.replace('_', ' ')}",
                    name,
                    "securities",
                    mend="give one for each security, in the same order",
                )


def _ends_year(end: dt.date, year_end: MonthDay) -> bool:
    """Whether a fiscal year with that end can end on the day; the last of February is one in every year."""
    if (end.month, end.day) == (year_end.month, year_end.day):
        return True
    return year_end.month == 2 == end.month and year_end.day >= 28 and (end + dt.timedelta(days=1)).day == 1
