"""Values against the type of their concept, and enumeration values against their domain (OIM 1.0, xBRL-JSON 1.0,
Extensible Enumerations 2.0).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from exporter.findings import Finding, list_text
from exporter.model.datatypes import DataType
from exporter.model.dimensions import TypedDimension
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.namespaces import OIM
from exporter.taxonomy.concepts import Concept
from exporter.validation.engine import Codes, value_text
from exporter.validation.report.facts import fact_rule, shape, taxonomy_dimensions
from exporter.validation.report.subject import ReportSubject

CANONICAL_VALUES: Final = f"{{{OIM}}}canonicalValues"
"""The feature by which a document promises canonical values, as `Report.features` names it."""

VALUE: Final = Codes(json="xbrlje:invalidFactValue", csv="xbrlce:invalidFactValue", xml="exporter:xmlSchema")
NOT_CANONICAL: Final = Codes(
    json="xbrlje:nonCanonicalValue", csv="xbrlce:nonCanonicalValue", xml="xbrlje:nonCanonicalValue"
)
OUTSIDE: Final = "enum2ie:InvalidEnumerationValue"
SET_OUTSIDE: Final = "enum2ie:InvalidEnumerationSetValue"
SET_REPEATS: Final = "enum2ie:RepeatedEnumerationSetValue"
SET_ORDER: Final = "enum2ie:InvalidEnumerationSetOrder"
LANGUAGE_TAG: Final = "oime:invalidLanguage"

_TAG: Final = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_PLAIN: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_NAMED: Final = frozenset({"QName", "enumeration", "enumerationSet"})


def is_value(datatype: DataType, text: str) -> bool:
    """Whether ``text`` is a value of the type; the common cases cost little."""
    if not datatype.facets:
        if datatype.base == "string":
            return True
        if datatype.base == "decimal" and _PLAIN.fullmatch(text):
            return True
    return datatype.is_valid(text)


def _value_test(subject: ReportSubject, fact: Fact) -> Callable[[str], object] | None:
    """What clears values of a shape of facts; the common types have it cheap."""
    datatype = subject.datatype(fact.concept)
    if datatype is None or fact.value is None:
        return None
    if not datatype.facets and datatype.base == "string":
        return None
    if not datatype.facets and datatype.base == "decimal":
        return _PLAIN.fullmatch
    return datatype.is_valid


def _is_enumeration(subject: ReportSubject, fact: Fact) -> Callable[[str], object] | None:
    """Nothing clears the value of an enumeration; others are no matter here."""
    concept = subject.concept(fact.concept)
    if fact.value is None or concept is None or concept.enumeration is None or concept.datatype is None:
        return None
    return _never if concept.datatype.base in ("enumeration", "enumerationSet") else None


def _is_promised(subject: ReportSubject, fact: Fact) -> Callable[[str], object] | None:
    return _never if subject.report.features.get(CANONICAL_VALUES) is True else None


def _never(_: str) -> bool:
    return False


@fact_rule(VALUE, by=None, clear=_value_test, section="OIM 1.0")
def value_fits_type(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """The value is in the lexical space of the concept's type, facets included."""
    if fact.value is None:
        return
    datatype = subject.datatype(fact.concept)
    if datatype is not None and not is_value(datatype, fact.value):
        message = f"{value_text(fact.value)} is no value of {fact.concept}, expected {_expected(datatype)}"
        yield subject.finding(VALUE, message, "write the value in the form of its type")


def _expected(datatype: DataType) -> str:
    restricted = " within the limits its type sets" if datatype.facets else ""
    return f"{datatype.name} ({datatype.base}){restricted}"


