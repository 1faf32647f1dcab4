"""How a value is shown in a document: the text to tag, its format, scale and sign, and what stands round the tag.

A minus, parentheses, △ or a unit never stand inside a tag: Inline XBRL 1.1 keeps the sign in an attribute. What is
chosen here is read back and compared with the value before it is handed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from attrs import frozen

from exporter.formats.inline_xbrl.transformations.faults import NotPrintable
from exporter.formats.inline_xbrl.transformations.registry import IXT_SEC, parse
from exporter.formats.inline_xbrl.transformations.styles import (
    COMMA,
    DATES,
    FALSE,
    MONTH_DAYS,
    MONTHS,
    NEGATIVE_MARKS,
    POINT,
    TRUE,
    UNITS,
    ZERO,
    DateForm,
    Style,
)
from exporter.formats.inline_xbrl.transformations.writers import format_as, write_figures
from exporter.formats.oim.faults import shortened
from exporter.model.datatypes import DataType
from exporter.model.qname import QName

# An `xs:decimal` has no bound; beyond this many places a number is no figure for a page.
_MOST_PLACES: Final = 1000
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_PLAIN_DATE: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BOOLEANS: Final = {"true": "true", "1": "true", "false": "false", "0": "false"}
_JAPANESE_UNITS: Final = {"duryear": "年", "durmonth": "か月", "durday": "日", "durhour": "時間"}


@frozen(kw_only=True)
class Displayed:
    """A value as a document shows it: ``before``, the tagged ``text``, ``after``.

    ``format``, ``scale`` and ``negative`` are what the tag's attributes have to say; without a format the text is the
    value itself.
    """

    text: str
    format: QName | None = None
    scale: int = 0
    negative: bool = False
    before: str = ""
    after: str = ""

    @property
    def shown(self) -> str:
        """What the reader of the document sees."""
        return self.before + self.text + self.after


def _plain_digits(number: Decimal, *, scale: int, places: int) -> str:
    """The number without its sign, divided by ten to the scale, with at least so many places; exact."""
    _, digits, exponent = number.as_tuple()
    if (
        not isinstance(exponent, int)
        or abs(exponent) + abs(scale) + len(digits) > _MOST_PLACES
        or places > _MOST_PLACES
    ):
        raise NotPrintable(f"{shortened(str(number))} has too many places, or is no number, to be shown in figures")
    whole, _, fraction = format(Decimal((0, digits, exponent - scale)), "f").partition(".")
    fraction = fraction.rstrip("0").ljust(max(places, 0), "0")
    return whole + (f".{fraction}" if fraction else "")


def _read_back(displayed: Displayed) -> Decimal:
    text = displayed.text if displayed.format is None else parse(displayed.format, displayed.text)
    sign, digits, exponent = Decimal(text).as_tuple()
    assert isinstance(exponent, int)  # a transformed text is a plain decimal
    return Decimal((1 if displayed.negative else sign, digits, exponent + displayed.scale))


def format_number(number: Decimal, *, style: Style, scale: int = 0, decimals: int | None = None) -> Displayed:
    """A number in figures, divided by ten to the ``scale`` (6: in millions; -2: in percent).

    All its digits are shown, and as many places as ``decimals`` says are accurate: nothing is rounded.

    Raises:
        NotPrintable: the number is infinite, no number, or of more than a thousand places.
    """
    negative = number.is_signed() and not number.is_zero()
    before, after = NEGATIVE_MARKS[style.negative] if negative else ("", "")
    zero_name = style.named(ZERO)
    if number.is_zero() and style.zero_as_dash and zero_name:
        return Displayed(text=format_as(zero_name, "0"), format=zero_name)
    digits = _plain_digits(number, scale=scale, places=0 if decimals is None else decimals + scale)
    name, text = None, digits
    if style.decimal_mark == ",":
        name = style.named(COMMA)
    elif not style.figures_only:
        name = style.named(POINT)
    if name is not None:
        mark = "." if style.decimal_mark == "," else ","
        text = write_figures(digits, mark=mark, point=style.decimal_mark) or digits
    displayed = Displayed(text=text, format=name, scale=scale, negative=negative, before=before, after=after)
    if _read_back(displayed) != number:
        raise NotPrintable(f"{shortened(str(number))} cannot be shown as {shortened(text)}")
    return displayed


def format_with_units(number: Decimal, *, style: Style) -> Displayed:
    """An amount in yen and sen: ``12円5銭``.

    Raises:
        NotPrintable: the number has more than two places, or the registry has no rule for units.
    """
    name = style.named(UNITS)
    if name is None:
        raise NotPrintable("registry 1 has no numbers with units")
    negative = number.is_signed() and not number.is_zero()
    before, after = NEGATIVE_MARKS[style.negative] if negative else ("", "")
    text = format_as(name, _plain_digits(number, scale=0, places=0))
    return Displayed(text=text, format=name, negative=negative, before=before, after=after)


def _verbatim(value: str) -> Displayed:
    return Displayed(text=value)


def _as_named(value: str, name: QName | None) -> Displayed:
    """By a transformation, or as the value is written where it has none."""
    if name is None:
        return _verbatim(value)
    try:
        return Displayed(text=format_as(name, value), format=name)
    except NotPrintable:
        return _verbatim(value)


def format_boolean(value: str, *, style: Style) -> Displayed:
    """A box, checked or empty."""
    truth = _BOOLEANS.get(value)
    if truth is None:
        return _verbatim(value)
    return _as_named(truth, style.named(TRUE if truth == "true" else FALSE))


def format_date(value: str, *, style: Style) -> Displayed:
    """A day without time and zone in the style's form; others as they are."""
    name = style.named(DATES[style.dates]) if _PLAIN_DATE.fullmatch(value) else None
    displayed = _as_named(value, name)
    if displayed.format is None and style.dates is DateForm.ERA:
        # Before 1873 no era is counted in the Gregorian calendar.
        return _as_named(value, style.named(DATES[DateForm.YEAR_FIRST]) if name else None)
    return displayed


