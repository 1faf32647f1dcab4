"""Rules of price histories, market risk, obligations, segments and statements."""

from __future__ import annotations

import datetime as dt
from typing import Any

from exporter.disclosures import (
    ContractualObligation,
    MarketRiskExposure,
    PriceHistory,
    SegmentResult,
    SharePrices,
    StatementLine,
)
from exporter.disclosures.financial_tables import ConsolidationItem, FinancialStatement, LineRole, SegmentMeasure
from exporter.disclosures.market_risk import MarketRisk, MarketRiskMethod, MaturityBucket, ObligationKind
from exporter.items.values import Money, Unknown
from exporter.model.period import Duration, Instant
from tests.unit.disclosures.found import YEAR, YEAR_END, Percent, ShareCount, across, errors, per_share, warnings, yen


def prices(over: Duration = YEAR, *, currency: str = "JPY", volume: str | None = None, **values: Any) -> SharePrices:
    found = {name: per_share(each, currency) for name, each in values.items() if name in ("high", "low", "close")}
    rest = {name: each for name, each in values.items() if name not in found}
    traded = None if volume is None else ShareCount(volume)
    return SharePrices(**{"market": "Nasdaq", **rest, **found}, over=over, volume=traded)


def test_prices_of_a_row() -> None:
    assert warnings(prices(high="10.00", low="5.00", close="10.00", volume="100")) == []
    assert errors(lambda: prices(high="5.00", low="10.00")) == ["lowAboveHigh"]
    assert errors(lambda: prices(high="10.00", low="5.00", close="10.01")) == ["outsideRange"]
    assert errors(lambda: prices(low="0")) == ["priceNotPositive"]
    assert errors(lambda: prices(close="5.00", adjusted=True)) == ["noPriceStated"]
    assert errors(lambda: prices(volume="1.5")) == ["fractionOfCount"]
    assert errors(lambda: prices(volume="-1")) == ["negativeCount"]


def test_prices_are_in_one_currency() -> None:
    def mixed() -> SharePrices:
        return SharePrices(market="Nasdaq", over=YEAR, high=per_share("10.00", "USD"), low=per_share("5.00"))

    assert errors(mixed) == ["mixedCurrencies"]
    rows = (prices(high="10.00"), prices(Duration.month(2005, 3), high="9.00", currency="USD"))
    assert errors(lambda: PriceHistory(rows=rows)) == ["mixedCurrencies"]


def test_a_price_history() -> None:
    year, month = prices(high="10.00", low="5.00"), Duration.month(2005, 3)
    short = ["tooFewRows"] * 3
    assert warnings(PriceHistory(rows=(year, prices(month, high="10.00", low="5.00")))) == short
    assert warnings(PriceHistory(rows=(year, prices(month, high="10.01")))) == ["beyondLongerPeriod", *short]
    assert errors(lambda: PriceHistory(rows=(year, prices(high="11.00")))) == ["contradictingRows"]
    assert errors(lambda: PriceHistory(rows=(year, prices(month, high="9.00", market="Tokyo")))) == ["mixedMarkets"]


def test_a_full_price_history() -> None:
    years = [Duration(f"{year - 1}-04-01", f"{year}-03-31") for year in range(2001, 2006)]
    starts = [(year, month) for year in (2003, 2004) for month in (1, 4, 7, 10)]
    quarters = [Duration(dt.date(year, month, 1), Duration.month(year, month + 2).last_day) for year, month in starts]
    months = [Duration.month(2005, month) for month in range(1, 7)]
    assert warnings(PriceHistory(rows=tuple(prices(each, high="9.00") for each in (*years, *quarters, *months)))) == []


def exposure(notional: Any = None, bucket: MaturityBucket | None = None, **values: Any) -> MarketRiskExposure:
    said = {"risk": MarketRisk.INTEREST_RATE, "as_of": YEAR_END, "method": MarketRiskMethod.TABULAR, **values}
    return MarketRiskExposure(**said, notional=notional, bucket=bucket)


def test_a_sensitivity_names_its_shock() -> None:
    assert warnings(exposure(method=MarketRiskMethod.SENSITIVITY)) == ["sensitivityWithoutShock"]
    assert warnings(exposure(method=MarketRiskMethod.SENSITIVITY, shock=Percent("10"))) == []
    dollars = Money.parse("US$1 million")
    assert errors(lambda: exposure(yen("1 billion"), fair_value=dollars)) == ["mixedCurrencies"]


def test_maturities_make_the_total() -> None:
    parts = [exposure(yen("1.1 billion"), MaturityBucket.YEAR_1), exposure(yen("2.1 billion"), MaturityBucket.YEAR_2)]
    assert across(*parts, exposure(yen("3.3 billion"))) == []
    assert across(*parts, exposure(yen("3.4 billion"))) == ["sumDiffers!"]
    assert across(*parts, exposure(Unknown("not stated"))) == []


