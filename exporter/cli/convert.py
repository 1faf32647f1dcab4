"""``exporter convert``: any syntax to any syntax."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli.arguments import (
    FILE,
    check_output,
    given_access,
    item_classes,
    items_modules,
    open_source,
    output_options,
    profile_of_items,
    sarif_output,
    taxonomy_access,
    taxonomy_packages,
)
from exporter.cli.completion import complete_formats
from exporter.cli.console import count
from exporter.cli.outcome import Run, command_body

if TYPE_CHECKING:
    from exporter.operations.convert import DuplicatePolicy


@click.command(short_help="Turn a report from one syntax into another.")
@click.argument("sources", metavar="INPUT...", type=FILE, nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    "target",
    type=FILE,
    required=True,
    metavar="OUTPUT",
    help="The file to write; - for standard output.",
)
@click.option(
    "--to",
    "format_name",
    metavar="NAME",
    shell_complete=complete_formats,
    help="The format to write; by default that of OUTPUT's suffix.",
)
@click.option(
    "--duplicates",
    type=click.Choice(["keep", "merge", "refuse"]),
    default="keep",
    show_default=True,
    help="Duplicate facts: keep all, merge those that agree, or refuse the report.",
)
@profile_of_items
@taxonomy_packages
@taxonomy_access
@items_modules
@click.option("--partial", is_flag=True, help="Write what can be read although facts in doubt are left out.")
@click.option(
    "--strict", is_flag=True, help="Be as strict as validate, and write nothing where there is even a warning."
)
@sarif_output
@output_options
@command_body
def command(
    run: Run,
    sources: tuple[Path, ...],
    target: Path,
    format_name: str | None,
    duplicates: DuplicatePolicy,
    profile: str | None,
    release: str | None,
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
    partial: bool,
    strict: bool,
) -> None:
    """Turn the report in INPUT into another syntax, without losing facts, footnotes or accuracy.

    INPUT is a report in any syntax, or a file of items (YAML or items JSON): a file, - for standard input, a report
    package, an archive or a folder; several files are the documents of one Inline XBRL document set. Formats:
    inline-xbrl, items-json, xbrl-csv (a folder), xbrl-json, xbrl-xml.
    An OUTPUT that ends in .yaml gets the items as people write them, with the statements that the report presents.
    The output appears whole or not at all.

    What the other syntax cannot hold (tuples, fractions, segments that are no dimensions, roles of footnotes) is left
    out with a warning. Facts in doubt, whose context, unit, value or transformation is broken, are an error each:
    nothing is written then, but with --partial the rest is, and the last warning counts what is missing.

    Where a public taxonomy is not available, types are taken from the facts, and a warning says so. Exact numbers
    without unit look like text in xBRL-JSON and xBRL-CSV then: a second warning counts them. A report with typed
    dimensions is not written as XML without its taxonomy.

    \b
    Examples:
      exporter convert report.xbrl -o report.json
      exporter convert report.json -o report.xbrl --duplicates merge
      exporter convert report.xbrl -o report.items.json
      exporter convert report.xbrl -o items.yaml
      exporter convert report.xbrl -o out.json --taxonomy-package us-gaap-2024.zip --strict
      exporter convert build/iij-20050331.xbri -o report.json
      exporter convert report.xbrl -o - --to xbrl-json
    """
    run.strict = strict
    if strict and partial:
        raise run.refuse("exporter:usage", "--strict and --partial exclude each other", fix="give one of them")
    from exporter.operations.convert import convert
    from exporter.operations.names import YAML_SUFFIXES, format_to_write

    if format_name is not None or target.suffix.lower() not in YAML_SUFFIXES:
        format_to_write(target, format_name)
    check_output(run, target)
    classes = item_classes(modules)
    done = convert(
        open_source(*sources),
        target,
        format=format_name,
        duplicates=duplicates,
        packages=packages,
        classes=classes,
        profile=profile,
        release=release,
        partial=partial,
        strict=strict,
        access=given_access(),
        warn=run.warn,
        progress=run.screen.progress,
    )
    if done is None:
        return
    name, number = ("items", done.items) if done.items is not None else ("facts", done.facts or 0)
    run.result |= {"output": str(target), "format": done.format, name: number}
    if not run.as_json:
        run.screen.note(f"{target}: {count(number, name.removesuffix('s'))} as {done.format}")
