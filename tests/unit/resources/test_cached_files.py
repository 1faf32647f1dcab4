""""""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from exporter.resources.cached_files import KeptFiles, default_cache_folder


@pytest.fixture
def kept(tmp_path: Path) -> KeptFiles:
    return KeptFiles(folder=tmp_path / "a" / "b", suffix=".kept")


def only(kept: KeptFiles) -> Path:
    (path,) = kept.folder.iterdir()
    return path


def test_what_is_written_is_read(kept: KeptFiles) -> None:
    assert kept.read("key") is None
    kept.write("key", b"content")
    kept.write("other", b"")
    assert (kept.read("key"), kept.read("other"), kept.read("third")) == (b"content", b"", None)
    kept.write("key", b"new")
    assert kept.read("key") == b"new"
    assert len(list(kept.folder.iterdir())) == 2


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"x" + data, lambda data: b"", bytes.upper])
def test_what_is_damaged_is_not_there(kept: KeptFiles, damage: object) -> None:
    kept.write("key", b"content")
    only(kept).write_bytes(damage(only(kept).read_bytes()))  # type: ignore[operator]
    assert kept.read("key") is None
    kept.write("key", b"content")
    assert kept.read("key") == b"content"


@pytest.mark.skipif(os.name == "nt", reason="permissions")
def test_a_folder_that_others_can_write_to_is_not_used(kept: KeptFiles) -> None:
    kept.write("key", b"content")
    assert kept.folder.stat().st_mode & 0o777 == 0o700
    kept.folder.chmod(0o777)
    assert kept.read("key") is None
    kept.write("other", b"content")
    assert len(list(kept.folder.iterdir())) == 1
    kept.folder.chmod(0o700)
    only(kept).chmod(0o666)
    assert kept.read("key") is None


def test_links_are_not_followed(kept: KeptFiles, tmp_path: Path) -> None:
    kept.write("key", b"content")
    path = only(kept)
    elsewhere = tmp_path / "elsewhere"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)
    assert kept.read("key") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    kept = KeptFiles(folder=tmp_path / "file" / "below", suffix=".kept")
    kept.write("key", b"content")
    assert kept.read("key") is None


def test_the_oldest_go_when_there_is_too_much(tmp_path: Path) -> None:
    kept = KeptFiles(folder=tmp_path, suffix=".kept", limit=500)
    for number in range(5):
        kept.write(str(number), bytes(68))  # 100 with the digest
        os.utime(max(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns), ns=(number, number))
    (tmp_path / "of-another-kind").write_bytes(bytes(1000))
    kept.read("0")  # used last
    kept.write("5", bytes(68))
    assert [number for number in range(6) if kept.read(str(number)) is not None] == [0, 2, 3, 4, 5]
    assert (tmp_path / "of-another-kind").exists()
    kept.write("huge", bytes(501))
    assert kept.read("huge") is None


def test_several_may_write_at_a_time(kept: KeptFiles) -> None:
    content = [bytes([number]) * 100_000 for number in range(4)]

    def write_often(data: bytes) -> None:
        for _ in range(20):
            kept.write("key", data)

    threads = [threading.Thread(target=write_often, args=(data,)) for data in content]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        assert kept.read("key") in (None, *content)
    assert kept.read("key") in content
    assert len(list(kept.folder.iterdir())) == 1


def test_the_folder_is_the_environments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EXPORTER_CACHE_DIR", str(tmp_path))
    assert default_cache_folder() == tmp_path
    monkeypatch.delenv("EXPORTER_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if os.name != "nt":
        assert default_cache_folder() == tmp_path / "exporter"
        monkeypatch.setenv("XDG_CACHE_HOME", "relative")
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        found = default_cache_folder()
        assert found is not None
        assert found.is_relative_to(tmp_path / "home")
