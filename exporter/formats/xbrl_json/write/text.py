"""The JSON text of facts, footnotes and links; equal dimensions are written once and reused (xBRL-JSON 1.0).

Links stand in the fact they start from, notes are facts. The body of a document waits for its head in memory, or in a
temporary file.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator
from collections.abc import Set as AbstractSet
from json.encoder import encode_basestring as quote
from types import TracebackType
from typing import IO, BinaryIO, Final

from attrs import define

from exporter.errors import LexicalError
from exporter.findings import Finding, Location, shortened
from exporter.formats.oim.prefixes import AliasChooser, last_segment, link_group_aliases, link_type_aliases
from exporter.formats.oim.text import (
    NO_ENTITY,
    Matcher,
    check_fragment,
    format_entity,
    format_qname,
    format_unit,
    holds_names,
    is_free_text,
    quick_matcher,
    unlawful_character,
    why_invalid,
    write_names,
)
from exporter.model.datatypes import DataType
from exporter.model.dimensions import Context, Dimension, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Forever
from exporter.model.qname import QName, is_ncname
from exporter.model.report import FootnoteResource, Link, Vocabulary
from exporter.model.unit import Unit
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, ENTITIES, OIM

_LANGUAGE = re.compile("[a-z]{1,8}(?:-[a-z0-9]{1,8})*")
_HELD: Final = 100_000
_BAD_VALUE: Final = "xbrlje:invalidFactValue"


@define
class Aspects:
    """What facts of one concept, unit and language share: their text, and what their values must be."""

    text: str
    datatype: DataType | None
    has_unit: bool
    prefixes: AliasChooser
    quick: Matcher | None
    is_free_text: bool
    may_have_decimals: bool
    error: LexicalError | None

    def write_value(self, value: str, *, looks_numeric: bool) -> str:
        """The value as the document has it; raises `LexicalError` for one that is not of the type."""
        looks_numeric = looks_numeric or self.has_unit
        if reason := why_invalid(value, self.datatype, looks_numeric=looks_numeric):
            raise LexicalError(_BAD_VALUE, reason, "give a value of the concept's type")
        if self.datatype is not None and holds_names(self.datatype):
            return write_names(value, self.datatype, self.prefixes, code=_BAD_VALUE)
        return value


class AspectWriter:
    """Finds or makes the texts that facts share.

    ``aspects`` (by identity of concept and unit, and language) and ``contexts`` (by identity) answer for objects seen
    before without comparing them. The objects are held on to, and all is forgotten before it grows large.
    """

    def __init__(self, vocabulary: Vocabulary, prefixes: AliasChooser) -> None:
        self.aspects: dict[tuple[int, int, str | None], Aspects] = {}
        self.contexts: dict[int, str] = {}
        self.context_errors: dict[str, LexicalError] = {}
        self._vocabulary = vocabulary
        self._prefixes = prefixes
        self._aspects: dict[tuple[QName, Unit | None, str | None], Aspects] = {}
        self._contexts: dict[Context, str] = {}
        self._held: list[object] = []

    def find_aspects(self, fact: Fact) -> Aspects:
        """The aspects of ``fact``, by value."""
        key = (fact.concept, fact.unit, fact.language)
        aspects = self._aspects.get(key)
        if aspects is None:
            aspects = self._aspects[key] = self._make(fact)
        self._hold(key)
        self.aspects[id(fact.concept), id(fact.unit), fact.language] = aspects
        return aspects

    def find_context(self, context: Context) -> str:
        """The text of a context, by value, with a comma before it; ``context_errors`` says what is wrong with it."""
        text = self._contexts.get(context)
        if text is None:
            try:
                text = "".join(f", {part}" for part in self._parts(context))
            except LexicalError as error:
                text = f", ?{len(self.context_errors)}"
                self.context_errors[text] = error
            self._contexts[context] = text
        self._hold(context)
        self.contexts[id(context)] = text
        return text

    def _hold(self, thing: object) -> None:
        if len(self._held) >= _HELD:
            for cache in (self.aspects, self.contexts, self._aspects, self._contexts, self._held):
                cache.clear()
        self._held.append(thing)

    def _make(self, fact: Fact) -> Aspects:
        datatype = self._vocabulary.datatypes.get(fact.concept)
        error: LexicalError | None = None
        text = ""
        try:
            text = ", ".join(self._own_parts(fact, datatype))
        except LexicalError as raised:
            error = raised
        return Aspects(
            text=text,
            datatype=datatype,
            has_unit=fact.unit is not None,
            prefixes=self._prefixes,
            # Without its type a fact is a number for sure only if it has a unit.
            quick=None if error else quick_matcher(datatype, looks_numeric=fact.unit is not None),
            is_free_text=error is None and is_free_text(datatype),
            may_have_decimals=datatype is None or datatype.is_numeric,
            error=error,
        )

    def _own_parts(self, fact: Fact, datatype: DataType | None) -> Iterator[str]:
        if fact.concept.namespace == OIM:
            raise LexicalError("xbrlje:invalidJSONStructure", f"{fact.concept} is no concept of a taxonomy")
        yield f'"concept": {quote(format_qname(_lawful(fact.concept), self._prefixes))}'
        if fact.unit is not None:
            if datatype is not None and not datatype.is_numeric:
                raise LexicalError("oime:misplacedUnitDimension", f"{fact.concept} is not numeric but has a unit")
            for measure in (*fact.unit.numerators, *fact.unit.denominators):
                _lawful(measure)
            yield f'"unit": {quote(format_unit(fact.unit, self._prefixes))}'
        if fact.language is not None:
            if datatype is not None and not datatype.is_text:
                raise LexicalError("oime:misplacedLanguageDimension", f"{fact.concept} is no text but has a language")
            yield f'"language": {quote(lower_language(fact.language))}'

    def _parts(self, context: Context) -> Iterator[str]:
        if context.entity is not None:
            yield f'"entity": {quote(self._entity(context.entity))}'
        if not isinstance(context.period, Forever):
            yield f'"period": {quote(context.period.oim)}'
        for dimension in context.dimensions:
            if dimension.axis.namespace == OIM:
                raise LexicalError("xbrlje:invalidJSONStructure", f"{dimension.axis} is no dimension of a taxonomy")
            yield f"{quote(format_qname(_lawful(dimension.axis), self._prefixes))}: {self._dimension(dimension)}"

    def _entity(self, entity: Entity) -> str:
        if (entity.scheme, entity.identifier) == (ENTITIES, NO_ENTITY):
            raise LexicalError(
                "oime:invalidUseOfReservedIdentifier", "the entity NA stands for no entity", "leave the entity out"
            )
        if (character := unlawful_character(entity.identifier)) is not None:
            raise LexicalError("oimce:invalidSQName", f"the entity identifier holds the character {character}")
        return format_entity(entity, self._prefixes)

    def _dimension(self, dimension: Dimension) -> str:
        if isinstance(dimension, ExplicitDimension):
            return quote(format_qname(_lawful(dimension.member), self._prefixes))
        if dimension.value is None:
            return "null"
        domain = self._vocabulary.typed_domains.get(dimension.axis)
        datatype = self._vocabulary.datatypes.get(domain) if domain is not None else None
        if reason := why_invalid(dimension.value, datatype, looks_numeric=False):
            raise LexicalError("xbrlje:invalidDimensionValue", f"dimension {dimension.axis}: {reason}")
        return quote(dimension.value)


def _lawful(name: QName) -> QName:
    if not is_ncname(name.local_name):
        raise LexicalError("xbrlje:invalidJSONStructure", f"{shortened(name.local_name)} is no local name")
    return name


def lower_language(language: str) -> str:
    """The language tag in lower case; raises `LexicalError` if it is none."""
    lowered = language.lower()
    if not _LANGUAGE.fullmatch(lowered):
        raise LexicalError("xbrlje:invalidJSONStructure", f"{shortened(language)} is no language tag", "write it as en")
    return lowered


_IN_MEMORY: Final = 4 * 1024**2
_COPY: Final = 1024**2


class Spool:
    """Bytes written once, in order, and read back once. A context manager: leaving it frees the space."""

    def __init__(self, *, in_memory: int = _IN_MEMORY) -> None:
        self._chunks: list[bytes] = []
        self._room = in_memory
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._chunks.clear()
        if self._file is not None:
            self._file.close()

    def write(self, data: bytes) -> None:
        """Add ``data`` at the end."""
        if self._file is not None:
            self._file.write(data)
            return
        self._chunks.append(data)
        self._room -= len(data)
        if self._room < 0:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
            self._file.writelines(self._chunks)
            self._chunks.clear()

    def copy_to(self, stream: BinaryIO) -> None:
        """All that was written, to ``stream``."""
        if self._file is None:
            for chunk in self._chunks:
                stream.write(chunk)
            return
        self._file.seek(0)
        shutil.copyfileobj(self._file, stream, _COPY)

    def lines(self) -> Iterator[bytes]:
        """All that was written, line by line, each with its line feed."""
        if self._file is None:
            rest = b""
            for chunk in self._chunks:
                *whole, rest = (rest + chunk).split(b"\n")
                yield from (line + b"\n" for line in whole)
            if rest:
                yield rest
            return
        self._file.seek(0)
        yield from self._file


NOTE = QName(OIM, "note", prefix="xbrl")


class JsonLinks:
    """The links of a report by the fact they start from."""

    def __init__(self, links: Iterable[Link]) -> None:
        self.types, self.groups = link_type_aliases(), link_group_aliases()
        self.sources: dict[str, dict[str, dict[str, list[str]]]] = {}
        self._links = tuple(dict.fromkeys(links))
        for link in self._links:
            kind = self.types.alias(link.type, last_segment(link.type))
            group = self.groups.alias(link.group, last_segment(link.group))
            self.sources.setdefault(link.source, {}).setdefault(kind, {}).setdefault(group, []).append(link.target)

    def of(self, id_: str) -> str:
        """The ``links`` member of the fact ``id_``, with the comma before it."""
        return f', "links": {json.dumps(self.sources[id_], ensure_ascii=False)}'

    def check(self, ids: Container[str], notes: AbstractSet[str]) -> Iterator[Finding]:
        """Links whose ends are not there or not allowed, and notes that nothing links to.

        ``ids`` are those of the facts and notes, ``notes`` those of the notes alone.
        """
        for link in self._links:
            if link.source not in ids or link.source in notes:
                yield _finding("exporter:unknownLinkSource", f"no fact {link.source!r} for a link to start at", link)
            if link.target not in ids:
                yield _finding("xbrlje:unknownLinkTarget", f"no fact {link.target!r} for a link to lead to", link)
            elif link.type == ARCROLE_FACT_FOOTNOTE and link.target not in notes:
                message = f"a footnote link leads to {link.target!r}, which is no footnote"
                yield _finding("oime:illegalStandardFootnoteTarget", message, link)
        for unused in sorted(notes - {link.target for link in self._links}):
            yield Finding(
                code="oime:unusedNoteFact",
                message=f"nothing links to the footnote {unused!r}",
                location=Location(fact=unused),
                fix="link it from a fact or leave it out",
            )


def _finding(code: str, message: str, link: Link) -> Finding:
    return Finding(code=code, message=message, location=Location(fact=link.source), fix="correct the link's ends")


def write_notes(
    notes: Iterable[FootnoteResource],
    prefixes: AliasChooser,
    add: Callable[[Finding], None],
    body: Spool,
    *,
    first: bool,
) -> None:
    """The footnotes as facts of ``xbrl:note``; ``first`` says that nothing stands before them."""
    seen: set[str] = set()
    for note in notes:
        if note.id in seen or not is_ncname(note.id):
            message = f"the footnote id {note.id!r} is {'given twice' if note.id in seen else 'no XML name'}"
            add(Finding(code="xbrlje:invalidJSONStructure", message=message, location=Location(fact=note.id)))
            continue
        seen.add(note.id)
        try:
            check_fragment(note.content)
            language = lower_language(note.language)
        except LexicalError as error:
            add(error.finding(Location(fact=note.id)))
            continue
        concept = f"{prefixes.alias(OIM)}:{NOTE.local_name}"
        text = (
            f'{"" if first else ","}\n    "{note.id}": {{"value": {quote(note.content)}, "dimensions": '
            f'{{"concept": "{concept}", "noteId": "{note.id}", "language": "{language}"}}}}'
        )
        body.write(text.encode())
        first = False
