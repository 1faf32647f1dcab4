"""What the facts of a document refer to: prefixes, contexts, units, and the footnotes of Inline XBRL 1.0."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from exporter.findings import FindingLog, shortened
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.tags import InlineVersion
from exporter.formats.xbrl_xml.concepts import ConceptForm
from exporter.formats.xbrl_xml.write.checks import FactChecks, check_name
from exporter.formats.xbrl_xml.write.text import ContextText, FootnoteText, Prefixes
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.qname import QName, is_ncname
from exporter.model.report import Report
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, CUSTOMARY_PREFIXES, ROLE_LINK
from exporter.transformations import IXT_4, IXT_SEC

_NEWER = "write Inline XBRL 1.1"


class FootnoteRefs:
    """What the links of a report become in Inline XBRL 1.0; what has no place there goes to ``log``."""

    def __init__(self, report: Report, log: FindingLog) -> None:
        notes = {note.id for note in report.footnotes}
        self._refs: dict[str, list[str]] = {}
        self._roles: dict[str, tuple[str, str]] = {}
        for link in dict.fromkeys(report.links):
            roles = link.type, link.group
            if link.target not in notes:
                message = f"the link from {link.source!r} leads to the fact {link.target!r}, not to a footnote"
                log.error("exporter:notInInline10", message, _NEWER, fact=link.source)
            elif self._roles.setdefault(link.target, roles) != roles:
                message = f"the footnote {shortened(link.target)} is linked in two ways, and there is place for one"
                log.error("exporter:notInInline10", message, _NEWER, fact=link.source)
            else:
                self._refs.setdefault(link.source, []).append(link.target)

    def of(self, fact: str) -> list[str]:
        """The footnotes of a fact, by their ids."""
        return self._refs.get(fact, [])

    def attributes(self, note: str) -> list[tuple[str, str]]:
        """The attributes of ``ix:footnote`` that say how it is linked."""
        arcrole, role = self._roles.get(note, (ARCROLE_FACT_FOOTNOTE, ROLE_LINK))
        attributes = [] if arcrole == ARCROLE_FACT_FOOTNOTE else [("arcrole", arcrole)]
        return attributes if role == ROLE_LINK else [*attributes, ("footnoteLinkRole", role)]


_LANGUAGE: Final = standard_type("languageItemType")
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Resources:
    """Prefixes, contexts and units of one document, each once, in the order of first use.

    ``refs`` say how facts name their footnotes in Inline XBRL 1.0; ``None`` where the version is 1.1.

    Args:
        report: what the vocabulary, the preferred prefixes, the footnotes and links are taken from.
        log: takes what cannot be written; a new list by default.
        registry: the transformation registry that the prefix ``ixt`` stands for.
        bound: prefixes that the document declares already, as a document does that is being tagged.
        name_context: gives a context its id; ``c1``, ``c2`` … by default and where it gives none.
        version: of Inline XBRL.
    """

    def __init__(
        self,
        report: Report,
        log: FindingLog | None = None,
        *,
        registry: str = IXT_4,
        bound: Mapping[str, str] = _NOTHING,
        name_context: Callable[[Context], str | None] | None = None,
        version: InlineVersion = "1.1",
    ) -> None:
        self.report = report
        self.log = FindingLog() if log is None else log
        own = tags.NAMESPACES[version]
        customary = {**CUSTOMARY_PREFIXES, "ix": own, "ixt": registry, "ixt-sec": IXT_SEC}
        self.prefixes = Prefixes(report.namespaces, customary=customary, bound=bound)
        self.prefixes.use(own)
        self._context_text = ContextText(report.vocabulary, self.prefixes, self.log)
        self.footnotes = FootnoteText(report, self.prefixes, self.log)
        self.refs = FootnoteRefs(report, self.log) if version == "1.0" else None
        self.ids: set[str] = set()
        self.checks = FactChecks(self.log, self.ids)
        self._name_context = name_context
        self._concepts: dict[QName, tuple[ConceptForm, str]] = {}
        self._contexts: dict[Context, str] = {}
        self._units: dict[Unit | None, str] = {}
        self._texts: dict[str, str] = {}
        self._languages: dict[str, str | None] = {}

    # -- ids

    def claim(self, ids: Iterable[str]) -> None:
        """Keep ids that belong to facts and other parts of the document from being given to contexts and units."""
        self.ids.update(ids)

    def free_id(self, stem: str) -> str:
        """An id that begins with ``stem`` and is nobody's; it is claimed."""
        free = next(id_ for tail in itertools.count() if (id_ := stem + "_" * tail) not in self.ids)
        self.ids.add(free)
        return free

    # -- what facts share

    def concept(self, name: QName) -> tuple[ConceptForm, str]:
        """What is known of a concept, and its name as it is written."""
        known = self._concepts.get(name)
        if known is None:
            check_name(self.log, name, "the concept")
            if not name.namespace:
                self.log.error("exporter:invalidName", f"the concept {name.local_name} has no namespace")
            known = ConceptForm(name, self.report.vocabulary.datatypes.get(name)), self.prefixes.name(name)
            self._concepts[name] = known
        return known

    def is_numeric(self, fact: Fact) -> bool:
        """Whether the fact is a number: by its concept's type, or by its looks."""
        numeric = self.concept(fact.concept)[0].numeric
        return fact.looks_numeric if numeric is None else numeric

    def context_ref(self, context: Context) -> str:
        """The id of a context, which is written from now on."""
        id_ = self._contexts.get(context)
        if id_ is None:
            id_ = self._contexts[context] = self._context_id(context)
            self._texts[id_] = f'<xbrli:context id="{id_}">\n{self._context_text.format_context(context)}'
        return id_

    def _context_id(self, context: Context) -> str:
        chosen = None if self._name_context is None else self._name_context(context)
        if chosen is None:
            return self.free_id(f"c{len(self._contexts) + 1}")
        if not is_ncname(chosen):
            self.log.error("exporter:invalidId", f"the id of a context is an XML name, got {chosen!r}")
        return self.free_id(chosen)

    def unit_ref(self, unit: Unit | None) -> str:
        """The id of a unit, which is written from now on; ``None`` is the pure number."""
        id_ = self._units.get(unit)
        if id_ is None:
            id_ = self._units[unit] = self.free_id(f"u{len(self._units) + 1}")
            self._texts[id_] = f'<xbrli:unit id="{id_}">\n{self._context_text.format_unit(unit)}'
        return id_

    def language(self, language: str, *, fact: str | None = None) -> str | None:
        """The language as it is written, or ``None`` where it is none, which is noted."""
        if language not in self._languages:
            valid = _LANGUAGE.is_valid(language)
            self._languages[language] = language if valid else None
            if not valid:
                self.log.error("oime:invalidLanguage", f"{language!r} is no language", fact=fact)
        return self._languages[language]

    # -- as text

    def format_contexts_and_units(self) -> Iterator[str]:
        """``xbrli:context`` and ``xbrli:unit`` elements."""
        for kind, ids in (("context", self._contexts.values()), ("unit", self._units.values())):
            for id_ in ids:
                yield f"{self._texts[id_]}</xbrli:{kind}>\n"

    @property
    def declarations(self) -> list[tuple[str, str]]:
        """Prefix and namespace of all that is used, by prefix."""
        return self.prefixes.declarations
