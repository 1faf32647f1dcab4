"""Sources and reports for the tests of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.running import exporter

SOURCE = """\
filing: {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}
items:
  - type: AccumulatedDeficit
    amount: ¥34.4 billion
    as_of: 2005-03-31
  - type: OwnershipInterest
    holder: NTT and its affiliates
    share: 31.6%
    as_of: 2005-07-29
    footnotes: [Held directly and through NTT Communications.]
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "report.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    return path


@pytest.fixture
def folder(source: Path, tmp_path: Path) -> Path:
    """A filing folder made of `source`."""
    directory = tmp_path / "build"
    assert exporter("export", source, "-o", directory, "-q").code == 0
    return directory
