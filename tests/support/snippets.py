"""The fenced blocks of a document in Markdown, written and run as its reader would.

``yaml report.yaml`` behind the fence, or ``:caption: report.yaml`` in a ``{code-block}``, names the file of a block; a
``diff`` changes the file that it names.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(
    r"^```(?:\{code-block\} )?(?P<language>\w+)(?: (?P<name>[\w./-]+))?\n"
    r"(?::caption: (?P<caption>\S+)\n)?(?P<text>.*?)^```$",
    flags=re.MULTILINE | re.DOTALL,
)


@frozen
class Snippet:
    """One block: what it is written in, its text, the line it starts at and the file it is, if any."""

    language: str
    text: str
    line: int
    file: str | None = None


def snippets(document: str) -> Iterator[Snippet]:
    """Every block of a document with a language, in order; directives other than ``{code-block}`` are none."""
    for block in _BLOCK.finditer(document):
        line = document.count("\n", 0, block.start()) + 1
        yield Snippet(block["language"], block["text"].lstrip("\n"), line, block["name"] or block["caption"])


def blocks(language: str, document: str) -> list[str]:
    """The texts of the blocks in one language."""
    return [snippet.text for snippet in snippets(document) if snippet.language == language]


def run(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    package = folder if (folder / "exporter").is_dir() else ROOT  # a copy of it, which a document changes
    variables = {**os.environ, "PYTHONPATH": str(package)}
    return subprocess.run(arguments, cwd=folder, capture_output=True, text=True, env=variables, check=False)


def exporter(line: str) -> list[str]:
    """The arguments that run a command line of ``exporter``, or of ``python``, with this interpreter."""
    program, *arguments = shlex.split(line, comments=True)
    assert program in ("exporter", "python"), line
    return [sys.executable, *(["-m", "exporter"] if program == "exporter" else []), *arguments]


def run_commands(document: str, folder: Path) -> int:
    """Run every command of a document, and return how many there are."""
    return sum(_run_console(text, folder) for text in blocks("console", document))


def play(document: str, folder: Path) -> int:
    """Write the files of a document into ``folder``, run its Python and its commands in order, and return how many."""
    count = 0
    for snippet in snippets(document):
        if snippet.language == "diff":
            assert snippet.file is not None, f"line {snippet.line}: a change of no file"
            _change(folder / snippet.file, snippet.text)
            continue
        if snippet.file is not None:
            (folder / snippet.file).parent.mkdir(parents=True, exist_ok=True)
            (folder / snippet.file).write_text(snippet.text, encoding="utf-8")
        if snippet.language == "python" and not (snippet.file or "").startswith("exporter/"):
            done = run([sys.executable, "-c", snippet.text], folder)
            assert done.returncode == 0, f"line {snippet.line}\n{done.stderr}"
            count += 1
        elif snippet.language == "console":
            count += _run_console(snippet.text, folder)
        else:
            assert snippet.file is not None, f"line {snippet.line}: a block in {snippet.language} that nothing runs"
    return count


def _change(path: Path, diff: str) -> None:
    """Put the lines with a plus beside the lines around them, which stand in the file once; without any, at its end."""
    lines = diff.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    text = path.read_text(encoding="utf-8")
    if not before:
        path.write_text(text + "".join(line[1:] for line in lines), encoding="utf-8")
        return
    assert text.count(before) == 1, f"{path}: these lines do not stand there once\n{before}"
    path.write_text(text.replace(before, "".join(line[1:] for line in lines if line[0] in " +")), encoding="utf-8")


def _run_console(text: str, folder: Path) -> int:
    """Run the lines that start with ``$``; those below are printed by the command, in this order.

    A command with "exit code 1" (or 2) in its comment ends so, all others with 0.
    """
    commands = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, flags=re.MULTILINE)
    for line, expected in commands:
        done = run(exporter(line), folder)
        exit_code = re.search(r"# .*exit code (\d)", line)
        code = int(exit_code[1]) if exit_code else 0
        assert done.returncode == code, f"{line}\n{done.stdout}{done.stderr}"
        printed = done.stdout + done.stderr
        assert printed, line
        start = 0
        for part in filter(None, map(str.strip, expected.splitlines())):
            assert part in printed[start:], f"{line}\n{part}\n{printed}"
            start = printed.index(part, start) + len(part)
    return len(commands)
