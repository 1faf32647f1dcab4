"""What the commands take as input, and where their output may go."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from exporter.resources import streams
from tests.support.inline_set import write_manifest, write_set
from tests.unit.cli.conftest import SOURCE
from tests.unit.cli.running import ROOT, Outcome, exporter

BASE = "iij-20050331"
COMMAND = f"{sys.executable} -m exporter.cli"


def shell(script: str, cwd: Path) -> Outcome:
    """Run a line of bash, in which ``exporter`` is the program."""
    done = subprocess.run(
        ["bash", "-c", f'exporter() {{ {COMMAND} "$@"; }}; {script}'],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")


@needs_bash
@pytest.mark.parametrize(
    "line",
    [
        "exporter facts - --csv < iij-20050331.xbrl",
        "exporter facts /dev/stdin --csv < iij-20050331.json",
        "cat iij-20050331.xhtml | exporter facts - --csv",
        "cat iij-20050331.xbri | exporter facts /dev/stdin --csv",
        "exporter facts <(cat iij-20050331.xbrl) --csv",
        "mkfifo p; cat iij-20050331.xbrl > p & exporter facts p --csv",
        "exporter facts . --csv",
        "exporter facts manifest.json --csv",
        "exporter convert iij-20050331.xbri -o - --to xbrl-json | exporter facts - --csv",
        "exporter facts - --csv < ../report.yaml",
    ],
)
def test_every_way_to_give_a_report_shows_the_same_facts(folder: Path, line: str) -> None:
    expected = exporter("facts", folder / f"{BASE}.xbrl", "--csv")
    outcome = shell(line, folder)
    assert outcome.code == 0, outcome.err
    rows = [row.rsplit(",", 1)[0] for row in outcome.out.splitlines()]
    assert sorted(rows) == sorted(row.rsplit(",", 1)[0] for row in expected.out.splitlines())


@needs_bash
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("exporter validate - < iij-20050331.xbrl", 0),
        ("exporter validate /dev/stdin < iij-20050331.xbri", 0),
        ("exporter diff - iij-20050331.json < iij-20050331.xbrl", 0),
        ("exporter diff <(cat iij-20050331.xhtml) <(cat iij-20050331.xbrl)", 0),
        ("exporter diff - - < iij-20050331.xbrl", 2),
        ("exporter review - -o /dev/null < iij-20050331.xbrl", 0),
        ("exporter facts - < /dev/null", 2),
        ("exporter facts - <&-", 2),
        ("exporter export - -o ../again -q < ../report.yaml", 0),
        ("exporter validate - < ../report.yaml", 0),
    ],
)
def test_standard_input(folder: Path, line: str, code: int) -> None:
    outcome = shell(line, folder)
    assert (outcome.code, "Traceback" in outcome.err) == (code, False), outcome.err + outcome.out


@needs_bash
def test_findings_of_standard_input_name_its_lines(source: Path) -> None:
    source.write_text(SOURCE.replace("31.6%", "316%"), encoding="utf-8")
    outcome = shell("exporter validate - < report.yaml", source.parent)
    assert outcome.code == 1
    assert outcome.out.startswith("-:")
    assert {line.split(":")[1] for line in outcome.out.splitlines()} <= {"6", "7", "8"}


def test_a_pipe_without_a_writer_does_not_hang(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_WAIT_FOR_PARTNER", 0.1)
    os.mkfifo(tmp_path / "p")
    for arguments in (
        ("facts", tmp_path / "p"),
        ("validate", tmp_path / "p"),
        ("diff", tmp_path / "p", tmp_path / "p"),
        ("review", tmp_path / "p", "-o", tmp_path / "o.html"),
        ("convert", tmp_path / "p", "-o", tmp_path / "o.json"),
        ("export", tmp_path / "p", "-o", tmp_path / "o"),
        ("tag", tmp_path / "p", "--strip", "-o", tmp_path / "o.xhtml"),
    ):
        outcome = exporter(*arguments, "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:unreadableFile"]), arguments
    assert [each.name for each in tmp_path.iterdir()] == ["p"]


# Packages


@pytest.mark.parametrize("to", [(), ("--to", "xbrl-json")])
def test_a_package_is_converted(folder: Path, tmp_path: Path, to: tuple[str, ...]) -> None:
    target = tmp_path / "o.json"
    assert exporter("convert", folder / f"{BASE}.xbri", "-o", target, *to).code == 0
    assert exporter("diff", target, folder / f"{BASE}.json").code == 0
    items = tmp_path / "o.items.json"
    assert exporter("convert", folder / f"{BASE}.xbri", "-o", items).code == 0
    assert exporter("diff", items, folder / f"{BASE}.items.json").code == 0


def test_every_command_reads_every_shape(folder: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "un"
    with zipfile.ZipFile(folder / f"{BASE}.xbri") as archive:
        archive.extractall(unpacked)
    shutil.make_archive(str(tmp_path / "flat"), "zip", folder, f"{BASE}.xbrl")
    for shape in (folder, unpacked, folder / f"{BASE}-csv", folder / f"{BASE}.xbri"):
        assert exporter("facts", shape, "--csv").code == 0
        assert exporter("review", shape, "-o", tmp_path / "page.html").code == 0
        assert exporter("diff", shape, folder / f"{BASE}.xbrl").code == 0
        assert exporter("convert", shape, "-o", tmp_path / "o.xbrl").code == 0
        assert exporter("validate", shape).code == 0


def test_a_document_set_is_given_in_several_files_or_as_a_folder(tmp_path: Path) -> None:
    pages = write_set(tmp_path / "set")
    manifest = write_manifest(tmp_path / "set", ("jp", [page.name for page in pages]))
    for given in (pages, [manifest], [tmp_path / "set"]):
        assert exporter("facts", *given, "--csv").out.count("\n") == 3
        assert exporter("review", *given, "-o", tmp_path / "page.html").code == 0
        assert exporter("convert", *given, "-o", tmp_path / "o.json").code == 0
        assert exporter("diff", tmp_path / "o.json", tmp_path / "set").code == 0
    assert exporter("validate", *pages, "--no-strict").code == 1
    outcome = exporter("validate", *pages, "--no-strict", "--document-set", "--json")
    assert outcome.code == 0
    assert len(outcome.json["files"]) == 1


def test_the_taxonomy_of_a_report_in_an_archive_stays_there(folder: Path, tmp_path: Path) -> None:
    archive = tmp_path / "filing.zip"
    with zipfile.ZipFile(archive, "w") as stream:
        for path in [folder / f"{BASE}.xbrl", *folder.glob("*.xsd"), *folder.glob(f"{BASE}_*.xml")]:
            stream.write(path, path.name)
    outcome = exporter("convert", archive, "-o", tmp_path / "deep" / "o.json", "--json")
    assert (outcome.code, outcome.codes) == (0, ["exporter:taxonomyNotWritten"])


# The folder of an export


def test_the_examples_of_a_folder_that_was_exported(folder: Path) -> None:
    assert exporter("validate", folder).code == 0
    assert exporter("validate", *folder.glob("*.json"), *folder.glob("*.xbrl")).code == 0
    assert exporter("validate", *sorted(folder.iterdir())).code == 0
    assert exporter("facts", folder).out == exporter("facts", folder / f"{BASE}.xbrl").out


# Outputs


@needs_bash
@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("exporter convert iij-20050331.xbrl -o - --to xbrl-json", "{"),
        ("exporter convert iij-20050331.xbrl -o /dev/stdout --to items-json", "{"),
        ("exporter convert iij-20050331.json -o - --to xbrl-xml", "<?xml"),
        ("exporter convert ../report.yaml -o - --to xbrl-json", "{"),
        ("exporter review iij-20050331.xbrl -o -", "<!DOCTYPE html>"),
        ("exporter tag --strip iij-20050331.xhtml -o -", "<?xml"),
        ("exporter tag --strip - -o - < iij-20050331.xhtml", "<?xml"),
        ("exporter convert iij-20050331.xbrl -o >(cat) --to xbrl-json; sleep 0.5", "{"),
    ],
)
def test_output_goes_to_standard_output(folder: Path, line: str, start: str) -> None:
    before = sorted(folder.iterdir())
    outcome = shell(line, folder)
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith(start)
    assert sorted(folder.iterdir()) == before


def test_a_tagged_document_goes_into_a_pipe_without_its_taxonomy(folder: Path, source: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.xhtml"
    assert exporter("tag", "--strip", folder / f"{BASE}.xhtml", "-o", plain, "-q").code == 0
    file, piped = tmp_path / "tagged.xhtml", tmp_path / "p"
    os.mkfifo(piped)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(piped.read_bytes()))
    reader.start()
    outcome = exporter("tag", plain, "--items", source, "-o", piped, "--json")
    reader.join()
    assert outcome.code == 0
    assert "exporter:taxonomyNotWritten" in outcome.codes
    assert exporter("tag", plain, "--items", source, "-o", file, "-q").code == 0
    assert received == [file.read_bytes()]
    assert [each.name for each in tmp_path.glob("*.xsd")] != []
    assert piped.is_fifo()


def test_standard_output_is_for_one_thing(folder: Path) -> None:
    for arguments in (
        ("convert", folder / f"{BASE}.xbrl", "-o", "-", "--to", "xbrl-json"),
        ("review", folder / f"{BASE}.xbrl", "-o", "-"),
    ):
        outcome = exporter(*arguments, "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:usage"])


@pytest.mark.parametrize("target", ["-", "/dev/null"])
def test_a_folder_does_not_go_into_a_pipe(folder: Path, target: str) -> None:
    outcome = exporter("convert", folder / f"{BASE}.xbrl", "-o", target, "--to", "xbrl-csv", "--json")
    assert (outcome.code, outcome.codes) == (2, ["exporter:unwritableFile"])


def test_the_format_of_standard_output_has_to_be_named(folder: Path) -> None:
    outcome = exporter("convert", folder / f"{BASE}.xbrl", "-o", "-")
    assert outcome.code == 2
    assert "--to" in outcome.err


@pytest.mark.parametrize(
    ("given", "target", "more"),
    [
        (f"{BASE}.xbrl", f"{BASE}.xbrl", ()),
        (f"{BASE}.xbrl", f"x/../{BASE}.xbrl", ()),
        (f"{BASE}.xbrl", "link.xbrl", ()),
        (f"{BASE}.xbrl", f"{BASE}.xsd", ("--to", "xbrl-xml")),
        (f"{BASE}.xbri", f"{BASE}.xbri", ("--to", "xbrl-json")),
        (f"{BASE}-csv", f"{BASE}-csv", ("--to", "xbrl-csv")),
        (f"{BASE}-csv", f"{BASE}-csv/{BASE}.json", ("--to", "xbrl-json")),
        (f"{BASE}-csv/{BASE}.json", f"{BASE}-csv", ("--to", "xbrl-csv")),
        ("set", "set/0101_honbun_ixbrl.htm", ("--to", "inline-xbrl")),
        ("d/d.json", "d", ("--to", "xbrl-csv")),
    ],
)
def test_an_output_never_takes_the_place_of_its_input(
    folder: Path, given: str, target: str, more: tuple[str, ...]
) -> None:
    (folder / "link.xbrl").symlink_to(f"{BASE}.xbrl")
    (folder / "x").mkdir()
    (folder / "d").mkdir()
    shutil.copy(folder / f"{BASE}.json", folder / "d" / "d.json")
    for path in [*folder.glob("*.xsd"), *folder.glob(f"{BASE}_*.xml")]:
        shutil.copy(path, folder / "d")
    write_set(folder / "set")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    outcome = exporter("convert", folder / given, "-o", folder / target, *more, "--json")
    assert (outcome.code, outcome.codes[-1]) == (2, "exporter:unwritableFile")
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_review_never_takes_the_place_of_a_document(tmp_path: Path) -> None:
    pages = write_set(tmp_path)
    before = pages[1].read_bytes()
    assert exporter("review", *pages, "-o", pages[1], "--json").codes == ["exporter:unwritableFile"]
    assert exporter("review", tmp_path, "-o", pages[1], "--json").codes == ["exporter:unwritableFile"]
    assert pages[1].read_bytes() == before


# What is none


@pytest.mark.parametrize("command", ["facts", "validate", "export", "convert"])
def test_tables_given_as_sources_are_told_what_they_are(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.csv").write_text("type,amount\nAccumulatedDeficit,5\n")
    more = {"export": ("-o", tmp_path / "out"), "convert": ("-o", tmp_path / "out.json")}.get(command, ())
    outcome = exporter(command, tmp_path / "a.csv", *more, "--json")
    assert (outcome.code, outcome.codes) == (2, ["exporter:unknownFormat"])
    (finding,) = outcome.json["findings"]
    assert "CSV" in finding["message"]
    assert "exporter items" in finding["mend"]


@pytest.mark.parametrize("command", ["facts", "validate", "review"])
def test_hints_name_no_option_that_there_is_not(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text("Dear all")
    more = ("-o", tmp_path / "o.html") if command == "review" else ()
    outcome = exporter(command, tmp_path / "a.txt", *more)
    assert outcome.code == 2
    assert "name one of" not in outcome.err + outcome.out
