"""One line of a sound Form 20-F changed: the SEC's validator names the number of a rule, and so do we.

The form is that of the documents which regulators' plug-ins have judged; what the validator (EDGAR 26.0) says of each
change was looked up once.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pytest

from exporter.operations.validate import validate
from tests.conformance.suite import SHARED

SOUND = SHARED / "regulator-cases" / "efm" / "valid"
PACKAGE = SHARED / "regulator-cases" / "packages" / "sec-standin.zip"
BASE: Final = "abc-20241231"
HOME: Final = "http://www.abc.example"

pytestmark = pytest.mark.skipif(not SOUND.is_dir(), reason="the documents are not here")


def element(name: str, of_type: str, group: str = "xbrli:item", lasts: str = "duration", more: str = "") -> str:
    """A declaration for the end of the schema."""
    return (
        f'<xs:element id="abc_{name}" name="{name}" type="{of_type}" substitutionGroup="{group}" nillable="true" '
        f'xbrli:periodType="{lasts}"{more}/></xs:schema>'
    )


def arcrole(uri: str, definition: str = "<link:definition>a</link:definition>") -> str:
    """A declaration of an arcrole for the end of the schema's appinfo."""
    used = "<link:usedOn>link:definitionArc</link:usedOn>"
    declared = f'<link:arcroleType arcroleURI="{uri}" id="A" cyclesAllowed="none">{definition}{used}</link:arcroleType>'
    return f"{declared}</xs:appinfo>"


def page(markup: str) -> tuple[str, str, str]:
    return ".htm", "<h1>", f"{markup}<h1>"


END, INFO = "</xs:schema>", "</xs:appinfo>"
LAST_ARC = 'xlink:from="abc_SalesLineItems" xlink:to="abc_SalesPolicy" order="7"/>'
ARC = f'{LAST_ARC}<link:definitionArc xlink:type="arc" xlink:arcrole="http://xbrl.org/int/dim/arcrole/'
AGAIN = f'{ARC}domain-member" {LAST_ARC}'
EXCLUDED = (
    f'{ARC}notAll" xlink:from="abc_SalesLineItems" xlink:to="abc_SalesTable" order="9" '
    'xbrldt:closed="false" xbrldt:contextElement="segment"/>'
)
STANDARD_LABEL = 'xlink:role="http://www.xbrl.org/2003/role/label" xml:lang="en-US">Widget sales'
CHANGES: Final[list[tuple[str, tuple[str, str, str]]]] = [
    ("5.2.1.1", (".xsd", "<xs:annotation>", "<!-- \u00e9 --><xs:annotation>")),
    ("5.2.5", page("<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>")),
    ("5.2.5", page('<p><a href="javascript:x()">y</a></p>')),
    ("5.2.5", page('<p><b><a id="q">z</a></b></p>')),
    ("5.2.5", page('<p><img src="a.png" alt="a"/></p>')),
    ("5.2.5", page('<p><img src="data:image/png;base64,iVBORw0KGgo=" alt="a"/></p>')),
    ("5.2.5", page('<p xml:base="http://a.example/">q</p>')),
    ("5.2.5", page('<p><a name="q">z</a></p>')),
    ("5.2.5", (".htm", "<head>", '<head><meta name="viewport" content="width=1"/>')),
    ("5.2.5", (".htm", "xmlns:dei=", 'xsi:schemaLocation="http://a.example a.xsd" xmlns:dei=')),
    ("5.2.5", (".htm", "xmlns:dei=", 'xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:dei=')),
    ("5.2.5.12", (".htm", "transformation/2020-02-12", "transformation/2011-07-31")),
    ("6.3.11", ("_pre.xml", "<link:presentationLink ", '<link:presentationLink xml:base="http://a.example/" ')),
    ("6.5.1", (".htm", "http://www.sec.gov/CIK", "http://www.sec.gov/cik")),
    ("6.5.2", (".htm", "0001777001", "1777001")),
    ("6.7.1", (".xsd", "<xs:import ", '<xs:include schemaLocation="abc2-20241231.xsd"/><xs:import ')),
    ("6.7.3", (".xsd .htm", f"{HOME}/20241231", "http://abc.sec.gov/20241231")),
    ("6.7.4", (".xsd .htm", f"{HOME}/20241231", f"{HOME}/abc")),
    ("6.7.5", (".xsd .htm", f"{HOME}/20241231", "abc/20241231")),
    ("6.7.7", (".xsd", "xmlns:abc=", f'xmlns:abd="{HOME}/20241231" xmlns:abc=')),
    ("6.7.11", (".xsd", "<link:usedOn>link:calculationLink</link:usedOn>", "")),
    ("6.7.13", (".xsd", INFO, arcrole("http://other.example/arcrole/A"))),
    ("6.7.15", (".xsd", INFO, arcrole(f"{HOME}/arcrole/A", ""))),
    ("6.7.23", (".xsd", END, element("FooAxis", "xbrli:stringItemType"))),
    ("6.7.24", (".xsd", END, element("FooTable", "xbrli:stringItemType"))),
    ("6.7.25", (".xsd", END, element("Foo", "xbrli:monetaryItemType", "abc:WidgetSales"))),
    ("6.7.29", (".xsd", END, element("F" + "o" * 210, "xbrli:stringItemType"))),
    ("6.7.31", (".xsd", END, element("Foo", "xbrli:fractionItemType"))),
    ("6.7.32", (".xsd", END, element("FooTextBlock", "dtr:textBlockItemType", lasts="instant"))),
    ("6.9.3", ("_def.xml", LAST_ARC, AGAIN)),
    ("6.9.9", ("_pre.xml", 'order="2"', 'order="2" priority="10"')),
    ("6.10.1", ("_lab.xml", STANDARD_LABEL, STANDARD_LABEL.replace("role/label", "role/terseLabel"))),
    ("6.10.1", ("_lab.xml", STANDARD_LABEL, STANDARD_LABEL.replace("en-US", "en"))),
    ("6.10.4", ("_lab.xml", ">Order backlog<", ">Widget sales<")),
    ("6.10.6", ("_lab.xml", ">Order backlog<", f">{'Order backlog ' * 40}x<")),
    ("6.12.1", ("_pre.xml", ' order="2"', "")),
    ("6.12.2", ("_pre.xml", ' order="2"', ' order="1"')),
    ("6.14.1", ("_cal.xml", ' order="2"', "")),
    ("6.14.2", ("_cal.xml", 'weight="1"', 'weight="2"')),
    ("6.16.1", ("_def.xml", ' order="7"', "")),
    ("6.16.8", ("_def.xml", LAST_ARC, EXCLUDED)),
]


@pytest.mark.parametrize(("number", "change"), CHANGES, ids=[f"{n}-{i}" for i, (n, _) in enumerate(CHANGES)])
def test_what_the_validator_refuses(number: str, change: tuple[str, str, str], tmp_path: Path) -> None:
    shutil.copytree(SOUND, tmp_path / "changed")
    suffixes, old, new = change
    for suffix in suffixes.split():
        path = tmp_path / "changed" / f"{BASE}{suffix}"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    findings = validate(tmp_path / "changed" / f"{BASE}.htm", rules=["form-20-f"], packages=[PACKAGE])
    numbers = {finding.code.partition(":")[2].partition("-")[0] for finding in findings}
    assert number in numbers


def test_the_sound_form_has_no_error() -> None:
    findings = validate(SOUND / f"{BASE}.htm", rules=["form-20-f"], packages=[PACKAGE])
    assert [finding for finding in findings if finding.is_error] == []
