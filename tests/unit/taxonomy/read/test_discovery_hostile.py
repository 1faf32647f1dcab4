"""Taxonomies that mean harm, or are badly broken: findings, an end, bounded memory, and never a traceback."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from exporter.errors import PackageError
from exporter.findings import Finding
from exporter.operations.read import read_report
from exporter.operations.validate import validate
from exporter.packages.taxonomy_package import read_taxonomy_package
from exporter.resources.limits import Limits
from exporter.taxonomy import taxonomy
from exporter.taxonomy.networks import ALL, DOMAIN_MEMBER, PARENT_CHILD

MEMORY = 200 * 1024**2
XMLNS = (
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
    'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:h="http://h.example.com/"'
)
IMPORT = (
    '<xs:import namespace="http://www.xbrl.org/2003/instance" '
    'schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
)
LINKBASE_REF = (
    '<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type="simple" xlink:href="links.xml" '
    'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></xs:appinfo></xs:annotation>'
)


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    tracemalloc.start()
    yield
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < MEMORY


def schema(inside: str, namespace: str = "http://h.example.com/") -> str:
    return f'<xs:schema {XMLNS} targetNamespace="{namespace}" elementFormDefault="qualified">{inside}</xs:schema>'


def item(name: str, more: str = "") -> str:
    return (
        f'<xs:element name="{name}" id="h_{name}" type="xbrli:stringItemType" substitutionGroup="xbrli:item" '
        f'xbrli:periodType="duration" nillable="true" {more}/>'
    )


def judged(folder: Path, files: dict[str, str | bytes], entry: str = "a.xsd") -> list[Finding]:
    """What is found in a taxonomy, and nothing escapes that is no finding; a report can be read or is refused."""
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return validate(folder / entry)


def codes(found: list[Finding]) -> set[str]:
    return {finding.code for finding in found if finding.is_error}


# Schemas that lead to each other


def test_imports_in_a_circle(tmp_path: Path) -> None:
    def leading_to(name: str, other: str, number: int) -> str:
        place = f'<xs:import namespace="http://h.example.com/{other}" schemaLocation="{other}.xsd"/>'
        return schema(IMPORT + place + item(f"C{number}"), f"http://h.example.com/{name}")

    names = ("a", "b", "c")
    files = {f"{name}.xsd": leading_to(name, names[(n + 1) % 3], n) for n, name in enumerate(names)}
    assert codes(judged(tmp_path, files)) == set()  # type: ignore[arg-type]


def test_a_schema_that_includes_itself(tmp_path: Path) -> None:
    found = judged(tmp_path, {"a.xsd": schema(f'{IMPORT}<xs:include schemaLocation="a.xsd"/>{item("A")}')})
    assert codes(found) == {"exporter:schemaInvalid"}


def test_a_long_chain_of_imports(tmp_path: Path) -> None:
    files = {}
    for number in range(600):
        following = f'<xs:include schemaLocation="n{number + 1}.xsd"/>' if number < 599 else ""
        files[f"n{number}.xsd"] = schema(IMPORT + following + item(f"C{number}"))
    assert codes(judged(tmp_path, files, "n0.xsd")) == set()  # type: ignore[arg-type]


def test_types_and_heads_in_a_circle(tmp_path: Path) -> None:
    inside = IMPORT
    for name, other in (("a", "b"), ("b", "a")):
        inside += (
            f'<xs:complexType name="{name}"><xs:simpleContent><xs:restriction base="h:{other}"/></xs:simpleContent>'
            f'</xs:complexType><xs:element name="{name}" id="h_{name}" type="h:{name}" substitutionGroup="h:{other}" '
            'xbrli:periodType="instant"/>'
        )
    judged(tmp_path, {"a.xsd": schema(inside)})


def test_a_long_chain_of_types(tmp_path: Path) -> None:
    inside = IMPORT + item("A").replace("xbrli:stringItemType", "h:t0")
    for number in range(3000):
        base = f"h:t{number + 1}" if number < 2999 else "xbrli:stringItemType"
        inside += f'<xs:complexType name="t{number}"><xs:simpleContent><xs:restriction base="{base}"/>'
        inside += "</xs:simpleContent></xs:complexType>"
    assert "oime:invalidTaxonomy" in codes(judged(tmp_path, {"a.xsd": schema(inside)}))


# What XML itself can do


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE xs:schema [<!ENTITY a "aaaaaaaaaa">]>',
        '<!DOCTYPE xs:schema SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE xs:schema PUBLIC "-//W3C//DTD XMLSCHEMA 200102//EN" "XMLSchema.dtd" >',
        '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;">]>',
        '<!DOCTYPE s [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]>',
    ],
)
@pytest.mark.parametrize("which", ["a.xsd", "b.xsd", "links.xml"])
def test_document_type_declarations(tmp_path: Path, prolog: str, which: str) -> None:
    files = {
        "a.xsd": schema(LINKBASE_REF + IMPORT + '<xs:include schemaLocation="b.xsd"/>'),
        "b.xsd": schema(IMPORT + item("B")),
        "links.xml": f"<link:linkbase {XMLNS}/>",
    }
    files[which] = prolog + files[which]
    (finding,) = [one for one in judged(tmp_path, files) if "document type" in one.message]  # type: ignore[arg-type]
    assert finding.is_error
    assert str(finding.location.file).endswith(which)


@pytest.mark.parametrize("content", [b"", b"\0", b"<", b"\xff\xfe<\0", b"PK\x03\x04", b"<a/>", b"<a" * 1000])
@pytest.mark.parametrize("which", ["a.xsd", "b.xsd", "links.xml"])
def test_documents_that_are_none(tmp_path: Path, content: bytes, which: str) -> None:
    files: dict[str, str | bytes] = {
        "a.xsd": schema(LINKBASE_REF + IMPORT + '<xs:include schemaLocation="b.xsd"/>'),
        "b.xsd": schema(IMPORT + item("B")),
        "links.xml": f"<link:linkbase {XMLNS}/>",
    }
    assert codes(judged(tmp_path, {**files, which: content}))


def test_depth(tmp_path: Path) -> None:
    deep = "<xs:sequence>" * 5000 + "</xs:sequence>" * 5000
    found = judged(tmp_path, {"a.xsd": schema(f'{IMPORT}<xs:complexType name="t">{deep}</xs:complexType>')})
    assert codes(found)


# References that lead astray


@pytest.mark.parametrize(
    "place",
    [
        "file:///etc/passwd", "/etc/passwd", "../../../../../../etc/passwd", "http://127.0.0.1:1/x.xsd", "ftp://x/y.xsd",
        "data:text/xml,x", "http://[", "//", "a.xsd#element(/1/2/3)", "%00", "missing.xsd", ".", "..", "jar:file:x!/y",
        "x" * 5000, "\\\\server\\share", "file://server/share/x.xsd",
    ],
)  # fmt: skip
def test_places_of_schemas(tmp_path: Path, place: str) -> None:
    other = f'<xs:import namespace="http://h.example.com/other" schemaLocation="{place}"/>'
    found = judged(tmp_path, {"a.xsd": schema(IMPORT + other + item("A"))})
    assert all("root:" not in finding.message for finding in found)  # nothing of what stands there
    assert codes(found) or place.startswith("a.xsd")


@pytest.mark.parametrize("base", ["file:///etc/", "http://127.0.0.1:1/", "http://[", "../../../../", "::", " "])
def test_xml_base(tmp_path: Path, base: str) -> None:
    linkbase = (
        f'<link:linkbase {XMLNS} xml:base="{base}"><link:presentationLink xlink:type="extended" '
        'xlink:role="http://www.xbrl.org/2003/role/link"><link:loc xlink:type="locator" xlink:href="passwd#a" '
        'xlink:label="a"/></link:presentationLink></link:linkbase>'
    )
    judged(tmp_path, {"a.xsd": schema(LINKBASE_REF + IMPORT + item("A")), "links.xml": linkbase})


def test_a_public_document_does_not_reach_local_files(tmp_path: Path) -> None:
    inside = schema(IMPORT + '<xs:include schemaLocation="file:///etc/passwd"/>')
    package = packed(tmp_path / "p.zip", {"t/files/a.xsd": inside})
    found = validate(package)
    assert any("refers to a local file" in finding.message for finding in found)


# Links


def linked(arcs: str, locators: str, *, arcrole: str = PARENT_CHILD, kind: str = "presentation") -> str:
    href = 'xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#domain-member"'
    ref = f'<link:arcroleRef xlink:type="simple" arcroleURI="{DOMAIN_MEMBER}" {href}/>' if kind == "definition" else ""
    return (
        f'<link:linkbase {XMLNS}>{ref}<link:{kind}Link xlink:type="extended" '
        f'xlink:role="http://www.xbrl.org/2003/role/link">{locators}{arcs}</link:{kind}Link></link:linkbase>'
    )


def loc(name: str, label: str | None = None) -> str:
    return f'<link:loc xlink:type="locator" xlink:href="a.xsd#h_{name}" xlink:label="{label or name}"/>'


def arc(source: str, target: str, *, arcrole: str = PARENT_CHILD, kind: str = "presentation", more: str = "") -> str:
    return (
        f'<link:{kind}Arc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{source}" xlink:to="{target}" {more}/>'
    )


@pytest.mark.parametrize(("arcrole", "kind"), [(PARENT_CHILD, "presentation"), (DOMAIN_MEMBER, "definition")])
def test_arcs_in_a_circle(tmp_path: Path, arcrole: str, kind: str) -> None:
    names = [f"C{number}" for number in range(50)]
    pairs = zip(names, [*names[1:], names[0]], strict=True)
    arcs = "".join(arc(source, target, arcrole=arcrole, kind=kind) for source, target in pairs)
    files = {
        "a.xsd": schema(LINKBASE_REF + IMPORT + "".join(map(item, names))),
        "links.xml": linked(arcs, "".join(map(loc, names)), kind=kind),
    }
    assert codes(judged(tmp_path, files))  # type: ignore[arg-type]


def test_a_long_chain_of_arcs(tmp_path: Path) -> None:
    names = [f"C{number}" for number in range(3000)]
    pairs = pairwise(names)
    arcs = "".join(arc(source, target, arcrole=DOMAIN_MEMBER, kind="definition") for source, target in pairs)
    files = {
        "a.xsd": schema(LINKBASE_REF + IMPORT + "".join(map(item, names))),
        "links.xml": linked(arcs, "".join(map(loc, names)), kind="definition"),
    }
    assert codes(judged(tmp_path, files)) == set()  # type: ignore[arg-type]


def test_shared_labels_that_stand_for_millions(tmp_path: Path) -> None:
    names = [f"C{number}" for number in range(300)]
    locators = "".join(loc(name, "all") for name in names)
    files = {
        "a.xsd": schema(LINKBASE_REF + IMPORT + "".join(map(item, names))),
        "links.xml": linked(arc("all", "all"), locators),
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    assert "exporter:limitExceeded" not in codes(validate(tmp_path / "a.xsd"))
    few = Limits(relationships=50_000)
    assert "exporter:limitExceeded" in codes(validate(tmp_path / "a.xsd", limits=few))


def test_hypercubes_that_share_what_many_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain of primary items, each with a hypercube of its own: half the square of their number in all."""
    names = [f"C{number}" for number in range(200)]
    cube = item("Cube").replace("xbrli:item", "xbrldt:hypercubeItem").replace("nillable", 'abstract="true" nillable')
    arcs = [arc(one, other, arcrole=DOMAIN_MEMBER, kind="definition") for one, other in pairwise(names)]
    more = 'xbrldt:contextElement="scenario"'
    arcs += [arc(name, "Cube", arcrole=ALL, kind="definition", more=more) for name in names]
    files = {
        "a.xsd": schema(LINKBASE_REF + IMPORT + cube + "".join(map(item, names))),
        "links.xml": linked("".join(arcs), "".join(map(loc, ["Cube", *names])), kind="definition"),
        "r.xbrl": f'<xbrli:xbrl {XMLNS}><link:schemaRef xlink:type="simple" xlink:href="a.xsd"/><xbrli:context id="c">'
        '<xbrli:entity><xbrli:identifier scheme="http://e">E</xbrli:identifier></xbrli:entity><xbrli:period>'
        '<xbrli:forever/></xbrli:period></xbrli:context><h:C1 contextRef="c">a</h:C1></xbrli:xbrl>',
    }
    assert "exporter:limitExceeded" not in codes(judged(tmp_path, files, "r.xbrl"))  # type: ignore[arg-type]
    monkeypatch.setattr(taxonomy, "MOST_MEMBERS", 20_000)
    assert "exporter:limitExceeded" in codes(validate(tmp_path / "r.xbrl"))


