"""Style rules that look at which element is whose child: tags come between, so these may find other elements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, cast

from lxml import etree

from exporter.findings import Finding, Location, Severity
from exporter.formats.inline_xbrl import tags as ix
from exporter.resources.xml import parse_xml
from exporter.tagging.document import DocumentText
from exporter.tagging.visibility import rules_of

_STRUCTURAL: Final = re.compile(r"[>+~]|:(?:first|last|nth|only|empty)")
_MOST: Final = 200  # selectors that are tried


def check_styles(document: DocumentText, data: bytes) -> Iterator[Finding]:
    """A warning for each selector of the document's style sheets that finds other elements in the tagged document."""
    found = (
        each for sheet in document.page.sheets for selectors, _ in rules_of(sheet) for each in selectors.split(",")
    )
    structural = dict.fromkeys(each.strip() for each in found if _STRUCTURAL.search(each))
    if not structural:
        return
    before = _Page(document.xhtml, document)
    after = _Page(data, document)
    for selector in list(structural)[:_MOST]:
        if before.select(selector) != after.select(selector):
            yield Finding(
                code="exporter:styleDiffers",
                message=f"the style rule for {selector!r} finds other elements once the document is tagged",
                severity=Severity.WARNING,
                location=Location(file=document.name),
                mend="let the rule go by a class, or by descent in place of the immediate parent",
            )


class _Page:
    """A page whose elements are numbered without those of Inline XBRL, so that two can be compared."""

    def __init__(self, data: bytes, document: DocumentText) -> None:
        root = parse_xml(data, document.limits, document.name).getroot()
        header = next(root.iter(ix.HEADER), None)
        added = set() if header is None else {header, header.getparent(), *header.iterdescendants()}
        own: Iterable[etree._Element] = (
            each
            for each in root.iter(etree.Element)
            if each not in added and not str(each.tag).startswith(f"{{{ix.IX}}}")
        )
        self._numbers = {each: number for number, each in enumerate(own)}
        for each in root.iter(etree.Element):
            name = etree.QName(each)
            each.tag = name.localname if name.namespace != ix.IX else f"x-{name.localname}"
        self._root = root

    def select(self, selector: str) -> list[int] | None:
        """The numbers of the elements that a selector finds; ``None`` where it is not understood."""
        from lxml.cssselect import CSSSelector, SelectorError

        try:
            found = cast("list[etree._Element]", CSSSelector(selector, translator="html")(self._root))
        except (SelectorError, etree.XPathError):
            return None
        return [self._numbers[each] for each in found if each in self._numbers]
