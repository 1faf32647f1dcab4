"""Report items, profiles and schemas as plain data, as ``--json`` prints them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, Literal

from exporter.errors import ExporterError
from exporter.findings import Finding, list_text
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import DimensionDeclaration
from exporter.items.examples import example_text
from exporter.items.fields import ConceptSpec, FieldSpec
from exporter.items.json_schema import derive_json_schema, item_json_schema
from exporter.items.labels import NO_LABELS, member_labels
from exporter.items.written_forms import choices, written_forms
from exporter.operations.classes import find_item_class, known_item_classes
from exporter.operations.labels import label_text, missing_labels
from exporter.profiles.profile import Gap, Profile, ProfileAxis, ProfileConcept
from exporter.profiles.read import PROFILES, load_profile
from exporter.resources.files import load_json_schema

SchemaKind = Literal["items", "items-json", "xbrl-json"]

_COLUMNS: Final = ("item", "field", "concept", "type", "period", "balance", "sign", "verified", "remark")
_UNBOUND: Final = "the profile does not say; reported with a concept of the filing's own"


def describe_items(modules: Iterable[str] = (), *, language: str = "en") -> list[dict[str, Any]]:
    """Every report item that is known.

    Args:
        modules: modules whose report items are known too.
        language: the language of labels, which are English where there are none in it.
    """
    return [_describe_item(item_specification(cls), language) for cls in known_item_classes(modules).values()]


def describe_item(name: str, modules: Iterable[str] = (), *, language: str = "en") -> dict[str, Any]:
    """The report item called ``name``: its fields, what each takes and reports, and an ``example`` in YAML.

    Raises:
        ExporterError: there is no such item.
    """
    cls = find_item_class(name, modules)
    return _describe_item(item_specification(cls), language) | {"example": example_text(cls)}


def _describe_item(spec: ItemSpec, language: str) -> dict[str, Any]:
    labels = spec.options.labels
    return {
        "name": spec.name,
        "label": label_text(labels, language),
        "documentation": label_text(labels, language, "documentation"),
        "fields": [_describe_field(field, language) for field in spec.fields],
        "missing_labels": list(missing_labels(spec, language)),
    }


def _describe_field(field: FieldSpec, language: str) -> dict[str, Any]:
    forms = written_forms(field)
    types = [getattr(python_type, "__name__", str(python_type)) for python_type in field.types]
    return {
        "name": field.name,
        "kind": type(field.declaration).__name__.removesuffix("Declaration").lower(),
        "types": types,
        "many": field.many,
        "required": field.required,
        "takes": [form.words for form in forms] or [f"a list of {list_text(types, last=' and ')}"],
        "units": [form.unit for form in forms if form.unit is not None],
        "examples": [form.example for form in forms],
        "values": [_describe_value(value, language) for value in choices(field)],
        "may_be_unknown": field.unknown,
        "concepts": [_describe_concept(concept, language) for concept in field.concepts],
    }


def _describe_value(value: Any, language: str) -> dict[str, str | None]:
    return {"value": value.value, "label": label_text(member_labels(value), language)}


def _describe_concept(concept: ConceptSpec, language: str) -> dict[str, Any]:
    return {
        "name": concept.name,
        "type": concept.item_type,
        "period": concept.period_type,
        "balance": concept.balance,
        "sign": "inverted" if concept.inverted else "as_stated",
        "label": label_text(concept.labels, language),
    }


def json_schema(kind: SchemaKind = "items", item: str | None = None, modules: Iterable[str] = ()) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of files of items, or of one item.

    Args:
        kind: of files of items as people write them, of items JSON, or of xBRL-JSON.
        item: the name of a report item.
        modules: modules whose report items are known too.

    Raises:
        ExporterError: there is no such item, or one is named for xBRL-JSON.
    """
    if kind == "xbrl-json":
        if item is not None:
            message = "the schema of xBRL-JSON is the same for all items"
            raise ExporterError(findings=[Finding(code="exporter:usage", message=message, fix="leave ITEM out")])
        return load_json_schema("xbrl-json.schema.json")
    as_written = kind == "items"
    if item is None:
        return derive_json_schema(known_item_classes(modules).values(), as_written=as_written)
    return item_json_schema(find_item_class(item, modules), as_written=as_written)


