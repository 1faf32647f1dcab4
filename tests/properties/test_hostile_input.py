"""Hostile input: whatever the bytes, there is a finding with a place and an exit code, in bounded time and memory.

Nothing here looks at what is found; only that the program, and those who import it, are told and never surprised.
"""

from __future__ import annotations

import io
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import textwrap
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from attrs import frozen
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from exporter.errors import ExporterError
from exporter.namespaces import XBRLI
from exporter.operations.convert import settle_duplicates
from exporter.operations.load import load_filing
from exporter.operations.read import read_report
from exporter.operations.validate import validate
from exporter.operations.write import write_report
from exporter.packages.taxonomy_package import read_taxonomy_package
from tests.unit.cli.running import ROOT, exporter

SHARED: Final = ROOT.parent / "shared" / "data"
SLOW: Final = settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)

# Files of our own


def instance(facts: str | None = None, *, date: str = "2005-03-31", schema: str = "http://e.com/x.xsd") -> str:
    body = '<e:A contextRef="c" unitRef="u" decimals="0" id="f">1</e:A>' if facts is None else facts
    return (
        '<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"'
        ' xmlns:e="http://e.com/x" xmlns:xbrldi="http://xbrl.org/2006/xbrldi">\n'
        f'<link:schemaRef xlink:type="simple" xlink:href="{schema}"/>\n'
        '<context id="c"><entity><identifier scheme="http://s">A</identifier><segment>'
        '<xbrldi:explicitMember dimension="e:X">e:M</xbrldi:explicitMember></segment></entity>'
        f"<period><instant>{date}</instant></period></context>\n"
        f'<unit id="u"><measure>iso4217:USD</measure></unit>\n{body}\n'
        '<link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
        '<link:loc xlink:type="locator" xlink:href="#f" xlink:label="a"/><link:footnote xlink:type="resource"'
        ' xlink:label="b" xlink:role="http://www.xbrl.org/2003/role/footnote" xml:lang="en">Why</link:footnote>'
        '<link:footnoteArc xlink:type="arc" xlink:from="a" xlink:to="b"'
        ' xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote"/></link:footnoteLink></xbrl>'
    )


def json_fact(
    value: str = '"1"', decimals: str = "0", *, period: str = "2005-04-01T00:00:00", unit: str = "iso4217:USD"
) -> str:
    return (
        f'{{"value": {value}, "decimals": {decimals}, "dimensions": {{"concept": "e:A", "entity": "s:A",'
        f' "period": "{period}", "unit": "{unit}"}}}}'
    )


def json_report(*facts: str, taxonomy: str = '["http://e.com/x.xsd"]') -> str:
    members = ", ".join(f'"f{number}": {fact}' for number, fact in enumerate(facts))
    return (
        '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": {"e": "http://e.com/x",'
        f' "iso4217": "http://www.xbrl.org/2003/iso4217", "s": "http://s"}}, "taxonomy": {taxonomy}}},\n'
        f'"facts": {{{members}}}}}'
    )


def json_items(amount: str = '{"value": "1", "decimals": 0, "currency": "JPY"}', date: str = "2005-03-31") -> str:
    return (
        '{"schema": "exporter-items/1", "filing": {"entity": {"scheme": "http://www.sec.gov/CIK", "identifier":'
        f' "0001090633"}}, "prefix": "iij", "period_end": "{date}"}},\n"items": [{{"type": "AccumulatedDeficit",'
        f' "amount": {amount}, "as_of": "{date}"}}]}}'
    )


def yaml_items(amount: str = "¥34.4 billion", date: str = "2005-03-31", share: str = "31.6%") -> str:
    return (
        "filing: {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}\nitems:\n"
        f"  - type: AccumulatedDeficit\n    amount: {amount}\n    as_of: {date}\n"
        f"  - type: OwnershipInterest\n    holder: NTT\n    share: {share}\n    as_of: {date}\n"
    )


