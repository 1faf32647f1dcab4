"""Schemas that stand in for public ones while a filing is read back."""

from __future__ import annotations

from pathlib import Path

from exporter.disclosures import AccumulatedDeficit, OwnershipInterest
from exporter.filing.filing import Filing
from exporter.filing.standard_schemas import standard_schemas
from exporter.items.values import EntityRef, Money, Percent
from exporter.resources.resolver import Resolver
from exporter.taxonomy.discovery import load_taxonomy
from exporter.taxonomy.writer import write_taxonomy
from tests.unit.filing.test_profile_checks import END, filing


def made(profile: str) -> Filing:
    return filing(
        AccumulatedDeficit(amount=Money(5, "JPY"), as_of=END),
        OwnershipInterest(holder=EntityRef("Someone"), share=Percent("1.5"), as_of=END),
        profile=profile,
    )


def write(one: Filing, folder: Path) -> None:
    for name, content in write_taxonomy(one.taxonomy, one.base_name).items():
        (folder / name).write_bytes(content)


def test_the_taxonomy_comes_back_whole_with_them(tmp_path: Path) -> None:
    for profile in ("sec-us-gaap", "edinet"):
        one = made(profile)
        write(one, tmp_path)
        catalogs = standard_schemas(one)
        assert load_taxonomy([one.schema_name], base=tmp_path, resolver=Resolver(catalogs=catalogs)) == one.taxonomy


def test_locators_name_their_concepts_without_them(tmp_path: Path) -> None:
    for profile in ("sec-us-gaap", "edinet"):
        one = made(profile)
        write(one, tmp_path)
        read = load_taxonomy([one.schema_name], base=tmp_path)
        assert set(read.relationships) == set(one.taxonomy.relationships)


def test_own_concepts_need_none() -> None:
    assert standard_schemas(made("extension-only")) == ()
