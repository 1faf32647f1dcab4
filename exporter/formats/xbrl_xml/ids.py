"""The ids of one instance: XML names, unique among facts, contexts, units and footnotes."""

from __future__ import annotations

from exporter.formats.xbrl_xml.faults import Faults
from exporter.model.qname import is_ncname


class Ids:
    """Gathers ids. ``all`` are those met, ``others`` those of anything but a fact.

    Where ``keeps_facts`` is not set, the ids of facts are not remembered: their number has no bound.
    """

    def __init__(self, faults: Faults, *, keeps_facts: bool) -> None:
        self._faults = faults
        self.keeps_facts = keeps_facts
        self.all: set[str] = set()
        self.others: set[str] = set()

    def add_fact(self, id_: str, line: int | None) -> None:
        """The id of a fact."""
        self._check(id_, line)
        if self.keeps_facts:
            self.all.add(id_)

    def add_other(self, id_: str, line: int | None) -> None:
        """The id of a context, a unit, a footnote or of what else is no fact."""
        self._check(id_, line)
        self.all.add(id_)
        self.others.add(id_)

    def facts(self) -> set[str]:
        """The ids of facts."""
        return self.all - self.others

    def _check(self, id_: str, line: int | None) -> None:
        if id_ in self.all:
            message = f"the id {id_!r} is given twice"
            self._faults.add("exporter:duplicateId", message, line, mend="ids are unique in a document")
        elif not is_ncname(id_):
            self._faults.add("exporter:invalidId", f"an id is an XML name, got {id_!r}", line)
