"""The way back: the text that a rule reads as a given value, for the rules that English and Japanese filings use.

What is printed is read again by the rule before it is handed out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from exporter.findings import shortened
from exporter.model.qname import QName
from exporter.transformations.dates import era_year
from exporter.transformations.named_dates import ENGLISH_NAMES
from exporter.transformations.names import (
    CHECKED_BOX,
    COUNTRY_TABLE,
    EDGAR_TABLE,
    EMPTY_BOX,
    EXCHANGE_TABLE,
    FILER_TABLE,
    STATE_TABLE,
)
from exporter.transformations.numbers import canonical_number, write_number
from exporter.transformations.registry import REGISTRIES, find_rule
from exporter.transformations.rule import Gives, NotPrintable, TransformationRule, collapse

Writer = Callable[[str], "str | None"]
NO_BREAK_SPACE: Final = "\u00a0"
ZERO_DASH: Final = "—"
_DECIMAL: Final = re.compile(r"([0-9]+)(?:\.([0-9]+))?")
_DATE: Final = re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?")
_MONTH_DAY: Final = re.compile(r"--(?P<m>[0-9]{2})-(?P<d>[0-9]{2})")
_DURATION: Final = re.compile(
    r"(?P<sign>-?)P(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<days>[0-9]+)D)?(?:T(?P<hours>[0-9]+)H)?"
)
_QUARTERS: Final = {"03-31": "First", "06-30": "Second", "09-30": "Third", "12-31": "Fourth"}
# The months that are a decimal fraction of a year.
_YEAR_FRACTIONS: Final = {"3": ".25", "6": ".5", "9": ".75"}


def same_value(a: str, b: str, gives: Gives) -> bool:
    """Whether two values are equal; numbers may differ in zeros that say nothing."""
    if gives is Gives.NUMBER and _DECIMAL.fullmatch(a) and _DECIMAL.fullmatch(b):
        return canonical_number(a) == canonical_number(b)
    return a == b


# ---- Numbers --------------------------------------------------------------------------------------------------------


def write_figures(value: str, *, mark: str, point: str) -> str | None:
    """A decimal without a sign, its whole part in groups of three: ``1,234.50``."""
    match = _DECIMAL.fullmatch(value)
    if match is None:
        return None
    whole = match[1].lstrip("0") or "0"
    first = len(whole) % 3
    groups = [whole[:first]] if first else []
    groups += [whole[place : place + 3] for place in range(first, len(whole), 3)]
    return mark.join(groups) + (point + match[2] if match[2] else "")


def _figures(mark: str, point: str) -> Writer:
    return lambda value: write_figures(value, mark=mark, point=point)


def _with_units(mark: str) -> Writer:
    """Yen and sen; the fraction has two digits at most."""

    def writer(value: str) -> str | None:
        whole, _, part = canonical_number(value).partition(".") if _DECIMAL.fullmatch(value) else ("", "", "")
        figures = write_figures(whole, mark=mark, point=".")
        return f"{figures}円{int(part.ljust(2, '0'))}銭" if figures and len(part) <= 2 else None

    return writer


def _always(value: str, text: str) -> Writer:
    return {value: text}.get


def _zero(text: str) -> Writer:
    return lambda value: text if same_value(value, "0", Gives.NUMBER) else None


# ---- Dates ----------------------------------------------------------------------------------------------------------


def _template(template: str) -> Writer:
    """``y`` year of four digits, ``m`` and ``d`` figures, ``name`` and ``short`` the month's English name, ``era``."""

    def writer(value: str) -> str | None:
        match = _DATE.fullmatch(value) or _MONTH_DAY.fullmatch(value)
        if match is None or not 1 <= int(match["m"]) <= 12:
            return None
        parts = match.groupdict()
        month = int(parts["m"])
        era = era_year(value if parts["d"] else f"{value}-31")
        if "{era}" in template and era is None:
            return None
        name = ENGLISH_NAMES[month - 1]
        day = int(parts["d"]) if parts["d"] else ""
        return template.format(y=parts.get("y", ""), m=month, d=day, name=name, short=name[:3], era=era)

    return writer


def _quarter(value: str) -> str | None:
    ordinal = _QUARTERS.get(value[5:])
    return f"{ordinal} quarter {value[:4]}" if ordinal else None


# ---- Durations ------------------------------------------------------------------------------------------------------


def _only(value: str, *units: str) -> re.Match[str] | None:
    """The parts of a duration that has at least the first of the units and no others than these."""
    match = _DURATION.fullmatch(value)
    if match is None or match[units[0]] is None:
        return None
    others = {"years", "months", "days", "hours"} - set(units)
    return None if any(match[unit] for unit in others) else match


