"""The one door through which XML comes in: no DTD, no entities, no network, bounded depth and text.

A document type declaration can only stand before the root element. A first parse, which builds no tree, goes no
further than that and stops at the declaration, so that no entity of a hostile document is ever defined.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from attrs import evolve
from lxml import etree

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.resources.limits import DEFAULT_LIMITS, Limits

XmlSource = Path | bytes | BinaryIO

_CHUNK: Final = 32 * 1024
# What libxml2 accepts without its "huge" option (its text limit in bytes, its depth limit in elements).
_PLAIN_TEXT: Final = 10_000_000
_PLAIN_DEPTH: Final = 256
# libxml2 reports its bounds with these codes (out of memory, name too long, resource limit) and, where it had only
# a general one, with these words.
_LIMIT_CODES: Final = (2, 110, 114)
_LIMIT_WORDS: Final = re.compile("XML_PARSE_HUGE|too big|too long")
_LITERAL = rb"""(?:"[^"]*"|'[^']*')"""
_PROLOG: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.S)
_EXTERNAL_DOCTYPE: Final = re.compile(
    rb"<!DOCTYPE\s+[^\s<>\[\]\"']+(?:\s+SYSTEM\s+%b|\s+PUBLIC\s+%b\s+%b)?\s*>" % (_LITERAL, _LITERAL, _LITERAL)
)


def parsers_own(limits: Limits) -> Limits:
    """The limits that the parser keeps by itself, at no cost, unless those given are stricter."""
    if limits.depth < DEFAULT_LIMITS.depth or limits.text_size < _PLAIN_TEXT:
        return limits
    return evolve(limits, depth=_PLAIN_DEPTH, text_size=_PLAIN_TEXT)


Visit = tuple[Collection[str], Callable[[etree._Element], object]]


def parse_xml(
    source: XmlSource,
    limits: Limits = DEFAULT_LIMITS,
    name: str | None = None,
    *,
    keep_comments: bool = False,
    visit: Visit | None = None,
) -> etree._ElementTree:
    """The whole document as a tree, comments and processing instructions left out unless asked for.

    Args:
        source: a path, the bytes, or an open binary file, read from where it stands.
        limits: what to accept.
        name: the file name for findings; a path's own by default.
        keep_comments: keep comments and processing instructions.
        visit: tags, and what is called with each of their elements once it is complete, while the rest is still to
            be read: it may take attributes away, so that the tree never holds all of them.

    Raises:
        ReadError: ``exporter:unreadableFile``, ``exporter:doctypeRefused``, ``exporter:limitExceeded`` or
            ``exporter:malformedXml``, with file and line.
    """
    name = _name(source, name)
    with _open(source, name) as stream:
        if isinstance(source, bytes) and len(source) > limits.file_size:
            raise _exceeded(f"the document is larger than {limits.file_size} bytes", "file_size", name, None)
        bounded = _Bounded(stream, limits.file_size, name)
        _refuse_doctype(bounded, limits, name)
        parser = etree.XMLParser(**_settings(limits, keep_comments=keep_comments))
        with _syntax_errors(name):
            if visit is not None:
                tree = _visited(bounded, limits, name, visit)
            elif isinstance(source, bytes):  # in one piece, so that several threads can parse at a time
                tree = etree.fromstring(source, parser).getroottree()
                bounded.count = len(source)
            else:
                tree = etree.parse(cast(BinaryIO, bounded), parser)
        if tree.docinfo.internalDTD is not None:  # pragma: no cover - a second lock on the same door
            raise _refused(name, None)
        if limits.depth != _PLAIN_DEPTH or _is_huge(limits):  # else the parser itself has kept the limits
            _check_size(tree.getroot(), limits, name, whole=True, texts=bounded.count > limits.text_size)
        return tree


def refuse_doctype(source: XmlSource, limits: Limits = DEFAULT_LIMITS, name: str | None = None) -> None:
    """Refuse a document with a document type declaration, for parsers that would follow it; nothing else is read.

    Raises:
        ReadError: ``exporter:doctypeRefused``, or what is wrong before the root element.
    """
    name = _name(source, name)
    with _open(source, name) as stream:
        _refuse_doctype(_Bounded(stream, limits.file_size, name), limits, name)


def _visited(bounded: _Bounded, limits: Limits, name: str, visit: Visit) -> etree._ElementTree:
    tags, call = visit
    events: Any = etree.iterparse(cast(BinaryIO, bounded), events=("end",), tag=tags, **_settings(limits))
    try:
        for _, element in events:
            call(element)
        _refuse_malformed_names(events, name)
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error, name, events) from None
    root: etree._Element = events.root
    return root.getroottree()


