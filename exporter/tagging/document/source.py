"""Where in a document's text a fact stands, and how it is written there.

Offsets count the characters of `exporter.tagging.document.document.DocumentText.text`: what a reader sees, in
document order.

The characters of a document: which encoding it is in, told the way browsers tell it.

The tags of a well-formed XHTML text by their offsets, so that it can be added to without being written anew.

The text is known to be well-formed XML without document type when it comes here; this module only tells what stands
where. lxml gives a tree, but no offsets.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from attrs import define, field, frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.items.values.printed import Span
from exporter.model.qname import QName


def _spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(spans)


@frozen(kw_only=True)
class Placement:
    """One occurrence of a fact in a document.

    ``fact`` is the id of a fact of the report. ``spans`` hold its text in reading order; more than one where the fact
    is continued elsewhere (``ix:continuation``). ``format``, ``scale`` and ``negative`` say how the number or text
    that stands there is to be read (Inline XBRL 1.1: ``@format``, ``@scale``, ``@sign="-"``); ``escape`` keeps the
    markup of a text block in the value; ``excluded`` are stretches that do not belong to it, such as page numbers
    (``ix:exclude``).
    """

    fact: str
    spans: tuple[Span, ...] = field(converter=_spans)
    format: QName | None = None
    scale: int = 0
    negative: bool = False
    escape: bool = False
    excluded: tuple[Span, ...] = field(default=(), converter=_spans)

    @property
    def first(self) -> Span:
        """Where the fact begins."""
        return self.spans[0]


_DECLARED: Final = re.compile(rb"""<\?xml\s[^<>]*?encoding\s*+=\s*+["']([A-Za-z0-9._:-]+)["'][^<>]*\?>""")
_META: Final = re.compile(rb"""<meta\b[^<>]*?charset\s*+=\s*+["']?\s*+([A-Za-z0-9._:-]+)""", re.IGNORECASE)
_HEAD: Final = 4096
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Names under which documents mean more than the standard of that name has.
_MEANT: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
}
_BINARY: Final = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b")


@frozen
class Decoded:
    """A document's characters. ``mark`` are the bytes of a byte order mark.

    ``exact`` is whether the bytes can be had back from the characters.
    """

    text: str
    encoding: str
    mark: bytes = b""
    exact: bool = True

    def encode(self, text: str) -> bytes:
        """``text`` in the encoding of the document; characters that it lacks become references."""
        return self.mark + text.encode(self.encoding, "xmlcharrefreplace")


def decode(data: bytes, name: str, *, as_xml: bool) -> Decoded:
    """The characters of a document.

    A byte order mark comes first, then the XML declaration, then (unless ``as_xml``) a ``meta`` element; else UTF-8,
    and Windows-1252 where an HTML document is not that.

    Raises:
        ReadError: the document is empty, is no text, or has bytes that are none of its encoding.
    """
    if not data.strip(b" \t\r\n\0"):
        raise refusal("exporter:noText", "the document is empty", name, fix="give the document to tag")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, name, mark=mark)
    if data.startswith(_BINARY) or b"\0" in data[:_HEAD]:
        message = "the file is no text, expected XHTML or HTML"
        raise refusal("exporter:noText", message, name, fix="save the document as HTML or XHTML first")
    declared = _DECLARED.match(data) or (None if as_xml else _META.search(data[:_HEAD]))
    if declared is not None:
        return _decoded(data, _codec(declared[1].decode("ascii"), name, as_xml=as_xml), name)
    if as_xml or _is_utf8(data):
        return _decoded(data, "utf-8", name)
    return _decoded(data, "cp1252", name)


def claims_xml(data: bytes) -> bool:
    """Whether a document says that it is XML, by its declaration."""
    start = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    return start.startswith(b"<?xml")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _codec(label: str, name: str, *, as_xml: bool) -> str:
    label = {"x-sjis": "shift_jis", "windows-31j": "cp932", "x-euc-jp": "euc_jp"}.get(label.lower(), label)
    try:
        codec = codecs.lookup(label)
    except LookupError:
        codec = None
    if codec is None or not getattr(codec, "_is_text_encoding", True):
        message = f"the document says that its encoding is {label!r}, which is not known"
        raise refusal("exporter:noText", message, name, fix="save it as UTF-8, and say so")
    if codec.name.startswith("utf-16"):  # read as bytes so far, so it cannot be
        return "utf-8"
    return codec.name if as_xml else _MEANT.get(codec.name, codec.name)


