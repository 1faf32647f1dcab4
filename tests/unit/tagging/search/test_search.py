"""Which place of a document states which fact."""

from __future__ import annotations

import pytest

from exporter.disclosures.corporate_events import CorporateEvent, EventKind, EventStatus
from exporter.disclosures.losses import AccumulatedDeficit, ConsecutiveLossYears, NetLoss, WriteOff
from exporter.disclosures.monetary_facts import MonetaryFact, MonetaryMeaning
from exporter.disclosures.ownership import OwnershipInterest
from exporter.disclosures.persons import Position
from exporter.disclosures.related_parties import ControlRight, ControlRightKind
from exporter.items.values import EntityRef, Money, Month, Percent
from exporter.items.values.printed import Span
from exporter.model.period import Duration, Instant
from exporter.tagging.document.source import Placement
from exporter.tagging.search.anchors import Anchor, AnchorLocation, Anchors
from exporter.tagging.search.search import find_placements, nested
from exporter.transformations import IXT_4, parse
from tests.unit.tagging.pages import Searched, search, table

FY2005 = Duration("2004-04-01", "2005-03-31")
FY2004 = Duration("2003-04-01", "2004-03-31")
NTT = EntityRef("NTT and its affiliates", kind="group")


def money(meaning: MonetaryMeaning, at: Duration | Instant, amount: str) -> MonetaryFact:
    return MonetaryFact(meaning=meaning, at=at, amount=Money.parse(amount))


def share(holder: EntityRef, percent: str) -> OwnershipInterest:
    return OwnershipInterest(holder=holder, share=Percent.parse(percent), as_of=Instant("2005-03-31"))


def test_an_amount_in_running_text() -> None:
    found = search(
        "<p>Our accumulated deficit as of March 31, 2005 was ¥34.4 billion.</p>",
        AccumulatedDeficit(amount=Money.parse("¥34.4 billion"), as_of=Instant("2005-03-31")),
    )
    [(text, placement)] = found.tags("RetainedEarningsAccumulatedDeficit")
    assert text.endswith("¥[34.4]")
    assert (placement.format.local_name, placement.scale, placement.negative) == ("num-dot-decimal", 9, True)
    assert found.audit.is_clean


@pytest.mark.parametrize(
    "printed",
    ["¥34,400 million", "JPY 34.4 billion", "34.4 billion yen", "344億円", "¥34.4 bn", "¥34,400,000,000"],
)
def test_forms_of_one_amount(printed: str) -> None:
    found = search(
        f"<p>The accumulated deficit came to {printed} as of March 31, 2005.</p>",
        AccumulatedDeficit(amount=Money("34400000000", "JPY", -8), as_of=Instant("2005-03-31")),
    )
    [(_, placement)] = found.tags("RetainedEarningsAccumulatedDeficit")
    digits = parse(placement.format, found.inside(placement))
    assert float(digits) * 10**placement.scale == 34_400_000_000


@pytest.mark.parametrize(
    "printed",
    [
        "¥34.40 billion",
        "¥34.5 billion",
        "US$34.4 billion",
        "34.4%",
        "¥34.4 million",
        "34.4 billion shares",
        "€34.4 billion",
    ],
)
def test_what_is_another_value_is_not_tagged(printed: str) -> None:
    found = search(
        f"<p>The accumulated deficit came to {printed} as of March 31, 2005.</p>",
        AccumulatedDeficit(amount=Money.parse("¥34.4 billion"), as_of=Instant("2005-03-31")),
    )
    assert found.tags("RetainedEarningsAccumulatedDeficit") == []
    assert "exporter:factNotFound" in found.codes()


INCOME_TABLE = "<p>The table is in millions of yen.</p>" + table(
    ("", "Year ended March 31,", "Year ended March 31,"),
    ("", "2004", "2005"),
    ("Revenues", "¥ 38,780", "¥ 41,703"),
    ("Operating income (loss)", "(1,448)", "1,248"),
    ("Net income (loss)", "(119)", "2,906"),
)


