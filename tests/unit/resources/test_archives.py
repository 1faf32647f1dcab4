from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

import pytest

from exporter.errors import PackageError
from exporter.resources.archives import ArchiveCodes, open_archive, write_archive
from exporter.resources.limits import Limits

CODES = ArchiveCodes(format="x:format", structure="x:structure")


def packed(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def codes_of(data: bytes, limits: Limits = Limits()) -> set[str]:  # noqa: B008
    with pytest.raises(PackageError) as caught:
        open_archive(data, limits, codes=CODES)
    return {finding.code for finding in caught.value.findings}


def test_reads_what_was_written() -> None:
    files = {"top/b.xml": b"<b/>", "top/a.txt": "日本".encode(), "top/deep/er/c": b""}
    stream = io.BytesIO()
    write_archive(stream, files)
    with open_archive(stream.getvalue()) as archive:
        assert archive.names == tuple(sorted(files))
        assert {name: archive.read(name) for name in archive.names} == files
        assert "top/b.xml" in archive
        assert "top" not in archive
        with pytest.raises(KeyError):
            archive.read("top/missing")


def test_same_files_give_same_bytes_whatever_their_order() -> None:
    files = {f"t/{number}": bytes([number]) * 100 for number in range(20)}
    names = list(files)
    random.Random(7).shuffle(names)
    first, second = io.BytesIO(), io.BytesIO()
    write_archive(first, files)
    write_archive(second, {name: files[name] for name in names})
    assert first.getvalue() == second.getvalue()
    with zipfile.ZipFile(first) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}


def test_names_beyond_ascii_are_flagged_as_utf8() -> None:
    stream = io.BytesIO()
    write_archive(stream, {"t/報告.xml": b"1"})
    with zipfile.ZipFile(stream) as archive:
        assert archive.infolist()[0].flag_bits & 0x800


@pytest.mark.parametrize("name", ["../a", "t/../a", "t//a", "t/./a", "./a"])
def test_paths_with_empty_or_dotted_parts_are_refused(name: str) -> None:
    assert codes_of(packed((name, b"1"))) == {"x:structure"}


@pytest.mark.parametrize("name", ["/etc/passwd", "C:/a", "t\\a", "..\\a"])
def test_absolute_paths_and_backslashes_are_refused(name: str) -> None:
    assert codes_of(packed((name, b"1"))) == {"x:format"}


def test_duplicates_are_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = packed(("t/a", b"1"), ("t/a", b"2"))
    assert codes_of(data) == {"x:structure"}


def test_a_file_that_is_a_directory_is_refused() -> None:
    assert codes_of(packed(("t/a", b"1"), ("t/a/b", b"2"))) == {"x:structure"}


def test_symbolic_links_are_refused() -> None:
    link = zipfile.ZipInfo("t/link")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    assert codes_of(packed((link, b"/etc/passwd"))) == {"x:format"}


def test_encrypted_entries_are_refused() -> None:
    data = bytearray(packed(("t/a", b"secret")))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature) + offset
        struct.pack_into("<H", data, place, 1)
    assert codes_of(bytes(data)) == {"x:format"}


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"no archive at all" * 10, packed(("t/a", b"1"))[:-10]],
    ids=["empty", "two letters", "text", "cut short"],
)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    assert codes_of(data) == {"x:format"}


def test_bombs_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("t/zeros", bytes(4 * 1024**2))
    assert codes_of(stream.getvalue()) == {"exporter:limitExceeded"}
    assert codes_of(packed(("t/a", b"12345")), Limits(archive_size=4)) == {"exporter:limitExceeded"}
    assert codes_of(packed(("t/a", b""), ("t/b", b"")), Limits(archive_files=1)) == {"exporter:limitExceeded"}


def test_overlapping_entries_are_refused() -> None:
    data = bytearray(packed(("t/a", b"x" * 50), ("t/b", b"y" * 50)))
    second = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 10)
    assert "x:format" in codes_of(bytes(data))


def test_damaged_content_is_told_when_it_is_read() -> None:
    data = bytearray(packed(("t/a", b"hello world")))
    data[data.find(b"hello")] ^= 0xFF
    with open_archive(bytes(data)) as archive, pytest.raises(PackageError, match="t/a is damaged"):
        archive.read("t/a")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackageError) as caught:
        open_archive(tmp_path / "none.zip")
    assert caught.value.findings[0].code == "exporter:unreadableFile"


@pytest.mark.parametrize("path", ["/a", "t/../a", "", "a\\b", "t/"])
def test_impossible_paths_are_not_written(path: str) -> None:
    with pytest.raises(PackageError):
        write_archive(io.BytesIO(), {path: b"1"})


def test_a_file_is_not_written_where_a_directory_is() -> None:
    with pytest.raises(PackageError):
        write_archive(io.BytesIO(), {"t/a": b"1", "t/a/b": b"2"})


def test_an_entry_without_a_name_is_refused() -> None:
    assert codes_of(packed((zipfile.ZipInfo(""), b"1"))) == {"x:structure"}


def test_what_packs_too_tightly_is_stored_and_read_again(tmp_path: Path) -> None:
    content = b"<p>the same</p>" * 400_000
    path = tmp_path / "tight.zip"
    with path.open("wb") as stream:
        write_archive(stream, {"top/tight.xhtml": content, "top/small.txt": b"small"})
    with open_archive(path) as archive:
        assert archive.read("top/tight.xhtml") == content
