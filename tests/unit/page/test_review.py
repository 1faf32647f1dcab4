"""The page of a review: everything is there, and nothing in it is taken for markup."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from exporter.cli.main import run
from exporter.findings import Finding, Location, Severity
from exporter.model.dimensions import Context, Entity, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import Instant
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report
from exporter.model.unit import Unit
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.operations.review import review_filing, review_report
from exporter.page.review import Review, write_review

pytestmark = pytest.mark.door("jinja2")

ROOT = Path(__file__).parents[3]
SOURCE = ROOT / "examples" / "iij-20f-2005" / "report.yaml"
EVIL = "<script>alert(1)</script>"


def page(review: Review) -> str:
    stream = BytesIO()
    write_review(review, stream)
    return stream.getvalue().decode()


def name(local: str) -> QName:
    return QName("http://x.example.com", local, prefix="x")


def made() -> Review:
    axis = TypedDimension(name("HolderAxis"), EVIL)
    context = Context(Entity.cik(7), Instant("2005-03-31"), (axis,))
    facts = [
        Fact(name("Deficit"), context, "-34400000000.50", -8, Unit.currency("JPY"), id="f1"),
        Fact(name("Text"), context, EVIL, language="en", id="f2"),
        Fact(name("Nil"), context, None, id="f3"),
    ]
    report = Report(
        taxonomy=["x.xsd"],
        facts=facts,
        footnotes=[FootnoteResource("<p>Tom &amp; &lt;b&gt;</p>", "en", "n1")],
        links=[Link("f3", "n1")],
    )
    findings = (
        Finding(code="a:minor", message="a remark", severity=Severity.WARNING),
        Finding(code="a:major", message=EVIL, fix="mend it", location=Location(file="x.yaml", line=3)),
    )
    return Review(
        title=EVIL, report=report, findings=findings, labels={name("Text"): "A Text"}, origins={"f1": ["Item 1"]}
    )


def test_everything_is_on_the_page() -> None:
    text = page(made())
    for said in ("-34,400,000,000.50", "-8", "iso4217:JPY", "2005-03-31", "A Text", "not stated", "Item 1", "x.xsd"):
        assert said in text
    assert "1 errors, 1 warnings, 0 remarks" in text
    assert text.index("a:major") < text.index("a:minor")
    assert "x.yaml:3" in text
    assert '<a href="#note-1">1</a>' in text
    assert page(made()) == text


def test_nothing_is_taken_for_markup_and_nothing_runs() -> None:
    text = page(made())
    assert "<script" not in text
    assert text.count("&lt;script&gt;") == 2 + 3 + 1 + 1  # title, dimensions, value, finding
    assert "Tom &amp; &lt;b&gt;" in text  # the note's text, not its markup
    assert "http-equiv" in text  # no script, image or style may be fetched


def test_the_example_is_reviewed(tmp_path: Path) -> None:
    filing = load_filing(SOURCE)
    text = page(review_filing(filing))
    assert text.count("<tr><td>") == len(filing.to_report().facts)
    assert "items[0] DocumentInfo document_type" in text
    target = tmp_path / "page.html"
    assert run(["review", str(SOURCE), "-o", str(target), "--quiet"]) == 0
    assert "exporter:dateNotStated" in target.read_text(encoding="utf-8")


def test_a_report_is_labelled_by_its_taxonomy(tmp_path: Path) -> None:
    export_filing(load_filing(SOURCE), tmp_path, formats=("xbrl-xml",))
    review = review_report(tmp_path / "iij-20050331.xbrl")
    labels = {concept.local_name: label for concept, label in review.labels.items()}
    assert labels["NoonBuyingRateHigh"] == "Noon Buying Rate, High"
