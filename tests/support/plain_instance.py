"""A plain look at an XBRL 2.1 instance with lxml, independent of the reader under test."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

XBRLI = "{http://www.xbrl.org/2003/instance}"
XBRLDI = "{http://xbrl.org/2006/xbrldi}"
LINK = "{http://www.xbrl.org/2003/linkbase}"
XLINK = "{http://www.w3.org/1999/xlink}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XSI_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


def clark(text: str, element: Any) -> str:
    """The name ``prefix:local`` in Clark notation."""
    prefix, colon, local = text.strip().rpartition(":")
    return f"{{{element.nsmap[prefix if colon else None]}}}{local}"


def is_nil(element: Any) -> bool:
    return element.get(XSI_NIL) in ("true", "1")


def fact_elements(root: Any) -> list[Any]:
    """The items of an instance."""
    return [each for each in root if isinstance(each.tag, str) and each.get("contextRef") is not None]


def units_of(root: Any) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Numerators and denominators of each unit, by id."""
    return {each.get("id"): _unit(each) for each in root.iter(f"{XBRLI}unit")}


def _unit(element: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    def measures(parent: Any) -> tuple[str, ...]:
        return tuple(sorted(clark(each.text, each) for each in parent.iter(f"{XBRLI}measure")))

    top = element.find(f"{XBRLI}divide/{XBRLI}unitNumerator")
    bottom = element.find(f"{XBRLI}divide/{XBRLI}unitDenominator")
    return (measures(element), ()) if top is None else (measures(top), measures(bottom))


def _next_day(text: str) -> str:
    return f"{dt.date.fromisoformat(text) + dt.timedelta(days=1)}T00:00:00"


def context_of(element: Any) -> tuple[Any, ...]:
    """Entity, period and dimensions of a context."""
    period = {etree.QName(each).localname: (each.text or "").strip() for each in element.find(f"{XBRLI}period")}
    span = f"{period['startDate']}T00:00:00/{_next_day(period['endDate'])}" if "endDate" in period else None
    members: set[tuple[str, Any]] = set()
    for each in element.iter(f"{XBRLDI}explicitMember"):
        members.add((clark(each.get("dimension"), each), clark(each.text, each)))
    for each in element.iter(f"{XBRLDI}typedMember"):
        value = None if is_nil(each[0]) else each[0].text or ""
        members.add((clark(each.get("dimension"), each), (value,)))
    identifier = element.find(f"{XBRLI}entity/{XBRLI}identifier")
    owner = (identifier.get("scheme"), identifier.text.strip())
    return owner, span or _next_day(period["instant"]), frozenset(members)


def _everything_is_text(concept: str) -> bool:
    return True


class PlainInstance:
    """The facts and footnotes of an instance as tuples.

    A fact is concept, entity, period, dimensions, unit, value, decimals and language; ``is_text`` says which concepts
    have a language, where their facts have no unit.
    """

    def __init__(self, path: Path, is_text: Callable[[str], bool] = _everything_is_text) -> None:
        self.root = etree.parse(str(path)).getroot()
        self._is_text = is_text
        self._contexts = {each.get("id"): context_of(each) for each in self.root.iter(f"{XBRLI}context")}
        self._units = units_of(self.root)

    def facts(self) -> Counter[Any]:
        return Counter(map(self._fact, fact_elements(self.root)))

    def _fact(self, element: Any) -> tuple[Any, ...]:
        unit = self._units.get(element.get("unitRef"))
        text = "".join(element.itertext())
        decimals = element.get("decimals")
        spoken = unit is None and self._is_text(element.tag)
        return (
            element.tag,
            *self._contexts[element.get("contextRef")],
            unit if unit != ((f"{XBRLI}pure",), ()) else None,
            None if is_nil(element) else text.strip() if unit else text,
            None if decimals in (None, "INF") else int(decimals),
            element.get(XML_LANG, self.root.get(XML_LANG)) if spoken else None,
        )

    def footnotes(self) -> Counter[Any]:
        """Fact, arcrole, role, text and language of each footnote, once for each arc."""
        facts = {each.get("id"): self._fact(each) for each in fact_elements(self.root)}
        found: Counter[Any] = Counter()
        for link in self.root.iter(f"{LINK}footnoteLink"):
            sources = [
                (each.get(f"{XLINK}label"), str(each.get(f"{XLINK}href"))[1:]) for each in link.iter(f"{LINK}loc")
            ]
            notes = [(each.get(f"{XLINK}label"), each) for each in link.iter(f"{LINK}footnote")]
            for arc in link.iter(f"{LINK}footnoteArc"):
                for _, id_ in (one for one in sources if one[0] == arc.get(f"{XLINK}from")):
                    for _, note in (one for one in notes if one[0] == arc.get(f"{XLINK}to")):
                        said = "".join(map(str, note.itertext())), note.get(XML_LANG)
                        found[facts[id_], arc.get(f"{XLINK}arcrole"), link.get(f"{XLINK}role"), *said] += 1
        return found