@pytest.mark.parametrize(
    ("locators", "arcs"),
    [
        (loc("A"), arc("A", "nowhere")),
        (loc("A") + loc("Missing"), arc("A", "Missing")),
        (loc("A") + loc("B"), arc("A", "B", more='order="NaN"')),
        (loc("A") + loc("B"), arc("A", "B", more='order="1e999999999"')),
        (loc("A") + loc("B"), arc("A", "B", more='priority="first"')),
        (loc("A") + loc("B"), arc("A", "B", more='use="maybe"')),
        (loc("A") + loc("B"), arc("A", "B") + arc("A", "B")),
        ('<link:loc xlink:type="locator"/>', arc("A", "B")),
        ('<link:loc xlink:type="locator" xlink:href="#" xlink:label="A"/>', arc("A", "A")),
        ('<link:loc xlink:type="locator" xlink:href="a.xsd#element(/9/9)" xlink:label="A"/>', arc("A", "A")),
        ('<link:loc xlink:type="locator" xlink:href="a.xsd#element(/1/99999999999999999999)" xlink:label="A"/>', ""),
        ('<link:loc xlink:type="locator" xlink:href="a.xsd#xpointer(//*)" xlink:label="A"/>', arc("A", "A")),
    ],
)
def test_arcs_and_locators_that_lead_nowhere(tmp_path: Path, locators: str, arcs: str) -> None:
    files = {
        "a.xsd": schema(LINKBASE_REF + IMPORT + item("A") + item("B")),
        "links.xml": linked(arcs, locators),
    }
    assert codes(judged(tmp_path, files))  # type: ignore[arg-type]


