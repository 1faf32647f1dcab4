"""Tagging generated documents: the tags say what was meant, and without them the document is what it was."""

from __future__ import annotations

import re
from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.errors import WriteError
from exporter.items.values.printed import Span
from exporter.tagging.document.document import DocumentText, read_document
from exporter.tagging.document.source import Placement
from exporter.tagging.write.strip import strip_tags
from exporter.tagging.write.tags import tag_document
from tests.support.tagging import amount, page, report_of, shown_text, tagged_texts, text_fact

_BLANKS = " \t\n"
_WORDS = ["a", "b c", "12", "3.5", " ", "\n  ", "日本", "(7)", "x\ny", "é"]
_WRITTEN = [
    "&amp;",
    "&#160;",
    "&lt;",
    "&#x65E5;",
    "<!-- 9 < 10 -->",
    "<?go on?>",
    "<br/>",
    "<![CDATA[1 < 2]]>",
    "<i></i>",
]
_INLINE = ["b", "i", "span", "sup", "font", "a"]

texts = st.one_of(st.sampled_from(_WORDS), st.sampled_from(_WRITTEN))
inlines = st.recursive(
    st.lists(texts, max_size=3).map("".join),
    lambda inner: st.builds(
        lambda name, before, content, after: f"{before}<{name} class='x'>{content}</{name}>{after}",
        st.sampled_from(_INLINE),
        texts,
        inner,
        texts,
    ),
    max_leaves=4,
)
cells = st.lists(inlines.map("<td>{}</td>".format), min_size=1, max_size=3).map("".join)
tables = st.lists(cells.map("<tr>{}</tr>".format), min_size=1, max_size=3).map(
    lambda rows: f"<table>{chr(10).join(rows)}</table>"
)
flat = st.one_of(
    inlines.map("<p>{}</p>".format),
    inlines.map("<h2>{}</h2>\n".format),
    inlines.map("<ul> <li>{}</li> </ul>".format),
    inlines.map('<div style="display: none">{}</div>'.format),
    tables,
)
blocks = st.recursive(
    flat,
    lambda inner: st.lists(st.one_of(inner, inlines), min_size=1, max_size=3).map(
        lambda all_: f"<div>{''.join(all_)}</div>"
    ),
    max_leaves=6,
)
documents = st.lists(blocks, min_size=1, max_size=4).map("\n".join)


@st.composite
def spans(draw: st.DrawFn, document: DocumentText) -> list[Span]:
    """Stretches of text: anywhere, or inside the one before so that they nest."""
    length = len(document.text)
    found: list[Span] = []
    for _ in range(draw(st.integers(1, 4))):
        low, high = (0, length)
        inside: bool = draw(st.booleans())
        if found and inside:
            low, high = found[-1].start, found[-1].end
        start = draw(st.integers(low, high - 1))
        found.append(Span(start, draw(st.integers(start + 1, high))))
    return found


def placed(document: DocumentText, span: Span, number: int) -> tuple[object, Placement]:
    """A number where the text is one, else a text block."""
    words = document.text[span.start : span.end]
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", words):
        return amount(f"f{number}", words, 0), Placement(fact=f"f{number}", spans=[span])
    fact = text_fact(f"f{number}", escape(words), name="Note")
    return fact, Placement(fact=f"f{number}", spans=[span], escape=True)


_EXPECTED = {"exporter:overlappingTags", "exporter:noSuchPlace", "exporter:numberInPieces"}


@settings(max_examples=120, deadline=None)
@given(st.data(), documents)
def test_tags_say_what_was_meant_and_change_nothing(data: st.DataObject, body: str) -> None:
    source = page(body)
    document = read_document(source, "generated.xhtml")
    assert document.xhtml == source
    if not document.text.strip():
        return
    chosen = [placed(document, span, number) for number, span in enumerate(data.draw(spans(document)), 1)]
    report = report_of(*(fact for fact, _ in chosen))  # type: ignore[arg-type]
    placements = [placement for _, placement in chosen]
    refusal: WriteError | None = None
    try:
        tagged = tag_document(document, report, placements)
    except WriteError as error:
        refusal = error
    if refusal is not None:
        assert {finding.code for finding in refusal.findings} <= _EXPECTED, refusal
        assert all(finding.location.line for finding in refusal.findings)
        return
    assert strip_tags(tagged) == source
    assert shown_text(tagged).replace("\n", "") == shown_text(source).replace("\n", "")
    found = tagged_texts(tagged)
    for placement in placements:
        meant = "".join(document.text[placement.first.start : placement.first.end].split())
        assert "".join(found[placement.fact].split()) == meant


@settings(max_examples=120, deadline=None)
@given(documents)
def test_every_character_leads_back_to_the_source(body: str) -> None:
    document = read_document(page(body), "generated.xhtml")
    columns = document.columns
    ends = 0
    for text, length, start, end in zip(columns.texts, columns.lengths, columns.starts, columns.ends, strict=True):
        assert start >= ends
        ends = end
        piece = document.text[text : text + length]
        assert piece == document.page.text[start:end] or length == 1
        assert document.source_start(text) == start
        assert document.source_end(text + length) == end


@settings(max_examples=120, deadline=None)
@given(documents)
def test_blocks_lie_in_order_and_tables_are_rectangles(body: str) -> None:
    document = read_document(page(body), "generated.xhtml")
    starts = [block.start for block in document.blocks if block.start != block.end]
    assert starts == sorted(starts)
    for block in document.blocks:
        words = document.text[block.start : block.end]
        assert words == words.strip()
        assert words or block.kind == "cell"
    for number, table in enumerate(document.tables):
        assert len({len(row) for row in table.grid}) <= 1
        for row in table.grid:
            for cell in row:
                assert cell is None or document.blocks[cell].table == number


@settings(max_examples=60, deadline=None)
@given(documents)
def test_html_without_end_tags_shows_the_same_text(body: str) -> None:
    """What browsers add by themselves is left out; the words stay."""
    loose = re.sub(r"</(?:p|li|td|tr)>", "", body)
    loose = re.sub(r"<(\w+) class='x'>", lambda match: f"<{match[1].upper()} CLASS=x>", loose)
    loose = loose.replace("<![CDATA[", "").replace("]]>", "").replace("1 < 2", "1 &lt; 2").replace("<br/>", "<BR>")
    loose = re.sub(r"<!--.*?-->|<\?.*?\?>", "", loose)
    document = read_document(f"<HTML><BODY>{loose}</BODY></HTML>".encode(), "generated.htm")
    again = read_document(document.xhtml, "again.xhtml")
    assert again.text == document.text
    assert again.xhtml == document.xhtml
