"""How the parts of an item stand on the page: its facts, what tells it apart from others, its period."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from attrs import evolve, field, frozen

from exporter.formats.inline_xbrl.write.blocks import (
    Content,
    FactPlace,
    HiddenLink,
    Inline,
    LineBreak,
    PageText,
    Within,
)
from exporter.items.bound import BoundAxis
from exporter.items.declarations import ConceptDeclaration
from exporter.items.labels import NO_LABELS, member_labels
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
from exporter.items.values.languages import get_language
from exporter.items.values.numerals import last_place
from exporter.items.values.printing import choose_scale, joined_of, print_currency, scale_words
from exporter.model.period import Instant
from exporter.page.compose import DisplayedFact, date_place, truth_place
from exporter.page.item_facts import ItemFact, ItemWithFacts
from exporter.page.words import PageLanguage, Text, word
from exporter.transformations import Style

_FIGURE: Final = "\0"


@frozen
class ItemDisplay:
    """Displays items in the page's language and style.

    ``pieces`` are texts that stand on the page as pieces of a longer one, by the ids of their facts.
    """

    language: PageLanguage
    style: Style
    pieces: Mapping[str, Within] = field(factory=dict)

    # --- facts -----------------------------------------------------------------------------------------------------

    def field(self, item: ItemWithFacts, name: str) -> DisplayedFact | None:
        """The fact of a field with the facts about the party that it names; ``None`` where it reports none."""
        main = item.main(name)
        if main is None:
            return None
        displayed = self._fact(main, item.binding.pair(item.item))
        rest, parts = item.rest(name), item.parts(name)
        if not rest and not parts:
            return displayed
        notes = dict.fromkeys((*displayed.notes, *(note for part in (*rest, *parts) for note in part.notes)))
        listed = (content for fact in rest for content in (LineBreak(), self._fact(fact, None).place))
        return evolve(displayed, parts=(*listed, *self._aside(parts)), notes=tuple(notes))

    def is_in_pieces(self, fact: str) -> bool:
        """Whether a text stands on the page in the pieces that are other texts."""
        return any(piece.fact == fact for piece in self.pieces.values())

    def _aside(self, parts: tuple[ItemFact, ...]) -> Content:
        """The kind and the identifier of a party, in parentheses; their notes are those of what stands before."""
        content: list[Inline] = []
        for part in parts:
            content += [PageText(", " if content else " ("), self._fact(part, None).place]
        return (*content, PageText(")")) if content else ()

    def _fact(self, item_fact: ItemFact, pair: CurrencyPair | None) -> DisplayedFact:
        value, datatype = item_fact.value, item_fact.bound.datatype
        if item_fact.fact.is_nil or isinstance(value, Unknown):
            absent = FactPlace((item_fact.id,), text=self.language.word("value.not-stated"))
            return DisplayedFact(place=absent, notes=item_fact.notes, is_number=datatype.is_numeric)
        if isinstance(value, Amount):
            return self._figure(item_fact, value, pair)
        # A standard concept may take a text for a truth or a member: such a text stands on the page as it is.
        place: FactPlace | HiddenLink = FactPlace((item_fact.id,))
        if isinstance(value, bool) and datatype.base == "boolean":
            place = truth_place(item_fact.id, truth=value, language=self.language, style=self.style)
        elif isinstance(value, dt.date | Month | MonthDay) and datatype.base in ("date", "gYearMonth", "gMonthDay"):
            place = date_place(item_fact.id, str(value), language=self.language, style=self.style)
        elif isinstance(value, enum.StrEnum) and datatype.is_enumeration:
            place = HiddenLink(item_fact.id, self._member(value))
        return DisplayedFact(
            place=place, value=item_fact.fact.value or "", notes=item_fact.notes, is_number=datatype.is_numeric
        )

    def _member(self, value: enum.StrEnum) -> str:
        """A value of an enumeration in words."""
        labels = member_labels(value)
        return self.language.text(Text.full(labels, value.value, self.language.languages))

    # --- figures ---------------------------------------------------------------------------------------------------

    def _figure(self, item_fact: ItemFact, value: Amount, pair: CurrencyPair | None) -> DisplayedFact:
        scale = self._scale(value)
        before, after, measure = self._surrounding(value, scale, pair)
        return DisplayedFact(
            place=FactPlace((item_fact.id,), scale=scale, before=before, after=after, negated=item_fact.bound.inverted),
            value=item_fact.fact.value or "",
            notes=item_fact.notes,
            is_number=True,
            is_figure=True,
            measure=measure,
        )

    def _scale(self, value: Amount) -> int:
        """The power of ten that the figure is shown under: as printed, if that claims no more than is known."""
        if isinstance(value, Percent):
            return PERCENT_SCALE if value.decimals is None else max(PERCENT_SCALE, -value.decimals)
        known = max(0, last_place(value.value)) if value.decimals is None else value.decimals
        return choose_scale(known, preferred=value.scale, language=self.language.first)

    def _surrounding(self, value: Amount, scale: int, pair: CurrencyPair | None) -> tuple[str, str, str | None]:
        """What stands before and after the figure, and the measure that a table says of all such figures."""
        language = self.language.first
        if isinstance(value, Percent):
            return "", f"{scale_words(scale - PERCENT_SCALE, language)}%", None
        power = scale_words(scale, language)
        if isinstance(value, InCurrency):
            before, _, after = print_currency(_FIGURE + power, value.currency, language).partition(_FIGURE)
            if isinstance(value, PerShare):
                words = get_language(language)
                return before, after + (f" {words.per_share[0]}" if words.blanks and words.per_share else ""), None
            return before, after, self.measure(value.currency, scale) if isinstance(value, Money) else None
        if isinstance(value, Rate) and pair is not None:
            return (*self._quotation(pair, power), self._pair(pair))
        return "", power, None

    def measure(self, currency: str, scale: int) -> str | None:
        """What a table says of amounts in one currency under one scale: "(¥ in billions)", "（単位：百万円）"."""
        language = get_language(self.language.first)
        word = language.scale_word(scale, in_head=True) if scale else ""
        if word is None:
            return None
        unit = print_currency("", currency, language.code).strip()
        if not word:
            return self.language.word("figure.measure-alone").format(unit=unit)
        return self.language.word("figure.measure").format(unit=unit, scale=word, of=joined_of(language, unit))

    def _quotation(self, pair: CurrencyPair, power: str) -> tuple[str, str]:
        """What stands round an exchange rate: "¥107.22 per US$1"."""
        language = self.language.first
        quote, base = print_currency(_FIGURE + power, pair.quote, language), print_currency("1", pair.base, language)
        before, _, after = self.language.word("figure.quotation").format(quote=quote, base=base).partition(_FIGURE)
        return before, after

    def _pair(self, pair: CurrencyPair) -> str:
        language = self.language.first
        quote, base = print_currency("", pair.quote, language).strip(), print_currency("1", pair.base, language)
        return self.language.word("figure.pair").format(quote=quote, base=base)

    # --- what tells items apart --------------------------------------------------------------------------------------

    def selected(self, item: ItemWithFacts, name: str) -> Content:
        """Which of several meanings the item has."""
        return (PageText(self._member(getattr(item.item, name))),)

    def dimension(self, item: ItemWithFacts, name: str) -> Content:
        """The value of a dimension with the facts about the party that it names; nothing where it has none."""
        value = getattr(item.item, name)
        if value is None:
            return ()
        named = item.named(name)
        part: Inline = PageText(self._plain(value)) if named is None else FactPlace((named.id,))
        return (part, *self._aside(item.parts(name)))

    def _plain(self, value: Any) -> str:
        if isinstance(value, bool):
            return self.language.word("value.yes" if value else "value.no")
        if isinstance(value, enum.StrEnum):
            return self._member(value)
        if isinstance(value, dt.date):
            return self.language.date(value)
        if isinstance(value, Month | MonthDay):
            return value.printed(self.language.first)
        return str(value) if isinstance(value, EntityRef | int) else value

    def period(self, item: ItemWithFacts, *, marked: Collection[str] = ()) -> Content:
        """The item's period; tagged where the date is a fact."""
        displayed = self.field(item, item.binding.period_field or "")
        return displayed.content(marked=marked) if displayed else (PageText(self.language.period(item.period)),)

    def notes(self, item: ItemWithFacts) -> tuple[str, ...]:
        """The notes that all facts of the item share, where it has several."""
        facts = [fact for of_field in item.facts.values() for fact in of_field]
        if len(facts) < 2:
            return ()
        return tuple(note for note in facts[0].notes if all(note in fact.notes for fact in facts))

    # --- labels ----------------------------------------------------------------------------------------------------

    def field_label(self, items: Sequence[ItemWithFacts], name: str) -> Text:
        """The label of a field over all items: its concept's, or what its concepts have in common."""
        facts = [(item, fact) for item in items if (fact := item.main(name)) is not None]
        labels = list(dict.fromkeys(item.label_of(fact) for item, fact in facts))
        if name == items[0].binding.period_field:
            return labels[0] if len(labels) == 1 else word("label.date")
        if len(labels) == 1 or not items[0].selectors:
            return labels[0]
        declared = items[0].binding.spec.field(name).declaration
        if isinstance(declared, ConceptDeclaration) and declared.companion_of:
            return Text.of(declared.options[0].labels, declared.suffix, self.language.languages)
        return self.name_of(name)

    def name_of(self, name: str) -> Text:
        """A field by the name that it has in the declaration."""
        return Text(name.replace("_", " ").capitalize())

    def axis_label(self, axis: BoundAxis) -> Text:
        name = axis.axis.local_name.removesuffix("Axis")
        return Text.of(axis.labels or NO_LABELS, name, self.language.languages)

    def period_label(self, items: Sequence[ItemWithFacts]) -> Text:
        """The head of a column of periods: the concept's label where the date is a fact."""
        name = items[0].binding.period_field or ""
        if any(item.main(name) is not None for item in items):
            return self.field_label(items, name)
        return word("label.date" if all(isinstance(item.period, Instant) for item in items) else "label.period")
