"""Values of facts: transformations, scale and sign in exact arithmetic, fractions (Inline XBRL 1.1, 7 and 10)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from lxml import etree

from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.check.elements import WHITE_SPACE
from exporter.formats.inline_xbrl.document_set import DocumentElement, DocumentSet, InlineLog
from exporter.formats.xbrl_xml.read.findings import resolve_qname
from exporter.formats.xbrl_xml.tags import XSI_NIL
from exporter.model.fact import parse_number
from exporter.model.lexical import plain
from exporter.model.qname import QName
from exporter.resources.limits import Limits
from exporter.transformations.registry import parse
from exporter.transformations.rule import TransformationError

_MOST_KNOWN: Final = 10_000  # texts


class FormatReader:
    """Turns displayed text into values; remembers what short texts gave, for tables repeat them."""

    def __init__(self, log: InlineLog) -> None:
        self._log = log
        self._known: dict[QName, dict[str, str]] = {}

    def value(self, node: DocumentElement, text: str) -> str | None:
        """The value of ``text`` under the element's format, or ``None`` where there is none; the reason is noted."""
        name = node.resolve("format")
        if name is None:
            return None  # the attribute is wrong, which is noted
        known = self._known.setdefault(name, {})
        value = known.get(text)
        if value is not None:
            return value
        try:
            value = parse(name, text)
        except TransformationError as error:
            self._log.error_at(error.code, str(error), node, fix=error.fix)
            return None
        if len(text) <= 40 and len(known) < _MOST_KNOWN:
            known[text] = value
        return value


