"""Printed values in running text: numbers, amounts, shares, counts in words, dates and ticked boxes, with their places.

A value says what would stand inside a tag (``span``: digits only, dates as a whole), what belongs to it outside
(``outer``: signs, currencies, scale words, units), and what it states. The text is read once from left to right by each
of a fixed number of expressions, which look ahead and back by a bounded number of characters. The words are those of
`exporter.items.values.printed_words`; `exporter.items.values.phrases` reads one value with the same words.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from attrs import define, field, frozen

from exporter.errors import ModelError
from exporter.items.values.languages import DecimalMark
from exporter.items.values.numerals import read_digits, read_myriads, shift
from exporter.items.values.printed_dates import CalendarKind, CalendarMatch, find_dates
from exporter.items.values.printed_words import BLANK, BLANKS, CURRENCY_SIGN, PrintedWords, printed_words

_REACH: Final = 28  # characters that are looked at before a number
_REACH_BEHIND: Final = 56
_MOST_DIGITS: Final = 200
_NARROW: Final = "\u00a0\u2009\u202f"
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
# Plain blanks group digits where the language does so and nothing but groups of three follows.
_BLANK_NUMBER: Final = re.compile(
    rf"(?:(?<![0-9])[0-9]{{1,3}}(?:[ .{_NARROW}'][0-9]{{3}})+(?![0-9]|[ ][0-9])|[0-9]+)(?:,[0-9]+)?"
)
_BEFORE: Final = re.compile(
    rf"(?P<sign>[-△(]?)(?:{BLANK}?+(?P<currency>(?:[A-Za-z][A-Za-z.]{{0,4}}{BLANK}?\\?)?{CURRENCY_SIGN}|\\[$¥]"
    rf"|(?<![A-Za-z])[A-Z]{{3}}|(?<![A-Za-z])(?:Rs|RMB)\.?))?{BLANK}?+(?P<inner>[-△(]?){BLANK}?+$"
)
_SEN: Final = re.compile(rf"(?<![0-9,.])(?P<yen>[0-9][0-9,]{{0,30}}){BLANK}?円{BLANK}?(?P<sen>[0-9]{{1,2}}){BLANK}?銭")
_SLASHED: Final = re.compile(r"(?<![0-9/.-])([0-9]{1,2})/([0-9]{1,2})/((?:19|20)[0-9]{2})(?![0-9/-])")
# Letters behind an amount with a currency sign: $3.4m.
_LETTER_SCALE: Final = re.compile(rf"\)?{BLANK}?(?P<word>[mkb])(?![A-Za-z0-9.])", re.IGNORECASE)
_LETTER_SCALES: Final = {"k": 3, "m": 6, "b": 9}
_SIGN_BEHIND: Final = re.compile(rf"(?:[A-Za-z]{{1,3}}\.?)?{CURRENCY_SIGN}")
_UNIT_WORDS: Final = re.compile(rf"[^\W\d_][\w.'-]*(?:{BLANK}[^\W\d_][\w.'-]*){{0,2}}")
_BOXES: Final = {"☒": "true", "☑": "true", "☐": "false"}
_BOX: Final = re.compile("[☒☑☐]")


@frozen(order=True)
class Span:
    """The characters from ``start`` up to, but not including, ``end``; never empty.

    Raises:
        ModelError: ``start`` is negative, or ``end`` does not lie behind it.
    """

    start: int
    end: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ModelError(
                f"A span runs from a start of 0 or more to an end behind it, not {self.start} to {self.end}."
            )

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        """Whether all of ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


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


