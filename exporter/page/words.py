"""The languages of a page: which comes first, and how labels, dates and periods read in them.

The page's own words, headings and such, stand in the files ``words/{language}.toml``; a page can be in any of these
languages. A label without a translation is shown in English.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from attrs import evolve, field, frozen

from exporter.formats.inline_xbrl.write.blocks import PageText
from exporter.items.declarations import words
from exporter.items.labels import ENGLISH, LabelRole, Labels
from exporter.items.values import Month, print_date
from exporter.items.values.languages import get_language
from exporter.items.values.printing import (
    period_parts,
    print_month,
    print_month_day,
    print_scale,
    print_short_range,
    print_unit,
    whole_months,
)
from exporter.model.period import Duration, Forever, Instant
from exporter.model.unit import Unit
from exporter.transformations import Style
from exporter.transformations.display import DateForm
from exporter.transformations.registry import IXT_1, IXT_2, IXT_4

_TAG: Final = re.compile(r"(?<!\s)\s*\[[^\[\]]*\]$")
_INDICATOR: Final = re.compile(r", Indicator$")
_YEAR: Final = 12  # months
_CALENDAR: Final = re.compile(r"(?:(?P<year>[0-9]{4})|-)-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")
_LENGTHS: Final = (3, 6, 9, _YEAR)  # months of the periods that statements are made for


def _pairs(translations: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((language, text) for language, text in translations.items() if text is not None))


@frozen
class Text:
    """The same in English and in other languages, as far as they are known."""

    en: str
    others: tuple[tuple[str, str], ...] = field(factory=dict, converter=_pairs)
    """The translations by language; given as a mapping."""

    @classmethod
    def of(cls, labels: Labels, name: str, languages: Iterable[str], *, role: LabelRole = "standard") -> Text:
        """The label without what only machines need, in the languages; ``name`` in words where there is none."""
        english = labels.text("en", role) or words(name)
        translations = _translations(labels, languages, role)
        return cls(_plain(english), {language: text and _plain(text) for language, text in translations})

    @classmethod
    def full(cls, labels: Labels, english: str, languages: Iterable[str], *, role: LabelRole = "standard") -> Text:
        """The label as it is, ``english`` where there is none."""
        return cls(labels.text("en", role) or english, dict(_translations(labels, languages, role)))

    def translated(self, language: str) -> str | None:
        """In one language, ``None`` where that is not known."""
        return self.en if language == ENGLISH else dict(self.others).get(language)


def _translations(labels: Labels, languages: Iterable[str], role: LabelRole) -> Iterator[tuple[str, str | None]]:
    return ((language, labels.text(language, role)) for language in languages if language != ENGLISH)


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


def _plain(label: str) -> str:
    return _INDICATOR.sub("", _TAG.sub("", label)) or label


@cache
def word(key: str) -> Text:
    """A word of the page by its table and key, ``label.period``, in every language that the page has words in."""
    words = _words()
    return Text(words[ENGLISH][key], {language: words[language].get(key) for language in words if language != ENGLISH})


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
        """For a filing in ``language`` with labels in others too: the first other one that the page has words in."""
        single = cls.single(language)
        others = (other for other in map(_primary, label_languages) if other != single.first and has_words(other))
        return cls(single.first, next(others, None))

    @classmethod
    def single(cls, language: str) -> PageLanguage:
        """For a report in ``language``, in whose words it is shown; English where the page has none in it."""
        return cls(_primary(language) if has_words(language) else "en")

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that labels are looked up in."""
        return (self.first,) if self.second is None else (self.first, self.second)

    def text(self, text: Text) -> str:
        """In the first language, else in English."""
        return text.translated(self.first) or text.en

    def word(self, key: str) -> str:
        """A word of the page in the first language."""
        return self.text(word(key))

    def phrase(self, text: Text) -> PageText:
        """In the first language with the second beside it."""
        first = self.text(text)
        second = text.translated(self.second) if self.second is not None else None
        return PageText(first, second if second != first else None)

    def lead_in(self, label: Text) -> PageText:
        """A label before its value on one line."""
        return PageText(self.word("label.with-value").format(label=self.text(label)))

    @property
    def comma(self) -> str:
        """What stands between the parts of a label."""
        return self.word("label.comma")

    def date(self, date: dt.date) -> str:
        return print_date(date, self.first)

    def dates(self, value: str) -> Iterator[tuple[Mapping[str, str], str]]:
        """How a date of XML Schema may be printed: the transformations by registry, and the text; the best first."""
        if self.first in (ENGLISH, "ja") or (match := _CALENDAR.fullmatch(value)) is None:
            return
        year, month, day = (int(part or 0) for part in match.group("year", "month", "day"))
        if not 1 <= month <= 12:
            return
        if not year:
            yield {IXT_4: f"date-day-monthname-{self.first}"}, print_month_day(month, day, self.first)
            yield {IXT_1: "dateslashdaymontheu", IXT_2: "datedaymonth"}, f"{day}/{month}"
        elif not day:
            yield {IXT_4: f"date-monthname-year-{self.first}"}, print_month(year, month, self.first)
            yield {IXT_2: "datemonthyear"}, f"{month}/{year}"
        else:
            yield {IXT_4: f"date-day-monthname-year-{self.first}"}, print_date(dt.date(year, month, day), self.first)
            yield {IXT_1: "datedoteu", IXT_2: "datedaymonthyear"}, f"{day}.{month}.{year}"

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


def style_in(language: str, style: Style | None = None) -> Style:
    """The custom of a language with its decimal mark, group mark and order of dates."""
    style = style or Style.of(language)
    if not has_words(language) or style.is_japanese or _primary(language) == ENGLISH:
        return style
    marks = get_language(language)
    group = "\u00a0" if marks.group == " " else marks.group
    return evolve(style, decimal_mark=marks.decimal, group_mark=group, dates=DateForm.DAY_FIRST)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_midnight(moment: str) -> bool:
    return moment.endswith("T00:00:00")
