"""Real Inline XBRL: the facts read are those of a plain look and those of Arelle, and stay equal in every syntax."""

from __future__ import annotations

import zipfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from lxml import etree

from exporter.findings import Finding
from exporter.formats.inline_xbrl.check.xhtml import check_xhtml
from exporter.formats.inline_xbrl.document_set import InlineDocument
from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.options import ReadOptions
from exporter.formats.registry import read_report as read_in_format
from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.report import Report
from exporter.operations.read import read_report
from exporter.operations.validate import validate
from exporter.operations.write import write_report
from exporter.validation.arelle import facts_seen_by_arelle
from tests.support.plain_inline import PlainInline
from tests.support.plain_reports import plain_fact
from tests.support.real_instances import DATA
from tests.support.standin import make_stand_in

NETFLIX = DATA / "ixbrl" / "nflx-10-q-2025-07-18.htm"
KVK = DATA / "kvk" / "nba-micro-nl-inrichtingsjaarrekening-2023"
DUTCH = KVK / "reports" / "jaarrekening-2023" / "demicrobv-jaarrekening-nl-2023-12-31.html"
COUNTS = {NETFLIX: 1274, DUTCH: 62}

pytestmark = pytest.mark.skipif(not (NETFLIX.is_file() and DUTCH.is_file()), reason="the corpus is not here")
each_document = pytest.mark.parametrize("path", [NETFLIX, DUTCH], ids=lambda path: path.stem)


def _as_plain(fact: Fact, report: Report) -> tuple[Any, ...]:
    plain = plain_fact(fact)
    return (*plain[:5], _plain_value(fact, report), *plain[6:])


def _plain_value(fact: Fact, report: Report) -> Decimal | str | None:
    if fact.value is None:
        return None
    if report.vocabulary.is_numeric(fact):
        return Decimal(fact.value).normalize()
    if "</" in fact.value or "/>" in fact.value:
        return "".join(map(str, etree.fromstring(f"<x>{fact.value}</x>").itertext()))
    return fact.value


@each_document
def test_the_facts_are_those_in_the_document(path: Path) -> None:
    report = read(path)
    assert len(report.facts) == COUNTS[path]
    assert Counter(_as_plain(fact, report) for fact in report.facts) == PlainInline(path).facts()


@each_document
def test_they_stay_equal_in_every_syntax(path: Path, tmp_path: Path) -> None:
    report = read(path)
    options = ReadOptions(load_vocabulary=lambda hrefs: report.vocabulary)
    for name in ("r.xbrl", "r.json", "r-csv"):
        write_report(report, tmp_path / name)
        again = read_in_format(tmp_path / name, options=options)
        assert Counter(again.facts) == Counter(report.facts), name


@each_document
def test_they_are_xhtml(path: Path) -> None:
    assert list(check_xhtml([InlineDocument(path.name, etree.parse(str(path)).getroot())])) == []


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The Dutch report package, zipped."""
    path = tmp_path / "report.xbri"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(KVK.rglob("*")):
            archive.write(file, Path("kvk", file.relative_to(KVK)))
    return path


def test_a_report_package_is_read_with_its_taxonomy(package: Path) -> None:
    warnings: list[Finding] = []
    report = read_report(package, warn=warnings.append)
    assert report.facts == read(DUTCH).facts
    assert {finding.code for finding in warnings} == {"exporter:taxonomyNotAtHand"}
    # The package's catalog finds its own schema; the Dutch base taxonomies that it builds on are not here.
    own = {finding.message.split()[0] for finding in warnings}
    assert own
    assert all(url.startswith("https://www.nltaxonomie.nl/") for url in own)
    found = [finding for finding in validate(package, strict=False) if finding.is_error]
    assert found == []


def test_arelle_sees_the_same_facts(tmp_path: Path) -> None:
    report = read(DUTCH)
    instance = tmp_path / "instance.xbrl"
    write_report(report, instance)
    stand_in = make_stand_in(instance, tmp_path)
    document = tmp_path / DUTCH.name
    document.write_bytes(DUTCH.read_bytes())
    seen = facts_seen_by_arelle(document, packages=[stand_in.package])
    typed = read_report(document, packages=[stand_in.package])
    assert Counter(map(_of_arelle, seen)) == Counter(_for_arelle(fact, typed) for fact in typed.facts)
    assert evolve(typed, vocabulary=report.vocabulary).taxonomy == report.taxonomy


def _of_arelle(fact: dict[str, Any]) -> tuple[Any, ...]:
    value = fact["value"]
    number = value is not None and fact["unit"] is not None
    return (
        fact["concept"],
        fact["period"],
        frozenset(fact["dimensions"].items()),
        Decimal(value).normalize() if number else value,
        fact["decimals"] if fact["decimals"] is None else int(fact["decimals"]),
        fact["id"],
    )


def _for_arelle(fact: Fact, report: Report) -> tuple[Any, ...]:
    assert isinstance(fact.period, Instant | Duration)
    number = fact.value is not None and report.vocabulary.is_numeric(fact)
    members = {each.axis.clark: each.member.clark for each in fact.dimensions if isinstance(each, ExplicitDimension)}
    return (
        fact.concept.clark,
        fact.period.oim,
        frozenset(members.items()),
        Decimal(fact.value or 0).normalize() if number else fact.value,
        fact.decimals,
        fact.id,
    )
