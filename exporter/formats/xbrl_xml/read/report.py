"""One pass over the children of ``xbrli:xbrl``: references, contexts, units, facts, footnote links.

Read XBRL 2.1 instances into the Open Information Model, child by child of the root element.

What many facts share (contexts, units, concepts) is made once; a fact is made in one go from its attributes. A fact
that comes before its context or unit waits for it.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Final

from attrs import evolve
from lxml import etree

from exporter.errors import ReadError
from exporter.formats.options import DEFAULT_OPTIONS, IDS, LEFT_OUT, ReadOptions, is_certain, linked, settle
from exporter.formats.xbrl_xml import tags
from exporter.formats.xbrl_xml.concepts import ConceptForm, is_decimal
from exporter.formats.xbrl_xml.read.facts import AccuracyReader, RareFactReader, ValueReader
from exporter.formats.xbrl_xml.read.findings import Ids, InstanceLog, line_of
from exporter.formats.xbrl_xml.read.links import FootnoteReader, ReferenceReader
from exporter.formats.xbrl_xml.read.referents import FactWithIds, Referents
from exporter.model.fact import Fact, make_fact
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report, Vocabulary
from exporter.namespaces import LINK, XBRLI
from exporter.resources.xml import iter_children

_WHITE_SPACE: Final = tags.WHITE_SPACE
_HEADER: Final = frozenset({tags.SCHEMA_REF, tags.LINKBASE_REF, tags.ROLE_REF, tags.ARCROLE_REF})


class InstanceReader:
    """Reads one instance; `run` yields the facts, the rest is there afterwards."""

    def __init__(self, options: ReadOptions, name: str | None, *, keeps_ids: bool) -> None:
        self._limit = limit = options.limits.number_digits
        self.log = InstanceLog(name, partial=options.partial)
        self.places = array("L")
        self.namespaces: dict[str, str] = {}
        self._options = options
        self._keeps_ids = keeps_ids
        self._ids = Ids(self.log, keeps_facts=keeps_ids)
        self._references = ReferenceReader(self.log)
        self._referents = Referents(self.log, self._ids, options)
        self._footnotes = FootnoteReader(self.log, options.limits.links)
        self._accuracy = AccuracyReader(self.log, limit)
        self._values = ValueReader(self.log, limit)
        self._rare = RareFactReader(self.log, self._ids, self._accuracy, self._values)
        self._loaded = Vocabulary()
        self._is_loaded = False
        self._concepts: dict[str, ConceptForm] = {}
        self._root_language: str | None = None
        # What every fact looks up, one step away.
        self._accuracies, self._ready, self._taken = self._accuracy.known, self._referents.ready, self._ids.all

    # -- what is known at the end

    @property
    def taxonomy(self) -> tuple[str, ...]:
        """The hrefs of the schemas, as they stand in the document."""
        return tuple(self._references.schemas)

    @property
    def out_of_order(self) -> bool:
        """Whether facts came in another order than they stand in the document."""
        return self._referents.out_of_order

    @property
    def vocabulary(self) -> Vocabulary:
        """What the taxonomy says, and what the document itself gives away."""
        inferred = self._values.inferred
        return evolve(
            self._loaded,
            datatypes={**self._loaded.datatypes, **inferred},
            inferred=frozenset(inferred),
            typed_domains={**self._referents.reader.typed_domains, **self._loaded.typed_domains},
            role_hrefs={**self._loaded.role_hrefs, **self._references.role_hrefs},
            context_element=next(iter(self._referents.containers), self._loaded.context_element),
        )

    def finish(self) -> None:
        """Raise what was found, or report it where the report is to be partial.

        Raises:
            ReadError: with every finding.
        """
        settle(self.log.findings, self._options, left_out=self.log.left_out, file=self.log.file)

    def resolve_links(
        self, facts: Sequence[Fact]
    ) -> tuple[tuple[FootnoteResource, ...], tuple[Link, ...], dict[int, str]]:
        """Footnotes, links, and the ids given to facts that are linked by their place."""
        for id_, line in self._footnotes.ids:
            self._ids.add_other(id_, line)
        if not self._footnotes.roles:
            return (), (), {}
        ids, taken = self._ids.facts(), self._ids.all
        given: dict[int, str] = {}
        named: dict[int, str] = {}
        if places := self._footnotes.places():
            free = (id_ for number in itertools.count(1) if (id_ := f"fact{number}") not in taken)
            by_place = {place: fact.id for place, fact in zip(self.places, facts, strict=True) if place in places}
            given = {place: next(free) for place, id_ in by_place.items() if id_ is None}
            named = {place: id_ or given[place] for place, id_ in by_place.items()}
            ids |= set(given.values())
        self._references.check_roles(self._footnotes.roles, self._footnotes.arcroles, self._loaded)
        footnotes, links = self._footnotes.resolve(ids, taken | ids, named)
        if self.log.partial:
            pairs = zip(self.places, facts, strict=True)
            identified = (evolve(fact, id=given.get(place, fact.id)) for place, fact in pairs)
            footnotes, links = linked(identified, footnotes, links)
        return footnotes, links, given

    # -- the pass

    def run(self, children: Iterator[etree._Element]) -> Iterator[Fact]:
        """The facts; where ids are kept, ``places`` says where each stands among the root's children (from 1)."""
        if not self._read_root(next(children)):
            return
        concepts, read_fact, keeps, places = self._concepts, self._read_fact, self._keeps_ids, self.places
        findings = self.log.findings
        for place, element in enumerate(children, 1):
            concept = concepts.get(element.tag)
            if concept is None:
                if self._read_other(element, str(element.tag)):
                    if self.out_of_order and element.tag in (tags.CONTEXT, tags.UNIT):
                        yield from self._released(element)
                    continue
                concept = self._new_concept(element)
            known = len(findings)
            fact = read_fact(element, place, concept)
            if len(findings) != known:
                fact = self._unless_in_doubt(fact, element, place, known)
            if fact is not None:
                if keeps:
                    places.append(place)
                yield fact
        self._load()
        if self.out_of_order:
            self._referents.report_missing()

    def _released(self, element: etree._Element) -> Iterator[Fact]:
        """The facts that waited for this context or unit."""
        for place, fact in self._referents.release(element.get("id") or ""):
            if self._keeps_ids:
                self.places.append(place)
            yield fact

    def _read_root(self, root: etree._Element) -> bool:
        if root.tag != tags.XBRL:
            message = f"the root of an instance is {tags.XBRL}, got {root.tag!s}"
            self.log.error("xbrl.4.1:rootElement", message, line=line_of(root), fix="is this an XBRL 2.1 instance?")
            return False
        if root.get(tags.XML_BASE) is not None:
            self.log.add_base(line_of(root))
        self._root_language = self._rare.root_language = root.get(tags.XML_LANG) or None
        if (id_ := root.get("id")) is not None:
            self._ids.add_other(id_, line_of(root))
        self.namespaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
        return True

    def _read_other(self, element: etree._Element, tag: str) -> bool:
        """Read what is no fact; ``False`` for a fact."""
        if tag in _HEADER:
            self._references.read(element, late=self._is_loaded)
            return True
        self._load()
        if tag == tags.CONTEXT:
            self._referents.read_context(element)
        elif tag == tags.UNIT:
            self._referents.read_unit(element)
        elif tag == tags.FOOTNOTE_LINK:
            if self._keeps_ids:
                self._footnotes.read_link(element)
        elif tag.startswith((f"{{{XBRLI}}}", f"{{{LINK}}}")) or not tag.startswith("{"):
            message = f"{tag} has no place among the facts of an instance"
            self.log.error("xbrl.4.1:unexpectedElement", message, line=line_of(element))
        else:
            return False
        return True

    def _load(self) -> None:
        if self._is_loaded:
            return
        self._is_loaded = True
        if not self._references.schemas:
            message = "the instance refers to no schema (link:schemaRef)"
            self.log.error("oime:noTaxonomy", message, fix="add a link:schemaRef as the root's first element")
        self._loaded = self._options.load_vocabulary(self.taxonomy)
        self._referents.reader.vocabulary = self._loaded

    def _new_concept(self, element: etree._Element) -> ConceptForm:
        tag = etree.QName(element)
        name = QName(tag.namespace or "", tag.localname, prefix=element.prefix)
        known = self._loaded
        concept = ConceptForm(name, known.datatypes.get(name), known.default_accuracies.get(name, {}))
        self._concepts[str(element.tag)] = concept
        return concept

    # -- facts

    def _unless_in_doubt(self, fact: Fact | None, element: etree._Element, place: int, known: int) -> Fact | None:
        """A fact with findings: left out of a partial report where they concern what it means; its id if they do."""
        log = self.log
        if not log.partial:
            return fact
        codes = [finding.code for finding in log.findings[known:]]
        if LEFT_OUT in codes:  # counted already
            return None
        waiting = self._referents.take_back(place)
        if (fact is None and waiting is None) or not all(map(is_certain, codes)):
            log.left_out += max(1, len(element.findall(".//*[@contextRef]")))
            return None
        id_ = element.get("id") if IDS.isdisjoint(codes) else None
        if waiting is not None:
            return self._referents.complete(evolve(waiting, id=id_))
        return fact if fact is None else evolve(fact, id=id_)

    def _read_fact(self, element: etree._Element, place: int, concept: ConceptForm) -> Fact | None:
        """A fact like most; whatever is out of the ordinary goes the long way (`RareFactReader`).

        Most of the time of reading is spent here, hence one function and no more calls than needed.
        """
        get = element.get
        context_ref, id_ = get("contextRef"), get("id")
        unit_ref = None if concept.numeric is False else get("unitRef")
        rest = len(element.attrib) - (1 if id_ is None else 2)
        if context_ref is None or len(element):
            return self._read_rare_fact(element, place, concept)
        value = element.text or ""
        if unit_ref is not None:
            accuracy = get("decimals")
            if accuracy is None or rest != 2 or concept.default_accuracy:
                return self._read_rare_fact(element, place, concept)
            value = value.strip(_WHITE_SPACE)
            decimals = self._accuracies.get(accuracy)
            if decimals is None:
                decimals = self._accuracy.read(accuracy, None, value, line_of(element))
            language = None
            check = concept.numeric_check
            if concept.has_exponents or len(value) > self._limit or (check is not None and not check(value)):
                self._values.check_number(concept, value, element)
            if concept.datatype is None and (concept.inferred is None or not is_decimal(value)):
                self._values.check_exponent(concept, value, element)
                self._values.infer(concept, value)
        else:
            language = self._root_language
            if rest:
                language = get(tags.XML_LANG)
                if rest != 1 or language is None:
                    return self._read_rare_fact(element, place, concept)
            if concept.numeric:
                return self._read_rare_fact(element, place, concept)
            language = language if language and concept.text else None
            decimals = None
            if concept.datatype is not None and not concept.is_verbatim:
                value = self._values.read_typed(concept, concept.datatype, value, element)
        if id_ is not None and self._keeps_ids:
            ids = self._taken
            if id_ in ids or not id_.isidentifier() or not id_.isascii():
                self._ids.add_fact(id_, line_of(element))
            ids.add(id_)
        context = self._ready.get(context_ref)
        unit = None
        if unit_ref is not None:
            try:
                unit = concept.units_by_id[unit_ref]
            except KeyError:
                context = None  # the first time with this unit: the long way checks that they fit
        if context is None:
            draft = FactWithIds(place, line_of(element), concept, context_ref, unit_ref, value, decimals, language, id_)
            return self._referents.complete(draft)
        return make_fact(concept.name, context, value, decimals, unit, language, id_)

    def _read_rare_fact(self, element: etree._Element, place: int, concept: ConceptForm) -> Fact | None:
        draft = self._rare.read(element, place, concept)
        return None if draft is None else self._referents.complete(draft)


