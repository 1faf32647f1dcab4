"""Phrases: one printed number with its sign and scale, and the words before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from attrs import evolve, field, frozen
from attrs.validators import in_, instance_of

from exporter.errors import ModelError
from exporter.items.values.currencies import check_currency, resolve_currency
from exporter.items.values.languages import ALWAYS, DecimalMark, Language, find_language, get_language, language_code
from exporter.items.values.numerals import (
    GROUP_SPACE,
    Numeral,
    check_blanks,
    check_power,
    myriad,
    normalise,
    quoted_text,
    read_digits,
    read_myriads,
    take_scale,
)
from exporter.items.values.unknown import NotStatedKind, find_not_stated

_SIGNS: Final = "-+△"
_PARENTHESES: Final = re.compile(r"([^()]*)\(([^()]*)\)([^()]*)")
_NUMBER: Final = re.compile(r"(?:(?<![A-Za-z0-9])\.)?[0-9](?:.*[0-9])?", re.DOTALL)
_POWER: Final = re.compile(r"(.*[0-9]) ?[×x] ?10\^(-?[0-9]{1,4})")
_PART: Final = re.compile(r"([0-9][0-9,.'\u202f]*|\.[0-9]+)([^0-9]*)")
_THREE_PLACES: Final = re.compile(
    r"(?<![0-9.,])[1-9][0-9]{0,2}\.[0-9]{3}(?![0-9.,])(?! ?[×x] ?10)(?P<scale> ?[A-Za-z]*)"
)
_FOREIGN: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_GROUP_BLANK: Final = re.compile(r"(?<=[0-9]) (?=[0-9]{3}(?![0-9]))")
_PLAIN_NUMBER: Final = re.compile(r"[0-9]{1,300}(?:\.[0-9]{1,300})?")
_SEN: Final = re.compile(r"[0-9]{1,2}")


@frozen(kw_only=True)
class Conventions:
    """What a page says once for all its numbers.

    ``default_currency`` is the currency where none is printed and settles "$". ``scale`` is the power of ten in the
    heading of a table ("in millions" is 6) for money and share counts; a number that prints another scale of its own
    is refused. ``language`` is that of the page: its scale words, currencies and decimal mark are read.
    ``filing_language`` is that of a filing whose values may be written in it or in a language that is always read: a
    number that reads differently under the two decimal marks is refused where no word beside it tells the language.
    The ``decimal_mark`` is never guessed. ``dash_is_zero`` takes a dash alone for zero.
    """

    default_currency: str | None = field(default=None)
    scale: int | None = field(default=None)
    language: str | None = field(default=None)
    filing_language: str | None = field(default=None)
    decimal_mark: DecimalMark = field(validator=in_((".", ",")))
    dash_is_zero: bool = field(default=False, validator=instance_of(bool))

    @default_currency.validator
    def _check_currency(self, _: object, value: str | None) -> None:
        if value is not None:
            check_currency(value)

    @decimal_mark.default
    def _mark_of_language(self) -> DecimalMark:
        return get_language(self.language).decimal if self.language is not None else "."

    @scale.validator
    def _check_scale(self, _: object, value: int | None) -> None:
        check_power(value, "scale")

    @classmethod
    def of_filing(cls, language: str | None) -> Conventions:
        """For the values of a filing in a language; the usual ones where there are no words of it, or always read."""
        if language is None or language_code(language) in ALWAYS:
            return DEFAULT_CONVENTIONS
        words = find_language(language)
        return DEFAULT_CONVENTIONS if words is None else cls(filing_language=words.code)

    @property
    def spoken(self) -> str | None:
        """The language that is read beside those that always are: the page's, else the filing's."""
        return self.language or self.filing_language

    @property
    def unscaled(self) -> Conventions:
        """The same without the scale, for numbers that a table's heading does not scale."""
        return self if self.scale is None else evolve(self, scale=None)


DEFAULT_CONVENTIONS: Final = Conventions()


@frozen
class Phrase:
    """A number and what is printed around it; ``scale`` is ``None`` where no scale is printed or agreed."""

    numeral: Numeral
    before: str = ""
    after: str = ""
    scale: int | None = None

    def expect(self, *after: str, named: str = "the number alone") -> str:
        """The words after the number, which must be among ``after``; none may stand before it."""
        if self.before:
            raise ModelError(f"{quoted_text(self.before)} stands before the number; expected {named}")
        words = self.after.casefold()
        if words not in after:
            described = f"{quoted_text(self.after)} stands after the number" if words else "the number stands alone"
            raise ModelError(f"{described}; expected {named}")
        return words

    def currency(self, *, currency: str | None, default: str | None) -> str:
        """The currency named before or after the number; both must agree."""
        if not self.before:
            return resolve_currency(self.after, currency=currency, default=default)
        code = resolve_currency(self.before, currency=currency, default=default)
        return resolve_currency(self.after, currency=code)


