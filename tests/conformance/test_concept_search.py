"""Concepts of real statements, searched from their printed tables alone: how often the filer's is among the best."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import evolve

from exporter.disclosures.statements.concept_search import ConceptSearch, PreviousChoice, previous_choices
from exporter.disclosures.statements.layout import Statement
from exporter.disclosures.statements.row_query import has_minority_rows
from exporter.filing import Filing
from exporter.operations.load import load_filing
from tests.conformance.suite import SHARED
from tests.support.statement_case import source_of

CASES = {path.parent.name: path.parent for path in sorted((SHARED / "statements").glob("*/case.json"))}
FIRST, OF_FIVE = 0.70, 0.90


def load_case(name: str, folder: Path) -> Filing:
    source = folder / f"{name}.yaml"
    source.write_text(yaml.safe_dump(source_of(CASES[name]), allow_unicode=True, sort_keys=False), encoding="utf-8")
    return load_filing(source)


def statements_of(filing: Filing) -> list[Statement]:
    return [item for item in filing.items if isinstance(item, Statement)]


def without_concepts(statement: Any) -> Any:
    return evolve(statement, rows=tuple(evolve(row, concept=None) for row in statement.rows))


def places(filing: Filing, previous: tuple[PreviousChoice, ...]) -> Iterator[int]:
    """Of each row with a standard concept, the place of that concept among the candidates; 99 where it is none."""
    statements = statements_of(filing)
    search = ConceptSearch(
        taxonomies=filing.rules.taxonomies, previous=previous, has_minority=has_minority_rows(statements)
    )
    for statement in statements:
        bare = without_concepts(statement)
        for proposal in search.proposals(bare):
            expected = statement.rows[proposal.number].concept or ""
            concepts = [candidate.concept for candidate in proposal.candidates]
            if ":" in expected:
                yield concepts.index(expected) if expected in concepts else 99


@pytest.mark.parametrize("name", CASES)
def test_the_concept_of_the_filer_is_among_the_candidates(name: str, tmp_path: Path) -> None:
    filing = load_case(name, tmp_path)
    company = name.partition("-")[0]
    others = [other for other in CASES if other != name and other.partition("-")[0] == company]
    previous = [
        choice
        for other in others
        for choice in previous_choices(statements_of(load_case(other, tmp_path)), source=other)
    ]
    found = list(places(filing, tuple(previous)))
    first, of_five = found.count(0) / len(found), sum(place < 5 for place in found) / len(found)
    print(f"{name}: {len(found)} rows, first {first:.3f}, among five {of_five:.3f}, earlier filings {others}")
    assert first >= FIRST
    assert of_five >= OF_FIVE
