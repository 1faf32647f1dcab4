"""The catalogues of the disclosures: every key names something; in Japanese nothing that needs a label lacks one."""

from __future__ import annotations

import enum
import tomllib
from pathlib import Path
from typing import Any

import attrs
import pytest

from exporter import disclosures
from exporter.disclosures import DISCLOSURES
from exporter.items.compile import item_specification
from exporter.items.declarations import METADATA_KEY
from exporter.items.labels import CLASS_KEY, LABEL_ROLES, Labels, member_labels
from exporter.items.taxonomy.derive import derive_taxonomy
from exporter.operations.labels import missing_labels
from exporter.taxonomy import concepts as roles

CATALOGUES = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(disclosures.__file__).parent / "labels").glob("*.toml"))
}
CATALOGUE = CATALOGUES["ja"]
ROLES = {"label", *LABEL_ROLES} - {"standard"}


def declaring_classes() -> dict[str, type[Any]]:
    """The item classes, those that they derive from, and the enumerations of their fields, by name."""
    classes: dict[str, type[Any]] = {
        base.__name__: base for cls in DISCLOSURES for base in cls.__mro__ if attrs.has(base)
    }
    for cls in DISCLOSURES:
        for field in item_specification(cls).fields:
            classes |= {kind.__name__: kind for kind in field.types if issubclass(kind, enum.StrEnum)}
    return classes


def keys_of(cls: type[Any]) -> dict[str, set[str]]:
    """The keys that a class may have in the catalogue, with the concepts that each may name."""
    if issubclass(cls, enum.StrEnum):
        return {CLASS_KEY: set(), **{value.value: set() for value in cls}}
    keys: dict[str, set[str]] = {CLASS_KEY: set()}
    for attribute in attrs.fields(cls):
        if not attribute.inherited:
            options = getattr(attribute.metadata[METADATA_KEY], "options", ())
            keys[attribute.name] = {option.name for option in options} if len(options) > 1 else set()
    return keys


@pytest.mark.parametrize(
    ("language", "name"), [(language, name) for language in CATALOGUES for name in CATALOGUES[language]]
)
def test_every_key_names_a_field_or_a_value(language: str, name: str) -> None:
    keys = keys_of(declaring_classes()[name])
    for key, node in CATALOGUES[language][name].items():
        assert key in keys, f"{name}.{key}"
        assert node.keys() <= (keys[key] or ROLES), f"{name}.{key}"
        for part in node.values() if keys[key] else [node]:
            assert part.keys() <= ROLES, f"{name}.{key}"


@pytest.mark.parametrize("cls", DISCLOSURES)
def test_all_labels_are_there_in_japanese(cls: type[Any]) -> None:
    missing = [name for name in missing_labels(item_specification(cls), "ja") if not name.endswith(".documentation")]
    assert missing == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_two_concepts_have_one_label_in_any_language(language: str) -> None:
    """Which deriving a taxonomy refuses; a concept without a translation is labelled in English."""
    taxonomy = derive_taxonomy(DISCLOSURES, namespace="http://a.example", prefix="a", languages=(language,))
    labels = {label.concept.local_name: label.language for label in taxonomy.labels if label.role == roles.STANDARD}
    assert labels.keys() == {concept.qname.local_name for concept in taxonomy.concepts}
    assert {labels["StatementLineAbstract"], labels["OrganizationMember"]} == {language}


def test_labels_of_loss_turn_round_in_japanese_too() -> None:
    labels: Labels = item_specification(disclosures.NetLoss).field("amount").declaration.options[0].labels  # type: ignore[union-attr]
    assert (labels.text("ja"), labels.text("ja", "negated")) == ("当期純利益又は当期純損失", "当期純損失")
    assert member_labels(disclosures.monetary_facts.AccountingStandard.IFRS).text("ja") == "国際会計基準"


def test_the_taxonomy_of_all_disclosures_is_labelled_in_japanese_alone() -> None:
    taxonomy = derive_taxonomy(DISCLOSURES, namespace="http://a.example", prefix="a", languages=("ja",))
    english = {label.concept.local_name for label in taxonomy.labels if label.language == "en"} - {None}
    standard = {label.concept.local_name for label in taxonomy.labels if label.role == roles.STANDARD}
    in_english = {
        label.concept.local_name
        for label in taxonomy.labels
        if label.language == "en" and label.role != roles.DOCUMENTATION
    }
    assert standard == {concept.qname.local_name for concept in taxonomy.concepts}
    assert in_english == set()
    assert english  # documentation falls back to English
