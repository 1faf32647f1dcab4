"""The table of figures: every pattern takes what its benchmark prints, and the page has the table."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest
from attrs import evolve

from tests.benchmarks import figures
from tests.benchmarks.figures import END, FIGURES, START

ROOT = Path(__file__).parents[2]
PRINTED = {
    "processes": "local  filings/s\ntwo processes over one: 1.83 (goal 1.8; 2 processors, load 0.1)\n",
    "dask": "dask: 2000 filings, a worker and the scheduler killed, 2 tasks tried again, byte-equal: 3.7 filings/s\n",
    "kills": "kill -9: 200 tasks, killed 20 times at random, no partial filing, all complete\n",
    "fuzzing": "target  executions\nlexical      1,500\nall          1,500\n",
    "streams": "".join(f"{name}   30.5   44.25  ok (goal 72)\n" for name in figures._STREAMS),
}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_the_pattern_takes_what_is_printed(figure: figures.Figure) -> None:
    printing = evolve(figure, command=f"-c {shlex.quote(f'print({PRINTED[figure.name]!r})')}")
    measured = figures.measure(printing, quick=False)
    assert "failed" not in measured
    assert re.search(r"\d", measured)


def test_a_benchmark_that_breaks_down_is_a_failed_figure() -> None:
    broken = evolve(FIGURES[0], command="-c 'raise SystemExit(\"a filing is missing\")'")
    assert figures.measure(broken, quick=False) == "failed: ['a filing is missing']"


def test_the_table_takes_the_place_of_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "measure", lambda figure, quick: f"measured {figure.name}")
    page = tmp_path / "page.md"
    page.write_text(f"before\n{START}\nold\n{END}\nafter\n")
    for _ in range(2):
        figures.main(["--only", "kills", "-o", str(page)])
    text = page.read_text()
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert text.count("measured kills") == 1
    assert "old" not in text


def test_the_page_of_the_site_has_every_figure() -> None:
    table = (ROOT / "docs/reference/figures.md").read_text(encoding="utf-8").partition(START)[2].partition(END)[0]
    assert [figure.subject for figure in FIGURES if figure.subject not in table] == []
    assert sys.executable not in table
