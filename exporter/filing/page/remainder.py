"""Facts that no item's place shows: they are shown as the report has them, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Iterable

from exporter.filing.filing import Filing
from exporter.filing.page.display import PERIOD, ItemDisplay
from exporter.filing.page.stated import StatedItems
from exporter.filing.page.wording import Words
from exporter.formats.inline_xbrl.page import (
    Cell,
    Column,
    FactPlace,
    Heading,
    HiddenLink,
    NoteList,
    NoteMark,
    Row,
    Scope,
    Section,
    Table,
)
from exporter.items.labels import words
from exporter.model.fact import Fact

_TITLE = Words("Further Facts", "その他の事実")
_HEADS = (Words("Concept", "概念"), PERIOD, Words("Value", "値"))


def remaining_facts(display: ItemDisplay, filing: Filing, stated: StatedItems, facts: Iterable[Fact]) -> Section:
    """A section with a table of the facts."""
    tongue = display.tongue
    rows = []
    for fact in facts:
        label = filing.taxonomy.label(fact.concept, language=tongue.first) or words(fact.concept.local_name)
        datatype = filing.taxonomy.datatypes().get(fact.concept)
        place: FactPlace | HiddenLink = FactPlace((fact.id or "",))
        if datatype is not None and datatype.is_enumeration:
            place = HiddenLink(fact.id or "", words((fact.value or "").rpartition("#")[2]) or "—")
        marks = tuple(map(NoteMark, stated.notes(fact)))
        rows.append(Row((Cell(label, scope=Scope.ROW), tongue.period(fact.period), Cell((place, *marks)))))
    heads = Row([Cell(tongue.phrase(each), scope=Scope.COLUMN) for each in _HEADS])
    table = Table(columns=(Column(), Column(), Column()), heads=(heads,), rows=tuple(rows))
    return Section((Heading(2, tongue.phrase(_TITLE)), table, NoteList()), id="further-facts")
