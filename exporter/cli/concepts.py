"""``exporter concepts``: standard concepts by words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from exporter.cli.arguments import FILE, output_options
from exporter.cli.console import Column, count
from exporter.cli.outcome import Run, command_body

if TYPE_CHECKING:
    from exporter.taxonomy.search import ConceptMatch
    from exporter.taxonomy.taxonomy import Taxonomy


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
    from exporter.operations.concepts import load_packaged_taxonomy
    from exporter.taxonomy.search import ConceptIndex
    from exporter.validation.advice.subject import kind_of

    run.strict = strict
    taxonomies: list[Taxonomy] = []
    for place, package in enumerate(packages):
        with run.screen.progress(f"reading {package}"):
            others = packages[:place] + packages[place + 1 :]
            start = entry_point if place == 0 else None
            taxonomies.append(
                load_packaged_taxonomy(package, entry_point=start, packages=others, warn=run.warn, partial=not strict)
            )
    index = ConceptIndex.of(*taxonomies)
    found = index.nearest(
        " ".join(query),
        type=type_,
        period=period,
        balance=balance,
        accept=(lambda concept: kind_of(concept) == "item") if items_only else None,
        limit=limit,
    )
    run.result["concepts"] = [_plain(one) for one in found]
    if not run.as_json:
        run.screen.table(_COLUMNS, [_row(one) for one in found])
        run.closing = f"{count(len(found), 'concept')} of {len(index):,}"


_COLUMNS = (
    Column(title="score", justify="right"),
    Column(title="concept", shrinks=True, least=20),
    Column(title="label", shrinks=True, least=20),
    Column(title="type", shrinks=True),
    Column(title="period"),
    Column(title="balance"),
)


def _plain(one: ConceptMatch) -> dict[str, Any]:
    concept = one.concept
    name = concept.qname
    return {
        "name": f"{name.prefix}:{name.local_name}" if name.prefix else name.local_name,
        "namespace": name.namespace,
        "label": one.label,
        "score": one.score,
        "type": concept.datatype.name.local_name if concept.datatype is not None else None,
        "period": concept.period_type,
        "balance": concept.balance,
        "abstract": concept.abstract,
        "kind": concept.kind,
    }


def _row(one: ConceptMatch) -> tuple[str, ...]:
    plain = _plain(one)
    kind = "" if plain["kind"] == "item" else f" ({plain['kind']})"
    abstract = " (abstract)" if plain["abstract"] and not kind else ""
    return (
        f"{one.score:.2f}",
        plain["name"],
        one.label,
        (plain["type"] or "") + kind + abstract,
        plain["period"] or "",
        plain["balance"] or "",
    )
