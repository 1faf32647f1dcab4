"""What a row of a statement asks of its concept: words, section, unit, kinds of period."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from attrs import frozen

from exporter.disclosures.statements.concept_names import same_words
from exporter.disclosures.statements.layout import Statement, StatementKind, StatementRow
from exporter.disclosures.statements.sections import LONGEST_LABEL
from exporter.model.standard_types import Balance, PeriodType

_ALTERNATIVES: Final = re.compile(r" ?[/／]? ?[(（][^()（）]*[)）]| ?又は.*", re.DOTALL)
_CLAUSES: Final = re.compile(r",? ?(\$|(par|stated) value|no par)|; ?[0-9]|[(（](note|notes) ?[0-9]", re.IGNORECASE)
_NET_OF: Final = re.compile(r",? net of .*", re.IGNORECASE | re.DOTALL)
_LEADING: Final = re.compile(r"^(less|add|plus|deduct)\b[:,]? ?", re.IGNORECASE)
_MINORITY: Final = re.compile(r"(non-?controlling|minority) interests?", re.IGNORECASE)
_PER_SHARE: Final = re.compile(r"\bper (common |ordinary )?(share|ads)\b|1株当たり|１株当たり", re.IGNORECASE)
_SHARES: Final = re.compile(r"\(in shares\)|\bshares (outstanding|issued|authorized)|株式数", re.IGNORECASE)
_PAR_VALUE: Final = re.compile(r"\b(par|stated|at cost|nominal)\b|\$", re.IGNORECASE)
EDGE: Final = re.compile(r"\b(beginning|begin|opening|end|ending|closing)\b|期首|期末", re.IGNORECASE)
_PER_SHARE_BELOW: Final = 1000
_NUMBER: Final = re.compile(r"[0-9]+(?:[.][0-9]+)?")
_SECTION_BALANCES: Final[Mapping[str, Balance]] = {
    "a": "debit", "ca": "debit", "na": "debit", "ppe": "debit", "ia": "debit", "ioa": "debit",
    "l": "credit", "cl": "credit", "nl": "credit", "eq": "credit", "noi": "credit", "ei": "credit",
    "noe": "debit", "el": "debit",
}  # fmt: skip


@frozen(kw_only=True, eq=False)
class RowQuery:
    """What a row asks for.

    ``heading`` is the label of the row above it that is less deep. A ``is_bare`` row prints nothing and heads nothing:
    it may be a heading or an amount. ``is_of_group`` says that others have a part of its result or equity.
    """

    row: StatementRow
    section: str
    heading: str
    item_types: frozenset[str]
    periods: frozenset[PeriodType]
    balance: Balance | None
    is_heading: bool
    is_bare: bool
    is_of_group: bool


def queries_of(label: str) -> list[str]:
    """The label as it is searched: whole, then without what only this company or this sign has."""
    whole = _LEADING.sub("", " ".join(label.split())[:LONGEST_LABEL].rstrip(":： "))
    bare = _CLAUSES.split(whole)[0].strip(" ,(（") or whole
    short = _ALTERNATIVES.sub("", bare).strip(" ,") or bare
    short = _NET_OF.sub("", short) or short
    untotalled = re.sub(r"^(total|net) |(の部)?合計$|の部$", "", short, flags=re.IGNORECASE)
    texts = (same_words(text) for text in (whole, bare, short, untotalled))
    return [text for text in dict.fromkeys(texts) if text.strip()]


def row_query(
    statement: Statement, rows: Sequence[StatementRow], sections: Sequence[str], number: int, *, has_minority: bool
) -> RowQuery:
    """What the row of a number asks for, by the rows around it."""
    row = rows[number]
    deeper = number + 1 < len(rows) and rows[number + 1].depth > row.depth
    heading = next((above.label for above in reversed(rows[:number]) if above.depth < row.depth), "")
    periods: frozenset[PeriodType] = frozenset(("instant",) if statement.is_at_instants else ("duration",))
    is_edge = row.at is not None or EDGE.search(row.label) is not None
    if not statement.is_at_instants and (is_edge or statement.kind is StatementKind.EQUITY):
        periods |= {"instant"}
    return RowQuery(
        row=row,
        section=sections[number],
        heading=heading,
        item_types=_item_types(row, heading, sections[number]),
        periods=periods,
        balance=_SECTION_BALANCES.get(sections[number]),
        is_heading=row.is_heading and (deeper or row.label.rstrip().endswith((":", "："))),
        is_bare=row.is_heading and not deeper,
        is_of_group=_is_of_group(statement.kind, rows, number, has_minority=has_minority),
    )


def _is_of_group(kind: StatementKind, rows: Sequence[StatementRow], number: int, *, has_minority: bool) -> bool:
    """Whether a result or an equity is that of the parent and of others: by the rows of the others around it."""
    if _MINORITY.search(rows[number].label) or "attributable" in rows[number].label.lower():
        return False
    match kind:
        case StatementKind.BALANCE_SHEET:
            around = rows[:number]
        case StatementKind.CASH_FLOW:
            return has_minority
        case _:
            around = rows[number + 1 :]
    return any(_MINORITY.search(row.label) and not row.is_heading for row in around)


def has_minority_rows(statements: Iterable[Statement]) -> bool:
    """Whether any statement of a filing shows the part of others in its results."""
    return any(
        _MINORITY.search(row.label)
        for statement in statements
        for row in statement.rows
        if statement.kind in (StatementKind.INCOME, StatementKind.COMPREHENSIVE_INCOME)
    )


def _item_types(row: StatementRow, heading: str, section: str) -> frozenset[str]:
    """The kinds of amount that a row may be: what its unit, its label or its numbers say."""
    named = {"shares": "sharesItemType", "per share": "perShareItemType", "percent": "percentItemType"}.get(
        row.unit or row.type or ""
    )
    if named is not None:
        return frozenset((named,))
    if row.is_heading:
        return frozenset(("monetaryItemType", "stringItemType"))
    if _SHARES.search(row.label) and not _PAR_VALUE.search(row.label):
        return frozenset(("sharesItemType",))
    if _PER_SHARE.search(row.label):
        return frozenset(("perShareItemType",))
    if section == "eps":
        numbers = [number[0] for text in row.values if (number := _NUMBER.search(text.replace(",", "")))]
        has_places = any("." in number for number in numbers)
        is_small = has_places and max(map(Decimal, numbers)) < _PER_SHARE_BELOW and not _SHARES.search(heading)
        return frozenset(("perShareItemType",) if is_small else ("sharesItemType",))
    return frozenset(("monetaryItemType",))
