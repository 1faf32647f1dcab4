"""How one stated fact is shown: the figure as printed, a label in words, a text, or that it is not stated.

How the parts of an item are shown: its fields, what tells it apart from others, its period.

The fields of items of one class as columns: what stands in each row, what all rows share.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from exporter.formats.inline_xbrl.write.blocks import Content, FactPlace, HiddenLink, Inline, NoteMark, Phrase, Within
from exporter.items.bound import BoundAxis
from exporter.items.declarations import ConceptDeclaration, Labels
from exporter.items.values import (
    Amount,
    CurrencyPair,
    EntityRef,
    InCurrency,
    Money,
    Month,
    MonthDay,
    Percent,
    PerShare,
    Rate,
    Unknown,
)
from exporter.items.values.amounts import PERCENT_SCALE
from exporter.items.values.enumeration import member_labels
from exporter.items.values.numerals import last_place
from exporter.items.values.printing import choose_scale, scale_words, word_currency
from exporter.model.qname import QName
from exporter.page.item_facts import ItemFact, ItemWithFacts
from exporter.page.words import PageLanguage, Text
from exporter.transformations import Style
from exporter.transformations.display import FALSE, TRUE

NOT_STATED: Final = Text("not stated", "記載なし")
_YES: Final = Text("Yes", "該当")
_NO: Final = Text("No", "非該当")
_FIGURE: Final = "\0"


@frozen(kw_only=True)
class DisplayedField:
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
class Display:
    """Shows facts in the page's language and style."""

    tongue: PageLanguage
    style: Style

    def fact(
        self, stated: ItemFact, *, pair: CurrencyPair | None = None, parts: tuple[ItemFact, ...] = ()
    ) -> DisplayedField:
        """One fact, with what is said of the party that it names."""
        shown = self._alone(stated, pair)
        notes = dict.fromkeys((*shown.notes, *(note for part in parts for note in part.notes)))
        return evolve(shown, parts=self.aside(parts), notes=tuple(notes)) if parts else shown

    def aside(self, parts: tuple[ItemFact, ...]) -> Content:
        """The kind and the identifier of a party, in parentheses; their notes are those of what stands before."""
        found: list[Any] = []
        for part in parts:
            found += [Phrase(", " if found else " ("), self._alone(part, None).place]
        return (*found, Phrase(")")) if found else ()

    def _alone(self, stated: ItemFact, pair: CurrencyPair | None) -> DisplayedField:
        value, is_number = stated.value, stated.bound.datatype.is_numeric
        if stated.fact.is_nil or isinstance(value, Unknown):
            words = self.tongue.text(NOT_STATED)
            place: FactPlace | HiddenLink = FactPlace((stated.id,), text=words)
            return DisplayedField(place=place, said=None, notes=stated.notes, is_number=is_number)
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
        return DisplayedField(place=place, said=said, notes=stated.notes, is_number=is_number)

    def member(self, value: enum.StrEnum) -> str:
        """A value of an enumeration in words."""
        return self.tongue.text(Text(*member_labels(value)))

    def _truth(self, ids: tuple[str, ...], *, truth: bool) -> FactPlace:
        name: QName | None = self.style.named(TRUE if truth else FALSE)
        text = self.tongue.text(_YES if truth else _NO) if name else None
        return FactPlace(ids, text=text, format=name)

    def _figure(self, stated: ItemFact, value: Amount, pair: CurrencyPair | None) -> DisplayedField:
        scale = self._scale(value)
        before, after, measure = self._round(value, scale, pair)
        place = FactPlace((stated.id,), scale=scale, before=before, after=after, negated=stated.bound.inverted)
        said = stated.fact.value or ""
        return DisplayedField(
            place=place, said=said, notes=stated.notes, is_number=True, is_figure=True, measure=measure
        )

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


def _pair_words(pair: CurrencyPair) -> Text:
    english = f"({word_currency('', pair.quote, 'en').strip()} per {word_currency('1', pair.base, 'en')})"
    return Text(
        english, f"（{word_currency('1', pair.base, 'ja')}当たり{word_currency('', pair.quote, 'ja').strip()}）"
    )


PERIOD: Final = Text("Period", "期間")
DATE: Final = Text("Date", "日付")
_YES_NO: Final = {True: Text("Yes", "該当"), False: Text("No", "非該当")}


