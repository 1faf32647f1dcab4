"""What a table says once for all its figures: the scale ("in millions", 単位：百万円), the currency, percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from exporter.items.values.currencies import currencies_named
from exporter.items.values.numerals import take_scale
from exporter.tagging.lexicon import GLUED_SCALES, SCALES

_BLANK: Final = r"[ \u00a0\u2009\u202f\u3000]{0,8}"
_WORD: Final = r"(?:thousand|million|billion|trillion|crore|lakh)s?"
_SIGN: Final = r"(?:[A-Za-z]{1,3}\.?)?(?:[A-Za-z]\.)?[ \u00a0]?[$€£¥₩₹]"
_UNIT: Final = rf"(?:{_SIGN}|(?<![A-Za-z])(?:[A-Z]{{3}}|kr|Kr|zł|Kč|Rs|RMB)\.?)"
_NO_AMOUNT: Final = r"(?<![0-9][ \u00a0])(?<![0-9])"
_ENGLISH: Final = re.compile(
    rf"(?:\bin|[¥$€£(]|\b(?:yen|dollars?|euros?|francs?|kron[aeo]r?|pounds?|rupees?))(?:[ \u00a0](?:{_UNIT}"
    rf"|[A-Za-z.]+))?"
    rf"[ \u00a0]?(?P<scale>{_WORD})\b"
    rf"|{_NO_AMOUNT}\b(?P<of>{_WORD})[ \u00a0](?:of[ \u00a0])?(?:[A-Za-z.]+[ \u00a0])?(?:[A-Za-z]+|[¥$€£])"
    rf"|^[(\s]*(?P<alone>{_WORD})[)\s]*$"
    r"|(?<![0-9.,])['’]?(?P<zeros>(?<=['’])000s?|000['’]?s)\b",
    re.I,
)
_BESIDE: Final = re.compile(
    r"(?<![A-Za-z])(?P<glued>[MTkKB])(?P<code>[A-Z]{3})(?![A-Za-z])"
    rf"|(?P<unit>{_UNIT}){_BLANK}(?P<scale>(?i:{_WORD}|mn|mln|bn|bln|mio\.?)|[mMkK]|[bB]"
    rf"|['’]?000['’]?s?)(?![A-Za-z0-9])"
    rf"|{_NO_AMOUNT}(?<![A-Za-z])(?P<first>(?i:{_WORD}|mn|mln|bn|mio\.?)){_BLANK}(?P<last>{_UNIT})(?![A-Za-z])"
)
_JAPANESE: Final = re.compile(
    rf"(?:単位{_BLANK}[:：]?{_BLANK}|[(（]|^|[ 、,・])(?P<scale>十億|百億|千億|百万|千万|十万|億|兆|万|千)"
    r"(?P<unit>円|米ドル|ドル|ユーロ|株|口|人)"
)
_CODE: Final = re.compile(
    r"(?<![A-Za-z])(?:[A-Z]{3}|U\.S\. dollars?|US dollars?|[A-Za-z]{0,2}[$€£¥₩₹]|yen|euros?|dollars?)(?![A-Za-z])"
)
_CURRENCY_JA: Final = re.compile(r"米ドル|ユーロ|人民元|円|ドル")
_NAME: Final = r"(?:[A-Za-z.]+[ \u00a0]){0,2}[A-Za-z.]+"
_DECLARED: Final = re.compile(
    rf"\b(?:{_WORD})[ \u00a0](?:of[ \u00a0])?(?P<after>{_NAME})"
    rf"|(?P<before>{_NAME})[ \u00a0]in[ \u00a0]{_WORD}"
    rf"|\bin[ \u00a0](?:{_WORD}[ \u00a0])?(?P<in>{_UNIT}|{_NAME})"
    rf"|[(（]\s*(?P<alone>{_UNIT}|{_NAME})\s*[)）,]",
    re.I,
)
_PER: Final = re.compile(
    r"(?<![A-Za-z])(?:per|to the|/)[ \u00a0]?(?:one )?(?:[A-Z]{3}|euro|(?:U\.?S\.? )?dollar|[A-Z]{0,2}[$€£¥])", re.I
)
_PER_SHARE: Final = re.compile(
    r"per[ \u00a0](?:(?:ordinary|common|registered|bearer|equity)[ \u00a0])?share|per[ \u00a0]ADS|\bEPS\b"
    r"|1株当たり|一株当たり",
    re.I,
)
_EXCEPT: Final = re.compile(r"(?:except|other than|excluding|but)[^.;)]{0,60}", re.I)
_PERCENT: Final = re.compile(r"%|％|\bper[ \u00a0]?cent|percentage|割合|比率", re.I)
_MINOR: Final = re.compile(r"(?<![A-Za-z])(?:pence|p(?= |$|\))|cents?|¢|øre|öre|sen)(?![A-Za-z])", re.I)


def scale_of_word(word: str) -> int | None:
    """The power of ten of a word or sign for a scale: "million", "mn", "'000"."""
    plain = word.lower().strip("'’.").removesuffix("s").rstrip("'’")
    return SCALES.get(plain) if plain in SCALES else take_scale(plain)[0]


@lru_cache(maxsize=8192)
def scale_in(head: str) -> int | None:
    """The power of ten that a head or caption gives its figures, if it gives one."""
    if match := _JAPANESE.search(head):
        return take_scale(match["scale"])[0]
    for _, scale in _beside(head):
        return scale
    if match := _ENGLISH.search(head):
        return 3 if match["zeros"] else scale_of_word(match["scale"] or match["of"] or match["alone"])
    return None


def _beside(head: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Scales that stand beside a currency: "NOK million", "€m", "MSEK"."""
    for match in _BESIDE.finditer(head):
        unit = match["unit"] or match["last"] or match["code"]
        word = match["scale"] or match["first"]
        named = currencies_named(unit.strip()) or currencies_named(unit.strip()[-1:])
        scale = GLUED_SCALES[match["glued"]] if match["glued"] else scale_of_word(word)
        if named and scale is not None:
            yield named, scale