CSV_METADATA: Final = json.dumps(
    {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-csv",
            "namespaces": {"e": "http://e.com/x", "s": "http://s"},
            "taxonomy": ["http://e.com/x.xsd"],
        },
        "tableTemplates": {
            "t": {
                "columns": {"v": {"dimensions": {"concept": "e:A", "period": "$p"}}, "p": {}},
                "dimensions": {"entity": "s:A"},
            }
        },
        "tables": {"t": {"url": "table.csv", "template": "t"}},
    }
)
SCHEMA: Final = b"""<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:e="http://e.com/x"
 xmlns:xlink="http://www.w3.org/1999/xlink" targetNamespace="http://e.com/x" elementFormDefault="qualified">
<annotation><appinfo><link:linkbase><link:roleRef roleURI="http://e.com/r" xlink:type="simple" xlink:href="#r"/>
<link:calculationLink xlink:type="extended" xlink:role="http://e.com/r">
<link:loc xlink:type="locator" xlink:href="#A" xlink:label="a"/>
<link:loc xlink:type="locator" xlink:href="#B" xlink:label="b"/>
<link:calculationArc xlink:type="arc" xlink:from="a" xlink:to="b" order="1" weight="1"
 xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"/></link:calculationLink></link:linkbase>
<link:roleType id="r" roleURI="http://e.com/r"><link:usedOn>link:calculationLink</link:usedOn></link:roleType>
</appinfo></annotation>
<import namespace="http://www.xbrl.org/2003/instance"
 schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>
<complexType name="short"><simpleContent><restriction base="xbrli:decimalItemType"><totalDigits value="5"/>
<fractionDigits value="2"/><minInclusive value="-10"/></restriction></simpleContent></complexType>
<simpleType name="code"><restriction base="string"><pattern value="[A-Z]{1,3}"/><maxLength value="3"/></restriction>
</simpleType>
<element name="A" id="A" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant"
 xbrli:balance="debit" nillable="true"/>
<element name="B" id="B" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant"/>
<element name="C" id="C" type="e:short" substitutionGroup="xbrli:item" xbrli:periodType="instant"/>
<element name="D" id="D" type="xbrli:doubleItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant"/>
<element name="E" id="E" type="xbrli:dateTimeItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant"/>
<element name="F" id="F" type="xbrli:QNameItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant"/>
<element name="T" id="T" type="e:code"/>
<element name="X" id="X" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true"
 xbrli:periodType="instant"/>
<element name="Y" id="Y" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true"
 xbrli:periodType="instant" xbrldt:typedDomainRef="#T"/>
<element name="M" id="M" type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true"
 xbrli:periodType="instant"/>
</schema>"""
TYPED_FACTS: Final = """<e:A id="f" contextRef="c" unitRef="u" decimals="0">7</e:A>
<e:B contextRef="c" unitRef="u" decimals="2">7.25</e:B><e:B contextRef="c" unitRef="u" precision="3">7.2</e:B>
<e:C contextRef="c" unitRef="u" decimals="INF">1.5</e:C><e:D contextRef="c" unitRef="u" decimals="1">1.5E3</e:D>
<e:E contextRef="c">2005-03-31T24:00:00</e:E><e:F contextRef="c">e:M</e:F>"""
TYPED_JSON: Final = (
    json_report(json_fact('"7"'), json_fact('"1.5E3"', "1").replace("e:A", "e:D"), taxonomy='["x.xsd"]')
    .replace('"unit": "iso4217:USD"}', '"unit": "iso4217:USD", "e:X": "e:M", "e:Y": "AB"}', 1)
)  # fmt: skip
BESIDE: Final = {"table.csv": b"v,p\n1,2005-03-31\n2d3,2006-03-31\n", "x.xsd": SCHEMA}
SOUND: Final = {
    "typed.xbrl": instance(TYPED_FACTS, schema="x.xsd").encode(),
    "typed.json": TYPED_JSON.encode(),
    "typed-csv.json": CSV_METADATA.replace("http://e.com/x.xsd", "x.xsd").encode(),
    "r.xbrl": instance().encode(),
    "r.json": json_report(json_fact()).encode(),
    "r.items.json": json_items().encode(),
    "r.yaml": yaml_items().encode(),
    "m.json": CSV_METADATA.encode(),
}


# What must hold


