"""Rules across items: places in findings, rows of tables, and the items of a whole report without findings."""

from __future__ import annotations

import datetime as dt
from typing import Any

from exporter.disclosures import (
    AccumulatedDeficit,
    ControlRight,
    ConvenienceTranslation,
    CorporateEvent,
    DirectorAppointment,
    DocumentInfo,
    ExchangeRate,
    ExchangeRates,
    ExchangeRateSeries,
    ImpairmentLoss,
    ItemStatus,
    NetLoss,
    OwnershipInterest,
    SecuritiesHolding,
    WriteOff,
)
from exporter.disclosures.monetary_facts import MeasurementBasis
from exporter.disclosures.ownership import DateBasis
from exporter.disclosures.persons import Position
from exporter.disclosures.related_parties import ControlRightKind
from exporter.disclosures.rules.rule_set import check_items
from exporter.disclosures.texts import ItemResponseStatus
from exporter.items.bind import bind
from exporter.items.document import ItemsDocument
from exporter.items.taxonomy.derive import taxonomy_of
from exporter.items.to_facts import derive_report
from exporter.items.values import EntityKind, Month, Unknown
from exporter.items.values.texts import Footnote
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from tests.unit.disclosures.found import (
    CROSSWAVE,
    JULY_29,
    NTT,
    YEAR,
    YEAR_END,
    YEN_PER_DOLLAR,
    EntityRef,
    Percent,
    Rate,
    across,
    yen,
)

FY2003, FY2004 = Duration("2002-04-01", "2003-03-31"), Duration("2003-04-01", "2004-03-31")
MEETING = dt.date(2004, 6, 24)


def row(over: Duration, high: str, low: str, average: str, period_end: str) -> ExchangeRates:
    return ExchangeRates(
        pair=YEN_PER_DOLLAR,
        over=over,
        high=Rate(high),
        low=Rate(low),
        average=Rate(average),
        period_end=Rate(period_end),
    )


def report() -> list[Any]:
    """Items like those of a risk section: amounts, rates, a holder, events."""
    notes: dict[str, Any] = {"footnotes": (Footnote("The report says: currently."),)}
    group = EntityRef("NTT Group", kind=EntityKind.GROUP)
    return [
        DocumentInfo(over=YEAR, document_type="20-F", period_end=dt.date(2005, 3, 31)),
        ExchangeRateSeries(
            rows=(
                row(YEAR, "114.30", "102.26", "107.28", "107.22"),
                row(Duration.month(2005, 3), "107.49", "103.87", "105.25", "107.22"),
                row(Duration("2005-07-01", "2005-07-29"), "113.42", "110.47", "111.95", "112.25"),
            )
        ),
        ExchangeRate(pair=YEN_PER_DOLLAR, as_of=JULY_29, rate=Rate("112.25")),
        ConvenienceTranslation(pair=YEN_PER_DOLLAR, over=YEAR, rate=Rate("107.22")),
        AccumulatedDeficit(as_of=YEAR_END, amount=yen("34.4 billion")),
        NetLoss(over=FY2003, amount=yen("15.6 billion"), highest=True),
        WriteOff(over=FY2004, amount=yen("2.1 billion"), counterparty=CROSSWAVE),
        ImpairmentLoss(over=FY2003, investee=CROSSWAVE, amount=Unknown("the amount is not stated")),
        SecuritiesHolding(as_of=YEAR_END, amount=yen("8.9 billion"), basis=MeasurementBasis.BOOK_VALUE),
        OwnershipInterest(
            holder=EntityRef("NTT and its affiliates", kind=EntityKind.GROUP),
            as_of=JULY_29,
            share=Percent("31.6"),
            date_basis=DateBasis.DOCUMENT_DATE,
            **notes,
        ),
        ControlRight(
            holder=NTT,
            kind=ControlRightKind.NOMINATION,
            over=Duration.month(2003, 9),
            nominees_maximum=3,
            position=Position.DIRECTOR_OR_STATUTORY_AUDITOR,
        ),
        DirectorAppointment(holder=group, position=Position.DIRECTOR, on=MEETING, count=2),
        DirectorAppointment(holder=group, position=Position.EXECUTIVE_VICE_PRESIDENT, on=MEETING, count=1),
        CorporateEvent(event="law on personal information", on=Month(2005, 4)),
        ItemStatus(item="3.B", over=YEAR, status=ItemResponseStatus.NOT_REQUIRED),
        ItemStatus(item="3.C", over=YEAR, status=ItemResponseStatus.NOT_APPLICABLE),
    ]


def test_a_sound_report_has_no_findings() -> None:
    assert across(*report()) == []


def test_findings_name_the_items() -> None:
    items = [*report(), ExchangeRate(pair=YEN_PER_DOLLAR, as_of=Instant("2005-03-31"), rate=Rate("108.00"))]
    (first, second) = check_items(items)
    assert first.code == "exporter:duplicateContradicts"
    assert first.location.item == "items[1].rows[0] ExchangeRates, items[16] ExchangeRate"
    assert first.location.pointer == "/items/1/rows/0"
    assert second.code == "exporter:translationRateDiffers"


def test_what_is_no_item_is_passed_over() -> None:
    assert across("text", 5) == []


def facts_of(*items: Any) -> dict[str, Any]:
    document = ItemsDocument(entity=Entity.cik(1090633), items=items, period_end=YEAR_END, prefix="iij")
    bindings = bind([type(item) for item in items], document.own_namespace)
    vocabulary = taxonomy_of(bindings).vocabulary("x.xsd")
    derived = derive_report(document, schema="x.xsd", vocabulary=vocabulary, bindings=bindings)
    return {fact.concept.local_name: fact for fact in derived.report.facts}


def test_appointments_are_counts_of_the_day() -> None:
    """The count is one fact, of the day of the meeting, a pure number and exact."""
    facts = facts_of(DirectorAppointment(holder=NTT, position=Position.DIRECTOR, on=MEETING, count=2))
    assert list(facts) == ["NumberOfNominatedDirectorsAppointed"]
    (fact,) = facts.values()
    assert (fact.value, fact.decimals, fact.unit) == ("2", None, None)
    assert fact.period == Duration("2004-06-24", "2004-06-24")
    assert len(fact.dimensions) == 2


def test_losses_are_negative_on_their_concepts() -> None:
    facts = facts_of(*report()[4:7])
    stated = {
        "RetainedEarningsAccumulatedDeficit": "-34400000000",
        "NetIncomeLoss": "-15600000000",
        "WriteOffOfLoansAndAccountsReceivable": "2100000000",
    }
    assert {name: facts[name].value for name in stated} == stated
    assert {facts[name].decimals for name in stated} == {-8}
