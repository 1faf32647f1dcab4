"""Regular expressions of XML Schema, decided in time linear in the text by RE2, which keeps no way back to try.

What RE2 would need too much room for is refused: a pattern may come from a document that means harm.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from attrs import frozen

from exporter.model.pattern_syntax import (
    Characters,
    Choice,
    Node,
    PatternError,
    Ranges,
    Repetition,
    Sequence,
    parse_pattern,
)

LONGEST_PATTERN: Final = 10_000
"""The most characters of a pattern."""

MOST_PLACES: Final = 20_000
"""The most characters and classes of a pattern, each as often as it is counted: ``(ab{3}){2}`` has eight."""

MOST_AMBIGUOUS_PLACES: Final = 5_000
"""The same for a pattern of which several places may meet one character: each may cost a step for each character."""

_MOST_RANGES: Final = 100_000  # of all the classes, each as often as it is counted
_MOST_STEPS: Final = 100_000  # to see whether a pattern is deterministic
_MEMORY: Final = 64 * 1024**2  # in bytes, for a pattern
_COUNTED: Final = 1000  # RE2 repeats no further, repetitions in each other multiplied


class PatternLimitError(PatternError):
    """The pattern would cost more than a document is worth; the message names the limit."""


@frozen
class Pattern:
    """A compiled pattern, and the number of characters of the texts that it fits: ``most`` is ``None`` for any."""

    least: int
    most: int | None
    compiled: Any
    is_deterministic: bool

    def matches(self, text: str) -> bool:
        """Whether the whole of ``text`` fits; a text with half a surrogate pair fits nothing."""
        if len(text) < self.least or (self.most is not None and len(text) > self.most):
            return False
        try:
            return self.compiled.fullmatch(text) is not None
        except UnicodeEncodeError:
            return False


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> Pattern:
    """A pattern of XML Schema 1.0, for use with whole texts.

    Raises:
        PatternLimitError: it goes beyond a limit on length or size.
        PatternError: it is no pattern.
    """
    import re2  # type: ignore[import-untyped]

    if len(pattern) > LONGEST_PATTERN:
        raise PatternLimitError(f"it has more than {LONGEST_PATTERN:,} characters")
    node = parse_pattern(pattern)
    whole, node = _size(node), _without_counted_length(node)
    size = _size(node)
    deterministic = _is_deterministic(node, _MOST_STEPS)
    most_places = MOST_PLACES if deterministic else MOST_AMBIGUOUS_PLACES
    if size.places > most_places:
        kind = "" if deterministic else ", several of which may meet one character"
        raise PatternLimitError(f"it counts up to more than {most_places:,} characters{kind}")
    if size.ranges > _MOST_RANGES:
        raise PatternLimitError(f"its classes count up to more than {_MOST_RANGES:,} ranges of characters")
    options = re2.Options()
    options.max_mem, options.log_errors, options.never_capture = _MEMORY, False, True
    try:
        compiled = re2.compile("".join(_translated(node)), options)
    except re2.error as error:
        raise PatternLimitError(f"it needs more than {_MEMORY // 1024**2} MB") from error
    return Pattern(whole.least, whole.most, compiled, deterministic)


@frozen
class _Size:
    """What a pattern costs, and how long the texts are that it fits."""

    places: int
    ranges: int
    least: int
    most: int | None


def _size(node: Node) -> _Size:
    match node:
        case Characters(ranges):
            return _Size(1, len(ranges), 1, 1)
        case Sequence(parts):
            sizes = [_size(part) for part in parts]
            most = None if any(size.most is None for size in sizes) else sum(size.most or 0 for size in sizes)
            return _Size(_places(sizes), _ranges(sizes), sum(size.least for size in sizes), most)
        case Choice(branches):
            sizes = [_size(branch) for branch in branches]
            most = None if any(size.most is None for size in sizes) else max(size.most or 0 for size in sizes)
            return _Size(_places(sizes), _ranges(sizes), min(size.least for size in sizes), most)
        case Repetition(part, low, high):
            size = _size(part)
            times = max(high if high is not None else low, 1)
            most = 0 if size.most == 0 else None if high is None or size.most is None else size.most * high
            return _Size(size.places * times, size.ranges * times, size.least * low, most)


def _places(sizes: list[_Size]) -> int:
    return 1 + sum(size.places for size in sizes)


def _ranges(sizes: list[_Size]) -> int:
    return sum(size.ranges for size in sizes)


def _without_counted_length(node: Node) -> Node:
    """The same, any number of times where the length of the text says how often: ``.{0,4000}`` is ``.*``.

    So it is with one repetition of a character or class among parts of fixed lengths.
    """
    parts = list(node.parts) if isinstance(node, Sequence) else [node]
    sizes = [_size(part) for part in parts]
    varying = [number for number, size in enumerate(sizes) if size.least != size.most]
    counted = [number for number, part in enumerate(parts) if _is_counted_character(part)]
    if len(varying) > 1 or (varying and varying[0] not in counted) or not counted:
        return node
    number = varying[0] if varying else max(counted, key=lambda number: sizes[number].ranges)
    repetition = parts[number]
    assert isinstance(repetition, Repetition)
    parts[number] = Repetition(repetition.part, 0, None)
    return Sequence(tuple(parts))


def _is_counted_character(node: Node) -> bool:
    return isinstance(node, Repetition) and isinstance(node.part, Characters)


# Patterns of profiles and rules


@frozen
class RulePattern:
    """A regular expression of a profile or a table of rules, in the syntax of RE2; no text makes it slow.

    The methods are those of `re.Pattern`; a text with half a surrogate pair fits nothing.
    """

    compiled: Any

    def fullmatch(self, text: str) -> Any:
        """The match of the whole text, or ``None``."""
        return self._try(self.compiled.fullmatch, text)

    def match(self, text: str) -> Any:
        """The match at the start of the text, or ``None``."""
        return self._try(self.compiled.match, text)

    def search(self, text: str) -> Any:
        """The first match in the text, or ``None``."""
        return self._try(self.compiled.search, text)

    @staticmethod
    def _try(method: Callable[[str], Any], text: str) -> Any:
        try:
            return method(text)
        except UnicodeEncodeError:
            return None


@lru_cache(maxsize=1024)
def compile_rule_pattern(pattern: str) -> RulePattern:
    """A pattern of a profile or a table of rules, which users write: RE2 has Python's syntax without look-around.

    Raises:
        PatternError: it is not a regular expression, or has what RE2 leaves out: look-around, back-references.
    """
    import re2

    options = re2.Options()
    options.max_mem, options.log_errors = _MEMORY, False
    try:
        return RulePattern(re2.compile(pattern, options))
    except UnicodeEncodeError as error:
        raise PatternError("it has half a surrogate pair") from error
    except re2.error as error:
        reason = error.args[0] if error.args else "it needs too much room"
        raise PatternError(reason.decode() if isinstance(reason, bytes) else str(reason)) from error


# As RE2 writes it


def _translated(node: Node) -> Iterator[str]:
    match node:
        case Characters(ranges):
            yield _class(ranges)
        case Sequence(parts):
            for part in parts:
                yield from _translated(part)
        case Choice(branches):
            for number, branch in enumerate(branches):
                yield "|" if number else "(?:"
                yield from _translated(branch)
            yield ")"
        case Repetition(part, low, high):
            yield from _repeated(part, low, high)


def _repeated(part: Node, low: int, high: int | None) -> Iterator[str]:
    """A repetition, in pieces that RE2 counts."""
    text = f"(?:{''.join(_translated(part))})"
    if text == "(?:)":
        return  # the empty text, however often
    if high == 0:
        return
    piece = max(_COUNTED // _counted(part), 1)
    for _ in range(low // piece):
        yield f"(?:{text}{{{piece}}})"
    if low % piece:
        yield f"(?:{text}{{{low % piece}}})"
    if high is None:
        yield f"(?:{text}*)"
        return
    optional = high - low
    for _ in range(optional // piece):
        yield f"(?:{text}{{0,{piece}}})"
    if optional % piece:
        yield f"(?:{text}{{0,{optional % piece}}})"


def _counted(node: Node) -> int:
    """How far a node counts as it is written for RE2, repetitions in each other multiplied."""
    match node:
        case Characters():
            return 1
        case Sequence(parts) | Choice(parts):
            return max((_counted(part) for part in parts), default=1)
        case Repetition(part, low, high):
            inner = _counted(part)
            times = max(low, 1 if high is None else high - low, 1)
            return inner * min(times, max(_COUNTED // inner, 1))


def _class(ranges: Ranges) -> str:
    if not ranges:
        return "[^\\x{0}-\\x{10FFFF}]"
    return "[" + "".join(f"\\x{{{low:X}}}-\\x{{{high:X}}}" for low, high in ranges) + "]"


# Whether a pattern is deterministic


def _is_deterministic(node: Node, most: int) -> bool:
    """Whether each character of a text can be met by one place of the pattern only, read from the left.

    Such a pattern costs any engine one step a character. ``most`` bounds the places that are looked at; beyond them
    the answer is no. A repetition that is counted is checked like one that is not, which may say no where yes is true.
    """
    places = _Positions(most)
    try:
        first, _, _ = places.enter(node)
        places.must_differ(first)
    except _AmbiguousError:
        return False
    return all(places.differ(following) for following in places.following)


class _AmbiguousError(Exception):
    """Two places of a pattern can meet one character, or there are too many positions to decide."""


class _Positions:
    """The places of a pattern that meet a character (Glushkov's positions), and which of them may follow each."""

    def __init__(self, most: int) -> None:
        self._left = most
        self._ranges: list[Ranges] = []
        self.following: list[list[int]] = []

    def enter(self, node: Node) -> tuple[list[int], list[int], bool]:
        """The first and the last places of a node, and whether it may be the empty text."""
        match node:
            case Characters(ranges):
                self._spend(1)
                self._ranges.append(ranges)
                self.following.append([])
                place = [len(self._ranges) - 1]
                return place, place, False
            case Choice(branches):
                entered = [self.enter(branch) for branch in branches]
                firsts = [place for first, _, _ in entered for place in first]
                return firsts, [place for _, last, _ in entered for place in last], any(empty for *_, empty in entered)
            case Sequence(parts):
                return self._enter_sequence(parts)
            case Repetition(part, low, high):
                first, last, empty = self.enter(part)
                if high is None or high > 1:
                    self._follow(last, first)
                return first, last, empty or low == 0

    def _enter_sequence(self, parts: tuple[Node, ...]) -> tuple[list[int], list[int], bool]:
        firsts: list[int] = []
        lasts: list[int] = []
        empty = True
        for part in parts:
            first, last, may_be_empty = self.enter(part)
            self._follow(lasts, first)
            firsts = firsts + first if empty else firsts
            lasts = lasts + last if may_be_empty else last
            self._spend(len(lasts))
            empty = empty and may_be_empty
        return firsts, lasts, empty

    def _follow(self, lasts: list[int], firsts: list[int]) -> None:
        self._spend(len(lasts) * len(firsts))
        for place in lasts:
            self.following[place] += firsts

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise _AmbiguousError

    def must_differ(self, places: list[int]) -> None:
        if not self.differ(places):
            raise _AmbiguousError

    def differ(self, places: list[int]) -> bool:
        """Whether no two of the places meet one character."""
        if len(places) < 2:
            return True
        ordered = sorted(self._every_range(places))
        return all(high < low for (_, high), (low, _) in pairwise(ordered))

    def _every_range(self, places: list[int]) -> Iterator[tuple[int, int]]:
        for place in places:
            yield from self._ranges[place]
