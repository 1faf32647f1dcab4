"""What cannot be right in printed statements: sums, balances carried forward, assets against liabilities and equity.

Each finding names the row and the column and, where the numbers tell, what would settle it: a sign turned, a scale of a
thousand, a value of the column beside it. They are warnings, for a print may leave out what a sum has: amounts that are
reported with members only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from attrs import frozen

from exporter.disclosures.statements.layout import StatementKind
from exporter.disclosures.statements.reading import ReadRow, StatementReading
from exporter.disclosures.statements.sums import find_misprint
from exporter.findings import Finding, Location, Severity, list_text

_ASSETS = ("Assets",)
_SOURCES = ("LiabilitiesAndStockholdersEquity", "EquityAndLiabilities", "LiabilitiesAndNetAssets")


def check_statements(readings: Iterable[StatementReading]) -> Iterator[Finding]:
    """What is wrong with each statement."""
    for reading in readings:
        sums = list(_wrong_sums(reading))
        yield from sums
        # A fault is reported once: what a wrong sum makes of the sides or the closing balance follows from it.
        yield from _unequal_sides(reading)
        if not sums:
            yield from _wrong_balances(reading)


def column_name(reading: StatementReading, column: int) -> str:
    """What findings call a column."""
    given = reading.statement.columns[column]
    return given.label or str(given.period)


def _finding(reading: StatementReading, code: str, message: str, row: ReadRow, column: int, fix: str) -> Finding:
    return Finding(
        code=code,
        message=message,
        severity=Severity.WARNING,
        location=Location(pointer=f"/items/{reading.index}/rows/{row.number}/values/{column}", item=reading.name),
        fix=fix,
    )


def _printed(row: ReadRow) -> dict[int, Decimal]:
    return {cell.column: cell.printed for cell in row.cells}


def _text(row: ReadRow, value: Decimal) -> str:
    """A number as it stands in the row's column: scaled, with commas, negatives in parentheses."""
    scaled = value.scaleb(-row.scale)
    text = f"{abs(scaled):,f}"
    text = text.rstrip("0").rstrip(".") if "." in text and row.attributes.is_monetary else text
    return f"({text})" if scaled < 0 else text


@frozen(eq=False)
class _SumDifference:
    """By how much the rows of a sum exceed it in its columns."""

    row: ReadRow
    differences: Mapping[int, Decimal]


# --- sums -------------------------------------------------------------------------------------------------------------


def _wrong_sums(reading: StatementReading) -> Iterator[Finding]:
    """One finding for each sum that does not add up; none for the sums above a total that is itself misprinted."""
    gaps = {row.number: gap for row in reading.rows if (gap := _gap(reading, row)) is not None}
    parents = reading.parent_of()
    for number, gap in gaps.items():
        printed = dict(gap.row.total.addends) if gap.row.total is not None else {}
        misprinted = [part for part in printed if part in gaps and _is_misprinted(gaps[part], gap, printed[part])]
        if misprinted:
            continue
        above = gaps.get(parents.get(number, -1))
        yield _wrong_sum(reading, gap, is_misprint=above is not None and _explains(gap, above))


def _is_misprinted(part: _SumDifference, total: _SumDifference, sign: int) -> bool:
    """Whether what a part, itself a sum, has to change settles its total; a column where it is blank says nothing."""
    blank = total.differences.keys() - _printed(part.row).keys()
    expected = {column: -value * sign for column, value in total.differences.items() if column not in blank}
    return bool(expected) and all(part.differences.get(column) == value for column, value in expected.items())


def _explains(gap: _SumDifference, above: _SumDifference) -> bool:
    signs = dict(above.row.total.addends) if above.row.total is not None else {}
    sign = signs.get(gap.row.number, 1)
    return all(gap.differences.get(column) == -value * sign for column, value in above.differences.items())


def _gap(reading: StatementReading, row: ReadRow) -> _SumDifference | None:
    if row.total is None or row.total.is_exact:
        return None
    differences = {}
    for cell in row.cells:
        parts = ((_printed(reading.rows[part]).get(cell.column, Decimal(0)), sign) for part, sign in row.total.addends)
        difference = sum((value * sign for value, sign in parts), Decimal(0)) - cell.printed
        if difference:
            differences[cell.column] = difference
    return _SumDifference(row, differences) if differences else None


