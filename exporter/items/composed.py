"""Composed items: their class makes facts and taxonomy of all their parts together, and of other items of the document.

The concepts of most items are declared with their fields. A financial statement has others in each filing: its rows
name them. Its class has a ``composer``, which makes a `Composition` of all items of such classes in a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from attrs import frozen

from exporter.findings import Finding
from exporter.model.dimensions import Dimension
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.unit import Unit

if TYPE_CHECKING:
    from exporter.items.document import ItemsDocument
    from exporter.items.taxonomy.draft import TaxonomyDraft
    from exporter.profiles.profile import Profile


@frozen(kw_only=True)
class ComposedFact:
    """A fact of a composed item: ``field`` is the path of what states it below the item (``rows/3/values/0``).

    ``value`` is the text of the fact, ``None`` for nil; ``language`` is given for texts; ``notes`` are footnotes.
    """

    field: str
    concept: QName
    period: Instant | Duration
    value: str | None
    decimals: int | None = None
    unit: Unit | None = None
    dimensions: tuple[Dimension, ...] = ()
    language: str | None = None
    notes: tuple[str, ...] = ()


class Composition(Protocol):
    """What items of one kind make together."""

    def facts(self, index: int) -> Iterable[ComposedFact]:
        """The facts of the item at ``index`` of the document."""

    def findings(self) -> Iterable[Finding]:
        """What is wrong with the items, each finding with a pointer into the document and the item's name."""

    def add_to(self, draft: TaxonomyDraft) -> None:
        """Declare, label and relate the concepts of the items."""


class ItemComposer(Protocol):
    """Makes compositions of the items of one kind in a document."""

    def compose(self, document: ItemsDocument, profile: Profile, items: Sequence[tuple[int, Any]]) -> Composition:
        """What ``items`` make, each given with its place in the document."""


def composer_of(cls: type[Any]) -> ItemComposer | None:
    """The composer of an item class, where it is composed."""
    return getattr(cls, "composer", None)


def compositions(document: ItemsDocument, profile: Profile) -> Iterator[Composition]:
    """The compositions of a document's items, one for each composer."""
    grouped: dict[int, tuple[ItemComposer, list[tuple[int, Any]]]] = {}
    for index, item in enumerate(document.items):
        composer = composer_of(type(item))
        if composer is not None:
            grouped.setdefault(id(composer), (composer, []))[1].append((index, item))
    for composer, items in grouped.values():
        yield composer.compose(document, profile, items)
