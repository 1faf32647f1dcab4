"""``exporter template``: workbooks to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.arguments import FILE, items_modules, label_language_option, output_options
from exporter.cli.completion import complete_forms, complete_items
from exporter.cli.console import count
from exporter.cli.outcome import Run, command_body

to_workbook = click.option(
    "-o", "--output", "target", type=FILE, required=True, metavar="BOOK.xlsx", help="The workbook to write."
)


@click.command(short_help="Write a workbook for report items, to be filled in.")
@click.argument("items", metavar="[ITEM]...", nargs=-1, shell_complete=complete_items)
@click.option(
    "--form", metavar="FORM", shell_complete=complete_forms, help="All items of a form: 20-F, esef or edinet."
)
@to_workbook
@items_modules
@label_language_option
@output_options
@command_body
def command(
    run: Run, items: tuple[str, ...], form: str | None, target: Path, modules: tuple[str, ...], language: str | None
) -> None:
    """Write a workbook with a sheet for each ITEM (see `exporter items`), or for all items of a form.

    The headings are the fields; below them stand what they mean, what they take and an example, which are not read, as
    rows and columns that begin with # are. Fields with choices have drop-down lists. Every command that takes a file
    of items takes the workbook once it is filled in; findings name the cell.

    \b
    Examples:
      exporter template AccumulatedDeficit ExchangeRates -o figures.xlsx
      exporter template --form 20-F -o filing.xlsx
      exporter template AverageRevenuePerUser -o arpu.xlsx --items-module my_items.py
    """
    from exporter.operations.template import write_template

    sheets = write_template(target, items, form=form, modules=modules, language=language or "en")
    run.result |= {"file": str(target), "sheets": list(sheets)}
    run.closing = f"{target}: {count(len(sheets), 'sheet')}"