def describe_profiles() -> list[dict[str, Any]]:
    """The profiles of this package."""
    return [_describe_profile(load_profile(name)) for name in PROFILES]


def describe_profile(
    name: str,
    *,
    release: str | None = None,
    item: str | None = None,
    modules: Iterable[str] = (),
    language: str | None = None,
) -> dict[str, Any]:
    """A profile, with what each field of each report item is reported as under ``fields``.

    Args:
        name: the name of a profile, or the path of a ``.toml`` file.
        release: the edition of its standard taxonomies.
        item: the one report item to describe.
        modules: modules whose report items are known too.
        language: the language of labels, those that are missing in it are listed; English where not given.

    Raises:
        ProfileError: there is no such profile or release.
        ExporterError: there is no such item.
    """
    profile = load_profile(name, release=release)
    classes = [find_item_class(item, modules)] if item else list(known_item_classes(modules).values())
    fields = [row for cls in classes for row in _bound_fields(profile, cls, language or "en")]
    missing = [
        f"{cls.__name__}.{label}"
        for cls in (classes if language is not None else ())
        for label in missing_labels(item_specification(cls), language or "en")
    ]
    return {**_describe_profile(profile), "fields": fields, "missing_labels": missing}


def _describe_profile(profile: Profile) -> dict[str, Any]:
    gaps = sum(isinstance(binding, Gap) for binding in profile.bindings.values())
    return {
        "name": profile.name,
        "title": profile.title,
        "regulator": profile.regulator,
        "release": profile.release,
        "releases": list(profile.releases),
        "bound": len(profile.bindings) - gaps,
        "gaps": gaps,
        "taxonomies": [
            {
                "prefix": taxonomy.prefix,
                "namespace": taxonomy.namespace,
                "schema": taxonomy.schema,
                "package": taxonomy.package,
            }
            for taxonomy in profile.taxonomies.values()
        ],
    }


def _bound_fields(profile: Profile, cls: type[Any], language: str) -> list[dict[str, Any]]:
    """What each field of a class reports, in the order of its declaration."""
    if not profile.is_standard:
        return []
    spec = item_specification(cls)
    rows = [
        _concept_row(profile, spec.name, field.name, concept) | {"label": label_text(concept.labels, language)}
        for field in spec.fields
        for concept in field.concepts
        if concept.part is None
    ]
    for axis in spec.declared(DimensionDeclaration):
        label = label_text(getattr(axis.declaration, "labels", NO_LABELS), language)
        rows.append(_axis_row(profile, spec.name, axis.name) | {"label": label})
    return rows


def _concept_row(profile: Profile, item: str, field: str, spec: ConceptSpec) -> dict[str, Any]:
    binding = profile.binding(item, field, spec.name)
    row: dict[str, Any] = dict.fromkeys(_COLUMNS) | {"item": item, "field": field, "option": spec.name}
    if isinstance(binding, ProfileConcept):
        concept = binding.concept
        row |= {"concept": str(concept), "type": concept.item_type, "period": concept.period_type}
        row |= {"balance": concept.balance, "sign": binding.sign, "verified": concept.verified}
        return row | {"remark": concept.remark, "gap": None}
    return row | {"gap": binding.reason if binding else _UNBOUND}


def _axis_row(profile: Profile, item: str, field: str) -> dict[str, Any]:
    axis = profile.axis(item, field)
    row: dict[str, Any] = dict.fromkeys(_COLUMNS) | {"item": item, "field": field, "option": None, "type": "axis"}
    if isinstance(axis, ProfileAxis):
        return row | {"concept": axis.axis, "verified": axis.verified, "remark": axis.remark, "gap": None}
    return row | {"gap": axis.reason if axis else _UNBOUND}
