"""The real text that the example's figures come from: what is tagged in it, against the inventory of its figures."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

import pytest

from exporter.filing import Filing
from exporter.operations.load import load_filing
from exporter.tagging.audit.audit import Audit, Status, audit
from exporter.tagging.document.document import DocumentText, read_document
from exporter.tagging.document.source import Placement
from exporter.tagging.search.expected import ExpectedFact, derive_expected
from exporter.tagging.search.search import Placements, find_placements
from exporter.tagging.write.tags import tag_document
from exporter.transformations import IXT_4, IXT_SEC

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "examples" / "iij-20f-2005" / "report.yaml"
SEED = ROOT.parent / "shared" / "seed"
KINDS = ("exchange_rates", "amounts", "percentages", "counts")
# Dates that are values of facts; all others of the inventory name the period of something and are no facts themselves.
DATE_FACTS = {
    "DT-BS": "ConvenienceTranslationRateDate",
    "DT-NTTBUY": "EventMonth",
    "DT-PRIVLAW": "EventMonth",
    "DT-CWPET": "EventMonth",
    "DT-SUBAGR": "EventMonth",
    "DT-AGM": "EventDate",
    "DT-CWPET2": "EventMonth",
    "DT-LEASE": "EventMonth",
}
# The head "Fiscal year ended March 31," states the day on which fiscal years end; the inventory lists whole dates.
HEAD_OF_YEARS = "CurrentFiscalYearEndDate"
# Numbers of the items that the text does not print: it says "each of the previous six", with one exception.
NOT_PRINTED = {"NumberOfFiscalYearsWithOperatingLoss"}
# The text has no cover page, and the dates of two plans are the document's own.
NOT_PRINTED_DATES = {
    "DocumentPeriodEndDate",
    "CurrentFiscalYearEndDate",
    "DocumentFiscalYearFocus",
    "EventDate",
}

pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the text is not at hand")


class Tagged:
    """The text as a page, searched; places as offsets of the text file."""

    def __init__(self) -> None:
        self.filing: Filing = load_filing(SOURCE)
        self.text = (SEED / "form-20f-excerpt.txt").read_text(encoding="utf-8")
        page = page_of(self.text)
        self.document: DocumentText = read_document(page.encode(), "excerpt.html")
        self.expected: tuple[ExpectedFact, ...] = derive_expected(self.filing.derived)
        self.by_id = {each.id: each for each in self.expected}
        self.found: Placements = find_placements(self.document, self.expected, registries=(IXT_4, IXT_SEC))
        self.audit: Audit = audit(self.document, self.expected, self.found)
        self.starts = offsets(self.text, self.document.text)

    def concept(self, placement: Placement) -> str:
        return self.by_id[placement.fact].fact.concept.local_name

    def range(self, placement: Placement) -> tuple[int, int]:
        """Where the placement stands in the text file."""
        start = self.starts[placement.first.start]
        return start, start + len(placement.first)


def page_of(text: str) -> str:
    """The text as HTML: lines as paragraphs, lines with tabs and what stands between them as one table."""
    lines = text.split("\n")
    tabbed = [number for number, line in enumerate(lines) if "\t" in line]
    first, last = min(tabbed), max(tabbed)
    parts: list[str] = []
    for number, line in enumerate(lines):
        if first <= number <= last:
            cells = "".join(f"<td>{escape(cell, quote=False)}</td>" for cell in line.split("\t"))
            parts.append(
                f"{'<table>' if number == first else ''}<tr>{cells}</tr>{'</table>' if number == last else ''}"
            )
        elif line.strip():
            parts.append(f"<p>{escape(line, quote=False)}</p>")
    return f"<html><head><title>Excerpt</title></head><body>\n{chr(10).join(parts)}\n</body></html>"


def offsets(text: str, shown: str) -> list[int]:
    """For each character of the page's text its place in the file: both are the same but for white space."""
    found: list[int] = []
    at = 0
    for character in shown:
        if character.isspace():
            found.append(at)
            continue
        while text[at] != character:
            assert text[at].isspace()
            at += 1
        found.append(at)
        at += 1
    return found


@pytest.fixture(scope="module")
def tagged() -> Tagged:
    return Tagged()


@pytest.fixture(scope="module")
def inventory() -> dict[str, Any]:
    import yaml

    loaded: dict[str, Any] = yaml.safe_load((SEED / "inventory.yaml").read_text(encoding="utf-8"))
    return loaded


def number_range(entry: dict[str, Any]) -> tuple[int, int]:
    at = entry.get("number_at") or entry["at"]
    return at["start"], at["end"]


def local(concept: str) -> str:
    return concept.rpartition(":")[2]


