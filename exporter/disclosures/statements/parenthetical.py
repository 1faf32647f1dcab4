"""Amounts inside the label of a row: "less allowances of $53 and $47", "par value $0.00001, 50,400 shares authorized".

They are rows of a statement of their own, "… (Parenthetical)", as regulators have it, and are tagged where the label
prints them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from exporter.disclosures.statements.layout import Statement, StatementRow

PARENTHETICAL: Final = " (Parenthetical)"
"""What the title of a statement ends with that has the amounts in the labels of another."""

_DIGITS: Final = re.compile(r"[0-9](?:[0-9.,'’\u00a0\u202f]*[0-9])?")


@frozen(kw_only=True)
class LabelFigure:
    """A number in a label, from character to character: its row and columns among the amounts in labels."""

    start: int
    stop: int
    row: int
    columns: tuple[int, ...]


def parenthetical_statement(statement: Statement) -> tuple[Statement, tuple[str, ...]] | None:
    """The amounts in the labels of a statement as one of its own, with the path of each row; ``None`` without any.

    An amount that is printed once holds in all columns.
    """
    rows: list[StatementRow] = []
    paths: list[str] = []
    for number, row in enumerate(statement.rows):
        for place, amount in enumerate(row.parenthetical):
            values = amount.values * len(statement.columns) if len(amount.values) == 1 else amount.values
            rows.append(evolve(amount, values=values, depth=0, total=False))
            paths.append(f"rows/{number}/parenthetical/{place}")
    if not rows:
        return None
    made = Statement(
        title=f"{statement.title}{PARENTHETICAL}",
        columns=statement.columns,
        rows=tuple(rows),
        currency=statement.currency,
        scale=statement.scale,
        share_scale=statement.share_scale,
        dash=statement.dash,
    )
    return made, tuple(paths)


def figures_in_label(label: str, amounts: Sequence[tuple[int, Mapping[int, str]]]) -> Iterator[LabelFigure | int]:
    """Where a label prints amounts, in their order; the number of a row whose amount it does not print.

    Args:
        label: as printed.
        amounts: the numbers of rows, each with the texts of its columns.
    """
    taken: list[tuple[int, int]] = []
    for row, texts in amounts:
        columns: dict[str, list[int]] = {}
        for column, text in texts.items():
            if (match := _DIGITS.search(text)) is not None:
                columns.setdefault(match[0], []).append(column)
        for digits, of_digits in columns.items():
            spans = [span for span in _printed(label, digits) if span not in taken]
            if not spans:
                yield row
                break
            after = max((stop for _, stop in taken), default=0)
            start, stop = next((span for span in spans if span[0] >= after), spans[0])
            taken.append((start, stop))
            yield LabelFigure(start=start, stop=stop, row=row, columns=tuple(of_digits))


def _printed(label: str, digits: str) -> list[tuple[int, int]]:
    """Where a number stands in a label, and not inside another."""
    return [match.span() for match in _DIGITS.finditer(label) if match[0] == digits]


def with_amounts_in_labels(statements: Sequence[Statement]) -> list[Statement]:
    """Statements out of a report, amounts that a label prints back in the row that they belong to.

    A statement of amounts in labels, all of which labels print, is no statement by itself any more.
    """
    apart = {statement.title: statement for statement in statements if statement.title.endswith(PARENTHETICAL)}
    merged: list[Statement] = []
    used: set[str] = set()
    for statement in statements:
        amounts = apart.get(f"{statement.title}{PARENTHETICAL}")
        rows = None if amounts is None else _with_amounts(statement, amounts)
        if amounts is not None and rows is not None:
            used.add(amounts.title)
            merged.append(evolve(statement, rows=rows))  # type: ignore[misc]  # its decorator makes it an attrs class
        else:
            merged.append(statement)
    return [statement for statement in merged if statement.title not in used]


def _with_amounts(statement: Statement, amounts: Statement) -> tuple[StatementRow, ...] | None:
    """The rows with the amounts that their labels print; ``None`` where an amount is in no label, or in several."""
    if statement.columns != amounts.columns or statement.currency != amounts.currency:
        return None
    rows = list(statement.rows)
    for amount in amounts.rows:
        if amount.is_heading:
            continue
        texts = {column: text for column, text in enumerate(amount.values) if text}
        places = [
            number
            for number, row in enumerate(rows)
            if all(isinstance(match, LabelFigure) for match in figures_in_label(row.label, [(0, texts)]))
        ]
        if len(places) != 1:
            return None
        own_scale = amount.scale
        if own_scale is None and amounts.scale != statement.scale:
            own_scale = amounts.scale
        inner = evolve(amount, depth=0, scale=own_scale, sum_of=None, total=None)
        row = rows[places[0]]
        rows[places[0]] = evolve(row, parenthetical=(*row.parenthetical, inner))
    return tuple(rows)
