"""Values as a document shows them: the text to tag, its format, scale and sign, and what stands round the tag.

The style of a document says which registry it uses, and how it writes negative numbers, dates and decimal marks.

A minus, parentheses, △ or a unit never stand inside a tag: Inline XBRL 1.1 keeps the sign in an attribute. What is
chosen here is read back and compared with the value before it is handed out.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from attrs import field, frozen

from exporter.findings import shortened
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.transformations.inverse import format_as, reads_as, write_figures
from exporter.transformations.registry import (
    IXT_1,
    IXT_1_BEFORE_RECOMMENDATION,
    IXT_2,
    IXT_3,
    IXT_4,
    IXT_5,
    IXT_SEC,
    REGISTRIES,
    parse,
)
from exporter.transformations.rule import NotPrintable


class Negative(enum.StrEnum):
    """What shows that a number is below zero."""

    MINUS = "minus"
    PARENTHESES = "parentheses"
    TRIANGLE = "triangle"
    FILLED_TRIANGLE = "filled-triangle"


class DateForm(enum.StrEnum):
    """The order and the words of a date; the parts of shorter dates stand in the same order."""

    MONTH_NAME_FIRST = "December 31, 2024"
    DAY_FIRST = "31 December 2024"
    YEAR_FIRST = "2024年12月31日"
    ERA = "令和6年12月31日"


NEGATIVE_MARKS: Final[Mapping[Negative, tuple[str, str]]] = {
    Negative.MINUS: ("-", ""),
    Negative.PARENTHESES: ("(", ")"),
    Negative.TRIANGLE: ("△", ""),
    Negative.FILLED_TRIANGLE: ("▲", ""),
}
# The names of one meaning, by the first registry that has them.
POINT: Final = {IXT_1: "numcommadot", IXT_2: "numdotdecimal", IXT_4: "num-dot-decimal"}
COMMA: Final = {IXT_1: "numdotcomma", IXT_2: "numcommadecimal", IXT_4: "num-comma-decimal"}
UNITS: Final = {IXT_2: "numunitdecimal", IXT_4: "num-unit-decimal"}
ZERO: Final = {IXT_1: "numdash", IXT_2: "zerodash", IXT_4: "fixed-zero"}
TRUE: Final = {IXT_2: "booleantrue", IXT_4: "fixed-true"}
FALSE: Final = {IXT_2: "booleanfalse", IXT_4: "fixed-false"}
DATES: Final = {
    DateForm.MONTH_NAME_FIRST: {
        IXT_1: "datelongus",
        IXT_2: "datemonthdayyearen",
        IXT_4: "date-monthname-day-year-en",
    },
    DateForm.DAY_FIRST: {IXT_1: "datelonguk", IXT_2: "datedaymonthyearen", IXT_4: "date-day-monthname-year-en"},
    DateForm.YEAR_FIRST: {IXT_2: "dateyearmonthdaycjk", IXT_4: "date-year-month-day"},
    DateForm.ERA: {IXT_2: "dateerayearmonthdayjp", IXT_4: "date-jpn-era-year-month-day"},
}
_NAME_YEAR: Final = {IXT_1: "datelongmonthyear", IXT_2: "datemonthyearen", IXT_4: "date-monthname-year-en"}
MONTHS: Final = {
    DateForm.MONTH_NAME_FIRST: _NAME_YEAR,
    DateForm.DAY_FIRST: _NAME_YEAR,
    DateForm.YEAR_FIRST: {IXT_2: "dateyearmonthcjk", IXT_4: "date-year-month"},
    DateForm.ERA: {IXT_2: "dateerayearmonthjp", IXT_4: "date-jpn-era-year-month"},
}
_NAME_DAY: Final = {IXT_1: "datelongmonthdayus", IXT_2: "datemonthdayen", IXT_4: "date-monthname-day-en"}
_FIGURES_DAY: Final = {IXT_1: "dateslashmonthdayus", IXT_2: "datemonthday", IXT_4: "date-month-day"}
MONTH_DAYS: Final = {
    DateForm.MONTH_NAME_FIRST: _NAME_DAY,
    DateForm.DAY_FIRST: {IXT_1: "datelongdaymonthuk", IXT_2: "datedaymonthen", IXT_4: "date-day-monthname-en"},
    DateForm.YEAR_FIRST: _FIGURES_DAY,
    DateForm.ERA: _FIGURES_DAY,
}
_LIKE: Final = {IXT_1_BEFORE_RECOMMENDATION: IXT_1, IXT_3: IXT_2, IXT_5: IXT_4}


def _known(style: object, attribute: object, registry: str) -> None:
    if registry not in REGISTRIES or registry == IXT_SEC:
        raise ValueError(f"expected one of the registries of XBRL International, got {registry!r}")


@frozen(kw_only=True)
class Style:
    """How a document shows its values.

    ``registry`` is the namespace of the transformation registry to use, ``with_sec`` says that EDGAR's own may be used
    beside it. ``decimal_mark`` is ``.`` or ``,``; ``group_mark`` stands between groups of three digits before a decimal
    comma, where the registry reads it, else a point. ``zero_as_dash`` shows a zero as a dash, ``figures_only`` leaves
    the group marks out.
    """

    language: str = "en"
    registry: str = field(default=IXT_4, validator=_known)
    with_sec: bool = False
    negative: Negative = Negative.PARENTHESES
    dates: DateForm = DateForm.MONTH_NAME_FIRST
    decimal_mark: str = "."
    group_mark: str = "."
    zero_as_dash: bool = False
    figures_only: bool = False

    @classmethod
    def of(cls, language: str, *, registry: str = IXT_4, with_sec: bool = False, eras: bool = False) -> Style:
        """The custom of a language: English, or Japanese with △ and 年月日 or the eras."""
        if language.lower().partition("-")[0] != "ja":
            return cls(language=language, registry=registry, with_sec=with_sec)
        dates = DateForm.ERA if eras else DateForm.YEAR_FIRST
        return cls(language=language, registry=registry, with_sec=with_sec, negative=Negative.TRIANGLE, dates=dates)

    @property
    def is_japanese(self) -> bool:
        return self.language.lower().partition("-")[0] == "ja"

    def named(self, names: Mapping[str, str]) -> QName | None:
        """The name in the style's registry, from names by the first registry that has them."""
        local_name = names.get(_LIKE.get(self.registry, self.registry))
        return QName(self.registry, local_name, prefix="ixt") if local_name else None


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
    def full_text(self) -> str:
        """What the reader of the document sees."""
        return self.before + self.text + self.after


def _plain_digits(number: Decimal, *, scale: int, places: int) -> str:
    """The number without its sign, divided by ten to the scale, with at least ``places`` places; exact."""
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
        mark = style.group_mark if style.decimal_mark == "," else ","
        text = write_figures(digits, mark=mark, point=style.decimal_mark) or digits
        if style.decimal_mark == "," and not reads_as(name, text, digits):
            text = write_figures(digits, mark=".", point=style.decimal_mark) or digits
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
    candidates = (displayed for displayed in _sec_durations(value, style) if displayed.format) if style.with_sec else ()
    return next(iter(candidates), _verbatim(value))


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
