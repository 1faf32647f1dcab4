"""Writing workbooks: sheets with headings, notes, drop-down lists and values; the one door to XlsxWriter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, BinaryIO, Final

from attrs import frozen

from exporter.errors import MissingExtraError
from exporter.sources.cells import column_name

_CREATED: Final = dt.datetime(2000, 1, 1)  # the same in each workbook, so that the same content is the same bytes
_MOST_ROWS: Final = 1_048_576
_LONGEST_LIST: Final = 255  # of the choices of a drop-down list, by ECMA-376; longer ones stand in a sheet
_EXACT_DIGITS: Final = 15  # that a number of a spreadsheet holds
_LONGEST_TEXT: Final = 32_767
_CHOICES: Final = "# choices"
LONGEST_TITLE: Final = 31
"""Characters of the title of a sheet, by ECMA-376."""


def width_for(heading: str) -> int:
    """The width of a column that shows its heading, in characters."""
    return max(12, min(40, len(heading) + 2))


@frozen
class SheetColumn:
    """A column: its heading, the rows of notes below it, the choices of a drop-down list."""

    heading: str
    notes: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    is_required: bool = False
    width: int = 12


@frozen
class SheetContent:
    """A sheet: its columns and the values below their notes. ``about`` is the note of the first heading."""

    title: str
    columns: Sequence[SheetColumn]
    values: Iterable[Sequence[Any]] = ()
    about: str = ""


def write_workbook(stream: BinaryIO, sheets: Iterable[SheetContent], *, title: str) -> None:
    """Write a workbook; the same sheets give the same bytes.

    Raises:
        MissingExtraError: XlsxWriter is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError("xlsx", "writing a workbook") from None
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": title, "created": _CREATED})
    writer = _SheetWriter(book)
    for sheet in sheets:
        writer.write(sheet)
    writer.write_choices()
    book.close()


class _SheetWriter:
    """Writes sheets; choices that are too long for a cell's rule stand in a sheet at the end."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._heading = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1, "valign": "top"})
        self._required = book.add_format({"bold": True, "bg_color": "#FCE4D6", "border": 1, "valign": "top"})
        self._note = book.add_format({"font_color": "#7F7F7F", "italic": True, "text_wrap": True, "valign": "top"})
        self._text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        self._numbers: dict[str, Any] = {}
        self._lists: dict[tuple[str, ...], int] = {}

    def write(self, sheet: SheetContent) -> None:
        page = self._book.add_worksheet(sheet.title)
        for index, column in enumerate(sheet.columns):
            page.set_column(index, index, column.width)
            page.write_string(0, index, column.heading, self._required if column.is_required else self._heading)
            for row, note in enumerate(column.notes, 1):
                page.write_string(row, index, note[:_LONGEST_TEXT], self._note)
            if column.choices:
                first = len(column.notes) + 1
                page.data_validation(first, index, _MOST_ROWS - 1, index, self._rule(column))
        notes = max((len(column.notes) for column in sheet.columns), default=0)
        page.freeze_panes(notes + 1, 1)
        if sheet.about:
            page.write_comment(0, 0, sheet.about, {"x_scale": 3})
        for row, values in enumerate(sheet.values, notes + 1):
            for index, value in enumerate(values):
                self._write_value(page, row, index, value)

    def _rule(self, column: SheetColumn) -> dict[str, Any]:
        choices = column.choices
        rule: dict[str, Any] = {"validate": "list", "error_type": "warning"}
        if len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices):
            return rule | {"source": list(choices)}
        place = self._lists.setdefault(choices, len(self._lists))
        letters = column_name(place)
        return rule | {"source": f"='{_CHOICES}'!${letters}$2:${letters}${len(choices) + 1}"}

    def _write_value(self, page: Any, row: int, column: int, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, bool):
            page.write_boolean(row, column, value)
        elif isinstance(value, int | Decimal) and _is_exact(value):
            places = max(0, -int(Decimal(value).as_tuple().exponent))
            code = f"0.{'0' * places}" if places else "0"
            if code not in self._numbers:
                self._numbers[code] = self._book.add_format({"num_format": code, "valign": "top"})
            page.write_number(row, column, value, self._numbers[code])
        else:
            page.write_string(row, column, str(value)[:_LONGEST_TEXT], self._text)

    def write_choices(self) -> None:
        """The sheet with long lists of choices, where there are any."""
        if not self._lists:
            return
        page = self._book.add_worksheet(_CHOICES)
        page.hide()
        for choices, column in self._lists.items():
            page.write_string(0, column, "#")
            for row, choice in enumerate(choices, 1):
                page.write_string(row, column, choice)


def _is_exact(value: int | Decimal) -> bool:
    """Whether a spreadsheet, whose numbers are binary, gives the number back."""
    return Decimal(value).is_finite() and len(Decimal(value).as_tuple().digits) <= _EXACT_DIGITS
