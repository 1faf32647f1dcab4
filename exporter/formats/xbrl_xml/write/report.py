"""Write a report as an XBRL 2.1 instance: as text, in one pass over the facts.

The facts go to a spool while contexts, units and namespaces are gathered; head and spool are put together at the end,
so that nothing reaches the stream before everything has been checked.
"""

from __future__ import annotations

import io
import itertools
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Final

from exporter.errors import ModelError, WriteError
from exporter.findings import FindingLog
from exporter.formats.oim.ids import IdLedger, find_repeated
from exporter.formats.options import DEFAULT_CONTEXT, WriteContext
from exporter.formats.xbrl_xml.concepts import ConceptForm
from exporter.formats.xbrl_xml.write.checks import SPECIAL, FactChecks, check_name, xml_attribute, xml_text
from exporter.formats.xbrl_xml.write.text import ContextText, FootnoteText, Prefixes, write_qname
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.qname import QName, is_ncname
from exporter.model.report import Report
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.namespaces import XSI
from exporter.resources.targets import Target

_SPOOL_SIZE: Final = 4 * 1024**2
_BATCH: Final = 2000
_LANGUAGE: Final = standard_type("languageItemType")
# How every fact starts; text never holds a bare "<", so nothing else can look like it.
_FACT_ID: Final = re.compile(rb'  <[^ >]+ contextRef="[^"]*"(?: (?!id=)[\w:.-]+="[^"]*")* id="([^"]*)"')
_REFERENCES: Final = re.compile(rb'^(  <[^ ]+ contextRef=")(?:c([0-9]+)|([^"]*))("(?: unitRef=")?)(?:u([0-9]+))?')
_NUMBERED: Final = re.compile(r"c_*[0-9]+|u_*[0-9]+")


def write(report: Report, target: Target, context: WriteContext = DEFAULT_CONTEXT) -> int:
    """Write ``report`` to ``target``, untouched where it cannot be written, and return the number of facts.

    Contexts and units stand before the facts, each once, in the order of their first use. A numeric fact without unit
    gets the unit ``xbrli:pure``, one without decimals is exact (``INF``). The same report gives the same bytes.

    Raises:
        WriteError: with every finding: no taxonomy, a base URL (XML has no place for it), a typed dimension whose
            domain element or a role whose declaration is unknown, a value that its type or XML does not allow, ids
            that clash.
    """
    return _InstanceWriter(report, context.name_context).write(target, context.facts_of(report))