def test_ids_that_are_there_twice(tmp_path: Path) -> None:
    twice = item("A") + item("B").replace('id="h_B"', 'id="h_A"')
    assert codes(judged(tmp_path, {"a.xsd": schema(IMPORT + twice)}))
    assert codes(judged(tmp_path, {"a.xsd": schema(IMPORT + item("A") + item("A"))}))


DIGITS = "1" * 300
GREEDY = "a" * 100_000


@pytest.mark.parametrize(
    ("pattern", "value", "expected"),
    [
        ("(a+)+b", GREEDY, "oime:invalidFactValue"),
        ("(((((a*)*)*)*)*)*", GREEDY, None),
        (r"\d+\d+\d+\d+\d+x", DIGITS, "oime:invalidFactValue"),
        ("a*a*a*a*a*a*b", GREEDY, "oime:invalidFactValue"),
        (".*.*.*.*.*=", GREEDY, "oime:invalidFactValue"),
        ("(a|aa)+", f"{GREEDY}b", "oime:invalidFactValue"),
        ("(a|aa)+", GREEDY, None),
        ("(x+x+)+y", "x" * 100_000, "oime:invalidFactValue"),
        ("(a{1,1000}){1,1000}", GREEDY, "exporter:patternNotChecked"),
        ("a{1,999999}", "a", None),
        ("[", "a", "exporter:patternNotChecked"),
        ("\\p{Unknown}", "a", "exporter:patternNotChecked"),
        ("(" * 500, "a", "exporter:patternNotChecked"),
        (r"\p{IsBasicLatin}+", "é", "oime:invalidFactValue"),
    ],
)
def test_patterns_of_types(tmp_path: Path, pattern: str, value: str, expected: str | None) -> None:
    inside = (
        f'{IMPORT}<xs:complexType name="t"><xs:simpleContent><xs:restriction base="xbrli:stringItemType">'
        f'<xs:pattern value="{pattern}"/></xs:restriction></xs:simpleContent></xs:complexType>'
        + item("A").replace("xbrli:stringItemType", "h:t")
    )
    start = time.process_time()
    unchecked = {"exporter:patternNotChecked"}
    assert codes(judged(tmp_path, {"a.xsd": schema(inside)})) == ({expected} & unchecked)
    report = tmp_path / "r.xbrl"
    report.write_text(
        f'<xbrli:xbrl {XMLNS}><link:schemaRef xlink:type="simple" xlink:href="a.xsd"/><xbrli:context id="c">'
        '<xbrli:entity><xbrli:identifier scheme="http://e">E</xbrli:identifier></xbrli:entity><xbrli:period>'
        f'<xbrli:forever/></xbrli:period></xbrli:context><h:A contextRef="c">{value}</h:A></xbrli:xbrl>'
    )
    assert codes(validate(report)) == ({expected} - {None})
    if expected in unchecked:  # the values can be read all the same
        told: list[Finding] = []
        assert len(read_report(report, warn=told.append).facts) == 1
        assert {finding.code for finding in told} == unchecked
    assert time.process_time() - start < 20


