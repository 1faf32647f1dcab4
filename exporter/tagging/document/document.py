"""An existing document as its reader sees it: text, blocks, tables and headings, with the way back to the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import cast

from attrs import define
from lxml import etree

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.items.values.printed import Span
from exporter.namespaces import XHTML
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.tagging.document.layout import Block, Columns, TableText
from exporter.tagging.document.source import Markup, refusal
from exporter.tagging.document.visible_text import gather
from exporter.tagging.document.xhtml import TaggedPage, prepare


@define(eq=False, slots=False)
class DocumentText:
    """The text of a document and what it is made of. Offsets count its characters.

    ``text`` is all that a reader sees, in document order, references resolved, white space inside a line as in the
    source. Between blocks and for ``br`` stands a line break, between the cells of a row a tab; these have no place in
    the source. Scripts, styles, the head and what is not displayed are left out. ``source`` is what was read, ``page``
    the XHTML that is tagged; ``findings`` tell what had to be changed to get there.
    """

    name: str
    source: bytes
    text: str
    blocks: tuple[Block, ...]
    tables: tuple[TableText, ...]
    page: TaggedPage
    markup: Markup
    columns: Columns
    extents: tuple[list[int], list[int]]
    hidden: list[int]
    limits: Limits = DEFAULT_LIMITS

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was changed to make the document XHTML; no errors."""
        return self.page.findings

    @property
    def xhtml(self) -> bytes:
        """The document in XHTML, without tags: the bytes read, where they were XHTML."""
        return self.page.data

    @property
    def namespaces(self) -> Mapping[str | None, str]:
        """The prefixes that the root declares."""
        return dict(self.page.root.nsmap)

    @cached_property
    def title(self) -> str:
        """The title in the document's head, empty where there is none."""
        element = self.page.root.find(f".//{{{XHTML}}}title")
        return (element.text or "").strip() if element is not None else ""

    @cached_property
    def body(self) -> int:
        """The number of the element ``body``."""
        return next(
            number
            for number, name in enumerate(self.markup.names)
            if name == "body" and self.markup.parents[number] == 0
        )

    def place(self, offset: int) -> Location:
        """Line and column of a character in the source; the column is known for XHTML only."""
        line, column = self.page.places.place(self.source_start(offset))
        return Location(file=self.name, line=line, column=column)

    def source_range(self, span: Span) -> tuple[int, int]:
        """From where to where in ``page.text`` the characters of a span stand, blanks at its ends included."""
        return self.source_start(span.start), max(self.source_end(span.end), self.source_start(span.start))

    def source_start(self, offset: int) -> int:
        """Where in the XHTML a character stands; for one without a place, where the next one stands."""
        columns = self.columns
        number = bisect_right(columns.texts, offset) - 1
        if number < 0 or offset >= columns.texts[number] + columns.lengths[number]:
            number += 1
            return columns.starts[number] if number < len(columns.texts) else len(self.page.text)
        return columns.starts[number] + (offset - columns.texts[number] if columns.lengths[number] > 1 else 0)

    def source_end(self, offset: int) -> int:
        """Where in the XHTML the character before ``offset`` ends."""
        columns = self.columns
        number = bisect_left(columns.texts, offset) - 1
        if number < 0:
            return 0
        within = offset - columns.texts[number]
        if within >= columns.lengths[number]:
            return columns.ends[number]
        return columns.starts[number] + within

    def headings_at(self, offset: int) -> tuple[str, ...]:
        """The headings under which a character stands, the highest first; a heading stands under itself."""
        starts, paths = self._headings
        number = bisect_right(starts, offset) - 1
        return paths[number] if number >= 0 else ()

    @cached_property
    def _headings(self) -> tuple[list[int], list[tuple[str, ...]]]:
        starts: list[int] = []
        paths: list[tuple[str, ...]] = []
        above: list[tuple[int, str]] = []
        for block in self.blocks:
            if block.kind == "heading":
                level = block.level or 7
                while above and above[-1][0] >= level:
                    above.pop()
                above.append((level, " ".join(self.text[block.start : block.end].split())))
                starts.append(block.start)
                paths.append(tuple(title for _, title in above))
        return starts, paths

    def block_at(self, offset: int) -> int | None:
        """The index of the innermost block that a character belongs to."""
        starts = self._block_starts
        number = bisect_right(starts, offset) - 1
        while number >= 0:
            block = self.blocks[number]
            if block.start <= offset < block.end:
                return number
            if block.table is None and block.end > block.start:
                return None
            number -= 1
        return None

    @cached_property
    def _block_starts(self) -> list[int]:
        return [block.start for block in self.blocks]

    def by_id(self, id_: str) -> Span | None:
        """The text of the element with that ``id``, or of the anchor with that ``name``.

        An anchor without text stands for the block in which or before which it stands.
        """
        number = self._ids.get(id_)
        if number is None:
            return None
        span = self.extent(number)
        if span is not None:
            return span
        at = bisect_left(self.columns.starts, self.markup.opens[number])
        if at >= len(self.columns.texts):
            return None
        offset = self.columns.texts[at]
        while offset < len(self.text) and self.text[offset].isspace():
            offset += 1
        number = self.block_at(offset)
        return None if number is None else Span(self.blocks[number].start, self.blocks[number].end)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Every id that an element of the document has, seen or not."""
        names = (self.markup.attribute(number, "id") for number in range(len(self.markup)))
        return frozenset(id_.strip() for id_ in names if id_)

    @cached_property
    def _ids(self) -> dict[str, int]:
        numbers: dict[str, int] = {}
        for number in range(len(self.markup)):
            for key in ("id", "name"):
                if key == "id" or self.markup.names[number] == "a":
                    value = self.markup.attribute(number, key)
                    if value:
                        numbers.setdefault(value.strip(), number)
        return numbers

    def extent(self, element: int) -> Span | None:
        """The text of an element, from its first to its last character that is not blank; ``None`` without any."""
        start, end = self.extents[0][element], self.extents[1][element]
        return Span(start, end) if 0 <= start < end else None

    def select(self, css: str) -> tuple[Span, ...]:
        """The texts of the elements that a CSS selector finds, in document order; elements without text are left out.

        Raises:
            ReadError: ``exporter:invalidSelector``.
        """
        from lxml.cssselect import CSSSelector, SelectorError

        try:
            elements = cast("list[etree._Element]", CSSSelector(css, translator="html")(self._elements[0]))
        except (SelectorError, etree.XPathError) as error:
            finding = Finding(
                code="exporter:invalidSelector",
                message=f"{css!r} is no CSS selector: {error}",
                fix="write a selector of CSS 3 such as table.rates td:nth-child(2)",
            )
            raise ReadError(findings=[finding]) from error
        spans = (self.extent(self._elements[1][element]) for element in elements)
        return tuple(span for span in spans if span is not None)

    @cached_property
    def _elements(self) -> tuple[etree._Element, dict[etree._Element, int]]:
        """The tree without namespaces, as selectors want it, and the number of each element."""
        numbers: dict[etree._Element, int] = {}
        for number, element in enumerate(self.page.root.iter(etree.Element)):
            element.tag = etree.QName(element).localname
            numbers[element] = number
        return self.page.root, numbers


def read_document(source: Path | bytes, name: str | None = None, limits: Limits = DEFAULT_LIMITS) -> DocumentText:
    """The text of a document in XHTML, or in the HTML that filings contain.

    Args:
        source: the file, or its bytes.
        name: the file name for findings; the path by default.
        limits: what to accept.

    Raises:
        ReadError: the document cannot be read, is empty, no text, beyond a limit, not well-formed although it claims to
            be XML, or holds Inline XBRL already (``exporter:alreadyTagged``).
    """
    name_of_document = name if name is not None else str(source) if isinstance(source, Path) else "(document)"
    data = source if isinstance(source, bytes) else _bytes(source, name_of_document, limits)
    page = prepare(data, name_of_document, limits)
    gathered = gather(page.text, page.sheets)
    return DocumentText(
        name_of_document,
        data,
        gathered.text,
        gathered.blocks,
        gathered.tables,
        page,
        gathered.markup,
        gathered.columns,
        gathered.extents,
        gathered.hidden,
        limits,
    )


def _bytes(path: Path, name: str, limits: Limits) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(limits.file_size + 1)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror or error}"
        fix = "check that the file is there and that you may read it"
        raise refusal("exporter:unreadableFile", message, name, fix=fix) from error
