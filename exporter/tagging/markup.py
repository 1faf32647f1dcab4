"""The tags of a well-formed XHTML text by their offsets, so that it can be added to without being written anew.

The text is known to be well-formed XML without document type when it comes here; this module only tells what stands
where. lxml gives a tree, but no offsets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from attrs import define, field

_TOKEN: Final = re.compile(
    r"<!--(?s:.*?)-->|<!\[CDATA\[(?s:.*?)\]\]>|<\?(?s:.*?)\?>"
    r"|</(?P<end>[^\s>]+)\s*>"
    r"""|<(?P<start>[^\s/>!?]+)(?P<attributes>(?>[^"'>]+|"[^"]*"|'[^']*')*+)>"""
)
_ATTRIBUTE: Final = re.compile(r"""([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
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
    found = _ATTRIBUTE.findall(source)
    return {name: unescape(double or single) for name, double, single in found}


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
