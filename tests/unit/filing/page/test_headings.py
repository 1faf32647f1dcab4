"""The heads of columns."""

from __future__ import annotations

from exporter.filing.page.headings import Head, group_heads, split_label, under_heading
from exporter.filing.page.wording import Tongue, Words
from exporter.formats.inline_xbrl.page import Cell, Phrase

ENGLISH = Tongue("en")


def text(cell: Cell) -> str:
    return "".join(part.text for part in cell.content if isinstance(part, Phrase))


def heads(*labels: str, fixed: int = 1, heading: str = "Table") -> list[list[tuple[str, int]]]:
    made = [Head(Words(label)) for label in labels]
    rows = group_heads(made, ENGLISH, fixed=fixed, heading=Words(heading))
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
    assert under_heading(Words("Event, Kind"), Words("Corporate Event"), ENGLISH) == Words("Kind")


def test_row_heads_are_never_grouped() -> None:
    assert heads("A, One", "A, Two", fixed=2) == [[("A, One", 1), ("A, Two", 1)]]


def test_a_label_in_two_languages_is_split_in_both() -> None:
    assert split_label(Words("Rate, High", "相場、高値"), ENGLISH) == (Words("Rate", "相場"), Words("High", "高値"))
    assert split_label(Words("Rate, High", "高値"), ENGLISH) == (Words("Rate"), Words("High", "高値"))
    assert split_label(Words("Rate, High", "高値"), Tongue("ja")) is None
