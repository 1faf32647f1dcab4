"""Loading a filing from YAML and items JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.filing import Filing
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from tests.unit.items.made import CLASSES, document
from tests.unit.items.taxonomy.test_derive import ITEMS

HEAD = "filing: {entity: {cik: '5'}, period_end: 2024-03-31, prefix: acme}\n"
PLAN = "items:\n  - {type: Plan, over: 2023-04-01/2024-03-31, gain: JPY 5}\n"


def test_what_was_exported(tmp_path: Path) -> None:
    filing = Filing.of(document(*ITEMS, title="T"))
    export_filing(filing, tmp_path, formats=["items-json"])
    assert load_filing(tmp_path / "acme-20240331.items.json", CLASSES) == filing


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "a.YAML"])
def test_yaml_and_json_say_the_same(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(HEAD + PLAN)
    (tmp_path / "a.json").write_text(
        json.dumps(
            {
                "schema": "exporter-items/1",
                "filing": {"entity": {"cik": "5"}, "period_end": "2024-03-31", "prefix": "acme"},
                "items": [{"type": "Plan", "over": "2023-04-01/2024-03-31", "gain": "JPY 5"}],
            }
        )
    )
    assert load_filing(tmp_path / name, CLASSES) == load_filing(tmp_path / "a.json", CLASSES)


def test_every_finding_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(HEAD + "items:\n  - type: Plan\n    over: x\n    gian: 5\n  - type: Nothing\n")
    with pytest.raises(ReadError) as caught:
        load_filing(path, CLASSES)
    assert [(each.code, each.location.line) for each in caught.value.findings] == [
        ("exporter:unknownField", 5),
        ("exporter:invalidValue", 4),
        ("exporter:unknownItemType", 6),
    ]  # that gain is missing goes without saying beside gian
    assert {each.location.file for each in caught.value.findings} == {str(path)}


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("a.yaml", "items: [", "exporter:malformedYaml"),
        ("a.yaml", "- 1", "exporter:wrongShape"),
        ("a.json", "{", "exporter:malformedJson"),
        ("a.json", "[]", "exporter:wrongShape"),
        ("a.json", '{"a": 1, "a": 2}', "exporter:duplicateKey"),
    ],
)
def test_what_is_no_document(tmp_path: Path, name: str, text: str, code: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ReadError) as caught:
        load_filing(tmp_path / name)
    assert code in {each.code for each in caught.value.findings}


@pytest.mark.parametrize("name", ["absent.yaml", "absent.json", "folder.yaml", "folder.json"])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    if name.startswith("folder"):
        (tmp_path / name).mkdir()
    with pytest.raises(ReadError) as caught:
        load_filing(tmp_path / name)
    (finding,) = caught.value.findings
    assert (finding.code, finding.location.file) == ("exporter:unreadableFile", str(tmp_path / name))


def test_classes_of_ones_own_must_be_given(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(HEAD + PLAN)
    with pytest.raises(ReadError) as caught:
        load_filing(tmp_path / "a.yaml")
    assert caught.value.findings[0].code == "exporter:unknownItemType"
