"""Taxonomies kept from one run to the next, so that the second need not parse what the first has read.

What is kept goes by what was asked for: the hrefs, the packages with all their bytes, the version of the code that
reads. It is used only while every document it was read from still has the same content, and while what was missing
still is not. It can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from attrs import frozen

from exporter.findings import Finding
from exporter.resources.cached_files import KeptFiles
from exporter.resources.resolver import Resolver
from exporter.taxonomy.packing import PackedTaxonomy, pack_taxonomy
from exporter.taxonomy.read.discovery import Base, LoadedDts, base_url, load_dts
from exporter.taxonomy.taxonomy import Taxonomy

TaxonomyCheck = Callable[[LoadedDts, bool], Iterable[Finding]]
"""A check of a taxonomy; its second argument says whether all documents were available."""

_SUFFIX: Final = ".taxonomy"
_WORTH_KEEPING: Final = 300
"""A taxonomy of fewer elements is read as fast as it is looked up."""

_ROOMS: Final = ("model", "packages", "resources", "taxonomy", "validation/taxonomy")


@frozen(kw_only=True)
class CheckedTaxonomy:
    """A taxonomy with what was found: while reading, and by the checks.

    ``missed`` are the warnings of public documents that are not available, ``schemas`` the URLs of the schemas that are
    no specification's, in the order of discovery. ``findings`` are what is wrong with local documents and those of
    packages; ``missing`` are those findings that say that a document does not exist.
    """

    taxonomy: Taxonomy
    findings: tuple[Finding, ...]
    missing: tuple[Finding, ...]
    missed: tuple[Finding, ...]
    verdict: tuple[Finding, ...]
    schemas: tuple[str, ...]


@frozen(kw_only=True)
class TaxonomyCache:
    """Taxonomies in a folder of their own. Whatever is wrong with a file there, it counts as not being there."""

    files: KeptFiles

    @classmethod
    def at(cls, folder: Path) -> TaxonomyCache:
        """The cache below the cache folder of the program."""
        return cls(files=KeptFiles(folder=folder / "taxonomies", suffix=_SUFFIX))

    def find(self, key: str, resolver: Resolver) -> CheckedTaxonomy | None:
        """What was kept under a key, if it still holds."""
        data = self.files.read(key)
        if data is None:
            return None
        try:
            packed = PackedTaxonomy(data)
            packed.check()
            more = packed.more
            if more["key"] != key or not _still_holds(more, resolver):
                return None
            return CheckedTaxonomy(
                taxonomy=packed.taxonomy,
                findings=(),
                missing=(),
                missed=tuple(map(Finding.from_dict, more["missed"])),
                verdict=tuple(map(Finding.from_dict, more["verdict"])),
                schemas=tuple(more["schemas"]),
            )
        except (ValueError, LookupError, TypeError, AttributeError, OverflowError):  # not written by us
            return None

    def keep(self, key: str, checked: CheckedTaxonomy, loaded: LoadedDts) -> None:
        """Keep a taxonomy without findings, with the content of every document that it was read from."""
        documents, resolver = loaded.documents, loaded.documents.resolver
        content = [[url, resolver.identity(url)] for url in documents.documents]
        if (
            checked.findings
            or len(loaded.schemas.elements) < _WORTH_KEEPING
            or not all(digest for _, digest in content)
        ):
            return
        more: dict[str, Any] = {
            "key": key,
            "documents": content,
            "absent": sorted(documents.absent | documents.left_out),
            "missed": list(map(Finding.as_dict, checked.missed)),
            "verdict": list(map(Finding.as_dict, checked.verdict)),
            "schemas": list(checked.schemas),
        }
        self.files.write(key, pack_taxonomy(checked.taxonomy, more))


def _still_holds(more: dict[str, Any], resolver: Resolver) -> bool:
    if any(map(resolver.is_at_hand, more["absent"])):
        return False
    return all(resolver.identity(url) == identity for url, identity in more["documents"])


def load_checked_taxonomy(
    hrefs: Iterable[str],
    *,
    base: Base,
    resolver: Resolver,
    check: TaxonomyCheck | None = None,
    linkbases: bool = False,
    cache: TaxonomyCache | None = None,
) -> CheckedTaxonomy:
    """The taxonomy that some documents make up, read and checked, or as it was kept.

    Args:
        hrefs, base, resolver, linkbases: as for `exporter.taxonomy.read.discovery.load_dts`.
        check: what finds more; its result is kept with the taxonomy, so it must be the same each time.
        cache: where it may have been kept.

    Raises:
        ReadError: ``exporter:limitExceeded``.
    """
    hrefs = tuple(hrefs)
    key = _key(hrefs, base_url(base), resolver, check, linkbases=linkbases) if cache is not None else ""
    if cache is not None and (known := cache.find(key, resolver)) is not None:
        return known
    missed: list[Finding] = []
    loaded = load_dts(hrefs, base=base, resolver=resolver, warn=missed.append, linkbases=linkbases)
    checked = CheckedTaxonomy(
        taxonomy=loaded.taxonomy,
        findings=loaded.findings,
        missing=loaded.missing,
        missed=tuple(missed),
        verdict=tuple(check(loaded, not missed and not loaded.missing)) if check is not None else (),
        schemas=tuple(document.url for document in loaded.documents.schemas),
    )
    if cache is not None:
        cache.keep(key, checked, loaded)
    return checked


def _key(hrefs: tuple[str, ...], base: str, resolver: Resolver, check: TaxonomyCheck | None, *, linkbases: bool) -> str:
    check_name = "" if check is None else f"{check.__module__}.{check.__qualname__}"
    catalogs = [
        [getattr(catalog, "digest", None), [[rewrite.start, rewrite.prefix] for rewrite in catalog.rewrites]]
        for catalog in resolver.catalogs
    ]
    roots = None if resolver.roots is None else list(map(str, resolver.roots))
    online = resolver.fetch is not None
    return json.dumps([_version(), hrefs, base, linkbases, check_name, catalogs, roots, repr(resolver.limits), online])


@lru_cache(maxsize=1)
def _version() -> str:
    """What changes whenever the code changes that a kept taxonomy depends on."""
    digest = hashlib.sha256()
    house = Path(__file__).parents[1]
    for room in _ROOMS:
        for path in sorted((house / room).rglob("*.py")):
            status = path.stat()
            digest.update(f"{path.relative_to(house)}\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return digest.hexdigest()
