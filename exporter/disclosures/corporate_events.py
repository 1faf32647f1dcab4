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
from exporter.model.period import Duration


class EventKind(Enumeration):
    """What happened."""

    APPOINTMENT = "appointment", "Appointment"
    SHARE_PURCHASE = "share_purchase", "Share Purchase"
    AGREEMENT = "agreement", "Agreement"
    PETITION = "petition", "Petition"
    TRANSFER = "transfer", "Transfer"
    LAW_EFFECTIVE = "law_effective", "Law Effective"
    ACQUISITION = "acquisition", "Acquisition"
    DEFAULT = "default_event", "Default"
    SPLIT = "split", "Split"
    OTHER = "other", "Other"


class EventStatus(Enumeration):
    """How far an event has come."""

    COMPLETED = "completed", "Completed"
    PLANNED = "planned", "Planned"
    PROPOSED = "proposed", "Proposed"
    CONSIDERED = "considered", "Considered"


@report_item(
    label="Corporate Event",
    documentation="Something that happened, or may happen, on a day, in a month or in a longer period.",
    section="4.A",
)
class CorporateEvent(ReportItem):
    """An event, named shortly by ``event``, on a day or in a month.

    No day is made up where only the month is known, and no date where only a year is, or nothing: such an event has the
    period in which it falls, or that the report covers.
    """

    event: str = dimension("Event", label="Event")
    on: dt.date | Month | Duration = period(
        option(
            "EventDate",
            of=dt.date,
            label="Event, Date",
            documentation="Day of the event.",
        ),
        option(
            "EventMonth",
            of=Month,
            label="Event, Month",
            documentation="Month of the event, where its day is not stated.",
        ),
    )
    kind: EventKind | None = concept(
        "EventKind",
        label="Event, Kind",
        documentation="What sort of event it is.",
        default=None,
    )
    status: EventStatus | None = concept(
        "EventStatus",
        label="Event, Status",
        documentation="Whether the event has happened, or is planned or considered.",
        default=None,
    )
    parties: tuple[str, ...] = concept(
        "EventParties",
        label="Event, Parties",
        documentation="Who takes part in the event, with the role where stated.",
        default=(),
    )
    outcome: str | None = concept(
        "EventOutcome",
        label="Event, Outcome",
        documentation="What the event led to.",
        default=None,
    )
    amount: Money | Unknown | None = concept(
        "EventAmount",
        label="Event, Amount",
        documentation="Amount of money that the event involves.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        if not self.event.strip():
            yield problem("exporter:emptyText", "an event has a name", "event")


@report_item(
    label="Director Appointment",
    documentation="Persons whom a shareholder nominated and who were appointed on a day.",
    section="6.C",
)
class DirectorAppointment(ReportItem):
    """How many persons nominated by one holder were appointed to one position, on a day or in a month.

    Counts for a director's further position (executive vice president) are of the same persons, not additional ones.
    """

    holder: EntityRef = dimension("NominatingShareholder", label="Nominating Shareholder")
    position: Position = dimension("Position", label="Position")
    on: dt.date | Month = period()
    count: int = concept(
        "NumberOfNominatedDirectorsAppointed",
        type="nonNegativeIntegerItemType",
        label="Number of Nominated Directors Appointed",
        documentation="Number of persons nominated by the shareholder and appointed to the position.",
    )
    names: tuple[str, ...] = concept(
        "NominatedDirectorsAppointedNames",
        label="Nominated Directors Appointed, Names",
        documentation="Names of the persons appointed.",
        default=(),
    )
    meeting: str | None = concept(
        "NominatedDirectorsAppointedMeeting",
        label="Nominated Directors Appointed, Meeting",
        documentation="Meeting that appointed the persons.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negative({"count": self.count})
        if self.names and len(self.names) > self.count:
            yield problem(
                "exporter:subsetAboveTotal", f"{len(self.names)} names for {self.count} persons", "names", "count"
            )
