"""``exporter concepts``: standard concepts by words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from exporter.cli.arguments import FILE, output_options
from exporter.cli.console import Column, count
from exporter.cli.outcome import Run, command_body


@click.command(short_help="Find standard concepts by words.")
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--taxonomy-package",
    "packages",
    type=FILE,
    multiple=True,
    required=True,
    metavar="ZIP",
    help="A taxonomy package to look into. May be repeated.",
)
@click.option("--entry-point", metavar="URL", help="Only what this entry point of the first package leads to.")
@click.option("--type", "type_", metavar="NAME", help="Only concepts of this item type, such as monetaryItemType.")
@click.option("--period", type=click.Choice(["instant", "duration"]), help="Only concepts of this period type.")
@click.option("--balance", type=click.Choice(["debit", "credit"]), help="Only concepts of this balance.")
@click.option("--items-only", is_flag=True, help="Only what can be reported: no headings, axes, tables or members.")
@click.option("--limit", type=click.IntRange(min=1), default=10, show_default=True, metavar="N", help="At most N.")
@click.option("--strict", is_flag=True, help="Show nothing of a taxonomy with missing or broken documents.")
@output_options
@command_body
def command(
    run: Run,
    query: tuple[str, ...],
    packages: tuple[Path, ...],
    entry_point: str | None,
    type_: str | None,
    period: Literal["instant", "duration"] | None,
    balance: Literal["debit", "credit"] | None,
    items_only: bool,
    limit: int,
    strict: bool,
) -> None:
    """Find the concepts whose labels or names fit QUERY best: words in any language of the labels, or a name.

    Where a document of the taxonomy is missing, such as a file of labels, the rest is searched, with a warning.

    \b
    Examples:
      exporter concepts accumulated deficit --taxonomy-package us-gaap-2024.zip
      exporter concepts 繰越利益剰余金 --taxonomy-package edinet-2024.zip
      exporter concepts "exchange rate" --items-only --period instant --taxonomy-package ifrs-2024.zip --json
    """
    from exporter.operations.concepts import search_concepts

    run.strict = strict
    matches, searched = search_concepts(
        " ".join(query),
        packages,
        entry_point=entry_point,
        type=type_,
        period=period,
        balance=balance,
        items_only=items_only,
        limit=limit,
        partial=not strict,
        warn=run.warn,
        reading=lambda package: run.screen.progress(f"reading {package}"),
    )
    run.result["concepts"] = matches
    if not run.as_json:
        run.screen.table(_COLUMNS, [_row(match) for match in matches])
        run.closing = f"{count(len(matches), 'concept')} of {searched:,}"


_COLUMNS = (
    Column(title="score", justify="right"),
    Column(title="concept", shrinks=True, least=20),
    Column(title="label", shrinks=True, least=20),
    Column(title="type", shrinks=True),
    Column(title="period"),
    Column(title="balance"),
)


def _row(match: dict[str, Any]) -> tuple[str, ...]:
    kind = "" if match["kind"] == "item" else f" ({match['kind']})"
    abstract = " (abstract)" if match["abstract"] and not kind else ""
    return (
        f"{match['score']:.2f}",
        match["name"],
        match["label"],
        (match["type"] or "") + kind + abstract,
        match["period"] or "",
        match["balance"] or "",
    )
