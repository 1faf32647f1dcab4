"""Looking and converting read what is certain: missing schemas, what the model cannot hold, and facts in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.running import exporter
from tests.unit.formats.xbrl_xml.documents import context, instance

GOOD = '<t:Cash id="good" contextRef="c" unitRef="eur" decimals="0">1</t:Cash>'
BAD = '<t:Cash id="bad" contextRef="d" unitRef="eur" decimals="0">2</t:Cash>'
TUPLE = f"<t:Both>{GOOD.replace('good', 'member')}</t:Both>"
BROKEN = context("d", period="<xbrli:period><xbrli:instant>2024-02-30</xbrli:instant></xbrli:period>")


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A report with a fact whose context has no such date."""
    path = tmp_path / "doubtful.xbrl"
    path.write_bytes(instance(BROKEN, GOOD, BAD))
    return path


@pytest.fixture
def unheld(tmp_path: Path) -> Path:
    """A report with a tuple."""
    path = tmp_path / "unheld.xbrl"
    path.write_bytes(instance(GOOD, TUPLE))
    return path


def test_facts_shows_the_rest_and_ends_with_an_error(doubtful: Path) -> None:
    outcome = exporter("facts", doubtful, "--json")
    assert outcome.code == 1
    assert [fact["id"] for fact in outcome.json["facts"]] == ["good"]
    assert {"xbrl.4.7.2:invalidDate", "exporter:factLeftOut", "exporter:partialReport"} <= set(outcome.codes)
    assert "facts" not in exporter("facts", doubtful, "--json", "--strict").json


def test_convert_writes_a_part_only_when_told_to(doubtful: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    outcome = exporter("convert", doubtful, "-o", target, "--json")
    assert outcome.code == 1
    assert not target.exists()
    last = outcome.json["findings"][-1]
    assert last["code"] == "exporter:partialReport"
    assert last["message"].startswith("1 fact left out")
    assert "--partial" in last["mend"]
    outcome = exporter("convert", doubtful, "-o", target, "--json", "--partial")
    assert (outcome.code, outcome.json["facts"]) == (0, 1)
    assert {finding["severity"] for finding in outcome.json["findings"]} == {"warning"}
    assert outcome.json["findings"][-1]["message"].startswith("1 fact left out")
    assert [fact["id"] for fact in exporter("facts", target, "--json").json["facts"]] == ["good"]


@pytest.mark.parametrize("name", ["out.json", "out-csv", "out.items.json"])
def test_nothing_is_written_of_facts_in_doubt(doubtful: Path, tmp_path: Path, name: str) -> None:
    before = set(tmp_path.iterdir())
    assert exporter("convert", doubtful, "-o", tmp_path / name).code == 1
    assert set(tmp_path.iterdir()) == before


def test_a_report_converted_fact_by_fact_is_refused_as_well(
    doubtful: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exporter.operations.read._size", lambda path, format: 2**40)
    schema = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
        'targetNamespace="http://example.com/t" elementFormDefault="qualified"><xs:import '
        'namespace="http://www.xbrl.org/2003/instance" '
        'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/><xs:element name="Cash" id="t_Cash" '
        'type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant" nillable="true"/>'
        "</xs:schema>"
    )
    (tmp_path / "t.xsd").write_text(schema)
    for name in ("out.json", "out-csv"):
        target = tmp_path / name
        assert exporter("convert", doubtful, "-o", target).code == 1
        assert not target.exists()
        outcome = exporter("convert", doubtful, "-o", target, "--partial", "--json")
        assert (outcome.code, outcome.json["facts"]) == (0, 1)


def test_what_the_model_cannot_hold_is_converted_with_a_warning(unheld: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    outcome = exporter("convert", unheld, "-o", target, "--json")
    assert (outcome.code, outcome.json["facts"]) == (0, 1)
    assert {"xbrlxe:unsupportedTuple", "exporter:partialReport"} <= set(outcome.codes)
    assert exporter("convert", unheld, "-o", target, "--strict").code == 1
    assert exporter("validate", unheld).code == 1


@pytest.mark.parametrize("broken", [False, True], ids=["missing", "malformed"])
def test_a_schema_beside_the_report(unheld: Path, tmp_path: Path, broken: bool) -> None:
    path = tmp_path / "report.xbrl"
    path.write_bytes(instance(GOOD))
    if broken:
        (tmp_path / "t.xsd").write_text("<broken")
    for command in (["facts"], ["diff", path], ["convert", "-o", tmp_path / "out.json"]):
        outcome = exporter(*command, path, "--json")
        assert outcome.code == 0
        assert {(one["code"], one["severity"]) for one in outcome.json["findings"]} == {
            ("oime:invalidTaxonomy", "warning")
        }
        assert exporter(*command, path, "--strict").code == 1
    page = tmp_path / "review.html"
    assert exporter("review", path, "-o", page).code == 0
    assert page.is_file()
    outcome = exporter("validate", path, "--json")
    assert outcome.code == 1
    assert "oime:invalidTaxonomy" in outcome.codes


def test_diff_never_calls_a_part_equal(doubtful: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.xbrl"
    whole.write_bytes(instance(GOOD))
    outcome = exporter("diff", doubtful, whole, "--json")
    assert outcome.json["equal"] is False
    assert outcome.code == 1
    assert "equal in what can be read" in exporter("diff", doubtful, whole).err
    assert exporter("diff", whole, whole, "--json").json["equal"] is True


def test_review_shows_what_can_be_read(doubtful: Path, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    outcome = exporter("review", doubtful, "-o", page, "--json")
    assert outcome.json["facts"] == 1
    assert "2024-02-30" in page.read_text(encoding="utf-8")
    page.unlink()
    assert exporter("review", doubtful, "-o", page, "--strict").code == 1
    assert not page.exists()


def test_partial_and_strict_exclude_each_other(doubtful: Path, tmp_path: Path) -> None:
    outcome = exporter("convert", doubtful, "-o", tmp_path / "out.json", "--strict", "--partial", "--json")
    assert outcome.code == 2
    assert outcome.codes == ["exporter:usage"]
