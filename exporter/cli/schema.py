"""``exporter schema``: JSON Schemas."""

from __future__ import annotations

import json
from typing import Any

import click

from exporter.cli.arguments import items_modules, output_options
from exporter.cli.completion import complete_items
from exporter.cli.items import find_class, known_classes
from exporter.cli.outcome import Run, command_body


@click.command(short_help="Print the JSON Schema of report items.")
@click.argument("item", required=False, shell_complete=complete_items)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["items", "items-json", "xbrl-json"]),
    default="items",
    show_default=True,
    help="What the schema is of: files of items as people write them, for editors; items JSON as the program writes "
    "it; xBRL-JSON.",
)
@items_modules
@output_options
@command_body
def command(run: Run, item: str | None, format_: str, modules: tuple[str, ...]) -> None:
    """Print the JSON Schema (draft 2020-12) of files of items, or of one report item called ITEM.

    Editors check YAML against it; `# yaml-language-server: $schema=items-source.schema.json` in the first line of a
    file names it.

    \b
    Examples:
      exporter schema > items-source.schema.json
      exporter schema --format items-json > items.schema.json
      exporter schema OwnershipInterest
      exporter schema --format xbrl-json
    """
    schema = _schema(run, item, format_, modules)
    run.result["schema"] = schema
    if not run.as_json:
        run.screen.write(json.dumps(schema, ensure_ascii=False, indent=2) + "\n")


def _schema(run: Run, item: str | None, format_: str, modules: tuple[str, ...]) -> dict[str, Any]:
    from exporter.items.json_schema import derive_json_schema, item_json_schema

    if format_ == "xbrl-json":
        if item is not None:
            message = "the schema of xBRL-JSON is the same for all items"
            raise run.refuse("exporter:usage", message, fix="leave ITEM out")
        from exporter.resources.files import load_json_schema

        return load_json_schema("xbrl-json.schema.json")
    classes = known_classes(run, modules)
    as_written = format_ == "items"
    if item is None:
        return derive_json_schema(classes.values(), as_written=as_written)
    return item_json_schema(find_class(run, classes, item), as_written=as_written)
