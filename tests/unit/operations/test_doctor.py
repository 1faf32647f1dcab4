"""What an installation has."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError

import pytest

from exporter.operations import doctor
from tests.unit.cli.running import exporter


def test_versions_and_extras() -> None:
    document = json.loads(exporter("doctor", "--json").out)
    assert document["python"] == platform.python_version()
    assert {"attrs", "lxml", "click"} <= document["libraries"].keys()
    assert "test" not in document["extras"]
    assert document["findings"] == []
    text = exporter("doctor").out
    assert "attrs\t" in text


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def version(name: str) -> str:
        if name == "openpyxl":
            raise PackageNotFoundError
        return "1.0"

    monkeypatch.setattr(doctor, "version", version)
    monkeypatch.setattr(
        doctor, "requires", lambda _: ["attrs>=24", "openpyxl>=3 ; extra == 'xlsx'", "x; extra == 'test'"]
    )
    parts = doctor.examine()
    assert parts["libraries"] == {"attrs": "1.0", "openpyxl": None}
    assert parts["extras"] == {"xlsx": ["openpyxl"]}
