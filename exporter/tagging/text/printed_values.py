"""Surfaces: the places of a text that state a number, an amount, a share, a date, a count in words or a ticked box.

A surface says what would stand inside a tag (``span``: digits only, dates as a whole) and what belongs to it outside
(``outer``: signs, currencies, scale words, units), and what value it states. The text is read once from left to right
by each of a fixed number of patterns that look ahead and back by a bounded number of characters.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from attrs import frozen

from exporter.errors import ModelError
from exporter.items.values import parse_count
from exporter.items.values.currencies import currencies_named
from exporter.items.values.languages import DecimalMark
from exporter.items.values.numerals import myriad, read_digits, read_myriads, shift, take_scale
from exporter.tagging.document.layout import Block
from exporter.tagging.document.source import Span
from exporter.tagging.text.dates import CalendarKind, CalendarMatch, find_calendar

_REACH: Final = 28  # characters that are looked at on either side of a number
_MOST_DIGITS: Final = 200
_NARROW: Final = "\u00a0\u2009\u202f"
_BLANK: Final = r"(?:[ \u00a0\u2009\u202f\u3000]{1,60})"
# One character for one, so that offsets hold.
_FOLDED: Final = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xFE63), "-"),
    0xFFE1: "£",
    0xFFE5: "¥",
    0xFFE6: "₩",
    0x25B2: "△",
    0x2019: "'",
}
_GROUPS: Final = rf"[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])|[0-9]{{1,3}}(?:[{_NARROW}'][0-9]{{3}})+(?![0-9])"
_POINT_NUMBER: Final = re.compile(rf"(?:{_GROUPS}|[0-9]+)(?:\.[0-9]+)?|(?<![0-9A-Za-z.])\.[0-9]+")
_COMMA_NUMBER: Final = re.compile(rf"(?:[0-9]{{1,3}}(?:[.{_NARROW}'][0-9]{{3}})+(?![0-9])|[0-9]+)(?:,[0-9]+)?")
_BEFORE: Final = re.compile(
    rf"(?P<sign>[-△(]?)(?:{_BLANK}?+(?P<currency>(?:[A-Za-z][A-Za-z.]{{0,4}}{_BLANK}?\\?)?[$¥€£₩₹₺₦₪₱₫฿₽]|\\[$¥]"
    rf"|(?<![A-Za-z])[A-Z]{{3}}|(?<![A-Za-z])(?:Rs|RMB)\.?))?{_BLANK}?+(?P<inner>[-△(]?){_BLANK}?+$"
)
_PERCENT: Final = re.compile(
    rf"\)?{_BLANK}?(?P<sign>%{_BLANK}?-?points?\b|%|‰|percentage[ -]points?|pp\b|pts\b|per{_BLANK}?cent(?:um)?\b"
    rf"|パーセント|ポイント|basis points?\b"
    r"|bps?\b)",
    re.I,
)
_POWERS: Final = {"%": -2, "‰": -3, "パ": -2, "p": -2, "b": -4}
_SCALE: Final = re.compile(
    rf"\)?{_BLANK}?(?P<word>(?:thousand|million|billion|trillion)s?\b|mn\b|mln\b|bn\b|bln\b|tn\b|trn\b"
    r"|十億|百億|千億|百万|千万|十万|億|兆|万|千)",
    re.I,
)
_SEN: Final = re.compile(
    rf"(?<![0-9,.])(?P<yen>[0-9][0-9,]{{0,30}}){_BLANK}?円{_BLANK}?(?P<sen>[0-9]{{1,2}}){_BLANK}?銭"
)
_MYRIADS: Final = re.compile(
    rf"(?<![0-9,.])[0-9][0-9,]{{0,15}}{_BLANK}?[兆億万](?:{_BLANK}?[0-9][0-9,]{{0,15}}{_BLANK}?[億万千])+"
    rf"(?:{_BLANK}?[0-9][0-9,]{{0,15}}(?![0-9,.]))?"
)
_MYRIAD: Final = re.compile(r"([0-9][0-9,]*)\D*?([兆億万千]?)(?=[0-9]|\s|$|[^0-9,])")
_SLASHED: Final = re.compile(r"(?<![0-9/.-])([0-9]{1,2})/([0-9]{1,2})/((?:19|20)[0-9]{2})(?![0-9/-])")
_SHARES: Final = re.compile(
    rf"{_BLANK}?(?:(?!(?:per|a|an|each|every|one)\b)[a-z]+{_BLANK})?(?:shares?|ADSs?|ADRs?)\b(?!-)|{_BLANK}?株(?!主)",
    re.I,
)
_PER_SHARE: Final = re.compile(
    rf"{_BLANK}?(?:per|a|an|each|for each|on each){_BLANK}(?:[a-z]+{_BLANK})?(?:shares?|ADSs?|ADRs?)\b", re.I
)
_MINOR: Final = re.compile(rf"{_BLANK}?(?P<unit>pence|cents?|¢)(?![A-Za-z])|(?P<glued>p)(?![A-Za-z])", re.I)
_SHORT_SCALE: Final = re.compile(rf"\)?{_BLANK}?(?P<word>[mkb])(?![A-Za-z0-9.])", re.I)
_SHORT: Final = {"k": 3, "m": 6, "b": 9}
_UNIT_WORDS: Final = re.compile(rf"(?:of{_BLANK})?(?P<name>[^\W\d_][\w.]*(?:{_BLANK}[^\W\d_][\w.]*){{0,2}})")
_JAPANESE_UNIT: Final = re.compile("(?P<name>日本円|米ドル|[^\\s\\w]?[ァ-ヶー]{2,12}|円|元)")
_SMALL: Final = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_WORDS: Final = re.compile(
    rf"(?<![\w-])(?:{_SMALL})(?:(?:-|{_BLANK}(?:and{_BLANK})?)(?:{_SMALL}|hundred|thousand|million))*(?![\w])", re.I
)
_DASH: Final = re.compile(r"\s*+(?P<currency>(?:[A-Z]{1,3}\.?)?[$¥€£])?\s*+(?P<dash>[-—―]{1,3}|(?i:nil))\s*+")
_BOXES: Final = {"☒": "true", "☑": "true", "☐": "false"}
_BOX: Final = re.compile("[☒☑☐]")


class SurfaceKind(enum.StrEnum):
    """What a surface looks like."""

    NUMBER = "number"
    WORDS = "count in words"
    DATE = "date"
    MONTH = "month"
    MONTH_DAY = "day of the year"
    YEAR = "year"
    BOX = "box"
    DASH = "dash"

    @property
    def is_calendar(self) -> bool:
        return self in _CALENDAR


_CALENDAR: Final = frozenset({SurfaceKind.DATE, SurfaceKind.MONTH, SurfaceKind.MONTH_DAY, SurfaceKind.YEAR})


@frozen(kw_only=True)
class PrintedValue:
    """One place that states a value.

    ``value`` is the number without sign and scale, or the text of the date, month, day or truth value as XML Schema
    writes it, empty where it may be either of two days.
    ``places`` counts the digits after the point. ``scale`` is the printed power of ten, ``None`` where none
    is printed; ``percent`` the power of a percent sign. ``currencies`` are those that a printed sign or name may mean.
    ``is_points`` tells percentage points from percentages, ``is_minor`` pence and cents, whose ``scale`` is -2.
    ``months`` is how long the period is that a date is said to end, ``within`` marks the parts of a larger surface.
    """

    kind: SurfaceKind
    span: Span
    outer: Span
    text: str
    value: Decimal | str
    places: int = 0
    scale: int | None = None
    negative: bool = False
    parenthesised: bool = False
    currencies: tuple[str, ...] = ()
    percent: int | None = None
    is_shares: bool = False
    is_points: bool = False
    is_minor: bool = False
    is_per_share: bool = False
    attached: bool = False
    months: int | None = None
    starts_year: bool = False
    within: bool = False

    @property
    def is_number(self) -> bool:
        return self.kind in (SurfaceKind.NUMBER, SurfaceKind.WORDS, SurfaceKind.DASH)

    def amount(self, scale: int = 0) -> Decimal:
        """The number under a scale, with the sign as printed."""
        assert isinstance(self.value, Decimal)
        number = shift(self.value, scale)
        return number.copy_negate() if self.negative and number else number

    @property
    def figures(self) -> int:
        """How many digits say something: leading zeros, and trailing ones of a whole number, do not."""
        assert isinstance(self.value, Decimal)
        digits = self.text.replace(",", "").lstrip("0.") if self.kind is SurfaceKind.NUMBER else ""
        return sum(ch.isdigit() for ch in (digits if self.places else digits.rstrip("0")))

    def accuracies(self, scale: int) -> range:
        """The ``decimals`` that the print allows: trailing zeros of a whole number may or may not be exact."""
        zeros = 0
        if not self.places and self.value:
            digits = re.sub(r"\D", "", self.text)
            zeros = len(digits) - len(digits.rstrip("0"))
        return range(self.places - scale - zeros, self.places - scale + 1)


def fold(text: str) -> str:
    """``text`` with full-width forms, minus signs and the like in one shape each, character by character."""
    return text if text.isascii() else text.translate(_FOLDED)


def find_surfaces(text: str, *, decimal_mark: DecimalMark = ".") -> tuple[PrintedValue, ...]:
    """All surfaces in reading order; parts of a date follow the date."""
    folded = fold(text)
    taken = bytearray(len(text))
    found = list(_calendar_surfaces(text, folded, taken))
    found += _open_dates(text, folded, taken)
    found += _sen_surfaces(text, folded, taken)
    found += _myriad_surfaces(text, folded, taken)
    found += _number_surfaces(text, folded, taken, decimal_mark)
    found += _word_surfaces(text, folded, taken)
    found += _box_surfaces(text)
    return tuple(sorted(found, key=lambda each: (each.span.start, -each.span.end)))


def _claim(taken: bytearray, start: int, end: int) -> bool:
    """Whether the characters were free; they are taken from now on."""
    if any(taken[start:end]):
        return False
    taken[start:end] = b"\x01" * (end - start)
    return True


def _calendar_surfaces(text: str, folded: str, taken: bytearray) -> Iterator[PrintedValue]:
    for each in find_calendar(folded):
        if each.kind is CalendarKind.YEAR and not each.is_marked:
            continue  # a number of four digits, too: see below
        if _claim(taken, each.start, each.end):
            yield from _calendar_surface(text, each.start, each.end, each.kind, each.value, each)


def _calendar_surface(
    text: str,
    start: int,
    end: int,
    kind: CalendarKind,
    value: str,
    calendar_match: CalendarMatch,
    *,
    within: bool = False,
) -> Iterator[PrintedValue]:
    span = Span(start, end)
    yield PrintedValue(
        kind=SurfaceKind(str(kind)),
        span=span,
        outer=Span(calendar_match.outer_start, end) if not within else span,
        text=text[start:end],
        value=value,
        months=None if within else calendar_match.months,
        starts_year=calendar_match.starts_year,
        within=within,
    )
    for part in calendar_match.parts if not within else ():
        yield from _calendar_surface(text, part.start, part.end, part.kind, part.value, calendar_match, within=True)


def _open_dates(text: str, folded: str, taken: bytearray) -> Iterator[PrintedValue]:
    """Dates like 03/04/2005, which are of March or of April: they state no value that could be trusted."""
    for match in _SLASHED.finditer(folded):
        first, second, _ = (int(part) for part in match.groups())
        if 1 <= first <= 12 and 1 <= second <= 12 and _claim(taken, *match.span()):
            span = Span(*match.span())
            value = f"{match[3]}-{first:02d}-{first:02d}" if first == second else ""
            yield PrintedValue(
                kind=SurfaceKind.DATE, span=span, outer=span, text=text[span.start : span.end], value=value
            )


def readings_of(surface: PrintedValue) -> tuple[str, ...]:
    """The two days that a date may be whose parts do not tell the day from the month; none for any other surface."""
    match = _SLASHED.fullmatch(fold(surface.text)) if surface.kind is SurfaceKind.DATE and not surface.value else None
    if match is None:
        return ()
    first, second, year = match.groups()
    return f"{year}-{first:>02}-{second:>02}", f"{year}-{second:>02}-{first:>02}"


def _myriad_surfaces(text: str, folded: str, taken: bytearray) -> Iterator[PrintedValue]:
    """Amounts like 12億3,456万円: one number, not two."""
    for match in _MYRIADS.finditer(folded):
        parts = [(each[1], myriad(each[2]) if each[2] else None) for each in _MYRIAD.finditer(match[0])]
        try:
            numeral = read_myriads(parts)
        except ModelError:
            continue
        if _claim(taken, match.start(), match.end()):
            sign, currencies, outer = _look_before(folded, match.start())
            unit = _look_after(folded, match.end())
            yield PrintedValue(
                kind=SurfaceKind.NUMBER,
                span=Span(match.start(), match.end()),
                outer=Span(outer, unit.end),
                text=text[match.start() : match.end()],
                value=numeral.value,
                places=numeral.decimals,
                scale=0,
                negative="-" in sign or "△" in sign,
                currencies=currencies or unit.currencies,
                is_shares=unit.is_shares,
            )


def _sen_surfaces(text: str, folded: str, taken: bytearray) -> Iterator[PrintedValue]:
    for match in _SEN.finditer(folded):
        if not _claim(taken, match.start(), match.end()):
            continue
        sign, _, outer = _look_before(folded, match.start())
        digits = match["yen"].replace(",", "")
        yield PrintedValue(
            kind=SurfaceKind.NUMBER,
            span=Span(match.start(), match.end()),
            outer=Span(outer, match.end()),
            text=text[match.start() : match.end()],
            value=Decimal(f"{digits}.{match['sen'].zfill(2)}"),
            places=2,
            negative=bool(sign),
            currencies=("JPY",),
        )


def _number_surfaces(text: str, folded: str, taken: bytearray, mark: DecimalMark) -> Iterator[PrintedValue]:
    pattern = _POINT_NUMBER if mark == "." else _COMMA_NUMBER
    for match in pattern.finditer(folded):
        start, end = match.span()
        if not _claim(taken, start, end):
            continue
        surface = _number_surface(text, folded, start, end, mark)
        if surface is not None:
            yield surface


def _number_surface(text: str, folded: str, start: int, end: int, mark: DecimalMark) -> PrintedValue | None:
    if end - start > _MOST_DIGITS:
        return None
    digits = re.sub(f"[{_NARROW}]", "\u202f", folded[start:end])
    try:
        numeral = read_digits(digits, mark)
    except ModelError:
        return None
    sign, currencies, outer_start = _look_before(folded, start)
    unit = _look_after(folded, end, has_sign=bool(currencies))
    outer_end = unit.end
    parenthesised = "(" in sign and folded[outer_end : outer_end + 1] == ")"
    if not parenthesised and "(" in sign and ")" in folded[end:outer_end]:
        parenthesised = True
    elif parenthesised:
        outer_end += 1
    if "(" in sign and not parenthesised:
        outer_start += folded[outer_start:start].find("(") + 1
    attached = not currencies and _is_attached(
        folded, start, end, bool(unit.scale is not None or unit.percent or unit.is_shares)
    )
    year = len(digits) == 4 and digits.isdigit() and "1900" <= digits <= "2099"
    year = year and not (
        currencies or unit.currencies or unit.percent or unit.scale is not None or unit.is_shares or attached
    )
    kind = SurfaceKind.YEAR if year else SurfaceKind.NUMBER
    return PrintedValue(
        kind=kind,
        span=Span(start, end),
        outer=Span(outer_start, outer_end),
        text=text[start:end],
        value=digits if kind is SurfaceKind.YEAR else numeral.value,
        places=numeral.decimals,
        scale=unit.scale,
        negative=parenthesised or "-" in sign or "△" in sign,
        parenthesised=parenthesised,
        currencies=currencies or unit.currencies,
        percent=unit.percent,
        is_shares=unit.is_shares,
        is_points=unit.is_points,
        is_minor=unit.is_minor,
        is_per_share=unit.is_per_share,
        attached=attached,
    )


def _look_before(folded: str, start: int) -> tuple[str, tuple[str, ...], int]:
    """The sign and the currencies printed before a number, and where they begin."""
    begin = max(0, start - _REACH)
    window = folded[begin:start]
    cut = max(window.rfind("\n"), window.rfind("\t")) + 1
    match = _BEFORE.search(window, cut)
    if match is None:
        return "", (), start
    name, place = match["currency"], match.start()
    currencies = currencies_named(name) if name else ()
    if name and not currencies:  # "per $", "of JPY": the words before the sign are none of its own
        name = name[-2:] if name[-2:-1] == "\\" else name[-1]
        currencies = currencies_named(name)
        place = match.end("currency") - len(name)
    if name and not currencies:
        match = _BEFORE.search(window, match.end("currency"))
        place = match.start() if match else 0
    if match is None:
        return "", (), start
    sign = (match["sign"] if place == match.start() else "") + match["inner"]
    if "-" in sign and not currencies and _joins(folded, begin + match.start()):
        return "", (), start  # a hyphen or a dash of a range, no minus
    if not sign and not currencies:
        return "", (), start
    shown = window[place:]
    return sign, currencies, begin + place + len(shown) - len(shown.lstrip())


def _joins(folded: str, place: int) -> bool:
    """Whether a hyphen there stands directly after a letter or a digit."""
    return place > 0 and folded[place - 1].isalnum() and folded[place : place + 1] == "-"


@frozen(kw_only=True)
class _UnitSuffix:
    """What stands behind a number and belongs to it, up to ``end``."""

    end: int
    scale: int | None = None
    percent: int | None = None
    currencies: tuple[str, ...] = ()
    is_shares: bool = False
    is_points: bool = False
    is_minor: bool = False
    is_per_share: bool = False


def _look_after(folded: str, end: int, *, has_sign: bool = False) -> _UnitSuffix:
    """The unit behind a number; ``has_sign`` tells that a currency stands before it, so that "m" means millions."""
    window = folded[end : end + _REACH]
    for stop in "\n\t":
        window = window.partition(stop)[0]
    if match := _PERCENT.match(window):
        sign = match["sign"].lower()
        is_points = "point" in sign or sign.startswith(("b", "ポ"))
        return _UnitSuffix(percent=_POWERS.get(sign[0], -2), is_points=is_points, end=end + match.end())
    if match := _MINOR.match(window):
        named = ("GBP",) if (match["unit"] or "p").lower().startswith("p") else ()
        return _UnitSuffix(
            scale=-2, currencies=named, is_minor=True, is_per_share=_is_per(window, match.end()), end=end + match.end()
        )
    scale, place = None, 0
    if match := (_SHORT_SCALE if has_sign else _SCALE).match(window) or _SCALE.match(window):
        scale, place = _SHORT.get(match["word"].lower()) or take_scale(match["word"])[0], match.end()
    if match := _SHARES.match(window, place):
        return _UnitSuffix(scale=scale, is_shares=True, end=end + match.end())
    rest = window[place:]
    blank = len(rest) - len(rest.lstrip(" \u00a0\u2009\u202f\u3000"))
    for name in _unit_names(rest[blank:]):
        if currencies := currencies_named(name.removeprefix("of ")):
            after = place + blank + len(name)
            return _UnitSuffix(scale=scale, currencies=currencies, is_per_share=_is_per(window, after), end=end + after)
    return _UnitSuffix(scale=scale, is_per_share=_is_per(window, place), end=end + place)


def _is_per(window: str, place: int) -> bool:
    return bool(_PER_SHARE.match(window, place))


def _unit_names(rest: str) -> Iterator[str]:
    if match := _JAPANESE_UNIT.match(rest):
        yield match["name"]
    if match := _UNIT_WORDS.match(rest):
        parts = re.split(f"({_BLANK})", match[0])
        for length in range(len(parts), 0, -2):
            name = "".join(parts[:length])
            # A word in capitals is a code, any other a name; "a" or "is" are neither.
            if len(name) > 2 or not name.isascii():
                yield name.rstrip(".")


def _is_attached(folded: str, start: int, end: int, has_unit: bool) -> bool:
    """Whether a letter stands directly beside the digits, or a letter and a hyphen: "3G", "IPv6", "20-F"."""
    before, after = folded[max(0, start - 2) : start], folded[end : end + 2]
    if before[-1:].isascii() and before[-1:].isalpha():
        return True
    if before[-1:] == "-" and before[:1].isascii() and before[:1].isalnum():
        return True
    if has_unit:
        return False
    if after[:1].isascii() and after[:1].isalpha() and not re.match(r"(?:st|nd|rd|th|x)\b", folded[end : end + 3]):
        return True
    return after[:1] == "-" and after[1:].isascii() and after[1:].isalpha()


def _word_surfaces(text: str, folded: str, taken: bytearray) -> Iterator[PrintedValue]:
    for match in _WORDS.finditer(folded):
        for start, end, count in _counts(match):
            if _claim(taken, start, end):
                unit = _look_after(folded, end)
                yield PrintedValue(
                    kind=SurfaceKind.WORDS,
                    span=Span(start, end),
                    outer=Span(start, unit.end),
                    text=text[start:end],
                    value=Decimal(count),
                    scale=unit.scale,
                    percent=unit.percent,
                    is_shares=unit.is_shares,
                    currencies=unit.currencies,
                )


def _counts(match: re.Match[str]) -> Iterator[tuple[int, int, int]]:
    """One number where the words make one, else each word by itself ("two three")."""
    try:
        yield match.start(), match.end(), parse_count(match[0])
        return
    except ModelError:
        pass
    for word in re.finditer(_SMALL, match[0], re.I):
        yield match.start() + word.start(), match.start() + word.end(), parse_count(word[0])


def _box_surfaces(text: str) -> Iterator[PrintedValue]:
    for match in _BOX.finditer(text):
        span = Span(match.start(), match.end())
        yield PrintedValue(kind=SurfaceKind.BOX, span=span, outer=span, text=match[0], value=_BOXES[match[0]])


def find_dashes(text: str, blocks: Iterable[Block]) -> Iterator[PrintedValue]:
    """Cells that hold a dash and nothing else but a currency: it may stand for zero, or for nothing."""
    for block in blocks:
        match = _DASH.fullmatch(text, block.start, block.end) if block.kind == "cell" else None
        if match is not None:
            currencies = currencies_named(match["currency"]) if match["currency"] else ()
            yield PrintedValue(
                kind=SurfaceKind.DASH,
                span=Span(*match.span("dash")),
                outer=Span(block.start, block.end),
                text=match["dash"],
                value=Decimal(0),
                currencies=currencies,
            )


def as_date(value: str) -> dt.date | None:
    """The day that the value of a date surface names."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
