"""A manifest of EDINET that is written says what one that is read says."""

from __future__ import annotations

from lxml import etree

from exporter.packages.edinet_manifest import ManifestInstance, manifest_instances, read_manifest, write_manifest

PAGES = ("0000000_header_a_ixbrl.htm", "0101010_honbun_a_ixbrl.htm")
INSTANCE = ManifestInstance("jpcrp030000", "a.xbrl", PAGES)


def test_what_is_written_is_read_back() -> None:
    written = write_manifest(INSTANCE, type="PublicDoc", titles={"ja": "提出本文書"}, role="http://a/role/form")
    assert read_manifest(written, name="manifest_PublicDoc.xml") == (INSTANCE,)
    assert manifest_instances(written, name="manifest_PublicDoc.xml") == ("a.xbrl",)


def test_the_contents_name_the_report_and_the_role_that_presents_it() -> None:
    written = write_manifest(
        INSTANCE, type="PublicDoc", titles={"ja": "文書", "en": "A & B"}, role="http://a/role/form"
    )
    root = etree.fromstring(written)
    (item,) = root.iter("{*}item")
    assert (item.get("ref"), item.get("extrole"), item.get("in")) == (
        "jpcrp030000",
        "http://a/role/form",
        "presentation",
    )
    assert [title.text for title in root.iter("{*}title")] == ["文書", "A & B"]
    assert [instance.get("type") for instance in root.iter("{*}instance")] == ["PublicDoc"]
