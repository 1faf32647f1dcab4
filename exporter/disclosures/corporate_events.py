"""Events in the life of the registrant, and appointments of directors that a shareholder nominated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from exporter.disclosures.checks import check_not_negative
from exporter.disclosures.persons import Position
from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declare import ReportItem, concept, dimension, option, period, report_item
from exporter.items.values import EntityRef, Money, Month, Unknown
from exporter.items.values.enumeration import Enumeration


class EventKind(Enumeration):
    """What happened."""

    APPOINTMENT = "appointment", "Appointment", "選任"
    SHARE_PURCHASE = "share_purchase", "Share Purchase", "株式取得"
    AGREEMENT = "agreement", "Agreement", "契約締結"
    PETITION = "petition", "Petition", "申立て"
    TRANSFER = "transfer", "Transfer", "譲渡"
    LAW_EFFECTIVE = "law_effective", "Law Effective", "法令施行"
    ACQUISITION = "acquisition", "Acquisition", "買収"
    DEFAULT = "default_event", "Default", "債務不履行"
    SPLIT = "split", "Split", "株式分割"
    OTHER = "other", "Other", "その他"


class EventStatus(Enumeration):
    """How far an event has come."""

    COMPLETED = "completed", "Completed", "完了"
    PLANNED = "planned", "Planned", "予定"
    PROPOSED = "proposed", "Proposed", "提案"
    CONSIDERED = "considered", "Considered", "検討中"


@report_item(
    label="Corporate Event",
    label_ja="会社に関する事象",
    documentation="Something that happened on a day, or in a month whose day is not stated.",
    documentation_ja="特定の日、又は日の記載のない特定の月に生じた事象。",
)
class CorporateEvent(ReportItem):
    """An event, named shortly by ``event``, on a day or in a month. No day is made up where only the month is known."""

    event: str = dimension("Event", label="Event", label_ja="事象")
    on: dt.date | Month = period(
        option(
            "EventDate",
            of=dt.date,
            label="Event, Date",
            label_ja="事象の日",
            documentation="Day of the event.",
            documentation_ja="事象が生じた日。",
        ),
        option(
            "EventMonth",
            of=Month,
            label="Event, Month",
            label_ja="事象の月",
            documentation="Month of the event, where its day is not stated.",
            documentation_ja="日の記載がない場合における、事象が生じた月。",
        ),
    )
    kind: EventKind | None = concept(
        "EventKind",
        label="Event, Kind",
        label_ja="事象の種類",
        documentation="What sort of event it is.",
        default=None,
    )
    status: EventStatus | None = concept(
        "EventStatus",
        label="Event, Status",
        label_ja="事象の状況",
        documentation="Whether the event has happened, or is planned or considered.",
        default=None,
    )
    parties: tuple[str, ...] = concept(
        "EventParties",
        label="Event, Parties",
        label_ja="事象の当事者",
        documentation="Who takes part in the event, one party a line, with its role where stated.",
        default=(),
    )
    outcome: str | None = concept(
        "EventOutcome",
        label="Event, Outcome",
        label_ja="事象の結果",
        documentation="What the event led to.",
        default=None,
    )
    amount: Money | Unknown | None = concept(
        "EventAmount",
        label="Event, Amount",
        label_ja="事象に係る金額",
        documentation="Amount of money that the event involves.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        if not self.event.strip():
            yield problem("exporter:emptyText", "an event has a name", "event")


@report_item(
    label="Director Appointment",
    label_ja="指名による取締役の選任",
    documentation="Persons whom a shareholder nominated and who were appointed on a day.",
    documentation_ja="株主が指名し、特定の日に選任された者。",
)
class DirectorAppointment(ReportItem):
    """How many persons nominated by one holder were appointed to one position, on a day or in a month.

    Counts for a director's further position (executive vice president) are of the same persons, not additional ones.
    """

    holder: EntityRef = dimension("NominatingShareholder", label="Nominating Shareholder", label_ja="指名した株主")
    position: Position = dimension("Position", label="Position", label_ja="役職")
    on: dt.date | Month = period()
    count: int = concept(
        "NumberOfNominatedDirectorsAppointed",
        type="nonNegativeIntegerItemType",
        label="Number of Nominated Directors Appointed",
        label_ja="指名された取締役の選任人数",
        documentation="Number of persons nominated by the shareholder and appointed to the position.",
        documentation_ja="当該株主が指名し、当該役職に選任された人数。",
    )
    names: tuple[str, ...] = concept(
        "NominatedDirectorsAppointedNames",
        label="Nominated Directors Appointed, Names",
        label_ja="指名され選任された取締役の氏名",
        documentation="Names of the persons appointed, one a line.",
        default=(),
    )
    meeting: str | None = concept(
        "NominatedDirectorsAppointedMeeting",
        label="Nominated Directors Appointed, Meeting",
        label_ja="選任した会議",
        documentation="Meeting that appointed the persons.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negative({"count": self.count})
        if self.names and len(self.names) > self.count:
            yield problem(
                "exporter:subsetAboveTotal", f"{len(self.names)} names for {self.count} persons", "names", "count"
            )