def judge(path: Path, *, commands: tuple[str, ...] = ("validate", "facts")) -> None:
    """Nothing but an `ExporterError` comes out of the library, and nothing but findings out of the program."""
    for work in (_read, load_filing, validate):
        assert _reported(work, path)
    for command in commands:
        outcome = exporter(command, path, "--json")
        assert outcome.code in (0, 1, 2)
        assert "Traceback" not in outcome.err
        findings = outcome.json["findings"]
        assert not [each for each in findings if each["code"] == "exporter:internalError"], (path.name, findings)
        errors = [each for each in findings if each["severity"] == "error"]
        assert bool(errors) == (outcome.code > 0)
        assert all(each["location"].get("file") for each in errors), (path.name, errors)


def _reported(work: Callable[[Path], object], path: Path) -> bool:
    """Whether the work is done, or is refused with findings."""
    try:
        work(path)
    except ExporterError as error:
        return bool(error.findings) and all(finding.code and finding.message for finding in error.findings)
    return True


def _read(path: Path) -> None:
    report = settle_duplicates(read_report(path), "merge")
    for suffix in (".json", ".xbrl"):
        write_report(report, path.with_name(f"{path.name}.written{suffix}"))


def judge_bytes(name: str, data: bytes, *, beside: dict[str, bytes] | None = None) -> None:
    with tempfile.TemporaryDirectory() as directory:
        for other, content in (beside or {}).items():
            Path(directory, other).write_bytes(content)
        path = Path(directory, name)
        path.write_bytes(data)
        judge(path)


# One by one


