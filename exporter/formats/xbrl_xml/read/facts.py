"""Values of facts, checked against the types of their concepts, and how accurate they are (XBRL 2.1 section 4.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import define, field
from lxml import etree

from exporter.formats.xbrl_xml import tags
from exporter.formats.xbrl_xml.concepts import INFERRED_DECIMAL, INFERRED_DOUBLE, ConceptForm, is_decimal
from exporter.formats.xbrl_xml.read.findings import Ids, InstanceLog, line_of, resolve_qname
from exporter.formats.xbrl_xml.read.referents import FactWithIds
from exporter.formats.xbrl_xml.tags import WHITE_SPACE
from exporter.model.datatypes import DataType
from exporter.model.fact import parse_number
from exporter.model.qname import QName

_KEPT = 10_000


class AccuracyReader:
    """Reads decimals and precision. ``known`` holds the decimals that have been read, by their text."""

    def __init__(self, log: InstanceLog, limit: int) -> None:
        self._log = log
        self._limit = limit
        self.known: dict[str, int | None] = {"INF": None}

    def read(self, decimals: str | None, precision: str | None, value: str, line: int | None) -> int | None:
        """Decimals; ``None`` for an exact number, and where the accuracy is faulty, which is noted."""
        if (decimals is None) == (precision is None):
            code = "accuracyMissing" if decimals is None else "decimalsAndPrecision"
            message = f"a number has either decimals or precision, got {'neither' if decimals is None else 'both'}"
            self._log.error(f"xbrl.4.6.3:{code}", message, line=line, fix="state decimals")
            return None
        if precision is not None:
            return self._from_precision(precision.strip(WHITE_SPACE), value, line)
        text = (decimals or "").strip(WHITE_SPACE)
        if text == "INF":
            return None
        number = self._integer(text, line, "xbrl.4.6.5:decimals", "decimals")
        if number is not None and len(self.known) < _KEPT:
            self.known[decimals or ""] = number
        return number

    def _from_precision(self, precision: str, value: str, line: int | None) -> int | None:
        """As OIM 1.0 maps ``@precision``."""
        if precision == "INF":
            return None
        digits = self._integer(precision, line, "xbrl.4.6.4:precision", "precision")
        if digits is None:
            return None
        if digits < 0:
            self._log.error("xbrl.4.6.4:precision", f"precision is not negative, got {precision}", line=line)
            return None
        if digits == 0:
            message = "a precision of 0 says that nothing is known of the value"
            self._log.error("xbrlxe:unsupportedZeroPrecisionFact", message, line=line, fix="state decimals")
            return None
        number = parse_number(value)
        return None if not number or not number.is_finite() else digits - number.adjusted() - 1

    def _integer(self, text: str, line: int | None, code: str, what: str) -> int | None:
        digits = text[1:] if text[:1] in ("+", "-") else text
        if not (digits.isascii() and digits.isdigit()):
            self._log.error(code, f"{what} is an integer or INF, got {text!r}", line=line)
            return None
        if len(digits) > 20 or abs(int(text)) > self._limit:
            self._log.exceed_digits(f"{what} is beyond ±{self._limit}: {text[:30]}", line)
            return None
        return int(text)


@define(eq=False)
class ValueReader:
    """Checks values. ``inferred`` are the types of numeric concepts that the taxonomy does not declare."""

    _log: InstanceLog
    _limit: int
    inferred: dict[QName, DataType] = field(factory=dict, init=False)

    def check_number(self, concept: ConceptForm, value: str, element: etree._Element) -> None:
        """Note what is wrong with a number."""
        if len(value) > self._limit:
            message = f"the number {concept.name} has more than {self._limit} characters"
            self._log.exceed_digits(message, line_of(element))
        elif concept.numeric_check is not None and not concept.numeric_check(value):
            self.refuse(concept, value, element)
        else:
            self.check_exponent(concept, value, element)

    def check_exponent(self, concept: ConceptForm, value: str, element: etree._Element) -> None:
        """Note an exponent that would make the number too long to work with."""
        exponent = value.lower().partition("e")[2].lstrip("+-").lstrip("0")
        if exponent.isdigit() and (len(exponent) > 9 or int(exponent) > self._limit):
            self._log.exceed_digits(f"the exponent of {concept.name} is beyond ±{self._limit}", line_of(element))

    def refuse(self, concept: ConceptForm, value: str, element: etree._Element) -> None:
        """Note that ``value`` is none of the concept's."""
        expected = concept.datatype.name if concept.datatype is not None else "a number, for it has a unit"
        shortened = value if len(value) <= 60 else value[:57] + "…"
        message = f"{shortened!r} is no value of {concept.name}, expected {expected}"
        self._log.error("oime:invalidFactValue", message, line=line_of(element), fact=element.get("id"))

    def read_typed(self, concept: ConceptForm, datatype: DataType, text: str, element: etree._Element) -> str:
        """The value of a fact that is no number, as the model has it."""
        value = datatype.normalise(text) if datatype.base != "string" else text
        if datatype.base == "QName":
            name = resolve_qname(value, element.nsmap)
            value = value if name is None else name.clark
        if concept.check is not None and not concept.check(value):
            self.refuse(concept, value, element)
        return value

    def infer(self, concept: ConceptForm, value: str) -> None:
        """Widen the inferred type of a numeric concept so that it takes ``value``."""
        known = concept.inferred
        if known is None or (known is INFERRED_DECIMAL and value and not is_decimal(value)):
            double = value and not is_decimal(value)
            concept.inferred = self.inferred[concept.name] = INFERRED_DOUBLE if double else INFERRED_DECIMAL


