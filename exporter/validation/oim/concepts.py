"""A fact against its concept: known, reportable, and with the dimensions its type and period type ask for (OIM 1.0)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding
from exporter.model.fact import Fact
from exporter.model.period import Duration, Forever, Instant
from exporter.validation.rules import Codes, Subject, fact_rule, is_a, shape

UNKNOWN: Final = "oime:unknownConcept"
ABSTRACT: Final = "oime:valueForAbstractConcept"
TUPLE: Final = Codes.oim("oime:unsupportedConceptDataType", xml="xbrlxe:unsupportedTuple")
FRACTION: Final = Codes.oim("oime:unsupportedConceptDataType", xml="xbrlxe:unsupportedFraction")
UNSUPPORTED: Final = "oime:unsupportedConceptDataType"
WRONG_PERIOD: Final = Codes.oim("oime:invalidPeriodDimension", xml="xbrl.4.7.2:contextPeriodType")
NO_PERIOD: Final = Codes.oim("oime:missingPeriodDimension", xml="xbrl.4.7.2:contextPeriodType")
UNIT: Final = Codes.oim("oime:misplacedUnitDimension", xml="xbrl.4.6.2:nonNumericUnit")
DECIMALS: Final = Codes.oim("oime:misplacedDecimalsProperty", xml="xbrl.4.6.3:nonNumericAccuracy")
NIL_DECIMALS: Final = Codes.oim("oime:misplacedDecimalsProperty", xml="xbrl.4.6.3:nilAccuracy")
LANGUAGE: Final = "oime:misplacedLanguageDimension"
NIL: Final = Codes.oim("oime:invalidFactValue", xml="exporter:xmlSchema")


@fact_rule(UNKNOWN, by=shape)
def concept_is_known(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """The taxonomy declares the concept as an item."""
    if subject.is_unknown(fact.concept):
        message = f"the taxonomy has no concept {fact.concept}"
        yield subject.fault(UNKNOWN, message, "correct the name or its prefix, or add the concept to the taxonomy")


@fact_rule(ABSTRACT, by=shape)
def concept_is_not_abstract(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """Headings, axes, members and hypercubes have no values."""
    concept = subject.concept(fact.concept)
    if concept is not None and concept.kind != "tuple" and (concept.abstract or concept.kind != "item"):
        kind = "abstract" if concept.kind == "item" else f"a {concept.kind}"
        yield subject.fault(ABSTRACT, f"{fact.concept} is {kind}: it can have no value", "report another concept")


@fact_rule(UNSUPPORTED, TUPLE, FRACTION, by=shape)
def concept_type_is_supported(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """Tuples, fractions and prefixed content have no place in the model."""
    concept = subject.concept(fact.concept)
    if concept is None:
        return
    if concept.kind == "tuple":
        yield subject.fault(TUPLE, f"{fact.concept} is a tuple, which the model has no place for", "use dimensions")
    elif concept.datatype is None:
        return
    elif concept.datatype.base == "fraction":
        message = f"{fact.concept} is a fraction, which the model has no place for"
        yield subject.fault(FRACTION, message, "report it as a decimal number")
    elif is_a(concept.datatype, "SQNameItemType", "SQNamesItemType"):
        message = f"{fact.concept} is of type {concept.datatype.name}, which processors treat differently"
        yield subject.fault(UNSUPPORTED, message, "use another type", warning=True)
    elif is_a(concept.datatype, "prefixedContentItemType"):
        message = f"{fact.concept} is of type {concept.datatype.name}, whose prefixes the model cannot carry"
        yield subject.fault(UNSUPPORTED, message, "use another type")


@fact_rule(WRONG_PERIOD, NO_PERIOD, by=shape)
def period_fits_concept(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """Instant concepts have instants, duration concepts durations or no period at all."""
    concept = subject.concept(fact.concept)
    if concept is None or concept.period_type is None or concept.kind == "tuple":
        return
    period = fact.context.period
    if concept.period_type == "instant" and isinstance(period, Forever):
        message = f"{fact.concept} is an instant concept and has no period"
        yield subject.fault(NO_PERIOD, message, "state the instant")
    elif concept.period_type == "instant" and isinstance(period, Duration):
        message = f"{fact.concept} is an instant concept, but the period is a duration ({period})"
        yield subject.fault(WRONG_PERIOD, message, "state the instant")
    elif concept.period_type == "duration" and isinstance(period, Instant):
        message = f"{fact.concept} is a duration concept, but the period is an instant ({period})"
        yield subject.fault(WRONG_PERIOD, message, "state the start and the end")


@fact_rule(UNIT, by=shape)
def unit_only_on_numbers(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """Only numeric facts have units."""
    datatype = subject.datatype(fact.concept)
    if datatype is not None and fact.unit is not None and not datatype.is_numeric:
        message = f"{fact.concept} is no number ({datatype.name}), yet it has the unit {fact.unit}"
        yield subject.fault(UNIT, message, "take the unit out")


@fact_rule(DECIMALS, NIL_DECIMALS, by=shape)
def decimals_only_on_numbers(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """Only numeric facts that are not nil have decimals."""
    if fact.decimals is None:
        return
    datatype = subject.datatype(fact.concept)
    if datatype is not None and not datatype.is_numeric:
        message = f"{fact.concept} is no number ({datatype.name}), yet it has decimals"
        yield subject.fault(DECIMALS, message, "take the decimals out")
    elif fact.value is None:
        yield subject.fault(NIL_DECIMALS, f"{fact.concept} is nil, yet it has decimals", "take the decimals out")


@fact_rule(LANGUAGE, by=shape)
def language_only_on_text(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """Only text has a language."""
    datatype = subject.datatype(fact.concept)
    if datatype is not None and fact.language is not None and not datatype.is_text:
        message = f"{fact.concept} is no text ({datatype.name}), yet it has the language {fact.language}"
        yield subject.fault(LANGUAGE, message, "take the language out")


@fact_rule(NIL, by=shape)
def nil_only_where_allowed(subject: Subject, fact: Fact) -> Iterator[Finding]:
    """Only facts of nillable concepts are nil."""
    concept = subject.concept(fact.concept)
    if concept is not None and fact.value is None and concept.kind == "item" and not concept.nillable:
        message = f"{fact.concept} is not nillable: a value is expected, got nil"
        yield subject.fault(NIL, message, "give a value, or leave the fact out")


RULES: Final = (
    concept_is_known,
    concept_is_not_abstract,
    concept_type_is_supported,
    period_fits_concept,
    unit_only_on_numbers,
    decimals_only_on_numbers,
    language_only_on_text,
    nil_only_where_allowed,
)
