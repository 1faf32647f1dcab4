"""How fast a document is read as text, tagged and stripped, against lxml parsing the same document.

Run as a script: ``python -m tests.benchmarks.bench_tagging``. The document is a long report: tables with styled cells
and paragraphs between them; one number in each row is tagged, and every table is a text block. Goals: each work costs
the same for each fact whatever the length of the document; reading takes at most 40 times what lxml takes to parse the
document and visit every element, tagging with its proof at most 60 times, stripping at most 15 times.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Iterator, Sequence

from lxml import etree

from exporter.items.values.printed import Span
from exporter.model.dimensions import Context, Entity
from exporter.model.fact import Fact
from exporter.model.period import Instant
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.namespaces import ISO4217
from exporter.tagging.document.document import DocumentText, read_document
from exporter.tagging.document.source import Placement
from exporter.tagging.write.strip import strip_tags
from exporter.tagging.write.tags import tag_document
from exporter.transformations import IXT_4
from tests.benchmarks.measure import interleaved_seconds, print_sizes

NS = "http://example.com/20241231"
MOST = 8_000  # figures of the longest document; annual reports have fewer
GOALS = {"read / parse": 40.0, "tag / parse": 60.0, "strip / parse": 15.0}
LINEAR = 1.25
ROWS = 10
_STYLE = 'style="padding:2px 1pt;text-align:right;vertical-align:bottom"'
_DOT = QName(IXT_4, "num-dot-decimal", prefix="ixt")
_YEN = Unit((QName(ISO4217, "JPY"),))


def build_document(count: int) -> bytes:
    """A document with ``count`` numbers to tag, the same every time."""
    return "".join(_pieces(count)).encode()


def _pieces(count: int) -> Iterator[str]:
    yield '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Report</title></head><body>\n'
    for start in range(0, count, ROWS):
        yield f"<h2>Section {start}</h2><p>We say <b>much</b> about line&#160;{start} &amp; others.</p>\n<table>"
        for number in range(start, min(start + ROWS, count)):
            yield f"<tr><td {_STYLE}>Line of <i>much</i> meaning</td><td {_STYLE}>¥</td>"
            yield f"<td {_STYLE}>{_figure(number)}</td><td {_STYLE}>&#160;</td><td {_STYLE}>12.5</td></tr>\n"
        yield "</table>\n"
    yield "</body></html>\n"


def _figure(number: int) -> str:
    return f"{100_000 + number * 7919 % 900_000:,}"


def build_report(count: int) -> Report:
    """A fact for each number, and one for each table."""
    context = Context(Entity.cik("0001090633"), Instant("2024-12-31"), ())
    amounts = [
        Fact(
            QName(NS, f"Amount{n}", prefix="ex"), context, _figure(n).replace(",", "") + "000000", -6, _YEN, id=f"f{n}"
        )
        for n in range(count)
    ]
    notes = [
        Fact(QName(NS, f"Note{start}", prefix="ex"), context, _note(start, count), language="en", id=f"n{start}")
        for start in range(0, count, ROWS)
    ]
    types = {fact.concept: standard_type("monetaryItemType") for fact in amounts}
    types |= {fact.concept: standard_type("textBlockItemType") for fact in notes}
    return Report(taxonomy=["ex.xsd"], facts=[*amounts, *notes], vocabulary=Vocabulary(datatypes=types))


def _note(start: int, count: int) -> str:
    numbers = range(start, min(start + ROWS, count))
    return "".join(f"Line of much meaning¥{_figure(number)}\xa012.5" for number in numbers)


def build_placements(document: DocumentText, count: int) -> list[Placement]:
    """Where the facts stand."""
    placements = [
        Placement(fact=f"n{number * ROWS}", spans=[Span(each.start, each.end)], escape=True)
        for number, each in enumerate(document.tables)
    ]
    at = 0
    for number in range(count):
        at = document.text.index(_figure(number), at)
        placements.append(Placement(fact=f"f{number}", spans=[Span(at, at + 7)], format=_DOT, scale=6))
        at += 7
    return placements


def measure(count: int, repeat: int) -> dict[str, float]:
    """Seconds of each work for a document with ``count`` numbers to tag."""
    data = build_document(count)
    report = build_report(count)
    document = read_document(data, "bench.xhtml")
    placements = build_placements(document, count)
    tagged = tag_document(document, report, placements)
    if strip_tags(tagged) != data or tagged.count(b"<ix:nonFraction ") != count:
        raise SystemExit("the document is not tagged as it was meant: the times mean nothing")
    works = {
        "parse": lambda: sum(1 for _ in etree.parse(io.BytesIO(data)).iter()),
        "read": lambda: read_document(data, "bench.xhtml"),
        "tag": lambda: tag_document(document, report, placements),
        "strip": lambda: strip_tags(tagged),
    }
    return dict(zip(works, interleaved_seconds(list(works.values()), repeat=repeat), strict=True))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,2000,4000,8000")
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args(arguments)
    sizes = sorted({min(int(size), MOST) for size in given.sizes.split(",")})
    times = {size: measure(size, given.repeat) for size in sizes}
    print_sizes(
        times,
        unit="number",
        goals=GOALS,
        growing=times[sizes[0]].keys() - {"parse"},
        since=sizes[0],
        linear=LINEAR,
    )


if __name__ == "__main__":
    main()
