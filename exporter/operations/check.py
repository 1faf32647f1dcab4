"""What the items of a filing say against themselves and against each other.

What is to be said of a filing's standard concepts: which fields have none, which are in doubt, what is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import evolve

from exporter.disclosures.rules.rule_set import check_items
from exporter.filing import Filing
from exporter.findings import MOST_CHOICES, Finding, Location, Severity, list_text, near_choices
from exporter.items.check import check_item
from exporter.items.compile import item_specification
from exporter.items.containers import merged_containers
from exporter.items.declarations import RowsDeclaration
from exporter.items.to_facts import Used
from exporter.model.qname import QName
from exporter.model.unit import Unit
from exporter.operations.to_items import known_classes
from exporter.profiles.profile import ProfileConcept, StandardConcept, StandardTaxonomy
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.validation.engine import is_a

_ITEM: Final = re.compile(r"items\[([0-9]+)\](?: \w+)?(?: (\w+)\[([0-9]+)\])?")


def check_filing(filing: Filing) -> Iterator[Finding]:
    """Every finding about the items: their own rules, warnings included, then the rules across items.

    Locations name the item and point into the document of items (``/items/3/share``).
    """
    for index, item in enumerate(filing.items):
        yield from _check_item(item, f"/items/{index}", f"items[{index}]")
    for finding in check_items(filing.items):
        yield _pointing(finding)
    yield from merged_containers(filing.items)
    if not filing.states_currency:
        yield from _assumed_currency(filing)


def _assumed_currency(filing: Filing) -> Iterator[Finding]:
    """An unknown amount where nothing in the whole document says a currency; told once."""
    assumed = Unit.currency(filing.reporting_currency)
    for fact in filing.derived.report.facts:
        if fact.is_nil and fact.unit is not None and assumed.numerators[0] in fact.unit.numerators:
            origin = filing.derived.origins[fact.id or ""][0]
            yield Finding(
                code="exporter:currencyAssumed",
                severity=Severity.WARNING,
                message=f"no currency is stated anywhere; unknown amounts are reported in {filing.reporting_currency}",
                location=Location(pointer=f"{origin.pointer}/{origin.field}", item=origin.item, fact=fact.id),
                fix="say currency: in the head of the filing",
            )
            return


def _check_item(item: Any, pointer: str, place: str) -> Iterator[Finding]:
    spec = item_specification(type(item))
    name = f"{place} {spec.name}"
    for finding in check_item(item):
        location = evolve(finding.location, pointer=pointer + (finding.location.pointer or ""), item=name)
        yield evolve(finding, location=location)
    made_of = spec.only(RowsDeclaration)
    if made_of is None:
        return
    for index, row in enumerate(getattr(item, made_of.name)):
        yield from _check_item(row, f"{pointer}/{made_of.name}/{index}", f"{place}.{made_of.name}[{index}]")


def _pointing(finding: Finding) -> Finding:
    """A finding that names an item, with the pointer to the first item it names."""
    match = _ITEM.match(finding.location.item or "")
    if match is None or finding.location.pointer is not None:
        return finding
    row = f"/{match[2]}/{match[3]}" if match[2] else ""
    return finding.at(pointer=f"/items/{match[1]}{row}")


_TAGGING_VERSION: Final = "1.1"
_PROFILE: Final = Location(pointer="/filing/profile")


def check_profile(filing: Filing, declared: Taxonomy | None = None) -> Iterator[Finding]:
    """The findings about standard concepts, each kind once; none where everything is the filing's own.

    Args:
        declared: the standard taxonomies at hand, against which the profile is held.
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
    standard = dict.fromkeys(each.bound.concept for each in used if each.bound.standard is not None)
    concepts = {name: concept for name in standard if declared and (concept := declared.concept(name)) is not None}
    yield from _differing(filing, used, concepts)
    yield from _unverified(each for each in used if each.bound.concept not in concepts)


def _entity(filing: Filing) -> Iterator[Finding]:
    document = filing.rules.document
    wanted, entity = document.entity_scheme, filing.entity
    if wanted is not None and entity.scheme != wanted:
        yield Finding(
            code="exporter:entityScheme",
            severity=Severity.WARNING,
            message=f"{filing.rules.title} wants an entity with the scheme {wanted}, got {entity.scheme}",
            location=Location(pointer="/filing/entity"),
            fix=f"give {document.entity_hint}: entity: {{scheme: {wanted}, identifier: …}}",
        )


def _bound_to_nothing(filing: Filing) -> Iterator[Finding]:
    """Entries of the profile for fields that an item class does not have, and for names close to those of classes."""
    known = {cls.__name__: cls for cls in known_classes(filing.classes)}
    for name, place in sorted({*filing.rules.bindings, *filing.rules.axes}):
        cls = known.get(name)
        field = re.split("[:.]", place)[0]
        if cls is None:
            name_at_fault, near = name, near_choices(name, known, likeness=0.85)
        else:
            fields = [each.name for each in item_specification(cls).fields]
            if field in fields:
                continue
            name_at_fault, near = field, near_choices(field, fields)
        if cls is not None or near:
            yield Finding(
                code="exporter:boundToNothing",
                severity=Severity.WARNING,
                message=f"the profile binds {name}.{place}, but there is no {name_at_fault}",
                location=evolve(_PROFILE, item=name),
                fix=f"write {near[0]}" if near else f"`exporter items {name}` lists the fields",
            )


