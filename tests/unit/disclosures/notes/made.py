"""A made-up note beside a made-up balance sheet."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from exporter.disclosures.notes.compose import NoteReading, notes_of
from exporter.filing import Filing
from exporter.profiles.read import load_profile
from tests.unit.disclosures.statements.made import SHEET, YEARS
from tests.unit.disclosures.statements.made import filing as statements_filing
from tests.unit.disclosures.statements.made import node as statement_node

SHEET_NODE = statement_node("BalanceSheet", SHEET, id="sheet")
DEFICIT = {"type": "AccumulatedDeficit", "amount": "USD 34.4 million", "as_of": "2024-12-31"}


def node(content: str, *parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A note as YAML gives it."""
    return {"type": "Note", "title": "Inventories", "over": YEARS[0], "content": content, "parts": list(parts), **more}


def filing(*nodes: dict[str, Any], profile: str | None = None) -> Filing:
    """The filing of a balance sheet and notes."""
    made = statements_filing(SHEET_NODE, *nodes)
    return made if profile is None else evolve(made, profile=load_profile(profile), taxonomies=())


def read(made: Filing) -> NoteReading:
    """The first note of a filing."""
    return notes_of(made.composed)[0]
