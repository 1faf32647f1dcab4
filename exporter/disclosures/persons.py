"""Persons, their positions in a company, and their roles in a report (Items 6.A and 3.D)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.items.check import problem
from exporter.items.declare import ReportItem, concept, concept_choice, dimension, option, period, report_item
from exporter.items.values import Month, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.model.period import Duration


class BoardType(Enumeration):
    """The body that a person belongs to."""

    BOARD_OF_DIRECTORS = "board_of_directors", "Board of Directors"
    BOARD_OF_STATUTORY_AUDITORS = "board_of_statutory_auditors", "Board of Statutory Auditors"
    EXECUTIVE_OFFICERS = "executive_officers", "Executive Officers"
    NONE = "no_board", "No Board"


@report_item(
    label="Person Role",
    documentation="The titles that a person has at a company.",
    section="6.A",
)
class PersonRole(ReportItem):
    """A person, or a body of persons as stated ("executive officers"), and the titles held at one company."""

    person: str = dimension("Person", label="Person")
    over: Duration = period()
    titles: tuple[str, ...] = concept(
        "PersonTitles",
        label="Person, Titles",
        documentation="Titles of the person at the company.",
        default=(),
    )
    company: str | None = dimension("PersonCompany", label="Person, Company", default=None)
    board: BoardType | None = concept(
        "PersonBoard",
        label="Person, Board",
        documentation="Body of the company that the person belongs to.",
        default=None,
    )
    since: dt.date | Month | None = concept_choice(
        option(
            "PersonRoleStartDate",
            of=dt.date,
            label="Person Role, Start Date",
            documentation="Day since which the person has had the titles.",
        ),
        option(
            "PersonRoleStartMonth",
            of=Month,
            label="Person Role, Start Month",
            documentation="Month since which the person has had the titles.",
        ),
        default=None,
    )
    until: dt.date | Month | None = concept_choice(
        option(
            "PersonRoleEndDate",
            of=dt.date,
            label="Person Role, End Date",
            documentation="Day on which the person gave up the titles.",
        ),
        option(
            "PersonRoleEndMonth",
            of=Month,
            label="Person Role, End Month",
            documentation="Month in which the person gave up the titles.",
        ),
        default=None,
    )
    nominated_by: str | None = concept(
        "PersonNominatedBy",
        label="Person, Nominated By",
        documentation="Shareholder that nominated the person.",
        default=None,
    )
    noncompetition: bool | Unknown | None = concept(
        "PersonNoncompetitionAgreementIndicator",
        label="Person, Noncompetition Agreement, Indicator",
        documentation="Whether an employment or noncompetition agreement binds the person.",
        default=None,
    )
    birth_year: int | None = concept(
        "PersonBirthYear",
        type="gYearItemType",
        label="Person, Birth Year",
        documentation="Year in which the person was born.",
        default=None,
    )

    def check(self) -> Iterator[Finding]:
        yield from self._check_person()
        yield from self._check_dates()
        yield from self._check_company()

    def _check_person(self) -> Iterator[Finding]:
        if not self.person.strip():
            yield problem("exporter:emptyText", "a person has a name", "person")
        if self.birth_year is not None and not 1 <= self.birth_year <= 9999:
            yield problem("exporter:yearOutOfRange", f"{self.birth_year} is no year of birth", "birth_year")

    def _check_dates(self) -> Iterator[Finding]:
        if self.since is None or self.until is None:
            return
        start = self.since.first_day if isinstance(self.since, Month) else self.since
        end = self.until.last_day if isinstance(self.until, Month) else self.until
        if end < start:
            yield problem(
                "exporter:endBeforeStart", f"the role ends in {self.until}, before it starts in {self.since}", "until"
            )

    def _check_company(self) -> Iterator[Finding]:
        if self.titles and self.company is None:
            yield problem(
                "exporter:titleWithoutCompany",
                f"the titles of {self.person} are given without the company",
                "company",
                fix="name the company, the registrant itself too",
                warning=True,
            )


class Position(Enumeration):
    """A position that persons are nominated for or appointed to."""

    DIRECTOR = "director", "Director"
    STATUTORY_AUDITOR = "statutory_auditor", "Statutory Auditor"
    DIRECTOR_OR_STATUTORY_AUDITOR = "director_or_statutory_auditor", "Director or Statutory Auditor"
    REPRESENTATIVE_DIRECTOR = "representative_director", "Representative Director"
    CHAIRMAN = "chairman", "Chairman"
    PRESIDENT = "president", "President"
    CHIEF_EXECUTIVE_OFFICER = "chief_executive_officer", "Chief Executive Officer"
    CHIEF_FINANCIAL_OFFICER = "chief_financial_officer", "Chief Financial Officer"
    EXECUTIVE_VICE_PRESIDENT = "executive_vice_president", "Executive Vice President"
    EXECUTIVE_OFFICER = "executive_officer", "Executive Officer"
    OTHER = "other", "Other"


# Positions whose holders need not be among the directors.
NO_DIRECTORS: Final = frozenset({Position.STATUTORY_AUDITOR, Position.DIRECTOR_OR_STATUTORY_AUDITOR, Position.OTHER})
