"""``exporter roll-forward``: the next filing begins with the last one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from exporter.cli.arguments import (
    FILE,
    check_output,
    given_access,
    item_classes,
    items_modules,
    keep_apart,
    output_options,
    taxonomy_access,
    taxonomy_packages,
)
from exporter.cli.completion import complete_forms
from exporter.cli.console import count
from exporter.cli.outcome import Run, command_body


@click.command(short_help="Begin the next filing with the last one.")
@click.argument("last", metavar="LAST", type=FILE)
@click.option(
    "--to-period",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    required=True,
    metavar="DATE",
    help="The end of the next reporting period: 2006-03-31.",
)
@click.option("-o", "--output", type=FILE, required=True, metavar="NEXT", help="The file to write: .yaml or .xlsx.")
@click.option(
    "--form",
    metavar="FORM",
    shell_complete=complete_forms,
    help="Whose items are listed as due: 20-F, esef, edinet. [default: that of the document]",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@taxonomy_packages
@taxonomy_access
@items_modules
@output_options
@command_body
def command(
    run: Run,
    last: Path,
    to_period: dt.datetime,
    output: Path,
    form: str | None,
    force: bool,
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
) -> None:
    """Write a file of items to begin the next filing with, from LAST: items, or a report in any syntax.

    Periods move by months, the end of a month to the end of a month, or by weeks where the fiscal year has 52 or 53.
    Where LAST has the value of the moved period, as it has for all columns of a table but the first, it stays as a
    comparative; else the place is empty, with the last value in a comment. Texts, names, choices and concepts of the
    filing's own stay. Comments on top say what the form has besides, and which standard concepts are deprecated, with
    those that take their place, as far as the taxonomy at hand says so.

    \b
    Examples:
      exporter roll-forward report.yaml --to-period 2006-03-31 -o next.yaml
      exporter roll-forward build/iij-20050331.xbrl --to-period 2006-03-31 -o next.yaml
      exporter roll-forward report.yaml --to-period 2006-03-31 -o next.xlsx
    """
    check_output(run, output)
    keep_apart((output,), (last, *packages))
    if output.suffix.lower() not in (".yaml", ".yml", ".xlsx"):
        message = f"items are written in YAML or a workbook, not as {output.name}"
        raise run.refuse("exporter:usage", message, fix="name it .yaml or .xlsx")
    if output.exists() and not force:
        fix = "give another name, or --force"
        raise run.refuse("exporter:unwritableFile", "the file is there already", fix=fix, file=str(output))
    from exporter.operations.roll_forward import roll_forward, write_rolled

    with run.screen.progress(f"reading {last}"):
        rolled = roll_forward(
            last,
            to_period.date(),
            form=form,
            classes=item_classes(modules),
            packages=packages,
            access=given_access(),
        )
    for finding in rolled.findings:
        run.warn(finding)
    write_rolled(rolled, output)
    run.result |= {"output": str(output), "to_fill_in": rolled.emptied, "kept": rolled.kept, "due": list(rolled.due)}
    run.closing = f"{output}: {count(rolled.emptied, 'value')} to fill in, {count(rolled.kept, 'comparative')} kept"
