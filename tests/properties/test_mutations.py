"""Whatever is done to the files that a filing consists of, the library gives findings or its own exceptions.

Every file of an exported folder and of its packages is damaged in turn, then read, validated and written in every
syntax; so are profiles, tables of rules, and documents to be tagged.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exporter.errors import ExporterError
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.operations.preflight import load_rule_tables
from exporter.operations.read import read_report
from exporter.operations.tag import tag_filing
from exporter.operations.validate import validate
from exporter.operations.write import write_report
from exporter.profiles.read import load_profile
from exporter.taxonomy.read.discovery import load_taxonomy
from tests.properties.test_hostile_input import SLOW, Spoil, damage
from tests.unit.cli.running import ROOT

SOURCE: Final = """
filing: {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}
items:
  - {type: AccumulatedDeficit, amount: ¥34.4 billion, as_of: "March 31, 2005"}
  - {type: OwnershipInterest, holder: NTT and its affiliates, share: 31.6%, as_of: "July 29, 2005"}
  - {type: OwnershipInterest, holder: Others, share: {unknown: not stated}, as_of: "July 29, 2005"}
  - type: ExchangeRates
    pair: JPY per USD
    over: {start: 2004-04-01, end: 2005-03-31}
    high: 114.30
    low: 102.26
    average: 107.28
    period_end: 107.22
"""
REPORTS: Final = ("iij-20050331.json", "iij-20050331.xbrl", "iij-20050331.xhtml", "iij-20050331-csv/iij-20050331.json")
SUFFIXES: Final = (".json", ".xbrl", ".xhtml", "-csv/r.json")
PROFILES: Final = sorted((ROOT / "exporter/profiles/data").rglob("*.toml"))


@cache
def folder() -> Path:
    """An exported folder, made once."""
    made = Path(tempfile.mkdtemp(prefix="mutations-"))
    source = made / "report.yaml"
    source.write_text(SOURCE, encoding="utf-8")
    export_filing(load_filing(source), made / "out")
    return made / "out"


@pytest.fixture(scope="module", autouse=True)
def _removed_at_the_end() -> object:
    yield
    shutil.rmtree(folder().parent)
    folder.cache_clear()


def ends(work: Callable[[], object]) -> None:
    """The work is done, or is refused with an exception of the library's own that tells something."""
    try:
        work()
    except ExporterError as error:
        if not str(error):
            raise


def judge(path: Path) -> None:
    """Read, validate, write in every syntax."""
    found = validate(path)
    assert all(finding.code and finding.message for finding in found)

    def convert() -> None:
        report = read_report(path)
        with tempfile.TemporaryDirectory() as name:
            for suffix in SUFFIXES:
                target = Path(name, f"r{suffix}")
                target.parent.mkdir(exist_ok=True)
                format_ = "xbrl-csv" if suffix.startswith("-csv") else None
                ends(lambda target=target, format_=format_: write_report(report, target, format=format_))  # type: ignore[misc]

    ends(convert)


@SLOW
@given(st.data())
def test_any_damage_to_any_file_of_a_filing(data: st.DataObject) -> None:
    names = sorted(str(path.relative_to(folder())) for path in folder().rglob("*") if path.is_file())
    name = data.draw(st.sampled_from(names))
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory, "out")
        shutil.copytree(folder(), copy)
        damaged = copy / name
        damaged.write_bytes(data.draw(damage())(damaged.read_bytes()))
        judge(damaged)
        report = copy / data.draw(st.sampled_from(REPORTS))
        if report != damaged:
            judge(report)


@SLOW
@given(st.data())
def test_any_damage_inside_a_package(data: st.DataObject) -> None:
    package = data.draw(st.sampled_from(["iij-20050331.xbri", "iij-20050331-taxonomy.zip"]))
    content = io.BytesIO()
    with zipfile.ZipFile(folder() / package) as archive, zipfile.ZipFile(content, "w") as made:
        chosen = data.draw(st.sampled_from(archive.namelist()))
        for name in archive.namelist():
            inner = archive.read(name)
            made.writestr(name, data.draw(damage())(inner) if name == chosen else inner)
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory, package)
        path.write_bytes(content.getvalue())
        judge(path)
        shutil.copy(folder() / "iij-20050331.xbrl", directory)
        report = Path(directory, "iij-20050331.xbrl")
        validate_with = [path] if package.endswith("zip") else []
        ends(lambda: validate(report, packages=validate_with))
        ends(lambda: read_report(report, packages=validate_with))


@SLOW
@given(st.data())
def test_any_damage_to_profiles_and_rules(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(PROFILES))
    with tempfile.TemporaryDirectory() as directory:
        copy = Path(directory, path.name)
        copy.write_bytes(data.draw(damage())(path.read_bytes()))
        ends(lambda: load_profile(copy))
        ends(lambda: load_rule_tables([copy]))


@SLOW
@given(damage())
@example(Spoil(6528))  # a number where no tag can stand: the page begins with ``<h<p>``
def test_any_damage_to_a_document_to_be_tagged(spoil: Callable[[bytes], bytes]) -> None:
    with tempfile.TemporaryDirectory() as directory:
        source, page = Path(directory, "report.yaml"), Path(directory, "page.html")
        source.write_text(SOURCE, encoding="utf-8")
        original = (
            "<html><head><title>t</title></head><body><p>Our accumulated deficit was ¥34.4 billion at March 31, 2005."
            "</p><table><tr><th>Holder</th><th>%</th></tr><tr><td>NTT and its affiliates</td><td>31.6%</td></tr>"
            "</table><p>High 114.30, low 102.26, average 107.28, period end 107.22</p></body></html>"
        )
        page.write_bytes(spoil(original.encode()))
        ends(lambda: tag_filing(page, load_filing(source), Path(directory, "out", "page.xhtml")))


@SLOW
@given(st.data())
def test_any_damage_to_a_taxonomy(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(path.name for path in folder().glob("iij-20050331[._]*x[ms][dl]"))))
    with tempfile.TemporaryDirectory() as directory:
        for path in folder().glob("iij-20050331[._]*x[ms][dl]"):
            shutil.copy(path, directory)
        damaged = Path(directory, name)
        damaged.write_bytes(data.draw(damage())(damaged.read_bytes()))
        ends(lambda: load_taxonomy(["iij-20050331.xsd"], base=Path(directory)))
        assert validate(Path(directory, "iij-20050331.xsd")) is not None
