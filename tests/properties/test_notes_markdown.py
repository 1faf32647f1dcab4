"""Texts of notes, generated with their Markdown and their XHTML side by side, are the same in one form."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from exporter.disclosures.notes.content import canonical_markup


class Written(NamedTuple):
    """A piece of text in both markups."""

    markdown: str
    xhtml: str


_LETTERS = st.text("abcxyzäß東京 ".replace(" ", ""), min_size=1, max_size=6)
_PLAIN = _LETTERS.map(lambda text: Written(text, text))
_SPECIAL = st.sampled_from(
    [
        Written("{Item.a_b_c*d*}", "{Item.a_b_c*d*}"),
        Written("{Sheet/R&D, net/1 | digits}", "{Sheet/R&amp;D, net/1 | digits}"),
        Written("{{", "{{"),
        Written("5 & 6", "5 &amp; 6"),
        Written("\\*", "*"),
        Written("3 < 4", "3 &lt; 4"),
        Written("`a`", "<code>a</code>"),
        Written("[web](https://example.com/?a=1&b=2)", '<a href="https://example.com/?a=1&amp;b=2">web</a>'),
        Written("a<br>b", "a<br/>b"),
    ]
)
_EMPHASIS = _PLAIN.map(lambda word: Written(f"*{word.markdown}*", f"<em>{word.xhtml}</em>"))
_STRONG = _PLAIN.map(lambda word: Written(f"**{word.markdown}**", f"<strong>{word.xhtml}</strong>"))


def _joined(words: list[Written]) -> Written:
    return Written(" ".join(word.markdown for word in words), " ".join(word.xhtml for word in words))


_LINES = st.builds(
    lambda first, rest: _joined([first, *rest]),
    _PLAIN,
    st.lists(st.one_of(_PLAIN, _SPECIAL, _EMPHASIS, _STRONG), max_size=4),
)
_PARAGRAPHS = _LINES.map(lambda line: Written(line.markdown, f"<p>{line.xhtml}</p>"))
_HEADINGS = _LINES.map(lambda line: Written(f"### {line.markdown}", f"<h3>{line.xhtml}</h3>"))


def _list(lines: list[Written]) -> Written:
    entries = "".join(f"<li>{line.xhtml}</li>" for line in lines)
    return Written("\n".join(f"- {line.markdown}" for line in lines), f"<ul>{entries}</ul>")


def _table(rows: list[tuple[Written, Written]]) -> Written:
    lines = [f"| {left.markdown} | {right.markdown} |" for left, right in rows]
    lines.insert(1, "|---|---|")

    def row(cells: tuple[Written, Written], name: str) -> str:
        return "<tr>" + "".join(f"<{name}>{cell.xhtml}</{name}>" for cell in cells) + "</tr>"

    body = "".join(row(cells, "td") for cells in rows[1:])
    body = f"<tbody>{body}</tbody>" if body else ""
    return Written("\n".join(lines), f"<table><thead>{row(rows[0], 'th')}</thead>{body}</table>")


_LISTS = st.lists(_LINES, min_size=1, max_size=4).map(_list)
_TABLES = st.lists(st.tuples(_LINES, _LINES), min_size=1, max_size=4).map(_table)
_BLOCKS = st.one_of(_PARAGRAPHS, _HEADINGS, _TABLES)


@given(st.lists(st.one_of(_BLOCKS, st.tuples(_LISTS, _PARAGRAPHS)), min_size=1, max_size=5))
def test_markdown_and_xhtml_are_one_text(given_blocks: list[Written | tuple[Written, Written]]) -> None:
    blocks: list[Written] = []
    for block in given_blocks:
        blocks += [block] if isinstance(block, Written) else block  # lists stand apart, or they would be one
    markdown = canonical_markup("\n\n".join(block.markdown for block in blocks), "markdown")
    assert markdown == canonical_markup("".join(block.xhtml for block in blocks))
    assert canonical_markup(markdown) == markdown
