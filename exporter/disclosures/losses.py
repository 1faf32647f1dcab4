"""Losses, deficits and write-offs. All amounts are stated as the positive numbers that people print."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.disclosures.checks import check_not_negated, check_not_negative
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declarations import Labels
from exporter.items.declare import ReportItem, concept, dimension, period, report_item
from exporter.items.values import EntityRef, Money, Unknown
from exporter.model.period import Duration, Instant

_INCOME: Final = "{{type: MonetaryFact, meaning: net_income, at: …, amount: {amount}}}"
_OWN: Final = "an item of a class of your own, with amount: {amount}"


@report_item(
    label="Accumulated Deficit",
    label_ja="累積欠損金",
    documentation="Losses accumulated up to a date beyond earnings.",
    documentation_ja="特定の日までに累積した、利益を超える損失。",
)
class AccumulatedDeficit(ReportItem):
    """The accumulated deficit as of a date, as a positive number; negative on its concept, retained earnings."""

    as_of: Instant = period()
    amount: Money | Unknown = concept(
        "RetainedEarningsAccumulatedDeficit",
        balance="credit",
        sign="inverted",
        labels=Labels(negated="Accumulated Deficit", negated_ja="累積欠損金"),
        label="Retained Earnings (Accumulated Deficit)",
        label_ja="利益剰余金又は累積欠損金",
        documentation="Earnings kept in the business since its beginning; negative for an accumulated deficit.",
        documentation_ja="設立以来の留保利益。累積欠損の場合は負の値。",
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="deficit", opposite=_OWN)


@report_item(
    label="Net Loss",
    label_ja="当期純損失",
    documentation="Net loss of a period.",
    documentation_ja="一期間の純損失。",
)
class NetLoss(ReportItem):
    """The net loss of a period, as a positive number; negative on its concept, net income."""

    over: Duration = period()
    amount: Money | Unknown = concept(
        "NetIncomeLoss",
        balance="credit",
        sign="inverted",
        labels=Labels(negated="Net Loss", negated_ja="当期純損失"),
        label="Net Income (Loss)",
        label_ja="当期純利益又は当期純損失",
        documentation="Result of the period for the registrant's owners; negative for a loss.",
        documentation_ja="当期の純損益。損失の場合は負の値。",
    )
    highest: bool | None = concept(
        "HighestNetLossIndicator",
        label="Highest Net Loss, Indicator",
        label_ja="過去最大の純損失の該当有無",
        documentation="Whether the net loss of the period is the highest that the registrant has had.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="loss", opposite=_INCOME)


@report_item(
    label="Consecutive Loss Years",
    label_ja="連続損失年度",
    documentation="How many fiscal years in a row before a period ended with a loss.",
    documentation_ja="当該期間の前に損失が連続した事業年度の数。",
)
class ConsecutiveLossYears(ReportItem):
    """How many fiscal years in a row, before the one that ``over`` gives, ended with a net loss."""

    over: Duration = period()
    years: int = concept(
        "NumberOfConsecutiveFiscalYearsWithNetLoss",
        type="nonNegativeIntegerItemType",
        label="Number of Consecutive Fiscal Years with Net Loss",
        label_ja="純損失を連続して計上した事業年度の数",
        documentation="Number of fiscal years in a row, up to the one before, that ended with a net loss.",
    )
    operating_loss_years: int | None = concept(
        "NumberOfFiscalYearsWithOperatingLoss",
        type="nonNegativeIntegerItemType",
        label="Number of Fiscal Years with Operating Loss",
        label_ja="営業損失を計上した事業年度の数",
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
    label_ja="貸倒償却",
    documentation="Loans and receivables written off in a period.",
    documentation_ja="期間中に償却した貸付金及び売掛金。",
)
class WriteOff(ReportItem):
    """Loans and accounts receivable written off in a period, of one counterparty where it is named."""

    over: Duration = period()
    amount: Money | Unknown = concept(
        "WriteOffOfLoansAndAccountsReceivable",
        balance="debit",
        label="Write-off of Loans and Accounts Receivable",
        label_ja="貸付金及び売掛金の貸倒償却",
        documentation="Loans and accounts receivable given up as uncollectible in the period.",
        documentation_ja="回収不能として期間中に償却した貸付金及び売掛金。",
    )
    counterparty: EntityRef | None = dimension(
        "Counterparty", label="Counterparty", label_ja="取引相手先", default=None
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="write-off", opposite=_OWN)


@report_item(
    label="Impairment Loss",
    label_ja="減損損失",
    documentation="Impairment of an investment in a company in a period.",
    documentation_ja="期間中に認識した投資先に対する投資の減損。",
)
class ImpairmentLoss(ReportItem):
    """The impairment of an investment in one company; the amount may be unknown."""

    over: Duration = period()
    investee: EntityRef = dimension("ImpairedInvestment", label="Impaired Investment", label_ja="減損した投資")
    amount: Money | Unknown = concept(
        "EquityMethodInvestmentOtherThanTemporaryImpairment",
        balance="debit",
        label="Equity Method Investment, Other-than-Temporary Impairment",
        label_ja="持分法投資の一時的でない減損",
        documentation="Loss recognised because an investment is worth lastingly less than it is carried at.",
    )
    worthless: bool | None = concept(
        "InvestmentWorthlessIndicator",
        label="Investment Worthless, Indicator",
        label_ja="投資の無価値化の該当有無",
        documentation="Whether the investment has become worthless.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="loss", opposite=_OWN)


@report_item(
    label="Equity Method Loss",
    label_ja="持分法による投資損失",
    documentation="Share in the loss of a company accounted for by the equity method.",
    documentation_ja="持分法適用会社の損失に対する持分相当額。",
)
class EquityMethodLoss(ReportItem):
    """The registrant's share in an investee's loss, as a positive number; the amount may be unknown."""

    over: Duration = period()
    investee: EntityRef = dimension("EquityMethodInvestee", label="Equity Method Investee", label_ja="持分法適用会社")
    amount: Money | Unknown = concept(
        "IncomeLossFromEquityMethodInvestments",
        balance="credit",
        sign="inverted",
        labels=Labels(negated="Equity Method Loss", negated_ja="持分法による投資損失"),
        label="Income (Loss) from Equity Method Investments",
        label_ja="持分法による投資損益",
        documentation="Share in the results of companies accounted for by the equity method; negative for a loss.",
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="loss", opposite=_OWN)
