"""The JSON Schema of sources says of a file what `validate` says of its form, whatever a person may have written."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from exporter.disclosures import DISCLOSURES
from exporter.items.document import ItemsDocument
from exporter.items.examples import example_of
from exporter.items.from_tree import ItemStructurer
from exporter.items.json_schema import derive_json_schema, item_json_schema
from exporter.items.written_forms import document_yaml, yaml_text
from exporter.model.dimensions import Entity
from exporter.model.period import Instant
from exporter.sources.yaml import read_yaml
from tests.strategies.disclosures import ITEMS, TABLES
from tests.unit.items.test_examples import with_dates_as_text

SCHEMA = jsonschema.Draft202012Validator(derive_json_schema(DISCLOSURES, as_written=True))
EVERY = sorted({*DISCLOSURES}, key=lambda cls: cls.__name__)
WRITTEN = {**ITEMS, **TABLES}
FORM = frozenset(
    f"exporter:{code}" for code in ("unknownField", "missingField", "unknownItemType", "missingType", "wrongShape")
)
"""What is wrong with the form of a document, whatever its values say."""

few = settings(
    max_examples=8, derandomize=True, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)
HEADER = {"entity": {"cik": "1090633"}, "period_end": "2005-03-31", "prefix": "iij"}


SCHEMAS: dict[str, Any] = {}


def schema_of(cls: type[Any]) -> Any:
    """The schema of items of one class as people write them."""
    if cls.__name__ not in SCHEMAS:
        SCHEMAS[cls.__name__] = jsonschema.Draft202012Validator(item_json_schema(cls, as_written=True))
    return SCHEMAS[cls.__name__]


def codes_of(tree: Any) -> set[str]:
    """The codes of what the reader of items finds in a document."""
    structurer = ItemStructurer.of(DISCLOSURES)
    structurer.document(tree)
    return {finding.code for finding in structurer.findings if finding.is_error}


@pytest.mark.parametrize("cls", WRITTEN, ids=lambda cls: cls.__name__)
@few
@given(data=st.data())
def test_what_is_written_of_any_item_fits(cls: type[Any], data: st.DataObject) -> None:
    """YAML as the program writes it for people is accepted by both; an editor's reader knows numbers and dates."""
    item = data.draw(WRITTEN[cls])
    document = ItemsDocument(entity=Entity.cik(1090633), items=[item], period_end=Instant("2005-03-31"), prefix="iij")
    text = document_yaml(document)
    assert codes_of(read_yaml(text.encode()).value) == set()
    for item in with_dates_as_text(yaml.safe_load(text))["items"]:
        schema_of(cls).validate(item)


WRONG: tuple[Any, ...] = (
    True,
    [],
    {},
    ["x", {}],
    {"no": "such"},
    "",
    "n/a",
    "31/31/2005",
    "5 parsecs",
    "12,34.5.6",
    "-",
)
"""Values of wrong types, and prints that are no number, no date and no choice."""


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of each part of a tree."""
    if path:
        yield path
    if isinstance(node, dict):
        for name, value in node.items():
            yield from places(value, (*path, name))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from places(value, (*path, index))


@st.composite
def mutations(draw: st.DrawFn, item: dict[str, Any]) -> dict[str, Any]:
    """An item with a part taken out, misspelt or put in, or with another value."""
    changed = copy.deepcopy(item)
    path = draw(st.sampled_from(list(places(changed))))
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    how = draw(st.sampled_from(("out", "misspelt", "beside", "value", "value")))
    if how == "value":
        holder[path[-1]] = draw(st.sampled_from(WRONG))
    elif how == "out":
        del holder[path[-1]]
    elif isinstance(holder, dict):
        value = holder.pop(path[-1]) if how == "misspelt" else "beside"
        holder[f"{path[-1]}x"] = value
    return changed


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: cls.__name__)
@few
@given(data=st.data())
def test_editors_and_validate_agree_about_the_form(cls: type[Any], data: st.DataObject) -> None:
    """What is read without an error fits the schema, and what is wrong in form does not."""
    tree = {"filing": HEADER, "items": [data.draw(mutations(example_of(cls)))]}
    codes = codes_of(tree)
    (item,) = tree["items"]
    if not codes:
        schema_of(cls).validate(item)
    elif codes & FORM:
        assert not schema_of(cls).is_valid(item), (codes, item)


TABLE = {"file": "a.xlsx", "sheet": "Rates", "type": "ExchangeRates", "columns": {"high": "High"}}


@pytest.mark.parametrize(
    "change",
    [
        {"colums": {}},
        {"columns": {"high": []}},
        {"columns": {"high": {"at": "High", "scale": "dozens"}}},
        {"scale": "dozens"},
        {"rows": []},
        {"file": []},
        {"cells": "C5"},
        {"columns": {"high": {"in": "High"}}},
    ],
    ids=str,
)
def test_mappings_of_tables_are_checked_alike(change: dict[str, Any]) -> None:
    """What the reader of mappings refuses in form, the schema refuses."""
    from exporter.errors import ReadError
    from exporter.findings import Location
    from exporter.sources.mapping import read_mapping

    def located(pointer: str) -> Location:
        return Location(pointer=pointer)

    SCHEMA.validate({"filing": HEADER, "tables": [TABLE]})
    read_mapping([TABLE], located)
    with pytest.raises(ReadError):
        read_mapping([{**TABLE, **change}], located)
    assert not SCHEMA.is_valid({"filing": HEADER, "tables": [{**TABLE, **change}]})


@pytest.mark.parametrize(
    "change",
    [
        {"entity": None},
        {"entity": {"cik": "1", "lei": "x"}},
        {"period_end": "soon"},
        {"period_end": []},
        {"prefixx": "iij"},
        {"currency": "yen"},
        {"title": []},
        {"label_languages": {}},
        {"taxonomies": ["us-gaap"]},
    ],
    ids=str,
)
def test_what_items_share_is_checked_alike(change: dict[str, Any]) -> None:
    tree = {"filing": {**HEADER, **change}, "items": [example_of(EVERY[0])]}
    assert codes_of(tree)
    assert not SCHEMA.is_valid(tree)


AWKWARD = (
    *("a\x85b", "a\u2028b", "a\u2029b", "\ufeffa", "a\x7fb", "a\tb", "a\u3000b"),
    *("no", "1e5", "12:30", "~", "é\rb", "a\\b", "why?", "a ?b"),
)


@pytest.mark.parametrize("text", AWKWARD, ids=ascii)
def test_text_that_yaml_would_change_is_escaped(text: str) -> None:
    """By our reader and by a reader of YAML 1.1."""
    tree = {"a": text, "b": {"unknown": text}}
    written = yaml_text(tree)
    assert read_yaml(written.encode()).value == tree
    assert yaml.safe_load(written) == tree


def test_a_scale_is_no_truth_value() -> None:
    """True is no tens, although Python counts it as one."""
    cls = next(cls for cls in EVERY if cls.__name__ == "BalanceSheet")
    item = {**example_of(cls), "scale": True}
    tree = {"filing": HEADER, "items": [item]}
    assert codes_of(tree) == {"exporter:invalidValue"}
    assert not schema_of(cls).is_valid(item)
