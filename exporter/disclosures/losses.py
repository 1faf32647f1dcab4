"""Losses, deficits and write-offs. All amounts are stated as the positive numbers that people print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import check_not_negated, check_not_negative
from exporter.disclosures.headings import SELECTED_DATA
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declare import ReportItem, concept, dimension, period, report_item
from exporter.items.labels import Labels
from exporter.items.values import EntityRef, Money, Unknown
from exporter.model.period import Duration, Instant

_INCOME: Final = "{{type: MonetaryFact, meaning: net_income, at: …, amount: {amount}}}"
_OWN: Final = "an item of a class of your own, with amount: {amount}"


@report_item(
    label="Accumulated Deficit",
    documentation="Losses accumulated up to a date beyond earnings.",
    section="3.A",
    heading=SELECTED_DATA,
)
class AccumulatedDeficit(ReportItem):
    """The accumulated deficit as of a date, as a positive number; negative on its concept, retained earnings."""

    as_of: Instant = period()
    amount: Money | Unknown = concept(
        "RetainedEarningsAccumulatedDeficit",
        wider=["ifrs-full:RetainedEarnings"],
        balance="credit",
        sign="inverted",
        labels=Labels(negated="Accumulated Deficit"),
        label="Retained Earnings (Accumulated Deficit)",
        documentation="Earnings kept in the business since its beginning; negative for an accumulated deficit.",
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="deficit", opposite=_OWN)


@report_item(
    label="Net Loss",
    documentation="Net loss of a period.",
    section="3.A",
    heading=SELECTED_DATA,
)
class NetLoss(ReportItem):
    """The net loss of a period, as a positive number; negative on its concept, net income."""

    over: Duration = period()
    amount: Money | Unknown = concept(
        "NetIncomeLoss",
        wider=["ifrs-full:ProfitLoss"],
        balance="credit",
        sign="inverted",
        labels=Labels(negated="Net Loss"),
        label="Net Income (Loss)",
        documentation="Result of the period for the registrant's owners; negative for a loss.",
    )
    highest: bool | None = concept(
        "HighestNetLossIndicator",
        label="Highest Net Loss, Indicator",
        documentation="Whether the net loss of the period is the highest that the registrant has had.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="loss", opposite=_INCOME)


@report_item(
    label="Consecutive Loss Years",
    documentation="How many fiscal years in a row before a period ended with a loss.",
    section="3.A",
    heading=SELECTED_DATA,
)
class ConsecutiveLossYears(ReportItem):
    """How many fiscal years in a row, before the one that ``over`` gives, ended with a net loss."""

    over: Duration = period()
    years: int = concept(
        "NumberOfConsecutiveFiscalYearsWithNetLoss",
        type="nonNegativeIntegerItemType",
        label="Number of Consecutive Fiscal Years with Net Loss",
        documentation="Number of fiscal years in a row, up to the one before, that ended with a net loss.",
    )
    operating_loss_years: int | None = concept(
        "NumberOfFiscalYearsWithOperatingLoss",
        type="nonNegativeIntegerItemType",
        label="Number of Fiscal Years with Operating Loss",
        documentation="In how many of those fiscal years operations made a loss as well.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negative({"years": self.years, "operating_loss_years": self.operating_loss_years})
        if self.operating_loss_years is not None and self.operating_loss_years > self.years:
            yield problem(
                "exporter:subsetAboveTotal",
                f"{self.operating_loss_years} of {self.years} years with an operating loss",
                "operating_loss_years",
                "years",
            )


@report_item(
    label="Write-off",
    documentation="Loans and receivables written off in a period.",
    section="18",
)
class WriteOff(ReportItem):
    """Loans and accounts receivable written off in a period, of one counterparty where it is named."""

    over: Duration = period()
    amount: Money | Unknown = concept(
        "WriteOffOfLoansAndAccountsReceivable",
        wider=["ifrs-full:ImpairmentLossOnFinancialAssets"],
        balance="debit",
        label="Write-off of Loans and Accounts Receivable",
        documentation="Loans and accounts receivable given up as uncollectible in the period.",
    )
    counterparty: EntityRef | None = dimension("Counterparty", label="Counterparty", default=None)

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="write-off", opposite=_OWN)


@report_item(
    label="Impairment Loss",
    documentation="Impairment of an investment in a company in a period.",
    section="18",
)
class ImpairmentLoss(ReportItem):
    """The impairment of an investment in one company; the amount may be unknown."""

    over: Duration = period()
    investee: EntityRef = dimension("ImpairedInvestment", label="Impaired Investment")
    amount: Money | Unknown = concept(
        "EquityMethodInvestmentOtherThanTemporaryImpairment",
        wider=["ifrs-full:ImpairmentLossRecognisedInProfitOrLoss"],
        balance="debit",
        label="Equity Method Investment, Other-than-Temporary Impairment",
        documentation="Loss recognised because an investment is worth lastingly less than it is carried at.",
    )
    worthless: bool | None = concept(
        "InvestmentWorthlessIndicator",
        label="Investment Worthless, Indicator",
        documentation="Whether the investment has become worthless.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="loss", opposite=_OWN)


@report_item(
    label="Equity Method Loss",
    documentation="Share in the loss of a company accounted for by the equity method.",
    section="18",
)
class EquityMethodLoss(ReportItem):
    """The registrant's share in an investee's loss, as a positive number; the amount may be unknown."""

    over: Duration = period()
    investee: EntityRef = dimension("EquityMethodInvestee", label="Equity Method Investee")
    amount: Money | Unknown = concept(
        "IncomeLossFromEquityMethodInvestments",
        wider=["ifrs-full:ShareOfProfitLossOfAssociatesAndJointVenturesAccountedForUsingEquityMethod"],
        balance="credit",
        sign="inverted",
        labels=Labels(negated="Equity Method Loss"),
        label="Income (Loss) from Equity Method Investments",
        documentation="Share in the results of companies accounted for by the equity method; negative for a loss.",
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="loss", opposite=_OWN)
