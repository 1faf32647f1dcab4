"""Kinds of rules on file names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from exporter.findings import Finding, Location
from exporter.profiles.rules import DocumentRule
from exporter.validation.filing_rules.subject import FilingSubject, Kind, fault


def file_names(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Names follow a ``pattern`` and are no longer than ``limit``; ``suffixes`` limits the rule to some files."""
    for name in _files(rule, subject):
        if len(name) > rule.number_of("limit", 1000):
            yield fault(
                rule, f"the file name {name!r} is longer than {rule.number_of('limit', 0)} characters", at=_at(name)
            )
        elif not re.fullmatch(rule.text("pattern", ".*"), name):
            yield fault(rule, f"the file name {name!r} is not of the form asked for", "rename the file", at=_at(name))


def file_dates(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """The date in a name, the first group of ``pattern``, is the last day of the report's period."""
    end = subject.period_end
    for name in _files(rule, subject):
        match = re.fullmatch(rule.text("pattern", r".*?(\d{8}).*"), name)
        if match is not None and end is not None and re.sub(r"\D", "", match[1]) != f"{end:%Y%m%d}":
            message = f"the file name {name!r} has the date {match[1]}, the report's period ends on {end}"
            yield fault(rule, message, "put the end of the period into the name", at=_at(name))


def base_length(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """What stands before the date in a name is no longer than ``limit``."""
    for name in _files(rule, subject):
        base = re.split(r"-\d{4}-?\d{2}-?\d{2}", name, maxsplit=1)[0]
        if len(base) > rule.number_of("limit", 20):
            yield fault(rule, f"the base {base!r} of a file name is too long", "shorten it", at=_at(name))


def file_kinds(rule: DocumentRule, subject: FilingSubject) -> Iterator[Finding]:
    """Linkbases stand in separate files of these ``endings``; where no file is known, nothing is said."""
    if not any(name.lower().endswith(".xml") for name in subject.files):
        return
    for ending in rule.texts("endings"):
        if not any(name.lower().endswith(ending) for name in subject.files):
            yield fault(rule, f"no file ends in {ending}", "put each kind of linkbase into a file of its own")


def _files(rule: DocumentRule, subject: FilingSubject) -> Iterator[str]:
    suffixes = rule.texts("suffixes")
    return (name for name in subject.files if not suffixes or name.lower().endswith(suffixes))


def _at(name: str) -> Location:
    return Location(file=name)


KINDS: Final[dict[str, Kind]] = {
    "file-names": file_names,
    "file-dates": file_dates,
    "base-length": base_length,
    "file-kinds": file_kinds,
}