def test_prior_year_columns_and_parentheses() -> None:
    found = search(
        INCOME_TABLE,
        money(MonetaryMeaning.REVENUE, FY2005, "¥41,703 million"),
        money(MonetaryMeaning.REVENUE, FY2004, "¥38,780 million"),
        money(MonetaryMeaning.OPERATING_INCOME, FY2005, "¥1,248 million"),
        money(MonetaryMeaning.OPERATING_INCOME, FY2004, "¥(1,448) million"),
        money(MonetaryMeaning.NET_INCOME, FY2005, "¥2,906 million"),
        money(MonetaryMeaning.NET_INCOME, FY2004, "¥(119) million"),
    )
    assert [found.inside(each) for _, each in found.tags("Revenues")] == ["38,780", "41,703"]
    [(text, loss)] = found.tags("OperatingIncomeLoss", year=2004)
    assert text.endswith("([1,448]")
    assert loss.negative
    assert loss.scale == 6
    [(_, profit)] = found.tags("OperatingIncomeLoss", year=2005)
    assert not profit.negative
    [(text, net)] = found.tags("ProfitLoss", year=2004)
    assert text.endswith("([119]")
    assert net.negative
    assert found.audit.is_clean


def test_the_same_number_in_the_column_of_another_year_is_not_tagged() -> None:
    found = search(
        "<p>Millions of yen</p>"
        + table(
            ("Year ended March 31,", "2004", "2005"), ("Revenues", "41,703", "41,703"), ("Cost", "41,703", "9,100")
        ),
        money(MonetaryMeaning.REVENUE, FY2005, "¥41,703 million"),
    )
    [(_, placement)] = found.tags("Revenues")
    cells = found.document.text[: placement.first.start].split("\n")[-1].split("\t")
    assert cells[0] == "Revenues"
    assert len(cells) == 3


def test_a_japanese_table_in_millions() -> None:
    found = search(
        "<p>（単位：百万円）</p>"
        + table(
            ("科目", "2004年3月期", "2005年3月期"),
            ("売上高", "38,780", "41,703"),
            ("営業利益", "△1,448", "1,248"),
        ),
        money(MonetaryMeaning.REVENUE, FY2005, "¥41,703 million"),
        money(MonetaryMeaning.REVENUE, FY2004, "¥38,780 million"),
        money(MonetaryMeaning.OPERATING_INCOME, FY2004, "¥(1,448) million"),
        money(MonetaryMeaning.OPERATING_INCOME, FY2005, "¥1,248 million"),
        language="ja",
    )
    [(text, loss)] = found.tags("OperatingIncomeLoss", year=2004)
    assert text.endswith("△[1,448]")
    assert loss.negative
    assert loss.scale == 6
    assert len(found.tags("Revenues")) == 2
    assert found.audit.is_clean


def test_two_companies_in_one_paragraph() -> None:
    one, other = EntityRef("Alpha Holdings"), EntityRef("Beta Trust")
    found = search(
        "<p>Alpha Holdings owns 12.5% of our shares as of March 31, 2005. Beta Trust owns 12.5% of our shares too.</p>",
        share(one, "12.5%"),
        share(other, "12.5%"),
    )
    concept = "MajorShareholderOwnershipPercentage"
    [alpha] = found.tags(concept, name="Alpha Holdings")
    [beta] = found.tags(concept, name="Beta Trust")
    assert alpha[1].first < beta[1].first
    assert alpha[1].scale == beta[1].scale == -2


def test_a_longer_name_is_no_mention_of_a_shorter_one() -> None:
    found = search(
        "<p>NTT Communications holds 31.6% of the outstanding shares. NTT and its affiliates hold 31.6%.</p>",
        share(EntityRef("NTT"), "31.6%"),
        share(NTT, "31.6%"),
    )
    concept = "MajorShareholderOwnershipPercentage"
    assert found.tags(concept, name="NTT") == []
    assert len(found.tags(concept, name="NTT and its affiliates")) == 1


