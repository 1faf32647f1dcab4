"""Real filings from XML to xBRL-JSON to xBRL-CSV and back to XML: the same facts all the way, by us and by Arelle.

Their taxonomies are not at hand, so each filing gets a stand-in that is derived from it (`tests.support.standin`).
"""

from __future__ import annotations

import importlib.util
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from exporter.findings import Finding
from exporter.formats.options import ReadOptions
from exporter.formats.registry import read_report as read_in_format
from exporter.model.report import Report
from exporter.operations.read import read_report
from exporter.operations.write import write_report
from exporter.packages.taxonomy_package import read_taxonomy_package
from exporter.resources.resolver import Resolver
from exporter.taxonomy.read.discovery import load_vocabulary
from exporter.validation.arelle import ArelleVerdict, ask_arelle
from tests.support.plain_instance import PlainInstance
from tests.support.plain_reports import plain_facts_of, plain_footnotes_of
from tests.support.real_instances import DATA, INSTANCES, needs_instances
from tests.support.standin import StandIn, make_stand_in

pytestmark = needs_instances
FERC_PACKAGE = DATA / "ferc" / "form-1-2022-01-01.package.zip"
SUFFIXES = (".json", "-csv", ".xbrl")


@frozen(kw_only=True)
class Chain:
    """A filing on its way: ``reports`` as read from the original, then from each file of ``files``."""

    original: PlainInstance
    stand_in: StandIn
    files: tuple[Path, ...]
    reports: tuple[Report, ...]
    findings: tuple[Finding, ...]

    @property
    def is_numeric(self) -> frozenset[str]:
        datatypes = self.reports[0].vocabulary.datatypes
        return frozenset(name.clark for name, datatype in datatypes.items() if datatype.is_numeric)


def _walk(path: Path, folder: Path) -> Chain:
    copy = folder / f"original{path.suffix}"
    shutil.copyfile(path, copy)
    stand_in = make_stand_in(path, folder)
    findings: list[Finding] = []

    def read(file: Path) -> Report:
        return read_report(file, packages=[stand_in.package], strict=True, warn=findings.append)

    reports, files = [read(copy)], []
    for suffix in SUFFIXES:
        file = folder / f"report{suffix}"
        assert write_report(reports[-1], file) == len(reports[-1].facts)
        if suffix == "-csv":  # what the schemas are relative to
            for schema in folder.glob("*.xsd"):
                shutil.copyfile(schema, file / schema.name)
            file = file / "report.json"
        files.append(file)
        reports.append(read(file))
    original = PlainInstance(path, stand_in.texts.__contains__)
    return Chain(
        original=original, stand_in=stand_in, files=tuple(files), reports=tuple(reports), findings=tuple(findings)
    )


@pytest.fixture(scope="module")
def chains(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Chain]:
    return {path.name: _walk(path, tmp_path_factory.mktemp(path.stem)) for path in INSTANCES}


@pytest.fixture(scope="module", params=[path.name for path in INSTANCES])
def chain(request: pytest.FixtureRequest, chains: dict[str, Chain]) -> Chain:
    return chains[request.param]


def test_nothing_was_missing_or_doubted(chain: Chain) -> None:
    assert chain.findings == ()


def _facts(found: Counter[Any]) -> Counter[Any]:
    """With languages in lower case, as xBRL-JSON has them."""
    return Counter((*fact[:-1], fact[-1] and fact[-1].lower()) for fact in found.elements())


def _footnotes(found: Counter[Any]) -> Counter[Any]:
    return Counter((*_facts(Counter([fact])), *said[:-1], said[-1].lower()) for fact, *said in found.elements())


def test_each_step_has_the_facts_of_the_original(chain: Chain) -> None:
    expected = _facts(chain.original.facts())
    assert sum(expected.values()) > 300
    for report in chain.reports:
        assert _facts(plain_facts_of(report.facts)) == expected


def test_each_step_has_the_footnotes_of_the_original(chain: Chain) -> None:
    expected = _footnotes(chain.original.footnotes())
    for report in chain.reports:
        assert _footnotes(plain_footnotes_of(report)) == expected


def test_the_reports_are_equal(chain: Chain) -> None:
    first, *others = chain.reports
    assert all(other == first for other in others)


