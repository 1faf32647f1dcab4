"""Footnotes and links on their way into xBRL-JSON: links stand in the fact they start from, notes are facts."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Iterator
from collections.abc import Set as AbstractSet
from json.encoder import encode_basestring as quote

from exporter.findings import Finding, Location
from exporter.formats.oim.faults import LexicalFault
from exporter.formats.oim.notes import check_fragment
from exporter.formats.oim.prefixes import AliasChooser, last_segment, link_group_aliases, link_type_aliases
from exporter.formats.xbrl_json.fragments import lower_language
from exporter.formats.xbrl_json.spool import Spool
from exporter.model.qname import QName, is_ncname
from exporter.model.report import Footnote, Link
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, OIM

NOTE = QName(OIM, "note", prefix="xbrl")


class LinkWriter:
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
                mend="link it from a fact or leave it out",
            )


def _finding(code: str, message: str, link: Link) -> Finding:
    return Finding(code=code, message=message, location=Location(fact=link.source), mend="mend the link's ends")


def write_notes(
    notes: Iterable[Footnote], prefixes: AliasChooser, add: Callable[[Finding], None], body: Spool, *, first: bool
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
        except LexicalFault as fault:
            add(fault.finding(Location(fact=note.id)))
            continue
        concept = f"{prefixes.alias(OIM)}:{NOTE.local_name}"
        text = (
            f'{"" if first else ","}\n    "{note.id}": {{"value": {quote(note.content)}, "dimensions": '
            f'{{"concept": "{concept}", "noteId": "{note.id}", "language": "{language}"}}}}'
        )
        body.write(text.encode())
        first = False
