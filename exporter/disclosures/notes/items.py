"""Notes to the financial statements (Form 20-F, Items 8 and 18) as report items."""

from __future__ import annotations

from typing import ClassVar

from exporter.disclosures.notes.compose import NOTES
from exporter.disclosures.notes.layout import NoteBase
from exporter.items.composed import ItemComposer
from exporter.items.declare import report_item


@report_item(label="Note", documentation="A note to the financial statements, with its policies, tables and amounts.")
class Note(NoteBase):
    """A note to the financial statements: one text block, its policies and tables text blocks inside it."""

    composer: ClassVar[ItemComposer] = NOTES
