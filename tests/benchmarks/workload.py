"""A report of N facts, the same every time: what a large filing looks like to a reader or a writer.

Two hundred concepts (most of them monetary, some shares, ratios and texts) over fifty contexts with one explicit
dimension each; every fact has an id.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exporter.model.dimensions import Context, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.namespaces import CIK, ISO4217, OIM, XBRL_JSON, XBRLI

NAMESPACE = "http://example.com/20241231"
AXIS = QName(NAMESPACE, "SegmentAxis", prefix="ex")
CONCEPT_COUNT, CONTEXT_COUNT = 200, 50
_KINDS = ("monetaryItemType",) * 14 + ("sharesItemType", "pureItemType", "perShareItemType") + ("stringItemType",) * 3
_UNITS = {
    "monetaryItemType": Unit.currency("JPY"),
    "sharesItemType": Unit.shares(),
    "pureItemType": None,
    "perShareItemType": Unit.per_share("JPY"),
}
_TEXT = "The Group recognises revenue “over time” – 売上高は、契約に基づき & when control <passes> to the customer. "
_WORDS = tuple(_TEXT.split(" "))


def _kind(number: int) -> str:
    return _KINDS[number % len(_KINDS)]


CONCEPTS = tuple(QName(NAMESPACE, f"{_kind(n)[:-8].title()}Concept{n}", prefix="ex") for n in range(CONCEPT_COUNT))
VOCABULARY = Vocabulary(
    datatypes={concept: standard_type(_kind(n)) for n, concept in enumerate(CONCEPTS)}, context_element="scenario"
)
CONTEXTS = tuple(
    Context(
        Entity.cik("0001090633"),
        Duration(f"{2000 + n // 10}-01-01", f"{2000 + n // 10}-12-31") if n % 2 else Instant(f"{2000 + n // 10}-12-31"),
        (ExplicitDimension(AXIS, QName(NAMESPACE, f"Segment{n}Member", prefix="ex")),),
    )
    for n in range(CONTEXT_COUNT)
)


def generate_facts(count: int) -> Iterator[Fact]:
    """``count`` facts, one after the other; no two are duplicates within the first ten thousand."""
    for number in range(count):
        place = number % CONCEPT_COUNT
        kind, context = _kind(place), CONTEXTS[(number // CONCEPT_COUNT) % CONTEXT_COUNT]
        id_ = f"f{number + 1}"
        if kind == "stringItemType":
            start = number % len(_WORDS)
            words = " ".join((*_WORDS[start:], *_WORDS[:start]))
            yield Fact(CONCEPTS[place], context, f"{words} {number}", language="en", id=id_)
            continue
        value = (number * 7919) % 1_000_003
        text, decimals = (f"{value / 1000:.3f}", 3) if kind == "pureItemType" else (f"{value}000", -3)
        text = f"-{text}" if number % 9 == 0 else text
        yield Fact(CONCEPTS[place], context, text, decimals, _UNITS[kind], id=id_)


def build_report(count: int) -> Report:
    """A report of ``count`` facts with the vocabulary that fits it."""
    return Report(
        taxonomy=("ex-20241231.xsd",),
        facts=generate_facts(count),
        namespaces={"ex": NAMESPACE},
        vocabulary=VOCABULARY,
    )


def xbrl_json_document(count: int) -> dict[str, Any]:
    """The same report as a plain xBRL-JSON document, made without the writer: a yardstick for it."""
    return {
        "documentInfo": {
            "documentType": XBRL_JSON,
            "namespaces": {"ex": NAMESPACE, "cik": CIK, "iso4217": ISO4217, "xbrl": OIM, "xbrli": XBRLI},
            "taxonomy": ["ex-20241231.xsd"],
        },
        "facts": {fact.id: _fact_object(fact) for fact in generate_facts(count)},
    }


def _fact_object(fact: Fact) -> dict[str, Any]:
    assert fact.entity is not None
    assert isinstance(fact.period, Duration | Instant)
    axis = fact.dimensions[0]
    assert isinstance(axis, ExplicitDimension)
    dimensions = {"concept": str(fact.concept), "entity": f"cik:{fact.entity.identifier}", "period": fact.period.oim}
    if fact.unit is not None:
        dimensions["unit"] = str(fact.unit)
    if fact.language is not None:
        dimensions["language"] = fact.language
    dimensions[str(axis.axis)] = str(axis.member)
    accuracy = {} if fact.decimals is None else {"decimals": fact.decimals}
    return {"value": fact.value, **accuracy, "dimensions": dimensions}
