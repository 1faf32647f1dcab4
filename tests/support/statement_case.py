"""The source that a person would write of a printed statement case: ``statement_case.py CASE_DIR OUT.yaml``.

It takes the printed tables (``statements.csv``: labels, concepts, printed numbers, scales) and the head of
``case.json`` (entity, columns, own concepts); it looks at no value, no sign and no calculation of ``case.json``.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_CLASSES = {
    "balance sheet": "BalanceSheet",
    "income": "IncomeStatement",
    "comprehensive income": "ComprehensiveIncome",
    "cash flow": "CashFlowStatement",
}
_KINDS = {
    "monetaryItemType": "monetary",
    "sharesItemType": "shares",
    "perShareItemType": "per share",
    "percentItemType": "percent",
    "pureItemType": "pure",
    "decimalItemType": "number",
}
_SCALES = {"as printed": 0, "in hundreds": 2, "in thousands": 3, "in millions": 6, "in billions": 9}


def head_of(case: dict[str, Any]) -> dict[str, Any]:
    """What `case.json` says that a printed table does not: nothing of values, signs and calculations."""
    names = ("entity", "periodEnd", "language", "namespaces", "extension", "extensionConcepts")
    return {name: case[name] for name in names} | {
        "columns": [statement["columns"] for statement in case["statements"]]
    }


def printed_tables(path: Path) -> Iterator[tuple[str, str, str, list[list[str]]]]:
    """Title, kind, scales and rows of each printed table."""
    lines = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    tables: list[list[list[str]]] = []
    for line in lines:
        if line[:1] == ["#"] and len(line) > 2:
            tables.append([])
        if line:
            tables[-1].append(line)
    for heading, scales, _, *rows in tables:
        yield heading[1], heading[2], scales[1], rows


def source_of(folder: Path) -> dict[str, Any]:
    """The items of a case as a person writes them."""
    head = head_of(json.loads((folder / "case.json").read_text(encoding="utf-8")))
    own = {prefix: head["namespaces"][prefix] for prefix in head["extension"]}
    prefix, namespace = next(iter(own.items()), ("ext", "http://example.com/own"))
    filing = {
        "entity": {name: head["entity"][name] for name in ("scheme", "identifier")},
        "period_end": head["periodEnd"],
        "prefix": _own_prefix(prefix),
        "namespace": namespace,
        "language": head["language"],
        "taxonomies": {name: uri for name, uri in head["namespaces"].items() if name not in own},
    }
    tables = printed_tables(folder / "statements.csv")
    items = [_statement(head, own, *table, columns) for table, columns in zip(tables, head["columns"], strict=True)]
    return {"filing": filing, "items": items}


def _own_prefix(prefix: str) -> str:
    return re.sub("[^A-Za-z0-9.-]", "-", prefix)


def _statement(
    head: dict[str, Any],
    own: dict[str, str],
    title: str,
    kind: str,
    scales: str,
    rows: list[list[str]],
    columns: list[dict[str, str]],
) -> dict[str, Any]:
    by_unit = dict(scale.split(": ", 1) for scale in scales.split("; "))
    currency = next((unit for unit in by_unit if re.fullmatch("[A-Z]{3}", unit)), None)
    item: dict[str, Any] = {"type": _CLASSES.get(kind, "Schedule"), "title": title}
    item["columns"] = [column.get("instant") or {"start": column["start"], "end": column["end"]} for column in columns]
    if currency is not None:
        item |= {"currency": currency, "scale": _SCALES[by_unit[currency]]}
    if "shares" in by_unit:
        item["share_scale"] = _SCALES[by_unit["shares"]]
    item["rows"] = [_row(head, own, row) for row in rows]
    return item


def _row(head: dict[str, Any], own: dict[str, str], cells: list[str]) -> dict[str, Any]:
    label, concept, *values = cells
    prefix, _, name = concept.partition(":")
    row: dict[str, Any] = {"label": label, "concept": name if prefix in own else concept}
    described = head["extensionConcepts"].get(concept)
    if described and not described.get("abstract") and described.get("type"):
        row["type"] = _KINDS.get(described["type"].rpartition(":")[2], "monetary")
        row |= {"period": described["periodType"]} if described.get("periodType") else {}
        row["balance"] = described.get("balance") or "none"
    if any(values):
        row["values"] = values
    return row


def main() -> None:
    """Write the source of a case."""
    folder, out = map(Path, sys.argv[1:3])
    # JSON is YAML, and shows what is text without doubt.
    out.write_text(json.dumps(source_of(folder), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
