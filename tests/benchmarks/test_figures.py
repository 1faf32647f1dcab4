"""The table of figures: every pattern takes what its benchmark prints, and the page has the table."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest
from attrs import evolve

from tests.benchmarks import figures
from tests.benchmarks.bench_process import STEPS
from tests.benchmarks.figures import END, FIGURES, START

ROOT = Path(__file__).parents[2]
PRINTED = {
    "processes": "local  filings/s\ntwo processes over one: 1.83 (goal 1.8; 2 processors, load 0.1)\n",
    "dask": "dask: 2000 filings, a worker and the scheduler killed, 2 tasks tried again, byte-equal: 3.7 filings/s\n",
    "kills": "kill -9: 200 tasks, killed 20 times at random, no partial filing, all complete\n",
    "fuzzing": "target  executions\nlexical      1,500\nall          1,500\n",
    "conversion": "facts  seconds\n10000  0.2  50.1  0.098  ok (goal 0.1)\n100000  1.1  50.1  0.059  ok (goal 0.06)\n",
    "validation": "concepts\n200  1  2\n\nfacts validated\n-----\n100000  2.1  240.5  40.1  0.052  ok  0.2\n",
    "json": "write / dumps   1.310  0.590   ok (goal 0.6)\n",
    "inline": "read / parse   9.1  7.900   ok (goal 8)\nXHTML\nwrite / serialize   30.1  26.000  MISSED (goal 20)\n",
    "csv": "".join(
        f"write / csv.writer, {order}  0.1  0.2  0.500  MISSED (goal 0.25)\n"
        for order in ("context by context", "concept by concept", "at random")
    ),
    "items": "µs per item  1000  10000\nmake  1.0  2.0\nexport  900.1  1000.2  ok (goal 1.25)\n",
    "help": "exporter --help  60.1\nexporter --help / click  1.200  ok (goal 3)\n",
    "streams": "".join(
        f"\n{name}  4.125   4.25   4.500   1.091  ok (goal 1.1)   44.25   ok (goal 72)" for name in STEPS
    ),
}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_the_pattern_takes_what_is_printed(figure: figures.Figure) -> None:
    printing = evolve(figure, command=f"-c {shlex.quote(f'print({PRINTED[figure.name]!r})')}")
    measured = figures.measure(printing, quick=False)
    assert "failed" not in measured
    assert re.search(r"\d", measured)


def test_the_cost_of_the_largest_document_is_taken_from_the_table() -> None:
    printed = PRINTED["streams"]
    streams = next(figure for figure in FIGURES if figure.name == "streams")
    printing = evolve(streams, command=f"-c {shlex.quote(f'print({printed!r})')}")
    assert figures.measure(printing, quick=False).endswith("duplicate check 4.500 µs, 1.091, 44.25 MiB")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("conversion", "0.098; 0.059"),
        ("validation", "240.5 MiB; 0.052"),
        ("inline", "7.900; 26.000"),
        ("items", "1000.2"),
    ],
)
def test_the_figure_of_the_largest_size_is_taken(name: str, expected: str) -> None:
    figure = next(figure for figure in FIGURES if figure.name == name)
    printing = evolve(figure, command=f"-c {shlex.quote(f'print({PRINTED[name]!r})')}")
    assert figures.measure(printing, quick=False) == expected


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