def test_every_number_of_the_inventory_is_tagged_where_it_stands(tagged: Tagged, inventory: dict[str, Any]) -> None:
    """Recall: 50 rates, 4 amounts, the percentage and 4 counts, each with its concept, format, scale and sign."""
    entries = [entry for kind in KINDS for entry in inventory[kind]]
    assert len(entries) == 59
    placed = {(tagged.range(each), tagged.concept(each)): each for each in tagged.found.placements}
    missed = []
    for entry in entries:
        placement = placed.get((number_range(entry), local(entry["concept"])))
        if placement is None or not agrees(placement, entry["ix"]):
            missed.append(entry["id"])
    assert missed == []


def agrees(placement: Placement, ix: dict[str, Any]) -> bool:
    assert placement.format is not None
    format, scale, negative = ix["format"].partition(":")[2], ix["scale"], ix["sign"] == "-"
    return (placement.format.local_name, placement.scale, placement.negative) == (format, scale, negative)


def test_no_other_number_is_tagged(tagged: Tagged, inventory: dict[str, Any]) -> None:
    """Precision: nothing is tagged as a number that the inventory does not list there."""
    expected = {(number_range(entry), local(entry["concept"])) for kind in KINDS for entry in inventory[kind]}
    numeric = [each for each in tagged.found.placements if tagged.by_id[each.fact].shape.is_numeric]
    assert {(tagged.range(each), tagged.concept(each)) for each in numeric} - expected == set()
    assert len(numeric) == len(expected) == 59


def test_dates_that_are_facts_are_tagged(tagged: Tagged, inventory: dict[str, Any]) -> None:
    dates = {entry["id"]: entry for entry in inventory["dates"]}
    placed = {(tagged.range(each), tagged.concept(each)) for each in tagged.found.placements}
    assert [id_ for id_, concept in DATE_FACTS.items() if (number_range(dates[id_]), concept) not in placed] == []


def test_no_other_date_is_tagged(tagged: Tagged, inventory: dict[str, Any]) -> None:
    dates = {entry["id"]: entry for entry in inventory["dates"]}
    expected = {number_range(dates[id_]) for id_ in DATE_FACTS}
    calendar = [
        each
        for each in tagged.found.placements
        if tagged.by_id[each.fact].shape.is_calendar and tagged.concept(each) != HEAD_OF_YEARS
    ]
    assert {tagged.range(each) for each in calendar} == expected
    # The months of the agreement that three rights stem from stand where the agreement is told.
    others = {tagged.concept(each) for each in calendar} - set(DATE_FACTS.values())
    assert others <= {"ControlRightAgreementMonth"}


def test_the_audit_leaves_no_number_unexplained(tagged: Tagged, inventory: dict[str, Any]) -> None:
    assert [line.as_row() for line in tagged.audit.unexplained] == []
    assert {finding.code for finding in tagged.audit.findings} == {"exporter:factNotFound"}
    explained = {
        tagged.starts[line.surface.span.start] for line in tagged.audit.lines if line.status is Status.EXPLAINED
    }
    for entry in inventory["not_facts"]:
        if entry["surface"] != "third":  # part of a word, no surface
            assert any(entry["start"] <= start < entry["end"] for start in explained), entry


def test_numbers_and_dates_that_are_not_found_are_not_printed(tagged: Tagged) -> None:
    missing = [each.expected for each in tagged.found.missing]
    assert {each.fact.concept.local_name for each in missing if each.shape.is_numeric} == NOT_PRINTED
    assert {each.fact.concept.local_name for each in missing if each.shape.is_calendar} <= NOT_PRINTED_DATES | {
        "ControlRightAgreementMonth"
    }


def test_statuses_are_found_in_their_words(tagged: Tagged) -> None:
    said = {tagged.document.text[each.span.start : each.span.end] for each in tagged.found.worded}
    assert said == {"Not required", "Not applicable"}


def test_titles_are_tagged_in_their_headings(tagged: Tagged) -> None:
    titles = [each for each in tagged.found.placements if tagged.concept(each) == "ItemTitle"]
    texts = [tagged.document.text[each.first.start : each.first.end] for each in titles]
    assert texts == ["Capitalization and Indebtedness", "Reasons for the Offer and Use of Proceeds", "Risk Factors"]


def test_the_text_can_be_tagged_there(tagged: Tagged) -> None:
    """Every placement can be spliced in, and read back it is the fact."""
    data = tag_document(tagged.document, tagged.filing.derived.report, tagged.found.placements)
    assert data.count(b"<ix:nonFraction ") == 59


def test_a_changed_figure_is_told_with_both_places(tagged: Tagged) -> None:
    page = tagged.document.xhtml.decode().replace("31.6%", "31.5%").replace("107.28", "107.38")
    document = read_document(page.encode(), "changed.html")
    found = find_placements(document, tagged.expected, registries=(IXT_4, IXT_SEC))
    told = [
        finding
        for finding in audit(document, tagged.expected, found).findings
        if finding.code == "exporter:documentDiffers"
    ]
    assert [(each.location.item, "'31.5%'" in each.message or "'107.38'" in each.message) for each in told] == [
        ("items[2].rows[4] ExchangeRates", True),
        ("items[30] OwnershipInterest", True),
    ]
    assert all(each.is_error and each.location.line for each in told)
