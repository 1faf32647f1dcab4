"""Every concept that a profile names, against the public taxonomies: type, period type and balance."""

from __future__ import annotations

import csv
import gzip
from functools import cache
from pathlib import Path

import pytest

from exporter.profiles.profile import StandardConcept
from exporter.profiles.read import PROFILES, load_profile

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
TABLE = SHARED / "standard-concepts" / "concepts.tsv.gz"
STANDARD = [name for name in PROFILES if load_profile(name).is_standard]

pytestmark = pytest.mark.skipif(not TABLE.is_file(), reason="the table of standard concepts is not here")


@cache
def table() -> dict[str, list[dict[str, str]]]:
    """The rows of each concept by prefixed name; releases with other attributes have rows of their own."""
    rows: dict[str, list[dict[str, str]]] = {}
    with gzip.open(TABLE, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            rows.setdefault(f"{row['prefix']}:{row['name']}", []).append(row)
    return rows


def differences(concept: StandardConcept, row: dict[str, str]) -> list[str]:
    """In what a concept differs from a row; what the row leaves empty is not known, but for a balance."""
    stated = {"type": concept.own_type or concept.item_type, "periodType": concept.period_type}
    found = [f"{name} {value}, not {row[name]}" for name, value in stated.items() if row[name] not in ("", value)]
    if row["type"] and row["balance"] != (concept.balance or ""):
        found.append(f"balance {concept.balance}, not {row['balance'] or None}")
    return found


@pytest.mark.parametrize("profile", STANDARD)
def test_concepts_are_as_their_publishers_declare_them(profile: str) -> None:
    concepts = load_profile(profile).concepts
    assert concepts
    wrong = {
        name: min((differences(concept, row) for row in table()[name]), key=len)
        for name, concept in concepts.items()
        if name in table()
    }
    assert {name: found for name, found in wrong.items() if found} == {}


@pytest.mark.parametrize("profile", STANDARD)
def test_verified_concepts_exist(profile: str) -> None:
    verified = [name for name, concept in load_profile(profile).concepts.items() if concept.verified]
    assert [name for name in verified if name not in table()] == []
