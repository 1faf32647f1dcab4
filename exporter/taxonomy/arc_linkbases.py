"""Presentation, calculation and definition linkbases: relationships between concepts (XBRL 2.1 section 5.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from exporter.errors import TaxonomyError
from exporter.model.canonical import plain
from exporter.namespaces import XBRLDT
from exporter.taxonomy.linkbase_writer import LinkbaseFile, Targets
from exporter.taxonomy.markup import Prefixes
from exporter.taxonomy.networks import ALL, NOT_ALL, PARENT_CHILD, SUMMATIONS, Relationship
from exporter.taxonomy.standard import is_standard_arcrole
from exporter.taxonomy.taxonomy import Taxonomy

_Attributes = dict[str, str | None]


def presentation_of(taxonomy: Taxonomy) -> list[Relationship]:
    """The relationships that belong in the presentation linkbase."""
    return [arc for arc in taxonomy.relationships if arc.arcrole == PARENT_CHILD]


def calculation_of(taxonomy: Taxonomy) -> list[Relationship]:
    """The relationships that belong in the calculation linkbase."""
    return [arc for arc in taxonomy.relationships if arc.arcrole in SUMMATIONS]


def definition_of(taxonomy: Taxonomy) -> list[Relationship]:
    """All other relationships; a custom arcrole stands here where it may be used on definition arcs."""
    return [arc for arc in taxonomy.relationships if arc.arcrole not in (PARENT_CHILD, *SUMMATIONS)]


def write_presentation(taxonomy: Taxonomy, schema: str) -> bytes:
    """The presentation linkbase."""
    arcs = presentation_of(taxonomy)
    preferred = [arc.preferred_label for arc in arcs if arc.preferred_label]
    return _write(taxonomy, schema, kind="presentation", arcs=arcs, more_roles=preferred, attributes=_presented)


def write_calculation(taxonomy: Taxonomy, schema: str) -> bytes:
    """The calculation linkbase.

    Raises:
        TaxonomyError: a weight is missing or zero.
    """
    return _write(taxonomy, schema, kind="calculation", arcs=calculation_of(taxonomy), attributes=_weighted)


def write_definition(taxonomy: Taxonomy, schema: str) -> bytes:
    """The definition linkbase, dimensions included.

    Raises:
        TaxonomyError: a has-hypercube relationship does not say where dimensions go.
    """
    arcs = definition_of(taxonomy)
    targets = [arc.target_role for arc in arcs if arc.target_role]
    return _write(taxonomy, schema, kind="definition", arcs=arcs, more_roles=targets, attributes=_dimensional)


def _write(
    taxonomy: Taxonomy,
    schema: str,
    *,
    kind: str,
    arcs: list[Relationship],
    attributes: Callable[[Relationship], _Attributes],
    more_roles: Iterable[str] = (),
) -> bytes:
    roles = _in_declared_order(taxonomy, [arc.role for arc in arcs])
    place = {role: number for number, role in enumerate(roles)}
    arcs = sorted(dict.fromkeys(arcs), key=lambda arc: place[arc.role])
    prefixes = Prefixes({})
    if any(name.startswith(f"{{{XBRLDT}}}") for arc in arcs for name, value in attributes(arc).items() if value):
        prefixes.of(XBRLDT)
    linkbase = LinkbaseFile(
        Targets(taxonomy, schema),
        roles=[*roles, *more_roles],
        arcroles=[arc.arcrole for arc in arcs],
        prefixes=prefixes,
    )
    links = {role: linkbase.link(f"{kind}Link", role) for role in roles}
    for arc in arcs:
        shown = {"order": plain(arc.order), **attributes(arc)}
        links[arc.role].join(f"{kind}Arc", arc.arcrole, arc.source, arc.target, shown)
    return linkbase.to_bytes()


def _in_declared_order(taxonomy: Taxonomy, used: list[str]) -> list[str]:
    needed = set(used)
    declared = [role.uri for role in taxonomy.roles if role.uri in needed]
    return list(dict.fromkeys([*declared, *used]))


def _presented(arc: Relationship) -> _Attributes:
    return {"preferredLabel": arc.preferred_label}


def _weighted(arc: Relationship) -> _Attributes:
    if not arc.weight:
        raise TaxonomyError(f"the sum of {arc.source} from {arc.target} needs a weight other than zero")
    return {"weight": plain(arc.weight)}


def _dimensional(arc: Relationship) -> _Attributes:
    has_hypercube = arc.arcrole in (ALL, NOT_ALL)
    if has_hypercube and arc.context_element is None:
        raise TaxonomyError(f"{arc.source} has the hypercube {arc.target}: say whether in segment or scenario")
    if is_standard_arcrole(arc.arcrole):
        return {}
    return {
        f"{{{XBRLDT}}}contextElement": arc.context_element,
        f"{{{XBRLDT}}}closed": "true" if arc.closed else None,
        f"{{{XBRLDT}}}usable": None if arc.usable else "false",
        f"{{{XBRLDT}}}targetRole": arc.target_role,
    }
