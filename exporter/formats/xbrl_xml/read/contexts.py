"""Contexts and units of an instance, as the model has them (XBRL 2.1 sections 4.7 and 4.8, Dimensions 1.0)."""

from __future__ import annotations

import re

from attrs import frozen
from lxml import etree

from exporter.errors import ModelError
from exporter.findings import Finding, Severity
from exporter.formats.xbrl_xml import tags
from exporter.formats.xbrl_xml.read.findings import InstanceLog, line_of, resolve_qname
from exporter.model.dimensions import Context, Dimension, Entity, ExplicitDimension, TypedDimension
from exporter.model.period import FOREVER, Duration, Instant, Period, parse_xml_date
from exporter.model.qname import QName
from exporter.model.report import ContextElement, Vocabulary
from exporter.model.unit import PURE, Unit
from exporter.namespaces import ENTITIES, XBRLI

_WORDS = re.compile(f"[^{tags.WHITE_SPACE}]+")
_YEARLESS_ENTITIES = "https://xbrl.org/entities"
YEARLESS = Entity(_YEARLESS_ENTITIES, "NA")
"""What looks like a misspelling of "no entity"."""


@frozen
class ReadContext:
    """A context of the document.

    ``context`` is ``None`` where it is invalid, which is reported; ``is_unheld`` says that it is sound, but beyond
    the OIM. ``findings`` concern the mapping to the OIM only, and count if a fact uses the context.
    """

    context: Context | None
    container: ContextElement | None = None
    findings: tuple[Finding, ...] = ()
    is_unheld: bool = False


