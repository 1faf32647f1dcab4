"""The formats there are, found by name, by content or by suffix; their readers and writers are imported on use."""

from __future__ import annotations

import codecs
import json
import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, Literal, Protocol

from attrs import frozen

from exporter.errors import ReadError, WriteError
from exporter.findings import MOST_CHOICES, Finding, Location, choice_hint, list_text
from exporter.formats.options import DEFAULT_CONTEXT, DEFAULT_OPTIONS, ReadOptions, WriteContext
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.resources.stages import stage

if TYPE_CHECKING:
    from exporter.resources.targets import Target

_HEAD: Final = 64 * 1024
_TAG = re.compile(r"<(?![?!])(?:[\w.\-]+:)?([\w.\-]+)")
_KEY = re.compile(r'[{,]\s*"((?:[^"\\]|\\.)*)"\s*:')
_DOCUMENT_TYPE = re.compile(r'"documentType"\s*:\s*("(?:[^"\\]|\\.)*")')
_OFFICE: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".docx"})
_SIGNATURES: Final = (
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
)


class ReportReader(Protocol):
    """A format's ``read``."""

    def __call__(self, source: Path | BinaryIO, options: ReadOptions = ...) -> Report: ...


class FactIterator(Protocol):
    """A format's ``iter_facts``."""

    def __call__(self, source: Path | BinaryIO, options: ReadOptions = ...) -> Iterator[Fact]: ...


@frozen(kw_only=True)
class Format:
    """A syntax: how it is called, known and reached.

    ``holds`` says whether documents are made of facts (a `Report`) or of report items; ``read``, ``write`` and
    ``iter_facts`` are there for facts. ``sniff`` knows the beginning of a document. ``has_files`` says that a report
    is several files: it is read from the path of the first of them, or a folder, and not from a stream.
    """

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    description: str
    room: str
    sniff: Callable[[str], bool]
    holds: Literal["facts", "items"] = "facts"
    has_files: bool = False

    @property
    def read(self) -> ReportReader:
        """``read(source, options) -> Report``; raises `ReadError` for a format of items."""
        reader: ReportReader = self._function("read.report", "read", ReadError)
        return reader

    @property
    def iter_facts(self) -> FactIterator:
        """``iter_facts(source, options)``: facts one by one; raises `ReadError` for a format of items."""
        iterator: FactIterator = self._function("read.report", "iter_facts", ReadError)
        return iterator

    @stage(lambda format, *_: f"write {format.name}")
    def write(self, report: Report, target: Target, context: WriteContext = DEFAULT_CONTEXT) -> int:
        """Write ``report`` and return the number of facts.

        Raises:
            WriteError: the report cannot be written in this syntax, or it is a format of items.
        """
        written: int = self._function("write.report", "write", WriteError)(report, target, context)
        return written

    def file_at(self, path: Path) -> Path:
        """The file that is written where ``path`` is asked for.

        A report of several files has the folder ``path``, unless that ends in ``.json``; its first file is called after
        the folder, without ``-csv`` at the end.
        """
        if not self.has_files or path.suffix.lower() == ".json":
            return path
        return path / f"{path.resolve().name.removesuffix('-csv') or 'report'}.json"

    def target(self, path: Path) -> AbstractContextManager[Target]:
        """The target that writes to ``path``; what is written appears whole when the block ends, or not at all."""
        # Imported on use: only who writes needs what puts files in their places.
        from exporter.resources.targets import FileTarget, staged_target

        file = self.file_at(path)
        return staged_target(file) if self.has_files else nullcontext(FileTarget(file))

    def _function(self, module: str, name: str, error: type[ReadError | WriteError]) -> Any:
        if self.holds != "facts":
            raise error(
                findings=[
                    _unknown(f"{self.name} holds report items, not facts", "name a format of facts, such as xbrl-json")
                ]
            )
        return getattr(import_module(f"exporter.formats.{self.room}.{module}"), name)


_NOT_A_REPORT: Final = "give a report (xBRL-JSON, xBRL-CSV, XBRL 2.1, Inline XBRL), or a file of items (.yaml, .json)"


def _is_xbrl_json(head: str) -> bool:
    match = _DOCUMENT_TYPE.search(head)
    if match is not None:
        try:
            return bool(re.search(r"/xbrl-json$", json.loads(match[1])))
        except ValueError:
            return False
    return head.startswith("{") and '"documentInfo"' in _keys(head) and '"items"' not in _keys(head)


