"""References of a report to local files: when it moves to another folder, and when two reports are compared."""

from __future__ import annotations

import posixpath
from pathlib import Path
from urllib.parse import quote, urlsplit

from attrs import evolve

from exporter.model.report import Report


def move_references(report: Report, *, source: Path, target: Path) -> Report:
    """The report as it must refer to its taxonomy from the folder ``target``, having been read in ``source``.

    Public URLs and absolute paths stay; relative ones lead to the same files as before.
    """
    way = posixpath.relpath(quote(source.resolve().as_posix()), quote(target.resolve().as_posix()))
    if way == ".":
        return report

    def moved(href: str) -> str:
        is_relative = not urlsplit(href).scheme and not href.startswith(("/", "#"))
        return posixpath.normpath(f"{way}/{href}") if is_relative else href

    vocabulary = report.vocabulary
    role_hrefs = {uri: moved(href) for uri, href in vocabulary.role_hrefs.items()}
    return evolve(report, taxonomy=map(moved, report.taxonomy), vocabulary=evolve(vocabulary, role_hrefs=role_hrefs))


def with_places_of(other: Report, report: Report) -> Report:
    """``report`` with local schemas by their file names: where they stand depends on where the report does.

    A local schema that ``other`` refers to at its public place, as reports in packages do, is taken for that one.
    """
    public = {_file_name(href): href for href in sorted(other.taxonomy) if urlsplit(href).scheme}
    names = ((href, _file_name(href)) for href in report.taxonomy)
    return evolve(report, taxonomy=[href if urlsplit(href).scheme else public.get(name, name) for href, name in names])


def _file_name(href: str) -> str:
    return href.rpartition("/")[2]
