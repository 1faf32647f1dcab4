"""Wording: an exact number in the form in which people print it, such that it can be read back."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

from exporter.errors import ModelError
from exporter.items.values.currencies import JAPANESE_NAMES, SIGNS
from exporter.items.values.numerals import ENGLISH_SCALES, JAPANESE_SCALES, check_power, last_place, shift

Language = Literal["en", "ja"]
Negative = Literal["minus", "parentheses", "triangle"]
_WORDS: Final[dict[str, dict[int, str]]] = {"en": ENGLISH_SCALES, "ja": JAPANESE_SCALES}


def check_language(language: str) -> None:
    """That the language is one we word numbers and dates in."""
    if language not in _WORDS:
        raise ModelError(f"printed forms are in 'en' or 'ja', got {language!r}")


def choose_scale(decimals: int, *, preferred: int | None, language: Language) -> int:
    """The power of ten to print under: ``preferred`` if it has a word and hides no false digits, else the least."""
    least = max(0, -decimals)
    words = _WORDS[language]
    if preferred is not None and preferred >= least and (preferred in words or preferred == 0):
        return preferred
    return min((scale for scale in (0, *words) if scale >= least), default=least)


def digits_at(value: Decimal, decimals: int | None, scale: int) -> str:
    """The digits of a non-negative number under a scale, grouped in threes: exactly as many as the accuracy allows."""
    shifted = shift(value, -scale)
    places = max(0, last_place(shifted)) if decimals is None else decimals + scale
    if places < 0:
        raise ModelError(f"under the scale 10^{scale} the printed digits would claim more than decimals {decimals}")
    return format(shifted, f",.{places}f")


def scale_words(scale: int, language: Language) -> str:
    """The word for a scale with the blank that the language wants before it; a power of ten where it has none."""
    if scale == 0:
        return ""
    word = _WORDS[language].get(scale)
    if word is None:
        return f" × 10^{scale}"
    return f" {word}" if language == "en" else word


def word_number(
    value: Decimal, decimals: int | None, *, language: Language, scale: int | None, preferred: int | None
) -> str:
    """A non-negative number with its scale word. ``scale`` is demanded, ``preferred`` taken where it can be."""
    check_language(language)
    check_power(scale, "scale")
    if scale is None:
        known = last_place(value) if decimals is None else decimals
        scale = choose_scale(max(0, known) if decimals is None else known, preferred=preferred, language=language)
    return digits_at(value, decimals, scale) + scale_words(scale, language)


def word_currency(number: str, currency: str, language: Language) -> str:
    """A worded number with its currency's sign, name or code, none of which is ambiguous."""
    if language == "ja" and currency in JAPANESE_NAMES:
        return number + JAPANESE_NAMES[currency]
    sign = SIGNS.get(currency)
    return f"{sign}{number}" if sign else f"{currency} {number}"


def word_sign(text: str, *, negative: bool, style: Negative) -> str:
    """The text with the sign of a negative: a minus, parentheses, or the triangle of Japanese accounts."""
    if style not in ("minus", "parentheses", "triangle"):
        raise ModelError(f"a negative is shown by 'minus', 'parentheses' or 'triangle', got {style!r}")
    if not negative:
        return text
    return f"({text})" if style == "parentheses" else ("−" if style == "minus" else "△") + text