@lru_cache(maxsize=32)
def _myriads(words: PrintedWords) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Numbers such as 12億3,456万, and a part of one."""
    units = "".join(words.myriads)
    above = "".join(unit for unit, power in words.myriads.items() if power > 3)
    below = "".join(unit for unit, power in words.myriads.items() if power < 12)
    digits = "[0-9][0-9,]{0,15}"
    whole = re.compile(
        rf"(?<![0-9,.]){digits}{BLANK}?[{above}](?:{BLANK}?{digits}{BLANK}?[{below}])+(?:{BLANK}?{digits}(?![0-9,.]))?"
    )
    return whole, re.compile(rf"([0-9][0-9,]*)\D*?([{units}]?)(?=[0-9]|\s|$|[^0-9,])")


def find_values(text: str, *, decimal_mark: DecimalMark = ".", language: str | None = None) -> tuple[PrintedValue, ...]:
    """All printed values in reading order; parts of a date follow the date.

    Args:
        text: running text, or the text of tables with tabs and line ends between cells.
        decimal_mark: what stands before the decimals; it is never guessed.
        language: a further language to read beside English and Japanese.
    """
    return _Finder(text, fold(text), printed_words(language), decimal_mark).values()


def _calendar_values(match: CalendarMatch, text: str) -> Iterator[PrintedValue]:
    yield _calendar_value(match, text)
    for part in match.parts:
        span = Span(part.start, part.end)
        yield PrintedValue(
            kind=SurfaceKind(str(part.kind)),
            span=span,
            outer=span,
            text=text[part.start : part.end],
            value=part.value,
            starts_year=match.starts_year,
            within=True,
        )


def _calendar_value(match: CalendarMatch, text: str) -> PrintedValue:
    return PrintedValue(
        kind=SurfaceKind(str(match.kind)),
        span=Span(match.start, match.end),
        outer=Span(match.outer_start, match.end),
        text=text[match.start : match.end],
        value=match.value,
        months=match.months,
        starts_year=match.starts_year,
    )


@define(eq=False)
class _Finder:
    """Finds the values of one text, each character in one value only."""

    text: str
    folded: str
    words: PrintedWords
    mark: DecimalMark
    taken: bytearray = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.taken = bytearray(len(self.text))

    def values(self) -> tuple[PrintedValue, ...]:
        values = [
            *self._dates(),
            *self._open_dates(),
            *self._sen(),
            *self._numbers_of_several_units(),
            *self._numbers(),
            *self._counts_in_words(),
            *self._boxes(),
        ]
        return tuple(sorted(values, key=lambda value: (value.span.start, -value.span.end)))

    def _claim(self, start: int, end: int) -> bool:
        """Whether the characters were free; they are taken from now on."""
        if any(self.taken[start:end]):
            return False
        self.taken[start:end] = b"\x01" * (end - start)
        return True

    def _dates(self) -> Iterator[PrintedValue]:
        for match in find_dates(self.folded, self.words):
            # A year that no word marks may be a number of four digits as well: see below.
            if (match.kind is not CalendarKind.YEAR or match.is_marked) and self._claim(match.start, match.end):
                yield from _calendar_values(match, self.text)

    def _open_dates(self) -> Iterator[PrintedValue]:
        """Dates like 03/04/2005, which are of March or of April: they state no value that could be trusted."""
        for match in _SLASHED.finditer(self.folded):
            first, second, _ = (int(part) for part in match.groups())
            if 1 <= first <= 12 and 1 <= second <= 12 and self._claim(*match.span()):
                span = Span(*match.span())
                value = f"{match[3]}-{first:02d}-{first:02d}" if first == second else ""
                yield PrintedValue(
                    kind=SurfaceKind.DATE, span=span, outer=span, text=self.text[span.start : span.end], value=value
                )

    def _numbers_of_several_units(self) -> Iterator[PrintedValue]:
        """Amounts like 12億3,456万円: one number, not two."""
        whole, part_of = _myriads(self.words)
        for match in whole.finditer(self.folded):
            parts = [(part[1], self.words.myriads.get(part[2])) for part in part_of.finditer(match[0])]
            try:
                numeral = read_myriads(parts)
            except ModelError:
                continue
            if self._claim(match.start(), match.end()):
                sign, currencies, outer = self._look_before(match.start())
                unit = self._look_after(match.end())
                yield PrintedValue(
                    kind=SurfaceKind.NUMBER,
                    span=Span(match.start(), match.end()),
                    outer=Span(outer, unit.end),
                    text=self.text[match.start() : match.end()],
                    value=numeral.value,
                    places=numeral.decimals,
                    scale=0,
                    negative="-" in sign or "△" in sign,
                    currencies=currencies or unit.currencies,
                    is_shares=unit.is_shares,
                )

    def _sen(self) -> Iterator[PrintedValue]:
        for match in _SEN.finditer(self.folded):
            if not self._claim(match.start(), match.end()):
                continue
            sign, _, outer = self._look_before(match.start())
            digits = match["yen"].replace(",", "")
            yield PrintedValue(
                kind=SurfaceKind.NUMBER,
                span=Span(match.start(), match.end()),
                outer=Span(outer, match.end()),
                text=self.text[match.start() : match.end()],
                value=Decimal(f"{digits}.{match['sen'].zfill(2)}"),
                places=2,
                negative=bool(sign),
                currencies=("JPY",),
            )

    def _numbers(self) -> Iterator[PrintedValue]:
        by_blanks = self.mark == "," and self.words.further is not None and self.words.further.group == " "
        pattern = _POINT_NUMBER if self.mark == "." else _BLANK_NUMBER if by_blanks else _COMMA_NUMBER
        for match in pattern.finditer(self.folded):
            if self._claim(*match.span()) and (value := self._number(*match.span())) is not None:
                yield value

    def _number(self, start: int, end: int) -> PrintedValue | None:
        if end - start > _MOST_DIGITS:
            return None
        digits = re.sub(f"[ {_NARROW}]", "\u202f", self.folded[start:end])
        try:
            numeral = read_digits(digits, self.mark)
        except ModelError:
            return None
        sign, currencies, outer_start = self._look_before(start)
        unit = self._look_after(end, has_sign=bool(currencies))
        outer_end = unit.end
        parenthesised = "(" in sign and self.folded[outer_end : outer_end + 1] == ")"
        if not parenthesised and "(" in sign and ")" in self.folded[end:outer_end]:
            parenthesised = True
        elif parenthesised:
            outer_end += 1
        if "(" in sign and not parenthesised:
            outer_start += self.folded[outer_start:start].find("(") + 1
        has_unit = bool(unit.scale is not None or unit.percent or unit.is_shares)
        attached = not currencies and _is_attached(self.folded, start, end, has_unit)
        may_be_year = len(digits) == 4 and digits.isdigit() and "1900" <= digits <= "2099"
        is_year = may_be_year and not (currencies or unit.currencies or has_unit or attached)
        return PrintedValue(
            kind=SurfaceKind.YEAR if is_year else SurfaceKind.NUMBER,
            span=Span(start, end),
            outer=Span(outer_start, outer_end),
            text=self.text[start:end],
            value=digits if is_year else numeral.value,
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

    def _look_before(self, start: int) -> tuple[str, tuple[str, ...], int]:
        """The sign and the currencies printed before a number, and where they begin."""
        begin = max(0, start - _REACH)
        window = self.folded[begin:start]
        cut = max(window.rfind("\n"), window.rfind("\t")) + 1
        match = _BEFORE.search(window, cut)
        if match is None:
            return "", (), start
        name, place = match["currency"], match.start()
        currencies = self.words.currencies(name) if name else ()
        if name and not currencies:  # "per $", "of JPY": the words before the sign are none of its own
            name = name[-2:] if name[-2:-1] == "\\" else name[-1]
            currencies = self.words.currencies(name)
            place = match.end("currency") - len(name)
        if name and not currencies:
            match = _BEFORE.search(window, match.end("currency"))
            place = match.start() if match else 0
        if match is None:
            return "", (), start
        sign = (match["sign"] if place == match.start() else "") + match["inner"]
        if "-" in sign and not currencies and _joins(self.folded, begin + match.start()):
            return "", (), start  # a hyphen or a dash of a range, no minus
        if not sign and not currencies:
            return "", (), start
        before = window[place:]
        return sign, currencies, begin + place + len(before) - len(before.lstrip())

    def _look_after(self, end: int, *, has_sign: bool = False) -> _UnitSuffix:
        """The unit behind a number; ``has_sign`` tells that a currency stands before it, so that "m" means millions."""
        window = self.folded[end : end + _REACH_BEHIND]
        for stop in "\n\t":
            window = window.partition(stop)[0]
        if match := self.words.percent.match(window):
            power = -4 if match["basis"] else -3 if match["mille"] else -2
            is_points = match["points"] is not None or match["basis"] is not None
            return _UnitSuffix(percent=power, is_points=is_points, end=end + match.end())
        if match := self.words.minor.match(window):
            return _UnitSuffix(
                scale=-2,
                currencies=self.words.minor_currencies(match["unit"] or match["glued"]),
                is_minor=True,
                is_per_share=self._is_per_share(window, match.end()),
                end=end + match.end(),
            )
        scale, place = None, 0
        if has_sign and (match := _LETTER_SCALE.match(window)):
            scale, place = _LETTER_SCALES[match["word"].lower()], match.end()
        elif (scaled := self.words.match_scale(window)) is not None:
            scale, place = scaled
        if match := self.words.shares.match(window, place):
            return _UnitSuffix(scale=scale, is_shares=True, end=end + match.end())
        currencies, after = self._currency_after(window, place)
        if currencies:
            place = after
        per_share = self._is_per_share(window, place)
        return _UnitSuffix(scale=scale, currencies=currencies, is_per_share=per_share, end=end + place)

    def _currency_after(self, window: str, place: int) -> tuple[tuple[str, ...], int]:
        """The currencies that a name, a sign or a code at a place means, and where it ends."""
        rest = window[place:]
        blank = len(rest) - len(rest.lstrip(BLANKS))
        of = re.match(self.words.of, rest[blank:], re.IGNORECASE)
        begin = place + blank + (of.end() if of else 0)
        for name in self._unit_names(window[begin:]):
            if currencies := self.words.currencies(name):
                return currencies, begin + len(name)
        return (), place

    def _unit_names(self, rest: str) -> Iterator[str]:
        if match := re.match(self.words.joined_currencies, rest):
            yield match[0]
        if self.words.further is not None and (match := _SIGN_BEHIND.match(rest)):
            yield match[0]
        if match := _UNIT_WORDS.match(rest):
            parts = re.split(f"({BLANK})", match[0])
            for length in range(len(parts), 0, -2):
                name = "".join(parts[:length])
                # A word in capitals is a code, any other a name; "a" or "is" are neither.
                if len(name) > 2 or not name.isascii():
                    yield name.rstrip(".-'")

    def _is_per_share(self, window: str, place: int) -> bool:
        return bool(self.words.per_share.match(window, place))

    def _counts_in_words(self) -> Iterator[PrintedValue]:
        for match in self.words.counts.finditer(self.folded):
            for first, last, count in self.words.read_counts(match[0]):
                start, end = match.start() + first, match.start() + last
                if self._claim(start, end):
                    unit = self._look_after(end)
                    yield PrintedValue(
                        kind=SurfaceKind.WORDS,
                        span=Span(start, end),
                        outer=Span(start, unit.end),
                        text=self.text[start:end],
                        value=Decimal(count),
                        scale=unit.scale,
                        percent=unit.percent,
                        is_shares=unit.is_shares,
                        currencies=unit.currencies,
                    )

    def _boxes(self) -> Iterator[PrintedValue]:
        for match in _BOX.finditer(self.text):
            span = Span(match.start(), match.end())
            yield PrintedValue(kind=SurfaceKind.BOX, span=span, outer=span, text=match[0], value=_BOXES[match[0]])


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


def readings_of(surface: PrintedValue) -> tuple[str, ...]:
    """The two days that a date may be whose parts do not tell the day from the month; none for any other surface."""
    match = _SLASHED.fullmatch(fold(surface.text)) if surface.kind is SurfaceKind.DATE and not surface.value else None
    if match is None:
        return ()
    first, second, year = match.groups()
    return f"{year}-{first:>02}-{second:>02}", f"{year}-{second:>02}-{first:>02}"


def _joins(folded: str, place: int) -> bool:
    """Whether a hyphen there stands directly after a letter or a digit."""
    return place > 0 and folded[place - 1].isalnum() and folded[place : place + 1] == "-"


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


def as_date(value: str) -> dt.date | None:
    """The day that the value of a date surface names."""
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None
