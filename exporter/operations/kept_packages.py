"""Taxonomy packages that a person keeps, so that no command needs to be given them twice.

They lie in a folder of their own, a file for each package, named after its identifier; a newer one replaces the older.
The folder is `packages_folder`: as the environment says (``EXPORTER_TAXONOMIES_DIR``), else where the platform has the
data of programs.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import frozen

from exporter.errors import PackageError, ReadError
from exporter.findings import Finding, Location
from exporter.packages.taxonomy_package import TaxonomyPackage, read_taxonomy_package
from exporter.profiles import PROFILES
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver

VARIABLE: Final = "EXPORTER_TAXONOMIES_DIR"
_NAME: Final = "filing-exporter"


def packages_folder() -> Path | None:
    """Where packages are kept; ``None`` where there is no home."""
    if named := os.environ.get(VARIABLE):
        return Path(named)
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local, _NAME, "taxonomies") if local else None
    if (named := os.environ.get("XDG_DATA_HOME")) and Path(named).is_absolute():
        return Path(named, _NAME, "taxonomies")
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home / ("Library/Application Support" if sys.platform == "darwin" else ".local/share") / _NAME / "taxonomies"


def kept_packages(folder: Path | None = None) -> tuple[Path, ...]:
    """The packages kept, by name."""
    place = folder or packages_folder()
    return tuple(sorted(place.glob("*.zip"))) if place is not None and place.is_dir() else ()


@frozen(kw_only=True)
class KeptPackage:
    """A package that is kept, and what it replaces."""

    path: Path
    identifier: str
    name: str
    replaced: bool


def keep_package(
    source: Path | str, *, folder: Path | None = None, online: bool = False, limits: Limits = DEFAULT_LIMITS
) -> KeptPackage:
    """Check a taxonomy package and keep a copy of it.

    Args:
        source: the path of the package, or its URL.
        folder: where to keep it; `packages_folder` by default.
        online: whether a URL may be fetched.

    Raises:
        PackageError: it is unsafe, no taxonomy package, or a URL though nothing is fetched.
        ResolutionError: the URL cannot be fetched.
        OSError: it cannot be read, or the copy not written.
    """
    place = folder or packages_folder()
    if place is None:
        raise _refusal(str(source), "there is no folder to keep packages in", f"set {VARIABLE}")
    content, name = _content(source, online=online, limits=limits)
    with read_taxonomy_package(content, limits, name=name) as package:
        identifier = package.metadata.identifier
        title = next(iter(package.metadata.names.values()), name)
    place.mkdir(parents=True, exist_ok=True)
    target = place / _file_name(identifier)
    replaced = target.exists()
    part = target.with_suffix(".part")
    part.write_bytes(content)
    part.replace(target)
    return KeptPackage(path=target, identifier=identifier, name=title, replaced=replaced)


def _content(source: Path | str, *, online: bool, limits: Limits) -> tuple[bytes, str]:
    """The bytes of a package, and the name that findings show."""
    url = str(source)
    if urlsplit(url).scheme not in ("http", "https"):
        path = Path(source)
        return path.read_bytes(), path.name
    if not online:
        raise _refusal(url, "a URL is fetched only where that is asked for", "add --online, or give a file")
    # Imported on use: the network libraries take time to load.
    from exporter.resources.online import OnlineDocuments

    return OnlineDocuments(limits=limits)(url), PurePosixPath(urlsplit(url).path).name


def _file_name(identifier: str) -> str:
    """A name that tells packages apart and can be read."""
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", identifier.partition("://")[2] or identifier).strip("-.")[:80]
    return f"{plain or 'package'}-{hashlib.sha256(identifier.encode()).hexdigest()[:8]}.zip"


def _refusal(name: str, message: str, fix: str) -> PackageError:
    finding = Finding(code="exporter:usage", message=message, location=Location(file=name), fix=fix)
    return PackageError(findings=[finding])


def describe_needs(packages: Iterable[Path] = (), *, limits: Limits = DEFAULT_LIMITS) -> Iterator[dict[str, Any]]:
    """For each profile, the taxonomies that it needs, and whether they are among ``packages`` and those kept.

    Raises:
        PackageError: one of the packages is unsafe or no taxonomy package.
    """
    # Imported on use: who keeps packages seldom asks for profiles.
    from exporter.profiles.read import load_profile

    opened: list[TaxonomyPackage] = []
    try:
        opened += (read_taxonomy_package(path, limits) for path in (*packages, *kept_packages()))
        resolver = Resolver(catalogs=opened, limits=limits)
        for name in PROFILES:
            profile = load_profile(name)
            for taxonomy in profile.taxonomies.values():
                yield {
                    "profile": name,
                    "prefix": taxonomy.prefix,
                    "package": taxonomy.package,
                    "schema": taxonomy.schema,
                    "at_hand": resolver.is_at_hand(taxonomy.schema),
                    "obtain": taxonomy.obtain,
                }
    finally:
        for package in opened:
            package.close()


def describe_kept(folder: Path | None = None, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[dict[str, Any]]:
    """The packages kept: where they are, and what they call themselves; one that is broken says so."""
    for path in kept_packages(folder):
        try:
            with read_taxonomy_package(path, limits) as package:
                metadata = package.metadata
                title = next(iter(metadata.names.values()), path.name)
                yield {"path": str(path), "identifier": metadata.identifier, "name": title, "version": metadata.version}
        except (PackageError, ReadError) as error:
            yield {"path": str(path), "identifier": None, "name": f"broken: {error}", "version": None}
