"""In which section of its statement each row stands: current assets, operating activities, amounts per share.

Sections are the words of the table of usual lines (`exporter.profiles.standard_concepts`): ``ca``, ``na`` and ``a`` for
assets, ``cl``, ``nl`` and ``l`` for liabilities, ``eq``, ``is``, ``eps``, ``ci``, ``op``, ``wc`` (changes in working
capital), ``inv``, ``fin``, ``cf`` (cash itself) and ``sup``; of Japanese statements ``ppe``, ``ia``, ``ioa``, ``noi``,
``noe``, ``ei`` and ``el``. Headings open a section, totals close it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from exporter.disclosures.statements.layout import StatementKind, StatementRow

_KINDS: Final = {
    StatementKind.BALANCE_SHEET: "a",
    StatementKind.INCOME: "is",
    StatementKind.COMPREHENSIVE_INCOME: "ci",
    StatementKind.CASH_FLOW: "op",
    StatementKind.EQUITY: "eq",
    StatementKind.SCHEDULE: "",
}
_FAMILIES: Final = (
    frozenset(("a", "ca", "na", "ppe", "ia", "ioa")),
    frozenset(("l", "cl", "nl", "eq")),
    frozenset(("is", "eps", "noi", "noe", "ei", "el")),
    frozenset(("ci",)),
    frozenset(("op", "wc", "inv", "fin", "cf", "sup")),
)
_OTHER_SIDES: Final = frozenset(
    map(frozenset, (("ca", "na"), ("cl", "nl"), ("op", "inv"), ("op", "fin"), ("inv", "fin")))
)
_SHEET: Final = (
    (r"(total )?current assets|流動資産(合計)?", "ca"),
    (r"(total )?(non-?current|long-term|fixed) assets|固定資産(合計)?", "na"),
    (r"有形固定資産(合計)?", "ppe"),
    (r"無形固定資産(合計)?", "ia"),
    (r"投資その他の資産(合計)?", "ioa"),
    (r"(net |total )?property,? (plant )?and equipment.*", "na"),
    (r"(total )?assets|資産(の部)?(合計)?|繰延資産(合計)?", "a"),
    (r"(total )?current liabilities|流動負債(合計)?", "cl"),
    (r"(total )?(non-?current|long-term) liabilities|固定負債(合計)?", "nl"),
    (r"(total )?(liabilities|(equity|負債) and liabilities)( and .*)?|負債(の部)?(合計)?", "l"),
    (r"(total )?((stock|share|share-?)(holders|owners)'? )?(equity|deficit|investment)( \(deficit\))?", "eq"),
    (r"(株主資本|純資産|資本)(の部)?(合計)?", "eq"),
    (r"その他の包括利益累計額(合計)?|評価・換算差額等(合計)?", "eq"),
)  # fmt: skip
_FLOWS: Final = (
    (r".*\b(per (common |ordinary )?share|shares (used|outstanding)|average .*shares).*|.*1株当たり.*", "eps"),
    (r"営業外収益(合計)?", "noi"),
    (r"営業外費用(合計)?", "noe"),
    (r"特別利益(合計)?", "ei"),
    (r"特別損失(合計)?", "el"),
    (r"(other )?comprehensive (income|loss).*|(その他の)?包括利益", "ci"),
)
_CASH: Final = (
    (r".*supplement(al|ary).*|.*non-?cash (investing|financing|activit).*", "sup"),
    (r"cash (paid|payments)( during .*)? for.*", "sup"),
    (r".*\binvest(ing|ment)s?\b.*activities.*|投資活動.*", "inv"),
    (r".*\bfinancing\b.*activities.*|財務活動.*", "fin"),
    (r".*\boperating activities.*|営業活動.*|cash .*operations", "op"),
    (r"(net )?changes? in (operating )?(assets|working capital|liabilities).*", "wc"),
    (r"(effects? of .*|.*\bforeign .*effect).*cash.*|.*換算差額", "cf"),
    (r"(net )?[(]?(increase|decrease|change)\b.*\bcash\b.*|現金及び現金同等物の.*", "cf"),
    (r".*(beginning|end|ending|期首|期末).*", "cf"),
)  # fmt: skip
_RULES: Final = {
    StatementKind.BALANCE_SHEET: _SHEET,
    StatementKind.INCOME: _FLOWS,
    StatementKind.COMPREHENSIVE_INCOME: _FLOWS,
    StatementKind.CASH_FLOW: _CASH,
}
LONGEST_LABEL: Final = 300
"""Characters of a label that are looked at: the patterns of sections take more than linear time."""

_AFTER: Final = {"ca": "na", "cl": "nl", "a": "l", "l": "eq", "noi": "is", "noe": "is", "ei": "is", "el": "is"}
_AFTER_CASH: Final = {"op": "inv", "inv": "fin", "fin": "cf"}
_WORKING_CAPITAL: Final = re.compile(r"(net )?(change|increase|decrease)s?( \(decrease\))?( /decrease)? in\b", re.I)


def plain_label(label: str) -> str:
    """A label without case, ornaments of its type and its end: what sections are known by."""
    return " ".join(label.replace("’", "'").rstrip(":： ").lower().split())


def sections_of(kind: StatementKind, rows: Sequence[StatementRow]) -> Iterator[str]:
    """The section of each row, an empty text where nothing tells."""
    rules = [(re.compile(pattern), section) for pattern, section in _RULES.get(kind, ())]
    current, working_depth = _KINDS[kind], 0
    for row in rows:
        if current == "wc" and row.depth <= working_depth:
            current = "op"
        label = plain_label(row.label)[:LONGEST_LABEL]
        named = next((section for pattern, section in rules if pattern.fullmatch(label)), None)
        if named is None:
            is_working = current == "op" and kind is StatementKind.CASH_FLOW and _WORKING_CAPITAL.match(label)
            yield "wc" if is_working else current
            continue
        yield named
        if row.is_heading:
            current, working_depth = named, row.depth
        elif named not in ("eps", "cf", "sup", "wc"):
            after = _AFTER_CASH if kind is StatementKind.CASH_FLOW else _AFTER
            current = after.get(named, named)


def section_fit(section: str, usual: Sequence[str]) -> int:
    """How well a section agrees with those that a concept usually stands in.

    Returns:
        3 for the same, 2 for one of the same side of a statement, 0 where nothing is known, -1 for the other part of a
        side (current for not current), -2 for another side or another statement.
    """
    if not section or not usual:
        return 0
    if section in usual:
        return 3
    if section == "wc" and "op" in usual:
        return 2
    if any(section in family and not family.isdisjoint(usual) for family in _FAMILIES):
        is_other = any(frozenset((section, other)) in _OTHER_SIDES for other in usual)
        return -1 if is_other or "eps" in (section, *usual) or "cf" in (section, *usual) else 2
    return -2
