"""Reports that stand in a folder or an archive without being packed as a report package."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

from attrs import frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, list_text
from exporter.formats.options import InlineFile
from exporter.formats.registry import Format, format_by_name, sniffed
from exporter.operations.report_files import ReportFile, base_of
from exporter.packages.edinet_manifest import is_manifest_name, read_manifest
from exporter.resources.limits import Limits
from exporter.resources.resolver import Resolver

_PAGES: Final = frozenset({".htm", ".html", ".xhtml"})
_OTHERS: Final = frozenset({".xbrl", ".xml", ".json"})
_INLINE_NAMESPACES: Final = ("http://www.xbrl.org/2013/inlineXBRL", "http://www.xbrl.org/2008/inlineXBRL")
_MARKS: Final = tuple(text.encode(code) for text in _INLINE_NAMESPACES for code in ("utf-8", "utf-16-le", "utf-16-be"))
_RESOURCE_ID: Final = re.compile(rb"<(?:[\w.-]+:)?(?:context|unit)\s[^<>]*?\bid\s*+=\s*+[\"']([^\"']*)[\"']")
_HEAD: Final = 64 * 1024


class FileTree(Protocol):
    """Files by names with ``/`` between parts: a folder or an archive."""

    @property
    def names(self) -> tuple[str, ...]: ...

    def names_in(self, directory: str) -> tuple[str, ...]: ...

    def display_name(self, name: str, /) -> str: ...

    def source(self, name: str, /) -> Path | bytes: ...

    def read(self, name: str, /) -> bytes: ...

    def __contains__(self, name: object) -> bool: ...


@frozen
class ReportCandidate:
    """A report: the names of its files in the tree, the first to read it from, and its format.

    ``listed_as`` names it in a manifest of EDINET, ``None`` for what was found without one.
    """

    files: tuple[str, ...]
    format: Format
    listed_as: str | None = None


def find_candidates(tree: FileTree, start: str, limits: Limits) -> list[ReportCandidate]:
    """The reports of the directory ``start``: what manifests list, else what stands there, else what stands below.

    Inline XBRL documents in one directory are one document set.

    Raises:
        ReadError: a manifest is malformed or lists files that are not there, or documents belong to several reports.
    """
    direct = tree.names_in(start)
    manifests = [name for name in direct if is_manifest_name(name)]
    if not manifests:
        if here := _loose(tree, direct, start):
            return here
        below = [name for name in tree.names if not start or name.startswith(f"{start}/")]
        manifests = [name for name in below if is_manifest_name(name)]
        if not manifests:
            directories = dict.fromkeys(str(PurePosixPath(name).parent) for name in below)
            return [
                candidate
                for directory in directories
                for candidate in _loose(tree, tree.names_in(directory), directory)
            ]
    return [manifest_candidate for name in manifests for manifest_candidate in manifest_candidates(tree, name, limits)]


def manifest_candidates(tree: FileTree, name: str, limits: Limits) -> list[ReportCandidate]:
    """The reports that a manifest of EDINET lists, or the one whose id follows its name (``manifest_A.xml#id``).

    Raises:
        ReadError: the manifest is malformed, has no such id, or lists a document that is not there.
    """
    file, _, id_ = name.partition("#")
    display_name = tree.display_name(file)
    folder = "/".join(PurePosixPath(file).parts[:-1])
    instances = read_manifest(tree.read(file), name=display_name, folder=folder, limits=limits)
    chosen = [instance for instance in instances if not id_ or instance.id == id_]
    if not chosen:
        message = f"the manifest lists no {id_}, but {list_text(instance.id for instance in instances)}"
        raise _refusal("exporter:invalidManifest", message, display_name)
    if missing := [document for instance in chosen for document in instance.documents if document not in tree]:
        message = f"the manifest lists {len(missing)} documents that are not there: {list_text(missing)}"
        raise _refusal("exporter:invalidManifest", message, display_name)
    inline = format_by_name("inline-xbrl")
    several = len(instances) > 1
    return [
        ReportCandidate(instance.documents, inline, f"{file}#{instance.id}" if several else file) for instance in chosen
    ]


def describe(tree: FileTree, candidate: ReportCandidate) -> str:
    """As a message names a candidate among others."""
    if candidate.listed_as is not None:
        return tree.display_name(candidate.listed_as)
    more = f" with {len(candidate.files) - 1} more documents" if len(candidate.files) > 1 else ""
    return f"{tree.display_name(candidate.files[0])} ({candidate.format.name}{more})"


def document_set(paths: Sequence[Path]) -> ReportFile:
    """The document set of several files."""
    documents = tuple(InlineFile(str(path), path) for path in paths)
    return ReportFile(documents[0].name, format_by_name("inline-xbrl"), base_of(paths[0]), Resolver(), documents)


def _loose(tree: FileTree, names: Sequence[str], directory: str) -> list[ReportCandidate]:
    """The reports among the files of one directory."""
    candidates = []
    pages = [name for name in names if PurePosixPath(name).suffix.lower() in _PAGES and _is_inline(tree, name)]
    if pages:
        _check_one_set(tree, pages, directory)
        candidates.append(ReportCandidate(tuple(pages), format_by_name("inline-xbrl")))
    for name in names:
        if PurePosixPath(name).suffix.lower() in _OTHERS:
            syntax = sniffed(_head(tree, name))
            if syntax is not None and syntax.holds == "facts" and syntax.name != "inline-xbrl":
                candidates.append(ReportCandidate((name,), syntax))
    return candidates


def _is_inline(tree: FileTree, name: str) -> bool:
    content = tree.read(name)
    return any(mark in content for mark in _MARKS)


def _head(tree: FileTree, name: str) -> bytes:
    source = tree.source(name)
    if isinstance(source, bytes):
        return source[:_HEAD]
    with source.open("rb") as file:
        return file.read(_HEAD)


def _check_one_set(tree: FileTree, pages: Sequence[str], directory: str) -> None:
    """Refuse documents with contexts or units of the same id: they are those of several reports."""
    if len(pages) == 1:
        return
    owners: dict[bytes, str] = {}
    for name in pages:
        for id_ in set(_RESOURCE_ID.findall(tree.read(name))):
            other = owners.setdefault(id_, name)
            if other != name:
                message = (
                    f"the Inline XBRL documents are no document set: {tree.display_name(other)} and "
                    f"{tree.display_name(name)} both have a context or unit {id_.decode(errors='replace')!r}"
                )
                raise _refusal("exporter:severalReports", message, tree.display_name(directory) if directory else None)


def _refusal(code: str, message: str, name: str | None) -> ReadError:
    finding = Finding(code=code, message=message, location=Location(file=name), fix="give the documents of one report")
    return ReadError(findings=[finding])
