"""Schemas in the place of public ones that are not at hand: just the standard concepts that a filing names.

They let a filing be read back and compared without the packages; nobody else sees them.
"""

from __future__ import annotations

from attrs import evolve, field, frozen

from exporter.filing.filing import Filing
from exporter.resources.resolver import Catalog, Rewrite
from exporter.taxonomy.schema_writer import write_schema
from exporter.taxonomy.taxonomy import Taxonomy


@frozen(eq=False)
class SchemasInMemory:
    """A catalog of schemas in memory, by their public URLs."""

    files: dict[str, bytes]
    rewrites: tuple[Rewrite, ...] = field(init=False)

    @rewrites.default
    def _as_they_are(self) -> tuple[Rewrite, ...]:
        return tuple(Rewrite(url, url) for url in self.files)

    def __contains__(self, path: object) -> bool:
        return path in self.files

    def read(self, path: str) -> bytes:
        """The schema at a URL; `KeyError` where there is none."""
        return self.files[path]


def standard_schemas(filing: Filing) -> tuple[Catalog, ...]:
    """A catalog with the standard concepts of the filing's taxonomy; none where it has no such concepts."""
    taxonomy = filing.taxonomy
    files: dict[str, bytes] = {}
    for each in taxonomy.imports:
        concepts = [evolve(one, schema=None) for one in taxonomy.concepts if one.qname.namespace == each.namespace]
        domains = [evolve(one, schema=None) for one in taxonomy.typed_domains if one.qname.namespace == each.namespace]
        prefix = concepts[0].qname.prefix if concepts else None
        files[each.location] = write_schema(
            Taxonomy(namespace=each.namespace, prefix=prefix or "standard", concepts=concepts, typed_domains=domains)
        )
    return (SchemasInMemory(files),) if files else ()
