"""Fractions: a numerator and a denominator, perhaps shared by nested fractions (Inline XBRL 1.1 section 7)."""

from __future__ import annotations

from lxml import etree

from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.document_set import DocumentSet, Log, Node
from exporter.formats.inline_xbrl.numbers import is_nil
from exporter.model.fact import parse_number

_TERMS = (tags.NUMERATOR, tags.DENOMINATOR)


def terms_of(node: Node) -> list[Node]:
    """The numerator and the denominator, as far as they are there; those of a fraction inside count."""
    return [Node(element, node.document) for element in node.element.iterdescendants(*_TERMS)]


def check_fractions(found: DocumentSet, log: Log) -> None:
    """What fractions and their terms hold. Whether they have a meaning in the model is not asked here."""
    for node in found.facts:
        if node.element.tag == tags.FRACTION:
            _check_fraction(node, log)
    for node in found.fraction_terms:
        _check_term(node, log)


def _check_fraction(node: Node, log: Log) -> None:
    inside = list(node.element.iterdescendants(tags.ANY_IX))
    others = [each for each in inside if each.tag not in (*_TERMS, tags.FRACTION)]
    if others:
        message = f"a fraction holds a numerator, a denominator or a fraction, got {tags.local_name(others[0].tag)}"
        log.add("ixe:fractionChildren", message, node)
    terms = sorted(str(each.tag) for each in inside if each.tag in _TERMS)
    if is_nil(node):
        if terms:
            log.add("ixe:fractionNilTerms", "a nil fraction has no numerator or denominator", node)
        if next(node.element.iterancestors(tags.FRACTION), None) is not None:
            log.add("ixe:nestedFractionIsNil", "a nil fraction may not stand inside another fraction", node)
    elif terms != sorted(_TERMS):
        message = "a fraction has one ix:numerator and one ix:denominator"
        code = "ixe:fractionChildren" if set(terms) == set(_TERMS) else "ixe:fractionTerms"
        log.add(code, message, node)
    for each in inside:
        if each.tag == tags.FRACTION and _differ(each, node.element):
            message = "fractions inside each other have the same unit"
            log.add("ixe:fractionChildAttributes", message, Node(each, node.document))


def _differ(inner: etree._Element, outer: etree._Element) -> bool:
    return (inner.get("unitRef") or "").strip() != (outer.get("unitRef") or "").strip()


def _check_term(node: Node, log: Log) -> None:
    if next(node.element.iterancestors(tags.FRACTION), None) is None:
        log.add("exporter:xmlSchema", f"{node.name} stands in ix:fraction only", node)
    if len(node.element):
        log.add("ixe:fractionTermDescendants", f"{node.name} holds text only", node)
    elif not node.element.text:
        log.add("exporter:xmlSchema", f"{node.name} is empty", node)
    number = parse_number(node.element.text or "")
    if node.get("format") is None and number is not None and number < 0:
        message = f"{node.name} without format is not negative, got {node.element.text!r}"
        log.add("ixe:fractionTermNegative", message, node, mend='put the minus outside and write sign="-"')
