"""Texts that make a backtracking matcher slow, for every regular expression of the package.

Run as a module, it tries each pattern with each of its texts and prints the patterns that need more processor time than
a generous limit; it is a program of its own because a pattern that never ends can only be stopped from outside.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import FunctionType
from typing import Any, Final, NamedTuple

import exporter

LENGTH: Final = 100_000
"""Characters of a text. A pattern that takes a step for each takes milliseconds, a quadratic one at least 5 seconds."""

SECONDS: Final = 4.0
"""Processor time for one text: many hundred times what a linear pattern needs."""

_FIRST_LENGTH: Final = 4_000
_FIRST_SECONDS: Final = 0.003  # a pattern that takes longer for a short text is tried with a long one

Uses = dict[tuple[str | bytes, int], dict[str, set[str]]]  # pattern and flags: where it stands, how it is applied

_METHODS: Final = frozenset({"search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split"})
_SAMPLES: Final = " \t\n\u00a0\u202faZ09.,-–_:;()[]{}<>/\\\"'&#%$¥日年月円ァあé\x01"
_TAILS: Final = ("\x01", "\n\x01")
_ONE_CHARACTER: Final = (codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN)
_REPEATS: Final = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


# The patterns of the package


def patterns_in_use() -> Uses:
    """Every pattern that a module holds or a call of `re` is given as a literal, with the methods it is used by."""
    uses: Uses = {}
    trees = {name: ast.parse(Path(path).read_text(encoding="utf-8")) for name, path in _modules()}
    direct: dict[str, set[str]] = {}
    for module, tree in trees.items():
        imported = _imported(tree)
        for name, method in _method_calls(tree):
            direct.setdefault(imported.get(name, f"{module}.{name}"), set()).add(method)
    for module, tree in trees.items():
        indirect = {method for name, method in _method_calls(tree) if name.islower() and name != "re"} - {"split"}
        for name, value in list(vars(importlib.import_module(module)).items()):
            for pattern in _held(value, set()):
                methods = direct.get(f"{module}.{name}") or indirect or {"fullmatch", "match"}
                uses.setdefault((pattern.pattern, pattern.flags), {}).setdefault(f"{module}.{name}", set()).update(
                    methods
                )
        for node in ast.walk(tree):
            if (literal := _literal_call(node)) is not None:
                pattern, method = literal
                uses.setdefault((pattern.pattern, pattern.flags), {}).setdefault(module, set()).add(method)
    for path in Path(exporter.__file__).parent.rglob("*.schema.json"):
        for source in _schema_patterns(json.loads(path.read_bytes())):
            uses.setdefault((source, int(re.UNICODE)), {}).setdefault(path.name, set()).add("search")
    return uses


def _schema_patterns(node: Any) -> Iterator[str]:
    """The patterns of a JSON Schema."""
    if isinstance(node, dict):
        if isinstance(pattern := node.get("pattern"), str):
            yield pattern
        yield from node.get("patternProperties", ())
        node = list(node.values())
    for child in node if isinstance(node, list) else ():
        yield from _schema_patterns(child)


def _modules() -> Iterator[tuple[str, str]]:
    for module in pkgutil.walk_packages(exporter.__path__, "exporter."):
        if not module.name.endswith("__main__"):
            yield module.name, str(importlib.import_module(module.name).__file__)


def _imported(tree: ast.AST) -> dict[str, str]:
    """The full names of what a module imports from others, by the names it gives them."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _method_calls(tree: ast.AST) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in _METHODS and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr


def _literal_call(node: ast.AST) -> tuple[re.Pattern[Any], str] | None:
    """The pattern and method of a call such as ``re.sub("a+", "", text)``."""
    match node:
        case ast.Call(ast.Attribute(ast.Name("re"), method), [ast.Constant(value), *_]) if method in _METHODS:
            flags = {"re.I": re.I, "re.IGNORECASE": re.I, "re.S": re.S, "re.ASCII": re.ASCII}
            given = [*node.args[1:], *(keyword.value for keyword in node.keywords)]
            return re.compile(value, sum(flags.get(ast.unparse(argument), 0) for argument in given)), method
    return None


def _held(value: Any, seen: set[int]) -> Iterator[re.Pattern[Any]]:
    """The patterns in a value: in collections, records of attrs, and what functions close over."""
    if id(value) in seen:
        return
    seen.add(id(value))
    parts: Iterable[Any] = ()
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, list | tuple | set | frozenset):
        parts = value
    elif isinstance(value, Mapping):
        parts = [*value.keys(), *value.values()]
    elif isinstance(value, FunctionType):
        parts = [cell.cell_contents for cell in value.__closure__ or ()]
    elif hasattr(type(value), "__attrs_attrs__"):
        parts = [getattr(value, attribute.name, None) for attribute in type(value).__attrs_attrs__]
    for part in parts:
        yield from _held(part, seen)


# The texts


