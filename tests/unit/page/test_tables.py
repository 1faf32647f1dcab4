"""Labels that begin alike, and the heads of columns that they make."""

from __future__ import annotations

from exporter.formats.inline_xbrl.write.blocks import Cell, PageText, Table
from exporter.page.compose import Grid, compose_part, label_heads
from exporter.page.tables import FieldColumn, field_heads, split_label, under_heading
from exporter.page.words import PageLanguage, Text

ENGLISH = PageLanguage("en")


def text(cell: Cell) -> str:
    return "".join(part.text for part in cell.content if isinstance(part, PageText))


def heads(*labels: str, heading: str = "Table") -> list[list[tuple[str, int]]]:
    """The rows of heads over a period and a column for each label: their texts with the columns they go over."""
    columns = [FieldColumn(label=Text(label)) for label in labels]
    made = [*label_heads(Text("Period"), language=ENGLISH), *field_heads(columns, ENGLISH, Text(heading))]
    (table,) = compose_part(Grid(heads=made, lines=()))
    assert isinstance(table, Table)
    return [[(text(cell), cell.columns) for cell in row.cells] for row in table.heads]


def test_labels_that_begin_alike_stand_under_one_head() -> None:
    assert heads("Rate, High", "Rate, Low", "Source") == [
        [("", 1), ("Rate", 2), ("", 1)],
        [("Period", 1), ("High", 1), ("Low", 1), ("Source", 1)],
    ]


def test_what_the_heading_says_is_not_said_again() -> None:
    assert heads("Right, Status", "Right, Terms", heading="Control Right") == [
        [("Period", 1), ("Status", 1), ("Terms", 1)]
    ]
    assert under_heading(Text("Event, Kind"), Text("Corporate Event"), ENGLISH) == Text("Kind")


def test_a_label_in_two_languages_is_split_in_both() -> None:
    both, one_in_japanese = Text("Rate, High", {"ja": "相場、高値"}), Text("Rate, High", {"ja": "高値"})
    assert split_label(both, ENGLISH) == (Text("Rate", {"ja": "相場"}), Text("High", {"ja": "高値"}))
    assert split_label(one_in_japanese, ENGLISH) == (Text("Rate"), Text("High", {"ja": "高値"}))
    assert split_label(one_in_japanese, PageLanguage("ja")) is None
