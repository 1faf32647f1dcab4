"""How far a task travels through the house: which modules it enters, and how many functions it calls.

``python -m tests.benchmarks.trips`` counts, in a process of its own each, what of the package is entered by

* ``exporter export`` of one ExchangeRates item to XBRL 2.1 XML,
* ``exporter validate`` of a page in Inline XBRL.

A module is entered where one of its functions is called. A comprehension or a generator expression belongs to the
function that it stands in, as most of them do for CPython from 3.12 on; bodies of modules are no functions. All code
that runs, comprehensions and bodies of classes too, is counted beside ("with all code"). With ``--rooms`` the modules
are counted by room.
"""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import suppress
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from attrs import frozen

_WITHIN = frozenset({"<genexpr>", "<listcomp>", "<setcomp>", "<dictcomp>"})
PACKAGE = Path(__file__).parents[2] / "exporter"
ITEM = """\
filing:
  entity: {cik: "0001090633"}
  prefix: iij
  namespace: http://www.iij.ad.jp/20050331
  period_end: 2005-03-31
items:
  - type: ExchangeRates
    pair: JPY per USD
    over: {start: 2004-04-01, end: 2005-03-31}
    high: 114.30
    low: 102.26
    average: 107.28
    period_end: 107.22
"""


@frozen
class Trip:
    """What a command entered: the names of modules, and how many functions it called."""

    name: str
    modules: tuple[str, ...]
    functions: int
    with_all_code: tuple[int, int]

    def __str__(self) -> str:
        modules, pieces = self.with_all_code
        text = f"{self.name}: {len(self.modules)} modules, {self.functions} functions"
        return f"{text} (with all code {modules} and {pieces})"

    def by_room(self) -> Counter[str]:
        return Counter(module.partition(".")[0] for module in self.modules)


def trips() -> list[Trip]:
    """Both trips, each in a process that has done nothing before."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.yaml").write_text(ITEM, encoding="utf-8")
        export = ["export", "report.yaml", "--quiet", "-o"]
        _run(folder, "-m", "exporter", *export, "page", "--format", "inline-xbrl")
        (page,) = (folder / "page").glob("*.xhtml")
        return [
            _trip("export of one item to XML", folder, *export, "filing", "--format", "xbrl-xml"),
            _trip("validate of a page", folder, "validate", str(page)),
        ]


def _trip(name: str, folder: Path, *arguments: str) -> Trip:
    output = _run(folder, "-m", "tests.benchmarks.trips", "--count", *arguments)
    entered = json.loads(output.splitlines()[-1])
    return Trip(name, tuple(entered["modules"]), entered["functions"], tuple(entered["with_all_code"]))


def _run(folder: Path, *arguments: str) -> str:
    own = {"EXPORTER_CACHE_DIR": str(folder / "cache"), "EXPORTER_TAXONOMIES_DIR": str(folder / "taxonomies")}
    variables = {**os.environ, "PYTHONPATH": str(PACKAGE.parent), **own}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=variables, capture_output=True, text=True, check=True
    )
    return done.stdout


def count(arguments: list[str]) -> None:
    """Run a command in this process, then print the modules and the number of functions that it entered."""
    from exporter.cli.main import main as program

    entered: set[CodeType] = set()

    def look(frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_name != "<module>" and code.co_filename.startswith(str(PACKAGE)):
            entered.add(code)

    sys.argv = ["exporter", *arguments]
    sys.setprofile(look)
    with suppress(SystemExit):
        program()
    sys.setprofile(None)
    functions = {code for code in entered if code.co_flags & inspect.CO_OPTIMIZED and code.co_name not in _WITHIN}
    result = {"modules": sorted(_modules(functions)), "functions": len(functions)}
    print(json.dumps(result | {"with_all_code": [len(_modules(entered)), len(entered)]}))


def _modules(codes: set[CodeType]) -> set[str]:
    return {".".join(Path(code.co_filename).relative_to(PACKAGE).with_suffix("").parts) for code in codes}


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--count"]:
        count(arguments[1:])
        return
    for trip in trips():
        print(trip)
        if "--rooms" in arguments:
            print("  " + ", ".join(f"{room} {number}" for room, number in trip.by_room().most_common()))


if __name__ == "__main__":
    main(sys.argv[1:])
