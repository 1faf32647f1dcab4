"""A statement as it is printed: its columns and rows, and how they are written in YAML and items JSON.

A row keeps the texts that are printed. What they mean (values, signs, sums) is read by
`exporter.disclosures.statements.reading`, which sees the whole statement and the others of the filing.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final

from attrs import evolve, field, frozen, validators

from exporter.errors import ModelError
from exporter.findings import Finding, choice_hint, list_text
from exporter.items.check import problem
from exporter.items.codec import Codec, Encoded
from exporter.items.composed import ItemComposer
from exporter.items.declarations import words
from exporter.items.declare import item_base, part, provenance
from exporter.items.tree_values import check_members, kind_of, period_of, period_to_plain, string_of
from exporter.items.values import SourceRef
from exporter.items.values.currencies import check_currency
from exporter.items.values.phrases import DEFAULT_CONVENTIONS, Conventions
from exporter.model.period import Duration, Instant

JsonSchema = dict[str, Any]
SCALES: Final[Mapping[str, int]] = {
    "as printed": 0,
    "units": 0,
    "hundreds": 2,
    "thousands": 3,
    "millions": 6,
    "billions": 9,
    "trillions": 12,
    "円": 0,
    "千円": 3,
    "百万円": 6,
    "億円": 8,
}
"""What stands above a table, by the power of ten."""

DASHES: Final = ("zero", "nil", "none")
"""What a cell may mean that prints a dash, "n/a" or the like: zero, a fact without a value, or no fact."""

EXACT: Final = "exact"
"""What a row's ``decimals`` or a cell says of a number that is not rounded (``INF`` in XBRL)."""

_INDENT: Final = 2  # blanks of a level
_ACCURACY: Final = re.compile(r"(?P<number>.*\S)\s+(?:(?P<exact>exact|INF)|decimals (?P<decimals>-?[0-9]{1,3}|INF))")
_NAME: Final = r"(?:[A-Za-z_][\w.-]*:)?[A-Z][\w.-]*"
CONCEPT: Final = re.compile(rf"{_NAME}(?: +{_NAME})*")
_TEXT: Final[JsonSchema] = {"type": "string"}
_PRINTED: Final[JsonSchema] = {"type": ["string", "number", "null"]}


def scale_of(node: Any) -> int:
    """The power of ten that a table's heading names: ``thousands``, ``in millions``, ``百万円``, or itself."""
    if isinstance(node, str) and not re.fullmatch("-?[0-9]+", node):
        words = node.strip().casefold().removeprefix("in ")
        if words not in SCALES:
            raise ModelError(f"no scale is called {node!r}; {choice_hint(words, SCALES)}")
        return SCALES[words]
    try:
        power = int(node) if not isinstance(node, bool) else None
    except (TypeError, ValueError):
        power = None
    if power is None:
        raise ModelError(f"expected a scale such as thousands, got {kind_of(node)}") from None
    if not -6 <= power <= 15 or (power != node and not isinstance(node, str)):
        raise ModelError(f"expected a scale such as thousands or 3, got {node!r}")
    return power