@lru_cache(maxsize=8192)
def currencies_in(head: str) -> frozenset[str]:
    """The currencies that a head or caption names; a sign of several counts for all of them."""
    found: set[str] = set()
    for named, _ in _beside(head):
        found.update(named)
    for match in _CODE.finditer(head):
        found.update(currencies_named(match[0]))
    for match in _CURRENCY_JA.finditer(head):
        found.update(currencies_named(match[0]))
    return frozenset(found)


@lru_cache(maxsize=8192)
def declared_currencies(text: str) -> frozenset[str]:
    """The currencies that a text above a table declares for its figures, those of amounts in it left out."""
    found: set[str] = set()
    for named, _ in _beside(text):
        found.update(named)
    for match in _DECLARED.finditer(text):
        for name in match.groups():
            found.update(_named_in(name) if name else ())
    if (japanese := _JAPANESE.search(text)) is not None:
        found.update(currencies_named(japanese["unit"]))
    return frozenset(found)


def _named_in(name: str) -> tuple[str, ...]:
    """The currency of the first or last words of a phrase, the longest that is one."""
    words = name.replace("\u00a0", " ").split(" ")
    for length in range(len(words), 0, -1):
        for part in (words[:length], words[-length:]):
            text = " ".join(part)
            if (len(text) > 2 or not text.isascii()) and (named := currencies_named(text.rstrip(".,"))):
                return named if text != text.lower() or len(text) > 3 else ()
    return ()


@lru_cache(maxsize=8192)
def is_rate_head(head: str) -> bool:
    """Whether the figures under the head are exchange rates, so that no one currency is theirs."""
    return bool(_PER.search(head))


@lru_cache(maxsize=8192)
def is_percent_head(head: str) -> bool:
    """Whether the figures under the head are percentages."""
    return bool(_PERCENT.search(head))


@lru_cache(maxsize=8192)
def is_per_share_head(head: str) -> bool:
    """Whether the figures beside the head are amounts per share, which a table's scale does not reach."""
    return bool(_PER_SHARE.search(_EXCEPT.sub("", head)))


@lru_cache(maxsize=8192)
def is_minor_head(head: str) -> bool:
    """Whether the figures beside the head are counted in the hundredths of a currency: pence, cents."""
    return bool(_MINOR.search(head))
