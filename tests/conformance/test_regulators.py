"""Filings and documents as regulators' plug-ins judge them: what we write passes, what they refuse we refuse."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from exporter.filing import Filing
from exporter.findings import Finding
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.operations.validate import validate
from tests.conformance.suite import SHARED
from tests.support.edinet import COVER, TAXONOMY, plug_in_messages, unpacked, zipped
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
# What the plug-in for EDINET says of the examples, which are parts of a report and written in English.
EDINET_LEFT = {
    "GFM.1.2.13": "texts of the example are English, with no Japanese one beside them",
    "GFM.1.5.1": "labels of standard concepts stand in linkbases that the filing does not refer to",
    "EC8036W": "the example has no key figures of the group",
    "EC8048W": "the example has no statement of cash flows",
    "EC8055W": "the example has no section on the accounts, where the regulations are named",
    "EC8075W": "the example does not say what share of the officers are women",
    "EC8076W": "the example has no table of issued shares",
}
EDINET_LEFT_WHOLE = EDINET_LEFT | {
    "EC8050W": "the example has no segments",
    "EC8061W": "statements stand in roles of the filing's own",
    "EC8065W": "statements stand in roles of the filing's own",
    "EC8067W": "the example has no statement of changes in equity",
}
WARNINGS = {"ESEF.2.2.8.missingFactID"}

needs_arelle = pytest.mark.skipif(
    shutil.which("arelleCmdLine", path=str(Path(sys.executable).parent)) is None, reason="no Arelle"
)


def arelle(report: Path | str, packages: Sequence[Path], *more: str) -> set[str]:
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


def changed_example(**replaced: str) -> str:
    """The example with another entity, prefix or namespace."""
    text = REPORT.read_text(encoding="utf-8")
    for old, new in replaced.items():
        text = text.replace(
            {"entity": ENTITY, "prefix": "prefix: iij", "namespace": "http://www.iij.ad.jp/20050331"}[old], new
        )
    return text


def exported(
    tmp_path: Path, profile: str, *, release: str | None = None, audience: str | None = None, **replaced: str
) -> Path:
    source = tmp_path / "report.yaml"
    source.write_text(changed_example(**replaced), encoding="utf-8")
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
    assert codes <= ESEF_LEFT | ESEF_STANDIN
    findings = validate(package, rules=["esef"], packages=packages)
    assert [finding for finding in findings if finding.is_error] == []


def check_edinet_submission(filing: Filing, tmp_path: Path, left: Mapping[str, str]) -> None:
    """Arelle finds nothing in what is submitted, its plug-in nothing but warnings of ``left``, and so do our rules."""
    submission = tmp_path / "submission"
    export_filing(filing, submission, submission=True)
    folder = submission / "XBRL" / "PublicDoc"
    pages = sorted(folder.glob("*_ixbrl.htm"))
    assert [page.name[:7] for page in pages] == ["0000000", "0101010"]
    set_of_pages = json.dumps([{"ixds": [{"file": str(page)} for page in pages]}])
    assert arelle(set_of_pages, [TAXONOMY], "--plugins", "inlineXbrlDocumentSet") == set()
    messages = plug_in_messages(zipped(submission, tmp_path / "S.zip"), [TAXONOMY])
    codes = {message[1:].partition("]")[0].removeprefix("EDINET.").removeprefix("EC5700W.") for message in messages}
    assert codes == left.keys()
    findings = validate(submission, rules=["edinet"], packages=[TAXONOMY])
    assert [finding for finding in findings if finding.is_error] == []
    numbers = {finding.code.removeprefix("edinet:").partition("-")[0] for finding in findings}
    # The labels of standard concepts are looked at by the plug-in alone.
    assert {code.replace("GFM.", "GFM") for code in left} - numbers <= {"GFM1.5.1"}


@needs_arelle
@pytest.mark.skipif(not TAXONOMY.is_file(), reason="the FSA's taxonomy is not here")
def test_the_example_for_edinet(tmp_path: Path) -> None:
    source = tmp_path / "report.yaml"
    entity = "entity: {scheme: 'http://disclosure.edinet-fsa.go.jp', identifier: E04481-000}"
    changed = changed_example(entity=entity, prefix="prefix: jpcrp030000-asr_E04481-000", namespace=EDINET_NAMESPACE)
    source.write_text(changed.rstrip("\n") + COVER, encoding="utf-8")
    check_edinet_submission(load_filing(source, profile="edinet"), tmp_path, EDINET_LEFT)


@needs_arelle
@pytest.mark.skipif(not ifrs("2024").is_file(), reason="the stand-in of the IFRS taxonomy is not here")
def test_a_whole_filing_from_a_workbook_for_esef(tmp_path: Path) -> None:
    folder = export_filing(load_filing(workbook(tmp_path, "esef-ifrs")), tmp_path / "out").directory
    packages = [esef_package(tmp_path, "2024"), ifrs("2024")]
    plugin = ("--plugins", "validate/ESEF", "--disclosureSystem", "esef-2024")
    codes = arelle(folder / "kita-2025-03-31-1-en.xbri", packages, *plugin)
    assert codes <= ESEF_LEFT | ESEF_STANDIN


@needs_arelle
@pytest.mark.skipif(not TAXONOMY.is_file(), reason="the FSA's taxonomy is not here")
def test_a_whole_filing_from_a_workbook_for_edinet(tmp_path: Path) -> None:
    check_edinet_submission(load_filing(workbook(tmp_path, "edinet")), tmp_path, EDINET_LEFT_WHOLE)


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
