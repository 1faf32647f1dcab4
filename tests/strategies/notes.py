"""Notes as people write them: paragraphs or markup, policies, tables and texts in between."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from exporter import disclosures as d
from exporter.disclosures.notes.layout import NotePart
from exporter.model.period import Duration

_WORDS = st.text("abcxyz äß日本&<>\"'{}", min_size=1, max_size=20).map(str.strip).filter(bool)
_TITLES = ("Inventories", "Land & plant", "Revenue {net}", "在庫", "Loans <short>")


def escaped(text: str) -> str:
    """Words as the content of an element, without references."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("{", "{{").replace("}", "}}")


@st.composite
def markup(draw: st.DrawFn) -> str:
    """A paragraph, a list, a table or words with emphasis."""
    first, second = escaped(draw(_WORDS)), escaped(draw(_WORDS))
    return draw(
        st.sampled_from(
            (
                f"<p>{first}</p>",
                f'<ul><li>{first}</li><li class="x">{second}<br/></li></ul>',
                f"<table><tr><td>{first}</td><td>{second}</td></tr></table>",
                f"<b>{first}</b> {second}",
            )
        )
    )


@st.composite
def notes(draw: st.DrawFn) -> Any:
    """A note of one year."""
    year = Duration("2020-01-01", "2020-12-31")
    titles = draw(st.lists(st.sampled_from(_TITLES), min_size=1, max_size=4, unique=True))
    parts: list[NotePart] = []
    for title in titles[1:]:
        kind = draw(st.sampled_from(("policy", "table", "text")))
        heading = title if kind != "text" or draw(st.booleans()) else None
        parts.append(NotePart(kind=kind, title=heading, content=draw(markup())))
    return d.Note(title=titles[0], over=year, content=draw(markup()), parts=tuple(parts))