def _is_xbrl_csv(head: str) -> bool:
    match = _DOCUMENT_TYPE.search(head)
    if match is not None:
        return match[1].replace("\\/", "/").endswith('/xbrl-csv"')
    return head.startswith("{") and not {'"tables"', '"tableTemplates"'}.isdisjoint(_keys(head))


def _is_items_json(head: str) -> bool:
    keys = _keys(head)
    return head.startswith("{") and '"items"' in keys and not keys & {'"documentInfo"', '"files"'}


def _keys(head: str) -> set[str]:
    return {f'"{key}"' for key in _KEY.findall(head)}


def _root(head: str) -> str | None:
    match = _TAG.search(re.sub(r"<!--.*?(?:-->|\Z)", "", head, flags=re.S)) if head.startswith("<") else None
    return match[1] if match else None


def _is_instance(head: str) -> bool:
    return _root(head) == "xbrl"


def _is_inline(head: str) -> bool:
    return _root(head) == "html"


_FORMATS: Final = (
    Format(
        name="items-json",
        suffixes=(".items.json",),
        media_type="application/json",
        description="report items as JSON",
        room="items_json",
        sniff=_is_items_json,
        holds="items",
    ),
    Format(
        name="xbrl-csv",
        suffixes=("-csv",),
        media_type="application/json",
        description="xBRL-CSV 1.0: metadata in JSON, tables in CSV; a folder or its metadata file",
        room="xbrl_csv",
        sniff=_is_xbrl_csv,
        has_files=True,
    ),
    Format(
        name="xbrl-json",
        suffixes=(".json",),
        media_type="application/json",
        description="xBRL-JSON 1.0",
        room="xbrl_json",
        sniff=_is_xbrl_json,
    ),
    Format(
        name="xbrl-xml",
        suffixes=(".xbrl", ".xml"),
        media_type="application/xml",
        description="XBRL 2.1 instance (xBRL-XML 1.0)",
        room="xbrl_xml",
        sniff=_is_instance,
    ),
    Format(
        name="inline-xbrl",
        suffixes=(".xhtml", ".html", ".htm"),
        media_type="application/xhtml+xml",
        description="Inline XBRL 1.1",
        room="inline_xbrl",
        sniff=_is_inline,
    ),
)


def formats() -> tuple[Format, ...]:
    """Every format there is."""
    return _FORMATS


def _unknown(message: str, fix: str, file: str | None = None) -> Finding:
    return Finding(code="exporter:unknownFormat", message=message, location=Location(file=file), fix=fix)


YAML_SUFFIXES: Final = (".yaml", ".yml")
"""What a file of items is called that people edit."""


def format_to_write(path: str | os.PathLike[str], name: str | None = None) -> Format:
    """The format called ``name``, or else that of the suffix of ``path``.

    Raises:
        WriteError: ``exporter:unknownFormat``, or ``exporter:unwritableFile`` for several files in a pipe.
    """
    # Imported on use: only who writes asks whether a path is a pipe.
    from exporter.resources.streams import is_stream

    syntax = format_by_suffix(path) if name is None else format_by_name(name, error=WriteError)
    if syntax is None:
        suffixes = list_text((suffix for syntax in _FORMATS for suffix in syntax.suffixes), most=MOST_CHOICES)
        fix = f"name the format (--to NAME), or give the file one of the suffixes {suffixes}"
        raise WriteError(findings=[_unknown("the suffix is that of no format", fix, os.fspath(path))])
    if syntax.has_files and is_stream(Path(path)):
        message = f"a report in {syntax.name} is several files, which cannot be written to a pipe or device"
        location = Location(file=os.fspath(path))
        fix = "give the name of a folder"
        raise WriteError(
            findings=[Finding(code="exporter:unwritableFile", message=message, location=location, fix=fix)]
        )
    return syntax


def format_by_name(name: str, *, error: type[ReadError | WriteError] = ReadError) -> Format:
    """The format called ``name``.

    Raises:
        ReadError: ``exporter:unknownFormat``, the choices named; ``error`` may ask for `WriteError`.
    """
    for syntax in _FORMATS:
        if syntax.name == name:
            return syntax
    fix = choice_hint(name, (syntax.name for syntax in _FORMATS))
    raise error(findings=[_unknown(f"there is no format {name!r}", fix)])


