"""What facts refer to: contexts and units by their ids, and the facts that wait for one that comes later."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen
from lxml import etree

from exporter.formats.options import ReadOptions, is_certain
from exporter.formats.xbrl_xml.concepts import ConceptForm, unit_error
from exporter.formats.xbrl_xml.read.contexts import YEARLESS, ContextReader, ReadContext, not_an_entity
from exporter.formats.xbrl_xml.read.findings import Ids, InstanceLog, line_of
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.report import ContextElement
from exporter.model.unit import Unit


@frozen
class FactWithIds:
    """A fact whose context and unit are still ids. ``place`` is where it stands among the root's children."""

    place: int
    line: int | None
    concept: ConceptForm
    context_ref: str
    unit_ref: str | None
    value: str | None
    decimals: int | None
    language: str | None
    id: str | None


class Referents:
    """Contexts and units. ``ready`` are the contexts in use, by id; ``containers`` where their dimensions stand.

    ``reader`` has the domain elements of typed dimensions that the contexts show, and is told what the taxonomy says.
    """

    def __init__(self, log: InstanceLog, ids: Ids, options: ReadOptions) -> None:
        self._log = log
        self._ids = ids
        self._options = options
        self.reader = ContextReader(log)
        self._parsed: dict[str, ReadContext] = {}
        self._units: dict[str, Unit | None] = {}
        self._broken_units: set[str] = set()
        self._waiting: dict[str, list[FactWithIds]] = {}
        self._latest: str | None = None
        self.ready: dict[str, Context] = {}
        self.containers: dict[ContextElement, int | None] = {}
        self.out_of_order = False

    def read_context(self, element: etree._Element) -> None:
        """Read one context."""
        if (id_ := self._own_id(element, "context", "4.7")) is not None:
            is_second = self._log.partial and id_ in self._parsed
            read = self.reader.read_context(element)
            self._parsed[id_] = ReadContext(None) if is_second else read
            if is_second:
                self.ready.pop(id_, None)

    def read_unit(self, element: etree._Element) -> None:
        """Read one unit."""
        if (id_ := self._own_id(element, "unit", "4.8")) is None:
            return
        unit = self.reader.read_unit(element)
        if unit is None or (self._log.partial and id_ in self._units):
            self._units.pop(id_, None)
            self._broken_units.add(id_)
        else:
            self._units[id_] = unit[0]

    def _own_id(self, element: etree._Element, kind: str, section: str) -> str | None:
        id_ = element.get("id")
        if id_ is None:
            self._log.error(f"xbrl.{section}:missingId", f"a {kind} needs an id", line=line_of(element))
        else:
            self._ids.add_other(id_, line_of(element))
        return id_

    def _use_context(self, ref: str, line: int | None) -> Context | None:
        """The context at its first use, when what the mapping forbids in it is reported."""
        read = self._parsed[ref]
        if read.context is None:
            return None
        self._log.findings.extend(read.findings)
        if self._log.partial and not all(is_certain(finding.code) for finding in read.findings):
            self._parsed[ref] = ReadContext(None, is_unheld=True)
            return None
        if read.container is not None:
            self.containers.setdefault(read.container, line)
            if len(self.containers) == 2 and not read.findings:
                message = "some contexts have their dimensions in the segment, others in the scenario"
                self._log.error("xbrlxe:inconsistentDimensionsContainer", message, line=line, fix="choose one for all")
        if read.context.entity == YEARLESS:
            self._options.warn(not_an_entity(self._log, line))
        self.ready[ref] = read.context
        return read.context

    def complete(self, draft: FactWithIds) -> Fact | None:
        """The fact, or ``None`` while something is missing, or where its context or unit is faulty."""
        context = self.ready.get(draft.context_ref)
        if context is None:
            if draft.context_ref not in self._parsed:
                self._wait(draft, draft.context_ref)
                return None
            context = self._use_context(draft.context_ref, draft.line)
            if context is None:
                self._leave_out_of_context(draft)
                return None
        unit: Unit | None = None
        if draft.unit_ref is not None:
            if draft.unit_ref not in self._units:
                if draft.unit_ref not in self._broken_units:
                    self._wait(draft, draft.unit_ref)
                else:
                    self._leave_out(draft, f"its unit {draft.unit_ref!r} is broken")
                return None
            unit = self._units[draft.unit_ref]
            if not self._fits(draft, draft.unit_ref, unit):
                return None
        return Fact(draft.concept.name, context, draft.value, draft.decimals, unit, draft.language, id=draft.id)

    def _fits(self, draft: FactWithIds, ref: str, unit: Unit | None) -> bool:
        """Whether the fact can go on with its unit; one that is wrong for the concept is reported once."""
        concept = draft.concept
        if ref in concept.units_by_id:
            return True
        if (error := unit_error(concept, unit)) is None:
            concept.units_by_id[ref] = unit
            return True
        code, message = error
        if not self._log.partial:
            concept.units_by_id[ref] = unit
            self._log.error(code, message, line=draft.line)
            return True
        if ref not in concept.unfit:
            concept.unfit.add(ref)
            self._log.error(code, message, line=draft.line, fact=draft.id)
        self._leave_out(draft, f"its unit {ref!r} does not fit its type")
        return False

    def _leave_out_of_context(self, draft: FactWithIds) -> None:
        ref = draft.context_ref
        if self._parsed[ref].is_unheld:
            self._leave_out(draft, f"its context {ref!r} says more than dimensions can", certain=True)
        else:
            self._leave_out(draft, f"its context {ref!r} is broken")

    def _leave_out(self, draft: FactWithIds, reason: str, *, certain: bool = False) -> None:
        self._log.leave_out(draft.concept.name, reason, draft.line, fact=draft.id, certain=certain)

    def take_back(self, place: int) -> FactWithIds | None:
        """The fact at a place, if it was the last to wait; it does so no longer."""
        drafts = self._waiting.get(self._latest or "")
        return drafts.pop() if drafts and drafts[-1].place == place else None

    def _wait(self, draft: FactWithIds, ref: str) -> None:
        self.out_of_order = True
        self._latest = ref
        self._waiting.setdefault(ref, []).append(draft)

    def release(self, ref: str) -> Iterator[tuple[int, Fact]]:
        """The facts that waited for the context or unit ``ref``, each with its place."""
        for draft in self._waiting.pop(ref, ()):
            fact = self.complete(draft)
            if fact is not None:
                yield draft.place, fact

    def report_missing(self) -> None:
        """Note what facts still wait for at the end."""
        for draft in (draft_ for drafts in self._waiting.values() for draft_ in drafts):
            name, line = draft.concept.name, draft.line
            self._log.left_out += 1
            if draft.context_ref not in self._parsed:
                message = f"{name} refers to the context {draft.context_ref!r}, which is not there"
                self._log.error("xbrl.4.6.1:contextRefMissing", message, line=line, fact=draft.id)
            else:
                message = f"{name} refers to the unit {draft.unit_ref!r}, which is not there"
                self._log.error("xbrl.4.6.2:unitRefMissing", message, line=line, fact=draft.id)