_ACCURACIES: Final = ("decimals", "precision")
_ATTRIBUTES: Final = frozenset(
    {"contextRef", "unitRef", *_ACCURACIES, "id", tags.XML_LANG, tags.XSI_NIL, tags.XML_BASE}
)


class RareFactReader:
    """Reads any fact, thoroughly. ``root_language`` is the language of facts that state none."""

    def __init__(self, log: InstanceLog, ids: Ids, accuracy: AccuracyReader, values: ValueReader) -> None:
        self._log = log
        self._ids = ids
        self._accuracy = accuracy
        self._values = values
        self.root_language: str | None = None

    def read(self, element: etree._Element, place: int, concept: ConceptForm) -> FactWithIds | None:
        """The fact, or ``None`` for a tuple, a fraction, or what is no fact at all, which is noted."""
        line, id_ = line_of(element), element.get("id")
        numeric = element.get("unitRef") is not None if concept.numeric is None else concept.numeric
        if any(child.get(tags.XML_BASE) is not None for child in element.iter()):
            self._log.refuse_base(element)
        if id_ is not None and self._ids.keeps_facts:
            self._ids.add_fact(id_, line)
        if not self._is_item(element, concept):
            return None
        nil = self._is_nil(element)
        value = None if nil else element.text or ""
        accuracy = _accuracy_of(element, concept.default_accuracy)
        self._check_attributes(element, accuracy, nil=nil, numeric=numeric)
        decimals, language = None, None
        if numeric and value is not None:
            value = value.strip(tags.WHITE_SPACE)
            self._values.check_number(concept, value, element)
            decimals = self._accuracy.read(accuracy.get("decimals"), accuracy.get("precision"), value, line)
        elif not numeric:
            language = self._language(element) if concept.text else None
            if value is not None and concept.datatype is not None:
                value = self._values.read_typed(concept, concept.datatype, value, element)
        if numeric and concept.numeric is None:
            self._values.infer(concept, value or "")
        unit_ref, context_ref = element.get("unitRef"), element.get("contextRef") or ""
        return FactWithIds(place, line, concept, context_ref, unit_ref, value, decimals, language, id_)

    def _is_item(self, element: etree._Element, concept: ConceptForm) -> bool:
        line = line_of(element)
        children = {child.tag for child in element}
        fraction = concept.datatype is not None and concept.datatype.base == "fraction"
        if fraction or tags.NUMERATOR in children or tags.DENOMINATOR in children:
            fix = "report the quotient as a decimal"
            self._log.error("xbrlxe:unsupportedFraction", f"{concept.name} is a fraction", line=line, fix=fix)
            return False
        if element.get("contextRef") is None:
            empty = not (element.text or "").strip(tags.WHITE_SPACE)
            if empty and (children or self._is_nil(element)):
                fix = "report the items of the tuple on their own, distinguished by dimensions"
                self._log.error("xbrlxe:unsupportedTuple", f"{concept.name} is a tuple", line=line, fix=fix)
            else:
                self._log.error("xbrl.4.6.1:contextRefMissing", f"{concept.name} has no contextRef", line=line)
            return False
        if children:
            message = f"the item {concept.name} has elements inside, such as {min(map(str, children))}"
            self._log.error("xbrl.4.6:itemContent", message, line=line, fix="escape markup inside a fact")
            return False
        return True

    def _is_nil(self, element: etree._Element) -> bool:
        nil = (element.get(tags.XSI_NIL) or "false").strip(tags.WHITE_SPACE)
        if nil not in ("true", "1", "false", "0"):
            self._log.error("xbrl.4.6:nil", f"xsi:nil is true or false, got {nil!r}", line=line_of(element))
        return nil in ("true", "1")

    def _check_attributes(
        self, element: etree._Element, accuracy: Mapping[str, str], *, nil: bool, numeric: bool
    ) -> None:
        line = line_of(element)
        name = etree.QName(element).localname
        attribute = next(iter(accuracy), None)
        if nil and element.text:
            self._log.error("xbrl.4.6:nilContent", f"{name} is nil and yet has content", line=line)
        if numeric and element.get("unitRef") is None:
            self._log.error("xbrl.4.6.2:numericUnitMissing", f"the number {name} has no unitRef", line=line)
        if not numeric and element.get("unitRef") is not None:
            self._log.error("xbrl.4.6.2:nonNumericUnit", f"{name} is no number and yet has a unitRef", line=line)
        if not numeric and attribute:
            message = f"{name} is no number, or lacks its unitRef, and yet has {attribute}"
            self._log.error("xbrl.4.6.3:nonNumericAccuracy", message, line=line)
        elif nil and attribute:
            self._log.error("xbrl.4.6.3:nilAccuracy", f"{name} is nil and yet has {attribute}", line=line)
        for key in element.attrib:
            if key not in _ATTRIBUTES and not str(key).startswith("{"):
                self._log.error("xbrl.4.6:unexpectedAttribute", f"{name} has the attribute {key!s}", line=line)

    def _language(self, element: etree._Element) -> str | None:
        language = element.get(tags.XML_LANG)
        return self.root_language if language is None else language or None


def _accuracy_of(element: etree._Element, default: Mapping[str, str]) -> Mapping[str, str]:
    """The attributes that state the accuracy, those included that the concept's type supplies."""
    accuracy = {key: value for key in _ACCURACIES if (value := element.get(key)) is not None}
    return {**default, **accuracy} if default else accuracy
