"""Check the standard concepts of a filing: which fields have none, which are in doubt, which packages are needed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from attrs import evolve

from exporter.filing import Filing
from exporter.findings import MOST_CHOICES, Finding, Location, Severity, list_text, near_choices
from exporter.items.bind import Used
from exporter.items.compile import item_specification
from exporter.model.qname import QName
from exporter.operations.classes import ItemClasses
from exporter.profiles.profile import (
    Gap,
    Profile,
    ProfileAxis,
    ProfileConcept,
    StandardConcept,
    StandardTaxonomy,
)
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.networks import DIMENSION_DOMAIN
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.engine import is_a

_TAGGING_VERSION: Final = "1.1"
_KINDS: Final = {
    "item": "that of items",
    "tuple": "that of tuples",
    "dimension": "that of dimensions",
    "hypercube": "that of hypercubes",
}
_DOMAIN_ITEM: Final = "domainItemType"
_PROFILE: Final = Location(pointer="/filing/profile")


def check_profile(filing: Filing, declared: Taxonomy | None = None) -> Iterator[Finding]:
    """The findings about standard concepts, each kind once; none where everything is the filing's own.

    Args:
        declared: the available standard taxonomies, against which the profile is held.
    """
    rules = filing.rules
    if not rules.is_standard:
        return
    yield from _entity(filing)
    yield from _bound_to_nothing(filing)
    used = filing.derived.used
    for binding in filing.bindings:
        for message in binding.misfits:
            yield Finding(
                code="exporter:standardConceptMisfit",
                severity=Severity.WARNING,
                message=f"{message}; the filing's own concept is reported",
                location=_first_item(filing, binding.spec.name),
                fix="bind another concept in the profile, or give a gap with its reason",
            )
    yield from _gaps(rules.name, used)
    yield from _fallen_back(filing, used)
    standard = dict.fromkeys(use.bound.concept for use in used if use.bound.standard is not None)
    concepts = {name: concept for name in standard if declared and (concept := declared.concept(name)) is not None}
    if declared is not None:
        yield from _differing(filing, used, declared)
        yield from _differing_axes(filing, declared)
    yield from _unverified(use for use in used if use.bound.concept not in concepts)


def _entity(filing: Filing) -> Iterator[Finding]:
    document = filing.rules.document
    expected, entity = document.entity_scheme, filing.entity
    if expected is not None and entity.scheme != expected:
        yield Finding(
            code="exporter:entityScheme",
            severity=Severity.WARNING,
            message=f"{filing.rules.title} wants an entity with the scheme {expected}, got {entity.scheme}",
            location=Location(pointer="/filing/entity"),
            fix=f"give {document.entity_hint}: entity: {{scheme: {expected}, identifier: …}}",
        )


def _bound_to_nothing(filing: Filing) -> Iterator[Finding]:
    """Entries of the profile for fields that an item class does not have, and for names close to those of classes."""
    known = ItemClasses({cls.__name__: cls for cls in filing.classes}.values())
    for name, place in sorted({*filing.rules.bindings, *filing.rules.axes}):
        cls = known.get(name)
        field = re.split("[:.]", place)[0]
        if cls is None:
            unknown_name, near = name, near_choices(name, known, likeness=0.85)
        else:
            fields = [declared.name for declared in item_specification(cls).fields]
            if field in fields:
                continue
            unknown_name, near = field, near_choices(field, fields)
        if cls is not None or near:
            yield Finding(
                code="exporter:boundToNothing",
                severity=Severity.WARNING,
                message=f"the profile binds {name}.{place}, but there is no {unknown_name}",
                location=evolve(_PROFILE, item=name),
                fix=f"write {near[0]}" if near else f"`exporter items {name}` lists the fields",
            )


def check_tagging_version(filing: Filing) -> Iterator[Finding]:
    """Whether the profile wants another version of Inline XBRL than tagged documents have."""
    expected = filing.rules.document.inline_version
    if expected != _TAGGING_VERSION:
        yield Finding(
            code="exporter:inlineVersion",
            severity=Severity.WARNING,
            message=f"{filing.rules.title} wants Inline XBRL {expected}; a tagged document is {_TAGGING_VERSION}",
            fix="file the page that `exporter export` makes",
        )


def _place(used: Used) -> str:
    return f"{used.binding.spec.name}.{used.bound.field}"


def _first_item(filing: Filing, name: str) -> Location:
    """The first item of a class that states something."""
    for origins in filing.derived.origins.values():
        for origin in origins:
            if origin.binding.spec.name == name:
                return origin.placed.at()
    return Location(item=name)


def _listed(places: Iterable[str]) -> str:
    return list_text(dict.fromkeys(places), most=MOST_CHOICES)


def _gaps(profile: str, used: Iterable[Used]) -> Iterator[Finding]:
    gaps = [use for use in used if use.bound.standard is None and use.bound.spec.part is None and not _is_bound(use)]
    if gaps:
        places = list(dict.fromkeys(_place(gap) for gap in gaps))
        yield Finding(
            code="exporter:profileGaps",
            severity=Severity.INFO,
            message=f"{len(places)} fields have no standard concept in {profile} and are reported with concepts of the "
            f"filing's own: {_listed(places)}",
            location=_PROFILE,
            fix=f"`exporter profiles {profile}` gives the reason for each",
        )


def _is_bound(used: Used) -> bool:
    """Whether the profile has a standard concept for the field, be it used or not."""
    return isinstance(_profiled(used), ProfileConcept) or used.bound.field == used.binding.period_field


def _profiled(used: Used) -> ProfileConcept | Gap | None:
    """What the profile says of the field."""
    binding, bound = used.binding, used.bound
    return binding.profile.binding(binding.spec.name, bound.field, bound.spec.name, bound.spec.part)


def _fallen_back(filing: Filing, used: Iterable[Used]) -> Iterator[Finding]:
    fallen = [
        use
        for use in used
        if use.bound.standard is None and _is_bound(use) and use.bound.field != use.binding.period_field
    ]
    for use in fallen:
        binding, standard = use.binding, _profiled(use)
        if not isinstance(standard, ProfileConcept):
            continue
        clashes = (binding.spec.name, use.bound.spec.name) in binding.without
        reason = "would contradict another fact of it" if clashes else "takes no such value"
        yield Finding(
            code="exporter:standardConceptNotUsed",
            severity=Severity.INFO,
            message=f"{_place(use)} is reported as {use.bound.concept.local_name} of the filing's own: "
            f"{standard.concept} {reason}",
            location=use.location,
        )


def _differing(filing: Filing, used: Iterable[Used], declared: Taxonomy) -> Iterator[Finding]:
    """Concepts of which the profile says something else than the taxonomy that declares them, used or not."""
    locations = {use.bound.standard: use.location for use in used if use.bound.standard is not None}
    for profiled in dict.fromkeys((*locations, *filing.rules.concepts.values())):
        concept = declared.concept(filing.rules.qname(str(profiled)))
        if concept is None:
            continue
        differences = [
            f"{what} {ours or 'none'}, but it is {theirs or 'none'}"
            for what, ours, theirs in (
                ("the balance", profiled.balance, concept.balance),
                ("the period type", profiled.period_type, concept.period_type),
                ("the substitution group", "that of items", _KINDS[concept.kind]),
                ("the type", profiled.own_type or profiled.item_type, _type_name(concept, profiled)),
            )
            if ours != theirs
        ]
        if concept.abstract:
            differences.append("facts, but it is abstract")
        if differences:
            yield Finding(
                code="exporter:standardConceptDiffers",
                message=f"the profile gives {profiled} {list_text(differences, last=' and ')}",
                location=locations.get(profiled, _PROFILE),
                fix=f"correct {profiled.local_name} under concepts.{profiled.prefix} of the profile "
                f"{filing.rules.name}",
            )


def _differing_axes(filing: Filing, declared: Taxonomy) -> Iterator[Finding]:
    """Axes, domains and members of the profile that the taxonomy declares as something else."""
    for binding in filing.bindings:
        for axis in binding.axes:
            if axis.standard is None:
                continue
            for message in _axis_differences(axis.axis, axis.standard, binding.profile, declared):
                yield Finding(
                    code="exporter:standardConceptDiffers",
                    message=f"the profile gives {message}",
                    location=_first_item(filing, binding.spec.name),
                    fix=f"correct axes.{binding.spec.name}.{axis.field.name} of the profile {filing.rules.name}",
                )


def _axis_differences(name: QName, axis: ProfileAxis, profile: Profile, declared: Taxonomy) -> Iterator[str]:
    concept = declared.concept(name)
    if concept is not None and (concept.kind != "dimension" or not concept.abstract):
        abstract = "" if concept.abstract else ", and it is not abstract"
        yield f"{name} as axis, but its substitution group is {_KINDS[concept.kind]}{abstract}"
    domain = profile.qname(axis.typed_domain) if axis.typed_domain is not None else None
    if concept is not None and concept.typed_domain_ref not in (None, domain):
        yield f"{name} the typed domain {domain or 'none'}, but it is {concept.typed_domain_ref}"
    default, known_default = axis.default, declared.defaults.get(name)
    if default is not None and known_default not in (None, profile.qname(default)):
        yield f"{name} the default {default}, but it is {known_default}"
    roles = declared.roles_of(DIMENSION_DOMAIN)
    domains = frozenset[QName]().union(*(declared.members(name, role) for role in roles))
    for member in (profile.qname(text) for text in (*axis.members.values(), *axis.ranked, default) if text is not None):
        concept = declared.concept(member)
        if concept is None:
            continue
        if concept.kind != "item" or not concept.abstract:
            abstract = "" if concept.abstract else ", and it is not abstract"
            yield f"{member} as member, but its substitution group is {_KINDS[concept.kind]}{abstract}"
        elif concept.datatype is not None and not is_a(concept.datatype, _DOMAIN_ITEM):
            yield f"{member} as member, but its type is {concept.datatype.name.local_name}"
        elif domains and member not in domains and member != known_default:
            yield f"{member} as member of {name}, but the axis has no such member"


def _type_name(declared: Concept, profiled: StandardConcept) -> str | None:
    """The name of a concept's type, or the stated one where it is derived from that or not known."""
    datatype = declared.datatype
    if datatype is None or is_a(datatype, profiled.item_type):
        return profiled.own_type or profiled.item_type
    return datatype.name.local_name


