"""How a fact's value stands at a place of a page: the text to tag, its transformation, and the marks round the tag.

Whatever is chosen reads back as the value; a number is never rounded and never negated twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from attrs import evolve

from exporter.findings import shortened
from exporter.formats.inline_xbrl.read.values import scale_text
from exporter.formats.inline_xbrl.write.blocks import FactPlace
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.transformations import (
    IXT_SEC,
    Displayed,
    Gives,
    NotPrintable,
    Style,
    TransformationError,
    find_formats,
    format_number,
    format_value,
    parse,
)
from exporter.transformations.display import FALSE, NEGATIVE_MARKS, POINT, TRUE, Negative

NOTHING: Final = "—"
"""What stands behind the empty tag of a nil fact."""
_DOUBLE_TYPE: Final = standard_type("doubleItemType")
_WITH_FRACTIONS: Final = frozenset({"decimal", "float", "double"})
_SIMPLE: Final = re.compile(r"(-?)(0|[1-9][0-9]{0,17})(?:\.([0-9]{1,12}))?")
_PLAIN: Final = re.compile(r"[0-9]+(?:\.[0-9]*)?|\.[0-9]+")
# A number of more figures is shown with a power of ten, one of more places gets no zeros.
_MOST_FIGURES: Final = 45
_MOST_PLACES: Final = 15
_SUPERSCRIPTS: Final = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_GIVES: Final = {
    "boolean": Gives.BOOLEAN,
    "date": Gives.DATE,
    "dateUnion": Gives.DATE,
    "gYearMonth": Gives.MONTH,
    "gMonthDay": Gives.MONTH_DAY,
    "duration": Gives.DURATION,
}
# No transformation of XBRL International gives such values, and as they are written nobody reads them.
_NEVER_SHOWN: Final = frozenset({"QName", "enumeration", "enumerationSet", "duration"})


def is_text_block(datatype: DataType | None) -> bool:
    """Whether values of the type are markup."""
    return datatype is not None and (
        datatype.standard == "textBlockItemType" or "textBlockItemType" in datatype.lineage
    )


def show_nil(place: FactPlace) -> Displayed:
    """Nothing to tag, and a dash behind it for the reader."""
    return Displayed(text="", after=NOTHING if place.text is None else place.text)


# ---- Numbers --------------------------------------------------------------------------------------------------------


def show_number(
    value: str,
    datatype: DataType | None,
    place: FactPlace,
    style: Style,
    *,
    decimals: int | None,
    as_written: bool = False,
) -> Displayed:
    """A number with the signs and words that stand round it.

    ``as_written`` keeps zeros that change no number, where that can be: the text of a number that does not show that
    it is one is all that is known of it.

    Raises:
        NotPrintable: the text that the place asks for does not give the value.
    """
    if value in ("INF", "-INF", "NaN"):
        displayed = format_value(value, datatype or _DOUBLE_TYPE, style=evolve(style, with_sec=True))
        return evolve(displayed, before=place.before, after=place.after)
    if datatype is not None and datatype.base not in _WITH_FRACTIONS:
        decimals = None
        if place.scale < 0:
            raise NotPrintable(f"the scale {place.scale} gives a fraction, and {datatype.name} has none")
    simple = _SIMPLE.fullmatch(value)
    if simple is not None and place.text is None and not (as_written and value.endswith("0") and "." in value):
        grouped = _in_groups(simple, place.scale, style, decimals)
        if grouped is not None:
            return _with_marks(grouped, place, style)
    number = _number(value)
    if place.text is not None:
        displayed = _as_asked(number, place, style)
    else:
        displayed = _in_figures(number, place.scale, style, decimals)
        if as_written and _read_back(displayed) != value:
            displayed = _as_written(value, number, displayed)
    return _with_marks(displayed, place, style)


def _in_groups(simple: re.Match[str], scale: int, style: Style, decimals: int | None) -> Displayed | None:
    """What `format_number` gives for most numbers, in a fraction of the time; ``None`` for all others."""
    minus, whole, fraction = simple.groups()
    fraction = (fraction or "").rstrip("0")
    if style.decimal_mark != "." or style.figures_only or (whole == "0" and not fraction) or scale < 0:
        return None
    if scale:
        if fraction or len(whole) <= scale or whole[-scale:].strip("0"):
            return None
        whole = whole[:-scale]
    if decimals is not None and 0 < decimals + scale <= _MOST_PLACES:
        fraction = fraction.ljust(decimals + scale, "0")
    text = f"{int(whole):,}.{fraction}" if fraction else f"{int(whole):,}"
    return Displayed(text=text, format=style.named(POINT), scale=scale, negative=bool(minus))


def _number(value: str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:  # beyond all exponents
        raise NotPrintable(f"{shortened(value)} has too many places to be shown") from None
    return Decimal(0) if number.is_zero() else number


def _in_figures(number: Decimal, scale: int, style: Style, decimals: int | None) -> Displayed:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # a finite number
    if number and (number.adjusted() > _MOST_FIGURES or number.adjusted() < -_MOST_PLACES or exponent < -200):
        return _with_power(number, style)
    places = None if decimals is None or not 0 < decimals + scale <= _MOST_PLACES else decimals
    return format_number(number, style=style, scale=scale, decimals=places)


def _read_back(displayed: Displayed) -> str:
    text = displayed.text if displayed.format is None else parse(displayed.format, displayed.text)
    return scale_text(text, displayed.scale, negative=displayed.negative)


def _as_written(value: str, number: Decimal, displayed: Displayed) -> Displayed:
    """Without transformation, where the text then comes back as it is."""
    text = format(_shifted(abs(number), -displayed.scale), "f") if displayed.scale else value.lstrip("+-")
    plain = evolve(displayed, text=text, format=None)
    return plain if _PLAIN.fullmatch(text) and _read_back(plain) == value else displayed


def _with_power(number: Decimal, style: Style) -> Displayed:
    """``1.5 × 10⁻³⁰⁰``: the figures are tagged, the power is the tag's scale."""
    _, digits, _ = number.as_tuple()
    figures = "".join(map(str, digits)).lstrip("0")
    power = number.adjusted()
    rest = figures[1:].rstrip("0")
    text = f"{figures[0]}.{rest}" if rest else figures[0]
    # No rule reads thousands of figures quickly, and a plain decimal needs none.
    after = f" × 10{str(power).translate(_SUPERSCRIPTS)}" if power else ""
    return Displayed(text=text, scale=power, negative=number < 0, after=after)