def test_a_plain_look_at_the_last_file_finds_the_original(chain: Chain) -> None:
    last = PlainInstance(chain.files[-1], chain.stand_in.texts.__contains__)
    assert _facts(last.facts()) == _facts(chain.original.facts())
    assert _footnotes(last.footnotes()) == _footnotes(chain.original.footnotes())


def test_pure_exact_numbers_are_among_the_facts(chains: dict[str, Chain]) -> None:
    """Those that only the type tells from text, else these tests would prove less than they seem to."""
    found = [
        fact
        for chain in chains.values()
        for fact in chain.reports[-1].facts
        if fact.concept.clark in chain.is_numeric and not fact.looks_numeric and fact.value is not None
    ]
    assert found


@pytest.mark.skipif(not FERC_PACKAGE.is_file(), reason="the taxonomy is not here")
def test_a_filing_goes_the_same_way_with_its_real_taxonomy(tmp_path: Path) -> None:
    path = next(each for each in INSTANCES if each.suffix == ".xbrl")
    with read_taxonomy_package(FERC_PACKAGE) as package:
        hrefs = read_report(path).taxonomy
        vocabulary = load_vocabulary(hrefs, base=path, resolver=Resolver(catalogs=[package]))
    options = ReadOptions(load_vocabulary=lambda _: vocabulary)
    reports = [read_in_format(path, options=options)]
    for suffix in SUFFIXES:
        file = tmp_path / f"report{suffix}"
        write_report(reports[-1], file)
        reports.append(read_in_format(file, options=options))
    untyped = {fact.concept for fact in reports[0].facts} - vocabulary.datatypes.keys()
    assert all(fact.looks_numeric for fact in reports[0].facts if fact.concept in untyped)
    assert all(report == reports[0] for report in reports)
    facts = _facts(PlainInstance(tmp_path / "report.xbrl").facts())
    assert _values(facts) == _values(PlainInstance(path).facts())


def _values(facts: Counter[Any]) -> Counter[Any]:
    """Without the languages, which only the taxonomy's types tell where they belong."""
    return Counter(fact[:-1] for fact in facts.elements())


# -- a second opinion


@pytest.fixture(scope="module")
def verdicts(chains: dict[str, Chain]) -> dict[str, list[ArelleVerdict]]:
    if importlib.util.find_spec("arelle") is None:
        pytest.skip("Arelle is not installed")
    packages = [chain.stand_in.package for chain in chains.values()]
    files = [file for chain in chains.values() for file in chain.files]
    found = iter(ask_arelle(files, packages=packages, facts=True, validate=False))
    return {name: [next(found) for _ in chain.files] for name, chain in chains.items()}


@pytest.mark.parametrize("name", [path.name for path in INSTANCES])
def test_arelle_sees_the_same_facts(
    chains: dict[str, Chain], verdicts: dict[str, list[ArelleVerdict]], name: str
) -> None:
    chain = chains[name]
    expected = Counter(_comparable(fact, chain.is_numeric) for fact in _facts(chain.original.facts()).elements())
    for verdict in verdicts[name]:
        assert [finding for finding in verdict.findings if finding.is_error] == []
        assert Counter(_comparable(_as_plain(fact), chain.is_numeric) for fact in verdict.facts) == expected


def _as_plain(fact: dict[str, Any]) -> tuple[Any, ...]:
    unit = fact["unit"] and tuple(map(tuple, fact["unit"]))
    pure = unit == (("{http://www.xbrl.org/2003/instance}pure",), ())
    members = (
        (axis, member if isinstance(member, str) else (member["typed"],)) for axis, member in fact["dimensions"].items()
    )
    decimals = None if fact["decimals"] in (None, "INF") else int(fact["decimals"])
    return (
        fact["concept"],
        tuple(fact["entity"]),
        fact["period"],
        frozenset(members),
        None if pure else unit,
        fact["value"],
        decimals,
        fact["language"] and fact["language"].lower(),
    )


def _comparable(fact: tuple[Any, ...], numeric: frozenset[str]) -> tuple[Any, ...]:
    """Numbers as numbers: processors may write them otherwise."""
    *same, value, decimals, language = fact
    if value is not None and fact[0] in numeric:
        value = Decimal(value)
    return (*same, value, decimals, language)
