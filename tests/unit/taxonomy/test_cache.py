"""Taxonomies kept from one run to the next: the same taxonomy, and only while it still is the same."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from exporter.findings import Finding, Location, Severity
from exporter.operations.read import Access, read_report
from exporter.operations.validate import validate
from exporter.packages.taxonomy_package import read_taxonomy_package
from exporter.resources.resolver import Resolver
from exporter.taxonomy import cache as cache_module
from exporter.taxonomy.cache import CheckedTaxonomy, TaxonomyCache, load_checked_taxonomy
from exporter.taxonomy.packing import PackedTaxonomy, pack_taxonomy
from exporter.taxonomy.read import discovery
from exporter.taxonomy.read.discovery import LoadedDts
from tests.benchmarks.taxonomies import write_generated
from tests.strategies.taxonomies import everything, taxonomies
from tests.support.standard_package import CORE, TRADE_ENTRY, write_standard_package

PARTS = (
    "concepts", "labels", "references", "roles", "arcroles", "relationships", "typed_domains", "imports",
)  # fmt: skip


@pytest.fixture
def generated(tmp_path: Path) -> Path:
    folder = tmp_path / "taxonomy"
    folder.mkdir()
    write_generated(folder, 400)
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> TaxonomyCache:
    return TaxonomyCache.at(tmp_path / "cache")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Grows by one for each taxonomy that is read from its documents."""
    found: list[Any] = []

    def noted(*args: Any, **more: Any) -> LoadedDts:
        found.append(args)
        return discovery.load_dts(*args, **more)

    monkeypatch.setattr(cache_module, "load_dts", noted)
    return found


def ask(folder: Path, cache: TaxonomyCache | None, **more: Any) -> CheckedTaxonomy:
    return load_checked_taxonomy(
        ["bench.xsd"], base=folder, resolver=more.pop("resolver", Resolver()), cache=cache, **more
    )


def test_the_second_time_nothing_is_read(generated: Path, cache: TaxonomyCache, reads: list[Any]) -> None:
    first, second, plain = ask(generated, cache), ask(generated, cache), ask(generated, None)
    assert len(reads) == 2  # the first and the one without a cache
    assert first == second == plain
    for part in PARTS:
        assert tuple(getattr(second.taxonomy, part)) == tuple(getattr(plain.taxonomy, part)), part
    assert second.taxonomy.vocabulary("bench.xsd") == plain.taxonomy.vocabulary("bench.xsd")
    assert [one.schema for one in second.taxonomy.concepts] == [one.schema for one in plain.taxonomy.concepts]
    assert [one.qname.prefix for one in second.taxonomy.concepts] == [
        one.qname.prefix for one in plain.taxonomy.concepts
    ]


@pytest.mark.parametrize("file", ["bench.xsd", "bench_lab-ja.xml", "bench_def.xml"])
def test_what_changes_is_read_anew(generated: Path, cache: TaxonomyCache, reads: list[Any], file: str) -> None:
    ask(generated, cache)
    path = generated / file
    path.write_bytes(path.read_bytes() + b"\n")
    ask(generated, cache)
    ask(generated, cache)
    assert len(reads) == 2
    path.unlink()
    assert ask(generated, cache).findings
    assert len(reads) == 3


def test_what_was_missing_and_comes_is_read(
    generated: Path, cache: TaxonomyCache, reads: list[Any], tmp_path: Path
) -> None:
    schema = generated / "bench.xsd"
    place = "http://standard.example.com/2024/trade/trade.xsd"
    link = f'<xs:import namespace="http://standard.example.com/2024/trade" schemaLocation="{place}"/>'
    schema.write_text(schema.read_text().replace("<xs:import ", f"{link}<xs:import ", 1))
    first = ask(generated, cache)
    assert [finding.code for finding in first.missed] == ["exporter:taxonomyNotAtHand"]
    assert ask(generated, cache) == first
    assert len(reads) == 1
    with read_taxonomy_package(write_standard_package(tmp_path / "standard.zip")) as package:
        resolver = Resolver(catalogs=[package])
        found = ask(generated, cache, resolver=resolver)
        assert found.missed == ()
        assert ask(generated, cache, resolver=resolver) == found
    assert len(reads) == 2


def test_a_taxonomy_with_faults_is_not_kept(generated: Path, cache: TaxonomyCache, reads: list[Any]) -> None:
    path = generated / "bench_def.xml"
    path.write_text(path.read_text().replace('order="1"', 'order="one"', 1))
    assert ask(generated, cache).findings
    assert ask(generated, cache).findings
    assert len(reads) == 2


def test_small_taxonomies_are_not_kept(tmp_path: Path, cache: TaxonomyCache, reads: list[Any]) -> None:
    write_generated(tmp_path, 100)
    ask(tmp_path, cache)
    ask(tmp_path, cache)
    assert len(reads) == 2
    assert not cache.files.folder.exists()


