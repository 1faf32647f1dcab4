"""Statements as people print them, with what they mean known from how they are made."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from exporter import disclosures as d
from exporter.disclosures.statements.layout import StatementColumn, StatementRow
from exporter.model.period import Duration, Instant
from tests.strategies.notes import notes

_WORDS = ("Cash", "Land", "Tools", "Loans", "Stock", "Goods", "Plant", "Bonds", "Notes", "Taxes", "Rent", "Wages")


def printed(value: int) -> str:
    """A number as a table prints it."""
    return "—" if value == 0 else f"({-value:,})" if value < 0 else f"{value:,}"


@st.composite
def groups(draw: st.DrawFn, columns: int) -> list[tuple[str, list[list[int]]]]:
    """Sections with a name and the numbers of their rows, some negative; no two sections or rows look alike."""
    sizes = st.integers(100_000, 9_999_999)
    numbers = st.one_of(sizes, sizes.map(lambda number: -number))
    names = draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4, unique=True))
    return [
        (name, draw(st.lists(st.lists(numbers, min_size=columns, max_size=columns), min_size=2, max_size=5)))
        for name in names
    ]


@st.composite
def sheets(draw: st.DrawFn, *, explicit: bool = False) -> Any:
    """A balance sheet with sections, a total in each and one of all; ``explicit`` lists what the totals are sums of."""
    count = draw(st.integers(2, 3))
    rows: list[StatementRow] = []
    totals: list[tuple[str, list[int]]] = []
    sections = draw(groups(count))
    for name, numbers in sections:
        rows.append(StatementRow(label=f"{name}:", depth=0))
        labels = [f"{name} {number}" for number, _ in enumerate(numbers, start=1)]
        rows += [
            StatementRow(label=label, depth=1, values=map(printed, values), balance="debit")
            for label, values in zip(labels, numbers, strict=True)
        ]
        total = [sum(column) for column in zip(*numbers, strict=True)]
        totals.append((f"Total of {name}", total))
        rows.append(_total(f"Total of {name}", 1, total, labels if explicit else None))
    if len(totals) > 1:
        whole = [sum(column) for column in zip(*(total for _, total in totals), strict=True)]
        rows.append(_total("Total of all", 0, whole, [label for label, _ in totals] if explicit else None))
    columns = [StatementColumn(period=Instant(f"{2020 + number}-12-31")) for number in range(count)]
    return d.BalanceSheet(
        title="Sheet", columns=tuple(columns), rows=tuple(rows), scale=draw(st.sampled_from((0, 3, 6)))
    )


def _total(label: str, depth: int, values: list[int], parts: list[str] | None) -> StatementRow:
    return StatementRow(label=label, depth=depth, values=map(printed, values), balance="debit", sum_of=parts)


@st.composite
def flows(draw: st.DrawFn) -> Any:
    """A schedule of one period, its rows of several units."""
    numbers = draw(st.lists(st.integers(100_000, 999_999), min_size=1, max_size=4, unique=True))
    rows = [
        StatementRow(label=f"Flow {number}", values=(printed(value),), balance="credit")
        for number, value in enumerate(numbers, start=1)
    ]
    rows.append(StatementRow(label="Shares (in shares)", values=("1,234",)))
    rows.append(StatementRow(label="Result per share", values=("1.50",)))
    period = Duration("2020-01-01", "2020-12-31")
    return d.Schedule(title="Flows", columns=(StatementColumn(period=period),), rows=tuple(rows), scale=3)


STATEMENTS: dict[type[Any], st.SearchStrategy[Any]] = {
    d.BalanceSheet: sheets(),
    d.IncomeStatement: st.nothing(),
    d.ComprehensiveIncome: st.nothing(),
    d.CashFlowStatement: st.nothing(),
    d.ChangesInEquity: st.nothing(),
    d.Schedule: flows(),
    d.Note: notes(),
}
"""A strategy for the composed classes; those with nothing are like one that has a strategy."""
