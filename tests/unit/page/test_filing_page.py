"""The page of a filing: what people read of items of our classes and of anybody's.

Minus signs and dates on the page, as the profile and the language want them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.disclosures import (
    AccumulatedDeficit,
    ControlRight,
    DocumentInfo,
    ExchangeRates,
    ExchangeRateSeries,
    MajorShareholderTable,
    MonetaryFact,
    NetLoss,
    OwnershipInterest,
    PerShareFact,
    RiskFactor,
    SelectedFinancialData,
    ShareCountFact,
)
from exporter.disclosures.monetary_facts import MonetaryMeaning
from exporter.disclosures.related_parties import ControlRightKind
from exporter.disclosures.shares import PerShareBasis, ShareCountBasis
from exporter.disclosures.texts import RiskCategory
from exporter.filing import Filing
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.options import WriteContext
from exporter.items.declare import ReportItem, concept, dimension, period, report_item
from exporter.items.values import CurrencyPair, EntityRef, Money, Percent, PerShare, Rate, ShareCount, Unknown
from exporter.items.values.enumeration import Enumeration
from exporter.items.values.parties import EntityKind
from exporter.items.values.texts import Footnote, TextBlock
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.operations.export import export_filing
from exporter.operations.export_files import page_name
from exporter.operations.read import read_report
from exporter.page.compose import facts_placed
from exporter.page.filing_page import filing_page, style_of
from exporter.profiles.profile import DocumentRules, Profile
from exporter.resources.targets import StreamTarget
from exporter.transformations import DateForm, Negative
from tests.support.page_outline import outline
from tests.unit.items.made import CLOSE, Balance
from tests.unit.operations.test_export import SMALL

YEAR = Duration("2004-04-01", "2005-03-31")
END = Instant("2005-03-31")


class Colour(Enumeration):
    RED = "red", "Red", "赤"


@report_item(label="Colourful Sale", label_ja="色の売上")
class ColourfulSale(ReportItem):
    """An item of somebody's own, with a bit of everything."""

    shop: EntityRef = dimension("Shop", label="Shop", label_ja="店")
    over: Duration = period()
    amount: Money | Unknown = concept("SaleAmount", label="Sale, Amount", label_ja="売上、金額")
    colour: Colour | None = concept("SaleColour", label="Sale, Colour", default=None)
    lines: tuple[str, ...] = concept("SaleLines", label="Sale, Lines", default=())
    sold_on: dt.date | None = concept("SaleDate", label="Sale, Date", default=None)
    cash: bool | None = concept("SaleInCashIndicator", label="Sale, in Cash, Indicator", default=None)


def filing(*items: Any, language: str = "en", labels: Sequence[str] = ("en", "ja")) -> Filing:
    return Filing(
        entity=Entity.cik(1),
        items=items,
        period_end=END,
        prefix="x",
        title="A Title",
        language=language,
        label_languages=labels,
    )


def body(*items: Any, language: str = "en") -> list[str]:
    """The lines of the first section, without its title and its notes."""
    lines = outline(filing(*items, language=language))
    start = next(number for number, line in enumerate(lines) if line.startswith("["))
    return [line for line in lines[start + 2 :] if line != "notes"]


def sale(**values: Any) -> ColourfulSale:
    return ColourfulSale(**{"shop": EntityRef("North"), "over": YEAR, "amount": Money.parse("¥1.5 million"), **values})


def test_the_front() -> None:
    lines = outline(filing(sale()))
    assert lines[:2] == ["# A Title", "Period ended March 31, 2005 · 0000000001"]
    assert outline(filing(sale(), language="ja"))[1] == "2005年3月31日終了 · 0000000001"


def test_sections_stand_in_the_order_people_expect_and_are_listed() -> None:
    deficit = AccumulatedDeficit(amount=Money.parse("¥1 billion"), as_of=END)
    risk = RiskFactor(ordinal=1, over=YEAR, heading="A risk.", body=TextBlock.of("It may come."))
    info = DocumentInfo(over=YEAR, document_type="20-F")
    lines = outline(filing(sale(), risk, deficit, info))
    ids = [line for line in lines if line.startswith("[")]
    assert ids == ["[contents]", "[cover]", "[amounts]", "[risk-factors]", "[other]"]
    assert [line for line in lines if line.startswith("- ")] == [
        "- Cover Page (表紙)",
        "- Amounts (金額)",
        "- Risk Factors (リスク要因)",
        "- Other Information (その他)",
    ]


