"""How the parts of an item are shown: its fields, what tells it apart from others, its period."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from attrs import field, frozen

from exporter.filing.page.shown import Showing, Shown
from exporter.filing.page.stated import StatedItem
from exporter.filing.page.wording import Tongue, Words
from exporter.formats.inline_xbrl.page import Content, FactPlace, Inline, Phrase, Within
from exporter.items.bound import BoundAxis
from exporter.items.declaration import ConceptDeclaration
from exporter.items.labels import Labels
from exporter.items.values import EntityRef, Month, MonthDay

PERIOD: Final = Words("Period", "期間")
DATE: Final = Words("Date", "日付")
_YES_NO: Final = {True: Words("Yes", "該当"), False: Words("No", "非該当")}


@frozen
class ItemDisplay:
    """Shows items in the page's language and style.

    ``pieces`` are texts that stand on the page as pieces of a longer one, by the ids of their facts.
    """

    showing: Showing
    pieces: Mapping[str, Within] = field(factory=dict)

    @property
    def tongue(self) -> Tongue:
        return self.showing.tongue

    def field(self, item: StatedItem, name: str) -> Shown | None:
        """What a field states, or ``None``."""
        stated = item.main(name)
        if stated is None:
            return None
        return self.showing.fact(stated, pair=item.binding.pair(item.item), parts=item.parts(name))

    def is_in_pieces(self, fact: str) -> bool:
        """Whether a text stands on the page in the pieces that are other texts."""
        return any(piece.fact == fact for piece in self.pieces.values())

    def field_label(self, items: Sequence[StatedItem], name: str) -> Words:
        """What the field is called over all items: by its concept, or by what the concepts that it reports share."""
        stated = [(item, fact) for item in items if (fact := item.main(name)) is not None]
        labels = list(dict.fromkeys(item.label_of(fact) for item, fact in stated))
        if name == items[0].binding.period_field:
            return labels[0] if len(labels) == 1 else DATE
        if len(labels) == 1 or not items[0].selectors:
            return labels[0]
        declared = items[0].binding.spec.field(name).declaration
        if isinstance(declared, ConceptDeclaration) and declared.companion_of:
            return Words.of(declared.options[0].labels, declared.suffix)
        return self.name_of(name)

    def lead_in(self, label: Words) -> Phrase:
        """A label before what it labels, in one line."""
        mark = "：" if self.tongue.first == "ja" else ": "
        return Phrase(self.tongue.text(label) + mark)

    def name_of(self, name: str) -> Words:
        """A field by the name that it has in the declaration."""
        return Words(name.replace("_", " ").capitalize())

    def axis_label(self, axis: BoundAxis) -> Words:
        return Words.of(axis.labels or Labels(), axis.axis.local_name.removesuffix("Axis"))

    def selected(self, item: StatedItem, name: str) -> Content:
        """Which of several meanings the item has."""
        return (Phrase(self.showing.member(getattr(item.item, name))),)

    def dimension(self, item: StatedItem, name: str) -> Content:
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

    def period(self, item: StatedItem, *, marked: Collection[str] = ()) -> Content:
        """The item's period; tagged where the date is a fact."""
        name = item.binding.period_field or ""
        shown = self.field(item, name)
        return shown.content(marked=marked) if shown else (Phrase(self.tongue.period(item.period)),)

    def notes(self, item: StatedItem) -> tuple[str, ...]:
        """The notes to all that the item states, where it states more than one thing."""
        facts = [fact for found in item.facts.values() for fact in found]
        if len(facts) < 2:
            return ()
        return tuple(note for note in facts[0].notes if all(note in fact.notes for fact in facts))

    def period_label(self, items: Sequence[StatedItem]) -> Words:
        """The head of a column of periods: by the concept where the date is a fact."""
        name = items[0].binding.period_field or ""
        if any(item.main(name) is not None for item in items):
            return self.field_label(items, name)
        return DATE if all(type(item.period).__name__ == "Instant" for item in items) else PERIOD
