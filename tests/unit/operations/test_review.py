"""The review of items and of reports: every fact with where it comes from, findings, another filing beside it."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.operations.review import write_review
from exporter.page.review import Review, ReviewedFact

pytestmark = pytest.mark.door("jinja2")
EXAMPLE = Path(__file__).parents[3] / "examples" / "iij-20f-2005" / "report.yaml"
LAST = """\
filing: {{entity: {{cik: "0001090633"}}, period_end: {year}-03-31, prefix: x, namespace: "http://x.example.com/{year}0331"}}
items:
  - type: AccumulatedDeficit
    amount: {amount}
    as_of: {year}-03-31
  - {{type: NetLoss, amount: JPY 2 million, over: {{start: {before}-04-01, end: {year}-03-31}}}}
"""


def reviewed(source: Path, folder: Path, **options: object) -> Review:
    return write_review(source, folder / "review.html", **options)  # type: ignore[arg-type]


def named(review: Review, concept: str) -> ReviewedFact:
    (fact,) = (fact for fact in review.facts if fact.concept.endswith(f":{concept}"))
    return fact


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Review:
    return reviewed(EXAMPLE, tmp_path_factory.mktemp("review"))


def test_every_fact_of_the_example_is_reviewed(example: Review) -> None:
    assert len(example.facts) == len(load_filing(EXAMPLE).to_report().facts)
    shown = {fact for section in example.sections for subject in section.subjects for fact in subject.facts}
    assert shown == set(range(len(example.facts)))


def test_a_fact_knows_its_line_and_what_is_written_there(example: Review) -> None:
    fact = named(example, "RetainedEarningsAccumulatedDeficit")
    (source,) = fact.sources
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    assert source.written == "¥34.4 billion"
    assert "¥34.4 billion" in lines[int(source.location.rpartition(":")[2]) - 1]
    assert source.item.endswith("AccumulatedDeficit amount")
    (line,) = (line for line in example.source_lines if line.anchor == source.anchor)
    assert "¥34.4 billion" in line.text
    assert [example.facts[number].concept for number in line.facts] == [fact.concept]
    assert [line.text for line in example.source_lines] == lines
    assert (fact.value, fact.accuracy, fact.unit) == ("\u221234,400,000,000", "to 100,000,000", "JPY")


def test_findings_stand_at_what_they_concern(example: Review) -> None:
    numbers = {finding.code: number for number, finding in enumerate(example.findings)}
    concerned = example.facts_of_findings()
    assert concerned.keys() == set(numbers.values())
    assert all(len(facts) == 1 for facts in concerned.values())  # both are about an item: its first fact stands for it
    subjects = [subject for section in example.sections for subject in section.subjects if subject.findings]
    assert {finding for subject in subjects for finding in subject.findings} == set(numbers.values())


def test_the_tables_of_a_filing_are_signed_too(tmp_path: Path) -> None:
    """Files of tables and of databases, each once; not what the database is asked."""
    with sqlite3.connect(tmp_path / "figures.db") as database:
        database.execute("create table losses (amount text, start text, end text)")
        database.execute("insert into losses values ('JPY 2 million', '2004-04-01', '2005-03-31')")
    (tmp_path / "deficits.csv").write_text("amount,as_of\nJPY 5 million,2005-03-31\n", encoding="utf-8")
    source = tmp_path / "report.yaml"
    source.write_text(
        "filing: {entity: {cik: '1'}, period_end: 2005-03-31}\n"
        "tables:\n"
        "  - {file: deficits.csv, type: AccumulatedDeficit}\n"
        "  - {file: deficits.csv, type: AccumulatedDeficit, rows: 9-}\n"
        "  - database: sqlite:///figures.db\n"
        "    table: losses\n"
        "    type: NetLoss\n"
        "    columns: {amount: amount, over.start: start, over.end: end}\n",
        encoding="utf-8",
    )
    review = reviewed(source, tmp_path)
    names = ["report.yaml", "deficits.csv", "figures.db"]
    assert [(file.name, file.sha256) for file in review.digests] == [
        (name, hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()) for name in names
    ]


def test_rules_and_digests(tmp_path: Path) -> None:
    review = reviewed(EXAMPLE, tmp_path, rules=("form-20-f",))
    assert [text.partition(":")[0] for text in review.coverage] == ["form-20-f"]
    assert review.counts["error"] > 0
    assert [(file.name, file.sha256) for file in review.digests] == [
        ("report.yaml", hashlib.sha256(EXAMPLE.read_bytes()).hexdigest())
    ]


def test_a_report_is_reviewed_by_its_taxonomy(tmp_path: Path) -> None:
    export_filing(load_filing(EXAMPLE), tmp_path, formats=("xbrl-xml",))
    review = reviewed(tmp_path / "iij-20050331.xbrl", tmp_path)
    titles = [subject.title for section in review.sections for subject in section.subjects]
    assert "Exchange Rates" in titles
    fact = next(fact for fact in review.facts if fact.concept.endswith("NoonBuyingRateHigh"))
    assert fact.label == "Noon Buying Rate, High"
    assert fact.sources[0].location == f"iij-20050331.xbrl, fact {fact.id}"
    assert review.title == "Internet Initiative Japan Inc."


def test_another_filing_stands_beside_it(tmp_path: Path) -> None:
    last, this = tmp_path / "last.yaml", tmp_path / "this.yaml"
    last.write_text(LAST.format(year=2004, before=2003, amount="JPY 10 million"), encoding="utf-8")
    this.write_text(LAST.format(year=2005, before=2004, amount="JPY 15 million"), encoding="utf-8")
    review = reviewed(this, tmp_path, against=last)
    deficit = named(review, "RetainedEarningsAccumulatedDeficit")
    assert (deficit.change, deficit.other) == ("-50.0%", "\u221210,000,000")
    assert named(review, "NetIncomeLoss").change == "unchanged"
    assert review.changes == {"changed": 1, "unchanged": 1, "new": 0, "gone": 0, "restated": 0}
    assert [file.name for file in review.digests] == ["this.yaml", "last.yaml"]


def test_figures_that_only_the_other_has_are_listed(tmp_path: Path) -> None:
    last, this = tmp_path / "last.yaml", tmp_path / "this.yaml"
    text = LAST.format(year=2005, before=2004, amount="JPY 15 million")
    last.write_text(text, encoding="utf-8")
    this.write_text("".join(line for line in text.splitlines(keepends=True) if "NetLoss" not in line), encoding="utf-8")
    assert reviewed(this, tmp_path, against=last).gone == (
        ("Net Income (Loss)", "Year ended March 31, 2005", "\u22122,000,000"),
    )


def test_a_workbook_is_reviewed_by_its_cells(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "filing"
    for row in (("entity.cik", "0001090633"), ("period_end", "2005-03-31"), ("prefix", "x")):
        book.active.append(row)
    sheet = book.create_sheet("AccumulatedDeficit")
    sheet.append(("amount", "as_of"))
    sheet.append(("JPY 15 million", "2005-03-31"))
    book.save(tmp_path / "book.xlsx")
    review = reviewed(tmp_path / "book.xlsx", tmp_path)
    (source,) = review.facts[0].sources
    assert source.location.endswith("!AccumulatedDeficit!A2")
    assert [(line.label, line.text) for line in review.source_lines] == [("AccumulatedDeficit!A2", "JPY 15 million")]


def test_without_matplotlib_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exporter.operations.review.can_draw", lambda: False)
    review = reviewed(EXAMPLE, tmp_path)
    assert not any(subject.charts for section in review.sections for subject in section.subjects)
    assert "filing-exporter[charts]" in review.remarks[0]


def test_a_document_has_its_words_beside_the_figures(tmp_path: Path) -> None:
    export_filing(load_filing(EXAMPLE), tmp_path, formats=("inline-xbrl",))
    review = reviewed(tmp_path / "iij-20050331.xhtml", tmp_path)
    fact = next(fact for fact in review.facts if fact.concept.endswith("RetainedEarningsAccumulatedDeficit"))
    assert "34.4" in fact.document
