"""Running the program in tests: within the process, or as a process of its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from attrs import frozen

from exporter.cli.main import run

ROOT = Path(__file__).parents[3]


@frozen
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        document = json.loads(self.out)
        assert isinstance(document, dict)
        return document

    @property
    def codes(self) -> list[str]:
        return [finding["code"] for finding in self.json["findings"]]


def exporter(*arguments: object) -> Outcome:
    """Run the program within this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([str(each) for each in arguments])
    return Outcome(code, out.getvalue(), err.getvalue())


def exporter_process(*arguments: object, **variables: str) -> Outcome:
    """Run the program as a process of its own, without a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "exporter.cli", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)
