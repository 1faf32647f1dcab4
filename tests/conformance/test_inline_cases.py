"""The cases of Inline XBRL and of report packages: every counted one has its verdict, its code and its facts."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exporter.errors import ExporterError
from exporter.findings import Finding
from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact, parse_number
from exporter.model.period import Duration, Instant
from exporter.model.report import Link, Report
from exporter.operations.read import read_report
from exporter.operations.validate import validate

CASES = Path(__file__).parents[2].parent / "shared" / "data" / "inline-cases"


def _cases() -> list[dict[str, str]]:
    index = CASES / "index.tsv"
    if not index.is_file():
        return []
    with index.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            row for row in rows if row["kind"] in ("inline", "package") and not row["judge"].startswith("uncertain")
        ]


pytestmark = pytest.mark.skipif(not _cases(), reason="the corpus is not here")
WITH_FACTS = [case for case in _cases() if case["expected"] == "valid" and case["facts"] != "-"]


def _errors(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings if finding.is_error]


@pytest.mark.parametrize("case", _cases(), ids=lambda case: case["id"])
def test_the_verdict_is_the_expected_one(case: dict[str, str]) -> None:
    found = validate(CASES / case["file"])
    codes = _errors(found)
    expected = case["expected"].split("|")
    if expected == ["valid"]:
        assert codes == []
        return
    assert codes
    named = [each for each in expected if each not in ("invalid", "refused")]
    if len(named) == len(expected):
        assert any(each in code for each in named for code in codes), codes
    assert all(finding.location.file for finding in found)


@pytest.mark.parametrize("case", WITH_FACTS, ids=lambda case: case["id"])
def test_the_facts_are_the_expected_ones(case: dict[str, str]) -> None:
    facts, _, options = case["facts"].partition(";")
    path = CASES / case["file"]
    if facts.startswith("refuse:"):
        with pytest.raises(ExporterError) as caught:
            read_report(path)
        expected = facts.removeprefix("refuse:").split("|")
        assert any(code in finding.code for code in expected for finding in caught.value.findings)
        return
    report = read_report(path)
    wanted = [_comparable(each, language=options == "language") for each in json.loads((CASES / facts).read_text())]
    got = [_comparable(_plain(fact, report), language=options == "language") for fact in report.facts]
    assert sorted(got) == sorted(wanted)


def _plain(fact: Fact, report: Report) -> dict[str, Any]:
    assert fact.entity is not None
    assert isinstance(fact.period, Instant | Duration)
    numeric = report.vocabulary.is_numeric(fact)
    return {
        "concept": fact.concept.clark,
        "entity": {"scheme": fact.entity.scheme, "identifier": fact.entity.identifier},
        "period": fact.period.oim,
        "dimensions": {
            each.axis.clark: {"member": each.member.clark}
            if isinstance(each, ExplicitDimension)
            else {"typed": each.value}
            for each in fact.dimensions
        },
        "unit": _unit(fact),
        "value": _canonical(fact, report),
        "numeric": numeric,
        "nil": fact.is_nil,
        "decimals": fact.decimals,
        "language": fact.language,
        "footnotes": [_linked(link, report) for link in report.links if link.source == fact.id],
    }


def _canonical(fact: Fact, report: Report) -> str | None:
    datatype = report.vocabulary.datatypes.get(fact.concept)
    boolean = datatype is not None and datatype.base == "boolean"
    return datatype.canonical(fact.value) if boolean and datatype and fact.value is not None else fact.value


def _linked(link: Link, report: Report) -> dict[str, str]:
    ends = {"arcrole": link.type, "linkrole": link.group}
    for note in report.footnotes:
        if note.id == link.target:
            text = "".join(map(str, etree.fromstring(f"<p>{note.content}</p>").itertext()))
            return ends | {"text": text, "language": note.language}
    assert link.target in {fact.id for fact in report.facts}
    return ends | {"fact": ""}


def _unit(fact: Fact) -> str | None:
    if fact.unit is None:
        return None
    top, bottom = (
        "*".join(sorted(name.clark for name in half)) for half in (fact.unit.numerators, fact.unit.denominators)
    )
    return f"{top}/{bottom}" if bottom else top


def _comparable(fact: dict[str, Any], *, language: bool) -> str:
    """One text for a fact: numbers without idle zeros, markup without a choice of how to write it."""
    value = fact["value"]
    if value is not None and fact["numeric"] and (number := parse_number(value)) is not None:
        value = f"{number.normalize() + 0:f}" if len(value) < 28 else str(number)
    elif value is not None and re.search("<[a-z]", value):
        value = etree.tostring(etree.fromstring(f"<m>{value}</m>"), method="c14n").decode()
    kept = ("concept", "entity", "period", "dimensions", "unit", "decimals", "nil")
    footnotes = sorted(
        json.dumps(note | ({"fact": ""} if "fact" in note else {}), sort_keys=True) for note in fact["footnotes"]
    )
    shown = {key: fact[key] for key in kept} | {"value": value, "footnotes": footnotes}
    return json.dumps(shown | ({"language": fact["language"]} if language else {}), sort_keys=True)
