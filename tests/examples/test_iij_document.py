"""The example's own document: every figure of the items is found in it, and nothing in it is left unexplained."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.filing import Filing
from exporter.findings import Severity
from exporter.operations.load import load_filing
from exporter.sources import read_source
from exporter.tagging.audit.audit import Audit, audit
from exporter.tagging.audit.page import review_page
from exporter.tagging.document.document import DocumentText, read_document
from exporter.tagging.search.anchors import Anchors, read_anchors
from exporter.tagging.search.expected import ExpectedFact, Shape, derive_expected
from exporter.tagging.search.search import Placements, find_placements
from exporter.tagging.write.tags import tag_document
from exporter.transformations import IXT_4, IXT_SEC
from exporter.validation.json_schema import check_json_schema

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "iij-20f-2005"
EXCERPT = ROOT.parent / "shared" / "seed" / "form-20f-excerpt.txt"
# What the document says in no words that could be tagged: codes of the taxonomy, summaries, lists in one fact.
NOT_SHOWN = {
    "DocumentFiscalPeriodFocus",
    "LargestShareholderIndicator",
    "MajorShareholderIncludesAffiliatesIndicator",
    "PersonNoncompetitionAgreementIndicator",
    "PersonTitles",
    "EntityRelationIndicator",
    "ControlRightConditions",
    "NominatedDirectorsAppointedMeeting",
    "EventOutcome",
    "EventParties",
    "NoonBuyingRateSource",
    "ExchangeRateSource",
    "RiskFactorCategory",
    "RiskFactorsTextBlock",
}


@pytest.fixture(scope="module")
def filing() -> Filing:
    return load_filing(EXAMPLE / "report.yaml")


@pytest.fixture(scope="module")
def document() -> DocumentText:
    return read_document(EXAMPLE / "document.html", "document.html")


@pytest.fixture(scope="module")
def anchors() -> Anchors:
    return read_anchors(read_source(EXAMPLE / "anchors.yaml"))


@pytest.fixture(scope="module")
def expected(filing: Filing) -> tuple[ExpectedFact, ...]:
    return derive_expected(filing.derived)


@pytest.fixture(scope="module")
def found(document: DocumentText, expected: tuple[ExpectedFact, ...], anchors: Anchors) -> Placements:
    return find_placements(document, expected, anchors, registries=(IXT_4, IXT_SEC))


@pytest.fixture(scope="module")
def audited(document: DocumentText, expected: tuple[ExpectedFact, ...], found: Placements, anchors: Anchors) -> Audit:
    return audit(document, expected, found, anchors)


def test_all_figures_of_the_items_are_found(found: Placements) -> None:
    missing = [each.expected for each in found.missing]
    assert [each.title for each in missing if each.shape.is_numeric or each.shape.is_calendar] == []
    shown = {each.fact.concept.local_name for each in missing if each.shape not in (Shape.UNKNOWN, Shape.CHOICE)}
    assert shown <= NOT_SHOWN


def test_the_audit_is_clean(audited: Audit) -> None:
    assert audited.is_clean, [str(each) for each in audited.findings if each.severity is not Severity.INFO]
    assert audited.summary()["tagged"] >= 80


def test_each_figure_stands_under_its_own_fact(
    document: DocumentText, expected: tuple[ExpectedFact, ...], found: Placements
) -> None:
    by_id = {each.id: each for each in expected}
    said: dict[str, list[str]] = {}
    for placement in found.placements:
        each = by_id[placement.fact]
        if each.shape.is_numeric and each.fact.unit is None:
            text = document.text[placement.first.start : placement.first.end]
            said.setdefault(each.fact.concept.local_name, []).append(text)
    assert said == {
        "NumberOfConsecutiveFiscalYearsWithNetLoss": ["six", "six"],
        "NumberOfFiscalYearsWithOperatingLoss": ["five"],
        "MajorShareholderOwnershipPercentage": ["31.6", "31.6"],
        "NumberOfNomineesMaximum": ["three"],
        "NumberOfNominatedDirectorsAppointed": ["two", "one"],
    }
    rates = [each for each in found.placements if by_id[each.fact].fact.unit and by_id[each.fact].is_quotient]
    assert len(rates) == 50
    amounts = [each for each in found.placements if by_id[each.fact].currency and not by_id[each.fact].is_quotient]
    assert sorted(document.text[each.first.start : each.first.end] for each in amounts) == [
        "15.6",
        "2.1",
        "34.4",
        "8.9",
        "8.9",
    ]


def test_it_is_tagged_and_read_back(filing: Filing, document: DocumentText, found: Placements) -> None:
    data = tag_document(document, filing.derived.report, found.placements)
    assert data.count(b"<ix:nonFraction ") >= 60


def test_the_audit_fits_its_schema(audited: Audit) -> None:
    assert list(check_json_schema(audited.as_dict(), "tagging-audit.schema.json")) == []


def test_the_review_page_shows_every_surface(audited: Audit) -> None:
    page = review_page(audited)
    assert page.count("<mark class=") == len(audited.lines) + 3  # and the three of the legend
    assert "<script" not in page


def test_no_sentence_of_the_excerpt_is_in_the_document(document: DocumentText) -> None:
    if not EXCERPT.exists():
        pytest.skip("the excerpt is not at hand")
    words = EXCERPT.read_text(encoding="utf-8").split()
    own = (document.text[block.start : block.end] for block in document.blocks if block.kind == "paragraph")
    assert [run for text in own for run in eights(text.split()) & eights(words)] == []


def eights(words: list[str]) -> set[str]:
    """Eight words in a row; rows of figures are facts, no sentences."""
    runs = (words[index : index + 8] for index in range(len(words) - 7))
    return {" ".join(run) for run in runs if sum(word.strip("(,.)").isalpha() for word in run) > 3}


def test_arelle_accepts_the_document_tagged_without_the_rules_of_edgar(filing: Filing, tmp_path: Path) -> None:
    """Counts in words are read by a transformation of EDGAR's; without its profile they stay text."""
    pytest.importorskip("arelle")
    from exporter.operations.tag import tag_filing
    from exporter.validation.arelle import validate_with_arelle

    output = tmp_path / "tagged.xhtml"
    done = tag_filing(EXAMPLE / "document.html", filing, output, anchors=EXAMPLE / "anchors.yaml")
    assert "http://www.sec.gov/inlineXBRL/transformation" not in output.read_text(encoding="utf-8")
    assert done.placements
    assert validate_with_arelle([output]) == []