@pytest.mark.parametrize("use", ["attribute", "list"])
def test_patterns_that_nobody_decides_are_told(tmp_path: Path, use: str) -> None:
    """Those of attributes and members of lists are left to libxml2, which may try for ever where they are ambiguous."""
    user = {
        "attribute": '<xs:attribute name="x" type="h:code"/>',
        "list": '<xs:simpleType name="codes"><xs:list itemType="h:code"/></xs:simpleType>',
    }[use]
    for pattern, expected in (("(a|aa)+", {"exporter:patternNotChecked"}), ("a+", set())):
        code = (
            f'<xs:simpleType name="code"><xs:restriction base="xs:token"><xs:pattern value="{pattern}"/>'
            "</xs:restriction></xs:simpleType>"
        )
        assert {finding.code for finding in judged(tmp_path, {"a.xsd": schema(IMPORT + code + user)})} == expected


# Packages


def packed(path: Path, files: dict[str, str], *, prefix: str = "../files/") -> Path:
    metadata = (
        '<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en"><tp:identifier>urn:x'
        "</tp:identifier><tp:entryPoints><tp:entryPoint><tp:name>E</tp:name><tp:entryPointDocument "
        'href="http://h.example.com/a.xsd"/></tp:entryPoint></tp:entryPoints></tp:taxonomyPackage>'
    )
    catalog = (
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><rewriteURI '
        f'uriStartString="http://h.example.com/" rewritePrefix="{prefix}"/></catalog>'
    )
    everything = {"t/META-INF/taxonomyPackage.xml": metadata, "t/META-INF/catalog.xml": catalog, **files}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in everything.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("prefix", ["file:///etc/", "/etc/", "../../../etc/", "http://h/", "../../x/../../y/"])
