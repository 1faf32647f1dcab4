"""What a table says once for all its figures: the scale ("in millions", 単位：百万円), the currency, percentages."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from exporter.items.values.currencies import currencies_named
from exporter.items.values.numerals import take_scale

_BLANK: Final = r"[ \u00a0\u3000]{0,8}"
_ENGLISH: Final = re.compile(
    r"(?:\bin|[¥$€£(]|\b(?:yen|dollars?|euros?))(?:[ \u00a0](?:[A-Za-z.]+|[¥$€£]))?[ \u00a0]?"
    r"(?P<scale>thousand|million|billion)s?\b"
    r"|\b(?P<of>thousand|million|billion)s?[ \u00a0](?:of[ \u00a0])?(?:[A-Za-z.]+[ \u00a0])?(?:[A-Za-z]+|[¥$€£])"
    r"|(?P<zeros>[’']000s?\b)",
    re.I,
)
_JAPANESE: Final = re.compile(
    rf"(?:単位{_BLANK}[:：]?{_BLANK}|[(（]|^|[ 、,・])(?P<scale>十億|百億|千億|百万|千万|十万|億|兆|万|千)"
    r"(?P<unit>円|米ドル|ドル|ユーロ|株|口|人)"
)
_CODE: Final = re.compile(
    r"(?<![A-Za-z])(?:[A-Z]{3}|U\.S\. dollars?|US dollars?|[A-Za-z]{0,2}[$€£¥₩]|yen|euros?|dollars?)(?![A-Za-z])"
)
_CURRENCY_JA: Final = re.compile(r"米ドル|ユーロ|人民元|円|ドル")
_PER_SHARE: Final = re.compile(r"per[ \u00a0]share|per[ \u00a0]ADS|1株当たり|一株当たり", re.I)
_PERCENT: Final = re.compile(r"%|％|\bper[ \u00a0]?cent|percentage|割合|比率", re.I)


@lru_cache(maxsize=8192)
def scale_in(head: str) -> int | None:
    """The power of ten that a head or caption gives its figures, if it gives one."""
    if match := _JAPANESE.search(head):
        return take_scale(match["scale"])[0]
    if match := _ENGLISH.search(head):
        if match["zeros"]:
            return 3
        return take_scale((match["scale"] or match["of"]).lower())[0]
    return None


@lru_cache(maxsize=8192)
def currencies_in(head: str) -> frozenset[str]:
    """The currencies that a head or caption names; a sign of several counts for all of them."""
    found: set[str] = set()
    for match in _CODE.finditer(head):
        found.update(currencies_named(match[0]))
    for match in _CURRENCY_JA.finditer(head):
        found.update(currencies_named(match[0]))
    return frozenset(found)


@lru_cache(maxsize=8192)
def is_percent_head(head: str) -> bool:
    """Whether the figures under the head are percentages."""
    return bool(_PERCENT.search(head))


@lru_cache(maxsize=8192)
def is_per_share_head(head: str) -> bool:
    """Whether the figures beside the head are amounts per share, which a table's scale does not reach."""
    return bool(_PER_SHARE.search(head))
