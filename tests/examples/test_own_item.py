"""The example of an item of one's own runs, and a file of items may use its class."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "examples" / "own-item" / "average_revenue.py"


def test_the_script_runs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("2 items, 4 facts")
    assert (tmp_path / "out" / "acme-20240331.xbrl").exists()


def test_a_file_may_use_the_class(tmp_path: Path) -> None:
    source = tmp_path / "own.yaml"
    source.write_text(
        "filing: {entity: {cik: '5'}, period_end: 2024-03-31}\n"
        "items:\n"
        "  - type: AverageRevenuePerUser\n"
        "    segment: mobile\n"
        "    over: {start: 2023-04-01, end: 2024-03-31}\n"
        "    amount: JPY 4120\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "exporter.cli", "validate", str(source), "--items-module", str(SCRIPT)]
    done = subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
