"""The attributes that each element of Inline XBRL must and may have, and the types of their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlsplit

from attrs import frozen

from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import Log, Node
from exporter.model.qname import is_ncname
from exporter.namespaces import XBRLI, XML, XSI

WHITE_SPACE: Final = " \t\r\n"
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_DECIMAL: Final = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_PRECISION: Final = re.compile(r"\+?[0-9]+|INF")
_BOOLEANS: Final = frozenset({"true", "false", "1", "0"})

Check = Callable[[str], object]


def _anything(text: str) -> bool:
    return True


def _names(text: str) -> bool:
    return bool(text) and all(map(is_ncname, text.split()))


def _absolute(text: str) -> bool:
    try:
        return bool(urlsplit(text).scheme)
    except ValueError:
        return False


def _name(text: str) -> bool:
    return all(map(is_ncname, text.split(":", 1)))


@frozen
class _Type:
    """What a value has to look like once blanks round it are gone."""

    expected: str
    check: Check


_ID = _Type("an XML name without colon", is_ncname)
_IDS = _Type("one or more XML names", _names)
_QNAME = _Type("a name, perhaps with a prefix", _name)
_ORDER = _Type("a decimal number", _DECIMAL.fullmatch)
_SCALE = _Type("an integer", _INTEGER.fullmatch)
_SIGN = _Type('"-"', "-".__eq__)
_FLAG = _Type("true or false", _BOOLEANS.__contains__)
_ACCURACY = _Type("an integer or INF", lambda text: text == "INF" or _INTEGER.fullmatch(text))
_DIGITS = _Type("a number of digits or INF", _PRECISION.fullmatch)
_TEXT = _Type("text", _anything)
_ROLE = _Type("an absolute URI", _absolute)


@frozen
class _Shape:
    """An element's attributes; ``foreign`` says which other namespaces may add some: all, XML's, or none."""

    attributes: Mapping[str, _Type]
    required: tuple[str, ...] = ()
    foreign: str = "none"


_MEMBER: Final = {"id": _ID, "name": _QNAME, "order": _ORDER, "target": _ID, "tupleRef": _ID}
_ITEM: Final = {**_MEMBER, "contextRef": _ID}
_NUMBER: Final = {"format": _QNAME, "scale": _SCALE, "sign": _SIGN}

_SHAPES: Final[Mapping[str, _Shape]] = {
    tags.NON_FRACTION: _Shape(
        {**_ITEM, **_NUMBER, "unitRef": _ID, "decimals": _ACCURACY, "precision": _DIGITS},
        ("name", "contextRef", "unitRef"),
        "all",
    ),
    tags.NON_NUMERIC: _Shape(
        {**_ITEM, "format": _QNAME, "escape": _FLAG, "continuedAt": _ID}, ("name", "contextRef"), "all"
    ),
    tags.FRACTION: _Shape({**_ITEM, "unitRef": _ID}, ("name", "contextRef", "unitRef"), "all"),
    tags.NUMERATOR: _Shape(_NUMBER),
    tags.DENOMINATOR: _Shape(_NUMBER),
    tags.TUPLE: _Shape({**_MEMBER, "tupleID": _ID}, ("name",), "all"),
    tags.CONTINUATION: _Shape({"id": _ID, "continuedAt": _ID}, ("id",)),
    tags.EXCLUDE: _Shape({}),
    tags.FOOTNOTE: _Shape(
        {"id": _ID, "footnoteRole": _ROLE, "title": _TEXT, "continuedAt": _ID}, ("id",), "xml"
    ),
    tags.HEADER: _Shape({}),
    tags.HIDDEN: _Shape({}),
    tags.REFERENCES: _Shape({"id": _ID, "target": _ID}, (), "all"),
    tags.RESOURCES: _Shape({}),
    tags.RELATIONSHIP: _Shape(
        {"arcrole": _ROLE, "linkRole": _ROLE, "fromRefs": _IDS, "toRefs": _IDS, "order": _ORDER},
        ("fromRefs", "toRefs"),
        "xml",
    ),
}  # fmt: skip
_NAMES: Final = ("name", "format")


class AttributeCheck:
    """Checks the attributes of elements; remembers values seen to be right."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._right: set[tuple[str, str]] = set()

    def check(self, node: Node) -> bool:
        """Whether the element's attributes are as they must be; what is wrong is noted."""
        shape = _SHAPES[str(node.element.tag)]
        known = len(self._log.findings)
        right = self._right
        for key, value in node.attributes.items():
            if (key, value) in right and key in shape.attributes:
                continue
            if key[0] == "{":
                self._foreign(node, key, value, shape)
                continue
            wanted = shape.attributes.get(key)
            if wanted is None:
                self._fault(node, f"{node.name} has no attribute {key}")
            elif key in _NAMES:
                self._resolves(node, key, value)
            else:
                self._typed(node, key, value, wanted)
        for key in shape.required:
            if key not in node.attributes:
                self._fault(node, f"{node.name} lacks its attribute {key}")
        return len(self._log.findings) == known

    def _typed(self, node: Node, key: str, value: str, wanted: _Type) -> None:
        # ``sign`` is a plain string type: blanks count.
        if wanted.check(value if key == "sign" else value.strip(WHITE_SPACE)):
            if key != "id":
                self._right.add((key, value))
        else:
            self._fault(node, f"{key} of {node.name} is {wanted.expected}, got {value!r}")

    def _resolves(self, node: Node, key: str, value: str) -> None:
        if not _name(value.strip(WHITE_SPACE)):
            self._fault(node, f"{key} of {node.name} is {_QNAME.expected}, got {value!r}")
        elif node.resolve(key) is None:
            message = f"the prefix of {key} in {node.name} is not declared: {value!r}"
            self._fault(node, message, mend=f"declare xmlns:{value.partition(':')[0].strip()}")
        elif node.document.names is not None:
            self._right.add((key, value))

    def _foreign(self, node: Node, key: str, value: str, shape: _Shape) -> None:
        namespace = key[1:].partition("}")[0]
        if key == f"{{{XSI}}}nil":
            if value.strip(WHITE_SPACE) not in _BOOLEANS:
                self._fault(node, f"xsi:nil is true or false, got {value!r}")
        elif namespace == tags.IX or (namespace == XBRLI and node.element.tag == tags.REFERENCES):
            message = f"{node.name} has the attribute {key}, which may not have a prefix"
            self._log.add("ixe:qualifiedAttributeDisallowed", message, node, mend="write it without a prefix")
        elif namespace != XSI and (shape.foreign == "none" or (shape.foreign == "xml" and namespace != XML)):
            self._fault(node, f"{node.name} has no attribute {key}")

    def _fault(self, node: Node, message: str, mend: str | None = None) -> None:
        self._log.add("exporter:xmlSchema", message, node, mend=mend or "correct the attribute")
