"""The two JSON Schema engines agree, findings point at the place, and large documents cost little."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from exporter.errors import ResolutionError
from exporter.resources.files import load_json_schema, schema_path
from exporter.validation.json_schema import _explainer, check_json_schema, is_valid_json
from tests.benchmarks.workload import xbrl_json_document
from tests.support.steps import steps

pytestmark = pytest.mark.door("jsonschema", "jsonschema_rs")

NAME = "xbrl-json.schema.json"
GOOD = xbrl_json_document(25)
BAD_PLACES = [
    (("documentInfo", "documentType"), "https://xbrl.org/2021/xbrl-csv"),
    (("documentInfo", "taxonomy"), []),
    (("documentInfo", "namespaces", "ex"), "no uri"),
    (("documentInfo", "features"), {"xbrl:allowedDuplicates": "some"}),
    (("facts", "f1", "value"), 12),
    (("facts", "f1", "decimals"), "2"),
    (("facts", "f1", "dimensions", "period"), "2024-12-31"),
    (("facts", "f1", "dimensions", "period"), "2025-01-01T00:00:00\n"),
    (("facts", "f1", "dimensions", "language"), "EN"),
    (("facts", "f1", "dimensions", "unit"), "(iso4217:JPY)"),
    (("facts", "f1", "links"), {"footnote": []}),
    (("facts", "f1"), None),
]


def put(document: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    changed = copy.deepcopy(document)
    place = changed
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return changed


def test_the_schema_is_a_schema() -> None:
    schema = load_json_schema(NAME)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"]
    assert schema_path(NAME).name == NAME


@pytest.mark.parametrize("name", ["nothing.schema.json", "../pyproject.toml", "xsd/../xbrl-json.schema.json"])
def test_no_schema_is_found_outside_its_folder(name: str) -> None:
    with pytest.raises(ResolutionError):
        schema_path(name)


def test_a_good_document_has_no_findings() -> None:
    assert list(check_json_schema(GOOD, NAME)) == []


@pytest.mark.parametrize(("path", "value"), BAD_PLACES)
def test_what_is_wrong_is_pointed_at(path: tuple[str, ...], value: object) -> None:
    findings = list(check_json_schema(put(GOOD, path, value), NAME, file="report.json"))
    assert findings
    assert {finding.code for finding in findings} == {"exporter:schemaViolation"}
    assert findings[0].location.file == "report.json"
    assert (findings[0].location.pointer or "").startswith("/" + "/".join(path))
    assert findings[0].fix


def test_a_name_that_is_not_known_is_named() -> None:
    document = put(GOOD, ("facts", "f1", "scale"), 3)
    (finding,) = check_json_schema(document, NAME)
    assert finding.location.pointer == "/facts/f1/scale"
    assert "scale" in finding.message
    assert "decimals" in (finding.fix or "")


def test_pointers_are_escaped() -> None:
    (finding,) = check_json_schema(put(GOOD, ("facts", "f1", "a/b~c"), 3), NAME)
    assert finding.location.pointer == "/facts/f1/a~1b~0c"


def test_a_schema_may_be_given_itself() -> None:
    schema = {"type": "array", "items": {"enum": ["a", "b"]}, "maxItems": 2}
    assert is_valid_json(["a"], schema)
    messages = [finding.message for finding in check_json_schema(["a", "c", "b"], schema)]
    assert any("'c'" in message for message in messages)
    assert any("at most 2" in message for message in messages)


def test_findings_are_bounded() -> None:
    document = copy.deepcopy(GOOD)
    for fact in document["facts"].values():
        fact["value"] = 1
    assert len(list(check_json_schema(document, NAME, at_most=7))) == 7


@pytest.mark.parametrize("spoil", ["value", "id"])
def test_one_fault_in_a_large_document_costs_the_slow_engine_nothing_more(spoil: str) -> None:
    document = xbrl_json_document(20_000)
    if spoil == "value":
        document["facts"]["f19999"]["value"] = 1
    else:
        document["facts"]["1 x"] = document["facts"].pop("f19999")
    assert steps(lambda: list(check_json_schema(document, NAME))) < 10 * 20_000  # the slow engine takes hundreds a fact
    (finding,) = check_json_schema(document, NAME)
    assert "/facts" in (finding.location.pointer or "")


NAMES = st.sampled_from(["a", "ex:b", "value"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3) | st.just("ex:a"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=2),
    max_leaves=3,
)  # fmt: skip
PATHS = st.sampled_from(
    [path for path, _ in BAD_PLACES]
    + [("facts",), ("documentInfo",), ("facts", "f1", "dimensions"), ("facts", "f1", "dimensions", "ex:Axis"),
       ("facts", "f1", "dimensions", "concept"), ("facts", "f1", "dimensions", "entity"), ("x:y",), ("z",),
       ("documentInfo", "baseURL"), ("documentInfo", "linkTypes"), ("facts", "f 2"),
       ("facts", "f1", "dimensions", "a:b:c")]
)  # fmt: skip
TEXTS = st.sampled_from(
    ["", "en", "en\n", "en-us", "a:b", "a:b\n", "a:b*c:d", "a:b/c:d", "(a:b*c:d)/e:f", "2024-01-01T00:00:00",
     "2024-01-01T00:00:00Z/2025-01-01T00:00:00.5", "http://a.b/", "ａ:b", "a:\u2028", "٢٠٢٤-01-01T00:00:00"]
)  # fmt: skip


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(PATHS, JSON | TEXTS), min_size=1, max_size=3))
def test_both_engines_give_the_same_verdict(changes: list[tuple[tuple[str, ...], Any]]) -> None:
    document = copy.deepcopy(SMALL)
    for path, value in changes:
        try:
            document = put(document, path, value)
        except (KeyError, TypeError, IndexError):
            continue
    findings = list(check_json_schema(document, NAME))
    verdict = _explainer(NAME).is_valid(document)
    assert is_valid_json(document, NAME) is verdict
    assert (not findings) is verdict


SMALL = xbrl_json_document(2)


@pytest.mark.parametrize("pattern", ["^(a+)+b$", "^(a|aa)+b$", "^a*a*a*a*a*a*b$"])
def test_patterns_are_linear(pattern: str) -> None:
    text = "a" * 300_000  # an engine that tries again would not end
    schema = {"type": "object", "properties": {"name": {"type": "string", "pattern": pattern}}}
    assert not is_valid_json({"name": text}, schema)
    (finding,) = check_json_schema({"name": text}, schema)
    assert finding.location.pointer == "/name"
    assert "expected form" in finding.message


@pytest.mark.parametrize("pattern", ["(?=a)b", r"(a)\1"])
def test_patterns_that_need_another_engine_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="regex"):
        is_valid_json({"name": "a"}, {"properties": {"name": {"pattern": pattern}}})
