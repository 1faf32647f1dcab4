from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from exporter.errors import PackageError
from exporter.packages.taxonomy_package import (
    EntryPoint,
    PackageMetadata,
    read_taxonomy_package,
    write_taxonomy_package,
)
from exporter.resources.resolver import Resolver

URL = "http://www.example.com/20050331/"
REWRITES = {URL: "www.example.com/20050331/"}
FILES = {"www.example.com/20050331/abc.xsd": b"<schema/>", "www.example.com/20050331/abc_lab.xml": b"<linkbase/>"}
METADATA = PackageMetadata(
    identifier=URL + "package",
    names={"en": "Extension", "ja": "拡張 <&>"},
    descriptions={"en": "Of one filing"},
    version="1.0",
    license=("Free", "http://www.example.com/license"),
    publishers={"en": "Example"},
    publisher_url="http://www.example.com/",
    publisher_country="JP",
    publication_date="2005-07-29",
    entry_points=[
        EntryPoint(
            documents=[URL + "abc.xsd"], names={"en": "All"}, descriptions={"ja": "全て"}, version="1", languages=["en"]
        )
    ],
)
SHARED = Path(__file__).parents[3].parent / "shared" / "data"


def write(metadata: PackageMetadata = METADATA) -> bytes:
    stream = io.BytesIO()
    write_taxonomy_package(stream, metadata, FILES, "abc-20050331", rewrites=REWRITES)
    return stream.getvalue()


def package(**files: str) -> bytes:
    """A package of the given metadata files; ``None`` leaves one out."""
    parts = {"taxonomyPackage": metadata_xml(), "catalog": catalog_xml(("http://a/", "../a/"))} | files
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            archive.writestr(f"t/META-INF/{name}.xml", text)
    return stream.getvalue()


def metadata_xml(inside: str = "", identifier: str = "<tp:identifier>http://a/</tp:identifier>") -> str:
    return f'<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package">{identifier}{inside}</tp:taxonomyPackage>'


def catalog_xml(*mappings: tuple[str, str]) -> str:
    inside = "".join(f'<rewriteURI uriStartString="{start}" rewritePrefix="{to}"/>' for start, to in mappings)
    return f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{inside}</catalog>'


def codes_of(data: bytes) -> set[str]:
    with pytest.raises(PackageError) as caught:
        read_taxonomy_package(data)
    return {finding.code for finding in caught.value.findings}


def test_reads_back_what_was_written() -> None:
    data = write()
    assert data == write()
    with read_taxonomy_package(data) as read:
        assert read.metadata == METADATA
        assert read.top == "abc-20050331"
        resolver = Resolver(catalogs=[read])
        assert resolver.read(URL + "abc.xsd") == b"<schema/>"
        assert resolver.read(resolver.absolute("abc_lab.xml", URL + "abc.xsd")) == b"<linkbase/>"
        assert not resolver.is_at_hand(URL + "other.xsd")


def test_an_entry_point_must_lead_to_a_file() -> None:
    lost = PackageMetadata(identifier=URL, entry_points=[EntryPoint(documents=[URL + "none.xsd"])])
    with pytest.raises(PackageError, match=r"none\.xsd"):
        write(lost)


def test_mappings_resolve_against_the_catalog() -> None:
    mappings = catalog_xml(
        ("http://a/", "../a/"), ("http://b/", "b/"), ("http://c/x", "../../t/c-"), ("http://d/", "../")
    )
    with read_taxonomy_package(package(catalog=mappings)) as read:
        assert [rewrite.prefix for rewrite in read.rewrites] == ["t/a/", "t/META-INF/b/", "t/c-", "t/"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"taxonomyPackage": "<half"}, "tpe:invalidMetaDataFile"),
        ({"taxonomyPackage": "<other/>"}, "tpe:invalidMetaDataFile"),
        ({"taxonomyPackage": metadata_xml(identifier="")}, "tpe:invalidMetaDataFile"),
        ({"taxonomyPackage": "<!DOCTYPE a><a/>"}, "tpe:invalidMetaDataFile"),
        ({"taxonomyPackage": metadata_xml("<tp:name>n</tp:name>")}, "tpe:missingLanguageAttribute"),
        (
            {"taxonomyPackage": metadata_xml('<tp:name xml:lang="en">n</tp:name><tp:name xml:lang="EN">m</tp:name>')},
            "tpe:duplicateLanguagesForElement",
        ),
        (
            {"taxonomyPackage": metadata_xml("<tp:entryPoints><tp:entryPoint/></tp:entryPoints>")},
            "tpe:invalidMetaDataFile",
        ),
        ({"catalog": "<half"}, "tpe:invalidCatalogFile"),
        ({"catalog": "<catalog/>"}, "tpe:invalidCatalogFile"),
        ({"catalog": catalog_xml(("http://a/", "../../../etc/"))}, "tpe:invalidCatalogFile"),
        ({"catalog": catalog_xml(("http://a/", "file:///etc/"))}, "tpe:invalidCatalogFile"),
        ({"catalog": catalog_xml(("http://a/", "/etc/"))}, "tpe:invalidCatalogFile"),
        ({"catalog": catalog_xml(("", "../"))}, "tpe:invalidCatalogFile"),
        (
            {"catalog": catalog_xml(("http://a/", "../a/"), ("http://a/", "../b/"))},
            "tpe:multipleRewriteURIsForStartString",
        ),
    ],
)
def test_broken_metadata(files: dict[str, str], code: str) -> None:
    assert codes_of(package(**files)) == {code}


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ([], "tpe:invalidDirectoryStructure"),
        (["a/META-INF/taxonomyPackage.xml", "b/x"], "tpe:invalidDirectoryStructure"),
        (["a/META-INF/taxonomyPackage.xml", "x"], "tpe:invalidDirectoryStructure"),
        (["a/x"], "tpe:metadataDirectoryNotFound"),
        (["a/META-INF/x"], "tpe:metadataFileNotFound"),
        (["a\\META-INF\\taxonomyPackage.xml"], "tpe:invalidArchiveFormat"),
    ],
)
def test_wrong_structure(names: list[str], code: str) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, metadata_xml())
    assert codes_of(stream.getvalue()) == {code}


