"""Subjects of a filing: which there are, in which order, and what facts use of them."""

from __future__ import annotations

from exporter.disclosures import AccumulatedDeficit, DocumentInfo, OwnershipInterest, RiskFactor
from exporter.filing import Filing
from exporter.items.taxonomy.draft import Subject, subjects_of
from exporter.items.values import EntityRef, Money, Percent
from exporter.items.values.texts import TextBlock
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant

YEAR = Duration("2024-04-01", "2025-03-31")
END = Instant("2025-03-31")


def filing(*items: object, profile: str = "sec-us-gaap") -> Filing:
    return Filing(
        entity=Entity.cik("0001090633"),
        prefix="acme",
        namespace="http://www.acme.example/20250331",
        period_end=END,
        items=items,
        profile=profile,
    )


def subjects(*items: object, profile: str = "sec-us-gaap") -> tuple[Subject, ...]:
    made = filing(*items, profile=profile)
    return subjects_of(made.bindings, made.derived.used)


ITEMS = (
    OwnershipInterest(holder=EntityRef("Big Fund"), share=Percent("31.6"), as_of=END, class_of_stock="Common Stock"),
    OwnershipInterest(holder=EntityRef("Small Fund"), share=Percent("1.6"), as_of=END),
    AccumulatedDeficit(amount=Money("5", "JPY"), as_of=END),
    DocumentInfo(document_type="20-F", over=YEAR, registrant="Acme"),
)


def test_the_cover_is_first_and_the_rest_in_the_order_of_the_form() -> None:
    made = subjects(*ITEMS)
    assert [subject.name for subject in made] == ["Cover", "SelectedFinancialData", "MajorShareholders"]
    assert [role.definition for role in filing(*ITEMS).taxonomy.roles] == [
        "000001 - Document - Cover",
        "000002 - Disclosure - Selected Financial Data (Details)",
        "000003 - Disclosure - Major Shareholders (Details)",
    ]


def test_texts_alone_are_a_note() -> None:
    risk = RiskFactor(ordinal=1, over=YEAR, heading="Risk", body=TextBlock("It may fail."))
    assert [subject.part for subject in subjects(risk, profile="extension-only")] == ["details"]


def test_axes_have_the_members_that_facts_use() -> None:
    axes = {axis.axis.local_name: axis for axis in subjects(*ITEMS)[-1].axes}
    assert axes.keys() == {"MajorShareholderAxis", "StatementClassOfStockAxis"}
    holders = [member.local_name for member in axes["MajorShareholderAxis"].members]
    assert holders == ["BigFundMember", "SmallFundMember"]
    assert axes["MajorShareholderAxis"].is_everywhere
    assert [str(member) for member in axes["StatementClassOfStockAxis"].members] == ["us-gaap:CommonStockMember"]
    assert not axes["StatementClassOfStockAxis"].is_everywhere


def test_an_axis_that_no_fact_uses_is_no_axis_of_the_subject() -> None:
    (subject,) = subjects(ITEMS[1])
    assert [axis.axis.local_name for axis in subject.axes] == ["MajorShareholderAxis"]


def test_a_typed_axis_has_no_members() -> None:
    (subject,) = subjects(ITEMS[1], profile="extension-only")
    (axis,) = subject.axes
    assert axis.is_typed
    assert not axis.members