def _member_pairs(value: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(value.items() if isinstance(value, Mapping) else map(tuple, value))


@frozen(kw_only=True)
class StatementColumn:
    """A column: its period, what stands above it where that is not the period, and the members that cut its facts.

    ``members`` are pairs of an axis and a member, each a standard name (``us-gaap:CommonStockMember``) or words of
    which names of the filing's own are made.
    """

    period: Instant | Duration = field(validator=validators.instance_of((Instant, Duration)))
    label: str | None = None
    members: tuple[tuple[str, str], ...] = field(default=(), converter=_member_pairs)


def split_accuracy(text: str) -> tuple[str, int | str | None]:
    """A cell without the accuracy that it says: ``0.94 exact``, ``1,234,567 decimals -3``; ``None`` for as printed."""
    match = _ACCURACY.fullmatch(text)
    if match is None:
        return text, None
    return match["number"], EXACT if match["decimals"] in (None, "INF") else int(match["decimals"])


def accuracy_of(node: Any) -> int | str:
    """The decimals that a row says: a whole number, or `EXACT`.

    Raises:
        ModelError: it is neither.
    """
    text = str(node).strip()
    if text.casefold() in (EXACT, "inf"):
        return EXACT
    if isinstance(node, bool) or not re.fullmatch("-?[0-9]{1,3}", text):
        raise ModelError(f"decimals are a whole number or exact, got {node!r}")
    return int(text)


def _accuracy(node: Any) -> int | str | None:
    return None if node is None else accuracy_of(node)


def _texts(values: Iterable[Any]) -> tuple[str, ...]:
    if isinstance(values, str):
        raise ModelError(f"values are a sequence of texts as printed, got {values!r}")
    return tuple("" if value is None else str(value).strip() for value in values)


# Named, for the type checker does not see through ``tuple`` as converter.
def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(texts)


def _names(names: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)


def _amounts(rows: Iterable[StatementRow]) -> tuple[StatementRow, ...]:
    return tuple(rows)


@frozen(kw_only=True)
class StatementRow:
    """A row: its label, and its values as printed, one a column; a row without any is a heading.

    Args:
        label: as printed; two blanks before it are a level of ``depth``.
        concept: a standard concept (``us-gaap:Assets``) or one of the filing's own (``OtherPlant``); left out, one of
            the filing's own is made of the label. Of several, a blank between two, the first counts that the profile
            knows, so that one source serves several profiles.
        own: whether the concept is the filing's own on purpose, so that none of a standard taxonomy is proposed.
        values: texts as printed; an empty one where nothing is printed. ``0.94 exact`` is not rounded, and
            ``1,234 decimals -6`` has an accuracy that the print does not show; ``nil`` is a fact without a value.
        depth: levels of indent; added to those of the label.
        negated: whether the print shows the opposite of the fact; left out, it follows from balances and sums.
        total: whether the row is a sum; left out, the numbers, the label and the indents say so.
        sum_of: the rows it is the sum of, by label or concept, with ``-`` before those that are subtracted.
        at: ``start`` or ``end`` where a balance stands in a column that is a period.
        unit: ``shares``, ``per share``, ``pure``, ``percent`` or a currency; left out, that of the concept's type.
        dash: what a dash means in its cells, where that differs from the statement's; see `DASHES`.
        scale: the power of ten of its numbers where it differs from the statement's.
        decimals: the accuracy of its numbers where the print does not show it; ``exact`` for numbers not rounded.
        members: pairs of an axis and a member that cut the row's facts beside those of the column; see
            `StatementColumn`. Such a row is part of no sum.
        type, period, balance, documentation: what a concept of the filing's own is like, or a standard one that no
            table of this package tells of.
        wider: standard concepts that one of the filing's own is part of, to which it is anchored; those of taxonomies
            that the profile does not know are left out.
        notes: footnotes to its facts.
        parenthetical: amounts that the label prints, each a row with its concept and values; a single value holds in
            all columns.
    """

    label: str = field()
    concept: str | None = field(default=None)
    own: bool | None = None
    values: tuple[str, ...] = field(default=(), converter=_texts)
    depth: int = 0
    negated: bool | None = None
    total: bool | None = None
    sum_of: tuple[str, ...] | None = field(default=None, converter=_names)
    at: str | None = field(default=None, validator=validators.in_((None, "start", "end")))
    unit: str | None = None
    dash: str | None = field(default=None, validator=validators.in_((None, *DASHES)))
    scale: int | None = None
    decimals: int | str | None = field(default=None, converter=_accuracy)
    members: tuple[tuple[str, str], ...] = field(default=(), converter=_member_pairs)
    type: str | None = None
    period: str | None = field(default=None, validator=validators.in_((None, "instant", "duration")))
    balance: str | None = field(default=None, validator=validators.in_((None, "debit", "credit", "none")))
    documentation: str | None = None
    wider: tuple[str, ...] = field(default=(), converter=_lines)
    notes: tuple[str, ...] = field(default=(), converter=_lines)
    parenthetical: tuple[StatementRow, ...] = field(default=(), converter=_amounts)

    def __attrs_post_init__(self) -> None:
        text = self.label.rstrip().replace("\u3000", "  ")
        level, blanks = divmod(len(text) - len(text.lstrip(" ")), _INDENT)
        object.__setattr__(self, "label", text.strip())
        object.__setattr__(self, "depth", self.depth + level + (blanks > 0))
        if not self.label:
            raise ModelError("a row has a label")
        if wrong := [name for name in self.wider if not CONCEPT.fullmatch(name) or ":" not in name]:
            raise ModelError(f"a wider concept is a standard one, prefix:Name, got {wrong[0]!r}")
        if self.concept is not None and not CONCEPT.fullmatch(self.concept):
            raise ModelError(
                f"a concept is written prefix:Name, or Name for one of the filing's own, got {self.concept!r}"
            )
        if self.own and any(":" in concept for concept in self.concepts):
            raise ModelError(f"a row of the filing's own names no standard concept, got {self.concept!r}")

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts to choose from, those preferred first."""
        return tuple((self.concept or "").split())

    @property
    def is_heading(self) -> bool:
        """Whether no column has a value."""
        return not any(self.values)


# --- items JSON and YAML ----------------------------------------------------------------------------------------------


def _column_of(node: Any, conventions: Conventions = DEFAULT_CONVENTIONS) -> StatementColumn:
    if isinstance(node, Mapping) and "period" in node:
        check_members(node, ("period", "label", "members"), required=("period",))
        return StatementColumn(
            period=period_of((Instant, Duration), node["period"], conventions.spoken),
            label=node.get("label"),
            members=_members_of(node.get("members", {})),
        )
    return StatementColumn(period=period_of((Instant, Duration), node, conventions.spoken))


def _members_of(node: Any) -> dict[str, str]:
    if not isinstance(node, Mapping):
        raise ModelError(f"members are axes with their members, got {kind_of(node)}")
    return {str(axis): string_of(member) for axis, member in node.items()}


def _column_to_plain(column: StatementColumn) -> Any:
    if column.label is None and not column.members:
        return period_to_plain(column.period)
    node = {"period": period_to_plain(column.period)}
    node |= {"label": column.label} if column.label is not None else {}
    return node | ({"members": dict(column.members)} if column.members else {})


_ROW_MEMBERS: Final = (
    *("label", "depth", "concept", "own", "values", "negated", "total", "sum_of", "at", "unit", "dash", "scale"),
    *("decimals", "members", "type", "period", "balance", "documentation", "wider", "notes", "parenthetical"),
)


def _row_of(node: Any) -> StatementRow:
    if isinstance(node, str):
        return _row_of(row_nodes(node)[0])
    if not isinstance(node, Mapping):
        raise ModelError(f"a row is {{label: …, concept: …, values: […]}}, got {kind_of(node)}")
    check_members(node, _ROW_MEMBERS, required=("label",))
    given = {name: value for name, value in node.items() if value is not None}
    if isinstance(given.get("concept"), list):
        given["concept"] = " ".join(map(string_of, given["concept"]))
    for name in ("values", "sum_of", "wider", "notes"):
        if name in given and not isinstance(given[name], list):
            given[name] = [given[name]]
    if "parenthetical" in given:
        amounts = given["parenthetical"]
        given["parenthetical"] = [
            _amount_of(amount) for amount in (amounts if isinstance(amounts, list) else [amounts])
        ]
    for value in given.get("values", ()):
        if isinstance(value, Mapping | list):
            raise ModelError(f"a value is a number or its print, got {kind_of(value)}")
    if "scale" in given:
        given["scale"] = scale_of(given["scale"])
    if "depth" in given:
        given["depth"] = _whole(given["depth"])
    if "members" in given:
        given["members"] = _members_of(given["members"])
    for name in ("own", "negated", "total"):
        if not isinstance(given.get(name, True), bool):
            raise ModelError(f"{name} is true or false, got {given[name]!r}")
    try:
        return StatementRow(**given)
    except (TypeError, ValueError, AttributeError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(str(error.args[0] if error.args else error)) from None


def _amount_of(node: Any) -> StatementRow:
    """An amount in a label: a row whose own label may be left out where it names a concept."""
    if not isinstance(node, Mapping):
        raise ModelError(f"an amount in a label is {{concept: …, values: […]}}, got {kind_of(node)}")
    if "parenthetical" in node:
        raise ModelError("an amount in a label has no amounts in its own")
    if "values" not in node:
        raise ModelError("an amount in a label has values")
    return _row_of({"label": words(str(node.get("concept", "")).split(" ")[0].rpartition(":")[2]), **node})


def _dash_of(node: Any) -> str:
    if node not in DASHES:
        raise ModelError(f"a dash means {list_text(DASHES, last=' or ')}, got {node!r}")
    return str(node)


def _whole(node: Any) -> int:
    if isinstance(node, bool) or not re.fullmatch("[0-9]{1,3}", str(node)):
        raise ModelError(f"expected a whole number of levels, got {node!r}")
    return int(str(node))


def _row_to_plain(row: StatementRow) -> Any:
    node: dict[str, Any] = {"label": row.label}
    for name in _ROW_MEMBERS[1:]:
        value = getattr(row, name)
        if name == "parenthetical":
            node |= {name: list(map(_row_to_plain, value))} if value else {}
        elif value is not None and value != () and not (name == "depth" and value == 0):
            node[name] = list(value) if isinstance(value, tuple) else value
    if row.members:
        node["members"] = dict(row.members)
    if row.sum_of == ():
        node["sum_of"] = []
    return node


def row_nodes(text: str) -> list[Any]:
    """The rows of a table written as text, a line each: ``label | concept | value | …``.

    The concepts may be left out, all of them; levels are two blanks each before the label.
    """
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    cells = [
        [cell.strip() if number else cell.rstrip() for number, cell in enumerate(line.split("|"))] for line in lines
    ]
    has_concepts = any(len(line) > 1 and CONCEPT.fullmatch(line[1]) for line in cells)
    nodes: list[Any] = []
    for line in cells:
        node: dict[str, Any] = {"label": line[0]}
        if has_concepts and len(line) > 1 and line[1]:
            node["concept"] = line[1]
        if values := line[2 if has_concepts else 1 :]:
            node["values"] = values
        nodes.append(node)
    return nodes


def part_codec(python_type: type, read: Callable[[Any, Conventions], Any], to_json: Any, schema: JsonSchema) -> Codec:
    """How a part of a composed item is written; it is no fact by itself."""

    def encode(_: Any) -> Encoded:
        raise ModelError("a part of a composed item is no fact by itself")

    return Codec(
        python_type=python_type,
        item_type="stringItemType",
        encode=encode,
        decode=encode,
        to_json=to_json,
        read=read,
        schema=schema,
    )


PERIOD: Final[JsonSchema] = {
    "anyOf": [
        _TEXT,
        {
            "type": "object",
            "properties": {"start": _TEXT, "end": _TEXT},
            "required": ["start", "end"],
            "additionalProperties": False,
        },
    ]
}
COLUMN: Final = part_codec(
    StatementColumn,
    _column_of,
    _column_to_plain,
    {
        "anyOf": [
            *PERIOD["anyOf"],
            {
                "type": "object",
                "properties": {
                    "period": PERIOD,
                    "label": _TEXT,
                    "members": {"type": "object", "additionalProperties": _TEXT},
                },
                "required": ["period"],
                "additionalProperties": False,
            },
        ]
    },
)
_ROW_SCHEMA: Final[JsonSchema] = {
    "anyOf": [
        {"type": "string", "description": "label | concept | value | …"},
        {
            "type": "object",
            "properties": {
                "label": _TEXT,
                "depth": {"type": ["integer", "string"]},
                "concept": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]},
                "own": {"type": "boolean"},
                "values": {"anyOf": [_PRINTED, {"type": "array", "items": _PRINTED}]},
                "negated": {"type": "boolean"},
                "total": {"type": "boolean"},
                "sum_of": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
                "at": {"enum": ["start", "end"]},
                "unit": _TEXT,
                "dash": {"enum": list(DASHES)},
                "scale": {"type": ["integer", "string"]},
                "decimals": {"type": ["integer", "string"]},
                "members": {"type": "object", "additionalProperties": _TEXT},
                "type": _TEXT,
                "period": {"enum": ["instant", "duration"]},
                "balance": {"enum": ["debit", "credit", "none"]},
                "documentation": _TEXT,
                "wider": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
                "notes": {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]},
                "parenthetical": {"type": ["object", "array"], "items": {"type": "object", "required": ["values"]}},
            },
            "required": ["label"],
            "additionalProperties": False,
        },
    ]
}
ROW: Final = part_codec(StatementRow, lambda node, _: _row_of(node), _row_to_plain, _ROW_SCHEMA)
WORDS: Final = part_codec(str, lambda node, _: string_of(node), str, _TEXT)
DASH: Final = part_codec(str, lambda node, _: _dash_of(node), str, {"enum": list(DASHES)})
SCALE: Final = part_codec(int, lambda node, _: scale_of(node), int, {"type": ["integer", "string"]})


def with_depths(rows: Iterable[StatementRow]) -> tuple[StatementRow, ...]:
    """Rows whose depth grows by one level at most from one to the next, as a tree needs it."""
    levels: list[int] = []
    settled = []
    for row in rows:
        while levels and levels[-1] >= row.depth:
            levels.pop()
        settled.append(row if row.depth == len(levels) else evolve(row, depth=len(levels)))
        levels.append(row.depth)
    return tuple(settled)


class StatementKind(enum.StrEnum):
    """Which statement it is."""

    BALANCE_SHEET = "balance sheet"
    INCOME = "income statement"
    COMPREHENSIVE_INCOME = "comprehensive income"
    CASH_FLOW = "cash flow"
    EQUITY = "changes in equity"
    SCHEDULE = "schedule"


@item_base
class Statement:
    """What all statements have: a title, columns and rows, as printed.

    ``scale`` is the power of ten above the table for amounts of money, ``share_scale`` that for numbers of shares;
    amounts per share, percentages and plain numbers are as printed unless their row says otherwise. A ``dash`` is zero
    unless it is said to be nil or no fact; what "n/a" and the like mean has to be said.
    """

    kind: ClassVar[StatementKind] = StatementKind.SCHEDULE
    composer: ClassVar[ItemComposer]
    id: str | None = provenance(default=None)
    source: SourceRef | None = provenance(default=None)
    title: str = part(WORDS, words="what stands above the statement", example="Consolidated Balance Sheets")
    columns: tuple[StatementColumn, ...] = part(
        COLUMN,
        words="dates or periods, or {period: …, label: …, members: {axis: member}}",
        example="2005-03-31",
        many=True,
    )
    rows: tuple[StatementRow, ...] = part(
        ROW,
        words="rows {label: …, concept: …, values: […]}, or a text with a line each, label | concept | value | …",
        example="Cash | Cash | 1,234",
        lines=row_nodes,
        many=True,
    )
    currency: str | None = part(WORDS, words="a currency; left out, the filing's", example="JPY", default=None)
    scale: int = part(SCALE, words="thousands, millions or the like", example="thousands", default=0)
    share_scale: int = part(SCALE, words="the scale of numbers of shares", example="thousands", default=0)
    dash: str | None = part(
        DASH, words="what a dash, n/a or the like means: zero, nil or none (no fact)", example="zero", default=None
    )

    @property
    def is_at_instants(self) -> bool:
        """Whether the columns are dates, as a balance sheet's are."""
        return all(isinstance(column.period, Instant) for column in self.columns)

    def check(self) -> Iterator[Finding]:
        """That rows and columns fit each other; what the numbers say is read with the filing."""
        if not self.columns:
            yield problem(
                "exporter:missingField", "the statement has no columns", "columns", fix="add its dates or periods"
            )
        if not self.rows:
            yield problem("exporter:missingField", "the statement has no rows", "rows", fix="add its rows")
        if self.currency is not None:
            try:
                check_currency(self.currency)
            except ModelError as error:
                yield problem("exporter:invalidValue", str(error), "currency")
        for number, row in enumerate(self.rows):
            for amount in row.parenthetical:
                if len(amount.values) > len(self.columns):
                    yield problem(
                        "exporter:rowTooLong",
                        f"the amount {amount.label!r} in the label {row.label!r} has {len(amount.values)} values for "
                        f"{len(self.columns)} columns",
                        f"rows/{number}/parenthetical",
                        fix="give a value for each column, or one for all",
                    )
            if len(row.values) > len(self.columns):
                yield problem(
                    "exporter:rowTooLong",
                    f"the row {row.label!r} has {len(row.values)} values for {len(self.columns)} columns",
                    f"rows/{number}/values",
                    fix="give a value for each column, an empty one where nothing is printed",
                )
        instants = [isinstance(column.period, Instant) for column in self.columns]
        if self.kind is StatementKind.BALANCE_SHEET and not all(instants):
            yield problem(
                "exporter:periodKind",
                f"the columns of a balance sheet are dates, got {self.columns[instants.index(False)].period}",
                "columns",
                fix="give the date at which the balances stand",
            )
        flows = self.kind in (StatementKind.INCOME, StatementKind.COMPREHENSIVE_INCOME, StatementKind.CASH_FLOW)
        if flows and any(instants):
            yield problem(
                "exporter:periodKind",
                f"the columns of the {self.kind} are periods, got {self.columns[instants.index(True)].period}",
                "columns",
                fix="give {start: …, end: …}",
            )
