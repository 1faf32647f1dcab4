"""Scope: whose figures a place tells of, and whether they are actual ones, not targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from attrs import define, field

from exporter.findings import truncated
from exporter.items.values.printed import PrintedValue
from exporter.tagging.search.expected import ExpectedFact
from exporter.tagging.text.lexicon import (
    CHANGED_BY,
    COMPANY,
    EXPECTATIONS,
    OTHERS,
    OURS,
    PARENT_ALONE,
    PRONOUNS,
    WHOLE_GROUP,
)
from exporter.tagging.text.surroundings import Surroundings
from exporter.tagging.text.words import tokens_of

_TITLES: Final = 6  # blocks at the beginning of a document that may name the registrant
_OWNS: Final = re.compile(r"['’]s?(?![A-Za-z])")
_IS_OWNER: Final = re.compile(
    r"(?:(?<![A-Za-z])of(?: our (?:main |largest |closest )?(?:competitor|rival|peer)s?)?[ \u00a0,]+"
    r"|\A[^.,;]{0,40}?(?<!from)(?<!to)(?<!with)(?<!against)(?<!into)(?<!in)[ \u00a0]?)\Z"
)
_CLAUSE: Final = re.compile(r"[;；]")


@define(eq=False)
class Scopes:
    """Tells whose figures the places of one document are."""

    surroundings: Surroundings
    _owners: dict[int, str | None] = field(factory=dict)
    _headings: dict[tuple[str, ...], str | None] = field(factory=dict)

    def wrong_scope(self, expected: ExpectedFact, surface: PrintedValue) -> str | None:
        """Why a place tells of something else than the registrant's actual figures, if it does."""
        cell = self.surroundings.cell_at(surface.span.start)
        if cell is not None:
            if self.surroundings.is_index(cell):
                return "its column holds numbers of notes or pages"
            if self.surroundings.is_change(cell) and not _is_named_change(expected):
                return "its column holds changes"
        reason = self._of_headings(surface) or (self._in_sentence(expected, surface) if cell is None else None)
        if reason is None:
            return None
        names = tuple(name for mark in expected.marks for name in mark.names)
        return None if any(name and name in reason for name in names) else reason

    def _of_headings(self, surface: PrintedValue) -> str | None:
        """By the headings above, and the words of the table."""
        cell = self.surroundings.cell_at(surface.span.start)
        texts = (
            *self.surroundings.headings(surface.span.start),
            *(self.surroundings.table_texts(cell.table) if cell else ()),
        )
        if texts not in self._headings:
            self._headings[texts] = self._read_headings(texts)
        return self._headings[texts]

    def _read_headings(self, texts: tuple[str, ...]) -> str | None:
        for text in texts:
            if self._has_group and PARENT_ALONE.search(text) and not WHOLE_GROUP.search(PARENT_ALONE.sub("", text)):
                return f"it stands under {_cut(text)!r}, statements of the parent company alone"
        return None

    @cached_property
    def _has_group(self) -> bool:
        """Whether the document has figures of a group, of which those of the parent alone are others."""
        return bool(WHOLE_GROUP.search(PARENT_ALONE.sub("", self.surroundings.text)))

    def _in_sentence(self, expected: ExpectedFact, surface: PrintedValue) -> str | None:
        number = self.surroundings.sentence_number(surface.span.start)
        span = self.surroundings.sentence(number)
        before = self.surroundings.text[span.start : surface.span.start]
        clause = _CLAUSE.split(before)[-1]
        if CHANGED_BY.search(self.surroundings.text, span.start, surface.outer.start) and not _is_named_change(
            expected
        ):
            return "it is the amount of a change"
        if match := EXPECTATIONS.search(clause):
            return f"{match[0]!r} before it tells of the future"
        if expected.marks:
            return None  # what cuts the fact says whose it is
        owner = self._owner(number, surface.span.start)
        return f"it is told of {owner}" if owner else None

    def _owner(self, sentence: int, end: int | None = None) -> str | None:
        """Which other company the words before a place, or a whole sentence, speak of last."""
        span = self.surroundings.sentence(sentence)
        if end is None and sentence in self._owners:
            return self._owners[sentence]
        owner_named: str | None = None
        place, is_ours = span.start, False
        for start, owner in sorted(self._named(span.start, end or span.end)):
            if start >= place:
                place, owner_named, is_ours = start, owner, owner is None
        pronoun = PRONOUNS.search(self.surroundings.text, span.start, end or span.end)
        if owner_named is None and not is_ours and pronoun is not None and sentence > 0:
            before = self.surroundings.sentence(sentence - 1)
            if self.surroundings.leaf_number(before.start) == self.surroundings.leaf_number(span.start):
                owner_named = self._owner(sentence - 1)
        if end is None:
            self._owners[sentence] = owner_named
        return owner_named

    def _named(self, start: int, end: int) -> Iterator[tuple[int, str | None]]:
        """Where other companies, or the registrant (``None``), are named."""
        text = self.surroundings.text
        for match in COMPANY.finditer(text, start, end):
            if self._is_own(match[0]):
                yield match.start(), None
            elif _OWNS.match(text, match.end()) or _IS_OWNER.search(text[start : match.start()]):
                yield match.start(), match[0].strip()
        for match in OTHERS.finditer(text, start, end):
            yield match.start(), match[0]
        for match in OURS.finditer(text, start, end):
            yield match.start(), None

    def _is_own(self, name: str) -> bool:
        """Whether a company is the registrant: one that the title or the first headings name, in full or in part."""
        words = {token.casefold() for token, _, _ in tokens_of(name)}
        return bool(words & self._own_words)

    @cached_property
    def _own_words(self) -> frozenset[str]:
        """The first words of the companies that the title or the first headings name, else of the first one named."""
        texts = [self.surroundings.document.title]
        texts += [
            self.surroundings.text[block.start : block.end]
            for block in self.surroundings.leaves[:_TITLES]
            if block.kind == "heading"
        ]
        names = [match[0] for text in texts for match in COMPANY.finditer(text)]
        names = names or [match[0] for match in [COMPANY.search(self.surroundings.text)] if match]
        return frozenset(tokens_of(name)[0][0].casefold() for name in names)


def _is_named_change(expected: ExpectedFact) -> bool:
    return any(
        re.search(r"change|growth|increase|decrease|adjust|difference", label, re.I) for label in expected.labels
    )


def _cut(text: str) -> str:
    return truncated(text, 60)
