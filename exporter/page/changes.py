"""What has changed from one filing to another, as rows in words and as a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import BinaryIO, Final

from attrs import field, frozen

from exporter.model.changes import FigureChange, PeriodComparison, Status
from exporter.model.qname import QName
from exporter.page.review import render_page
from exporter.page.review_tables import TableMaker, signed
from exporter.page.words import PageLanguage

_ENGLISH: Final = PageLanguage.single("en")
_TITLES: Final[Mapping[Status, str]] = {
    "restated": "Restated: the same period, another figure",
    "changed": "Changed",
    "new": "New",
    "gone": "No longer reported",
    "unchanged": "Unchanged",
}


@frozen(kw_only=True)
class ChangedFigure:
    """A figure before and after, in words; ``change`` has its numbers."""

    change: FigureChange
    label: str
    members: str
    period: str
    unit: str
    before: str
    after: str
    difference: str
    percent: str
    is_number: bool

    @property
    def status(self) -> Status:
        """What has become of the figure."""
        return self.change.status

    @property
    def numbers(self) -> tuple[Decimal | None, Decimal | None]:
        """The figures before and after, where they are finite numbers."""
        facts = (self.change.before, self.change.after)
        numbers = [None if fact is None or not self.is_number else fact.number for fact in facts]
        before, after = (number if number is not None and number.is_finite() else None for number in numbers)
        return before, after


@frozen(kw_only=True)
class ChangeList:
    """What has changed: those restated first, then the figures in the order of the later filing."""

    title: str
    before_name: str
    after_name: str
    before_end: str
    after_end: str
    figures: tuple[ChangedFigure, ...]
    counts: Mapping[str, int] = field(factory=dict)
    remarks: tuple[str, ...] = ()


def change_list(
    comparison: PeriodComparison,
    labels: Callable[[QName, str | None], str | None],
    *,
    title: str,
    before_name: str,
    after_name: str,
) -> ChangeList:
    """A comparison in words; ``labels`` are those of the later filing's concepts."""
    makers = TableMaker(comparison.before, labels, set()), TableMaker(comparison.after, labels, set())
    calendar = comparison.calendar
    remarks = []
    if calendar.is_week_based:
        remarks.append("Fiscal years of 52 and 53 weeks are compared as they are: a week more is not taken out.")
    if calendar.months == 0:
        remarks.append("Both are of one reporting period: figures are compared with those of the same days.")
    return ChangeList(
        title=title,
        before_name=before_name,
        after_name=after_name,
        before_end=_ENGLISH.date(calendar.last_end),
        after_end=_ENGLISH.date(calendar.next_end),
        figures=tuple(_figure(change, makers) for change in (*comparison.restated, *comparison.figures)),
        counts=comparison.counts(),
        remarks=tuple(remarks),
    )


def _figure(change: FigureChange, makers: tuple[TableMaker, TableMaker]) -> ChangedFigure:
    fact, maker = change.fact, makers[change.after is not None]
    before, after = (
        "" if side is None else side_maker.short_text(side)
        for side, side_maker in zip((change.before, change.after), makers, strict=True)
    )
    return ChangedFigure(
        change=change,
        label=maker.label(fact.concept),
        members=maker.members(fact.dimensions),
        period=_ENGLISH.moment(fact.period),
        unit=_ENGLISH.unit(fact.unit),
        before=before,
        after=after,
        difference="" if change.difference is None or not fact.looks_numeric else signed(change.difference),
        percent="" if change.percent is None or not fact.looks_numeric else f"{signed(change.percent)}%",
        is_number=maker.report.vocabulary.is_numeric(fact),
    )


def write_changes(changes: ChangeList, stream: BinaryIO) -> None:
    """Write the page of what has changed; the same changes give the same bytes."""
    by_status = {status: [figure for figure in changes.figures if figure.status == status] for status in _TITLES}
    sections = [(status, _TITLES[status], figures) for status, figures in by_status.items() if figures]
    stream.write(render_page("changes.html", changes=changes, sections=sections))
