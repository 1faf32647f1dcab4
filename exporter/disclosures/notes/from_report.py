"""Notes out of a report with its taxonomy: text blocks with those that stand inside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from attrs import frozen

from exporter.disclosures.notes.content import canonical_markup
from exporter.disclosures.notes.items import Note
from exporter.disclosures.notes.layout import NotePart
from exporter.errors import ModelError
from exporter.model.fact import Fact
from exporter.model.period import Duration
from exporter.model.qname import QName
from exporter.taxonomy.networks import PARENT_CHILD
from exporter.taxonomy.taxonomy import Taxonomy

_DEFINITION: Final = re.compile(
    r"^[0-9]+[a-z]? - Disclosure - (.*?)(?: \((Policies|Tables|Details)\))?$", re.IGNORECASE
)
_HEADING: Final = re.compile(r"<h4>([^<>]*)</h4>$")
_KINDS: Final = {"policies": "policy", "tables": "table"}


@frozen(kw_only=True)
class DerivedNotes:
    """Notes made of a report, and the facts that they hold, by their identity."""

    notes: tuple[Note, ...]
    facts: frozenset[int]


@frozen(eq=False)
class _NoteBlock:
    """A text block: its fact, the title of its group, and whether it is a whole note, a policy or a table."""

    fact: Fact
    title: str
    kind: str

    @property
    def value(self) -> str:
        """The markup of the block."""
        return self.fact.value or ""


def derive_notes(facts: Iterable[Fact], taxonomy: Taxonomy, *, namespace: str) -> DerivedNotes:
    """The notes whose groups the taxonomy presents, in the order of the groups.

    A policy or a table belongs to the first note of its period that has it in its text; one that no note has is a note
    by itself. A block that would not come back as it is, is left out.

    Args:
        facts: those that no other item holds.
        namespace: of the filing's own concepts.
    """
    blocks = list(_blocks(facts, taxonomy))
    wholes = [block for block in blocks if block.kind == "note"]
    parts: dict[int, list[_NoteBlock]] = {}
    for block in blocks:
        if block.kind != "note":
            holder = next((whole for whole in wholes if _has_place(whole, block, parts.get(id(whole), []))), None)
            if holder is None:
                wholes.append(block)
            else:
                parts.setdefault(id(holder), []).append(block)
    notes: list[Note] = []
    used: set[int] = set()
    for whole in wholes:
        own = _placed(whole, parts.get(id(whole), ()))
        note = _note(whole, own, namespace)
        if note is not None:
            notes.append(note)
            used |= {id(whole.fact), *(id(block.fact) for block, _ in own)}
    return DerivedNotes(notes=tuple(notes), facts=frozenset(used))


def _blocks(facts: Iterable[Fact], taxonomy: Taxonomy) -> Iterator[_NoteBlock]:
    by_concept: dict[QName, list[Fact]] = {}
    for fact in facts:
        if fact.value and not fact.dimensions and isinstance(fact.period, Duration) and not fact.looks_numeric:
            by_concept.setdefault(fact.concept, []).append(fact)
    seen: set[QName] = set()
    definitions = sorted((taxonomy.definition(role), role) for role in taxonomy.roles_of(PARENT_CHILD))
    for definition, role in definitions:
        match = _DEFINITION.match(definition)
        if match is None:
            continue
        kind = _KINDS.get((match[2] or "").lower(), "note" if match[2] is None else "")
        network = taxonomy.network(PARENT_CHILD, role)
        for name in (arc.target for root in network.roots for _, arc in network.walk(root)) if kind else ():
            if name not in seen and _is_block(taxonomy, name, by_concept.get(name, ())):
                seen.add(name)
                yield from (_NoteBlock(fact, match[1], kind) for fact in by_concept.get(name, ()))


def _is_block(taxonomy: Taxonomy, name: QName, facts: Iterable[Fact]) -> bool:
    """Whether a concept is a text block: its type says so or, where that is not at hand, its name or its values do."""
    concept = taxonomy.concept(name)
    datatype = concept.datatype if concept is not None else None
    if datatype is not None and datatype.name is not None:
        return datatype.name.local_name in ("textBlockItemType", "escapedItemType")
    return name.local_name.endswith("TextBlock") or any("<" in (fact.value or "") for fact in facts)


def _has_place(whole: _NoteBlock, part: _NoteBlock, others: list[_NoteBlock]) -> bool:
    """Whether a note has a policy or table in its text beside the others that it has there."""
    if whole.kind != "note" or whole.fact.period != part.fact.period or part.value not in whole.value:
        return False
    return len(_placed(whole, [*others, part])) == len(others) + 1


def _placed(whole: _NoteBlock, parts: Iterable[_NoteBlock]) -> list[tuple[_NoteBlock, int]]:
    """The parts in the order of the text with their places; those that overlap another are left out."""
    placed: list[tuple[_NoteBlock, int]] = []
    end = 0
    for block in sorted(parts, key=lambda block: whole.value.index(block.value)):
        start = whole.value.find(block.value, end)
        if start >= 0:
            placed.append((block, start))
            end = start + len(block.value)
    return placed


def _note(whole: _NoteBlock, placed: Iterable[tuple[_NoteBlock, int]], namespace: str) -> Note | None:
    """The note; ``None`` where its text would not come back as it is."""
    texts: list[str] = []
    parts: list[NotePart] = []
    end = 0
    try:
        for block, start in placed:
            between, title = _titled(whole.value[end:start])
            texts.append(between)
            if parts and between:
                parts.append(NotePart(kind="text", content=_doubled(between)))
            concept = _name(block.fact.concept, namespace)
            parts.append(NotePart(kind=block.kind, title=title, concept=concept, content=_doubled(block.value)))
            texts.append(block.value)
            end = start + len(block.value)
        rest = whole.value[end:]
        texts.append(rest)
        if parts and rest:
            parts.append(NotePart(kind="text", content=_doubled(rest)))
        content = texts[0]
        if any(canonical_markup(_doubled(text)) != _doubled(text) for text in texts if text):
            return None
        assert isinstance(whole.fact.period, Duration)
        return Note(
            title=whole.title,
            over=whole.fact.period,
            content=_doubled(content),
            concept=_name(whole.fact.concept, namespace),
            parts=tuple(parts),
        )
    except ModelError:
        return None


def _titled(text: str) -> tuple[str, str | None]:
    """A text and the title that it ends with, if it does."""
    match = _HEADING.search(text)
    return (text, None) if match is None else (text[: match.start()], unescape(match[1]))


def _doubled(text: str) -> str:
    """A text as a note has it: its braces are no references."""
    return text.replace("{", "{{").replace("}", "}}")


def _name(name: QName, namespace: str) -> str:
    return name.local_name if name.namespace == namespace or not name.prefix else str(name)