def without_external_doctype(data: bytes) -> bytes:
    """The document with spaces where a document type declaration without internal subset stands.

    Such a declaration only names a DTD, which is never read. One with an internal subset stays, to be refused. Lines
    keep their numbers.
    """
    start = _PROLOG.match(data)
    declaration = _EXTERNAL_DOCTYPE.match(data, start.end()) if start is not None else None
    if declaration is None:
        return data
    blank = re.sub(rb"[^\r\n]", b" ", declaration[0])
    return data[: declaration.start()] + blank + data[declaration.end() :]


def iter_children(
    source: XmlSource, limits: Limits = DEFAULT_LIMITS, name: str | None = None
) -> Iterator[etree._Element]:
    """The root as soon as it opens (its attributes only), then each of its children, complete.

    Children are taken out of the tree a little later, so that memory does not grow with the document: keep what you
    need of a child, not the element, and do not count on its neighbours. Comments and processing instructions are
    left out.

    Raises:
        ReadError: as `parse_xml`, when the error is reached.
    """
    name = _name(source, name)
    with _open(source, name) as stream:
        bounded = _Bounded(stream, limits.file_size, name)
        _refuse_doctype(bounded, limits, name)
        with _syntax_errors(name):
            yield from _children(bounded, limits, name)


def _children(bounded: _Bounded, limits: Limits, name: str) -> Iterator[etree._Element]:
    root: etree._Element | None = None
    seen = checked = 0
    events = etree.iterparse(cast(BinaryIO, bounded), events=("end",), **_settings(limits))
    try:
        for _, element in events:
            if bounded.count != checked:
                checked = bounded.count
                _refuse_malformed_names(events, name)
            if root is None:
                root = element.getroottree().getroot()
                yield root
            if element.getparent() is not root:
                continue
            if bounded.count != seen:  # a further chunk was read: let go of what came before this child
                long = bounded.count - seen >= limits.text_size
                seen = bounded.count
                del root[: root.index(element)]
                _check_size(element, limits, name, whole=False, texts=long)
            elif len(element):
                _check_size(element, limits, name, whole=False, texts=False)
            yield element
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error, name, events) from None


def _refuse_malformed_names(parser: Any, name: str) -> None:
    """The incremental parser reports prefixes without a namespace, and namespaces that are no URI, only at the end.

    By then names without a namespace are out, or names that cannot be taken apart (``{http://a}b}c``).
    """
    for entry in parser.error_log:
        if entry.type_name.startswith("NS_ERR") or entry.type_name == "WAR_NS_URI":
            finding = malformed(entry.message, name=name, line=entry.line, column=entry.column)
            raise ReadError(findings=[finding])


def malformed(message: str, *, name: str | None, line: int | None = None, column: int | None = None) -> Finding:
    """The finding for a document that is not well-formed XML."""
    return Finding(
        code="exporter:malformedXml",
        message=f"not well-formed XML: {message}",
        location=Location(file=name, line=line or None, column=column or None),
        fix="correct the document at this place, or write it again with an XML tool",
    )


class _Bounded(io.RawIOBase):
    """A stream that gives back what was looked at ahead, and refuses to go beyond a size."""

    def __init__(self, stream: BinaryIO, size: int, name: str) -> None:
        self._stream = stream
        self._size = size
        self._name = name
        self._ahead: list[bytes] = []
        self.count = 0

    def peek(self) -> bytes:
        chunk = self._take(4096)
        self._ahead.append(chunk)
        return chunk

    def rewind(self) -> None:
        self._ahead = [b"".join(self._ahead)]

    def read(self, size: int = -1) -> bytes:
        if self._ahead:
            return self._ahead.pop(0)
        return self._take(_CHUNK if size is None or size < 0 else size)

    def _take(self, size: int) -> bytes:
        chunk = self._stream.read(size)
        self.count += len(chunk)
        if self.count > self._size:
            raise _exceeded(f"the document is larger than {self._size} bytes", "file_size", self._name, None)
        return chunk


class _Prolog:
    """Parser target that stops at the first thing of interest."""

    def doctype(self, *_: object) -> None:
        raise _Stop("doctype")

    def start(self, *_: object) -> None:
        raise _Stop("start")

    def end(self, _: object) -> None: ...

    def data(self, _: object) -> None: ...

    def comment(self, _: object) -> None: ...

    def close(self) -> None: ...


class _Stop(Exception):
    pass


def _refuse_doctype(bounded: _Bounded, limits: Limits, name: str) -> None:
    parser = etree.XMLParser(target=_Prolog(), **_settings(limits))
    seen = 0
    with _syntax_errors(name):
        try:
            while chunk := bounded.peek():
                seen += len(chunk)
                parser.feed(chunk)
                if seen > limits.text_size:
                    raise _exceeded("too much stands before the root element", "text_size", name, None)
            parser.close()
        except _Stop as found:
            if found.args[0] == "doctype":
                raise _refused(name, _line_of_doctype(bounded)) from None
    bounded.rewind()


