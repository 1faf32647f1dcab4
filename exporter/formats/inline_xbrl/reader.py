"""Read Inline XBRL 1.1 and 1.0: documents of XHTML, alone or as a document set, into the Open Information Model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from exporter.findings import Finding, Location, Severity, list_text
from exporter.formats.inline_xbrl.document_set import InlineFile
from exporter.formats.inline_xbrl.inline_set import InlineSet, load_set
from exporter.formats.inline_xbrl.target_instance import read_target
from exporter.formats.inline_xbrl.targets import Target
from exporter.formats.options import DEFAULT_OPTIONS, ReadOptions
from exporter.formats.partial import settle
from exporter.model.fact import Fact
from exporter.model.report import Report


def read(source: Path | BinaryIO, options: ReadOptions = DEFAULT_OPTIONS, *, target: str | None = None) -> Report:
    """The report of a document that is a set of its own; otherwise as `read_set`."""
    return read_set([InlineFile(_name(source, options), source)], options, target=target)


def read_set(
    files: Sequence[InlineFile], options: ReadOptions = DEFAULT_OPTIONS, *, target: str | None = None
) -> Report:
    """The report of an Inline XBRL Document Set.

    Values are those of the document after transformation, scale and sign. Concepts whose type the vocabulary does not
    know are numeric where they are tagged with ``ix:nonFraction``. Where the set has further target documents,
    ``exporter:otherTargets`` is warned of.

    Args:
        files: the documents; order counts for the order of the facts only.
        options: as for every reader.
        target: the target document; the default one, or the only one there is, where left out.

    Raises:
        ReadError: with every finding: ``ixe:`` codes for Inline XBRL, ``exporter:xmlSchema`` where an element of it is
            malformed, those of XBRL 2.1 and of its mapping to the model for the facts.
    """
    inline = load_set(files, options.limits)
    chosen = inline.choose(target)
    reading = read_target(inline, chosen, options)
    findings = (*inline.findings, *reading.findings)
    settle(findings, options, left_out=reading.left_out, file=files[0].name)
    for finding in _others(inline, chosen):
        options.warn(finding)
    return reading.report


def iter_facts(source: Path | BinaryIO, options: ReadOptions = DEFAULT_OPTIONS) -> Iterator[Fact]:
    """The facts of a document one by one. The whole document is read before the first: any part may refer to any other.

    Raises:
        ReadError: as `read`, before the first fact.
    """
    yield from read(source, options).facts


def _name(source: Path | BinaryIO, options: ReadOptions) -> str:
    return options.name or str(source if isinstance(source, Path) else getattr(source, "name", "(document)"))


def _others(inline: InlineSet, chosen: Target) -> Iterator[Finding]:
    names = [target.title for target in inline.targets if target is not chosen]
    if names:
        message = (
            f"the document set has {len(names) + 1} target documents; {chosen.title} is read, not {list_text(names)}"
        )
        place = Location(file=inline.found.documents[0].name)
        yield Finding(code="exporter:otherTargets", message=message, severity=Severity.WARNING, location=place)