def format_by_suffix(path: str | os.PathLike[str]) -> Format | None:
    """The format whose suffix ends the name of ``path``; the longest suffix wins."""
    name = os.fspath(path).lower().rstrip("/")
    fitting = [(len(suffix), syntax) for syntax in _FORMATS for suffix in syntax.suffixes if name.endswith(suffix)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None


def detect_format(path: str | os.PathLike[str]) -> Format:
    """The format of a file: by what it begins with, then by its suffix. A folder is xBRL-CSV.

    Raises:
        ReadError: ``exporter:unreadableFile`` or ``exporter:unknownFormat``.
    """
    if Path(path).is_dir():
        return format_by_name("xbrl-csv")
    return detect_content(read_head(Path(path), str(path)), str(path))


def detect_content(data: bytes, name: str) -> Format:
    """The format of the document ``data``: by what it begins with, then by the suffix of its file ``name``.

    Raises:
        ReadError: ``exporter:unknownFormat``, saying what it is where that is known.
    """
    syntax = sniffed(data) or format_by_suffix(name)
    if syntax is None:
        raise ReadError(findings=[unknown_content(other_content(data, name), name)])
    return syntax


def sniffed(data: bytes) -> Format | None:
    """The format by the beginning of a document; ``None`` where that does not show it."""
    head = _decoded(data[:_HEAD])
    return next((syntax for syntax in _FORMATS if syntax.sniff(head)), None)


def root_of(data: bytes) -> str | None:
    """The local name of the root element of an XML document; ``None`` for what is none."""
    return _root(_decoded(data[:_HEAD]))


def read_head(path: Path, name: str) -> bytes:
    """The beginning of a file.

    Raises:
        ReadError: ``exporter:unreadableFile``.
    """
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        finding = Finding(
            code="exporter:unreadableFile",
            message=f"the file cannot be read: {reason}",
            location=Location(file=name),
            fix="check the path and the permissions",
        )
        raise ReadError(findings=[finding]) from error


def other_content(data: bytes, name: str, names: Collection[str] = ()) -> str | None:
    """What a document is that holds neither a report nor report items; ``None`` where that cannot be determined.

    Args:
        data: what it begins with.
        name: its file's name.
        names: the names of the files in it, where it is an archive.
    """
    suffix = os.path.splitext(name.lower())[1]
    if "[Content_Types].xml" in names or suffix in _OFFICE:
        return (
            "an Excel workbook"
            if any(entry.startswith("xl/") for entry in names) or "xls" in suffix
            else "an Office document"
        )
    for start, what in _SIGNATURES:
        if data.startswith(start):
            return what
    if suffix in (".csv", ".tsv") or (not suffix and _looks_tabular(_decoded(data))):
        return "a table of values (CSV)"
    return None


def _looks_tabular(head: str) -> bool:
    """Whether the first lines have one and the same number of commas, semicolons or tabs."""
    lines = [line for line in head.splitlines()[:5] if line]
    if len(lines) < 2 or head[:1] in "{[<":
        return False
    return any(len({line.count(mark) for line in lines}) == 1 and mark in lines[0] for mark in ",;\t")


def unknown_content(what: str | None, name: str) -> Finding:
    """The finding for a document that is not read."""
    if what is None:
        return _unknown("neither content nor suffix show the format", _NOT_A_REPORT, name)
    fix = "write its figures as report items in YAML; `exporter items` lists the items and their fields"
    if "CSV" in what:
        fix += "; the tables of an xBRL-CSV report are read from its metadata file (.json)"
    return _unknown(f"this is {what}, which is read neither as a report nor as report items", fix, name)


def _decoded(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="replace").lstrip("\ufeff \t\r\n")
    return head.decode("utf-8", errors="replace").lstrip("\ufeff \t\r\n")


def read_report(
    path: str | os.PathLike[str], *, format: str | None = None, options: ReadOptions = DEFAULT_OPTIONS
) -> Report:
    """The report in a file; ``format`` overrules what content and suffix say.

    Raises:
        ReadError: the file cannot be read, or the document is invalid; all findings are listed.
    """
    syntax = detect_format(path) if format is None else format_by_name(format)
    return syntax.read(Path(path), options)
