"""Sources and outputs on an S3 server, moto's, on loopback: what a batch writes there is what it writes here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exporter.batches.remote import digest_at, local_copy, published_at
from exporter.batches.run import BatchOptions, batch
from tests.support.batches import write_sources, written

s3fs = pytest.importorskip("s3fs")
moto_server = pytest.importorskip("moto.server")
BUCKET = "filings"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The file system of an S3 server with one bucket, which this process and its workers reach by ``s3://`` URLs."""
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        environment = {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        s3fs.S3FileSystem.clear_instance_cache()
        system = s3fs.S3FileSystem()
        system.mkdir(BUCKET)
        yield system
        system.rm(BUCKET, recursive=True)  # servers in one process share what they hold
    finally:
        s3fs.S3FileSystem.clear_instance_cache()
        server.stop()


def objects(system: Any, folder: str) -> dict[str, bytes]:
    """The objects below a folder of the bucket, by name."""
    system.invalidate_cache()
    return {name.removeprefix(f"{folder}/"): system.cat_file(name) for name in system.find(folder)}


def put_sources(system: Any, folder: Path, count: int, *, bad: frozenset[int] = frozenset()) -> Path:
    """So many sources in the bucket, and a manifest on this machine that names them."""
    sources = write_sources(folder / "in", count, bad=bad)
    for path in sources:
        system.pipe_file(f"{BUCKET}/in/{path.name}", path.read_bytes())
    manifest = folder / "m.csv"
    manifest.write_text("source\n" + "".join(f"s3://{BUCKET}/in/{path.name}\n" for path in sources))
    return manifest


@pytest.mark.parametrize("workers", [0, 2])
def test_a_batch_from_and_to_a_bucket(
    bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.chdir(tmp_path)  # the ledger is here
    manifest = put_sources(bucket, tmp_path, 3, bad=frozenset({2}))
    options = BatchOptions(workers=workers)
    result = batch(manifest, f"s3://{BUCKET}/out", options=options)
    assert (result.count("done"), result.count("invalid")) == (2, 1)
    batch(str(tmp_path / "in" / "*.yaml"), tmp_path / "out", options=BatchOptions(workers=0))
    assert objects(bucket, f"{BUCKET}/out") == written(tmp_path / "out")
    assert batch(manifest, f"s3://{BUCKET}/out", options=options).resumed == 3


def test_what_changes_in_the_bucket_is_done_again(bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    manifest = put_sources(bucket, tmp_path, 3)
    options = BatchOptions(workers=0)
    batch(manifest, f"s3://{BUCKET}/out", options=options)
    before = objects(bucket, f"{BUCKET}/out")
    source = f"{BUCKET}/in/co0001.yaml"
    bucket.pipe_file(source, bucket.cat_file(source).replace(b"1.4 billion", b"1.5 billion"))
    bucket.rm_file(f"{BUCKET}/out/co0002/manifest.json")
    again = batch(manifest, f"s3://{BUCKET}/out", options=options)
    assert (again.count("done"), again.resumed) == (3, 1)
    after = objects(bucket, f"{BUCKET}/out")
    assert after.keys() == before.keys()
    assert after["co0002/manifest.json"] == before["co0002/manifest.json"]
    assert json.loads(after["co0001/manifest.json"]) != json.loads(before["co0001/manifest.json"])


def test_a_conversion_in_a_bucket(bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    manifest = put_sources(bucket, tmp_path, 1)
    options = BatchOptions(workers=0)
    batch(manifest, f"s3://{BUCKET}/out", defaults={"format": ["xbrl-json"]}, options=options)
    (report,) = (name for name in objects(bucket, f"{BUCKET}/out") if name.endswith(".json") and "manifest" not in name)
    manifest.write_text(f"source,task,to\ns3://{BUCKET}/out/{report},convert,xbrl-csv\n")
    result = batch(manifest, f"s3://{BUCKET}/csv", options=options)
    assert result.count("done") == 1, result.findings
    assert any(name.endswith(".csv") for name in objects(bucket, f"{BUCKET}/csv"))


def test_a_missing_object_or_bucket_is_an_outcome(bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    manifest = tmp_path / "m.csv"
    manifest.write_text(f"source\ns3://{BUCKET}/missing.yaml\ns3://no-bucket/a.yaml\n")
    result = batch(manifest, f"s3://{BUCKET}/out", options=BatchOptions(workers=0, attempts=1))
    assert result.count("failed") == 2
    assert [finding.location.file for finding in result.findings] == [
        f"s3://{BUCKET}/missing.yaml",
        "s3://no-bucket/a.yaml",
    ]
    assert objects(bucket, f"{BUCKET}/out") == {}


def test_nothing_is_put_where_the_work_fails(bucket: Any) -> None:
    def fail() -> None:
        with published_at(f"s3://{BUCKET}/failed", "a.txt") as path:
            assert path is not None
            path.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert objects(bucket, f"{BUCKET}/failed") == {}


def test_a_folder_of_the_bucket_is_copied_whole(bucket: Any) -> None:
    bucket.pipe_file(f"{BUCKET}/a/b/c.txt", b"c")
    bucket.pipe_file(f"{BUCKET}/a/d.txt", b"d")
    url = f"s3://{BUCKET}/a"
    with local_copy(url) as copy:
        files = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert files == {"b/c.txt", "d.txt"}
    before = digest_at(url)
    bucket.pipe_file(f"{BUCKET}/a/d.txt", b"e")
    bucket.invalidate_cache()
    assert digest_at(url) != before
