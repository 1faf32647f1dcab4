"""One pass over the children of ``xbrli:xbrl``: references, contexts, units, facts, footnote links."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve, frozen
from lxml import etree

from exporter.errors import ReadError
from exporter.formats.options import ReadOptions
from exporter.formats.xbrl_xml import tags
from exporter.formats.xbrl_xml.concepts import INFERRED_DECIMAL, INFERRED_DOUBLE, Concept, is_decimal, unit_fault
from exporter.formats.xbrl_xml.contexts import ContextReader, ReadContext, not_an_entity
from exporter.formats.xbrl_xml.faults import Faults, line_of, resolve_qname
from exporter.formats.xbrl_xml.footnotes import FootnoteReader
from exporter.formats.xbrl_xml.references import ReferenceReader
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context
from exporter.model.fact import Fact, parse_number
from exporter.model.qname import QName, is_ncname
from exporter.model.report import ContextElement, Footnote, Link, Vocabulary
from exporter.model.unit import Unit
from exporter.namespaces import LINK, XBRLI

_WHITE_SPACE: Final = tags.WHITE_SPACE
_HEADER: Final = frozenset({tags.SCHEMA_REF, tags.LINKBASE_REF, tags.ROLE_REF, tags.ARCROLE_REF})
_FACT_ATTRIBUTES: Final = frozenset(
    {"contextRef", "unitRef", "decimals", "precision", "id", tags.XML_LANG, tags.XSI_NIL, tags.XML_BASE}
)


@frozen
class _Draft:
    """A fact that waits for its context or unit."""

    place: int
    line: int | None
    concept: Concept
    context_ref: str
    unit_ref: str | None
    value: str | None
    decimals: int | None
    language: str | None
    id: str | None


class InstanceReader:
    """Reads one instance; `run` yields the facts, the rest is there afterwards."""

    def __init__(self, options: ReadOptions, name: str | None, *, keeps_ids: bool) -> None:
        self.faults = Faults(name)
        self.out_of_order = False
        self.places = array("L")
        self.namespaces: dict[str, str] = {}
        self._options = options
        self._keeps_ids = keeps_ids
        self._references = ReferenceReader(self.faults)
        self._contexts = ContextReader(self.faults)
        self._footnotes = FootnoteReader(self.faults)
        self._loaded = Vocabulary()
        self._is_loaded = False
        self._parsed: dict[str, ReadContext] = {}
        self._ready: dict[str, Context] = {}
        self._units: dict[str, Unit | None] = {}
        self._broken_units: set[str] = set()
        self._containers: dict[ContextElement, int | None] = {}
        self._concepts: dict[str, Concept] = {}
        self._inferred: dict[QName, DataType] = {}
        self._accuracies: dict[str, int | None] = {"INF": None}
        self._waiting: dict[str, list[_Draft]] = {}
        self._ids: set[str] = set()
        self._other_ids: set[str] = set()
        self._languages: set[str] = set()
        self._root_language: str | None = None

    # -- what is known at the end

    @property
    def taxonomy(self) -> tuple[str, ...]:
        """The hrefs of the schemas, as they stand in the document."""
        return tuple(self._references.schemas)

    @property
    def vocabulary(self) -> Vocabulary:
        """What the taxonomy says, and what the document itself gives away."""
        return evolve(
            self._loaded,
            datatypes={**self._loaded.datatypes, **self._inferred},
            typed_domains={**self._contexts.typed_domains, **self._loaded.typed_domains},
            role_hrefs={**self._loaded.role_hrefs, **self._references.role_hrefs},
            context_element=next(iter(self._containers), self._loaded.context_element),
        )

    def finish(self) -> None:
        """Raise what was found, if anything was.

        Raises:
            ReadError: with every finding.
        """
        if self.faults.findings:
            raise ReadError(findings=self.faults.findings)

    def resolve_links(self, facts: Iterable[Fact]) -> tuple[tuple[Footnote, ...], tuple[Link, ...], dict[int, str]]:
        """Footnotes, links, and the ids given to facts that are linked by their place."""
        for id_, line in self._footnotes.ids:
            self._add_id(id_, line, self._other_ids)
        ids = {id_ for id_ in self._ids if id_ not in self._other_ids}
        given: dict[int, str] = {}
        if places := self._footnotes.places():
            free = (id_ for number in itertools.count(1) if (id_ := f"fact{number}") not in self._ids)
            by_place = {place: fact.id for place, fact in zip(self.places, facts, strict=True) if place in places}
            given = {place: next(free) for place, id_ in by_place.items() if id_ is None}
            named = {place: id_ or given[place] for place, id_ in by_place.items()}
            ids |= set(given.values())
        else:
            named = {}
        self._references.check_roles(self._footnotes.roles, self._footnotes.arcroles, self._loaded)
        footnotes, links = self._footnotes.resolve(ids, self._ids | ids, named)
        return footnotes, links, given

    # -- the pass

    def run(self, children: Iterator[etree._Element]) -> Iterator[Fact]:
        """The facts; where ids are kept, ``places`` says where each stands among the root's children (from 1)."""
        if not self._read_root(next(children)):
            return
        concepts, read_fact, keeps, places = self._concepts, self._read_fact, self._keeps_ids, self.places
        for place, element in enumerate(children, 1):
            concept = concepts.get(element.tag)
            if concept is None:
                tag = str(element.tag)
                if self._read_other(element, tag):
                    if self._waiting and tag in (tags.CONTEXT, tags.UNIT):
                        yield from self._release(element.get("id") or "")
                    continue
                concept = self._new_concept(element)
            fact = read_fact(element, place, concept)
            if fact is not None:
                if keeps:
                    places.append(place)
                yield fact
        self._load()
        self._tell_missing()

    def _read_root(self, root: etree._Element) -> bool:
        if root.tag != tags.XBRL:
            message = f"the root of an instance is {tags.XBRL}, got {root.tag!s}"
            self.faults.add("xbrl.4.1:rootElement", message, line_of(root), mend="is this an XBRL 2.1 instance?")
            return False
        if root.get(tags.XML_BASE) is not None:
            self.faults.add_base(line_of(root))
        self._root_language = root.get(tags.XML_LANG) or None
        if (id_ := root.get("id")) is not None:
            self._other_ids.add(id_)
            self._ids.add(id_)
        self.namespaces = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
        return True

    def _read_other(self, element: etree._Element, tag: str) -> bool:
        """Read what is no fact; ``False`` for a fact."""
        if tag in _HEADER:
            self._references.read(element, late=self._is_loaded)
            return True
        self._load()
        if tag == tags.CONTEXT:
            self._read_context(element)
        elif tag == tags.UNIT:
            self._read_unit(element)
        elif tag == tags.FOOTNOTE_LINK:
            if self._keeps_ids:
                self._footnotes.read_link(element)
        elif tag.startswith((f"{{{XBRLI}}}", f"{{{LINK}}}")) or not tag.startswith("{"):
            message = f"{tag} has no place among the facts of an instance"
            self.faults.add("xbrl.4.1:unexpectedElement", message, line_of(element))
        else:
            return False
        return True

    def _load(self) -> None:
        if self._is_loaded:
            return
        self._is_loaded = True
        if not self._references.schemas:
            message = "the instance refers to no schema (link:schemaRef)"
            self.faults.add("oime:noTaxonomy", message, mend="add a link:schemaRef as the root's first element")
        self._loaded = self._contexts.vocabulary = self._options.load_vocabulary(self.taxonomy)

    def _add_id(self, id_: str, line: int | None, others: set[str] | None = None) -> None:
        if id_ in self._ids:
            message = f"the id {id_!r} is given twice"
            self.faults.add("exporter:duplicateId", message, line, mend="ids are unique in a document")
        elif not is_ncname(id_):
            self.faults.add("exporter:invalidId", f"an id is an XML name, got {id_!r}", line)
        if self._keeps_ids or others is not None:
            self._ids.add(id_)
        if others is not None:
            others.add(id_)

    # -- contexts and units

    def _read_context(self, element: etree._Element) -> None:
        id_ = element.get("id")
        if id_ is None:
            self.faults.add("xbrl.4.7:missingId", "a context needs an id", line_of(element))
            return
        self._add_id(id_, line_of(element), self._other_ids)
        self._parsed[id_] = self._contexts.read_context(element)

    def _read_unit(self, element: etree._Element) -> None:
        id_ = element.get("id")
        if id_ is None:
            self.faults.add("xbrl.4.8:missingId", "a unit needs an id", line_of(element))
            return
        self._add_id(id_, line_of(element), self._other_ids)
        unit = self._contexts.read_unit(element)
        if unit is None:
            self._broken_units.add(id_)
        else:
            self._units[id_] = unit[0]

    def _use_context(self, ref: str, line: int | None) -> Context | None:
        """The context at its first use, when what the mapping forbids in it is told."""
        read = self._parsed[ref]
        if read.context is None:
            return None
        self.faults.findings.extend(read.faults)
        if read.container is not None:
            self._containers.setdefault(read.container, line)
            if len(self._containers) == 2 and not read.faults:
                message = "some contexts have their dimensions in the segment, others in the scenario"
                self.faults.add("xbrlxe:inconsistentDimensionsContainer", message, line, mend="choose one for all")
        if self._contexts.yearless_entities(read.context):
            self._options.warn(not_an_entity(self.faults, line))
        self._ready[ref] = read.context
        return read.context

    # -- facts

    def _read_fact(self, element: etree._Element, place: int, concept: Concept) -> Fact | None:
        """A fact like most; whatever is out of the ordinary goes the long way (`_read_rare_fact`)."""
        get = element.get
        context_ref, id_ = get("contextRef"), get("id")
        unit_ref = None if concept.numeric is False else get("unitRef")
        rest = len(element.attrib) - (1 if id_ is None else 2)
        if context_ref is None or len(element):
            return self._read_rare_fact(element, place, concept)
        value = element.text or ""
        if unit_ref is not None:
            accuracy = get("decimals")
            if accuracy is None or rest != 2:
                return self._read_rare_fact(element, place, concept)
            value = value.strip(_WHITE_SPACE)
            decimals = self._accuracies.get(accuracy)
            if decimals is None:
                decimals = self._accuracy(accuracy, None, value, element)
            language = None
            check = concept.numeric_check
            if concept.has_exponents or len(value) > 1000 or (check is not None and not check(value)):
                self._check_number(concept, value, element)
            if concept.datatype is None and (concept.inferred is None or not is_decimal(value)):
                self._check_exponent(concept, value, element)
                self._infer(concept, value)
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
                value = self._typed_value(concept, concept.datatype, value, element)
        if id_ is not None and self._keeps_ids:
            ids = self._ids
            if id_ in ids or not id_.isidentifier() or not id_.isascii():
                self._add_fact_id(id_, element)
            ids.add(id_)
        context = self._ready.get(context_ref)
        unit = None
        if unit_ref is not None:
            try:
                unit = concept.units_by_id[unit_ref]
            except KeyError:
                context = None  # the first time with this unit: the long way checks that they fit
        if context is None:
            draft = _Draft(place, line_of(element), concept, context_ref, unit_ref, value, decimals, language, id_)
            return self._complete(draft)
        return Fact(concept.name, context, value, decimals, unit, language, id=id_)

    def _add_fact_id(self, id_: str, element: etree._Element) -> None:
        ids = self._ids
        if id_ in ids or not is_ncname(id_):
            self._add_id(id_, line_of(element))
        ids.add(id_)

    def _new_concept(self, element: etree._Element) -> Concept:
        tag = etree.QName(element)
        name = QName(tag.namespace or "", tag.localname, prefix=element.prefix)
        concept = self._concepts[str(element.tag)] = Concept(name, self._loaded.datatypes.get(name))
        return concept

    def _read_rare_fact(self, element: etree._Element, place: int, concept: Concept) -> Fact | None:
        """A fact with attributes or content out of the ordinary: nil, a language, precision, or faults."""
        line, id_ = line_of(element), element.get("id")
        numeric = element.get("unitRef") is not None if concept.numeric is None else concept.numeric
        if any(child.get(tags.XML_BASE) is not None for child in element.iter()):
            self.faults.refuse_base(element)
        if id_ is not None and self._keeps_ids:
            self._add_fact_id(id_, element)
        if not self._is_item(element, concept):
            return None
        nil = self._is_nil(element)
        value = None if nil else element.text or ""
        unit_ref, accuracy, precision = element.get("unitRef"), element.get("decimals"), element.get("precision")
        self._check_attributes(element, nil=nil, numeric=numeric)
        decimals, language = None, None
        if numeric and value is not None:
            value = value.strip(_WHITE_SPACE)
            self._check_number(concept, value, element)
            decimals = self._accuracy(accuracy, precision, value, element)
        elif not numeric:
            language = self._language(element) if concept.text else None
            if value is not None and concept.datatype is not None:
                value = self._typed_value(concept, concept.datatype, value, element)
        if numeric and concept.numeric is None:
            self._infer(concept, value or "")
        draft = _Draft(place, line, concept, element.get("contextRef") or "", unit_ref, value, decimals, language, id_)
        return self._complete(draft)

    def _is_item(self, element: etree._Element, concept: Concept) -> bool:
        line = line_of(element)
        children = {child.tag for child in element}
        fraction = concept.datatype is not None and concept.datatype.base == "fraction"
        if fraction or tags.NUMERATOR in children or tags.DENOMINATOR in children:
            mend = "report the quotient as a decimal"
            self.faults.add("xbrlxe:unsupportedFraction", f"{concept.name} is a fraction", line, mend=mend)
            return False
        if element.get("contextRef") is None:
            empty = not (element.text or "").strip(_WHITE_SPACE)
            if empty and (children or self._is_nil(element)):
                mend = "report the items of the tuple on their own, told apart by dimensions"
                self.faults.add("xbrlxe:unsupportedTuple", f"{concept.name} is a tuple", line, mend=mend)
            else:
                self.faults.add("xbrl.4.6.1:contextRefMissing", f"{concept.name} has no contextRef", line)
            return False
        if children:
            message = f"the item {concept.name} has elements inside, such as {min(map(str, children))}"
            self.faults.add("xbrl.4.6:itemContent", message, line, mend="escape markup inside a fact")
            return False
        return True

    def _is_nil(self, element: etree._Element) -> bool:
        nil = (element.get(tags.XSI_NIL) or "false").strip(_WHITE_SPACE)
        if nil not in ("true", "1", "false", "0"):
            self.faults.add("xbrl.4.6:nil", f"xsi:nil is true or false, got {nil!r}", line_of(element))
        return nil in ("true", "1")

    def _check_attributes(self, element: etree._Element, *, nil: bool, numeric: bool) -> None:
        line = line_of(element)
        name = etree.QName(element).localname
        accuracies = [key for key in ("decimals", "precision") if element.get(key) is not None]
        if nil and element.text:
            self.faults.add("xbrl.4.6:nilContent", f"{name} is nil and yet has content", line)
        if numeric and element.get("unitRef") is None:
            self.faults.add("xbrl.4.6.2:numericUnitMissing", f"the number {name} has no unitRef", line)
        if not numeric and element.get("unitRef") is not None:
            self.faults.add("xbrl.4.6.2:nonNumericUnit", f"{name} is no number and yet has a unitRef", line)
        if not numeric and accuracies:
            message = f"{name} is no number, or lacks its unitRef, and yet has {accuracies[0]}"
            self.faults.add("xbrl.4.6.3:nonNumericAccuracy", message, line)
        elif nil and accuracies:
            self.faults.add("xbrl.4.6.3:nilAccuracy", f"{name} is nil and yet has {accuracies[0]}", line)
        for key in element.attrib:
            if key not in _FACT_ATTRIBUTES and not str(key).startswith("{"):
                self.faults.add("xbrl.4.6:unexpectedAttribute", f"{name} has the attribute {key!s}", line)

    def _accuracy(self, decimals: str | None, precision: str | None, value: str, element: etree._Element) -> int | None:
        """Decimals, given or worked out of the precision (OIM 1.0: mapping of ``@precision``)."""
        line = line_of(element)
        if (decimals is None) == (precision is None):
            code = "accuracyMissing" if decimals is None else "decimalsAndPrecision"
            message = f"a number has either decimals or precision, got {'neither' if decimals is None else 'both'}"
            self.faults.add(f"xbrl.4.6.3:{code}", message, line, mend="state decimals")
            return None
        if precision is not None:
            return self._from_precision(precision.strip(_WHITE_SPACE), value, line)
        text = (decimals or "").strip(_WHITE_SPACE)
        if text == "INF":
            return None
        number = self._integer(text, line, "xbrl.4.6.5:decimals", "decimals")
        if number is not None and len(self._accuracies) < 10_000:
            self._accuracies[decimals or ""] = number
        return number

    def _from_precision(self, precision: str, value: str, line: int | None) -> int | None:
        if precision == "INF":
            return None
        digits = self._integer(precision, line, "xbrl.4.6.4:precision", "precision")
        if digits is None:
            return None
        if digits < 0:
            self.faults.add("xbrl.4.6.4:precision", f"precision is not negative, got {precision}", line)
            return None
        if digits == 0:
            message = "a precision of 0 says that nothing is known of the value"
            self.faults.add("xbrlxe:unsupportedZeroPrecisionFact", message, line, mend="state decimals")
            return None
        number = parse_number(value)
        return None if not number or not number.is_finite() else digits - number.adjusted() - 1

    def _integer(self, text: str, line: int | None, code: str, what: str) -> int | None:
        digits = text[1:] if text[:1] in ("+", "-") else text
        if not (digits.isascii() and digits.isdigit()):
            self.faults.add(code, f"{what} is an integer or INF, got {text!r}", line)
            return None
        limit = self._options.limits.number_digits
        if len(digits) > 20 or abs(int(text)) > limit:
            self._exceeded(f"{what} is beyond ±{limit}: {text[:30]}", line)
            return None
        return int(text)

    def _exceeded(self, message: str, line: int | None) -> None:
        mend = "raise the limit number_digits if you trust the document"
        self.faults.add("exporter:limitExceeded", message, line, mend=mend)

    def _check_number(self, concept: Concept, value: str, element: etree._Element) -> None:
        limit = self._options.limits.number_digits
        if len(value) > limit:
            self._exceeded(f"the number {concept.name} has more than {limit} characters", line_of(element))
        elif concept.numeric_check is not None and not concept.numeric_check(value):
            self._invalid(concept, value, element)
        else:
            self._check_exponent(concept, value, element)

    def _check_exponent(self, concept: Concept, value: str, element: etree._Element) -> None:
        exponent = value.lower().partition("e")[2].lstrip("+-").lstrip("0")
        limit = self._options.limits.number_digits
        if exponent.isdigit() and (len(exponent) > 9 or int(exponent) > limit):
            self._exceeded(f"the exponent of {concept.name} is beyond ±{limit}", line_of(element))

    def _invalid(self, concept: Concept, value: str, element: etree._Element) -> None:
        expected = concept.datatype.name if concept.datatype is not None else "a number, for it has a unit"
        shown = value if len(value) <= 60 else value[:57] + "…"
        message = f"{shown!r} is no value of {concept.name}, expected {expected}"
        self.faults.add("oime:invalidFactValue", message, line_of(element), fact=element.get("id"))

    def _typed_value(self, concept: Concept, datatype: DataType, text: str, element: etree._Element) -> str:
        value = datatype.normalise(text) if datatype.base != "string" else text
        if datatype.base == "QName":
            name = resolve_qname(value, element.nsmap)
            value = value if name is None else name.clark
        if concept.check is not None and not concept.check(value):
            self._invalid(concept, value, element)
        return value

    def _language(self, element: etree._Element) -> str | None:
        language = element.get(tags.XML_LANG)
        return self._root_language if language is None else language or None

    def _infer(self, concept: Concept, value: str) -> None:
        known = concept.inferred
        if known is None or (known is INFERRED_DECIMAL and value and not is_decimal(value)):
            double = value and not is_decimal(value)
            concept.inferred = self._inferred[concept.name] = INFERRED_DOUBLE if double else INFERRED_DECIMAL

    def _check_unit(self, concept: Concept, unit: Unit | None, line: int | None) -> None:
        if (fault := unit_fault(concept, unit)) is not None:
            code, message = fault
            self.faults.add(code, message, line)

    # -- facts before their context or unit

    def _complete(self, draft: _Draft) -> Fact | None:
        """The fact, or ``None`` while something is missing, or where its context or unit is faulty."""
        context = self._ready.get(draft.context_ref)
        if context is None:
            if draft.context_ref not in self._parsed:
                self._wait(draft, draft.context_ref)
                return None
            context = self._use_context(draft.context_ref, draft.line)
            if context is None:
                return None
        unit: Unit | None = None
        if draft.unit_ref is not None:
            if draft.unit_ref not in self._units:
                if draft.unit_ref not in self._broken_units:
                    self._wait(draft, draft.unit_ref)
                return None
            unit = self._units[draft.unit_ref]
            if draft.unit_ref not in draft.concept.units_by_id:
                draft.concept.units_by_id[draft.unit_ref] = unit
                self._check_unit(draft.concept, unit, draft.line)
        return Fact(draft.concept.name, context, draft.value, draft.decimals, unit, draft.language, id=draft.id)

    def _wait(self, draft: _Draft, ref: str) -> None:
        self.out_of_order = True
        self._waiting.setdefault(ref, []).append(draft)

    def _release(self, ref: str) -> Iterator[Fact]:
        for draft in self._waiting.pop(ref, ()):
            fact = self._complete(draft)
            if fact is not None:
                if self._keeps_ids:
                    self.places.append(draft.place)
                yield fact

    def _tell_missing(self) -> None:
        for drafts in self._waiting.values():
            for draft in drafts:
                name, line = draft.concept.name, draft.line
                if draft.context_ref not in self._parsed:
                    message = f"{name} refers to the context {draft.context_ref!r}, which is not there"
                    self.faults.add("xbrl.4.6.1:contextRefMissing", message, line, fact=draft.id)
                else:
                    message = f"{name} refers to the unit {draft.unit_ref!r}, which is not there"
                    self.faults.add("xbrl.4.6.2:unitRefMissing", message, line, fact=draft.id)
