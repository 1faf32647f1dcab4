"""Element names of Inline XBRL 1.1, and the way from Inline XBRL 1.0 to the shape of 1.1, which all else reads.

The elements of 1.0 are those of 1.1 without continuations and relationships. A footnote has its own roles and its id in
``footnoteID``, and facts name their footnotes in ``footnoteRefs``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Final, Literal, Protocol

from lxml import etree

from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, ROLE_LINK, XHTML

IX: Final = "http://www.xbrl.org/2013/inlineXBRL"
IX_1_0: Final = "http://www.xbrl.org/2008/inlineXBRL"

InlineVersion = Literal["1.0", "1.1"]
NAMESPACES: Final[dict[InlineVersion, str]] = {"1.0": IX_1_0, "1.1": IX}

CONTINUATION: Final = f"{{{IX}}}continuation"
DENOMINATOR: Final = f"{{{IX}}}denominator"
EXCLUDE: Final = f"{{{IX}}}exclude"
FOOTNOTE: Final = f"{{{IX}}}footnote"
FRACTION: Final = f"{{{IX}}}fraction"
HEADER: Final = f"{{{IX}}}header"
HIDDEN: Final = f"{{{IX}}}hidden"
NON_FRACTION: Final = f"{{{IX}}}nonFraction"
NON_NUMERIC: Final = f"{{{IX}}}nonNumeric"
NUMERATOR: Final = f"{{{IX}}}numerator"
REFERENCES: Final = f"{{{IX}}}references"
RELATIONSHIP: Final = f"{{{IX}}}relationship"
RESOURCES: Final = f"{{{IX}}}resources"
TUPLE: Final = f"{{{IX}}}tuple"

ELEMENTS: Final = frozenset(
    {
        CONTINUATION,
        DENOMINATOR,
        EXCLUDE,
        FOOTNOTE,
        FRACTION,
        HEADER,
        HIDDEN,
        NON_FRACTION,
        NON_NUMERIC,
        NUMERATOR,
        REFERENCES,
        RELATIONSHIP,
        RESOURCES,
        TUPLE,
    }
)
FACTS: Final = frozenset({FRACTION, NON_FRACTION, NON_NUMERIC, TUPLE})
"""What becomes a fact of a target document."""

ANY_IX: Final = f"{{{IX}}}*"
HTML: Final = f"{{{XHTML}}}html"
HEAD: Final = f"{{{XHTML}}}head"
BASE: Final = f"{{{XHTML}}}base"


def local_name(tag: object) -> str:
    """The name as messages show it: ``ix:nonFraction``, ``td``, ``xbrli:context``."""
    namespace, _, name = str(tag).rpartition("}")
    return f"ix:{name}" if namespace == f"{{{IX}" else name


_BRACED: Final = f"{{{IX_1_0}}}"
_UNKNOWN: Final = frozenset({CONTINUATION, RELATIONSHIP})
_TEXT_ONLY: Final = frozenset({NON_FRACTION, NUMERATOR, DENOMINATOR})


class ReportError(Protocol):
    """Takes what is wrong with an element."""

    def __call__(self, element: etree._Element, message: str, fix: str) -> object: ...


def is_old(root: etree._Element) -> bool:
    """Whether an element of Inline XBRL 1.0 stands in a document."""
    return any(True for _ in itertools.islice(root.iter(f"{_BRACED}*"), 1))


def bring_up(roots: Iterable[etree._Element], report_error: ReportError) -> None:
    """Turn the documents of a set, which are Inline XBRL 1.0 throughout, into Inline XBRL 1.1.

    What 1.0 does not know is reported and left as it is.
    """
    elements = [element for root in roots for element in list(root.iter(f"{_BRACED}*"))]
    known = [element for element in elements if _is_known(element, report_error)]
    for element in known:
        element.tag = _new(element)
    notes: dict[str, etree._Element] = {}
    for element in known:
        if element.tag == FOOTNOTE:
            element.set("id", _taken(element, "footnoteID").strip())
            notes.setdefault(element.get("id", ""), element)
    _relate(known, notes, report_error)
    for note in notes.values():
        for key in ("arcrole", "footnoteLinkRole"):
            _taken(note, key)


def _taken(element: etree._Element, key: str) -> str:
    """The value of an attribute, which the element no longer has."""
    value = element.get(key, "")
    if key in element.attrib:
        del element.attrib[key]
    return value


def _new(element: etree._Element) -> str:
    return f"{{{IX}}}{str(element.tag).removeprefix(_BRACED)}"


def _is_known(element: etree._Element, report_error: ReportError) -> bool:
    tag = _new(element)
    name = local_name(tag)
    if tag not in ELEMENTS or tag in _UNKNOWN:
        report_error(element, f"Inline XBRL 1.0 has no element {name}", f"use Inline XBRL 1.1 ({IX})")
        return False
    if "continuedAt" in element.attrib:
        report_error(element, f"{name} has no attribute continuedAt in Inline XBRL 1.0", "tag the text in one piece")
        return False
    if tag == FOOTNOTE and "footnoteID" not in element.attrib:
        report_error(element, "ix:footnote lacks its attribute footnoteID", "give each footnote its own")
        return False
    if tag in _TEXT_ONLY and len(element):
        report_error(element, f"{name} holds nothing but text in Inline XBRL 1.0", "put other elements outside it")
    return True


def _relate(elements: Iterable[etree._Element], notes: dict[str, etree._Element], report_error: ReportError) -> None:
    """Relationships in place of ``footnoteRefs``: one for all facts that name the same footnotes in the same order."""
    elements = list(elements)
    taken = {id_ for element in elements if (id_ := element.get("id")) is not None}
    fresh = (id_ for number in itertools.count(1) if (id_ := f"noted{number}") not in taken)
    sources: dict[tuple[tuple[str, str], tuple[str, ...]], list[str]] = {}
    for element in elements:
        named: dict[tuple[str, str], list[str]] = {}
        for note in dict.fromkeys(_taken(element, "footnoteRefs").split()):
            if note in notes:
                roles = (
                    notes[note].get("arcrole", ARCROLE_FACT_FOOTNOTE),
                    notes[note].get("footnoteLinkRole", ROLE_LINK),
                )
                named.setdefault(roles, []).append(note)
            else:
                message = f"footnoteRefs names {note!r}, but no ix:footnote has that footnoteID"
                report_error(element, message, "add the footnote, or correct footnoteRefs")
        for roles, in_order in named.items():
            sources.setdefault((roles, tuple(in_order)), []).append(_id_of(element, fresh))
    place = next((element for element in elements if element.tag == RESOURCES), None)
    if place is None and (header := next((element for element in elements if element.tag == HEADER), None)) is not None:
        place = etree.SubElement(header, RESOURCES)  # which 1.0 may leave out
    if place is not None:
        for (roles, targets), facts in sources.items():
            place.append(_relationship(roles, [notes[note] for note in targets], facts))


def _id_of(element: etree._Element, fresh: Iterator[str]) -> str:
    """A fact's id; one is given where it has none."""
    id_ = element.get("id")
    if id_ is None:
        id_ = next(fresh)
        element.set("id", id_)
    return id_.strip()


def _relationship(roles: tuple[str, str], targets: list[etree._Element], facts: list[str]) -> etree._Element:
    element = etree.Element(RELATIONSHIP)
    element.set("arcrole", roles[0])
    element.set("linkRole", roles[1])
    element.set("fromRefs", " ".join(facts))
    element.set("toRefs", " ".join(note.get("id", "") for note in targets))
    element.sourceline = targets[0].sourceline
    return element
