"""The values of facts against the types of their concepts, or the types that the values give away."""

from __future__ import annotations

from lxml import etree

from exporter.formats.xbrl_xml.concepts import INFERRED_DECIMAL, INFERRED_DOUBLE, Concept, is_decimal
from exporter.formats.xbrl_xml.faults import Faults, line_of, resolve_qname
from exporter.model.datatypes import DataType
from exporter.model.qname import QName


class ValueReader:
    """Checks values. ``inferred`` are the types of numeric concepts that the taxonomy does not tell."""

    def __init__(self, faults: Faults, limit: int) -> None:
        self._faults = faults
        self._limit = limit
        self.inferred: dict[QName, DataType] = {}

    def check_number(self, concept: Concept, value: str, element: etree._Element) -> None:
        """Note what is wrong with a number."""
        if len(value) > self._limit:
            message = f"the number {concept.name} has more than {self._limit} characters"
            self._faults.exceed_digits(message, line_of(element))
        elif concept.numeric_check is not None and not concept.numeric_check(value):
            self.refuse(concept, value, element)
        else:
            self.check_exponent(concept, value, element)

    def check_exponent(self, concept: Concept, value: str, element: etree._Element) -> None:
        """Note an exponent that would make the number too long to work with."""
        exponent = value.lower().partition("e")[2].lstrip("+-").lstrip("0")
        if exponent.isdigit() and (len(exponent) > 9 or int(exponent) > self._limit):
            self._faults.exceed_digits(f"the exponent of {concept.name} is beyond ±{self._limit}", line_of(element))

    def refuse(self, concept: Concept, value: str, element: etree._Element) -> None:
        """Note that ``value`` is none of the concept's."""
        expected = concept.datatype.name if concept.datatype is not None else "a number, for it has a unit"
        shown = value if len(value) <= 60 else value[:57] + "…"
        message = f"{shown!r} is no value of {concept.name}, expected {expected}"
        self._faults.add("oime:invalidFactValue", message, line_of(element), fact=element.get("id"))

    def read_typed(self, concept: Concept, datatype: DataType, text: str, element: etree._Element) -> str:
        """The value of a fact that is no number, as the model has it."""
        value = datatype.normalise(text) if datatype.base != "string" else text
        if datatype.base == "QName":
            name = resolve_qname(value, element.nsmap)
            value = value if name is None else name.clark
        if concept.check is not None and not concept.check(value):
            self.refuse(concept, value, element)
        return value

    def infer(self, concept: Concept, value: str) -> None:
        """Widen the inferred type of a numeric concept so that it takes ``value``."""
        known = concept.inferred
        if known is None or (known is INFERRED_DECIMAL and value and not is_decimal(value)):
            double = value and not is_decimal(value)
            concept.inferred = self.inferred[concept.name] = INFERRED_DOUBLE if double else INFERRED_DECIMAL
