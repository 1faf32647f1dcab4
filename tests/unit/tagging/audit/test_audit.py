"""What the audit says of numbers that are no facts, and of documents that contradict the items."""

from __future__ import annotations

import pytest

from exporter.disclosures.losses import NetLoss
from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.disclosures.ownership import OwnershipInterest
from exporter.items.values import EntityRef, Money, Percent
from exporter.model.period import Duration, Instant
from exporter.tagging.audit.audit import Status
from exporter.tagging.audit.page import review_page
from exporter.validation.json_schema import check_json_schema
from tests.unit.tagging.pages import search, table

FY2005 = Duration("2004-04-01", "2005-03-31")
FY2004 = Duration("2003-04-01", "2004-03-31")
LOSS = NetLoss(amount=Money.parse("¥15.6 billion"), over=FY2004)
REVENUE = MonetaryFact(meaning=MonetaryMeaning.REVENUE, at=FY2005, amount=Money.parse("¥41,703 million"))


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<p>Please see Item 5 of this report.</p>", "refers"),
        ("<p>This annual report on Form 20-F is long.</p>", "refers"),
        ("<p>See Note 12 and Note 13 for more.</p>", "refers"),
        ("<p>第5条による。</p>", "refers"),
        ("<h2>3. Key Information</h2>", "numbers a heading"),
        ("<p>(1) Averages are taken over all days.</p>", "marks a footnote"),
        ("<p>- 12 -</p>", "page"),
        ("<p>One of our suppliers may fail, or one or more of them.</p>", "idiom"),
        ("<p>We moved from version four to version six of the protocol.</p>", "version"),
        ("<p>The rate is quoted per U.S. $1.00 at noon.</p>", "one unit"),
        ("<p>Telephone: +81-3-5259-6500</p>", "identifier"),
        ("<p>Commission file number 0-30204</p>", "refers"),
        ("<p>We offer IPv6 and 3G services.</p>", "name or a word"),
        ("<p>It opens at 10:30 a.m. each day.</p>", "time"),
        ("<p>In the fiscal year ended March 31, 2001 we grew.</p>", "period"),
        ("<p>Visit http://www.example.com/2005/10 for more.</p>", "identifier"),
    ],
)
def test_rules_explain_what_is_no_fact(body: str, reason: str) -> None:
    lines = search(body, LOSS).audit.lines
    assert lines
    for line in lines:
        assert line.status is Status.EXPLAINED, line.as_row()
    assert reason in " ".join(line.reason for line in lines)


@pytest.mark.parametrize(
    "body",
    [
        "<p>We employ 1,234 people.</p>",
        "<p>Sales grew by 12.5% in Asia.</p>",
        "<p>It cost US$3.2 million.</p>",
        "<p>We have three factories.</p>",
        "<p>On May 5, 2005 we sold a factory.</p>",
        table(("Staff", "Men", "Women"), ("Tokyo", "12", "(14)")),
    ],
)
def test_what_may_be_a_fact_stays_unexplained(body: str) -> None:
    found = search(body, LOSS)
    assert found.audit.unexplained
    assert not found.audit.is_clean
    assert "exporter:unexplainedNumber" in found.codes()


def test_heads_of_tagged_columns_are_explained() -> None:
    found = search("<p>Millions of yen</p>" + table(("Year ended March 31,", "2005"), ("Revenues", "41,703")), REVENUE)
    assert found.audit.is_clean
    assert [line.status for line in found.audit.lines].count(Status.TAGGED) == 1


def test_a_prior_year_that_no_item_states_is_unexplained() -> None:
    rows = table(("Year ended March 31,", "2004", "2005"), ("Revenues", "38,780", "41,703"))
    found = search("<p>Millions of yen</p>" + rows, REVENUE)
    assert [line.text for line in found.audit.unexplained] == ["38,780"]
    assert "exporter:documentDiffers" not in found.codes()


def test_a_rounded_statement_is_explained_by_the_fact() -> None:
    found = search(
        "<p>Revenues were ¥41,703 million for the year ended March 31, 2005. In short, revenues of the year ended "
        "March 31, 2005 were ¥41.7 billion.</p>",
        REVENUE,
    )
    assert found.audit.is_clean
    assert any("fewer digits" in line.reason for line in found.audit.lines)


def test_another_number_at_the_place_is_an_error() -> None:
    share = OwnershipInterest(
        holder=EntityRef("NTT and its affiliates"), share=Percent.parse("31.5%"), as_of=Instant("2005-03-31")
    )
    found = search("<p>NTT and its affiliates are our major shareholder by ownership: 31.6% of all shares.</p>", share)
    [told] = [finding for finding in found.audit.findings if finding.code == "exporter:documentDiffers"]
    assert told.is_error
    assert "31.6%" in told.message
    assert "0.315" in told.message
    assert told.location.line == 1
    assert told.location.pointer == "/items/0/share"


def test_another_number_elsewhere_is_a_warning() -> None:
    found = search(
        "<p>Our net loss for the year ended March 31, 2004 was ¥15.6 billion.</p>"
        "<p>The net loss for the year ended March 31, 2004, ¥16.6 billion, was high.</p>",
        LOSS,
    )
    [told] = [finding for finding in found.audit.findings if finding.code == "exporter:documentDiffers"]
    assert not told.is_error
    assert "says what the item says" in told.message


def test_another_number_in_the_cell_is_an_error() -> None:
    rows = table(("Year ended March 31,", "2004", "2005"), ("Revenues", "38,780", "41,730"))
    found = search("<p>Millions of yen</p>" + rows, REVENUE)
    assert [each.is_error for each in found.audit.findings if each.code == "exporter:documentDiffers"] == [True]


def test_the_audit_as_json_fits_its_schema() -> None:
    found = search("<p>Sales grew by 12.5% on May 5, 2005.</p>", LOSS)
    assert list(check_json_schema(found.audit.as_dict(), "tagging-audit.schema.json")) == []
    assert found.audit.summary()["unexplained"] == 2


def test_the_review_page_is_static_and_escaped() -> None:
    found = search("<p>A &lt;b&gt; &amp; 12.5% of <i>it</i></p>" + table(("Revenues &lt;x&gt;", "41,703")), LOSS)
    page = review_page(found.audit, title='<script>alert("1")</script>')
    assert "<script" not in page
    assert "A &lt;b&gt; &amp; " in page
    assert '<mark class="unexplained"' in page
    assert "Revenues &lt;x&gt;" in page
    assert "Not found" in page
