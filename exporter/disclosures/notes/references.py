"""Amounts that a text names: fields of items, ``{AccumulatedDeficit.amount}``, and cells, ``{BalanceSheet/Cash/1}``.

An item is named by its id or, where it is the only one, by its class. A cell is named by the label or the concept of
its row and by its column, counted from 1 or given by its date or label; left out, the first column is meant. A name
followed by ``| digits`` prints the number alone, as the cells of a table want it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from html import unescape
from typing import Any, Final

from attrs import evolve, fields, frozen

from exporter.disclosures.notes.content import escape_text
from exporter.disclosures.statements.checks import column_name
from exporter.disclosures.statements.layout import Statement
from exporter.disclosures.statements.reading import ReadRow, StatementReading
from exporter.errors import ModelError
from exporter.findings import choice_hint, list_text
from exporter.items.document import ItemsDocument
from exporter.items.placed import PlacedItem, placed_items
from exporter.items.values.amounts import Amount
from exporter.items.values.printing import digits_at, print_currency, print_sign, scale_words
from exporter.model.qname import QName

_DIGITS: Final = re.compile(r"[0-9](?:[0-9.,'’\u00a0\u202f]*[0-9])?")
_SCALES: Final = (0, -2, 3, 6, 8, 9, 12)


@frozen(kw_only=True)
class NamedAmount:
    """An amount as a text prints it.

    ``digits`` are where in ``text`` the number to tag stands, under ``scale``; ``None`` for what is no number.
    ``pointer`` and ``field`` lead to what states the fact. ``concept`` is that of a statement's row.
    """

    text: str
    pointer: str
    field: str
    digits: tuple[int, int] | None = None
    scale: int = 0
    concept: QName | None = None


class UnknownNameError(ModelError):
    """No item, field, row or column is called so, or more than one is; ``fix`` says what to do."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


