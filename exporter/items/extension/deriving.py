"""The extension taxonomy that item classes make: concepts, labels, networks, hypercubes, from declarations.

In a profile with standard taxonomies it holds the filing's own concepts only, points at the standard ones where they
are declared, and has the members that the values of the filing's items become.

Each item class has a link role of its own. Its presentation shows the axes and the concepts under one heading; its
hypercubes say which axes a fact of each concept has. An axis that an item may lack is either explicit, with its domain
as default member, or typed: then there is a link role with the axis and one without.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from exporter.errors import DeclarationError
from exporter.items.anchors import with_anchors
from exporter.items.binding import Binding, bind
from exporter.items.bound import BoundOption, Namespace
from exporter.items.extension.domains import Domains
from exporter.items.extension.draft import Draft
from exporter.items.extension.field_concepts import FieldConcepts
from exporter.items.extension.hypercubes import Hypercubes
from exporter.items.extension.networks import Networks
from exporter.model.qname import QName
from exporter.taxonomy.taxonomy import Taxonomy


def derive_taxonomy(classes: Iterable[type[Any]], *, namespace: str, prefix: str) -> Taxonomy:
    """The extension taxonomy of item classes, with all names in ``namespace``; errors as for `taxonomy_of`."""
    return taxonomy_of(bind(classes, Namespace(uri=namespace, prefix=prefix)))


def taxonomy_of(
    bindings: Iterable[Binding],
    *,
    also: Iterable[tuple[Binding, BoundOption]] = (),
    reported: Container[BoundOption] | None = None,
    pairs: Iterable[QName] = (),
) -> Taxonomy:
    """The extension taxonomy of item classes bound to one namespace.

    Args:
        also: concepts of the filing's own that stand in the place of standard ones, where any are reported.
        reported: the standard concepts that the taxonomy points at; all of the classes where not given.
        pairs: the members that currency pairs become where their axis is explicit.

    Raises:
        DeclarationError: two classes declare one name differently, or two concepts have one standard label.
    """
    bindings = tuple(bindings)
    if not bindings:
        raise DeclarationError("a taxonomy is derived from at least one item class")
    names: dict[str, type[Any]] = {}
    for binding in bindings:
        if names.setdefault(binding.spec.name, binding.spec.cls) is not binding.spec.cls:
            raise DeclarationError(f"two item classes are called {binding.spec.name}")
    more: dict[Binding, list[BoundOption]] = {}
    for binding, bound in also:
        more.setdefault(binding, []).append(bound)
    draft = Draft(bindings[0].namespace, bindings[0].profile)
    domains = Domains(draft, tuple(pairs))
    fields, networks, cubes = FieldConcepts(draft, domains), Networks(draft, domains), Hypercubes(draft, domains)
    for number, binding in enumerate(bindings, start=1):
        wanted = (each for each in binding.options if each.standard is None or reported is None or each in reported)
        options = (*wanted, *more.get(binding, ()))
        if options:
            fields.add(options)
            domains.add(binding)
            networks.add(binding, number, options)
            cubes.add(binding, number, options)
    cubes.close()
    if draft.rules.standard_concepts:
        fields.label_standard_concepts()
    return with_anchors(draft.taxonomy(), bindings)
