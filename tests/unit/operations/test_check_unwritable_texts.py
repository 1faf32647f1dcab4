"""What XML cannot carry is found in the source, by `validate` and `export` alike, at its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import ModelError
from exporter.filing import Filing
from exporter.model.dimensions import Entity
from exporter.model.period import Instant
from tests.unit.cli.running import exporter


def source(**changes: Any) -> str:
    head = {
        "entity": {"scheme": "http://www.sec.gov/CIK", "identifier": "0001090633"},
        "prefix": "iij",
        "period_end": "2005-03-31",
    }
    holder = changes.pop("holder", "NTT")
    head["entity"] |= changes.pop("entity", {})
    share = {"value": "0.316", "decimals": 3}
    items = [{"type": "OwnershipInterest", "holder": holder, "share": share, "as_of": "2005-07-29"}]
    return json.dumps({"schema": "exporter-items/1", "filing": head | changes, "items": items})


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ({"namespace": "http://e.com/%"}, "exporter:invalidFiling", "/filing/namespace"),
        ({"namespace": "http://["}, "exporter:invalidFiling", "/filing/namespace"),
        ({"namespace": "http://e.com/¥"}, "exporter:invalidFiling", "/filing/namespace"),
        ({"namespace": "http://e.com/\u202e"}, "exporter:invalidFiling", "/filing/namespace"),
        ({"title": "A\x01B"}, "exporter:characterNotInXml", "/filing/title"),
        ({"title": "A\ufffe"}, "exporter:characterNotInXml", "/filing/title"),
        ({"holder": "N\x0bT"}, "exporter:characterNotInXml", "/items/0/holder"),
        ({"entity": {"scheme": "http://e com"}}, "exporter:invalidFiling", "/filing/entity"),
        ({"entity": {"scheme": "http://e.com\x85"}}, "exporter:invalidFiling", "/filing/entity"),
        ({"entity": {"identifier": "1\x01"}}, "exporter:characterNotInXml", "/filing/entity/identifier"),
    ],
)
def test_validate_and_export_agree(tmp_path: Path, changes: dict[str, Any], code: str, pointer: str) -> None:
    path = tmp_path / "r.items.json"
    path.write_text(source(**changes))
    outcomes = [exporter("validate", path, "--json"), exporter("export", path, "-o", tmp_path / "out", "--json")]
    for outcome in outcomes:
        assert outcome.code == 1
        errors = {(one["code"], one["location"]["pointer"]) for one in outcome.json["findings"]}
        assert errors == {(code, pointer)}
    assert not (tmp_path / "out").exists()


def test_a_sound_source_is_exported(tmp_path: Path) -> None:
    path = tmp_path / "r.items.json"
    path.write_text(source(title="A\u202eB\x85", namespace="http://e.com/(a)%20"))
    assert exporter("validate", path).code == 0
    assert exporter("export", path, "-o", tmp_path / "out").code == 0


@pytest.mark.parametrize(
    "changes",
    [
        {"namespace": "http://e.com/%"},
        {"title": "A\x01B"},
        {"entity": Entity("http://e com", "1")},
        {"entity": Entity("http://e.com", "1\x01")},
    ],
)
def test_a_filing_made_in_python_refuses_them_too(changes: dict[str, Any]) -> None:
    sound: dict[str, Any] = {"entity": Entity.cik(1), "period_end": Instant("2005-03-31"), "items": ()}
    Filing(**sound)
    with pytest.raises(ModelError, match=r"absolute URI|XML cannot carry"):
        Filing(**(sound | changes))