def _decoded(data: bytes, encoding: str, name: str, *, mark: bytes = b"") -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "cp1252":  # five bytes are undefined; browsers take them for control characters
            return Decoded("".join(map(_windows, data)), encoding, mark, exact=False)
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the document is not {encoding}: the byte 0x{data[error.start]:02X} is out of place"
        fix = "declare the encoding that the document is in, or save it as UTF-8"
        raise refusal("exporter:noText", message, name, line=line, fix=fix) from None
    exact = encoding.startswith("utf-") or text.encode(encoding, "replace") == data
    return Decoded(text, encoding, mark, exact)


def _windows(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def refusal(
    code: str, message: str, name: str, *, line: int | None = None, column: int | None = None, fix: str | None = None
) -> ReadError:
    """The error with one finding about a document."""
    place = Location(file=name, line=line, column=column)
    return ReadError(findings=[Finding(code=code, message=message, location=place, fix=fix)])


_TOKEN: Final = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)|<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)|<\?(?s:.*?)(?:\?>|\Z)"
    r"|</(?P<end>[^\s<>]++)\s*+>"
    r"""|<(?P<start>[^\s/<>!?]++)(?P<attributes>(?>[^"'<>]+|"[^"<]*"|'[^'<]*')*+)>"""
)
_ATTRIBUTE: Final = re.compile(r"""(?<![^\s="'])([^\s="']++)\s*+=\s*+(?:"([^"]*)"|'([^']*)')""")
_REFERENCE: Final = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
REFERENCE_OR_BREAK: Final = re.compile(r"&(?:#x[0-9A-Fa-f]+|#[0-9]+|amp|lt|gt|quot|apos);|\r\n?")
"""What stands for one character other than itself in the text of an XML document."""


def resolve(reference: str) -> str:
    """The character that a reference or a line break of the source stands for."""
    if reference[0] == "\r":
        return "\n"
    match = _REFERENCE.fullmatch(reference)
    if match is None:  # pragma: no cover - parsed as XML before
        return reference
    hexadecimal, decimal, named = match.groups()
    if named:
        return _NAMED[named]
    return chr(int(hexadecimal, 16) if hexadecimal else int(decimal))


def unescape(text: str) -> str:
    """The text that a piece of source means."""
    if "&" not in text and "\r" not in text:
        return text
    return REFERENCE_OR_BREAK.sub(lambda match: resolve(match[0]), text)


@lru_cache(maxsize=4096)
def attributes_of(source: str) -> dict[str, str]:
    """The attributes in the source of a start tag, by their names as written."""
    attributes = _ATTRIBUTE.findall(source)
    return {name: unescape(double or single) for name, double, single in attributes}


@define(eq=False)
class Markup:
    """The elements of a document in document order, as columns: ``names[k]`` is that of the k-th element.

    ``opens`` and ``inner`` are the offsets of the start tag and behind it, ``closes`` and ``ends`` those of the end tag
    and behind it; an empty element ``<br/>`` has ``inner == closes == ends``. ``parents`` are element numbers, -1 for
    the root. ``attributes`` is the source between name and ``>``.
    """

    names: list[str] = field(factory=list)
    attributes: list[str] = field(factory=list)
    opens: list[int] = field(factory=list)
    inner: list[int] = field(factory=list)
    closes: list[int] = field(factory=list)
    ends: list[int] = field(factory=list)
    parents: list[int] = field(factory=list)

    def __len__(self) -> int:
        return len(self.names)

    def attribute(self, element: int, name: str) -> str | None:
        """The value of an attribute of an element."""
        source = self.attributes[element]
        return attributes_of(source).get(name) if name in source else None

    def open(self, match: re.Match[str], parent: int) -> int:
        """Note the start tag that was found; the number of the element."""
        number = len(self.names)
        attributes = match["attributes"]
        self.names.append(match["start"])
        self.attributes.append(attributes.removesuffix("/"))
        self.opens.append(match.start())
        self.inner.append(match.end())
        self.closes.append(match.end())
        self.ends.append(match.end())
        self.parents.append(parent)
        return number


def tokens(source: str) -> Iterator[re.Match[str]]:
    """Every tag, comment, CDATA section and processing instruction; groups ``start``, ``end``, ``attributes``."""
    return _TOKEN.finditer(source)


def is_empty_tag(match: re.Match[str]) -> bool:
    """Whether a start tag is the end tag as well."""
    return match["attributes"].endswith("/")
