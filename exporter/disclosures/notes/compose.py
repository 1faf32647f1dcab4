"""What notes make together: a text block for the whole note, one for each policy and table, and their groups."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Final

from attrs import field, frozen

from exporter.disclosures.notes.content import REFERENCE, canonical_markup, escape_text
from exporter.disclosures.notes.layout import NoteBase, NotePart
from exporter.disclosures.notes.references import NamedAmount, References, UnknownNameError
from exporter.disclosures.statements.layout import Statement
from exporter.disclosures.statements.reading import name_of, read_statements
from exporter.findings import Finding, Location, list_text
from exporter.items.composed import ComposedFact
from exporter.items.declarations import Part, words
from exporter.items.document import ItemsDocument
from exporter.items.taxonomy.draft import TaxonomyDraft
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.profiles.profile import Profile
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.networks import PARENT_CHILD

_ENDINGS: Final = {"note": "TextBlock", "policy": "PolicyTextBlock", "table": "TableTextBlock"}
_LABELS: Final = {"note": "[Text Block]", "policy": "[Policy Text Block]", "table": "[Table Text Block]"}
_PARTS: Final[dict[str, Part]] = {"policy": "policies", "table": "tables"}


def heading(title: str) -> str:
    """The title of a part of a note as its text has it, outside the part's own text."""
    return f"<h4>{escape_text(title)}</h4>"


class NoteComposer:
    """Makes the composition of a filing's notes."""

    def compose(
        self, document: ItemsDocument, profile: Profile, items: Sequence[tuple[int, NoteBase]]
    ) -> NoteComposition:
        """What the notes make."""
        return NoteComposition(document, profile, tuple(items))


NOTES: Final = NoteComposer()


@frozen(kw_only=True)
class PlacedAmount:
    """An amount at a place of a note's text; ``start`` is where its own text begins."""

    amount: NamedAmount
    start: int


@frozen(kw_only=True)
class TextSpan:
    """A text block of a note: the note itself or a part of it, from character to character of the note's text.

    ``path`` is where it stands below the item (``content``, ``parts/0``).
    """

    path: str
    kind: str
    title: str
    concept: QName
    is_own: bool
    start: int
    stop: int


@frozen(kw_only=True, eq=False)
class NoteReading:
    """A note read: its whole text with the amounts in it, and its text blocks, the whole note first."""

    index: int
    note: NoteBase
    text: str
    spans: tuple[TextSpan, ...]
    amounts: tuple[PlacedAmount, ...]
    findings: tuple[Finding, ...]

    @property
    def name(self) -> str:
        """What findings call the note."""
        return f"items[{self.index}] {type(self.note).__name__}"


@frozen(eq=False, slots=False)
class NoteComposition:
    """The notes of a filing, read together."""

    document: ItemsDocument
    profile: Profile
    items: tuple[tuple[int, NoteBase], ...]

    @cached_property
    def readings(self) -> tuple[NoteReading, ...]:
        """The notes as they are read, in the order of the document."""
        statements = [(n, item) for n, item in enumerate(self.document.items) if isinstance(item, Statement)]
        named = any("/" in match for _, note in self.items for match in _names(note))
        readings = read_statements(self.document, self.profile, statements) if named else ()
        reader = _NoteReader(self.document, self.profile, References(self.document, readings))
        return tuple(reader.read(index, note) for index, note in self.items)

    def facts(self, index: int) -> Iterator[ComposedFact]:
        """The text blocks of a note."""
        for reading in self.readings:
            if reading.index == index:
                for span in reading.spans:
                    yield ComposedFact(
                        field=span.path,
                        concept=span.concept,
                        period=reading.note.over,
                        value=reading.text[span.start : span.stop],
                        language=self.profile.document.labels.tag(self.document.language),
                    )

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the notes."""
        for reading in self.readings:
            yield from reading.findings

    def add_to(self, draft: TaxonomyDraft) -> None:
        """Declare and present the text blocks: a group for the notes, their policies, tables and amounts each."""
        for reading in self.readings:
            _NoteDraft(draft, self.document, reading).add()


def _names(note: NoteBase) -> Iterator[str]:
    for text in (note.content, *(part.content for part in note.parts)):
        yield from (match[1] for match in REFERENCE.finditer(text) if match[1])


class _NoteText:
    """The text of a note as it grows."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0

    def add(self, piece: str) -> None:
        self._pieces.append(piece)
        self.length += len(piece)

    def __str__(self) -> str:
        return "".join(self._pieces)