@fact_rule(
    OUTSIDE, SET_OUTSIDE, SET_REPEATS, SET_ORDER, by=None, clear=_is_enumeration, section="Extensible Enumerations 2.0"
)
def enumeration_value_is_in_domain(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """Enumeration values are usable members of the concept's domain; a set has each once."""
    if fact.value is None:
        return
    concept = subject.concept(fact.concept)
    if concept is None or concept.enumeration is None or concept.datatype is None:
        return
    if concept.datatype.base not in ("enumeration", "enumerationSet") or not concept.datatype.is_valid(fact.value):
        return
    names = concept.datatype.normalise(fact.value).split(" ") if fact.value.strip() else []
    if subject.complete:
        yield from _outside(subject, concept, names)
    if concept.datatype.base == "enumerationSet":
        yield from _set_form(subject, concept, names)


def _outside(subject: ReportSubject, concept: Concept, names: list[str]) -> Iterator[Finding]:
    allowed = subject.enumeration_domain(concept)
    code = OUTSIDE if concept.datatype is not None and concept.datatype.base == "enumeration" else SET_OUTSIDE
    for name in names:
        if name not in allowed:
            message = f"{name} is no usable member of the domain of {concept.qname}"
            yield subject.finding(code, message, f"choose one of {_some(allowed)}")


def _set_form(subject: ReportSubject, concept: Concept, names: list[str]) -> Iterator[Finding]:
    if len(set(names)) < len(names):
        yield subject.finding(SET_REPEATS, f"the set of {concept.qname} names a member twice", "name each member once")
    elif subject.syntax == "xml" and names != sorted(names):
        yield subject.finding(SET_ORDER, f"the set of {concept.qname} is not sorted", "sort its members by code point")


def _some(names: frozenset[str]) -> str:
    return list_text(sorted(names)) or "its members, of which there are none"


@fact_rule(NOT_CANONICAL, by=None, clear=_is_promised, section="xBRL-JSON 1.0")
def value_is_canonical(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """A document that promises canonical values keeps the promise; the reader checks names as they are written."""
    if fact.value is None or subject.report.features.get(CANONICAL_VALUES) is not True:
        return
    datatype = subject.datatype(fact.concept)
    if datatype is not None and is_value(datatype, fact.value) and not _is_canonical(datatype, fact.value):
        message = f"{value_text(fact.value)} is not the canonical form of a value of {fact.concept}"
        yield subject.finding(NOT_CANONICAL, message, _canonical_fix(datatype, fact.value))


@fact_rule(NOT_CANONICAL, by=taxonomy_dimensions, section="xBRL-JSON 1.0")
def typed_value_is_canonical(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """The promise of canonical values holds for typed dimensions too."""
    if subject.report.features.get(CANONICAL_VALUES) is not True:
        return
    for dimension in fact.context.dimensions:
        if not isinstance(dimension, TypedDimension) or dimension.value is None:
            continue
        datatype = domain_type(subject, dimension.axis)
        if datatype is None or not datatype.is_valid(dimension.value) or _is_canonical(datatype, dimension.value):
            continue
        message = f"{value_text(dimension.value)} is not the canonical form of a value on {dimension.axis}"
        yield subject.finding(NOT_CANONICAL, message, _canonical_fix(datatype, dimension.value))


def _canonical_fix(datatype: DataType, text: str) -> str:
    canonical = datatype.canonical(text)
    return f"write {value_text(canonical)}" if datatype.is_canonical(canonical) else "write it with the zone Z or none"


def _is_canonical(datatype: DataType, text: str) -> bool:
    return datatype.base in _NAMED or datatype.is_canonical(text)


def domain_type(subject: ReportSubject, axis: QName) -> DataType | None:
    """The type of a typed dimension's values, where known."""
    concept = subject.concept(axis)
    if concept is None or concept.typed_domain_ref is None:
        return None
    domain = subject.taxonomy.typed_domain(concept.typed_domain_ref)
    return domain.datatype if domain is not None else None


@fact_rule(LANGUAGE_TAG, by=shape, section="OIM 1.0")
def language_is_a_tag(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
    """A language is a tag such as ``en`` or ``ja-JP`` (BCP 47)."""
    if fact.language is not None and not _TAG.fullmatch(fact.language):
        yield subject.finding(LANGUAGE_TAG, f"{fact.language!r} is no language tag", "write a tag such as en or ja-JP")
