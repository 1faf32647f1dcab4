"""The metadata of a report: its file merged with all files that it extends (xBRL-CSV 1.0)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import define, field

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.formats.oim.prefixes import escape_pointer
from exporter.formats.xbrl_csv.read.files import (
    MetadataFile,
    check_document_type,
    confined_path,
    document_type,
    is_file,
    read_metadata_file,
)
from exporter.formats.xbrl_csv.read.structure import URI_MAPS, StructureCheck, describe
from exporter.namespaces import OIM
from exporter.resources.limits import Limits

_UNIONS: Final = frozenset(
    {
        "documentInfo/namespaces",
        "documentInfo/linkTypes",
        "documentInfo/linkGroups",
        "documentInfo/features",
        "tableTemplates",
        "tables",
        "dimensions",
        "parameters",
    }
)
_LISTS: Final = frozenset({"documentInfo/taxonomy"})
_APART: Final = frozenset({"documentInfo/extends", "documentInfo/final", "documentInfo/documentType"})

Flat = dict[str, Any]
Merged = tuple[dict[str, Any], dict[str, str]]


def relative_taxonomy(info: Mapping[str, Any], *, folder: Path, root: Path) -> dict[str, Any]:
    """``documentInfo`` with the schema references of a file in ``folder`` as seen from the folder ``root``."""
    taxonomy = info.get("taxonomy")
    below = os.path.relpath(folder.resolve(), root.resolve()).replace(os.sep, "/")
    if below == "." or not isinstance(taxonomy, list):
        return dict(info)
    moved = [_moved(href, below) if isinstance(href, str) else href for href in taxonomy]
    return {**info, "taxonomy": moved}


def _moved(href: str, below: str) -> str:
    if not href or href.startswith("/") or urlsplit(href).scheme:
        return href
    return os.path.normpath(f"{below}/{href}").replace(os.sep, "/")


def merge(primary: MetadataFile, bases: Mapping[Path, list[MetadataFile]], add: Callable[[Finding], None]) -> Merged:
    """One tree of all files, and which file a member comes from; ``add`` takes every conflict."""
    return _Merging(bases, add).merge(primary)


class _Merging:
    def __init__(self, bases: Mapping[Path, list[MetadataFile]], add: Callable[[Finding], None]) -> None:
        self._bases, self._add = bases, add
        self._done: dict[Path, tuple[Flat, dict[str, str], frozenset[str]]] = {}

    def merge(self, primary: MetadataFile) -> Merged:
        flat, origins, _ = self._merged(primary)
        info = {name.partition("/")[2]: value for name, value in flat.items() if name.startswith("documentInfo/")}
        rest = {name: value for name, value in flat.items() if not name.startswith("documentInfo/")}
        return {**rest, "documentInfo": info}, origins

    def _merged(self, file: MetadataFile) -> tuple[Flat, dict[str, str], frozenset[str]]:
        """The members of a file and its bases, their files, and the members that are final by now."""
        key = file.path.resolve()
        if key in self._done:
            return self._done[key]
        flat: Flat = {}
        origins: dict[str, str] = {}
        final: frozenset[str] = frozenset()
        for base in self._bases.get(key, ()):
            inherited, places, closed = self._merged(base)
            self._join(flat, inherited, origins, places, base.name)
            final |= closed
        own = _flatten(file.tree)
        for name in sorted(final):
            self._check_final(name, own, flat, file.name)
        self._join(flat, own, origins, {}, file.name)
        final |= {name for name, closed in file.tree["documentInfo"].get("final", {}).items() if closed is True}
        self._done[key] = flat, origins, final
        return self._done[key]

    def _join(self, flat: Flat, more: Flat, origins: dict[str, str], places: Mapping[str, str], name: str) -> None:
        for member, value in more.items():
            if member in _APART:
                continue
            if member in _LISTS:
                flat[member] = list(dict.fromkeys([*flat.get(member, ()), *value]))
            elif member in _UNIONS:
                flat[member] = self._union(member, flat.get(member, {}), value, name)
                for key in value:
                    origins.setdefault(f"{member}/{key}", places.get(f"{member}/{key}", name))
            elif ":" in member.rpartition("/")[2] or member not in flat:
                flat[member] = value
            elif not _equal(flat[member], value):
                message = f"{member} is given twice with different values"
                self._finding("xbrlce:illegalRedefinitionOfNonExtensibleProperty", message, name, f"/{member}")

    def _union(self, member: str, first: Mapping[str, Any], second: Mapping[str, Any], name: str) -> dict[str, Any]:
        for key in second:
            if key in first and not _equal(first[key], second[key]):
                message = f"{key} has another value in a file that is extended"
                pointer = f"/{member}/{escape_pointer(key)}"
                self._finding("xbrlce:conflictingMetadataValue", message, name, pointer)
        return {**second, **first}

    def _check_final(self, final: str, own: Flat, inherited: Flat, name: str) -> None:
        member = final if final in own else f"documentInfo/{final}"
        if member not in own:
            return
        value: Any = own[member]
        known: Any = inherited.get(member)
        if isinstance(value, dict):
            known = known or {}
            adds = any(key not in known or not _equal(known[key], value[key]) for key in value)
        elif isinstance(value, list):
            adds = not set(value) <= set(known or ())
        else:
            adds = not _equal(known, value)
        if adds:
            message = f"{final} is final in a file that is extended, nothing may be added to it"
            self._finding("xbrlce:illegalExtensionOfFinalProperty", message, name, f"/{member}")

    def _finding(self, code: str, message: str, name: str, pointer: str) -> None:
        place = Location(file=name, pointer=pointer)
        self._add(Finding(code=code, message=message, location=place, fix="keep one of the two"))


def _flatten(tree: Mapping[str, Any]) -> Flat:
    info = {f"documentInfo/{name}": value for name, value in tree.get("documentInfo", {}).items()}
    return {**{name: value for name, value in tree.items() if name != "documentInfo"}, **info}


def _equal(first: Any, second: Any) -> bool:
    """Equality of JSON values: ``true`` is not 1."""
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(_equal(first[key], second[key]) for key in first)
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(_equal, first, second))
    return type(first) is type(second) and bool(first == second)


_BASES: Final = 1000


@define
class Metadata:
    """What the files say together. ``tree`` has the shape of one file; ``origins`` names the file of each member."""

    root: Path
    name: str
    tree: Mapping[str, Any]
    origins: Mapping[str, str] = field(factory=dict)

    @property
    def info(self) -> Mapping[str, Any]:
        info: Mapping[str, Any] = self.tree.get("documentInfo", {})
        return info

    def uris(self, name: str) -> Mapping[str, str]:
        """``namespaces``, ``linkTypes`` or ``linkGroups``."""
        uris: Mapping[str, str] = self.info.get(name, {})
        return uris

    @property
    def taxonomy(self) -> tuple[str, ...]:
        return tuple(self.info.get("taxonomy", ()))

    @property
    def base_url(self) -> str | None:
        return self.info.get("baseURL")

    @property
    def features(self) -> Mapping[str, object]:
        """The features that mean something in xBRL-CSV, by names in Clark notation."""
        prefix = next((alias for alias, uri in self.uris("namespaces").items() if uri == OIM), "xbrl")
        features: Mapping[str, Any] = self.info.get("features", {})
        return {f"{{{OIM}}}allowedDuplicates": features.get(f"{prefix}:allowedDuplicates", "all")}

    def place(self, *parts: str) -> Location:
        """Where a member stands, named by its path."""
        pointer = "".join(f"/{escape_pointer(part)}" for part in parts)
        known = "/".join(parts[:2])
        return Location(file=self.origins.get(known, self.name), pointer=pointer)


def load_metadata(path: Path, *, name: str, limits: Limits, add: Callable[[Finding], None]) -> Metadata:
    """The metadata at ``path``, merged with what it extends.

    ``add`` takes what is wrong with the structure; with any such finding the metadata must not be used further.

    Raises:
        ReadError: a file is no JSON, or the file at ``path`` is no metadata of xBRL-CSV 1.0.
    """
    primary = read_metadata_file(path, name=name, limits=limits)
    check_document_type(primary)
    chain = _Chain(primary, limits, add)
    chain.collect(primary, ())
    files = chain.files
    namespaces = _all_namespaces(files)
    findings: list[Finding] = []
    for file in files:
        StructureCheck(file.name, namespaces, findings.append).check(file.tree)
    for finding in findings:
        add(finding)
    if findings or chain.is_broken:
        return Metadata(path.parent, name, primary.tree)
    tree, origins = merge(primary, chain.bases, add)
    if len(files) > 1:
        _check_joined_maps(tree, name, add)
    if not tree["documentInfo"].get("taxonomy"):
        add(
            Finding(
                code="oime:noTaxonomy",
                message="a report names at least one taxonomy schema",
                location=Location(file=name, pointer="/documentInfo/taxonomy"),
                fix="name the schema",
            )
        )
    return Metadata(path.parent, name, tree, origins)


def _check_joined_maps(tree: Mapping[str, Any], name: str, add: Callable[[Finding], None]) -> None:
    """Two files may each be right, and yet bind one URI to two prefixes together."""
    joined = {"documentInfo": {uri_map: tree["documentInfo"].get(uri_map, {}) for uri_map in URI_MAPS}}
    StructureCheck(name, {}, add).check(joined)


def _all_namespaces(files: list[MetadataFile]) -> dict[str, str]:
    namespaces: dict[str, str] = {}
    for file in files:
        info = file.tree.get("documentInfo")
        declared = info.get("namespaces") if isinstance(info, dict) else None
        if isinstance(declared, dict):
            namespaces |= {prefix: uri for prefix, uri in declared.items() if isinstance(uri, str)}
    return namespaces


class _Chain:
    """All files that a file extends, each read once."""

    def __init__(self, primary: MetadataFile, limits: Limits, add: Callable[[Finding], None]) -> None:
        self.bases: dict[Path, list[MetadataFile]] = {}
        self.is_broken = False
        self._root = primary.path.parent
        self._type = document_type(primary)
        self._limits, self._add = limits, add
        self._read: dict[Path, MetadataFile] = {primary.path.resolve(): primary}

    @property
    def files(self) -> list[MetadataFile]:
        return list(self._read.values())

    def collect(self, file: MetadataFile, above: tuple[Path, ...]) -> None:
        """Read what ``file`` extends, and so on; ``above`` are the files that led here."""
        own = file.path.resolve()
        bases = self.bases.setdefault(own, [])
        info = file.tree.get("documentInfo")
        if not isinstance(info, dict):
            return
        file.tree["documentInfo"] = relative_taxonomy(info, folder=file.path.parent, root=self._root)
        extends = info.get("extends", [])
        if not isinstance(extends, list):
            return
        for number, url in enumerate(extends):
            base = self._base(url, file, (*above, own), f"/documentInfo/extends/{number}")
            if base is not None:
                bases.append(base)

    def _base(self, url: object, file: MetadataFile, above: tuple[Path, ...], pointer: str) -> MetadataFile | None:
        place = Location(file=file.name, pointer=pointer)
        path = confined_path(url, base=file.path.parent, root=self._root) if isinstance(url, str) else None
        if path is None:
            message = f"expected the URL of a file in the folder of the report or below, got {describe(url)}"
            self._finding("xbrlce:unresolvableBaseMetadataFile", message, place, "put the file beside the report")
            return None
        if path in above:
            message = f"{url} extends itself, at once or by others"
            self._finding("xbrlce:cycleInExtensionChain", message, place, "take the file out of one of the lists")
            return None
        if path in self._read:
            return self._read[path]
        if not is_file(path):
            message = f"there is no file {describe(url)}"
            self._finding("xbrlce:unresolvableBaseMetadataFile", message, place, "put the file in its place")
            return None
        return self._read_base(path, place, above)

    def _read_base(self, path: Path, place: Location, above: tuple[Path, ...]) -> MetadataFile | None:
        if len(self._read) >= _BASES:
            self._finding("exporter:limitExceeded", f"more than {_BASES} files extend each other", place)
            return None
        name = path.relative_to(self._root.resolve()).as_posix()
        try:
            base = read_metadata_file(path, name=str(self._root / name), limits=self._limits)
        except ReadError as error:
            self.is_broken = True
            for finding in error.findings:
                self._add(finding)
            return None
        if document_type(base) != self._type:
            message = f"expected the documentType {self._type!r} here as well, got {describe(document_type(base))}"
            location = Location(file=base.name, pointer="/documentInfo/documentType")
            self._finding("xbrlce:multipleDocumentTypesInExtensionChain", message, location)
            return None
        self._read[path] = base
        self.collect(base, above)
        return base

    def _finding(self, code: str, message: str, place: Location, fix: str | None = None) -> None:
        self.is_broken = True
        self._add(Finding(code=code, message=message, location=place, fix=fix))
