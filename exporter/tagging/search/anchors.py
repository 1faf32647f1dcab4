"""Anchors: places that people name for facts, and numbers that they say are no facts.

    anchors:
      - item: OwnershipInterest     # a class, items[30], /items/30 or a fact id
        field: share
        where: [NTT and its affiliates]
        quote: "31.6%"
        before: currently own
      - {item: NetLoss, field: highest, id: highest-loss}
    untagged:
      - {quote: version 4 to 6, reason: numbers of versions}

A place is named by a ``quote`` (with the words ``before`` or ``after`` it where it stands more than once), by the
``id``
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import define, field, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location, list_text
from exporter.sources import Source

_PLACES: Final = ("quote", "css", "id", "offset")
_ANCHOR: Final = frozenset(("item", "fact", "field", "where", "before", "after", *_PLACES))
_UNTAGGED: Final = frozenset(("quote", "before", "after", "css", "id", "reason"))

_NOWHERE: Final = Location()


@frozen(kw_only=True)
class AnchorLocation:
    """A place in a document as people name it."""

    quote: str | None = None
    before: str | None = None
    after: str | None = None
    css: str | None = None
    id: str | None = None
    offset: int | None = None

    def __str__(self) -> str:
        named = ((name, getattr(self, name)) for name in ("quote", "before", "after", "css", "id", "offset"))
        return ", ".join(f"{name} {value!r}" for name, value in named if value is not None)


@frozen(kw_only=True)
class Anchor:
    """Where a fact stands. ``item`` is a class name, an index, a JSON Pointer or a fact id."""

    item: str
    place: AnchorLocation
    field: str | None = None
    where: tuple[str, ...] = ()
    location: Location = _NOWHERE


@frozen(kw_only=True)
class Untagged:
    """A place whose numbers are no facts, and why."""

    place: AnchorLocation
    reason: str
    location: Location = _NOWHERE


@frozen(kw_only=True)
class Anchors:
    """All that an anchors file says."""

    anchors: tuple[Anchor, ...] = ()
    untagged: tuple[Untagged, ...] = ()


NO_ANCHORS: Final = Anchors()


def read_anchors(source: Source) -> Anchors:
    """The anchors in a document, such as a YAML file that `exporter.sources.read_source` has read.

    Raises:
        ReadError: with all findings: unknown or missing members, no place or several in one anchor.
    """
    reader = _AnchorReader(source)
    anchors = reader.read()
    if reader.findings:
        raise ReadError(findings=reader.findings)
    return anchors


@define(eq=False)
class _AnchorReader:
    document: Source
    findings: list[Finding] = field(factory=list)

    def read(self) -> Anchors:
        tree = self.document.value
        if tree is None:
            return NO_ANCHORS
        if not isinstance(tree, dict):
            self._wrong("", "expected a mapping with anchors: and untagged:")
            return NO_ANCHORS
        for name in sorted(set(tree) - {"schema", "anchors", "untagged"}):
            self._unknown(f"/{name}", name, "anchors, untagged")
        anchors = tuple(self._anchor(node, pointer) for node, pointer in self._entries(tree, "anchors", _ANCHOR))
        untagged = tuple(self._untagged(node, pointer) for node, pointer in self._entries(tree, "untagged", _UNTAGGED))
        return Anchors(anchors=anchors, untagged=untagged)

    def _entries(self, tree: dict[str, Any], name: str, known: frozenset[str]) -> Iterator[tuple[dict[str, Any], str]]:
        nodes = tree.get(name) or []
        if not isinstance(nodes, list):
            self._wrong(f"/{name}", "expected a list")
            return
        for index, node in enumerate(nodes):
            pointer = f"/{name}/{index}"
            if not isinstance(node, dict):
                self._wrong(pointer, "expected a mapping")
                continue
            for member in sorted(set(node) - known):
                self._unknown(f"{pointer}/{member}", member, list_text(sorted(known)))
            yield node, pointer

    def _anchor(self, node: dict[str, Any], pointer: str) -> Anchor:
        item = self._text(node, "item", pointer) or self._text(node, "fact", pointer)
        if item is None:
            self._missing(pointer, "item")
        where = node.get("where") or []
        names = where if isinstance(where, list) else [where]
        if not all(isinstance(name, str) for name in names):
            self._wrong(f"{pointer}/where", "expected names of parties or other values that tell facts apart")
            names = []
        return Anchor(
            item=item or "",
            field=self._text(node, "field", pointer),
            where=tuple(names),
            place=self._place(node, pointer),
            location=self.document.locate(pointer),
        )

    def _untagged(self, node: dict[str, Any], pointer: str) -> Untagged:
        reason = self._text(node, "reason", pointer)
        if reason is None:
            self._missing(pointer, "reason")
        place = self._place(node, pointer)
        return Untagged(place=place, reason=reason or "", location=self.document.locate(pointer))

    def _place(self, node: dict[str, Any], pointer: str) -> AnchorLocation:
        given = [name for name in _PLACES if node.get(name) is not None]
        if not given or len(set(given) - {"quote"}) > 1:
            self._wrong(pointer, "expected a quote, a css selector, an id or an offset to name the place")
        offset = self._text(node, "offset", pointer)
        if offset is not None and not offset.isdecimal():
            self._wrong(f"{pointer}/offset", "expected a number of characters")
            offset = None
        return AnchorLocation(
            quote=self._text(node, "quote", pointer),
            before=self._text(node, "before", pointer),
            after=self._text(node, "after", pointer),
            css=self._text(node, "css", pointer),
            id=self._text(node, "id", pointer),
            offset=int(offset) if offset is not None else None,
        )

    def _text(self, node: dict[str, Any], name: str, pointer: str) -> str | None:
        value = node.get(name)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self._wrong(f"{pointer}/{name}", "expected a text that is not empty")
        return None

    def _missing(self, pointer: str, name: str) -> None:
        message = f"{name} is missing"
        self.findings.append(
            Finding(code="exporter:missingField", message=message, location=self.document.locate(pointer))
        )

    def _unknown(self, pointer: str, name: str, known: str) -> None:
        self.findings.append(
            Finding(
                code="exporter:unknownField",
                message=f"{name!r} is not known here; expected one of {known}",
                location=self.document.locate(pointer),
            )
        )

    def _wrong(self, pointer: str, message: str) -> None:
        self.findings.append(
            Finding(code="exporter:wrongShape", message=message, location=self.document.locate(pointer))
        )