def test_catalogs_that_lead_out(tmp_path: Path, prefix: str) -> None:
    package = packed(tmp_path / "p.zip", {"t/files/a.xsd": schema(IMPORT)}, prefix=prefix)
    with pytest.raises(PackageError) as caught:
        read_taxonomy_package(package)
    assert {finding.code for finding in caught.value.findings} == {"tpe:invalidCatalogFile"}


@pytest.mark.parametrize("name", ["../evil.xsd", "t/../../evil.xsd", "/etc/evil.xsd", "t\\..\\evil.xsd", "C:/evil.xsd"])
def test_names_that_lead_out_of_the_archive(tmp_path: Path, name: str) -> None:
    package = packed(tmp_path / "p.zip", {"t/files/a.xsd": schema(IMPORT), name: "evil"})
    assert codes(validate(package))
    assert not (tmp_path.parent / "evil.xsd").exists()


def test_archives_that_unpack_to_too_much(tmp_path: Path) -> None:
    package = packed(tmp_path / "p.zip", {"t/files/a.xsd": schema(IMPORT), "t/files/big.xml": " " * 30_000_000})
    assert "exporter:limitExceeded" in codes(validate(package))


def test_an_archive_in_an_archive_is_not_opened(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big", bytes(30_000_000))
    path = packed(tmp_path / "p.zip", {"t/files/a.xsd": schema(IMPORT + item("A"))})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("t/files/inner.zip", inner.getvalue())
    assert codes(validate(path)) == set()


def test_a_report_against_a_hostile_taxonomy_is_refused_with_findings(tmp_path: Path) -> None:
    (tmp_path / "a.xsd").write_text("<!DOCTYPE a [<!ENTITY b 'c'>]>" + schema(IMPORT))
    report = tmp_path / "r.xbrl"
    report.write_text(f'<xbrli:xbrl {XMLNS}><link:schemaRef xlink:type="simple" xlink:href="a.xsd"/></xbrli:xbrl>')
    with pytest.raises(Exception, match="document type"):
        read_report(report)
    assert codes(validate(report))
