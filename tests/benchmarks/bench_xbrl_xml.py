"""How fast XBRL 2.1 XML is written and read, against lxml doing the same bare work.

Run as a script: ``python -m tests.benchmarks.bench_xbrl_xml``. Goals: writing checked XML takes at most 0.9 of what
``lxml.etree.xmlfile`` takes to write the same elements unchecked; reading facts at most 3 times what lxml takes to
parse and visit every element; a fact of 100,000 costs at most 1.25 times one of 10,000.
"""

from __future__ import annotations

import io
from typing import BinaryIO

from attrs import evolve
from lxml import etree

from exporter.formats.options import ReadOptions
from exporter.formats.xbrl_xml.read.report import iter_facts, read
from exporter.formats.xbrl_xml.write.report import write
from exporter.model.report import Report
from exporter.resources.targets import StreamTarget
from tests.benchmarks.measure import best_seconds, interleaved_seconds, table, verdict
from tests.benchmarks.workload import VOCABULARY, build_report

SMALL, LARGE = 10_000, 100_000
OPTIONS = ReadOptions(name="bench.xbrl", load_vocabulary=lambda hrefs: VOCABULARY)


def written(report: Report) -> bytes:
    """The report as XML."""
    stream = io.BytesIO()
    write(report, StreamTarget(stream))
    return stream.getvalue()


def write_bare(root: etree._Element, stream: BinaryIO) -> None:
    """The same elements by lxml's incremental writer, nothing checked."""
    with etree.xmlfile(stream, encoding="utf-8") as out, out.element(root.tag, nsmap=root.nsmap):
        for child in root:
            if len(child):
                out.write(child)
                continue
            with out.element(child.tag, dict(child.items())):
                out.write(child.text or "")


def parse_bare(document: bytes) -> int:
    """lxml alone: a tree, and a look at each element."""
    return sum(1 for _ in etree.parse(io.BytesIO(document)).iter())


def main() -> None:
    """Print the table."""
    report = build_report(LARGE)
    small = evolve(report, facts=report.facts[:SMALL])
    document, little = written(report), written(small)
    root = etree.fromstring(document)
    ours, theirs = interleaved_seconds(
        [lambda: write(report, StreamTarget(io.BytesIO())), lambda: write_bare(root, io.BytesIO())], repeat=3
    )
    reading, streaming, parsing = interleaved_seconds(
        [
            lambda: read(io.BytesIO(document), OPTIONS),
            lambda: sum(1 for _ in iter_facts(io.BytesIO(document), OPTIONS)),
            lambda: parse_bare(document),
        ],
        repeat=3,
    )
    write_small = best_seconds(lambda: write(small, StreamTarget(io.BytesIO())))
    read_small = best_seconds(lambda: read(io.BytesIO(little), OPTIONS))
    rows = [
        ("write / lxml xmlfile", ours, theirs, ours / theirs, verdict(ours / theirs, 0.9)),
        ("read / lxml parse", reading, parsing, reading / parsing, verdict(reading / parsing, 3)),
        ("iter_facts / lxml parse", streaming, parsing, streaming / parsing, verdict(streaming / parsing, 3)),
        _growth("write, 100k / 10k", ours, write_small),
        _growth("read, 100k / 10k", reading, read_small),
    ]
    print(table(("what", "ours s", "other s", "ratio", "verdict"), rows))


def _growth(what: str, large: float, small: float) -> tuple[str, float, float, float, str]:
    ratio = (large / LARGE) / (small / SMALL)
    return (what, large, small, ratio, verdict(ratio, 1.25))


if __name__ == "__main__":
    main()
