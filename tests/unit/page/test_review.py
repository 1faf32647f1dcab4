"""The review page: everything is there, and nothing of a filing is taken for markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from io import BytesIO
from typing import Any

import pytest

from exporter.findings import Finding, Location, Severity
from exporter.page.review import (
    FigureCell,
    FileDigest,
    Review,
    ReviewedFact,
    ReviewRow,
    ReviewSection,
    ReviewSubject,
    ReviewTable,
    RowGroup,
    SourceLine,
    SourceLink,
    in_order,
    write_review,
)

pytestmark = pytest.mark.door("jinja2")
EVIL = "</script><script>alert(1)</script>\u2028<img src=x onerror=alert(1)>"


def page(review: Review) -> str:
    stream = BytesIO()
    write_review(review, stream)
    return stream.getvalue().decode()


def data(text: str) -> list[dict[str, Any]]:
    """What the script is given."""
    match = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert match is not None
    facts: list[dict[str, Any]] = json.loads(match[1])
    return facts


def made(text: str = "a text") -> Review:
    link = SourceLink(item=f"items[1] {text}", location="x.yaml:3", anchor="p1", written=text)
    facts = (
        ReviewedFact(id="f1", label="Deficit", concept="x:Deficit", value="-34,400", sources=(link,), notes=(1,)),
        ReviewedFact(id=text, label=text, concept=text, value=text, dimensions=(text,), findings=(0, 1), change="new"),
    )
    rows = (
        ReviewRow(label="Assets", is_heading=True),
        ReviewRow(
            label="Deficit",
            concept="x:Deficit",
            cells=((FigureCell(0, "-34,400"),), ()),
            is_number=True,
            difference="+1",
            percent="+2.0%",
        ),
        ReviewRow(label=text, concept=text, cells=((FigureCell(1, text * 30),), ())),
    )
    table = ReviewTable(heads=("2005", text), groups=(RowGroup(text, rows),), measure="In JPY", change="Change")
    subject = ReviewSubject(id="s1", title=text, tables=(table,), findings=(0, 1))
    findings = (
        Finding(code="a:minor", message="a remark", severity=Severity.WARNING),
        Finding(code="a:major", message=text, fix=text, location=Location(file="folder/x.yaml", line=3)),
    )
    return Review(
        title=text,
        sections=(ReviewSection(text, (subject,)),),
        facts=facts,
        entities=(text,),
        taxonomy=(text,),
        findings=in_order(findings),
        notes=(("en", text),),
        source_name=text,
        source_lines=(SourceLine(anchor="p1", label="3", text=text, facts=(0,)),),
        digests=(FileDigest(text, 12_345, "ab" * 32),),
        against=text,
        changes={"new": 1},
        gone=((text, text, text),),
    )


def test_everything_is_on_the_page() -> None:
    text = page(made())
    for part in (
        "-34,400",
        "a text",
        "In JPY",
        "+2.0%",
        "ab" * 32,
        "12,345",
        "x.yaml:3",
        "Approved by",
        "No longer reported",
    ):
        assert part in text
    assert text.index("a:major") < text.index("a:minor")
    assert '<a href="#note-1" aria-label="note 1">1</a>' in text
    assert page(made()) == text


def test_a_figure_leads_to_its_source_and_back() -> None:
    text = page(made())
    assert '<a class="fact" id="f0" href="#p1" data-f="0">-34,400</a>' in text
    assert (
        '<tr id="p1"><th scope="row">3</th><td><code>a text</code></td><td><a class="fact" href="#f0">Deficit</a>'
        in text
    )


def test_findings_stand_beside_what_they_concern() -> None:
    text = page(made())
    assert '<a class="mark error" href="#finding-1" title="error">' in text
    assert '<li class="error"><a href="#finding-1">error 1</a>: a text</li>' in text
    assert 'data-f="1">a text</a></td>' in text  # from the finding to the figure


def test_nothing_of_a_filing_is_taken_for_markup() -> None:
    text = page(made(EVIL))
    assert text.count("<script") == 2  # the data and the script of the page
    assert "<img" not in text
    assert data(text)[1]["value"] == EVIL
    assert data(page(made()))[0] == {
        "id": "f1",
        "label": "Deficit",
        "concept": "x:Deficit",
        "value": "-34,400",
        "sources": [{"item": "items[1] a text", "at": "x.yaml:3", "anchor": "p1", "written": "a text"}],
        "notes": [1],
    }


def test_only_the_script_of_the_page_runs() -> None:
    text = page(made())
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in text
    assert "default-src 'none'" in text


def test_a_page_of_nothing() -> None:
    text = page(Review(title="empty", sections=(), facts=()))
    assert "Nothing was found to be wrong." in text
