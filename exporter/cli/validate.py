"""``exporter validate``: reports, files of items and taxonomies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exporter.cli.arguments import (
    FILE,
    filing_rules,
    given_access,
    item_classes,
    items_modules,
    keep_apart,
    output_options,
    profile_of_items,
    sarif_output,
    taxonomy_access,
    taxonomy_packages,
)
from exporter.cli.console import count, summary
from exporter.cli.outcome import Run, command_body, findings_of
from exporter.errors import ExporterError, MissingExtraError, PackageError, ProfileError
from exporter.findings import RULES_CHECKED, Finding, has_errors

if TYPE_CHECKING:
    from exporter.operations.inputs import Source
    from exporter.operations.preflight import RuleTable
    from exporter.operations.validate import Calculations, Engine


@click.command(short_help="Check reports and files of items.")
@click.argument("inputs", metavar="INPUT...", type=FILE, nargs=-1, required=True)
@click.option(
    "--engine",
    type=click.Choice(["builtin", "arelle"]),
    default="builtin",
    show_default=True,
    help="The processor; arelle is an independent one (extra 'arelle').",
)
@click.option(
    "--calc",
    type=click.Choice(["round", "truncate", "xbrl21", "none"]),
    default="round",
    show_default=True,
    help="How Calculations 1.1 reads rounded numbers; xbrl21 rounds and adds by XBRL 2.1, none checks nothing.",
)
@taxonomy_packages
@taxonomy_access
@items_modules
@click.option(
    "--strict/--no-strict",
    default=True,
    show_default=True,
    help="Whether a public schema that is not available is an error.",
)
@click.option(
    "--document-set", "is_set", is_flag=True, help="The INPUTs are the documents of one Inline XBRL document set."
)
@filing_rules
@click.option(
    "--lint/--no-lint",
    default=None,
    help="Look for mistakes of scale, sign, dates, percentages. [default: in files of items]",
)
@click.option(
    "--plugin",
    "plugins",
    multiple=True,
    metavar="NAME|PATH",
    help="With --engine arelle, rules of a regulator: esef, edinet, or the path of a plug-in. May be repeated.",
)
@profile_of_items
@click.option(
    "--mark",
    type=FILE,
    metavar="COPY.xlsx",
    help="Write a copy of the one workbook given, with its findings in the cells.",
)
@click.option(
    "--stream",
    is_flag=True,
    help="Check the rows of large tables one by one, in memory that does not grow with them, and nothing that needs "
    "all items at once.",
)
@sarif_output
@output_options
@command_body
def command(
    run: Run,
    inputs: tuple[Path, ...],
    engine: Engine,
    calc: Calculations,
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
    strict: bool,
    is_set: bool,
    rules: tuple[str, ...],
    lint: bool | None,
    plugins: tuple[str, ...],
    profile: str | None,
    release: str | None,
    mark: Path | None,
    stream: bool,
) -> None:
    """Check each INPUT and report everything that is wrong with it, with its location and how to fix it.

    INPUT is a report in any syntax, a file of items (YAML, a workbook or items JSON), a taxonomy schema or a taxonomy
    package: a file, - for standard input, a report package, an archive or a folder. Of a folder that `exporter export`
    wrote every file is checked, and held against the manifest and the others.
    Findings go to standard output, one line each: file:line or workbook!cell: severity: code: message
    (fix). With --rules the last line says how many of the rules were checked, what the others look at, and which need
    software that is not here.

    \b
    Examples:
      exporter validate report.yaml
      exporter validate build/*.json build/*.xbrl --calc truncate
      exporter validate report.xbrl --taxonomy-package us-gaap-2024.zip --json
      exporter validate build
      exporter validate build/iij-20050331.xbrl --engine arelle
      exporter validate report.yaml --rules form-20-f
    """
    run.findings_are_results = True
    if mark is not None and (len(inputs) != 1 or inputs[0].suffix.lower() not in (".xlsx", ".xlsm", ".yaml", ".yml")):
        fix = "give a workbook, or a file that maps one"
        raise run.refuse("exporter:usage", "--mark goes with one workbook", fix=fix)
    keep_apart([mark], inputs)
    tables = _rule_tables(run, rules, engine)
    if plugins and engine != "arelle":
        raise run.refuse("exporter:usage", "plug-ins are Arelle's", fix="add --engine arelle")
    if stream and (rules or engine == "arelle" or profile is not None or is_set):
        fix = "leave it out, or leave out --rules, --engine, --profile and --document-set"
        raise run.refuse("exporter:usage", "--stream checks each item by itself", fix=fix)
    classes = item_classes(modules)
    verdicts: list[dict[str, Any]] = []
    sources: Sequence[Source] = (inputs,) if is_set else inputs
    with run.screen.progress("validating", total=len(sources)) as advance:
        for number, source in enumerate(sources):
            advance(number)
            if stream:
                findings = _checked_by_row(run, inputs[number], classes)
            else:
                findings = _validated(
                    source,
                    engine,
                    calc=calc,
                    packages=packages,
                    strict=strict,
                    classes=classes,
                    rules=tables,
                    lint=lint,
                    plugins=plugins,
                    profile=profile,
                    release=release,
                )
            run.findings += findings
            verdicts.append({"path": str(inputs[number]), "valid": not has_errors(findings)})
    checked = [finding for finding in run.findings if finding.code == RULES_CHECKED]
    run.findings = [finding for finding in run.findings if finding.code != RULES_CHECKED]
    run.result["files"] = verdicts
    if tables:
        run.result["rules"] = [{"file": finding.location.file, "checked": finding.message} for finding in checked]
    if mark is not None:
        _mark(run, inputs[0], mark)
    if not run.as_json:
        verdict = f"{_closing([verdict['valid'] for verdict in verdicts])}: {summary(run.findings)}"
        run.closing = "\n".join((verdict, *dict.fromkeys(finding.message for finding in checked)))


def _closing(are_valid: Sequence[bool]) -> str:
    """What the last line says of the inputs, one by one valid or not."""
    if len(are_valid) == 1:
        return "valid" if are_valid[0] else "not valid"
    return f"{count(len(are_valid), 'file')}, {are_valid.count(False) or 'none'} invalid"


def _checked_by_row(run: Run, source: Path, classes: Sequence[type[Any]]) -> tuple[Finding, ...]:
    # Imported on use: few tables are that large.
    from exporter.operations.classes import ItemClasses
    from exporter.operations.inputs import open_input
    from exporter.operations.item_stream import check_rows

    with run.screen.progress(f"checking {source}", noun="rows") as on_rows, open_input(source) as opened:
        return tuple(check_rows(opened, ItemClasses(classes), on_rows=on_rows))


def _mark(run: Run, source: Path, target: Path) -> None:
    """Write the copy of the workbook that the findings are about: the one given, or the one that a file maps."""
    from exporter.operations.mark import mark_workbook

    cells = (finding.location.file for finding in run.findings if finding.location.cell)
    mapped = [
        Path(file) for file in dict.fromkeys(cells) if file is not None and file.lower().endswith((".xlsx", ".xlsm"))
    ]
    workbook = source if source.suffix.lower() in (".xlsx", ".xlsm") else next(iter(mapped), None)
    if workbook is None:
        run.screen.note("no finding is about a cell of a workbook, so nothing is marked")
        return
    keep_apart([target], [workbook])
    number = mark_workbook(workbook, run.findings, target)
    run.result["marked"] = {"file": str(target), "cells": number}
    run.screen.note(f"{target}: {count(number, 'cell')} marked")


def _rule_tables(run: Run, names: Sequence[str], engine: Engine) -> tuple[RuleTable, ...]:
    """The tables asked for; read once, so that a wrong name is reported before anything is validated."""
    if not names:
        return ()
    if engine == "arelle":
        fix = "leave out --engine arelle, or name a plug-in of Arelle's with --plugin"
        raise run.refuse("exporter:usage", "these rules are not Arelle's", fix=fix)
    from exporter.operations.preflight import load_rule_tables

    return load_rule_tables(names)


def _validated(
    source: Source,
    engine: Engine,
    *,
    calc: Calculations,
    packages: Sequence[Path],
    strict: bool,
    classes: Sequence[type[Any]],
    rules: Sequence[RuleTable],
    lint: bool | None,
    plugins: Sequence[str],
    profile: str | None,
    release: str | None,
) -> tuple[Finding, ...]:
    from exporter.operations.validate import validate

    try:
        findings = validate(
            source,
            engine=engine,
            calc=calc,
            packages=packages,
            strict=strict,
            classes=classes,
            rules=rules,
            lint=lint,
            plugins=plugins,
            profile=profile,
            release=release,
            access=given_access(),
        )
    except (
        MissingExtraError,
        PackageError,
        ProfileError,
    ):  # wrong options of the command, not a finding about this file
        raise
    except ExporterError as error:
        file = str(source if isinstance(source, Path | str) else source[0])
        return tuple(finding.at(file=file) for finding in findings_of(error))
    return tuple(findings)
