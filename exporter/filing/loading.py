"""Loading a filing from a file of items that a person or a program wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from attrs import evolve

from exporter.errors import ProfileError, ReadError
from exporter.filing.filing import Filing, known_classes
from exporter.findings import Finding, Location
from exporter.formats.items_json.reader import read as read_items_json
from exporter.items.document import ItemsDocument
from exporter.items.structure import ItemStructurer
from exporter.profiles.profile import EXTENSION_ONLY, Profile
from exporter.profiles.reading import load_profile
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.sources import YAML_SUFFIXES


def load_filing(
    path: Path | str,
    classes: Iterable[type[Any]] = (),
    *,
    profile: str | Path | Profile | None = None,
    release: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Filing:
    """The filing that a YAML file or an items JSON file describes.

    Args:
        classes: item classes that the file may use beside the disclosures of this package; one that has a disclosure's
            name takes its place.
        profile: which standard concepts the items report, in place of what the file says; a path is relative to the
            current folder, in the file to the file's.
        release: the edition of the profile's standard taxonomies, in place of what the file says.

    Raises:
        ReadError: with every finding: syntax, shape, unknown items and fields, values that an item refuses.
        ProfileError: there is no such profile or release.
    """
    filing = _load(Path(path), known_classes(classes), limits)
    if profile is not None or release is not None:
        kept = filing.release if profile is None else None
        chosen = filing.profile if profile is None else profile
        folder = Path(path).parent if profile is None else None
        found = load_profile(chosen, release=release or kept, folder=folder)
        return evolve(filing, profile=found, release=release or kept)
    return _with_profile(filing, Path(path))


def _with_profile(filing: Filing, path: Path) -> Filing:
    """The filing with the profile that its file names, read."""
    if filing.profile == EXTENSION_ONLY and filing.release is None:
        return filing
    try:
        return evolve(filing, profile=load_profile(filing.profile, release=filing.release, folder=path.parent))
    except ProfileError as error:
        findings = [finding.at(file=str(path), pointer="/filing/profile") for finding in error.findings]
        raise ReadError(findings=findings) from error


def _load(path: Path, known: tuple[type[Any], ...], limits: Limits) -> Filing:
    if path.suffix.lower() in YAML_SUFFIXES:
        return _load_yaml(path, known, limits)
    try:
        with path.open("rb") as stream:
            document = read_items_json(stream, known, name=str(path), limits=limits)
        return _filing(document, Location(file=str(path)), path)
    except OSError as error:
        raise ReadError(findings=[_unreadable(path, error)]) from error


def _load_yaml(path: Path, classes: tuple[type[Any], ...], limits: Limits) -> Filing:
    # Imported on use: only sources in YAML need a YAML parser.
    from exporter.sources.yaml import read_yaml

    try:
        tree = read_yaml(path, limits=limits, name=str(path))
    except OSError as error:
        raise ReadError(findings=[_unreadable(path, error)]) from error
    structurer = ItemStructurer.of(classes, tree.locate)
    document = structurer.document(tree.tree)
    if document is None:
        raise ReadError(findings=structurer.findings)
    return _filing(document, tree.locate("/items"), path)


def _filing(document: ItemsDocument, place: Location, source: Path) -> Filing:
    if not document.items:
        message = "the document has no report items, so there is nothing to report"
        mend = "add an item under items"
        raise ReadError(
            findings=[
                Finding(
                    code="exporter:missingField", message=message, location=evolve(place, pointer="/items"), mend=mend
                )
            ]
        )
    return evolve(Filing.of(document), source=source)


def _unreadable(path: Path, error: OSError) -> Finding:
    return Finding(
        code="exporter:unreadableFile",
        message=f"the file cannot be read: {error.strerror or error}",
        location=Location(file=str(path)),
        mend="check the name and the permissions",
    )


def at_lines(findings: Iterable[Finding], path: Path) -> tuple[Finding, ...]:
    """Findings about items, which know their JSON pointer, with the line of the file that they were read from."""
    findings = tuple(findings)
    if not any(finding.location.pointer is not None and finding.location.line is None for finding in findings):
        return tuple(finding.at(file=str(path)) for finding in findings)
    try:
        locate = _read_tree(path).locate
    except (ReadError, OSError):  # it changed since; the pointers still tell
        return tuple(finding.at(file=str(path)) for finding in findings)
    return tuple(_at_line(finding, locate, path) for finding in findings)


def _read_tree(path: Path) -> Any:
    if path.suffix.lower() in YAML_SUFFIXES:
        from exporter.sources.yaml import read_yaml

        return read_yaml(path)
    from exporter.formats.items_json.json_tree import read_json_tree

    return read_json_tree(path.read_bytes(), name=str(path))


def _at_line(finding: Finding, locate: Callable[[str], Location], path: Path) -> Finding:
    if finding.location.pointer is None or finding.location.line is not None:
        return finding.at(file=str(path))
    place = locate(finding.location.pointer)
    return finding.at(file=str(path), line=place.line, column=place.column)
