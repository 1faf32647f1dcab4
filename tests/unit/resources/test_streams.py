"""Pipes, devices and standard input and output."""

from __future__ import annotations

import os
import pty
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.resources import streams
from exporter.resources.files import atomic_write
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.streams import is_stream, spooled

LARGE = bytes(range(256)) * 1000  # more than a pipe holds


@pytest.fixture
def fifo(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "_WAIT_FOR_PARTNER", 0.2)
    monkeypatch.setattr(streams, "_WAIT_FOR_DATA", 0.6)


def refused(path: Path, limits: Limits = DEFAULT_LIMITS) -> tuple[str, str]:
    with pytest.raises(ReadError) as caught, spooled(path, limits):
        pass
    (finding,) = caught.value.findings
    assert finding.location.file == str(path)
    assert finding.fix
    return finding.code, finding.message


def test_what_is_a_stream(tmp_path: Path, fifo: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "link").symlink_to(fifo)
    streams_: list[str | Path] = ["-", "/dev/stdin", "/dev/stdout", "/dev/fd/7", "/dev/null", fifo, tmp_path / "link"]
    assert [is_stream(Path(each)) for each in streams_] == [True] * len(streams_)
    others: list[str | Path] = [tmp_path, tmp_path / "file", tmp_path / "absent", "x" * 5000, "a\0b"]
    assert [is_stream(Path(each)) for each in others] == [False] * len(others)


def test_a_named_pipe_is_read_to_its_end(fifo: Path) -> None:
    def write() -> None:
        with fifo.open("wb") as stream:
            stream.write(LARGE)
            stream.flush()
            time.sleep(0.3)
            stream.write(LARGE)

    writer = threading.Thread(target=write)
    writer.start()
    with spooled(fifo) as path:
        assert path.read_bytes() == LARGE * 2
        assert stat.S_ISREG(path.stat().st_mode)
    writer.join()
    assert not path.exists()
    assert stat.S_ISFIFO(fifo.stat().st_mode)


def test_a_pipe_that_nobody_writes_into_is_given_up(fifo: Path) -> None:
    code, message = refused(fifo)
    assert code == "exporter:unreadableFile"
    assert "nobody has written" in message


def test_a_pipe_through_which_nothing_comes_is_given_up(fifo: Path) -> None:
    with open(os.open(fifo, os.O_RDWR), "wb"):
        code, message = refused(fifo)
    assert code == "exporter:unreadableFile"
    assert "nothing has come" in message


def test_a_writer_may_take_its_time(fifo: Path) -> None:
    def write() -> None:
        with fifo.open("wb") as stream:
            time.sleep(0.45)
            stream.write(b"late")

    writer = threading.Thread(target=write)
    writer.start()
    with spooled(fifo) as path:
        assert path.read_bytes() == b"late"
    writer.join()


def test_an_endless_pipe_is_refused_at_the_limit(fifo: Path) -> None:
    with open(os.open(fifo, os.O_RDWR | os.O_NONBLOCK), "wb", buffering=0) as stream:
        stream.write(b"x" * 1001)
        assert refused(fifo, Limits(file_size=1000))[0] == "exporter:limitExceeded"


@pytest.mark.parametrize(("path", "words"), [("/dev/zero", "a device"), ("/dev/null", "a device"), ("/dev/fd/999", "")])
def test_what_holds_no_document_is_refused(path: str, words: str) -> None:
    code, message = refused(Path(path))
    assert code == "exporter:unreadableFile"
    assert words in message


def test_a_terminal_is_not_waited_for() -> None:
    parent, child = pty.openpty()
    try:
        code, message = refused(Path(f"/dev/fd/{child}"))
        assert code == "exporter:unreadableFile"
        assert "terminal" in message
    finally:
        os.close(parent)
        os.close(child)


def test_an_open_file_is_read_by_its_number() -> None:
    read, write = os.pipe()
    os.write(write, b"content")
    os.close(write)
    try:
        with spooled(Path(f"/dev/fd/{read}")) as path:
            assert path.read_bytes() == b"content"
    finally:
        os.close(read)


def test_writing_into_a_named_pipe_leaves_it_one(fifo: Path) -> None:
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(fifo.read_bytes()))
    reader.start()
    with atomic_write(fifo) as stream:
        stream.write(LARGE)
    reader.join()
    assert received == [LARGE]
    assert stat.S_ISFIFO(fifo.stat().st_mode)
    assert [each.name for each in fifo.parent.iterdir()] == ["pipe"]


def test_a_pipe_that_nobody_reads_is_given_up(fifo: Path) -> None:
    with pytest.raises(OSError, match="nobody reads"), atomic_write(fifo) as stream:
        stream.write(b"x")


def test_nothing_goes_into_a_pipe_when_writing_fails(fifo: Path) -> None:
    def fail() -> None:
        with atomic_write(fifo) as stream:
            stream.write(b"half")
            raise ZeroDivisionError

    with open(os.open(fifo, os.O_RDWR | os.O_NONBLOCK), "rb", buffering=0) as reader:
        with pytest.raises(ZeroDivisionError):
            fail()
        assert reader.read(10) is None


def test_devices_stay() -> None:
    before = os.stat("/dev/null")
    with atomic_write("/dev/null") as stream:
        stream.write(b"x")
    assert os.stat("/dev/null").st_ino == before.st_ino
    if os.path.exists("/dev/full"):
        with pytest.raises(OSError, match="No space"), atomic_write("/dev/full") as stream:
            stream.write(b"x")


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/fd/1"])
def test_standard_output_may_be_a_file_that_has_something_in_it(tmp_path: Path, name: str) -> None:
    program = (
        "import sys; from exporter.resources.files import atomic_write; print('first');"
        f"exec(\"with atomic_write({name!r}) as stream: stream.write(b'second')\"); print('third')"
    )
    with (tmp_path / "out").open("wb") as out:
        out.write(b"zeroth\n")
        out.flush()
        subprocess.run([sys.executable, "-c", program], stdout=out, check=True)
    assert (tmp_path / "out").read_bytes() == b"zeroth\nfirst\nsecondthird\n"
