"""From a URL to bytes: taxonomy packages first, then local files, the network only where somebody opens it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from attrs import field, frozen

from exporter.errors import PackageError, ResolutionError
from exporter.findings import Finding, Location
from exporter.resources.limits import DEFAULT_LIMITS, Limits


@frozen
class Rewrite:
    """URLs that begin with ``start`` stand in a package at ``prefix`` plus the rest (OASIS XML Catalogs 1.1)."""

    start: str
    prefix: str


class Catalog(Protocol):
    """What maps URLs to files of its own: a taxonomy package."""

    @property
    def rewrites(self) -> tuple[Rewrite, ...]:
        """The mappings."""

    def read(self, path: str) -> bytes:
        """The bytes of a file that a mapping leads to; `KeyError` where there is none."""

    def __contains__(self, path: object) -> bool: ...


def _catalogs(value: Iterable[Catalog]) -> tuple[Catalog, ...]:
    return tuple(value)


@frozen(kw_only=True)
class Resolver:
    """Resolves absolute URLs.

    ``catalogs`` are asked first, the longest fitting mapping of all winning (of equal ones the first). What is mapped
    is never looked for elsewhere. ``roots``, where given, are the only directories from which local files are read.
    ``fetch``, where given, is asked for public documents that no catalog maps; else they are not available.
    """

    catalogs: tuple[Catalog, ...] = field(default=(), converter=_catalogs)
    limits: Limits = DEFAULT_LIMITS
    roots: tuple[Path, ...] | None = None
    fetch: Callable[[str], bytes] | None = None

    def absolute(self, href: str, referrer: str) -> str:
        """``href`` as it stands in the document ``referrer`` (an absolute URL), made absolute, without fragment.

        Raises:
            ResolutionError: a public document refers to a local file, or the URL is malformed.
        """
        try:
            url = urldefrag(urljoin(referrer, href.strip())).url
            leaves = urlsplit(url).scheme == "file" and urlsplit(referrer).scheme != "file"
        except ValueError as error:
            raise self._failure(href, f"this is no URL: {error}") from None
        if leaves:
            raise self._failure(url, f"the public document {referrer} refers to a local file")
        return url

    def read(self, url: str) -> bytes:
        """The bytes at an absolute URL.

        Raises:
            ResolutionError: they are not available, may not be read, or are more than the limits allow.
        """
        if (mapped := self._mapped(url)) is not None:
            catalog, path = mapped
            try:
                return catalog.read(path)
            except KeyError:
                raise self._failure(url, f"the package maps it to {path}, which is not there") from None
        if is_local(url):
            return self._read_file(url)
        if self.fetch is not None:
            return self.fetch(url)
        raise self._failure(url, "it is not available, and nothing is fetched from the network")

    def identity(self, url: str) -> str | None:
        """What changes when the bytes at a URL change; ``None`` where there are none.

        A catalog that has a ``digest`` of all its content vouches for its files.
        """
        mapped = self._mapped(url)
        vouched = getattr(mapped[0], "digest", None) if mapped is not None else None
        try:
            if mapped is not None and vouched is not None:
                return f"{vouched} {mapped[1]}" if mapped[1] in mapped[0] else None
            return hashlib.sha256(self.read(url)).hexdigest()
        except (ResolutionError, PackageError):
            return None

    def is_at_hand(self, url: str) -> bool:
        """Whether `read` would find something at the URL."""
        if (mapped := self._mapped(url)) is not None:
            return mapped[1] in mapped[0]
        try:
            return is_local(url) and self._path(url).is_file()
        except (ResolutionError, OSError, ValueError):
            return False

    def is_mapped(self, url: str) -> bool:
        """Whether a package claims the URL for itself, be the file there or not."""
        return self._mapped(url) is not None

    def _mapped(self, url: str) -> tuple[Catalog, str] | None:
        best: tuple[Catalog, Rewrite] | None = None
        for catalog in self.catalogs:
            for rewrite in catalog.rewrites:
                if url.startswith(rewrite.start) and (best is None or len(rewrite.start) > len(best[1].start)):
                    best = (catalog, rewrite)
        if best is None:
            return None
        catalog, rewrite = best
        plain = rewrite.prefix + url[len(rewrite.start) :]
        decoded = unquote(plain)
        return catalog, plain if plain in catalog or decoded not in catalog else decoded

    def _read_file(self, url: str) -> bytes:
        path = self._path(url)
        try:
            if not path.is_file():
                raise self._failure(url, "no such file" if not path.exists() else "this is no regular file")
            if path.stat().st_size > self.limits.file_size:
                raise self._failure(url, f"the file is larger than {self.limits.file_size} bytes")
            return path.read_bytes()
        except (OSError, ValueError) as error:
            raise self._failure(url, f"the file cannot be read: {error}") from None

    def _path(self, url: str) -> Path:
        path = local_path(url)
        if self.roots is not None:
            real = path.resolve()
            if not any(real.is_relative_to(root.resolve()) for root in self.roots):
                raise self._failure(url, "the file stands outside the directories that may be read")
        return path

    @staticmethod
    def _failure(url: str, reason: str) -> ResolutionError:
        finding = Finding(
            code="exporter:notAtHand",
            message=f"{url} cannot be resolved: {reason}",
            location=Location(file=url),
            fix="give the taxonomy package that holds it (--taxonomy-package), or put the file there",
        )
        return ResolutionError(findings=[finding])


def is_local(url: str) -> bool:
    """Whether an absolute URL is that of a file on this machine."""
    parts = urlsplit(url)
    return parts.scheme == "file" and parts.netloc in ("", "localhost")


def file_url(path: Path) -> str:
    """The absolute URL of a local file, its path made absolute but links left as they are."""
    return Path(os.path.abspath(path)).as_uri()


def local_path(url: str) -> Path:
    """The path of a file URL."""
    path = unquote(urlsplit(url).path)
    # urllib.request would know, but loads the network libraries. file:///C:/x is C:/x where drives have letters.
    return Path(path.removeprefix("/") if os.name == "nt" else path)
