"""A taxonomy as files: a schema and the linkbases that have content."""

from __future__ import annotations

from exporter.taxonomy.arc_linkbases import (
    calculation_of,
    definition_of,
    presentation_of,
    write_calculation,
    write_definition,
    write_presentation,
)
from exporter.taxonomy.resource_linkbases import write_labels, write_references
from exporter.taxonomy.schema_writer import LinkbaseRef, write_schema
from exporter.taxonomy.taxonomy import Taxonomy


def write_taxonomy(taxonomy: Taxonomy, base_name: str, *, embedded: bool = False) -> dict[str, bytes]:
    """File names and bytes of the taxonomy's own part.

    ``{base_name}.xsd`` comes first, then those of ``_lab``, ``_pre``, ``_def``, ``_cal`` and ``_ref`` (``.xml``) that
    have content. Where linkbases are ``embedded`` they stand in the schema, the only file then. Names of other
    namespaces are located where their concept's ``schema`` says. The same taxonomy gives the same bytes.

    Raises:
        TaxonomyError: the taxonomy is incomplete; the message names what is missing.
    """
    schema = f"{base_name}.xsd"
    parts = (
        ("label", "lab", taxonomy.labels, write_labels),
        ("presentation", "pre", presentation_of(taxonomy), write_presentation),
        ("definition", "def", definition_of(taxonomy), write_definition),
        ("calculation", "cal", calculation_of(taxonomy), write_calculation),
        ("reference", "ref", taxonomy.references, write_references),
    )
    used = [(kind, f"{base_name}_{suffix}.xml", write) for kind, suffix, content, write in parts if content]
    if embedded:
        return {schema: write_schema(taxonomy, embedded=[write(taxonomy, schema) for _, _, write in used])}
    refs = [LinkbaseRef(name, kind) for kind, name, _ in used]
    return {schema: write_schema(taxonomy, refs)} | {name: write(taxonomy, schema) for _, name, write in used}
