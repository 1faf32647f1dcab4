"""What filing rules need to know of the package or folder that a report is filed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from attrs import evolve

from exporter.errors import ReadError
from exporter.operations.report_files import ReportFile
from exporter.packages.edinet_manifest import is_manifest_name, manifest_instances
from exporter.packages.report_package import ReportPackage
from exporter.resources.limits import Limits
from exporter.validation.filing_rules.subject import FilingFolder

_IMAGES: Final = frozenset({".gif", ".jpg", ".jpeg", ".png", ".svg", ".bmp", ".tif", ".tiff", ".webp", ".ico"})
_PAGES: Final = (".htm", ".html", ".xhtml")
_HEAD: Final = 32
_MOST: Final = 20_000
"""The most files of a folder that are looked at."""


def filing_folder(file: ReportFile, limits: Limits, submitted: Path | None = None) -> FilingFolder | None:
    """The report package that a report stands in, or the folder with EDINET's manifest; ``None`` for a file alone.

    Where ``submitted`` is a folder, that is what is filed.
    """
    if file.package is not None:
        return _of_package(file.package, limits)
    source = file.documents[0].source
    if isinstance(source, Path) and any(is_manifest_name(path.name) for path in source.parent.glob("manifest_*.xml")):
        return _of_folder(source.parent, limits)
    if submitted is not None and submitted.is_dir():
        folder = _of_folder(submitted, limits)
        return evolve(folder, reports=tuple(name for name in folder.names if name.lower().endswith(_PAGES)))
    return None


def _of_package(package: ReportPackage, limits: Limits) -> FilingFolder:
    """A package; the bytes of its files count as they are, not as they are packed."""
    names = package.names
    contents = {name: package.read(name) for name in names if not name.endswith("/")}
    manifests = [name for name in names if is_manifest_name(name)]
    source = Path(package.name)
    return FilingFolder(
        name=source.name,
        names=tuple(names),
        top=package.top,
        reports=tuple(path for report in package.reports for path in report.files),
        has_marker=any(name.endswith("META-INF/reportPackage.json") for name in names),
        has_taxonomy_package=package.metadata is not None,
        is_archive=not source.is_dir(),
        size=source.stat().st_size if source.is_file() else 0,
        sizes={name: len(content) for name, content in contents.items()},
        heads={name: content[:_HEAD] for name, content in contents.items() if _is_image(name)},
        directories=tuple(_directories(names)),
        instances=tuple(_instances(((name, contents[name]) for name in manifests), limits)),
    )


def _of_folder(folder: Path, limits: Limits) -> FilingFolder:
    """A folder on this machine; names are relative to it."""
    paths = sorted(folder.rglob("*"))[:_MOST]
    files = [path for path in paths if path.is_file()]
    manifests = ((path.name, path.read_bytes()) for path in files if is_manifest_name(path.name))
    return FilingFolder(
        name=folder.name,
        names=tuple(path.relative_to(folder).as_posix() for path in files),
        is_archive=False,
        has_marker=False,
        has_taxonomy_package=False,
        sizes={path.relative_to(folder).as_posix(): path.stat().st_size for path in files},
        heads={path.relative_to(folder).as_posix(): _head(path) for path in files if _is_image(path.name)},
        directories=tuple(path.relative_to(folder).as_posix() for path in paths if path.is_dir()),
        instances=tuple(_instances(manifests, limits)),
    )


def _is_image(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _IMAGES


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_HEAD)


def _directories(names: Iterable[str]) -> Iterator[str]:
    parents = (str(parent) for name in names for parent in PurePosixPath(name).parents if str(parent) != ".")
    yield from dict.fromkeys(parents)


def _instances(manifests: Iterable[tuple[str, bytes]], limits: Limits) -> Iterator[str]:
    """The instances that manifests name; a manifest that cannot be read is reported where the report is."""
    for name, content in manifests:
        try:
            yield from (instance or "" for instance in manifest_instances(content, name=name, limits=limits))
        except ReadError:
            continue