class UnreadableError(ModelError):
    """A text that is no printed form of the value asked for; ``reason`` says why."""

    # One positional argument, so that the exception survives the way between processes.
    def __init__(self, message: str = "", *, text: object = None, reason: str = "") -> None:
        self.text, self.reason = text, reason
        super().__init__(message)


@contextmanager
def reading(text: object, *, kind: str, example: str) -> Iterator[None]:
    """Names the text and what it was taken for in the `ModelError` that the block raises."""
    try:
        yield
    except ModelError as error:
        reason = error.reason if isinstance(error, UnreadableError) and error.text == text else str(error)
        quoted = quoted_text(text) if isinstance(text, str) else repr(text)
        message = f"cannot read {quoted} as {kind} (such as {example}): {reason}"
        notes = getattr(error, "__notes__", ())
        raise UnreadableError(message, text=text, reason=reason).noted(*notes) from None


def read_phrase(text: str, conventions: Conventions = DEFAULT_CONVENTIONS) -> Phrase:
    """The one number in ``text``.

    A negative has one sign only: a minus, △ or ▲, or parentheses round the digits.

    Raises:
        ModelError: no number, more than one, two signs, or a text that says there is none.
    """
    if conventions is DEFAULT_CONVENTIONS and isinstance(text, str) and _PLAIN_NUMBER.fullmatch(text):
        return Phrase(read_digits(text))
    plain = normalise(text)
    if (missing := find_not_stated(plain)) is not None:
        if missing.kind is NotStatedKind.DASH and conventions.dash_is_zero:
            zero = Numeral(read_digits("0").value, 0).scaled(conventions.scale or 0)
            return Phrase(zero, scale=conventions.scale)
        raise _not_stated(missing.kind)
    plain, negative = _without_parentheses(plain)
    match = _NUMBER.search(plain)
    if match is None:
        raise ModelError("there are no digits in it")
    before, signed = _without_sign(plain[: match.start()].strip())
    if negative and signed:
        raise ModelError("it has two signs, parentheses and another; keep one")
    language = language_of(conventions)
    numeral, scale, after = _read_number(match[0], plain[match.end() :].strip(), conventions, language)
    if language is not None:
        before, after = language.plain_unit(before), language.plain_unit(after)
    return Phrase(numeral.negated() if negative or signed == -1 else numeral, before, after, scale)


def language_of(conventions: Conventions) -> Language | None:
    """The words of the language that is read besides those that always are."""
    return get_language(conventions.spoken) if conventions.spoken is not None else None


def is_mark_open(conventions: Conventions) -> bool:
    """Whether nothing says which decimal mark the numbers have."""
    return conventions is DEFAULT_CONVENTIONS


def may_be_thousands(text: str, *, scaled: bool) -> bool:
    """Whether a number such as "1.234" may be grouped in threes by points, as where commas are decimal marks.

    ``scaled`` says that a number before a scale word ("1.234 million") may be so too.
    """
    plain = normalise(text)
    match = _THREE_PLACES.search(plain)
    if match is None or _FOREIGN.search(plain):
        return False
    return scaled or take_scale(match["scale"].strip())[0] is None


def unclear_point(text: str, exact: str) -> ModelError:
    """The error for a number that `may_be_thousands`; ``exact`` writes it with the point as the decimal mark."""
    grouped = quoted_text(_THREE_PLACES.sub(lambda match: match[0].replace(".", ","), normalise(text)))
    return ModelError(
        f"its point may group thousands or be a decimal mark; write {grouped} if it groups, {exact} if it is a "
        "decimal mark"
    )


def _not_stated(kind: NotStatedKind) -> ModelError:
    if kind is NotStatedKind.DASH:
        message = "a dash may mean zero or a value that is not known; write 0, or that it is unknown"
        return ModelError(message).noted("Conventions(dash_is_zero=True) or Unknown(reason)")
    message = "it states no value; write that it is unknown and why, or leave it out"
    return ModelError(message).noted("Unknown(reason) for a field, an ItemStatus for a whole item")


def _without_parentheses(text: str) -> tuple[str, bool]:
    if "(" not in text and ")" not in text:
        return text, False
    match = _PARENTHESES.fullmatch(text)
    if match is None:
        raise ModelError("the parentheses do not match")
    if any(ch in "0123456789" for ch in match[1] + match[3]) or not any(ch in "0123456789" for ch in match[2]):
        raise ModelError("parentheses stand round the whole number to make it negative, and nowhere else")
    return f"{match[1].strip()} {match[2].strip()} {match[3].strip()}".strip(), True


