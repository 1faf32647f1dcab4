"""Notes on the page: nested text blocks and amounts, each tagged where it stands."""

from __future__ import annotations

import re
from pathlib import Path

from exporter.filing import Filing
from exporter.formats.inline_xbrl.write.blocks import FactBlock
from exporter.model.differences import compare_reports
from exporter.operations.export import export_filing
from exporter.operations.read import read_report
from exporter.page.compose import facts_placed
from exporter.page.display import ItemDisplay
from exporter.page.notes import notes_section
from exporter.page.words import PageLanguage, style_in
from tests.unit.disclosures.notes.made import DEFICIT, filing, node

POLICY = {"kind": "policy", "title": "Valuation", "content": "At cost, {sheet/Inventories}."}
NOTE = node("Loss {AccumulatedDeficit.amount}, treasury {sheet/Treasury stock | digits}.", POLICY)


def block(made: Filing) -> FactBlock:
    section = notes_section(made, made.derived, ItemDisplay(PageLanguage.of("en", ("en",)), style_in("en")))
    assert section is not None
    (found,) = (part for part in section.parts if isinstance(part, FactBlock))
    assert {piece.fact for piece in found.inner} <= facts_placed(section.parts)
    return found


def test_a_note_holds_its_policies_and_amounts() -> None:
    made = filing(DEFICIT, NOTE)
    facts = {fact.id: fact for fact in made.derived.report.facts}
    inner = block(made).inner
    whole = facts[block(made).facts[0]].value or ""
    shown = [(facts[piece.fact].concept.local_name, whole[piece.start : piece.stop], piece.scale) for piece in inner]
    assert shown == [
        ("ValuationPolicyTextBlock", "<p>At cost, US$800 thousand.</p>", 0),
        ("RetainedEarningsAccumulatedDeficit", "34.4", 6),
        ("TreasuryStockValue", "200", 3),
        ("InventoryNet", "800", 3),
    ]


def test_the_page_reads_back_as_the_same_facts(tmp_path: Path) -> None:
    made = filing(DEFICIT, NOTE)
    export_filing(made, tmp_path / "out", formats=["inline-xbrl"])
    page = tmp_path / "out" / f"{made.base_name}.xhtml"
    differences = compare_reports(made.to_report(), read_report(page)).facts
    assert (differences.added, differences.removed, differences.changed) == ((), (), ())
    text = page.read_text(encoding="utf-8")
    policy = re.search(r'<ix:nonNumeric name="acme:ValuationPolicyTextBlock"[^>]*>(.*?)</ix:nonNumeric>', text)
    assert policy is not None
    assert re.search(r'US\$<ix:nonFraction name="us-gaap:InventoryNet"[^>]* scale="3"[^>]*>800<', policy[1])


def test_a_filing_without_notes_has_no_section_of_them() -> None:
    made = filing(DEFICIT)
    display = ItemDisplay(PageLanguage.of("en", ("en",)), style_in("en"))
    assert notes_section(made, made.derived, display) is None
