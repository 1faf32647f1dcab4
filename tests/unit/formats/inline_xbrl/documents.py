"""Small Inline XBRL documents for the tests: a valid frame, to be filled or spoilt."""

from __future__ import annotations

from collections.abc import Mapping

from exporter.findings import Finding
from exporter.formats.inline_xbrl.read.report import read_set
from exporter.formats.options import InlineFile, ReadOptions
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.model.standard_types import standard_type

NS = "http://example.com/t"
TYPES = {
    "Sales": "monetaryItemType",
    "Cost": "monetaryItemType",
    "Ratio": "pureItemType",
    "Name": "stringItemType",
    "Note": "textBlockItemType",
    "Date": "dateItemType",
    "Flag": "booleanItemType",
    "Part": "fractionItemType",
    "Link": "QNameItemType",
}
OPEN = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" '
    'xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" '
    'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:t="{NS}" xml:lang="en">\n'
)
SCHEMA_REF = '<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>'
REFERENCES = f"<ix:references>{SCHEMA_REF}</ix:references>"
CONTEXT = (
    '<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://example.com/ids">acme</xbrli:identifier>'
    "</xbrli:entity><xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate>"
    "<xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period></xbrli:context>\n"
)
EUR = '<xbrli:unit id="eur"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>\n'
PURE = '<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>\n'
SHARED = CONTEXT + EUR + PURE


def number(text: str, attributes: str = "", *, name: str = "Sales", unit: str = "eur") -> str:
    """A tagged number; decimals are 0 unless it is nil."""
    accuracy = "" if "nil" in attributes else 'decimals="0"'
    given = f'name="t:{name}" contextRef="c" unitRef="{unit}" {accuracy} {attributes}'
    return f"<ix:nonFraction {given}>{text}</ix:nonFraction>"


def text(content: str, attributes: str = "", *, name: str = "Name") -> str:
    """A tagged text."""
    return f'<ix:nonNumeric name="t:{name}" contextRef="c" {attributes}>{content}</ix:nonNumeric>'


def continuation(id_: str, content: str, attributes: str = "") -> str:
    return f'<ix:continuation id="{id_}" {attributes}>{content}</ix:continuation>'


def document(
    body: str,
    *,
    references: str = REFERENCES,
    resources: str = SHARED,
    more: str = "",
    hidden: str = "",
    head: str = "",
) -> bytes:
    """A document with a header, and ``body`` in a division; ``more`` goes to the resources."""
    header = f"<ix:header>{hidden}{references}<ix:resources>{resources}{more}</ix:resources></ix:header>"
    return bare(f'<div style="display:none">{header}</div>\n<div>{body}</div>', head=head)


def bare(body: str, *, head: str = "") -> bytes:
    """A document without a header."""
    return f"{OPEN}<head><title>t</title>{head}</head>\n<body>\n{body}\n</body></html>".encode()


def knowing(types: Mapping[str, str] = TYPES, warnings: list[Finding] | None = None) -> ReadOptions:
    """Options whose taxonomy knows these concepts."""
    vocabulary = Vocabulary(datatypes={QName(NS, name): standard_type(kind) for name, kind in types.items()})
    return ReadOptions(load_vocabulary=lambda hrefs: vocabulary, warn=(warnings if warnings is not None else []).append)


def read(*documents: bytes, options: ReadOptions | None = None, target: str | None = None) -> Report:
    """The report of a set of documents a.xhtml, b.xhtml …"""
    files = [InlineFile(f"{chr(ord('a') + number)}.xhtml", data) for number, data in enumerate(documents)]
    return read_set(files, options or knowing(), target=target)


def values(report: Report) -> dict[str, str | None]:
    """The facts' values by local names."""
    return {fact.concept.local_name: fact.value for fact in report.facts}


def only(report: Report) -> Fact:
    (fact,) = report.facts
    return fact
