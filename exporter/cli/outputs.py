"""Files that a command writes take the place of none that it reads, nor of each other."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from exporter.cli.outcome import Run
from exporter.resources.streams import STANDARD, is_stream


def keep_apart(run: Run, outputs: Iterable[Path | None], inputs: Iterable[Path | None]) -> None:
    """Refuses an output that is an input, or another output, before anything is written.

    Raises:
        StopCommandError: two of them are one file, by whatever name.
    """
    taken = {_identity(path): path for path in inputs if path is not None and path.exists()}
    for path in outputs:
        if path is None or is_stream(path):
            continue
        other = taken.setdefault(_identity(path), path)
        if other is not path:
            message = f"{path} would take the place of {other}, which this command reads or writes too"
            raise run.refuse("exporter:unwritableFile", message, mend="give another name", file=str(path))


def check_output(run: Run, output: Path) -> None:
    """Refuses standard output for a file where the results are printed there.

    Raises:
        StopCommandError: both are asked for.
    """
    if run.as_json and output == STANDARD:
        mend = "give a file, or leave out --json and --sarif"
        raise run.refuse("exporter:usage", "-o - and --json both write to standard output", mend=mend)


def _identity(path: Path) -> str:
    return os.path.normcase(os.path.realpath(path))
