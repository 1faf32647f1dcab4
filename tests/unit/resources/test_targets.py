"""Targets: streams, files, and files that appear together."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from exporter.resources.targets import FileTarget, ReferencesTarget, StreamTarget, staged_target, with_references


def test_a_stream_stays_open_and_holds_one_file() -> None:
    stream = io.BytesIO()
    target = StreamTarget(stream)
    with target.open() as opened:
        opened.write(b"a")
    assert (target.path, stream.getvalue()) == (None, b"a")
    with pytest.raises(ValueError, match="no place for the file"):
        target.open("b.csv")


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = FileTarget(tmp_path / "a.json")

    def write_half() -> None:
        with target.open() as stream:
            stream.write(b"half")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write_half()
    assert list(tmp_path.iterdir()) == []
    with target.open() as stream:
        stream.write(b"whole")
    assert (tmp_path / "a.json").read_bytes() == b"whole"


def test_files_appear_together_and_those_of_before_go(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes(b"old")
    with staged_target(tmp_path / "a.json") as target:
        for text in (b"1", b"2"):  # what is opened again is continued
            with target.open("t.csv") as stream:
                stream.write(text)
        with target.open() as stream:
            stream.write(b"{}")
        target.remove("old.csv")
        assert not (tmp_path / "a.json").exists()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.json": b"{}", "t.csv": b"12"}


def test_none_of_the_files_appears_where_one_fails(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes(b"old")

    def write_one() -> None:
        with staged_target(tmp_path / "a.json") as target:
            with target.open("t.csv") as stream:
                stream.write(b"1")
            target.remove("old.csv")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        write_one()
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]


def test_characters_outside_a_set_are_references() -> None:
    text = "株式会社 △ ¥5 · é ｱ ー"
    assert with_references(text.encode(), "ascii").isascii()
    assert with_references(text.encode(), "jis").decode() == "株式会社 △ &#165;5 &#183; &#233; &#65393; ー"


def test_a_character_may_come_in_pieces() -> None:
    stream = io.BytesIO()
    with ReferencesTarget(StreamTarget(stream), "jis").open() as target:
        for byte in "表¥".encode():
            target.write(bytes([byte]))
    assert stream.getvalue().decode() == "表&#165;"
