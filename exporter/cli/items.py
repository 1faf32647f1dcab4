"""``exporter items``: the report items there are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exporter.cli.arguments import (
    FILE,
    items_modules,
    labels_shown_in,
    load_item_classes,
    output_options,
    taxonomy_packages,
)
from exporter.cli.completion import complete_items
from exporter.cli.console import Column, Screen, count
from exporter.cli.outcome import Run, command_body
from exporter.findings import choice_hint, list_text

if TYPE_CHECKING:
    from exporter.items.compile import ItemSpec
    from exporter.items.fields import FieldSpec


@click.command(short_help="List the report items there are, or make some from a taxonomy.")
@click.argument("name", required=False, shell_complete=complete_items)
@items_modules
@click.option("--from-package", "package", type=FILE, metavar="ZIP", help="Make classes from this taxonomy package.")
@click.option("-o", "--output", "target", type=FILE, metavar="MODULE.py", help="The module to write the classes into.")
@click.option("--entry-point", metavar="URL", help="Only what this entry point of the package leads to.")
@click.option("--role", "roles", multiple=True, metavar="PATTERN", help="Only roles whose URI or title fits (*, ?).")
@click.option("--concepts", multiple=True, metavar="PATTERN", help="Only concepts whose name fits (*, ?).")
@labels_shown_in
@click.option("--split-periods", is_flag=True, help="Instants and durations of a role go to two classes.")
@taxonomy_packages
@output_options
@command_body
def command(
    run: Run,
    /,
    name: str | None,
    modules: tuple[str, ...],
    package: Path | None,
    target: Path | None,
    language: str | None,
    **options: Any,
) -> None:
    """List the report items there are, or describe the one called NAME: its fields with what each takes, the values to
    choose from, the concepts reported, and an example in YAML.

    With --from-package, write a Python module with a class for each role of the taxonomy in the package, and beside it
    the profile (.toml) with which items of these classes report the standard's own concepts.

    \b
    Examples:
      exporter items
      exporter items ExchangeRates
      exporter items ExchangeRates --language ja
      exporter items --items-module my_items --json
      exporter items --from-package us-gaap-2024.zip --role '*Balance Sheet*' -o balance_sheet.py
      exporter export report.yaml -o build --items-module balance_sheet.py --profile balance_sheet.toml
    """
    from exporter.items.compile import item_specification

    if package is not None or target is not None:
        _generate(run, package, target, name, **options)
        return

    classes, language = known_classes(run, modules), language or "en"
    if name is None:
        specs = [item_specification(cls) for cls in classes.values()]
        run.result["items"] = [_described(spec, language) for spec in specs]
        if not run.as_json:
            _show_list(run.screen, specs, language)
        return
    spec = item_specification(find_class(run, classes, name))
    from exporter.items.examples import example_text

    described = _described(spec, language)
    run.result["items"] = [described | {"example": example_text(spec.cls)}]
    if not run.as_json:
        _show_one(run.screen, spec, described, language)


def _generate(
    run: Run,
    package: Path | None,
    target: Path | None,
    name: str | None,
    packages: tuple[Path, ...],
    **options: Any,
) -> None:
    from exporter.operations.generate import generate_items

    if package is None or target is None or name is not None:
        fix = "give --from-package ZIP and -o MODULE.py, and no NAME"
        raise run.refuse("exporter:usage", "classes are made from a package into a module", fix=fix)
    with run.screen.progress(f"reading {package}"):
        made = generate_items(package, target, packages=packages, warn=run.warn, **options)
    run.findings += made.findings
    classes = made.outline.classes
    run.result |= {
        "module": str(made.module),
        "profile": str(made.profile),
        "classes": [{"name": one.name, "role": one.role, "fields": len(one.fields)} for one in classes],
    }
    number = f"{len(classes):,} {'class' if len(classes) == 1 else 'classes'}"
    run.closing = f"{made.module}: {number}, {count(made.fields, 'field')}; {made.profile}"


def known_classes(run: Run, modules: tuple[str, ...]) -> dict[str, type[Any]]:
    """The disclosures of this package and the classes of the modules, by name."""
    from exporter.disclosures import DISCLOSURES

    return {cls.__name__: cls for cls in (*DISCLOSURES, *load_item_classes(run, modules))}


def find_class(run: Run, classes: dict[str, type[Any]], name: str) -> type[Any]:
    """The class called ``name``."""
    if name not in classes:
        fix = choice_hint(name, classes, "see `exporter items` for the list")
        raise run.refuse("exporter:usage", f"no report item is called {name!r}", fix=fix)
    return classes[name]


def _described(spec: ItemSpec, language: str) -> dict[str, Any]:
    """An item class with its labels in ``language``, in English where there is none."""
    from exporter.operations.labels import label_text, missing_labels

    labels = spec.options.labels
    return {
        "name": spec.name,
        "label": label_text(labels, language),
        "documentation": label_text(labels, language, "documentation"),
        "fields": [_described_field(spec, field, language) for field in spec.fields],
        "missing_labels": list(missing_labels(spec, language)),
    }


def field_types(each: FieldSpec) -> list[str]:
    return [getattr(python_type, "__name__", str(python_type)) for python_type in each.types]


def _described_value(value: Any, language: str) -> dict[str, str | None]:
    from exporter.items.labels import member_labels
    from exporter.operations.labels import label_text

    return {"value": value.value, "label": label_text(member_labels(value), language)}


def _described_field(spec: ItemSpec, each: FieldSpec, language: str) -> dict[str, Any]:
    from exporter.items.written_forms import choices, written_forms

    forms = written_forms(each)
    return {
        "name": each.name,
        "kind": _kind(each),
        "types": field_types(each),
        "many": each.many,
        "required": each.required,
        "takes": [form.words for form in forms] or [f"a list of {list_text(field_types(each), last=' and ')}"],
        "units": [form.unit for form in forms if form.unit is not None],
        "examples": [form.example for form in forms],
        "values": [_described_value(value, language) for value in choices(each)],
        "may_be_unknown": each.unknown,
        "concepts": [_described_concept(option, language) for option in spec.facts if option.field == each.name],
    }


def _described_concept(option: Any, language: str) -> dict[str, Any]:
    from exporter.operations.labels import label_text

    return {
        "name": option.name,
        "type": option.item_type,
        "period": option.period_type,
        "balance": option.declared.balance,
        "sign": option.declared.sign,
        "label": label_text(option.declared.labels, language),
    }


def _kind(each: FieldSpec) -> str:
    return type(each.declaration).__name__.removesuffix("Declaration").lower()


def _show_list(screen: Screen, specs: list[ItemSpec], language: str) -> None:
    from exporter.operations.labels import label_text, missing_labels

    columns = [
        Column(title="item"),
        Column(title="label", shrinks=True),
        Column(title="fields", shrinks=True),
        Column(title="concepts", justify="right"),
    ]
    rows = [
        (
            spec.name,
            label_text(spec.options.labels, language) or "",
            ", ".join(field.name for field in spec.fields if _kind(field) not in ("notes", "provenance")),
            str(len({option.name for option in spec.facts})),
        )
        for spec in specs
    ]
    screen.table(columns, rows)
    show_missing(screen, [f"{spec.name}.{name}" for spec in specs for name in missing_labels(spec, language)], language)


def show_missing(screen: Screen, names: Iterable[str], language: str) -> None:
    """The labels that there are in English only, as keys of a catalogue."""
    if names := tuple(names):
        screen.write(f"\nno label in {language}:\n" + "".join(f"  {name}\n" for name in names))


def _show_one(screen: Screen, spec: ItemSpec, described: dict[str, Any], language: str) -> None:
    from exporter.items.examples import example_text

    heading = f"{spec.name}: {described['label']}"
    screen.write("\n".join(filter(None, (heading, described["documentation"]))) + "\n\n")
    columns = [Column(title="field"), Column(title="given", shrinks=True), Column(title="takes", shrinks=True)]
    columns += [Column(title="type", shrinks=True), Column(title="concept", shrinks=True)]
    columns += [Column(title="reported as", shrinks=True)]
    screen.table(columns, [row for field in described["fields"] for row in _field_rows(field)])
    for field in described["fields"]:
        if values := field["values"]:
            screen.write(f"\nvalues of {field['name']}:\n")
            screen.write("".join(f"  {value['value']}\t{value['label']}\n" for value in values))
    show_missing(screen, described["missing_labels"], language)
    screen.write(f"\nin a file of items (YAML):\n\n{_indented(example_text(spec.cls))}\n")


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.splitlines())


def _field_rows(field: dict[str, Any]) -> list[tuple[str, ...]]:
    types = " or ".join(field["types"]) + ("…" if field["many"] else "")
    given = "always" if field["required"] else "perhaps"
    takes = " or ".join(dict.fromkeys(field["takes"]))
    takes += f" (unit: {list_text(field['units'], last=' or ')})" if field["units"] else ""
    takes += ", or {unknown: why}" if field["may_be_unknown"] else ""
    first = (field["name"], given, takes, types)
    concepts = [
        (one["name"], ", ".join(filter(None, (one["type"], one["period"], one["balance"]))))
        for one in field["concepts"]
    ]
    rows = concepts or [("", "")]
    return [(*(first if index == 0 else ("", "", "", "")), *row) for index, row in enumerate(rows)]
