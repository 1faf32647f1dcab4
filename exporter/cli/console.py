"""What people see on a terminal: findings, tables, progress; the one door to rich.

Results go to standard output, all else to standard error. Colours, progress and tables that fit the screen are for
terminals; into a file or a pipe go plain lines.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal, TextIO

from attrs import frozen

from exporter.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from rich.console import Console

_BREAKS: Final = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
# What steers a terminal (C0 and C1 controls) or turns the order of what is read (marks of bidirectional text).
_STEERING: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_PIECES: Final = re.compile(r"[A-Z]*[^A-Z/,:= ]*[/,:= ]*")  # of names and values, for a line to end between them
_GAP: Final = 3  # what stands between two columns of a table
Advance = Callable[[int], None]


def one_line(text: str) -> str:
    """``text`` without line breaks; characters that would steer a terminal are made visible, such as ``\\x1b``."""
    return visible(_BREAKS.sub(" ", text))


def visible(text: str) -> str:
    """``text`` with control characters and marks of bidirectional text as ``\\x1b`` and ``\\u202e``."""
    return _STEERING.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def count(number: int, noun: str) -> str:
    """``1 fact``, ``2 facts``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@frozen(kw_only=True)
class Column:
    """A column of a table. ``shrinks`` columns give way where the screen is narrow, to ``least``: long cells wrap."""

    title: str
    justify: Literal["left", "right"] = "left"
    shrinks: bool = False
    least: int = 8


def _place(location: Location) -> str:
    """``file:line:column``, or the next best where there is no line."""
    if location.line is not None and location.file:
        return f"{location.file}:{location.line}" + (f":{location.column}" if location.column is not None else "")
    if location.cell and location.file:
        return f"{location.file}!{location.cell}"
    parts = [location.file or ""]
    parts += [f"line {location.line}"] if location.line is not None else []
    parts += [f"cell {location.cell}"] if location.cell else []
    parts += [f"at {location.pointer}"] if location.pointer and not location.item else []
    return " ".join(part for part in parts if part)


def _subject(location: Location) -> str:
    """The item or the fact that is meant."""
    if location.item:
        return f"{location.item}: "
    return f"fact {location.fact}: " if location.fact else ""


def finding_line(finding: Finding) -> tuple[str, str, str]:
    """A finding as one line in three pieces: place, severity, and the rest."""
    place = _place(finding.location)
    fix = f" ({finding.fix})" if finding.fix else ""
    rest = f": {finding.code}: {_subject(finding.location)}{finding.message}{fix}"
    return one_line(f"{place}: " if place else ""), str(finding.severity), one_line(rest)


def summary(findings: Iterable[Finding]) -> str:
    """How many findings of each severity: ``2 errors, 1 warning``."""
    severities = [finding.severity for finding in findings]
    parts = [
        count(number, noun)
        for severity, noun in ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
        if (number := severities.count(severity))
    ]
    return ", ".join(parts) or "no findings"


def by_file(findings: Iterable[Finding]) -> list[Finding]:
    """The findings of one file together, in the order of the files, within a file from top to bottom."""
    findings = list(findings)
    files = {file: place for place, file in enumerate(dict.fromkeys(finding.location.file for finding in findings))}
    return sorted(
        findings,
        key=lambda finding: (files[finding.location.file], finding.location.line or 0, finding.location.column or 0),
    )


def shared_prefix(cells: Sequence[str]) -> str:
    """The prefix of names (``iij:``) that all cells which say something have; empty where there are not several."""
    texts = [cell for cell in cells if cell]
    prefix = re.match(r"[A-Za-z_][\w.-]*:(?=[A-Za-z_])", texts[0]) if len(texts) > 1 else None
    return prefix[0] if prefix and all(cell.startswith(prefix[0]) for cell in texts) else ""


