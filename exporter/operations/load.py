"""Loading a filing from a file of items that a person or a program wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from attrs import evolve

from exporter.errors import ProfileError, ReadError
from exporter.filing import Filing
from exporter.findings import Finding, Location
from exporter.formats.items_json import read as read_items_json
from exporter.formats.registry import read_head, sniffed
from exporter.items.document import ItemsDocument
from exporter.items.from_tree import ItemStructurer
from exporter.operations.inputs import Input, Source, open_input
from exporter.operations.report_files import unreadable
from exporter.operations.to_items import known_classes
from exporter.profiles.profile import EXTENSION_ONLY, Profile
from exporter.profiles.read import load_profile
from exporter.resources.limits import DEFAULT_LIMITS, Limits


def load_filing(
    source: Source | Input,
    classes: Iterable[type[Any]] = (),
    *,
    profile: str | Path | Profile | None = None,
    release: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Filing:
    """The filing that a YAML file or items JSON describes: a file, a pipe, or the items in a folder that was exported.

    Args:
        source: a path (``-``: standard input).
        classes: item classes that the file may use beside the disclosures of this package; one that has a disclosure's
            name takes its place.
        profile: which standard concepts the items report, in place of what the file says; a path is relative to the
            current folder, in the file to the file's.
        release: the edition of the profile's standard taxonomies, in place of what the file says.
        limits: what to accept.

    Raises:
        ReadError: with every finding: syntax, shape, unknown items and fields, values that an item refuses.
        ProfileError: there is no such profile or release.
    """
    with open_input(source, limits=limits) as opened:
        filing = _load(opened, known_classes(classes), limits)
        if profile is None and release is None:
            return _with_profile(filing, opened)
        kept = filing.release if profile is None else None
        chosen = filing.profile if profile is None else profile
        folder = opened.folder if profile is None else None
        found = load_profile(chosen, release=release or kept, folder=folder)
        return evolve(filing, profile=found, release=release or kept)


def _with_profile(filing: Filing, source: Input) -> Filing:
    """The filing with the profile that its file names, read."""
    if filing.profile == EXTENSION_ONLY and filing.release is None:
        return filing
    try:
        return evolve(filing, profile=load_profile(filing.profile, release=filing.release, folder=source.folder))
    except ProfileError as error:
        findings = [finding.at(file=source.name, pointer="/filing/profile") for finding in error.findings]
        raise ReadError(findings=findings) from error


def _load(source: Input, known: tuple[type[Any], ...], limits: Limits) -> Filing:
    path = _items_of(source)
    if source.is_yaml:
        return _load_yaml(source, known, limits)
    try:
        with path.open("rb") as stream:
            document = read_items_json(stream, known, name=source.name, limits=limits)
        return _filing(document, Location(file=source.name), source)
    except OSError as error:
        raise ReadError(findings=[unreadable(source.name, error)]) from error


def _items_of(source: Input) -> Path:
    """The file with the items.

    Raises:
        ReadError: ``exporter:unknownFormat``: it is something else.
    """
    if source.holds_items:
        return source.path
    items = source.exported.primary("items-json") if source.exported is not None else None
    if items is not None:
        return items
    if source.kind == "reports" and len(source.files) == 1:
        file, is_told = source.files[0], sniffed(read_head(source.path, source.name)) if source.path.is_file() else True
        if file.format.name == "xbrl-json" and not is_told:  # JSON, and nothing says of what: its reader will tell
            return source.path
        what, fix = (
            f"a report ({file.format.name})",
            f"exporter convert {source.name} -o report.items.json makes items of it",
        )
    else:
        what, fix = "no file of report items", "give YAML or items JSON; `exporter items` lists what may stand in it"
    finding = Finding(
        code="exporter:unknownFormat",
        message=f"this is {what}, expected report items" if "report (" in what else f"this is {what}",
        location=Location(file=source.name),
        fix=fix,
    )
    raise ReadError(findings=[finding])


def _load_yaml(source: Input, classes: tuple[type[Any], ...], limits: Limits) -> Filing:
    # Imported on use: only sources in YAML need a YAML parser.
    from exporter.sources.yaml import read_yaml

    try:
        tree = read_yaml(source.path, limits=limits, name=source.name)
    except OSError as error:
        raise ReadError(findings=[unreadable(source.name, error)]) from error
    structurer = ItemStructurer.of(classes, tree.locate)
    document = structurer.document(tree.tree)
    if document is None:
        raise ReadError(findings=structurer.findings)
    return _filing(document, tree.locate("/items"), source)


def _filing(document: ItemsDocument, place: Location, source: Input) -> Filing:
    if not document.items:
        message = "the document has no report items, so there is nothing to report"
        fix = "add an item under items"
        raise ReadError(
            findings=[
                Finding(
                    code="exporter:missingField", message=message, location=evolve(place, pointer="/items"), fix=fix
                )
            ]
        )
    return evolve(Filing.of(document), source=source)


def at_lines(findings: Iterable[Finding], source: Input) -> tuple[Finding, ...]:
    """Findings about items, which know their JSON pointer, with the line of the file that they were read from."""
    findings = tuple(findings)
    if not any(finding.location.pointer is not None and finding.location.line is None for finding in findings):
        return tuple(finding.at(file=source.name) for finding in findings)
    try:
        locate = _read_tree(source).locate
    except (ReadError, OSError):  # it changed since, or came through a pipe; the pointers still tell
        return tuple(finding.at(file=source.name) for finding in findings)
    return tuple(_at_line(finding, locate, source.name) for finding in findings)


def _read_tree(source: Input) -> Any:
    if source.is_yaml:
        from exporter.sources.yaml import read_yaml

        return read_yaml(source.path, name=source.name)
    from exporter.sources.json import read_json_tree

    return read_json_tree(_items_of(source).read_bytes(), name=source.name)


def _at_line(finding: Finding, locate: Callable[[str], Location], name: str) -> Finding:
    if finding.location.pointer is None or finding.location.line is not None:
        return finding.at(file=name)
    place = locate(finding.location.pointer)
    return finding.at(file=name, line=place.line, column=place.column)
