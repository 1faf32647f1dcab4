"""A few lines that stand for millions of links: refused before they are made, in any syntax."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.operations.read import read_report
from exporter.operations.validate import validate
from exporter.resources.limits import Limits
from tests.unit.formats.inline_xbrl import documents as inline
from tests.unit.formats.xbrl_xml import documents as xml

ROLE = "http://www.xbrl.org/2003/role/link"
ARCROLE = "http://www.xbrl.org/2003/arcrole/fact-footnote"


def instance(number: int, *, arcs: int = 1) -> bytes:
    """So many facts and notes, the facts on one label and the notes on another."""
    facts = "".join(f'<t:Name contextRef="c" id="f{n}">x</t:Name>' for n in range(number))
    locators = "".join(f'<link:loc xlink:type="locator" xlink:href="#f{n}" xlink:label="f"/>' for n in range(number))
    notes = "".join(
        f'<link:footnote xlink:type="resource" xlink:label="n" xml:lang="en" id="n{n}">{n}</link:footnote>'
        for n in range(number)
    )
    arc = f'<link:footnoteArc xlink:type="arc" xlink:arcrole="{ARCROLE}" xlink:from="f" xlink:to="n"/>'
    inside = locators + notes + arc * arcs
    link = f'<link:footnoteLink xlink:type="extended" xlink:role="{ROLE}">{inside}</link:footnoteLink>'
    return xml.instance(facts, link).replace(b'"t.xsd"', b'"http://example.com/t.xsd"')


def page(number: int) -> bytes:
    facts = "".join(inline.text("x", f'id="f{n}"') for n in range(number))
    notes = "".join(f'<ix:footnote id="n{n}" xml:lang="en">{n}</ix:footnote>' for n in range(number))
    ends = [" ".join(f"{kind}{n}" for n in range(number)) for kind in "fn"]
    relationship = f'<ix:relationship fromRefs="{ends[0]}" toRefs="{ends[1]}"/>'
    made = inline.document(f"<div>{facts}{notes}</div>", more=relationship)
    return made.replace(b'"t.xsd"', b'"http://example.com/t.xsd"')


@pytest.mark.parametrize(("name", "make"), [("r.xbrl", instance), ("r.xhtml", page)])
def test_products_of_links_are_bounded(tmp_path: Path, name: str, make: object) -> None:
    assert callable(make)
    path = tmp_path / name
    path.write_bytes(make(20))
    assert len(read_report(path).links) == 400
    few = Limits(links=399)
    with pytest.raises(ReadError) as raised:
        read_report(path, limits=few)
    assert "exporter:limitExceeded" in {finding.code for finding in raised.value.findings}
    assert "limits.links" in str([finding.fix for finding in raised.value.findings])
    assert "exporter:limitExceeded" in {finding.code for finding in validate(path, limits=few)}
    path.write_bytes(make(1500))
    tracemalloc.start()
    with pytest.raises(ReadError):
        read_report(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * 1024**2


def test_equivalent_arcs_are_held_once(tmp_path: Path) -> None:
    path = tmp_path / "r.xbrl"
    path.write_bytes(instance(20, arcs=30))
    found = validate(path, limits=Limits(links=30 * 400))
    assert "exporter:limitExceeded" not in {finding.code for finding in found}
    found = validate(path, limits=Limits(links=29 * 400))
    assert [finding.code for finding in found].count("exporter:limitExceeded") == 1
