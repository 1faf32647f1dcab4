"""Real filings: what we read is what a plain look at the XML finds, and what we write reads back equal."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exporter.formats.xbrl_xml import iter_facts, read, write
from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant

DATA = Path(__file__).parents[2].parent / "shared" / "data"
XBRLI = "{http://www.xbrl.org/2003/instance}"
INSTANCES = sorted(
    [*DATA.glob("sec/*/*_htm.xml"), *DATA.glob("sec/nflx-2009/nflx-20091231.xml"), *DATA.glob("ferc/*.xbrl")]
)

pytestmark = pytest.mark.skipif(not INSTANCES, reason="the corpus is not here")
each_instance = pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.name)


def _clark(text: str, element: Any) -> str:
    prefix, colon, local = text.strip().rpartition(":")
    return f"{{{element.nsmap[prefix if colon else None]}}}{local}"


def _next_day(text: str) -> str:
    return f"{dt.date.fromisoformat(text) + dt.timedelta(days=1)}T00:00:00"


def _context(element: Any) -> tuple[Any, ...]:
    period = {etree.QName(each).localname: (each.text or "").strip() for each in element.find(f"{XBRLI}period")}
    span = f"{period['startDate']}T00:00:00/{_next_day(period['endDate'])}" if "endDate" in period else None
    members = set()
    for each in element.iter("{http://xbrl.org/2006/xbrldi}explicitMember"):
        members.add((_clark(each.get("dimension"), each), _clark(each.text, each)))
    for each in element.iter("{http://xbrl.org/2006/xbrldi}typedMember"):
        members.add((_clark(each.get("dimension"), each), each[0].text or ""))
    identifier = element.find(f"{XBRLI}entity/{XBRLI}identifier")
    owner = (identifier.get("scheme"), identifier.text.strip())
    return owner, span or _next_day(period["instant"]), frozenset(members)


def _unit(element: Any) -> tuple[Any, ...]:
    def measures(parent: Any) -> tuple[str, ...]:
        return tuple(sorted(_clark(each.text, each) for each in parent.iter(f"{XBRLI}measure")))

    top, bottom = (
        element.find(f"{XBRLI}divide/{XBRLI}unitNumerator"),
        element.find(f"{XBRLI}divide/{XBRLI}unitDenominator"),
    )
    return (measures(element), ()) if top is None else (measures(top), measures(bottom))


def _plainly(path: Path) -> Counter[Any]:
    root = etree.parse(str(path)).getroot()
    contexts = {each.get("id"): _context(each) for each in root.iter(f"{XBRLI}context")}
    units = {each.get("id"): _unit(each) for each in root.iter(f"{XBRLI}unit")}
    root_language = root.get("{http://www.w3.org/XML/1998/namespace}lang")
    found: Counter[Any] = Counter()
    for element in root:
        if not isinstance(element.tag, str) or element.get("contextRef") is None:
            continue
        unit = units.get(element.get("unitRef"))
        nil = element.get("{http://www.w3.org/2001/XMLSchema-instance}nil") in ("true", "1")
        text = "".join(element.itertext())
        decimals = element.get("decimals")
        language = element.get("{http://www.w3.org/XML/1998/namespace}lang", root_language)
        found[
            element.tag,
            *contexts[element.get("contextRef")],
            unit if unit != ((f"{XBRLI}pure",), ()) else None,
            None if nil else text.strip() if unit else text,
            None if decimals in (None, "INF") else int(decimals),
            None if unit else language,
        ] += 1
    return found


def _read_as_plain(fact: Fact) -> tuple[Any, ...]:
    assert fact.entity is not None
    assert isinstance(fact.period, Instant | Duration)
    dimensions = frozenset(
        (each.axis.clark, each.member.clark if isinstance(each, ExplicitDimension) else each.value)
        for each in fact.dimensions
    )
    unit = fact.unit and tuple(
        tuple(sorted(m.clark for m in half)) for half in (fact.unit.numerators, fact.unit.denominators)
    )
    owner = (fact.entity.scheme, fact.entity.identifier)
    return (fact.concept.clark, owner, fact.period.oim, dimensions, unit, fact.value, fact.decimals, fact.language)


@each_instance
def test_the_facts_are_those_in_the_document(path: Path) -> None:
    expected = _plainly(path)
    assert sum(expected.values()) > 300
    assert Counter(map(_read_as_plain, read(path).facts)) == expected
    assert Counter(map(_read_as_plain, iter_facts(path))) == expected


@each_instance
def test_what_is_written_reads_back_equal(path: Path) -> None:
    report = read(path)
    stream = io.BytesIO()
    assert write(report, stream) == len(report.facts)
    again = read(io.BytesIO(stream.getvalue()))
    assert again == report
    assert Counter(map(_read_as_plain, again.facts)) == Counter(map(_read_as_plain, report.facts))
    once_more = io.BytesIO()
    write(again, once_more)
    assert once_more.getvalue() == stream.getvalue()