def test_holders_as_rows_of_a_table() -> None:
    found = search(
        "<p>Major shareholders as of March 31, 2005</p>"
        + table(
            ("Name", "Ownership percentage (%)"), ("Alpha Holdings", "12.5"), ("Beta Trust", "12.5"), ("Gamma", "7.0")
        ),
        share(EntityRef("Alpha Holdings"), "12.5%"),
        share(EntityRef("Beta Trust"), "12.5%"),
        share(EntityRef("Gamma"), "7.0%"),
    )
    for name in ("Alpha Holdings", "Beta Trust", "Gamma"):
        [(text, _)] = found.tags("MajorShareholderOwnershipPercentage", name=name)
        assert text.split("[")[0].rstrip("\t").endswith(name[-8:])


def test_every_occurrence_is_tagged() -> None:
    found = search(
        "<p>The net loss for the year ended March 31, 2004 was ¥15.6 billion.</p><p>Unlike others, our net loss "
        "(¥15.6 billion for the year ended March 31, 2004) was small.</p>"
        "<p>The net loss for the year ended March 31, 2003 was ¥15.6 billion.</p>",
        NetLoss(amount=Money.parse("¥15.6 billion"), over=FY2004),
    )
    assert len(found.tags("NetIncomeLoss")) == 2  # not that of another year


def test_another_party_is_not_tagged() -> None:
    found = search(
        "<p>We wrote off ¥2.1 billion of loans and accounts receivable from Crosswave in the year ended March 31, 2004."
        "</p><p>We wrote off ¥2.1 billion of loans and accounts receivable from Delta in the year ended March 31, 2004."
        "</p>",
        WriteOff(amount=Money.parse("¥2.1 billion"), over=FY2004, counterparty=EntityRef("Crosswave")),
        WriteOff(amount=Money.parse("¥2.5 billion"), over=FY2004, counterparty=EntityRef("Delta")),
    )
    [(_, placement)] = found.tags("WriteOffOfLoansAndAccountsReceivable")
    assert "Crosswave" in found.document.text[placement.first.start :][:60]
    assert "exporter:documentDiffers" in found.codes()


def test_counts_in_words_need_more_than_the_word() -> None:
    found = search(
        "<p>In September 2003 NTT agreed to buy shares. NTT may nominate up to three persons as directors or statutory "
        "auditors.</p><p>There are three rivers in the town and three good reasons to go there.</p>",
        ControlRight(
            holder=EntityRef("NTT"),
            kind=ControlRightKind.NOMINATION,
            position=Position.DIRECTOR_OR_STATUTORY_AUDITOR,
            over=Month(2003, 9).duration,
            nominees_maximum=3,
        ),
    )
    [(text, placement)] = found.tags("NumberOfNomineesMaximum")
    assert text.endswith("up to [three]")
    assert placement.format.local_name == "numwordsen"


def test_dates_of_events() -> None:
    found = search(
        "<p>In August 2003 Crosswave filed a petition. We bought the shares in August 2003.</p>",
        CorporateEvent(
            event="Crosswave petition", on=Month(2003, 8), kind=EventKind.PETITION, status=EventStatus.COMPLETED
        ),
        CorporateEvent(
            event="Share purchase", on=Month(2003, 8), kind=EventKind.SHARE_PURCHASE, status=EventStatus.COMPLETED
        ),
    )
    [(text, _)] = found.tags("EventMonth", name="Crosswave petition")
    assert text == "In [August 2003]"


def test_a_tie_is_a_finding_and_no_guess() -> None:
    found = search(
        "<p>The figures of the year ended March 31, 2005, ¥7.77 billion and more, are in the notes. Assets and "
        "revenues grew.</p>",
        money(MonetaryMeaning.REVENUE, FY2005, "¥7.77 billion"),
        money(MonetaryMeaning.COST_OF_REVENUE, FY2005, "¥7.77 billion"),
        money(MonetaryMeaning.GROSS_PROFIT, FY2005, "¥7.77 billion"),
    )
    places = found.found.placements
    assert len(places) == 1 or "exporter:ambiguousPlace" in found.codes()


