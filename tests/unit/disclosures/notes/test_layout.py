"""Notes as YAML and items JSON have them."""

from __future__ import annotations

import pytest

from exporter.disclosures.notes.items import Note
from exporter.disclosures.notes.layout import PART, NotePart
from exporter.errors import ItemError, ModelError
from exporter.items.document import ItemsDocument
from exporter.model.period import Duration
from tests.unit.disclosures.notes.made import filing, node

YEAR = Duration("2024-01-01", "2024-12-31")


def test_parts_come_back_from_items_json() -> None:
    given = {"kind": "policy", "title": "Valuation", "concept": ["us-gaap:A", "A"], "content": "At cost."}
    part = PART.from_json(given)
    assert PART.to_json(part) == {**given, "concept": "us-gaap:A A"}
    assert PART.from_json(PART.to_json(part)) == part


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "policy", "content": "x"},
        {"kind": "footnote", "title": "x", "content": "x"},
        {"kind": "text", "concept": "A", "content": "x"},
        {"kind": "table", "title": " ", "content": "x"},
        {"kind": "table", "title": "x", "concept": "a b", "content": "x"},
        "policy",
    ],
)
def test_parts_that_cannot_be_are_refused(wrong: object) -> None:
    with pytest.raises(ModelError):
        PART.from_json(wrong)


def test_what_is_wrong_in_a_part_has_its_place() -> None:
    parts = (NotePart(kind="table", title="x", content="<b/>"), NotePart(kind="text", content="<script/>"))
    with pytest.raises(ItemError) as refused:
        Note(title="x", over=YEAR, parts=parts)
    assert [finding.location.pointer for finding in refused.value.findings] == ["/parts/1/content"]


@pytest.mark.parametrize("wrong", [{"content": ""}, {"content": "<p"}, {"content": "x", "title": " "}])
def test_notes_without_text_or_title_are_refused(wrong: dict[str, str]) -> None:
    given = {"title": "Inventories", **wrong}
    with pytest.raises(ItemError):
        Note(over=YEAR, title=given["title"], content=given["content"])


def test_a_note_may_be_its_parts_alone() -> None:
    note = Note(title="Policies", over=YEAR, parts=(NotePart(kind="policy", title="Cost", content="At cost."),))
    assert note.parts[0].title == "Cost"


def test_notes_are_read_from_a_tree() -> None:
    made: ItemsDocument = filing(node("x", {"kind": "text", "content": "y"}))
    assert made.items[1].parts == (NotePart(kind="text", content="y"),)
