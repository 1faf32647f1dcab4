"""``exporter doctor``: what this installation has."""

from __future__ import annotations

import click

from exporter.cli.arguments import output_options
from exporter.cli.console import Column
from exporter.cli.outcome import Run, command_body
from exporter.findings import list_text


@click.command(short_help="Show versions, extras and what is missing.")
@output_options
@command_body
def command(run: Run) -> None:
    """Show the versions of the program and of its libraries, and which extras are installed.

    \b
    Examples:
      exporter doctor
      exporter doctor --json
    """
    from exporter.operations.doctor import examine

    parts = examine()
    run.result |= parts
    if run.as_json:
        return
    columns = [Column(title="part"), Column(title="version", shrinks=True)]
    rows = [
        ("exporter", parts["exporter"] or "not installed"),
        ("Python", parts["python"]),
        ("system", parts["system"]),
    ]
    rows += [(name, number or "missing") for name, number in parts["libraries"].items()]
    run.screen.table(columns, rows)
    run.screen.write("\n")
    extras = [
        (extra, f"missing: {list_text(missing)}; pip install 'filing-exporter[{extra}]'" if missing else "installed")
        for extra, missing in parts["extras"].items()
    ]
    run.screen.table([Column(title="extra"), Column(title="state", shrinks=True)], extras)
