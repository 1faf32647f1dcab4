"""``exporter review``: the page to look at before signing off."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.arguments import (
    FILE,
    check_output,
    filing_rules,
    given_access,
    item_classes,
    items_modules,
    keep_apart,
    open_source,
    output_options,
    profile_of_items,
    taxonomy_access,
    taxonomy_packages,
)
from exporter.cli.console import count
from exporter.cli.outcome import Run, command_body


@click.command(short_help="Write a page to look at before signing.")
@click.argument("sources", metavar="INPUT...", type=FILE, nargs=-1, required=True)
@click.option("-o", "--output", type=FILE, required=True, metavar="PAGE.html", help="The page to write.")
@filing_rules
@click.option(
    "--against",
    type=FILE,
    metavar="OTHER",
    help="Another filing or draft: its figures stand beside those that differ.",
)
@profile_of_items
@taxonomy_packages
@taxonomy_access
@items_modules
@click.option("--strict", is_flag=True, help="Be as strict as validate: no page of a report with errors.")
@output_options
@command_body
def command(
    run: Run,
    sources: tuple[Path, ...],
    output: Path,
    rules: tuple[str, ...],
    against: Path | None,
    profile: str | None,
    release: str | None,
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
    strict: bool,
) -> None:
    """Write one HTML page to look at before signing INPUT: a report in whatever shape, or a file of items.

    INPUT is a file, - for standard input, a report package, an archive or a folder; several files are the documents
    of one Inline XBRL document set. With -o - the page goes to standard output.

    The page has every fact that can be read with certainty, by statement and subject, periods side by side with what
    has changed; for each figure its concept, accuracy, item, and the line or cell that it comes from; the findings of
    ``exporter validate`` beside what they concern; and a place to sign, with the digests of the files. With --against
    each figure has the same figure of another filing beside it. Nothing on the page is fetched from elsewhere.

    \b
    Examples:
      exporter review report.yaml -o review.html
      exporter review report.yaml --rules form-20-f -o review.html
      exporter review build/iij-20050331.xbrl --against last-year.xbrl -o review.html
    """
    run.strict = strict
    check_output(run, output)
    source = open_source(*sources)
    keep_apart((output,), (*source.paths, *packages, *filter(None, (against,))))
    from exporter.operations.review import write_review

    classes = item_classes(modules)
    with run.screen.progress(f"checking {source.name}"):
        review = write_review(
            source,
            output,
            packages=packages,
            strict=strict,
            classes=classes,
            profile=profile,
            release=release,
            rules=rules,
            against=against,
            access=given_access(),
        )
    run.result |= {"page": str(output), "facts": len(review.facts), "findings_shown": len(review.findings)}
    if against is not None:
        run.result["changes"] = dict(review.changes)
    run.screen.note(f"{count(len(review.facts), 'fact')}, {count(len(review.findings), 'finding')}: {output}")
