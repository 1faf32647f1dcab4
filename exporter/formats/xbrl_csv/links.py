"""``links`` of xBRL-CSV 1.0: read by their aliases, judged once the facts are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet

from exporter.findings import Finding, Location
from exporter.formats.xbrl_csv.metadata import Metadata
from exporter.model.report import Link
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE


class LinkReader:
    """The links of a report. ``wanted`` are the ids of their ends; ``add`` takes what is wrong."""

    def __init__(self, metadata: Metadata, add: Callable[[Finding], None]) -> None:
        self._metadata, self._add = metadata, add
        self.links: list[Link] = []
        self._places: list[Location] = []
        self._read()
        self.wanted = {end for link in self.links for end in (link.source, link.target)}

    def _read(self) -> None:
        types, groups = self._metadata.uris("linkTypes"), self._metadata.uris("linkGroups")
        for kind, by_group in self._metadata.tree.get("links", {}).items():
            arcrole = self._uri(kind, types, "xbrlce:unknownLinkType", ("links", kind))
            for group, sources in by_group.items():
                role = self._uri(group, groups, "xbrlce:unknownLinkGroup", ("links", kind, group))
                for source, targets in sources.items():
                    for number, target in enumerate(targets):
                        if arcrole is not None and role is not None:
                            self.links.append(Link(source, target, arcrole, role))
                            place = self._metadata.place("links", kind, group, source, str(number))
                            self._places.append(place)

    def _uri(self, alias: str, declared: Mapping[str, str], code: str, path: tuple[str, ...]) -> str | None:
        if alias in declared:
            return declared[alias]
        message = f"{alias!r} is not declared in documentInfo"
        self._add(Finding(code=code, message=message, location=self._metadata.place(*path), mend="declare it"))
        return None

    def check(self, found: AbstractSet[str], notes: AbstractSet[str]) -> None:
        """Tell links whose ends are not there or not allowed, and notes that nothing links to.

        ``found`` are the ids of facts among ``wanted``, ``notes`` those of all notes.
        """
        for link, place in zip(self.links, self._places, strict=True):
            if link.source not in found and link.source not in notes:
                self._problem("xbrlce:unknownLinkSource", f"there is no fact {link.source!r}", place)
            if link.target not in found and link.target not in notes:
                self._problem("xbrlce:unknownLinkTarget", f"there is no fact {link.target!r}", place)
            elif link.type == ARCROLE_FACT_FOOTNOTE and link.target not in notes:
                message = f"a footnote link leads to the fact {link.target!r}, expected a note"
                self._problem("oime:illegalStandardFootnoteTarget", message, place)
        for note in sorted(notes - {link.target for link in self.links}):
            place = Location(file=self._metadata.name, fact=note)
            self._problem("oime:unusedNoteFact", f"nothing links to the note {note!r}", place)

    def _problem(self, code: str, message: str, place: Location) -> None:
        self._add(Finding(code=code, message=message, location=place, mend="mend the link or leave it out"))
