"""``exporter tag``: a document that exists already, tagged as Inline XBRL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from exporter.cli.arguments import (
    FILE,
    check_output,
    item_classes,
    items_modules,
    keep_apart,
    load_items,
    open_source,
    output_options,
    sarif_output,
)
from exporter.cli.completion import complete_profiles
from exporter.cli.console import Column, count
from exporter.cli.outcome import Run, command_body
from exporter.errors import WriteError
from exporter.findings import Severity

if TYPE_CHECKING:
    from exporter.filing import Filing
    from exporter.operations.tag import DecimalMark, Tagging, TaggingFiles


@click.command(short_help="Tag a document that exists already as Inline XBRL.")
@click.argument("document", type=FILE)
@click.option("--items", "source", type=FILE, metavar="SOURCE", help="The report items: YAML or items JSON.")
@click.option("-o", "--output", type=FILE, required=True, metavar="FILE", help="The tagged document to write.")
@click.option("--anchors", type=FILE, metavar="YAML", help="Places that you name for facts, and numbers that are none.")
@click.option("--audit", type=FILE, metavar="JSON", help="Write which number of the document is tagged with what.")
@click.option("--review", type=FILE, metavar="HTML", help="Write the same as a page to look at.")
@click.option("--package", type=FILE, metavar="XBRI", help="Write a report package with the document and its taxonomy.")
@click.option(
    "--hide-missing", is_flag=True, help="Put facts that the document does not state into its hidden section."
)
@click.option(
    "--decimal-mark",
    type=click.Choice([".", ","]),
    help="What stands before the decimals in DOCUMENT's figures; by default as in the filing's language.",
)
@click.option("--strip", is_flag=True, help="Take the tags out of DOCUMENT instead.")
@click.option(
    "--profile",
    metavar="NAME",
    shell_complete=complete_profiles,
    help="Which standard concepts items report, in place of what SOURCE says.",
)
@click.option("--release", metavar="RELEASE", help="The edition of the profile's standard taxonomies.")
@items_modules
@click.option("--strict", is_flag=True, help="Write no document where there are warnings.")
@sarif_output
@output_options
@command_body
def command(
    run: Run,
    document: Path,
    source: Path | None,
    output: Path,
    anchors: Path | None,
    audit: Path | None,
    review: Path | None,
    package: Path | None,
    hide_missing: bool,
    decimal_mark: DecimalMark | None,
    strip: bool,
    profile: str | None,
    release: str | None,
    modules: tuple[str, ...],
    strict: bool,
) -> None:
    """Tag in DOCUMENT (XHTML or HTML) what it states of the report items in SOURCE.

    The document stays as it is, byte for byte: tags are put in, nothing is taken out, and what its reader sees does not
    change. HTML that is no XHTML is turned into XHTML first. The result is read back, every tagged fact compared with
    the item's, and the tags taken out again for proof, before it is written. The extension taxonomy appears beside it.

    A number is tagged where value, sign, scale, unit, period and meaning agree with the item: by its row and column,
    the caption and the text above the table, or its sentence. Where these do not decide, name the place in the anchors
    file; --review lists for each fact without a place those where it may stand, and why it is not tagged there.
    Numbers of the document that no item states are reported; list those that are no facts
    under untagged, with the reason.

    \b
    Examples:
      exporter tag annual-report.htm --items report.yaml -o build/annual-report.xhtml
      exporter tag annual-report.htm --items report.yaml -o out.xhtml --anchors anchors.yaml --review coverage.html
      exporter tag annual-report.xhtml --items report.yaml -o out.xhtml --package out.xbri --audit audit.json
      exporter tag --strip build/annual-report.xhtml -o plain.xhtml
    """
    run.strict = strict
    check_output(run, output)
    keep_apart((output, audit, review, package), (document, source, anchors))
    if strip:
        if source is not None:
            raise run.refuse("exporter:usage", "--strip takes tags out, --items puts them in", fix="give one of them")
        _strip(run, document, output)
        return
    if source is None:
        raise run.refuse("exporter:usage", "there is no file of items", fix="give it with --items")
    from exporter.operations.tag import TaggingFiles

    files = TaggingFiles(audit=audit, review=review, package=package)
    filing = load_items(run, open_source(source), item_classes(modules), profile=profile, release=release)
    try:
        done = _tag(run, document, filing, output, anchors, files, hide_missing=hide_missing, decimal_mark=decimal_mark)
    except WriteError as error:
        run.findings += filing.located(error.findings)
        return
    # People have the table; a machine gets the whole.
    findings = [finding for finding in done.findings if run.as_json or finding.severity is not Severity.INFO]
    run.findings += filing.located(findings)
    run.result |= _result(done, output)
    if not run.screen.quiet:
        _show(run, done)


def _strip(run: Run, document: Path, output: Path) -> None:
    from exporter.operations.tag import strip_document

    with run.screen.progress(f"reading {document}"):
        strip_document(document, output)
    run.result |= {"document": str(document), "output": str(output)}
    run.screen.note(f"{output}: {document} without its tags")


def _tag(
    run: Run,
    document: Path,
    filing: Filing,
    output: Path,
    anchors: Path | None,
    files: TaggingFiles,
    *,
    hide_missing: bool,
    decimal_mark: DecimalMark | None,
) -> Tagging:
    from exporter.operations.tag import tag_filing

    with run.screen.steps() as on_step:
        return tag_filing(
            document,
            filing,
            output,
            anchors=anchors,
            files=files,
            hide_missing=hide_missing,
            decimal_mark=decimal_mark,
            strict=run.strict,
            on_step=on_step,
        )


def _result(done: Tagging, output: Path) -> dict[str, Any]:
    return {
        "document": done.document.name,
        "output": str(output) if output in done.files else None,
        "files": [str(path) for path in done.files],
        "facts": done.facts,
        "places": len(done.placements),
        "hidden": done.hidden,
        "coverage": done.audit.summary(),
        "tagged": list(_tagged(done)),
        "missing": [
            {"fact": missing.expected.id, "what": missing.expected.title, "reason": missing.reason}
            for missing in done.audit.missing
        ],
    }


def _tagged(done: Tagging) -> Iterator[dict[str, Any]]:
    for placement in done.placements:
        place = done.document.place(placement.first.start)
        text = " … ".join(" ".join(done.document.text[span.start : span.end].split()) for span in placement.spans)
        yield {"fact": placement.fact, "line": place.line, "column": place.column, "text": text}


def _show(run: Run, done: Tagging) -> None:
    columns = [
        Column(title="line", justify="right"),
        Column(title="state"),
        Column(title="text", shrinks=True, least=16),
        Column(title="fact", shrinks=True, least=24),
    ]
    run.screen.table(columns, _rows(done))
    counts = done.audit.summary()
    tagged = f"{count(done.facts, 'fact')} tagged at {count(len(done.placements), 'place')}"
    numbers = f"{counts['unexplained']:,} of {count(len(done.audit.lines), 'number')} neither tagged nor explained"
    run.screen.note(f"{tagged}, {counts['missing']:,} not stated; {numbers}")


def _rows(done: Tagging) -> Iterator[tuple[str, str, str, str]]:
    names = done.names
    for tagged in _tagged(done):
        yield str(tagged["line"] or ""), "tagged", _short(tagged["text"]), names.get(tagged["fact"], tagged["fact"])
    for worded in done.audit.worded:
        place = done.document.place(worded.span.start)
        text = done.document.text[worded.span.start : worded.span.end]
        yield str(place.line or ""), "in words", _short(text), worded.expected.title
    for missing in done.audit.missing:
        yield "", "missing", _short(missing.reason), missing.expected.title


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:59]}…"
