"""All classes together: they compile, have labels in both languages, and share no concept but on purpose."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from typing import Any

import pytest

from exporter import disclosures
from exporter.disclosures import DISCLOSURES
from exporter.items.bind import bind
from exporter.items.bound import Namespace
from exporter.items.compile import item_specification
from exporter.items.declarations import ConceptDeclaration, DimensionDeclaration
from exporter.items.fields import ConceptSpec, FieldSpec
from exporter.items.labels import LABEL_ROLES, member_labels
from exporter.items.taxonomy.derive import taxonomy_of
from exporter.items.values.enumeration import Enumeration, member_name
from exporter.taxonomy.concepts import STANDARD
from tests.strategies.disclosures import ITEMS, TABLES
from tests.strategies.statements import STATEMENTS

ADDRESS = ("AddressLine1", "AddressLine2", "AddressLine3", "CityOrTown", "StateOrProvince", "PostalZipCode", "Country")
SECURITY = (
    *("Security12bTitle", "Security12gTitle", "TradingSymbol", "NoTradingSymbolFlag", "SecurityExchangeName"),
    "EntityCommonStockSharesOutstanding",
)
SHARED = {
    "NoonBuyingRatePeriodEnd": {"ExchangeRate", "ExchangeRates"},
    # An axis tells the contact person's address from the registrant's, and each of several securities from a sole one.
    **{f"EntityAddress{part}": {"DocumentInfo", "ContactPerson"} for part in ADDRESS},
    **{name: {"DocumentInfo", "RegisteredSecurity"} for name in SECURITY},
}


def options() -> list[tuple[type[Any], FieldSpec, ConceptSpec]]:
    return [
        (cls, field, concept)
        for cls in DISCLOSURES
        for field in item_specification(cls).fields
        for concept in field.concepts
    ]


def enumerations() -> set[type[Enumeration]]:
    return {
        codec.python_type
        for cls in DISCLOSURES
        for each in item_specification(cls).fields
        for codec in each.codecs
        if issubclass(codec.python_type, Enumeration)
    }


def test_the_package_offers_every_class() -> None:
    assert {cls.__name__ for cls in DISCLOSURES} | {"DISCLOSURES"} == set(disclosures.__all__)
    assert len(set(DISCLOSURES)) == len(DISCLOSURES) == 46
    assert {cls.__name__: cls.__module__ for cls in DISCLOSURES} == {
        name: f"exporter.disclosures.{topic}" for name, topic in disclosures.TOPICS.items()
    }


def test_a_topic_is_imported_on_first_use() -> None:
    script = (
        "import sys\n"
        "from exporter.disclosures import ExchangeRates\n"
        "from exporter import disclosures\n"
        "topics = {f'exporter.disclosures.{topic}' for topic in disclosures.TOPICS.values()}\n"
        "print(sorted(topics & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "['exporter.disclosures.exchange_rates']\n"


def test_every_class_has_a_strategy() -> None:
    assert {*ITEMS, *TABLES, *STATEMENTS} == set(DISCLOSURES)


@pytest.mark.parametrize("cls", DISCLOSURES)
def test_every_class_compiles_and_is_labelled(cls: type[Any]) -> None:
    said = item_specification(cls).options
    assert said.label
    assert said.documentation
    assert said.labels.text("ja")
    assert said.labels.text("ja", "documentation")
    assert (cls.__doc__ or "").strip()


def test_concepts_are_labelled_in_both_languages() -> None:
    for cls, field, option in options():
        if option.part is not None:
            continue
        labels = option.labels
        where = f"{cls.__name__}.{field.name} {option.name}"
        assert labels.standard, where
        assert labels.text("ja"), where
        declared = field.declaration
        if not (isinstance(declared, ConceptDeclaration) and declared.companion_of):
            assert (labels.documentation or "").endswith("."), where


def test_axes_are_labelled_alike_wherever_they_are() -> None:
    seen: dict[str, set[object]] = defaultdict(set)
    for cls in DISCLOSURES:
        for each in item_specification(cls).declared(DimensionDeclaration):
            assert isinstance(each.declaration, DimensionDeclaration)
            assert each.declaration.labels.standard
            assert each.declaration.labels.text("ja")
            labels = each.declaration.labels
            seen[each.declaration.name].add((labels, labels.text("ja"), each.types))
    assert {name for name, declared in seen.items() if len(declared) > 1} == set()


def test_axes_with_parties_belong_to_one_class() -> None:
    """An identifier or kind on a shared axis would be a fact of both classes."""
    seen: dict[str, set[str]] = defaultdict(set)
    for cls in DISCLOSURES:
        for option in item_specification(cls).concepts:
            if option.part is not None:
                seen[option.name].add(cls.__name__)
    assert {name: owners for name, owners in seen.items() if len(owners) > 1} == {}


def test_no_concept_is_shared_but_on_purpose() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for cls, _, option in options():
        owners[option.name].add(cls.__name__)
    assert {name: found for name, found in owners.items() if len(found) > 1} == SHARED


def japanese(option: ConceptSpec) -> tuple[str | None, ...]:
    return tuple(option.labels.text("ja", role) for role in LABEL_ROLES)


def test_a_shared_concept_is_declared_alike() -> None:
    for name in SHARED:
        found = {
            (option.item_type, option.period_type, option.labels, *japanese(option))
            for *_, option in options()
            if option.name == name
        }
        assert len(found) == 1


def test_standard_labels_are_unique() -> None:
    taxonomy = taxonomy_of(bind(DISCLOSURES, Namespace(uri="http://example.com/2005", prefix="ex")))
    seen: dict[tuple[str, str], set[str]] = defaultdict(set)
    for label in taxonomy.labels:
        if label.role == STANDARD:
            seen[label.language, label.text].add(label.concept.local_name)
    assert len(seen) > 600
    assert {text: names for text, names in seen.items() if len(names) > 1} == {}


def test_members_are_labelled_and_shared_names_mean_the_same() -> None:
    seen: dict[str, set[tuple[str, str | None]]] = defaultdict(set)
    for enumeration in enumerations():
        for value in enumeration:
            label_ja = member_labels(value).text("ja")
            assert label_ja, value
            seen[member_name(value)].add((value.label, label_ja))
    assert {name: labels for name, labels in seen.items() if len(labels) > 1} == {}


def test_enumerations_have_names_of_their_own() -> None:
    names = [enumeration.__name__ for enumeration in enumerations()]
    assert len(names) == len(set(names)) > 25


def test_import_pulls_in_no_writer() -> None:
    code = "import sys, exporter.disclosures; print(sorted(m for m in sys.modules if m.startswith('exporter.')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "exporter.formats" not in loaded
    assert "exporter.validation" not in loaded
