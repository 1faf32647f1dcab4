"""Writing xBRL-JSON 1.0: one fact a line, checked as it goes, at a cost that does not grow with the report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from json.encoder import encode_basestring as quote
from typing import BinaryIO, Final

from exporter.errors import LexicalError, WriteError
from exporter.findings import Finding, FindingLog, Location, shortened
from exporter.formats.oim.ids import IdLedger, MadeUpIds, find_repeated
from exporter.formats.oim.prefixes import AliasChooser
from exporter.formats.options import DEFAULT_CONTEXT, WriteContext
from exporter.formats.xbrl_json.write.text import Aspects, AspectWriter, JsonLinks, Spool, write_notes
from exporter.model.fact import Fact
from exporter.model.lexical import is_absolute_uri
from exporter.model.qname import is_ncname
from exporter.model.report import Report
from exporter.namespaces import XBRL_JSON
from exporter.resources.targets import Target

_FACTS_PER_CHUNK: Final = 200
_LINE_ID = re.compile(rb'    "([^"]+)": \{')


def write(report: Report, target: Target, context: WriteContext = DEFAULT_CONTEXT) -> int:
    """Write ``report`` as xBRL-JSON and return the number of facts, notes not counted.

    The ``facts`` of ``context`` are streamed, any number of them. Nothing reaches ``target`` before the last fact is
    checked: the body waits in a temporary file, and ``documentInfo`` comes first with exactly the prefixes that are
    used. Facts without id get ``f1``, ``f2`` …; of two facts that wish for one id given and made up, the given one
    keeps it. Text is UTF-8.

    Raises:
        WriteError: the report breaks a rule of OIM 1.0 or xBRL-JSON 1.0; every finding is listed.
    """
    return _JsonReportWriter(report).write(context.facts_of(report), target)


class _JsonReportWriter:
    def __init__(self, report: Report) -> None:
        self._report = report
        self._log = FindingLog()
        self._prefixes = AliasChooser(report.namespaces)
        self._links = JsonLinks(report.links)
        self._aspects = AspectWriter(report.vocabulary, self._prefixes)
        notes = {note.id for note in report.footnotes}
        self._linked = {end for link in report.links for end in (link.source, link.target)}
        self._ids = IdLedger(notes | self._linked)
        self._ids.update(notes)
        self._made_ids = MadeUpIds()
        self._renamed: set[str] = set()

    def write(self, facts: Iterable[Fact], target: Target) -> int:
        with Spool() as body:
            count = self._write_facts(facts, body)
            write_notes(self._report.footnotes, self._prefixes, self._log.add, body, first=count == 0)
            self._check_report()
            self._check_ids(body)
            if self._log:
                raise WriteError(findings=self._log.findings)
            info = self._document_info()
            with target.open() as stream:
                stream.write(f'{{\n  "documentInfo": {info},\n  "facts": {{'.encode())
                if self._renamed:
                    self._copy_with_new_ids(body, stream)
                else:
                    body.copy_to(stream)
                stream.write(b"\n  }\n}\n" if count or self._report.footnotes else b"}\n}\n")
        return count

    def _write_facts(self, facts: Iterable[Fact], body: Spool) -> int:
        count, remaining = 0, iter(facts)
        while chunk := list(islice(remaining, _FACTS_PER_CHUNK)):
            text = ",\n    ".join(self._lines(chunk, self._ids_of(chunk, count)))
            start = ",\n    " if count else "\n    "
            # A lone surrogate is a finding of the fact it stands in, so what is written here is thrown away.
            body.write(f"{start}{text}".encode(errors="replace"))
            count += len(chunk)
        return count

    def _lines(self, facts: list[Fact], ids: list[str]) -> Iterator[str]:
        """The loop that every fact goes through: what it needs is in local names, the rare is left to methods."""
        known, contexts, sources = self._aspects.aspects, self._aspects.contexts, self._links.sources
        for fact, id_ in zip(facts, ids, strict=True):
            value, decimals = fact.value, fact.decimals
            context = contexts.get(id(fact.context))
            if context is None:
                context = self._context_of(fact, id_)
            aspects = known.get((id(fact.concept), id(fact.unit), fact.language)) or self._aspects.find_aspects(fact)
            if value is not None and (quick := aspects.quick) is not None and quick(value):
                written = f'"{value}"'
            elif value is not None and aspects.is_free_text and value.isprintable():
                written = quote(value)
            else:
                written = self._write_value(value, decimals, aspects, id_)
            linked = self._links.of(id_) if id_ in sources else ""
            if decimals is None:
                yield f'"{id_}": {{"value": {written}, "dimensions": {{{aspects.text}{context}}}{linked}}}'
                continue
            if value is None or not aspects.may_have_decimals or type(decimals) is not int:
                self._refuse_decimals(fact, aspects, id_)
            accuracy = f'"decimals": {decimals}'
            yield f'"{id_}": {{"value": {written}, {accuracy}, "dimensions": {{{aspects.text}{context}}}{linked}}}'

    def _context_of(self, fact: Fact, id_: str) -> str:
        text = self._aspects.find_context(fact.context)
        if (error := self._aspects.context_errors.get(text)) is not None:
            del self._aspects.contexts[id(fact.context)]  # so that each fact comes here and is named
            self._finding(error.code, error.message, id_, error.fix)
        return text

    def _ids_of(self, facts: list[Fact], count: int) -> list[str]:
        """The ids under which the facts are written; ``count`` facts came before them."""
        ids = [fact.id for fact in facts]
        fresh = set(ids)
        if (
            None not in fresh
            and len(fresh) == len(ids)
            and self._ids.isdisjoint(fresh)
            and not (self._made_ids and any(map(self._made_ids.__contains__, ids)))
            and all(map(str.isidentifier, ids))  # type: ignore[arg-type]
            and "".join(ids).isascii()  # type: ignore[arg-type]
        ):
            self._ids.update(fresh)  # type: ignore[arg-type]
            return ids  # type: ignore[return-value]
        return [self._lawful_id(id_, count + place) for place, id_ in enumerate(ids, 1)]

    def _lawful_id(self, id_: str | None, count: int) -> str:
        """An id that may be missing, taken, or no name."""
        if id_ is None:
            return self._made_up_id(count)
        if not is_ncname(id_):
            self._finding("xbrlje:invalidJSONStructure", f"the fact id {shortened(id_)} is no XML name", id_)
            return quote(id_)[1:-1]
        if id_ in self._made_ids:
            self._renamed.add(id_)
            self._made_ids.give_up(id_)
        elif id_ in self._ids:
            self._finding("xbrlje:invalidJSON", f"the id {id_!r} is given to two facts or notes", id_)
        self._ids.add(id_)
        return id_

    def _made_up_id(self, count: int) -> str:
        # What a link names is the id of a fact to come, if not of one that came.
        while (id_ := f"f{count}") in self._ids or id_ in self._made_ids or id_ in self._linked:
            count += 1
        return self._made_ids.add(count)

    def _write_value(self, value: str | None, decimals: int | None, aspects: Aspects, id_: str) -> str:
        """The JSON text of a value that is nil, no plain number, or in an invalid context."""
        if aspects.error is not None:
            self._finding(aspects.error.code, aspects.error.message, id_, aspects.error.fix)
        if value is None:
            return "null"
        try:
            return quote(aspects.write_value(value, looks_numeric=decimals is not None))
        except LexicalError as error:
            self._finding(error.code, error.message, id_, error.fix)
            return '""'

    def _refuse_decimals(self, fact: Fact, aspects: Aspects, id_: str) -> None:
        if fact.value is None or not aspects.may_have_decimals:
            what = "nil" if fact.value is None else "not numeric"
            self._finding("oime:misplacedDecimalsProperty", f"decimals {fact.decimals} on a fact that is {what}", id_)
        else:
            message = f"expected decimals as an integer, got {shortened(fact.decimals)}"
            self._finding("xbrlje:invalidJSONStructure", message, id_)

    def _finding(self, code: str, message: str, id_: str | None, fix: str | None = None) -> None:
        self._log.add(Finding(code=code, message=message, location=Location(fact=id_), fix=fix))

    def _check_report(self) -> None:
        report = self._report
        notes = {note.id for note in report.footnotes}
        for finding in self._links.check(_WithMadeUp(self._ids, self._made_ids), notes):
            self._log.add(finding)
        if not report.taxonomy:
            self._finding("oime:noTaxonomy", "a report names at least one taxonomy schema", None)
        if report.base_url is not None and not is_absolute_uri(report.base_url):
            self._finding("oime:invalidBaseURL", f"{shortened(report.base_url)} is no absolute URL", None)
        for uris in (self._prefixes.used, self._links.types.used, self._links.groups.used):
            for uri in uris.values():
                if not is_absolute_uri(uri):
                    self._finding("oimce:invalidURI", f"{shortened(uri)} is no absolute URI", None)

    def _check_ids(self, body: Spool) -> None:
        """Ids that stand twice, where there were too many of them to be kept."""
        if suspects := self._ids.suspects():
            written = (match[1].decode() for line in body.lines() if (match := _LINE_ID.match(line)))
            for id_ in find_repeated(written, suspects):
                self._finding("xbrlje:invalidJSON", f"the id {id_!r} is given to two facts or notes", id_)

    def _document_info(self) -> str:
        info: dict[str, object] = {"documentType": XBRL_JSON}
        maps: Mapping[str, dict[str, str]] = {
            "namespaces": self._prefixes.used,
            "linkTypes": self._links.types.used,
            "linkGroups": self._links.groups.used,
        }
        info |= {name: uris for name, uris in maps.items() if uris}
        if self._report.base_url is not None:
            info["baseURL"] = self._report.base_url
        info["taxonomy"] = list(self._report.taxonomy)
        return json.dumps(info, ensure_ascii=False, indent=2).replace("\n", "\n  ")

    def _copy_with_new_ids(self, body: Spool, stream: BinaryIO) -> None:
        """A made-up id that a later fact was given: the earlier line, which made it up, takes another.

        Every fact stands on one line, as JSON strings hold no line breaks.
        """
        waiting = {id_.encode() for id_ in self._renamed}
        for line in body.lines():
            match = _LINE_ID.match(line)
            if match and match[1] in waiting:
                waiting.discard(match[1])
                fresh = self._lawful_id(None, 1)
                line = b'    "' + fresh.encode() + line[match.end(1) :]
            stream.write(line)


class _WithMadeUp:
    """The ids that facts were given and those made up for them."""

    def __init__(self, given: IdLedger, made_up: MadeUpIds) -> None:
        self._given, self._made_up = given, made_up

    def __contains__(self, id_: object) -> bool:
        return id_ in self._given or id_ in self._made_up
