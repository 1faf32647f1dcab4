"""``--cache-dir``, ``--no-cache`` and ``--calc xbrl21``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.taxonomies import write_generated
from tests.unit.cli.running import exporter

REPORT = """<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:b="http://bench.example.com/2024"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217">
<link:schemaRef xlink:type="simple" xlink:href="bench.xsd"/>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://e.example.com">E</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:forever/></xbrli:period></xbrli:context>
<xbrli:unit id="u"><xbrli:measure>iso4217:JPY</xbrli:measure></xbrli:unit>
<b:C101 contextRef="c" unitRef="u" decimals="0">5</b:C101>
<b:C109 contextRef="c" unitRef="u" decimals="0">6</b:C109>
</xbrli:xbrl>
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    write_generated(tmp_path, 400)
    (tmp_path / "report.xbrl").write_text(REPORT, encoding="utf-8")
    return tmp_path / "report.xbrl"


def test_taxonomies_are_kept_where_it_is_said(report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    arguments = (("validate", report), ("facts", report), ("diff", report, report), ("convert", report, "-o"))
    for number, command in enumerate(arguments):
        more = (tmp_path / f"{number}.json",) if command[0] == "convert" else ()
        first = exporter(*command, *more, "--cache-dir", folder)
        again = exporter(*command, *more, "--cache-dir", folder)
        without = exporter(*command, *more, "--no-cache")
        assert (first.code, first.out) == (again.code, again.out) == (without.code, without.out)
    assert len(list((folder / "taxonomies").iterdir())) == 2  # judged, and only read


def test_without_a_cache_nothing_is_kept(report: Path, tmp_path: Path) -> None:
    exporter("facts", report, "--no-cache", "--cache-dir", tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_calculations_of_xbrl_21(report: Path) -> None:
    found = exporter("validate", report, "--calc", "xbrl21", "--no-cache")
    assert found.code == 1
    assert "xbrl.5.2.5.2:calcInconsistency" in found.out
    assert exporter("validate", report, "--calc", "round", "--no-cache").code == 0  # the intervals meet
