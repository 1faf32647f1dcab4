"""``exporter export``: items to a filing folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from exporter.cli.arguments import (
    FILE,
    LanguageTag,
    item_classes,
    items_modules,
    load_items,
    open_source,
    output_options,
    sarif_output,
    taxonomy_packages,
)
from exporter.cli.completion import complete_export_formats, complete_profiles, complete_rules
from exporter.cli.console import Column, count
from exporter.cli.outcome import Run, command_body
from exporter.errors import WriteError
from exporter.findings import choice_hint

if TYPE_CHECKING:
    from exporter.operations.export import Export


@click.command(short_help="Turn report items into a filing folder.")
@click.argument("source", type=FILE)
@click.option("-o", "--output", "directory", type=FILE, required=True, metavar="DIR", help="The folder to write into.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_export_formats,
    help="Write only this format (items-json, xbrl-json, xbrl-xml, xbrl-csv, inline-xbrl, report-package). May be "
    "repeated; all of them by default.",
)
@click.option(
    "--submission",
    is_flag=True,
    help="Write the files that EDGAR or EDINET takes, by their names and in their folders, and nothing else.",
)
@click.option(
    "--theme", type=FILE, metavar="DIR", help="A folder with templates and a style sheet for the page people read."
)
@click.option("--viewer", is_flag=True, help="Add an interactive viewer of the page (extra viewer).")
@click.option(
    "--profile",
    metavar="NAME|FILE",
    shell_complete=complete_profiles,
    help="Which standard concepts items report: extension-only, sec-us-gaap, sec-ifrs, esef-ifrs, edinet, or a profile "
    "of your own (.toml); in place of what the source says. See `exporter profiles`.",
)
@click.option("--release", metavar="RELEASE", help="The edition of the profile's standard taxonomies.")
@click.option(
    "--audience",
    metavar="NAME",
    help="Whom the filing is tagged for: regulatory (what the form asks to be tagged; the rest is printed only) or "
    "analyst (everything that states something). By default as the profile says.",
)
@click.option(
    "--label-language",
    "label_languages",
    type=LanguageTag(),
    multiple=True,
    metavar="LANG",
    help="Label concepts in this language; may be repeated. By default in those of the profile, else in the filing's "
    "own.",
)
@taxonomy_packages
@items_modules
@click.option(
    "--rules",
    multiple=True,
    metavar="NAME|FILE",
    shell_complete=complete_rules,
    help="Export nothing that breaks these filing rules: form-20-f, esef, edinet, or a TOML file. May be repeated.",
)
@click.option("--strict", is_flag=True, help="Export nothing where there are warnings.")
@click.option(
    "--force",
    is_flag=True,
    help="Write in spite of the findings that would stop the export; the manifest lists their codes, and the exit code "
    "is 1 all the same.",
)
@sarif_output
@output_options
@command_body
def command(
    run: Run,
    source: Path,
    directory: Path,
    formats: tuple[str, ...],
    submission: bool,
    theme: Path | None,
    viewer: bool,
    profile: str | None,
    release: str | None,
    audience: str | None,
    label_languages: tuple[str, ...],
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
    rules: tuple[str, ...],
    strict: bool,
    force: bool,
) -> None:
    """Turn the report items in SOURCE (YAML or items JSON) into a filing folder.

    The folder gets the items, the report in every format, with a page that people read, the extension taxonomy, its
    package, the report package and a manifest. Each file is read back and compared before the first appears in the
    folder; the same source gives the same bytes. Nothing is written where `exporter validate SOURCE` finds an error.

    \b
    Examples:
      exporter export report.yaml -o build
      exporter export report.yaml -o build --format xbrl-json --json
      exporter export report.yaml -o build --items-module my_items
      exporter export report.yaml -o build --profile sec-us-gaap --taxonomy-package us-gaap-2025.zip
      exporter export report.yaml -o submission --profile sec-us-gaap --submission
      exporter export report.yaml -o build --format inline-xbrl --theme house-style
      exporter export report.yaml -o build --label-language en --label-language ja
    """
    from exporter.operations.export import EXPORT_FORMATS, export_filing

    run.strict = strict
    if submission and (formats or viewer):
        raise click.UsageError("--submission chooses the files: leave --format and --viewer out")
    for name in formats:
        if name not in EXPORT_FORMATS:
            raise run.refuse(
                "exporter:unknownFormat",
                f"a filing is not exported as {name!r}",
                fix=choice_hint(name, EXPORT_FORMATS),
            )
    filing = load_items(
        run,
        open_source(source),
        item_classes(modules),
        profile=profile,
        release=release,
        audience=audience,
        label_languages=label_languages,
    )
    try:
        with run.screen.steps() as on_step:
            done = export_filing(
                filing,
                directory,
                formats=formats or EXPORT_FORMATS,
                submission=submission,
                theme=theme,
                viewer=viewer,
                packages=packages,
                rules=rules,
                strict=strict,
                force=force,
                on_step=on_step,
            )
    except WriteError as error:
        run.findings += (finding.at(file=str(source)) for finding in error.findings)
        return
    run.findings += done.findings
    run.result |= _result(done)
    if not run.screen.quiet:
        _show(run, done)


def _result(done: Export) -> dict[str, object]:
    files = [
        {"path": file.name, "format": file.format, "sha256": file.sha256, "size": file.size} for file in done.files
    ]
    return {
        "directory": str(done.directory),
        "items": done.items,
        "facts": done.facts,
        "footnotes": done.footnotes,
        "files": files,
    }


def _show(run: Run, done: Export) -> None:
    columns = [
        Column(title="file", shrinks=True),
        Column(title="format"),
        Column(title="bytes", justify="right"),
    ]
    rows = [(str(done.directory / file.name), file.format, f"{file.size:,}") for file in done.files]
    run.screen.table(columns, rows)
    run.screen.note(
        f"{count(done.items, 'item')}, {count(done.facts, 'fact')}, {count(done.footnotes, 'footnote')}, "
        f"{count(len(done.findings), 'finding')}"
    )
