"""Footnotes and links as text: one ``link:footnoteLink`` for each group (XBRL 2.1 section 4.11)."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from exporter.formats.xbrl_xml.fragments import check_fragment, has_markup
from exporter.formats.xbrl_xml.prefixes import Prefixes
from exporter.formats.xbrl_xml.problems import Problems
from exporter.model.qname import is_ncname
from exporter.model.report import Footnote, Link, Report
from exporter.model.standard_types import standard_type
from exporter.namespaces import (
    ARCROLE_FACT_EXPLANATORY,
    ARCROLE_FACT_FOOTNOTE,
    LINK,
    ROLE_FOOTNOTE,
    ROLE_LINK,
    XHTML,
    XLINK,
)

_LANGUAGE: Final = standard_type("languageItemType")
_KNOWN_HREFS: Final = {
    ARCROLE_FACT_EXPLANATORY: "http://www.xbrl.org/lrr/arcrole/factExplanatory-2009-12-16.xsd#fact-explanatoryFact"
}


class FootnoteText:
    """Writes the links of a report, after checking that they can be written."""

    def __init__(self, report: Report, prefixes: Prefixes, problems: Problems) -> None:
        self._report = report
        self._problems = problems
        self._notes = {note.id: note for note in report.footnotes}
        self._links = tuple(dict.fromkeys(report.links))
        prefixes.use(LINK)
        prefixes.use(XLINK)

    def note_ids(self) -> list[str]:
        """The ids that footnotes take."""
        return list(self._notes)

    def check(self, fact_ids: Container[str]) -> None:
        """Note what cannot be written."""
        linked = {link.target for link in self._links}
        for note in self._report.footnotes:
            self._check_note(note, fact_ids, linked)
        if len(self._notes) != len(self._report.footnotes):
            self._problems.add("exporter:duplicateId", "two footnotes have the same id", "give each its own")
        for link in self._links:
            self._check_link(link, fact_ids)

    def _check_note(self, note: Footnote, fact_ids: Container[str], linked: Container[str]) -> None:
        if note.id not in linked:
            message = f"the footnote {note.id!r} is linked from no fact"
            self._problems.add("oime:unusedNoteFact", message, "link a fact to it, or take it out")
        if not is_ncname(note.id):
            self._problems.add("exporter:invalidId", f"the id of a footnote is an XML name, got {note.id!r}")
        elif note.id in fact_ids:
            self._problems.add("exporter:duplicateId", f"the id {note.id!r} belongs to a fact and to a footnote")
        if not _LANGUAGE.is_valid(note.language):
            self._problems.add("oime:invalidLanguage", f"{note.language!r} is no language (footnote {note.id!r})")
        if fault := check_fragment(note.content):
            code, message = fault
            self._problems.add(code, f"{message} (footnote {note.id!r})", "escape & and < in plain text")

    def _check_link(self, link: Link, fact_ids: Container[str]) -> None:
        if link.source not in fact_ids:
            message = f"a link starts at {link.source!r}, which is no fact of the report"
            self._problems.add("exporter:danglingLink", message)
        if link.target not in fact_ids and link.target not in self._notes:
            message = f"a link leads to {link.target!r}, which is neither a fact nor a footnote of the report"
            self._problems.add("exporter:danglingLink", message)
        elif link.type == ARCROLE_FACT_FOOTNOTE and link.target not in self._notes:
            message = f"a link with the standard arcrole leads to the fact {link.target!r} instead of a footnote"
            mend = f"for a link between facts use {ARCROLE_FACT_EXPLANATORY} or an arcrole of the taxonomy"
            self._problems.add("oime:illegalStandardFootnoteTarget", message, mend)

    def format_references(self) -> Iterator[str]:
        """``roleRef`` and ``arcroleRef`` of all that is not standard, in the order of use."""
        roles = dict.fromkeys(link.group for link in self._links if link.group != ROLE_LINK)
        arcroles = dict.fromkeys(link.type for link in self._links if link.type != ARCROLE_FACT_FOOTNOTE)
        for uris, name in ((roles, "role"), (arcroles, "arcrole")):
            for uri in uris:
                href = self._report.vocabulary.role_hrefs.get(uri) or _KNOWN_HREFS.get(uri)
                if href is None:
                    message = f"the {name} {uri} is not declared in the taxonomy, as far as it is known"
                    mend = "give the taxonomy, or say where it is declared in vocabulary.role_hrefs"
                    self._problems.add("xbrlxe:nonStandardRoleDefinitionNotInDTS", message, mend)
                    continue
                shown, place = self._attribute(uri), self._attribute(href)
                yield f'  <link:{name}Ref {name}URI="{shown}" xlink:type="simple" xlink:href="{place}"/>\n'

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

    def _footnote(self, note: Footnote, *, with_id: bool) -> str:
        own = f' id="{note.id}"' if with_id else ""
        default = f' xmlns="{XHTML}"' if has_markup(note.content) else ""
        content = self._problems.text(note.content, f"the footnote {note.id!r}") and note.content.replace("\r", "&#13;")
        return (
            f'    <link:footnote{default} xlink:type="resource" xlink:label="{note.id}"{own}'
            f' xlink:role="{ROLE_FOOTNOTE}" xml:lang="{note.language}">{content}</link:footnote>\n'
        )

    def _attribute(self, text: str) -> str:
        return self._problems.attribute(text, "a URI")
