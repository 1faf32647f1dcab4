"""The characters of a document: which encoding it is in, told the way browsers tell it."""

from __future__ import annotations

import codecs
import re
from typing import Final

from attrs import frozen

from exporter.errors import ReadError
from exporter.findings import Finding, Location

_DECLARED: Final = re.compile(rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["'][^>]*\?>""")
_META: Final = re.compile(rb"""<meta\b[^>]*?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE)
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
        raise refusal("exporter:noText", "the document is empty", name, mend="give the document to tag")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, name, mark=mark)
    if data.startswith(_BINARY) or b"\0" in data[:_HEAD]:
        message = "the file is no text, expected XHTML or HTML"
        raise refusal("exporter:noText", message, name, mend="save the document as HTML or XHTML first")
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
        raise refusal("exporter:noText", message, name, mend="save it as UTF-8, and say so")
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
        mend = "declare the encoding that the document is in, or save it as UTF-8"
        raise refusal("exporter:noText", message, name, line=line, mend=mend) from None
    exact = encoding.startswith("utf-") or text.encode(encoding, "replace") == data
    return Decoded(text, encoding, mark, exact)


def _windows(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def refusal(
    code: str, message: str, name: str, *, line: int | None = None, column: int | None = None, mend: str | None = None
) -> ReadError:
    """The error with one finding about a document."""
    place = Location(file=name, line=line, column=column)
    return ReadError(findings=[Finding(code=code, message=message, location=place, mend=mend)])
