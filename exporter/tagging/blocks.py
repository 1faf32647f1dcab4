"""The stretches of a page that stand by themselves, and where its characters come from."""

from __future__ import annotations

from typing import Literal

from attrs import define, field, frozen

Kind = Literal["heading", "paragraph", "list-item", "cell", "caption"]


@frozen(kw_only=True)
class Block:
    """A stretch of text that stands by itself, from its first to its last character that is not blank.

    ``level`` is that of a heading: 1 to 6 as marked, 7 for a short paragraph all in bold. ``table`` is the index of the
    innermost table around it; cells have their place in its grid. A cell that holds more than one block is followed by
    them. Only cells can be empty (``start == end``).
    """

    start: int
    end: int
    kind: Kind
    level: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    row_span: int = 1
    column_span: int = 1


@define(eq=False)
class Columns:
    """The stretches of text by their offsets: the k-th begins at ``texts[k]``, is ``lengths[k]`` characters long.

    It comes from ``starts[k]`` to ``ends[k]`` of the XHTML, in the element ``elements[k]``. A stretch of one character
    may come from more of them (a reference); all else is character for character. ``sealed`` has the bounds of CDATA
    sections, by the number of a stretch.
    """

    texts: list[int] = field(factory=list)
    lengths: list[int] = field(factory=list)
    starts: list[int] = field(factory=list)
    ends: list[int] = field(factory=list)
    elements: list[int] = field(factory=list)
    sealed: dict[int, tuple[int, int]] = field(factory=dict)
