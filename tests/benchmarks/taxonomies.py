"""Generated taxonomies for the benchmarks: a schema and four linkbases, as a regulator would publish them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from exporter.namespaces import LINK, XBRLDT, XBRLI, XLINK, XSD
from exporter.taxonomy.networks import ALL, CONCEPT_LABEL, DIMENSION_DOMAIN, DOMAIN_MEMBER, HYPERCUBE_DIMENSION
from exporter.taxonomy.networks import PARENT_CHILD as PARENT
from exporter.taxonomy.networks import SUMMATION_ITEM_2003 as SUM
from exporter.taxonomy.standard import ARCROLE_HREFS

NAMESPACE = "http://bench.example.com/2024"
ROLE = "http://bench.example.com/role/"
ENTRY = "bench.xsd"
PER_ROLE = 100

_TYPES = ("monetaryItemType", "stringItemType", "sharesItemType", "decimalItemType", "dateItemType")
_XMLNS = f'xmlns:link="{LINK}" xmlns:xlink="{XLINK}" xmlns:xbrldt="{XBRLDT}"'


def write_generated(folder: Path, concepts: int) -> list[Path]:
    """Write a taxonomy of so many concepts; its files, the entry point first."""
    roles = [f"R{number}" for number in range(concepts // PER_ROLE)]
    files = {
        ENTRY: _schema(concepts, roles),
        "bench_lab-en.xml": _linkbase(_labels(concepts, "en"), ()),
        "bench_lab-ja.xml": _linkbase(_labels(concepts, "ja"), ()),
        "bench_pre.xml": _linkbase(_network(concepts, "presentation", PARENT, roles), roles),
        "bench_cal.xml": _linkbase(_network(concepts, "calculation", SUM, roles), roles),
        "bench_def.xml": _linkbase(_cubes(roles), roles, ALL, HYPERCUBE_DIMENSION, DIMENSION_DOMAIN, DOMAIN_MEMBER),
    }
    for name, lines in files.items():
        (folder / name).write_text("\n".join(lines), encoding="utf-8")
    return [folder / name for name in files]


def _schema(concepts: int, roles: list[str]) -> Iterator[str]:
    yield (
        f'<xs:schema xmlns:xs="{XSD}" xmlns:xbrli="{XBRLI}" {_XMLNS} xmlns:b="{NAMESPACE}" '
        f'targetNamespace="{NAMESPACE}" elementFormDefault="qualified">'
    )
    yield "<xs:annotation><xs:appinfo>"
    for kind in ("lab-en", "lab-ja", "pre", "cal", "def"):
        yield (
            f'<link:linkbaseRef xlink:type="simple" xlink:href="bench_{kind}.xml" '
            'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
        )
    for role in roles:
        yield (
            f'<link:roleType roleURI="{ROLE}{role}" id="{role}"><link:definition>Statement {role}</link:definition>'
            + "".join(f"<link:usedOn>link:{kind}Link</link:usedOn>" for kind in ("presentation", "calculation"))
            + "<link:usedOn>link:definitionLink</link:usedOn></link:roleType>"
        )
    yield "</xs:appinfo></xs:annotation>"
    for namespace, place in ((XBRLI, "2003/xbrl-instance-2003-12-31.xsd"), (XBRLDT, "2005/xbrldt-2005.xsd")):
        yield f'<xs:import namespace="{namespace}" schemaLocation="http://www.xbrl.org/{place}"/>'
    for number in range(concepts):
        yield _concept(number)
    yield from (
        _declared(name, f'substitutionGroup="xbrldt:{kind}Item" abstract="true"')
        for name, kind in (("Cube", "hypercube"), ("Axis", "dimension"))
    )
    yield "</xs:schema>"


def _concept(number: int) -> str:
    of_type = _TYPES[0] if number % PER_ROLE < 60 else _TYPES[number % len(_TYPES)]
    balance = ' xbrli:balance="debit"' if of_type == "monetaryItemType" else ""
    return _declared(f"C{number}", f'substitutionGroup="xbrli:item"{balance}', of_type)


def _declared(name: str, more: str, of_type: str = "stringItemType") -> str:
    return (
        f'<xs:element name="{name}" id="b_{name}" type="xbrli:{of_type}" nillable="true" '
        f'xbrli:periodType="duration" {more}/>'
    )


def _linkbase(links: Iterator[str], roles: list[str] | tuple[()], *arcroles: str) -> Iterator[str]:
    yield f"<link:linkbase {_XMLNS}>"
    for role in roles:
        yield f'<link:roleRef xlink:type="simple" roleURI="{ROLE}{role}" xlink:href="{ENTRY}#{role}"/>'
    for arcrole in arcroles:
        href = ARCROLE_HREFS[arcrole]
        yield f'<link:arcroleRef xlink:type="simple" arcroleURI="{arcrole}" xlink:href="{href}"/>'
    yield from links
    yield "</link:linkbase>"


def _loc(name: str) -> str:
    return f'<link:loc xlink:type="locator" xlink:href="{ENTRY}#b_{name}" xlink:label="{name}"/>'


def _labels(concepts: int, language: str) -> Iterator[str]:
    word = {"en": "Amount of something reported, number", "ja": "報告される金額の番号"}[language]
    yield '<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
    for number in range(concepts):
        yield _loc(f"C{number}")
        yield (
            f'<link:label xlink:type="resource" xlink:label="L{number}" '
            f'xlink:role="http://www.xbrl.org/2003/role/label" xml:lang="{language}">{word} {number}</link:label>'
        )
        yield (
            f'<link:labelArc xlink:type="arc" xlink:arcrole="{CONCEPT_LABEL}" xlink:from="C{number}" '
            f'xlink:to="L{number}"/>'
        )
    yield "</link:labelLink>"


def _arc(kind: str, arcrole: str, source: str, target: str, order: int, more: str = "") -> str:
    return (
        f'<link:{kind}Arc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{source}" xlink:to="{target}" '
        f'order="{order}"{more}/>'
    )


def _network(concepts: int, kind: str, arcrole: str, roles: list[str]) -> Iterator[str]:
    """In each role a tree of its concepts; calculations of the monetary ones only."""
    more = ' weight="1"' if kind == "calculation" else ""
    for position, role in enumerate(roles):
        names = [f"C{position * PER_ROLE + number}" for number in range(60 if more else PER_ROLE)]
        yield f'<link:{kind}Link xlink:type="extended" xlink:role="{ROLE}{role}">'
        yield from map(_loc, names)
        for number, name in enumerate(names[1:], 1):
            yield _arc(kind, arcrole, names[(number - 1) // 8], name, number, more)
        yield f"</link:{kind}Link>"


def _cubes(roles: list[str]) -> Iterator[str]:
    """In every tenth role a hypercube on the first concept, its members the strings of the last role."""
    members = [f"C{(len(roles) - 1) * PER_ROLE + number}" for number in range(61, PER_ROLE, 5)]
    for position, role in list(enumerate(roles))[:-1:10]:
        yield f'<link:definitionLink xlink:type="extended" xlink:role="{ROLE}{role}">'
        first = f"C{position * PER_ROLE}"
        yield from map(_loc, [first, "Cube", "Axis", *members])
        yield _arc("definition", ALL, first, "Cube", 1, ' xbrldt:contextElement="scenario" xbrldt:closed="true"')
        yield _arc("definition", HYPERCUBE_DIMENSION, "Cube", "Axis", 1)
        yield _arc("definition", DIMENSION_DOMAIN, "Axis", members[0], 1)
        for order, name in enumerate(members[1:], 1):
            yield _arc("definition", DOMAIN_MEMBER, members[0], name, order)
        yield "</link:definitionLink>"
