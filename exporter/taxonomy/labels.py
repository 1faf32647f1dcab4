"""Labels of concepts and the roles they stand in (XBRL 2.1 section 5.2.2.2.2, Link Role Registry)."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from exporter.model.qname import QName

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
