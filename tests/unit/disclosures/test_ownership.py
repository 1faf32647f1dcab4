"""Rules of shareholders, their rights, appointments, events, persons and relations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from exporter.disclosures import (
    ControlRight,
    CorporateEvent,
    DirectorAppointment,
    EntityRelation,
    MajorShareholderTable,
    MajorShareholderTotals,
    NetLoss,
    OwnershipInterest,
    PersonRole,
    RelatedPartyTransaction,
    ShareCountFact,
)
from exporter.disclosures.corporate_events import EventKind
from exporter.disclosures.ownership import DateBasis, OwnershipBasis
from exporter.disclosures.persons import Position
from exporter.disclosures.related_parties import ControlRightKind, ControlRightStatus, RelationKind, TransactionKind
from exporter.disclosures.shares import ShareCountBasis
from exporter.items.values import EntityKind, Money, Month
from exporter.items.values.texts import Footnote
from exporter.model.period import Duration
from tests.unit.disclosures.found import (
    CROSSWAVE,
    JULY_29,
    NTT,
    YEAR,
    YEAR_END,
    EntityRef,
    Percent,
    ShareCount,
    across,
    errors,
    warnings,
    yen,
)

SEPTEMBER = Duration.month(2003, 9)
GROUP = EntityRef("NTT and its affiliates", kind=EntityKind.GROUP)


def interest(holder: EntityRef = NTT, share: str = "31.6", **values: Any) -> OwnershipInterest:
    return OwnershipInterest(**{"as_of": JULY_29, **values}, holder=holder, share=Percent(share))


def test_shares_are_parts_of_a_whole() -> None:
    assert warnings(interest(share="0")) == warnings(interest(share="100")) == []
    assert errors(lambda: interest(share="100.1")) == ["shareOutOfRange"]
    assert errors(lambda: interest(share="-0.1")) == ["shareOutOfRange"]
    assert errors(lambda: interest(shares=ShareCount("0.5"))) == ["fractionOfCount"]
    assert errors(lambda: interest(shares=ShareCount("-5"))) == ["negativeCount"]


def test_a_holder_is_not_the_issuer() -> None:
    assert errors(lambda: interest(issuer=NTT)) == ["holderIsIssuer"]
    assert warnings(interest(issuer=CROSSWAVE)) == []


def test_a_date_that_is_not_stated_is_noted() -> None:
    unstated: dict[str, Any] = {"date_basis": DateBasis.DOCUMENT_DATE}
    assert errors(lambda: interest(**unstated)) == ["dateWithoutNote"]
    assert warnings(interest(**unstated, footnotes=(Footnote("The report says: currently."),))) == ["dateNotStated"]
    assert warnings(interest(date_basis=DateBasis.STATED)) == []


def test_totals() -> None:
    assert warnings(MajorShareholderTotals(as_of=JULY_29, share=Percent("64.2"), host_country_holders=3)) == []
    assert errors(lambda: MajorShareholderTotals(as_of=JULY_29, share=Percent("164.2"))) == ["shareOutOfRange"]
    assert errors(lambda: MajorShareholderTotals(as_of=JULY_29, host_country_holders=-3)) == ["negativeCount"]


def table(*rows: Any) -> MajorShareholderTable:
    return MajorShareholderTable(rows=rows)


def test_holders_in_order_of_one_date() -> None:
    first, second = interest(NTT, "31.6"), interest(CROSSWAVE, "12.0")
    assert warnings(table(first, second)) == []
    assert warnings(table(second, first)) == ["rankOrder"]
    assert errors(lambda: table(first, interest(CROSSWAVE, "12.0", as_of=YEAR_END))) == ["mixedDates"]


def test_holders_own_the_whole_at_most() -> None:
    one, other = interest(NTT, "60.0"), interest(CROSSWAVE, "40.1")
    assert warnings(table(one, other)) == []  # each is right to a twentieth of a per cent
    assert errors(lambda: table(one, interest(CROSSWAVE, "40.2"))) == ["sharesExceedWhole"]
    assert warnings(table(interest(GROUP, "60.0"), interest(NTT, "45.0"))) == []
    assert across(one, interest(CROSSWAVE, "40.2")) == ["sharesExceedWhole!"]
    assert across(one, interest(CROSSWAVE, "40.2", as_of=YEAR_END)) == []
    assert across(one, interest(CROSSWAVE, "40.2", class_of_stock="preferred")) == []
    assert across(one, one) == []


def test_a_share_is_shares_of_all() -> None:
    held: dict[str, Any] = {"shares": ShareCount("316"), "basis": OwnershipBasis.SHARES_OUTSTANDING}
    outstanding = ShareCountFact(basis=ShareCountBasis.OUTSTANDING, at=JULY_29, count=ShareCount("1000"))
    assert across(interest(**held), outstanding) == []
    assert across(interest(share="32.6", **held), outstanding) == ["ownershipShareDiffers!"]


def right(**values: Any) -> ControlRight:
    return ControlRight(**{"holder": NTT, "kind": ControlRightKind.NOMINATION, "over": SEPTEMBER, **values})


def test_bounds_of_nominees() -> None:
    assert warnings(right(nominees_maximum=3, agreed_on=Month(2003, 9))) == []
    assert errors(lambda: right(nominees_maximum=-1)) == ["negativeCount"]
    assert errors(lambda: right(nominees=3, nominees_maximum=3)) == ["boundAndCount"]
    assert errors(lambda: right(nominees_minimum=3, nominees_maximum=2)) == ["lowAboveHigh"]


def test_conditions_and_end_of_rights() -> None:
    conditional = ControlRightStatus.CONDITIONAL
    assert warnings(right(status=conditional)) == ["conditionMissing"]
    assert warnings(right(status=conditional, conditions=("approval by our shareholders",))) == []
    assert errors(lambda: right(agreed_on=Month(2003, 9), expires_on=dt.date(2003, 8, 31))) == ["endBeforeStart"]
    assert warnings(right(agreed_on=Month(2003, 9), expires_on=dt.date(2003, 9, 1))) == []


def appointed(position: Position, count: int, **values: Any) -> DirectorAppointment:
    return DirectorAppointment(**{"holder": NTT, "on": dt.date(2004, 6, 24), **values}, position=position, count=count)


def test_appointments_count_persons() -> None:
    assert errors(lambda: appointed(Position.DIRECTOR, -1)) == ["negativeCount"]
    assert errors(lambda: appointed(Position.DIRECTOR, 1, names=("A", "B"))) == ["subsetAboveTotal"]
    assert warnings(appointed(Position.DIRECTOR, 2, names=("A", "B"))) == []


def test_some_of_the_directors() -> None:
    two, one = appointed(Position.DIRECTOR, 2), appointed(Position.EXECUTIVE_VICE_PRESIDENT, 1)
    assert across(two, one) == []
    assert across(two, appointed(Position.EXECUTIVE_VICE_PRESIDENT, 3)) == ["subsetAboveTotal!"]
    assert across(two, appointed(Position.STATUTORY_AUDITOR, 3)) == []
    assert across(two, appointed(Position.EXECUTIVE_VICE_PRESIDENT, 3, on=dt.date(2005, 6, 24))) == []


def test_an_event_has_a_name() -> None:
    assert errors(lambda: CorporateEvent(event=" ", on=Month(2003, 8))) == ["emptyText"]
    assert warnings(CorporateEvent(event="petition", on=Month(2003, 8))) == []


def test_an_event_after_the_year_of_the_loss() -> None:
    petition = CorporateEvent(event="petition of Crosswave", on=Month(2003, 8), kind=EventKind.PETITION)
    loss = NetLoss(over=Duration("2002-04-01", "2003-03-31"), amount=yen("15.6 billion"))
    assert across(petition, loss) == ["eventAfterYearEnd"]
    assert across(petition, NetLoss(over=YEAR, amount=yen("1 billion"))) == []


def role(**values: Any) -> PersonRole:
    return PersonRole(**{"person": "Koichi Suzuki", "over": YEAR, "titles": ("President",), "company": "IIJ", **values})


def test_persons() -> None:
    assert warnings(role()) == []
    assert errors(lambda: role(person=" ")) == ["emptyText"]
    assert errors(lambda: role(birth_year=0)) == ["yearOutOfRange"]
    assert warnings(role(company=None)) == ["titleWithoutCompany"]
    assert errors(lambda: role(since=Month(2004, 7), until=dt.date(2004, 6, 30))) == ["endBeforeStart"]
    assert warnings(role(since=dt.date(2004, 6, 24), until=Month(2004, 6))) == []


def relation(kind: RelationKind, **values: Any) -> EntityRelation:
    return EntityRelation(**{"other": CROSSWAVE, "over": YEAR, **values}, kind=kind)


def test_relations() -> None:
    assert warnings(relation(RelationKind.AFFILIATE, share=Percent("37.9"))) == []
    assert errors(lambda: relation(RelationKind.AFFILIATE, share=Percent("137.9"))) == ["shareOutOfRange"]
    assert errors(lambda: relation(RelationKind.SUPPLIER, subject=CROSSWAVE)) == ["relationToItself"]


def test_relations_that_exclude_each_other() -> None:
    subsidiary = relation(RelationKind.SUBSIDIARY)
    assert across(subsidiary, relation(RelationKind.EQUITY_METHOD_INVESTEE)) == ["relationsExclude"]
    assert across(subsidiary, relation(RelationKind.SUPPLIER), relation(RelationKind.AFFILIATE)) == []
    assert across(subsidiary, relation(RelationKind.EQUITY_METHOD_INVESTEE, holds=False)) == []


def transaction(**values: Any) -> RelatedPartyTransaction:
    said = {"counterparty": CROSSWAVE, "nature": TransactionKind.LEASE, "over": YEAR, "description": "lines leased"}
    return RelatedPartyTransaction(**{**said, **values})


def test_transactions_are_in_one_currency() -> None:
    assert warnings(transaction(amount=yen("1 billion"), balance=yen("2 billion"))) == []
    dollars = Money.parse("US$5 million")
    assert errors(lambda: transaction(amount=yen("1 billion"), balance=dollars)) == ["mixedCurrencies"]


def test_related_parties_have_a_relation() -> None:
    assert across(transaction()) == []
    assert across(transaction(), relation(RelationKind.AFFILIATE)) == []
    assert across(transaction(counterparty=NTT), relation(RelationKind.AFFILIATE)) == ["unknownCounterparty"]
    known = relation(RelationKind.SHAREHOLDER, other=EntityRef("Nippon Telegraph", aliases=("NTT",)))
    assert across(transaction(counterparty=NTT), known) == []
