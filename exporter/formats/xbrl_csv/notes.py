"""Footnotes and links on their way into xBRL-CSV 1.0: notes have a table, links stand in the metadata."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from exporter.findings import Finding, Location
from exporter.formats.oim.faults import LexicalFault
from exporter.formats.oim.notes import check_fragment
from exporter.formats.oim.prefixes import AliasChooser, last_segment, link_group_aliases, link_type_aliases
from exporter.formats.xbrl_csv.quoting import csv_line
from exporter.formats.xbrl_csv.series import checked_language
from exporter.formats.xbrl_csv.sources import escape_special
from exporter.formats.xbrl_csv.table_files import TableFiles
from exporter.model.qname import is_ncname
from exporter.model.report import Footnote, Link
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, OIM

NOTES: Final = "notes"
_ID, _LANGUAGE, _CONTENT = "id", "language", "content"
_DERIVED = re.compile(r"[^.]+\.r_([^.]+)\.[^.]+")


class RowIds:
    """Identifiers of rows in one table: the ids that facts have, as far as they can serve."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def give(self, id_: str | None) -> str:
        """An identifier for a row that no other row has. An id that is derived from a row's gives that row's."""
        match = _DERIVED.fullmatch(id_) if id_ is not None else None
        wish = match[1] if match else (id_ or "").replace(".", "_")
        if not is_ncname(f"r_{wish}"):
            wish = "f"
        found, number = wish, 1
        while found in self._taken:
            number += 1
            found = f"{wish}_{number}"
        self._taken.add(found)
        return found


class LinkWriter:
    """The links of a report, their ends as they are called in xBRL-CSV."""

    def __init__(self, links: Iterable[Link], notes: Iterable[Footnote]) -> None:
        self.types, self.groups = link_type_aliases(), link_group_aliases()
        self._links = tuple(dict.fromkeys(links))
        self.ends = {end for link in self._links for end in (link.source, link.target)}
        self._notes = {note.id for note in notes}
        self._facts: dict[str, str] = {}
        self.ids: dict[str, str] = {}

    def add_fact(self, id_: str, derived: str) -> Finding | None:
        """Tell the id under which a linked fact was written; a finding where another fact had the same id."""
        if id_ in self._facts or id_ in self._notes:
            message = f"the id {id_!r} is given to two facts or notes, and there is a link to it"
            return Finding(code="exporter:duplicateId", message=message, location=Location(fact=id_))
        self._facts[id_] = derived
        return None

    def check(self) -> Iterator[Finding]:
        """Links whose ends are not there or not allowed, and notes that nothing links to."""
        for link in self._links:
            if link.source not in self._facts:
                message = f"no fact {link.source!r} for a link to start at"
                yield _finding("exporter:unknownLinkSource", message, link)
            if link.target not in self._facts and link.target not in self._notes:
                message = f"no fact {link.target!r} for a link to lead to"
                yield _finding("xbrlce:unknownLinkTarget", message, link)
            elif link.type == ARCROLE_FACT_FOOTNOTE and link.target not in self._notes:
                message = f"a footnote link leads to {link.target!r}, which is no footnote"
                yield _finding("oime:illegalStandardFootnoteTarget", message, link)
        for unused in sorted(self._notes - {link.target for link in self._links}):
            yield Finding(
                code="oime:unusedNoteFact",
                message=f"nothing links to the footnote {unused!r}",
                location=Location(fact=unused),
                mend="link it from a fact or leave it out",
            )

    def tree(self) -> dict[str, dict[str, dict[str, list[str]]]]:
        """``links`` of the metadata."""
        ids = {**self._facts, **self.ids}
        tree: dict[str, dict[str, dict[str, list[str]]]] = {}
        for link in self._links:
            kind = self.types.alias(link.type, last_segment(link.type))
            group = self.groups.alias(link.group, last_segment(link.group))
            sources = tree.setdefault(kind, {}).setdefault(group, {})
            sources.setdefault(ids.get(link.source, link.source), []).append(ids.get(link.target, link.target))
        return tree


def _finding(code: str, message: str, link: Link) -> Finding:
    return Finding(code=code, message=message, location=Location(fact=link.source), mend="mend the link's ends")


def write_notes(
    notes: Iterable[Footnote], links: LinkWriter, files: TableFiles, add: Callable[[Finding], None]
) -> str | None:
    """Write the table of the notes; returns its URL, or ``None`` where there are no notes."""
    notes = list(notes)
    if not notes:
        return None
    file = files.add(NOTES)
    files.write(file, csv_line((_ID, _LANGUAGE, _CONTENT)))
    row_ids = RowIds()
    for note in notes:
        if note.id in links.ids:
            message = f"the footnote id {note.id!r} is given twice"
            add(Finding(code="exporter:duplicateId", message=message, location=Location(fact=note.id)))
            continue
        row_id = row_ids.give(note.id)
        links.ids[note.id] = f"{NOTES}.r_{row_id}.{_CONTENT}"
        try:
            check_fragment(note.content)
            language = checked_language(note.language)
        except LexicalFault as fault:
            add(fault.finding(Location(fact=note.id)))
            continue
        files.write(file, csv_line((row_id, language, escape_special(note.content))))
    return file.url


def notes_template(prefixes: AliasChooser) -> Mapping[str, Any]:
    """The template of the table of the notes."""
    return {
        "rowIdColumn": _ID,
        "columns": {
            _ID: {},
            _LANGUAGE: {},
            _CONTENT: {
                "dimensions": {
                    "concept": f"{prefixes.alias(OIM)}:note",
                    "entity": "#none",
                    "period": "#none",
                    "language": f"${_LANGUAGE}",
                }
            },
        },
    }
