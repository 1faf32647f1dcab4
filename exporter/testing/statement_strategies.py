"""Strategies for financial statements: small tables whose columns, rows and sums fit each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from hypothesis import strategies as st

from exporter.disclosures.statements.layout import Statement, StatementColumn, StatementKind, StatementRow
from exporter.model.period import Duration, Instant

_WORDS: Final = ("Goods", "Rent", "Wages", "Taxes", "Tools", "Bonds", "Notes", "Land")
_COMPONENTS: Final = ("Common Stock", "Retained Earnings", "Treasury Stock")
_NUMBERS: Final = st.integers(-9_999_999, 9_999_999)


@st.composite
def statements(draw: st.DrawFn, cls: type[Statement]) -> Any:
    """Statements of a class: one to three columns, some rows, and the row that is their sum."""
    width = draw(st.integers(1, 3))
    columns = _columns(cls.kind, draw(st.integers(2001, 2030)), width)
    labels = draw(st.lists(st.sampled_from(_WORDS), min_size=2, max_size=5, unique=True))
    numbers = [draw(st.lists(_NUMBERS, min_size=width, max_size=width)) for _ in labels]
    if cls.kind is StatementKind.EQUITY:
        opening = draw(st.lists(_NUMBERS, min_size=width, max_size=width))
        rows = _changes(labels, numbers, opening)
    else:
        rows = _summed(labels, numbers)
    return cls(
        title=draw(st.sampled_from(("Consolidated", "Separate", "Condensed"))),
        columns=columns,
        rows=rows,
        currency=draw(st.sampled_from((None, "JPY", "USD"))),
        scale=draw(st.sampled_from((0, 3, 6))),
    )


def _columns(kind: StatementKind, year: int, width: int) -> tuple[StatementColumn, ...]:
    """Dates, years, or for changes in equity one year in its components."""
    if kind is StatementKind.EQUITY:
        members = [{"Equity Component": name} for name in _COMPONENTS[:width]]
        return tuple(StatementColumn(period=_year(year), members=pairs) for pairs in members)
    at_instants = kind is StatementKind.BALANCE_SHEET
    periods = (_year(year - before) for before in range(width))
    return tuple(
        StatementColumn(period=Instant(dt.date(year - before, 12, 31)) if at_instants else period)
        for before, period in enumerate(periods)
    )


def _year(year: int) -> Duration:
    return Duration(dt.date(year, 1, 1), dt.date(year, 12, 31))


def _summed(labels: Sequence[str], numbers: Sequence[Sequence[int]]) -> tuple[StatementRow, ...]:
    rows = [_row(label, values) for label, values in zip(labels, numbers, strict=True)]
    return (*rows, _row("Total of all", _sums(numbers), total=True, sum_of=labels))


def _changes(
    labels: Sequence[str], numbers: Sequence[Sequence[int]], opening: Sequence[int]
) -> tuple[StatementRow, ...]:
    changes = [_row(label, values) for label, values in zip(labels, numbers, strict=True)]
    closing = _sums([opening, *numbers])
    return (
        _row("Opening balance", opening, concept="Equity", at="start"),
        *changes,
        _row("Closing balance", closing, concept="Equity", at="end"),
    )


def _row(label: str, values: Sequence[int], **more: Any) -> StatementRow:
    return StatementRow(label=label, values=map(_printed, values), balance="credit", **more)


def _sums(numbers: Sequence[Sequence[int]]) -> list[int]:
    return [sum(column) for column in zip(*numbers, strict=True)]


def _printed(value: int) -> str:
    return "—" if value == 0 else f"({-value:,})" if value < 0 else f"{value:,}"
