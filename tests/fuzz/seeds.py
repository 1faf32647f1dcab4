"""The inputs that fuzzing begins with: small, sound, and each with other parts of its syntax."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Final

from tests.fuzz.mutators import PART
from tests.properties.test_hostile_input import BESIDE, CSV_METADATA, SCHEMA, SOUND, instance, json_fact, json_report

TYPED_JSON: Final = SOUND["typed.json"]


def xbrl_json() -> tuple[bytes, ...]:
    """A number, a text in two languages, nil, dimensions, footnotes and links."""
    text = (
        '{"value": "Text", "dimensions": {"concept": "e:S", "entity": "s:A", "period": "2004-04-01T00:00:00/'
        '2005-04-01T00:00:00", "language": "en", "e:X": "e:M", "e:Y": "typed"}}'
    )
    nil = '{"value": null, "dimensions": {"concept": "e:A", "entity": "s:A", "period": "2005-04-01T00:00:00"}}'
    note = (
        '{"value": "<p xmlns=\'http://www.w3.org/1999/xhtml\'>Why</p>", "dimensions": {"concept": "xbrl:note",'
        ' "noteId": "f3", "language": "en"}}'
    )
    linked = json_fact('"2"', "-3")[:-1] + ', "links": {"footnote": {"_": ["f3"]}}}'
    divided = json_fact('"1.5"', "2", unit="iso4217:USD/xbrli:shares")
    report = json.loads(json_report(linked, text, nil, note, divided))
    report["documentInfo"]["namespaces"]["xbrl"] = "https://xbrl.org/2021"
    report["documentInfo"]["namespaces"]["xbrli"] = "http://www.xbrl.org/2003/instance"
    report["documentInfo"]["linkTypes"] = {"footnote": "http://www.xbrl.org/2003/arcrole/fact-footnote"}
    report["documentInfo"]["linkGroups"] = {"_": "http://www.xbrl.org/2003/role/link"}
    report["documentInfo"]["features"] = {"xbrl:canonicalValues": True}
    return (SOUND["r.json"], TYPED_JSON, json.dumps(report).encode())


def xbrl_xml() -> tuple[bytes, ...]:
    """Instants and durations, divided units, typed and explicit members, footnotes, nil."""
    more = (
        '<context id="d"><entity><identifier scheme="http://s">A</identifier><segment>'
        '<xbrldi:typedMember dimension="e:Y">'
        "<e:T>AB</e:T></xbrldi:typedMember></segment></entity><period><startDate>2004-04-01</startDate><endDate>2005-03-31"
        '</endDate></period></context><unit id="p"><divide><unitNumerator><measure>iso4217:USD</measure>'
        "</unitNumerator><unitDenominator><measure>shares</measure></unitDenominator></divide></unit>"
        '<e:A contextRef="d" unitRef="p" precision="3" id="f">1.25</e:A><e:S contextRef="d" xml:lang="ja">円</e:S>'
        '<e:B contextRef="c" unitRef="u" xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
    )
    typed = SOUND["typed.xbrl"].replace(b'<e:B contextRef="c" unitRef="u" precision="3">7.2</e:B>', b"")
    return (SOUND["r.xbrl"], typed, instance(more).encode())


def xbrl_csv() -> tuple[bytes, ...]:
    """A table with a parameter, and one with property groups, decimals, links and a report period."""
    metadata = json.loads(CSV_METADATA)
    metadata["documentInfo"]["namespaces"] |= {"iso4217": "http://www.xbrl.org/2003/iso4217"}
    metadata["parameters"] = {"when": "2005-03-31"}
    metadata["tableTemplates"]["t"] = {
        "rowIdColumn": "id",
        "decimals": 0,
        "dimensions": {"entity": "s:A", "period": "$when"},
        "columns": {
            "id": {},
            "what": {
                "propertyGroups": {"a": {"dimensions": {"concept": "e:A"}}, "b": {"dimensions": {"concept": "e:B"}}}
            },
            "v": {"dimensions": {"unit": "$unit", "e:X": "e:M"}, "propertiesFrom": ["what"]},
            "unit": {},
            "note": {"comment": True},
        },
    }
    rows = b"id,what,v,unit,note\nr1,a,1,iso4217:USD,x\nr2,b,#nil,iso4217:JPY,\nr3,a,12d-3,iso4217:USD,\n"
    return (SOUND["m.json"] + PART + BESIDE["table.csv"], json.dumps(metadata).encode() + PART + rows)


_INLINE: Final = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:e="http://e.com/x"
 xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xml:lang="en">
<head><title>t</title></head><body><div style="display:none"><ix:header><ix:hidden>
<ix:nonNumeric name="e:H" contextRef="c" id="h">hidden</ix:nonNumeric></ix:hidden><ix:references>
<link:schemaRef xlink:type="simple" xlink:href="http://e.com/x.xsd"/></ix:references><ix:resources>
<ix:relationship fromRefs="f1 f2" toRefs="n1"/>
<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://s">A</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2005-03-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="u"><xbrli:measure>iso4217:JPY</xbrli:measure></xbrli:unit></ix:resources></ix:header></div>
<p>Loss of ¥<ix:nonFraction name="e:A" contextRef="c" unitRef="u" decimals="-6" scale="6" sign="-" id="f1"
 format="ixt:num-dot-decimal">1,234.5</ix:nonFraction> million</p>
<p><ix:nonNumeric name="e:D" contextRef="c"
 format="ixt:date-monthname-day-year-en" id="f2">March 31, 2005</ix:nonNumeric>
<ix:nonNumeric name="e:T" contextRef="c" escape="true" continuedAt="k"><b>One</b> and</ix:nonNumeric> cut
<ix:continuation id="k">two<ix:exclude> not</ix:exclude></ix:continuation></p>
<p><ix:footnote id="n1">Why <i>so</i></ix:footnote><ix:nonFraction name="e:B"
 contextRef="c" unitRef="u" decimals="0"><ix:nonFraction name="e:C"
 contextRef="c" unitRef="u" decimals="0">7</ix:nonFraction></ix:nonFraction></p></body></html>"""


