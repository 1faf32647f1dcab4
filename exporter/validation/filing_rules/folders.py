"""Kinds of rules on the package or folder that is filed: what it holds, how its parts are named, how large they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from exporter.findings import Finding, Location, list_text
from exporter.model.patterns import compile_rule_pattern
from exporter.profiles.rules import DocumentRule
from exporter.validation.filing_rules.subject import FilingFolder, FilingSubject, kind_on

_NONE: Final = FilingFolder(name="")


def _folder(subject: FilingSubject) -> FilingFolder:
    return subject.folder or _NONE


def _at(name: str) -> Location:
    return Location(file=name)


def _in_scope(rule: DocumentRule, folder: FilingFolder) -> list[str]:
    """The files that a rule looks at: those with one of its ``suffixes``, or all."""
    suffixes = rule.texts("suffixes")
    return [name for name in folder.names if not suffixes or name.lower().endswith(suffixes)]


@kind_on("folder")
def report_suffixes(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The documents of reports have one of ``suffixes``."""
    for name in _folder(subject).reports:
        if not name.lower().endswith(rule.texts("suffixes")):
            message = (
                f"the report {PurePosixPath(name).name} is named otherwise than {list_text(rule.texts('suffixes'))}"
            )
            yield subject.finding(rule, message, "rename the file", at=_at(name))