_UNSIGNED: Final = re.compile(r"\+?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_NEGATIVE: Final = re.compile(r"-(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SPECIAL: Final = {"INF": "-INF", "-INF": "INF", "NaN": "NaN"}


class NumberReader:
    """Works out the numbers of a document set."""

    def __init__(self, formats: FormatReader, log: InlineLog, limits: Limits) -> None:
        self._formats = formats
        self._log = log
        self._digits = limits.number_digits

    def value(self, node: DocumentElement) -> str | None:
        """The number in XML Schema's form, or ``None`` where it cannot be determined; the reason is noted."""
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
            self._log.error_at("ixe:nonFractionNegative", message, node, fix='put the minus outside and write sign="-"')
        else:
            message = f"without a format the text is a plain decimal number, got {_display(text)}"
            self._log.error_at("oime:invalidFactValue", message, node, fix="give a format that reads this text")
        return None

    def _text(self, node: DocumentElement) -> str | None:
        """The text of the innermost of nested numbers; ``None`` where the content is wrong."""
        element = node.element
        while len(element):
            child = element[0]
            if len(element) > 1 or child.tag != tags.NON_FRACTION or element.text or child.tail:
                message = "ix:nonFraction holds text, or one other ix:nonFraction and nothing beside it"
                self._log.error_at("ixe:nonFractionChildren", message, node, fix="leave markup outside the tag")
                return None
            element = child
        if not element.text:
            message = "a number that is not nil has a text"
            self._log.error_at("ixe:nonFraction", message, node, fix='tag the text, or say xsi:nil="true"')
        return element.text or None

    def _scaled(self, node: DocumentElement, text: str) -> str | None:
        scale, sign = node.get("scale"), node.get("sign")
        power = 0
        if scale is not None:
            try:
                power = int(scale)
            except ValueError:
                return None  # the attribute is wrong, which is noted
            if abs(power) > self._digits:
                self._exceed(node, f"the scale is beyond ±{self._digits}")
                return None
        return scale_text(text, power, negative=sign == "-")

    def _exceed(self, node: DocumentElement, message: str) -> None:
        fix = "raise the limit number_digits if you trust the document"
        self._log.error_at("exporter:limitExceeded", message, node, fix=fix)


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


def _display(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


def check_nesting(node: DocumentElement, log: InlineLog) -> None:
    """A number directly inside another shows the same figure: unit, scale and format are the same."""
    outer = node.element.getparent()
    if outer is None or outer.tag != tags.NON_FRACTION:
        return
    inner = node.element
    if is_nil(node):
        log.error_at("ixe:nestedNonFractionIsNil", "a nil number may not stand inside another number", node)
    for key in ("unitRef", "scale"):
        if _normal(key, inner.get(key)) != _normal(key, outer.get(key)):
            _report_difference(key, node, log)
    if inner.get("format") != outer.get("format") and _format(inner) != _format(outer):
        _report_difference("format", node, log)


def _report_difference(key: str, node: DocumentElement, log: InlineLog) -> None:
    message = f"a number inside another has the same {key}, got {node.get(key)!r}"
    log.error_at("ixe:nestedNonFractionProperties", message, node, fix=f"give both the same {key}")


def _normal(key: str, value: str | None) -> str | int | None:
    if value is None or key != "scale":
        return value and value.strip(WHITE_SPACE)
    try:
        return int(value)
    except ValueError:
        return value


def _format(element: etree._Element) -> object:
    return resolve_qname(element.get("format") or "", element.nsmap)


def is_nil(node: DocumentElement) -> bool:
    """Whether ``xsi:nil`` is true."""
    value = node.get(XSI_NIL)
    return value is not None and value.strip(WHITE_SPACE) in ("true", "1")


_TERMS = (tags.NUMERATOR, tags.DENOMINATOR)


def terms_of(node: DocumentElement) -> list[DocumentElement]:
    """The numerator and the denominator, as far as they are there; those of a fraction inside count."""
    return [DocumentElement(element, node.document) for element in node.element.iterdescendants(*_TERMS)]


def check_fractions(document_set: DocumentSet, log: InlineLog) -> None:
    """What fractions and their terms hold. Whether they have a meaning in the model is not asked here."""
    for node in document_set.facts:
        if node.element.tag == tags.FRACTION:
            _check_fraction(node, log)
    for node in document_set.fraction_terms:
        _check_term(node, log)


def _check_fraction(node: DocumentElement, log: InlineLog) -> None:
    inside = list(node.element.iterdescendants(tags.ANY_IX))
    others = [element for element in inside if element.tag not in (*_TERMS, tags.FRACTION)]
    if others:
        message = f"a fraction holds a numerator, a denominator or a fraction, got {tags.local_name(others[0].tag)}"
        log.error_at("ixe:fractionChildren", message, node)
    terms = sorted(str(element.tag) for element in inside if element.tag in _TERMS)
    if is_nil(node):
        if terms:
            log.error_at("ixe:fractionNilTerms", "a nil fraction has no numerator or denominator", node)
        if next(node.element.iterancestors(tags.FRACTION), None) is not None:
            log.error_at("ixe:nestedFractionIsNil", "a nil fraction may not stand inside another fraction", node)
    elif terms != sorted(_TERMS):
        message = "a fraction has one ix:numerator and one ix:denominator"
        code = "ixe:fractionChildren" if set(terms) == set(_TERMS) else "ixe:fractionTerms"
        log.error_at(code, message, node)
    for element in inside:
        if element.tag == tags.FRACTION and _differ(element, node.element):
            message = "fractions inside each other have the same unit"
            log.error_at("ixe:fractionChildAttributes", message, DocumentElement(element, node.document))


def _differ(inner: etree._Element, outer: etree._Element) -> bool:
    return (inner.get("unitRef") or "").strip() != (outer.get("unitRef") or "").strip()


def _check_term(node: DocumentElement, log: InlineLog) -> None:
    if next(node.element.iterancestors(tags.FRACTION), None) is None:
        log.error_at("exporter:xmlSchema", f"{node.name} stands in ix:fraction only", node)
    if len(node.element):
        log.error_at("ixe:fractionTermDescendants", f"{node.name} holds text only", node)
    elif not node.element.text:
        log.error_at("exporter:xmlSchema", f"{node.name} is empty", node)
    number = parse_number(node.element.text or "")
    if node.get("format") is None and number is not None and number < 0:
        message = f"{node.name} without format is not negative, got {node.element.text!r}"
        log.error_at("ixe:fractionTermNegative", message, node, fix='put the minus outside and write sign="-"')
