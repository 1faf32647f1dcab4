"""Readers of others on filings for the SEC: edgartools and ixbrl-parse find each fact, the cover and statements.

``EXPORTER_READERS`` is a Python interpreter that has both (``pip install edgartools ixbrl-parse``); without it the
tests are skipped.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.operations.export import Export, export_filing
from exporter.operations.load import load_filing
from exporter.profiles.read import load_profile

READERS = os.environ.get("EXPORTER_READERS", "")
EXAMPLES = Path(__file__).parents[2] / "examples"

pytestmark = pytest.mark.skipif(
    not READERS, reason="EXPORTER_READERS names an interpreter with edgartools, ixbrl-parse"
)

EDGARTOOLS = """
import json, sys
from pathlib import Path
from edgar.xbrl import XBRL
folder = Path(sys.argv[1])
def first(pattern): return next(iter(sorted(folder.glob(pattern))), None)
xbrl = XBRL.from_files(
    instance_file=first("*.xbrl"), schema_file=first("*.xsd"), presentation_file=first("*_pre.xml"),
    calculation_file=first("*_cal.xml"), definition_file=first("*_def.xml"), label_file=first("*_lab.xml"),
)
shown = {"cover": xbrl.statements.cover_page(), "balance": xbrl.statements.balance_sheet(),
         "income": xbrl.statements.income_statement()}
print(json.dumps({
    "facts": len(xbrl.facts.get_facts()),
    "groups": [statement["type"] for statement in xbrl.get_all_statements()],
    "shown": {name: str(statement) for name, statement in shown.items() if statement is not None},
}))
"""
IXBRL_PARSE = """
import json, sys
from pathlib import Path
from lxml import etree
from ixbrl_parse.ixbrl import parse
(page,) = Path(sys.argv[1]).glob("*.htm")
facts = parse(etree.parse(str(page))).values.values()
print(json.dumps({"facts": len(facts), "names": sorted({fact.name.localname for fact in facts})}))
"""


def read_by(script: str, folder: Path) -> Any:
    run = subprocess.run(
        [READERS, "-c", script, str(folder)], capture_output=True, text=True, check=False, timeout=300, cwd=folder
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return json.loads(run.stdout.splitlines()[-1])


def exported(example: str, audience: str, folder: Path) -> Export:
    filing = load_filing(EXAMPLES / example / "report.yaml")
    filing = evolve(filing, profile=load_profile("sec-us-gaap"), audience=audience)
    return export_filing(filing, folder / "out", formats=["xbrl-xml", "inline-xbrl"])


@pytest.mark.parametrize("audience", ["regulatory", "analyst"])
@pytest.mark.parametrize("example", ["iij-20f-2005", "statements"])
def test_each_fact_is_found(example: str, audience: str, tmp_path: Path) -> None:
    export = exported(example, audience, tmp_path)
    by_edgartools, by_ixbrl_parse = read_by(EDGARTOOLS, export.directory), read_by(IXBRL_PARSE, export.directory)
    assert by_edgartools["facts"] == by_ixbrl_parse["facts"] == export.facts
    assert "EntityRegistrantName" in by_ixbrl_parse["names"]
    assert by_edgartools["groups"][0] == "CoverPage"
    assert "Document Type" in by_edgartools["shown"]["cover"]


def test_statements_are_shown(tmp_path: Path) -> None:
    shown = read_by(EDGARTOOLS, exported("statements", "regulatory", tmp_path).directory)["shown"]
    assert "Total assets" in shown["balance"]
    assert "¥55,171" in shown["balance"]
    assert "Net income" in shown["income"]