class ContextReader:
    """Reads contexts and units; remembers the typed domains it meets."""

    def __init__(self, log: InstanceLog) -> None:
        self._log = log
        self._interned: dict[Context, Context] = {}
        self._entities: dict[tuple[str | None, str], Entity | None] = {}
        self._bad_entities: set[tuple[str | None, str]] = set()
        self.vocabulary = Vocabulary()
        self.typed_domains: dict[QName, QName] = {}

    def read_context(self, element: etree._Element) -> ReadContext:
        """The context; findings of XBRL 2.1 itself are noted at once."""
        self._log.refuse_base(element)
        known = len(self._log.findings)
        children = list(element)
        child_tags = [child.tag for child in children]
        if child_tags not in ([tags.ENTITY, tags.PERIOD], [tags.ENTITY, tags.PERIOD, tags.SCENARIO]):
            message = "a context has an entity, a period and perhaps a scenario, in this order, and nothing else"
            self._log.error("xbrl.4.7:contextContent", message, line=line_of(element))
            return ReadContext(None)
        entity, segment, is_sound = self._entity(children[0])
        period = self._period(children[1])
        scenario = children[2] if len(children) == 3 else None
        cut = None
        if segment is not None or scenario is not None:
            cut = _ContextDimensions(self._log, self.vocabulary, self.typed_domains)
            cut.read(segment, "segment")
            cut.read(scenario, "scenario")
        if period is None or not is_sound or len(self._log.findings) != known:
            return ReadContext(None)
        context = Context(entity, period, tuple(cut.dimensions.values()) if cut is not None else ())
        context = self._interned.setdefault(context, context)
        return ReadContext(context) if cut is None else ReadContext(context, cut.container, tuple(cut.unmapped))

    def _entity(self, element: etree._Element) -> tuple[Entity | None, etree._Element | None, bool]:
        """The entity, the segment, and whether the entity is sound; what is wrong with it is reported once."""
        children = list(element)
        child_tags = [child.tag for child in children]
        if child_tags not in ([tags.IDENTIFIER], [tags.IDENTIFIER, tags.SEGMENT]):
            message = "an entity has an identifier and perhaps a segment after it, and nothing else"
            self._log.error("xbrl.4.7.3:entityContent", message, line=line_of(element))
            return None, None, False
        scheme, text = children[0].get("scheme"), " ".join(_WORDS.findall(children[0].text or ""))
        key = (scheme, text)
        if key not in self._entities:
            known = len(self._log.findings)
            entity = None
            try:
                if not text or not (scheme or "").strip():
                    message = f"an entity needs a scheme and an identifier, got scheme {scheme!r} and {text!r}"
                    self._log.error("xbrl.4.7.3.1:identifier", message, line=line_of(children[0]))
                elif key != (ENTITIES, "NA"):
                    entity = Entity(scheme or "", text)
            except ModelError as error:
                self._log.error("oimce:invalidSQName", str(error), line=line_of(children[0]))
            self._entities[key] = entity
            if len(self._log.findings) != known:
                self._bad_entities.add(key)
        return self._entities[key], children[1] if len(children) == 2 else None, key not in self._bad_entities

    def _period(self, element: etree._Element) -> Period | None:
        parts = [(child.tag, (child.text or "").strip(tags.WHITE_SPACE)) for child in element]
        try:
            match parts:
                case [(tags.INSTANT, moment)]:
                    return Instant(parse_xml_date(moment, is_end=True))
                case [(tags.FOREVER, _)]:
                    return FOREVER
                case [(tags.START_DATE, first), (tags.END_DATE, last)]:
                    start, end = parse_xml_date(first, is_end=False), parse_xml_date(last, is_end=True)
                    try:
                        return Duration(start, end)
                    except ModelError as error:
                        fix = "swap the dates if they are the wrong way round; for a single moment use an instant"
                        code, line = "xbrl.4.7.2:periodStartBeforeEnd", line_of(element)
                        self._log.error(code, str(error), line=line, fix=fix)
                        return None
        except ModelError as error:
            self._log.error("xbrl.4.7.2:invalidDate", str(error), line=line_of(element))
            return None
        message = "a period has an instant, or a startDate and an endDate, or forever"
        self._log.error("xbrl.4.7.2:periodContent", message, line=line_of(element))
        return None

    def read_unit(self, element: etree._Element) -> tuple[Unit | None] | None:
        """The unit (``None`` in the tuple is the pure number), or ``None`` where it is faulty."""
        self._log.refuse_base(element)
        children = list(element)
        if len(children) == 1 and children[0].tag == tags.DIVIDE:
            halves = list(children[0])
            if [half.tag for half in halves] == [tags.UNIT_NUMERATOR, tags.UNIT_DENOMINATOR]:
                top, bottom = self._measures(halves[0]), self._measures(halves[1])
                return self._unit(top, bottom, line_of(element)) if top and bottom else None
        elif all(child.tag == tags.MEASURE for child in children):
            top = self._measures(element)
            return (None,) if top == [PURE] else self._unit(top, [], line_of(element)) if top else None
        message = "a unit has measures, or one divide with a unitNumerator and a unitDenominator"
        self._log.error("xbrl.4.8:unitContent", message, line=line_of(element))
        return None

    def _unit(self, top: list[QName], bottom: list[QName], line: int | None) -> tuple[Unit | None] | None:
        try:
            return (Unit(tuple(top), tuple(bottom)),)
        except ModelError as error:
            self._log.error(
                "xbrl.4.8.4:measureOnBothSides", str(error), line=line, fix="cancel the measure on both sides"
            )
            return None

    def _measures(self, element: etree._Element) -> list[QName]:
        """The measures; empty where one is faulty or there is none, which is reported."""
        measures: list[QName] = []
        for child in element:
            name = resolve_qname(child.text or "", child.nsmap) if child.tag == tags.MEASURE else None
            if name is None:
                message = f"a measure is a name with a declared prefix, got {child.text!r}"
                self._log.error("xbrl.4.8.2:measure", message, line=line_of(child), fix="declare the prefix")
                return []
            measures.append(name)
        if not measures:
            self._log.error("xbrl.4.8:unitContent", "a unit needs at least one measure", line=line_of(element))
        return measures


