"""``exporter diff``: what it prints, and how it ends."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import Phase, given, settings

from exporter.formats.options import ReadOptions
from exporter.formats.registry import read_report
from exporter.model.differences import Differences, compare_reports
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.operations.diff import compare_files
from exporter.operations.write import write_report
from exporter.testing.report_strategies import Carries, reports
from tests.unit.cli.running import exporter, exporter_process

pytestmark = pytest.mark.door("click", "lxml")

BASE = "iij-20050331"
# What both xBRL-JSON and XBRL 2.1 can carry without their taxonomy.
COMMON = Carries(
    base_url=False, absent_entity=False, text_language="always", carriage_returns=False, nil_typed=False, markup=False
)


@pytest.fixture
def changed(folder: Path) -> Path:
    """The report with another deficit, another period of the share, another footnote, and a fact more."""
    report = json.loads((folder / f"{BASE}.json").read_bytes())
    facts = {fact["dimensions"]["concept"]: fact for fact in report["facts"].values()}
    facts["iij:RetainedEarningsAccumulatedDeficit"]["value"] = "-34500000000"
    share = next(fact for fact in report["facts"].values() if fact["value"] == "0.316")
    share["dimensions"]["period"] = "2005-08-30T00:00:00"
    note = next(fact for name, fact in facts.items() if name == "xbrl:note")
    note["value"] = "Held directly."
    report["facts"]["more"] = json.loads(json.dumps(share)) | {"value": "0.5", "links": {}}
    report["facts"]["more"]["dimensions"]["period"] = "2001-01-01T00:00:00"
    path = folder / "changed.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    return path


def test_syntaxes_of_one_report_are_equal(folder: Path, source: Path) -> None:
    files = [folder / f"{BASE}.xbrl", folder / f"{BASE}.json", folder / f"{BASE}.items.json", source]
    for one in files:
        for other in files:
            outcome = exporter("diff", one, other)
            assert (outcome.code, outcome.out, outcome.err) == (0, "", "equal: 2 facts\n")


def test_lines_for_a_pipe(folder: Path, changed: Path) -> None:
    outcome = exporter("diff", folder / f"{BASE}.xbrl", changed)
    assert outcome.code == 1
    head, *rows = [line.split("\t") for line in outcome.out.splitlines()]
    assert head == ["change", "what", "period", "unit", "dimensions", "before", "after"]
    by_change = {row[0]: row[1:] for row in rows}
    assert len(rows) == len(by_change) == 4
    deficit = by_change["changed value"]
    assert (deficit[0], deficit[1]) == ("iij:RetainedEarningsAccumulatedDeficit", "2005-03-31")
    assert deficit[-2:] == ["-34400000000", "-34500000000"]
    assert by_change["changed period"][-2:] == ["2005-07-29", "2005-08-29"]
    assert by_change["changed content"][-1] == "Held directly."
    assert by_change["added"][-2:] == ["", "0.5"]
    assert outcome.err == "facts: 1 added, 2 changed; footnotes: 1 changed\n"


def test_json_has_the_same(folder: Path, changed: Path) -> None:
    outcome = exporter("diff", folder / f"{BASE}.xbrl", changed, "--json")
    result = outcome.json
    assert (outcome.code, result["equal"], result["findings"]) == (1, False, [])
    assert result["counts"]["facts"] == {"added": 1, "removed": 0, "changed": 2}
    aspects = {tuple(each["aspects"]): each for each in result["facts"]["changed"]}
    value = aspects[("value",)]
    assert (value["before"]["value"], value["after"]["value"]) == ("-34400000000", "-34500000000")
    assert result["facts"]["added"][0]["value"] == "0.5"
    assert result["footnotes"]["changed"][0]["after"]["content"] == "Held directly."
    assert result["links"] == result["taxonomy"] == {"changed": [], "added": [], "removed": []}
    equal = exporter("diff", changed, changed, "--json")
    assert (equal.code, equal.json["equal"]) == (0, True)


def test_the_other_way_round(folder: Path, changed: Path) -> None:
    found = compare_files(folder / f"{BASE}.json", changed).differences
    assert compare_files(changed, folder / f"{BASE}.json").differences == found.mirrored
    assert len(found) == 4


def test_only_some_concepts(folder: Path, changed: Path) -> None:
    one = folder / f"{BASE}.json"
    deficit = exporter("diff", one, changed, "--concept", "*Deficit", "--json").json
    assert {name: sum(counts.values()) for name, counts in deficit["counts"].items()} == {
        "facts": 1, "footnotes": 0, "links": 0, "taxonomy": 0,
    }  # fmt: skip
    share = exporter("diff", one, changed, "--concept", "iij:*ownership*", "--json").json
    assert {name: sum(counts.values()) for name, counts in share["counts"].items()} == {
        "facts": 2, "footnotes": 1, "links": 0, "taxonomy": 0,
    }  # fmt: skip
    assert exporter("diff", one, changed, "--concept", "Nothing").code == 0


def test_a_limit_bounds_what_is_shown_not_the_verdict(folder: Path, changed: Path) -> None:
    one = folder / f"{BASE}.json"
    outcome = exporter("diff", one, changed, "--limit", "1")
    assert (outcome.code, len(outcome.out.splitlines())) == (1, 2)
    assert outcome.err.endswith("(the first 1 shown)\n")
    result = exporter("diff", one, changed, "--limit", "0", "--json").json
    assert (result["equal"], result["counts"]["facts"]["changed"], result["facts"]["changed"]) == (False, 2, [])


def test_taxonomy_references(folder: Path) -> None:
    report = json.loads((folder / f"{BASE}.json").read_bytes())
    report["documentInfo"]["taxonomy"].append("http://example.com/more.xsd")
    (folder / "other.json").write_text(json.dumps(report), encoding="utf-8")
    outcome = exporter("diff", folder / f"{BASE}.json", folder / "other.json")
    assert outcome.code == 1
    assert outcome.out.splitlines()[1:] == ["added\ttaxonomy\t\t\t\t\thttp://example.com/more.xsd"]


@pytest.mark.parametrize(
    ("other", "code", "finding"),
    [("nowhere.json", 2, "exporter:unreadableFile"), ("broken.json", 1, "xbrlje:invalidJSON")],
)
def test_a_file_that_cannot_be_compared(other: str, code: int, finding: str, folder: Path) -> None:
    (folder / "broken.json").write_text('{"documentInfo": {', encoding="utf-8")
    for files in ((folder / f"{BASE}.json", folder / other), (folder / other, folder / f"{BASE}.json")):
        outcome = exporter("diff", *files, "--json")
        assert (outcome.code, outcome.codes) == (code, [finding])
        assert "equal" not in outcome.json
    assert exporter("diff", folder / f"{BASE}.json").code == 2


def test_a_schema_not_at_hand_is_a_warning_unless_strict(folder: Path) -> None:
    report = json.loads((folder / f"{BASE}.json").read_bytes())
    report["documentInfo"]["taxonomy"].append("http://example.com/nowhere.xsd")
    path = folder / "public.json"
    path.write_text(json.dumps(report), encoding="utf-8")
    outcome = exporter("diff", path, path, "--json")
    assert (outcome.code, outcome.json["equal"]) == (0, True)
    assert set(outcome.codes) == {"exporter:taxonomyNotAtHand"}
    assert exporter("diff", path, path, "--strict").code == 1


def test_as_a_process(folder: Path, changed: Path) -> None:
    outcome = exporter_process("diff", folder / f"{BASE}.json", changed, "--json")
    assert (outcome.code, outcome.err) == (1, "")
    assert outcome.json["counts"]["facts"]["changed"] == 2


@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(reports(COMMON))
def test_any_report_is_equal_across_syntaxes(report: Report) -> None:
    facts = [evolve(fact, unit=_lawful_unit(fact, report)) for fact in report.facts]
    report = evolve(report, taxonomy=("http://example.com/c.xsd",), facts=facts)
    options = ReadOptions(load_vocabulary=lambda _: report.vocabulary)
    with tempfile.TemporaryDirectory() as directory:
        one, other = Path(directory, "r.json"), Path(directory, "r.xbrl")
        write_report(report, one)
        write_report(report, other)
        before, after = (read_report(path, options=options) for path in (one, other))
    assert compare_reports(before, after) == Differences()
    assert compare_reports(report, before) == Differences()


def _lawful_unit(fact: Fact, report: Report) -> Unit | None:
    """The unit that the concept's type asks for, else the one drawn."""
    standard = report.vocabulary.datatypes[fact.concept].standard
    fixed = {"monetaryItemType": Unit.currency("JPY"), "sharesItemType": Unit.shares(), "pureItemType": None}
    return fixed.get(standard, fact.unit)