def inline_xbrl() -> tuple[bytes, ...]:
    """Scale, sign, formats, continuations, exclusions, nesting, footnotes, hidden facts."""
    return (_INLINE.encode(),)


_ITEMS: Final = """filing: {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}
items:
  - {type: AccumulatedDeficit, amount: ¥34.4 billion, as_of: "March 31, 2005"}
  - {type: OwnershipInterest, holder: NTT and its affiliates, share: 31.6%, as_of: "July 29, 2005"}
  - {type: OwnershipInterest, holder: Others, share: {unknown: not stated}, as_of: 2005-07-29}
  - type: ExchangeRates
    pair: JPY per USD
    over: {start: 2004-04-01, end: 2005-03-31}
    high: 114.30
    low: 102.26
    average: 107.28
    period_end: 107.22
  - {type: NetLoss, amount: "¥2.9 billion", over: "fiscal year ended March 31, 2005"}
"""


def items_json() -> tuple[bytes, ...]:
    """An amount as an object, and one as it is printed."""
    sound = SOUND["r.items.json"]
    other = json.loads(sound)
    other["items"] += [
        {
            "type": "OwnershipInterest",
            "holder": {"name": "NTT"},
            "share": {"value": "0.316", "decimals": 3},
            "as_of": "2005-03-31",
        },
        {
            "type": "OwnershipInterest",
            "holder": {"name": "X"},
            "share": {"unknown": "not stated"},
            "as_of": "2005-03-31",
        },
    ]
    return (sound, json.dumps(other).encode())


def items_yaml() -> tuple[bytes, ...]:
    """Several items, with anchors and a merge key in one."""
    merged = "filing: &f {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}\nitems:\n  - &a {type: "
    merged += "AccumulatedDeficit, amount: ¥34.4 billion, as_of: 2005-03-31}\n  - {<<: *a, as_of: 2004-03-31}\n"
    return (SOUND["r.yaml"], _ITEMS.encode(), merged.encode())


def tables() -> tuple[bytes, ...]:
    """A table whose headings are fields, and one that is mapped."""
    filing = b"filing: {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}\n"
    plain = filing + b"tables:\n  - {type: OwnershipInterest, file: rows.csv}\n"
    mapped = filing + (
        b"tables:\n  - type: OwnershipInterest\n    file: rows.csv\n    columns: {holder: Name, share: Share}\n"
        b"    values: {as_of: 2005-03-31}\n"
    )
    return (
        plain + PART + b"holder,share,as_of\nNTT,31.6%,2005-03-31\nOthers,4.1%,2005-03-31\n",
        mapped + PART + b"Name,Share\nNTT,31.6%\nOthers,4.1%\n",
    )


