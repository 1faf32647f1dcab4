"""YAML documents as plain trees in which every number stays text; the one door to PyYAML.

`107.20` is the string "107.20", `2005-03-31` the string "2005-03-31": what a value means is decided by the field it
is for, not by its looks. Only plain `true` and `false`, and `null`, `~` or nothing (with the capitals that the core
schema of YAML 1.2 allows), are something else than text.

The tree is made from parser events, without recursion, so that no document can exhaust the stack.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from attrs import define, field, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.resources.limits import DEFAULT_LIMITS, Limits

_CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_CORE: Final = "tag:yaml.org,2002:"
_SCALAR_TAGS: Final = frozenset(_CORE + name for name in ("str", "int", "float", "timestamp"))
_CONSTANT_TAGS: Final = frozenset(_CORE + name for name in ("bool", "null"))
_MERGE: Final = "<<"
# What aliases and merges may blow a document up to: this many characters and nodes, or this many times what is written.
_FREE_EXPANSION: Final = 1_000_000
_EXPANSION_RATIO: Final = 20
# Some versions of libyaml stop at 1,000 levels by themselves: all are kept below that, whatever limits.depth says.
_DEEPEST: Final = 900
# Brackets outside of quoted texts and comments; no text makes the scan start over and over again.
_BRACKET: Final = re.compile(
    r"""(?<![^\s,:\[{])(?:'(?:[^']|'')*+'?|"(?:[^"\\]|\\.)*+"?|\#[^\n]*)|[\[\]{}]""", re.DOTALL
)
_UNPRINTABLE: Final = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What is invalid where it begins, not where the parser gives up.
_LOCATED_AT_START: Final = ("expected ':'", "quoted scalar")
_FIXES: Final = (
    ("tab character", "indent with blanks, not tabs"),
    ("cannot start any token", "indent with blanks, not tabs, and put texts that begin with a sign in quotes"),
    ("mapping values are not allowed", "put a text that has ': ' in it in quotes, and check the indentation"),
    ("expected ':'", "write 'name: value', with a blank after the colon"),
    ("quoted scalar", "close the quotes"),
    ("',' or", "close the bracket, and put a comma between its parts"),
    ("alias", "write *name of an &name that stands above"),
)


