"""``exporter taxonomies``: which taxonomy packages profiles need, which are kept, and keeping one."""

from __future__ import annotations

from typing import Any

import click

from exporter.cli.arguments import output_options
from exporter.cli.console import Column, count
from exporter.cli.outcome import Run, command_body


@click.group(invoke_without_command=True, short_help="Show and keep the taxonomy packages that profiles need.")
@output_options
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """List the taxonomies that each profile needs, whether they are at hand, and the packages kept.

    A package that is kept is taken by every command, as if it had been given with --taxonomy-package.

    \b
    Examples:
      exporter taxonomies
      exporter taxonomies add edinet-2025-11-01.zip
    """
    if context.invoked_subcommand is None:
        context.invoke(_list, **options)


@click.command()
@output_options
@command_body
def _list(run: Run) -> None:
    from exporter.operations.kept_packages import describe_kept, describe_needs

    needs, kept = list(describe_needs()), list(describe_kept())
    run.result |= {"needed": needs, "kept": kept}
    if run.as_json:
        return
    columns = [Column(title=title) for title in ("profile", "taxonomy", "package", "at hand", "from")]
    rows = [
        [need["profile"], need["prefix"], need["package"], "yes" if need["at_hand"] else "no", need["obtain"] or ""]
        for need in needs
    ]
    run.screen.table(columns, rows)
    for package in kept:
        run.screen.write(f"{package['name']}\t{package['path']}\n")
    run.closing = f"{count(len(kept), 'package')} kept"


@command.command("add", short_help="Keep a taxonomy package.")
@click.argument("source", metavar="FILE|URL")
@click.option("--online", is_flag=True, help="Fetch a URL, over https.")
@output_options
@command_body
def add(run: Run, source: str, online: bool) -> None:
    """Check the taxonomy package FILE (or URL, with --online) and keep it for all commands.

    \b
    Examples:
      exporter taxonomies add edinet-2025-11-01.zip
      exporter taxonomies add https://www.example.com/taxonomy.zip --online
    """
    from exporter.operations.kept_packages import keep_package

    try:
        package = keep_package(source, online=online)
    except OSError as error:
        raise run.refuse("exporter:unreadableFile", f"the package cannot be kept: {error.strerror or error}") from error
    run.result |= {"path": str(package.path), "identifier": package.identifier, "name": package.name}
    run.closing = f"{'replaced' if package.replaced else 'kept'}: {package.name}"