def archive(files: dict[str, bytes]) -> bytes:
    """A zip file, the same for the same files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return stream.getvalue()


def workbooks() -> tuple[bytes, ...]:
    """A workbook with a sheet of holders; numbers, percent and dates as a workbook has them."""
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "OwnershipInterest"
    sheet.append(["holder", "share", "as_of"])
    sheet.append(["NTT", 0.316, dt.date(2005, 3, 31)])
    sheet.append(["Others", "4.1%", "2005-03-31"])
    sheet["B2"].number_format = "0.0%"
    stream = io.BytesIO()
    book.save(stream)
    return (stream.getvalue(),)


def manifests() -> tuple[bytes, ...]:
    """The three syntaxes."""
    return (
        b"csv\nsource,task,output,to,strict\na.yaml,export,a,,yes\nb.xbrl,convert,b.json,xbrl-json,\nc.json,validate,,,\n",
        b'jsonl\n{"source": "a.yaml", "format": ["xbrl-json"]}\n\n{"source": "b.xbrl", "task": "convert"}\n',
        b"yaml\ndefaults: {profile: sec-us-gaap}\ntasks:\n  - {source: a.yaml, format: [xbrl-json]}\n  - {source: s3://b/c.yaml}\n",
    )


def rules() -> tuple[bytes, ...]:
    """A table with a rule on the cover, and one on documents."""
    head = b'schema = "exporter-rules/1"\nname = "ours"\nprefix = "ours"\ntitle = "Ours"\nsource = "us"\n'
    cover = b'[[cover]]\nname = "Name"\nnumber = "1"\nconcept = "EntityName"\nlevel = "required"\nseverity = "error"\n'
    value = (
        b'value = { pattern = "[A-Z]\\\\d{5}" }\nwhen = { none = [{ namespace = ".*/jpaud/.*" }] }\nfix = "give it"\n'
    )
    return (head + cover, head + cover + value)


_LINKBASE: Final = b"""<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
<link:loc xlink:type="locator" xlink:href="x.xsd#A" xlink:label="a"/>
<link:label xlink:type="resource" xlink:label="l" xlink:role="http://www.xbrl.org/2003/role/label"
 xml:lang="en">A</link:label>
<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label"
 xlink:from="a" xlink:to="l"/>