def test_one_item_of_an_own_class_is_listed_field_by_field() -> None:
    item = sale(colour=Colour.RED, lines=("a", "b"), sold_on=dt.date(2005, 1, 2), cash=False)
    assert body(item) == [
        "table: ",
        "| Item (項目) | Period (期間) | As stated (記載)",
        "| Sale, Amount (売上、金額) / Shop: North | Year ended March 31, 2005 | ¥‹1500000e6› million",
        "| Colour |  | «Red»",
        "| Lines |  | ‹a› / ‹b›",
        "| Date |  | ‹2005-01-02›",
        "| in Cash |  | ‹No›",
    ]


def test_several_items_of_an_own_class_are_a_table() -> None:
    items = [
        sale(colour=Colour.RED, cash=True),
        sale(shop=EntityRef("South", kind=EntityKind.GROUP), amount=Money.parse("¥2.0 million"), cash=True),
    ]
    assert body(*items) == [
        "### Colourful Sale (色の売上)",
        "table: Year ended March 31, 2005 (¥ in millions)",
        "| Shop (店) | Amount (金額) | Colour",
        "| North | ‹1500000e6› | «Red»",
        "| South («Group») | ‹2000000e6› | ",
        "in Cash: ‹Yes×2›",
    ]


@pytest.mark.parametrize(("language", "heading"), [("en", "Shop | Amount"), ("ja", "店 | 金額")])
def test_a_page_is_in_the_language_of_its_filing_alone(language: str, heading: str) -> None:
    items = sale(), sale(shop=EntityRef("South"), amount=Money.parse("¥2.0 million"))
    lines = outline(filing(*items, language=language, labels=()))
    assert f"| {heading}" in "\n".join(lines)
    other = r"[ぁ-んァ-ヶ一-龠]" if language == "en" else r"Shop|Amount|Colour|Other"
    assert not re.search(other, "\n".join(lines))


def test_a_japanese_filing_is_in_japanese_first() -> None:
    assert body(sale(colour=Colour.RED), language="ja") == [
        "table: ",
        "| 項目 (Item) | 期間 (Period) | 記載 (As stated)",
        "| 売上、金額 (Sale, Amount) / 店：North | 2005年3月31日に終了した1年間 | ‹1500000e6›百万円",
        "| Sale, Colour |  | «赤»",
    ]


def test_what_is_not_known_is_not_stated_and_marked() -> None:
    lines = body(sale(amount=Unknown("Nobody counted.")))
    assert lines[2] == "| Sale, Amount (売上、金額) / Shop: North | Year ended March 31, 2005 | ‹not stated›^"


def test_losses_are_shown_as_stated_under_the_name_of_the_loss() -> None:
    lines = body(
        AccumulatedDeficit(amount=Money.parse("¥34.4 billion"), as_of=END),
        NetLoss(amount=Money.parse("¥15.6 billion"), over=YEAR),
    )
    assert lines[2:] == [
        "| Accumulated Deficit (累積欠損金) | March 31, 2005 | ¥‹∓-34400000000e9› billion",
        "| Net Loss (当期純損失) | Year ended March 31, 2005 | ¥‹∓-15600000000e9› billion",
    ]


def rates(over: Duration, high: str, note: Footnote) -> ExchangeRates:
    return ExchangeRates(
        pair=CurrencyPair(base="USD", quote="JPY"),
        over=over,
        high=Rate(high),
        low=Rate("100.00"),
        average=Rate("101.00"),
        source_name="The bank",
        footnotes=(note,),
    )


def test_a_table_of_exchange_rates_looks_like_one() -> None:
    note = Footnote("Averages are daily.", fields=("average",))
    rows = (rates(YEAR, "114.30", note), rates(Duration.month(2005, 4), "108.67", note))
    assert body(ExchangeRateSeries(rows=rows)) == [
        "table: (¥ per US$1)",
        "|  | Noon Buying Rate (正午買相場)",
        "| Period (期間) | High (高値) | Low (安値) | Average (平均)^",
        "| Year ended March 31, 2005 | ‹114.30› | ‹100.00› | ‹101.00›",
        "| April 2005 | ‹108.67› | ‹100.00› | ‹101.00›",
        "Noon Buying Rate, Source: ‹The bank×2›",
    ]


def test_a_table_without_rows_states_nothing() -> None:
    assert outline(filing(ExchangeRateSeries(rows=()))) == ["# A Title", "Period ended March 31, 2005 · 0000000001"]


