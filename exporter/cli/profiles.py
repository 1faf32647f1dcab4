"""``exporter profiles``: which standard concepts items report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from exporter.cli.arguments import items_modules, labels_shown_in, output_options
from exporter.cli.completion import complete_items, complete_profiles
from exporter.cli.console import Column, Screen
from exporter.cli.items import find_class, known_classes, show_missing
from exporter.cli.outcome import Run, command_body

if TYPE_CHECKING:
    from exporter.profiles.profile import Profile

_COLUMNS = ("item", "field", "concept", "type", "period", "balance", "sign", "verified", "remark")


@click.command(short_help="Show which standard concepts items report.")
@click.argument("name", required=False, shell_complete=complete_profiles)
@click.option("--release", metavar="RELEASE", help="The edition of the profile's standard taxonomies.")
@click.option("--item", metavar="NAME", shell_complete=complete_items, help="Only the fields of this report item.")
@labels_shown_in
@items_modules
@output_options
@command_body
def command(
    run: Run,
    name: str | None,
    release: str | None,
    item: str | None,
    language: str | None,
    modules: tuple[str, ...],
) -> None:
    """List the profiles there are, or show what NAME (a profile, or a .toml file of your own) binds items to.

    For each field: the standard concept with its type, period type, balance and sign, or the reason why there is none.
    A concept that no source at hand shows in full is marked as not verified.

    \b
    Examples:
      exporter profiles
      exporter profiles sec-us-gaap --item NetLoss
      exporter profiles edinet --item OwnershipInterest --language ja
      exporter profiles my-profile.toml --json
    """
    from exporter.profiles.read import PROFILES, load_profile

    if name is None:
        profiles = [load_profile(each) for each in PROFILES]
        run.result["profiles"] = [_described(profile) for profile in profiles]
        if not run.as_json:
            _show_list(run.screen, profiles)
        return
    profile = load_profile(name, release=release)
    classes = known_classes(run, modules)
    chosen = [find_class(run, classes, item)] if item else list(classes.values())
    rows = [row for cls in chosen for row in _rows(profile, cls, language or "en")]
    missing = _missing_labels(chosen, language) if language is not None else []
    run.result |= {**_described(profile), "fields": rows, "missing_labels": missing}
    if not run.as_json:
        _show_one(run.screen, profile, rows, with_labels=language is not None)
        show_missing(run.screen, missing, language or "en")


def _described(profile: Profile) -> dict[str, Any]:
    from exporter.profiles.profile import Gap

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


def _missing_labels(classes: Iterable[type[Any]], language: str) -> list[str]:
    from exporter.items.compile import item_specification
    from exporter.operations.labels import missing_labels

    return [f"{cls.__name__}.{name}" for cls in classes for name in missing_labels(item_specification(cls), language)]


def _rows(profile: Profile, cls: type[Any], language: str) -> list[dict[str, Any]]:
    """What each field of a class reports, in the order of its declaration."""
    from exporter.items.compile import item_specification
    from exporter.items.declarations import DimensionDeclaration
    from exporter.items.labels import NO_LABELS
    from exporter.operations.labels import label_text

    if not profile.is_standard:
        return []
    spec = item_specification(cls)
    rows = [
        _concept_row(profile, spec.name, option) | {"label": label_text(option.declared.labels, language)}
        for option in spec.facts
        if option.part is None
    ]
    for axis in spec.declared(DimensionDeclaration):
        label = label_text(getattr(axis.declaration, "labels", NO_LABELS), language)
        rows.append(_axis_row(profile, spec.name, axis.name) | {"label": label})
    return rows


def _concept_row(profile: Profile, item: str, option: Any) -> dict[str, Any]:
    from exporter.profiles.profile import ProfileConcept

    found = profile.binding(item, option.field, option.name)
    row: dict[str, Any] = dict.fromkeys(_COLUMNS) | {"item": item, "field": option.field, "option": option.name}
    if isinstance(found, ProfileConcept):
        concept = found.concept
        row |= {"concept": str(concept), "type": concept.item_type, "period": concept.period_type}
        row |= {"balance": concept.balance, "sign": found.sign, "verified": concept.verified}
        return row | {"remark": concept.remark, "gap": None}
    return row | {"gap": found.reason if found else _UNSAID}


def _axis_row(profile: Profile, item: str, field: str) -> dict[str, Any]:
    from exporter.profiles.profile import ProfileAxis

    found = profile.axis(item, field)
    row: dict[str, Any] = dict.fromkeys(_COLUMNS) | {"item": item, "field": field, "option": None}
    if isinstance(found, ProfileAxis):
        return row | {
            "concept": found.axis,
            "type": "axis",
            "verified": found.verified,
            "remark": found.remark,
            "gap": None,
        }
    return row | {"type": "axis", "gap": found.reason if found else _UNSAID}


_UNSAID = "the profile does not say; reported with a concept of the filing's own"


def _show_list(screen: Screen, profiles: list[Profile]) -> None:
    columns = [Column(title="profile"), Column(title="title", shrinks=True), Column(title="releases", shrinks=True)]
    columns += [Column(title="bound", justify="right"), Column(title="gaps", justify="right")]
    rows = []
    for profile in profiles:
        said = _described(profile)
        rows.append((profile.name, profile.title, ", ".join(profile.releases), str(said["bound"]), str(said["gaps"])))
    screen.table(columns, rows)


def _show_one(screen: Screen, profile: Profile, rows: list[dict[str, Any]], *, with_labels: bool) -> None:
    said = _described(profile)
    heading = f"{profile.name}: {profile.title}" + (f", release {profile.release}" if profile.release else "")
    screen.write(f"{heading}\n{said['bound']} bound, {said['gaps']} gaps\n")
    for taxonomy in profile.taxonomies.values():
        screen.write(f"{taxonomy.prefix}: {taxonomy.package}\n")
    screen.write("\n")
    if not profile.is_standard:
        screen.write("Everything is reported with concepts of the filing's own.\n")
        return
    columns = [Column(title="item"), Column(title="field")]
    columns += [Column(title="label", shrinks=True)] if with_labels else []
    columns += [Column(title="concept", shrinks=True)]
    columns += [Column(title="reported as", shrinks=True), Column(title="verified, or why there is none", shrinks=True)]
    cells = [
        (row["item"], _field_and_option(row), *([row["label"] or ""] if with_labels else []), *_reported_as(row))
        for row in rows
    ]
    screen.table(columns, cells)


def _field_and_option(row: dict[str, Any]) -> str:
    return f"{row['field']} ({row['option']})" if row["option"] else str(row["field"])


def _reported_as(row: dict[str, Any]) -> tuple[str, str, str]:
    """The concept, what it is reported as, and whether it is verified or why there is none."""
    if row["gap"] is not None:
        return "", row["type"] or "", row["gap"]
    sign = row["sign"] if row["sign"] == "inverted" else None
    kind = ", ".join(filter(None, (row["type"], row["period"], row["balance"], sign)))
    mark = "verified" if row["verified"] else "not verified"
    return (row["concept"], kind, ": ".join(filter(None, (mark, row["remark"]))))
