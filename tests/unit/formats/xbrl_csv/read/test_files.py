""""""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.formats.xbrl_csv.read.files import CsvRows
from exporter.formats.xbrl_csv.write.files import ColumnNames, csv_line, quote_cell
from exporter.resources.limits import DEFAULT_LIMITS, Limits

pytestmark = pytest.mark.door("csv")


def rows(folder: Path, data: bytes, limits: Limits = DEFAULT_LIMITS) -> list[list[str]]:
    path = folder / "t.csv"
    path.write_bytes(data)
    return list(CsvRows(path, name="t.csv", limits=limits))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        (b"a\r1\r", [["a"], ["1"]]),
        (b"a\n\n1", [["a"], [], ["1"]]),
        (b"\xef\xbb\xbfa\n", [["a"]]),
        (b'"a","b ""c"" d"\n', [["a", 'b "c" d']]),
        (b'"a\r\n""b"",\nc",d\n"",""\n', [['a\r\n"b",\nc', "d"], ["", ""]]),
        (b'x,"a\n\nb"\ny,z\n', [["x", "a\n\nb"], ["y", "z"]]),
        ("売上,😀\n".encode(), [["売上", "😀"]]),
    ],
)
def test_rows(tmp_path: Path, data: bytes, expected: list[list[str]]) -> None:
    assert rows(tmp_path, data) == expected


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'a\n"b', 2),
        (b'a\nb"c"\n', 2),
        (b'"a"b\n', 1),
        (b'"a\nb" ,c\n', 2),
        (b'"a\nb",c"d\n', 2),
        (b'a, "b"\n', 1),
        (b"a\n\xe4\n", None),
        ("a\n".encode("utf-16"), None),
    ],
)
def test_what_is_no_csv(tmp_path: Path, data: bytes, line: int | None) -> None:
    with pytest.raises(ReadError) as caught:
        rows(tmp_path, data)
    (finding,) = caught.value.findings
    assert finding.code == "xbrlce:invalidCSVFileFormat"
    assert finding.location.file == "t.csv"
    assert line in (None, finding.location.line)


def test_limits(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        rows(tmp_path, b"a" * 2000, Limits(file_size=1000))
    assert caught.value.findings[0].code == "exporter:limitExceeded"
    large = b"x" * 200_000  # beyond what the library allows by itself
    assert rows(tmp_path, large) == [[large.decode()]]


@pytest.mark.parametrize(
    "data",
    [
        b"a\n" + b"x" * 1001 + b"\n",
        b'a\n"' + b"x" * 1001 + b'"\n',
        b'a\n"' + b"x\n" * 501 + b'"\n',
        b'a\n"' + b"x\n" * 5000,
        b'a\n"' + b'x""\n' * 5000,
    ],
)
def test_a_cell_has_its_own_bound(tmp_path: Path, data: bytes) -> None:
    """The standard library's bound is one for the whole process, so an earlier reader may have raised it."""
    rows(tmp_path, b"x" * 200_000)
    with pytest.raises(ReadError) as caught:
        rows(tmp_path, data, Limits(text_size=1000))
    assert [finding.code for finding in caught.value.findings] == ["exporter:limitExceeded"]


def test_many_short_cells_are_no_long_one(tmp_path: Path) -> None:
    data = b",".join([b"x" * 100] * 50) + b"\n" + b",".join([b'"x\n"'] * 3000) + b"\n"
    assert [len(row) for row in rows(tmp_path, data, Limits(text_size=1000))] == [50, 3000]


def test_quoting() -> None:
    assert [quote_cell(text) for text in ("a", "", "a,b", 'a"b', "a\nb", "a\rb", " a ")] == [
        "a", "", '"a,b"', '"a""b"', '"a\nb"', '"a\rb"', " a ",
    ]  # fmt: skip
    assert csv_line(["a", "b,c"]) == 'a,"b,c"\r\n'
    assert csv_line([""]) == '""\r\n'


def test_names_of_columns() -> None:
    names = ColumnNames()
    given = [names.give(wish) for wish in ("a", "a", "a_2", "b.c", "b_c", "a", "a_2")]
    assert given[:2] == ["a", "a_2"]
    assert len(set(given)) == len(given)
    assert not any("." in name for name in given)
