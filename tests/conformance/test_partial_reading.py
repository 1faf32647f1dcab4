"""Two attitudes, one reader: over the corpora, and over real documents whose schema is taken away."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Set
from pathlib import Path

import pytest
from attrs import evolve

from exporter.errors import ExporterError, ReadError
from exporter.findings import Finding, Severity
from exporter.formats.options import PARTIAL, is_certain
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.operations.read import read_report
from tests.conformance.suite import SHARED
from tests.support.edinet import TAXONOMY, unpacked

CASES = sorted(
    path
    for pattern in ("oim-cases/json/*.json", "oim-cases/csv/*/*.json", "oim-cases/xml/*", "inline-cases/inline/*.xhtml")
    for path in SHARED.glob(pattern)
    if path.suffix in (".json", ".xbrl", ".xml", ".xhtml")
)
FERC = SHARED / "ferc" / "form-1-2022-01-01.package.zip"
REAL = {
    path: ((FERC,) if path.parent.name == "ferc" else ())
    for path in sorted(
        [
            *SHARED.glob("sec/*/*_htm.xml"),
            *SHARED.glob("sec/nflx-2009/nflx-20091231.xml"),
            *SHARED.glob("ferc/*.xbrl"),
            *SHARED.glob("ixbrl/*.htm"),
            *SHARED.glob("kvk/*/reports/*/*.html"),
        ]
    )
}
SAMPLES = sorted(SHARED.glob("edinet/[0-9]*.zip"))


def _read(path: Path, packages: tuple[Path, ...] = ()) -> tuple[Report, list[Finding]]:
    told: list[Finding] = []
    return read_report(path, packages=packages, partial=True, warn=told.append), told


@pytest.mark.skipif(not CASES, reason="the corpora are not here")
def test_what_one_attitude_refuses_the_other_tells() -> None:
    """Of each case: refused by one, told by the other; never more facts, and each left out is counted."""
    refused = 0
    for path in CASES:
        whole: Report | None = None
        findings: tuple[Finding, ...] = ()
        warned: list[Finding] = []
        try:
            whole = read_report(path, warn=warned.append)
        except ExporterError as error:
            findings = error.findings
        try:
            report, told = _read(path)
        except ReadError:
            assert whole is None, path
            continue
        if whole is not None:
            assert Counter(report.facts) == Counter(whole.facts), path
            assert told == warned, path
            continue
        refused += 1
        codes = {finding.code for finding in findings}
        assert {code for code in codes if not code.startswith("xbrlxe:")} <= {finding.code for finding in told}, path
        errors = {finding.code for finding in told if finding.is_error} - {PARTIAL}
        assert errors or all(map(_bears_warning, codes)), path
    assert refused > 100


def _bears_warning(code: str) -> bool:
    return code.startswith("xbrlxe:") or is_certain(code)


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_document_without_its_schema(path: Path, tmp_path: Path) -> None:
    _same_without_schema(path, REAL[path], tmp_path)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_an_edinet_sample_without_its_schema(sample: Path, tmp_path: Path) -> None:
    for number, instance in enumerate(sorted(unpacked(sample, tmp_path / "all").rglob("*.xbrl"))):
        _same_without_schema(instance, (TAXONOMY,), tmp_path / str(number))


def _same_without_schema(path: Path, packages: tuple[Path, ...], folder: Path) -> None:
    report, _ = _read(path, packages)
    folder.mkdir(exist_ok=True)
    alone = folder / path.name
    shutil.copyfile(path, alone)
    again, told = _read(alone)
    assert report.facts
    types = report.vocabulary.datatypes
    no_texts = {name for name, datatype in types.items() if not datatype.is_text} - again.vocabulary.datatypes.keys()
    assert Counter(_without_language(again, no_texts)) == Counter(report.facts)
    codes = {finding.code for finding in told}
    assert codes & {"oime:invalidTaxonomy", "exporter:taxonomyNotAtHand"}
    assert {finding.severity for finding in told} <= {Severity.WARNING, Severity.INFO}
    with pytest.raises(ReadError):
        read_report(alone, strict=True)


def _without_language(report: Report, concepts: Set[QName]) -> Iterator[Fact]:
    """The facts; those of concepts of which only the type tells that they are no text lose the document's language."""
    return (evolve(fact, language=None) if fact.concept in concepts else fact for fact in report.facts)