@frozen(eq=False)
class YamlSource:
    """A plain tree (`dict`, `list`, `str`, `bool`, `None`) that knows where its parts stand.

    What aliases refer to is shared in ``value``: do not change it.
    """

    value: Any
    name: str | None
    _root: _Node

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Nothing: what is wrong with the syntax is raised."""
        return ()

    def locate(self, pointer: str) -> Location:
        """The location of a JSON Pointer; see `exporter.sources.Source`."""
        node: _Node | None = self._root
        place = (self._root.line, self._root.column)
        for token in pointer.split("/")[1:]:
            part = None if node is None else node.part(token.replace("~1", "/").replace("~0", "~"))
            if part is None:
                break
            place, node = (part.line, part.column), part.node
        return Location(file=self.name, line=place[0], column=place[1], pointer=pointer)


@define(eq=False)
class _Part:
    """A member of a mapping or a sequence: where it stands and, if it holds parts itself, its node."""

    line: int
    column: int
    node: _Node | None = None


@define(eq=False)
class _Node:
    """A value under construction or done. ``weight`` counts the nodes and characters it stands for when written out."""

    line: int
    column: int
    value: Any
    parts: dict[str, _Part] | list[_Part] | None = None
    weight: int = 1
    is_open: bool = False
    key: _MappingKey | None = None
    merged: list[tuple[_Node, int, int]] = field(factory=list)

    def part(self, token: str) -> _Part | None:
        if isinstance(self.parts, dict):
            return self.parts.get(token)
        if isinstance(self.parts, list) and re.fullmatch("0|[1-9][0-9]{0,9}", token) and int(token) < len(self.parts):
            return self.parts[int(token)]
        return None


@frozen
class _MappingKey:
    text: str
    line: int
    column: int
    is_merge: bool = False
    is_duplicate: bool = False


class _StopError(Exception):
    """Reading further makes no sense; the findings say why."""


def read_yaml(source: Path | bytes, limits: Limits = DEFAULT_LIMITS, name: str | None = None) -> YamlSource:
    """The one document of a YAML file or of bytes (UTF-8, or UTF-16 with a byte order mark).

    Anchors, aliases and merge keys (``<<``) are followed, as far as the document does not blow up. Names of members are
    text, as written. The whole document is held as one text, so ``limits.text_size`` bounds it.

    Args:
        source: a path, or the bytes themselves.
        limits: on size and depth.
        name: the file name in locations; left out, the path.

    Raises:
        ReadError: with all findings: ``exporter:unreadableFile``, ``exporter:malformedYaml``,
            ``exporter:unsupportedYaml`` (tags, several documents, names that are no text, a value within itself),
            ``exporter:duplicateKey``, ``exporter:limitExceeded``.
    """
    name = name or (str(source) if isinstance(source, Path) else None)
    text = _decoded(_bytes_of(source, limits, name), name)
    composer = _Composer(name, limits, len(text))
    root = composer.compose(text)
    if composer.findings or root is None:
        raise ReadError(findings=composer.findings)
    return YamlSource(root.value, name, root)


def _bytes_of(source: Path | bytes, limits: Limits, name: str | None) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        try:
            with source.open("rb") as file:
                data = file.read(limits.text_size + 1)
        except OSError as error:
            message = f"the file cannot be read: {error.strerror or error}"
            fix = "check that the file is there and that you may read it"
            raise _refusal("exporter:unreadableFile", message, Location(file=name), fix) from None
    if len(data) > limits.text_size:
        message = f"the document has more than {limits.text_size} bytes"
        raise _refusal("exporter:limitExceeded", message, Location(file=name), "split it, or raise limits.text_size")
    return data


def _refusal(code: str, message: str, location: Location, fix: str) -> ReadError:
    return ReadError(findings=[Finding(code=code, message=message, location=location, fix=fix)])


def _decoded(data: bytes, name: str | None) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the document is not in {encoding.removesuffix('-sig').upper()}: {error.reason}"
        location = Location(file=name, line=line)
        raise _refusal("exporter:malformedYaml", message, location, "save the file as UTF-8") from None
    if bad := _UNPRINTABLE.search(text):
        line = text.count("\n", 0, bad.start()) + 1
        column = bad.start() - text.rfind("\n", 0, bad.start())
        location = Location(file=name, line=line, column=column)
        message = f"the character U+{ord(bad[0]):04X} may not stand in YAML"
        raise _refusal("exporter:malformedYaml", message, location, "take it out, or escape it in double quotes")
    return text


def _events(text: str) -> Iterator[Any]:
    import yaml  # imported on use: PyYAML is not needed by those who read other syntaxes

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.parse(text, Loader=loader)  # type: ignore[no-any-return,no-untyped-call,unused-ignore]


class _Composer:
    """Makes nodes from events. An open container waits on the stack until its end."""

    def __init__(self, name: str | None, limits: Limits, size: int) -> None:
        self.findings: list[Finding] = []
        self._name = name
        self._deepest = min(limits.depth, _DEEPEST)
        self._read_to = 0
        self._budget = max(_FREE_EXPANSION, _EXPANSION_RATIO * size)
        self._spent = 0
        self._stack: list[_Node] = []
        self._anchors: dict[str, _Node] = {}
        self._root: _Node | None = None
        self._documents = 0

    def compose(self, text: str) -> _Node | None:
        import yaml

        try:
            for event in _events(text):
                self._read_to = event.end_mark.index
                self._take(event)
        except yaml.MarkedYAMLError as error:
            if (place := self._too_deep_ahead(text, error)) is not None:
                self._too_deep(place)
            else:
                self._malformed(error)
        except _StopError:
            return None
        if self._root is None and not self.findings:
            self._root = _Node(1, 1, None)
        return self._root

    def _too_deep_ahead(self, text: str, error: Any) -> tuple[int, int] | None:
        """Where brackets that the parser met before its error are nested too deeply."""
        mark = error.problem_mark or error.context_mark
        level = len(self._stack)
        for match in _BRACKET.finditer(text, self._read_to, mark.index + 1 if mark else len(text)):
            level += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
            if level > self._deepest:
                start = match.start()
                return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        return None

    def _too_deep(self, place: tuple[int, int]) -> None:
        fix = "flatten the document" + (", or raise limits.depth" if self._deepest < _DEEPEST else "")
        self._finding("exporter:limitExceeded", f"collections are nested more than {self._deepest} deep", place, fix)

    def _malformed(self, error: Any) -> None:
        mark = error.problem_mark or error.context_mark
        if error.context_mark and any(sign in f"{error.problem} {error.context}" for sign in _LOCATED_AT_START):
            mark = error.context_mark
        reason = (error.problem or error.context or "the document is no YAML").replace("\t", "\\t")
        opened = error.context_mark
        is_elsewhere = opened and mark and (opened.line, opened.column) != (mark.line, mark.column)
        context = f" {error.context} that begins on line {opened.line + 1}" if error.context and is_elsewhere else ""
        fix = next((fix for sign, fix in _FIXES if sign in f"{reason} {error.context}"), None)
        self._finding(
            "exporter:malformedYaml",
            f"the document is no well-formed YAML: {reason}{context}",
            (mark.line + 1, mark.column + 1) if mark else (1, 1),
            fix or "check the indentation and the quotes here",
        )

    def _take(self, event: Any) -> None:
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        match type(event).__name__:
            case "ScalarEvent":
                self._scalar(event, place)
            case "AliasEvent":
                self._alias(event, place)
            case "MappingStartEvent" | "SequenceStartEvent":
                self._open(event, place)
            case "MappingEndEvent" | "SequenceEndEvent":
                self._close()
            case "DocumentStartEvent":
                self._documents += 1
                if self._documents > 1:
                    fix = "keep one document in a file, without a second '---'"
                    self._finding("exporter:unsupportedYaml", "the file holds more than one document", place, fix)
                    raise _StopError

    # --- events -----------------------------------------------------------------------------------------------

    def _scalar(self, event: Any, place: tuple[int, int]) -> None:
        plain, text = event.style in (None, ""), event.value
        holder = self._stack[-1] if self._stack else None
        if holder is not None and isinstance(holder.value, dict) and holder.key is None:
            self._check_tag(event, _SCALAR_TAGS | _CONSTANT_TAGS, place)
            self._key(holder, text, place, is_merge=plain and text == _MERGE)
            return
        self._check_tag(event, _SCALAR_TAGS | _CONSTANT_TAGS, place)
        is_constant = (plain and event.tag is None) or event.tag in _CONSTANT_TAGS
        value = _CONSTANTS.get(text, text) if is_constant else text
        node = _Node(*place, value, weight=1 + len(text))
        self._remember(event.anchor, node)
        self._attach(node, place)

    def _open(self, event: Any, place: tuple[int, int]) -> None:
        is_mapping = type(event).__name__ == "MappingStartEvent"
        self._check_tag(event, frozenset({_CORE + ("map" if is_mapping else "seq")}), place)
        if self._stack and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None:
            fix = "give the member a name that is text"
            self._finding("exporter:unsupportedYaml", "the name of a member is a collection", place, fix)
            raise _StopError
        if len(self._stack) >= self._deepest:
            self._too_deep(place)
            raise _StopError
        node = _Node(*place, {} if is_mapping else [], {} if is_mapping else [], is_open=True)
        self._remember(event.anchor, node)
        self._stack.append(node)

    def _close(self) -> None:
        node = self._stack.pop()
        for source, *place in node.merged:
            self._merge(node, source, (place[0], place[1]))
        node.merged.clear()
        node.is_open = False
        self._attach(node, (node.line, node.column))

    def _alias(self, event: Any, place: tuple[int, int]) -> None:
        node = self._anchors.get(event.anchor)
        if node is None:
            message = f"the alias *{event.anchor} stands for nothing"
            self._finding("exporter:malformedYaml", message, place, f"define &{event.anchor} above, or quote the text")
            node = _Node(*place, None)
        elif node.is_open:
            message = f"the alias *{event.anchor} stands within the value that it names"
            self._finding("exporter:unsupportedYaml", message, place, "refer only to what is complete above")
            node = _Node(*place, None)
        holder = self._stack[-1] if self._stack else None
        if holder is not None and isinstance(holder.value, dict) and holder.key is None:
            if node.parts is not None:
                fix = "give the member a name that is text"
                self._finding("exporter:unsupportedYaml", "the name of a member is a collection", place, fix)
                raise _StopError
            self._key(holder, str(node.value), place)
            return
        self._spend(node.weight, place)
        self._attach(node, place)

    # --- building ---------------------------------------------------------------------------------------------

    def _check_tag(self, event: Any, allowed: frozenset[str], place: tuple[int, int]) -> None:
        if event.tag not in (None, "!", *allowed):
            tag = event.tag.replace(_CORE, "!!")
            fix = "take the tag out: the item's fields say what their values are"
            self._finding("exporter:unsupportedYaml", f"the tag {tag} is not supported", place, fix)

    def _remember(self, anchor: str | None, node: _Node) -> None:
        if anchor is not None:
            self._anchors[anchor] = node

    def _key(self, holder: _Node, text: str, place: tuple[int, int], *, is_merge: bool = False) -> None:
        first = None if is_merge or not isinstance(holder.parts, dict) else holder.parts.get(text)
        if first is not None:
            message = f"the name {text!r} is given twice, first on line {first.line}"
            written = holder.value.items() if isinstance(holder.value, dict) else ()
            known = [name for name, value in written if value is not None]
            broken = broken_by_comma([*written, (text, None)], known) if is_group(text) else None
            fix = f"within braces a comma ends a value: write {broken.text}" if broken else "keep one of the two"
            self._finding("exporter:duplicateKey", message, place, fix)
        holder.key = _MappingKey(text, *place, is_merge=is_merge, is_duplicate=first is not None)

    def _attach(self, node: _Node, place: tuple[int, int]) -> None:
        """Put a value where it belongs: into the container that is open, or at the root."""
        if not self._stack:
            self._root = node
            return
        holder = self._stack[-1]
        holder.weight += node.weight
        if isinstance(holder.parts, list):
            holder.value.append(node.value)
            holder.parts.append(_Part(*place, node if node.parts is not None else None))
            return
        key, holder.key = holder.key, None
        if key is None or key.is_duplicate or holder.parts is None:
            return
        if key.is_merge:
            self._note_merge(holder, node, key)
            return
        at = (key.line, key.column) if node.parts is not None else place
        holder.value[key.text] = node.value
        holder.weight += len(key.text)
        holder.parts[key.text] = _Part(*at, node if node.parts is not None else None)

    def _note_merge(self, holder: _Node, node: _Node, key: _MappingKey) -> None:
        place = (key.line, key.column)
        sources = [node]
        if isinstance(node.parts, list):
            sources = [part.node for part in node.parts if part.node is not None]
            if len(sources) < len(node.parts):
                sources = []
        if not sources or not all(isinstance(source.parts, dict) for source in sources):
            if node.parts != []:
                fix = "write '<<: *name' of a mapping, or '<<: [*one, *other]'"
                self._finding("exporter:unsupportedYaml", "'<<' merges mappings only", place, fix)
            return
        holder.merged += [(source, *place) for source in sources]

    def _merge(self, holder: _Node, source: _Node, place: tuple[int, int]) -> None:
        """Add the members of ``source`` that ``holder`` has not: its own come first, then earlier sources."""
        if not isinstance(source.parts, dict) or not isinstance(holder.parts, dict):
            return
        self._spend(source.weight, place)
        for name, part in source.parts.items():
            if name not in holder.parts:
                holder.value[name] = source.value[name]
                holder.parts[name] = part
        holder.weight += source.weight

    def _spend(self, weight: int, place: tuple[int, int]) -> None:
        """Count what aliases repeat, nested repetitions included."""
        self._spent += weight
        if self._spent > self._budget:
            message = f"aliases and merges blow the document up to more than {self._budget} characters"
            self._finding("exporter:limitExceeded", message, place, "write fewer aliases of aliases")
            raise _StopError

    def _finding(self, code: str, message: str, place: tuple[int, int], fix: str) -> None:
        location = Location(file=self._name, line=place[0], column=place[1])
        self.findings.append(Finding(code=code, message=message, location=location, fix=fix))


_GROUP: Final = re.compile("[0-9]{3}(?![0-9])")


@frozen
class BrokenMember:
    """A member whose value commas broke, with the names that YAML made of the parts after them."""

    name: str
    value: str
    parts: tuple[str, ...]

    @property
    def text(self) -> str:
        """The member as it should be written."""
        whole = self.value
        for part in self.parts:
            whole += ("," if whole[-1:].isdigit() and is_group(part) else ", ") + part
        return f"{self.name}: {json.dumps(whole, ensure_ascii=False)}"


def is_group(text: str) -> bool:
    """Whether a text begins with three digits, as what stands after a comma in a number does."""
    return _GROUP.match(text) is not None


def broken_by_comma(members: Iterable[tuple[str, Any]], known: Iterable[str]) -> BrokenMember | None:
    """The first member with a value that a comma within braces broke (``{amount: NOK 1,204.8 million}``), if any.

    YAML reads what stands after the comma as a name without a value.
    """
    known, name, written = set(known), None, ""
    parts: list[str] = []
    for member, value in members:
        if name is not None and member not in known and value is None:
            parts.append(str(member))
        elif parts:
            break
        else:
            name, written = (member, value) if isinstance(value, str) else (None, "")
    return BrokenMember(name, written, tuple(parts)) if name is not None and parts else None
