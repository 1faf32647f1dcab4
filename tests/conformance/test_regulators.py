"""Filings and documents as regulators' plug-ins judge them: what we write passes, what they refuse we refuse."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from exporter.findings import Finding
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.operations.validate import validate
from tests.conformance.suite import SHARED
from tests.support.edinet import TAXONOMY, unpacked
from tests.support.esef import esef_package, ifrs
from tests.support.whole_filing import workbook

CASES = SHARED / "regulator-cases"
REPORT = Path(__file__).parents[2] / "examples" / "iij-20f-2005" / "report.yaml"
ENTITY = 'entity: {cik: "0001090633"}'
EDINET_NAMESPACE = "http://disclosure.edinet-fsa.go.jp/jpcrp030000/asr/001/E04481-000/2005-03-31/01/2005-08-03"
SAMPLES = ("02-annual", "04-half-year-bank", "07-shelf-registration", "18-large-holding")

# The example is part of a report, without the mandatory elements, which the plug-in warns of.
ESEF_LEFT = {"ESEF.RTS.Annex.II.Par.2.missingMandatoryMarkups"}
# The stand-in for the IFRS taxonomy has the types of 2024-01-31, the ESEF taxonomy those of 2022-03-31.
ESEF_STANDIN = {"ESEF.1.4.1.differentExtensionDataType"}
# Arelle's plug-in for EDINET stops where it is given no manifest.
EDINET_LEFT = {"exception:AttributeError", "EDINET.uploadNotValidated"}
WARNINGS = {"ESEF.2.2.8.missingFactID", "EDINET.EC8011W"}

needs_arelle = pytest.mark.skipif(
    shutil.which("arelleCmdLine", path=str(Path(sys.executable).parent)) is None, reason="no Arelle"
)


def arelle(report: Path, packages: Sequence[Path], *more: str) -> set[str]:
    """The codes of Arelle's messages."""
    command = Path(sys.executable).with_name("arelleCmdLine")
    args = [
        "-f",
        str(report),
        "--validate",
        "--packages",
        "|".join(map(str, packages)),
        "--internetConnectivity",
        "offline",
        *more,
    ]
    run = subprocess.run([command, *args], capture_output=True, text=True, timeout=300, check=False)
    lines = (run.stdout + run.stderr).splitlines()
    codes = {line[1:].partition("]")[0] for line in lines if line.startswith("[")}
    return {code for code in codes if not code.startswith("info")}


def exported(
    tmp_path: Path, profile: str, *, release: str | None = None, audience: str | None = None, **replaced: str
) -> Path:
    source = tmp_path / "report.yaml"
    text = REPORT.read_text(encoding="utf-8")
    for old, new in replaced.items():
        text = text.replace(
            {"entity": ENTITY, "prefix": "prefix: iij", "namespace": "http://www.iij.ad.jp/20050331"}[old], new
        )
    source.write_text(text, encoding="utf-8")
    return export_filing(
        load_filing(source, profile=profile, release=release, audience=audience), tmp_path / "out"
    ).directory


@needs_arelle
@pytest.mark.skipif(not ifrs("2024").is_file(), reason="the stand-in of the IFRS taxonomy is not here")
@pytest.mark.parametrize("audience", ["regulatory", "analyst"])
@pytest.mark.parametrize("year", ["2024", "2025"])
def test_the_example_for_esef(tmp_path: Path, year: str, audience: str) -> None:
    entity = "entity: {scheme: 'http://standards.iso.org/iso/17442', identifier: 529900T8BM49AURSDO55}"
    folder = exported(tmp_path, "esef-ifrs", entity=entity, release=year, audience=audience)
    package = folder / "iij-2005-03-31-1-en.xbri"
    packages = [esef_package(tmp_path, year), ifrs(year)]
    codes = arelle(package, packages, "--plugins", "validate/ESEF", "--disclosureSystem", f"esef-{year}")
    assert codes - WARNINGS <= ESEF_LEFT | ESEF_STANDIN
    findings = validate(package, rules=["esef"], packages=packages)
    assert [finding for finding in findings if finding.is_error] == []