def test_no_archive() -> None:
    assert codes_of(b"nothing") == {"tpe:invalidArchiveFormat"}


def test_a_package_without_catalog_maps_nothing() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("t/META-INF/taxonomyPackage.xml", metadata_xml())
    with read_taxonomy_package(stream.getvalue()) as read:
        assert read.rewrites == ()


def test_languages_are_inherited() -> None:
    point = '<tp:entryPoint><tp:name>名</tp:name><tp:entryPointDocument href="u"/></tp:entryPoint>'
    inside = f'<tp:entryPoints xml:lang="ja">{point}</tp:entryPoints>'
    with read_taxonomy_package(package(taxonomyPackage=metadata_xml(inside))) as read:
        assert read.metadata.entry_points[0].names == {"ja": "名"}


def test_a_regulators_package() -> None:
    path = SHARED / "ferc" / "form-1-2022-01-01.package.zip"
    if not path.is_file():
        pytest.skip("shared data are not here")
    with read_taxonomy_package(path) as read:
        assert read.metadata.identifier == "https://eCollection.ferc.gov/form-1-2022-01-01"
        url = "https://eCollection.ferc.gov/taxonomy/form1/2022-01-01/form/form1/form-1_2022-01-01.xsd"
        assert b"schema" in Resolver(catalogs=[read]).read(url)


OASIS = '"-//OASIS//DTD Entity Resolution XML Catalog V1.0//EN"'


@pytest.mark.parametrize(
    "declaration",
    [
        f'<!DOCTYPE catalog PUBLIC {OASIS}\n  "http://www.oasis-open.org/committees/entity/release/1.0/catalog.dtd">',
        "<!DOCTYPE catalog SYSTEM 'file:///dev/stdin' >",
        "<!DOCTYPE catalog>",
        "<!-- <!DOCTYPE a [ --><?a b?>\n<!DOCTYPE catalog SYSTEM 'a>b'>",
    ],
)
@pytest.mark.parametrize("head", ["", '<?xml version="1.0" encoding="UTF-8"?>\n', "\ufeff"])
def test_a_doctype_that_only_names_a_dtd_is_passed_over(head: str, declaration: str) -> None:
    files = {
        "catalog": f"{head}{declaration}\n{catalog_xml(('http://a/', '../a/'))}",
        "taxonomyPackage": f"{head}{declaration}\n{metadata_xml()}",
    }
    with read_taxonomy_package(package(**files)) as opened:
        assert [rewrite.start for rewrite in opened.rewrites] == ["http://a/"]
        assert opened.metadata.identifier == "http://a/"


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE catalog []>",
        "<!DOCTYPE catalog SYSTEM 'a.dtd' [<!ENTITY e 'x'>]>",
        "<!DOCTYPE catalog [<!ENTITY % p SYSTEM 'http://a/'> %p;]>",
        "<!DOCTYPE catalog PUBLIC 'a'>",
        "<!DOCTYPE catalog SYSTEM 'a' 'b'>",
        "<!DOCTYPE catalog SYSTEM 'a'><!DOCTYPE catalog SYSTEM 'a'>",
    ],
)
def test_all_else_of_a_dtd_is_refused(declaration: str) -> None:
    files = {"catalog": declaration + catalog_xml(("http://a/", "../a/"))}
    assert codes_of(package(**files)) == {"tpe:invalidCatalogFile"}


def test_an_entity_of_the_dtd_that_is_not_read_is_unknown() -> None:
    doctype = "<!DOCTYPE catalog SYSTEM 'a.dtd'>"
    assert codes_of(package(catalog=doctype + catalog_xml(("http://&a;/", "../a/")))) == {"tpe:invalidCatalogFile"}


def test_the_lines_of_what_follows_a_doctype_stay() -> None:
    doctype = "<!DOCTYPE catalog\nSYSTEM\n'a.dtd'>\n"
    with pytest.raises(PackageError) as caught:
        read_taxonomy_package(package(taxonomyPackage=doctype + metadata_xml("<tp:name>A</tp:name>")))
    assert [finding.location.line for finding in caught.value.findings] == [4]