def _with_marks(displayed: Displayed, place: FactPlace, style: Style) -> Displayed:
    """The sign's marks next to the tag, the words round them; a minus leads."""
    first, last = "", ""
    if displayed.negative != place.negated and (displayed.negative or not _is_zero(displayed)):
        first, last = NEGATIVE_MARKS[style.negative]
    power = displayed.after if displayed.after.startswith(" ×") else ""
    return Displayed(
        text=displayed.text,
        format=displayed.format,
        scale=displayed.scale,
        negative=displayed.negative,
        before=first + place.before if style.negative is Negative.MINUS else place.before + first,
        after=power + last + place.after,
    )


def _is_zero(displayed: Displayed) -> bool:
    text = displayed.text if displayed.format is None else parse(displayed.format, displayed.text)
    return not text.strip("0.")


def _as_asked(number: Decimal, place: FactPlace, style: Style) -> Displayed:
    text = place.text or ""
    for name in _formats_asked(text, number, place, style):
        read = text if name is None else _parsed(name, text)
        if read is not None and _PLAIN.fullmatch(read) and _shifted(Decimal(read), place.scale) == abs(number):
            return Displayed(text=text, format=name, scale=place.scale, negative=number < 0)
    raise NotPrintable(f"{shortened(text)} (scale {place.scale}) does not give the number {shortened(str(number))}")


def _formats_asked(text: str, number: Decimal, place: FactPlace, style: Style) -> Iterator[QName | None]:
    if place.format is not None:
        yield place.format
        return
    yield None
    printed = format(_shifted(abs(number), -place.scale), "f")
    yield from find_formats(text, printed, gives=Gives.NUMBER, registries=_registries(style))


