"""``exporter doctor``: what this installation has."""

from __future__ import annotations

import click
from attrs import asdict

from exporter.cli.arguments import output_options
from exporter.cli.console import Column, count
from exporter.cli.outcome import Run, command_body
from exporter.cli.settings import settings_in_force
from exporter.findings import list_text


@click.command(short_help="Show versions, extras and what is missing.")
@output_options
@command_body
def command(run: Run) -> None:
    """Show the versions of the program and of its libraries, which extras are installed, and what is used here.

    The last are the file of defaults in force, the folders of caches and kept taxonomies with their sizes, and the
    browser that shows pages, where one is on the path.

    \b
    Examples:
      exporter doctor
      exporter doctor --json
    """
    from exporter.operations.doctor import examine

    parts = examine()
    in_force = settings_in_force()
    values = {name: value for name, value in asdict(in_force.settings).items() if value} if in_force else {}
    run.result |= {**parts, "settings": {"file": str(in_force.path) if in_force else None, "values": values}}
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
    rows = [("defaults", str(in_force.path) if in_force else "none: no exporter.toml here or above")]
    rows += [
        (name, f"{folder['path']}: {count(folder['files'], 'file')}, {folder['bytes']:,} bytes")
        for name, folder in parts["folders"].items()
    ]
    rows += [("browser", parts["browser"] or "none on the path")]
    run.screen.table([Column(title="here"), Column(title="what is used", shrinks=True)], rows)
    run.screen.write("\n")
    extras = [
        (extra, f"missing: {list_text(missing)}; pip install 'filing-exporter[{extra}]'" if missing else "installed")
        for extra, missing in parts["extras"].items()
    ]
    run.screen.table([Column(title="extra"), Column(title="state", shrinks=True)], extras)
