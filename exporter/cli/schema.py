"""``exporter schema``: JSON Schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from exporter.cli.arguments import items_modules, output_options
from exporter.cli.completion import complete_items
from exporter.cli.outcome import Run, command_body

if TYPE_CHECKING:
    from exporter.operations.describe import SchemaKind


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
def command(run: Run, item: str | None, format_: SchemaKind, modules: tuple[str, ...]) -> None:
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
    from exporter.operations.describe import json_schema

    schema = json_schema(format_, item, modules)
    run.result["schema"] = schema
    if not run.as_json:
        run.screen.write(json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
