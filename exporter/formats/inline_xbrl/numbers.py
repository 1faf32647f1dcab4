"""The value of ``ix:nonFraction``: text, transformation, scale and sign, in exact decimal arithmetic (section 10)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from lxml import etree

from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.attributes import WHITE_SPACE
from exporter.formats.inline_xbrl.document_set import Log, Node
from exporter.formats.inline_xbrl.formats import FormatReader
from exporter.formats.xbrl_xml.faults import resolve_qname
from exporter.formats.xbrl_xml.tags import XSI_NIL
from exporter.model.canonical import plain
from exporter.resources.limits import Limits

_UNSIGNED: Final = re.compile(r"\+?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_NEGATIVE: Final = re.compile(r"-(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SPECIAL: Final = {"INF": "-INF", "-INF": "INF", "NaN": "NaN"}


class NumberReader:
    """Works out the numbers of a document set."""

    def __init__(self, formats: FormatReader, log: Log, limits: Limits) -> None:
        self._formats = formats
        self._log = log
        self._digits = limits.number_digits

    def value(self, node: Node) -> str | None:
        """The number in XML Schema's form, or ``None`` where it cannot be told; the reason is noted."""
        text = self._text(node)
        if text is None:
            return None
        if len(text) > self._digits:
            self._exceed(node, f"the number has more than {self._digits} characters")
            return None
        if node.get("format") is not None:
            given = self._formats.value(node, text)
            return None if given is None else self._scaled(node, given)
        text = text.strip(WHITE_SPACE)
        if _UNSIGNED.fullmatch(text):
            return self._scaled(node, text.removeprefix("+"))
        if _NEGATIVE.fullmatch(text):
            message = f"a number without format is not negative, got {text!r}"
            self._log.add("ixe:nonFractionNegative", message, node, mend='put the minus outside and write sign="-"')
        else:
            message = f"without a format the text is a plain decimal number, got {_shown(text)}"
            self._log.add("oime:invalidFactValue", message, node, mend="give a format that reads this text")
        return None

    def _text(self, node: Node) -> str | None:
        """The text of the innermost of nested numbers; ``None`` where the content is wrong."""
        element = node.element
        while len(element):
            child = element[0]
            if len(element) > 1 or child.tag != tags.NON_FRACTION or element.text or child.tail:
                message = "ix:nonFraction holds text, or one other ix:nonFraction and nothing beside it"
                self._log.add("ixe:nonFractionChildren", message, node, mend="leave markup outside the tag")
                return None
            element = child
        if not element.text:
            message = "a number that is not nil has a text"
            self._log.add("ixe:nonFraction", message, node, mend='tag the text, or say xsi:nil="true"')
        return element.text or None

    def _scaled(self, node: Node, text: str) -> str | None:
        scale, sign = node.get("scale"), node.get("sign")
        power = 0
        if scale is not None:
            try:
                power = int(scale)
            except ValueError:
                return None  # the attribute has been found wrong
            if abs(power) > self._digits:
                self._exceed(node, f"the scale is beyond ±{self._digits}")
                return None
        return scale_text(text, power, negative=sign == "-")

    def _exceed(self, node: Node, message: str) -> None:
        mend = "raise the limit number_digits if you trust the document"
        self._log.add("exporter:limitExceeded", message, node, mend=mend)


def scale_text(text: str, power: int, *, negative: bool) -> str:
    """A number without sign, times ten to the power and perhaps negated, exact and in plain notation."""
    if not negative and not power:
        return text
    if text in _SPECIAL:
        return _SPECIAL[text] if negative else text
    if power >= 0 and text.isdigit() and not text.startswith("0"):  # as most are
        return f"{'-' if negative else ''}{text}{'0' * power}"
    number = Decimal(text)
    if power:
        minus, digits, exponent = number.as_tuple()
        # Put together anew, for arithmetic would round to the digits of the context.
        number = Decimal((minus, digits, int(exponent) + power))
    return plain(number.copy_negate() if negative else number)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


def check_nesting(node: Node, log: Log) -> None:
    """A number directly inside another shows the same figure: unit, scale and format are the same."""
    outer = node.element.getparent()
    if outer is None or outer.tag != tags.NON_FRACTION:
        return
    inner = node.element
    if is_nil(node):
        log.add("ixe:nestedNonFractionIsNil", "a nil number may not stand inside another number", node)
    for key in ("unitRef", "scale"):
        if _normal(key, inner.get(key)) != _normal(key, outer.get(key)):
            _tell_difference(key, node, log)
    if inner.get("format") != outer.get("format") and _format(inner) != _format(outer):
        _tell_difference("format", node, log)


def _tell_difference(key: str, node: Node, log: Log) -> None:
    message = f"a number inside another has the same {key}, got {node.get(key)!r}"
    log.add("ixe:nestedNonFractionProperties", message, node, mend=f"give both the same {key}")


def _normal(key: str, value: str | None) -> str | int | None:
    if value is None or key != "scale":
        return value and value.strip(WHITE_SPACE)
    try:
        return int(value)
    except ValueError:
        return value


def _format(element: etree._Element) -> object:
    return resolve_qname(element.get("format") or "", element.nsmap)


def is_nil(node: Node) -> bool:
    """Whether ``xsi:nil`` is true."""
    return XSI_NIL in node.attributes and node.attributes[XSI_NIL].strip(WHITE_SPACE) in ("true", "1")
