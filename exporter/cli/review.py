"""``exporter review``: the page to look at before signing off."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.arguments import (
    FILE,
    check_output,
    item_classes,
    items_modules,
    keep_apart,
    open_source,
    output_options,
    taxonomy_packages,
)
from exporter.cli.console import count
from exporter.cli.outcome import Run, command_body


@click.command(short_help="Write a page of all facts and findings to look at.")
@click.argument("sources", metavar="INPUT...", type=FILE, nargs=-1, required=True)
@click.option("-o", "--output", type=FILE, required=True, metavar="PAGE.html", help="The page to write.")
@taxonomy_packages
@items_modules
@click.option("--strict", is_flag=True, help="Be as strict as validate: no page of a report with errors.")
@output_options
@command_body
def command(
    run: Run,
    sources: tuple[Path, ...],
    output: Path,
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
    strict: bool,
) -> None:
    """Write one HTML page, without scripts, of what INPUT says: a report in whatever shape, or a file of items.

    INPUT is a file, - for standard input, a report package, an archive or a folder; several files are the documents
    of one Inline XBRL document set. With -o - the page goes to standard output.

    The page has every fact that can be read with certainty, with label, value, accuracy, unit, period, dimensions and
    notes; the findings of ``exporter validate`` with their places; and, for a file of items, which item states each
    fact.

    \b
    Examples:
      exporter review report.yaml -o review.html
      exporter review build/iij-20050331.xbrl -o review.html
    """
    run.strict = strict
    check_output(run, output)
    source = open_source(*sources)
    keep_apart((output,), (*source.paths, *packages))
    from exporter.operations.review import write_review

    classes = item_classes(modules)
    with run.screen.progress(f"checking {source.name}"):
        review = write_review(source, output, packages=packages, strict=strict, classes=classes)
    run.result |= {"page": str(output), "facts": len(review.report.facts), "findings_shown": len(review.findings)}
    run.screen.note(f"{count(len(review.report.facts), 'fact')}, {count(len(review.findings), 'finding')}: {output}")
