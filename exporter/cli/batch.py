"""``exporter batch``: many exports, conversions and validations, resumed where they were interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from exporter.cli.arguments import (
    FILE,
    given_access,
    items_modules,
    output_options,
    sarif_output,
    taxonomy_access,
    taxonomy_packages,
)
from exporter.cli.completion import complete_profiles, complete_rules
from exporter.cli.console import Column, count
from exporter.cli.outcome import Run, command_body
from exporter.findings import list_text

if TYPE_CHECKING:
    from exporter.batches.run import BatchProgress, BatchResult


@click.command(short_help="Export, convert or validate many files.")
@click.argument("manifest", metavar="MANIFEST")
@click.option(
    "-o", "--output", "folder", required=True, metavar="DIR|URL", help="Where outputs and the ledger of the batch go."
)
@click.option("--task", type=click.Choice(["export", "convert", "validate"]), help="What is done with each source.")
@click.option("--to", metavar="FORMAT", help="The format that reports are converted to.")
@click.option("--format", "formats", multiple=True, metavar="NAME", help="Export this format only. May be repeated.")
@click.option("--profile", metavar="NAME|FILE", shell_complete=complete_profiles, help="The profile of all items.")
@click.option(
    "--rules", multiple=True, metavar="NAME|FILE", shell_complete=complete_rules, help="Filing rules. May be repeated."
)
@taxonomy_packages
@items_modules
@click.option(
    "--workers", type=click.IntRange(min=0), metavar="N", help="Processes; 0 is this one. [default: one for each core]"
)
@click.option("--dask", metavar="ADDRESS", help="Run on the Dask cluster of this scheduler (extra dask).")
@click.option(
    "--attempts", type=click.IntRange(min=1), default=3, show_default=True, help="Tries where a worker fails."
)
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="SECONDS", help="The most for one task."
)
@click.option(
    "--again",
    type=click.Choice(["none", "invalid", "all"]),
    default="none",
    show_default=True,
    help="Which tasks of an earlier run are done again although nothing has changed.",
)
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option("--summary", type=FILE, metavar="FILE", help="Write the result as .json, .parquet or .html too.")
@taxonomy_access
@sarif_output
@output_options
@command_body
def command(
    run: Run,
    manifest: str,
    folder: str,
    task: str | None,
    to: str | None,
    formats: tuple[str, ...],
    profile: str | None,
    rules: tuple[str, ...],
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
    workers: int | None,
    dask: str | None,
    attempts: int,
    timeout: float | None,
    again: Literal["none", "invalid", "all"],
    strict: bool,
    summary: Path | None,
) -> None:
    """Run the tasks of MANIFEST: a CSV file, JSON lines, YAML, or a pattern of file names in quotation marks.

    A row names a source and, where they differ from the options given here, the task, its output and options. By
    default items are exported and reports validated. One bad source does not stop the rest: its findings are listed,
    and it is not tried again until it changes. The ledger, batch.ledger in DIR, knows what is done: after an
    interruption the same command goes on from there.

    \b
    Examples:
      exporter batch 'filings/*.yaml' -o build
      exporter batch filings.csv -o build --task export --profile sec-us-gaap --summary build/summary.html
      exporter batch 'reports/*.xbrl' -o json --task convert --to xbrl-json --workers 2
    """
    from exporter.batches.run import BatchOptions, batch
    from exporter.batches.summary import SUFFIXES, as_dict, write_summary

    if summary is not None and summary.suffix.lower() not in SUFFIXES:
        fix = f"give a name that ends with {list_text(SUFFIXES)}"
        raise run.refuse("exporter:usage", f"the suffix of {summary} tells no format of a summary", fix=fix)
    options = BatchOptions(
        workers=workers,
        dask=dask,
        attempts=attempts,
        timeout=timeout,
        again=again,
        access=given_access(),
        timings=run.timings,
    )
    defaults: dict[str, Any] = {  # files are named from here, not from the manifest
        "task": task,
        "to": to,
        "format": list(formats),
        "profile": profile and _absolute(profile),
        "rules": [_absolute(name) for name in rules],
        "taxonomy-package": [str(path.absolute()) for path in packages],
        "items-module": [_absolute(name) for name in modules],
        "strict": strict,
    }
    with run.screen.steps() as on_step:
        result = batch(
            manifest,
            folder,
            defaults={name: value for name, value in defaults.items() if value},
            options=options,
            on_progress=lambda progress: on_step(_progress_text(progress), progress.ended, progress.tasks),
        )
    run.findings += result.findings
    if summary is not None:
        write_summary(result, summary)
    run.result |= as_dict(result) if run.as_json else {}
    if not run.as_json:
        _show(run, result)


def _absolute(name: str) -> str:
    return str(Path(name).absolute()) if Path(name).is_file() and not Path(name).is_absolute() else name


def _progress_text(progress: BatchProgress) -> str:
    parts = [f"{progress.rate:,.1f}/s"] if progress.rate else []
    parts += [f"{progress.invalid} invalid"] if progress.invalid else []
    parts += [f"{progress.failed} failed"] if progress.failed else []
    return ", ".join(parts)


def _show(run: Run, result: BatchResult) -> None:
    counts = [f"{result.count(status)} {status}" for status in ("done", "invalid", "failed") if result.count(status)]
    resumed = f", {result.resumed} of them before" if result.resumed else ""
    run.closing = f"{count(len(result.results), 'task')}: {list_text(counts)}{resumed}"
    if run.screen.quiet:
        return
    columns = [
        Column(title="source", shrinks=True),
        Column(title="output", shrinks=True),
        Column(title="status"),
        Column(title="findings", justify="right"),
    ]
    rows = (
        (result_.task.source, result_.task.output or "", result_.outcome.status, str(len(result_.outcome.findings)))
        for result_ in result.results
    )
    run.screen.table(columns, rows)
