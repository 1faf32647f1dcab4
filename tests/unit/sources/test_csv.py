"""CSV files as tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.resources.limits import Limits
from exporter.sources.csv import CsvFile


def rows(path: Path, data: bytes, limits: Limits | None = None) -> list[list[object]]:
    path = path / "a.csv"
    path.write_bytes(data)
    return [list(row.values) for row in CsvFile(path, "a.csv", limits or Limits()).rows()]


@pytest.mark.parametrize(
    "data",
    [b"a,b\n1, x \n", b"a;b\r\n1;x\r\n", b"a\tb\n1\tx\n", b"\xef\xbb\xbfa,b\n1,x\n", "a,b\n1,x\n".encode("utf-16")],
)
def test_what_parts_cells_and_how_they_are_encoded(tmp_path: Path, data: bytes) -> None:
    assert rows(tmp_path, data) == [["a", "b"], ["1", "x"]]


def test_quotes_and_empty_cells(tmp_path: Path) -> None:
    assert rows(tmp_path, b'a,b\n"x, ""y""\nz",\n') == [["a", "b"], ['x, "y"\nz', None]]


@pytest.mark.parametrize("data", [b"a,b\n\xff\xfe\xfd,1\n", b'a,b\n"x,1\n'])
def test_what_cannot_be_read(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        rows(tmp_path, data)
    assert caught.value.findings[0].code == "exporter:malformedTable"


def test_long_lines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        rows(tmp_path, b"a,b\n" + b"x" * 2000 + b"\n", Limits(text_size=1000))
    assert caught.value.findings[0].code == "exporter:limitExceeded"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        list(CsvFile(tmp_path / "no.csv", "no.csv").rows())
    assert caught.value.findings[0].code == "exporter:unreadableFile"


def test_cells(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    table = CsvFile(tmp_path / "a.csv", "a.csv")
    ((location, value),) = table.values_at({"B2", "Z9"})["B2"]
    assert (str(location), value) == ("a.csv!B2", "2")
