"""Metadata files that extend each other made one (xBRL-CSV 1.0): unions, what must be equal, what is final."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from exporter.findings import Finding, Location
from exporter.formats.oim.prefixes import escape_pointer
from exporter.formats.xbrl_csv.documents import MetadataFile

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
                self._problem("xbrlce:illegalRedefinitionOfNonExtensibleProperty", message, name, f"/{member}")

    def _union(self, member: str, one: Mapping[str, Any], other: Mapping[str, Any], name: str) -> dict[str, Any]:
        for key in other:
            if key in one and not _equal(one[key], other[key]):
                message = f"{key} has another value in a file that is extended"
                pointer = f"/{member}/{escape_pointer(key)}"
                self._problem("xbrlce:conflictingMetadataValue", message, name, pointer)
        return {**other, **one}

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
            self._problem("xbrlce:illegalExtensionOfFinalProperty", message, name, f"/{member}")

    def _problem(self, code: str, message: str, name: str, pointer: str) -> None:
        place = Location(file=name, pointer=pointer)
        self._add(Finding(code=code, message=message, location=place, mend="keep one of the two"))


def _flatten(tree: Mapping[str, Any]) -> Flat:
    info = {f"documentInfo/{name}": value for name, value in tree.get("documentInfo", {}).items()}
    return {**{name: value for name, value in tree.items() if name != "documentInfo"}, **info}


def _equal(one: Any, other: Any) -> bool:
    """Equality of JSON values: ``true`` is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return type(one) is type(other) and bool(one == other)
