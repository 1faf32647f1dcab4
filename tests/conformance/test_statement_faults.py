"""A sum of a real statement that is off by one unit of its last digit gets one finding, which names row and column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.disclosures.statements.compose import readings_of
from exporter.filing import Filing
from tests.conformance.test_concept_search import CASES, load_case

# Sums of which the finding names another row that would settle it, or that did not hold as filed.
EXCEPTIONS = {"edinet-jgaap": 2, "pg-2010": 1}


def off_by_one(text: str) -> str:
    """A printed number with one more unit of its last digit."""
    match = re.search(r"[0-9][0-9,]*(?:[.]([0-9]+))?", text)
    assert match is not None
    places = len(match[1] or "")
    number = int(re.sub("[,.]", "", match[0])) + 1
    changed = f"{number // 10**places:,}" + (f".{number % 10**places:0{places}d}" if places else "")
    return text[: match.start()] + changed + text[match.end() :]


def findings_of(filing: Filing, items: Iterable[Any]) -> list[tuple[str, str | None]]:
    changed = evolve(filing, items=list(items))
    return [(f.code, f.location.pointer) for made in changed.composed for f in made.findings()]


@pytest.mark.parametrize("name", CASES)
def test_a_sum_off_by_one_gets_one_finding(name: str, tmp_path: Path) -> None:
    filing = load_case(name, tmp_path)
    usual = findings_of(filing, filing.items)
    assert len(usual) == (1 if name == "pg-2010" else 0)  # its equity does not add up as filed
    others = []
    for reading in readings_of(filing.composed):
        for row in reading.rows:
            if row.total is None or not row.cells or not re.search("[0-9]", row.row.values[row.cells[0].column]):
                continue
            column = row.cells[0].column
            values = [off_by_one(text) if number == column else text for number, text in enumerate(row.row.values)]
            rows = [
                evolve(one, values=values) if n == row.number else one for n, one in enumerate(reading.statement.rows)
            ]
            statement: Any = reading.statement
            items: list[Any] = list(filing.items)
            items[reading.index] = evolve(statement, rows=tuple(rows))
            new = [finding for finding in findings_of(filing, items) if finding not in usual]
            if [pointer for _, pointer in new] != [f"/items/{reading.index}/rows/{row.number}/values/{column}"]:
                others.append((row.row.label, new))
    assert len(others) == EXCEPTIONS.get(name, 0), others
