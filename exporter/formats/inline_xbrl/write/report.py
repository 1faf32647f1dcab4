"""Write a report as Inline XBRL 1.1 or 1.0: an XHTML document, or two, that a person reads and a machine extracts.

The page goes to a spool while its facts are tagged; contexts, units and namespaces stand before it, so that head and
spool are put together at the end and nothing reaches the stream before everything has been checked.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import ExitStack
from functools import partial
from typing import Final

from attrs import evolve

from exporter.errors import WriteError
from exporter.findings import Finding, FindingLog
from exporter.formats.inline_xbrl.write.blocks import Section, SectionKind
from exporter.formats.inline_xbrl.write.markup import header_markup
from exporter.formats.inline_xbrl.write.places import PageContentWriter
from exporter.formats.inline_xbrl.write.resources import Resources
from exporter.formats.inline_xbrl.write.theme import Blocks, Templates, document_halves
from exporter.formats.options import DEFAULT_CONTEXT, WriteContext
from exporter.model.fact import Fact
from exporter.model.qname import is_ncname
from exporter.model.report import Report
from exporter.resources.targets import Target

SEC_HIDDEN: Final = "-sec-ix-hidden"
ESEF_HIDDEN: Final = "-esef-ix-hidden"
_SPOOL_SIZE: Final = 4 * 1024**2
_NO_PAGE: Final = Finding(
    code="exporter:noPage",
    message="Inline XBRL shows a report on a page, and nothing composes one",
    fix="give the context a page, or write with exporter.write_report, which composes one",
)


def write(report: Report, target: Target, context: WriteContext = DEFAULT_CONTEXT) -> int:
    """Write ``report`` as the page that shows its facts, and return the number of facts.

    Facts and footnotes that have no place on the page are hidden in the header. Facts without id are given one before
    the page is composed. The same report and page give the same bytes. In version 1.0 links lead from facts to
    footnotes only, a text stands in one piece, and of several numbers at one place all but one are hidden.

    Args:
        report: facts, footnotes and links; what the vocabulary knows of types and typed dimensions is used.
        target: untouched where the report cannot be written.
        context: ``page`` is needed; its style names the transformation registry. ``facts`` are gathered before the
            page is composed.

    Raises:
        WriteError: with every finding: no page, no taxonomy, a base URL, ids that clash or are no names, a value that
            its type or XML does not allow or that cannot be shown as the page asks, a page that shows what the report
            does not have, an invalid theme.
    """
    if context.page is None:
        raise WriteError(findings=[_NO_PAGE])
    report = with_ids(report if context.facts is None else evolve(report, facts=context.facts))
    page = context.page(report)
    log = FindingLog()
    resources = Resources(
        _with_types(report, context.untagged),
        log,
        registry=page.style.registry,
        name_context=context.name_context,
        version=context.inline_version,
    )
    facts = _claimed(report, resources)
    templates = Templates(context.theme, context.theme_variant)
    with ExitStack() as stack:
        body = stack.enter_context(_spool())
        cover = body if context.cover_file is None else stack.enter_context(_spool())
        places = PageContentWriter(
            facts, page, resources, hidden_style=context.hidden_style or SEC_HIDDEN, untagged=context.untagged
        )
        writers = {
            spool: Blocks(places, resources, templates, partial(_write_to, spool))
            for spool in dict.fromkeys((cover, body))
        }
        for block in page.blocks:
            is_cover = isinstance(block, Section) and block.kind is SectionKind.COVER
            writers[cover if is_cover else body].write_all([block])
        places.close()
        header = header_markup(resources, hidden=places.hidden())
        resources.footnotes.check(facts)
        halves = {
            spool: document_halves(page, resources, templates, header if spool is cover else "") for spool in writers
        }
        log.raise_as(WriteError)
        for spool, (before, behind) in halves.items():
            with target.open(None if spool is body else context.cover_file) as stream:
                stream.write(before.encode())
                spool.seek(0)
                shutil.copyfileobj(spool, stream, 1024 * 1024)
                stream.write(behind.encode())
    return len(report.facts)


def _spool() -> tempfile.SpooledTemporaryFile[bytes]:
    return tempfile.SpooledTemporaryFile(max_size=_SPOOL_SIZE, mode="w+b")


def _write_to(spool: tempfile.SpooledTemporaryFile[bytes], text: str) -> None:
    spool.write(text.encode("utf-8", "replace"))


def _with_types(report: Report, untagged: Report | None) -> Report:
    """The report with the types of concepts that the page shows untagged, too."""
    if untagged is None:
        return report
    datatypes = {**untagged.vocabulary.datatypes, **report.vocabulary.datatypes}
    return evolve(report, vocabulary=evolve(report.vocabulary, datatypes=datatypes))


def with_ids(report: Report) -> Report:
    """The report with an id for every fact, ``f1``, ``f2`` … by its place, for a page to name it by."""
    if all(fact.id is not None for fact in report.facts):
        return report
    taken = {fact.id for fact in report.facts} | {note.id for note in report.footnotes}
    numbered = []
    for place, fact in enumerate(report.facts, 1):
        if fact.id is None:
            id_ = f"f{place}"
            while id_ in taken:
                id_ += "_"
            taken.add(id_)
            fact = evolve(fact, id=id_)
        numbered.append(fact)
    return evolve(report, facts=numbered)


def _claimed(report: Report, resources: Resources) -> dict[str, Fact]:
    """The facts by their ids; these are nobody else's from now on."""
    facts: dict[str, Fact] = {}
    if report.base_url is not None:
        message = f"XML has no place for the base URL {report.base_url}"
        resources.log.error("exporter:baseUrlNotInXml", message, "set base_url to None, or write xBRL-JSON")
    for fact in report.facts:
        id_ = fact.id or ""
        if id_ in resources.ids or not is_ncname(id_):
            resources.checks.report_id(id_)
        resources.ids.add(id_)
        facts[id_] = fact
    resources.claim(note.id for note in report.footnotes)
    return facts
