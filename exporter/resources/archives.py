"""ZIP archives: read with care, written so that the same content gives the same bytes.

An archive is refused as a whole, before anything is taken out of it, where a name leads out of it, an entry is
encrypted, a link or there twice, or where it would unpack to more than the limits allow.
"""

from __future__ import annotations

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, cast

from attrs import define, field, frozen

from exporter.errors import PackageError
from exporter.findings import Finding, Location
from exporter.resources.limits import DEFAULT_LIMITS, Limits

ArchiveSource = Path | bytes | BinaryIO

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_RATIO_FROM: Final = 1024**2  # what stays smaller than this may be packed as tightly as it likes
_UNIX: Final = 3
_PIECE: Final = 1024**2
_FILE_MODE: Final = (stat.S_IFREG | 0o644) << 16
_ENCRYPTED: Final = 0x1
_WELL_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@frozen(kw_only=True)
class ArchiveCodes:
    """The codes of the findings: ``format`` where it is no archive we read, ``structure`` where names are wrong."""

    format: str = "exporter:invalidArchive"
    structure: str = "exporter:invalidArchive"


@define(eq=False)
class Archive:
    """An open archive whose entries have been checked. Close it, or use it in a ``with`` statement."""

    name: str
    _zip: zipfile.ZipFile
    _entries: Mapping[str, zipfile.ZipInfo] = field(factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, as they stand in the archive; directories are left out."""
        return tuple(self._entries)

    @property
    def directories(self) -> tuple[str, ...]:
        """The directories that have an entry of their own, without the slash at the end."""
        return tuple(info.filename.rstrip("/") for info in self._zip.infolist() if _is_directory(info))

    def names_in(self, directory: str) -> tuple[str, ...]:
        """The names of the files directly in a directory (``""``: at the top)."""
        start = f"{directory}/" if directory else ""
        return tuple(sorted(name for name in self._entries if name.startswith(start) and "/" not in name[len(start) :]))

    def display_name(self, name: str) -> str:
        """As findings name a file of the archive."""
        return f"{self.name}/{name}"

    def source(self, name: str) -> bytes:
        """Where a file can be read: its bytes."""
        return self.read(name)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            KeyError: there is no such file.
            PackageError: the entry is damaged.
        """
        try:
            return self._zip.read(self._entries[name])
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError) as error:
            finding = _finding(ArchiveCodes().format, f"the entry {name} is damaged: {error}", self.name)
            raise PackageError(findings=[finding]) from None

    def open(self, name: str) -> BinaryIO:
        """A file to be read piece by piece.

        Raises:
            KeyError: there is no such file.
            PackageError: the entry is damaged where it begins.
        """
        try:
            return cast(BinaryIO, self._zip.open(self._entries[name]))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            finding = _finding(ArchiveCodes().format, f"the entry {name} is damaged: {error}", self.name)
            raise PackageError(findings=[finding]) from None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the whole archive."""
        file = self._zip.fp
        if file is None:
            raise ValueError("the archive is closed")
        place = file.tell()
        try:
            file.seek(0)
            digest = hashlib.sha256()
            while piece := file.read(_PIECE):
                digest.update(piece)
        finally:
            file.seek(place)
        return digest.hexdigest()

    def close(self) -> None:
        self._zip.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_archive(
    source: ArchiveSource,
    limits: Limits = DEFAULT_LIMITS,
    *,
    codes: ArchiveCodes = ArchiveCodes(),
    name: str | None = None,
) -> Archive:
    """An archive, checked.

    Args:
        source: a path, the bytes, or an open binary file.
        limits: ``archive_files``, ``archive_size`` and ``archive_ratio`` are held.
        codes: the codes of the findings.
        name: the file name for findings; a path's own by default.

    Raises:
        PackageError: the archive is unsafe or none; all findings are reported together.
    """
    file_name = name or (str(source) if isinstance(source, Path) else str(getattr(source, "name", "(archive)")))
    try:
        opened = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except FileNotFoundError:
        raise PackageError(
            findings=[_finding("exporter:unreadableFile", "the file cannot be read: no such file", file_name)]
        ) from None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise PackageError(findings=[_finding(codes.format, f"this is no ZIP archive: {error}", file_name)]) from None
    infos = opened.infolist()
    findings = [*_excesses(infos, limits, file_name), *_findings(infos, codes, file_name)]
    if findings:
        opened.close()
        raise PackageError(findings=findings)
    return Archive(file_name, opened, {info.filename: info for info in infos if not _is_directory(info)})


def _finding(code: str, message: str, name: str, fix: str = "pack the files anew with a common ZIP tool") -> Finding:
    return Finding(code=code, message=message, location=Location(file=name), fix=fix)


def _is_directory(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith("/")  # ZipInfo.is_dir breaks down over an empty name


def _excesses(infos: list[zipfile.ZipInfo], limits: Limits, name: str) -> Iterator[Finding]:
    code, fix = "exporter:limitExceeded", "raise the limit {} if you trust the archive"
    if len(infos) > limits.archive_files:
        message = f"the archive holds {len(infos)} entries, more than {limits.archive_files}"
        yield _finding(code, message, name, fix.format("archive_files"))
    size, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if size > limits.archive_size:
        message = f"the archive unpacks to {size} bytes, more than {limits.archive_size}"
        yield _finding(code, message, name, fix.format("archive_size"))
    tight = [
        info
        for info in infos
        if info.file_size > _RATIO_FROM and info.file_size > limits.archive_ratio * max(info.compress_size, 1)
    ]
    if tight or (size > _RATIO_FROM and size > limits.archive_ratio * max(packed, 1)):
        which = tight[0].filename if tight else "the archive"
        message = f"{which} unpacks to more than {limits.archive_ratio} times its packed size"
        yield _finding(code, message, name, fix.format("archive_ratio"))


def _findings(infos: list[zipfile.ZipInfo], codes: ArchiveCodes, name: str) -> Iterator[Finding]:
    seen: set[str] = set()
    for info in infos:
        if message := _unreadable(info):
            yield _finding(codes.format, message, name)
        elif message := _misnamed(info, seen):
            yield _finding(codes.structure, message, name)
        seen.add(info.orig_filename.removesuffix("/"))
    files = {info.filename for info in infos if not _is_directory(info)}
    for path in sorted(files & {parent for member in seen for parent in _parents(member)}):
        yield _finding(codes.structure, f"the entry {path} is a file and a directory", name)
    for start in _overlaps(infos):
        yield _finding(codes.format, f"the entry {start} overlaps another", name)


def _unreadable(info: zipfile.ZipInfo) -> str | None:
    path = info.orig_filename
    if info.flag_bits & _ENCRYPTED:
        return f"the entry {path} is encrypted"
    if "\\" in path or "\0" in path:
        return f"the name of the entry {path!r} has a backslash or a null; paths are written with /"
    if path.startswith("/") or path[1:3] == ":/":
        return f"the entry {path} has an absolute path"
    if info.compress_type not in _WELL_PACKED:
        return f"the entry {path} is packed in a way other than deflate"
    if stat.S_ISLNK(info.external_attr >> 16):
        return f"the entry {path} is a symbolic link"
    return None


def _misnamed(info: zipfile.ZipInfo, seen: set[str]) -> str | None:
    path = info.orig_filename.removesuffix("/")
    if any(part in ("", ".", "..") for part in path.split("/")):
        return f"the path of the entry {info.orig_filename} has an empty part, . or .."
    if path in seen:
        return f"the entry {path} is there twice"
    return None


def _parents(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:count]) for count in range(1, len(parts)))


def _overlaps(infos: list[zipfile.ZipInfo]) -> Iterator[str]:
    end = -1
    for info in sorted(infos, key=lambda entry: entry.header_offset):
        if info.header_offset < end:
            yield info.filename
        end = max(end, info.header_offset + 30 + info.compress_size)


def write_archive(stream: BinaryIO, files: Mapping[str, bytes]) -> None:
    """A ZIP archive of files by path (``/`` between parts).

    Entries are sorted and carry a fixed time (1980-01-01) and fixed attributes: the same files give the same bytes.

    Raises:
        PackageError: a path is absolute, has empty parts, ``.`` or ``..``, or is a file and a directory.
    """
    infos = [_entry(path) for path in sorted(files)]
    if findings := list(_findings_of_names(infos)):
        raise PackageError(findings=findings)
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in infos:
            data = files[info.filename]
            # What packs more tightly than readers accept (a page with one item a thousand times) is stored as it is.
            if len(data) > _RATIO_FROM and len(data) > DEFAULT_LIMITS.archive_ratio * len(zlib.compress(data, 6)):
                info.compress_type = zipfile.ZIP_STORED
            archive.writestr(info, data, compresslevel=6)


def _entry(path: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(path, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = _UNIX
    info.external_attr = _FILE_MODE
    return info


def _findings_of_names(infos: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    paths = [info.orig_filename for info in infos]
    parents = {parent for path in paths for parent in _parents(path)}
    for info in infos:
        if _is_directory(info) or info.filename in parents:
            yield _finding(ArchiveCodes().structure, f"{info.filename} is a directory, not a file", "(archive)")
        elif message := _unreadable(info) or _misnamed(info, set()):
            yield _finding(ArchiveCodes().structure, message, "(archive)")
