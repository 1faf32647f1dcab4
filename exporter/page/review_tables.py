"""Facts of a subject as tables: a line for each concept and member, a column for each period, and what has changed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from html import unescape
from typing import Final

from attrs import evolve, field, frozen

from exporter.findings import truncated
from exporter.items.declarations import words
from exporter.model.changes import difference, percent
from exporter.model.dimensions import Dimension, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.fiscal_calendar import months_of
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.page.report_page import common_scale
from exporter.page.review import FigureCell, ReviewRow, ReviewSubject, ReviewTable, RowGroup
from exporter.page.words import PageLanguage
from exporter.taxonomy.concepts import PERIOD_END, PERIOD_START

Labels = Callable[[QName, str | None], str | None]
"""The label of a name in a role (``None``: the standard one), where there is one."""
_MOST_PERIODS: Final = 8
_LONG: Final = 24  # characters
_LONGEST_TEXT: Final = 400  # characters of a value beside others
SAME: Final = "="
_LARGE: Final = 10  # per cent
_MARKUP: Final = re.compile(r"</[A-Za-z][A-Za-z0-9]*\s*>|<[A-Za-z][^<>]*/>")
_KIND: Final = re.compile(r"(?<=.) \[(?:[A-Z][a-z]+ ?)+\]$")  # what only machines need of a label: [Text Block]
_TAG: Final = re.compile(r"<[^<>]*>")
_BLOCK: Final = re.compile(r"</?(?:p|div|tr|li|h[1-6]|br|table)\b[^<>]*>", re.IGNORECASE)
_ENGLISH: Final = PageLanguage.single("en")
_Members = tuple[Dimension, ...]


@frozen
class PresentedConcept:
    """A concept where a presentation has it; ``is_heading`` of one that has no facts."""

    name: QName
    depth: int
    label_role: str | None = None
    is_heading: bool = False


@frozen(eq=False)
class TableMaker:
    """Makes tables of facts, which it names by their number in the report.

    ``seen`` are the facts that stand somewhere already: a figure is linked to where it stands first.
    """

    report: Report
    labels: Labels
    seen: set[int]

    def subject(
        self, id: str, title: str, numbers: Sequence[int], presentation: Sequence[PresentedConcept]
    ) -> ReviewSubject:
        """The tables of a subject: years first, then shorter periods, then dates."""
        facts = self.report.facts
        names = dict.fromkeys(facts[number].concept for number in numbers)
        if not presentation:
            presentation = [PresentedConcept(name, 0) for name in names]
        by_length: dict[int, list[int]] = defaultdict(list)
        for number in numbers:
            by_length[_length(facts[number].period)].append(number)
        balances = self._balances(numbers, presentation) if any(by_length) else {}
        tables: list[ReviewTable] = []
        placed: set[int] = set()
        for length in sorted(by_length, reverse=True):
            of_length = [number for number in by_length[length] if number not in placed]
            periods = sorted({facts[number].period for number in of_length}, key=_recency, reverse=True)
            pieces = -(-len(periods) // _MOST_PERIODS)
            size = -(-len(periods) // max(1, pieces))
            for start in range(0, len(periods), max(1, size)):
                table = _PeriodTable(self, of_length, periods[start : start + size], presentation, balances)
                tables.append(table.made())
                placed |= table.balances_used
        return ReviewSubject(id=id, title=title, tables=tuple(tables))

    def _balances(
        self, numbers: Iterable[int], presentation: Iterable[PresentedConcept]
    ) -> dict[tuple[QName, _Members, str], int]:
        """The facts at the beginning or end of a period that stand in its column, as cash does in cash flows."""
        roles = (PERIOD_START, PERIOD_END)
        carried = {presented.name for presented in presentation if presented.label_role in roles}
        facts = ((number, self.report.facts[number]) for number in numbers)
        return {
            (fact.concept, fact.dimensions, fact.period.moment): number
            for number, fact in facts
            if fact.concept in carried and isinstance(fact.period, Instant)
        }

    def label(self, name: QName, role: str | None = None) -> str:
        """A label in a role, else the standard one, else the words of the name."""
        text = (role and self.labels(name, role)) or self.labels(name, None) or words(name.local_name)
        return _KIND.sub("", text)

    def members(self, dimensions: _Members) -> str:
        """Axes with their members, in words."""
        return " · ".join(f"{self.label(dimension.axis)}: {self.member(dimension)}" for dimension in dimensions)

    def member(self, dimension: Dimension) -> str:
        """The member of a dimension, in words."""
        return self.label(dimension.member) if isinstance(dimension, ExplicitDimension) else dimension.value or "none"

    def text(self, fact: Fact, scale: int = 0, *, is_turned: bool = False) -> str:
        """What a fact reports, in words: digits in groups, per cent, the labels of choices."""
        if fact.value is None:
            return "not stated"
        datatype = self.report.vocabulary.datatypes.get(fact.concept)
        if self.report.vocabulary.is_numeric(fact):
            number = fact.number
            if number is None or not number.is_finite():
                return fact.value
            number = -number if is_turned else number
            if datatype is not None and datatype.is_percent:
                return f"{grouped(number.scaleb(2))}%"
            return scaled(number, scale)
        if datatype is not None and datatype.is_enumeration and "#" in fact.value:
            parts = (member.rpartition("#") for member in fact.value.split(" "))
            return ", ".join(self.label(QName(namespace, local_name)) for namespace, _, local_name in parts)
        if datatype is not None and datatype.base == "boolean":
            return {"true": "Yes", "false": "No"}.get(fact.value, fact.value)
        return text_of_markup(fact.value) if _MARKUP.search(fact.value) else fact.value

    def short_text(self, fact: Fact) -> str:
        """What a fact reports, in words and cut: for a place beside other figures."""
        return truncated(self.text(fact), _LONGEST_TEXT)


def text_of_markup(content: str) -> str:
    """The text of markup, as of a text block or a footnote; a line for each of its blocks."""
    lines = (" ".join(line.split()) for line in unescape(_TAG.sub("", _BLOCK.sub("\n", content))).splitlines())
    return "\n".join(line for line in lines if line)


def grouped(number: Decimal) -> str:
    """A number in digits with commas, a minus sign before negative ones."""
    return f"{number:,f}".replace("-", "\u2212")


@frozen(eq=False)
class _PeriodTable:
    """A table in the making: some facts, of them those of some periods."""

    maker: TableMaker
    numbers: Sequence[int]
    periods: Sequence[Period]
    presentation: Sequence[PresentedConcept]
    balances: dict[tuple[QName, _Members, str], int]
    balances_used: set[int] = field(factory=set)

    def made(self) -> ReviewTable:
        """The table, with a column of changes where it has more than one period."""
        facts = self.maker.report.facts
        columns = {period: at for at, period in enumerate(self.periods)}
        lines: dict[_Members, dict[QName, dict[Unit | None, list[list[int]]]]] = {}
        for number in self.numbers:
            fact = facts[number]
            if fact.period in columns:
                of_concept = lines.setdefault(fact.dimensions, {}).setdefault(fact.concept, {})
                cells = of_concept.setdefault(fact.unit, [[] for _ in self.periods])
                cells[columns[fact.period]].append(number)
        used = [facts[n] for of in lines.values() for u in of.values() for c in u.values() for col in c for n in col]
        units = {fact.unit for fact in used if self.maker.report.vocabulary.is_numeric(fact)}
        unit = next(iter(units)) if len(units) == 1 else None
        scales = {unit: self._scale(used, unit) for unit in units}
        groups = [
            RowGroup(self.maker.members(members), tuple(self._rows(members, of_concept, scales, len(units) > 1)))
            for members, of_concept in sorted(lines.items(), key=lambda entry: bool(entry[0]))
        ]
        heads = tuple(_ENGLISH.moment(period) for period in self.periods)
        measure = _ENGLISH.measure(scales[unit], unit) if unit is not None else ""
        has_change = any(row.difference for group in groups for row in group.rows)
        return ReviewTable(
            heads=heads,
            groups=tuple(groups),
            measure=measure,
            change="Change" if has_change else "",
        )

    def _scale(self, facts: Iterable[Fact], unit: Unit | None) -> int:
        return common_scale([fact for fact in facts if fact.unit == unit], unit)

    def _rows(
        self,
        members: _Members,
        lines: dict[QName, dict[Unit | None, list[list[int]]]],
        scales: dict[Unit | None, int],
        with_units: bool,
    ) -> Iterator[ReviewRow]:
        """The lines of one member, in the order of the presentation, with the headings that have lines below them."""
        headings: list[PresentedConcept] = []
        placed: set[QName] = set()
        depths = [presented.depth for presented in self.presentation if presented.name in lines]
        least = min(depths, default=0)
        for presented in self.presentation:
            headings = [heading for heading in headings if heading.depth < presented.depth]
            if presented.is_heading:
                headings.append(presented)
                continue
            carried = self._carried(members, presented)
            by_unit = {self._unit(carried): carried} if carried else lines.get(presented.name, {})
            if not by_unit or (presented.name in placed and not carried):
                continue
            placed.add(presented.name)
            for heading in headings:
                if heading.depth >= least:
                    label = self.maker.label(heading.name)
                    yield ReviewRow(label=label, depth=heading.depth - least, is_heading=True)
            headings = []
            for unit, cells in by_unit.items():
                yield self._row(presented, cells, unit, scales.get(unit, 0), least, with_units)

    def _carried(self, members: _Members, presented: PresentedConcept) -> list[list[int]]:
        """The balances that stand in the columns of the periods which they begin or end."""
        if presented.label_role not in (PERIOD_START, PERIOD_END):
            return []
        cells: list[list[int]] = []
        for period in self.periods:
            if not isinstance(period, Duration):
                return []
            moment = period.start if presented.label_role == PERIOD_START else period.end
            number = self.balances.get((presented.name, members, moment))
            cells.append([] if number is None else [number])
        numbers = [number for cell in cells for number in cell]
        self.balances_used.update(numbers)
        return cells if numbers else []

    def _unit(self, cells: Iterable[Sequence[int]]) -> Unit | None:
        return next(self.maker.report.facts[number].unit for numbers in cells for number in numbers)

    def _row(
        self,
        presented: PresentedConcept,
        cells: Sequence[Sequence[int]],
        unit: Unit | None,
        scale: int,
        least: int,
        with_units: bool,
    ) -> ReviewRow:
        facts = self.maker.report.facts
        is_turned = presented.label_role is not None and presented.label_role.rpartition("/")[2].startswith("negated")
        first = next(number for numbers in cells for number in numbers)
        is_number = self.maker.report.vocabulary.is_numeric(facts[first])
        columns = [self._cells(numbers, scale, is_turned=is_turned) for numbers in cells]
        change, share, is_large = self._change(cells, scale, is_turned=is_turned) if is_number else ("", "", False)
        return ReviewRow(
            label=self.maker.label(presented.name, presented.label_role),
            concept=str(facts[first].concept),
            depth=max(0, presented.depth - least),
            unit=_ENGLISH.measure(scale, unit) if with_units and unit is not None else "",
            cells=tuple(_without_repeats(columns) if not is_number else columns),
            difference=change,
            percent=share,
            is_number=is_number,
            is_large=is_large,
        )

    def _cells(self, numbers: Iterable[int], scale: int, *, is_turned: bool) -> tuple[FigureCell, ...]:
        cells: list[FigureCell] = []
        for number in numbers:
            text = self.maker.text(self.maker.report.facts[number], scale, is_turned=is_turned)
            if cells and text == cells[0].text:
                text = SAME  # a fact that is there several times, as those of several statements are
            cells.append(FigureCell(number, text, number not in self.maker.seen))
            self.maker.seen.add(number)
        return tuple(cells)

    def _change(self, cells: Sequence[Sequence[int]], scale: int, *, is_turned: bool) -> tuple[str, str, bool]:
        """How the latest figure differs from the one before it, in figures and per cent; whether by much."""
        if len(cells) < 2 or not (cells[0] and cells[1]):
            return "", "", False
        after, before = (self.maker.report.facts[cells[at][0]] for at in (0, 1))
        changed = difference(before, after)
        if changed is None:
            return "", "", False
        datatype = self.maker.report.vocabulary.datatypes.get(after.concept)
        if datatype is not None and datatype.is_percent:
            return f"{signed(changed.scaleb(2))} pts", "", abs(changed.scaleb(2)) >= _LARGE
        share = percent(before, after)
        amount = -changed if is_turned else changed
        text = "n/m" if share is None else f"{signed(-share if is_turned else share)}%"
        return signed(amount, scale), text, share is None or abs(share) >= _LARGE


def _without_repeats(columns: Sequence[tuple[FigureCell, ...]]) -> Iterator[tuple[FigureCell, ...]]:
    """A line of texts, those that say at length what the column before says cut short."""
    before: list[str] = []
    for cells in columns:
        texts = [cell.text for cell in cells]
        is_repeated = texts == before and sum(map(len, texts)) > _LONG
        yield tuple(evolve(cell, text="same") for cell in cells) if is_repeated else cells
        before = texts or before


def scaled(number: Decimal, scale: int) -> str:
    """A number in units, thousands or millions (``scale``: their power of ten); the digits of units as reported."""
    return grouped(number.scaleb(-scale).normalize() if scale else number)


def signed(number: Decimal, scale: int = 0) -> str:
    """A number with its sign, a plus too; zero has none."""
    text = scaled(abs(number), scale)
    return f"+{text}" if number > 0 else f"\u2212{text}" if number < 0 else text


def _length(period: Period) -> int:
    """The months of a duration; 0 for an instant and for ever."""
    if not isinstance(period, Duration):
        return 0
    return max(1, months_of(period))


def _recency(period: Period) -> tuple[str, str]:
    if isinstance(period, Instant):
        return (period.moment, period.moment)
    return (period.end, period.start) if isinstance(period, Duration) else ("", "")
