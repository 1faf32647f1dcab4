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

from exporter.formats.inline_xbrl.write.blocks import PageText
from exporter.items.declarations import words
from exporter.items.labels import Labels
from exporter.items.values import Month, print_date
from exporter.items.values.languages import get_language
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
_YEAR: Final = 12  # months
_LENGTHS: Final = (3, 6, 9, _YEAR)  # months of the periods that statements are made for


@frozen
class Text:
    """The same in English and, where they are known, in Japanese and in other languages."""

    en: str
    ja: str | None = None
    others: tuple[tuple[str, str], ...] = ()

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
    """A word of the page by its table and key, ``label.period``, in every language that the page has words in."""
    words = _words()
    others = (language for language in words if language not in ("en", "ja"))
    return Text(words["en"][key], words["ja"][key], tuple((language, words[language][key]) for language in others))


@cache
def _words() -> dict[str, dict[str, str]]:
    """The words by language, then by table and key."""
    paths = sorted(files("exporter.page").joinpath("words").iterdir(), key=lambda path: path.name)
    tables = {path.name.partition(".")[0]: tomllib.loads(path.read_text(encoding="utf-8")) for path in paths}
    return {
        language: {f"{table}.{key}": text for table, texts in tables[language].items() for key, text in texts.items()}
        for language in tables
    }


def has_words(language: str) -> bool:
    """Whether the page has words in the language of a tag."""
    return _primary(language) in _words()


@frozen
class PageLanguage:
    """The page's first language, and its second where the page has labels in it."""

    first: str
    second: str | None = None

    @classmethod
    def of(cls, language: str, label_languages: Iterable[str] = ()) -> PageLanguage:
        """For a filing in ``language`` with labels in others too; other languages than the two get English labels."""
        languages = set(map(_primary, label_languages))
        if _primary(language) == "ja":
            return cls("ja", "en" if "en" in languages else None)
        return cls("en", "ja" if "ja" in languages else None)

    @classmethod
    def single(cls, language: str) -> PageLanguage:
        """For a report in ``language``, in whose words it is shown; English where the page has none in it."""
        return cls(_primary(language) if has_words(language) else "en")

    def text(self, text: Text) -> str:
        """In the first language, else in English."""
        return (text.ja if self.first == "ja" else dict(text.others).get(self.first)) or text.en

    def word(self, key: str) -> str:
        """A word of the page in the first language."""
        return self.text(word(key))

    def phrase(self, text: Text) -> PageText:
        """In the first language with the second beside it."""
        first = self.text(text)
        second = text.en if self.second == "en" else text.ja if self.second == "ja" else None
        return PageText(first, second if second != first else None)

    def lead_in(self, label: Text) -> PageText:
        """A label before its value on one line."""
        return PageText(self.word("label.with-value").format(label=self.text(label)))

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
        return self._joined(*period_parts(period, self.first)) if isinstance(period, Instant) else self.period(period)

    def _joined(self, lead: str, end: str) -> str:
        """The two parts of a period as one text."""
        return _capital(f"{lead} {end}" if lead and get_language(self.first).blanks else f"{lead}{end}")

    def unit(self, unit: Unit | None) -> str:
        """ "JPY per share", "円／株"; nothing for a pure number."""
        return print_unit(unit, self.first)

    def measure(self, scale: int, unit: Unit) -> str:
        """What stands over figures in one unit: "In millions of JPY"; nothing over pure numbers."""
        printed = self.unit(unit)
        return _capital(print_scale(scale, printed, self.first)) if printed else ""

    def year_ended(self, period: Instant | Duration | Forever) -> tuple[str, str] | None:
        """ "Year ended March 31," and the year, for a year; ``None`` for any other period."""
        if not (isinstance(period, Duration) and _is_midnight(period.start) and _is_midnight(period.end)):
            return None
        text = self.period(period)
        if whole_months(period.first_day, period.last_day) != _YEAR:
            return None
        if not get_language(self.first).blanks:
            year, mark, end = text.partition("年")
            return end, f"{year}{mark}"
        head, _, year = text.rpartition(" ")
        return head, year

    def _days(self, first: dt.date, last: dt.date) -> str:
        if first == last:
            return self.date(first)
        months = whole_months(first, last)
        if months == 1:
            return Month(first.year, first.month).printed(self.first)
        if months in _LENGTHS:
            return self._joined(*period_parts(Duration(first, last), self.first))
        return print_short_range(first, last, self.first)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_midnight(moment: str) -> bool:
    return moment.endswith("T00:00:00")
