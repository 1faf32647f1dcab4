"""How one stated fact is shown: the figure as printed, a label in words, a text, or that it is not stated."""

from __future__ import annotations

import enum
from collections.abc import Collection
from typing import Any, Final

from attrs import evolve, frozen

from exporter.filing.page.stated import StatedFact
from exporter.filing.page.wording import Tongue, Words
from exporter.formats.inline_xbrl.page import Content, FactPlace, HiddenLink, NoteMark, Phrase
from exporter.formats.inline_xbrl.transformations import Style
from exporter.formats.inline_xbrl.transformations.styles import FALSE, TRUE
from exporter.items.enumeration import member_labels
from exporter.items.values import Amount, CurrencyPair, InCurrency, Money, Percent, PerShare, Rate, Unknown
from exporter.items.values.amounts import PERCENT_SCALE
from exporter.items.values.numerals import last_place
from exporter.items.values.wording import choose_scale, scale_words, word_currency
from exporter.model.qname import QName

NOT_STATED: Final = Words("not stated", "記載なし")
_YES: Final = Words("Yes", "該当")
_NO: Final = Words("No", "非該当")
_FIGURE: Final = "\0"


@frozen(kw_only=True)
class Shown:
    """A fact as it stands on the page.

    ``said`` is what it says, for comparison, or ``None`` where nothing is stated; ``is_figure`` tells a figure from
    words, and ``measure`` is what a table may say once over all its figures.
    """

    place: FactPlace | HiddenLink
    said: str | None
    notes: tuple[str, ...] = ()
    parts: Content = ()
    is_number: bool = False
    is_figure: bool = False
    measure: str | None = None

    def content(self, *, marked: Collection[str] = (), bare: bool = False) -> Content:
        """With the marks of its notes, but for those ``marked`` elsewhere; ``bare`` of what the table says once."""
        place = self.place
        if bare and isinstance(place, FactPlace):
            place = evolve(place, before="", after="")
        marks = (NoteMark(note) for note in self.notes if note not in marked)
        return (place, *self.parts, *marks)


@frozen
class Showing:
    """Shows facts in the page's language and style."""

    tongue: Tongue
    style: Style

    def fact(
        self, stated: StatedFact, *, pair: CurrencyPair | None = None, parts: tuple[StatedFact, ...] = ()
    ) -> Shown:
        """One fact, with what is said of the party that it names."""
        shown = self._alone(stated, pair)
        notes = dict.fromkeys((*shown.notes, *(note for part in parts for note in part.notes)))
        return evolve(shown, parts=self.aside(parts), notes=tuple(notes)) if parts else shown

    def aside(self, parts: tuple[StatedFact, ...]) -> Content:
        """The kind and the identifier of a party, in parentheses; their notes are those of what stands before."""
        found: list[Any] = []
        for part in parts:
            found += [Phrase(", " if found else " ("), self._alone(part, None).place]
        return (*found, Phrase(")")) if found else ()

    def _alone(self, stated: StatedFact, pair: CurrencyPair | None) -> Shown:
        value, is_number = stated.value, stated.bound.datatype.is_numeric
        if stated.fact.is_nil or isinstance(value, Unknown):
            words = self.tongue.text(NOT_STATED)
            place: FactPlace | HiddenLink = FactPlace((stated.id,), text=words)
            return Shown(place=place, said=None, notes=stated.notes, is_number=is_number)
        if isinstance(value, Amount):
            return self._figure(stated, value, pair)
        said, datatype = stated.fact.value or "", stated.bound.datatype
        # A standard concept may take a text for a truth or a member: such a text stands on the page as it is.
        if isinstance(value, bool) and datatype.base == "boolean":
            place = self._truth((stated.id,), truth=value)
        elif isinstance(value, enum.StrEnum) and datatype.is_enumeration:
            place = HiddenLink(stated.id, self.member(value))
        else:
            place = FactPlace((stated.id,))
        return Shown(place=place, said=said, notes=stated.notes, is_number=is_number)

    def member(self, value: enum.StrEnum) -> str:
        """A value of an enumeration in words."""
        return self.tongue.text(Words(*member_labels(value)))

    def _truth(self, ids: tuple[str, ...], *, truth: bool) -> FactPlace:
        name: QName | None = self.style.named(TRUE if truth else FALSE)
        text = self.tongue.text(_YES if truth else _NO) if name else None
        return FactPlace(ids, text=text, format=name)

    def _figure(self, stated: StatedFact, value: Amount, pair: CurrencyPair | None) -> Shown:
        scale = self._scale(value)
        before, after, measure = self._round(value, scale, pair)
        place = FactPlace((stated.id,), scale=scale, before=before, after=after, negated=stated.bound.inverted)
        said = stated.fact.value or ""
        return Shown(place=place, said=said, notes=stated.notes, is_number=True, is_figure=True, measure=measure)

    def _scale(self, value: Amount) -> int:
        """The power of ten that the figure is shown under: as printed, if that claims no more than is known."""
        if isinstance(value, Percent):
            return PERCENT_SCALE if value.decimals is None else max(PERCENT_SCALE, -value.decimals)
        known = max(0, last_place(value.value)) if value.decimals is None else value.decimals
        return choose_scale(known, preferred=value.scale, language=self.tongue.first)

    def _round(self, value: Amount, scale: int, pair: CurrencyPair | None) -> tuple[str, str, str | None]:
        """What stands before and after the figure, and what a table says of all such figures."""
        language = self.tongue.first
        if isinstance(value, Percent):
            return "", f"{scale_words(scale - PERCENT_SCALE, language)}%", None
        power = scale_words(scale, language)
        if isinstance(value, InCurrency):
            before, _, after = word_currency(_FIGURE + power, value.currency, language).partition(_FIGURE)
            if isinstance(value, PerShare):
                return before, after + (" per share" if language == "en" else ""), None
            return before, after, self._measure(value, before, after) if isinstance(value, Money) else None
        if isinstance(value, Rate) and pair is not None:
            return (*self.quotation(pair, power), self.tongue.text(_pair_words(pair)))
        return "", power, None

    def _measure(self, value: Money, before: str, after: str) -> str | None:
        if "×" in after:
            return None
        if self.tongue.first == "ja":
            return f"（単位：{before.strip()}{after.strip()}）"
        return f"({before.strip()}{f' in {after.strip()}s' if after else ''})"

    def quotation(self, pair: CurrencyPair, power: str = "") -> tuple[str, str]:
        """What stands round an exchange rate: "¥107.22 per US$1"."""
        language = self.tongue.first
        before, _, after = word_currency(_FIGURE + power, pair.quote, language).partition(_FIGURE)
        one = word_currency("1", pair.base, language)
        return (before, f"{after} per {one}") if language == "en" else (f"{one}＝{before}", after)


def _pair_words(pair: CurrencyPair) -> Words:
    english = f"({word_currency('', pair.quote, 'en').strip()} per {word_currency('1', pair.base, 'en')})"
    return Words(
        english, f"（{word_currency('1', pair.base, 'ja')}当たり{word_currency('', pair.quote, 'ja').strip()}）"
    )
