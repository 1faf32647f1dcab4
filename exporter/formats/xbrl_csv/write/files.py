"""The files of a report in xBRL-CSV 1.0: cells by RFC 4180, the table of notes, links and metadata as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from exporter.errors import LexicalError
from exporter.findings import Finding, Location
from exporter.formats.oim.prefixes import AliasChooser, last_segment, link_group_aliases, link_type_aliases
from exporter.formats.oim.text import check_fragment
from exporter.formats.xbrl_csv.values import escape_special
from exporter.formats.xbrl_csv.write.series import checked_language
from exporter.model.qname import is_ncname
from exporter.model.report import FootnoteResource, Link
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, OIM
from exporter.resources.targets import Target

_BUFFERED: Final = 4 * 1024**2


class TableFile:
    """One table: lines are gathered here."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.lines: list[str] = []


class TableFiles:
    """The tables of a report on their way to ``target``, its metadata file.

    Lines wait in memory, all tables together up to a bound, so that any number of tables costs neither memory nor
    open files.
    """

    def __init__(self, target: Target) -> None:
        if target.path is None:
            raise ValueError("a report in xBRL-CSV is several files, which a stream cannot hold")
        self._target = target
        self._metadata = target.path
        # A URL without anything to be escaped, whatever the file of the metadata is called.
        self._stem = re.sub(r"[^\w.\-]", "_", target.path.stem)
        self._files: list[TableFile] = []
        self._waiting = 0

    def add(self, table: str) -> TableFile:
        """A new table."""
        file = TableFile(f"{self._stem}-{table}.csv")
        self._files.append(file)
        return file

    def write(self, file: TableFile, text: str) -> None:
        """Add lines to a table."""
        file.lines.append(text)
        self._waiting += len(text)
        if self._waiting > _BUFFERED:
            self._flush()

    def _flush(self) -> None:
        for file in self._files:
            if file.lines:
                with self._target.open(file.url) as stream:
                    # A lone surrogate is a finding of the fact it stands in, so what is written here is thrown away.
                    stream.write("".join(file.lines).encode(errors="replace"))
                file.lines.clear()
        self._waiting = 0

    def close(self, metadata: str) -> None:
        """Write what waits and the metadata; tables of an earlier report that it replaces go."""
        self._flush()
        with self._target.open() as stream:
            stream.write(metadata.encode())
        for name in _tables_of_earlier(self._metadata):
            self._target.remove(name)


def _tables_of_earlier(metadata: Path) -> tuple[str, ...]:
    """The tables beside a metadata file that it names, as far as there.

    Only what the earlier file names is its own; other files in the folder are somebody else's.
    """
    try:
        tables = json.loads(metadata.read_bytes())["tables"]
        urls = [table["url"] for table in tables.values()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()
    plain = [url for url in urls if isinstance(url, str) and url.endswith(".csv") and Path(url).name == url]
    return tuple(url for url in plain if metadata.with_name(url).is_file())


_NEEDS_QUOTES = re.compile('[",\r\n]')
END = "\r\n"


def quote_cell(text: str) -> str:
    """A cell, in quotes where it holds a comma, a quote or a line break."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text


def csv_line(cells: Iterable[str]) -> str:
    """A row with its line end; a lone empty cell stands in quotes, so that the line is not blank."""
    return (",".join(map(quote_cell, cells)) or '""') + END


class ColumnNames:
    """Gives each column of a table a name of its own, as near to what is wished as can be."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def give(self, wish: str) -> str:
        """A name without a point that no other column has."""
        wish = wish.replace(".", "_")
        name, number = wish, self._taken.get(wish, 1)
        while name in self._taken:
            number += 1
            name = f"{wish}_{number}"
        self._taken[wish] = number
        self._taken[name] = 1
        return name


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
        free, number = wish, 1
        while free in self._taken:
            number += 1
            free = f"{wish}_{number}"
        self._taken.add(free)
        return free


class CsvLinks:
    """The links of a report, their ends as they are called in xBRL-CSV."""

    def __init__(self, links: Iterable[Link], notes: Iterable[FootnoteResource]) -> None:
        self.types, self.groups = link_type_aliases(), link_group_aliases()
        self._links = tuple(dict.fromkeys(links))
        self.ends = {end for link in self._links for end in (link.source, link.target)}
        self._notes = {note.id for note in notes}
        self._facts: dict[str, str] = {}
        self.ids: dict[str, str] = {}

    def add_fact(self, id_: str, derived: str) -> Finding | None:
        """Note the id under which a linked fact was written; a finding where another fact had the same id."""
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
                fix="link it from a fact or leave it out",
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
    return Finding(code=code, message=message, location=Location(fact=link.source), fix="correct the link's ends")


def write_notes(
    notes: Iterable[FootnoteResource], links: CsvLinks, files: TableFiles, add: Callable[[Finding], None]
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
        except LexicalError as error:
            add(error.finding(Location(fact=note.id)))
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


_OPEN: Final = {"documentInfo": 2, "tableTemplates": 3, "links": 4}


def metadata_text(cell: str) -> str:
    """A cell's text as a value in the metadata, where ``$`` begins a reference."""
    return f"${cell}" if cell.startswith("$") else cell


def format_metadata(tree: Mapping[str, Any]) -> str:
    """The document: objects open as far as a reader wants to see their members on lines of their own."""
    members = (f"  {_text(name)}: {_open(value, _OPEN.get(name, 1), 2)}" for name, value in tree.items())
    return "{\n" + ",\n".join(members) + "\n}\n"


def _open(value: Any, levels: int, indent: int) -> str:
    if levels == 0 or not isinstance(value, dict) or not value:
        return _text(value)
    blank = " " * indent
    members = (f"{blank}  {_text(name)}: {_open(inner, levels - 1, indent + 2)}" for name, inner in value.items())
    return "{\n" + ",\n".join(members) + f"\n{blank}}}"


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