def obligation(total: str, **values: Any) -> ContractualObligation:
    said: dict[str, Any] = {name: yen(each) if isinstance(each, str) else each for name, each in values.items()}
    return ContractualObligation(kind=ObligationKind.DEBT, as_of=YEAR_END, total=yen(total), **said)


PARTS = {
    "within_one_year": "1 million",
    "one_to_three_years": "2 million",
    "three_to_five_years": "3 million",
    "after_five_years": "4 million",
}


def test_obligations_make_the_total() -> None:
    assert warnings(obligation("10 million", **PARTS)) == []
    assert warnings(obligation("12 million", **PARTS)) == []  # five figures, each right to half a million
    assert errors(lambda: obligation("13 million", **PARTS)) == ["sumDiffers"]
    assert warnings(obligation("99 million", **{**PARTS, "after_five_years": None})) == []
    assert warnings(obligation("99 million", **{**PARTS, "after_five_years": Unknown("not stated")})) == []
    dollars = {**PARTS, "after_five_years": Money.parse("US$4 million")}
    assert errors(lambda: obligation("10 million", **dollars)) == ["mixedCurrencies"]


def segment(amount: Any, **values: Any) -> SegmentResult:
    return SegmentResult(**{"measure": SegmentMeasure.REVENUE, "at": YEAR, **values}, amount=amount)


WHOLE, REST = ConsolidationItem.CONSOLIDATED, ConsolidationItem.ELIMINATION


def test_a_segment_is_named() -> None:
    assert warnings(segment(yen("1 billion"), segment="Connectivity")) == []
    assert warnings(segment(yen("1 billion"), line=WHOLE)) == []
    assert errors(lambda: segment(yen("1 billion"))) == ["segmentMissing"]
    assert errors(lambda: segment(yen("1 billion"), segment="Connectivity", line=WHOLE)) == ["segmentOfWhole"]
    assets = SegmentMeasure.ASSETS
    assert errors(lambda: segment(yen("1 billion"), segment="Connectivity", measure=assets)) == ["periodKind"]


def test_segments_make_the_whole() -> None:
    one, other = segment(yen("30 billion"), segment="One"), segment(yen("15 billion"), segment="Other")
    less = segment(Money("-3000000000", "JPY", decimals=-9), line=REST)
    assert across(one, other, less, segment(yen("42 billion"), line=WHOLE)) == []
    assert across(one, other, less, segment(yen("45 billion"), line=WHOLE)) == ["segmentSumDiffers"]
    assert across(one, segment(Money.parse("US$1 billion"), segment="Other")) == ["mixedCurrencies!"]


def line(name: str, amount: str, **values: Any) -> StatementLine:
    said = {"statement": FinancialStatement.BALANCE_SHEET, "at": YEAR_END, **values}
    return StatementLine(**said, line=name, amount=yen(amount))


def test_periods_of_statements() -> None:
    cash_flow = FinancialStatement.CASH_FLOW_STATEMENT
    assert errors(lambda: line("cash", "1 billion", at=YEAR)) == ["periodKind"]
    assert errors(lambda: line("cash", "1 billion", statement=cash_flow)) == ["periodKind"]
    opening = line("cash", "1 billion", statement=cash_flow, role=LineRole.OPENING_BALANCE)
    assert warnings(opening) == []
    assert warnings(line("cash", "1 billion")) == []


def test_parents() -> None:
    assert errors(lambda: line("cash", "1 billion", parent="cash")) == ["parentOfItself"]
    assert errors(lambda: line("cash", "1 billion", weight=1)) == ["weightWithoutParent"]
    assert errors(lambda: line("cash", "1 billion", parent="assets", weight=0)) == ["weightWithoutParent"]


def test_lines_make_their_parent() -> None:
    parts = [line("gross", "9 billion", parent="net"), line("less", "2 billion", parent="net", weight=-1)]
    assert across(*parts, line("net", "7 billion")) == []
    assert across(*parts, line("net", "9 billion")) == ["sumDiffers!"]
    assert across(*parts) == []


def test_opening_and_closing_balances() -> None:
    equity: dict[str, Any] = {"statement": FinancialStatement.EQUITY_STATEMENT}
    closing = line("balance", "5 billion", role=LineRole.CLOSING_BALANCE, at=Instant("2004-03-31"), **equity)
    assert across(closing, line("balance", "5 billion", role=LineRole.OPENING_BALANCE, at=YEAR, **equity)) == []
    late = line("balance", "7 billion", role=LineRole.OPENING_BALANCE, at=YEAR, **equity)
    assert across(closing, late) == ["openingBalanceDiffers"]