def test_equal_facts_that_nothing_tells_apart_are_ambiguous() -> None:
    found = search(
        "<p>In the year ended March 31, 2005 two amounts of ¥7.77 billion each stand in the revenues and the gross "
        "profit and the cost of revenue.</p>",
        money(MonetaryMeaning.REVENUE, FY2005, "¥7.77 billion"),
        money(MonetaryMeaning.GROSS_PROFIT, FY2005, "¥7.77 billion"),
    )
    assert "exporter:ambiguousPlace" in found.codes()
    assert found.found.placements == ()


def test_a_number_broken_up_by_markup_is_not_placed() -> None:
    found = search(
        "<p>Our accumulated deficit as of March 31, 2005 was ¥34<b>.4</b> billion.</p>",
        AccumulatedDeficit(amount=Money.parse("¥34.4 billion"), as_of=Instant("2005-03-31")),
    )
    assert found.found.placements == ()
    assert any("no transformation that may be used reads" in each.reason for each in found.found.missing)


def test_without_the_registry_of_the_sec_words_are_not_read() -> None:
    found = search(
        "<p>In the year ended March 31, 2005 and before we had six consecutive fiscal years with a net loss.</p>",
        ConsecutiveLossYears(over=FY2005, years=6),
    )
    assert len(found.found.placements) == 1
    only = find_placements(found.document, found.expected, registries=(IXT_4,))
    assert only.placements == ()
    assert "'six'" in only.missing[0].reason


def test_source_line_breaks_do_not_matter() -> None:
    found = search(
        "<p>Our accumulated\n   deficit as of March\n 31, 2005 was ¥34.4\n billion.</p>",
        AccumulatedDeficit(amount=Money.parse("¥34.4 billion"), as_of=Instant("2005-03-31")),
    )
    assert len(found.found.placements) == 1
    assert found.audit.is_clean


def test_a_sentence_cut_by_a_page_break_is_read_as_one() -> None:
    found = search(
        "<p>Even though the business has grown in all respects, our accumulated deficit as of</p>"
        "<p>March 31, 2005 amounted to ¥34.4 billion.</p>",
        AccumulatedDeficit(amount=Money.parse("¥34.4 billion"), as_of=Instant("2005-03-31")),
    )
    assert len(found.found.placements) == 1


def test_the_result_is_the_same_each_time() -> None:
    def once() -> Searched:
        return search(INCOME_TABLE, money(MonetaryMeaning.REVENUE, FY2005, "¥41,703 million"))

    assert once().found.placements == once().found.placements
    assert once().audit.as_dict() == once().audit.as_dict()


def test_texts_that_cross_others_are_left_out() -> None:
    def at(fact: str, start: int, end: int) -> Placement:
        return Placement(fact=fact, spans=(Span(start, end),))

    figures = [at("f1", 10, 14), at("f2", 20, 30)]
    texts = [at("f3", 0, 40), at("f4", 5, 12), at("f5", 22, 25), at("f6", 32, 36), at("f7", 34, 38)]
    assert [each.fact for each in nested(figures, texts)] == ["f3", "f1", "f2", "f6"]


def test_an_anchored_statement_may_hold_a_figure() -> None:
    place = AnchorLocation(quote="the highest net loss ever, ¥15.6 billion")
    found = search(
        "<p>In the year ended March 31, 2004 we had the highest net loss ever, ¥15.6 billion.</p>",
        NetLoss(amount=Money.parse("¥15.6 billion"), over=FY2004, highest=True),
        anchors=Anchors(anchors=(Anchor(item="NetLoss", field="highest", place=place),)),
    )
    assert [found.inside(each) for each in found.found.placements] == [place.quote, "15.6"]


def test_a_deduction_is_printed_as_a_negative_of_a_positive_fact() -> None:
    found = search(
        "<p>Millions of yen</p>"
        + table(("Year ended March 31,", "2005"), ("Cost of revenue", "(30,100)"), ("Revenues", "(41,703)")),
        money(MonetaryMeaning.COST_OF_REVENUE, FY2005, "¥30,100 million"),
        money(MonetaryMeaning.REVENUE, FY2005, "¥41,703 million"),
    )
    [(_, cost)] = found.tags("CostOfRevenue")
    assert not cost.negative
    assert found.tags("Revenues") == []  # revenues are no deduction: the sign contradicts the item