def test_the_verdict_is_kept_too(generated: Path, cache: TaxonomyCache) -> None:
    asked = []

    def check(loaded: LoadedDts, complete: bool) -> list[Finding]:
        asked.append(complete)
        return [Finding(code="exporter:xmlSchema", message="no", severity=Severity.WARNING, location=Location(line=3))]

    first, second = ask(generated, cache, check=check), ask(generated, cache, check=check)
    assert asked == [True]
    assert first.verdict == second.verdict != ask(generated, cache).verdict


@pytest.mark.parametrize("content", [b"", b"x" * 40, b"\0" * 7 + b"\x02{}", b"\0" * 7 + b"\x0f" + b'{"more": {"a":1}}'])
def test_a_foreign_file_is_not_there(generated: Path, cache: TaxonomyCache, reads: list[Any], content: bytes) -> None:
    first = ask(generated, cache)
    (path,) = cache.files.folder.iterdir()
    whole = path.read_bytes()
    path.write_bytes(content)
    assert ask(generated, cache) == first
    assert path.read_bytes()[32:] == whole[32:]  # written anew
    cache.files.write("other", content)
    assert cache.find("other", Resolver()) is None


def test_it_can_be_deleted_at_any_time(generated: Path, cache: TaxonomyCache) -> None:
    first = ask(generated, cache)
    second = ask(generated, cache)
    shutil.rmtree(cache.files.folder)
    assert second.taxonomy == first.taxonomy  # what is unpacked later does not need the file
    assert ask(generated, cache) == first


def test_reports_are_read_and_judged_the_same(generated: Path, tmp_path: Path) -> None:
    report = generated / "report.xbrl"
    report.write_text(
        '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:b="http://bench.example.com/2024">'
        '<link:schemaRef xlink:type="simple" xlink:href="bench.xsd"/>'
        '<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://e.example.com">E</xbrli:identifier>'
        "</xbrli:entity><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>"
        '<b:C61 contextRef="c">a</b:C61></xbrli:xbrl>'
    )
    access = Access(cache=tmp_path / "kept")
    plain, first, second = (validate(report, access=one) for one in (Access(), access, access))
    assert plain == first == second
    assert {finding.code for finding in plain} >= {"xbrl.4.7.2:contextPeriodType"}
    assert len(list((tmp_path / "kept" / "taxonomies").iterdir())) == 1
    text = report.read_text().replace("<xbrli:instant>2024-12-31</xbrli:instant>", "<xbrli:forever/>")
    report.write_text(text)
    assert read_report(report, access=access) == read_report(report, access=access) == read_report(report)


@settings(max_examples=25, deadline=None)
@given(taxonomies())
def test_packing_loses_nothing(taxonomy: Any) -> None:
    found = PackedTaxonomy(pack_taxonomy(taxonomy, {"more": 1}))
    assert found.more == {"more": 1}
    assert found.taxonomy == taxonomy
    for part in PARTS:
        assert tuple(getattr(found.taxonomy, part)) == tuple(getattr(taxonomy, part)), part


def test_packing_keeps_every_kind(tmp_path: Path) -> None:
    with read_taxonomy_package(write_standard_package(tmp_path / "standard.zip")) as package:
        read = discovery.load_taxonomy([TRADE_ENTRY], base=CORE, resolver=Resolver(catalogs=[package]))
    for taxonomy in (read, everything()):
        found = PackedTaxonomy(pack_taxonomy(taxonomy, {})).taxonomy
        assert found == taxonomy
        assert [one.default_accuracy for one in found.concepts] == [one.default_accuracy for one in taxonomy.concepts]
        assert [one.datatype for one in found.concepts] == [one.datatype for one in taxonomy.concepts]


def test_findings_are_packed() -> None:
    finding = Finding(
        code="oime:invalidTaxonomy", message="x", severity=Severity.INFO, location=Location(file="a", line=2), fix="y"
    )
    assert Finding.from_dict(Finding.as_dict(finding)) == finding
    assert Finding.from_dict(Finding.as_dict(Finding(code="a", message="b"))) == Finding(code="a", message="b")


@pytest.mark.parametrize("part", [*PARTS, "names", "types", "texts"])
def test_a_damaged_part_under_a_right_digest_is_not_there(
    generated: Path, cache: TaxonomyCache, reads: list[Any], part: str
) -> None:
    first = ask(generated, cache)
    (path,) = cache.files.folder.iterdir()
    content = bytearray(path.read_bytes()[32:])
    packed = PackedTaxonomy(bytes(content))
    start, length = packed.head["parts"][part]
    place = packed._start + start + length // 2
    content[place] ^= 0xFF
    path.write_bytes(hashlib.sha256(content).digest() + content)
    again = ask(generated, cache)
    assert len(reads) == 2
    for name in PARTS:
        assert tuple(getattr(again.taxonomy, name)) == tuple(getattr(first.taxonomy, name))
