"""Loading a filing from a file of items that a person or a program wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve

from exporter.errors import ProfileError, ReadError
from exporter.filing import Filing
from exporter.findings import Finding, Location
from exporter.formats.registry import read_head, sniffed
from exporter.items.from_tree import read_items
from exporter.operations.classes import ItemClasses
from exporter.operations.inputs import Input, Source, open_input
from exporter.operations.report_files import unreadable
from exporter.operations.tables import Frames, MappingOf, OnRows, read_document, read_sheets, with_tables
from exporter.profiles.profile import EXTENSION_ONLY, Profile
from exporter.profiles.read import load_profile
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.stages import stage
from exporter.sources import Source as Document
from exporter.sources import read_source


class Fallback(str):
    """A choice that gives way to what a file of items says itself, such as the default profile of a project."""

    __slots__ = ()


@stage("read items")
def load_filing(
    source: Source | Input | Frames,
    classes: Iterable[type[Any]] = (),
    *,
    profile: str | Path | Profile | None = None,
    release: str | None = None,
    audience: str | None = None,
    label_languages: Iterable[str] = (),
    limits: Limits = DEFAULT_LIMITS,
    mapping: MappingOf | None = None,
    on_rows: OnRows | None = None,
) -> Filing:
    """The filing that a YAML file, a workbook or items JSON describes: a file, a pipe, or the items of an export.

    Args:
        source: a path (``-``: standard input); with a mapping also a frame, frames by name, or a database.
        classes: item classes that the file may use beside the disclosures of this package; one that has a disclosure's
            name takes its place.
        profile: which standard concepts the items report, in place of what the file says; a path is relative to the
            current folder, in the file to the file's.
        release: the edition of the profile's standard taxonomies, in place of what the file says.
        audience: whom the filing is tagged for (``regulatory``, ``analyst``), in place of what the file says.
        label_languages: the languages of labels, in place of what the file says.
        limits: what to accept.
        mapping: which column of the source is which field, with ``filing``: what its items share; see
            `exporter.operations.tables.read_items`.
        on_rows: called now and then with the number of rows of tables read.

    Raises:
        ReadError: with every finding: syntax, shape, unknown items and fields, values that an item refuses.
        ProfileError: there is no such profile or release.
    """
    known = ItemClasses(classes)
    chosen = {"profile": profile, "release": release, "audience": audience, "label_languages": tuple(label_languages)}
    if mapping is not None:
        read = read_document(source, mapping, known, limits=limits, on_rows=on_rows)
        given = Input(name=str(read.name or "mapping"), path=Path(read.name or "."), kind="items", is_yaml=True)
        return _filing(read, given, known, chosen)
    with open_input(source, limits=limits) as opened:
        return load_opened(opened, known, chosen, limits=limits, on_rows=on_rows)


def load_opened(
    opened: Input,
    classes: ItemClasses,
    chosen: Mapping[str, Any],
    *,
    base: Document | None = None,
    limits: Limits = DEFAULT_LIMITS,
    on_rows: OnRows | None = None,
) -> Filing:
    """The filing of an input that is open; arguments and errors as for `load_filing`.

    Args:
        chosen: what takes the place of what the file says: ``profile``, ``release``, ``audience``, ``label_languages``.
        base: the YAML of the input, where it is read already.
    """
    return _filing(_document(opened, classes, limits, on_rows, base), opened, classes, chosen)


def _document(
    opened: Input, classes: ItemClasses, limits: Limits, on_rows: OnRows | None, base: Document | None
) -> Document:
    """What an input holds: a workbook, or a file of items with the tables that it names."""
    try:
        if opened.is_workbook:
            return read_sheets(opened.path, classes, name=opened.name, limits=limits, on_rows=on_rows)
        read = base or read_source(_items_of(opened), limits, name=opened.name, is_yaml=opened.is_yaml)
        if opened.is_yaml and isinstance(read.value, Mapping) and "tables" in read.value:
            return with_tables(read, opened.folder, classes, limits=limits, on_rows=on_rows)
        return read
    except OSError as error:
        raise ReadError(findings=[unreadable(opened.name, error)]) from error


def _filing(read: Document, opened: Input, classes: ItemClasses, chosen: Mapping[str, Any]) -> Filing:
    """The filing that a document describes, with what is chosen in place of what it says.

    Of what is chosen a `Fallback` gives way to what the document says; such a release is one of the profile that it
    comes with.
    """
    document = read_items(read, classes, in_json=not opened.is_written_by_people)
    if not document.items:
        place = read.locate("/items")
        place = place if opened.is_written_by_people else Location(file=opened.name, pointer="/items")
        message = "the document has no report items, so there is nothing to report"
        fix = "add an item under items"
        finding = Finding(code="exporter:missingField", message=message, location=place, fix=fix)
        raise ReadError(findings=[finding])
    head = read.value["filing"] if isinstance(read.value, Mapping) and "filing" in read.value else {}
    first = {name: value[0] if isinstance(value, tuple) and value else value for name, value in chosen.items()}
    taken = {name: chosen[name] for name in chosen if not (isinstance(first[name], Fallback) and name in head)}
    profile, release = taken.get("profile"), taken.get("release")
    if isinstance(release, Fallback) and not isinstance(profile, Fallback):
        release = None
    changes = {name: taken[name] for name in ("audience", "label_languages") if taken.get(name)}
    filing = evolve(Filing.of(document), source=read, **changes)
    if profile is None and release is None:
        return _with_profile(filing, opened)
    kept = filing.release if profile is None else None
    folder = opened.folder if profile is None else None
    loaded = load_profile(filing.profile if profile is None else profile, release=release or kept, folder=folder)
    return evolve(filing, profile=loaded, release=release or kept)


def _with_profile(filing: Filing, source: Input) -> Filing:
    """The filing with the profile that its file names, read."""
    if filing.profile == EXTENSION_ONLY and filing.release is None:
        return filing
    try:
        return evolve(filing, profile=load_profile(filing.profile, release=filing.release, folder=source.folder))
    except ProfileError as error:
        findings = [finding.at(file=source.name, pointer="/filing/profile") for finding in error.findings]
        raise ReadError(findings=findings) from error


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
        file, is_recognized = (
            source.files[0],
            sniffed(read_head(source.path, source.name)) if source.path.is_file() else True,
        )
        if (
            file.format.name == "xbrl-json" and not is_recognized
        ):  # JSON of unknown content: its reader reports what is wrong
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