def _unverified(used: Iterable[Used]) -> Iterator[Finding]:
    doubtful = [use for use in used if use.bound.standard is not None and not use.bound.standard.verified]
    if doubtful:
        named = (f"{_place(use)} as {use.bound.concept}" for use in doubtful)
        yield Finding(
            code="exporter:unverifiedConcepts",
            severity=Severity.WARNING,
            message=f"standard concepts are used that no available source shows in full: {_listed(named)}",
            location=_PROFILE,
            fix="check them in the taxonomy, or give its package with --taxonomy-package to have the report checked",
        )


def needed_taxonomies(filing: Filing) -> tuple[StandardTaxonomy, ...]:
    """The standard taxonomies that the filing's own builds on."""
    imported = {schema.namespace for schema in filing.taxonomy.imports}
    return tuple(taxonomy for taxonomy in filing.rules.taxonomies.values() if taxonomy.namespace in imported)


def missing_packages(filing: Filing, at_hand: Iterable[str] = ()) -> Iterator[Finding]:
    """What the report needs to be checked and is not given; ``at_hand`` are the URLs of schemas that are."""
    known = set(at_hand)
    missing = [needed_taxonomy for needed_taxonomy in needed_taxonomies(filing) if needed_taxonomy.schema not in known]
    if missing:
        names = list_text(dict.fromkeys(f"{taxonomy.package} ({taxonomy.schema})" for taxonomy in missing))
        places = list_text(dict.fromkeys(taxonomy.obtain for taxonomy in missing if taxonomy.obtain))
        yield Finding(
            code="exporter:packagesNeeded",
            severity=Severity.INFO,
            message=f"this report needs {names}; without them it was read back, but not checked",
            location=_PROFILE,
            fix=f"get them ({places}) and give each with --taxonomy-package" if places else None,
        )
