"""Errors of time: an instant at the wrong end of a period, a day too many, a year too early."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, Severity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.validation.engine import rule
from exporter.validation.lints.subject import LintSubject, last_day_of

AT_START: Final = "exporter:instantAtPeriodStart"
DAY_OFF: Final = "exporter:dayOff"
FOCUS: Final = "exporter:fiscalYearFocus"
PERIOD_END: Final = "exporter:periodEndNotOver"
YEAR_OFF: Final = "exporter:yearOff"

_DAY: Final = dt.timedelta(days=1)
_SHORTEST: Final = 25  # days of a period that figures are reported for


def _instants(subject: LintSubject) -> tuple[Counter[dt.date], dict[dt.date, Fact]]:
    counts: Counter[dt.date] = Counter()
    first: dict[dt.date, Fact] = {}
    for fact in subject.report.facts:
        if isinstance(fact.period, Instant):
            counts[fact.period.date] += 1
            first.setdefault(fact.period.date, fact)
    return counts, first


def _durations(subject: LintSubject) -> tuple[Counter[tuple[dt.date, dt.date]], dict[tuple[dt.date, dt.date], Fact]]:
    counts: Counter[tuple[dt.date, dt.date]] = Counter()
    first: dict[tuple[dt.date, dt.date], Fact] = {}
    for fact in subject.report.facts:
        if isinstance(fact.period, Duration):
            days = (fact.period.first_day, fact.period.last_day)
            if (days[1] - days[0]).days >= _SHORTEST:
                counts[days] += 1
                first.setdefault(days, fact)
    return counts, first


@rule(AT_START, severity=Severity.WARNING, needs=("dates",))
def instants_at_start(subject: LintSubject) -> Iterator[Finding]:
    """A balance at the end of a period's first day, where the end of the period before is meant."""
    counts, first = _instants(subject)
    durations, _ = _durations(subject)
    starts = {start for start, _ in durations}
    ends = {end for _, end in durations}
    for day in sorted(counts):
        before = day - _DAY if day > dt.date.min else day
        if day in starts and day not in ends and before != day and counts[before] > counts[day]:
            message = f"{first[day].concept} is stated at the end of {day}, the first day of a period"
            yield subject.finding(
                AT_START, first[day], message, f"an opening balance stands at {before}, the end of the day before"
            )


@rule(DAY_OFF, severity=Severity.WARNING, needs=("dates",))
def days_off(subject: LintSubject) -> Iterator[Finding]:
    """A period that starts or ends a day beside one that is used far more often."""
    counts, first = _durations(subject)
    for days in sorted(counts):
        for offset in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            other = _moved(days, offset)
            if other is not None and counts[other] >= 3 * counts[days]:
                message = (
                    f"{first[days].concept} is stated for {days[0]} to {days[1]}, others for {other[0]} to {other[1]}"
                )
                yield subject.finding(DAY_OFF, first[days], message, "give it the same period, if that is meant")
    instants, at = _instants(subject)
    ends = Counter({end: 0 for _, end in counts})
    for (_, end), number in counts.items():
        ends[end] += number
    for day in sorted(instants):
        after = day + _DAY if day < dt.date.max else day
        if day not in ends and after in ends and instants[after] >= 3 * instants[day] and instants[after] > 2:
            message = f"{at[day].concept} is stated at {day}, the day before a period ends"
            yield subject.finding(DAY_OFF, at[day], message, f"state it at {after}, if that is meant")


def _moved(days: tuple[dt.date, dt.date], offset: tuple[int, int]) -> tuple[dt.date, dt.date] | None:
    try:
        return (days[0] + offset[0] * _DAY, days[1] + offset[1] * _DAY)
    except OverflowError:
        return None


def _document_end(subject: LintSubject) -> tuple[Fact, dt.date] | None:
    for fact in subject.text_of("DocumentPeriodEndDate"):
        try:
            return fact, dt.date.fromisoformat((fact.value or "").strip())
        except ValueError:
            continue
    return None


@rule(FOCUS, severity=Severity.WARNING, needs=("period end",))
def fiscal_year_focus(subject: LintSubject) -> Iterator[Finding]:
    """A fiscal year that is not that of the period's end nor, where it ends early in a year, the one before."""
    document_end = _document_end(subject)
    for fact in subject.text_of("DocumentFiscalYearFocus") if document_end is not None else ():
        end = document_end[1] if document_end is not None else dt.date.min
        allowed = {str(end.year), str(end.year - 1)} if end.month <= 7 else {str(end.year)}
        if (fact.value or "").strip() not in allowed:
            message = f"the fiscal year is {fact.value}, the period ends on {end}"
            yield subject.finding(FOCUS, fact, message, "check the year")


@rule(PERIOD_END, severity=Severity.WARNING, needs=("period end",))
def period_end_differs(subject: LintSubject) -> Iterator[Finding]:
    """A document whose period ends on another day than the facts of its cover page."""
    document_end = _document_end(subject)
    if (
        document_end is not None
        and isinstance(document_end[0].period, Duration)
        and document_end[0].period.last_day != document_end[1]
    ):
        fact, end = document_end
        message = f"the document's period ends on {end}, its cover page is stated for {fact.period}"
        yield subject.finding(PERIOD_END, fact, message, "correct one of them")


@rule(YEAR_OFF, severity=Severity.WARNING, needs=("period end",))
def year_off(subject: LintSubject) -> Iterator[Finding]:
    """A document whose period ends a year beside the period that most amounts are stated for."""
    document_end = _document_end(subject)
    if document_end is None:
        return
    fact, end = document_end
    counts: Counter[dt.date] = Counter()
    for number_fact in subject.numbers:
        day = last_day_of(number_fact.fact)
        if day is not None and number_fact.fact.unit is not None:
            counts[day] += 1
    if sum(counts.values()) < 10 or counts[end]:
        return
    latest, number = counts.most_common(1)[0]
    if number * 5 >= sum(counts.values()) and 350 <= abs((latest - end).days) <= 380:
        message = f"the document's period ends on {end}, most of its figures on {latest}"
        yield subject.finding(YEAR_OFF, fact, message, "check the year")
