"""Markdown (CommonMark with tables) as the XHTML that people would have written in its place.

References to amounts are set apart before the text is read, so that the bar in ``{NAME | digits}`` divides no cell and
no sign in a label is taken for emphasis. Markup that stands in the text is kept, and checked like any other.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping, Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from exporter.errors import ModelError

_DEEPEST: Final = 40  # levels of lists, quotations and emphasis
_LONGEST: Final = 200_000  # characters, read in seconds even where they are hostile
_VOID: Final = re.compile(r"<(br|hr|col)\b([^<>]*)>", re.IGNORECASE)


def markdown_to_xhtml(text: str, reference: re.Pattern[str]) -> str:
    """The XHTML of a text in Markdown, without white space between its blocks.

    Args:
        text: as people write it.
        reference: what comes into the XHTML as it is.

    Raises:
        ModelError: too long or nested too deep, or a reference where no text is.
    """
    if len(text) > _LONGEST:
        raise ModelError(f"a text in Markdown has at most {_LONGEST:,} characters, this has {len(text):,}")
    mark = next(chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    references: list[str] = []

    def set_apart(match: re.Match[str]) -> str:
        references.append(match[0])
        return f"{mark}{len(references) - 1}{mark}"

    reader = _MarkdownReader("commonmark", {"maxNesting": _DEEPEST}, renderer_cls=_XhtmlRenderer).enable("table")
    environment: MutableMapping[str, Any] = {}
    tokens = reader.parse(reference.sub(set_apart, text), environment)
    for token in tokens:
        inner = max((child.level for child in token.children or ()), default=0)
        if token.level + inner + 1 >= _DEEPEST:  # what is deeper the reader leaves out without a word
            raise ModelError(f"the text is nested deeper than {_DEEPEST} levels")
    markup = str(reader.renderer.render(tokens, reader.options, environment))
    markup, count = re.subn(f"{mark}([0-9]+){mark}", lambda match: _as_markup(references[int(match[1])]), markup)
    if count != len(references) or mark in markup:
        raise ModelError("an amount stands by name where no text is, such as in the address of a link")
    return markup


def _as_markup(reference: str) -> str:
    return reference.replace("&", "&amp;")


class _MarkdownReader(MarkdownIt):
    """Takes all links: what a link may be is for the checks of XHTML, which say what is wrong."""

    def validateLink(self, url: str) -> bool:
        return True


class _XhtmlRenderer(RendererHTML):
    """Writes what the reader found: no line ends between blocks, blanks for those inside a paragraph."""

    def renderToken(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return _closed(super().renderToken(tokens, idx, options, env).strip("\n"))

    def softbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return " "

    def hardbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return "<br/>"

    def fence(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return super().fence(tokens, idx, options, env).removesuffix("\n")

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return super().code_block(tokens, idx, options, env).removesuffix("\n")

    def html_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return _closed(tokens[idx].content.strip("\n"))

    def html_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return _closed(tokens[idx].content)


def _closed(markup: str) -> str:
    """Markup as HTML has it, its elements without content closed as XML wants them."""
    return _VOID.sub(lambda match: f"<{match[1]}{match[2].rstrip().removesuffix('/').rstrip()}/>", markup)