NUMBERS: Final = (
    *("1E999999999", "1E9999", "1E-999999999", "1E99999999999999999999999", "-INF", "NaN", "INF", "1" * 20_000),
    *("1E20000", "٣", "1_000", "0x1", "1e", "--1", "1E+", "\u00a05", "1d5", "1,5", "."),
)
ACCURACIES: Final = (
    *("1000000000", "-1000000000", "99999999999999999999", "1e400", "INF", '"3"', "1.5", "true", "9" * 5000, "-0"),
    *("NaN", "null", "[]"),
)
DATES: Final = (
    *("9999-12-31", "0000-01-01", "0001-01-01", "9999-12-31T24:00:00", "0001-01-01T00:00:00+14:00", "-0001-01-01"),
    *("99999999-01-01", "2005-02-30", "2005-03-31T00:00:00." + "1" * 100_000, "9999-12-31-14:00", "٢٠٠٥-03-31", ""),
)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda text: ascii(text[:20]))
def test_numbers(number: str, tmp_path: Path) -> None:
    amount = f'{{"value": "{number}", "decimals": 0, "currency": "JPY"}}'
    files = {
        "a.xbrl": instance(
            f'<e:A contextRef="c" unitRef="u" decimals="0">{number}</e:A>'
            f'<e:A contextRef="c" unitRef="u" decimals="2">{number}</e:A><e:B contextRef="c">{number}</e:B>'
        ),
        "a.json": json_report(json_fact(f'"{number}"'), json_fact(f'"{number}"', "3")),
        "b.json": json_report(json_fact(number)),
        "a.items.json": json_items(amount),
        "b.items.json": json_items(f'{{"value": {number}, "decimals": {number}, "currency": "JPY"}}'),
        "a.yaml": yaml_items(amount),
        "b.yaml": yaml_items(f"¥{number}", share=f"{number}%"),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        judge(tmp_path / name)


@pytest.mark.parametrize("decimals", ACCURACIES, ids=lambda text: text[:20])
def test_accuracies(decimals: str, tmp_path: Path) -> None:
    plain = decimals.replace('"', "")
    facts = "".join(
        f'<e:A contextRef="c" unitRef="u" {accuracy}="{plain}">{value}</e:A>'
        for accuracy in ("decimals", "precision")
        for value in ("1", "1E9999", "0")
    )
    amount = f'{{"value": "1", "decimals": {decimals}, "currency": "JPY"}}'
    files = {
        "a.xbrl": instance(facts),
        "a.json": json_report(json_fact(decimals=decimals), json_fact('"2"')),
        "a.items.json": json_items(amount),
        "a.yaml": yaml_items(amount),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        judge(tmp_path / name)


@pytest.mark.parametrize("date", DATES, ids=lambda text: ascii(text[:30]))
def test_dates(date: str, tmp_path: Path) -> None:
    files = {
        "a.xbrl": instance(date=date),
        "b.xbrl": instance(f'<e:A contextRef="c">{date}</e:A>'),
        "a.json": json_report(json_fact(period=date), json_fact(period=f"{date}/{date}")),
        "a.items.json": json_items(date=date),
        "a.yaml": yaml_items(date=date),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        judge(tmp_path / name)


def _damaged(data: bytes) -> Iterator[tuple[str, bytes]]:
    text = data.decode()
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp037", "utf-8-sig", "shift_jis"):
        yield encoding, text.encode(encoding, errors="replace")
    yield "two byte order marks", b"\xef\xbb\xbf" * 2 + data
    yield "only a byte order mark", b"\xef\xbb\xbf"
    yield "half of UTF-16", b"\xff\xfe\x00"
    yield "NULs", data.replace(b":", b"\0:", 3)
    yield "NUL at the end", data + b"\0"
    yield "half a surrogate pair", data.replace(b"A", b"\xed\xa0\x80", 2)
    yield "half a surrogate pair, escaped", data.replace(b"A", rb"\ud800", 2)
    yield "nothing", b""
    yield "blanks", b" \n" * 10
    yield "twice", data + data
    yield "gzip", b"\x1f\x8b\x08" + data
    yield "zip", b"PK\x03\x04" + data
    yield "every name twice", data.replace(b'"value"', b'"value": "1", "value"').replace(b" id=", b' id="f" id=')


@pytest.mark.parametrize("name", SOUND)
def test_encodings_and_remains(name: str) -> None:
    for _, data in _damaged(SOUND[name]):
        judge_bytes(name, data)


def _laughs() -> str:
    lines = ['a: &a ["lol", "lol", "lol", "lol", "lol", "lol", "lol", "lol", "lol"]']
    for one, other in zip("abcdefghijkl", "bcdefghijklm", strict=True):
        lines.append(f"{other}: &{other} [{', '.join([f'*{one}'] * 9)}]")
    return "\n".join(lines)


def _entities() -> str:
    entities = '<!ENTITY a "lol">' + "".join(
        f'<!ENTITY {other} "{f"&{one};" * 9}">' for one, other in zip("abcdefghijkl", "bcdefghijklm", strict=True)
    )
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><xbrl xmlns="http://www.xbrl.org/2003/instance">&m;</xbrl>'


SHAPES: Final = {
    "laughs.yaml": _laughs(),
    "laughs.xbrl": _entities(),
    "self.yaml": "items: &a [*a]\n",
    "merge.yaml": "items: &a\n  <<: *a\n",
    "tag.yaml": 'items: !!python/object/apply:os.system ["true"]\n',
    "scalar.yaml": "5",
    "list.yaml": "[]",
    "kinds.yaml": "items: [5, null, [], {}, {type: 5}, {type: {}}]\nfiling: {entity: 5}",
    "none.yaml": "filing: {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}\nitems: []",
    "kinds.items.json": '{"items": [5, null, [], {}, {"type": 5}, {"type": {}}], "filing": {"entity": []}}',
    "lone.items.json": r'{"items": [{"type": "\ud800"}]}',
    "deep.json": '{"documentInfo":' + "[" * 100_000,
    "deep-extension.json": json_report(json_fact()).replace('"facts"', f'"x": {"[" * 500}{"]" * 500}, "facts"'),
    "deep.items.json": '{"items":' + "[" * 100_000,
    "deep-flow.yaml": "items: " + "{a: " * 5_000,
    "deep-block.yaml": "\n".join(" " * each + "a:" for each in range(1_000)),
    "deep-open.xbrl": instance("<a>" * 100_000),
    "deep.xbrl": instance("<a>" * 300 + "</a>" * 300),
    "kinds.json": json_report(
        "5",
        '{"value": [], "dimensions": 5}',
        '{"value": {}, "decimals": "x", "dimensions": {"concept": 5}}',
        "{}",
        '{"value": "1", "dimensions": {"concept": "::", "entity": ":", "period": "/", "unit": "/", "e:X": 5}}',
        '{"value": "1", "links": 5, "dimensions": {"concept": "e:A", "language": 5, "noteId": []}}',
    ),
    "document.json": '{"documentInfo": 5, "facts": []}',
    "info.json": '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", "namespaces": [], "taxonomy": '
    '{}, "features": 5, "linkTypes": 5, "linkGroups": [], "baseURL": 5}, "facts": 5}',
    "references.json": json_report(
        json_fact(),
        taxonomy='["http://[", "\\u0000", "file:///dev/zero", "//x", "a b%zz", "", "?", "#", "x.xsd#f", "data:,x",'
        ' "http://e.com:99999999/x", "http://\\u2100.com/x", "."]',
    ),
    "units.json": json_report(json_fact(unit="(" * 1000), json_fact(unit="iso4217:USD" + "*iso4217:USD" * 50_000)),
    "zero.xbrl": instance(schema="file:///dev/zero"),
    "bracket.xbrl": instance(schema="http://["),
    "folder.xbrl": instance(schema="."),
    "itself.xbrl": instance(schema="itself.xbrl"),
    "long.xbrl": instance(schema="x" * 5_000 + ".xsd"),
    "encoding.xbrl": '<?xml version="1.0" encoding="nonsense"?>' + instance(),
    "utf-16.xbrl": '<?xml version="1.0" encoding="utf-16"?>' + instance(),
    "version.xbrl": '<?xml version="1.1"?>' + instance(),
    "empty.xsd": "",
    "cut.xsd": "<schema",
    "kinds-csv.json": CSV_METADATA.replace('"columns": {', '"columns": {"w": 5, "x": [], ').replace('"$p"', "5"),
    "table-csv.json": CSV_METADATA.replace("table.csv", "../../../../dev/zero"),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name: str) -> None:
    judge_bytes(name, SHAPES[name].encode(), beside=BESIDE)


@pytest.mark.parametrize(
    "table",
    [b"", b"v", b"v,p\n1E999999999,2005\n", b"v,v\n1,2\n", b'v,p\n"1,2\n', b"v,p\n1d99999999999999999999,2005\n",
     b"\xff\xfev", b"v,p\n\0,\0\n", b"v,p\n" + b"," * 100_000, b"v,p\n#none,#nil\n#empty,2005/9999-12-31\n"],
)  # fmt: skip
def test_tables(table: bytes) -> None:
    judge_bytes("m.json", CSV_METADATA.encode(), beside={"table.csv": table})


# Any damage


@frozen
class Spoil:
    """Damage that a seed decides: all places and words are equally likely, and the seed is all that must be told."""

    seed: int

    def __call__(self, data: bytes) -> bytes:
        chance = random.Random(self.seed)
        for _ in range(chance.randint(1, 3)):
            data = _damage(data, chance)
        return data


def damage() -> st.SearchStrategy[Spoil]:
    """Cuts, flipped bytes, pieces repeated, exchanged or taken out, values and names put in the place of others."""
    return st.integers(0, 2**32).map(Spoil)


KINDS: Final = (
    *("value", "value", "value", "word", "word", "cut", "flip", "repeat", "drop", "exchange", "insert", "swap"),
)
WORDS: Final = (
    *(b"\0", b"\xef\xbb\xbf", b"\xff", b"\xed\xa0\x80", rb"\ud800", b"<", b">", b"&x;", b"]]>", b"<!--"),
    *(b"{", b"}", b"[", b"*a", b"&a "),
    *(b'"', b"'", b",", b":", b"1E999999999", b"NaN", b"-INF", b"null", b"true", b"9" * 40, b"<!DOCTYPE x>"),
    *(b"xsi:nil='true'", b"http://[", b"../../x", b"\n\t", b"#nil", b"\xe2\x80\xa8", b"xmlns=''", b"!!int "),
)  # fmt: skip


_TOKEN: Final = re.compile(rb"[\w.:/#$*+-]+")


def _damage(data: bytes, chance: random.Random) -> bytes:
    word = chance.choice(WORDS)
    if not data:
        return word
    start, end = chance.randrange(len(data)), chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 60)]
    match kind := chance.choice(KINDS):
        case "value" | "word":
            tokens = _TOKEN.findall(data) or [b""]
            new, chosen = (chance.choice(tokens) if kind == "value" else word), chance.randrange(len(tokens))
            places = itertools.count()
            return _TOKEN.sub(lambda match: new if next(places) == chosen else match[0], data)
        case "cut":
            return data[:start]
        case "flip":
            return data[:start] + bytes([data[start] ^ chance.randint(1, 255)]) + data[start + 1 :]
        case "repeat":
            return data[:start] + piece * 3 + data[start:]
        case "drop":
            return data[:start] + data[start + len(piece) :]
        case "exchange":
            return data[:end] + piece + data[end + len(piece) :]
        case "swap":
            tokens = data.split(b" ")
            one, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
            tokens[one], tokens[other] = tokens[other], tokens[one]
            return b" ".join(tokens)
    return data[:start] + word + data[start:]


@SLOW
@given(st.sampled_from(sorted(SOUND)), damage())
def test_any_damage_to_files_of_our_own(name: str, spoil: Callable[[bytes], bytes]) -> None:
    judge_bytes(name, spoil(SOUND[name]), beside=BESIDE)


@SLOW
@given(damage())
@example(Spoil(20928))  # an order that is no number
def test_any_damage_to_a_schema(spoil: Callable[[bytes], bytes]) -> None:
    judge_bytes("typed.xbrl", SOUND["typed.xbrl"], beside={"x.xsd": spoil(SCHEMA)})


@pytest.mark.parametrize("name", sorted(SOUND))
def test_files_of_our_own_are_sound(name: str, tmp_path: Path) -> None:
    for other, content in {**BESIDE, name: SOUND[name]}.items():
        (tmp_path / other).write_bytes(content)
    outcome = exporter("facts", tmp_path / name, "--json")
    assert outcome.code == 0, outcome.json["findings"]
    assert outcome.json["facts"]


@SLOW
@given(damage())
def test_any_damage_to_a_table(spoil: Callable[[bytes], bytes]) -> None:
    table = spoil(b"v,p\n1,2005-03-31\n2d3,2006-03-31\n#nil,2007\n")
    judge_bytes("m.json", CSV_METADATA.encode(), beside={"table.csv": table})


@SLOW
@given(st.binary(max_size=200), st.sampled_from(sorted(SOUND)))
def test_any_bytes(data: bytes, name: str) -> None:
    judge_bytes(name, data)


@cache
def _real_slices() -> tuple[tuple[str, bytes], ...]:
    """Some facts of each real instance, with their contexts and units."""
    found = []
    for path in sorted([*SHARED.glob("sec/*/*.xml"), *SHARED.glob("ferc/*.xbrl")]):
        root = etree.parse(path).getroot()
        if root.tag == f"{{{XBRLI}}}xbrl":
            facts = [each for each in root if each.get("contextRef") is not None][:400:13]
            needed = {each.get(name) for each in facts for name in ("contextRef", "unitRef")}
            for each in list(root):
                if each not in facts and each.get("id", "") not in needed and not str(each.tag).endswith("Ref"):
                    root.remove(each)
            found.append((f"{path.stem}.xbrl", etree.tostring(root, encoding="utf-8", xml_declaration=True)))
    return tuple(found)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no real filings here")
@settings(SLOW, max_examples=25)
@given(st.data())
def test_any_damage_to_real_filings(data: st.DataObject) -> None:
    name, content = data.draw(st.sampled_from(_real_slices()))
    judge_bytes(Path(name).with_suffix(".xbrl").name, data.draw(damage())(content))


# Packages


def _zip(*entries: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


def _packages() -> dict[str, bytes]:
    inner = _zip(("zeros", bytes(8 * 1024**2)))
    sound = _zip(("p/META-INF/taxonomyPackage.xml", b"<x/>"))
    return {
        "nothing": b"",
        "end record only": b"PK\5\6" + bytes(18),
        "head only": b"PK\3\4",
        "cut": sound[:-30],
        "flipped": sound[:40] + bytes([sound[40] ^ 255]) + sound[41:],
        "bomb": _zip(("p/META-INF/taxonomyPackage.xml", bytes(64 * 1024**2))),
        "nested bomb": _zip(("p/META-INF/taxonomyPackage.xml", b"<x/>"), *((f"p/{n}.zip", inner) for n in range(9))),
        "climbing": _zip(("../../etc/x", b"x")),
        "absolute": _zip(("/etc/x", b"x")),
        "entities": _zip(("p/META-INF/taxonomyPackage.xml", _entities().encode())),
        "no package": _zip(("p/x", b"x")),
        "lying size": sound.replace(b"<x/>", b"<x>>"),
    }


@pytest.mark.parametrize("which", sorted(_packages()))
def test_packages(which: str, tmp_path: Path) -> None:
    package, report = tmp_path / "p.zip", tmp_path / "r.xbrl"
    package.write_bytes(_packages()[which])
    report.write_bytes(SOUND["r.xbrl"])
    with pytest.raises(ExporterError) as caught, read_taxonomy_package(package):
        pass
    assert caught.value.findings
    for arguments in ((package,), (report, "--taxonomy-package", package)):
        outcome = exporter("validate", *arguments, "--json")
        assert outcome.code in (1, 2)
        assert outcome.json["findings"][0]["location"]["file"]
        assert "exporter:internalError" not in outcome.codes


# Large ones, each in a process of its own with a bound on time and memory

_MIB: Final = 1024**2
LARGE: Final = {
    "an attribute of 100 MB": ("a.xbrl", 'b"<xbrl x=\\"" , b"a" * M, 100, b"\\"/>"'),
    "a text of 100 MB": ("a.xbrl", 'b"<xbrl><a>", b"a" * M, 100, b"</a></xbrl>"'),
    "a comment of 100 MB": ("a.xbrl", 'b"<!--", b"a" * M, 100, b"--><xbrl/>"'),
    "a million attributes": ("a.xbrl", 'b"<xbrl ", b"", 0, b" ".join(b"a%d=\'\'" % n for n in range(10**6)) + b"/>"'),
    "a text of 100 MB in JSON": ("a.json", 'HEAD + b"\\"f\\": {\\"value\\": \\"", b"a" * M, 100, b"\\"}}}"'),
    "a number of 100 MB in JSON": ("a.json", 'HEAD + b"\\"f\\": ", b"1" * M, 100, b"}}"'),
    "brackets of 20 MB in JSON": ("a.json", 'HEAD + b"\\"f\\": ", b"[" * M, 20, b""'),
    "100 MB without an end": ("a.json", 'b"{", b" " * M, 100, b""'),
    "a text of 30 MB in items": ("a.items.json", 'b"{\\"items\\": [\\"", b"a" * M, 30, b"\\"]}"'),
    "100 MB of YAML": ("a.yaml", 'b"items: ", b"a" * M, 100, b""'),
    "brackets in YAML": ("a.yaml", 'b"items: ", b"[" * M, 1, b""'),
}  # fmt: skip
_PROGRAM: Final = """
import resource, sys
from pathlib import Path
M = 1024**2
HEAD = b'{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", "taxonomy": []}, "facts": {'
begin, piece, times, end = PIECES
with open(sys.argv[1], "wb") as file:
    file.write(begin)
    for _ in range(times):
        file.write(piece)
    file.write(end)
from exporter.cli.main import run
resource.setrlimit(resource.RLIMIT_AS, (1536 * M, 1536 * M))
resource.setrlimit(resource.RLIMIT_CPU, (40, 40))
sys.exit(run(["facts", sys.argv[1], "--json"]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no resource limits on this system")
@pytest.mark.parametrize("which", LARGE)
def test_large(which: str, tmp_path: Path) -> None:
    name, pieces = LARGE[which]
    program = textwrap.dedent(_PROGRAM).replace("PIECES", pieces)
    path = tmp_path / name
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=90, check=False
    )
    path.unlink()
    assert done.returncode in (1, 2), (done.returncode, done.stdout[:500], done.stderr[-500:])
    assert "Traceback" not in done.stderr
    findings = json.loads(done.stdout)["findings"]
    assert findings[0]["location"]["file"] == str(path)
    assert "exporter:internalError" not in [each["code"] for each in findings]
    assert len(done.stdout) < _MIB
