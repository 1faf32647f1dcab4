"""Read XBRL 2.1 instances into the Open Information Model, child by child of the root element.

What many facts share (contexts, units, concepts) is made once; a fact is made in one go from its attributes. A fact
that comes before its context or unit waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from attrs import evolve

from exporter.errors import ReadError
from exporter.formats.options import DEFAULT_OPTIONS, ReadOptions
from exporter.formats.xbrl_xml.instance import InstanceReader
from exporter.model.fact import Fact
from exporter.model.report import Report
from exporter.resources.xml import iter_children


def read(source: Path | BinaryIO, options: ReadOptions = DEFAULT_OPTIONS) -> Report:
    """The report of an XBRL 2.1 instance; contexts that mean the same are one.

    Concepts whose type the vocabulary does not know are numeric if their facts have a unit; the report's vocabulary
    says so. Facts without id get one if a footnote link points to them.

    Raises:
        ReadError: the document is no instance, breaks a rule of XBRL 2.1, or is outside the mapping to the OIM
            (``xbrlxe:`` codes); all its findings, each with its line.
    """
    reader = InstanceReader(options, _name(source, options), keeps_ids=True)
    facts = list(_run(reader, source, options))
    footnotes, links, given = reader.resolve_links(facts)
    reader.finish()
    if given:
        facts = [evolve(each, id=given.get(at, each.id)) for at, each in zip(reader.places, facts, strict=True)]
    if reader.out_of_order:
        facts = [fact for _, fact in sorted(zip(reader.places, facts, strict=True), key=itemgetter(0))]
    return Report(
        taxonomy=reader.taxonomy,
        facts=facts,
        footnotes=footnotes,
        links=links,
        namespaces=reader.namespaces,
        vocabulary=reader.vocabulary,
    )


def iter_facts(source: Path | BinaryIO, options: ReadOptions = DEFAULT_OPTIONS) -> Iterator[Fact]:
    """The facts of an XBRL 2.1 instance as they come, in memory that does not grow with their number.

    Facts that stand before their context or unit come when it is met. Footnotes are left out; what can be
    checked only by keeping all ids (that they are unique, that links point to facts) is not checked.

    Raises:
        ReadError: as `read`, after the last fact; at once where the document is not XML.
    """
    reader = InstanceReader(options, _name(source, options), keeps_ids=False)
    yield from _run(reader, source, options)
    reader.finish()


def _name(source: Path | BinaryIO, options: ReadOptions) -> str | None:
    return options.name or (str(source) if isinstance(source, Path) else None)


def _run(reader: InstanceReader, source: Path | BinaryIO, options: ReadOptions) -> Iterator[Fact]:
    children = iter_children(source, options.limits, reader.faults.name)
    try:
        yield from reader.run(children)
    except ReadError as error:
        raise ReadError(findings=[*reader.faults.findings, *error.findings]) from None
