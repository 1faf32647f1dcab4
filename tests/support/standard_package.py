"""A small standard taxonomy of our own making, as a publisher would release it: two modules in one package.

``core.xsd`` has concepts of every family of types, enumerations and calculations; ``trade.xsd`` builds on it with
axes, members and hypercubes of every kind. Each is an entry point. Everything is written out as XML here, without the
writers under test.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from exporter.filing import Filing
from exporter.operations.export_files import standard_schemas
from exporter.packages.taxonomy_package import PackageMetadata, write_taxonomy_package

PLACE = "http://standard.example.com/2024/"
CORE = f"{PLACE}core"
TRADE = f"{PLACE}trade"
CORE_ENTRY = f"{PLACE}core/core.xsd"
TRADE_ENTRY = f"{PLACE}trade/trade.xsd"
ROLE = f"{PLACE}role/"

_XBRL = "http://www.xbrl.org/2003/"
_DIM = "http://xbrl.org/int/dim/arcrole/"
_SUM_11 = "https://xbrl.org/2023/arcrole/summation-item"
_SUM_21 = f"{_XBRL}arcrole/summation-item"
_XMLNS = (
    'xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:xbrldt="http://xbrl.org/2005/xbrldt"'
)
_IMPORTS = {
    "http://www.xbrl.org/2003/instance": "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd",
    "http://xbrl.org/2005/xbrldt": "http://www.xbrl.org/2005/xbrldt-2005.xsd",
    "http://www.xbrl.org/dtr/type/2024-01-31": "https://www.xbrl.org/dtr/type/2024-01-31/types.xsd",
    "http://xbrl.org/2020/extensible-enumerations-2.0": "https://www.xbrl.org/2020/extensible-enumerations-2.0.xsd",
}

# Derived types: name, base, facets.
_TYPES = (
    ("ratingItemType", "xbrli:stringItemType", [("enumeration", "A"), ("enumeration", "B")]),
    ("codeItemType", "xbrli:tokenItemType", [("pattern", "[A-Z]{2}-[0-9]{3}")]),
    ("briefItemType", "xbrli:stringItemType", [("minLength", "2"), ("maxLength", "8")]),
    ("scoreItemType", "xbrli:decimalItemType", [("fractionDigits", "1"), ("minInclusive", "0"), ("maxInclusive", "9")]),
    ("openScoreItemType", "xbrli:decimalItemType", [("minExclusive", "0"), ("maxExclusive", "1")]),
    ("smallCountItemType", "xbrli:nonNegativeIntegerItemType", [("totalDigits", "3")]),
    ("lateDateItemType", "xbrli:dateItemType", [("minInclusive", "2000-01-01")]),
    ("narrowCodeItemType", "core:codeItemType", [("pattern", "JP-.*")]),
)

# Concepts of the core module: name, type, period type, other attributes.
_DEBIT, _CREDIT = 'xbrli:balance="debit"', 'xbrli:balance="credit"'
_ENUM = f'enum2:domain="core:Kinds" enum2:linkrole="{ROLE}kinds"'
_CONCEPTS = (
    ("Sales", "xbrli:monetaryItemType", "duration", _CREDIT),
    ("Costs", "xbrli:monetaryItemType", "duration", _DEBIT),
    ("Profit", "xbrli:monetaryItemType", "duration", _CREDIT),
    ("Assets", "xbrli:monetaryItemType", "instant", _DEBIT),
    ("Cash", "xbrli:monetaryItemType", "instant", _DEBIT),
    ("Land", "xbrli:monetaryItemType", "instant", _DEBIT),
    ("Loans", "xbrli:monetaryItemType", "instant", _CREDIT),
    ("LoansShort", "xbrli:monetaryItemType", "instant", _CREDIT),
    ("LoansLong", "xbrli:monetaryItemType", "instant", _CREDIT),
    ("Fees", "dtr-types:nonNegativeMonetaryItemType", "duration", _DEBIT),
    ("SharesIssued", "xbrli:sharesItemType", "instant", ""),
    ("EarningsPerShare", "dtr-types:perShareItemType", "duration", ""),
    ("Growth", "dtr-types:percentItemType", "duration", ""),
    ("Leverage", "xbrli:pureItemType", "instant", ""),
    ("FloorSpace", "dtr-types:areaItemType", "instant", ""),
    ("Weight", "dtr-types:massItemType", "instant", ""),
    ("Anything", "xbrli:decimalItemType", "instant", ""),
    ("Measured", "xbrli:doubleItemType", "instant", ""),
    ("Staff", "xbrli:nonNegativeIntegerItemType", "instant", ""),
    ("Floors", "xbrli:byteItemType", "instant", ""),
    ("IsListed", "xbrli:booleanItemType", "instant", ""),
    ("Founded", "xbrli:dateItemType", "instant", ""),
    ("Signed", "xbrli:dateTimeItemType", "instant", ""),
    ("SignedAt", "dtr-types:dateTimeItemType", "instant", ""),
    ("FirstYear", "xbrli:gYearItemType", "instant", ""),
    ("FirstMonth", "xbrli:gYearMonthItemType", "instant", ""),
    ("YearEnd", "xbrli:gMonthDayItemType", "instant", ""),
    ("OpensAt", "xbrli:timeItemType", "instant", ""),
    ("Term", "xbrli:durationItemType", "instant", ""),
    ("Site", "xbrli:anyURIItemType", "instant", ""),
    ("Tongue", "xbrli:languageItemType", "instant", ""),
    ("Tag", "xbrli:NCNameItemType", "instant", ""),
    ("Title", "xbrli:stringItemType", "instant", ""),
    ("Line", "xbrli:normalizedStringItemType", "instant", ""),
    ("Remark", "dtr-types:textBlockItemType", "duration", ""),
    ("Picture", "xbrli:base64BinaryItemType", "instant", ""),
    ("Digest", "xbrli:hexBinaryItemType", "instant", ""),
    ("Named", "xbrli:QNameItemType", "instant", ""),
    ("Kind", "enum2:enumerationItemType", "instant", _ENUM),
    ("Activities", "enum2:enumerationSetItemType", "instant", _ENUM),
    ("HeadKind", "enum2:enumerationItemType", "instant", f'{_ENUM} enum2:headUsable="true"'),
    ("Rating", "core:ratingItemType", "instant", ""),
    ("Code", "core:codeItemType", "instant", ""),
    ("NarrowCode", "core:narrowCodeItemType", "instant", ""),
    ("Brief", "core:briefItemType", "instant", ""),
    ("Score", "core:scoreItemType", "instant", ""),
    ("OpenScore", "core:openScoreItemType", "instant", ""),
    ("SmallCount", "core:smallCountItemType", "instant", ""),
    ("LateDate", "core:lateDateItemType", "instant", ""),
    ("Heading", "xbrli:stringItemType", "duration", 'abstract="true"'),
    ("Kinds", "dtr-types:domainItemType", "duration", 'abstract="true"'),
    ("Farming", "dtr-types:domainItemType", "duration", 'abstract="true"'),
    ("Mining", "dtr-types:domainItemType", "duration", 'abstract="true"'),
    ("Trading", "dtr-types:domainItemType", "duration", 'abstract="true"'),
    ("Unkind", "dtr-types:domainItemType", "duration", 'abstract="true"'),
)
_JAPANESE = {"Sales": "売上高", "Costs": "費用", "Profit": "利益", "Assets": "資産", "Cash": "現金"}

_MEMBERS = ("World", "Asia", "Europe", "Japan", "Hidden", "Channels", "Shop", "Web")
_CUBES = ("OpenCube", "ClosedCube", "BannedCube", "SegmentCube", "ChannelCube", "TypedCube", "DayCube")
_LINE_ITEMS = (
    "OpenSales", "ClosedSales", "ClosedSalesBelow", "FreeSales", "BannedSales", "SegmentSales", "ChannelSales",
    "TypedSales", "DaySales", "EitherSales", "BothSales",
)  # fmt: skip


def write_standard_package(path: Path) -> Path:
    """The package as a file; the same bytes each time."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in _files().items():
            info = zipfile.ZipInfo(f"standard-2024/{name}", (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n")
    return path


def _files() -> dict[str, Iterable[str]]:
    return {
        "META-INF/taxonomyPackage.xml": _metadata(),
        "META-INF/catalog.xml": [
            '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">',
            f'<rewriteURI uriStartString="{PLACE}" rewritePrefix="../files/"/>',
            "</catalog>",
        ],
        "files/core/core.xsd": _core(),
        "files/core/core_lab-en.xml": _labels([name for name, *_ in _CONCEPTS], "en"),
        "files/core/core_lab-ja.xml": _labels(_JAPANESE, "ja"),
        "files/core/core_pre.xml": _presentation(),
        "files/core/core_cal.xml": _calculations(),
        "files/core/core_def.xml": _kinds(),
        "files/trade/trade.xsd": _trade(),
        "files/trade/trade_def.xml": _dimensions(),
    }


def _metadata() -> Iterator[str]:
    yield '<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en">'
    yield f"<tp:identifier>{PLACE}</tp:identifier><tp:name>Standard</tp:name><tp:version>2024</tp:version>"
    yield "<tp:publisher>Example Standards Board</tp:publisher><tp:entryPoints>"
    for name, entry in (("Core", CORE_ENTRY), ("Trade", TRADE_ENTRY)):
        yield f'<tp:entryPoint><tp:name>{name}</tp:name><tp:entryPointDocument href="{entry}"/></tp:entryPoint>'
    yield "</tp:entryPoints></tp:taxonomyPackage>"


# Schemas


def _schema(prefix: str, namespace: str, more: str, linkbases: Iterable[str], roles: Iterable[str]) -> Iterator[str]:
    yield (
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" '
        f'xmlns:enum2="http://xbrl.org/2020/extensible-enumerations-2.0" {_XMLNS} '
        'xmlns:dtr-types="http://www.xbrl.org/dtr/type/2024-01-31" '
        f'xmlns:{prefix}="{namespace}" {more} targetNamespace="{namespace}" elementFormDefault="qualified">'
    )
    yield "<xs:annotation><xs:appinfo>"
    for href in linkbases:
        yield (
            f'<link:linkbaseRef xlink:type="simple" xlink:href="{href}" '
            'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
        )
    for role in roles:
        used = "".join(f"<link:usedOn>link:{kind}Link</link:usedOn>" for kind in ("calculation", "definition"))
        yield f'<link:roleType roleURI="{ROLE}{role}" id="{role}"><link:definition>{role}</link:definition>{used}'
        yield "</link:roleType>"
    yield "</xs:appinfo></xs:annotation>"
    for uri, place in _IMPORTS.items():
        yield f'<xs:import namespace="{uri}" schemaLocation="{place}"/>'


def _element(prefix: str, name: str, type_: str, period: str, more: str, group: str = "xbrli:item") -> str:
    nillable = "" if "nillable=" in more else 'nillable="true" '
    return (
        f'<xs:element name="{name}" id="{prefix}_{name}" type="{type_}" substitutionGroup="{group}" {nillable}'
        f'xbrli:periodType="{period}" {more}/>'
    )


def _core() -> Iterator[str]:
    linkbases = [f"core_{kind}.xml" for kind in ("lab-en", "lab-ja", "pre", "cal", "def")]
    yield from _schema("core", CORE, "", linkbases, ("results", "assets", "loans", "kinds"))
    for name, base, facets in _TYPES:
        inside = "".join(f'<xs:{facet} value="{value}"/>' for facet, value in facets)
        yield f'<xs:complexType name="{name}"><xs:simpleContent><xs:restriction base="{base}">{inside}'
        yield "</xs:restriction></xs:simpleContent></xs:complexType>"
    for name, type_, period, more in _CONCEPTS:
        yield _element("core", name, type_, period, more)
    yield _element("core", "Required", "xbrli:stringItemType", "instant", 'nillable="false"')
    yield '<xs:element name="Loose" id="core_Loose" type="xs:string"/>'
    yield "</xs:schema>"


def _trade() -> Iterator[str]:
    roles = ("default", "open", "closed", "banned", "except", "segment", "channel", "typed", "day", "one", "two")
    yield from _schema("trade", TRADE, f'xmlns:core="{CORE}"', ["trade_def.xml"], roles)
    yield f'<xs:import namespace="{CORE}" schemaLocation="../core/core.xsd"/>'
    for name in _LINE_ITEMS:
        yield _element("trade", name, "xbrli:monetaryItemType", "duration", "")
    for name in _MEMBERS:
        yield _element("trade", name, "dtr-types:domainItemType", "duration", 'abstract="true"')
    for name in _CUBES:
        yield _element("trade", name, "xbrli:stringItemType", "duration", 'abstract="true"', "xbrldt:hypercubeItem")
    for name, domain in (("RegionAxis", ""), ("ChannelAxis", ""), ("LotAxis", "Lot"), ("DayAxis", "Day")):
        more = 'abstract="true"' + (f' xbrldt:typedDomainRef="#trade_{domain}"' if domain else "")
        yield _element("trade", name, "xbrli:stringItemType", "duration", more, "xbrldt:dimensionItem")
    yield (
        '<xs:element name="Lot" id="trade_Lot"><xs:simpleType><xs:restriction base="xs:string">'
        '<xs:pattern value="L[0-9]+"/></xs:restriction></xs:simpleType></xs:element>'
    )
    yield '<xs:element name="Day" id="trade_Day" type="xs:date" nillable="true"/>'
    yield "</xs:schema>"


# Linkbases


def _linkbase(
    links: Iterable[str], schema: str, roles: Iterable[str] = (), arcroles: Iterable[str] = ()
) -> Iterator[str]:
    yield f"<link:linkbase {_XMLNS}>"
    for role in roles:
        yield f'<link:roleRef xlink:type="simple" roleURI="{ROLE}{role}" xlink:href="{schema}#{role}"/>'
    for arcrole in arcroles:
        home = "http://www.xbrl.org/2005/xbrldt-2005.xsd" if arcrole.startswith(_DIM) else ""
        place = f"{home or 'https://www.xbrl.org/2023/calculation-1.1.xsd'}#{arcrole.rpartition('/')[2]}"
        yield f'<link:arcroleRef xlink:type="simple" arcroleURI="{arcrole}" xlink:href="{place}"/>'
    yield from links
    yield "</link:linkbase>"


def _labels(names: Iterable[str], language: str) -> Iterator[str]:
    def links() -> Iterator[str]:
        yield f'<link:labelLink xlink:type="extended" xlink:role="{_XBRL}role/link">'
        for name in names:
            text = name if language == "en" else _JAPANESE[name]
            yield f'<link:loc xlink:type="locator" xlink:href="core.xsd#core_{name}" xlink:label="{name}"/>'
            yield (
                f'<link:label xlink:type="resource" xlink:label="of-{name}" xlink:role="{_XBRL}role/label" '
                f'xml:lang="{language}">{text}</link:label>'
            )
            yield (
                f'<link:labelArc xlink:type="arc" xlink:arcrole="{_XBRL}arcrole/concept-label" '
                f'xlink:from="{name}" xlink:to="of-{name}"/>'
            )
        yield "</link:labelLink>"

    yield from _linkbase(links(), "core.xsd")


def _link(kind: str, role: str, schema: str, prefix: str, arcs: Iterable[tuple[str, str, str, str]]) -> Iterator[str]:
    """An extended link; each arc is arcrole, source, target and further attributes."""
    arcs = list(arcs)
    uri = role if "://" in role else f"{ROLE}{role}"
    yield f'<link:{kind}Link xlink:type="extended" xlink:role="{uri}">'
    for name in dict.fromkeys(name for arc in arcs for name in arc[1:3]):
        yield f'<link:loc xlink:type="locator" xlink:href="{schema}#{prefix}_{name}" xlink:label="{name}"/>'
    for order, (arcrole, source, target, more) in enumerate(arcs, 1):
        yield (
            f'<link:{kind}Arc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{source}" xlink:to="{target}" '
            f'order="{order}" {more}/>'
        )
    yield f"</link:{kind}Link>"


def _presentation() -> Iterator[str]:
    arcs = [(f"{_XBRL}arcrole/parent-child", "Heading", name, "") for name in ("Sales", "Costs", "Profit")]
    yield from _linkbase(_link("presentation", f"{_XBRL}role/link", "core.xsd", "core", arcs), "core.xsd")


def _calculations() -> Iterator[str]:
    """Results and assets by Calculations 1.1, loans by the arcrole of XBRL 2.1."""
    sums = {
        "results": [(_SUM_11, "Profit", "Sales", 'weight="1"'), (_SUM_11, "Profit", "Costs", 'weight="-1"')],
        "assets": [(_SUM_11, "Assets", "Cash", 'weight="1"'), (_SUM_11, "Assets", "Land", 'weight="1"')],
        "loans": [(_SUM_21, "Loans", "LoansShort", 'weight="1"'), (_SUM_21, "Loans", "LoansLong", 'weight="1"')],
    }
    links = (line for role, arcs in sums.items() for line in _link("calculation", role, "core.xsd", "core", arcs))
    yield from _linkbase(links, "core.xsd", sums, [_SUM_11])


def _kinds() -> Iterator[str]:
    member = f"{_DIM}domain-member"
    arcs = [(member, "Kinds", name, "") for name in ("Farming", "Mining", "Trading")]
    arcs.append((member, "Kinds", "Unkind", 'xbrldt:usable="false"'))
    yield from _linkbase(_link("definition", "kinds", "core.xsd", "core", arcs), "core.xsd", ["kinds"], [member])


def _dimensions() -> Iterator[str]:
    """In each role the hypercubes of one line item or two."""
    closed, scenario = 'xbrldt:closed="true"', 'xbrldt:contextElement="scenario"'

    def has(item: str, cube: str, more: str, arcrole: str = "all") -> tuple[str, str, str, str]:
        return (f"{_DIM}{arcrole}", item, cube, more)

    def axis(cube: str, name: str) -> tuple[str, str, str, str]:
        return (f"{_DIM}hypercube-dimension", cube, name, "")

    def below(name: str) -> tuple[str, str, str, str]:
        return (f"{_DIM}domain-member", name, f"{name}Below", "")

    member = f"{_DIM}domain-member"
    regions = [
        (f"{_DIM}dimension-domain", "RegionAxis", "World", ""),
        (member, "World", "Asia", ""),
        (member, "World", "Europe", ""),
        (member, "Asia", "Japan", ""),
        (member, "World", "Hidden", 'xbrldt:usable="false"'),
    ]
    channels = [
        (f"{_DIM}dimension-domain", "ChannelAxis", "Channels", 'xbrldt:usable="false"'),
        (member, "Channels", "Shop", ""),
        (member, "Channels", "Web", ""),
    ]
    roles = {
        "default": [(f"{_DIM}dimension-default", "RegionAxis", "World", "")],
        "open": [has("OpenSales", "OpenCube", scenario), axis("OpenCube", "RegionAxis"), *regions],
        "closed": [
            has("ClosedSales", "ClosedCube", f"{scenario} {closed}"), below("ClosedSales"),
            axis("ClosedCube", "RegionAxis"), *regions,
        ],
        "banned": [
            has("BannedSales", "OpenCube", scenario), axis("OpenCube", "RegionAxis"), *regions,
            has("BannedSales", "BannedCube", f'{scenario} xbrldt:targetRole="{ROLE}except"', "notAll"),
        ],
        "except": [
            axis("BannedCube", "RegionAxis"), (f"{_DIM}dimension-domain", "RegionAxis", "Europe", ""),
        ],
        "segment": [
            has("SegmentSales", "SegmentCube", f'xbrldt:contextElement="segment" {closed}'),
            axis("SegmentCube", "RegionAxis"), *regions,
        ],
        "channel": [
            has("ChannelSales", "ChannelCube", f"{scenario} {closed}"), axis("ChannelCube", "ChannelAxis"), *channels,
        ],
        "typed": [has("TypedSales", "TypedCube", f"{scenario} {closed}"), axis("TypedCube", "LotAxis")],
        "day": [has("DaySales", "DayCube", f"{scenario} {closed}"), axis("DayCube", "DayAxis")],
        "one": [
            has("EitherSales", "ClosedCube", f"{scenario} {closed}"), axis("ClosedCube", "RegionAxis"), *regions,
            has("BothSales", "OpenCube", scenario), axis("OpenCube", "RegionAxis"),
            has("BothSales", "TypedCube", scenario), axis("TypedCube", "LotAxis"),
        ],
        "two": [
            has("EitherSales", "ChannelCube", f"{scenario} {closed}"), axis("ChannelCube", "ChannelAxis"), *channels,
        ],
    }  # fmt: skip
    links = (line for role, arcs in roles.items() for line in _link("definition", role, "trade.xsd", "trade", arcs))
    names = ("all", "notAll", "hypercube-dimension", "dimension-domain", "domain-member", "dimension-default")
    yield from _linkbase(links, "trade.xsd", roles, [f"{_DIM}{name}" for name in names])


def package_of(filing: Filing, folder: Path, change: Callable[[bytes], bytes] = lambda content: content) -> Path:
    """A package with the standard concepts that a filing uses, declared as its profile says, then changed."""
    package = folder / "standard.zip"
    files: dict[str, bytes] = {}
    rewrites: dict[str, str] = {}
    for catalog in standard_schemas(filing):
        for rewrite in catalog.rewrites:
            place, _, name = rewrite.start.rpartition("/")
            inner = rewrites.setdefault(f"{place}/", f"s{len(rewrites)}/")
            files[f"{inner}{name}"] = change(catalog.read(rewrite.prefix))
    metadata = PackageMetadata(identifier=PLACE, names={"en": "standard concepts"}, version="1")
    with package.open("wb") as stream:
        write_taxonomy_package(stream, metadata, files, "standard", rewrites=rewrites)
    return package
