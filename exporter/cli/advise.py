"""``exporter advise``: what a reviewer would say of a filing's own concepts."""

from __future__ import annotations

from pathlib import Path

import click

from exporter.cli.arguments import (
    FILE,
    item_classes,
    items_modules,
    output_options,
    sarif_output,
    taxonomy_packages,
)
from exporter.cli.completion import complete_profiles
from exporter.cli.console import summary
from exporter.cli.outcome import Run, command_body


@click.command(short_help="Propose concepts; say which own ones are needless, ill named or not anchored.")
@click.argument("source", metavar="INPUT", type=FILE)
@taxonomy_packages
@click.option("--anchoring", is_flag=True, help="Line items have to be anchored in the standard taxonomy, as in ESEF.")
@click.option(
    "--company",
    multiple=True,
    metavar="WORD",
    help="A word that names the company, beside the prefix. May be repeated.",
)
@click.option(
    "--profile",
    metavar="NAME",
    shell_complete=complete_profiles,
    help="The profile of a file of items, in place of what it says.",
)
@click.option(
    "--like",
    "previous",
    multiple=True,
    metavar="PREVIOUS",
    type=FILE,
    help="An earlier filing, in any syntax, whose choices of concepts come first. May be repeated.",
)
@items_modules
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@sarif_output
@output_options
@command_body
def command(
    run: Run,
    source: Path,
    packages: tuple[Path, ...],
    anchoring: bool,
    company: tuple[str, ...],
    profile: str | None,
    previous: tuple[Path, ...],
    modules: tuple[str, ...],
    strict: bool,
) -> None:
    """Look at the concepts of a filing's own in INPUT, beside the standard taxonomies in the packages.

    INPUT is an extension schema, a taxonomy package with one, or a file of items, whose extension is then looked at.
    Reported are concepts that a standard one could replace, names and labels that regulators refuse, amounts without
    balance and, with --anchoring, line items that nothing ties to the standard. Each comes with what to do about it.

    Rows of statements that name no concept get proposals, the likeliest first, with reasons: by label, section, kind of
    amount and period, and by what an earlier filing chose (--like). The person decides: nothing is changed.

    \b
    Examples:
      exporter advise build/iij-20050331.xsd --taxonomy-package us-gaap-2024.zip
      exporter advise report.yaml --taxonomy-package ifrs-2024.zip --anchoring
      exporter advise build/iij-20050331-taxonomy.zip --json
      exporter advise statements.yaml --like last-year.xbri
    """
    from exporter.operations.advise import advise_on

    run.findings_are_results = True
    run.strict = strict
    if not source.exists():
        raise run.refuse("exporter:unreadableFile", "there is no such file", fix="check the path", file=str(source))
    classes = item_classes(modules)
    with run.screen.progress(f"looking at {source}"):
        run.findings += advise_on(
            source,
            packages=packages,
            anchoring=anchoring,
            company=company,
            profile=profile,
            classes=classes,
            previous=previous,
            warn=run.warn,
        )
    run.closing = summary(run.findings)
