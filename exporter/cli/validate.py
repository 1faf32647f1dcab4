"""``exporter validate``: reports, files of items and taxonomies."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exporter.cli.console import count, summary
from exporter.cli.inputs import holds_items, placed
from exporter.cli.outcome import Run, command_body, findings_of
from exporter.cli.parameters import FILE, items_modules, load_item_classes, output_options, taxonomy_packages
from exporter.errors import ExporterError, MissingExtraError, PackageError
from exporter.findings import Finding, has_errors

if TYPE_CHECKING:
    from exporter.filing.validating import Calculations, Engine


@click.command(short_help="Check reports and files of items.")
@click.argument("inputs", metavar="INPUT...", type=FILE, nargs=-1, required=True)
@click.option(
    "--engine",
    type=click.Choice(["builtin", "arelle"]),
    default="builtin",
    show_default=True,
    help="Who judges; arelle is an independent processor (extra 'arelle').",
)
@click.option(
    "--calc",
    type=click.Choice(["round", "truncate", "none"]),
    default="round",
    show_default=True,
    help="How Calculations 1.1 reads rounded numbers; none leaves calculations unchecked.",
)
@taxonomy_packages
@items_modules
@click.option(
    "--strict/--no-strict",
    default=True,
    show_default=True,
    help="Whether a public schema that is not at hand is an error.",
)
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
) -> None:
    """Check each INPUT and tell everything that is wrong with it, with its place and what to do about it.

    INPUT is a report in any syntax, a file of items (YAML or items JSON), a taxonomy schema or a taxonomy package.
    Findings go to standard output, one line each: file:line: severity: code: message (mend).

    \b
    Examples:
      exporter validate report.yaml
      exporter validate build/*.json build/*.xbrl --calc truncate
      exporter validate report.xbrl --taxonomy-package us-gaap-2024.zip --json
      exporter validate build/iij-20050331.xbrl --engine arelle
    """
    run.findings_are_results = True
    classes = load_item_classes(run, modules)
    verdicts: list[dict[str, Any]] = []
    with run.screen.progress("validating", total=len(inputs)) as advance:
        for number, path in enumerate(inputs):
            advance(number)
            found = _judge(path, engine, calc=calc, packages=packages, strict=strict, classes=classes)
            run.findings += found
            verdicts.append({"path": str(path), "valid": not has_errors(found)})
    run.result["files"] = verdicts
    if not run.as_json:
        invalid = sum(not verdict["valid"] for verdict in verdicts)
        told = f"{count(len(inputs), 'file')}, {invalid or 'none'} invalid" if len(inputs) > 1 else "not valid"
        run.closing = f"{told if invalid or len(inputs) > 1 else 'valid'}: {summary(run.findings)}"


def _judge(
    path: Path,
    engine: Engine,
    *,
    calc: Calculations,
    packages: Sequence[Path],
    strict: bool,
    classes: Sequence[type[Any]],
) -> tuple[Finding, ...]:
    from exporter.filing.validating import validate

    try:
        is_source = path.suffix.lower() not in (".xsd", ".zip") and holds_items(path)
        if engine == "arelle" and is_source:
            return (_not_for_arelle(path),)
        found = validate(path, engine=engine, calc=calc, packages=packages, strict=strict, classes=classes)
    except (MissingExtraError, PackageError):  # a fault of the command's options, not of this file
        raise
    except ExporterError as error:
        return tuple(finding.at(file=str(path)) for finding in findings_of(error))
    return placed(found, path) if is_source else tuple(found)


def _not_for_arelle(path: Path) -> Finding:
    finding = Finding(
        code="exporter:usage",
        message="Arelle knows no files of items",
        mend="export them first, and validate the report",
    )
    return finding.at(file=str(path))
