"""Everything that a profile names, against the public taxonomies.

Concepts: type, period type, balance, substitution group. Axes, domains, members and headings: what they are and that
no release makes them obsolete.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from exporter.profiles.profile import Profile, ProfileAxis, ProfileConcept, StandardConcept
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
    stated = {
        "type": concept.own_type or concept.item_type,
        "periodType": concept.period_type,
        "abstract": "false",
        "substitution_group": "item",
    }
    different = [f"{name} {value}, not {row[name]}" for name, value in stated.items() if row[name] not in ("", value)]
    if row["type"] and row["balance"] != (concept.balance or ""):
        different.append(f"balance {concept.balance}, not {row['balance'] or None}")
    return different


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


def structure(profile: Profile) -> Iterator[tuple[str, str]]:
    """The names of axes, members and headings, each with its kind."""
    for axis in profile.axes.values():
        if isinstance(axis, ProfileAxis):
            yield axis.axis, "axis"
            members = (*axis.members.values(), *axis.ranked, axis.default)
            yield from ((name, "member") for name in members if name is not None)
    for binding in profile.bindings.values():
        for axis_name, member in binding.dimensions if isinstance(binding, ProfileConcept) else ():
            yield axis_name, "axis"
            yield member, "member"
    yield from ((name, "heading") for name in profile.headings.values())


KINDS = {
    "axis": {"type": "stringItemType", "substitution_group": "dimensionItem", "abstract": "true"},
    "member": {"type": "domainItemType", "substitution_group": "item"},  # the schema of 2009 has none abstract
    "heading": {"type": "stringItemType", "substitution_group": "item", "abstract": "true"},
}


@pytest.mark.parametrize("profile", STANDARD)
def test_axes_domains_members_and_headings_are_what_the_profile_takes_them_for(profile: str) -> None:
    wrong = {}
    for name, kind in structure(load_profile(profile)):
        expected = {**KINDS[kind], "periodType": "duration", "balance": ""}
        rows = [
            {key: row[key] for key, value in expected.items() if row[key] not in ("", value)}
            for row in table().get(name, ())
        ]
        wrong[name] = min(rows, key=len, default={"name": "unknown"})
    assert {name: different for name, different in wrong.items() if different} == {}


@pytest.mark.parametrize("profile", STANDARD)
def test_nothing_is_named_that_a_release_deprecates(profile: str) -> None:
    made = load_profile(profile)
    names = {*made.concepts, *(name for name, _ in structure(made))}
    assert [name for name in names if any(row["deprecated_since"] for row in table().get(name, ()))] == []


@pytest.mark.parametrize("profile", STANDARD)
def test_verified_concepts_exist(profile: str) -> None:
    verified = [name for name, concept in load_profile(profile).concepts.items() if concept.verified]
    assert [name for name in verified if name not in table()] == []