def folded(text: str, width: int) -> str:
    """``text`` in lines of ``width`` where it has places to break: before a capital, after a blank or ``/ , : =``."""
    from rich.cells import cell_len

    lines = [""]
    for piece in _PIECES.findall(text):
        if lines[-1] and cell_len(lines[-1] + piece.rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


def _fitted(widths: Sequence[int], columns: Sequence[Column], available: int) -> list[int]:
    """Widths that fit: again and again the widest of the columns that may still shrink gives way a little."""
    fitted = list(widths)
    for _ in range(sum(fitted) - available):
        yielding = [index for index, column in enumerate(columns) if column.shrinks and fitted[index] > column.least]
        if not yielding:
            break
        fitted[max(yielding, key=fitted.__getitem__)] -= 1
    return fitted


@frozen(kw_only=True)
class Screen:
    """Where a command writes. ``color`` ``False`` takes colours away; ``None`` leaves it to the terminal."""

    quiet: bool = False
    color: bool | None = None

    def _console(self, stream: TextIO) -> Console:
        from rich.console import Console

        # Versions of rich differ in what an empty NO_COLOR means: to https://no-color.org it means nothing.
        no_color = self.color is False or bool(os.environ.get("NO_COLOR"))
        return Console(file=stream, no_color=no_color, highlight=False, emoji=False)

    def findings(self, findings: Iterable[Finding], *, to_results: bool = False) -> None:
        """One line for each finding, those of a file together."""
        stream = sys.stdout if to_results else sys.stderr
        lines = [(finding_line(finding), _STYLES[finding.severity]) for finding in by_file(findings)]
        if not lines:
            return
        if not stream.isatty():
            stream.write("".join(f"{place}{severity}{rest}\n" for (place, severity, rest), _ in lines))
            return
        from rich.text import Text

        console = self._console(stream)
        for (place, severity, rest), style in lines:
            console.print(Text.assemble((place, "bold"), (severity, style), rest), soft_wrap=True)

    def note(self, text: str) -> None:
        """A line for people, on standard error, unless all is to be quiet."""
        if not self.quiet:
            sys.stderr.write(one_line(text) + "\n")

    def write(self, text: str) -> None:
        """A piece of the result."""
        sys.stdout.write(text)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
        """A table: drawn to fit on a terminal, else lines of cells between tabs."""
        if not sys.stdout.isatty():
            sys.stdout.write("\t".join(column.title for column in columns) + "\n")
            sys.stdout.writelines("\t".join(map(one_line, row)) + "\n" for row in rows)
            return
        from rich import box
        from rich.cells import cell_len
        from rich.table import Table
        from rich.text import Text

        console = self._console(sys.stdout)
        cells = [[one_line(cell) for cell in row] for row in rows]
        shared = [shared_prefix([row[index] for row in cells]) for index in range(len(columns))]
        cells = [[cell.removeprefix(prefix) for cell, prefix in zip(row, shared, strict=True)] for row in cells]
        titles = [
            column.title + (f" ({prefix})" if prefix else "") for column, prefix in zip(columns, shared, strict=True)
        ]
        natural = [max(map(cell_len, column)) for column in zip(titles, *cells, strict=True)]
        widths = _fitted(natural, columns, console.width - _GAP * len(columns) - 1)
        drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for column, title, width in zip(columns, titles, widths, strict=True):
            drawn.add_column(Text(title), justify=column.justify, overflow="fold", width=width)
        for row in cells:
            drawn.add_row(*(Text(folded(cell, width)) for cell, width in zip(row, widths, strict=True)))
        console.print(drawn)

    @contextmanager
    def progress(self, task: str, *, total: int | None = None, noun: str | None = None) -> Iterator[Advance]:
        """A progress bar on a terminal; call what is given with the number done so far.

        With ``noun`` it shows how many of them a second, with ``total`` the time left; without, that work goes on.
        """
        if self.quiet or not sys.stderr.isatty():
            yield lambda done: None
            return
        from rich.progress import (
            BarColumn,
            Progress,
            ProgressColumn,
            SpinnerColumn,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        columns: list[ProgressColumn] = [SpinnerColumn(), TextColumn("{task.description}", markup=False)]
        columns += [BarColumn(bar_width=30)]
        columns += [TextColumn("{task.completed:,.0f} " + noun + " {task.fields[rate]}")] if noun else []
        columns += [TimeElapsedColumn()]
        columns += [TimeRemainingColumn(), TextColumn("left")] if total is not None else []
        with Progress(*columns, console=self._console(sys.stderr), transient=True) as bar:
            task_id = bar.add_task(one_line(task), total=total, rate="")

            def advance(done: int) -> None:
                speed = bar.tasks[0].speed
                bar.update(task_id, completed=done, rate=f"({speed:,.0f}/s)" if speed else "")

            yield advance

    @contextmanager
    def steps(self) -> Iterator[Callable[[str, int, int], None]]:
        """A progress bar for named steps, with the time left: call what is given with name, number done and of all."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda name, done, steps: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        left = (TimeRemainingColumn(), TextColumn("left"))
        columns = (BarColumn(bar_width=30), MofNCompleteColumn(), *left, TextColumn("{task.description}", markup=False))
        with Progress(*columns, console=self._console(sys.stderr), transient=True) as bar:
            task_id = bar.add_task("", total=None)
            yield lambda name, done, steps: bar.update(task_id, description=one_line(name), completed=done, total=steps)