class _ContextDimensions:
    """The dimensions of one context, from both containers."""

    def __init__(self, log: InstanceLog, vocabulary: Vocabulary, typed_domains: dict[QName, QName]) -> None:
        self._log = log
        self._vocabulary = vocabulary
        self._typed_domains = typed_domains
        self.dimensions: dict[QName, Dimension] = {}
        self.container: ContextElement | None = None
        self.unmapped: list[Finding] = []

    def read(self, element: etree._Element | None, container: ContextElement) -> None:
        if element is None:
            return
        if len(element) == 0:
            section = "4.7.3.2" if container == "segment" else "4.7.4"
            message = f"a {container} is not empty"
            self._log.error(
                f"xbrl.{section}:emptyContainer", message, line=line_of(element), fix=f"leave the {container} out"
            )
        for child in element:
            self._member(child, container)

    def _member(self, child: etree._Element, container: ContextElement) -> None:
        if child.tag not in (tags.EXPLICIT_MEMBER, tags.TYPED_MEMBER):
            self._free_content(child, container)
            return
        if self.container not in (None, container):
            self._unmapped(
                "xbrlxe:inconsistentDimensionsContainer",
                "the context has dimensions in its segment and in its scenario",
                child,
            )
        self.container = container
        text = child.get("dimension") or ""
        axis = resolve_qname(text, child.nsmap)
        if axis is None:
            message = f"the dimension {text!r} is no name with a declared prefix"
            self._log.error("xbrl.dimensions:dimensionName", message, line=line_of(child), fix="declare the prefix")
            return
        if axis in self.dimensions:
            message = f"the dimension {axis} has two values in one context"
            self._log.error("xbrldie:RepeatedDimensionInInstanceError", message, line=line_of(child))
            return
        dimension = (self._explicit if child.tag == tags.EXPLICIT_MEMBER else self._typed)(axis, child)
        if dimension is not None:
            self.dimensions[axis] = dimension

    def _free_content(self, child: etree._Element, container: ContextElement) -> None:
        section = "4.7.3.2" if container == "segment" else "4.7.4"
        if any(etree.QName(element).namespace == XBRLI for element in child.iter()):
            message = f"a {container} holds no elements of the instance namespace"
            self._log.error(f"xbrl.{section}:xbrliElement", message, line=line_of(child))
        for element in child.iter():
            self._refuse_item(element, container, section)
        self._unmapped(
            "xbrlxe:nonDimensionalSegmentScenarioContent",
            f"the {container} holds {child.tag}, which is no dimension",
            child,
        )

    def _refuse_item(self, element: etree._Element, container: ContextElement, section: str) -> None:
        known = self._vocabulary
        tag = etree.QName(element)
        name = QName(tag.namespace or "", tag.localname)
        if name in known.datatypes and name not in known.typed_domains.values():
            message = f"a {container} holds no items of the taxonomy, such as {element.tag!s}"
            self._log.error(f"xbrl.{section}:itemElement", message, line=line_of(element))

    def _unmapped(self, code: str, message: str, element: etree._Element) -> None:
        fix = "express what the context says with dimensions, all of them in one container"
        self.unmapped.append(self._log.finding(code, message, line=line_of(element), fix=fix))

    def _explicit(self, axis: QName, element: etree._Element) -> ExplicitDimension | None:
        if axis in self._vocabulary.typed_domains:
            message = f"{axis} is a typed dimension"
            self._log.error("xbrldie:ExplicitMemberNotExplicitDimensionError", message, line=line_of(element))
            return None
        member = resolve_qname(element.text or "", element.nsmap)
        if member is None or len(element):
            message = f"the member of {axis} is a name with a declared prefix, got {element.text!r}"
            self._log.error("xbrldie:ExplicitMemberUndefinedQNameError", message, line=line_of(element))
            return None
        return ExplicitDimension(axis, member)

    def _typed(self, axis: QName, element: etree._Element) -> TypedDimension | None:
        if len(element) != 1:
            message = f"the typed member of {axis} has exactly one element, its domain's"
            self._log.error("xbrldie:IllegalTypedDimensionContentError", message, line=line_of(element))
            return None
        child = element[0]
        name = etree.QName(child)
        domain = QName(name.namespace or "", name.localname, prefix=child.prefix)
        expected = self._vocabulary.typed_domains.get(axis)
        if expected is not None and expected != domain:
            message = f"the domain of {axis} is {expected}, got {domain}"
            self._log.error("xbrldie:IllegalTypedDimensionContentError", message, line=line_of(child))
            return None
        self._typed_domains.setdefault(axis, domain)
        if len(child):
            message = f"the value of {axis} has elements inside; only a simple value is supported"
            self._unmapped("xbrlxe:unsupportedComplexTypedDimension", message, child)
        return self._typed_value(axis, child, domain)

    def _typed_value(self, axis: QName, child: etree._Element, domain: QName) -> TypedDimension | None:
        text = child.text or ""
        if child.get(tags.XSI_NIL, "").strip(tags.WHITE_SPACE) in ("true", "1"):
            if text:
                message = f"the value of {axis} is nil and yet has content"
                self._log.error("xbrldie:IllegalTypedDimensionContentError", message, line=line_of(child))
            return TypedDimension(axis, None)
        datatype = self._vocabulary.datatypes.get(domain)
        if datatype is None:
            return TypedDimension(axis, text)
        text = datatype.normalise(text)
        if datatype.base == "QName":
            name = resolve_qname(text, child.nsmap)
            text = text if name is None else name.clark
        if not datatype.is_valid(text):
            message = f"{text!r} is no value of {domain} ({datatype.name})"
            self._log.error("xbrldie:IllegalTypedDimensionContentError", message, line=line_of(child))
        return TypedDimension(axis, text)


def not_an_entity(log: InstanceLog, line: int | None) -> Finding:
    """A warning: the scheme without a year is an ordinary one."""
    return log.finding(
        "exporter:yearlessEntityScheme",
        f"the entity NA of {_YEARLESS_ENTITIES} is taken for a real one",
        line=line,
        fix=f"if no entity is meant, the scheme is {ENTITIES}",
        severity=Severity.WARNING,
    )
