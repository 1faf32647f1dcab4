"""Amounts: exact numbers with their accuracy and what they count.

``decimals`` means what it means in XBRL 2.1 section 4.6.5: the value is right to that many places after the point
(negative: before it); ``None`` is infinite accuracy (``INF``). Where it is not given it is taken from the digits as
written, so that "110.90" keeps its two places. ``scale`` is how the number was printed; it is provenance and takes no
part in equality. Amounts of one class are equal if value, decimals and currency are; values compare as numbers.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from typing import Final, Self

from attrs import field, frozen

from exporter.errors import ModelError
from exporter.items.values.currencies import DECIMAL_COMMA, check_currency, find_currency
from exporter.items.values.languages import ALWAYS, Language, get_language
from exporter.items.values.numerals import (
    AS_WRITTEN,
    AsWritten,
    Decimals,
    Numeral,
    add,
    check_accuracy,
    check_power,
    exact_number,
    half_unit,
    last_place,
    normalise,
    shift,
)
from exporter.items.values.phrases import (
    DEFAULT_CONVENTIONS,
    Conventions,
    is_mark_open,
    language_of,
    may_be_thousands,
    read_phrase,
    reading,
    unclear_point,
)
from exporter.items.values.printing import (
    Negative,
    choose_scale,
    digits_at,
    print_currency,
    print_number,
    print_sign,
    scale_words,
)
from exporter.model.unit import Unit

PERCENT_SCALE: Final = -2


@cache
def _percent_signs() -> dict[str, int]:
    """The powers of ten of what stands behind a percentage: "%", "basis points"."""
    always_read = tuple(map(get_language, ALWAYS))
    percent = {word: -2 for language in always_read for word in language.percent}
    return percent | {word: -4 for language in always_read for word in language.basis_points} | {"‰": -3}


@cache
def _share_words() -> tuple[str, ...]:
    return tuple(word for code in ALWAYS for word in get_language(code).shares)


@lru_cache(maxsize=32)
def _per_share_words(language: Language | None) -> re.Pattern[str]:
    """ "per share" behind an amount, 1株当たり before it."""
    known = [*([language] if language is not None else []), *map(get_language, ALWAYS)]
    before = "|".join(re.escape(word) for words in known if not words.blanks for word in words.per_share)
    after = "|".join(re.escape(word) for words in known if words.blanks for word in words.per_share)
    return re.compile(rf"^(?:{before})(?:の)?:? ?|(?<![^\W\d_]) ?(?:{after})$", re.IGNORECASE)


_unit_of_currency = lru_cache(maxsize=512)(Unit.currency)
_unit_per_share = lru_cache(maxsize=512)(Unit.per_share)
_SHARES = Unit.shares()


def _without_percent_sign(number: Numeral) -> str:
    percentage, fraction = f"{number.value:f}%", f"{shift(number.value, -PERCENT_SCALE):f}%"
    if abs(number.value) <= 1:
        return f"it has no percent sign; write {fraction} if it is a fraction, or {percentage}"
    return f"it has no percent sign; write {percentage}"


def _accuracy(decimals: Decimals, places: int) -> int | None:
    return places if isinstance(decimals, AsWritten) else check_power(decimals, "decimals")


@frozen(init=False)
class Amount:
    """What all amounts share: an exact value, its accuracy, the scale it was printed with.

    Raises:
        ModelError: a float, no finite number, digits finer than ``decimals``, or powers of ten beyond a thousand.
    """

    value: Decimal
    decimals: int | None
    scale: int | None = field(default=None, eq=False, kw_only=True)

    def __init__(
        self, value: Decimal | int | str, decimals: Decimals = AS_WRITTEN, *, scale: int | None = None
    ) -> None:
        number, places = exact_number(value)
        accuracy = _accuracy(decimals, places)
        check_accuracy(number, accuracy)
        self.__attrs_init__(number, accuracy, scale=check_power(scale, "scale"))

    @property
    def unit(self) -> Unit | None:
        """The unit of measure; ``None`` for a pure number."""
        return None

    @property
    def is_exact(self) -> bool:
        """Whether the accuracy is infinite."""
        return self.decimals is None

    def interval(self) -> tuple[Decimal, Decimal]:
        """The closed interval in which the true value lies: half a unit of the last stated place to either side."""
        if self.decimals is None:
            return self.value, self.value
        half = half_unit(self.decimals)
        return add(self.value, half.copy_negate()), add(self.value, half)

    def printed(self, language: str = "en", *, scale: int | None = None, negative: Negative = "minus") -> str:
        """The amount as people write it, in any language of `exporter.items.values.languages`.

        Parsing it gives an equal amount back, but for exactness, which no print shows. ``scale`` asks for a power of
        ten; without it the printed one is used where the language has a word for it, else the least that claims no
        more digits than ``decimals`` allows.

        Raises:
            ModelError: ``scale`` is too small for the accuracy, or the language is another.
        """
        number = print_number(
            self.value.copy_abs(), self.decimals, language=language, scale=scale, preferred=self.scale
        )
        signed = print_sign(self._in_words(number, language), negative=self.value < 0, style=negative)
        return self._in_full(signed, language)

    def _in_words(self, number: str, language: str) -> str:
        """The number with what belongs to it under its sign."""
        return number

    def _in_full(self, signed: str, language: str) -> str:
        """The signed amount with the words round it."""
        return signed

    def __str__(self) -> str:
        return self.printed()


@frozen(init=False)
class Rate(Amount):
    """The multiplier of an exchange rate: so much of the quote currency for one of the base.

    `exporter.items.values.parties.CurrencyPair` gives the unit, not the rate: ``unit`` is ``None`` here.
    """

    @classmethod
    def parse(cls, text: str, *, conventions: Conventions = DEFAULT_CONVENTIONS) -> Self:
        """From "107.22"; `exporter.items.values.parse.parse_rate` also takes a currency sign and checks it."""
        with reading(text, kind="a rate", example="107.22"):
            phrase = read_phrase(text, conventions.unscaled)
            phrase.expect("")
            return cls(phrase.numeral.value, phrase.numeral.decimals, scale=phrase.scale)


@frozen(init=False)
class Ratio(Amount):
    """A pure decimal number: a ratio, a factor, a margin as a fraction."""

    @classmethod
    def parse(cls, text: str, *, conventions: Conventions = DEFAULT_CONVENTIONS) -> Self:
        """From "0.316", "1.5x", "1.5 times" or "1.5倍"; a percentage is a `Percent`."""
        with reading(text, kind="a ratio", example="0.316"):
            phrase = read_phrase(text, conventions.unscaled)
            phrase.expect("", "x", "times", "倍", named="a number, perhaps with 'times'")
            return cls(phrase.numeral.value, phrase.numeral.decimals, scale=phrase.scale)


@frozen(init=False)
class InCurrency(Amount):
    """An amount counted in a currency; ``currency`` is an ISO 4217 code."""

    # The default never stands: the initialiser below demands a currency. It keeps the generated one compatible.
    currency: str = field(default="", kw_only=True)

    def __init__(
        self,
        value: Decimal | int | str,
        currency: str,
        decimals: Decimals = AS_WRITTEN,
        *,
        scale: int | None = None,
    ) -> None:
        number, places = exact_number(value)
        accuracy = _accuracy(decimals, places)
        check_accuracy(number, accuracy)
        self.__attrs_init__(number, accuracy, currency=check_currency(currency), scale=check_power(scale, "scale"))

    def _in_words(self, number: str, language: str) -> str:
        return print_currency(number, self.currency, language)


@frozen(init=False)
class Money(InCurrency):
    """An amount of money; ``currency`` is an ISO 4217 code.

    >>> Money.parse("¥34.4 billion") == Money("34400000000", "JPY", decimals=-8)
    True
    """

    @classmethod
    def parse(cls, text: str, *, currency: str | None = None, conventions: Conventions = DEFAULT_CONVENTIONS) -> Self:
        """From "¥34.4 billion", "JPY (15.6) billion", "△1,234百万円", "12億3,456万円", "US$1.00".

        ``currency`` is the currency it has to be in; it settles an ambiguous sign and may replace a missing one.

        Raises:
            ModelError: no amount, or one whose currency, sign, grouping or scale is ambiguous.
        """
        with reading(text, kind="an amount of money", example="¥34.4 billion"):
            phrase = read_phrase(text, conventions)
            code = phrase.currency(currency=currency, default=conventions.default_currency)
            amount = cls(phrase.numeral.value, code, phrase.numeral.decimals, scale=phrase.scale)
            if is_mark_open(conventions) and amount._may_be_thousands(text):
                exact = f'{{value: "{amount.value:f}", decimals: {amount.decimals}, currency: {code}}}'
                raise unclear_point(text, exact)
            return amount

    def printed(self, language: str = "en", *, scale: int | None = None, negative: Negative = "minus") -> str:
        """As `Amount.printed`, never so that a point could be taken for one that groups thousands."""
        text = super().printed(language, scale=scale, negative=negative)
        unclear = scale is None and get_language(language).decimal == "." and self._may_be_thousands(text)
        return self._under(-3, language, negative) if unclear else text

    def _may_be_thousands(self, text: str) -> bool:
        """Whether a printed form of the amount reads like another where commas are decimal marks."""
        has_mils = find_currency(self.currency).minor_units == 3
        return not has_mils and may_be_thousands(text, scaled=self.currency in DECIMAL_COMMA)

    def _under(self, power: int, language: str = "en", negative: Negative = "minus") -> str:
        """The printed form under a scale beside the usual one."""
        known = last_place(self.value) if self.decimals is None else self.decimals
        known = max(0, known) if self.decimals is None else known
        usual = choose_scale(known, preferred=self.scale, language=language)
        return super().printed(language, scale=usual + power, negative=negative)

    @property
    def unit(self) -> Unit:
        return _unit_of_currency(self.currency)


@frozen(init=False)
class PerShare(InCurrency):
    """Money per share, such as a dividend; ``currency`` is an ISO 4217 code."""

    @classmethod
    def parse(cls, text: str, *, currency: str | None = None, conventions: Conventions = DEFAULT_CONVENTIONS) -> Self:
        """From "¥123.45", "US$1.00 per share", "1株当たり12円50銭"."""
        with reading(text, kind="an amount per share", example="¥12.50 per share"):
            words = _per_share_words(language_of(conventions))
            phrase = read_phrase(words.sub("", normalise(text)), conventions.unscaled)
            code = phrase.currency(currency=currency, default=conventions.default_currency)
            return cls(phrase.numeral.value, code, phrase.numeral.decimals, scale=phrase.scale)

    @property
    def unit(self) -> Unit:
        return _unit_per_share(self.currency)

    def _in_full(self, signed: str, language: str) -> str:
        words = get_language(language)
        return f"{signed} {words.per_share[0]}" if words.blanks else f"{words.per_share[0]}{signed}"


@frozen(init=False)
class ShareCount(Amount):
    """A number of shares; a weighted average may have a fraction."""

    @classmethod
    def parse(cls, text: str, *, conventions: Conventions = DEFAULT_CONVENTIONS) -> Self:
        """From "12,345 shares", "1.2 million shares", "12,345株", "12,345"."""
        with reading(text, kind="a number of shares", example="12,345 shares"):
            phrase = read_phrase(text, conventions)
            phrase.expect("", *_share_words(), named="a number, perhaps with 'shares'")
            numeral = phrase.numeral
            if is_mark_open(conventions) and may_be_thousands(text, scaled=False):
                raise unclear_point(text, f'{{value: "{numeral.value:f}", decimals: {numeral.decimals}}}')
            return cls(numeral.value, numeral.decimals, scale=phrase.scale)

    def printed(self, language: str = "en", *, scale: int | None = None, negative: Negative = "minus") -> str:
        """As `Amount.printed`, never so that a point could be taken for one that groups thousands."""
        text = super().printed(language, scale=scale, negative=negative)
        pointed = get_language(language).decimal == "."
        unclear = scale is None and pointed and may_be_thousands(text, scaled=False)
        return super().printed(language, scale=-3, negative=negative) if unclear else text

    @property
    def unit(self) -> Unit:
        return _SHARES

    def _in_words(self, number: str, language: str) -> str:
        words = get_language(language)
        return f"{number}{' ' if words.blanks else ''}{words.shares[-1 if number == '1' else 0]}"


@frozen(init=False)
class Percent(Amount):
    """A share of a whole, printed as a percentage and held as a fraction: ``Percent("31.6").value`` is 0.316.

    The first argument is the percentage as printed; ``value=`` takes the fraction instead. ``decimals`` is the
    accuracy of the fraction (3 for 31.6%), as in a report. The range is the business of the item that holds it.
    """

    def __init__(
        self,
        percentage: Decimal | int | str | None = None,
        decimals: Decimals = AS_WRITTEN,
        *,
        value: Decimal | int | str | None = None,
        scale: int | None = PERCENT_SCALE,
    ) -> None:
        if (percentage is None) == (value is None):
            raise ModelError("a Percent takes a percentage, Percent('31.6'), or a fraction, Percent(value='0.316')")
        number, places = exact_number(percentage if percentage is not None else value)  # type: ignore[arg-type]
        if percentage is not None:
            number, places = shift(number, PERCENT_SCALE), places - PERCENT_SCALE
        accuracy = _accuracy(decimals, places)
        check_accuracy(number, accuracy)
        self.__attrs_init__(number, accuracy, scale=check_power(scale, "scale"))

    @classmethod
    def of_fraction(cls, fraction: Decimal | int | str, decimals: Decimals = AS_WRITTEN) -> Self:
        """From the fraction: ``Percent.of_fraction("0.316") == Percent("31.6")``."""
        return cls(value=fraction, decimals=decimals)

    @classmethod
    def parse(cls, text: str, *, conventions: Conventions = DEFAULT_CONVENTIONS) -> Self:
        """From "31.6%", "31.6 percent", "３１．６％", "(1.5)%", "25 basis points"."""
        with reading(text, kind="a percentage", example="31.6%"):
            phrase = read_phrase(text, conventions.unscaled)
            if not phrase.before and not phrase.after and phrase.numeral.value:
                raise ModelError(_without_percent_sign(phrase.numeral))
            is_zero = not phrase.after and not phrase.numeral.value
            sign = "%" if is_zero else phrase.expect(*_percent_signs(), named="a percent sign after it")
            numeral = phrase.numeral.scaled(_percent_signs()[sign])
            return cls(value=numeral.value, decimals=numeral.decimals, scale=numeral.scale)

    @property
    def percentage(self) -> Decimal:
        """The number before the percent sign."""
        return shift(self.value, -PERCENT_SCALE)

    def printed(self, language: str = "en", *, scale: int | None = None, negative: Negative = "minus") -> str:
        """The percentage with its sign; ``scale`` is -2 unless the accuracy needs more."""
        words = get_language(language)
        if scale is None:
            scale = PERCENT_SCALE if self.decimals is None else max(PERCENT_SCALE, -self.decimals)
        if (power := scale - PERCENT_SCALE) < 0:
            raise ModelError(f"a percentage has the scale {PERCENT_SCALE}, got {scale}")
        digits = digits_at(self.value.copy_abs(), self.decimals, scale, language)
        blank = "\u00a0" if words.decimal == "," and not power else ""
        return print_sign(f"{digits}{scale_words(power, language)}{blank}%", negative=self.value < 0, style=negative)
