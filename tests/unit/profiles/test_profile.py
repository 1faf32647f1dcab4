"""Looking things up in a profile."""

from __future__ import annotations

import pytest

from exporter.profiles.profile import (
    DocumentRules,
    Gap,
    LabelRules,
    Profile,
    ProfileConcept,
    Registry,
    StandardConcept,
    StandardTaxonomy,
)

CONCEPT = StandardConcept(prefix="s", local_name="C", item_type="stringItemType", period_type="duration")
PROFILE = Profile(
    name="p",
    title="P",
    taxonomies={"s": StandardTaxonomy(prefix="s", namespace="http://s/2025", schema="http://s/s.xsd", package="S")},
    bindings={
        ("Item", "field"): Gap(reason="the field"),
        ("Item", "field:Option"): ProfileConcept(concept=CONCEPT),
        ("Item", "party.Kind"): Gap(reason="the kind of this party"),
    },
    parts={"Kind": "kinds", "Name": "names"},
)


@pytest.mark.parametrize(
    ("field", "option", "part", "found"),
    [
        ("field", "Option", None, ProfileConcept(concept=CONCEPT)),
        ("field", "Other", None, Gap(reason="the field")),
        ("party", "PartyKind", "Kind", Gap(reason="the kind of this party")),
        ("field", "FieldKind", "Kind", Gap(reason="kinds")),
        ("field", "FieldIdentifier", "Identifier", None),
        ("other", "Option", None, None),
    ],
)
def test_an_option_goes_before_the_field_and_a_part_before_all_parts(
    field: str, option: str, part: str | None, found: object
) -> None:
    assert PROFILE.binding("Item", field, option, part) == found


def test_names_are_of_the_release() -> None:
    assert PROFILE.qname("s:C").clark == "{http://s/2025}C"
    assert str(PROFILE.qname("s:C")) == "s:C"
    assert PROFILE.is_standard
    assert PROFILE.source == "p"
    assert not Profile(name="q", title="Q").is_standard


def test_the_secs_registry_is_told_by_its_namespace() -> None:
    sec = Registry(prefix="ixt-sec", namespace="http://www.sec.gov/inlineXBRL/transformation/2015-08-31")
    assert DocumentRules(registries=[sec]).with_sec
    assert not DocumentRules().with_sec


def test_endings_of_labels_have_defaults() -> None:
    rules = LabelRules(suffixes={"axis": "(axis)"})
    assert (rules.ending("axis"), rules.ending("member"), rules.ending("axis", "ja")) == ("(axis)", "[Member]", "[軸]")
    assert rules.ending("axis", "de") == "(axis)"
