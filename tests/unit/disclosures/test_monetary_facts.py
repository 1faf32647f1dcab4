"""Rules of monetary facts, losses, per share figures, share counts, ratios and their table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from exporter.disclosures import (
    AccumulatedDeficit,
    ConsecutiveLossYears,
    ConvenienceTranslation,
    DocumentInfo,
    EquityMethodLoss,
    ImpairmentLoss,
    MonetaryFact,
    MultipleFact,
    NetLoss,
    PerShareFact,
    RatioFact,
    SecuritiesHolding,
    SelectedFinancialData,
    ShareCountFact,
    WriteOff,
)
from exporter.disclosures.monetary_facts import (
    INSTANT_MEANINGS,
    AccountingStandard,
    CurrencyTranslation,
    MonetaryMeaning,
    Restatement,
    StatedSign,
)
from exporter.disclosures.ratios import MultipleMeaning, RatioMeaning
from exporter.disclosures.shares import PerShareBasis, ShareCountBasis
from exporter.errors import ItemError
from exporter.items.values import Money, Ratio, Unknown
from exporter.model.period import Duration
from tests.unit.disclosures.found import (
    CROSSWAVE,
    YEAR,
    YEAR_END,
    YEN_PER_DOLLAR,
    Percent,
    Rate,
    ShareCount,
    across,
    errors,
    per_share,
    warnings,
    yen,
)


def fact(meaning: MonetaryMeaning, amount: Any, **values: Any) -> MonetaryFact:
    at = YEAR_END if meaning in INSTANT_MEANINGS else YEAR
    return MonetaryFact(**{"at": at, **values}, meaning=meaning, amount=amount)


def share(basis: PerShareBasis, value: Any, **values: Any) -> PerShareFact:
    return PerShareFact(**{"at": YEAR, **values}, basis=basis, value=per_share(value))


def count(basis: ShareCountBasis, number: str, **values: Any) -> ShareCountFact:
    return ShareCountFact(**{"at": YEAR_END, **values}, basis=basis, count=ShareCount(number))


def ratio(meaning: RatioMeaning, value: Any, **values: Any) -> RatioFact:
    return RatioFact(**{"at": YEAR, **values}, meaning=meaning, value=value)


@pytest.mark.parametrize("meaning", MonetaryMeaning)
def test_each_meaning_has_its_kind_of_period(meaning: MonetaryMeaning) -> None:
    assert warnings(fact(meaning, yen("1 billion"))) == []
    other = YEAR if meaning in INSTANT_MEANINGS else YEAR_END
    assert errors(lambda: fact(meaning, yen("1 billion"), at=other)) == ["periodKind"]


def test_the_stated_sign_is_that_of_the_amount() -> None:
    income = MonetaryMeaning.OPERATING_INCOME
    assert warnings(fact(income, Unknown("not stated"), stated_sign=StatedSign.NEGATIVE)) == []
    assert warnings(fact(income, yen("1 billion"), stated_sign=StatedSign.POSITIVE)) == []
    assert warnings(fact(income, yen("0"), stated_sign=StatedSign.POSITIVE)) == []
    assert errors(lambda: fact(income, yen("1 billion"), stated_sign=StatedSign.NEGATIVE)) == ["signContradicted"]


@pytest.mark.parametrize(
    ("cls", "values"),
    [
        (AccumulatedDeficit, {"as_of": YEAR_END}),
        (NetLoss, {"over": YEAR}),
        (WriteOff, {"over": YEAR}),
        (ImpairmentLoss, {"over": YEAR, "investee": CROSSWAVE}),
        (EquityMethodLoss, {"over": YEAR, "investee": CROSSWAVE}),
    ],
)
def test_a_negative_loss_may_be_a_loss_or_none(cls: Any, values: dict[str, Any]) -> None:
    with pytest.raises(ItemError) as caught:
        cls(amount=Money.parse("(¥34.4 billion)"), **values)
    (finding,) = caught.value.findings
    assert finding.code == "exporter:doubleNegation"
    assert "write the positive number, amount: ¥34.4 billion; if it is none, write " in (finding.fix or "")
    assert warnings(cls(amount=yen("34.4 billion"), **values)) == []
    assert warnings(cls(amount=Unknown("the amount is not stated"), **values)) == []


def test_a_negative_holding_is_doubtful() -> None:
    holding = SecuritiesHolding(as_of=YEAR_END, amount=Money("-34400000000", "JPY", decimals=-8))
    assert warnings(holding) == ["doubleNegation"]


def test_loss_years() -> None:
    assert warnings(ConsecutiveLossYears(over=YEAR, years=6, operating_loss_years=5)) == []
    assert errors(lambda: ConsecutiveLossYears(over=YEAR, years=6, operating_loss_years=7)) == ["subsetAboveTotal"]
    assert errors(lambda: ConsecutiveLossYears(over=YEAR, years=-1)) == ["negativeCount"]


def test_per_share_periods_and_ads() -> None:
    assert warnings(share(PerShareBasis.BOOK_VALUE, "100.00", at=YEAR_END)) == []
    assert errors(lambda: share(PerShareBasis.BOOK_VALUE, "100.00")) == ["periodKind"]
    assert errors(lambda: share(PerShareBasis.BASIC, "1.00", at=YEAR_END)) == ["periodKind"]
    assert warnings(share(PerShareBasis.BASIC_PER_ADS, "1.00", shares_per_ads=Ratio("0.0025"))) == []
    assert errors(lambda: share(PerShareBasis.BASIC, "1.00", shares_per_ads=Ratio("2"))) == ["adsRatioWithoutAds"]
    assert errors(lambda: share(PerShareBasis.BASIC_PER_ADS, "1.00", shares_per_ads=Ratio("0"))) == ["ratioNotPositive"]


def test_share_counts() -> None:
    average = ShareCountBasis.WEIGHTED_AVERAGE
    assert warnings(count(average, "22480.5", at=YEAR)) == []
    assert errors(lambda: count(average, "22480", at=YEAR_END)) == ["periodKind"]
    assert errors(lambda: count(ShareCountBasis.ISSUED, "22480.5")) == ["fractionOfCount"]
    assert errors(lambda: count(ShareCountBasis.ISSUED, "-1")) == ["negativeCount"]


def test_ratios_have_their_range() -> None:
    assert warnings(ratio(RatioMeaning.OPERATING_MARGIN, Percent("-250"))) == []
    assert errors(lambda: ratio(RatioMeaning.MARKET_SHARE, Percent("100.1"))) == ["ratioOutOfRange"]
    assert errors(lambda: ratio(RatioMeaning.SHARE_OF_REVENUE, Percent("-0.1"))) == ["ratioOutOfRange"]
    assert errors(lambda: ratio(RatioMeaning.NET_MARGIN, Percent("1"), at=YEAR_END)) == ["periodKind"]
    assert warnings(ratio(RatioMeaning.MARKET_SHARE, Percent("100"))) == []


def test_multiples() -> None:
    def current(value: str, at: Any = YEAR_END) -> MultipleFact:
        return MultipleFact(meaning=MultipleMeaning.CURRENT_RATIO, at=at, value=Ratio(value))

    assert warnings(current("1.5")) == []
    assert errors(lambda: current("-1.5")) == ["ratioOutOfRange"]
    assert errors(lambda: current("1.5", YEAR)) == ["periodKind"]


# --- tables and figures side by side -------------------------------------------------------------------------------

ASSETS, LIABILITIES, EQUITY = (
    MonetaryMeaning.TOTAL_ASSETS,
    MonetaryMeaning.TOTAL_LIABILITIES,
    MonetaryMeaning.TOTAL_EQUITY,
)


def table(*rows: Any) -> SelectedFinancialData:
    return SelectedFinancialData(rows=rows)


def test_one_column_for_a_year() -> None:
    revenue = fact(MonetaryMeaning.REVENUE, yen("41.7 billion"))
    restated = fact(MonetaryMeaning.REVENUE, yen("41.5 billion"), restatement=Restatement.RESTATED)
    assert warnings(table(revenue, restated)) == []
    assert errors(lambda: table(revenue, revenue)) == ["columnTwice"]
    dollars = fact(MonetaryMeaning.REVENUE, Money.parse("US$389 million"))
    assert warnings(table(revenue, dollars)) == []


def test_standards_are_not_mixed() -> None:
    one = fact(MonetaryMeaning.REVENUE, yen("1 billion"), accounting_standard=AccountingStandard.US_GAAP)
    other = fact(MonetaryMeaning.NET_INCOME, yen("1 billion"), accounting_standard=AccountingStandard.IFRS)
    assert warnings(table(one, other)) == ["mixedStandards"]
    assert warnings(table(one)) == []


def test_the_balance_sheet_balances() -> None:
    balanced = [
        fact(ASSETS, yen("3.4 billion")),
        fact(LIABILITIES, yen("2.2 billion")),
        fact(EQUITY, yen("1.1 billion")),
    ]
    assert warnings(table(*balanced)) == []
    assert across(*balanced) == []
    off = [*balanced[:2], fact(EQUITY, yen("0.9 billion"))]
    assert warnings(table(*off)) == ["balanceDiffers"]
    assert across(*off) == ["balanceDiffers"]


def test_diluted_earnings_are_not_above_basic() -> None:
    basic, diluted = share(PerShareBasis.BASIC, "10.00"), share(PerShareBasis.DILUTED, "10.01")
    assert warnings(table(basic, diluted)) == ["dilutedAboveBasic"]
    assert across(basic, share(PerShareBasis.DILUTED, "9.99")) == []
    assert across(share(PerShareBasis.BASIC, "-10.00"), share(PerShareBasis.DILUTED, "-9.99")) == []


def test_earnings_per_share_times_shares() -> None:
    shares = count(ShareCountBasis.WEIGHTED_AVERAGE, "1000000", at=YEAR)
    income = fact(MonetaryMeaning.NET_INCOME, yen("12.5 million"))
    assert across(share(PerShareBasis.BASIC, "12.50"), shares, income) == []
    assert across(share(PerShareBasis.BASIC, "13.50"), shares, income) == ["earningsPerShareDiffer"]
    loss = NetLoss(over=YEAR, amount=yen("12.5 million"))
    assert across(share(PerShareBasis.BASIC, "-12.50"), shares, loss) == []
    assert across(share(PerShareBasis.BASIC, "12.50"), shares, loss) == ["earningsPerShareDiffer"]


def test_shares_outstanding() -> None:
    issued, treasury = count(ShareCountBasis.ISSUED, "1000"), count(ShareCountBasis.TREASURY, "10")
    assert across(issued, treasury, count(ShareCountBasis.OUTSTANDING, "990")) == []
    assert across(issued, treasury, count(ShareCountBasis.OUTSTANDING, "991")) == ["sharesDiffer!"]


def test_duplicates_agree() -> None:
    stated = AccumulatedDeficit(as_of=YEAR_END, amount=yen("34.4 billion"))
    assert across(stated, stated) == []
    assert across(stated, AccumulatedDeficit(as_of=YEAR_END, amount=yen("34.41 billion"))) == ["duplicateAccuracy"]
    assert across(stated, AccumulatedDeficit(as_of=YEAR_END, amount=yen("35.4 billion"))) == ["duplicateContradicts!"]
    unknown = AccumulatedDeficit(as_of=YEAR_END, amount=Unknown("not stated"))
    assert across(stated, unknown) == ["duplicateContradicts!"]
    dollars = AccumulatedDeficit(as_of=YEAR_END, amount=Money.parse("US$320 million"))
    assert across(stated, dollars) == []


# --- translated amounts ---------------------------------------------------------------------------------------------


def test_translated_amounts_name_their_rate() -> None:
    translated = CurrencyTranslation.CONVENIENCE_TRANSLATION
    original = fact(MonetaryMeaning.REVENUE, yen("10722 million"))
    dollars = fact(MonetaryMeaning.REVENUE, Money.parse("US$100 million"), translation=translated)
    rate = ConvenienceTranslation(pair=YEN_PER_DOLLAR, over=YEAR, rate=Rate("107.22"))
    assert across(original, dollars, rate) == []
    assert across(original, dollars) == ["translationMissing!"]
    wrong = fact(MonetaryMeaning.REVENUE, Money.parse("US$96 million"), translation=translated)
    assert across(original, wrong, rate) == ["translatedAmountDiffers"]


def test_the_rate_is_not_of_a_later_day() -> None:
    info = DocumentInfo(over=YEAR, document_type="20-F", period_end=dt.date(2005, 3, 31))
    early = ConvenienceTranslation(pair=YEN_PER_DOLLAR, over=YEAR, rate=Rate("107.22"))
    late = ConvenienceTranslation(pair=YEN_PER_DOLLAR, over=Duration("2004-04-01", "2005-09-30"), rate=Rate("113.29"))
    assert across(info, early) == []
    assert across(info, late) == ["translationAfterReport!"]