def _shifted(number: Decimal, power: int) -> Decimal:
    """Times ten to the power, without the rounding of arithmetic."""
    sign, digits, exponent = number.as_tuple()
    return Decimal((sign, digits, int(exponent) + power))


def _registries(style: Style) -> tuple[str, ...]:
    return (style.registry, IXT_SEC) if style.with_sec else (style.registry,)


def _parsed(name: QName, text: str) -> str | None:
    try:
        return parse(name, text)
    except TransformationError:
        return None


# ---- All else -------------------------------------------------------------------------------------------------------


def show_text(value: str, datatype: DataType | None, place: FactPlace, style: Style) -> Displayed | None:
    """A value that is no number, or ``None`` where nothing that a person reads gives it: the fact is then hidden.

    Raises:
        NotPrintable: the transformation that the place asks for does not give the value.
    """
    if place.text is not None:
        displayed = _words_as_asked(value, datatype, place, style)
    else:
        displayed = _in_words(value, datatype, style)
    return None if displayed is None else evolve(displayed, before=place.before, after=displayed.after + place.after)


def _in_words(value: str, datatype: DataType | None, style: Style) -> Displayed | None:
    if datatype is None:
        return Displayed(text=value)
    displayed = format_value(value, datatype, style=style)
    if displayed.format is not None and parse(displayed.format, displayed.text) == value:
        return displayed
    return None if datatype.base in _NEVER_SHOWN else Displayed(text=value)


def _words_as_asked(value: str, datatype: DataType | None, place: FactPlace, style: Style) -> Displayed | None:
    text = place.text or ""
    if place.format is not None:
        if _parsed(place.format, text) != value:
            raise NotPrintable(f"{place.format.local_name} does not read {shortened(text)} as {shortened(value)}")
        return Displayed(text=text, format=place.format)
    if (text if datatype is None else datatype.normalise(text)) == value and (
        datatype is None or datatype.base != "QName"
    ):
        return Displayed(text=text)
    for name in _formats_of_words(text, value, datatype, style):
        return Displayed(text=text, format=name)
    return None


def _formats_of_words(text: str, value: str, datatype: DataType | None, style: Style) -> Iterator[QName]:
    gives = _GIVES.get("" if datatype is None else datatype.base)
    if gives is Gives.BOOLEAN and value in ("true", "false"):
        name = style.named(TRUE if value == "true" else FALSE)
        if name is not None:
            yield name
    yield from find_formats(text, value, gives=gives or Gives.TEXT, registries=_registries(style))


# ---- Words for what cannot be transformed ---------------------------------------------------------------------------

_DURATION: Final = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>[\d.]+)S)?)?"
)
_JAPANESE: Final = {
    "years": "年", "months": "か月", "days": "日", "hours": "時間", "minutes": "分", "seconds": "秒"
}  # fmt: skip


def describe(value: str, datatype: DataType | None, style: Style) -> str:
    """Words for a value that is hidden: ``2 years, 6 months`` for a duration, the name's words for a name."""
    base = "" if datatype is None else datatype.base
    if base == "duration" and (match := _DURATION.fullmatch(value)):
        return _duration_in_words(match, style) or value
    if base in ("enumeration", "QName"):
        return split_name(value.rpartition("}" if base == "QName" else "#")[2])
    if base == "enumerationSet":
        return ", ".join(split_name(member.rpartition("#")[2]) for member in value.split(" ")) or NOTHING
    return value


def _duration_in_words(match: re.Match[str], style: Style) -> str:
    parts = [(unit, amount) for unit in _JAPANESE if (amount := match[unit]) is not None]
    minus = "-" if match["sign"] else ""
    if style.is_japanese:
        return minus + "".join(f"{amount}{_JAPANESE[unit]}" for unit, amount in parts)
    return minus + ", ".join(f"{amount} {unit if amount != '1' else unit[:-1]}" for unit, amount in parts)


_WORD: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=[0-9])|_+")
_ENDINGS: Final = re.compile(r" (?:Member|Axis|Domain|Text Block)$")


def split_name(name: str) -> str:
    """The words of a concept's or member's name: ``RetainedEarnings`` → ``Retained Earnings``."""
    words = " ".join(part for part in _WORD.split(name) if part)
    return _ENDINGS.sub("", words) or name