</link:labelLink>
<link:presentationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
<link:loc xlink:type="locator" xlink:href="x.xsd#A" xlink:label="a"/>
<link:loc xlink:type="locator" xlink:href="x.xsd#B" xlink:label="b"/>
<link:presentationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/parent-child" xlink:from="a"
 xlink:to="b" order="1.5" use="optional" priority="2"/></link:presentationLink></link:linkbase>"""


def taxonomies() -> tuple[bytes, ...]:
    """A schema with calculations in it, and with a linkbase beside it."""
    reference = (
        b'<annotation><appinfo><link:linkbaseRef xlink:type="simple" xlink:href="x.xml"'
        b' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
    )
    return (SCHEMA + PART, SCHEMA.replace(b"<annotation><appinfo>", reference, 1) + PART + _LINKBASE)


def packages() -> tuple[bytes, ...]:
    """A taxonomy package, and a report package."""
    metadata = (
        b'<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en">'
        b"<tp:identifier>http://e.com/p</tp:identifier><tp:name>P</tp:name><tp:entryPoints><tp:entryPoint><tp:name>E"
        b'</tp:name><tp:entryPointDocument href="http://e.com/x.xsd"/></tp:entryPoint></tp:entryPoints>'
        b"</tp:taxonomyPackage>"
    )
    catalog = (
        b'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"><rewriteURI uriStartString="http://e.com/"'
        b' rewritePrefix="../e.com/"/></catalog>'
    )
    taxonomy = {"p/META-INF/taxonomyPackage.xml": metadata, "p/META-INF/catalog.xml": catalog, "p/e.com/x.xsd": SCHEMA}
    marker = json.dumps({"documentInfo": {"documentType": "https://xbrl.org/report-package/2023/xbri"}}).encode()
    report = {"p/META-INF/reportPackage.json": marker, "p/reports/r.xhtml": inline_xbrl()[0]}
    return (archive(taxonomy), archive(report), archive(report | taxonomy))


def _texts(*texts: str, heads: int = 6) -> tuple[bytes, ...]:
    """Each text with different choices before it."""
    return tuple(bytes((number % heads, number % 5)) + text.encode() for number, text in enumerate(texts * heads))


def values() -> tuple[bytes, ...]:
    """Amounts in several languages."""
    return _texts(
        *(
            "¥34.4 billion",
            "¥ (1,234.5) million",
            "US$1.2",
            "1.234,5 Mio. EUR",
            "3億4,500万円",
            "31.6%",
            "4.1 per cent",
        ),
        *(
            "1,234 shares",
            "20万株",
            "¥107.22 per share",
            "JPY 107.22 per US$1.00",
            "twenty-three",
            "1 234,5 millions d'euros",
        ),
        *("-0.5%", "△5千円", "2.5 to 1", "¥—"),
    )


def dates() -> tuple[bytes, ...]:
    """Dates and periods in several languages."""
    return _texts(
        *("March 31, 2005", "2005-03-31", "31.12.2005", "31 mars 2005", "平成17年3月31日", "2005年3月期", "July 2005"),
        *("fiscal year ended March 31, 2005", "from 2004-04-01 to 2005-03-31", "as of March 31, 2005", "Q4 2005"),
        *("three months ended June 30, 2005", "2004/4/1～2005/3/31", "2005", "00-00-00"),
    )


def printed() -> tuple[bytes, ...]:
    """Running text with values in it."""
    return _texts(
        "Our loss of ¥2.9 billion (US$27.1 million) in the year ended March 31, 2005 rose by 4.1% from 1,234.",
        "平成17年3月31日現在、当社の株式の31.6％、120万株を1株当たり50円で保有しています。",
        "Der Umsatz stieg um 4,1 % auf 1.234,5 Mio. € im Geschäftsjahr 2005; siehe Seite 12 (Vorjahr: 1.100,0 Mio. €).",
        "☒ Yes ☐ No, five of the twenty-one directors hold none — see Note 5(a).",
    )


def transformations() -> tuple[bytes, ...]:
    """Texts that some rule accepts, under rules all over the registries."""
    texts = (
        "1,234.5",
        "March 31, 2005",
        "平成17年3月31日",
        "twenty-three",
        "P1Y",
        "five years",
        "-",
        "31.12.2005",
        "X",
        "九千",
    )
    return tuple(number.to_bytes(2, "big") + text.encode() for number in range(0, 330, 15) for text in texts)


def lexical() -> tuple[bytes, ...]:
    """Texts of the data types."""
    texts = (
        "-1.50",
        "1E-5",
        "INF",
        "2005-03-31Z",
        "2005-03-31T24:00:00",
        "P1Y2M3DT4H5M6.7S",
        "true",
        "2005-03",
        "a b",
        "http://e",
    )
    return tuple(bytes((number,)) + text.encode() for number in range(10) for text in texts)


def patterns() -> tuple[bytes, ...]:
    """Patterns with a text each."""
    return (
        b"[A-Z]{1,3}\nABC",
        rb"\d{4}-(0[1-9]|1[0-2])" + b"\n2005-03",
        rb"(a|b)*c?[\w-[\d]]+\p{Lu}\P{IsBasicLatin}" + b"\naab",
        rb"[^\s]{0,10}\i\c*" + b"\nx",
    )


TAGGED_ITEMS: Final = _ITEMS.encode()


def pages() -> tuple[bytes, ...]:
    """A page that states the items, as XHTML and as the HTML of a word processor."""
    xhtml = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title></head><body>
<p>As of March 31, 2005, we had an accumulated deficit of ¥34.4 billion. NTT and its affiliates own 31.6% of our
shares as of July 29, 2005.</p><table><tr><th>Year ended March 31, 2005</th><th>High</th><th>Low</th><th>Average</th>
<th>Period-end</th></tr>
<tr><td>Yen per dollar</td><td>114.30</td><td>102.26</td><td>107.28</td><td>107.22</td></tr></table>
<p>Net loss was ¥<b>2.9</b> billion in the fiscal year ended March 31, 2005 &amp; ¥2.9 billion before.</p>
</body></html>"""
    html = (
        xhtml.replace('<html xmlns="http://www.w3.org/1999/xhtml">', "<HTML>")
        .replace("<b>", "<B>")
        .replace("</b>", "</B>")
    )
    return (xhtml.encode(), html.encode())
