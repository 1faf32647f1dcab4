"""Rules of risk factors, text blocks and item statuses."""

from __future__ import annotations

from typing import Any

from exporter.disclosures import ItemStatus, RiskFactor, TextDisclosure
from exporter.disclosures.texts import ItemResponseStatus, TextKind
from exporter.items.values.texts import TextBlock
from tests.unit.disclosures.found import YEAR, across, errors, warnings


def factor(ordinal: int = 1, body: str = "Competition is strong.", **values: Any) -> RiskFactor:
    said = {"over": YEAR, "heading": "We may not compete well.", **values}
    return RiskFactor(**said, ordinal=ordinal, body=TextBlock.of(body))


def text(kind: TextKind = TextKind.NARRATIVE, body: str = "A text.", **values: Any) -> TextDisclosure:
    return TextDisclosure(kind=kind, over=YEAR, text=TextBlock.of(body), **values)


def status(item: str, answer: ItemResponseStatus, **values: Any) -> ItemStatus:
    return ItemStatus(item=item, over=YEAR, status=answer, **values)


def test_headings() -> None:
    assert warnings(factor()) == []
    assert warnings(factor(heading="競争に勝てないおそれがあります。")) == []
    assert warnings(factor(heading="We may not compete well")) == ["headingWithoutStop"]
    assert warnings(factor(heading="Due to other other factors.")) == ["repeatedWord"]
    assert errors(lambda: factor(heading=" ")) == ["emptyText"]


def test_bodies_and_numbers() -> None:
    assert errors(lambda: factor(0)) == ["ordinalBelowOne"]
    empty = TextBlock("<p> </p>")
    assert errors(lambda: RiskFactor(ordinal=1, over=YEAR, heading="A risk.", body=empty)) == ["emptyText"]
    assert errors(lambda: TextDisclosure(kind=TextKind.POLICY, over=YEAR, text=empty)) == ["emptyText"]


def test_each_risk_factor_has_its_number() -> None:
    other = factor(heading="We may lose customers.")
    assert "ordinalTwice!" in across(factor(), other)
    assert across(factor(), factor(2, heading="We may lose customers.")) == []
    assert across(factor(), factor(heading="競争。", language="ja")) == []


def test_the_section_holds_its_factors() -> None:
    section = text(TextKind.RISK_FACTORS, "Read this.\n\nCompetition  is strong.\n\nMore.")
    assert across(section, factor()) == []
    assert across(section, factor(body="Competition is weak.")) == ["sectionTextDiffers"]


def test_item_numbers() -> None:
    provided = ItemResponseStatus.PROVIDED
    for number in ("3.B", "5", "16A", "16.A.1"):
        assert warnings(status(number, provided)) == []
    for number in ("Item 3", "3.b", "", "0"):
        assert errors(lambda number=number: status(number, provided)) == ["itemNumber"]  # type: ignore[misc]


def test_references_have_a_target() -> None:
    reference = ItemResponseStatus.INCORPORATED_BY_REFERENCE
    assert errors(lambda: status("3.A", reference)) == ["targetMissing"]
    assert errors(lambda: status("3.A", reference, target=" ")) == ["targetMissing"]
    assert warnings(status("3.A", reference, target="annual report")) == []
    assert warnings(status("3.A", ItemResponseStatus.OMITTED, target="annual report")) == ["targetWithoutReference"]


def test_an_unanswered_item_has_no_text() -> None:
    no = status("3.B", ItemResponseStatus.NOT_REQUIRED)
    assert across(no, text(item="3.B")) == ["textOfUnansweredItem!"]
    assert across(no, text(item="3.D")) == []
    assert across(status("3.B", ItemResponseStatus.PROVIDED), text(item="3.B")) == []


def test_cross_references() -> None:
    listed = status("3.D", ItemResponseStatus.PROVIDED)
    assert across(factor(body="See Item 5.")) == []
    assert across(listed, factor(body="See Item 5 and Item 5.")) == ["crossReference"]
    assert across(listed, factor(body="See Item 3.D and Item 3.")) == []


def test_the_two_answers_differ() -> None:
    no, none = ItemResponseStatus.NOT_REQUIRED, ItemResponseStatus.NOT_APPLICABLE
    assert across(status("3.B", no), status("3.B", none)) == ["duplicateContradicts!"]
    assert no.label != none.label
