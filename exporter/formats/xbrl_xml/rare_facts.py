"""Facts out of the ordinary: nil, in a language of their own, with a precision, or faulty (XBRL 2.1 section 4.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from lxml import etree

from exporter.formats.xbrl_xml import tags
from exporter.formats.xbrl_xml.accuracy import AccuracyReader
from exporter.formats.xbrl_xml.concepts import Concept
from exporter.formats.xbrl_xml.faults import Faults, line_of
from exporter.formats.xbrl_xml.ids import Ids
from exporter.formats.xbrl_xml.referents import Draft
from exporter.formats.xbrl_xml.values import ValueReader

_ACCURACIES: Final = ("decimals", "precision")
_ATTRIBUTES: Final = frozenset(
    {"contextRef", "unitRef", *_ACCURACIES, "id", tags.XML_LANG, tags.XSI_NIL, tags.XML_BASE}
)


class RareFactReader:
    """Reads any fact, thoroughly. ``root_language`` is the language of facts that state none."""

    def __init__(self, faults: Faults, ids: Ids, accuracy: AccuracyReader, values: ValueReader) -> None:
        self._faults = faults
        self._ids = ids
        self._accuracy = accuracy
        self._values = values
        self.root_language: str | None = None

    def read(self, element: etree._Element, place: int, concept: Concept) -> Draft | None:
        """The fact, or ``None`` for a tuple, a fraction, or what is no fact at all, which is noted."""
        line, id_ = line_of(element), element.get("id")
        numeric = element.get("unitRef") is not None if concept.numeric is None else concept.numeric
        if any(child.get(tags.XML_BASE) is not None for child in element.iter()):
            self._faults.refuse_base(element)
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
        return Draft(place, line, concept, context_ref, unit_ref, value, decimals, language, id_)

    def _is_item(self, element: etree._Element, concept: Concept) -> bool:
        line = line_of(element)
        children = {child.tag for child in element}
        fraction = concept.datatype is not None and concept.datatype.base == "fraction"
        if fraction or tags.NUMERATOR in children or tags.DENOMINATOR in children:
            mend = "report the quotient as a decimal"
            self._faults.add("xbrlxe:unsupportedFraction", f"{concept.name} is a fraction", line, mend=mend)
            return False
        if element.get("contextRef") is None:
            empty = not (element.text or "").strip(tags.WHITE_SPACE)
            if empty and (children or self._is_nil(element)):
                mend = "report the items of the tuple on their own, told apart by dimensions"
                self._faults.add("xbrlxe:unsupportedTuple", f"{concept.name} is a tuple", line, mend=mend)
            else:
                self._faults.add("xbrl.4.6.1:contextRefMissing", f"{concept.name} has no contextRef", line)
            return False
        if children:
            message = f"the item {concept.name} has elements inside, such as {min(map(str, children))}"
            self._faults.add("xbrl.4.6:itemContent", message, line, mend="escape markup inside a fact")
            return False
        return True

    def _is_nil(self, element: etree._Element) -> bool:
        nil = (element.get(tags.XSI_NIL) or "false").strip(tags.WHITE_SPACE)
        if nil not in ("true", "1", "false", "0"):
            self._faults.add("xbrl.4.6:nil", f"xsi:nil is true or false, got {nil!r}", line_of(element))
        return nil in ("true", "1")

    def _check_attributes(
        self, element: etree._Element, accuracy: Mapping[str, str], *, nil: bool, numeric: bool
    ) -> None:
        line = line_of(element)
        name = etree.QName(element).localname
        stated = next(iter(accuracy), None)
        if nil and element.text:
            self._faults.add("xbrl.4.6:nilContent", f"{name} is nil and yet has content", line)
        if numeric and element.get("unitRef") is None:
            self._faults.add("xbrl.4.6.2:numericUnitMissing", f"the number {name} has no unitRef", line)
        if not numeric and element.get("unitRef") is not None:
            self._faults.add("xbrl.4.6.2:nonNumericUnit", f"{name} is no number and yet has a unitRef", line)
        if not numeric and stated:
            message = f"{name} is no number, or lacks its unitRef, and yet has {stated}"
            self._faults.add("xbrl.4.6.3:nonNumericAccuracy", message, line)
        elif nil and stated:
            self._faults.add("xbrl.4.6.3:nilAccuracy", f"{name} is nil and yet has {stated}", line)
        for key in element.attrib:
            if key not in _ATTRIBUTES and not str(key).startswith("{"):
                self._faults.add("xbrl.4.6:unexpectedAttribute", f"{name} has the attribute {key!s}", line)

    def _language(self, element: etree._Element) -> str | None:
        language = element.get(tags.XML_LANG)
        return self.root_language if language is None else language or None


def _accuracy_of(element: etree._Element, default: Mapping[str, str]) -> Mapping[str, str]:
    """The attributes that state the accuracy, those included that the concept's type supplies."""
    stated = {key: value for key in _ACCURACIES if (value := element.get(key)) is not None}
    return {**default, **stated} if default else stated
