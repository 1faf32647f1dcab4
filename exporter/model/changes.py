"""What a filing says against the one before: each figure beside the same figure of the period before.

Facts are the same figure where concept, dimensions, unit and language agree and the periods lie alike to the ends of
their reporting periods. Names agree whatever the year in their namespace: taxonomies have a new one every year.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from attrs import frozen

from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.fiscal_calendar import FiscalCalendar, relative_period
from exporter.model.period import Duration, Forever, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report

Status: TypeAlias = Literal["changed", "unchanged", "new", "gone", "restated"]
_YEAR_IN_NAME: Final = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?:-?[01][0-9]-?[0-3][0-9])?(?![0-9])")
_MEMBER: Final = re.compile(r"[a-z]+:[^\s#]+#\S+")  # in the value of an enumeration: a name with its namespace
_PERIOD_END: Final = "DocumentPeriodEndDate"
_TENTH: Final = Decimal("0.1")
_Key: TypeAlias = tuple[object, ...]


@frozen
class FigureChange:
    """A figure before and after; one side is ``None`` where a figure is new or gone.

    ``is_restated`` says that both are of one and the same period, and that the later filing says otherwise.
    """

    before: Fact | None
    after: Fact | None
    is_restated: bool = False

    @property
    def fact(self) -> Fact:
        """The later of the two, or the one there is."""
        fact = self.after or self.before
        assert fact is not None
        return fact

    @property
    def status(self) -> Status:
        """What has become of the figure."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        if self.is_restated:
            return "restated"
        return "unchanged" if same_value(self.before, self.after) else "changed"

    @property
    def difference(self) -> Decimal | None:
        """By how much; ``None`` where one of the two is no number."""
        return None if self.before is None or self.after is None else difference(self.before, self.after)

    @property
    def percent(self) -> Decimal | None:
        """By how many per cent of the earlier figure, to a tenth."""
        return None if self.before is None or self.after is None else percent(self.before, self.after)


def difference(before: Fact, after: Fact) -> Decimal | None:
    """By how much a figure has changed; ``None`` where one of the two is no finite number."""
    first, second = before.number, after.number
    if first is None or second is None or not (first.is_finite() and second.is_finite()):
        return None
    return second - first


def percent(before: Fact, after: Fact) -> Decimal | None:
    """By how many per cent a figure has changed, to a tenth.

    ``None`` where that says nothing: the earlier figure is zero, or a profit has become a loss.
    """
    first, second, change = before.number, after.number, difference(before, after)
    if not first or second is None or change is None or (first < 0) != (second < 0 or (second == 0 and first < 0)):
        return None
    return (change / abs(first) * 100).quantize(_TENTH)


def same_value(before: Fact, after: Fact) -> bool:
    """Whether two facts say the same; numbers compare as numbers, whatever their accuracy."""
    if before.looks_numeric and before.number is not None:
        return before.number == after.number
    members = (before.value or "").split()
    if members and all(map(_MEMBER.fullmatch, members)):
        return _undated(before.value or "") == _undated(after.value or "")
    return before.value == after.value


@frozen(kw_only=True)
class PeriodComparison:
    """Two filings side by side: the figures in the order of the later one, then those that are gone."""

    before: Report
    after: Report
    calendar: FiscalCalendar
    figures: tuple[FigureChange, ...]
    restated: tuple[FigureChange, ...]

    def counts(self) -> dict[str, int]:
        """How many figures changed, stayed, are new, are gone; how many are restated."""
        counted = Counter(change.status for change in (*self.figures, *self.restated))
        statuses: tuple[Status, ...] = ("changed", "unchanged", "new", "gone", "restated")
        return {status: counted[status] for status in statuses}


