"""Notes come back from a report with its taxonomy: the same facts."""

from __future__ import annotations

from typing import Any

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.disclosures.notes.from_report import derive_notes
from exporter.filing import Filing
from exporter.items.document import ItemsDocument
from exporter.model.dimensions import Entity
from exporter.model.period import Instant
from exporter.operations.to_items import filing_of_report
from tests.strategies.notes import notes
from tests.unit.disclosures.notes.made import filing, node

POLICY = {"kind": "policy", "title": "Valuation & cost", "content": "At cost, {sheet/Inventories}."}
TABLE = {"kind": "table", "concept": "StockTableTextBlock", "content": "<table><tr><td>5</td></tr></table>"}


def back(made: Filing) -> Filing:
    return filing_of_report(made.derived.report, taxonomy=made.taxonomy).filing


def test_a_note_comes_back_with_its_parts() -> None:
    made = filing(node("All {{1}}.", POLICY, {"kind": "text", "content": "Then:"}, TABLE))
    again = back(made)
    note = again.items[-1]
    assert note.content == "<p>All {{1}}.</p>"
    assert [(part.kind, part.title, part.concept) for part in note.parts] == [
        ("policy", "Valuation & cost", "ValuationCostPolicyTextBlock"),
        ("text", None, None),
        ("table", None, "StockTableTextBlock"),
    ]
    assert set(again.derived.report.facts) == set(made.derived.report.facts)


def test_what_would_not_come_back_is_left_out() -> None:
    made = filing(node("x"))
    (fact,) = [fact for fact in made.derived.report.facts if not fact.looks_numeric]
    broken = evolve(fact, value="<p>unclosed")
    assert derive_notes([broken], made.taxonomy, namespace=made.namespace).notes == ()
    assert len(derive_notes([fact], made.taxonomy, namespace=made.namespace).notes) == 1


@settings(max_examples=40, deadline=None)
@given(st.lists(notes(), min_size=1, max_size=2))
def test_generated_notes_come_back(made: list[Any]) -> None:
    document = ItemsDocument(entity=Entity.cik(5), period_end=Instant("2020-12-31"), items=made, prefix="acme")
    first = Filing.of(document)
    if first.derived.findings:
        return
    assert set(back(first).derived.report.facts) == set(first.derived.report.facts)
