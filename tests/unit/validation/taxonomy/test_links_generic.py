"""Generic links, labels and references: valid by our own schemas, hinted at or not; their faults are found."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from exporter.operations.validate import validate

HINTS = (
    'xsi:schemaLocation="http://xbrl.org/2008/generic http://www.xbrl.org/2008/generic-link.xsd '
    'http://xbrl.org/2008/label http://www.xbrl.org/2008/generic-label.xsd"'
)
SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
  targetNamespace="http://example.com/t" elementFormDefault="qualified">
<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type="simple" xlink:href="l.xml"
  xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></xs:appinfo></xs:annotation>
<xs:import namespace="http://www.xbrl.org/2003/instance"
  schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<xs:element name="Cash" id="t_Cash" type="xbrli:stringItemType" substitutionGroup="xbrli:item"
  xbrli:periodType="instant" nillable="true"/>
</xs:schema>"""
LINKBASE = """<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:gen="http://xbrl.org/2008/generic"
  xmlns:label="http://xbrl.org/2008/label" xmlns:reference="http://xbrl.org/2008/reference" {hints}>
<link:roleRef roleURI="http://www.xbrl.org/2008/role/label" xlink:type="simple"
  xlink:href="http://www.xbrl.org/2008/generic-label.xsd#standard-label"/>
<link:roleRef roleURI="http://www.xbrl.org/2008/role/reference" xlink:type="simple"
  xlink:href="http://www.xbrl.org/2008/generic-reference.xsd#standard-reference"/>
<link:roleRef roleURI="http://www.xbrl.org/2008/role/link" xlink:type="simple"
  xlink:href="http://www.xbrl.org/2008/generic-link.xsd#standard-link-role"/>
<link:arcroleRef arcroleURI="http://xbrl.org/arcrole/2008/element-label" xlink:type="simple"
  xlink:href="http://www.xbrl.org/2008/generic-label.xsd#element-label"/>
<link:arcroleRef arcroleURI="http://xbrl.org/arcrole/2008/element-reference" xlink:type="simple"
  xlink:href="http://www.xbrl.org/2008/generic-reference.xsd#element-reference"/>
<gen:link xlink:type="extended" xlink:role="http://www.xbrl.org/2008/role/link">
<link:loc xlink:type="locator" xlink:href="t.xsd#t_Cash" xlink:label="c"/>
{resource}
<gen:arc xlink:type="arc" xlink:arcrole="http://xbrl.org/arcrole/2008/element-{kind}" xlink:from="c" xlink:to="r"/>
</gen:link></link:linkbase>"""
LABEL = (
    '<label:label xlink:type="resource" xlink:label="r" xlink:role="http://www.xbrl.org/2008/role/label" '
    'xml:lang="en">Cash in <b xmlns="http://www.w3.org/1999/xhtml">hand</b></label:label>'
)
REFERENCE = (
    '<reference:reference xlink:type="resource" xlink:label="r" xlink:role="http://www.xbrl.org/2008/role/reference"/>'
)


METADATA = """<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en">
<tp:identifier>http://example.com/notes</tp:identifier><tp:name>Notes</tp:name><tp:description>Notes</tp:description>
<tp:version>1</tp:version></tp:taxonomyPackage>"""
CATALOG = """<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
<rewriteURI uriStartString="http://www.xbrl.org/2016/" rewritePrefix="../files/"/></catalog>"""


def errors(
    folder: Path, resource: str, *, kind: str = "label", hints: str = HINTS, packages: Iterable[Path] = ()
) -> set[str]:
    (folder / "t.xsd").write_text(SCHEMA)
    (folder / "l.xml").write_text(LINKBASE.format(hints=hints, resource=resource, kind=kind))
    return {finding.code for finding in validate(folder / "t.xsd", packages=packages) if finding.is_error}


@pytest.mark.parametrize("hints", [HINTS, ""], ids=["hinted", "not hinted"])
@pytest.mark.parametrize(("resource", "kind"), [(LABEL, "label"), (REFERENCE, "reference")], ids=["label", "reference"])
def test_generic_links_are_valid(tmp_path: Path, resource: str, kind: str, hints: str) -> None:
    assert errors(tmp_path, resource, kind=kind, hints=hints) == set()


def test_a_package_may_supply_a_schema_of_a_specification(tmp_path: Path) -> None:
    """One of which we have none of our own: what a linkbase holds of it is held against it."""
    place = "http://www.xbrl.org/2016/notes.xsd"
    notes = (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://xbrl.org/2016/notes" '
        'xmlns:gen="http://xbrl.org/2008/generic" elementFormDefault="qualified">'
        '<xs:import namespace="http://xbrl.org/2008/generic" '
        'schemaLocation="http://www.xbrl.org/2008/generic-link.xsd"/>'
        '<xs:import namespace="http://www.xbrl.org/2003/XLink" '
        'schemaLocation="http://www.xbrl.org/2003/xl-2003-12-31.xsd"/>'
        '<xs:element name="note" type="gen:resourceTypeWithOpenAttrs" substitutionGroup="xl:resource" '
        'xmlns:xl="http://www.xbrl.org/2003/XLink"/></xs:schema>'
    )
    package = tmp_path / "notes.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("notes/META-INF/taxonomyPackage.xml", METADATA)
        archive.writestr("notes/META-INF/catalog.xml", CATALOG)
        archive.writestr("notes/files/notes.xsd", notes)
    hints = HINTS.replace('"http', f'"http://xbrl.org/2016/notes {place} http', 1)
    note = '<n:note xmlns:n="http://xbrl.org/2016/notes" xlink:type="resource" xlink:label="r"/>'
    assert errors(tmp_path, note, hints=hints, packages=[package]) == set()
    broken = note.replace('xlink:label="r"', "")
    assert "exporter:xmlSchema" in errors(tmp_path, broken, hints=hints, packages=[package])


@pytest.mark.parametrize("hints", [HINTS, ""], ids=["hinted", "not hinted"])
@pytest.mark.parametrize(
    "resource",
    [
        LABEL.replace('xml:lang="en"', ""),
        LABEL.replace('xlink:type="resource"', ""),
        LABEL.replace('xlink:label="r"', ""),
        LABEL + "<gen:other/>",
        LABEL + "text",
    ],
    ids=["no language", "no type", "no label", "no element of its", "text"],
)
def test_what_is_wrong_in_generic_links_is_found(tmp_path: Path, resource: str, hints: str) -> None:
    assert "exporter:xmlSchema" in errors(tmp_path, resource, hints=hints)
