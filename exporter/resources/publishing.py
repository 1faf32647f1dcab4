"""Files that appear in their folder together or not at all, whatever ends the program on the way.

They are written into a folder of their own, `Staging.files`. Where the folder they go to can be swapped for another
one, that becomes the new folder, the user's own files linked into it, and takes the place of the old one in a single
step. Else each file is moved. A journal (`exporter.resources.journal`) lets the next run take back what one that was
killed has done. Either way the folder holds what it held before or what it shall hold.
"""

from __future__ import annotations

import errno
import functools
import os
import re
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path, PurePath
from typing import Final

from attrs import define, field

from exporter.resources.files import mode_for, name_full_disk
from exporter.resources.journal import (
    NEW,
    close_journal,
    files_below,
    move_files,
    note_swap,
    raise_error,
    recover,
    rescue,
    sync,
    sync_all,
    undo,
    write_journal,
)
from exporter.resources.locks import (
    PART,
    dead_part_folders,
    locked,
    part_folder,
    part_prefix,
    private_folder,
    remove_part_folder,
)
from exporter.resources.signals import signals_deferred
from exporter.resources.stages import stage
from exporter.resources.streams import is_stream, written_stream

_MOST_LINKED: Final = 2_000
"""A folder that holds more of the user's own is not made anew."""

_NOT_SWAPPED: Final = frozenset(
    (errno.ENOSYS, errno.EINVAL, errno.EXDEV, errno.EBUSY, errno.EPERM, errno.EACCES, errno.ENOTSUP)
)
_RENAME_EXCHANGE: Final = 2
_AT_FDCWD: Final = -100


@define(eq=False)
class Staging:
    """Files on their way to ``directory``: write them to ``files``, by the names that they shall have.

    ``stale`` names files that go away when these appear.
    """

    directory: Path
    root: Path
    stale: list[str] = field(factory=list)
    _names: list[str] = field(factory=list, init=False)
    _swaps: bool = field(default=False, init=False)
    _take_back: Callable[[], None] | None = field(default=None, init=False)

    @property
    def files(self) -> Path:
        return self.root / NEW

    def prepare(self) -> None:
        """Do what may fail or take time: the files reach the disk, the user's own are linked into the new folder.

        Raises:
            OSError: something stands in the way of a file.
        """
        self._names = sorted(files_below(self.files))
        self.stale = [name for name in self.stale if name not in self._names and (self.directory / name).is_file()]
        for name in (*self._names, *self.stale):
            _check_place(self.directory, name)
        for name in self._names:
            if (self.directory / name).is_file():
                (self.files / name).chmod(mode_for(self.directory / name))
        sync_all(self.files)
        is_beside = self.root.parent == self.directory.parent
        if is_beside and self.directory.is_dir() and len(self._names) + len(self.stale) > 1 and _exchange() is not None:
            try:
                _copy_status(self.directory, self.files)
                _link_others(self.directory, self.files, {*self._names, *self.stale})
                self._swaps = True
            except (OSError, NotImplementedError):  # a folder of somebody else, no links, or too many
                pass

    def put(self) -> None:
        """Let the files appear.

        Raises:
            OSError: they cannot; nothing has changed then, and `take_back` does nothing.
        """
        if not self.directory.exists():
            os.rename(self.files, self.directory)
            self._take_back = functools.partial(os.rename, self.directory, self.files)
        elif not (self._swaps and self._swap()):
            journal = write_journal(self.root, self.directory, self._names, self.stale)
            self._take_back = functools.partial(undo, self.root, self.directory, journal)
            move_files(self.root, self.directory, journal)

    def _swap(self) -> bool:
        exchange = _exchange()
        assert exchange is not None
        note_swap(self.root, [*self._names, *self.stale])
        try:
            exchange(self.files, self.directory)
        except OSError as error:
            if error.errno not in _NOT_SWAPPED:
                raise
            self._swaps = False
            return False
        self._take_back = functools.partial(exchange, self.files, self.directory)
        return True

    def take_back(self) -> None:
        """Let the folder be what it was."""
        if self._take_back is not None:
            self._take_back()
        close_journal(self.root)

    def settle(self) -> None:
        """There is no way back from here."""
        if self._swaps:
            rescue(self.files, self.directory, {*self._names, *self.stale})
        close_journal(self.root)
        sync(self.directory)
        sync(self.directory.parent)