@frozen(eq=False)
class _NoteReader:
    """Reads notes; ``_taken`` are the names of concepts of the filing's own that are given."""

    document: ItemsDocument
    profile: Profile
    references: References
    _taken: dict[str, None] = field(factory=dict)

    def read(self, index: int, note: NoteBase) -> NoteReading:
        findings: list[Finding] = []
        text = _NoteText()
        amounts: list[PlacedAmount] = []
        spans: list[TextSpan] = []

        def report(code: str, message: str, path: str, fix: str) -> None:
            location = Location(pointer=f"/items/{index}/{path}", item=f"items[{index}] {type(note).__name__}")
            findings.append(Finding(code=code, message=message, location=location, fix=fix))

        def concept(given: str | None, title: str, kind: str, path: str) -> tuple[QName, bool]:
            choices = tuple((given or "").split())
            known = {"", self.document.prefix, *self.profile.taxonomies}
            chosen = next((name for name in choices if name.rpartition(":")[0] in known), None)
            if choices and chosen is None:
                prefixes = list_text(self.profile.taxonomies) or "no standard taxonomy"
                message = f"{choices[0]}: the profile {self.profile.name} knows {prefixes}"
                fix = "choose a profile that knows the prefix, or take it off for a concept of the filing's own"
                report("exporter:unknownPrefix", message, path, fix)
            prefix, colon, name = (chosen or "").rpartition(":")
            if colon and prefix != self.document.prefix:
                return self.profile.taxonomies[prefix].name(name), False
            return self.document.own_namespace.name(name or self._own_name(title, kind)), True

        def add(content: str, path: str) -> None:
            """A part of the text with its amounts put in."""
            end = 0
            markup = canonical_markup(content, note.markup)
            for match in REFERENCE.finditer(markup):
                text.add(markup[end : match.start()])
                end = match.end()
                if match[1] is None:
                    text.add(match[0][0])
                    continue
                try:
                    amount = self.references.amount(match[1])
                except UnknownNameError as error:
                    report("exporter:unknownName", str(error), path, error.fix)
                    text.add(match[1])
                    continue
                amounts.append(PlacedAmount(amount=amount, start=text.length))
                text.add(amount.text)
            text.add(markup[end:])

        whole, is_own = concept(note.concept, note.title, "note", "concept")
        add(note.content, "content")
        for number, given in enumerate(note.parts):
            path = f"parts/{number}"
            if given.title is not None:
                text.add(heading(given.title))
            start = text.length
            add(given.content, f"{path}/content")
            if given.kind == "text":
                continue
            name, is_own_part = concept(given.concept, given.title or "", given.kind, f"{path}/concept")
            stop = text.length
            spans.append(_span(given, path, name, is_own_part, start, stop))
        first = TextSpan(
            path="content", kind="note", title=note.title, concept=whole, is_own=is_own, start=0, stop=text.length
        )
        return NoteReading(
            index=index,
            note=note,
            text=str(text),
            spans=(first, *spans),
            amounts=tuple(amounts),
            findings=tuple(findings),
        )

    def _own_name(self, title: str, kind: str) -> str:
        base, count = name_of(title), 1
        name = f"{base}{_ENDINGS[kind]}"
        while name in self._taken:
            count += 1
            name = f"{base}{count}{_ENDINGS[kind]}"
        self._taken[name] = None
        return name


def _span(given: NotePart, path: str, concept: QName, is_own: bool, start: int, stop: int) -> TextSpan:
    return TextSpan(
        path=path,
        kind=given.kind,
        title=given.title or words(concept.local_name),
        concept=concept,
        is_own=is_own,
        start=start,
        stop=stop,
    )


@frozen(eq=False)
class _NoteDraft:
    """The part of a note in the taxonomy."""

    draft: TaxonomyDraft
    document: ItemsDocument
    reading: NoteReading

    def add(self) -> None:
        title, spans = self.reading.note.title, self.reading.spans
        for span in spans:
            self._declare(span)
        self._group("note", title, [spans[0].concept])
        for kind, part in _PARTS.items():
            self._group(part, title, [span.concept for span in spans if span.kind == kind])
        amounts = (placed.amount.concept for placed in self.reading.amounts)
        self._group("details", title, list(dict.fromkeys(name for name in amounts if name is not None)))

    def _group(self, part: Part, title: str, concepts: Sequence[QName]) -> None:
        if not concepts:
            return
        name = f"{name_of(title)}{'' if part == 'note' else part.capitalize()}"
        role = self.draft.group_role(name, part, title)
        heading = self.draft.abstract(f"{role.rpartition('/')[2]}Abstract")
        ending = {"policies": " (Policies)", "tables": " (Tables)", "details": " (Details)"}.get(part, "")
        self._label(heading, f"{title}{ending} {self.draft.rules.ending('abstract', self._language)}")
        for order, concept in enumerate(dict.fromkeys(concepts), start=1):
            self.draft.arc(PARENT_CHILD, role, heading, concept, order)

    def _declare(self, span: TextSpan) -> None:
        name = span.concept
        if name not in self.draft.concepts:
            self.draft.declare(
                Concept(
                    qname=name,
                    datatype=standard_type("textBlockItemType"),
                    period_type="duration",
                    schema=self.draft.import_of(name),
                )
            )
        if span.is_own and not self.draft.is_labelled(name):
            self._label(name, f"{span.title} {_LABELS[span.kind]}")

    def _label(self, name: QName, text: str) -> None:
        """The standard label in the languages of the taxonomy; one that is taken gets a number."""
        text = " ".join(text.split())
        choices = itertools.chain((text,), (f"{text} ({number})" for number in itertools.count(2)))
        free = next(choice for choice in choices if choice not in self.draft.titles)
        for language in dict.fromkeys((self._language, *self.draft.languages)):
            self.draft.label(name, free, language=language)

    @property
    def _language(self) -> str:
        language = self.document.language
        return self.draft.rules.english if re.match("en(-|$)", language, re.IGNORECASE) else language


def notes_of(compositions: Iterable[object]) -> tuple[NoteReading, ...]:
    """The notes among what the composed items of a filing make."""
    return tuple(
        reading
        for composition in compositions
        if isinstance(composition, NoteComposition)
        for reading in composition.readings
    )