def _count(unit: str) -> Writer:
    def writer(value: str) -> str | None:
        match = _only(value, unit)
        return match["sign"] + match[unit] if match else None

    return writer


def _years(value: str) -> str | None:
    match = _only(value, "years", "months")
    if match is None or (match["months"] and match["months"] not in _YEAR_FRACTIONS):
        return None
    return match["sign"] + match["years"] + _YEAR_FRACTIONS.get(match["months"] or "", "")


def _weeks(value: str) -> str | None:
    match = _only(value, "days")
    if match is None or len(match["days"]) > 9:
        return None
    weeks, rest = divmod(int(match["days"]), 7)
    return None if rest else f"{match['sign']}{weeks}"


def _duration_in_words(value: str) -> str | None:
    match = _DURATION.fullmatch(value)
    if match is None or match["sign"] or match["hours"]:
        return None
    parts = [
        f"{match[unit]} {unit if match[unit] != '1' else unit[:-1]}"
        for unit in ("years", "months", "days")
        if match[unit]
    ]
    return ", ".join(parts) or None


def _number_in_words(value: str) -> str | None:
    return write_number(int(value)) if value.isascii() and value.isdigit() and len(value) < 22 else None


_POINT = _figures(",", ".")
_COMMA = _figures(".", ",")
_LONG_US, _SHORT_US = _template("{name} {d}, {y}"), _template("{short} {d}, {y}")
_LONG_UK, _SHORT_UK = _template("{d} {name} {y}"), _template("{d} {short} {y}")
_SLASH_US, _SLASH_EU = _template("{m}/{d}/{y}"), _template("{d}/{m}/{y}")
_NAME_DAY, _DAY_NAME = _template("{name} {d}"), _template("{d} {name}")
_NAME_YEAR, _YEAR_NAME = _template("{name} {y}"), _template("{y} {name}")
_ISO, _CJK, _CJK_MONTH = _template("{y}-{m}-{d}"), _template("{y}年{m}月{d}日"), _template("{y}年{m}月")
_ERA, _ERA_MONTH = _template("{era}年{m}月{d}日"), _template("{era}年{m}月")
_TRUE, _FALSE, _EMPTY = _always("true", CHECKED_BOX), _always("false", EMPTY_BOX), _always("", "")

