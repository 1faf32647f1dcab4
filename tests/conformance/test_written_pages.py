"""The page derived from the example's report: Arelle finds nothing to remark on it, and sees the same facts."""

from __future__ import annotations

import importlib.util
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from exporter.model.report import Report
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.operations.read import read_report
from exporter.operations.validate import validate
from exporter.operations.write import write_report
from exporter.validation.arelle import ask_arelle

EXAMPLE = Path(__file__).parents[2] / "examples" / "iij-20f-2005" / "report.yaml"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    """The example's report with its taxonomy, and beside that the default page."""
    folder = tmp_path_factory.mktemp("page")
    export_filing(load_filing(EXAMPLE), folder, formats=["xbrl-json"])
    (source,) = (path for path in folder.glob("*.json") if path.name != "manifest.json")
    report = read_report(source, strict=True)
    page = folder / "default.xhtml"
    assert write_report(report, page) == len(report.facts)
    return report, page


def test_our_own_validation_finds_nothing(written: tuple[Report, Path]) -> None:
    assert list(validate(written[1])) == []


def test_it_is_the_same_report(written: tuple[Report, Path]) -> None:
    report, page = written
    assert read_report(page, strict=True) == report


def test_arelle_has_no_remark_and_sees_the_same_facts(written: tuple[Report, Path]) -> None:
    if importlib.util.find_spec("arelle") is None:
        pytest.skip("Arelle is not installed")
    report, page = written
    (verdict,) = ask_arelle([page], facts=True)
    assert verdict.findings == ()
    numeric = {name.clark for name, datatype in report.vocabulary.datatypes.items() if datatype.is_numeric}

    def plain(concept: str, value: str | None, language: str | None) -> tuple[Any, ...]:
        return concept, Decimal(value) if value is not None and concept in numeric else value, language

    seen = Counter(plain(fact["concept"], fact["value"], fact["language"]) for fact in verdict.facts)
    assert seen == Counter(plain(fact.concept.clark, fact.value, fact.language) for fact in report.facts)