@frozen(eq=False)
class References:
    """What the texts of a filing may name."""

    document: ItemsDocument
    readings: Sequence[StatementReading]

    def amount(self, name: str) -> NamedAmount:
        """The amount that a name in braces stands for.

        Raises:
            UnknownNameError: it stands for none, or for several.
        """
        name, _, option = (part.strip() for part in unescape(name).rpartition("|"))
        name, option = (name, option) if name else (option, "")
        if option not in ("", "digits"):
            raise UnknownNameError(
                f"{option!r} says nothing of how an amount is printed", "write {NAME | digits}, or {NAME}"
            )
        amount = self._named(name)
        if option and amount.digits is not None:
            start, stop = amount.digits
            return evolve(amount, text=amount.text[start:stop], digits=(0, stop - start))
        return amount

    def _named(self, name: str) -> NamedAmount:
        first, slash, rest = name.partition("/")
        if slash:
            return self._cell(first, rest)
        first, dot, attribute = name.rpartition(".")
        if not dot:
            raise UnknownNameError(
                f"{{{name}}} names no amount", "write {ITEM.field} or {STATEMENT/row/column}; a brace is written twice"
            )
        placed = self._item(first)
        return self._value(placed, attribute)

    # --- items ----------------------------------------------------------------------------------------------------

    def _item(self, name: str) -> PlacedItem[Any]:
        by_id: list[PlacedItem[Any]] = []
        by_class: list[PlacedItem[Any]] = []
        names: dict[str, None] = {}
        for placed in placed_items(self.document.items):
            id_, kind = getattr(placed.item, "id", None), type(placed.item).__name__
            names.update(dict.fromkeys(filter(None, (id_, kind))))
            by_id += [placed] if id_ == name else []
            by_class += [placed] if kind == name else []
        matching = by_id or by_class
        if not matching:
            raise UnknownNameError(f"no item of the filing is called {name!r}", choice_hint(name, names))
        if len(matching) > 1:
            raise UnknownNameError(
                f"{len(matching)} items of the filing are called {name!r}",
                "give the one that is meant an id, and name it",
            )
        return matching[0]

    def _value(self, placed: PlacedItem[Any], attribute: str) -> NamedAmount:
        names = [field.name for field in fields(type(placed.item))]
        if attribute not in names:
            raise UnknownNameError(f"{placed.label} has no field {attribute!r}", choice_hint(attribute, names))
        value, language = getattr(placed.item, attribute), self.document.language
        if isinstance(value, Amount):
            text = value.printed(language)
            match = _DIGITS.search(text)
            for scale in _SCALES if match is not None else ():
                if match is not None and _printed_under(value.value, value.decimals, scale, language) == match[0]:
                    return NamedAmount(
                        text=escape_text(text),
                        pointer=placed.pointer,
                        field=attribute,
                        digits=match.span(),
                        scale=scale,
                    )
            return NamedAmount(text=escape_text(text), pointer=placed.pointer, field=attribute)
        if isinstance(value, str | int):
            text = str(value)
            digits = (0, len(text)) if text.isdigit() and not isinstance(value, str) else None
            return NamedAmount(text=escape_text(text), pointer=placed.pointer, field=attribute, digits=digits)
        raise UnknownNameError(
            f"the field {attribute} of {placed.label} is no amount that is known",
            "name a field with a number or a text",
        )

    # --- cells ----------------------------------------------------------------------------------------------------

    def _cell(self, name: str, path: str) -> NamedAmount:
        placed = self._item(name)
        reading = next((known for known in self.readings if placed.pointer == f"/items/{known.index}"), None)
        if not isinstance(placed.item, Statement) or reading is None:
            raise UnknownNameError(f"{placed.label} is no statement and has no rows", "write {ITEM.field}")
        label, column = path, 0
        row = _row_called(reading, path)
        if row is None:
            label, _, text = path.rpartition("/")
            row = _row_called(reading, label)
            column = _column_called(reading, text) if row is not None else 0
        if row is None:
            labels = [known.row.label for known in reading.rows if known.cells]
            raise UnknownNameError(f"{placed.label} has no row {label or path!r}", choice_hint(label or path, labels))
        cell = next((cell for cell in row.cells if cell.column == column), None)
        if cell is None:
            raise UnknownNameError(
                f"the row {row.row.label!r} prints nothing in column {column_name(reading, column)}",
                "name another column",
            )
        value = row.value(cell)
        scale = -2 if row.attributes.item_type == "percentItemType" else row.scale
        text, digits = self._printed(row, value, cell.decimals, scale)
        return NamedAmount(
            text=text,
            pointer=placed.pointer,
            field=row.field(cell),
            digits=digits,
            scale=scale,
            concept=row.concept,
        )

    def _printed(self, row: ReadRow, value: Decimal, decimals: int | None, scale: int) -> tuple[str, tuple[int, int]]:
        language = self.document.language
        digits = _printed_under(value, decimals, scale, language) or str(abs(value))
        currency = row.unit.single_currency if row.unit is not None else None
        text = f"{digits}%" if scale == -2 else digits + scale_words(scale, language)
        if currency is not None:
            text = print_currency(text, currency, language)
        text = escape_text(print_sign(text, negative=value < 0, style="minus"))
        start = text.index(digits)
        return text, (start, start + len(digits))


def _printed_under(value: Decimal, decimals: int | None, scale: int, language: str) -> str | None:
    """The digits of a number under a scale; ``None`` where they would claim more than is known."""
    try:
        return digits_at(abs(value), decimals, scale, language)
    except ModelError:
        return None


def _row_called(reading: StatementReading, name: str) -> ReadRow | None:
    """The last row with values of that label or concept: a total where its first part is called alike."""
    rows = [row for row in reading.rows if row.cells]
    return next(
        (row for row in reversed(rows) if name in (row.row.label, row.concept.local_name, str(row.concept))), None
    )


def _column_called(reading: StatementReading, name: str) -> int:
    columns = reading.statement.columns
    if name.isdigit() and 1 <= int(name) <= len(columns):
        return int(name) - 1
    names = [(column_name(reading, number), str(column.period)) for number, column in enumerate(columns)]
    for number, known in enumerate(names):
        if name in known:
            return number
    raise UnknownNameError(
        f"{reading.name} has no column {name!r}",
        f"count the columns from 1, or write one of {list_text(name for name, _ in names)}",
    )
