"""The fields every disclosure has, whatever it states."""

from __future__ import annotations

from exporter.items.footnotes import Footnote
from exporter.items.report_item import item_base
from exporter.items.specifiers import notes, provenance
from exporter.items.values import SourceRef


@item_base
class ReportItem:
    """Base of report items that carry footnotes and say where they come from.

    ``id`` names the item within its document; like ``source`` it is kept in items JSON and is no part of equality. A
    class need not derive from this one to be a report item.
    """

    id: str | None = provenance(default=None)
    source: SourceRef | None = provenance(default=None)
    footnotes: tuple[Footnote, ...] = notes(default=())