def _wrong_sum(reading: StatementReading, gap: _SumDifference, *, is_misprint: bool) -> Finding:
    row, (column, difference) = gap.row, next(iter(gap.differences.items()))
    printed = _printed(row)
    expected = printed[column] + difference
    columns = list_text(column_name(reading, column) for column in gap.differences)
    message = (
        f"the row {row.row.label!r}, column {columns}: {_text(row, printed[column])} is printed, its rows add up to "
        f"{_text(row, expected)}"
    )
    if not is_misprint and (cause := _cause(reading, gap)) is not None:
        part, column, fix = cause
        return _finding(reading, "exporter:statementSum", message, part, column, fix)
    cells = [cell for cell in row.cells if cell.column == column]
    slack = cells[0].slack * (len(row.total.addends) + 1 if row.total is not None else 1)
    if is_misprint or abs(difference) > slack:
        fix = f"if the rows are right, write {_text(row, expected)}"
        fix += "" if is_misprint else "; if the sum is right, look for what is missing, or name its rows with sum_of"
    else:
        fix = f"it may be rounding; if it is not, write {_text(row, expected)}"
    return _finding(reading, "exporter:statementSum", message, row, column, fix)


def _cause(reading: StatementReading, gap: _SumDifference) -> tuple[ReadRow, int, str] | None:
    """The row that explains the difference in every column, the first column to change, and what to write there."""
    columns = [cell.column for cell in gap.row.cells]
    for number, sign in gap.row.total.addends if gap.row.total is not None else ():
        part = reading.rows[number]
        changes = {column: -difference * sign for column, difference in gap.differences.items()}
        misprint = find_misprint(_printed(part), changes, columns)
        if misprint is not None:
            column, value = next(iter(misprint.values.items()))
            where = f"{part.row.label!r} in column {column_name(reading, column)}"
            return part, column, f"{where}: {misprint.what}; write {_text(part, value)}"
    return None


# --- whole statements -------------------------------------------------------------------------------------------------


def _row_of(reading: StatementReading, names: Iterable[str]) -> ReadRow | None:
    return next((row for row in reading.rows if row.cells and row.concept.local_name in names), None)


def _unequal_sides(reading: StatementReading) -> Iterator[Finding]:
    """Assets are liabilities and equity; where one of them is no sum of its rows, that is reported alone."""
    if reading.statement.kind is not StatementKind.BALANCE_SHEET:
        return
    assets, sources = _row_of(reading, _ASSETS), _row_of(reading, _SOURCES)
    if assets is None or sources is None:
        return
    others = _printed(sources)
    gaps = [gap for row in (assets, sources) if (gap := _gap(reading, row)) is not None]
    for column, value in _printed(assets).items():
        if column in others and others[column] != value and not any(column in gap.differences for gap in gaps):
            yield _finding(
                reading,
                "exporter:statementSides",
                f"the row {assets.row.label!r}, column {column_name(reading, column)}: {_text(assets, value)} is not "
                f"{sources.row.label!r}, {_text(sources, others[column])}",
                sources,
                column,
                "correct one of them",
            )


def _wrong_balances(reading: StatementReading) -> Iterator[Finding]:
    """Opening balance and change make the closing balance."""
    if reading.statement.kind not in (StatementKind.CASH_FLOW, StatementKind.EQUITY):
        return
    starts = [row for row in reading.rows if row.at == "start" and row.cells]
    for start in starts:
        end = next((row for row in reading.rows if row.at == "end" and row.concept == start.concept), None)
        if end is None:
            continue
        changes = _changes(reading, start, end)
        if not changes:
            continue
        opening, closing = _printed(start), _printed(end)
        slack = end.cells[0].slack * (len(changes) + 2)
        expected = {
            column: sum((_printed(row).get(column, Decimal(0)) for row in changes), opening[column])
            for column in sorted(opening.keys() & closing.keys())
        }
        wrong = {
            column: value
            for column, value in expected.items()
            if abs(value - closing[column]) >= slack and value != closing[column]
        }
        if wrong:
            column, value = next(iter(wrong.items()))
            columns = list_text(column_name(reading, column) for column in wrong)
            yield _finding(
                reading,
                "exporter:statementBalance",
                f"the row {end.row.label!r}, column {columns}: {_text(end, closing[column])} is printed, the opening "
                f"balance {_text(start, opening[column])} and the change make {_text(end, value)}",
                end,
                column,
                f"correct one of them; if the others are right, write {_text(end, value)}",
            )


def _changes(reading: StatementReading, start: ReadRow, end: ReadRow) -> list[ReadRow]:
    """The rows that lead from the opening to the closing balance: those that are part of no sum."""
    parents = reading.parent_of()
    rows = [
        row
        for row in reading.rows
        if row.cells and row.unit == start.unit and row.at is None and row.number < max(start.number, end.number)
    ]
    if reading.statement.kind is StatementKind.CASH_FLOW:
        return [row for row in rows if row.number not in parents and row.total is not None][-1:]
    return [row for row in rows if row.number not in parents and start.number < row.number < end.number]
