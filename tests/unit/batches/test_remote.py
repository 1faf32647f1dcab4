"""Sources and outputs at URLs: fsspec's file system in memory, and its own view of the local one."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.batches.remote import digest_at, local_copy, published_at
from exporter.batches.run import BatchOptions, batch
from tests.support.batches import write_sources, written

fsspec = pytest.importorskip("fsspec")
pytestmark = pytest.mark.door("fsspec")
HERE = BatchOptions(workers=0)


def test_a_batch_reads_and_writes_urls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the ledger is here
    sources = write_sources(tmp_path / "in", 2)
    memory = fsspec.filesystem("memory")
    for path in sources:
        memory.pipe_file(f"/in/{path.name}", path.read_bytes())
    (tmp_path / "m.csv").write_text("source\n" + "".join(f"memory://in/{path.name}\n" for path in sources))
    result = batch("m.csv", "memory://out", options=HERE)
    assert result.count("done") == 2
    batch(str(tmp_path / "in" / "*.yaml"), tmp_path / "out", options=HERE)
    there = {name.removeprefix("/out/"): memory.cat_file(name) for name in memory.find("/out")}
    assert there == written(tmp_path / "out")
    assert batch("m.csv", "memory://out", options=HERE).resumed == 2
    memory.pipe_file("/in/co0001.yaml", sources[0].read_bytes() + b"\n")
    memory.rm("/out/co0002/manifest.json")
    assert batch("m.csv", "memory://out", options=HERE).resumed == 0
    memory.rm("/in/co0001.yaml")
    gone = batch("m.csv", "memory://out", options=HERE).results[0].outcome
    assert gone.status == "failed"
    assert "co0001.yaml" in str(gone.findings[0])


def test_folders_are_copied_whole(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c.txt").write_text("c")
    url = f"file://{tmp_path}/a"
    with local_copy(url) as copy:
        assert (copy / "b" / "c.txt").read_text() == "c"
    assert not copy.exists()
    before = digest_at(url)
    (tmp_path / "a" / "b" / "c.txt").write_text("d")
    assert digest_at(url) != before


def test_nothing_is_put_where_the_work_fails() -> None:
    def fail() -> None:
        with published_at("memory://failed", "a.txt") as path:
            assert path is not None
            path.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert digest_at("memory://failed/a.txt") is None


def test_a_kind_of_url_that_is_unknown_is_an_error() -> None:
    with pytest.raises(OSError, match="nowhere"), local_copy("nowhere://x/y.yaml"):
        pass


def test_a_large_file_is_digested_again_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(bytes(2 * 1024**2))
    before = digest_at(str(path))
    assert digest_at(str(path)) == before
    path.write_bytes(bytes(2 * 1024**2) + b"x")
    assert digest_at(str(path)) != before
