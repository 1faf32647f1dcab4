"""A note as it is written: a title, a text, and the policies and tables that stand in it; YAML and items JSON of it.

The texts keep what people write. Amounts of the filing stand in them by name, ``{AccumulatedDeficit.amount}``, and are
put in by `exporter.disclosures.notes.references`, which sees the whole filing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from attrs import field, frozen, validators

from exporter.disclosures.notes.content import MARKUPS, canonical_markup
from exporter.disclosures.statements.layout import CONCEPT, PERIOD, WORDS, JsonSchema, part_codec
from exporter.errors import ModelError
from exporter.findings import Finding, list_text
from exporter.items.check import problem
from exporter.items.composed import ItemComposer
from exporter.items.declare import item_base, part, provenance
from exporter.items.tree_values import check_members, kind_of, period_of, period_to_plain, string_of
from exporter.items.values import SourceRef
from exporter.model.period import Duration

KINDS: Final = ("policy", "table", "text")
"""What a part of a note may be; a text is what goes on between policies and tables, and no fact by itself."""

_TEXT: Final[JsonSchema] = {"type": "string"}
_CONCEPTS: Final[JsonSchema] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]}
_MEMBERS: Final = ("kind", "title", "concept", "content")


@frozen(kw_only=True)
class NotePart:
    """A policy, a table or some more text of a note, under its title where it has one.

    ``concept`` is a standard text block or one of the filing's own, several with a blank between two where one source
    serves several profiles; left out, one of the filing's own is made of the title.
    """

    kind: str = field(validator=validators.in_(KINDS))
    title: str | None = None
    concept: str | None = None
    content: str

    def __attrs_post_init__(self) -> None:
        check_concept(self.concept)
        if self.kind == "text" and self.concept is not None:
            raise ModelError("a text has no concept of its own; write kind: policy or kind: table")
        if self.kind != "text" and not (self.title or self.concept):
            raise ModelError(f"a {self.kind} has a title or a concept")
        if self.title is not None and not self.title.strip():
            raise ModelError("a title is not empty")


def check_concept(concept: str | None) -> None:
    """That a concept is written like one.

    Raises:
        ModelError: it is not.
    """
    if concept is not None and not CONCEPT.fullmatch(concept):
        raise ModelError(f"a concept is written prefix:Name, or Name for one of the filing's own, got {concept!r}")


def _concept_of(node: Any) -> str:
    return " ".join(map(string_of, node)) if isinstance(node, list) else string_of(node)


def _markup_of(node: Any) -> str:
    if node not in MARKUPS:
        raise ModelError(f"a text is {list_text(MARKUPS, last=' or ')}, got {node!r}")
    return str(node)


def _part_of(node: Any) -> NotePart:
    if not isinstance(node, Mapping):
        raise ModelError(f"a part of a note is {{kind: policy, title: …, content: …}}, got {kind_of(node)}")
    check_members(node, _MEMBERS, required=("kind", "content"))
    if node["kind"] not in KINDS:
        raise ModelError(f"a part of a note is a policy, a table or a text, got {node['kind']!r}")
    return NotePart(
        kind=string_of(node["kind"]),
        title=string_of(node["title"]) if node.get("title") is not None else None,
        concept=_concept_of(node["concept"]) if node.get("concept") is not None else None,
        content=string_of(node["content"]),
    )


def _part_to_plain(given: NotePart) -> Any:
    node = {name: getattr(given, name) for name in _MEMBERS}
    return {name: value for name, value in node.items() if value is not None}


PART: Final = part_codec(
    NotePart,
    lambda node, _: _part_of(node),
    _part_to_plain,
    {
        "type": "object",
        "properties": {"kind": {"enum": list(KINDS)}, "title": _TEXT, "concept": _CONCEPTS, "content": _TEXT},
        "required": ["kind", "content"],
        "additionalProperties": False,
    },
)
CONCEPTS: Final = part_codec(str, lambda node, _: _concept_of(node), str, _CONCEPTS)
MARKUP: Final = part_codec(str, lambda node, _: _markup_of(node), str, {"enum": list(MARKUPS)})
OVER: Final = part_codec(
    Duration,
    lambda node, conventions: period_of((Duration,), node, conventions.spoken),
    period_to_plain,
    PERIOD,
)


@item_base
class NoteBase:
    """What a note has: its title, its concept, its period, its text, and its policies and tables, which follow it."""

    composer: ClassVar[ItemComposer]
    id: str | None = provenance(default=None)
    source: SourceRef | None = provenance(default=None)
    title: str = part(WORDS, words="what stands above the note", example="Inventories")
    over: Duration = part(
        OVER, words="the period of the statements", example={"start": "2004-04-01", "end": "2005-03-31"}
    )
    content: str = part(
        WORDS,
        words="plain text in paragraphs, or XHTML; {ITEM.field} and {STATEMENT/row/column} are amounts of the filing",
        example="Inventories are held for sale.",
        default="",
    )
    markup: str = part(
        MARKUP,
        words="markdown where the texts of note and parts are Markdown",
        example="xhtml",
        default="xhtml",
    )
    concept: str | None = part(
        CONCEPTS,
        words="a text block, prefix:Name; left out, one of the filing's own",
        example="InventoriesTextBlock",
        default=None,
    )
    parts: tuple[NotePart, ...] = part(
        PART,
        words="policies, tables and texts {kind: policy, title: …, concept: …, content: …}",
        example={"kind": "policy", "title": "Valuation", "content": "Inventories are valued at cost."},
        many=True,
        default=(),
    )

    def check(self) -> Iterator[Finding]:
        """That there is a text, which can stand on a page."""
        if not self.title.strip():
            yield problem("exporter:invalidValue", "a note has a title", "title")
        if not self.content.strip() and not self.parts:
            yield problem(
                "exporter:emptyText", "the note has no text", "content", fix="write it, or leave the note out"
            )
        try:
            check_concept(self.concept)
        except ModelError as error:
            yield problem("exporter:invalidValue", str(error), "concept")
        texts = [("content", self.content)]
        texts += [(f"parts/{number}/content", given.content) for number, given in enumerate(self.parts)]
        for path, text in texts:
            try:
                canonical_markup(text, self.markup)
            except ModelError as error:
                yield problem("exporter:invalidValue", str(error), path)