def test_a_note_to_a_whole_row_is_marked_once() -> None:
    common: dict[str, Any] = {"holder": EntityRef("N"), "over": YEAR, "agreed_on": dt.date(2004, 5, 1)}
    rights = [
        ControlRight(**common, kind=ControlRightKind.NOMINATION, footnotes=(Footnote("Told later."),)),
        ControlRight(**common, kind=ControlRightKind.PRE_EMPTIVE, terms="All shares."),
    ]
    assert body(*rights)[1:4] == [
        "| Kind (権利の種類) | Terms (権利の内容)",
        "| Nomination^ | ",
        "| Pre-emptive | ‹All shares.›",
    ]


def test_rows_of_two_classes_are_two_tables() -> None:
    holders = tuple(
        OwnershipInterest(holder=EntityRef(name), as_of=END, share=Percent(share))
        for name, share in (("A", "30.0"), ("B", "20"))
    )
    lines = body(MajorShareholderTable(rows=holders))
    assert lines == [
        "table: As of March 31, 2005",
        "| Major Shareholder (大株主) | Ownership Percentage (大株主の持株比率)",
        "| A | ‹0.300e-2›%",
        "| B | ‹0.20e-2›%",
    ]


def test_selected_data_has_a_row_for_each_meaning_and_a_column_for_each_year() -> None:
    def revenue(year: int, amount: str) -> MonetaryFact:
        over = Duration(f"{year - 1}-04-01", f"{year}-03-31")
        return MonetaryFact(meaning=MonetaryMeaning.REVENUE, at=over, amount=Money(amount, "JPY", decimals=-6))

    assets = MonetaryFact(meaning=MonetaryMeaning.TOTAL_ASSETS, at=END, amount=Money("37000000", "JPY", decimals=-6))
    table = SelectedFinancialData(rows=(revenue(2005, "41000000"), revenue(2004, "-38000000"), assets))
    assert body(table) == [
        "table: (¥ in millions)",
        "|  | Year ended March 31,",
        "| Item (項目) | 2004 | 2005",
        "| Revenues (売上高) | ‹-38000000e6› | ‹41000000e6›",
        "| Assets (資産合計) |  | ‹37000000e6›",
    ]


def test_figures_of_several_kinds_keep_their_units() -> None:
    earnings = PerShareFact(basis=PerShareBasis.BASIC, at=YEAR, value=PerShare("12.50", "JPY"))
    count: Any = ShareCountFact(basis=ShareCountBasis.ISSUED, at=END, count=ShareCount("38360"))
    before = evolve(count, at=Instant("2004-03-31"))
    lines = body(SelectedFinancialData(rows=(earnings, count, before)))
    assert "| Earnings per Share, Basic (基本的1株当たり当期純利益) |  | ¥‹12.50› per share" in lines


def test_many_periods_of_few_meanings_lie_on_their_side() -> None:
    facts = [
        MonetaryFact(
            meaning=MonetaryMeaning.NET_INCOME,
            at=Duration(f"{year}-01-01", f"{year}-12-31"),
            amount=Unknown("No amount is given."),
        )
        for year in range(1999, 2006)
    ]
    lines = body(*facts)
    assert lines[1].startswith("| Period (期間) | Net Income (Loss)")
    assert lines[2] == "| Year ended December 31, 1999 | ‹not stated›^"
    assert len(lines) == 9


def test_texts_stand_under_their_headings() -> None:
    risk = RiskFactor(
        ordinal=1, over=YEAR, heading="A risk.", body=TextBlock.of("It may come."), category=RiskCategory.COMPETITION
    )
    assert body(risk) == ["### 1. ‹A risk.›", "‹<p>It may come.</p>›", "Category: «Competition»"]


def test_what_two_items_state_is_tagged_in_both_places() -> None:
    first, second = (
        OwnershipInterest(holder=EntityRef("A"), as_of=END, share=Percent("30.0"), class_of_stock=None, largest=each)
        for each in (None, True)
    )
    made = filing(first, second)
    lines = [line for line in outline(made) if "‹0.300e-2›" in line]
    assert len(lines) == 2
    assert len([fact for fact in made.derived.report.facts if fact.value == "0.300"]) == 1


def test_every_place_of_a_fact_has_an_id() -> None:
    first, second = (
        OwnershipInterest(holder=EntityRef("A"), as_of=END, share=Percent("30.0"), class_of_stock=None, largest=largest)
        for largest in (None, True)
    )
    made = filing(first, second)
    stream = BytesIO()
    write(made.derived.report, StreamTarget(stream), WriteContext(page=lambda _: filing_page(made, made.derived)))
    tags = re.findall(rb"<ix:non(?:Fraction|Numeric)[^>]*>", stream.getvalue())
    ids = [match[1] for tag in tags if (match := re.search(rb' id="([^"]*)"', tag))]
    assert len(ids) == len(set(ids)) == len(tags)
    assert [name for name in ids if name.endswith(b"-again")]


