"""Lints: each is told for its slip and silent on the same figures without it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from exporter.codes import CODES
from exporter.findings import Finding, Severity
from exporter.model.dimensions import Context, Dimension, Entity, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.taxonomy import Concept, Relationship, Taxonomy, networks
from exporter.validation.engine import codes_of
from exporter.validation.rule_sets import check_lints, lints

NAMESPACE = "http://www.example.com/lints"
ENTITY = Entity.cik(1)
YEN, DOLLARS, SHARES = Unit.currency("JPY"), Unit.currency("USD"), Unit.shares()
PER_DOLLAR, PER_YEN = Unit.rate(base="USD", quote="JPY"), Unit.rate(base="JPY", quote="USD")
Y3, Y4, Y5 = (Duration(f"{year}-04-01", f"{year + 1}-03-31") for year in (2002, 2003, 2004))
E3, E4, E5 = (Instant(f"{year}-03-31") for year in (2003, 2004, 2005))
MARCH = Duration("2005-03-01", "2005-03-31")


def name(local: str) -> QName:
    return QName(NAMESPACE, local, prefix="ex")


def fact(concept: str, value: str, period: Period, *cut: Dimension, unit: Unit | None = YEN, decimals: int | None = 0) -> Fact:  # fmt: skip  # noqa: E501
    return Fact(name(concept), Context(ENTITY, period, cut), value, decimals, unit)


def text(concept: str, value: str, period: Period = Y5) -> Fact:
    return Fact(name(concept), Context(ENTITY, period), value)


def ratio(concept: str, value: str, period: Period) -> Fact:
    return fact(concept, value, period, unit=None, decimals=3)


def series(concept: str, *values: str, periods: Iterable[Period] = (Y3, Y4, Y5), **more: object) -> list[Fact]:
    return [fact(concept, value, period, **more) for value, period in zip(values, periods, strict=False)]  # type: ignore[arg-type]


def money(local: str, balance: str | None = None) -> Concept:
    return Concept(
        qname=name(local),
        datatype=standard_type("monetaryItemType"),
        period_type="duration",
        balance=balance,  # type: ignore[arg-type]
    )


def sum_of(total: str, *parts: str) -> list[Relationship]:
    return [
        Relationship(arcrole=networks.SUMMATION_ITEM, source=name(total), target=name(part), weight=1) for part in parts
    ]


TAXONOMY = Taxonomy(
    namespace=NAMESPACE,
    prefix="ex",
    concepts=[
        money("AccumulatedDeficit", "credit"),
        money("WriteOff", "debit"),
        Concept(qname=name("Share"), datatype=standard_type("percentItemType"), period_type="instant"),
    ],
    relationships=sum_of("Total", "Part", "Rest"),
)
VOCABULARY = Vocabulary(
    datatypes={name(local): standard_type("pureItemType") for local in ("Share", "OwnershipPercentage", "Margin")}
)


def lint(*facts: Fact) -> list[Finding]:
    return list(check_lints(Report(facts=facts, vocabulary=VOCABULARY), TAXONOMY))


def sums(total: str, part: str, rest: str, decimals: int = 0) -> list[Fact]:
    return [
        fact(concept, value, Y5, decimals=decimals)
        for concept, value in (("Total", total), ("Part", part), ("Rest", rest))
    ]


def opening(day: str) -> list[Fact]:
    balances = [fact(concept, "5", E5) for concept in ("Cash", "Debt", "Stock")]
    return [*balances, fact("Sales", "9", Duration("2005-04-01", "2006-03-31")), fact("Cash", "5", Instant(day))]


def days(start: str) -> list[Fact]:
    usual = [fact(concept, "5", Y5) for concept in ("Sales", "Cost", "Gain")]
    return [*usual, fact("Interest", "5", Duration(start, "2005-03-31"))]


def document(end: str, focus: str = "2005", period: Period = Y5) -> list[Fact]:
    cover = [text("DocumentPeriodEndDate", end, period), text("DocumentFiscalYearFocus", focus, period)]
    return [*cover, *(fact(f"Figure{letter}", "7", period) for letter in "ABCDEFGHIJKL")]


def earnings(shares: str) -> list[Fact]:
    return [
        fact("EarningsPerShareBasic", "2.50", Y5, unit=Unit.per_share("JPY"), decimals=2),
        fact("WeightedAverageNumberOfSharesOutstandingBasic", shares, Y5, unit=SHARES),
        fact("NetIncomeLoss", "2500000", Y5),
    ]


def translated(amount: str) -> list[Fact]:
    axis = TypedDimension(name("CurrencyTranslationAxis"), "convenience")
    return [
        fact("ConvenienceTranslationExchangeRate", "107.22", E5, unit=PER_DOLLAR, decimals=2),
        fact("Sales", "10722000", Y5, decimals=-3),
        fact("Sales", amount, Y5, axis, unit=DOLLARS, decimals=-3),
    ]


def rates(*values: str) -> list[Fact]:
    return series("SpotRate", *values, periods=(E3, E4, E5), unit=PER_DOLLAR, decimals=2)


# What is told, the slip, and the same without it.
Case = tuple[str, list[Fact], list[Fact]]
CASES: dict[str, Case] = {
    "thousandfold of its neighbours": (
        "exporter:scaleSlip",
        series("Sales", "34400000", "33100000", "31200000000", decimals=-5),
        series("Sales", "34400000000", "33100000000", "31200000000", decimals=-8),
    ),
    "a thousandth of the year before, its accuracy too": (
        "exporter:scaleSlip",
        [fact("Sales", "34400000000", Y4, decimals=-8), fact("Sales", "31200000", Y5, decimals=-5)],
        [fact("Sales", "34400000000", Y4, decimals=-8), fact("Sales", "31000000", Y5, decimals=-6)],
    ),
    "one figure in two tables": (
        "exporter:sameDigitsTwoScales",
        [fact("Sales", "31245000000", Y5, decimals=-6), fact("Revenue", "31245000", Y5, decimals=-3)],
        [fact("Sales", "31245000000", Y5, decimals=-6), fact("Revenue", "31245000000", Y5, decimals=-6)],
    ),
    "one figure in two tables, the smaller first": (
        "exporter:sameDigitsTwoScales",
        [fact("Revenue", "31245000", Y5, decimals=-3), fact("Sales", "31245000000", Y5, decimals=-6)],
        [fact("Revenue", "31245000000", Y5, decimals=-6), fact("Sales", "31245000000", Y5, decimals=-6)],
    ),
    "shares by the hundred": (
        "exporter:shareCountScale",
        series("SharesHeld", "383600", "38360000", periods=(E4, E5), unit=SHARES),
        series("SharesHeld", "383600", "767200", periods=(E4, E5), unit=SHARES),
    ),
    "shares on the cover in thousands": (
        "exporter:shareCountScale",
        [
            fact("EntityCommonStockSharesOutstanding", "38360", E5, unit=SHARES),
            fact("CommonStockSharesOutstanding", "38360000", E5, unit=SHARES),
        ],
        [
            fact("EntityCommonStockSharesOutstanding", "38360100", E5, unit=SHARES),
            fact("CommonStockSharesOutstanding", "38360000", E5, unit=SHARES),
        ],
    ),
    "earnings per share for other shares": ("exporter:perShareScale", earnings("1000"), earnings("1000000")),
    "exact where it is rounded": (
        "exporter:exactRoundedAmount",
        [fact("Sales", "34400000000", Y4, decimals=-8), fact("Sales", "31200000000", Y5, decimals=None)],
        [fact("Sales", "34400000000", Y4, decimals=None), fact("Sales", "31200000000", Y5, decimals=None)],
    ),
    "digits that are not known": (
        "exporter:digitsBeyondDecimals",
        [fact("Sales", "31245678", Y5, decimals=-6)],
        [fact("Sales", "31000000", Y5, decimals=-6)],
    ),
    "a loss negated twice": (
        "exporter:doubleNegation",
        [fact("WriteOff", "-2100000000", Y4, decimals=-8)],
        [fact("WriteOff", "2100000000", Y4, decimals=-8), fact("IncomeTaxExpenseBenefit", "-5", Y4)],
    ),
    "a deficit that is a surplus": (
        "exporter:lossNotNegative",
        [fact("AccumulatedDeficit", "34400000000", Y5, decimals=-8)],
        [fact("AccumulatedDeficit", "-34400000000", Y5, decimals=-8)],
    ),
    "a sign that flips": (
        "exporter:signFlip",
        series("Revenue", "344", "-331", "312"),
        [*series("Revenue", "344", "331", "312"), *series("NetIncome", "344", "-331", "312")],
    ),
    "a number and its opposite": (
        "exporter:signFlip",
        [fact("NetIncome", "344", Y5), fact("NetIncome", "-344", Y5)],
        [fact("NetIncome", "344", Y5), fact("NetIncome", "-344", Y4)],
    ),
    "an opening balance a day late": (
        "exporter:instantAtPeriodStart",
        opening("2005-04-01"),
        opening("2006-03-31"),
    ),
    "a year with a day too many": ("exporter:dayOff", days("2004-03-31"), days("2004-04-01")),
    "a balance the day before": (
        "exporter:dayOff",
        [*(fact(one, "5", E5) for one in ("A", "B", "C")), fact("D", "5", Y5), fact("E", "5", Instant("2005-03-30"))],
        [*(fact(one, "5", E5) for one in ("A", "B", "C")), fact("D", "5", Y5), fact("E", "5", E5)],
    ),
    "the wrong fiscal year": (
        "exporter:fiscalYearFocus",
        document("2005-03-31", "2006"),
        [*document("2005-03-31", "2004")],
    ),
    "the cover page of another period": (
        "exporter:periodEndNotOver",
        [text("DocumentPeriodEndDate", "2005-06-30", Y5)],
        [text("DocumentPeriodEndDate", "2005-03-31", Y5)],
    ),
    "a year early": ("exporter:yearOff", document("2004-03-31", "2004"), document("2005-03-31")),
    "a percentage as printed": (
        "exporter:percentAsNumber",
        [ratio("Share", "31.6", E5)],
        [ratio("Share", "0.316", E5), ratio("Share", "1.2", E4)],
    ),
    "a percentage beside fractions": (
        "exporter:percentAsNumber",
        [ratio("Margin", "12.5", Y5), ratio("Margin", "0.118", Y4)],
        [ratio("Margin", "0.125", Y5), ratio("Margin", "0.118", Y4)],
    ),
    "a rate upside down": (
        "exporter:rateInverted",
        rates("118.07", "104.18", "0.00933"),
        rates("118.07", "104.18", "107.22"),
    ),
    "a pair of currencies turned": (
        "exporter:rateInverted",
        [*rates("118.07", "104.18"), fact("LastRate", "107.22", E5, unit=PER_YEN, decimals=2)],
        [*rates("118.07", "104.18"), fact("LastRate", "0.00933", E5, unit=PER_YEN, decimals=5)],
    ),
    "an amount not at the rate": ("exporter:translatedAmountDiffers", translated("110000"), translated("100000")),
    "a month above its year": (
        "exporter:beyondLongerPeriod",
        [fact("NoonBuyingRateHigh", "114.30", Y5, decimals=2), fact("NoonBuyingRateHigh", "115.00", MARCH, decimals=2)],
        [fact("NoonBuyingRateHigh", "114.30", Y5, decimals=2), fact("NoonBuyingRateHigh", "107.49", MARCH, decimals=2)],
    ),
    "assets that do not balance": (
        "exporter:balanceDiffers",
        [fact("Assets", "900", E5), fact("LiabilitiesAndStockholdersEquity", "1000", E5)],
        [fact("Assets", "1000", E5), fact("LiabilitiesAndStockholdersEquity", "1000", E5)],
    ),
    "gross profit that is not revenue less cost": (
        "exporter:sumDiffers",
        [fact("GrossProfit", "350", Y5), fact("Revenues", "1000", Y5), fact("CostOfRevenue", "700", Y5)],
        [fact("GrossProfit", "300", Y5), fact("Revenues", "1000", Y5), fact("CostOfRevenue", "700", Y5)],
    ),
    "a part with the wrong sign": ("exporter:sumSlip", sums("700", "1000", "300"), sums("1300", "1000", "300")),
    "a part a thousandfold": ("exporter:sumSlip", sums("1300", "1", "300"), sums("1301", "1001", "300")),
    "two digits changed places": ("exporter:sumSlip", sums("1310", "1000", "301"), sums("1301", "1000", "301")),
}


@pytest.mark.parametrize("case", CASES)
def test_the_slip_is_told(case: str) -> None:
    code, slip, _ = CASES[case]
    found = [finding for finding in lint(*slip) if finding.code == code]
    assert found
    assert all(one.severity is Severity.WARNING and one.fix and one.location.item for one in found)


@pytest.mark.parametrize("case", CASES)
def test_sound_figures_are_not(case: str) -> None:
    assert [str(finding) for finding in lint(*CASES[case][2])] == []


def test_every_lint_has_a_case_and_a_meaning() -> None:
    codes = codes_of(lints())
    assert codes == {code for code, _, _ in CASES.values()}
    assert codes <= CODES.keys()
    assert all(lint.severity is Severity.WARNING for lint in lints())


def test_only_those_asked_for() -> None:
    facts = [*CASES["a rate upside down"][1], *CASES["a percentage as printed"][1]]
    report = Report(facts=facts, vocabulary=VOCABULARY)
    assert {one.code for one in check_lints(report, TAXONOMY, codes={"exporter:rateInverted"})} == {
        "exporter:rateInverted"
    }


def test_no_number_breaks_a_lint() -> None:
    """Zero, infinity and numbers beyond all bounds."""
    odd = ("0", "-0", "1E5", "INF", "1E999999", "-1E-999999", "9" * 400, "0." + "0" * 300 + "1")
    facts = [fact(concept, value, period) for concept in ("Sales", "Loss") for value in odd for period in (Y3, Y4)]
    rate = fact("ConvenienceTranslationExchangeRate", "9E999999", E5, unit=PER_DOLLAR)
    amounts = [fact("Sales", "9E999999", Y5, unit=unit) for unit in (YEN, DOLLARS)]
    lint(
        *facts, rate, *amounts, *sums("9E999999", "9E999999", "9E999999"), *(ratio("Share", value, E5) for value in odd)
    )


def test_an_empty_report() -> None:
    assert lint() == []
