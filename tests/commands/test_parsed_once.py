"""A source is parsed once in a run, whatever the command makes of its items and says of their lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from exporter.sources import json as json_source
from exporter.sources import yaml as yaml_source
from tests.unit.cli.running import exporter

# An item that contradicts another one, so that every command has something to say of a line.
SOURCE = """\
filing:
  entity: {scheme: http://example.com/lei, identifier: ACME}
  period_end: 2023-12-31
items:
  - {type: MonetaryFact, meaning: total_assets, at: 2023-12-31, amount: NOK 100 million}
  - {type: MonetaryFact, meaning: total_assets, at: 2023-12-31, amount: NOK 200 million}
"""
DOCUMENT = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><p>100</p></body></html>'


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parsers that are called."""
    calls: list[str] = []
    events, json_parser = yaml_source._events, json_source._Parser

    def count_events(text: str) -> Any:
        calls.append("yaml")
        return events(text)

    def count_json(*arguments: Any) -> Any:
        calls.append("json")
        return json_parser(*arguments)

    monkeypatch.setattr(yaml_source, "_events", count_events)
    monkeypatch.setattr(json_source, "_Parser", count_json)
    return calls


@pytest.mark.parametrize(
    "command",
    [
        ("validate", "report.yaml"),
        ("export", "report.yaml", "-o", "out", "--format", "xbrl-json"),
        ("convert", "report.yaml", "-o", "report.json"),
        ("review", "report.yaml", "-o", "review.html"),
        ("facts", "report.yaml"),
        ("tag", "page.xhtml", "--items", "report.yaml", "-o", "tagged.xhtml"),
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("contradicts", [True, False])
def test_yaml_is_parsed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parsed: list[str], command: tuple[str, ...], contradicts: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    text = SOURCE if contradicts else SOURCE.rpartition("  -")[0]
    (tmp_path / "report.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "page.xhtml").write_text(DOCUMENT, encoding="utf-8")
    outcome = exporter(*command)
    assert parsed == ["yaml"]
    if contradicts:
        assert outcome.code == 1
        assert "report.yaml:6:" in outcome.out + outcome.err


def test_items_json_is_parsed_once(tmp_path: Path, parsed: list[str]) -> None:
    source = tmp_path / "report.yaml"
    source.write_text(SOURCE, encoding="utf-8")
    items = tmp_path / "report.items.json"
    assert exporter("export", source, "-o", tmp_path / "out", "--force", "--format", "items-json").code == 1
    (tmp_path / "out" / "ext-20231231.items.json").rename(items)
    parsed.clear()
    outcome = exporter("validate", items)
    assert (parsed, outcome.code) == (["json"], 1)
    assert "report.items.json:15:" in outcome.out