def _fact_ids(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The ids in the start tags of facts; in a value the sign < does not stand."""
    for line in lines:
        match = _FACT_ID.match(line)
        if match:
            yield match[1]


class _InstanceWriter:
    def __init__(self, report: Report, name_context: Callable[[Context], str | None] | None) -> None:
        self._report = report
        self._name_context = name_context
        self._named: dict[int, str] = {}  # ids that contexts were given, by their numbers
        self._names: set[str] = set()
        self._log = FindingLog()
        self._prefixes = Prefixes(report.namespaces)
        self._context_text = ContextText(report.vocabulary, self._prefixes, self._log)
        self._footnotes = FootnoteText(report, self._prefixes, self._log)
        self._concepts: dict[QName, tuple[ConceptForm, str]] = {}
        self._contexts: dict[Context, str] = {}
        self._units: dict[Unit | None, str] = {}
        self._languages: dict[str | None, str] = {None: ""}
        linked = {end for link in report.links for end in (link.source, link.target)}
        self._ids = IdLedger(linked | {note.id for note in report.footnotes})  # which must be found again
        self._checks = FactChecks(self._log, self._ids)
        self._texts: dict[str, list[str]] = {"context": [], "unit": []}

    def write(self, target: Target, facts: Iterable[Fact]) -> int:
        if not self._report.taxonomy:
            message = "a report refers to at least one schema"
            self._log.error("oime:noTaxonomy", message, "give the report a taxonomy")
        if self._report.base_url is not None:
            message = f"XML has no place for the base URL {self._report.base_url}"
            self._log.error("exporter:baseUrlNotInXml", message, "set base_url to None, or write xBRL-JSON")
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL_SIZE) as spool:
            count = 0
            lines = self._lines(facts)
            while batch := list(itertools.islice(lines, _BATCH)):
                count += len(batch)
                spool.write("".join(batch).encode("utf-8", "replace"))
            if suspects := self._ids.suspects():
                self._report_repeated(suspects, spool)
            references = links = ""
            if self._report.footnotes or self._report.links:
                self._footnotes.check(self._ids)
                references = "".join(self._footnotes.format_references())
                links = "".join(self._footnotes.format_links())
            tail = self._free_tail()
            head = self._head(references, tail)
            self._log.raise_as(WriteError)
            with target.open() as stream:
                stream.write(head.encode())
                spool.seek(0)
                if tail:
                    stream.writelines(_renamed(spool, tail.encode()))
                else:
                    shutil.copyfileobj(spool, stream, 1024 * 1024)
                stream.write(f"{links}</xbrli:xbrl>\n".encode())
        return count

    def _report_repeated(self, suspects: frozenset[int], spool: IO[bytes]) -> None:
        """Ids that stand twice, where there were too many of them to be kept."""
        spool.seek(0)
        for id_ in find_repeated((match.decode() for match in _fact_ids(spool)), suspects):
            message = f"two facts have the id {id_!r}"
            self._log.error("exporter:duplicateId", message, "give each its own", fact=id_)
        spool.seek(0, io.SEEK_END)

    # -- facts

    def _lines(self, facts: Iterable[Fact]) -> Iterator[str]:
        contexts, units, concepts, languages = self._contexts, self._units, self._concepts, self._languages
        ids = self._ids
        for fact in facts:
            concept, tag = concepts.get(fact.concept) or self._new_concept(fact.concept)
            context = contexts.get(fact.context) or self._new_context(fact.context)
            numeric = fact.looks_numeric if concept.numeric is None else concept.numeric
            value, id_, language = fact.value, fact.id, fact.language
            named = ""
            if id_ is not None:
                if id_ in ids or not is_ncname(id_):
                    self._checks.report_id(id_)
                ids.add(id_)
                named = f' id="{id_}"'
            if value is None:
                yield self._nil(fact, concept, tag, context, named, numeric=numeric)
            elif numeric:
                unit = units.get(fact.unit) or self._new_unit(fact.unit)
                if fact.unit not in concept.units:
                    self._checks.check_unit(fact, concept)
                check = concept.numeric_check
                if language is not None or (check is not None and not check(value)):
                    self._checks.check_number(fact, concept)
                if SPECIAL.search(value):
                    value = xml_text(self._log, value, f"a value of {fact.concept}", fact=id_)
                accuracy = "INF" if fact.decimals is None else fact.decimals
                yield f'  <{tag} {context} {unit} decimals="{accuracy}"{named}>{value}</{tag}>\n'
            else:
                spoken = languages.get(language)
                if spoken is None:
                    spoken = self._new_language(language, id_)
                value = self._text(fact, concept, value)
                yield f"  <{tag} {context}{named}{spoken}>{value}</{tag}>\n"

    def _nil(self, fact: Fact, concept: ConceptForm, tag: str, context: str, named: str, *, numeric: bool) -> str:
        self._prefixes.use(XSI)
        self._checks.check_nil(fact, concept, numeric=numeric)
        unit = ""
        if numeric:
            self._checks.check_unit(fact, concept)
            unit = " " + (self._units.get(fact.unit) or self._new_unit(fact.unit))
        spoken = self._languages.get(fact.language) or self._new_language(fact.language, fact.id)
        return f'  <{tag} {context}{unit}{named}{spoken} xsi:nil="true"/>\n'

    def _text(self, fact: Fact, concept: ConceptForm, value: str) -> str:
        """The value of a fact that is no number, checked and escaped."""
        if concept.datatype is not None:
            if fact.unit is not None or fact.decimals is not None or not concept.text:
                self._checks.check_place(fact, concept, numeric=False)
            if concept.check is not None and not concept.check(value):
                self._checks.report_value(fact, concept)
                return ""
            if concept.datatype.base == "QName":
                value = self._qname(fact, concept, value)
        if not SPECIAL.search(value):
            return value
        return xml_text(self._log, value, f"a value of {fact.concept}", fact=fact.id)

    def _qname(self, fact: Fact, concept: ConceptForm, value: str) -> str:
        try:
            return write_qname(value, self._prefixes)
        except ModelError:
            self._checks.report_value(fact, concept)
            return ""

    # -- what many facts share

    def _new_concept(self, name: QName) -> tuple[ConceptForm, str]:
        check_name(self._log, name, "the concept")
        if not name.namespace:
            self._log.error("exporter:invalidName", f"the concept {name.local_name} has no namespace")
        known = ConceptForm(name, self._report.vocabulary.datatypes.get(name)), self._prefixes.name(name)
        self._concepts[name] = known
        return known

    def _new_context(self, context: Context) -> str:
        texts = self._texts["context"]
        texts.append(self._context_text.format_context(context))
        id_ = f"c{len(texts)}"
        chosen = None if self._name_context is None else self._name_context(context)
        if chosen is not None:
            self._named[len(texts)] = id_ = self._checked_name(chosen)
        reference = self._contexts[context] = f'contextRef="{id_}"'
        return reference

    def _checked_name(self, name: str) -> str:
        if not is_ncname(name) or _NUMBERED.fullmatch(name):
            message = f"the id of a context is an XML name and none like c1, got {name!r}"
            self._log.error("exporter:invalidId", message)
        elif name in self._names:
            self._log.error("exporter:duplicateId", f"two contexts have the id {name!r}", "give each its own")
        self._names.add(name)
        return name

    def _new_unit(self, unit: Unit | None) -> str:
        texts = self._texts["unit"]
        texts.append(self._context_text.format_unit(unit))
        reference = self._units[unit] = f'unitRef="u{len(texts)}"'
        return reference

    def _new_language(self, language: str | None, fact_id: str | None) -> str:
        if language is None:
            return ""
        if not _LANGUAGE.is_valid(language):
            self._log.error("oime:invalidLanguage", f"{language!r} is no language", fact=fact_id)
            return ""
        attribute = self._languages[language] = f' xml:lang="{language}"'
        return attribute

    # -- head

    def _free_tail(self) -> str:
        """What to put behind ``c`` and ``u`` so that no id of a context or unit is a fact's or footnote's."""
        notes = {note.id for note in self._report.footnotes}
        for name in sorted((self._names - set(self._ids.absent(self._names))) | (self._names & notes)):
            message = f"a context has the id {name!r}, which is a fact's or footnote's"
            self._log.error("exporter:duplicateId", message, "give each its own")
        tail = ""
        while True:
            numbered = ((kind[0], number) for kind, texts in self._texts.items() for number in range(1, len(texts) + 1))
            own = {f"{letter}{tail}{number}" for letter, number in numbered}
            if notes.isdisjoint(own) and len(self._ids.absent(own)) == len(own):
                return tail
            tail += "_"

    def _head(self, references: str, tail: str) -> str:
        declared = "".join(
            f'\n    xmlns:{prefix}="{xml_attribute(self._log, uri, "a namespace")}"'
            for prefix, uri in self._prefixes.declarations
        )
        schemas = "".join(
            f'  <link:schemaRef xlink:type="simple" xlink:href="{xml_attribute(self._log, href, "a schema href")}"/>\n'
            for href in self._report.taxonomy
        )
        named: dict[str, dict[int, str]] = {"context": self._named, "unit": {}}
        shared = "".join(
            f'  <xbrli:{kind} id="{named[kind].get(number, f"{kind[0]}{tail}{number}")}">\n{text}  </xbrli:{kind}>\n'
            for kind, texts in self._texts.items()
            for number, text in enumerate(texts, 1)
        )
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<xbrli:xbrl{declared}>\n{schemas}{references}{shared}'


def _renamed(spool: IO[bytes], tail: bytes) -> Iterator[bytes]:
    """The lines of the facts, their references to contexts and units with ``tail``."""

    def rename(match: re.Match[bytes]) -> bytes:
        start, context, named, between, unit = match.groups()
        reference = named if context is None else b"c" + tail + context
        return b"".join([start, reference, between, b"u" + tail + unit if unit else b""])

    return (_REFERENCES.sub(rename, line) for line in spool)
