"""The taxonomies that packages hold, read offline through their entry points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

from exporter.errors import TaxonomyError
from exporter.findings import Finding, Location, list_text
from exporter.packages.taxonomy_package import TaxonomyPackage, read_taxonomy_package
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver
from exporter.taxonomy.read.discovery import load_taxonomy
from exporter.taxonomy.taxonomy import Taxonomy


def load_packaged_taxonomy(
    package: Path | str,
    *,
    entry_point: str | None = None,
    packages: Iterable[Path | str] = (),
    limits: Limits = DEFAULT_LIMITS,
    warn: Callable[[Finding], None] = lambda finding: None,
    partial: bool = False,
) -> Taxonomy:
    """The taxonomy in a package.

    Args:
        entry_point: the URL of one of its documents, or the name of one of its entry points; left out, all entry points
            together, and where the package names none, all its schemas.
        packages: others that it builds on.
        warn: takes ``exporter:taxonomyNotAtHand`` for what is not at hand.
        partial: what can be read is given although documents are missing or broken; that goes to ``warn``.

    Raises:
        PackageError: a package is unsafe or none.
        TaxonomyError: ``exporter:noEntryPoint``, or the taxonomy is broken.
    """
    with opened_packages([package, *packages], limits) as (first, *rest):
        documents = entry_documents(first, entry_point)
        resolver = Resolver(catalogs=(first, *rest), limits=limits)
        return load_taxonomy(documents, base=_base(first), resolver=resolver, warn=warn, partial=partial)


@contextmanager
def opened_packages(paths: Iterable[Path | str], limits: Limits = DEFAULT_LIMITS) -> Iterator[list[TaxonomyPackage]]:
    """Packages, open as long as needed."""
    with ExitStack() as stack:
        yield [stack.enter_context(read_taxonomy_package(Path(path), limits)) for path in paths]


def entry_documents(package: TaxonomyPackage, entry_point: str | None = None) -> tuple[str, ...]:
    """The documents to start from; see `load_packaged_taxonomy`.

    Raises:
        TaxonomyError: ``exporter:noEntryPoint``.
    """
    known = package.metadata.entry_points
    if entry_point is None:
        found = tuple(dict.fromkeys(url for one in known for url in one.documents)) or schemas_of(package)
        if not found:
            raise _no_entry_point(package, "the package has neither entry points nor schemas", ())
        return found
    for one in known:
        if entry_point in one.documents or entry_point in one.names.values():
            return one.documents if entry_point not in one.documents else (entry_point,)
    schemas = schemas_of(package)
    if entry_point in schemas:
        return (entry_point,)
    offered = [url for one in known for url in one.documents] or schemas
    raise _no_entry_point(package, f"the package has no entry point {entry_point!r}", offered)


def schemas_of(package: TaxonomyPackage) -> tuple[str, ...]:
    """The URLs of all schemas in a package, as its catalog maps them."""
    found: list[str] = []
    for name in sorted(package.names):
        if name.endswith(".xsd"):
            starts = [rewrite for rewrite in package.rewrites if name.startswith(rewrite.prefix)]
            if starts:
                best = max(starts, key=lambda each: len(each.prefix))
                found.append(best.start + quote(name[len(best.prefix) :], safe="/!$&'()*+,;=:@~"))
    return tuple(found)


def _base(package: TaxonomyPackage) -> str:
    """What no document of a package is relative to: each has a URL of its own."""
    return package.rewrites[0].start if package.rewrites else "urn:package"


def _no_entry_point(package: TaxonomyPackage, message: str, offered: Sequence[str]) -> TaxonomyError:
    shown = list_text(offered, most=8)
    return TaxonomyError(
        findings=[
            Finding(
                code="exporter:noEntryPoint",
                message=message,
                location=Location(file=package.metadata.identifier),
                fix=f"name one of {shown}" if offered else "take a package with a taxonomy in it",
            )
        ]
    )
