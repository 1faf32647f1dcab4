"""What may be used beside files and packages: a cache of taxonomies, and the network where somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from attrs import frozen

from exporter.packages.taxonomy_package import read_taxonomy_package
from exporter.resources.limits import Limits
from exporter.resources.resolver import Catalog, Resolver
from exporter.taxonomy.cache import TaxonomyCache


@frozen(kw_only=True)
class Access:
    """By default neither: nothing is kept, nothing is fetched.

    Args:
        cache: the folder in which taxonomies (and what was fetched) are kept from one run to the next.
        online: whether public documents that are not at hand are fetched.
    """

    cache: Path | None = None
    online: bool = False

    @property
    def taxonomies(self) -> TaxonomyCache | None:
        """The taxonomies kept."""
        return None if self.cache is None else TaxonomyCache.at(self.cache)

    @contextmanager
    def resolver(
        self, packages: Iterable[Path | str], limits: Limits, catalogs: Iterable[Catalog] = ()
    ) -> Iterator[Resolver]:
        """A resolver with the packages open, further ``catalogs`` after them.

        Raises:
            PackageError: a package is unsafe or no taxonomy package.
        """
        with ExitStack() as stack:
            opened = [stack.enter_context(read_taxonomy_package(Path(package), limits)) for package in packages]
            catalogs = (*opened, *catalogs)
            if not self.online:
                yield Resolver(catalogs=catalogs, limits=limits)
                return
            # Imported on use: the network libraries take time to load, and are not wanted where nothing is fetched.
            from exporter.resources.online import OnlineDocuments

            yield Resolver(catalogs=catalogs, limits=limits, fetch=OnlineDocuments(folder=self.cache, limits=limits))


OFFLINE: Final = Access()
"""Nothing is kept, nothing is fetched."""
