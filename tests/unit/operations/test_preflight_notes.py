"""Rules on the text blocks of notes, on a filing of items."""

from __future__ import annotations

from attrs import evolve

from exporter.operations.preflight import preflight_filing
from tests.unit.disclosures.notes.made import filing, node

POLICY = {"kind": "policy", "title": "Valuation", "content": "At cost."}
TABLE = {"kind": "table", "title": "By kind", "content": "<table><tr><td>1</td></tr></table>"}


def messages(name: str, code: str, *nodes: dict[str, object]) -> list[str]:
    made = evolve(filing(*nodes), taxonomies=(), profile="sec-us-gaap")
    findings = preflight_filing(made, [name], lint=False)
    return [finding.message for finding in findings if finding.code == code]


def test_levels_of_notes_that_have_no_text_block_are_named() -> None:
    code = "sec20f:NoteLevels"
    assert messages("form-20-f", code) == [
        "statements are reported, but no text block for whole notes, policies, tables"
    ]
    assert messages("form-20-f", code, node("x", POLICY)) == ["statements are reported, but no text block for tables"]
    assert messages("form-20-f", code, node("x", POLICY, TABLE)) == []
