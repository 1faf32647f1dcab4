"""The last day of a calendar quarter from its English name: *Second quarter 2024*, *Q2 2024*, *2024 Q2* (EDGAR
``datequarterend``)."""

from __future__ import annotations

import re
from typing import Final

from exporter.formats.inline_xbrl.transformations.calendar_dates import write_date
from exporter.formats.inline_xbrl.transformations.rule import Gives, Rule

_LAST_DAYS: Final = ((3, 31), (6, 30), (9, 30), (12, 31))
_QUARTERS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ORDINAL: Final = re.compile("[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast|[1-4]")
_YEAR_LAST: Final = re.compile(r"(?P<words>[^0-9]*(?:[1-4][^0-9]*)?)(?<![0-9])(?P<year>[0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"(?P<year>[0-9]{4})(?P<words>[^0-9].*|[1-4](?:[^0-9].*)?)")
_WORD_END: Final = re.compile(r"\w")


def _before_year(words: str) -> int | None:
    """The last ordinal; words may stand before it if they begin with a letter."""
    found = list(_ORDINAL.finditer(words))
    if not found or not (found[-1].start() == 0 or _WORD_END.match(words)):
        return None
    return _QUARTERS[found[-1][0].lower()]


def _after_year(words: str) -> int | None:
    """The last ordinal before other figures; what follows it ends with a letter or figure."""
    figure = re.search("[0-9]", words)
    ends_well = _WORD_END.match(words[-1]) is not None
    for match in reversed(list(_ORDINAL.finditer(words, 0, figure.end() if figure else len(words)))):
        following = words[match.end() : match.end() + 1]
        if not following or (ends_well and following not in "0123456789"):
            return _QUARTERS[match[0].lower()]
    return None


def _quarter_end(text: str) -> str | None:
    match = _YEAR_LAST.fullmatch(text)
    quarter = _before_year(match["words"]) if match else None
    if quarter is None:
        match = _YEAR_FIRST.fullmatch(text)
        quarter = _after_year(match["words"]) if match else None
    if match is None or quarter is None:
        return None
    month, day = _LAST_DAYS[quarter - 1]
    return write_date(year=int(match["year"]), month=month, day=day)


QUARTER_ENDS: Final = {"datequarterend": Rule(Gives.DATE, _quarter_end, "a quarter like Second quarter 2024")}