@frozen
class ItemDisplay:
    """Shows items in the page's language and style.

    ``pieces`` are texts that stand on the page as pieces of a longer one, by the ids of their facts.
    """

    showing: Display
    pieces: Mapping[str, Within] = field(factory=dict)

    @property
    def tongue(self) -> PageLanguage:
        return self.showing.tongue

    def field(self, item: ItemWithFacts, name: str) -> DisplayedField | None:
        """What a field states, or ``None``."""
        stated = item.main(name)
        if stated is None:
            return None
        return self.showing.fact(stated, pair=item.binding.pair(item.item), parts=item.parts(name))

    def is_in_pieces(self, fact: str) -> bool:
        """Whether a text stands on the page in the pieces that are other texts."""
        return any(piece.fact == fact for piece in self.pieces.values())

    def field_label(self, items: Sequence[ItemWithFacts], name: str) -> Text:
        """What the field is called over all items: by its concept, or by what the concepts that it reports share."""
        stated = [(item, fact) for item in items if (fact := item.main(name)) is not None]
        labels = list(dict.fromkeys(item.label_of(fact) for item, fact in stated))
        if name == items[0].binding.period_field:
            return labels[0] if len(labels) == 1 else DATE
        if len(labels) == 1 or not items[0].selectors:
            return labels[0]
        declared = items[0].binding.spec.field(name).declaration
        if isinstance(declared, ConceptDeclaration) and declared.companion_of:
            return Text.of(declared.options[0].labels, declared.suffix)
        return self.name_of(name)

    def lead_in(self, label: Text) -> Phrase:
        """A label before what it labels, in one line."""
        mark = "：" if self.tongue.first == "ja" else ": "
        return Phrase(self.tongue.text(label) + mark)

    def name_of(self, name: str) -> Text:
        """A field by the name that it has in the declaration."""
        return Text(name.replace("_", " ").capitalize())

    def axis_label(self, axis: BoundAxis) -> Text:
        return Text.of(axis.labels or Labels(), axis.axis.local_name.removesuffix("Axis"))

    def selected(self, item: ItemWithFacts, name: str) -> Content:
        """Which of several meanings the item has."""
        return (Phrase(self.showing.member(getattr(item.item, name))),)

    def dimension(self, item: ItemWithFacts, name: str) -> Content:
        """The value of a dimension, with what is said of the party that it names; nothing where it has none."""
        value = getattr(item.item, name)
        if value is None:
            return ()
        named = item.named(name)
        shown: Inline = Phrase(self._plain(value)) if named is None else FactPlace((named.id,))
        return (shown, *self.showing.aside(item.parts(name)))

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.tongue.text(_YES_NO[value])
        if isinstance(value, enum.StrEnum):
            return self.showing.member(value)
        if isinstance(value, dt.date):
            return self.tongue.date(value)
        if isinstance(value, Month | MonthDay):
            return value.printed(self.tongue.first)
        return str(value) if isinstance(value, EntityRef | int) else value

    def period(self, item: ItemWithFacts, *, marked: Collection[str] = ()) -> Content:
        """The item's period; tagged where the date is a fact."""
        name = item.binding.period_field or ""
        shown = self.field(item, name)
        return shown.content(marked=marked) if shown else (Phrase(self.tongue.period(item.period)),)

    def notes(self, item: ItemWithFacts) -> tuple[str, ...]:
        """The notes to all that the item states, where it states more than one thing."""
        facts = [fact for found in item.facts.values() for fact in found]
        if len(facts) < 2:
            return ()
        return tuple(note for note in facts[0].notes if all(note in fact.notes for fact in facts))

    def period_label(self, items: Sequence[ItemWithFacts]) -> Text:
        """The head of a column of periods: by the concept where the date is a fact."""
        name = items[0].binding.period_field or ""
        if any(item.main(name) is not None for item in items):
            return self.field_label(items, name)
        return DATE if all(type(item.period).__name__ == "Instant" for item in items) else PERIOD


@frozen(kw_only=True)
class FieldColumn:
    """A field over all rows; ``over`` are the notes that stand over the column, as every cell has them."""

    label: Text
    cells: tuple[DisplayedField | None, ...]
    over: tuple[str, ...]
    is_constant: bool

    @classmethod
    def of(cls, label: Text, cells: Sequence[DisplayedField | None], of_rows: Sequence[Collection[str]]) -> FieldColumn:
        """The column, given the notes that stand at the heads of rows."""
        over = _shared_notes(cells, of_rows)
        return cls(label=label, cells=tuple(cells), over=over, is_constant=_is_constant(cells, over, of_rows))

    @property
    def stated(self) -> tuple[DisplayedField, ...]:
        return tuple(cell for cell in self.cells if cell is not None)

    @property
    def is_number(self) -> bool:
        return any(cell.is_number for cell in self.stated)

    @property
    def figures(self) -> tuple[DisplayedField, ...]:
        return tuple(cell for cell in self.stated if cell.is_figure)

    def nested(self) -> Content:
        """What all rows say, once, tagged with the facts of all."""
        return (*nested(self.stated), *map(NoteMark, self.over))


def nested(stated: Sequence[DisplayedField]) -> Content:
    """What facts that say the same say, once, tagged with all of them."""
    places = [each.place for each in stated]
    first = places[0]
    if isinstance(first, FactPlace):
        ids = dict.fromkeys(fact for place in places if isinstance(place, FactPlace) for fact in place.facts)
        return (evolve(first, facts=tuple(ids)),)
    linked: Content = (_linked(first.content, (place.fact for place in places if isinstance(place, HiddenLink))),)
    return linked


def _linked(content: Any, facts: Iterable[str]) -> Any:
    for fact in dict.fromkeys(facts):
        content = HiddenLink(fact, content)
    return content


def _shared_notes(cells: Sequence[DisplayedField | None], of_rows: Sequence[Collection[str]]) -> tuple[str, ...]:
    """Notes that every cell has, where there are several and not all of their rows have them."""
    stated = [(cell, notes) for cell, notes in zip(cells, of_rows, strict=True) if cell is not None]
    if len(stated) < 2:
        return ()
    return tuple(
        note
        for note in stated[0][0].notes
        if all(note in cell.notes for cell, _ in stated) and not all(note in notes for _, notes in stated)
    )


def _is_constant(
    cells: Sequence[DisplayedField | None], over: Collection[str], of_rows: Sequence[Collection[str]]
) -> bool:
    """Whether all rows say the same in words, without notes of their own."""
    if len(cells) < 2:
        return False
    said = set()
    for cell, notes in zip(cells, of_rows, strict=True):
        if cell is None or cell.said is None or cell.is_number or cell.parts or not {*cell.notes} <= {*over, *notes}:
            return False
        said.add(cell.said)
    return len(said) == 1
