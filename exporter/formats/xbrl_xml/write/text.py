"""Prefixes, contexts, units, footnotes and links as XML text, each made once (XBRL 2.1 sections 4.7 to 4.11)."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from exporter.findings import FindingLog
from exporter.formats.oim.xhtml import check_fragment, has_markup
from exporter.formats.xbrl_xml.write.checks import check_name, xml_attribute, xml_text
from exporter.model.dimensions import Context, Dimension, Entity, ExplicitDimension, TypedDimension
from exporter.model.period import Duration, Instant, xml_end, xml_start
from exporter.model.qname import QName, is_ncname
from exporter.model.report import FootnoteResource, Link, Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import PURE, Unit
from exporter.namespaces import (
    ARCROLE_FACT_EXPLANATORY,
    ARCROLE_FACT_FOOTNOTE,
    CUSTOMARY_PREFIXES,
    ENTITIES,
    LINK,
    ROLE_FOOTNOTE,
    ROLE_LINK,
    XBRLDI,
    XBRLI,
    XHTML,
    XLINK,
    XSI,
)

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class Prefixes:
    """Gives out prefixes on first use; the order of use decides where wishes clash.

    ``preferred`` maps preferred prefixes to namespaces; a name's own preference comes before it. ``customary`` ones are
    kept for their namespaces. ``bound`` are those that the document declares already: no other namespace gets them,
    and a namespace without a customary prefix is written with its own.
    """

    def __init__(
        self,
        preferred: Mapping[str, str],
        *,
        customary: Mapping[str, str] = CUSTOMARY_PREFIXES,
        bound: Mapping[str, str] = _NOTHING,
    ) -> None:
        self._expected = {uri: prefix for prefix, uri in preferred.items()}
        self._customary = {uri: prefix for prefix, uri in customary.items() if bound.get(prefix, uri) == uri}
        self._bound = {uri: prefix for prefix, uri in bound.items()}
        self._names: dict[QName, str] = {}
        self._used: dict[str, str] = {}
        self._taken = {*customary, *bound}

    def use(self, namespace: str, preferred: str | None = None) -> str:
        """The prefix of ``namespace``, which is declared from now on."""
        prefix = self._used.get(namespace)
        if prefix is None:
            prefix = self._used[namespace] = self._choose(namespace, preferred)
            self._taken.add(prefix)
        return prefix

    def name(self, name: QName) -> str:
        """The name as written: with its prefix, or alone where it has no namespace."""
        written = self._names.get(name)
        if written is None:
            prefix = self.use(name.namespace, name.prefix) + ":" if name.namespace else ""
            written = self._names[name] = prefix + name.local_name
        return written

    def _choose(self, namespace: str, preferred: str | None) -> str:
        if namespace in self._customary:
            return self._customary[namespace]
        if namespace in self._bound:
            return self._bound[namespace]
        wishes = [wish for wish in (preferred, self._expected.get(namespace)) if wish and is_ncname(wish)]
        wishes = [wish for wish in wishes if not wish.lower().startswith("xml")]
        for wish in wishes:
            if wish not in self._taken:
                return wish
        base = wishes[0] if wishes else "ns"
        return next(prefix for n in itertools.count(1) if (prefix := f"{base}{n}") not in self._taken)

    @property
    def declarations(self) -> list[tuple[str, str]]:
        """Prefix and namespace of all that is used, by prefix."""
        return sorted((prefix, uri) for uri, prefix in self._used.items())


_NO_ENTITY: Final = Entity(ENTITIES, "NA")


class ContextText:
    """Writes contexts and units without their ids, which are given out at the end."""

    def __init__(self, vocabulary: Vocabulary, prefixes: Prefixes, log: FindingLog) -> None:
        self._vocabulary = vocabulary
        self._prefixes = prefixes
        self._log = log
        self._unknown: set[QName] = set()
        prefixes.use(XBRLI)

    def format_context(self, context: Context) -> str:
        """The content of ``xbrli:context``, one element a line."""
        dimensions = [f"{line}\n" for dimension in context.dimensions for line in self._dimension(dimension)]
        segment = scenario = ""
        if dimensions and self._vocabulary.context_element == "segment":
            inner = "".join(f"        {line}" for line in dimensions)
            segment = f"      <xbrli:segment>\n{inner}      </xbrli:segment>\n"
        elif dimensions:
            inner = "".join(f"      {line}" for line in dimensions)
            scenario = f"    <xbrli:scenario>\n{inner}    </xbrli:scenario>\n"
        entity, period = context.entity, context.period
        if entity == _NO_ENTITY:
            message = f"the entity NA of {ENTITIES} is reserved for facts without an entity"
            self._log.error("oime:invalidUseOfReservedIdentifier", message, "leave the entity out")
        entity = entity or _NO_ENTITY
        scheme = xml_attribute(self._log, entity.scheme, "an entity scheme")
        text = xml_text(self._log, entity.identifier, "an entity identifier")
        dates = "      <xbrli:forever/>\n"
        if isinstance(period, Instant):
            dates = f"      <xbrli:instant>{xml_end(period.moment)}</xbrli:instant>\n"
        elif isinstance(period, Duration):
            dates = (
                f"      <xbrli:startDate>{xml_start(period.start)}</xbrli:startDate>\n"
                f"      <xbrli:endDate>{xml_end(period.end)}</xbrli:endDate>\n"
            )
        return (
            f'    <xbrli:entity>\n      <xbrli:identifier scheme="{scheme}">{text}</xbrli:identifier>\n{segment}'
            f"    </xbrli:entity>\n    <xbrli:period>\n{dates}    </xbrli:period>\n{scenario}"
        )

    def _dimension(self, dimension: Dimension) -> Iterator[str]:
        check_name(self._log, dimension.axis, "the dimension")
        self._prefixes.use(XBRLDI)
        axis = self._prefixes.name(dimension.axis)
        if isinstance(dimension, ExplicitDimension):
            check_name(self._log, dimension.member, "the member")
            member = self._prefixes.name(dimension.member)
            yield f'<xbrldi:explicitMember dimension="{axis}">{member}</xbrldi:explicitMember>'
            return
        yield f'<xbrldi:typedMember dimension="{axis}">'
        yield f"  {self._typed_value(dimension)}"
        yield "</xbrldi:typedMember>"

    def _typed_value(self, dimension: TypedDimension) -> str:
        domain = self._vocabulary.typed_domains.get(dimension.axis)
        if domain is None:
            self._report_unknown(dimension.axis)
            return ""
        check_name(self._log, domain, "the typed domain")
        tag = self._prefixes.name(domain)
        if dimension.value is None:
            self._prefixes.use(XSI)
            return f'<{tag} xsi:nil="true"/>'
        text = self._checked(dimension.value, dimension.axis, domain)
        return f"<{tag}>{xml_text(self._log, text, f'a value of {dimension.axis}')}</{tag}>"

    def _checked(self, value: str, axis: QName, domain: QName) -> str:
        datatype = self._vocabulary.datatypes.get(domain)
        if datatype is None:
            return value
        if not datatype.is_valid(value):
            message = f"{value!r} is no value of the dimension {axis}, expected {datatype.name}"
            self._log.error("xbrldie:IllegalTypedDimensionContentError", message)
            return ""
        return write_qname(value, self._prefixes) if datatype.base == "QName" else value

    def _report_unknown(self, axis: QName) -> None:
        if axis not in self._unknown:
            self._unknown.add(axis)
            self._log.error(
                "exporter:typedDomainUnknown",
                f"the domain element of the typed dimension {axis} is not known, and XML cannot be written without it",
                "give the taxonomy, or name the element in vocabulary.typed_domains",
            )

    def format_unit(self, unit: Unit | None) -> str:
        """The content of ``xbrli:unit``; ``None`` is the pure number."""
        if unit is None:
            return self._measures((PURE,), "    ")
        if not unit.denominators:
            return self._measures(unit.numerators, "    ")
        return (
            f"    <xbrli:divide>\n      <xbrli:unitNumerator>\n{self._measures(unit.numerators, '        ')}"
            f"      </xbrli:unitNumerator>\n      <xbrli:unitDenominator>\n"
            f"{self._measures(unit.denominators, '        ')}      </xbrli:unitDenominator>\n    </xbrli:divide>\n"
        )

    def _measures(self, measures: tuple[QName, ...], indent: str) -> str:
        for measure in measures:
            check_name(self._log, measure, "the measure")
        names = [self._prefixes.name(measure) for measure in measures]
        return "".join(f"{indent}<xbrli:measure>{name}</xbrli:measure>\n" for name in names)


def write_qname(clark: str, prefixes: Prefixes) -> str:
    """A value in Clark notation as XML writes it.

    Raises:
        ModelError: the text is not in Clark notation.
    """
    if clark.startswith("{}"):
        return clark[2:]
    return prefixes.name(QName.parse(clark))


_LANGUAGE: Final = standard_type("languageItemType")
_KNOWN_HREFS: Final = {
    ARCROLE_FACT_EXPLANATORY: "http://www.xbrl.org/lrr/arcrole/factExplanatory-2009-12-16.xsd#fact-explanatoryFact"
}


class FootnoteText:
    """Writes the links of a report, after checking that they can be written."""

    def __init__(self, report: Report, prefixes: Prefixes, log: FindingLog) -> None:
        self._report = report
        self._log = log
        self._notes = {note.id: note for note in report.footnotes}
        self._links = tuple(dict.fromkeys(report.links))
        prefixes.use(LINK)
        prefixes.use(XLINK)

    def check(self, fact_ids: Container[str]) -> None:
        """Note what cannot be written."""
        linked = {link.target for link in self._links}
        for note in self._report.footnotes:
            self._check_note(note, fact_ids, linked)
        if len(self._notes) != len(self._report.footnotes):
            self._log.error("exporter:duplicateId", "two footnotes have the same id", "give each its own")
        for link in self._links:
            self._check_link(link, fact_ids)

    def _check_note(self, note: FootnoteResource, fact_ids: Container[str], linked: Container[str]) -> None:
        if note.id not in linked:
            message = f"the footnote {note.id!r} is linked from no fact"
            self._log.error("oime:unusedNoteFact", message, "link a fact to it, or take it out")
        if not is_ncname(note.id):
            self._log.error("exporter:invalidId", f"the id of a footnote is an XML name, got {note.id!r}")
        elif note.id in fact_ids:
            self._log.error("exporter:duplicateId", f"the id {note.id!r} belongs to a fact and to a footnote")
        if not _LANGUAGE.is_valid(note.language):
            self._log.error("oime:invalidLanguage", f"{note.language!r} is no language (footnote {note.id!r})")
        if error := check_fragment(note.content):
            code, message = error
            self._log.error(code, f"{message} (footnote {note.id!r})", "escape & and < in plain text")

    def _check_link(self, link: Link, fact_ids: Container[str]) -> None:
        if link.source not in fact_ids:
            message = f"a link starts at {link.source!r}, which is no fact of the report"
            self._log.error("exporter:danglingLink", message)
        if link.target not in fact_ids and link.target not in self._notes:
            message = f"a link leads to {link.target!r}, which is neither a fact nor a footnote of the report"
            self._log.error("exporter:danglingLink", message)
        elif link.type == ARCROLE_FACT_FOOTNOTE and link.target not in self._notes:
            message = f"a link with the standard arcrole leads to the fact {link.target!r} instead of a footnote"
            fix = f"for a link between facts use {ARCROLE_FACT_EXPLANATORY} or an arcrole of the taxonomy"
            self._log.error("oime:illegalStandardFootnoteTarget", message, fix)

    def format_references(self) -> Iterator[str]:
        """``roleRef`` and ``arcroleRef`` of all that is not standard, in the order of use."""
        roles = dict.fromkeys(link.group for link in self._links if link.group != ROLE_LINK)
        arcroles = dict.fromkeys(link.type for link in self._links if link.type != ARCROLE_FACT_FOOTNOTE)
        for uris, name in ((roles, "role"), (arcroles, "arcrole")):
            for uri in uris:
                href = self._report.vocabulary.role_hrefs.get(uri) or _KNOWN_HREFS.get(uri)
                if href is None:
                    message = f"the {name} {uri} is not declared in the taxonomy, as far as it is known"
                    fix = "give the taxonomy, or say where it is declared in vocabulary.role_hrefs"
                    self._log.error("xbrlxe:nonStandardRoleDefinitionNotInDTS", message, fix)
                    continue
                uri_text, place = self._attribute(uri), self._attribute(href)
                yield f'  <link:{name}Ref {name}URI="{uri_text}" xlink:type="simple" xlink:href="{place}"/>\n'

    def format_links(self) -> Iterator[str]:
        """The footnote links, group by group in the order of use."""
        written: set[str] = set()
        for group in dict.fromkeys(link.group for link in self._links):
            links = [link for link in self._links if link.group == group]
            yield f'  <link:footnoteLink xlink:type="extended" xlink:role="{self._attribute(group)}">\n'
            yield from self._group(links, written)
            yield "  </link:footnoteLink>\n"

    def _group(self, links: list[Link], written: set[str]) -> Iterator[str]:
        ends = dict.fromkeys(end for link in links for end in (link.source, link.target))
        for end in ends:
            if end not in self._notes:
                yield self._locator(end, end)
        for end in ends:
            if end in self._notes:
                yield self._footnote(self._notes[end], with_id=end not in written)
                written.add(end)
        # XLink allows one arc from label to label in a link: a further type starts at a further label.
        labels: dict[tuple[str, str], list[str]] = {}
        extra: set[str] = set()
        for link in links:
            types = labels.setdefault((link.source, link.target), [])
            types.append(link.type)
            label = link.source if len(types) == 1 else f"{link.source}_{len(types)}"
            while label != link.source and label in ends:
                label += "_"
            if label != link.source and label not in extra:
                extra.add(label)
                yield self._locator(link.source, label)
            yield (
                f'    <link:footnoteArc xlink:type="arc" xlink:arcrole="{self._attribute(link.type)}"'
                f' xlink:from="{label}" xlink:to="{link.target}"/>\n'
            )

    def _locator(self, id_: str, label: str) -> str:
        return f'    <link:loc xlink:type="locator" xlink:href="#{id_}" xlink:label="{label}"/>\n'

    def _footnote(self, note: FootnoteResource, *, with_id: bool) -> str:
        own = f' id="{note.id}"' if with_id else ""
        default = f' xmlns="{XHTML}"' if has_markup(note.content) else ""
        content = xml_text(self._log, note.content, f"the footnote {note.id!r}") and note.content.replace("\r", "&#13;")
        return (
            f'    <link:footnote{default} xlink:type="resource" xlink:label="{note.id}"{own}'
            f' xlink:role="{ROLE_FOOTNOTE}" xml:lang="{note.language}">{content}</link:footnote>\n'
        )

    def _attribute(self, text: str) -> str:
        return xml_attribute(self._log, text, "a URI")
