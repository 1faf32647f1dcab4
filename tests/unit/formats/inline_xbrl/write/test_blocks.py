"""The nouns of a page: what they take for content."""

from __future__ import annotations

import pytest

from exporter.formats.inline_xbrl.write.blocks import (
    Cell,
    CrossReference,
    FactPlace,
    Heading,
    HiddenLink,
    ItemList,
    LineBreak,
    NoteMark,
    PageText,
    Row,
    facts_of,
)


def test_content_is_a_text_a_part_or_parts() -> None:
    assert Heading(1, "a").content == (PageText("a"),)
    assert Heading(1, "").content == ()
    assert Heading(1, LineBreak()).content == (LineBreak(),)
    assert Heading(1, ["a", NoteMark("n")]).content == (PageText("a"), NoteMark("n"))
    assert ItemList(["a", FactPlace("f")]).items == ((PageText("a"),), (FactPlace("f"),))


def test_a_row_takes_content_for_cells() -> None:
    head = Cell("a", columns=2)
    assert Row([head, FactPlace("f")]).cells == (head, Cell(FactPlace("f")))


def test_a_place_takes_one_id_or_several() -> None:
    assert FactPlace("f1").facts == ("f1",)
    assert FactPlace(["f1", "f2"]).facts == ("f1", "f2")


@pytest.mark.parametrize("level", [0, 7])
def test_levels_of_headings(level: int) -> None:
    with pytest.raises(ValueError, match="1 to 6"):
        Heading(level, "a")


def test_the_facts_of_a_content() -> None:
    content = (
        PageText("a"),
        FactPlace(("f1", "f2")),
        HiddenLink("f3", FactPlace("f4")),
        CrossReference("x", FactPlace("f5")),
    )
    assert list(facts_of(content)) == ["f1", "f2", "f3", "f4", "f5"]
