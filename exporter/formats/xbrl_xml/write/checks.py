"""What keeps a report or a single fact from being written as XML: ids, units, values, languages, accuracy."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from attrs import define

from exporter.findings import FindingLog
from exporter.formats.oim.xhtml import escape_attribute, escape_text
from exporter.formats.xbrl_xml.concepts import ConceptForm, unit_error
from exporter.model.fact import Fact
from exporter.model.qname import QName, is_ncname

# Outside the characters of XML 1.0 (section 2.2).
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPECIAL: Final = re.compile("[\x00-\x08\x0b-\x1f&<>\ud800-\udfff\ufffe\uffff]")
"""What has to be escaped in text, or cannot be written at all."""


def xml_text(log: FindingLog, text: str, what: str, *, fact: str | None = None) -> str:
    """``text`` as an element's content; empty, with an error in ``log``, where XML cannot carry it."""
    return escape_text(text) if _is_legal(log, text, what, fact) else ""


def xml_attribute(log: FindingLog, text: str, what: str) -> str:
    """``text`` as an attribute's value; empty, with an error in ``log``, where XML cannot carry it."""
    return escape_attribute(text) if _is_legal(log, text, what, None) else ""


def _is_legal(log: FindingLog, text: str, what: str, fact: str | None) -> bool:
    illegal = _ILLEGAL.search(text)
    if illegal is None:
        return True
    character = f"U+{ord(illegal[0]):04X} at position {illegal.start()}"
    message = f"{what} has the character {character}, which XML cannot carry"
    log.error("exporter:characterNotInXml", message, "take the character out", fact=fact)
    return False


def check_name(log: FindingLog, name: QName, what: str) -> None:
    """Report a local name that is no XML name: names come from outside, and would be markup."""
    if not is_ncname(name.local_name):
        message = f"{what} {name.clark} has no XML name as its local name"
        log.error("exporter:invalidName", message, "rename it")


@define(eq=False)
class FactChecks:
    """Checks facts; ``ids`` are those already given."""

    _log: FindingLog
    _ids: Container[str]

    def check_place(self, fact: Fact, concept: ConceptForm, *, numeric: bool) -> None:
        """Language on no text; unit or decimals on no number."""
        if fact.language is not None and (numeric or not concept.text):
            message = f"{fact.concept} is no text and yet has a language"
            self._log.error("oime:misplacedLanguageDimension", message, "leave the language out", fact=fact.id)
        if numeric:
            return
        if fact.unit is not None:
            message = f"{fact.concept} is no number and yet has a unit"
            self._log.error("oime:misplacedUnitDimension", message, "leave the unit out", fact=fact.id)
        if fact.decimals is not None and fact.value is not None:
            message = f"{fact.concept} is no number and yet has decimals"
            self._log.error("oime:misplacedDecimalsProperty", message, "leave decimals out", fact=fact.id)

    def check_nil(self, fact: Fact, concept: ConceptForm, *, numeric: bool) -> None:
        """Decimals where there is no value, and what is misplaced."""
        if fact.decimals is not None:
            message = f"{fact.concept} is nil and yet has decimals"
            self._log.error("oime:misplacedDecimalsProperty", message, "leave decimals out", fact=fact.id)
        self.check_place(fact, concept, numeric=numeric)

    def check_unit(self, fact: Fact, concept: ConceptForm) -> None:
        """The unit that the concept's type asks for; one found to fit is remembered."""
        if (error := unit_error(concept, fact.unit)) is None:
            concept.units.add(fact.unit)
        else:
            code, message = error
            self._log.error(code, message, "give the fact the unit of its concept's type", fact=fact.id)

    def check_number(self, fact: Fact, concept: ConceptForm) -> None:
        """The value of a number, and what is misplaced."""
        self.check_place(fact, concept, numeric=True)
        if concept.numeric_check is not None and not concept.numeric_check(fact.value or ""):
            self.report_value(fact, concept)

    def report_value(self, fact: Fact, concept: ConceptForm) -> None:
        """The value is none of the concept's type."""
        shortened = (fact.value or "")[:60]
        expected = "a number" if concept.datatype is None else concept.datatype.name
        message = f"{shortened!r} is no value of {fact.concept}, expected {expected}"
        self._log.error("oime:invalidFactValue", message, "correct the value", fact=fact.id)

    def report_id(self, id_: str) -> None:
        """The id belongs to another fact, or is no XML name."""
        if id_ in self._ids:
            self._log.error("exporter:duplicateId", f"two facts have the id {id_!r}", "give each its own", fact=id_)
        else:
            message = f"the id {id_!r} is no XML name"
            self._log.error("exporter:invalidId", message, "rename it, and the links to it", fact=id_)
