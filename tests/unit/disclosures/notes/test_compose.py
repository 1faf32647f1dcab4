"""What notes make: text blocks on several levels, amounts inside, groups of the presentation."""

from __future__ import annotations

import pytest

from tests.unit.disclosures.notes.made import DEFICIT, filing, node, read
from tests.unit.disclosures.statements.made import codes

POLICY = {"kind": "policy", "title": "Valuation", "content": "At cost, {sheet/Inventories}."}
TABLE = {
    "kind": "table",
    "title": "By kind",
    "content": "<table><tr><td>{sheet/Inventories | digits}</td></tr></table>",
}


def test_the_whole_note_holds_its_policies_and_tables() -> None:
    made = filing(node("All: {{1}}.", POLICY, TABLE, {"kind": "text", "content": "The end."}))
    reading = read(made)
    assert reading.text == (
        "<p>All: {1}.</p><h4>Valuation</h4><p>At cost, US$800 thousand.</p><h4>By kind</h4>"
        "<table><tr><td>800</td></tr></table><p>The end.</p>"
    )
    facts = {fact.concept.local_name: fact for fact in made.derived.report.facts if not fact.looks_numeric}
    assert {name: fact.value for name, fact in facts.items()} == {
        "InventoriesTextBlock": reading.text,
        "ValuationPolicyTextBlock": "<p>At cost, US$800 thousand.</p>",
        "ByKindTableTextBlock": "<table><tr><td>800</td></tr></table>",
    }
    assert codes(made) == []
    places = [reading.text[placed.start :][: len(placed.amount.text)] for placed in reading.amounts]
    assert places == ["US$800 thousand", "800"]


def test_there_is_a_group_for_each_level() -> None:
    taxonomy = filing(node("x", POLICY, TABLE)).taxonomy
    assert [role.definition for role in taxonomy.roles] == [
        "000001 - Statement - The BalanceSheet",
        "000002 - Disclosure - Inventories",
        "000003 - Disclosure - Inventories (Policies)",
        "000004 - Disclosure - Inventories (Tables)",
        "000005 - Disclosure - Inventories (Details)",
    ]
    labels = {label.text for label in taxonomy.labels}
    assert {"Inventories [Text Block]", "Valuation [Policy Text Block]", "By kind [Table Text Block]"} < labels


def test_a_figure_is_one_fact_wherever_it_stands() -> None:
    with_note = filing(DEFICIT, node("{sheet/Inventories} and {AccumulatedDeficit.amount}", POLICY))
    numbers = [fact for fact in with_note.derived.report.facts if fact.looks_numeric]
    assert set(numbers) == {fact for fact in filing(DEFICIT).derived.report.facts if fact.looks_numeric}


def test_one_figure_with_two_values_is_a_contradiction() -> None:
    other = {"type": "AccumulatedDeficit", "amount": "USD 5 thousand", "as_of": "2024-12-31"}
    made = filing(other, node("{AccumulatedDeficit.amount}, {sheet/Retained earnings}"), profile="sec-us-gaap")
    messages = [finding.message for finding in made.derived.findings]
    assert not messages  # the item falls back to a concept of the filing's own
    twice = filing(other, {**other, "amount": "USD 6 thousand"}, node("x"))
    assert [finding.code for finding in twice.derived.findings] == ["exporter:contradictoryFacts"]


@pytest.mark.parametrize(
    ("concept", "name"),
    [
        ("us-gaap:InventoryDisclosureTextBlock", "us-gaap:InventoryDisclosureTextBlock"),
        ("ifrs-full:X us-gaap:InventoryDisclosureTextBlock", "us-gaap:InventoryDisclosureTextBlock"),
        ("StockNoteTextBlock", "acme:StockNoteTextBlock"),
        (None, "acme:InventoriesTextBlock"),
    ],
)
def test_concepts_are_standard_or_own(concept: str | None, name: str) -> None:
    assert str(read(filing(node("x", concept=concept))).spans[0].concept) == name


def test_what_is_wrong_has_its_place() -> None:
    made = filing(node("{sheet/Tools}", concept="ifrs-full:X"))
    findings = read(made).findings
    assert [(finding.code, finding.location.pointer) for finding in findings] == [
        ("exporter:unknownPrefix", "/items/1/concept"),
        ("exporter:unknownName", "/items/1/content"),
    ]


def test_two_notes_of_one_title_have_two_concepts() -> None:
    made = filing(node("x"), node("y"))
    names = [fact.concept.local_name for fact in made.derived.report.facts if not fact.looks_numeric]
    assert names == ["InventoriesTextBlock", "Inventories2TextBlock"]
    assert [role.uri.rpartition("/")[2] for role in made.taxonomy.roles][1:] == ["Inventories", "Inventories2"]