def _line_of_doctype(bounded: _Bounded) -> int | None:
    bounded.rewind()
    head = bounded.read().replace(b"\0", b"")
    before, doctype, _ = head.partition(b"<!DOCTYPE")
    return before.count(b"\n") + 1 if doctype else None


def _settings(limits: Limits, *, keep_comments: bool = False) -> dict[str, Any]:
    return {
        "resolve_entities": False,
        "load_dtd": False,
        "no_network": True,
        "recover": False,
        "collect_ids": False,
        "remove_comments": not keep_comments,
        "remove_pis": not keep_comments,
        "huge_tree": _is_huge(limits),
    }


def _is_huge(limits: Limits) -> bool:
    return limits.text_size > _PLAIN_TEXT or limits.depth > _PLAIN_DEPTH


@contextmanager
def _open(source: XmlSource, name: str) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        yield io.BytesIO(source)
    elif isinstance(source, Path):
        try:
            stream = source.open("rb")
        except OSError as error:
            raise _unreadable(error, name) from None
        with stream:
            yield stream
    else:
        yield source


@contextmanager
def _syntax_errors(name: str) -> Iterator[None]:
    try:
        yield
    except etree.XMLSyntaxError as error:
        raise _syntax_error(error, name) from None
    except (LookupError, UnicodeError) as error:
        raise ReadError(findings=[malformed(str(error), name=name)]) from None
    except OSError as error:
        raise _unreadable(error, name) from None


def _syntax_error(error: etree.XMLSyntaxError, name: str, parser: Any = None) -> ReadError:
    line, column = error.position if error.position else (None, None)
    message = (error.msg or "").partition(", line ")[0] or "the document is empty"
    # The incremental parser sometimes says only that there is no root; its log knows why.
    logged = parser.error_log.last_error if parser is not None else None
    if not line and logged is not None:
        line, column, message = logged.line, logged.column, logged.message
    if cast(Any, error).code in _LIMIT_CODES or _LIMIT_WORDS.search(message):
        return _exceeded(message.partition(", ")[0], "depth or text_size", name, line)
    return ReadError(findings=[malformed(message, name=name, line=line, column=column)])


def _name(source: XmlSource, name: str | None) -> str:
    if name is not None:
        return name
    if isinstance(source, Path):
        return str(source)
    return str(getattr(source, "name", "(XML)"))


def _check_size(element: etree._Element, limits: Limits, name: str, *, whole: bool, texts: bool) -> None:
    """Refuse what is nested too deeply, or a text that is too long (asked for only where one could be)."""
    levels = limits.depth if whole else limits.depth - 1
    excess = _find(element, "/".join(["*"] * levels))
    if excess is not None:
        raise _exceeded(f"elements are nested more than {limits.depth} deep", "depth", name, excess.sourceline)
    excess = _find(element, _LONG_TEXT, limits.text_size) if texts else None
    if excess is not None:
        message = f"a text is longer than {limits.text_size} characters"
        raise _exceeded(message, "text_size", name, excess.sourceline)


_LONG_TEXT: Final = "descendant-or-self::*[text()[string-length() > $n] or @*[string-length() > $n]]"
_COMPILED: Final[dict[str, etree.XPath]] = {}


def _find(element: etree._Element, expression: str, length: int = 0) -> etree._Element | None:
    """The first element that ``expression`` selects; ``$n`` in it is ``length``."""
    compiled = _COMPILED.get(expression)
    if compiled is None:
        compiled = _COMPILED[expression] = etree.XPath(expression, smart_strings=False)
    return next(iter(cast("list[etree._Element]", compiled(element, n=length))), None)


def _refused(name: str, line: int | None) -> ReadError:
    finding = Finding(
        code="exporter:doctypeRefused",
        message="the document has a document type declaration; DTDs and entities are not read",
        location=Location(file=name, line=line),
        fix="take the <!DOCTYPE …> out and write entities as characters or as numeric references",
    )
    return ReadError(findings=[finding])


def _exceeded(message: str, limit: str, name: str, line: Any) -> ReadError:
    finding = Finding(
        code="exporter:limitExceeded",
        message=message,
        location=Location(file=name, line=line),
        fix=f"raise the limit {limit} if you trust the document",
    )
    return ReadError(findings=[finding])


def _unreadable(error: OSError, name: str) -> ReadError:
    finding = Finding(
        code="exporter:unreadableFile",
        message=f"the file cannot be read: {error.strerror or error}",
        location=Location(file=name),
        fix="check that the file is there and that you may read it",
    )
    return ReadError(findings=[finding])