def read(source: Path | BinaryIO, options: ReadOptions = DEFAULT_OPTIONS) -> Report:
    """The report of an XBRL 2.1 instance; contexts that mean the same are one.

    Concepts whose type the vocabulary does not know are numeric if their facts have a unit; the report's vocabulary
    says so. Facts without id get one if a footnote link points to them.

    Raises:
        ReadError: the document is no instance, breaks a rule of XBRL 2.1, or is outside the mapping to the OIM
            (``xbrlxe:`` codes); all its findings, each with its line.
    """
    reader = InstanceReader(options, _name(source, options), keeps_ids=True)
    facts = list(_run(reader, source, options))
    footnotes, links, given = reader.resolve_links(facts)
    reader.finish()
    if given:
        facts = [evolve(draft, id=given.get(at, draft.id)) for at, draft in zip(reader.places, facts, strict=True)]
    if reader.out_of_order:
        facts = [fact for _, fact in sorted(zip(reader.places, facts, strict=True), key=itemgetter(0))]
    return Report(
        taxonomy=reader.taxonomy,
        facts=facts,
        footnotes=footnotes,
        links=links,
        namespaces=reader.namespaces,
        vocabulary=reader.vocabulary,
    )


def iter_facts(source: Path | BinaryIO, options: ReadOptions = DEFAULT_OPTIONS) -> Iterator[Fact]:
    """The facts of an XBRL 2.1 instance as they come, in memory that does not grow with their number.

    Facts that stand before their context or unit come when it is met. Footnotes are left out; what can be
    checked only by keeping all ids (that they are unique, that links point to facts) is not checked.

    Raises:
        ReadError: as `read`, after the last fact; at once where the document is not XML.
    """
    reader = InstanceReader(options, _name(source, options), keeps_ids=False)
    yield from _run(reader, source, options)
    reader.finish()


def _name(source: Path | BinaryIO, options: ReadOptions) -> str | None:
    return options.name or (str(source) if isinstance(source, Path) else None)


def _run(reader: InstanceReader, source: Path | BinaryIO, options: ReadOptions) -> Iterator[Fact]:
    children = iter_children(source, options.limits, reader.log.file)
    try:
        yield from reader.run(children)
    except ReadError as error:
        raise ReadError(findings=[*reader.log.findings, *error.findings]) from None
