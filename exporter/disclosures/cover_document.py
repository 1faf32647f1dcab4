"""The cover page on the document itself: its form, its period, what it amends, which statements it has."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import check_lines, check_stated_with
from exporter.disclosures.monetary_facts import AccountingStandard
from exporter.findings import Finding, list_text
from exporter.items.check import problem
from exporter.items.declare import ReportItem, concept, item_base, period
from exporter.items.values import MonthDay
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Duration

# Of these boxes, one is checked.
_KINDS: Final = ("annual_report", "registration_statement", "transition_report", "shell_company_report")


class ReportingItem(Enumeration):
    """The item of Form 20-F that financial statements follow."""

    ITEM_17 = "item_17", "Item 17"
    ITEM_18 = "item_18", "Item 18"


@item_base
class CoverDocument(ReportItem):
    """What the cover page says of the document."""

    over: Duration = period()
    document_type: str = concept(
        "DocumentType",
        type="normalizedStringItemType",
        label="Document Type",
        documentation="Form that the document is filed under, such as 20-F.",
    )
    amendment: bool | None = concept(
        "AmendmentFlag",
        label="Amendment Flag",
        documentation="Whether the document amends one that was filed before.",
        default=None,
    )
    amendment_description: str | None = concept(
        "AmendmentDescription",
        label="Amendment Description",
        documentation="What the document amends, and why.",
        default=None,
    )
    annual_report: bool | None = concept(
        "DocumentAnnualReport",
        label="Document Annual Report",
        documentation="Whether the box for an annual report is checked.",
        default=None,
    )
    registration_statement: bool | None = concept(
        "DocumentRegistrationStatement",
        label="Document Registration Statement",
        documentation="Whether the box for a registration statement is checked.",
        default=None,
    )
    transition_report: bool | None = concept(
        "DocumentTransitionReport",
        label="Document Transition Report",
        documentation="Whether the box for a transition report is checked.",
        default=None,
    )
    shell_company_report: bool | None = concept(
        "DocumentShellCompanyReport",
        label="Document Shell Company Report",
        documentation="Whether the box for a shell company report is checked.",
        default=None,
    )
    period_start: dt.date | None = concept(
        "DocumentPeriodStartDate",
        label="Document Period Start Date",
        documentation="First day of the period that the document covers, where it is a transition period.",
        default=None,
    )
    period_end: dt.date | None = concept(
        "DocumentPeriodEndDate",
        label="Document Period End Date",
        documentation="Last day of the period that the document covers.",
        default=None,
    )
    shell_company_event_date: dt.date | None = concept(
        "DocumentShellCompanyEventDate",
        label="Document Shell Company Event Date",
        documentation="Date of the event that requires the shell company report.",
        default=None,
    )
    fiscal_year_end: MonthDay | None = concept(
        "CurrentFiscalYearEndDate",
        label="Current Fiscal Year End Date",
        documentation="Month and day on which the fiscal year ends.",
        default=None,
    )
    fiscal_year_focus: int | None = concept(
        "DocumentFiscalYearFocus",
        type="gYearItemType",
        label="Document Fiscal Year Focus",
        documentation="Year by which the registrant names the fiscal year of the document.",
        default=None,
    )
    fiscal_period_focus: str | None = concept(
        "DocumentFiscalPeriodFocus",
        label="Document Fiscal Period Focus",
        documentation="Part of the fiscal year that the document covers: FY for the whole.",
        default=None,
    )
    accounting_standard: AccountingStandard | None = concept(
        "DocumentAccountingStandard",
        label="Document Accounting Standard",
        documentation="Accounting principles that the financial statements follow.",
        default=None,
    )
    other_standard_item: ReportingItem | None = concept(
        "OtherReportingStandardItemNumber",
        label="Other Reporting Standard Item Number",
        documentation="Item of the form that statements under other accounting principles follow.",
        default=None,
    )
    error_correction: bool | None = concept(
        "DocumentFinStmtErrorCorrectionFlag",
        label="Document Financial Statement Error Correction Flag",
        documentation="Whether the financial statements correct an error in earlier ones.",
        default=None,
    )
    recovery_analysis: bool | None = concept(
        "DocumentFinStmtRestatementRecoveryAnalysisFlag",
        label="Document Financial Statement Restatement Recovery Analysis Flag",
        documentation="Whether a correction required an analysis of which pay is to be recovered from executives.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_lines(self, "document_type")
        yield from self._check_amendment()
        yield from self._check_kind()
        yield from self._check_fiscal_year()
        yield from self._check_period_start()
        yield from self._check_period_end()
        yield from self._check_statements()

    def _check_amendment(self) -> Iterator[Finding]:
        if self.amendment_description is not None and self.amendment is not True:
            yield problem(
                "exporter:notAmended",
                "an amendment is described, but the document is not marked as one",
                "amendment_description",
                "amendment",
                fix="state amendment as true, or leave the description out",
            )

    def _check_kind(self) -> Iterator[Finding]:
        checked = [name for name in _KINDS if getattr(self, name)]
        if len(checked) > 1:
            yield problem(
                "exporter:reportKind",
                f"{list_text(checked, last=' and ')} are true, but a document is of one kind",
                *checked[1:],
                fix="keep one of them",
                warning=True,
            )
        elif not checked and all(getattr(self, name) is False for name in _KINDS):
            yield problem(
                "exporter:reportKind", f"none of {list_text(_KINDS)} is true", *_KINDS, fix="check one", warning=True
            )
        yield from check_stated_with(self, "shell_company_event_date", flag="shell_company_report")

    def _check_period_start(self) -> Iterator[Finding]:
        start = self.period_start
        yield from check_stated_with(self, "period_start", flag="transition_report")
        if start is None:
            return
        if self.period_end is not None and start > self.period_end:
            yield problem(
                "exporter:periodReversed",
                f"the period starts on {start}, after its end on {self.period_end}",
                "period_start",
                "period_end",
            )
        elif start != self.over.first_day:
            yield problem(
                "exporter:periodStartNotOver",
                f"the period starts on {start}, that of the facts of the cover page on {self.over.first_day}",
                "period_start",
                "over",
                fix="give the period of the report as over",
                warning=True,
            )

    def _check_statements(self) -> Iterator[Finding]:
        if self.other_standard_item is not None and self.accounting_standard in (
            AccountingStandard.US_GAAP,
            AccountingStandard.IFRS,
        ):
            yield problem(
                "exporter:otherStandardItem",
                f"{self.other_standard_item.label} is stated for other accounting principles, the statements follow "
                f"{self.accounting_standard.label}",
                "other_standard_item",
                "accounting_standard",
                fix="leave it out",
                warning=True,
            )
        if self.recovery_analysis:
            yield from check_stated_with(self, "recovery_analysis", flag="error_correction")

    def _check_fiscal_year(self) -> Iterator[Finding]:
        focus, end = self.fiscal_year_focus, self.period_end
        if focus is not None and not 1 <= focus <= 9999:
            yield problem("exporter:yearOutOfRange", f"{focus} is no fiscal year", "fiscal_year_focus")
        elif focus is not None and end is not None and focus != end.year:
            yield problem(
                "exporter:fiscalYearFocus",
                f"the fiscal year is {focus}, the period ends in {end.year}",
                "fiscal_year_focus",
                fix="keep it if the registrant names its years so",
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
                fix="correct one of them, or mark the document as a transition report",
            )
        if end != self.over.last_day:
            yield problem(
                "exporter:periodEndNotOver",
                f"the period ends on {end}, the facts of the cover page on {self.over.last_day}",
                "period_end",
                "over",
                fix="give the period of the report as over",
                warning=True,
            )


def _ends_year(end: dt.date, year_end: MonthDay) -> bool:
    """Whether a fiscal year with that end can end on the day; the last of February is one in every year."""
    if (end.month, end.day) == (year_end.month, year_end.day):
        return True
    return year_end.month == 2 == end.month and year_end.day >= 28 and (end + dt.timedelta(days=1)).day == 1
