"""The program as a whole: help, usage, exit codes, no traceback, colours, pipes."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from exporter.cli import main as program
from exporter.resources import locks, publishing
from exporter.resources.locks import locked
from tests.unit.cli.running import ROOT, exporter, exporter_process

needs_full_device = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")

pytestmark = pytest.mark.door("click", "rich")

COMMANDS = ("export", "convert", "validate", "facts", "items", "schema")


def test_help_names_every_command_and_the_exit_codes() -> None:
    outcome = exporter("--help")
    assert outcome.code == 0
    assert all(f"\n  {command} " in outcome.out for command in COMMANDS)
    assert "Exit codes:" in outcome.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(command: str) -> None:
    outcome = exporter(command, "--help")
    assert outcome.code == 0
    assert f"exporter {command} " in outcome.out.partition("Examples:")[2]
    assert {"--json", "--quiet", "--no-color"} <= set(outcome.out.replace(",", " ").split())


@pytest.mark.parametrize(
    "arguments", [("frobnicate",), ("export",), ("facts", "--nope"), ("validate",), ("facts", "x", "--limit", "-1")]
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    outcome = exporter(*arguments)
    assert outcome.code == 2
    assert "Usage: exporter" in outcome.err
    assert outcome.out == ""
    as_json = exporter(*arguments, "--json")
    assert (as_json.code, as_json.codes) == (2, ["exporter:usage"])


def test_a_fault_of_the_program_is_one_line(monkeypatch: pytest.MonkeyPatch, source: Path) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("exporter.operations.load.load_filing", break_down)
    monkeypatch.delenv("EXPORTER_DEBUG", raising=False)
    outcome = exporter("facts", source)
    assert outcome.code == 2
    assert outcome.err.startswith("error: exporter:internalError: ZeroDivisionError: oops (")
    assert "Traceback" not in outcome.err
    assert exporter("facts", source, "--json").codes == ["exporter:internalError"]
    monkeypatch.setenv("EXPORTER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        exporter("facts", source)


def test_a_fault_outside_a_command_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(program, "import_module", break_down)
    monkeypatch.delenv("EXPORTER_DEBUG", raising=False)
    outcome = exporter("items")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert exporter("items", "--json").codes == ["exporter:internalError"]


def test_interrupted(monkeypatch: pytest.MonkeyPatch, source: Path) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("exporter.operations.load.load_filing", interrupt)
    outcome = exporter("facts", source)
    assert outcome.code == 130
    assert "interrupted" in outcome.err


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_ended_by_a_signal(name: str, source: Path, tmp_path: Path) -> None:
    number = signal.Signals[name]
    script = (
        "import os, sys; from exporter.cli.main import main; import exporter.operations.export as export\n"
        "import time; export._ExportSteps.close = "
        f"lambda *_, **__: os.kill(os.getpid(), {int(number)}) or time.sleep(60)\n"
        "main(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "export", str(source), "-o", str(tmp_path / "out"), "--format", "items-json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 128 + number
    assert done.stderr.strip() == ("interrupted" if name == "SIGINT" else f"ended by {name}")
    assert [each.name for each in tmp_path.iterdir()] == ["report.yaml"]


def test_a_folder_that_another_run_writes_into(monkeypatch: pytest.MonkeyPatch, source: Path, tmp_path: Path) -> None:
    monkeypatch.setattr(locks, "_PATIENCE", 0.0)
    with locked(publishing._lock_file(tmp_path / "out"), tmp_path / "out"):
        outcome = exporter("export", source, "-o", tmp_path / "out", "--format", "items-json")
    assert outcome.code == 2
    assert "error: exporter:folderInUse: another run is putting its files in place: process" in outcome.err
    assert str(tmp_path / "out") in outcome.err
    assert [each.name for each in tmp_path.iterdir()] == ["report.yaml"]


def test_interrupting_an_export_leaves_nothing(monkeypatch: pytest.MonkeyPatch, source: Path, tmp_path: Path) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("exporter.operations.export.write_filing_taxonomy", interrupt)
    assert exporter("export", source, "-o", tmp_path / "out").code == 130
    assert [each.name for each in tmp_path.iterdir()] == ["report.yaml"]


class TestProcesses:
    def test_exit_codes(self, source: Path, tmp_path: Path) -> None:
        assert exporter_process("facts", source).code == 0
        source.write_text("items: [", encoding="utf-8")
        at_fault = exporter_process("facts", source)
        assert at_fault.code == 1
        assert at_fault.out == ""
        assert "Traceback" not in at_fault.err
        missing = exporter_process("facts", tmp_path / "none.yaml", "--json")
        assert missing.code == 2
        assert [each["code"] for each in json.loads(missing.out)["findings"]] == ["exporter:unreadableFile"]

    def test_no_colours_and_no_progress_without_a_terminal(self, source: Path) -> None:
        outcome = exporter_process("facts", source)
        assert "\x1b" not in outcome.out + outcome.err

    def test_text_that_the_output_cannot_encode(self, source: Path) -> None:
        text = source.read_text(encoding="utf-8").replace("NTT and its", "日本電信電話 and its")
        source.write_text(text, encoding="utf-8")
        for arguments in (("facts", source), ("facts", source, "--json")):
            outcome = exporter_process(*arguments, PYTHONIOENCODING="ascii")
            assert outcome.code == 0, outcome.err
        assert "日本電信電話" in json.loads(outcome.out)["facts"][1]["dimensions"]["iij:MajorShareholderAxis"]

    @pytest.mark.parametrize("arguments", [("schema",), ("--help",), ("--version",), ("facts", "--nope")])
    def test_a_pipe_that_is_closed_is_no_reason_to_complain(self, arguments: tuple[str, ...]) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        is_usage = "--nope" in arguments
        try:
            done = subprocess.run(
                [sys.executable, "-m", "exporter.cli", *arguments],
                cwd=ROOT,
                stdout=subprocess.PIPE if is_usage else writer,
                stderr=writer if is_usage else subprocess.PIPE,
                timeout=60,
                check=False,
            )
        finally:
            os.close(writer)
        assert not done.stderr
        assert done.returncode == 141

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a shell of POSIX")
    @pytest.mark.parametrize("redirection", [">&-", pytest.param(">/dev/full", marks=needs_full_device)])
    @pytest.mark.parametrize("arguments", ["schema", "--help", "facts report.yaml", "facts report.yaml --json"])
    def test_results_that_cannot_be_written_are_told(self, arguments: str, redirection: str, source: Path) -> None:
        done = self.shell(f"{arguments} {redirection}", source)
        assert done.returncode == 2
        assert re.search(r"^error: exporter:unwritableFile: .*(Bad file descriptor|No space left)", done.stderr, re.M)
        assert "Traceback" not in done.stderr
        assert done.stderr.count("unwritableFile") == 1

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a shell of POSIX")
    def test_who_closes_the_errors_gets_the_exit_code(self, source: Path) -> None:
        assert self.shell("facts report.yaml 2>&-", source).returncode == 0
        assert self.shell("facts none.yaml 2>&-", source).returncode == 2

    @staticmethod
    def shell(arguments: str, source: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            f"{shlex.quote(sys.executable)} -m exporter.cli {arguments}",
            shell=True,
            cwd=source.parent,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def test_starting_imports_neither_lxml_nor_rich_nor_yaml(self) -> None:
        code = (
            "import sys, exporter.cli.main as m; m.run(['--help'])\n"
            "heavy = {'lxml', 'rich', 'yaml', 'jsonschema', 'exporter.items'}\n"
            "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
        )
        assert done.stderr.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
class TestTerminal:
    def run(self, *arguments: object, width: int = 80, **variables: str) -> str:
        import pty

        primary, secondary = pty.openpty()
        subprocess.run(
            [sys.executable, "-m", "exporter.cli", *map(str, arguments)],
            cwd=ROOT,
            env={**os.environ, "COLUMNS": str(width), "TERM": "xterm", **variables},
            stdin=subprocess.DEVNULL,
            stdout=secondary,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
        os.close(secondary)
        data = b""
        while True:
            try:
                chunk = os.read(primary, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not chunk:
                break
            data += chunk
        os.close(primary)
        return data.decode()

    def test_tables_fit_and_numbers_are_not_cut(self, source: Path) -> None:
        drawn = self.run("facts", source, width=80, NO_COLOR="1")
        assert "-34,400,000,000" in drawn
        assert "…" not in drawn, "what is longer than its column wraps"
        assert max(len(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in drawn.splitlines()) <= 80

    def test_colours_may_be_turned_off(self, source: Path) -> None:
        source.write_text("items: [", encoding="utf-8")
        assert "\x1b[1;31m" in self.run("validate", source, NO_COLOR="")
        assert "31m" not in self.run("validate", source, "--no-color", NO_COLOR="")
        assert "31m" not in self.run("--no-color", "validate", source, NO_COLOR="")
        assert "31m" not in self.run("validate", source, NO_COLOR="1")
