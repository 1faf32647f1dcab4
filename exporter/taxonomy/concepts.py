"""Concepts, their labels and references, and the roles that a taxonomy declares (XBRL 2.1 section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from attrs import field, frozen

from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.standard_types import Balance, PeriodType
from exporter.namespaces import LINK, REF

ConceptKind = Literal["item", "dimension", "hypercube", "tuple"]


def element_id(name: QName) -> str:
    """The customary id of a declaration: ``{prefix}_{name}``."""
    return f"{name.prefix}_{name.local_name}" if name.prefix else name.local_name


@frozen(kw_only=True)
class EnumerationDomain:
    """Where the allowed values of an enumeration concept stand (Extensible Enumerations 2.0 section 2).

    The values are the usable members below ``domain`` in the link role ``linkrole``, the domain itself only where
    ``head_usable``.
    """

    domain: QName
    linkrole: str
    head_usable: bool = False


@frozen(kw_only=True, cache_hash=True)
class Concept:
    """An element declaration of a taxonomy.

    ``datatype`` is ``None`` for tuples and where the schema of the type is not available; ``period_type`` is ``None``
    for tuples. ``kind`` says to which substitution group the element belongs in the end. ``typed_domain_ref``
    names the domain element of a typed dimension, ``enumeration`` the domain of an Extensible Enumerations concept.
    ``default_accuracy`` holds the attributes ``decimals`` and ``precision`` that the type supplies to facts which leave
    them out; it is read, never written. ``schema`` is the place of the schema that declares the concept, ``None`` for
    the taxonomy's own. Like the prefix these two take no part in equality.
    """

    qname: QName
    datatype: DataType | None = None
    period_type: PeriodType | None = None
    balance: Balance | None = None
    abstract: bool = False
    nillable: bool = True
    kind: ConceptKind = "item"
    typed_domain_ref: QName | None = None
    enumeration: EnumerationDomain | None = None
    id: str = field()
    default_accuracy: Mapping[str, str] | None = field(default=None, eq=False)
    schema: str | None = field(default=None, eq=False)

    @id.default
    def _customary_id(self) -> str:
        return element_id(self.qname)

    @property
    def is_numeric(self) -> bool:
        """Whether facts of the concept are numbers; unknown types are not."""
        return self.datatype is not None and self.datatype.is_numeric

    @property
    def is_typed_dimension(self) -> bool:
        return self.kind == "dimension" and self.typed_domain_ref is not None

    @property
    def is_explicit_dimension(self) -> bool:
        return self.kind == "dimension" and self.typed_domain_ref is None


@frozen(kw_only=True, cache_hash=True)
class TypedDomain:
    """The element that holds the values of a typed dimension (Dimensions 1.0 section 2.5.2.1).

    ``datatype`` is ``None`` where the type is no simple type we can check (an element with child elements).
    """

    qname: QName
    datatype: DataType | None = None
    nillable: bool = False
    id: str = field()
    schema: str | None = field(default=None, eq=False)

    @id.default
    def _customary_id(self) -> str:
        return element_id(self.qname)


_XBRL: Final = "http://www.xbrl.org/2003/role/"
_REGISTERED: Final = "http://www.xbrl.org/2009/role/"

STANDARD: Final = _XBRL + "label"
TERSE: Final = _XBRL + "terseLabel"
VERBOSE: Final = _XBRL + "verboseLabel"
TOTAL: Final = _XBRL + "totalLabel"
PERIOD_START: Final = _XBRL + "periodStartLabel"
PERIOD_END: Final = _XBRL + "periodEndLabel"
DOCUMENTATION: Final = _XBRL + "documentation"
POSITIVE: Final = _XBRL + "positiveLabel"
POSITIVE_TERSE: Final = _XBRL + "positiveTerseLabel"
POSITIVE_VERBOSE: Final = _XBRL + "positiveVerboseLabel"
NEGATIVE: Final = _XBRL + "negativeLabel"
NEGATIVE_TERSE: Final = _XBRL + "negativeTerseLabel"
NEGATIVE_VERBOSE: Final = _XBRL + "negativeVerboseLabel"
ZERO: Final = _XBRL + "zeroLabel"
ZERO_TERSE: Final = _XBRL + "zeroTerseLabel"
ZERO_VERBOSE: Final = _XBRL + "zeroVerboseLabel"
DEFINITION_GUIDANCE: Final = _XBRL + "definitionGuidance"
DISCLOSURE_GUIDANCE: Final = _XBRL + "disclosureGuidance"
PRESENTATION_GUIDANCE: Final = _XBRL + "presentationGuidance"
MEASUREMENT_GUIDANCE: Final = _XBRL + "measurementGuidance"
COMMENTARY_GUIDANCE: Final = _XBRL + "commentaryGuidance"
EXAMPLE_GUIDANCE: Final = _XBRL + "exampleGuidance"

NEGATED: Final = _REGISTERED + "negatedLabel"
NEGATED_TOTAL: Final = _REGISTERED + "negatedTotalLabel"
NEGATED_PERIOD_START: Final = _REGISTERED + "negatedPeriodStartLabel"
NEGATED_PERIOD_END: Final = _REGISTERED + "negatedPeriodEndLabel"
NEGATED_NET: Final = _REGISTERED + "negatedNetLabel"
NEGATED_TERSE: Final = _REGISTERED + "negatedTerseLabel"
NET: Final = _REGISTERED + "netLabel"
DEPRECATED: Final = _REGISTERED + "deprecatedLabel"
DEPRECATED_DATE: Final = _REGISTERED + "deprecatedDateLabel"
RESTATED: Final = "http://www.xbrl.org/2006/role/restatedLabel"

_GENERIC: Final = "http://www.xbrl.org/2008/role/"
GENERIC_ROLES: Final = {
    _GENERIC + "label": STANDARD,
    _GENERIC + "verboseLabel": VERBOSE,
    _GENERIC + "terseLabel": TERSE,
    _GENERIC + "documentation": DOCUMENTATION,
}
"""The roles of Generic Labels 1.0, and the label roles of concepts that say the same."""

NEGATED_ROLES: Final = frozenset(
    {NEGATED, NEGATED_TOTAL, NEGATED_PERIOD_START, NEGATED_PERIOD_END, NEGATED_NET, NEGATED_TERSE}
)
"""Roles that show a number with its sign turned; the fact stays as it is."""


@frozen(kw_only=True, cache_hash=True)
class Label:
    """One label of a concept in one language.

    ``role`` is a label role URI, ``language`` a language tag (BCP 47), ``text`` plain text.
    """

    concept: QName
    text: str
    language: str = "en"
    role: str = STANDARD


STANDARD_REFERENCE: Final = _XBRL + "reference"
DEFINITION: Final = _XBRL + "definitionRef"
DISCLOSURE: Final = _XBRL + "disclosureRef"
MANDATORY_DISCLOSURE: Final = _XBRL + "mandatoryDisclosureRef"
RECOMMENDED_DISCLOSURE: Final = _XBRL + "recommendedDisclosureRef"
UNSPECIFIED_DISCLOSURE: Final = _XBRL + "unspecifiedDisclosureRef"
PRESENTATION: Final = _XBRL + "presentationRef"
MEASUREMENT: Final = _XBRL + "measurementRef"
COMMENTARY: Final = _XBRL + "commentaryRef"
EXAMPLE: Final = _XBRL + "exampleRef"

STANDARD_PARTS: Final = frozenset(
    {
        "Publisher", "Name", "Number", "IssueDate", "Chapter", "Article", "Note", "Section", "Subsection", "Paragraph",
        "Subparagraph", "Sentence", "Clause", "Subclause", "Appendix", "Example", "Page", "Exhibit", "Footnote",
        "URI", "URIDate",
    }
)  # fmt: skip
"""Local names of the parts in the common reference namespace."""

Parts = tuple[tuple[QName, str], ...]


def _parts(value: Mapping[str, str] | Iterable[tuple[QName | str, str]]) -> Parts:
    pairs = value.items() if isinstance(value, Mapping) else value
    return tuple((QName(REF, name, prefix="ref") if isinstance(name, str) else name, text) for name, text in pairs)


@frozen(kw_only=True, cache_hash=True)
class Reference:
    """One reference of a concept.

    ``parts`` keep their order; a part named by a plain string stands in the common reference namespace
    (``{"Name": "Form 20-F", "Section": "3.A"}``).
    """

    concept: QName
    parts: Parts = field(converter=_parts)
    role: str = STANDARD_REFERENCE


CyclesAllowed = Literal["any", "undirected", "none"]


def _used_on(names: Iterable[QName | str]) -> tuple[QName, ...]:
    return tuple(QName(LINK, name, prefix="link") if isinstance(name, str) else name for name in names)


@frozen(kw_only=True, cache_hash=True)
class RoleType:
    """A role with its definition.

    ``used_on`` names the elements that may carry it; a plain string stands in the linkbase namespace
    (``"presentationLink"``). ``schema`` is the place that declares it, ``None`` for the taxonomy's own.
    """

    uri: str
    id: str
    definition: str | None = None
    used_on: tuple[QName, ...] = field(
        default=("presentationLink", "calculationLink", "definitionLink"), converter=_used_on, eq=frozenset
    )
    schema: str | None = field(default=None, eq=False)


@frozen(kw_only=True, cache_hash=True)
class ArcroleType:
    """An arcrole with its definition and the cycles it allows."""

    uri: str
    id: str
    definition: str | None = None
    used_on: tuple[QName, ...] = field(default=("definitionArc",), converter=_used_on, eq=frozenset)
    cycles_allowed: CyclesAllowed = "none"
    schema: str | None = field(default=None, eq=False)
