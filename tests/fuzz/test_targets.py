"""A short run of every target, with the mutators alone; where the engine is installed, it runs and goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Final

import pytest

from exporter.errors import ExporterError
from tests.fuzz.engine import HangError, keep_fault
from tests.fuzz.mutators import mutate_archive, mutate_csv, mutate_json, mutate_xml
from tests.fuzz.targets import TARGETS, judge
from tests.unit.cli.running import ROOT

SLOW: Final = {"tagger": 15, "workbook": 15, "inline-xbrl": 60, "taxonomy": 60}
"""Targets that are run less often than the others."""


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_read(name: str) -> None:
    """Seeds that were refused at once would lead nowhere."""
    target = TARGETS[name]
    seeds = target.seeds()
    refused = 0
    for seed in seeds:
        try:
            target.run(seed)
        except ExporterError:
            refused += 1
    assert refused <= len(seeds) / 3


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_seeds_are_read_or_refused(name: str) -> None:
    target = TARGETS[name]
    random = Random(name)
    for _ in range(SLOW.get(name, 150)):
        data = random.choice(target.seeds())
        for _ in range(random.choice((1, 1, 2, 4))):
            data = target.mutate(data, random)
        judge(target.run, data)


@pytest.mark.parametrize(
    ("name", "mutate"),
    [("xbrl-json", mutate_json), ("xbrl-xml", mutate_xml), ("package", mutate_archive), ("tables", mutate_csv)],
)
def test_mutators_change_what_they_are_given_the_same_way_for_the_same_seed(name: str, mutate: object) -> None:
    assert callable(mutate)
    data = TARGETS[name].seeds()[0]
    results = [mutate(data, Random(seed)) for seed in range(100)]
    assert results == [mutate(data, Random(seed)) for seed in range(100)]
    assert sum(result != data for result in results) > 80


def test_most_mutants_of_documents_are_documents_still() -> None:
    """Damage that a parser stops at would never reach what stands behind it."""
    data = TARGETS["xbrl-json"].seeds()[0]
    parsed = 0
    for seed in range(200):
        try:
            json.loads(mutate_json(data, Random(seed)))
            parsed += 1
        except ValueError:
            pass
    assert parsed > 120


def test_a_fault_is_kept_once(tmp_path: Path) -> None:
    for data in (b"first", b"second"):
        try:
            raise HangError
        except HangError as error:
            keep_fault(tmp_path, data, error)
    [kept, trace] = sorted(tmp_path.iterdir())
    assert kept.read_bytes() == b"first"
    assert "HangError" in trace.read_text()


def test_the_engine_goes_on_with_its_corpus(tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    command = [sys.executable, "-m", "tests.fuzz", "lexical", "--runs", "1500", "--corpus", str(tmp_path)]
    for _ in range(2):
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=300)
    first, second = map(json.loads, (tmp_path / "runs.jsonl").read_text().splitlines())
    assert first["runs"] >= 1500
    assert second["runs"] >= 1500
    assert second["features"] >= first["features"] > 50
    assert len(list((tmp_path / "lexical").iterdir())) > len(set(TARGETS["lexical"].seeds()))
