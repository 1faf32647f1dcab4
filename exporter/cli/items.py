"""``exporter items``: the report items there are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from exporter.cli.arguments import (
    FILE,
    items_modules,
    label_language_option,
    output_options,
    taxonomy_packages,
)
from exporter.cli.completion import complete_items
from exporter.cli.console import Column, Screen, count
from exporter.cli.outcome import Run, command_body
from exporter.findings import list_text


@click.command(short_help="List the report items there are, or make some from a taxonomy.")
@click.argument("name", required=False, shell_complete=complete_items)
@items_modules
@click.option("--from-package", "package", type=FILE, metavar="ZIP", help="Make classes from this taxonomy package.")
@click.option("-o", "--output", "target", type=FILE, metavar="MODULE.py", help="The module to write the classes into.")
@click.option("--entry-point", metavar="URL", help="Only what this entry point of the package leads to.")
@click.option("--role", "roles", multiple=True, metavar="PATTERN", help="Only roles whose URI or title fits (*, ?).")
@click.option("--concepts", multiple=True, metavar="PATTERN", help="Only concepts whose name fits (*, ?).")
@label_language_option
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
    if package is not None or target is not None:
        _generate(run, package, target, name, **options)
        return
    from exporter.operations.describe import describe_item, describe_items

    language = language or "en"
    if name is None:
        items = describe_items(modules, language=language)
    else:
        items = [describe_item(name, modules, language=language)]
    run.result["items"] = items
    if run.as_json:
        return
    if name is None:
        _show_list(run.screen, items, language)
    else:
        _show_item(run.screen, items[0], language)


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
        "classes": [{"name": cls.name, "role": cls.role, "fields": len(cls.fields)} for cls in classes],
    }
    number = f"{len(classes):,} {'class' if len(classes) == 1 else 'classes'}"
    run.closing = f"{made.module}: {number}, {count(made.fields, 'field')}; {made.profile}"


def _show_list(screen: Screen, items: list[dict[str, Any]], language: str) -> None:
    columns = [
        Column(title="item"),
        Column(title="label", shrinks=True),
        Column(title="fields", shrinks=True),
        Column(title="concepts", justify="right"),
    ]
    rows = [
        (
            item["name"],
            item["label"] or "",
            ", ".join(field["name"] for field in item["fields"] if field["kind"] not in ("notes", "provenance")),
            str(len({concept["name"] for field in item["fields"] for concept in field["concepts"]})),
        )
        for item in items
    ]
    screen.table(columns, rows)
    show_missing(screen, [f"{item['name']}.{label}" for item in items for label in item["missing_labels"]], language)


def show_missing(screen: Screen, names: Iterable[str], language: str) -> None:
    """The labels that there are in English only, as keys of a catalogue."""
    if names := tuple(names):
        screen.write(f"\nno label in {language}:\n" + "".join(f"  {name}\n" for name in names))


def _show_item(screen: Screen, item: dict[str, Any], language: str) -> None:
    heading = f"{item['name']}: {item['label']}"
    screen.write("\n".join(filter(None, (heading, item["documentation"]))) + "\n\n")
    columns = [
        Column(title="field"),
        Column(title="given", shrinks=True),
        Column(title="takes", shrinks=True),
    ]
    columns += [Column(title="type", shrinks=True), Column(title="concept", shrinks=True)]
    columns += [Column(title="reported as", shrinks=True)]
    screen.table(columns, [row for field in item["fields"] for row in _field_rows(field)])
    for field in item["fields"]:
        if field["values"]:
            values = (f"  {value['value']}\t{value['label']}\n" for value in field["values"])
            screen.write(f"\nvalues of {field['name']}:\n{''.join(values)}")
    show_missing(screen, item["missing_labels"], language)
    example = "".join(f"  {line}\n" for line in item["example"].splitlines())
    screen.write(f"\nin a file of items (YAML):\n\n{example}\n")


def _field_rows(field: dict[str, Any]) -> list[tuple[str, ...]]:
    types = " or ".join(field["types"]) + ("…" if field["many"] else "")
    given = "always" if field["required"] else "perhaps"
    takes = " or ".join(dict.fromkeys(field["takes"]))
    takes += f" (unit: {list_text(field['units'], last=' or ')})" if field["units"] else ""
    takes += ", or {unknown: why}" if field["may_be_unknown"] else ""
    concepts = [
        (concept["name"], ", ".join(filter(None, (concept["type"], concept["period"], concept["balance"]))))
        for concept in field["concepts"]
    ]
    first, rest = (field["name"], given, takes, types), ("", "", "", "")
    return [(*(rest if index else first), *row) for index, row in enumerate(concepts or [("", "")])]
