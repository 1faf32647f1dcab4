"""``exporter init``: a file of items to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.arguments import FILE, items_modules, output_options
from exporter.cli.completion import complete_forms
from exporter.cli.outcome import Run, command_body


@click.command(short_help="Write a file of items for a form, to be filled in.")
@click.option(
    "--form", metavar="FORM", required=True, shell_complete=complete_forms, help="The form: 20-F, esef or edinet."
)
@click.option(
    "-o",
    "--output",
    "target",
    type=FILE,
    default="report.yaml",
    show_default=True,
    metavar="FILE",
    help="The file to write: YAML, or a workbook (.xlsx).",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@items_modules
@output_options
@command_body
def command(run: Run, form: str, target: Path, force: bool, modules: tuple[str, ...]) -> None:
    """Write a file of items for FORM, ready to fill in: YAML with comments, or a workbook.

    The YAML names, in its first line, the JSON Schema that is written beside it, so that editors complete and check
    what is typed. It holds an example of each item; all but the first are commented out.

    \b
    Examples:
      exporter init --form 20-F -o filing.yaml
      exporter init --form esef -o filing.yaml
      exporter init --form edinet -o filing.xlsx
    """
    from exporter.operations.template import write_source

    if target.exists() and not force:
        fix = "give another name, or --force"
        raise run.refuse("exporter:unwritableFile", "the file is there already", fix=fix, file=str(target))
    files = write_source(target, form, modules=modules)
    run.result["files"] = [str(file) for file in files]
    run.closing = f"{target} is ready to be filled in; exporter validate {target} says what is wrong"