def compare_periods(
    before: Report,
    after: Report,
    *,
    before_end: dt.date | None = None,
    after_end: dt.date | None = None,
) -> PeriodComparison:
    """Each figure of a report beside the same figure of an earlier one.

    Args:
        before: the earlier report.
        after: the later one; of the same reporting period it is another draft, and figures compare as they are.
        before_end: the end of the earlier reporting period; left out, what the report says of it.
        after_end: the end of the later one.
    """
    calendar = FiscalCalendar(before_end or reporting_end(before), after_end or reporting_end(after))
    pairs = _Pairs(before.facts, calendar)
    figures = [FigureChange(pairs.take(fact), fact) for fact in after.facts]
    for at, change in enumerate(figures):
        if change.before is None:
            figures[at] = FigureChange(pairs.take_near(change.fact), change.after)
    figures += [FigureChange(fact, None) for fact in pairs.rest()]
    restated = () if calendar.months == 0 else tuple(_restated(before.facts, after.facts))
    return PeriodComparison(before=before, after=after, calendar=calendar, figures=tuple(figures), restated=restated)


def reporting_end(report: Report) -> dt.date:
    """The end of the period that a report is for: what it says of it, else the last day of most of its durations.

    A report without durations ends with the latest of its instants.
    """
    for fact in report.facts:
        if fact.concept.local_name == _PERIOD_END and fact.value:
            try:
                return dt.date.fromisoformat(fact.value)
            except ValueError:
                continue
    ends = Counter(fact.period.last_day for fact in report.facts if isinstance(fact.period, Duration))
    if ends:
        return max(ends, key=lambda day: (ends[day], day))
    return max((fact.period.date for fact in report.facts if isinstance(fact.period, Instant)), default=dt.date.min)


class _Pairs:
    """The facts of the earlier report, each given away once: to its like on the same days, else in the same months."""

    def __init__(self, facts: Iterable[Fact], calendar: FiscalCalendar) -> None:
        self._calendar = calendar
        self._exact: dict[_Key, list[Fact]] = defaultdict(list)
        self._near: dict[_Key, list[Fact]] = defaultdict(list)
        self._waiting: dict[int, Fact] = {}
        for fact in facts:
            key = figure_key(fact)
            self._waiting[id(fact)] = fact
            self._exact[*key, _moved(fact.period, calendar)].append(fact)
            self._near[*key, relative_period(fact.period, calendar.last_end)].append(fact)

    def take(self, after: Fact) -> Fact | None:
        """The fact of the days that those of ``after`` are moved from."""
        return self._taken(self._exact.get((*figure_key(after), after.period), []))

    def take_near(self, after: Fact) -> Fact | None:
        """The first fact left whose period lies alike in months."""
        relative = relative_period(after.period, self._calendar.next_end)
        return self._taken(self._near.get((*figure_key(after), relative), []))

    def _taken(self, candidates: list[Fact]) -> Fact | None:
        for fact in candidates:
            if self._waiting.pop(id(fact), None) is not None:
                return fact
        return None

    def rest(self) -> Iterator[Fact]:
        """What nothing of the later report corresponds to."""
        return iter(self._waiting.values())


def _moved(period: Period, calendar: FiscalCalendar) -> Period:
    return period if isinstance(period, Forever) else calendar.period(period)


def _restated(before: Iterable[Fact], after: Iterable[Fact]) -> Iterator[FigureChange]:
    """The figures of one and the same period that the later report states otherwise."""
    earlier = {(*figure_key(fact), fact.period): fact for fact in before}
    for fact in after:
        known = earlier.get((*figure_key(fact), fact.period))
        if known is not None and fact.looks_numeric and not same_value(known, fact):
            yield FigureChange(known, fact, is_restated=True)


def figure_key(fact: Fact) -> _Key:
    """What makes a fact the same figure from year to year, its period left aside."""
    dimensions = tuple(
        (
            _name(dimension.axis),
            _name(dimension.member) if isinstance(dimension, ExplicitDimension) else dimension.value,
        )
        for dimension in fact.dimensions
    )
    return _name(fact.concept), dimensions, fact.unit, fact.language and fact.language.lower()


def _name(name: QName) -> tuple[str, str]:
    return _undated(name.namespace), name.local_name


def _undated(text: str) -> str:
    return _YEAR_IN_NAME.sub("*", text)
