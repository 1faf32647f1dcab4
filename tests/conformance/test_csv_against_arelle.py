"""Arelle accepts what we write, in every layout, and sees the facts that we see."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from attrs import evolve

from exporter.formats.options import WriteContext
from exporter.formats.xbrl_json.write.report import write as write_json
from exporter.operations.write import write_report
from exporter.resources.targets import StreamTarget
from exporter.validation.arelle import ArelleVerdict, ask_arelle
from tests.unit.formats.xbrl_csv.reports import everything_report, put_taxonomy

pytestmark = pytest.mark.skipif(importlib.util.find_spec("arelle") is None, reason="the extra arelle is not installed")


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ArelleVerdict]:
    folder = tmp_path_factory.mktemp("csv")
    put_taxonomy(folder)
    report = evolve(everything_report(), base_url=None)  # which Arelle lets XML alone have
    write_report(report, folder / "whole.json", format="xbrl-csv")
    write_report(report, folder / "stream.json", format="xbrl-csv", context=WriteContext(facts=iter(report.facts)))
    with (folder / "other.json").open("wb") as stream:
        write_json(report, StreamTarget(stream))
    paths = [folder / name for name in ("whole.json", "stream.json", "other.json")]
    return {Path(verdict.path).stem: verdict for verdict in ask_arelle(paths, facts=True)}


@pytest.mark.parametrize("layout", ["whole", "stream"])
def test_no_errors(verdicts: dict[str, ArelleVerdict], layout: str) -> None:
    assert [str(finding) for finding in verdicts[layout].findings if finding.is_error] == []


@pytest.mark.parametrize("layout", ["whole", "stream"])
def test_the_facts_are_those_of_the_report_in_json(verdicts: dict[str, ArelleVerdict], layout: str) -> None:
    expected = comparable(verdicts["other"])
    assert comparable(verdicts[layout]) == expected
    assert len(expected) == len(everything_report().facts)


def comparable(verdict: ArelleVerdict) -> list[str]:
    """The facts without ids, languages without case."""
    return sorted(repr({**fact, "id": None, "language": str(fact["language"]).lower()}) for fact in verdict.facts)
