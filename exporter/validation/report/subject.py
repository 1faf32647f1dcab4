"""What rules on reports look at: a report, its taxonomy, and the syntax whose codes are used."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from attrs import define, field

from exporter.findings import Finding, Severity
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.engine import Code, Syntax

Calculations = Literal["round", "truncate", "xbrl21", "none"]
"""How sums are checked: by Calculations 1.1 in one of its modes, by XBRL 2.1, or not at all."""


@define(eq=False)
class ReportSubject:
    """A report with its taxonomy.

    ``complete`` says that the whole taxonomy was available. Where it was not, a name is unknown only if other names of
    its namespace are known, and what depends on all relationships (dimensional validity, domains of enumerations)
    is not checked.
    """

    report: Report
    taxonomy: Taxonomy
    syntax: Syntax = "json"
    complete: bool = True
    calculations: Calculations = "none"
    _domains: dict[QName, frozenset[str]] = field(factory=dict, init=False)

    @cached_property
    def _namespaces(self) -> frozenset[str]:
        return frozenset(concept.qname.namespace for concept in self.taxonomy.concepts)

    def concept(self, name: QName) -> Concept | None:
        """The declaration of a concept, if the taxonomy has one."""
        return self.taxonomy.concept(name)

    def datatype(self, name: QName) -> DataType | None:
        """The type of a concept, where known."""
        concept = self.taxonomy.concept(name)
        return concept.datatype if concept is not None else None

    def enumeration_domain(self, concept: Concept) -> frozenset[str]:
        """The values that an enumeration concept allows, as ``namespace#local``; looked up once."""
        if concept.qname not in self._domains:
            names = self.taxonomy.enumeration_values(concept)
            self._domains[concept.qname] = frozenset(name.expanded for name in names)
        return self._domains[concept.qname]

    def is_unknown(self, name: QName) -> bool:
        """Whether a name is certainly not in the taxonomy."""
        if self.taxonomy.concept(name) is not None:
            return False
        return self.complete or name.namespace in self._namespaces

    def finding(
        self, code: Code, message: str, fix: str | None = None, *, severity: Severity = Severity.ERROR
    ) -> Finding:
        """A finding without location, with the code of the report's syntax."""
        text = code if isinstance(code, str) else str(getattr(code, self.syntax))
        return Finding(code=text, message=message, fix=fix, severity=severity)
