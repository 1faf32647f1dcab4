"""Manifests: CSV, JSON lines, YAML and patterns of file names; what is wrong in them, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.batches.manifest import read_manifest
from exporter.batches.task import Task
from exporter.errors import ReadError
from tests.support.batches import write_sources

CSV = """source,task,output,to,strict
co0001.yaml,export,first,,yes
co0002.yaml,convert,,xbrl-json,
co0003.yaml,validate,,,
"""
JSONL = """{"source": "co0001.yaml", "task": "export", "output": "first", "strict": true}

{"source": "co0002.yaml", "task": "convert", "to": "xbrl-json"}
{"source": "co0003.yaml", "task": "validate"}
"""
YAML = """defaults: {task: export}
tasks:
  - {source: co0001.yaml, output: first, strict: yes}
  - {source: co0002.yaml, task: convert, to: xbrl-json}
  - {source: co0003.yaml, task: validate}
"""


def tasks_of(folder: Path, name: str, text: str) -> list[Task]:
    write_sources(folder, 3)
    (folder / name).write_text(text, encoding="utf-8")
    return read_manifest(folder / name)


@pytest.mark.parametrize(
    ("name", "text"), [("m.csv", CSV), ("m.jsonl", JSONL), ("m.yaml", YAML), ("m.csv", "\ufeff" + CSV)]
)
def test_every_form_asks_for_the_same(tmp_path: Path, name: str, text: str) -> None:
    tasks = tasks_of(tmp_path, name, text)
    assert [(task.kind, Path(task.source).name, task.output, task.options) for task in tasks] == [
        ("export", "co0001.yaml", "first", {"strict": True}),
        ("convert", "co0002.yaml", "co0002.json", {"to": "xbrl-json"}),
        ("validate", "co0003.yaml", None, {}),
    ]
    assert len({task.key for task in tasks}) == 3


def test_a_pattern_exports_items_and_validates_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sources(tmp_path, 2)
    (tmp_path / "r.json").write_text(
        '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json"}, "facts": {}}'
    )
    monkeypatch.chdir(tmp_path)
    tasks = read_manifest("*")
    assert [(task.kind, task.source, task.output) for task in tasks] == [
        ("export", "co0001.yaml", "co0001"),
        ("export", "co0002.yaml", "co0002"),
        ("validate", "r.json", None),
    ]


def test_defaults_of_the_command_give_way_to_the_row(tmp_path: Path) -> None:
    write_sources(tmp_path, 2)
    (tmp_path / "m.csv").write_text("source,profile\nco0001.yaml,\nco0002.yaml,edinet\n")
    first, second = read_manifest(tmp_path / "m.csv", {"task": "export", "profile": "sec-ifrs", "to": "xbrl-json"})
    assert (first.options, second.options) == ({"profile": "sec-ifrs"}, {"profile": "edinet"})


def test_files_that_options_name_are_seen_from_the_manifest(tmp_path: Path) -> None:
    write_sources(tmp_path, 1)
    (tmp_path / "own.toml").write_text("")
    (tmp_path / "m.csv").write_text("source,profile,rules\nco0001.yaml,own.toml,form-20-f own.toml\n")
    (task,) = read_manifest(tmp_path / "m.csv")
    assert task.options == {"profile": str(tmp_path / "own.toml"), "rules": ["form-20-f", str(tmp_path / "own.toml")]}


TASK = "source,task\nco0001.yaml,"
MANY = """tasks:
  - co0001.yaml
  - {source: co0001.yaml, strit: yes}
"""


@pytest.mark.parametrize(
    ("name", "text", "findings"),
    [
        ("m.csv", "file\na.yaml\n", {1: "missingField"}),
        ("m.csv", "source\n", {None: "missingField"}),
        ("m.csv", 'source\n"a\n', {2: "malformedManifest"}),
        ("m.csv", f"{TASK}exprot\nco0002.yaml,sign\n", {2: "usage", 3: "usage"}),
        ("m.csv", f"{TASK}convert\n", {2: "missingField"}),
        ("m.csv", "source,profil\nco0001.yaml,edinet\n", {2: "unknownField"}),
        ("m.csv", "source,strict\nco0001.yaml,perhaps\n", {2: "wrongType"}),
        ("m.csv", "source,output\na.yaml,../x\nb.yaml,/x\n", {2: "malformedManifest", 3: "malformedManifest"}),
        ("m.csv", "source,output\na.yaml,x\nb.yaml,x\nc.yaml,x/y\n", {3: "malformedManifest", 4: "malformedManifest"}),
        ("m.jsonl", '{"source": 3}\n[]\n{\n', {1: "missingField", 2: "wrongType", 3: "malformedJson"}),
        ("m.yaml", "tasks: co0001.yaml\n", {1: "wrongType"}),
        ("m.yaml", MANY, {2: "wrongType", 3: "unknownField"}),
    ],
)
def test_all_that_is_wrong_is_found_with_its_line(
    tmp_path: Path, name: str, text: str, findings: dict[int | None, str]
) -> None:
    with pytest.raises(ReadError) as raised:
        tasks_of(tmp_path, name, text)
    expected = [(f"exporter:{code}", line) for line, code in findings.items()]
    assert [(finding.code, finding.location.line) for finding in raised.value.findings] == expected
    assert {finding.location.file for finding in raised.value.findings} == {str(tmp_path / name)}


def test_a_manifest_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as raised:
        read_manifest(tmp_path / "none.csv")
    assert [finding.code for finding in raised.value.findings] == ["exporter:unreadableFile"]


def test_a_folder_is_validated_without_a_look_into_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*_: object) -> None:
        raise AssertionError("a manifest may name a folder with any number of files")

    monkeypatch.setattr("exporter.batches.manifest.open_input", look)
    (tmp_path / "filing").mkdir()
    (tmp_path / "m.csv").write_text("source\nfiling\n")
    assert [task.kind for task in read_manifest(tmp_path / "m.csv")] == ["validate"]