class Attack(NamedTuple):
    """A text with a long middle: the repetitions of a pattern reached, fed, and disappointed."""

    before: str
    pump: str
    tail: str

    def text(self, length: int) -> str:
        """The text with so many characters in its middle, or a few less."""
        return self.before + self.pump * (length // len(self.pump)) + self.tail


def attacks(source: str, flags: int) -> Iterator[Attack]:
    """Each repetition of the pattern reached and fed, then a failing end."""
    tree = list(_parser.parse(source, flags))
    items = list(_single_items(tree))
    literals = {chr(value) for item in items for value in _literals(item)}
    alphabet: dict[tuple[bool, ...], str] = {}
    for character in [*_SAMPLES, *sorted(literals)]:  # one of each kind that the pattern tells apart
        alphabet.setdefault(tuple(_fits(item, character, flags) for item in items), character)
    characters = "".join(alphabet.values())
    pumps = {("", pump) for pump in characters}
    for before, pump in _pumps(tree, characters, flags, ""):
        pumps |= {(before, pump), ("", before + pump), ("", before)}
    for before, pump in sorted(pumps):
        if pump:
            yield from (Attack(before, pump, tail) for tail in _TAILS)


def _children(item: Any) -> Iterator[list[Any]]:
    code, value = item
    if code in _REPEATS:
        yield list(value[2])
    elif code is codes.SUBPATTERN:
        yield list(value[3])
    elif code is codes.ATOMIC_GROUP:
        yield list(value)
    elif code is codes.BRANCH:
        yield from (list(branch) for branch in value[1])
    elif code in (codes.ASSERT, codes.ASSERT_NOT):
        yield list(value[1])


def _single_items(tree: list[Any]) -> Iterator[Any]:
    for item in tree:
        if item[0] in _ONE_CHARACTER:
            yield item
        for child in _children(item):
            yield from _single_items(child)


def _literals(item: Any) -> Iterator[int]:
    code, value = item
    for part_code, part in value if code is codes.IN else [(code, value)]:
        if part_code in (codes.LITERAL, codes.NOT_LITERAL):
            yield part
        elif part_code is codes.RANGE:
            yield from part


def _fits(item: Any, character: str, flags: int) -> bool:
    code, value = item
    if code is codes.ANY:
        return character != "\n" or bool(flags & re.S)
    if code is codes.NOT_LITERAL:
        return chr(value) != character
    parts = value if code is codes.IN else [item]
    is_negated = any(part_code is codes.NEGATE for part_code, _ in parts)
    return any(_fits_part(code, value, character, flags) for code, value in parts) != is_negated


def _fits_part(code: Any, value: Any, character: str, flags: int) -> bool:
    if code is codes.LITERAL:
        return chr(value) == character or bool(flags & re.I and chr(value).lower() == character.lower())
    if code is codes.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    if code is codes.CATEGORY:
        kind = str(value).rpartition("_")[2]
        fits = {
            "DIGIT": character.isdigit(),
            "SPACE": character.isspace(),
            "WORD": character.isalnum() or character == "_",
        }
        return fits[kind] != ("_NOT_" in str(value))
    return False


def _witness(tree: Iterable[Any], alphabet: str, flags: int) -> str:
    """A short text that fits, look-around left aside."""
    text = ""
    for item in tree:
        code, value = item
        if code in _ONE_CHARACTER:
            text += next((character for character in alphabet if _fits(item, character, flags)), "")
        elif code in _REPEATS:
            text += _witness(value[2], alphabet, flags) * value[0]
        elif code not in (codes.ASSERT, codes.ASSERT_NOT):
            text += next((_witness(child, alphabet, flags) for child in _children(item)), "")
    return text


def _pumps(tree: list[Any], alphabet: str, flags: int, before: str) -> Iterator[tuple[str, str]]:
    """For every repetition without a small bound, a text that leads to it and texts that it takes."""
    for number, item in enumerate(tree):
        code, value = item
        reached = before + _witness(tree[:number], alphabet, flags)
        if code in _REPEATS and (value[1] is codes.MAXREPEAT or value[1] > 99):
            for character in alphabet:
                if pump := _witness(value[2], character + alphabet, flags):
                    yield reached, pump
        for child in _children(item):
            yield from _pumps(child, alphabet, flags, reached)


# The program


class _TooSlowError(Exception):
    """A pattern has used up its time."""


def _stop(*_: object) -> None:
    raise _TooSlowError


def is_slow(pattern: re.Pattern[Any], methods: Iterable[str]) -> str | None:
    """The start of a text for which a pattern needs more than the time for one text, or ``None``."""
    is_bytes = isinstance(pattern.pattern, bytes)
    source = pattern.pattern.decode("latin-1") if is_bytes else pattern.pattern
    flags = pattern.flags & ~re.LOCALE if not is_bytes else pattern.flags | re.ASCII
    methods = {"finditer" if name in ("findall", "sub", "subn", "split") else name for name in methods}
    for attack in attacks(source, flags):
        for method in methods:
            first = _seconds(pattern, method, attack.text(_FIRST_LENGTH))
            if first > _FIRST_SECONDS and _seconds(pattern, method, attack.text(LENGTH)) >= SECONDS:
                return f"{method} of {attack}"
    return None


def _seconds(pattern: re.Pattern[Any], method: str, text: str) -> float:
    """Processor time until the pattern is applied, or stopped."""
    subject: Any = text.encode("latin-1", "ignore") if isinstance(pattern.pattern, bytes) else text
    start = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        matches = getattr(pattern, method)(subject)
        if method == "finditer":
            deque(matches, maxlen=0)
    except _TooSlowError:
        return SECONDS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - start


def main() -> int:
    """Try every pattern; the number of slow ones."""
    signal.signal(signal.SIGVTALRM, _stop)
    slow = 0
    uses = patterns_in_use()
    for (source, flags), places in uses.items():
        methods = set[str]().union(*places.values())
        if (text := is_slow(re.compile(source, flags), methods)) is not None:
            slow += 1
            print(f"{source!r} ({', '.join(places)}) is slow: {text}")
    print(f"{len(uses)} patterns tried")
    return min(slow, 100)


if __name__ == "__main__":
    sys.exit(main())
