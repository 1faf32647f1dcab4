"""The SEC's own validator and renderer on exported pages, with stand-ins for the standard taxonomies.

``EXPORTER_EDGAR`` is a folder with the public repository Arelle/EDGAR, ``EXPORTER_ARELLE`` the command of an Arelle
with the extra ``efm``; without them the tests are skipped. Nothing of the repository is kept here.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.disclosures import ContactPerson
from exporter.disclosures.monetary_facts import AccountingStandard
from exporter.filing import Filing
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.profiles.read import load_profile
from tests.conformance.suite import SHARED
from tests.support.whole_filing import workbook
from tests.unit.operations.test_preflight_cover_page import cover, filing

EDGAR, ARELLE = os.environ.get("EXPORTER_EDGAR", ""), os.environ.get("EXPORTER_ARELLE", "")
STAND_INS = SHARED / "sec-standin"
EXAMPLES = Path(__file__).parents[2] / "examples"
STATEMENTS = EXAMPLES / "statements" / "report.yaml"
MESSAGE = re.compile(r"(ERROR|WARNING)\|([^|]*)\|(.*)")
# The stand-ins have neither references nor documentation; DQC rules ask for things that a part of a report lacks.
NOT_JUDGED = ("IOerror", "DQC.")

pytestmark = pytest.mark.skipif(
    not (EDGAR and ARELLE and STAND_INS.is_dir()), reason="EXPORTER_EDGAR and EXPORTER_ARELLE say where they are"
)


def judged(page: Path, reports: Path) -> list[tuple[str, str]]:
    """The messages of the validator and the renderer: severity and code."""
    log = reports.with_suffix(".log")
    command = [ARELLE, "--internetConnectivity=offline", "--disclosureSystem", "efm-pragmatic", "--validate", "--utr"]
    command += ["--packages", f"{STAND_INS / 'sec-2025.zip'}|{STAND_INS / 'ifrs-2025.zip'}", "--calc=c11r"]
    command += ["--plugins", f"{EDGAR}/render|{EDGAR}/validate", "-f", str(page), "-r", str(reports)]
    command += ["--logFormat", "%(levelname)s|%(messageCode)s|%(message)s", "--logFile", str(log)]
    subprocess.run(command, capture_output=True, check=False, timeout=300)
    matches = map(MESSAGE.match, log.read_text(encoding="utf-8").splitlines())
    messages = [(match[1], match[2]) for match in matches if match is not None]
    return [message for message in messages if not message[1].startswith(NOT_JUDGED)]


def exported(made: Filing, tmp_path: Path) -> tuple[list[tuple[str, str]], list[str]]:
    """The messages on the page of a filing, and the titles of the renderer's reports in order."""
    export_filing(made, tmp_path / "out", submission=True)
    (page,) = (tmp_path / "out").glob("*.htm")
    messages = judged(page, tmp_path / "reports")
    summary = (tmp_path / "reports" / "FilingSummary.xml").read_text(encoding="utf-8")
    return messages, re.findall("<LongName>([^<]*)", summary)


@pytest.mark.parametrize("audience", ["regulatory", "analyst"])
@pytest.mark.parametrize("profile", ["sec-us-gaap", "sec-ifrs"])
@pytest.mark.parametrize("example", ["iij-20f-2005", "statements"])
def test_an_example_has_no_error_and_every_fact_in_a_report(
    example: str, profile: str, audience: str, tmp_path: Path
) -> None:
    filing = load_filing(EXAMPLES / example / "report.yaml")
    made = evolve(filing, profile=load_profile(profile), audience=audience)
    messages, titles = exported(made, tmp_path)
    assert [message for message in messages if message[0] == "ERROR" or message[1].startswith("EXG.7.3.")] == []
    assert titles[0] == "000001 - Document - Cover"


@pytest.mark.parametrize("profile", ["sec-us-gaap", "sec-ifrs"])
def test_statements_stand_behind_the_cover_and_notes_have_four_levels(profile: str, tmp_path: Path) -> None:
    messages, titles = exported(load_filing(STATEMENTS, profile=profile), tmp_path)
    assert messages == []
    assert titles[:-1] == [
        "000001 - Document - Cover",
        "000002 - Statement - Consolidated Balance Sheets",
        "000003 - Statement - Consolidated Statements of Income",
        "000004 - Disclosure - Inventories",
        "000005 - Disclosure - Inventories (Policies)",
        "000006 - Disclosure - Inventories (Tables)",
        "000007 - Disclosure - Inventories (Details)",
    ]


@pytest.mark.parametrize("profile", ["sec-us-gaap", "sec-ifrs"])
def test_a_whole_filing_from_a_workbook_has_no_error(profile: str, tmp_path: Path) -> None:
    messages, titles = exported(load_filing(workbook(tmp_path, profile)), tmp_path)
    assert [message for message in messages if message[0] == "ERROR" or message[1].startswith("EXG.7.3.")] == []
    assert titles[:2] == ["000001 - Document - Cover", "000002 - Statement - Consolidated Balance Sheets"]


FULL: dict[str, dict[str, Any]] = {
    "sec-us-gaap": {"accounting_standard": AccountingStandard.US_GAAP},
    "sec-ifrs": {"accounting_standard": AccountingStandard.IFRS},
}


@pytest.mark.parametrize("profile", FULL)
def test_a_full_cover_has_no_error_and_no_warning(profile: str, tmp_path: Path) -> None:
    contact = ContactPerson(
        name="Taro Yamada",
        over=cover().over,
        address_line_1="1-1 Example, Chiyoda-ku",
        address_city="Tokyo",
        address_postal_code="100-0000",
        address_country="JP",
        email="ir@acme.example",
    )
    messages, titles = exported(filing(cover(**FULL[profile]), contact, profile=profile), tmp_path)
    assert messages == []
    assert titles[0] == "000001 - Document - Cover"
