"""Where each fact of a review comes from: the item and the line or cell of a source, or the place in a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from attrs import field, frozen

from exporter.filing import Filing
from exporter.findings import Finding, Location, truncated
from exporter.items.to_facts import FactOrigin
from exporter.model.report import Report
from exporter.page.review import SourceLine, SourceLink

_MOST_WHOLE_LINES: Final = 4_000
_LONGEST: Final = 300


@frozen(eq=False)
class FilingSources:
    """The sources of the facts of a filing: its items, and the lines or cells of the document that they stand in.

    ``text`` is the document where it is text: up to 4,000 lines stand on the page in whole, else those that count.
    """

    filing: Filing
    report: Report
    text: str | None = None
    _links: Mapping[str, tuple[tuple[FactOrigin, Location, str], ...]] = field(init=False)
    _anchors: Mapping[tuple[str, str], str] = field(init=False)

    @_links.default
    def _links_of_facts(self) -> Mapping[str, tuple[tuple[FactOrigin, Location, str], ...]]:
        return {
            fact: tuple((origin, *self._place(origin)) for origin in origins)
            for fact, origins in self.filing.derived.origins.items()
        }

    @_anchors.default
    def _anchors_of_places(self) -> Mapping[tuple[str, str], str]:
        places = (self._key(location) for links in self._links.values() for _, location, _ in links)
        return {key: f"p{number}" for number, key in enumerate(dict.fromkeys(filter(None, places)), 1)}

    def _place(self, origin: FactOrigin) -> tuple[Location, str]:
        """The location of what states a fact, and what is written there."""
        source = self.filing.source
        if source is None:
            return Location(), ""
        pointer = f"{origin.pointer}/{origin.field}"
        return source.locate(pointer), _written(source.value, pointer)

    @staticmethod
    def _key(location: Location) -> tuple[str, str] | None:
        """A line or a cell of a file; ``None`` where neither is known."""
        mark = location.cell or (None if location.line is None else str(location.line))
        return None if mark is None else (location.file or "", mark)

    def of(self, fact: str) -> tuple[SourceLink, ...]:
        """What states a fact, given by its id."""
        links = []
        for origin, location, written in self._links.get(fact, ()):
            key = self._key(location)
            item_source = getattr(origin.placed.item, "source", None)
            place = "" if key is None else f"{Path(key[0]).name}{'!' if location.cell else ':'}{key[1]}"
            links.append(
                SourceLink(
                    item=f"{origin.item} {origin.field}",
                    location=" ".join(filter(None, (place, f"({item_source})" if item_source is not None else ""))),
                    anchor=self._anchors[key] if key is not None else "",
                    written=written,
                )
            )
        return tuple(links)

    def lines(self) -> tuple[SourceLine, ...]:
        """The lines and cells that facts come from, in order, each with the numbers of its facts."""
        numbers = {fact.id: number for number, fact in enumerate(self.report.facts)}
        facts: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        texts: dict[tuple[str, str], str] = {}
        for fact, links in self._links.items():
            for _, location, written in links:
                key = self._key(location)
                if key is not None and fact in numbers:
                    facts[key][numbers[fact]] = None
                    texts[key] = written
        return tuple(self._lines(facts, texts))

    def _lines(
        self, facts: Mapping[tuple[str, str], Mapping[int, None]], texts: Mapping[tuple[str, str], str]
    ) -> Iterator[SourceLine]:
        name = (self.filing.source.name if self.filing.source is not None else "") or ""
        lines = (self.text or "").splitlines()
        is_whole = len(lines) <= _MOST_WHOLE_LINES
        for number, line in enumerate(lines, 1):
            key = (name, str(number))
            if is_whole or key in facts:
                anchor = self._anchors.get(key, f"l{number}")
                yield SourceLine(anchor=anchor, label=str(number), text=line, facts=tuple(facts.get(key, ())))
        for key, numbers in facts.items():
            if not (lines and key[0] == name):
                label = key[1] if key[0] in ("", name) else f"{key[0]} {key[1]}"
                yield SourceLine(anchor=self._anchors[key], label=label, text=texts[key], facts=tuple(numbers))


def _written(tree: Any, pointer: str) -> str:
    """What a source says at a pointer, as it was written; nothing where there is no such place."""
    node = tree
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        if isinstance(node, Mapping) and token in node:
            node = node[token]
        elif isinstance(node, Sequence) and not isinstance(node, str) and token.isdigit() and int(token) < len(node):
            node = node[int(token)]
        else:
            return ""
    return truncated(_on_a_line(node), _LONGEST)


def _on_a_line(node: Any) -> str:
    """A part of a source on one line, as YAML may write it."""
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{name}: {_on_a_line(value)}" for name, value in node.items()) + "}"
    if isinstance(node, Sequence) and not isinstance(node, str):
        return "[" + ", ".join(map(_on_a_line, node)) + "]"
    return "" if node is None else str(node)


def findings_of_facts(findings: Sequence[Finding], report: Report, filing: Filing | None) -> Mapping[int, list[int]]:
    """The numbers of the findings that concern each fact, by its number in the report.

    A finding at a field is about the facts of the field; one at an item, or at what reports nothing, stands at the
    first fact of the item.
    """
    by_id = {fact.id: number for number, fact in enumerate(report.facts)}
    by_field: dict[str, list[int]] = defaultdict(list)
    first_of: dict[str, int] = {}
    if filing is not None:
        for fact, origins in filing.derived.origins.items():
            if fact in by_id:
                for origin in origins:
                    by_field[f"{origin.pointer}/{origin.field}"].append(by_id[fact])
                    for pointer in _pointers_around(f"{origin.pointer}/{origin.field}"):
                        first_of.setdefault(pointer, by_id[fact])
    concerned: dict[int, list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        pointer = finding.location.pointer or ""
        facts = [by_id[finding.location.fact]] if finding.location.fact in by_id else by_field.get(pointer, [])
        if not facts:
            around = (first_of[outer] for outer in (pointer, *_pointers_around(pointer)) if outer in first_of)
            facts = list(islice(around, 1))
        for fact_number in dict.fromkeys(facts):
            concerned[fact_number].append(number)
    return concerned


def _pointers_around(pointer: str) -> Iterator[str]:
    """The pointers to what a place is part of, up to its item: ``/items/3/rows/2``, ``/items/3/rows``, ``/items/3``."""
    steps = pointer.split("/")
    for end in range(len(steps) - 1, 2, -1):
        yield "/".join(steps[:end])
