"""``exporter facts``: what a report says, as a table."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

import click
from attrs import evolve

from exporter.cli.arguments import (
    FILE,
    item_classes,
    items_modules,
    keep_apart,
    open_source,
    output_options,
    profile_of_items,
    read_facts,
    taxonomy_access,
    taxonomy_packages,
)
from exporter.cli.console import Column, count, visible
from exporter.cli.fact_text import (
    WIDEST,
    cut_text,
    dimensions_text,
    entity_text,
    plain_fact,
    value_text,
)
from exporter.cli.outcome import Run, command_body
from exporter.model.selection import PrefixedNames, period_text

if TYPE_CHECKING:
    from exporter.model.fact import Fact
    from exporter.model.report import Report

_COLUMNS: Final = (
    Column(title="concept", shrinks=True, least=16),
    Column(title="period", shrinks=True, least=11),
    Column(title="unit", shrinks=True, least=5),
    Column(title="dimensions", shrinks=True),
    Column(title="value", justify="right", shrinks=True),
    Column(title="decimals", justify="right", shrinks=True, least=4),
)
_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF")
_CSV_NAMES: Final = ("concept", "entity", "period", "unit", "dimensions", "language", "value", "decimals", "id")


@click.command(short_help="Show what a report says, as a table.")
@click.argument("sources", metavar="INPUT...", type=FILE, nargs=-1, required=True)
@click.option("--concept", "concepts", multiple=True, metavar="PATTERN", help="Only concepts whose name fits (*, ?).")
@click.option(
    "--period", "periods", multiple=True, metavar="PATTERN", help="Only periods that fit (2005-*, *2005-03-31)."
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Only the first N facts that fit.")
@click.option("--csv", "as_csv", is_flag=True, help="Print comma-separated values, safe to open as a spreadsheet.")
@click.option(
    "--to",
    "format_",
    type=click.Choice(["csv", "xlsx", "parquet", "json"]),
    help="With -o: what is written. [default: by the suffix of the file]",
)
@click.option(
    "-o",
    "--output",
    "target",
    type=FILE,
    metavar="FILE",
    help="Write the facts, one in each row, into this file: CSV, a workbook, Parquet or JSON.",
)
@click.option(
    "--unaltered",
    is_flag=True,
    help="With --csv: cells as they are, also those that a spreadsheet would take for formulas.",
)
@profile_of_items
@taxonomy_packages
@taxonomy_access
@items_modules
@click.option("--strict", is_flag=True, help="Be as strict as validate, and count warnings as errors.")
@output_options
@command_body
def command(
    run: Run,
    sources: tuple[Path, ...],
    concepts: tuple[str, ...],
    periods: tuple[str, ...],
    limit: int | None,
    as_csv: bool,
    format_: str | None,
    target: Path | None,
    unaltered: bool,
    profile: str | None,
    release: str | None,
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
    strict: bool,
) -> None:
    """Show the facts of INPUT: a report in whatever shape, or a file of items.

    INPUT is a file, - for standard input, a report package, an archive or a folder; several files are the documents
    of one Inline XBRL document set.

    On a terminal they are a table with long texts cut; into a pipe or file, lines with tabs and nothing cut.
    Periods are shown with their first and last day. With --csv a text that a spreadsheet would run (one that starts
    with =, +, -, @, a tab or a carriage return and is no number) has an apostrophe in front, and control characters
    and marks of bidirectional text are shown as \\x1b and \\u202e; --unaltered leaves all as it is.

    What is certain is shown, whatever else is wrong: a schema that is missing is a warning (types are taken from the
    facts), a fact whose context, unit or value is broken is left out with an error, and the exit code is 1.

    \b
    Examples:
      exporter facts report.xbrl
      exporter facts report.json --concept '*Deficit*' --period '*2005-03-31'
      exporter facts report.xbrl --csv > facts.csv
      exporter facts report.xbrl -o facts.xlsx
      exporter facts build -o facts.parquet
      exporter facts build
      exporter facts build/iij-20050331.xbri
      exporter facts - < report.json
    """
    run.strict = strict
    if run.as_json and as_csv:
        raise run.refuse("exporter:usage", "--json and --csv exclude each other", fix="give one of them")
    if format_ is not None and target is None:
        raise run.refuse("exporter:usage", "--to goes with -o", fix="name the file to write with -o")
    if unaltered and not as_csv and not _is_csv(target, format_):
        raise run.refuse("exporter:usage", "--unaltered goes with --csv", fix="add --csv, or leave it out")
    source = open_source(*sources)
    keep_apart([target], source.paths)
    classes = item_classes(modules)
    report = read_facts(
        run, source, packages=packages, strict=strict, classes=classes, profile=profile, release=release
    )
    names = PrefixedNames(report.namespaces)
    chosen = islice(
        (candidate for candidate in report.facts if names.fits(candidate, concepts) and _in_period(candidate, periods)),
        limit,
    )
    if target is not None:
        _write_file(run, chosen, names, target, format_, str if unaltered else _harmless)
    elif run.as_json:
        run.result |= {"namespaces": names.prefixes, "facts": (plain_fact(fact, names) for fact in chosen)}
    elif as_csv:
        _write_csv(chosen, names, str if unaltered else _harmless, sys.stdout)
    else:
        _write_table(run, report, chosen, names)


def _in_period(fact: Fact, patterns: tuple[str, ...]) -> bool:
    return not patterns or any(fnmatchcase(period_text(fact), pattern) for pattern in patterns)


def _decimals(fact: Fact) -> str:
    return "" if fact.decimals is None else str(fact.decimals)


def _harmless(cell: str) -> str:
    """The cell as a spreadsheet shows it: neither run as a formula nor turned about. Numbers stay numbers."""
    cell = visible(cell)
    return f"'{cell}" if cell[:1] in _FORMULA and _NUMBER.fullmatch(cell) is None and cell else cell


def _is_csv(target: Path | None, format_: str | None) -> bool:
    return target is not None and (format_ or target.suffix.lower().removeprefix(".")) == "csv"


def _write_file(
    run: Run,
    facts: Iterator[Fact],
    names: PrefixedNames,
    target: Path,
    format_: str | None,
    escape: Callable[[str], str],
) -> None:
    """Write the facts into a file; a CSV has the columns that ``--csv`` prints."""
    from exporter.operations.facts_table import facts_format, write_csv, write_facts

    syntax = facts_format(target, format_)
    if syntax == "csv":
        with write_csv(target) as stream:
            _write_csv(facts, names, escape, stream)
        run.closing = f"{target}: written"
    else:
        run.closing = f"{target}: {count(write_facts(facts, names, target, syntax), 'fact')}"
    run.result["file"] = str(target)


def _write_csv(facts: Iterator[Fact], names: PrefixedNames, escape: Callable[[str], str], stream: TextIO) -> None:
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_CSV_NAMES)
    for fact in facts:
        cells = (names.name(fact.concept), entity_text(fact), period_text(fact), names.unit(fact.unit))
        texts = (
            dimensions_text(names.dimensions(fact)),
            fact.language or "",
            "" if fact.value is None else fact.value,
        )
        writer.writerow(map(escape, (*cells, *texts, _decimals(fact), fact.id or "")))


def _write_table(run: Run, report: Report, facts: Iterator[Fact], names: PrefixedNames) -> None:
    written = 0

    def counted() -> Iterator[Fact]:
        nonlocal written
        for fact in facts:
            written += 1
            yield fact

    if sys.stdout.isatty():
        _draw_table(run, report, counted(), names)
    else:
        run.screen.table(_COLUMNS, (_row(fact, value_text(fact), names) for fact in counted()))
    run.screen.note(f"{written:,} of {count(len(report.facts), 'fact')}")


def _draw_table(run: Run, report: Report, facts: Iterator[Fact], names: PrefixedNames) -> None:
    """Long texts are cut, numbers never."""
    rows: list[tuple[str, ...]] = []
    longest_number = 0
    for fact in facts:
        number = _grouped(fact, report)
        longest_number = max(longest_number, len(number or ""))
        rows.append(_row(fact, number or cut_text(value_text(fact)), names))
    columns = [
        evolve(column, least=max(column.least, longest_number)) if column.title == "value" else column
        for column in _COLUMNS
    ]
    run.screen.table(columns, rows)


def _row(fact: Fact, value: str, names: PrefixedNames) -> tuple[str, ...]:
    cells = (
        names.name(fact.concept),
        period_text(fact),
        names.unit(fact.unit),
        dimensions_text(names.dimensions(fact)),
    )
    return (*cells, value, _decimals(fact))


def _grouped(fact: Fact, report: Report) -> str | None:
    """A number with commas between the thousands; ``None`` for what is none, or is too long to be read."""
    number = fact.number
    if number is None or not number.is_finite() or not report.vocabulary.is_numeric(fact):
        return None
    return f"{number:,f}" if abs(number.adjusted()) <= WIDEST and len(number.as_tuple().digits) <= WIDEST else None
