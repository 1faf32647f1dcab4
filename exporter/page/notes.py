"""Notes on the page: each as one text block, with the tags of its policies, tables and amounts inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from exporter.disclosures.notes.compose import NoteReading, notes_of
from exporter.filing import Filing
from exporter.formats.inline_xbrl.write.blocks import FactBlock, Heading, InnerFact, PageText
from exporter.items.to_facts import DerivedReport
from exporter.model.fact import Fact
from exporter.page.compose import PageSection
from exporter.page.display import ItemDisplay
from exporter.page.words import word


def notes_section(filing: Filing, derived: DerivedReport, display: ItemDisplay) -> PageSection | None:
    """The section of the filing's notes, in the order of the document; ``None`` where it has none."""
    readings = notes_of(filing.composed)
    if not readings:
        return None
    facts = {place: facts_there[-1][0] for place, facts_there in derived.facts_by_origin().items()}
    tagged = {fact.id for fact in filing.derived.report.facts}
    parts: list[Heading | FactBlock] = []
    for reading in readings:
        whole = facts.get((f"/items/{reading.index}", reading.spans[0].path))
        if whole is None or whole.id is None:
            continue
        inner = (piece for piece in _inner(reading, facts) if piece.fact in tagged)
        parts += [Heading(3, (PageText(reading.note.title),)), FactBlock(whole.id, inner=inner)]
    return PageSection(
        id="statement-notes", title=display.language.phrase(word("section.statement-notes")), parts=tuple(parts)
    )


def _inner(reading: NoteReading, facts: Mapping[tuple[str, str], Fact]) -> Iterator[InnerFact]:
    """The policies, tables and amounts of a note."""
    for span in reading.spans[1:]:
        fact = facts.get((f"/items/{reading.index}", span.path))
        if fact is not None and fact.id is not None:
            yield InnerFact(fact=fact.id, start=span.start, stop=span.stop)
    for placed in reading.amounts:
        amount = placed.amount
        fact = facts.get((amount.pointer, amount.field))
        if amount.digits is not None and fact is not None and fact.id is not None:
            start, stop = (placed.start + place for place in amount.digits)
            yield InnerFact(fact=fact.id, start=start, stop=stop, scale=amount.scale)
