"""Statements of real filings, converted to a file of items and exported again: the facts are the filers' own."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.disclosures.statements.layout import Statement
from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.operations.convert import convert
from exporter.operations.inputs import open_input
from exporter.operations.load import load_filing
from exporter.operations.read import read_report
from exporter.taxonomy.networks import PARENT_CHILD
from exporter.taxonomy.taxonomy import Taxonomy
from tests.conformance.suite import SHARED
from tests.support.edinet import TAXONOMY, unpacked

FERC = SHARED / "ferc" / "form-1-2022-01-01.package.zip"
# Of each filing what the URIs of its statements' roles have in them or end with, how many facts they present, and how
# many of them stand in no column: nil facts of a duration in a balance sheet, which a note presents too.
FILINGS = {
    "aapl-2023": ("/CONSOLIDATED", 275, 0),
    "nflx-2024q1": ("/CONSOLIDATED", 184, 0),
    "nflx-2009": ("/role/StatementOf", 359, 2),
    "02-annual": ("role/jppfs/rol_", 566, 0),
    "04-half-year-bank": ("role/jppfs/rol_", 420, 0),
    "ferc": ("BalanceSheetAssets BalanceSheetLiabilities IncomeStatment StatementOfCashFlows", 183, 0),
}


def source_of(name: str, folder: Path) -> tuple[Path, list[Path]]:
    """The instance of a filing, and the packages that its taxonomy is in."""
    if name == "ferc":
        return SHARED / "ferc" / "desertlink-2021.xbrl", [FERC]
    if (SHARED / "edinet" / f"{name}.zip").is_file():
        (place,) = (unpacked(SHARED / "edinet" / f"{name}.zip", folder) / "downloaded").glob("*/XBRL/PublicDoc/*.xbrl")
        return place, [TAXONOMY]
    if name == "nflx-2009":  # the corpus has its schema and linkbases under the names of a later filing
        for file in (SHARED / "sec" / name).iterdir():
            shutil.copyfile(file, folder / file.name.replace("20100222", "20091231"))
        return folder / "nflx-20091231.xml", []
    (place,) = (SHARED / "sec" / name).glob("*_htm.xml")
    return place, []


def presented(report: Report, taxonomy: Taxonomy, words: str) -> Iterator[Fact]:
    """The facts whose concept and members the tree of a statement has; of those that agree the most accurate."""
    entity = Counter(fact.entity for fact in report.facts).most_common(1)[0][0]
    best: dict[Any, Fact] = {}
    for role in taxonomy.roles_of(PARENT_CHILD):
        if not any(word in role if "/" in word else role.endswith(word) for word in words.split()):
            continue
        network = taxonomy.network(PARENT_CHILD, role)
        names = {arc.target for root in network.roots for _, arc in network.walk(root)}
        for fact in report.facts:
            members = [cut.member for cut in fact.dimensions if isinstance(cut, ExplicitDimension)]
            axes = [cut.axis for cut in fact.dimensions]
            if fact.entity == entity and fact.concept in names and names.issuperset(axes) and names.issuperset(members):
                other = best.setdefault(fact.aspects, fact)
                if _accuracy(fact) > _accuracy(other):
                    best[fact.aspects] = fact
    yield from (fact for fact in best.values() if fact.looks_numeric or fact.value is None)


def _accuracy(fact: Fact) -> int:
    return 999 if fact.decimals is None else fact.decimals


def essence(fact: Fact) -> object:
    """Value with its sign, decimals, unit, period and dimensions."""
    number = fact.number if fact.value is not None else None
    return fact.concept.clark, number, fact.decimals, fact.unit, fact.period, frozenset(fact.dimensions)


@pytest.mark.skipif(not TAXONOMY.is_file(), reason="the corpus is not here")
@pytest.mark.parametrize("name", FILINGS)
def test_the_facts_of_the_statements_come_back(name: str, tmp_path: Path) -> None:
    source, packages = source_of(name, tmp_path)
    target = tmp_path / "statements.yaml"
    findings: list[Any] = []
    with open_input(source) as opened:
        assert convert(opened, target, packages=packages, partial=True, warn=findings.append) is not None
    taxonomies: list[Taxonomy] = []
    report = read_report(source, packages=packages, partial=True, take_taxonomy=taxonomies.append)
    filing = load_filing(target)
    # The FSA's samples call two shareholders alike, who are one item therefore: what is no statement is left out.
    statements = [item for item in filing.items if isinstance(item, Statement)]
    again = {essence(fact) for fact in evolve(filing, items=statements).to_report().facts}
    words, count, outside = FILINGS[name]
    facts = list(presented(report, taxonomies[0], words))
    missing = [fact for fact in facts if essence(fact) not in again]
    print(f"\n{name}: {len(facts) - len(missing)} of {len(facts)} facts equal")
    assert [fact for fact in missing if fact.value is not None] == []
    assert (len(facts), len(missing)) == (count, outside)
    assert again <= {essence(fact) for fact in report.facts}
    named = [finding.message for finding in findings if finding.code == "exporter:factWithoutItem"]
    assert all(any(str(fact.concept) in message for message in named) for fact in missing)
