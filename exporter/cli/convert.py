"""``exporter convert``: any syntax to any syntax."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import click
from attrs import evolve

from exporter.cli.arguments import (
    FILE,
    check_output,
    given_access,
    items_modules,
    keep_apart,
    load_item_classes,
    load_items,
    open_source,
    output_options,
    read_facts,
    sarif_output,
    taxonomy_access,
    taxonomy_packages,
)
from exporter.cli.completion import complete_formats
from exporter.cli.console import Advance, count
from exporter.cli.outcome import Run, StopCommandError, command_body
from exporter.errors import WriteError
from exporter.findings import MOST_CHOICES, Finding, Location, Severity, has_errors, list_text
from exporter.resources.streams import is_stream

if TYPE_CHECKING:
    from exporter.filing import Filing
    from exporter.formats.registry import Format
    from exporter.model.fact import Fact
    from exporter.model.report import Report
    from exporter.operations.convert import DuplicatePolicy
    from exporter.operations.inputs import Input

_STEP = 2000


@click.command(short_help="Turn a report from one syntax into another.")
@click.argument("sources", metavar="INPUT...", type=FILE, nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    "target",
    type=FILE,
    required=True,
    metavar="OUTPUT",
    help="The file to write; - for standard output.",
)
@click.option(
    "--to",
    "format_name",
    metavar="NAME",
    shell_complete=complete_formats,
    help="The format to write; left out, OUTPUT's suffix tells it.",
)
@click.option(
    "--duplicates",
    type=click.Choice(["keep", "merge", "refuse"]),
    default="keep",
    show_default=True,
    help="Duplicate facts: keep all, merge those that agree, or refuse the report.",
)
@taxonomy_packages
@taxonomy_access
@items_modules
@click.option(
    "--partial", "bears_gaps", is_flag=True, help="Write what can be read although facts in doubt are left out."
)
@click.option(
    "--strict", is_flag=True, help="Be as strict as validate, and write nothing where there is even a warning."
)
@sarif_output
@output_options
@command_body
def command(
    run: Run,
    sources: tuple[Path, ...],
    target: Path,
    format_name: str | None,
    duplicates: DuplicatePolicy,
    packages: tuple[Path, ...],
    modules: tuple[str, ...],
    bears_gaps: bool,
    strict: bool,
) -> None:
    """Turn the report in INPUT into another syntax, without losing facts, footnotes or accuracy.

    INPUT is a report in any syntax, or a file of items (YAML or items JSON): a file, - for standard input, a report
    package, an archive or a folder; several files are the documents of one Inline XBRL document set. Formats:
    inline-xbrl, items-json, xbrl-csv (a folder), xbrl-json, xbrl-xml.
    The output appears whole or not at all.

    What the other syntax cannot hold (tuples, fractions, segments that are no dimensions, roles of footnotes) is left
    out with a warning. Facts in doubt, whose context, unit, value or transformation is broken, are an error each:
    nothing is written then, but with --partial the rest is, and the last warning counts what is missing.

    Where a public taxonomy is not at hand, types are taken from the facts, and a warning says so. Exact numbers without
    unit cannot be told from text in xBRL-JSON and xBRL-CSV then: a second warning counts them. A report with typed
    dimensions is not written as XML without its taxonomy.

    \b
    Examples:
      exporter convert report.xbrl -o report.json
      exporter convert report.json -o report.xbrl --duplicates merge
      exporter convert report.xbrl -o report.items.json
      exporter convert report.xbrl -o out.json --taxonomy-package us-gaap-2024.zip --strict
      exporter convert build/iij-20050331.xbri -o report.json
      exporter convert report.xbrl -o - --to xbrl-json
    """
    run.strict = strict
    if strict and bears_gaps:
        raise run.refuse("exporter:usage", "--strict and --partial exclude each other", fix="give one of them")
    warn = partial(_take, run, bears_gaps=bears_gaps)
    format_ = _target_format(run, target, format_name)
    check_output(run, target)
    classes = load_item_classes(run, modules)
    source = open_source(*sources)
    keep_apart(run, _files_written(target, format_), (*source.paths, *packages))
    if source.holds_items:
        filing = load_items(run, source, classes)
        try:
            report = filing.to_report()
        except WriteError as error:
            run.findings += error.findings
            return
        if format_.holds == "items":
            _write_items(run, filing, target)
            return
        run.warn(_without_taxonomy(filing, source))
    elif format_.holds == "facts" and _streamed(run, source, target, format_, duplicates, packages, warn):
        return
    else:
        report = read_facts(run, source, packages=packages, strict=strict, warn=warn)
        if format_.holds == "items":
            _convert_to_items(run, report, source, target, classes)
            return
        _keep_taxonomy(run, report, source, target)
        _warn_of_untyped(run, report, source, format_)
        report = _moved(report, source, target, format_)
    _write_facts(run, _settled(report, duplicates), target, format_)


def _take(run: Run, finding: Finding, *, bears_gaps: bool) -> None:
    """What reading tells: errors keep the rest from being written, unless the person bears what is missing."""
    from exporter.formats.partial import PARTIAL

    if bears_gaps and finding.is_error:
        finding = evolve(finding, severity=Severity.WARNING)
    elif finding.code == PARTIAL and finding.is_error:
        finding = evolve(finding, fix=f"{finding.fix}, or write the rest with --partial")
    run.warn(finding)


def _target_format(run: Run, target: Path, name: str | None) -> Format:
    from exporter.formats.registry import format_by_name, format_by_suffix, formats

    found = format_by_suffix(target) if name is None else format_by_name(name, error=WriteError)
    if found is not None and found.has_files and is_stream(target):
        message = f"a report in {found.name} is several files, which have no place in a pipe or device"
        raise run.refuse("exporter:unwritableFile", message, fix="give the name of a folder", file=str(target))
    if found is None:
        fix = f"name one with --to: {list_text((each.name for each in formats()), most=MOST_CHOICES)}"
        raise run.refuse("exporter:unknownFormat", "the suffix does not tell the format", fix=fix, file=str(target))
    return found


def _warn_of_untyped(run: Run, report: Report, source: Input, target: Format) -> None:
    from exporter.operations.read import check_untyped

    finding = check_untyped(report, source=source.files[0].format.name, target=target.name)
    if finding is not None:
        run.warn(finding.at(file=source.name))


def _moved(report: Report, source: Input, target: Path, format_: Format) -> Report:
    """The report with references that lead to its taxonomy from where it is written."""
    from exporter.operations.convert import move_references

    if source.is_packed:
        return report
    return move_references(report, source=source.folder, target=_folder_written(target, format_))


def _folder_written(target: Path, format_: Format) -> Path:
    """Where references in what is written lead from."""
    if is_stream(target):
        return Path.cwd()
    return target if format_.has_files and target.suffix.lower() != ".json" else target.parent


def _files_written(target: Path, format_: Format) -> tuple[Path, ...]:
    """The output, and the metadata in it where it is a folder."""
    in_folder = format_.has_files and target.suffix.lower() != ".json"
    return (target, target / f"{target.name}.json") if in_folder else (target,)


def _keep_taxonomy(run: Run, report: Report, source: Input, target: Path) -> None:
    """Refuses to write over a schema that the report refers to, and tells of one that stays in an archive."""
    local = [href for href in report.taxonomy if not urlsplit(href).scheme and not href.startswith("/")]
    if not source.is_packed:
        keep_apart(run, (target,), (source.folder / unquote(href) for href in local))
    elif local:
        message = f"the report refers to {local[0]}, which stands in the archive"
        fix = f"unpack {source.name} beside the output, or keep the archive with it"
        place = Location(file=source.name)
        run.warn(
            Finding(
                code="exporter:taxonomyNotWritten",
                message=message,
                severity=Severity.WARNING,
                location=place,
                fix=fix,
            )
        )


def _settled(report: Report, duplicates: DuplicatePolicy) -> Report:
    from exporter.operations.convert import settle_duplicates

    return settle_duplicates(report, duplicates)


def _without_taxonomy(filing: Filing, source: Input) -> Finding:
    return Finding(
        code="exporter:taxonomyNotWritten",
        message=f"the report refers to {filing.schema_name}, which convert does not write",
        severity=Severity.WARNING,
        location=Location(file=source.name),
        fix="use `exporter export` to get the report with its taxonomy",
    )


def _convert_to_items(run: Run, report: Report, source: Input, target: Path, classes: Iterable[type[Any]]) -> None:
    from exporter.operations.to_items import filing_of_report

    found = filing_of_report(report, classes)
    run.findings += [finding.at(file=source.name) for finding in found.findings]
    if not has_errors(run.findings):
        _write_items(run, found.filing, target)


def _write_items(run: Run, filing: Filing, target: Path) -> None:
    from exporter.formats.items_json import write
    from exporter.resources.files import atomic_write

    if run.exit_code:
        return
    with run.screen.progress(f"writing {target}"), atomic_write(target) as stream:
        written = write(filing, stream)
    _tell(run, target, "items-json", items=written)


def _streamed(
    run: Run,
    source: Input,
    target: Path,
    format_: Format,
    duplicates: DuplicatePolicy,
    packages: Iterable[Path],
    warn: Callable[[Finding], None],
) -> bool:
    """Convert fact by fact; false where that cannot be, and nothing is done then.

    Duplicates are looked for in a first run through the facts; where there are any, the report is settled as a whole.
    """
    from exporter.operations.read import can_stream, has_duplicates, stream_report

    if not can_stream(source, target=format_.name):
        return False
    opened = partial(
        stream_report, source, packages=packages, strict=run.strict, partial=not run.strict, access=given_access()
    )
    if duplicates != "keep":
        with opened() as stream:
            if stream is None or has_duplicates(stream.facts):
                return False
    with opened(warn=warn) as stream:
        if stream is None:
            return False
        _keep_taxonomy(run, stream.head, source, target)
        head = _moved(stream.head, source, target, format_)
        if not run.exit_code:
            _write_streamed(run, head, stream.facts, target, format_)
    return True


def _write_streamed(run: Run, head: Report, facts: Iterator[Fact], target: Path, format_: Format) -> None:
    from exporter.formats.options import WriteContext
    from exporter.operations.write import write_report

    with run.screen.progress(f"writing {target}", noun="facts") as advance:
        context = WriteContext(facts=_unless_refused(run, _counted(facts, advance)))
        written = write_report(head, target, format=format_.name, context=context)
    _tell(run, target, format_.name, facts=written)


def _write_facts(run: Run, report: Report, target: Path, format_: Format) -> None:
    from exporter.formats.options import WriteContext
    from exporter.operations.write import write_report

    if run.exit_code:
        return
    total = len(report.facts)
    with run.screen.progress(f"writing {target}", total=total, noun="facts") as advance:
        context = WriteContext(facts=_counted(report.facts, advance))
        written = write_report(report, target, format=format_.name, context=context)
    _tell(run, target, format_.name, facts=written)


def _counted(facts: Iterable[Fact], advance: Advance) -> Iterator[Fact]:
    for number, fact in enumerate(facts):
        if number % _STEP == 0:
            advance(number)
        yield fact


def _unless_refused(run: Run, facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts; what is found wrong only at their end keeps them from being written all the same."""
    yield from facts
    if run.exit_code:
        raise StopCommandError


def _tell(run: Run, target: Path, format_name: str, **written: int) -> None:
    run.result |= {"output": str(target), "format": format_name, **written}
    amounts = ", ".join(count(number, name.removesuffix("s")) for name, number in written.items())
    if not run.as_json:
        run.screen.note(f"{target}: {amounts} as {format_name}")
