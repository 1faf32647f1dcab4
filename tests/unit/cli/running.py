"""Running the program in tests: within the process, or as a process of its own."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from exporter.cli.main import program, run

ROOT = Path(__file__).parents[3]
_FINDING = re.compile(r"\b(?:error|warning|info): \w+:\w+: ")
_OPTION = re.compile(r"(?:\bexporter (?P<command>[a-z-]+)[^`\n;]*?\s)?(?P<option>--[a-z][a-z-]+)")


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
    outcome = Outcome(code, out.getvalue(), err.getvalue())
    check_fixes(str(arguments[0]) if arguments else "", outcome)
    return outcome


def check_fixes(name: str, outcome: Outcome) -> None:
    """An option that a finding names is one of the command that was run, or of the one that it names."""
    context = click.Context(program)
    for line in outcome.err.splitlines():
        for match in _OPTION.finditer(line) if _FINDING.search(line) else ():
            advised = program.get_command(context, match["command"] or name)
            assert advised is not None, line
            known = {option for each in advised.params for option in (*each.opts, *each.secondary_opts)}
            assert match["option"] in known | {"--help"}, f"{advised.name} has no {match['option']}: {line}"


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