@kind_on("folder")
def reports_in_one_place(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The documents of a report stand in ``reports``, those of one set in one directory of it."""
    folder = _folder(subject)
    for name in folder.names:
        inner = name.removeprefix(f"{folder.top}/") if folder.top else name
        if inner.lower().endswith((".xhtml", ".html")) and not inner.startswith("reports/"):
            yield subject.finding(rule, f"the document {inner} is not in the folder reports", "move it", at=_at(name))


@kind_on("folder")
def one_report_set(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The package holds one report: one document, or one set in a directory of its own."""
    folders = {str(PurePosixPath(name).parent) for name in _folder(subject).reports}
    if len(folders) > 1:
        message = f"documents of reports stand in several directories: {list_text(sorted(folders))}"
        yield subject.finding(rule, message, "put the documents of one set into one directory")


@kind_on("folder")
def report_names(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The names of the reports' documents fit ``pattern``."""
    for name in _folder(subject).reports:
        plain = PurePosixPath(name).name
        if not rule.pattern().fullmatch(plain):
            message = f"the name of the report is not of the form asked for: {plain}"
            yield subject.finding(rule, message, rule.text("example") or None, at=_at(name))


@kind_on("folder")
def package_name(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The package is one file whose name fits ``pattern``, the same as its top-level directory with ``same_top``."""
    folder = _folder(subject)
    if not folder.is_archive:
        return
    if not rule.pattern().fullmatch(folder.name):
        message = f"the name of the package is not of the form asked for: {folder.name}"
        yield subject.finding(rule, message, rule.text("example") or None, at=_at(folder.name))
    elif rule.parameters.get("same_top") and folder.top != PurePosixPath(folder.name).stem:
        message = f"the top-level directory is {folder.top!r}, the package {folder.name}"
        yield subject.finding(rule, message, "name them alike", at=_at(folder.name))


@kind_on("folder")
def taxonomy_package(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The package has the metadata of a taxonomy package (``META-INF/taxonomyPackage.xml``)."""
    if not _folder(subject).has_taxonomy_package:
        yield subject.finding(
            rule, "the package is no taxonomy package", "add META-INF/taxonomyPackage.xml and catalog.xml"
        )


@kind_on("folder")
def files_in_folder(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every file has one of the ``allowed`` suffixes."""
    for name in _folder(subject).names:
        if not name.lower().endswith(rule.texts("allowed")):
            yield subject.finding(rule, f"files like {name} are not accepted", "take it out", at=_at(name))


@kind_on("folder")
def required_files(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """For each of ``patterns`` there is a file whose name fits it."""
    names = [PurePosixPath(name).name for name in _folder(subject).names]
    for pattern in rule.texts("patterns"):
        if not any(compile_rule_pattern(pattern).fullmatch(name) for name in names):
            yield subject.finding(rule, f"no file is named as {pattern}", rule.text("example") or "add it")


@kind_on("folder")
def path_names(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Names fit ``pattern`` and are no longer than ``limit``; ``nested`` looks at all but the files at the top."""
    limit = rule.number_of("limit", 10_000)
    folder = _folder(subject)
    for name in (*folder.names, *folder.directories):
        parts = PurePosixPath(name).parts
        if bool(rule.parameters.get("nested")) != (len(parts) > 1 or name in folder.directories):
            continue
        for part in parts[-1:] if len(parts) > 1 else parts:
            if len(part) > limit or not rule.pattern().fullmatch(part):
                message = f"the name {part} is not of the form asked for"
                yield subject.finding(rule, message, rule.text("example") or None, at=_at(name))


@kind_on("folder")
def paths_allowed(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Paths that fit ``scope`` fit ``pattern`` too."""
    scope = compile_rule_pattern(rule.text("scope", ".*"))
    for name in _folder(subject).names:
        if scope.fullmatch(name) and not rule.pattern().fullmatch(name):
            message = f"the file {name} is not expected there, or not under this name"
            yield subject.finding(rule, message, rule.text("example") or "rename or move it", at=_at(name))


@kind_on("folder")
def file_count(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Files and directories are no more than ``limit``."""
    folder, limit = _folder(subject), rule.number_of("limit", 2**60)
    count = len(folder.names) + len(folder.directories)
    if count > limit:
        yield subject.finding(rule, f"there are {count:,} files and directories, more than {limit:,}", "leave some out")


@kind_on("folder")
def path_limits(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Paths are no longer than ``limit`` and no deeper than ``depth`` directories."""
    for name in _folder(subject).names:
        if len(name) > rule.number_of("limit", 10_000):
            yield subject.finding(rule, f"the path {name[:60]}… is too long", "shorten the names", at=_at(name))
        elif len(PurePosixPath(name).parts) - 1 > rule.number_of("depth", 1_000):
            yield subject.finding(rule, f"the file {name} stands too deep", "move it up", at=_at(name))


@kind_on("folder")
def file_sizes(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Files of these ``suffixes`` have no more than ``limit`` bytes, and at least ``least``."""
    folder = _folder(subject)
    limit, least = rule.number_of("limit", 2**60), rule.number_of("least", 0)
    for name in _in_scope(rule, folder):
        size = folder.sizes.get(name)
        if size is not None and size > limit:
            yield subject.finding(rule, f"{name} has {size:,} bytes, more than {limit:,}", "divide it", at=_at(name))
        elif size is not None and size < least:
            yield subject.finding(rule, f"{name} is empty", "take it out", at=_at(name))


@kind_on("folder")
def package_size(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The package has no more than ``limit`` bytes."""
    folder, limit = _folder(subject), rule.number_of("limit", 2**60)
    if folder.size > limit:
        yield subject.finding(rule, f"the package has {folder.size:,} bytes, more than {limit:,}", at=_at(folder.name))


@kind_on("folder")
def empty_directories(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """No directory is empty: those at the top with ``top``, else those below."""
    folder, at_top = _folder(subject), bool(rule.parameters.get("top"))
    for directory in folder.directories:
        if ("/" not in directory) == at_top and not any(name.startswith(f"{directory}/") for name in folder.names):
            yield subject.finding(rule, f"the directory {directory} is empty", "take it out", at=_at(directory))


@kind_on("folder")
def cover_first(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The file that fits ``pattern`` is the first by name."""
    names = sorted(_folder(subject).names)
    cover = next((name for name in names if rule.pattern().fullmatch(name)), None)
    if cover is not None and names[0] != cover:
        yield subject.finding(rule, f"{names[0]} comes before the cover {cover}", "rename it", at=_at(names[0]))


@kind_on("folder")
def files_referred_to(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Every file of these ``suffixes`` is used by the documents."""
    folder = _folder(subject)
    hrefs = {address.href.lstrip("./") for address in subject.document.references} if subject.document else set()
    for name in _in_scope(rule, folder):
        if not any(name.endswith(href) for href in hrefs if href):
            yield subject.finding(rule, f"nothing uses the file {name}", "take it out", at=_at(name))


@kind_on("folder")
def addresses_lead_to_files(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Relative addresses lead to files of the folder; ``elements`` limits the rule to addresses of some elements."""
    folder, elements = _folder(subject), rule.texts("elements")
    for address in subject.document.references if subject.document else ():
        if elements and address.element not in elements:
            continue
        plain = address.href.partition("#")[0].partition("?")[0]
        is_relative = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", plain) is None
        if plain and is_relative and not any(name.endswith(plain.lstrip("./")) for name in folder.names):
            message = f"the address of {address.element} leads to no file: {plain[:100]}"
            yield subject.finding(rule, message, "add the file, or correct the address", at=address.location)


@kind_on("folder")
def instance_names(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The instances of the manifest are named (``given``), once each (``once``), in a form that fits ``pattern``."""
    instances, check = _folder(subject).instances, rule.text("check", "pattern")
    if check == "given" and "" in instances:
        yield subject.finding(rule, "the manifest has an instance without a name", "write preferredFilename")
    for name in dict.fromkeys(instance for instance in instances if instance):
        if check == "once" and instances.count(name) > 1:
            yield subject.finding(rule, f"the manifest names {name} twice", "give each its own name", at=_at(name))
        elif check == "pattern" and not rule.pattern().fullmatch(name):
            message = f"the name of the instance is not of the form asked for: {name}"
            yield subject.finding(rule, message, rule.text("example") or None, at=_at(name))
        elif check == "single" and len(instances) > 1:
            yield subject.finding(rule, "the manifest lists several instances", "list one", at=_at(name))
            return