WRITERS: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        "numcommadot": _POINT,
        "numdotcomma": _COMMA,
        "numspacedot": _figures(NO_BREAK_SPACE, "."),
        "numspacecomma": _figures(NO_BREAK_SPACE, ","),
        "numcomma": _figures("", ","),
        "numdash": _zero("-"),
        "datelongus": _LONG_US,
        "dateshortus": _SHORT_US,
        "datelonguk": _LONG_UK,
        "dateshortuk": _SHORT_UK,
        "dateslashus": _SLASH_US,
        "dateslasheu": _SLASH_EU,
        "datedotus": _template("{m}.{d}.{y}"),
        "datedoteu": _template("{d}.{m}.{y}"),
        "datelongdaymonthuk": _DAY_NAME,
        "dateshortdaymonthuk": _template("{d} {short}"),
        "datelongmonthdayus": _NAME_DAY,
        "dateshortmonthdayus": _template("{short} {d}"),
        "dateslashdaymontheu": _template("{d}/{m}"),
        "dateslashmonthdayus": _template("{m}/{d}"),
        "datelongyearmonth": _YEAR_NAME,
        "dateshortyearmonth": _template("{y} {short}"),
        "datelongmonthyear": _NAME_YEAR,
        "dateshortmonthyear": _template("{short} {y}"),
        "booleantrue": _TRUE,
        "booleanfalse": _FALSE,
        "nocontent": _EMPTY,
        "numdotdecimal": _POINT,
        "numcommadecimal": _COMMA,
        "numunitdecimal": _with_units(","),
        "zerodash": _zero(ZERO_DASH),
        "datedaymonth": _template("{d}/{m}"),
        "datemonthday": _template("{m}/{d}"),
        "datedaymonthen": _DAY_NAME,
        "datemonthdayen": _NAME_DAY,
        "datedaymonthyear": _SLASH_EU,
        "datemonthdayyear": _SLASH_US,
        "datedaymonthyearen": _LONG_UK,
        "datemonthdayyearen": _LONG_US,
        "datemonthyearen": _NAME_YEAR,
        "dateyearmonthen": _YEAR_NAME,
        "dateyearmonthdaycjk": _CJK,
        "dateyearmonthcjk": _CJK_MONTH,
        "dateerayearmonthdayjp": _ERA,
        "dateerayearmonthjp": _ERA_MONTH,
        "datemonthyear": _template("{m}/{y}"),
        "dateyearmonthday": _ISO,
        "fixed-zero": _zero(ZERO_DASH),
        "fixed-true": _TRUE,
        "fixed-false": _FALSE,
        "fixed-empty": _EMPTY,
        "num-dot-decimal": _POINT,
        "num-comma-decimal": _COMMA,
        "num-unit-decimal": _with_units(","),
        "num-dot-decimal-apos": _figures("’", "."),
        "num-comma-decimal-apos": _figures("’", ","),
        "num-unit-decimal-apos": _with_units("’"),
        "date-day-month": _template("{d}/{m}"),
        "date-month-day": _template("{m}/{d}"),
        "date-day-month-year": _SLASH_EU,
        "date-month-day-year": _SLASH_US,
        "date-month-year": _template("{m}/{y}"),
        "date-year-month": _CJK_MONTH,
        "date-year-month-day": _CJK,
        "date-day-monthname-en": _DAY_NAME,
        "date-monthname-day-en": _NAME_DAY,
        "date-day-monthname-year-en": _LONG_UK,
        "date-monthname-day-year-en": _LONG_US,
        "date-monthname-year-en": _NAME_YEAR,
        "date-year-monthname-en": _YEAR_NAME,
        "date-jpn-era-year-month-day": _ERA,
        "date-jpn-era-year-month": _ERA_MONTH,
        "numinf": _always("INF", "∞"),
        "numneginf": _always("-INF", "-∞"),
        "numnan": _always("NaN", "n/a"),
        "boolballotbox": {"true": CHECKED_BOX, "false": EMPTY_BOX}.get,
        "yesnoballotbox": {"Yes": CHECKED_BOX, "No": EMPTY_BOX}.get,
        "numwordsen": _number_in_words,
        "duryear": _years,
        "durmonth": _count("months"),
        "durweek": _weeks,
        "durday": _count("days"),
        "durhour": _count("hours"),
        "durwordsen": _duration_in_words,
        "datequarterend": _quarter,
        "countrynameen": COUNTRY_TABLE.name_of,
        "stateprovnameen": STATE_TABLE.name_of,
        "edgarprovcountryen": EDGAR_TABLE.name_of,
        "exchnameen": EXCHANGE_TABLE.name_of,
        "entityfilercategoryen": FILER_TABLE.name_of,
    }
)


def writable_formats() -> Iterator[tuple[QName, TransformationRule]]:
    """Every transformation that `format_as` can print, with its rule."""
    for namespace, rules in REGISTRIES.items():
        yield from ((QName(namespace, name), rule) for name, rule in rules.items() if name in WRITERS)


def format_as(name: QName, value: str) -> str:
    """The text that the transformation reads as the value; numbers have no sign.

    Raises:
        UnknownTransformation: no registry has the name.
        NotPrintable: the transformation has no writer, or cannot express the value.
    """
    rule = find_rule(name)
    writer = WRITERS.get(name.local_name)
    if writer is None:
        raise NotPrintable(f"{name.local_name} is read but not written")
    text = writer(value)
    read = None if text is None else rule.parser(collapse(text))
    if text is None or read is None or not same_value(read, value, rule.gives):
        raise NotPrintable(f"{name.local_name} cannot print {shortened(value)}; expected the value of {rule.expects}")
    return text


def reads_as(name: QName, text: str, value: str) -> bool:
    """Whether a transformation reads a text as the value; none that no registry has does."""
    registry = REGISTRIES.get(name.namespace)
    rule = registry.get(name.local_name) if registry is not None else None
    read = None if rule is None else rule.parser(collapse(text))
    return rule is not None and read is not None and same_value(read, value, rule.gives)


def find_formats(text: str, value: str, *, gives: Gives, registries: tuple[str, ...]) -> tuple[QName, ...]:
    """The transformations that read a text which stands in a document as the value, in the registries' order.

    Those that give their value for any text are left out.
    """
    collapsed = collapse(text)
    return tuple(
        QName(namespace, name)
        for namespace in registries
        for name, rule in REGISTRIES[namespace].items()
        if rule.gives is gives
        and not rule.is_fixed
        and (read := rule.parser(collapsed)) is not None
        and same_value(read, value, gives)
    )
