"""What keeps a single fact from being written in XML: its id, its unit, its value, its language and its accuracy."""

from __future__ import annotations

from collections.abc import Container

from exporter.formats.xbrl_xml.concepts import Concept, unit_fault
from exporter.formats.xbrl_xml.problems import Problems
from exporter.model.fact import Fact


class FactChecks:
    """Notes the faults of facts; ``ids`` are those already given."""

    def __init__(self, problems: Problems, ids: Container[str]) -> None:
        self._problems = problems
        self._ids = ids

    def check_place(self, fact: Fact, concept: Concept, *, numeric: bool) -> None:
        """Language on no text; unit or decimals on no number."""
        if fact.language is not None and (numeric or not concept.text):
            message = f"{fact.concept} is no text and yet has a language"
            self._problems.add("oime:misplacedLanguageDimension", message, "leave the language out", fact=fact.id)
        if numeric:
            return
        if fact.unit is not None:
            message = f"{fact.concept} is no number and yet has a unit"
            self._problems.add("oime:misplacedUnitDimension", message, "leave the unit out", fact=fact.id)
        if fact.decimals is not None and fact.value is not None:
            message = f"{fact.concept} is no number and yet has decimals"
            self._problems.add("oime:misplacedDecimalsProperty", message, "leave decimals out", fact=fact.id)

    def check_nil(self, fact: Fact, concept: Concept, *, numeric: bool) -> None:
        """Decimals where there is no value, and what is misplaced."""
        if fact.decimals is not None:
            message = f"{fact.concept} is nil and yet has decimals"
            self._problems.add("oime:misplacedDecimalsProperty", message, "leave decimals out", fact=fact.id)
        self.check_place(fact, concept, numeric=numeric)

    def check_unit(self, fact: Fact, concept: Concept) -> None:
        """The unit that the concept's type asks for; one found to fit is remembered."""
        if (fault := unit_fault(concept, fact.unit)) is None:
            concept.units.add(fact.unit)
        else:
            code, message = fault
            self._problems.add(code, message, "give the fact the unit of its concept's type", fact=fact.id)

    def check_number(self, fact: Fact, concept: Concept) -> None:
        """The value of a number, and what is misplaced."""
        self.check_place(fact, concept, numeric=True)
        if concept.numeric_check is not None and not concept.numeric_check(fact.value or ""):
            self.tell_value(fact, concept)

    def tell_value(self, fact: Fact, concept: Concept) -> None:
        """The value is none of the concept's type."""
        shown = (fact.value or "")[:60]
        expected = "a number" if concept.datatype is None else concept.datatype.name
        message = f"{shown!r} is no value of {fact.concept}, expected {expected}"
        self._problems.add("oime:invalidFactValue", message, "correct the value", fact=fact.id)

    def tell_id(self, id_: str) -> None:
        """The id belongs to another fact, or is no XML name."""
        if id_ in self._ids:
            self._problems.add("exporter:duplicateId", f"two facts have the id {id_!r}", "give each its own", fact=id_)
        else:
            message = f"the id {id_!r} is no XML name"
            self._problems.add("exporter:invalidId", message, "rename it, and the links to it", fact=id_)
