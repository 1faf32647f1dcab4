"""The filer's own schemas and linkbases, as they are written."""

from __future__ import annotations

from pathlib import Path

from exporter.operations.written_documents import written_documents
from exporter.resources.limits import DEFAULT_LIMITS
from exporter.resources.resolver import Resolver, file_url

SCHEMA = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:ex="http://www.example.com/ex" targetNamespace="http://www.example.com/ex" elementFormDefault="qualified">
 <xs:annotation><xs:appinfo>
  <link:roleType roleURI="http://www.example.com/role/A" id="A"><link:definition> A </link:definition>
   <link:usedOn>link:presentationLink</link:usedOn></link:roleType>
  <link:linkbaseRef xlink:type="simple" xlink:href="ex_lab.xml" xlink:arcrole="a"
   xlink:role="http://www.xbrl.org/2003/role/labelLinkbaseRef"/>
 </xs:appinfo></xs:annotation>
 <xs:import namespace="http://www.xbrl.org/2003/instance"
  schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
 <xs:import namespace="http://www.standard.example" schemaLocation="standard.xsd"/>
 <xs:element name="A" id="ex_A"><xs:annotation><xs:documentation>An A.</xs:documentation></xs:annotation></xs:element>
 <xs:complexType name="aType"><xs:simpleContent><xs:restriction base="xbrli:monetaryItemType"/></xs:simpleContent>
 </xs:complexType>
</xs:schema>"""
LABELS = """\
<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
 <link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
  <link:loc xlink:type="locator" xlink:href="ex.xsd#ex_A" xlink:label="a"/>
  <link:label xlink:type="resource" xlink:label="l" xml:lang="en"
   xlink:role="http://www.xbrl.org/2003/role/label">A</link:label>
  <link:label xlink:type="resource" xlink:label="gone" xml:lang="fr">A</link:label>
  <link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" xlink:from="a"
   xlink:to="l" priority="3"/>
  <link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" xlink:from="a"
   xlink:to="gone" use="prohibited"/>
 </link:labelLink>
</link:linkbase>"""


def test_documents_are_followed_and_kept_as_written(tmp_path: Path) -> None:
    (tmp_path / "ex.xsd").write_text(SCHEMA, encoding="utf-8")
    (tmp_path / "ex_lab.xml").write_text(LABELS, encoding="utf-8")
    (tmp_path / "standard.xsd").write_text(SCHEMA, encoding="utf-8")
    schema, labels = written_documents(
        ("ex.xsd",),
        base=file_url(tmp_path / "_"),
        resolver=Resolver(),
        limits=DEFAULT_LIMITS,
        is_standard=lambda url: url.endswith("standard.xsd"),
    )
    assert (schema.name, schema.kind, schema.namespace) == ("ex.xsd", "schema", "http://www.example.com/ex")
    assert ("ex", "http://www.example.com/ex") in schema.prefixes
    assert [address.kind for address in schema.addresses] == ["linkbaseRef", "import", "import"]
    assert [(role.id, role.definition, role.used_on) for role in schema.roles] == [("A", " A ", ("presentationLink",))]
    assert [(defined.base, defined.is_narrowed) for defined in schema.types] == [("monetaryItemType", False)]
    assert len(schema.documentation) == 1
    assert not schema.forms
    (link,) = labels.links
    (label,) = link.labels
    assert (label.concept, label.language, label.priority) == (f"{schema.url}#ex_A", "en", "3")
    assert [arc.prohibits for arc in link.arcs] == [False, True]
    assert len(link.bare_resources) == 1


def test_what_cannot_be_read_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "broken.xsd").write_text("<xs:schema", encoding="utf-8")
    (tmp_path / "page.xsd").write_text("<html/>", encoding="utf-8")
    found = written_documents(
        ("broken.xsd", "page.xsd", "missing.xsd"),
        base=file_url(tmp_path / "_"),
        resolver=Resolver(),
        limits=DEFAULT_LIMITS,
        is_standard=lambda url: False,
    )
    assert found == ()
