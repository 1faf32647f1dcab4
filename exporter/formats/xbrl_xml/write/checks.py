"""What keeps a report from being written as XML, and the texts that XML can carry.

What keeps a single fact from being written in XML: its id, its unit, its value, its language and its accuracy.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from exporter.errors import WriteError
from exporter.findings import Finding, Location
from exporter.formats.oim.xhtml import escape_attribute, escape_text
from exporter.formats.xbrl_xml.concepts import ConceptForm, unit_fault
from exporter.model.fact import Fact
from exporter.model.qname import QName, is_ncname

# Outside the characters of XML 1.0 (section 2.2).
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPECIAL: Final = re.compile("[\x00-\x08\x0b-\x1f&<>\ud800-\udfff\ufffe\uffff]")
"""What has to be escaped in text, or cannot be written at all."""


class Problems:
    """Gathers findings; `finish` raises them."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []

    def add(self, code: str, message: str, fix: str | None = None, *, fact: str | None = None) -> None:
        """Note an error."""
        self._findings.append(Finding(code=code, message=message, fix=fix, location=Location(fact=fact)))

    def text(self, text: str, what: str, *, fact: str | None = None) -> str:
        """``text`` as an element's content."""
        return escape_text(text) if self._is_legal(text, what, fact) else ""

    def attribute(self, text: str, what: str) -> str:
        """``text`` as an attribute's value."""
        return escape_attribute(text) if self._is_legal(text, what, None) else ""

    def check_name(self, name: QName, what: str) -> None:
        """Names come from outside; what is no name would be markup."""
        if not is_ncname(name.local_name):
            message = f"{what} {name.clark} has no XML name as its local name"
            self.add("exporter:invalidName", message, "rename it")

    def _is_legal(self, text: str, what: str, fact: str | None) -> bool:
        found = _ILLEGAL.search(text)
        if found is None:
            return True
        message = f"{what} has the character U+{ord(found[0]):04X} at position {found.start()}, which XML cannot carry"
        self.add("exporter:characterNotInXml", message, "take the character out", fact=fact)
        return False

    def finish(self) -> None:
        """Raise what was found.

        Raises:
            WriteError: with every finding.
        """
        if self._findings:
            raise WriteError(findings=self._findings)


class FactChecks:
    """Notes the faults of facts; ``ids`` are those already given."""

    def __init__(self, problems: Problems, ids: Container[str]) -> None:
        self._problems = problems
        self._ids = ids

    def check_place(self, fact: Fact, concept: ConceptForm, *, numeric: bool) -> None:
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

    def check_nil(self, fact: Fact, concept: ConceptForm, *, numeric: bool) -> None:
        """Decimals where there is no value, and what is misplaced."""
        if fact.decimals is not None:
            message = f"{fact.concept} is nil and yet has decimals"
            self._problems.add("oime:misplacedDecimalsProperty", message, "leave decimals out", fact=fact.id)
        self.check_place(fact, concept, numeric=numeric)

    def check_unit(self, fact: Fact, concept: ConceptForm) -> None:
        """The unit that the concept's type asks for; one found to fit is remembered."""
        if (fault := unit_fault(concept, fact.unit)) is None:
            concept.units.add(fact.unit)
        else:
            code, message = fault
            self._problems.add(code, message, "give the fact the unit of its concept's type", fact=fact.id)

    def check_number(self, fact: Fact, concept: ConceptForm) -> None:
        """The value of a number, and what is misplaced."""
        self.check_place(fact, concept, numeric=True)
        if concept.numeric_check is not None and not concept.numeric_check(fact.value or ""):
            self.tell_value(fact, concept)

    def tell_value(self, fact: Fact, concept: ConceptForm) -> None:
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
