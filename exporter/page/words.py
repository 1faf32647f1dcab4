"""The languages of a page: which comes first, and how labels, dates and periods read in them.

The page's own words, headings and such, stand in the files ``words/{language}.toml``.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

from attrs import frozen

from exporter.formats.inline_xbrl.write.blocks import Phrase
from exporter.items.declarations import words
from exporter.items.labels import Labels
from exporter.items.values import Month, print_date
from exporter.items.values.printing import (
    period_parts,
    print_scale,
    print_short_range,
    print_unit,
    whole_months,
)
from exporter.model.period import Duration, Forever, Instant
from exporter.model.unit import Unit

_TAG: Final = re.compile(r"(?<!\s)\s*\[[^\[\]]*\]$")
_INDICATOR: Final = re.compile(r", Indicator$")
_TOLD_LENGTHS: Final = (3, 6, 9, 12)  # months of the periods that statements are made for


@frozen
class Text:
    """The same in English and, where it is known, in Japanese."""

    en: str
    ja: str | None = None

    @classmethod
    def of(cls, labels: Labels, name: str) -> Text:
        """The standard label without what only machines need; ``name`` in words where there is none."""
        english, japanese = labels.standard or words(name), labels.text("ja")
        return cls(_plain(english), _plain(japanese) if japanese else None)


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _plain(label: str) -> str:
    return _INDICATOR.sub("", _TAG.sub("", label)) or label


@cache
def word(key: str) -> Text:
    """A word of the page by its table and key: ``label.period``."""
    return Text(_words("en")[key], _words("ja").get(key))


@cache
def _words(language: str) -> dict[str, str]:
    text = files("exporter.page").joinpath("words", f"{language}.toml").read_text(encoding="utf-8")
    return {f"{table}.{key}": value for table, entries in tomllib.loads(text).items() for key, value in entries.items()}


@frozen
class PageLanguage:
    """The page's first language, English or Japanese, and the other as its second where the page has labels in it."""

    first: str
    second: str | None = None

    @classmethod
    def of(cls, language: str, label_languages: Iterable[str] = ()) -> PageLanguage:
        """For a document in ``language`` with labels in others too; other languages than the two get English labels."""
        languages = set(map(_primary, label_languages))
        if _primary(language) == "ja":
            return cls("ja", "en" if "en" in languages else None)
        return cls("en", "ja" if "ja" in languages else None)

    def text(self, text: Text) -> str:
        """In the first language, else in English."""
        return (text.ja or text.en) if self.first == "ja" else text.en

    def word(self, key: str) -> str:
        """A word of the page in the first language."""
        return self.text(word(key))

    def phrase(self, text: Text) -> Phrase:
        """In the first language with the second beside it."""
        first = self.text(text)
        second = text.en if self.second == "en" else text.ja if self.second == "ja" else None
        return Phrase(first, second if second != first else None)

    def lead_in(self, label: Text) -> Phrase:
        """A label before its value on one line."""
        return Phrase(self.word("label.with-value").format(label=self.text(label)))

    def date(self, date: dt.date) -> str:
        return print_date(date, self.first)

    def period(self, period: Instant | Duration | Forever) -> str:
        """A period as people write it: "March 31, 2005", "Year ended March 31, 2005", "January 2005"."""
        if isinstance(period, Instant):
            return self.date(period.date) if _is_midnight(period.moment) else str(period)
        if isinstance(period, Forever):
            return self.word("label.forever")
        if not (_is_midnight(period.start) and _is_midnight(period.end)):
            return str(period)
        return self._days(period.first_day, period.last_day)

    def moment(self, period: Instant | Duration | Forever) -> str:
        """A period standing over what holds for it: an instant is a date as of which."""
        text = self.period(period)
        if not isinstance(period, Instant):
            return text
        return f"{text}現在" if self.first == "ja" else f"As of {text}"

    def unit(self, unit: Unit | None) -> str:
        """ "JPY per share", "円／株"; nothing for a pure number."""
        return print_unit(unit, self.first)

    def measure(self, scale: int, unit: Unit) -> str:
        """What stands over figures in one unit: "In millions of JPY"; nothing over pure numbers."""
        printed = self.unit(unit)
        return _capital(print_scale(scale, printed, self.first)) if printed else ""

    def year_ended(self, period: Instant | Duration | Forever) -> tuple[str, str] | None:
        """ "Year ended March 31," and the year, for a year; ``None`` for any other period."""
        text = self.period(period)
        if self.first == "ja":
            year, _, end = text.partition("年")
            return (end, f"{year}年") if text.endswith("1年間") else None
        if not text.startswith("Year ended"):
            return None
        head, _, year = text.rpartition(" ")
        return head, year

    def _days(self, first: dt.date, last: dt.date) -> str:
        if first == last:
            return self.date(first)
        months = whole_months(first, last)
        if months == 1:
            return Month(first.year, first.month).printed(self.first)
        if months in _TOLD_LENGTHS:
            lead, end = period_parts(Duration(first, last), self.first)
            return f"{_capital(lead)} {end}" if self.first == "en" else f"{lead}{end}"
        return print_short_range(first, last, self.first)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_midnight(moment: str) -> bool:
    return moment.endswith("T00:00:00")
