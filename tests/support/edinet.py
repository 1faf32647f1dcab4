"""The FSA's taxonomy and sample filings, where they are at hand."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.support.real_instances import DATA

TAXONOMY = DATA / "edinet" / "edinet-2025-11-01.zip"


def unpacked(sample: Path, folder: Path) -> Path:
    """The folder with the files of a sample filing."""
    with zipfile.ZipFile(sample) as archive:
        archive.extractall(folder)
    return folder


COVER = """
  - type: EdinetCover
    language: ja
    as_of: 2005-08-03
    document_title: 有価証券報告書
    clause: 金融商品取引法第24条第１項
    place_of_filing: 関東財務局長
    filing_date: 2005-08-03
    fiscal_year: 第13期（自　2004年４月１日　至　2005年３月31日）
    company_name: 株式会社インターネットイニシアティブ
    company_name_in_english: Internet Initiative Japan Inc.
    representative: 代表取締役社長　鈴木　幸一
    headquarter: 東京都千代田区神田神保町一丁目105番地
    headquarter_phone: 03-5259-6500
    headquarter_contact: 総務部長　山田　太郎
    nearest_place: 東京都千代田区神田神保町一丁目105番地
    nearest_place_phone: 03-5259-6500
    nearest_place_contact: 総務部長　山田　太郎
    public_inspection: <p>株式会社東京証券取引所（東京都中央区日本橋兜町２番１号）</p>
    edinet_code: E04481
    security_code: "37740"
    filer_name: 株式会社インターネットイニシアティブ
    filer_name_in_english: Internet Initiative Japan Inc.
    ordinance: 企業内容等の開示に関する内閣府令
    form: 第三号様式
    accounting_standard: us_gaap
    consolidated: true
    industry_code_consolidated: CTE
    industry_code: CTE
    year_start: 2004-04-01
    period_end: 2005-03-31
    period_type: FY
    year_end: 2005-03-31
    previous_year_start: 2003-04-01
    comparative_period_end: 2004-03-31
    previous_year_end: 2004-03-31
    submission_number: 1
    amendment: false
    report_amendment: false
    xbrl_amendment: false
"""
"""The cover of the example's issuer as it might stand on EDINET; telephone number and persons are made up."""

# The plug-in adds a year to a date, which this version of Arelle cannot.
_ARELLE = (
    "import sys, arelle.ModelValue as v; v.DateTime.dateOnly = False; from arelle.CntlrCmdLine import main; main()"
)


def zipped(submission: Path, target: Path) -> Path:
    """The folder of a submission as it is uploaded: an archive with one folder at its top."""
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(submission.rglob("*")):
            if path.is_file():
                archive.write(path, f"S/{path.relative_to(submission).as_posix()}")
    return target


def plug_in_messages(upload: Path, packages: Sequence[Path]) -> list[str]:
    """The messages of Arelle with its plug-in for EDINET about an upload, each with its code in brackets first."""
    args = ["-f", str(upload), "--validate", "--packages", "|".join(map(str, packages))]
    args += ["--internetConnectivity", "offline", "--disclosureSystem", "EDINET"]
    args += ["--plugins", "validate/EDINET|inlineXbrlDocumentSet"]
    run = subprocess.run(
        [sys.executable, "-c", _ARELLE, *args], capture_output=True, text=True, timeout=300, check=False
    )
    lines = (run.stdout + run.stderr).splitlines()
    assert not any(line.startswith("Traceback") for line in lines), run.stderr
    return [line for line in lines if line.startswith("[") and not line.startswith("[info")]
