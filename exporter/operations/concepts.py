"""The concepts of the taxonomies that packages hold, read offline through their entry points, and a search in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from exporter.errors import TaxonomyError
from exporter.findings import Finding, Location, list_text
from exporter.packages.taxonomy_package import TaxonomyPackage, read_taxonomy_package
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver
from exporter.taxonomy.read.discovery import load_taxonomy
from exporter.taxonomy.taxonomy import Taxonomy

if TYPE_CHECKING:
    from exporter.taxonomy.search import ConceptMatch


def search_concepts(
    query: str,
    packages: Sequence[Path],
    *,
    entry_point: str | None = None,
    type: str | None = None,
    period: Literal["instant", "duration"] | None = None,
    balance: Literal["debit", "credit"] | None = None,
    items_only: bool = False,
    limit: int = 10,
    partial: bool = False,
    warn: Callable[[Finding], None] = lambda finding: None,
    reading: Callable[[Path], AbstractContextManager[object]] = nullcontext,
) -> tuple[list[dict[str, Any]], int]:
    """The concepts whose labels or names fit ``query`` best, as plain data, and the number of concepts searched.

    Args:
        query: words in any language of the labels, or a name.
        packages: the taxonomy packages to search, each with the others.
        entry_point: that of the first package; see `load_packaged_taxonomy`.
        type: only concepts of this type.
        period: only concepts of this kind of period.
        balance: only concepts of this balance.
        items_only: whether to leave out abstract concepts, axes, members and tables.
        limit: how many concepts to return.
        partial: as for `load_packaged_taxonomy`.
        warn: as for `load_packaged_taxonomy`.
        reading: a context that is entered while a package is read.

    Raises:
        PackageError, TaxonomyError: as `load_packaged_taxonomy`.
    """
    # Imported on use: those who read a package do not search it.
    from exporter.taxonomy.search import ConceptIndex
    from exporter.validation.advice.subject import kind_of

    taxonomies = []
    for place, package in enumerate(packages):
        with reading(package):
            others = (*packages[:place], *packages[place + 1 :])
            start = entry_point if place == 0 else None
            taxonomies.append(
                load_packaged_taxonomy(package, entry_point=start, packages=others, warn=warn, partial=partial)
            )
    index = ConceptIndex.of(*taxonomies)
    accept = (lambda concept: kind_of(concept) == "item") if items_only else None
    matches = index.nearest(query, type=type, period=period, balance=balance, accept=accept, limit=limit)
    return [_as_dict(match) for match in matches], len(index)


def _as_dict(match: ConceptMatch) -> dict[str, Any]:
    concept = match.concept
    name = concept.qname
    return {
        "name": f"{name.prefix}:{name.local_name}" if name.prefix else name.local_name,
        "namespace": name.namespace,
        "label": match.label,
        "score": match.score,
        "type": concept.datatype.name.local_name if concept.datatype is not None else None,
        "period": concept.period_type,
        "balance": concept.balance,
        "abstract": concept.abstract,
        "kind": concept.kind,
    }


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
        warn: takes ``exporter:taxonomyNotAtHand`` for what is not available.
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
        documents = tuple(dict.fromkeys(url for entry in known for url in entry.documents)) or schemas_of(package)
        if not documents:
            raise _no_entry_point(package, "the package has neither entry points nor schemas", ())
        return documents
    for entry in known:
        if entry_point in entry.documents or entry_point in entry.names.values():
            return entry.documents if entry_point not in entry.documents else (entry_point,)
    schemas = schemas_of(package)
    if entry_point in schemas:
        return (entry_point,)
    offered = [url for entry in known for url in entry.documents] or schemas
    raise _no_entry_point(package, f"the package has no entry point {entry_point!r}", offered)


def schemas_of(package: TaxonomyPackage) -> tuple[str, ...]:
    """The URLs of all schemas in a package, as its catalog maps them."""
    urls: list[str] = []
    for name in sorted(package.names):
        if name.endswith(".xsd"):
            starts = [rewrite for rewrite in package.rewrites if name.startswith(rewrite.prefix)]
            if starts:
                best = max(starts, key=lambda rewrite: len(rewrite.prefix))
                urls.append(best.start + quote(name[len(best.prefix) :], safe="/!$&'()*+,;=:@~"))
    return tuple(urls)


def _base(package: TaxonomyPackage) -> str:
    """What no document of a package is relative to: each has a URL of its own."""
    return package.rewrites[0].start if package.rewrites else "urn:package"


def _no_entry_point(package: TaxonomyPackage, message: str, offered: Sequence[str]) -> TaxonomyError:
    choices = list_text(offered, most=8)
    return TaxonomyError(
        findings=[
            Finding(
                code="exporter:noEntryPoint",
                message=message,
                location=Location(file=package.metadata.identifier),
                fix=f"name one of {choices}" if offered else "take a package with a taxonomy in it",
            )
        ]
    )