def test_every_fact_has_its_place() -> None:
    made = filing(sale(shop=EntityRef("North", Entity.cik(5), kind=EntityKind.GROUP)), sale(colour=Colour.RED))
    page = filing_page(made, made.derived)
    assert facts_placed(page.blocks) == {fact.id for fact in made.derived.report.facts}


def test_facts_without_a_place_of_their_own_stand_at_the_end() -> None:
    made = filing(sale(colour=Colour.RED))
    lost = evolve(made.derived, origins={})
    page = filing_page(made, lost)
    assert facts_placed(page.blocks) == {fact.id for fact in made.derived.report.facts}


def test_names_that_members_do_not_say_are_tagged_where_they_stand() -> None:
    made = evolve(filing(sale(), sale(shop=EntityRef("South"))), profile="sec-us-gaap", audience="analyst")
    lines = outline(made)
    assert [line for line in lines if "North" in line] == ["| ‹North› | ‹1500000e6›"]
    assert "[further-facts]" not in lines


@report_item
class Outcome(ReportItem):
    """Two results of which one turns the sign."""

    over: Duration = period()
    loss: Money = concept("OutcomeOfYear", balance="credit", sign="inverted", label="Loss of the Year")
    tax: Money | None = concept("OutcomeTax", sign="inverted", default=None)


def test_a_field_with_its_sign_turned_is_called_by_its_own_label() -> None:
    item = Outcome(over=YEAR, loss=Money("7", "JPY"), tax=Money("2", "JPY"))
    filing = Filing(entity=Entity.cik(5), period_end=END, items=[item])
    text = str(outline(filing))
    assert "Loss of the Year" in text
    assert "Outcome Tax" in text


LOSS = Filing.of(SMALL.with_items([Balance(at=CLOSE, closing=Money("-5000000", "JPY"))]))


@pytest.mark.parametrize(
    ("profile", "language", "negative", "dates"),
    [
        ("edinet", "ja", Negative.TRIANGLE, DateForm.YEAR_FIRST),
        ("edinet", "en", Negative.TRIANGLE, DateForm.YEAR_FIRST),  # whose pages are Japanese
        ("sec-us-gaap", "en", Negative.PARENTHESES, DateForm.MONTH_NAME_FIRST),
        ("sec-ifrs", "en", Negative.PARENTHESES, DateForm.MONTH_NAME_FIRST),
    ],
)
def test_the_style_of_a_profile(profile: str, language: str, negative: Negative, dates: DateForm) -> None:
    style = style_of(evolve(SMALL, profile=profile, language=language))
    assert style is not None
    assert (style.negative, style.dates) == (negative, dates)


@pytest.mark.parametrize(
    ("glyph", "negative"), [("-", Negative.MINUS), ("▲", Negative.FILLED_TRIANGLE), (None, Negative.PARENTHESES)]
)
def test_a_glyph_of_a_profile_of_ones_own(glyph: object, negative: Negative) -> None:
    registries = SMALL.rules.document.registries
    rules = DocumentRules(negative_glyph=glyph, registries=registries)  # type: ignore[arg-type]
    style = style_of(evolve(SMALL, profile=Profile(name="p", title="P", document=rules)))
    assert style is not None
    assert style.negative is negative
    assert style_of(evolve(SMALL, profile=Profile(name="p", title="P", document=DocumentRules()))) is None


@pytest.mark.parametrize(
    ("profile", "language", "before", "behind"), [("edinet", "ja", "△", ""), ("sec-us-gaap", "en", "(", ")")]
)
def test_the_sign_stands_right_before_the_tag(
    tmp_path: Path, profile: str, language: str, before: str, behind: str
) -> None:
    filing = evolve(LOSS, profile=profile, language=language)
    export_filing(filing, tmp_path, formats=["inline-xbrl"])
    page = tmp_path / page_name(filing)
    text = page.read_text(encoding="utf-8").partition("</ix:header>")[2]
    start, end = text.index("<ix:nonFraction"), text.index("</ix:nonFraction>") + len("</ix:nonFraction>")
    assert 'sign="-"' in text[start:end]
    assert text[:start].endswith(before)
    assert text[end:].startswith(behind)
    assert [each.value for each in read_report(page).facts] == ["-5000000"]
