"""The files of a report in xBRL-CSV 1.0: metadata as strict JSON, rows by RFC 4180, all confined to their folder.

The standard library reads the rows; what it lets pass is checked here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NoReturn, TextIO
from urllib.parse import unquote, urlsplit

from attrs import evolve, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, list_text, shortened
from exporter.formats.oim.json_scanner import JsonText, depth, repeated_name
from exporter.namespaces import XBRL_CSV
from exporter.resources.limits import Limits

_JSON: Final = "xbrlce:invalidJSON"
_MEND: Final = "correct the JSON; RFC 8259 in UTF-8 is expected"


@frozen
class MetadataFile:
    """One metadata file. ``name`` is what messages call it, ``tree`` its JSON as plain objects."""

    path: Path
    name: str
    tree: dict[str, Any]


def read_metadata_file(path: Path, *, name: str, limits: Limits) -> MetadataFile:
    """The file at ``path``; raises `ReadError` ``xbrlce:invalidJSON``, ``oimce:unsupportedDocumentType`` …"""
    try:
        with path.open("rb") as stream:
            text = JsonText(stream, name=name, limits=limits)
            value = text.value()
            text.finish()
    except OSError as error:
        _stop("exporter:unreadableFile", f"the file cannot be read: {error.strerror or error}", name, "check the path")
    except ReadError as error:
        recoded = [
            evolve(finding, code=_JSON) if finding.code == "xbrlje:invalidJSON" else finding
            for finding in error.findings
        ]
        raise ReadError(findings=recoded) from None
    if depth(value) > limits.depth:
        _stop("exporter:limitExceeded", f"containers are nested deeper than {limits.depth}", name, _MEND)
    if (twice := repeated_name(value)) is not None:
        raise ReadError(
            findings=[
                Finding(
                    code=_JSON,
                    message="a name stands twice in one object",
                    location=Location(file=name, pointer=twice),
                    fix="keep one of them",
                )
            ]
        )
    tree = plain_tree(value)
    return MetadataFile(path, name, tree if isinstance(tree, dict) else {})


def plain_tree(value: Any) -> Any:
    """Tuples of pairs as dictionaries."""
    if isinstance(value, tuple):
        return {name: plain_tree(inner) for name, inner in value}
    if isinstance(value, list):
        return [plain_tree(inner) for inner in value]
    return value


def document_type(file: MetadataFile) -> object:
    """``documentInfo.documentType``, ``None`` where there is none."""
    info = file.tree.get("documentInfo")
    return info.get("documentType") if isinstance(info, dict) else None


def check_document_type(file: MetadataFile) -> None:
    """Raise `ReadError` where the file is no metadata of xBRL-CSV 1.0."""
    type_ = document_type(file)
    if type_ != XBRL_CSV:
        got = "none" if type_ is None else shortened(type_)
        raise ReadError(
            findings=[
                Finding(
                    code="oimce:unsupportedDocumentType",
                    message=f"expected the documentType {XBRL_CSV!r}, got {got}",
                    location=Location(file=file.name, pointer="/documentInfo/documentType"),
                    fix="check that this is the metadata of an xBRL-CSV 1.0 report",
                )
            ]
        )


def find_metadata(path: Path) -> Path:
    """The metadata file: ``path`` itself or, if that is a folder, the one file in it that is one.

    Raises:
        ReadError: ``exporter:unreadableFile``, no or several such files.
    """
    if not path.is_dir():
        return path
    files = [file for file in sorted(path.glob("*.json")) if file.is_file() and _looks_like_metadata(file)]
    if len(files) == 1:
        return files[0]
    names = list_text(file.name for file in files) or "none"
    return _stop(
        "exporter:unreadableFile",
        f"expected one metadata file of xBRL-CSV in the folder, found {names}",
        str(path),
        "name the metadata file",
    )


def _looks_like_metadata(path: Path) -> bool:
    with path.open("rb") as stream:
        return b"/xbrl-csv" in stream.read(64 * 1024)


def confined_path(url: str, *, base: Path, root: Path) -> Path | None:
    """The file that ``url``, relative to the folder ``base``, names inside the folder ``root``; ``None`` if outside."""
    try:
        parts = urlsplit(url)
        if parts.scheme or parts.netloc or parts.query or not parts.path or "\\" in parts.path or "\0" in url:
            return None
        path = (base / unquote(parts.path, errors="strict")).resolve()
        return path if path.is_relative_to(root.resolve()) else None
    except (ValueError, OSError):
        return None


def is_file(path: Path) -> bool:
    """Whether there is such a file; a name that no file system takes is that of none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _stop(code: str, message: str, name: str, fix: str) -> NoReturn:
    raise ReadError(findings=[Finding(code=code, message=message, location=Location(file=name), fix=fix)])


