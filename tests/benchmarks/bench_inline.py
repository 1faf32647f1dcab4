"""How fast Inline XBRL is read, checked and written, against lxml parsing and serializing the same document.

Run as a script: ``python -m tests.benchmarks.bench_inline``. The document is a long report: tables with three facts
to a row, every cell styled, and a text block now and then. Goals: reading takes at most 8 times what lxml takes to
parse the document and visit every element (every third element is a fact here); checking its XHTML at most 4 times;
writing the same facts on a page of tables at most 20 times what lxml takes to serialize the tree of that page; the cost
of a fact does not grow.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator, Sequence

from lxml import etree

from exporter.formats.inline_xbrl.check.xhtml import check_xhtml
from exporter.formats.inline_xbrl.document_set import InlineDocument
from exporter.formats.inline_xbrl.read.report import read
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.options import ReadOptions, WriteContext
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.model.standard_types import standard_type
from exporter.page.report_page import report_page
from exporter.resources.targets import StreamTarget
from tests.benchmarks.measure import interleaved_seconds, print_sizes

NS = "http://example.com/20241231"
CONCEPTS, CONTEXTS = 200, 50
GOALS = {"read / parse": 8.0, "read, types unknown / parse": 8.0, "XHTML / parse": 4.0, "write / serialize": 20.0}
LINEAR = 1.25
_STYLE = 'style="padding:2px 1pt;text-align:right;vertical-align:bottom"'
_OPTIONS = ReadOptions(
    name="bench.xhtml",
    load_vocabulary=lambda hrefs: Vocabulary(
        datatypes={
            **{QName(NS, f"Amount{number}"): standard_type("monetaryItemType") for number in range(CONCEPTS)},
            QName(NS, "Note"): standard_type("textBlockItemType"),
        }
    ),
)


def build_document(count: int) -> bytes:
    """A document of ``count`` facts, the same every time."""
    return "".join(_pieces(count)).encode()


def _pieces(count: int) -> Iterator[str]:
    yield (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" '
        'xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" '
        'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" '
        f'xmlns:ex="{NS}" xml:lang="en"><head><title>Report</title></head><body><div style="display:none"><ix:header>'
        '<ix:references xml:lang="en"><link:schemaRef xlink:type="simple" xlink:href="ex.xsd"/></ix:references>'
        "<ix:resources>"
    )
    for number in range(CONTEXTS):
        yield (
            f'<xbrli:context id="c{number}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001090633'
            f"</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:instant>{1970 + number}-12-31</xbrli:instant>"
            "</xbrli:period></xbrli:context>"
        )
    yield '<xbrli:unit id="jpy"><xbrli:measure>iso4217:JPY</xbrli:measure></xbrli:unit>'
    yield "</ix:resources></ix:header></div><table>"
    for start in range(0, count, 3):
        yield f'<tr><td {_STYLE} colspan="3">Line {start} &amp; others</td>'
        for number in range(start, min(start + 3, count)):
            yield f"<td {_STYLE}>¥</td><td {_STYLE}>{_fact(number)}</td><td {_STYLE}>&#160;</td>"
        yield "</tr>"
    yield "</table></body></html>"


def _fact(number: int) -> str:
    place = f'contextRef="c{number // CONCEPTS % CONTEXTS}" id="f{number}"'
    if number % 50 == 49:
        return f'<ix:nonNumeric name="ex:Note" escape="true" {place}><p>Note <b>{number}</b> to it</p></ix:nonNumeric>'
    sign = ' sign="-"' if number % 9 == 0 else ""
    attributes = f'name="ex:Amount{number % CONCEPTS}" unitRef="jpy" decimals="-6" scale="6" {place}{sign}'
    shown = f"{number * 7919 % 1_000_003:,}"
    return f'<ix:nonFraction format="ixt:num-dot-decimal" {attributes}>{shown}</ix:nonFraction>'


def measure(count: int, repeat: int) -> dict[str, float]:
    """Seconds of each work for a document of ``count`` facts."""
    data = build_document(count)
    root = etree.fromstring(data)
    report = read(io.BytesIO(data), _OPTIONS)
    if len(report.facts) != count or list(check_xhtml([InlineDocument("b", root)])):
        raise SystemExit("the document is not read as it was made: the times mean nothing")
    page = io.BytesIO()
    write(report, StreamTarget(page), WriteContext(page=report_page))
    if read(io.BytesIO(page.getvalue()), _OPTIONS) != report:
        raise SystemExit("the page is not read as it was written: the times mean nothing")
    tree = etree.fromstring(page.getvalue())
    works = {
        "parse": lambda: sum(1 for _ in etree.parse(io.BytesIO(data)).iter()),
        "read": lambda: read(io.BytesIO(data), _OPTIONS),
        "read, types unknown": lambda: read(io.BytesIO(data), ReadOptions(name="bench.xhtml")),
        "XHTML": lambda: list(check_xhtml([InlineDocument("b", root)])),
        "serialize": lambda: etree.tostring(tree, encoding="utf-8"),
        "write": lambda: write(report, StreamTarget(io.BytesIO()), WriteContext(page=report_page)),
    }
    return dict(zip(works, interleaved_seconds(list(works.values()), repeat=repeat), strict=True))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,50000")
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args(arguments)
    sizes = [int(size) for size in given.sizes.split(",")]
    times = {size: measure(size, given.repeat) for size in sizes}
    print_sizes(
        times,
        unit="fact",
        goals=GOALS,
        growing=times[sizes[0]].keys() - {"parse", "serialize"},
        since=sizes[-2:][0],
        linear=LINEAR,
    )


if __name__ == "__main__":
    main()
