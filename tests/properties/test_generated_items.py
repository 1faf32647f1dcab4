"""Items of made-up classes: facts, taxonomy, JSON Schema and the way back, all from the declaration."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from exporter.filing import Filing
from exporter.items.bind import bind
from exporter.items.document import ItemsDocument
from exporter.items.from_facts import derive_items
from exporter.items.from_tree import ItemStructurer
from exporter.items.json_schema import derive_json_schema
from exporter.items.taxonomy.derive import taxonomy_of
from exporter.items.to_facts import derive_report
from exporter.items.tree_values import DOCUMENT_TYPE, header_to_plain, item_to_plain
from exporter.model.report import Report
from exporter.operations.to_items import to_items
from tests.properties.test_every_pair import NAMES, journey
from tests.strategies.item_classes import documents
from tests.support.items import same, with_small_tags

Documents = tuple[ItemsDocument, tuple[type[Any], ...]]
generously = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def report_of(document: ItemsDocument, classes: tuple[type[Any], ...]) -> Report:
    bindings = bind(classes, document.own_namespace)
    taxonomy = taxonomy_of(bindings)
    derived = derive_report(document, schema="x.xsd", vocabulary=taxonomy.vocabulary("x.xsd"), bindings=bindings)
    assert derived.findings == ()
    return derived.report


@generously
@given(documents())
def test_items_to_facts_to_items(made: Documents) -> None:
    document, classes = made
    report = report_of(document, classes)
    back = derive_items(report, bind(classes, document.own_namespace))
    assert back.findings == ()
    assert back.unbound == ()
    assert same(back.items, document.items)


@pytest.mark.parametrize("format", NAMES)
@settings(generously, max_examples=25)
@given(documents())
def test_items_come_back_from_every_format(format: str, made: Documents) -> None:
    document, classes = made
    filing = Filing.of(document)
    if not document.items:
        return
    with TemporaryDirectory() as folder:
        report = journey(filing.to_report(), Path(folder), format)
    back = to_items(report, classes, namespace=document.namespace)
    assert same(map(with_small_tags, back), map(with_small_tags, document.items))


@generously
@given(documents())
def test_every_fact_has_a_concept_of_its_type(made: Documents) -> None:
    document, classes = made
    report = report_of(document, classes)
    taxonomy = taxonomy_of(bind(classes, document.own_namespace))
    for fact in report.facts:
        concept = taxonomy.concept(fact.concept)
        assert concept is not None
        assert concept.datatype is not None
        assert fact.value is None or concept.datatype.is_valid(fact.value)
        assert (concept.period_type == "instant") == (type(fact.period).__name__ == "Instant")


@generously
@given(documents())
def test_items_to_plain_to_items(made: Documents) -> None:
    document, classes = made
    tree: dict[str, Any] = {"schema": DOCUMENT_TYPE, "filing": header_to_plain(document)}
    tree["items"] = [item_to_plain(item) for item in document.items]
    jsonschema.Draft202012Validator(derive_json_schema(classes)).validate(tree)
    structurer = ItemStructurer.of(classes)
    back = structurer.document(tree)
    assert structurer.findings == []
    assert back == document
    assert back is not None
    assert [item.id for item in back.items] == [item.id for item in document.items]


@generously
@given(documents())
def test_items_json_has_the_same_bytes_twice(made: Documents) -> None:
    from exporter.formats.items_json import write

    document, _ = made
    first, second = BytesIO(), BytesIO()
    write(document, first)
    write(evolve(document), second)
    assert first.getvalue() == second.getvalue()
