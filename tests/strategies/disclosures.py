"""Strategies for valid items of every disclosure class: with and without what is optional, with unknowns and notes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from attrs import evolve
from hypothesis import strategies as st

from exporter import disclosures as d
from exporter.disclosures.checks import identity
from exporter.disclosures.corporate_events import EventKind, EventStatus
from exporter.disclosures.cover_document import ReportingItem
from exporter.disclosures.cover_registrant import FilerCategory
from exporter.disclosures.exchange_rates import (
    ConvenienceTranslationBasis,
    ExchangeRatePurpose,
    NoonBuyingRateAveragingMethod,
)
from exporter.disclosures.financial_tables import ConsolidationItem, FinancialStatement, LineRole, SegmentMeasure
from exporter.disclosures.market_risk import MarketRisk, MarketRiskMethod, MaturityBucket, ObligationKind
from exporter.disclosures.monetary_facts import (
    INSTANT_MEANINGS,
    AccountingStandard,
    CurrencyTranslation,
    MeasurementBasis,
    MonetaryMeaning,
    Restatement,
    Rounding,
    StatedSign,
)
from exporter.disclosures.ownership import DateBasis, HoldingKind, OwnershipBasis
from exporter.disclosures.persons import BoardType, Position
from exporter.disclosures.ratios import INSTANT_MULTIPLES, INSTANT_RATIOS, RANGES, MultipleMeaning, RatioMeaning
from exporter.disclosures.related_parties import ControlRightKind, ControlRightStatus, RelationKind, TransactionKind
from exporter.disclosures.securities import PricePeriodKind, RegistrationSection
from exporter.disclosures.shares import ADS_BASES, AVERAGES, PerShareBasis, ShareCountBasis
from exporter.disclosures.texts import ItemResponseStatus, RiskCategory, TextKind
from exporter.items.compile import item_specification
from exporter.items.declarations import ConceptDeclaration
from exporter.items.values import (
    CurrencyPair,
    Money,
    Month,
    MonthDay,
    Percent,
    PerShare,
    Rate,
    Ratio,
    ShareCount,
    Unknown,
)
from exporter.items.values.texts import Footnote, TextBlock
from exporter.model.period import Duration, Instant
from exporter.testing.report_strategies import texts
from tests.strategies.item_classes import days, durations, parties, words

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

labels = words.map(lambda text: " ".join(text.replace("\u2028", "").split())).filter(bool)
lines = st.lists(labels, max_size=3).map(tuple)
unknowns = st.builds(Unknown, words)
instants = days.map(Instant)
months = st.builds(Month, st.integers(1990, 2030), st.integers(1, 12))
days_or_months = days | months
currencies = st.sampled_from(["JPY", "USD", "EUR"])
pairs = st.sampled_from([CurrencyPair(base="USD", quote="JPY"), CurrencyPair(base="EUR", quote="JPY")])
blocks = st.lists(labels, min_size=1, max_size=3).map(TextBlock.of) | st.sampled_from(
    [TextBlock("<p>One <b>bold</b> word &amp; more.</p><ul><li>文</li></ul>")]
)
languages = st.sampled_from([None, "ja", "de-CH"])


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def one_of(enumeration: type[E]) -> st.SearchStrategy[E]:
    return st.sampled_from(enumeration)


def scaled(number: int, decimals: int) -> Decimal:
    """``number`` units of the last place that ``decimals`` allows, written without an exponent above zero."""
    return Decimal(number) * 10**-decimals if decimals < 0 else Decimal(number).scaleb(-decimals)


def moneys(
    least: int = 0, currency: st.SearchStrategy[str] = currencies, *, scales: int = 9
) -> st.SearchStrategy[Money]:
    return st.builds(
        lambda number, decimals, code: Money(scaled(number, decimals), code, decimals=decimals),
        st.integers(least, 10**12),
        st.integers(-scales, 2),
        currency,
    )


signed = moneys(-(10**12))
losses = moneys() | unknowns
rates = st.integers(1, 10**6).map(lambda number: Rate(scaled(number, 2), decimals=2))
shares_of_whole = st.integers(0, 1000).map(lambda number: Percent(value=scaled(number, 3), decimals=3))
counts = st.integers(0, 10**10).map(lambda number: ShareCount(number, decimals=0)) | st.integers(0, 10**4).map(
    lambda number: ShareCount(scaled(number, -3), decimals=-3)
)
per_shares = st.builds(
    lambda number, code: PerShare(scaled(number, 2), code, decimals=2), st.integers(-(10**6), 10**6), currencies
)


@st.composite
def noted(draw: st.DrawFn, items: st.SearchStrategy[T]) -> T:
    """The item, perhaps with footnotes: to all of it or to one field that is not the only one stated."""
    item: Any = draw(items)
    names = [
        each.name
        for each in item_specification(type(item)).declared(ConceptDeclaration)
        if getattr(item, each.name) not in (None, ())
    ]
    targets = [(), *((name,) for name in names)] if len(names) > 1 else [()]
    notes = st.builds(Footnote, words, language=st.sampled_from([None, "ja"]), fields=st.sampled_from(targets))
    found = draw(st.lists(notes, max_size=2, unique=True))
    return evolve(item, footnotes=(*item.footnotes, *found), id=draw(maybe(labels)))  # type: ignore[no-any-return]


def at(instant: bool) -> st.SearchStrategy[Any]:
    return instants if instant else durations


# --- rates ------------------------------------------------------------------------------------------


@st.composite
def exchange_rates(
    draw: st.DrawFn,
    pair: st.SearchStrategy[CurrencyPair] = pairs,
    over: st.SearchStrategy[Duration] = durations,
) -> d.ExchangeRates:
    low, one, other, high = sorted((draw(rates) for _ in range(4)), key=lambda rate: rate.value)
    kept = draw(st.sets(st.sampled_from(["high", "low", "average"]), min_size=1))
    has_average = "average" in kept
    return d.ExchangeRates(
        pair=draw(pair),
        over=draw(over),
        high=high if "high" in kept else None,
        low=low if "low" in kept else None,
        average=one if has_average else None,
        period_end=draw(st.sampled_from([None, low, high, other])),
        averaging=draw(maybe(one_of(NoonBuyingRateAveragingMethod))) if has_average else None,
        source_name=draw(maybe(labels)),
    )


@st.composite
def exchange_rate_series(draw: st.DrawFn) -> d.ExchangeRateSeries:
    pair = draw(pairs)
    found = draw(st.lists(months, max_size=4, unique=True))
    made = [draw(exchange_rates(st.just(pair), st.just(month.duration))) for month in found]
    return d.ExchangeRateSeries(rows=tuple(made))


single_rates = st.builds(
    d.ExchangeRate,
    pair=pairs,
    as_of=instants,
    rate=rates,
    purpose=maybe(one_of(ExchangeRatePurpose)),
    source_name=maybe(labels),
    observed_on=maybe(days),
)


@st.composite
def convenience_translations(draw: st.DrawFn) -> d.ConvenienceTranslation:
    policy = draw(maybe(blocks))
    return d.ConvenienceTranslation(
        pair=draw(pairs),
        over=draw(durations),
        rate=draw(rates),
        basis=draw(one_of(ConvenienceTranslationBasis)),
        policy=policy,
        rate_date=draw(maybe(days)),
        language=draw(languages) if policy else None,
    )


# --- figures ------------------------------------------------------------------------------------------


@st.composite
def monetary_facts(draw: st.DrawFn) -> d.MonetaryFact:
    meaning = draw(one_of(MonetaryMeaning))
    amount = draw(signed | unknowns)
    sign = draw(maybe(one_of(StatedSign)))
    if isinstance(amount, Money) and amount.value != 0 and sign is not None:
        sign = StatedSign.POSITIVE if amount.value > 0 else StatedSign.NEGATIVE
    return d.MonetaryFact(
        meaning=meaning,
        at=draw(at(meaning in INSTANT_MEANINGS)),
        amount=amount,
        stated_sign=sign,
        basis=draw(maybe(one_of(MeasurementBasis))),
        rounding=draw(maybe(one_of(Rounding))),
        accounting_standard=draw(maybe(one_of(AccountingStandard))),
        restatement=draw(maybe(one_of(Restatement))),
        translation=draw(maybe(one_of(CurrencyTranslation))),
    )


@st.composite
def per_share_facts(draw: st.DrawFn) -> d.PerShareFact:
    basis = draw(one_of(PerShareBasis))
    ratio = maybe(st.integers(1, 4000).map(lambda number: Ratio(scaled(number, 3), decimals=3)))
    return d.PerShareFact(
        basis=basis,
        at=draw(at(basis is PerShareBasis.BOOK_VALUE)),
        value=draw(per_shares | unknowns),
        shares_per_ads=draw(ratio) if basis in ADS_BASES else None,
        class_of_stock=draw(maybe(labels)),
        accounting_standard=draw(maybe(one_of(AccountingStandard))),
        restatement=draw(maybe(one_of(Restatement))),
        translation=draw(maybe(one_of(CurrencyTranslation))),
    )


@st.composite
def share_count_facts(draw: st.DrawFn) -> d.ShareCountFact:
    basis = draw(one_of(ShareCountBasis))
    fractions = st.integers(0, 10**9).map(lambda number: ShareCount(scaled(number, 2), decimals=2))
    return d.ShareCountFact(
        basis=basis,
        at=draw(at(basis not in AVERAGES)),
        count=draw(unknowns | (counts | fractions if basis in AVERAGES else counts)),
        class_of_stock=draw(maybe(labels)),
        accounting_standard=draw(maybe(one_of(AccountingStandard))),
        restatement=draw(maybe(one_of(Restatement))),
    )


@st.composite
def ratio_facts(draw: st.DrawFn) -> d.RatioFact:
    meaning = draw(one_of(RatioMeaning))
    least, most = RANGES.get(meaning, (None, None))
    number = draw(st.integers(int((least or -5) * 1000) if least != 0 else 0, int((most or 5) * 1000)))
    value = scaled(number, 3)
    return d.RatioFact(
        meaning=meaning,
        at=draw(at(meaning in INSTANT_RATIOS)),
        value=draw(st.just(Percent(value=value, decimals=3)) | unknowns),
        numerator=draw(maybe(labels)),
        denominator=draw(maybe(labels)),
        subject=draw(maybe(labels)),
        accounting_standard=draw(maybe(one_of(AccountingStandard))),
        restatement=draw(maybe(one_of(Restatement))),
    )


multiples = st.sampled_from(MultipleMeaning).flatmap(
    lambda meaning: st.builds(
        d.MultipleFact,
        meaning=st.just(meaning),
        at=at(meaning in INSTANT_MULTIPLES),
        value=st.integers(0, 9999).map(lambda number: Ratio(scaled(number, 2), decimals=2)) | unknowns,
        accounting_standard=maybe(one_of(AccountingStandard)),
        restatement=maybe(one_of(Restatement)),
    )
)
deficits = st.builds(d.AccumulatedDeficit, as_of=instants, amount=losses)
net_losses = st.builds(d.NetLoss, over=durations, amount=losses, highest=maybe(st.booleans()))
write_offs = st.builds(d.WriteOff, over=durations, amount=losses, counterparty=maybe(parties))
impairments = st.builds(
    d.ImpairmentLoss, over=durations, investee=parties, amount=losses, worthless=maybe(st.booleans())
)
equity_losses = st.builds(d.EquityMethodLoss, over=durations, investee=parties, amount=losses)
loss_years = st.integers(0, 30).flatmap(
    lambda years: st.builds(
        d.ConsecutiveLossYears,
        over=durations,
        years=st.just(years),
        operating_loss_years=maybe(st.integers(0, years)),
    )
)
holdings = st.builds(d.SecuritiesHolding, as_of=instants, amount=losses, basis=maybe(one_of(MeasurementBasis)))
figures = st.one_of(monetary_facts(), per_share_facts(), share_count_facts(), ratio_facts(), multiples)
tables_of_figures = st.lists(noted(figures), max_size=4, unique_by=identity).map(
    lambda rows: d.SelectedFinancialData(rows=tuple(rows))
)


# --- shareholders, persons, companies --------------------------------------------------------------------------------


@st.composite
def ownership_interests(
    draw: st.DrawFn,
    as_of: st.SearchStrategy[Instant] = instants,
    share: st.SearchStrategy[Any] = shares_of_whole | unknowns,
) -> d.OwnershipInterest:
    holder = draw(parties)
    basis = draw(maybe(one_of(DateBasis)))
    note = Footnote("The document gives no date.")
    notes: dict[str, Any] = {"footnotes": (note,)} if basis is DateBasis.DOCUMENT_DATE else {}
    return d.OwnershipInterest(
        holder=holder,
        as_of=draw(as_of),
        share=draw(share),
        shares=draw(maybe(counts)),
        basis=draw(maybe(one_of(OwnershipBasis))),
        date_basis=basis,
        holding=draw(maybe(one_of(HoldingKind))),
        includes_affiliates=draw(maybe(st.booleans())),
        largest=draw(maybe(st.booleans())),
        country=draw(maybe(labels)),
        class_of_stock=draw(maybe(labels)),
        issuer=draw(maybe(parties.filter(lambda party: party != holder))),
        **notes,
    )


shareholder_totals = st.builds(
    d.MajorShareholderTotals,
    as_of=instants,
    share=maybe(shares_of_whole),
    others_share=maybe(shares_of_whole),
    host_country_holders=st.integers(0, 10**6),
    host_country_share=maybe(shares_of_whole),
    class_of_stock=maybe(labels),
)


@st.composite
def shareholder_tables(draw: st.DrawFn) -> d.MajorShareholderTable:
    small = st.integers(0, 250).map(lambda number: Percent(value=scaled(number, 3), decimals=3))
    rows = ownership_interests(st.just(draw(instants)), small | unknowns)
    found = draw(st.lists(rows, max_size=4, unique_by=lambda row: row.holder.name))
    return d.MajorShareholderTable(rows=tuple(found))


@st.composite
def control_rights(draw: st.DrawFn) -> d.ControlRight:
    low, high = sorted((draw(st.integers(0, 20)), draw(st.integers(0, 20))))
    bounds: dict[str, Any] = draw(
        st.sampled_from(
            [
                {},
                {"nominees_maximum": high},
                {"nominees_minimum": low},
                {"nominees_minimum": low, "nominees_maximum": high},
                {"nominees": high},
            ]
        )
    )
    agreed = draw(maybe(days_or_months))
    start = agreed.first_day if isinstance(agreed, Month) else agreed or dt.date(1990, 1, 1)
    return d.ControlRight(
        holder=draw(parties),
        kind=draw(one_of(ControlRightKind)),
        over=draw(durations),
        status=draw(one_of(ControlRightStatus)),
        agreed_on=agreed,
        conditions=draw(lines),
        terms=draw(maybe(texts(max_size=20))),
        expires_on=draw(maybe(st.dates(start, dt.date(2040, 1, 1)))),
        position=draw(maybe(one_of(Position))),
        **bounds,
    )


events = st.builds(
    d.CorporateEvent,
    event=labels,
    on=days_or_months,
    kind=maybe(one_of(EventKind)),
    status=maybe(one_of(EventStatus)),
    parties=lines,
    outcome=maybe(texts(max_size=20)),
    amount=maybe(signed | unknowns),
) | st.builds(d.CorporateEvent, event=labels, on=durations, status=one_of(EventStatus), parties=lines)
appointments = st.builds(
    d.DirectorAppointment,
    holder=parties,
    position=one_of(Position),
    on=days_or_months,
    count=st.integers(3, 9),
    names=lines,
    meeting=maybe(labels),
)


@st.composite
def person_roles(draw: st.DrawFn) -> d.PersonRole:
    since, until = draw(maybe(days_or_months)), draw(maybe(days_or_months))
    if since is not None and until is not None and _first(until) < _first(since):
        since, until = until, since
    titles, indicator = draw(lines), draw(st.booleans() | unknowns)
    return d.PersonRole(
        person=draw(labels),
        over=draw(durations),
        titles=titles,
        company=draw(maybe(labels)),
        board=draw(maybe(one_of(BoardType))),
        since=since,
        until=until,
        nominated_by=draw(maybe(labels)),
        noncompetition=draw(maybe(st.just(indicator))) if titles else indicator,
        birth_year=draw(maybe(st.integers(1, 9999))),
    )


def _first(value: Any) -> dt.date:
    return value.first_day if isinstance(value, Month) else value


@st.composite
def relations(draw: st.DrawFn) -> d.EntityRelation:
    other = draw(parties)
    return d.EntityRelation(
        other=other,
        kind=draw(one_of(RelationKind)),
        over=draw(durations),
        holds=draw(st.booleans()),
        share=draw(maybe(shares_of_whole | unknowns)),
        wording=draw(maybe(labels)),
        subject=draw(maybe(parties.filter(lambda party: party != other))),
    )


@st.composite
def transactions(draw: st.DrawFn) -> d.RelatedPartyTransaction:
    amounts = maybe(moneys(currency=st.just(draw(currencies))) | unknowns)
    return d.RelatedPartyTransaction(
        counterparty=draw(parties),
        nature=draw(one_of(TransactionKind)),
        over=draw(durations),
        description=draw(labels),
        amount=draw(amounts),
        balance=draw(amounts),
        terms=draw(maybe(texts(max_size=20))),
        subject=draw(maybe(labels)),
    )


# --- texts ------------------------------------------------------------------------------------------

risk_factors = st.builds(
    d.RiskFactor,
    ordinal=st.integers(1, 99),
    over=durations,
    heading=labels,
    body=blocks,
    category=maybe(one_of(RiskCategory)),
    language=languages,
)
text_disclosures = st.builds(
    d.TextDisclosure,
    kind=one_of(TextKind),
    over=durations,
    text=blocks,
    item=maybe(st.sampled_from(["3.A", "3.D", "5", "16A"])),
    topic=maybe(labels),
    language=languages,
)
item_statuses = one_of(ItemResponseStatus).flatmap(
    lambda status: st.builds(
        d.ItemStatus,
        item=st.sampled_from(["1", "3.A", "3.B", "3.C", "16A", "16.A.1", "5"]),
        over=durations,
        status=st.just(status),
        title=maybe(labels),
        reason=maybe(labels),
        target=labels if status is ItemResponseStatus.INCORPORATED_BY_REFERENCE else st.none(),
    )
)

# --- tables ------------------------------------------------------------------------------------------


@st.composite
def share_prices(
    draw: st.DrawFn,
    market: st.SearchStrategy[str] = labels,
    security: st.SearchStrategy[str | None] = maybe(labels),  # noqa: B008
    over: st.SearchStrategy[Duration] = durations,
    currency: st.SearchStrategy[str] = currencies,
) -> d.SharePrices:
    code = draw(currency)
    prices = st.integers(1, 10**6).map(lambda number: PerShare(scaled(number, 2), code, decimals=2))
    low, close, high = sorted((draw(prices) for _ in range(3)), key=lambda price: price.value)
    kept = draw(st.sets(st.sampled_from(["high", "low", "volume"]), min_size=1))
    return d.SharePrices(
        market=draw(market),
        security=draw(security),
        over=draw(over),
        high=high if "high" in kept else None,
        low=low if "low" in kept else None,
        close=draw(st.sampled_from([None, close])),
        volume=draw(counts) if "volume" in kept else None,
        kind=draw(maybe(one_of(PricePeriodKind))),
        adjusted=draw(maybe(st.booleans())),
    )


@st.composite
def price_histories(draw: st.DrawFn) -> d.PriceHistory:
    market, security, code = draw(labels), draw(maybe(labels)), draw(currencies)
    found = draw(st.lists(months, max_size=4, unique=True))
    rows = [
        draw(share_prices(st.just(market), st.just(security), st.just(month.duration), st.just(code)))
        for month in found
    ]
    return d.PriceHistory(rows=tuple(rows))


@st.composite
def exposures(draw: st.DrawFn) -> d.MarketRiskExposure:
    amounts = maybe(moneys(-(10**12), st.just(draw(currencies))) | unknowns)
    return d.MarketRiskExposure(
        risk=draw(one_of(MarketRisk)),
        as_of=draw(instants),
        method=draw(one_of(MarketRiskMethod)),
        instrument=draw(maybe(labels)),
        bucket=draw(maybe(one_of(MaturityBucket))),
        denomination=draw(maybe(currencies)),
        notional=draw(amounts),
        fair_value=draw(amounts),
        average_rate=draw(maybe(shares_of_whole)),
        shock=draw(maybe(shares_of_whole)),
        effect=draw(amounts),
    )


@st.composite
def obligations(draw: st.DrawFn) -> d.ContractualObligation:
    code = draw(currencies)
    parts = [draw(st.integers(0, 10**9)) for _ in range(4)]
    stated: list[Any] = [Money(part, code, decimals=0) for part in parts]
    total: Any = Money(sum(parts), code, decimals=0)
    hidden = draw(st.sampled_from([None, 0, 3]))
    if hidden is not None:
        stated[hidden] = draw(maybe(unknowns))
    return d.ContractualObligation(
        kind=draw(one_of(ObligationKind)),
        as_of=draw(instants),
        total=draw(st.just(total) | unknowns),
        within_one_year=stated[0],
        one_to_three_years=stated[1],
        three_to_five_years=stated[2],
        after_five_years=stated[3],
        description=draw(maybe(labels)),
    )


@st.composite
def segment_results(draw: st.DrawFn) -> d.SegmentResult:
    measure = draw(one_of(SegmentMeasure))
    line = draw(maybe(one_of(ConsolidationItem)))
    named = line in (None, ConsolidationItem.OPERATING_SEGMENT)
    return d.SegmentResult(
        measure=measure,
        at=draw(at(measure is SegmentMeasure.ASSETS)),
        amount=draw(signed | unknowns),
        line=line,
        segment=draw(labels) if named else None,
        geography=draw(maybe(labels)),
        product=draw(maybe(labels)),
    )


@st.composite
def statement_lines(draw: st.DrawFn) -> d.StatementLine:
    statement = draw(one_of(FinancialStatement))
    line = draw(labels)
    parent = draw(maybe(labels.filter(lambda text: text != line)))
    return d.StatementLine(
        statement=statement,
        line=line,
        at=draw(at(statement is FinancialStatement.BALANCE_SHEET)),
        amount=draw(signed | unknowns),
        caption=draw(maybe(labels)),
        ordinal=draw(maybe(st.integers(-9, 999))),
        parent=parent,
        weight=None if parent is None else draw(st.sampled_from([None, 1, -1])),
        role=draw(maybe(one_of(LineRole))),
        column=draw(maybe(labels)),
    )


ADDRESS: dict[str, st.SearchStrategy[Any]] = {
    "address_line_1": labels,
    "address_line_2": labels,
    "address_line_3": labels,
    "address_city": labels,
    "address_state": st.just("CA"),
    "address_postal_code": st.just("101-0054"),
    "address_country": st.just("JP"),
}


def given(draw: st.DrawFn, fields: dict[str, st.SearchStrategy[Any]]) -> dict[str, Any]:
    """Values for fields that may be absent."""
    return {name: draw(maybe(strategy)) for name, strategy in fields.items()}


@st.composite
def document_infos(draw: st.DrawFn) -> d.DocumentInfo:
    over = draw(durations)
    end = draw(st.sampled_from([None, over.last_day]))
    year_end = MonthDay(over.last_day.month, over.last_day.day)
    securities = draw(lines)
    listed = st.sampled_from([(), tuple(f"市場 {number}" for number in range(len(securities)))])
    symbols = draw(listed)
    amendment = draw(maybe(st.booleans()))
    flags = (
        *("annual_report", "registration_statement", "transition_report", "shell_company_report"),
        *("error_correction", "recovery_analysis", "well_known_seasoned_issuer", "voluntary_filer"),
        *("current_reporting", "interactive_data_current", "shell_company", "emerging_growth_company"),
        *("ex_transition_period", "auditor_attestation"),
    )
    texts = ("registrant", "auditor", "auditor_firm_id", "auditor_location")
    return d.DocumentInfo(
        over=over,
        document_type=draw(st.sampled_from(["20-F", "20-F/A", "有価証券報告書"])),
        amendment=amendment,
        amendment_description=draw(maybe(labels)) if amendment else None,
        period_start=draw(st.sampled_from([None, over.first_day])),
        period_end=end,
        shell_company_event_date=draw(maybe(days)),
        fiscal_year_end=draw(st.sampled_from([None, year_end])),
        fiscal_year_focus=draw(maybe(st.integers(1, 9999))),
        fiscal_period_focus=draw(maybe(st.just("FY"))),
        accounting_standard=draw(maybe(one_of(AccountingStandard))),
        other_standard_item=draw(maybe(one_of(ReportingItem))),
        central_index_key=draw(maybe(st.integers(1, 10**10 - 1).map(lambda number: f"{number:010d}"))),
        file_number=draw(maybe(st.just("0-30204"))),
        country_of_incorporation=draw(maybe(st.just("M0"))),
        address=draw(lines),
        filer_category=draw(maybe(one_of(FilerCategory))),
        securities=securities,
        securities_12g=draw(lines),
        exchanges=draw(st.sampled_from([draw(listed), ("NASDAQ",) * len(securities)])),
        trading_symbols=symbols,
        no_trading_symbol=draw(st.sampled_from([None, False] if symbols else [None, False, True])),
        shares_outstanding=draw(maybe(counts)),
        **given(draw, ADDRESS),
        **given(draw, dict.fromkeys(flags, st.booleans())),
        **given(draw, dict.fromkeys(texts, labels)),
    )


@st.composite
def registered_securities(draw: st.DrawFn) -> d.RegisteredSecurity:
    symbol = draw(maybe(labels))
    return d.RegisteredSecurity(
        class_of_stock=draw(labels),
        section=draw(one_of(RegistrationSection)),
        over=draw(durations),
        title=draw(labels),
        trading_symbol=symbol,
        no_trading_symbol=draw(st.sampled_from([None, False] if symbol else [None, False, True])),
        exchange=draw(maybe(labels | st.just("NASDAQ"))),
        shares_outstanding=draw(maybe(counts)),
    )


contact_persons = st.builds(
    d.ContactPerson,
    over=durations,
    name=labels,
    phone=maybe(labels),
    fax=maybe(labels),
    email=maybe(st.just("ir@example.com")),
    **{name: maybe(strategy) for name, strategy in ADDRESS.items()},
)


EDINET_TEXTS = (
    *("clause", "place_of_filing", "fiscal_year", "company_name", "company_name_in_english", "representative"),
    *("headquarter", "headquarter_phone", "headquarter_contact", "nearest_place", "nearest_place_phone"),
    *("nearest_place_contact", "security_code", "filer_name", "filer_name_in_english", "ordinance", "form"),
    *("industry_code_consolidated", "industry_code"),
)
EDINET_FLAGS = ("consolidated", "amendment", "report_amendment", "xbrl_amendment")


@st.composite
def edinet_covers(draw: st.DrawFn) -> d.EdinetCover:
    day = draw(days)
    given: dict[str, Any] = {name: draw(maybe(labels)) for name in EDINET_TEXTS}
    given |= {name: draw(maybe(st.booleans())) for name in EDINET_FLAGS}
    if draw(st.booleans()):
        ends = sorted(draw(st.lists(days, min_size=6, max_size=6)))
        names = (
            "previous_year_start",
            "comparative_period_end",
            "previous_year_end",
            "year_start",
            "period_end",
            "year_end",
        )
        given |= dict(zip(names, ends, strict=True))
    return d.EdinetCover(
        as_of=Instant(day),
        filing_date=day,
        document_title=draw(labels),
        edinet_code=draw(maybe(st.from_regex(r"\A[A-Z][0-9]{5}\Z"))),
        accounting_standard=draw(maybe(st.sampled_from(AccountingStandard))),
        period_type=draw(maybe(st.sampled_from(["FY", "HY", "Q1"]))),
        language=draw(languages),
        submission_number=draw(maybe(st.integers(1, 20))),
        **given,
    )


ITEMS: dict[type[Any], st.SearchStrategy[Any]] = {
    cls: noted(strategy)
    for cls, strategy in {
        d.DocumentInfo: document_infos(),
        d.RegisteredSecurity: registered_securities(),
        d.ContactPerson: contact_persons,
        d.EdinetCover: edinet_covers(),
        d.ExchangeRates: exchange_rates(),
        d.ExchangeRate: single_rates,
        d.ConvenienceTranslation: convenience_translations(),
        d.MonetaryFact: monetary_facts(),
        d.AccumulatedDeficit: deficits,
        d.NetLoss: net_losses,
        d.ConsecutiveLossYears: loss_years,
        d.WriteOff: write_offs,
        d.ImpairmentLoss: impairments,
        d.EquityMethodLoss: equity_losses,
        d.SecuritiesHolding: holdings,
        d.PerShareFact: per_share_facts(),
        d.ShareCountFact: share_count_facts(),
        d.RatioFact: ratio_facts(),
        d.MultipleFact: multiples,
        d.OwnershipInterest: ownership_interests(),
        d.MajorShareholderTotals: shareholder_totals,
        d.ControlRight: control_rights(),
        d.CorporateEvent: events,
        d.DirectorAppointment: appointments,
        d.PersonRole: person_roles(),
        d.EntityRelation: relations(),
        d.RelatedPartyTransaction: transactions(),
        d.RiskFactor: risk_factors,
        d.TextDisclosure: text_disclosures,
        d.ItemStatus: item_statuses,
        d.SharePrices: share_prices(),
        d.MarketRiskExposure: exposures(),
        d.ContractualObligation: obligations(),
        d.SegmentResult: segment_results(),
        d.StatementLine: statement_lines(),
    }.items()
}
"""A strategy for each class that has facts of its own."""

TABLES: dict[type[Any], st.SearchStrategy[Any]] = {
    d.ExchangeRateSeries: exchange_rate_series(),
    d.SelectedFinancialData: tables_of_figures,
    d.MajorShareholderTable: shareholder_tables(),
    d.PriceHistory: price_histories(),
}
"""A strategy for each class that is made of rows; its facts are those of its rows."""


def read_back(table: Any) -> tuple[Any, ...]:
    """What facts give back of a table: itself, or its rows where these may stand alone or are too few."""
    gathers = type(table) in (d.ExchangeRateSeries, d.PriceHistory)
    return (table,) if gathers and len(table.rows) > 1 else table.rows


items = st.sampled_from(list(ITEMS)).flatmap(lambda cls: ITEMS[cls])
items_and_tables = st.sampled_from([*ITEMS, *TABLES]).flatmap(lambda cls: {**ITEMS, **TABLES}[cls])


def _are_apart(items: list[Any]) -> bool:
    """An amount that is not known stands in the reporting currency, which may be that of any other item.

    A rate at the last day of a period is the same fact as the rate at the end of that period.
    """
    days = {(item.pair, item.as_of.date) for item in items if isinstance(item, d.ExchangeRate)}
    if any((item.pair, item.over.last_day) in days for item in items if isinstance(item, d.ExchangeRates)):
        return False
    seen: dict[tuple[object, ...], set[object]] = {}
    for item in items:
        *aspects, currencies = identity(item)
        seen.setdefault(tuple(aspects), set()).add(currencies)
    return all(len(found) == 1 or () not in found for found in seen.values())


def distinct(items: st.SearchStrategy[Any], *, max_size: int = 6) -> st.SearchStrategy[list[Any]]:
    """Items whose facts can be told apart."""
    return st.lists(items, max_size=max_size, unique_by=identity).filter(_are_apart)


__all__ = ["ITEMS", "TABLES", "distinct", "items", "items_and_tables", "read_back"]
