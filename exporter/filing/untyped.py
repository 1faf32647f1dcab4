"""Reports whose types are not known, for their taxonomy is not at hand: what can still be told of them, and what not.

A fact with a unit or decimals is a number, and so is every other fact of its concept. What is left are the exact
numbers without unit (pure, ``INF``): xBRL-JSON and xBRL-CSV write them like text, and only the type tells them apart.
They keep their value in every syntax, but written as XML from there they have no ``unitRef``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import evolve

from exporter.findings import Finding, Location, Severity
from exporter.model.datatypes import DataType
from exporter.model.fact import Fact, parse_number
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.standard_types import standard_type

_DECIMAL: Final = standard_type("decimalItemType")
_DOUBLE: Final = standard_type("doubleItemType")
_MARKED: Final = frozenset({"xbrl-xml", "inline-xbrl"})
"""The formats in which every number shows that it is one."""
_MEND: Final = "give the taxonomy (--taxonomy-package)"


def infer_types(report: Report) -> Report:
    """The report with a numeric type for each concept of unknown type that a fact shows to be numeric.

    The type is decimal, or double where a value is beyond it; the vocabulary lists the concept as ``inferred``.
    """
    known = report.vocabulary.datatypes
    unknown = {fact.concept for fact in report.facts} - known.keys()
    if not unknown:
        return report
    numeric = {fact.concept for fact in report.facts if fact.concept in unknown and fact.looks_numeric}
    if not numeric:
        return report
    wide = {
        fact.concept for fact in report.facts if fact.concept in numeric and not _DECIMAL.is_valid(fact.value or "0")
    }
    inferred: dict[QName, DataType] = {name: _DOUBLE if name in wide else _DECIMAL for name in numeric}
    vocabulary = evolve(
        report.vocabulary,
        datatypes={**known, **inferred},
        inferred=report.vocabulary.inferred | inferred.keys(),
    )
    return evolve(report, vocabulary=vocabulary)


def check_untyped(report: Report, *, source: str, target: str) -> Finding | None:
    """One warning if, for want of types, numbers cannot be told from text on the way from one format to another."""
    if (source in _MARKED) == (target in _MARKED):
        return None
    if target in _MARKED:
        return _warning(
            filter(_may_be_number, _of_unknown_type(report)),
            "have no unit and no decimals but look like numbers, and their type is not known: written as text",
        )
    inferred = report.vocabulary.inferred
    return _warning(
        (fact for fact in report.facts if fact.concept in inferred and not fact.looks_numeric and not fact.is_nil),
        "are exact numbers without unit: a reader that has no taxonomy takes them for text",
    )


def _of_unknown_type(report: Report) -> Iterable[Fact]:
    datatypes = report.vocabulary.datatypes
    return (fact for fact in report.facts if fact.concept not in datatypes)


def _may_be_number(fact: Fact) -> bool:
    return fact.language is None and fact.value is not None and parse_number(fact.value) is not None


def _warning(facts: Iterable[Fact], what: str) -> Finding | None:
    found = list(facts)
    if not found:
        return None
    return Finding(
        code="exporter:untypedNumber",
        message=f"{len(found)} facts (the first is of {found[0].concept}) {what}",
        severity=Severity.WARNING,
        location=Location(fact=found[0].id),
        mend=_MEND,
    )
