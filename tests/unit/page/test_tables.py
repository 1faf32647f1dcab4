"""The heads of columns."""

from __future__ import annotations

from exporter.formats.inline_xbrl.write.blocks import Cell, Phrase
from exporter.page.tables import Head, group_heads, split_label, under_heading
from exporter.page.words import PageLanguage, Text

ENGLISH = PageLanguage("en")


def text(cell: Cell) -> str:
    return "".join(part.text for part in cell.content if isinstance(part, Phrase))


def heads(*labels: str, fixed: int = 1, heading: str = "Table") -> list[list[tuple[str, int]]]:
    made = [Head(Text(label)) for label in labels]
    rows = group_heads(made, ENGLISH, fixed=fixed, heading=Text(heading))
    return [[(text(cell), cell.columns) for cell in row.cells] for row in rows]


def test_labels_that_begin_alike_stand_under_one_head() -> None:
    assert heads("Period", "Rate, High", "Rate, Low", "Source") == [
        [("", 1), ("Rate", 2), ("", 1)],
        [("Period", 1), ("High", 1), ("Low", 1), ("Source", 1)],
    ]


def test_what_the_heading_says_is_not_said_again() -> None:
    assert heads("Period", "Right, Status", "Right, Terms", heading="Control Right") == [
        [("Period", 1), ("Status", 1), ("Terms", 1)]
    ]
    assert under_heading(Text("Event, Kind"), Text("Corporate Event"), ENGLISH) == Text("Kind")


def test_row_heads_are_never_grouped() -> None:
    assert heads("A, One", "A, Two", fixed=2) == [[("A, One", 1), ("A, Two", 1)]]


def test_a_label_in_two_languages_is_split_in_both() -> None:
    assert split_label(Text("Rate, High", "相場、高値"), ENGLISH) == (Text("Rate", "相場"), Text("High", "高値"))
    assert split_label(Text("Rate, High", "高値"), ENGLISH) == (Text("Rate"), Text("High", "高値"))
    assert split_label(Text("Rate, High", "高値"), PageLanguage("ja")) is None