def check_tagging_version(filing: Filing) -> Iterator[Finding]:
    """Whether the profile wants another version of Inline XBRL than tagged documents have."""
    wanted = filing.rules.document.inline_version
    if wanted != _TAGGING_VERSION:
        yield Finding(
            code="exporter:inlineVersion",
            severity=Severity.WARNING,
            message=f"{filing.rules.title} wants Inline XBRL {wanted}; a tagged document is {_TAGGING_VERSION}",
            fix="file the page that `exporter export` makes",
        )


def _place(used: Used) -> str:
    option = used.bound.spec
    return f"{used.binding.spec.name}.{option.field}"


def _first_item(filing: Filing, name: str, field: str = "") -> Location:
    """The first item of a class that states something, or its field."""
    for origins in filing.derived.origins.values():
        for origin in origins:
            if origin.item.endswith(f" {name}") and (not field or origin.field == field):
                return Location(pointer=f"{origin.pointer}/{field}" if field else origin.pointer, item=origin.item)
    return Location(item=name)


def _listed(places: Iterable[str]) -> str:
    return list_text(dict.fromkeys(places), most=MOST_CHOICES)


def _gaps(profile: str, used: Iterable[Used]) -> Iterator[Finding]:
    gaps = [
        each for each in used if each.bound.standard is None and each.bound.spec.part is None and not _is_bound(each)
    ]
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
    binding, option = used.binding, used.bound.spec
    found = binding.profile.binding(binding.spec.name, option.field, option.name, option.part)
    return isinstance(found, ProfileConcept) or option.field == binding.period_field


def _fallen_back(filing: Filing, used: Iterable[Used]) -> Iterator[Finding]:
    fallen = [
        each
        for each in used
        if each.bound.standard is None and _is_bound(each) and each.bound.spec.field != each.binding.period_field
    ]
    for each in fallen:
        binding, option = each.binding, each.bound.spec
        found = binding.profile.binding(binding.spec.name, option.field, option.name, option.part)
        if not isinstance(found, ProfileConcept):
            continue
        clashes = (binding.spec.name, option.name) in binding.without
        reason = "would contradict another fact of it" if clashes else "takes no such value"
        yield Finding(
            code="exporter:standardConceptNotUsed",
            severity=Severity.INFO,
            message=f"{_place(each)} is reported as {each.bound.concept.local_name} of the filing's own: "
            f"{found.concept} {reason}",
            location=_first_item(filing, binding.spec.name, option.field),
        )


def _differing(filing: Filing, used: Iterable[Used], concepts: Mapping[QName, Concept]) -> Iterator[Finding]:
    """Concepts of which the profile says something else than the taxonomy that declares them."""
    for each in used:
        found = concepts.get(each.bound.concept)
        if each.bound.standard is None or found is None:
            continue
        stated = each.bound.standard
        differences = [
            f"{what} {ours or 'none'}, but it is {theirs or 'none'}"
            for what, ours, theirs in (
                ("the balance", stated.balance, found.balance),
                ("the period type", stated.period_type, found.period_type),
                ("the type", stated.own_type or stated.item_type, _type_name(found, stated)),
            )
            if ours != theirs
        ]
        if differences:
            yield Finding(
                code="exporter:standardConceptDiffers",
                message=f"the profile gives {stated} {list_text(differences, last=' and ')}",
                location=_first_item(filing, each.binding.spec.name, each.bound.spec.field),
                fix=f"correct {stated.local_name} under concepts.{stated.prefix} of the profile {filing.rules.name}",
            )


def _type_name(found: Concept, stated: StandardConcept) -> str | None:
    """The name of a concept's type, or the stated one where it is derived from that or not known."""
    datatype = found.datatype
    if datatype is None or is_a(datatype, stated.item_type):
        return stated.own_type or stated.item_type
    return datatype.name.local_name


def _unverified(used: Iterable[Used]) -> Iterator[Finding]:
    doubtful = [each for each in used if each.bound.standard is not None and not each.bound.standard.verified]
    if doubtful:
        named = (f"{_place(each)} as {each.bound.concept}" for each in doubtful)
        yield Finding(
            code="exporter:unverifiedConcepts",
            severity=Severity.WARNING,
            message=f"standard concepts are used that no source at hand shows in full: {_listed(named)}",
            location=_PROFILE,
            fix="check them in the taxonomy, or give its package with --taxonomy-package to have the report judged",
        )


def needed_taxonomies(filing: Filing) -> tuple[StandardTaxonomy, ...]:
    """The standard taxonomies that the filing's own builds on."""
    imported = {each.namespace for each in filing.taxonomy.imports}
    return tuple(taxonomy for taxonomy in filing.rules.taxonomies.values() if taxonomy.namespace in imported)


def missing_packages(filing: Filing, at_hand: Iterable[str] = ()) -> Iterator[Finding]:
    """What the report needs to be judged and is not given; ``at_hand`` are the URLs of schemas that are."""
    known = set(at_hand)
    missing = [needed_taxonomy for needed_taxonomy in needed_taxonomies(filing) if needed_taxonomy.schema not in known]
    if missing:
        names = list_text(dict.fromkeys(f"{each.package} ({each.schema})" for each in missing))
        places = list_text(dict.fromkeys(each.obtain for each in missing if each.obtain))
        yield Finding(
            code="exporter:packagesNeeded",
            severity=Severity.INFO,
            message=f"this report needs {names}; without them it was read back, but not judged",
            location=_PROFILE,
            fix=f"get them ({places}) and give each with --taxonomy-package" if places else None,
        )
