"""Whatever the system says of a file that a document leads to, it is a finding and no `OSError`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import ReadError
from exporter.findings import Finding
from exporter.operations.read import read_report
from exporter.operations.validate import validate

LONG = "a" * 300 + ".csv"


def metadata(**changes: Any) -> dict[str, Any]:
    template = {
        "columns": {"v": {"dimensions": {"concept": "e:A", "period": "$p"}}, "p": {}},
        "dimensions": {"entity": "s:A"},
    }
    info = {
        "documentType": "https://xbrl.org/2021/xbrl-csv",
        "namespaces": {"e": "http://e.com/x", "s": "http://s"},
        "taxonomy": ["http://e.com/x.xsd"],
    }
    info |= changes.pop("info", {})
    tables = {"t": {"url": "table.csv", "template": "t"}}
    return {"documentInfo": info, "tableTemplates": {"t": template}, "tables": tables} | changes


def told(path: Path) -> list[Finding]:
    """The findings of reading, which are among those of validation."""
    with pytest.raises(ReadError) as raised:
        read_report(path)
    errors = [finding for finding in raised.value.findings if finding.is_error]
    assert errors
    assert {finding.code for finding in errors} <= {finding.code for finding in validate(path)}
    return errors


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"tables": {"t": {"url": LONG, "template": "t"}}}, "xbrlce:missingRequiredCSVFile"),
        ({"tables": {"t": {"url": "x/" * 3000 + "t.csv", "template": "t"}}}, "xbrlce:missingRequiredCSVFile"),
        ({"tables": {"t": {"url": "table.csv/t.csv", "template": "t"}}}, "xbrlce:missingRequiredCSVFile"),
        ({"parameterURL": LONG}, "xbrlce:missingParametersFile"),
        ({"info": {"extends": [LONG.replace("csv", "json")]}}, "xbrlce:unresolvableBaseMetadataFile"),
        ({"info": {"taxonomy": [LONG.replace("csv", "xsd")]}}, "oime:invalidTaxonomy"),
    ],
)
def test_names_that_no_file_can_have(tmp_path: Path, changes: dict[str, Any], code: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps(metadata(**changes)))
    (tmp_path / "table.csv").write_text("v,p\n1,2005-01-01\n")
    assert code in {finding.code for finding in told(path)}


@pytest.mark.parametrize("name", [LONG, "folder"])
def test_inputs_that_are_no_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    assert all(finding.location.file for finding in told(tmp_path / name))


def test_whatever_the_system_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps(metadata()))
    (tmp_path / "table.csv").write_text("v,p\n1,2005-01-01\n")

    def refused(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    real = Path.open
    monkeypatch.setattr(Path, "open", lambda self, *a, **k: (refused if self.suffix == ".csv" else real)(self, *a, **k))
    (finding,) = told(path)
    assert (finding.code, finding.location.file) == ("exporter:unreadableFile", str(tmp_path / "table.csv"))
