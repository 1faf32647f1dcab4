"""Reading xBRL-JSON 1.0: a whole report, or facts one by one in bounded memory."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from attrs import evolve

from exporter.errors import ReadError
from exporter.findings import Finding, FindingLog, Location, list_text
from exporter.formats.oim.ids import find_repeated
from exporter.formats.oim.json_scanner import JsonText, depth, kind, repeated_name
from exporter.formats.oim.prefixes import escape_pointer
from exporter.formats.options import DEFAULT_OPTIONS, ReadOptions, linked, settle
from exporter.formats.xbrl_json.read.document_info import (
    STRUCTURE,
    JsonDocumentInfo,
    document_type_error,
    extension_errors,
    parse_document_info,
)
from exporter.formats.xbrl_json.read.facts import FactReader
from exporter.model.duplicates import Agreement, find_duplicates
from exporter.model.fact import Fact
from exporter.model.report import Report, Vocabulary

_MEMBERS = frozenset({"documentInfo", "facts"})


def read(source: Path | BinaryIO, options: ReadOptions = DEFAULT_OPTIONS) -> Report:
    """The report in an xBRL-JSON document.

    Extension members are passed over. The vocabulary is what ``options.load_vocabulary`` gives for the document's
    taxonomy; without it, a dimension value that is a name with a declared prefix is taken for a member.

    Raises:
        ReadError: with every finding: ``xbrlje:``, ``oimce:`` and ``oime:`` codes, ``exporter:limitExceeded``,
            ``exporter:unreadableFile``.
    """
    document = _JsonReport(options, source, keeps_ids=True)
    facts = tuple(document.facts(source))
    document.check_duplicates(facts)
    document.raise_findings()
    reader = document.reader
    footnotes, links = tuple(reader.notes), tuple(reader.links)
    if options.partial:
        footnotes, links = linked(facts, footnotes, links)
    return Report(
        taxonomy=document.info.taxonomy,
        facts=facts,
        footnotes=footnotes,
        links=links,
        base_url=document.info.base_url,
        namespaces=document.info.namespaces,
        vocabulary=document.vocabulary,
        features=document.info.features,
    )


def iter_facts(source: Path | BinaryIO, options: ReadOptions = DEFAULT_OPTIONS) -> Iterator[Fact]:
    """The facts of an xBRL-JSON document one by one, notes left out.

    Of the ids, which must be unique, 8 bytes each are kept, of notes and links all. Facts that are wrong are left
    out, and reported at the end; ``xbrl:allowedDuplicates`` is not enforced, for that takes all facts.

    Raises:
        ReadError: as `read`, after the last fact.
    """
    document = _JsonReport(options, source, keeps_ids=False)
    yield from document.facts(source)
    document.raise_findings()


class _JsonReport:
    def __init__(self, options: ReadOptions, source: Path | BinaryIO, *, keeps_ids: bool) -> None:
        self._keeps_ids = keeps_ids
        name = options.name or (str(source) if isinstance(source, Path) else None)
        self.options = evolve(options, name=name)
        self.info = JsonDocumentInfo()
        self.vocabulary = Vocabulary()
        self.log = FindingLog()
        self._known = False
        self._extensions: dict[str, int] = {}
        self.reader = FactReader(self.info, self.vocabulary, self.options, self.log.add, keeps_ids=self._keeps_ids)

    def facts(self, source: Path | BinaryIO) -> Iterator[Fact]:
        """The facts, once ``documentInfo`` is known: where it comes after them, the document is read twice."""
        with _seekable(source, self.options.name) as stream:
            start = stream.tell()
            text = JsonText(stream, name=self.options.name, limits=self.options.limits)
            postponed = yield from self._walk(text)
            if not self._known:
                self._stop_at_document_type(None, None)
            if postponed:
                stream.seek(start)
                self._extensions.clear()
                yield from self._walk(JsonText(stream, name=self.options.name, limits=self.options.limits))
            if suspects := self.reader.suspects():
                stream.seek(start)
                self._find_repeated_ids(JsonText(stream, name=self.options.name, limits=self.options.limits), suspects)
        self._check_extensions()
        self.reader.finish()

    def _find_repeated_ids(self, text: JsonText, suspects: frozenset[int]) -> None:
        for name in text.keys():  # noqa: SIM118 - a stream of names, no mapping
            if name != "facts":
                text.value()
                continue
            for id_ in find_repeated((id_ for id_, _ in text.members()), suspects):
                finding = _repeated_id(id_)
                self.log.add(finding.at(file=self.options.name))

    def _walk(self, text: JsonText) -> Generator[Fact, None, bool]:
        """One pass; returns whether facts were passed over for want of ``documentInfo``."""
        postponed = False
        seen: set[str] = set()
        already_known = self._known
        if text.peek() != "{":
            text.value()
            self._stop_at_document_type(None, 1)
        for name in text.keys():  # noqa: SIM118 - no mapping
            line = text.line
            if name in seen:
                text.refuse(f"the member {name!r} stands twice", position=text.start, pointer=f"/{name}")
            seen.add(name)
            if name == "facts" and self._known:
                yield from self._facts(text, line)
            elif name == "facts" and text.peek() == "{":
                postponed = True
                for _ in text.members():
                    pass
            else:
                self._member(text, name, line, skip=already_known)
        text.finish()
        return postponed

    def _facts(self, text: JsonText, line: int) -> Iterator[Fact]:
        if text.peek() == "{":
            yield from self.reader.read(text)
            return
        self._finding(f"expected an object of facts, got {kind(text.value())}", line, "/facts")

    def _member(self, text: JsonText, name: str, line: int, *, skip: bool) -> None:
        value = text.value()
        if (twice := repeated_name(value)) is not None:
            text.refuse("a name stands twice in one object", position=text.start, pointer=f"/{name}{twice}")
        if depth(value) >= self.options.limits.depth:
            self._stop(
                "exporter:limitExceeded", f"containers are nested deeper than {self.options.limits.depth}", line, name
            )
        if name == "facts":
            self._finding(f"expected an object of facts, got {kind(value)}", line, "/facts")
        elif name != "documentInfo":
            self._extensions[name] = line
        elif not skip:
            self._document_info(value, line)

    def _document_info(self, value: Any, line: int) -> None:
        if document_type_error(value) is not None:
            self._stop_at_document_type(value, line)
        self.info = parse_document_info(
            value, lambda finding: self.log.add(finding.at(file=self.options.name, line=line))
        )
        if self.info.taxonomy:
            self.vocabulary = self.options.load_vocabulary(self.info.taxonomy)
        self.reader = FactReader(self.info, self.vocabulary, self.options, self.log.add, keeps_ids=self._keeps_ids)
        self._known = True

    def _stop_at_document_type(self, value: Any, line: int | None) -> None:
        error = document_type_error(value)
        if error is not None:
            place = Location(file=self.options.name, line=line, pointer="/documentInfo/documentType")
            raise ReadError(findings=[error.finding(place)])

    def _stop(self, code: str, message: str, line: int, name: str) -> None:
        place = Location(file=self.options.name, line=line, pointer=f"/{name}")
        raise ReadError(findings=[Finding(code=code, message=message, location=place)])

    def _check_extensions(self) -> None:
        for error, name in extension_errors(self._extensions, _MEMBERS, self.info.namespaces):
            place = Location(file=self.options.name, line=self._extensions[name], pointer=f"/{name}")
            self.log.add(error.finding(place))

    def _finding(self, message: str, line: int, pointer: str) -> None:
        place = Location(file=self.options.name, line=line, pointer=pointer)
        self.log.add(Finding(code=STRUCTURE, message=message, location=place))

    def check_duplicates(self, facts: tuple[Fact, ...]) -> None:
        """Hold ``xbrl:allowedDuplicates`` (OIM 1.0)."""
        allowed = {
            "none": set[Agreement](),
            "complete": {Agreement.COMPLETE},
            "consistent": {Agreement.COMPLETE, Agreement.CONSISTENT},
        }.get(self.info.allowed_duplicates)
        if allowed is None:
            return
        for duplicates in find_duplicates(facts):
            if duplicates.agreement not in allowed:
                ids = list_text(fact.id or "?" for fact in duplicates.facts)
                self.log.add(
                    Finding(
                        code="oime:disallowedDuplicateFacts",
                        message=f"{ids} are {duplicates.agreement} duplicates of each other, but "
                        f"xbrl:allowedDuplicates is {self.info.allowed_duplicates!r}",
                        location=Location(file=self.options.name, fact=duplicates.facts[1].id),
                        fix="keep one of them",
                    )
                )

    def raise_findings(self) -> None:
        settle(self.log.findings, self.options, left_out=self.reader.left_out, file=self.options.name)


def _repeated_id(id_: str) -> Finding:
    return Finding(
        code="xbrlje:invalidJSON",
        message=f"the fact id {id_!r} stands twice",
        location=Location(pointer=f"/facts/{escape_pointer(id_)}"),
        fix="give each fact an id of its own",
    )


@contextmanager
def _seekable(source: Path | BinaryIO, name: str | None) -> Iterator[BinaryIO]:
    """The source as a stream that can be read twice."""
    if isinstance(source, Path):
        try:
            opened = source.open("rb")
        except OSError as error:
            finding = Finding(
                code="exporter:unreadableFile",
                message=f"the file cannot be read: {error.strerror or error}",
                location=Location(file=name),
                fix="check the path and the permissions",
            )
            raise ReadError(findings=[finding]) from error
        with opened:
            yield opened
    elif source.seekable():
        yield source
    else:
        with tempfile.SpooledTemporaryFile(max_size=32 * 1024**2) as copy:
            shutil.copyfileobj(source, copy, 1024**2)
            copy.seek(io.SEEK_SET)
            yield cast(BinaryIO, copy)