@contextmanager
def staged(directory: Path) -> Iterator[Staging]:
    """A place for files on their way to ``directory``, gone at the end; what killed runs left is cleared before.

    It lies beside the folder; or in it, where the folder cannot be swapped for another.

    Raises:
        WriteError: ``exporter:folderInUse``.
        OSError: the folder is none, or cannot be written to.
    """
    place = Path(os.path.realpath(directory))
    if place.exists() and not place.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(directory))
    place.parent.mkdir(parents=True, exist_ok=True)
    if not os.access(place if place.exists() else place.parent, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(directory))
    with ExitStack() as stack:
        with locked(_lock_file(place), directory):
            _clear(place)
            root = stack.enter_context(part_folder(place, place if _is_fixed(place) else place.parent))
        (root / NEW).mkdir()
        if place.is_dir():  # so that new files get the group that they would get there
            with suppress(OSError):
                _copy_status(place, root / NEW)
        try:
            yield Staging(place, root)
        except OSError as error:
            _name_destination(error, root, directory)
            raise


@stage("publish")
def publish(*stagings: Staging) -> None:
    """Let the files of all of them appear, or of none.

    Raises:
        WriteError: ``exporter:folderInUse``: another process is about to do the same, and does not end.
        OSError: a file cannot take its place; every folder holds what it held before.
    """
    with ExitStack() as stack:
        for directory in sorted({staging.directory for staging in stagings}):
            stack.enter_context(locked(_lock_file(directory), directory))
        for staging in stagings:
            staging.prepare()
        with signals_deferred():
            begun: list[Staging] = []
            try:
                for staging in stagings:
                    begun.append(staging)
                    staging.put()
            except BaseException:
                for staging in reversed(begun):
                    staging.take_back()
                raise
            for staging in stagings:
                staging.settle()


def write_together(contents: Mapping[Path, bytes], check: Callable[[Mapping[Path, Path]], None]) -> None:
    """Write files, of any folders, that appear together or not at all, and pipes and devices just before.

    Args:
        contents: by the paths of the files.
        check: is given the place of each path, before any appears; what it raises stops that.

    Raises:
        WriteError: ``exporter:folderInUse``.
        OSError: a file cannot be written; none of them is.
    """
    streams = [path for path in contents if is_stream(path)]
    folders = {path: Path(os.path.realpath(path.parent)) for path in contents if path not in streams}
    with ExitStack() as stack:
        stagings = {folder: stack.enter_context(staged(folder)) for folder in dict.fromkeys(folders.values())}
        places = {path: stagings[folder].files / path.name for path, folder in folders.items()}
        if streams:
            private = stack.enter_context(private_folder("output"))
            places |= {path: private / f"{number}-{path.name}" for number, path in enumerate(streams)}
        for path, data in contents.items():
            places[path].write_bytes(data)
        check(places)
        for path in streams:
            with written_stream(path) as stream:
                stream.write(contents[path])
        publish(*stagings.values())


def _lock_file(directory: Path) -> Path:
    """One for all who write into a folder, beside it where that can be."""
    inside = _is_mount(directory) or not os.access(directory.parent, os.W_OK | os.X_OK)
    parent = directory if inside and directory.is_dir() else directory.parent
    return parent / f"{part_prefix(directory)}exporter-lock"


