"""A folder of files, read as an archive of them is: nothing outside it, nothing that is no regular file."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath

from attrs import define

from exporter.errors import PackageError
from exporter.findings import Finding, Location
from exporter.resources.limits import DEFAULT_LIMITS, Limits


@define(eq=False)
class Folder:
    """The files below ``path``, by names with ``/`` between parts, the first of which is ``top`` where it is given.

    The interface is that of `exporter.resources.archives.Archive`. Symbolic links that lead out of the folder, pipes
    and devices are left out.
    """

    path: Path
    top: str = ""
    limits: Limits = DEFAULT_LIMITS
    digest: None = None  # too expensive: each file is checked by its own bytes

    @property
    def name(self) -> str:
        """As findings name the folder."""
        return str(self.path)

    def display_name(self, name: str) -> str:
        """As findings name a file of it: by its path."""
        return str(self._path(name))

    def source(self, name: str) -> Path:
        """Where a file can be read."""
        return self._path(name)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all files, in alphabetical order.

        Raises:
            PackageError: there are more than ``limits.archive_files``.
        """
        return tuple(sorted(self._walk()))

    @property
    def directories(self) -> tuple[str, ...]:
        """The folders below, those with files and those without."""
        names = [str(PurePosixPath(self.top, folder)) for folder in self._folders()]
        return tuple(sorted(names))

    def names_in(self, directory: str) -> tuple[str, ...]:
        """The names of the files directly in a folder, without looking further."""
        path = self._path(directory)
        try:
            entries = sorted(path.iterdir())
        except OSError:
            return ()
        return tuple(str(PurePosixPath(directory, entry.name)) for entry in entries if self._is_file(entry))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._belongs(name) and self._is_file(self._path(name))

    def read(self, name: str) -> bytes:
        """The bytes of a file.

        Raises:
            KeyError: there is no such file.
            PackageError: it cannot be read, or is larger than the limits allow.
        """
        if name not in self:
            raise KeyError(name)
        path = self._path(name)
        try:
            if path.stat().st_size > self.limits.file_size:
                raise self._refusal("exporter:limitExceeded", f"it is larger than {self.limits.file_size} bytes", path)
            return path.read_bytes()
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or error}"
            raise self._refusal("exporter:unreadableFile", message, path) from None

    def close(self) -> None:
        """Nothing is open."""

    def _path(self, name: str) -> Path:
        inside = PurePosixPath(name)
        return self.path / (inside.relative_to(self.top) if self.top else inside)

    def _belongs(self, name: str) -> bool:
        parts = PurePosixPath(name).parts
        if ".." in parts or name.startswith("/"):
            return False
        return not self.top or parts[:1] == (self.top,)

    def _is_file(self, path: Path) -> bool:
        try:
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode):
                return path.is_file() and path.resolve().is_relative_to(self.path.resolve())
            return stat.S_ISREG(mode)
        except (OSError, ValueError):
            return False

    def _walk(self) -> Iterator[str]:
        count = 0
        for folder, _, files in os.walk(self.path):
            for file in files:
                count += 1
                if count > self.limits.archive_files:
                    message = f"the folder holds more than {self.limits.archive_files} files"
                    raise self._refusal("exporter:limitExceeded", message, self.path)
                path = Path(folder, file)
                if self._is_file(path):
                    yield str(PurePosixPath(self.top, path.relative_to(self.path).as_posix()))

    def _folders(self) -> Iterator[str]:
        for folder, _, _ in os.walk(self.path):
            inside = Path(folder).relative_to(self.path).as_posix()
            if inside != ".":
                yield inside

    def _refusal(self, code: str, message: str, path: Path) -> PackageError:
        fix = "raise the limit if you trust it, or name the file" if "limit" in code else "check the permissions"
        return PackageError(findings=[Finding(code=code, message=message, location=Location(file=str(path)), fix=fix)])
