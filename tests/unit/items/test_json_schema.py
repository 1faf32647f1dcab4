"""The derived JSON Schema: the file that is shipped, and its agreement with the reader."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from exporter.disclosures import DISCLOSURES
from exporter.errors import DeclarationError
from exporter.items import declare as d
from exporter.items.from_tree import ItemStructurer
from exporter.items.json_schema import derive_json_schema, item_json_schema
from exporter.items.tree_values import DOCUMENT_TYPE, header_to_plain, item_to_plain
from exporter.items.values import Money
from exporter.model.period import Instant
from tests.unit.items.made import CLASSES, Plan, Quote, Quotes, declared, document
from tests.unit.items.taxonomy.test_derive import ITEMS

SHIPPED = Path(__file__).parents[3] / "schemas" / "items.schema.json"
COMMAND = (
    "python -c 'import json; from exporter.disclosures import DISCLOSURES; "
    "from exporter.items.json_schema import derive_json_schema; "
    "print(json.dumps(derive_json_schema(DISCLOSURES), ensure_ascii=False, indent=2))' > schemas/items.schema.json"
)


def tree() -> dict[str, Any]:
    made = document(*ITEMS, title="A filing", currency="JPY")
    return {"schema": DOCUMENT_TYPE, "filing": header_to_plain(made), "items": [item_to_plain(item) for item in ITEMS]}


def test_the_shipped_schema_is_the_derived_one() -> None:
    derived = json.dumps(derive_json_schema(DISCLOSURES), ensure_ascii=False, indent=2) + "\n"
    assert SHIPPED.read_text(encoding="utf-8") == derived, f"regenerate it: {COMMAND}"


def test_it_is_a_schema_and_takes_what_is_written() -> None:
    schema = derive_json_schema(CLASSES)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(tree())


def test_it_does_not_depend_on_the_order_of_classes() -> None:
    assert json.dumps(derive_json_schema(CLASSES)) == json.dumps(derive_json_schema(CLASSES[::-1]))


def test_rows_are_described_with_their_container_only() -> None:
    schema = derive_json_schema([Quotes])
    assert schema["properties"]["items"]["items"]["properties"]["type"] == {"enum": ["Quotes"]}
    assert "Quote" in schema["$defs"]
    assert set(derive_json_schema([Quotes, Quote, Quotes])["$defs"]) == set(schema["$defs"])


def test_one_class_by_itself() -> None:
    schema = item_json_schema(Plan)
    jsonschema.Draft202012Validator(schema).validate(item_to_plain(ITEMS[0]))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(item_to_plain(ITEMS[4]))


def test_two_classes_of_one_name_are_refused() -> None:
    twins = [declared("Twin", at=(Instant, d.period()), a=(Money, d.concept(name))) for name in "XY"]
    with pytest.raises(DeclarationError, match="two item classes are called Twin"):
        derive_json_schema(twins)


MUTATIONS: dict[str, tuple[tuple[Any, ...], Any]] = {
    "version": (("schema",), "exporter-items/2"),
    "more at the top": (("more",), 1),
    "items no array": (("items",), {}),
    "filing no object": (("filing",), []),
    "unknown of the filing": (("filing", "colour"), "red"),
    "entity by number": (("filing", "entity"), 5),
    "entity with more": (("filing", "entity", "x"), "y"),
    "no day": (("filing", "period_end"), "soon"),
    "language": (("filing", "language"), "not a tag"),
    "currency": (("filing", "currency"), "yen"),
    "item no object": (("items", 0), "Plan"),
    "no such type": (("items", 0, "type"), "Plane"),
    "unknown field": (("items", 0, "gian"), "5"),
    "amount without currency": (("items", 0, "gain"), {"value": "5", "decimals": 0}),
    "amount with more": (("items", 0, "gain", "unit"), "JPY"),
    "amount as array": (("items", 0, "gain"), []),
    "not to be unknown": (("items", 0, "loss"), {"unknown": "why"}),
    "unknown without reason": (("items", 0, "gain"), {"unknown": None}),
    "lines of numbers": (("items", 0, "remarks"), [5]),
    "period": (("items", 0, "over"), {"start": "2024-01-01"}),
    "footnote of nothing": (("items", 0, "footnotes"), [{"language": "en"}]),
    "footnote language": (("items", 0, "footnotes", 0, "language"), "not a tag"),
    "footnote marker": (("items", 0, "footnotes", 0, "marker"), 5),
    "id as object": (("items", 0, "id"), {}),
    "source with more": (("items", 0, "source"), {"document": "x", "page": 5}),
    "source line": (("items", 0, "source"), {"document": "x", "line": "five"}),
    "colour": (("items", 2, "colour"), "green"),
    "pair": (("items", 10, "rates", 0, "pair"), {"base": "USD"}),
    "rows no array": (("items", 10, "rates"), "none"),
    "row of another class": (("items", 10, "rates", 0, "type"), "Plan"),
    "truth value": (("items", 10, "rates", 0, "checked"), "perhaps"),
    "text block": (("items", 11, "body"), 5),
    "count": (("items", 11, "pages"), "many"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_schema_and_reader_refuse_the_same(name: str) -> None:
    path, value = MUTATIONS[name]
    mutated = copy.deepcopy(tree())
    node: Any = mutated
    for step in path[:-1]:
        node = node[step]
    node[path[-1]] = value
    structurer = ItemStructurer.of(CLASSES)
    assert structurer.document(mutated) is None
    assert structurer.findings
    assert not jsonschema.Draft202012Validator(derive_json_schema(CLASSES)).is_valid(mutated)


def test_what_must_be_given_is_required_by_both() -> None:
    for name in ("over", "gain", "type"):
        mutated = copy.deepcopy(tree())
        del mutated["items"][0][name]
        assert ItemStructurer.of(CLASSES).document(mutated) is None
        assert not jsonschema.Draft202012Validator(derive_json_schema(CLASSES)).is_valid(mutated)
