"""What patterns of XML Schema mean, by a slow matcher of its own over trees of its own, beside their text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from attrs import frozen
from hypothesis import strategies as st

ALPHABET: Final = "abAB19 -_.:^$]\\é\u0660\u00a0\n\r\tΩ日\U00010400\u0301\u20ac"
_NAME_START: Final = "abABé\u0660Ω日\U00010400\u20ac_:"  # of these, by XML 1.0, fifth edition
_META: Final = frozenset("\\.?*+()|[]{}")
_WORDS: Final = ("P", "Z", "C")

Test = Callable[[str], bool]
SHORTHANDS: Final[Mapping[str, Test]] = {
    r"\d": lambda c: unicodedata.category(c) == "Nd",
    r"\D": lambda c: unicodedata.category(c) != "Nd",
    r"\w": lambda c: unicodedata.category(c)[0] not in _WORDS,
    r"\W": lambda c: unicodedata.category(c)[0] in _WORDS,
    r"\s": lambda c: c in " \t\n\r",
    r"\S": lambda c: c not in " \t\n\r",
    r"\i": lambda c: c in _NAME_START,
    r"\c": lambda c: c in _NAME_START or c in "19-.\u0301",
    r"\p{L}": lambda c: unicodedata.category(c)[0] == "L",
    r"\P{Lu}": lambda c: unicodedata.category(c) != "Lu",
    r"\p{Sc}": lambda c: unicodedata.category(c) == "Sc",
    r"\p{IsGreek}": lambda c: 0x370 <= ord(c) <= 0x3FF,
    r"\P{IsBasicLatin}": lambda c: ord(c) > 0x7F,
    r"\p{IsCJKUnifiedIdeographs}": lambda c: 0x4E00 <= ord(c) <= 0x9FFF,
    r"\n": lambda c: c == "\n",
    r"\t": lambda c: c == "\t",
    r"\-": lambda c: c == "-",
    r"\]": lambda c: c == "]",
    r"\^": lambda c: c == "^",
    r"\\": lambda c: c == "\\",
}


@frozen
class Meaning:
    """A pattern's text, and the places where it may end in a text when it starts at a place."""

    text: str
    ends: Callable[[str, int], frozenset[int]]

    def fits(self, text: str) -> bool:
        return len(text) in self.ends(text, 0)


def _one(text: str, test: Test) -> Meaning:
    return Meaning(text, lambda subject, at: frozenset([at + 1] if subject[at : at + 1] and test(subject[at]) else []))


def _sequence(parts: list[Meaning]) -> Meaning:
    def ends(subject: str, at: int) -> frozenset[int]:
        reached = frozenset([at])
        for part in parts:
            reached = frozenset(end for start in reached for end in part.ends(subject, start))
        return reached

    return Meaning("".join(part.text for part in parts), ends)


def _choice(branches: list[Meaning]) -> Meaning:
    text = "(" + "|".join(branch.text for branch in branches) + ")"
    return Meaning(text, lambda subject, at: frozenset[int]().union(*(one.ends(subject, at) for one in branches)))


def _repetition(part: Meaning, quantity: tuple[str, int, int | None]) -> Meaning:
    written, low, high = quantity

    def ends(subject: str, at: int) -> frozenset[int]:
        reached, all_ends = frozenset([at]), frozenset([at] if low == 0 else [])
        for times in range(1, (high if high is not None else low + len(subject)) + 1):
            reached = frozenset(end for start in reached for end in part.ends(subject, start))
            if times >= low:
                all_ends |= reached
        return all_ends

    return Meaning(f"({part.text}){written}", ends)


def _class(members: list[tuple[str, Test]], negated: bool, without: tuple[str, Test] | None) -> tuple[str, Test]:
    def test(character: str) -> bool:
        inside = any(one(character) for _, one in members) != negated
        return inside and not (without is not None and without[1](character))

    taken = f"-{without[0]}" if without is not None else ""
    return f"[{'^' if negated else ''}{''.join(text for text, _ in members)}{taken}]", test


def _literal(character: str) -> tuple[str, Test]:
    return (f"\\{character}" if character in _META else character), lambda c: c == character


def _range(ends: tuple[str, str]) -> tuple[str, Test]:
    low, high = sorted(ends)
    return f"{low}-{high}", lambda c: low <= c <= high


@cache
def meanings(
    alphabet: str = ALPHABET, *, shorthands: tuple[str, ...] = tuple(SHORTHANDS), for_libxml2: bool = False
) -> st.SearchStrategy[Meaning]:
    """Patterns over an alphabet with what they mean; for libxml2 without what it is known to take otherwise.

    It takes ``[\\D-[^\\d]]`` to hold digits, and ``(){2}`` to fit nothing.
    """
    characters = st.sampled_from(alphabet)
    escapes = st.sampled_from([(text, SHORTHANDS[text]) for text in shorthands])
    safe = [one for one in alphabet if one.isalnum()]
    members = st.one_of(
        escapes,
        characters.filter(lambda c: c not in "-[]^\\").map(lambda c: (c, lambda other: other == c)),
        st.tuples(st.sampled_from(safe), st.sampled_from(safe)).map(_range),
    )
    lists = st.lists(members, min_size=1, max_size=4)
    plain = st.builds(_class, lists, st.booleans(), st.none())
    classes = plain if for_libxml2 else st.builds(_class, lists, st.booleans(), st.one_of(st.none(), plain))
    dot: tuple[str, Test] = (".", lambda c: c not in "\n\r")
    atoms = st.one_of(characters.map(_literal), escapes, classes, st.just(dot)).map(lambda one: _one(*one))
    signs = st.sampled_from([("*", 0, None), ("+", 1, None), ("?", 0, 1)])
    quantities = (
        signs
        if for_libxml2
        else st.one_of(
            signs,
            st.integers(0, 4).map(lambda n: (f"{{{n}}}", n, n)),
            st.integers(0, 3).map(lambda n: (f"{{{n},}}", n, None)),
            st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda n: (f"{{{n[0]},{sum(n)}}}", n[0], sum(n))),
        )
    )
    return st.recursive(
        atoms,
        lambda inner: st.one_of(
            st.lists(inner, max_size=4).map(_sequence),
            st.lists(inner, min_size=1, max_size=3).map(_choice),
            st.builds(_repetition, inner, quantities),
        ),
        max_leaves=8,
    )