def _without_sign(before: str) -> tuple[str, int]:
    """The words before the number without the sign at their start or end, and -1, 0 or 1 for it."""
    signs = [ch for ch in before if ch in _SIGNS]
    if not signs:
        return before, 0
    if len(signs) > 1:
        raise ModelError("it has two signs; keep one")
    if before[0] not in _SIGNS and before[-1] not in _SIGNS:
        raise ModelError(f"the sign {signs[0]!r} stands within the words before the number")
    return before.strip(_SIGNS).strip(), 1 if signs[0] == "+" else -1


def _read_number(
    core: str, tail: str, conventions: Conventions, language: Language | None
) -> tuple[Numeral, int | None, str]:
    """The numeral from the first digit to the last, its scale, and the rest of the words after it."""
    power = 0
    if language is not None and language.group == " ":
        core = _GROUP_BLANK.sub(GROUP_SPACE, core)
    if match := _POWER.fullmatch(core):
        core, power = match[1], int(match[2])
        check_power(power, "the power of ten")
    check_blanks(core)
    parts = _PART.findall(core)
    if "".join(digits + unit for digits, unit in parts) != core:
        raise ModelError(f"{quoted_text(core)} is no number")
    if tail.startswith("銭"):
        numeral, after = _read_sen(parts, tail)
        return numeral, None, after
    printed_scale, after = _take_scale(tail, conventions, language)
    if len(parts) > 1:
        numeral = read_myriads([*((d, myriad(u.strip())) for d, u in parts[:-1]), (parts[-1][0], printed_scale)])
        return numeral.scaled(power), numeral.scale + power, after
    scale = _agree(printed_scale, conventions.scale)
    if language is not None and conventions.language is None:
        digits = _read_either_mark(parts[0][0], language, is_certain=language.is_evident_from(tail))
    else:
        digits = read_digits(parts[0][0], conventions.decimal_mark)
    numeral = digits.scaled((scale or 0) + power)
    return numeral, (scale or 0) + power if power or scale is not None else None, after


def _take_scale(text: str, conventions: Conventions, language: Language | None) -> tuple[int | None, str]:
    """As `take_scale`; a word that means another power in English is refused where no page says its language."""
    scale, after = take_scale(text, language)
    if language is None or conventions.language is not None or scale is None:
        return scale, after
    in_english, _ = get_language("en").take_scale(text)
    if in_english not in (None, scale):
        raise ModelError(f"its scale may be 10^{scale} or, in English, 10^{in_english}; write another word for it")
    return scale, after


def _read_either_mark(digits: str, language: Language, *, is_certain: bool) -> Numeral:
    """Digits of a filing in a language: a number that reads differently under a point and a comma is refused.

    ``is_certain`` tells that a word of the language beside the number decides for its decimal mark.
    """
    own = language.decimal
    readings: dict[DecimalMark, Numeral] = {}
    for mark in (own, "." if own == "," else ","):
        try:
            readings[mark] = read_digits(digits, mark)
        except ModelError:
            continue
    if len(readings) < 2:
        return next(iter(readings.values()), None) or read_digits(digits, own)
    first, second = readings.values()
    if is_certain or first == second:
        return first
    whole, broken = sorted((first, second), key=lambda numeral: numeral.decimals)
    raise ModelError(
        f"its mark may group thousands or be a decimal mark; write {whole.value} if it groups, "
        f'{{value: "{broken.value}", decimals: {broken.decimals}, …}} if it is a decimal mark'
    )


def _agree(printed: int | None, given: int | None) -> int | None:
    if printed is not None and given is not None and printed != given:
        raise ModelError(f"it prints the scale 10^{printed} where the page says 10^{given}; one of them must go")
    return given if printed is None else printed


def _read_sen(parts: list[tuple[str, str]], tail: str) -> tuple[Numeral, str]:
    """Yen and sen, "12円5銭": a sen is a hundredth of a yen."""
    *yen, (sen, _) = parts
    if len(yen) > 1 or (yen and yen[0][1].strip() != "円") or not _SEN.fullmatch(sen):
        raise ModelError("sen are one or two digits after the yen, as in 12円05銭")
    whole = read_digits(yen[0][0]) if yen else read_digits("0")
    if whole.decimals:
        raise ModelError("yen with a fraction cannot have sen as well")
    return read_digits(f"{whole.value}.{sen.zfill(2)}"), "円" + tail[1:]