def _name_destination(error: OSError, root: Path, directory: Path) -> None:
    """Let an error speak of the file that is to be written, not of its place on the way."""
    files = root / NEW
    name_full_disk(error, files, directory)
    if isinstance(error.filename, str) and Path(error.filename).is_relative_to(root):
        known = Path(error.filename).relative_to(files) if Path(error.filename).is_relative_to(files) else Path()
        error.filename = str(directory / known)


def _is_fixed(directory: Path) -> bool:
    """Whether a folder is not to be swapped for another: a mount point, one of the system's or of all, or in use."""
    if not directory.is_dir():
        return False
    here = []
    for place in (Path.cwd, Path.home):
        with suppress(OSError, RuntimeError):  # it is gone; there is none
            here.append(place())
    return (
        any(place.is_relative_to(directory) for place in here)
        or directory.parent == directory.parent.parent
        or bool(directory.stat().st_mode & stat.S_IWOTH)
        or _is_mount(directory)
        or not os.access(directory.parent, os.W_OK | os.X_OK)
    )


def _is_mount(directory: Path) -> bool:
    if os.path.ismount(directory):
        return True
    try:  # a folder mounted elsewhere on its own file system
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return False
    points = (line.split()[4] for line in mounts)
    return str(directory) in (re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), point) for point in points)


@functools.cache
def _exchange() -> Callable[[Path, Path], None] | None:
    """What swaps two folders in one step, where the system can do that."""
    if sys.platform != "linux":
        return None
    import ctypes

    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return None
    rename.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)

    def exchange(first: Path, second: Path) -> None:
        sys.audit("exporter.exchange", str(first), str(second))
        if rename(_AT_FDCWD, os.fsencode(first), _AT_FDCWD, os.fsencode(second), _RENAME_EXCHANGE):
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(second))

    return exchange


def _check_place(directory: Path, name: str) -> None:
    """No folder stands where a file goes, and no link leads out of the folder on the way there."""
    if (directory / name).is_dir() and not (directory / name).is_symlink():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(directory / name))
    for parent in PurePath(name).parents[:-1]:
        place = directory / parent
        if os.path.lexists(place) and (place.is_symlink() or not place.is_dir()):
            message = "a link or file stands where a folder is to be written; remove it"
            raise NotADirectoryError(errno.ENOTDIR, message, str(place))


def _link_others(old: Path, new: Path, own: Iterable[str]) -> None:
    """Link everything in ``old`` into ``new``, but what is replaced.

    Raises:
        OSError: something cannot be linked, or there is too much.
    """
    count = 0
    for parent, folders, names in os.walk(old, onerror=raise_error):
        below = Path(parent).relative_to(old)
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        folders[:] = [name for name in folders if name not in links]
        for name in folders:
            folder = Path(parent) / name
            is_staging = name.startswith(".") and name.endswith(PART)
            if is_staging or os.path.ismount(folder) or not os.access(folder, os.W_OK | os.X_OK):
                raise OSError(errno.EBUSY, "it cannot be removed afterwards", str(folder))
            (new / below / name).mkdir(exist_ok=True)
            _copy_status(folder, new / below / name)
        for name in (*links, *names):
            if (below / name).as_posix() not in own:
                os.link(Path(parent) / name, new / below / name, follow_symlinks=False)
        count += len(folders) + len(names) + len(links)
        if count > _MOST_LINKED:
            raise OSError(errno.EMLINK, "too much to be linked")


def _copy_status(old: Path, new: Path) -> None:
    status = old.stat()
    if os.name != "nt" and (status.st_uid, status.st_gid) != (new.stat().st_uid, new.stat().st_gid):
        os.chown(new, status.st_uid, status.st_gid)
    shutil.copystat(old, new)
    os.utime(new)


def _clear(directory: Path) -> None:
    """Complete or take back what killed runs left of their files for a folder, and remove it."""
    for parent in (directory.parent, directory):
        for root in dead_part_folders(directory, parent):
            with suppress(OSError):
                recover(root, directory)
            remove_part_folder(root)