@needs_arelle
@pytest.mark.skipif(not TAXONOMY.is_file(), reason="the FSA's taxonomy is not here")
def test_the_example_for_edinet(tmp_path: Path) -> None:
    folder = exported(
        tmp_path,
        "edinet",
        entity="entity: {scheme: 'http://disclosure.edinet-fsa.go.jp', identifier: E04481-000}",
        prefix="prefix: jpcrp030000-asr_E04481-000",
        namespace=EDINET_NAMESPACE,
    )
    (page,) = folder.glob("0101010_honbun_*_ixbrl.htm")
    assert arelle(page, [TAXONOMY]) == set()
    plugins = ("--plugins", "validate/EDINET|inlineXbrlDocumentSet", "--disclosureSystem", "EDINET")
    assert arelle(page, [TAXONOMY], *plugins) - WARNINGS <= EDINET_LEFT


@needs_arelle
@pytest.mark.skipif(not ifrs("2024").is_file(), reason="the stand-in of the IFRS taxonomy is not here")
def test_a_whole_filing_from_a_workbook_for_esef(tmp_path: Path) -> None:
    folder = export_filing(load_filing(workbook(tmp_path, "esef-ifrs")), tmp_path / "out").directory
    packages = [esef_package(tmp_path, "2024"), ifrs("2024")]
    plugin = ("--plugins", "validate/ESEF", "--disclosureSystem", "esef-2024")
    codes = arelle(folder / "kita-2025-03-31-1-en.xbri", packages, *plugin)
    assert codes - WARNINGS <= ESEF_LEFT | ESEF_STANDIN


@needs_arelle
@pytest.mark.skipif(not TAXONOMY.is_file(), reason="the FSA's taxonomy is not here")
def test_a_whole_filing_from_a_workbook_for_edinet(tmp_path: Path) -> None:
    folder = export_filing(load_filing(workbook(tmp_path, "edinet")), tmp_path / "out").directory
    (page,) = folder.glob("0101010_honbun_*_ixbrl.htm")
    assert arelle(page, [TAXONOMY]) == set()


@pytest.mark.skipif(not TAXONOMY.is_file(), reason="the samples are not here")
@pytest.mark.parametrize("name", SAMPLES)
def test_no_false_alarm_about_the_samples_of_edinet(name: str, tmp_path: Path) -> None:
    folder = unpacked(SHARED / "edinet" / f"{name}.zip", tmp_path) / "downloaded"
    for part in folder.glob("*/XBRL/*Doc"):
        findings = validate(part, rules=["edinet"], packages=[TAXONOMY])
        assert [finding for finding in findings if finding.code.startswith("edinet:")] == []


def cases() -> Iterator[object]:
    if (CASES / "index.tsv").is_file():
        with (CASES / "index.tsv").open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["rules"] != "efm":
                    yield pytest.param(row, id=f"{row['file']} {row['rule']}")


def _names(finding: Finding, rule: str) -> bool:
    """Whether a finding has the number of a rule."""
    number = finding.code.partition(":")[2].partition("-")[0]
    return number in (rule, f"G{rule}")


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
@pytest.mark.parametrize("row", cases())
def test_what_the_plug_ins_refuse(row: dict[str, str]) -> None:
    package = CASES / "packages" / f"{row['rules']}-standin.zip"
    findings = validate(CASES / row["file"], rules=[row["rules"]], packages=[package] if package.is_file() else [])
    named = [finding for finding in findings if _names(finding, row["rule"])]
    if row["expected"] == "valid":
        assert named == []
        assert {finding.code for finding in findings if finding.is_error} <= {
            code
            for code in (finding.code for finding in findings)
            if code.startswith(("edinet:EC5613E", "edinet:EC5614E"))
        }
    else:
        assert named
