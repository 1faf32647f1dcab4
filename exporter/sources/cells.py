"""Values of cells in tables: numbers with the accuracy that they show, printed texts, and cells without a value.

A tree that a table makes has these as leaves beside texts; `exporter.items.tree_values` gives them to the codecs.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final

from attrs import evolve, frozen

from exporter.errors import ModelError

_WIDE: Final = Context(prec=1000, rounding=ROUND_HALF_UP)
_MOST_DIGITS: Final = 15  # of a binary number: what spreadsheets show of it at most
_SECTION: Final = re.compile(r'(?:"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|[^;])*')
_TOKENS: Final = re.compile(r'"([^"]*)"?|\\(.)|[_*].|\[([^\]]*)\]?|(General|[0#?]|[.,%]|[Ee][+-])|(.)', re.IGNORECASE)
_CURRENCY: Final = re.compile(r"[A-Z]{3}|[A-Z]{0,3}[$¢£¤¥\u20a0-\u20cf￥円元]")
_PLAIN_NAME: Final = re.compile(r"[^\W\d]\w*")
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@frozen
class NumberCell:
    """A number: ``value`` in full, right to ``decimals`` places (``None``: exact), shown in units of 10^``scale``.

    ``currency`` is the code or sign that the cell shows, ``is_percentage`` tells that it is shown with a percent sign,
    ``digits`` how many it shows before the point at least. ``exact`` is what the cell holds where that has more digits.
    ``heading_scale`` is the power of ten that a heading states for money and numbers of shares, not applied yet.
    """

    value: Decimal
    decimals: int | None
    scale: int | None = None
    currency: str | None = None
    is_percentage: bool = False
    digits: int = 0
    exact: Decimal | None = None
    heading_scale: int | None = None

    @property
    def text(self) -> str:
        """The number as it is shown, without currency and marks between thousands."""
        number = self.value.scaleb(-(self.scale or 0), _WIDE)
        whole, point, fraction = f"{abs(number):f}".partition(".")
        sign = "-" if number < 0 else ""
        return f"{sign}{whole.zfill(self.digits)}{point}{fraction}{'%' if self.is_percentage else ''}"

    def __repr__(self) -> str:
        return self.text


@frozen
class PrintedText:
    """A text with what its table says once for all: the currency, and the scale that headings give."""

    text: str
    currency: str | None = None
    scale: int | None = None


@frozen
class FailedCell:
    """A cell that should have a value and has none: an error of a formula, or a formula that was never calculated.

    ``part`` is the JSON Pointer of the cell's value within that of its field.
    """

    code: str
    message: str
    fix: str
    part: str = ""


@frozen
class NumberFormat:
    """What a number format of a spreadsheet tells: places after the point, those of them that are always shown, the
    digits before it, and the power of ten of what is shown. ``places`` is ``None`` where the format is general."""

    places: int | None = None
    least: int = 0
    digits: int = 0
    power: int = 0
    currency: str | None = None
    is_percentage: bool = False


GENERAL: Final = NumberFormat()


@lru_cache(maxsize=1024)
def number_format(code: str) -> tuple[NumberFormat, ...]:
    """The sections of a number format (ECMA-376 part 1, section 18.8.31): of positive, negative and zero numbers."""
    sections: list[NumberFormat] = []
    start = 0
    while start <= len(code) and len(sections) < 3:
        match = _SECTION.match(code, start)
        text = match[0] if match else ""
        sections.append(_section(text))
        start += len(text) + 1
    return tuple(sections)


def _section(code: str) -> NumberFormat:
    before = after = least = power = digits = 0
    percent, currency, is_after_point = 0, "", False
    literal = ""
    for token in _TOKENS.finditer(code):
        quoted, escaped, bracketed, special, other = token.groups()
        if bracketed is not None:
            if bracketed.startswith("$") and (sign := bracketed[1:].partition("-")[0].strip()):
                currency = sign
        elif special is None:
            literal += quoted or escaped or other or ""
        elif special.lower() == "general" or special[0] in "Ee":
            return GENERAL
        elif special == ".":
            is_after_point = True
        elif special == "%":
            percent += 2
        elif special == ",":
            power += 3
        elif is_after_point:
            after, power = after + 1, 0
            least = after if special in "0?" else least
        else:
            before, power = before + 1, 0
            digits += special == "0"
    if (not before and not after) or "/" in literal or "@" in literal:
        return GENERAL
    if not currency and _CURRENCY.fullmatch(sign := literal.strip(" ()-+−")):
        currency = sign
    return NumberFormat(after, least, digits, power - percent, currency or None, bool(percent))


def number_cell(number: int | float | Decimal, code: str = "General") -> NumberCell:
    """A number as a cell with this format shows it.

    Where the format is general the number keeps all its digits, of a binary number the 15 that spreadsheets show. Else
    the digits that the format shows are the accuracy, and what is shown is the value.
    """
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    sections = number_format(code)
    form = sections[0]
    if len(sections) > 1:
        if exact < 0:
            form = sections[1]
        elif not exact and len(sections) > 2 and sections[2].places is not None:
            form = sections[2]
    if form.places is None:
        return _general(exact, is_binary=isinstance(number, float))
    shifted = exact.scaleb(-form.power, _WIDE) if form.power else exact
    needed = max(0, -int(shifted.as_tuple().exponent))  # type: ignore[arg-type,unused-ignore]
    places = form.least
    if needed > places and form.places > places:
        needed = max(0, -int(shifted.normalize(_WIDE).as_tuple().exponent))
        places = max(places, min(form.places, needed))
    value = shifted.quantize(_quantum(places), context=_WIDE)
    is_rounded = needed > places and value != shifted
    if form.power:
        value = value.scaleb(form.power, _WIDE)
    return NumberCell(
        value,
        places - form.power,
        form.power or None,
        form.currency,
        form.is_percentage,
        form.digits,
        exact if is_rounded else None,
    )


@lru_cache(maxsize=64)
def _quantum(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def _general(exact: Decimal, *, is_binary: bool) -> NumberCell:
    value = exact
    if is_binary and len(exact.as_tuple().digits) > _MOST_DIGITS:
        value = Context(prec=_MOST_DIGITS, rounding=ROUND_HALF_UP).plus(exact).normalize(_WIDE)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):  # infinite
        return NumberCell(value, 0)
    if exponent > 0 or (is_binary and value == value.to_integral_value()):
        value, exponent = value.quantize(_quantum(0), context=_WIDE), 0
    return NumberCell(value, -exponent, exact=exact if value != exact else None)


def scaled_cell(cell: NumberCell, scale: int) -> NumberCell:
    """The number in full where its heading says that it stands in units of 10^``scale``.

    A number whose format shows these units holds the full value already.

    Raises:
        ModelError: the format of the cell shows other units.
    """
    if cell.scale == scale:
        return cell
    if cell.scale:
        raise ModelError(f"the cell is shown in units of 10^{cell.scale}, where its heading says 10^{scale}")
    return evolve(
        cell,
        value=cell.value.scaleb(scale, _WIDE),
        decimals=None if cell.decimals is None else cell.decimals - scale,
        scale=scale or None,
        heading_scale=None,
    )


def cell_name(row: int, column: int) -> str:
    """A cell as spreadsheets call it (``C7``); both numbers count from zero."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """The letters of a column, counted from zero."""
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column, counted from zero; the inverse of `column_name`."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def cell_position(name: str) -> tuple[int, int] | None:
    """Row and column, counted from zero, of a cell as spreadsheets call it; ``None`` where it is no such name."""
    match = _CELL.fullmatch(name.replace("$", "").upper())
    return (int(match[2]) - 1, column_number(match[1])) if match else None


def sheet_cell(sheet: str, cell: str) -> str:
    """A cell with its sheet, as formulas write it: ``Rates!C7``, ``'Balance Sheet'!C7``."""
    if _PLAIN_NAME.fullmatch(sheet):
        return f"{sheet}!{cell}"
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"


def split_sheet_cell(name: str) -> tuple[str, str]:
    """The sheet and the cell of such a name; the inverse of `sheet_cell`."""
    sheet, _, cell = name.rpartition("!")
    if sheet.startswith("'") and sheet.endswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return sheet, cell