_FORMAT: Final = "xbrlce:invalidCSVFileFormat"
_NO_BOUND: Final = 2**31 - 1  # what the library's own setting takes on every platform
_REST_OF_QUOTED = re.compile(r'(?:[^"]|"")*+("?)')


class CsvRows:
    """The rows of a file, one list of cells each; ``line`` is where the last one ends.

    Iterating raises `ReadError` ``xbrlce:invalidCSVFileFormat`` or ``exporter:limitExceeded``.
    """

    def __init__(self, path: Path, *, name: str, limits: Limits) -> None:
        self.line = 0
        self._unmeasured = 0  # characters of the lines since the last row
        self._opened_on = 0  # the line on which the quoted cell that goes on in the next line begins
        self._path, self._name, self._limits = path, name, limits

    def __iter__(self) -> Iterator[list[str]]:
        # The library's own bound is one for the whole process: it is raised out of the way; cells are measured here.
        if csv.field_size_limit() < _NO_BOUND:
            csv.field_size_limit(_NO_BOUND)
        self._check_size()
        with self._opened() as file:
            reader = csv.reader(self._checked(file), strict=True)
            try:
                for row in reader:
                    self.line = reader.line_num
                    if self._unmeasured > self._limits.text_size and max(map(len, row)) > self._limits.text_size:
                        self._stop_at_long_cell(self.line)
                    self._unmeasured = 0
                    yield row
            except csv.Error as error:
                self._stop(_FORMAT, f"no CSV as RFC 4180 has it: {error}", reader.line_num)
            except UnicodeDecodeError as error:
                self._stop(_FORMAT, f"the file is not in UTF-8: {error.reason}", reader.line_num + 1)

    def _opened(self) -> TextIO:
        try:
            return self._path.open(encoding="utf-8-sig", newline="")
        except OSError as error:
            self._stop("exporter:unreadableFile", f"the file cannot be read: {error.strerror or error}", 1)

    def _check_size(self) -> None:
        if self._path.stat().st_size > self._limits.file_size:
            self._stop("exporter:limitExceeded", f"the file is larger than {self._limits.file_size} bytes", 1)

    def _checked(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines; a quote may only stand around a whole cell, which the library does not insist on."""
        is_open, size = False, 0
        for number, line in enumerate(lines, 1):
            if '"' in line:
                is_open = self._quote_is_open(line, number, is_open=is_open)
            size = size + len(line) if is_open and self._opened_on < number else 0
            if size > 2 * self._limits.text_size:  # quotes within a cell are written twice
                self._stop_at_long_cell(number)
            self._unmeasured += len(line)
            yield line

    def _quote_is_open(self, line: str, number: int, *, is_open: bool) -> bool:
        """Whether a quoted cell goes on in the next line; ``is_open`` says whether one goes on in this."""
        position = 0
        while position < len(line):
            if not is_open and line[position] != '"':
                end = line.find(",", position)
                end = len(line) if end < 0 else end
                if line.find('"', position, end) >= 0:
                    self._stop(_FORMAT, "a quote inside a cell that does not begin with one", number)
                position = end + 1
                continue
            match = _REST_OF_QUOTED.match(line, position if is_open else position + 1)
            if match is None or not match[1]:
                self._opened_on = self._opened_on if is_open else number
                return True
            is_open = False
            position = match.end() + 1  # past the comma: the library refuses anything else there
        return False

    def _stop_at_long_cell(self, line: int) -> NoReturn:
        self._stop("exporter:limitExceeded", f"a cell has more than {self._limits.text_size} characters", line)

    def _stop(self, code: str, message: str, line: int) -> NoReturn:
        finding = Finding(
            code=code,
            message=message,
            location=Location(file=self._name, line=line),
            fix="save the table as CSV in UTF-8, cells with commas, quotes or line breaks in double quotes",
        )
        raise ReadError(findings=[finding])
