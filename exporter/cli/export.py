"""``exporter export``: items to a filing folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli.console import Column, count
from exporter.cli.inputs import load_items, placed
from exporter.cli.outcome import Run, command_body
from exporter.cli.parameters import FILE, items_modules, load_item_classes, output_options
from exporter.errors import WriteError

if TYPE_CHECKING:
    from exporter.filing.export import Export


@click.command(short_help="Turn report items into a filing folder.")
@click.argument("source", type=FILE)
@click.option("-o", "--output", "directory", type=FILE, required=True, metavar="DIR", help="The folder to write into.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    help="Write only this format (items-json, xbrl-json, xbrl-xml). May be repeated; all of them by default.",
)
@click.option(
    "--profile",
    type=click.Choice(["extension-only"]),
    default="extension-only",
    show_default=True,
    help="What items are bound to: extension-only reports everything in the filing's own namespace.",
)
@items_modules
@click.option("--strict", is_flag=True, help="Export nothing where there are warnings.")
@output_options
@command_body
def command(
    run: Run,
    source: Path,
    directory: Path,
    formats: tuple[str, ...],
    profile: str,
    modules: tuple[str, ...],
    strict: bool,
) -> None:
    """Turn the report items in SOURCE (YAML or items JSON) into a filing folder.

    The folder gets the items, the report in every format, the extension taxonomy, its package and a manifest. Each file
    is read back and compared before the first appears in the folder; the same source gives the same bytes.

    \b
    Examples:
      exporter export report.yaml -o build
      exporter export report.yaml -o build --format xbrl-json --json
      exporter export report.yaml -o build --items-module my_items
    """
    from exporter.filing.checking import check_filing
    from exporter.filing.export import EXPORT_FORMATS, export_filing

    run.strict = strict
    for name in formats:
        if name not in EXPORT_FORMATS:
            choices = f"choose among {', '.join(EXPORT_FORMATS)}"
            raise run.refuse("exporter:unknownFormat", f"a filing is not exported as {name!r}", mend=choices)
    filing = load_items(run, source, load_item_classes(run, modules))
    if strict and (warnings := tuple(check_filing(filing))):
        run.findings += placed(warnings, source)
        return
    try:
        with run.screen.steps() as on_step:
            done = export_filing(filing, directory, formats=formats or EXPORT_FORMATS, on_step=on_step)
    except WriteError as error:
        run.findings += placed(error.findings, source)
        return
    run.findings += placed(done.findings, source)
    run.result |= _result(done)
    if not run.screen.quiet:
        _show(run, done)


def _result(done: Export) -> dict[str, object]:
    files = [
        {"path": each.name, "format": each.format, "sha256": each.sha256, "size": each.size} for each in done.files
    ]
    return {
        "directory": str(done.directory),
        "items": done.items,
        "facts": done.facts,
        "footnotes": done.footnotes,
        "files": files,
    }


def _show(run: Run, done: Export) -> None:
    columns = [Column(title="file", shrinks=True), Column(title="format"), Column(title="bytes", justify="right")]
    rows = [(str(done.directory / each.name), each.format, f"{each.size:,}") for each in done.files]
    run.screen.table(columns, rows)
    run.screen.note(
        f"{count(done.items, 'item')}, {count(done.facts, 'fact')}, {count(done.footnotes, 'footnote')}, "
        f"{count(len(done.findings), 'finding')}"
    )
