"""The example of every item class loads, is valid and fits the schema that editors use."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from exporter.disclosures import DISCLOSURES
from exporter.items import declare as d
from exporter.items.check import problem
from exporter.items.compile import item_specification
from exporter.items.examples import example_of, example_text
from exporter.items.from_tree import ItemStructurer
from exporter.items.json_schema import derive_json_schema, item_json_schema
from exporter.items.tree_values import item_to_plain
from exporter.items.values import Money
from exporter.items.written_forms import yaml_text
from exporter.model.period import Duration
from exporter.sources.yaml import read_yaml
from tests.commands.test_mistakes import HEAD, MISTAKES
from tests.unit.items.made import CLASSES, declared
from tests.unit.items.taxonomy.test_derive import ITEMS

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "schemas" / "items-source.schema.json"
SCHEMA = jsonschema.Draft202012Validator(derive_json_schema(DISCLOSURES, as_written=True))
EVERY = sorted({*DISCLOSURES}, key=lambda cls: cls.__name__)


def with_dates_as_text(node: Any) -> Any:
    """What a reader of YAML 1.1 makes of a file, as JSON would hold it."""
    if isinstance(node, dict):
        return {name: with_dates_as_text(value) for name, value in node.items()}
    if isinstance(node, list):
        return [with_dates_as_text(value) for value in node]
    return node.isoformat() if isinstance(node, dt.date) else node


def trees(text: str) -> list[Any]:
    """A document as our reader and as a reader of YAML 1.1 takes it."""
    return [read_yaml(text.encode()).value, with_dates_as_text(yaml.safe_load(text))]


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: cls.__name__)
def test_an_example_loads_and_fits_the_schema(cls: type[Any]) -> None:
    text = f"{HEAD}items:\n{example_text(cls)}\n"
    for tree in trees(text):
        jsonschema.Draft202012Validator(item_json_schema(cls, as_written=True)).validate(tree["items"][0])
        SCHEMA.validate(tree)
    structurer = ItemStructurer.of(DISCLOSURES)
    document = structurer.document(read_yaml(text.encode()).value)
    assert structurer.findings == []
    assert document is not None
    assert type(document.items[0]) is cls


def test_examples_show_more_than_what_is_required() -> None:
    shown = [(len(example_of(cls)) - 1, len(item_specification(cls).fields) - 3) for cls in EVERY]
    assert all(number >= min(3, fields) for number, fields in shown)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_classes_of_users_have_examples_too(cls: type[Any]) -> None:
    structurer = ItemStructurer.of(CLASSES)
    assert structurer.item(example_of(cls), "") is not None
    schema = jsonschema.Draft202012Validator(item_json_schema(cls, as_written=True))
    schema.validate(read_yaml(example_text(cls).encode()).value[0])


def test_a_class_may_say_its_own_example() -> None:
    cls = declared("Special", over=(Duration, d.period()), a=(str, d.concept("SpecialA")), b=(Money, d.concept("B")))
    cls.EXAMPLE = {"a": "X-1"}
    cls.check = lambda self: [] if self.a == "X-1" else [problem("exporter:invalidValue", "no", "a")]
    assert example_of(cls)["a"] == "X-1"


def test_the_real_example_fits_the_schema() -> None:
    for tree in trees((ROOT / "examples" / "iij-20f-2005" / "report.yaml").read_text(encoding="utf-8")):
        SCHEMA.validate(tree)


def test_items_json_fits_the_schema_of_sources() -> None:
    schema = jsonschema.Draft202012Validator(derive_json_schema(CLASSES, as_written=True))
    items = [item_to_plain(item) for item in ITEMS]
    schema.validate({"filing": {"entity": {"cik": 5}, "period_end": "2024-03-31"}, "items": items})


IN_FORM = [
    *("a type misspelt", "a type in words", "type misspelt", "the type as a key", "no type", "a field misspelt"),
    *("a field with a dash", "a field of another class", "n/a", "tbd", "nothing", "unknown without reason"),
    *("unknown misspelt", "a comma within braces", "two commas within braces", "a period without start"),
    *("a period from and to", "no percent sign", "a fraction", "a choice misspelt", "no such choice"),
    *("a part of a name misspelt", "no dashes", "items misspelt", "a number for the entity", "no language"),
    *("a currency in words", "yes in another language"),
]


@pytest.mark.parametrize("name", IN_FORM)
def test_what_validate_refuses_in_form_editors_refuse(name: str) -> None:
    text = next(text for mistake, text, *_ in MISTAKES if mistake == name)
    for tree in trees(text):
        assert not SCHEMA.is_valid(tree)


@pytest.mark.parametrize(
    "fields",
    [{"amount": True}, {"amount": ["NOK 5"]}, {"as_of": 5}, {"as_of": {}}, {"amount": 5}, {"footnotes": 5}, {"id": []}],
)
def test_wrong_types_are_refused(fields: dict[str, Any]) -> None:
    item = {"type": "AccumulatedDeficit", "amount": "NOK 5", "as_of": "2005-03-31"}
    document = {"filing": {"entity": {"cik": 5}, "period_end": "2005-03-31"}, "items": [item]}
    SCHEMA.validate(document)
    item |= fields
    assert not SCHEMA.is_valid(document)


def test_the_shipped_schema_is_the_derived_one() -> None:
    derived = json.dumps(derive_json_schema(DISCLOSURES, as_written=True), ensure_ascii=False, indent=2) + "\n"
    assert SHIPPED.read_text(encoding="utf-8") == derived, f"regenerate it: exporter schema > {SHIPPED.name}"
    jsonschema.Draft202012Validator.check_schema(json.loads(derived))


def test_yaml_that_is_written_is_read_back() -> None:
    node = [{"type": "A", "on": "2005-03-31", "b": {"c": "1,234", "d": "x: y"}, "e": ["yes", "true", "a #b", ""]}]
    assert read_yaml(yaml_text(node).encode()).value == node
