"""The map of the house is true: its rooms are the rooms, and the steps of its trips are taken in their order."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import exporter as ex
from tests.architecture.test_layers import LAYERS, PACKAGE
from tests.benchmarks.trips import ITEM, trips

ROOT = PACKAGE.parent
TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")


def test_the_table_has_the_rooms_in_their_order() -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|", TEXT, flags=re.MULTILINE)
    rooms = tuple(tuple(re.findall(r"`(\w+)`", row)) for row in rows)
    there = {path.stem for path in PACKAGE.iterdir()}
    layers = tuple(tuple(room for room in rooms if room in there) for rooms in LAYERS)
    listed = [set(rooms) for rooms in rooms]
    assert listed[-1] == set(layers[-1]) | set(layers[-2])
    assert listed[:-1] == [set(rooms) for rooms in layers[:-2] if rooms and rooms != ("__main__",)]


def steps(title: str) -> list[str]:
    """The functions of one trip, as they stand in the page."""
    _, _, trip = TEXT.partition(f"**{title}")
    return re.findall(r"^\d+\. `([\w.]+)`", trip.partition("\n\n**")[0].partition("\n\n## ")[0], flags=re.MULTILINE)


def called(task: Callable[[], Any]) -> list[str]:
    """The functions of the package that a task calls, in the order of their first call."""
    names: dict[str, None] = {}

    def look(frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(str(PACKAGE)):
            module = Path(code.co_filename).relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
            names.setdefault(f"{module}.{code.co_qualname}")

    sys.setprofile(look)
    try:
        task()
    finally:
        sys.setprofile(None)
    return list(names)


def to_a_file(folder: Path) -> None:
    ex.export_filing(ex.load_filing(folder / "report.yaml"), folder / "out", formats=["xbrl-xml"])


def to_findings(folder: Path) -> None:
    (report,) = (folder / "before").glob("*.xbrl")
    assert ex.validate(report) == []


def there_and_back(folder: Path) -> None:
    class Churn(ex.ReportItem):
        over: ex.Duration = ex.period()
        rate: ex.Percent = ex.concept("ChurnRate")

    Churn.__annotations__ = {"over": ex.Duration, "rate": ex.Percent}
    made: Any = ex.report_item(Churn)
    item = made(over=ex.Duration("2023-04-01", "2024-03-31"), rate=ex.Percent("1.2"))
    filing = ex.Filing(entity=ex.Entity.cik(5), period_end=ex.Instant("2024-03-31"), items=[item])
    report = filing.to_report()
    assert filing.taxonomy.concepts
    assert ex.to_items(report, [made]) == (item,)


TRIPS = {
    "From an item to a fact": to_a_file,
    "From a file to its findings": to_findings,
    "A class of one's own": there_and_back,
}


@pytest.mark.parametrize("title", TRIPS)
def test_the_steps_of_a_trip_are_taken_in_their_order(title: str, tmp_path: Path) -> None:
    (tmp_path / "report.yaml").write_text(ITEM, encoding="utf-8")
    ex.export_filing(ex.load_filing(tmp_path / "report.yaml"), tmp_path / "before", formats=["xbrl-xml"])
    names = called(lambda: TRIPS[title](tmp_path))
    expected = steps(title)
    assert 5 <= len(expected) <= 15
    assert [name for name in expected if name not in names] == [], "ARCHITECTURE.md names what is not called"
    assert expected == sorted(expected, key=names.index)


def test_the_trips_of_commands_do_not_grow() -> None:
    """The numbers are exact, not timed: what is entered for one item, and for one page, with a little room."""
    export, validate = trips()
    assert len(export.modules) <= 110
    assert export.functions <= 770
    assert len(validate.modules) <= 79
    assert validate.functions <= 645
