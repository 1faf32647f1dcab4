"""The syntax of regular expressions of XML Schema (XML Schema 1.0 part 2, appendix F), read into a tree.

They differ from those of programming languages: ``^`` and ``$`` are ordinary characters, ``.`` stops at a carriage
return too, ``\\i`` and ``\\c`` are the characters of names, ``\\p{…}`` names a category or block of Unicode, and
``[a-z-[aeiou]]`` takes characters away. Sets of characters are held as ascending, disjoint, inclusive ranges of code
points without the surrogates, which XML does not have.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import groupby
from typing import Final, TypeAlias

from attrs import frozen

from exporter.model.qname import NCNAME_PATTERN
from exporter.model.unicode_blocks import unicode_block

Ranges: TypeAlias = tuple[tuple[int, int], ...]

_EVERY: Final = ((0, 0xD7FF), (0xE000, sys.maxunicode))
_DEPTH: Final = 100  # of groups and classes in each other
_PROPERTY: Final = re.compile(r"\{(?:Is([A-Za-z0-9-]+)|([LMNPZSC][a-z]?))\}")
_QUANTITY: Final = re.compile(r"\{([0-9]{1,9})(?:(,)([0-9]{0,9}))?\}")
_REPETITIONS: Final[dict[str, tuple[int, int | None]]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_CONTROLS: Final = {"n": "\n", "r": "\r", "t": "\t"}
_ESCAPED: Final = frozenset("\\|.-^?*+{}()[]$")  # ``$`` is needless, and written all the same
_NAME_CHARACTERS: Final = NCNAME_PATTERN[NCNAME_PATTERN.index("][") + 2 : -2]
_NAME_START: Final = NCNAME_PATTERN[1 : NCNAME_PATTERN.index("]")]


class PatternError(ValueError):
    """The text is no regular expression of XML Schema; the message says why."""


@frozen
class Characters:
    """One character of a set."""

    ranges: Ranges


@frozen
class Sequence:
    """Parts one after the other; none of them is the empty text."""

    parts: tuple[Node, ...]


@frozen
class Choice:
    """One of several branches."""

    branches: tuple[Node, ...]


@frozen
class Repetition:
    """``part`` from ``low`` to ``high`` times, ``None`` for any number of times."""

    part: Node
    low: int
    high: int | None


Node: TypeAlias = Characters | Sequence | Choice | Repetition


def parse_pattern(pattern: str) -> Node:
    """The tree of a regular expression.

    Raises:
        PatternError: it is none, names no known block of Unicode, or nests more than 100 groups.
    """
    reader = _PatternParser(pattern)
    node = reader.choice(0)
    if reader.peek():
        raise PatternError(f"there is a {reader.peek()!r} too many")
    return node


class _PatternParser:
    """Reads a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        if self._at >= len(self._text):
            raise PatternError("it ends in the middle of a group, class or escape")
        self._at += 1
        return self._text[self._at - 1]

    def choice(self, depth: int) -> Node:
        if depth > _DEPTH:
            raise PatternError(f"it nests more than {_DEPTH} groups")
        branches = [self._sequence(depth)]
        while self.peek() == "|":
            self._at += 1
            branches.append(self._sequence(depth))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        while (character := self.peek()) and character not in "|)":
            parts.append(self._quantified(self._atom(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _atom(self, depth: int) -> Node:
        character = self._take()
        if character == "(":
            node = self.choice(depth + 1)
            if self._take() != ")":
                raise PatternError("a group is not closed")
            return node
        if character in "*+?]":
            raise PatternError(f"there is nothing that the {character!r} could belong to")
        if character == "[":
            return Characters(self._class(depth))
        if character == "\\":
            return Characters(self._escape()[0])
        if character == ".":
            return Characters(complement(((10, 10), (13, 13))))
        return Characters(((ord(character), ord(character)),))

    def _quantified(self, node: Node) -> Node:
        character = self.peek()
        if character in _REPETITIONS and character:
            self._at += 1
            return Repetition(node, *_REPETITIONS[character])
        if character != "{":
            return node
        match = _QUANTITY.match(self._text, self._at)
        if match is None:
            raise PatternError("a quantity in braces is none, or has more than nine digits")
        self._at = match.end()
        low = int(match[1])
        high = low if match[2] is None else int(match[3]) if match[3] else None
        if high is not None and high < low:
            raise PatternError(f"the quantity {match[0]} ends below its start")
        return Repetition(node, low, high)

    def _class(self, depth: int) -> Ranges:
        """The characters of a class, the opening bracket already read."""
        if depth > _DEPTH:
            raise PatternError(f"it nests more than {_DEPTH} classes")
        negated = self.peek() == "^"
        self._at += negated
        members: list[tuple[int, int]] = []
        without: Ranges = ()
        while (character := self._take()) != "]":
            if character == "-" and self.peek() == "[" and members:
                self._at += 1
                without = self._class(depth + 1)
                if self.peek() != "]":
                    raise PatternError("a class goes on after what is taken away from it")
            elif character == "[":
                raise PatternError("a '[' stands in a class without a backslash")
            else:
                members += self._member(character)
        if not members:
            raise PatternError("a class is empty")
        ranges = union(members)
        return minus(complement(ranges) if negated else ranges, without)

    def _member(self, character: str) -> Ranges:
        """A character, escape or range of a class whose first character is given."""
        ranges, single = self._escape() if character == "\\" else (((ord(character), ord(character)),), True)
        following = self._text[self._at + 1 : self._at + 2]
        if not single or self.peek() != "-" or following in ("]", "[", ""):
            return ranges
        if character == "-":
            return ranges  # in front of another hyphen: both mean themselves
        self._at += 1
        last, single = self._escape() if self._take() == "\\" else (((ord(following), ord(following)),), True)
        if not single or last[0][0] < ranges[0][0]:
            raise PatternError("a range of a class does not end at a character after its first")
        return ((ranges[0][0], last[0][0]),)

    def _escape(self) -> tuple[Ranges, bool]:
        """The characters that the escape after a backslash means, and whether it means a single one."""
        character = self._take()
        if character in "pP":
            match = _PROPERTY.match(self._text, self._at)
            if match is None:
                raise PatternError(f"the \\{character} names no category and no block of Unicode")
            self._at = match.end()
            ranges = _block(match[1]) if match[1] else _category(match[2])
            return (complement(ranges) if character == "P" else ranges), False
        if (shorthand := _shorthand(character.lower())) is not None:
            return (complement(shorthand) if character.isupper() else shorthand), False
        if character not in _ESCAPED and character not in _CONTROLS:
            raise PatternError(f"there is no escape \\{character}")
        code = ord(_CONTROLS.get(character, character))
        return ((code, code),), True


# Sets of characters


def union(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """All the characters of some ranges, which may be in any order and overlap."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return minus(tuple(merged), ((0xD800, 0xDFFF),))


def complement(ranges: Ranges) -> Ranges:
    """All the characters that are not in a set."""
    return minus(_EVERY, ranges)


def minus(ranges: Ranges, without: Ranges) -> Ranges:
    """The characters of the first set that are not in the second."""
    kept: list[tuple[int, int]] = []
    position = 0
    for low, high in ranges:
        while position < len(without) and without[position][1] < low:
            position += 1
        at, start = position, low
        while at < len(without) and without[at][0] <= high:
            if without[at][0] > start:
                kept.append((start, without[at][0] - 1))
            start = max(start, without[at][1] + 1)
            at += 1
        if start <= high:
            kept.append((start, high))
    return tuple(kept)


def _block(name: str) -> Ranges:
    try:
        return union(unicode_block(name))
    except KeyError:
        raise PatternError(f"there is no block of Unicode named Is{name}") from None


@lru_cache(maxsize=64)
def _category(names: str) -> Ranges:
    """The characters of a category (``Lu``) or of several main ones (``PZC``)."""
    prefixes = (names,) if len(names) == 2 and names[1].islower() else tuple(names)
    runs = _categories()
    ranges = union(run for category in runs if category.startswith(prefixes) for run in runs[category])
    if not ranges and names != "Cs":
        raise PatternError(f"there is no category of Unicode named {names}")
    return ranges


@cache
def _categories() -> dict[str, list[tuple[int, int]]]:
    """The runs of characters of each category."""
    runs: dict[str, list[tuple[int, int]]] = {}
    start = 0
    for category, run in groupby(map(unicodedata.category, map(chr, range(sys.maxunicode + 1)))):
        length = sum(1 for _ in run)
        runs.setdefault(category, []).append((start, start + length - 1))
        start += length
    return runs


@lru_cache(maxsize=8)
def _shorthand(name: str) -> Ranges | None:
    """What ``\\s``, ``\\i``, ``\\c``, ``\\d`` and ``\\w`` mean."""
    if name == "s":
        return ((9, 10), (13, 13), (32, 32))
    if name == "d":
        return _category("Nd")
    if name == "w":
        return complement(_category("PZC"))
    if name in ("i", "c"):
        characters = (_NAME_START if name == "i" else _NAME_CHARACTERS) + ":"
        return union((ord(low), ord(high or low)) for low, high in re.findall(r"(.)(?:-(.))?", characters))
    return None