def _sec_durations(value: str, style: Style) -> Iterator[Displayed]:
    if not style.is_japanese:
        yield _as_named(value, QName(IXT_SEC, "durwordsen", prefix="ixt-sec"))
        return
    for local_name, unit in _JAPANESE_UNITS.items():
        displayed = _as_named(value, QName(IXT_SEC, local_name, prefix="ixt-sec"))
        if displayed.format and not value.startswith("-"):
            yield Displayed(text=displayed.text, format=displayed.format, after=unit)


def format_duration(value: str, *, style: Style) -> Displayed:
    """In words where EDGAR's registry may be used (``2 years, 6 months``; ``18`` before か月), else as it is."""
    found = (displayed for displayed in _sec_durations(value, style) if displayed.format) if style.with_sec else ()
    return next(iter(found), _verbatim(value))


def _format_numeric(value: str, *, style: Style, scale: int, decimals: int | None) -> Displayed:
    special = {"INF": "numinf", "-INF": "numneginf", "NaN": "numnan"}.get(value)
    if special is not None:
        if not style.with_sec:
            raise NotPrintable(f"{value} can be shown with EDGAR's registry only")
        name = QName(IXT_SEC, special, prefix="ixt-sec")
        return Displayed(text=format_as(name, value), format=name)
    if _DECIMAL.fullmatch(value) is None:
        raise NotPrintable(f"expected a number, got {shortened(value)}")
    return format_number(Decimal(value), style=style, scale=scale, decimals=decimals)


def format_value(
    value: str, datatype: DataType, *, style: Style, scale: int = 0, decimals: int | None = None
) -> Displayed:
    """A fact's value, as reported, in the document's style; a text is shown as it is.

    Raises:
        NotPrintable: a number cannot be shown in figures. Everything else can at least be shown as it is written
            (then ``format`` is ``None``).
    """
    if datatype.is_numeric:
        return _format_numeric(value, style=style, scale=scale, decimals=decimals)
    match datatype.base:
        case "boolean":
            return format_boolean(value, style=style)
        case "date" | "dateUnion":
            return format_date(value, style=style)
        case "gYearMonth":
            return _as_named(value, style.named(MONTHS[style.dates]))
        case "gMonthDay":
            return _as_named(value, style.named(MONTH_DAYS[style.dates]))
        case "duration":
            return format_duration(value, style=style)
        case _:
            return _verbatim(value)
