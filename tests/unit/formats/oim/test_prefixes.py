"""URI maps: what is refused, and which aliases are chosen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.formats.oim.prefixes import (
    RESERVED_LINK_TYPES,
    AliasChooser,
    check_uri_map,
    last_segment,
    link_group_aliases,
    link_type_aliases,
)
from exporter.model.lexical import is_absolute_uri
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE, CIK, RESERVED_PREFIXES, ROLE_LINK, XBRLI


def codes(entries: dict[str, object]) -> list[str]:
    found = check_uri_map(entries, reserved=RESERVED_PREFIXES, structure_code="f:structure", pointer="/m")
    return [f"{finding.code} {finding.location.pointer}" for finding in found]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"a": "http://a.example/", "b": "urn:x"}, []),
        ({"a": "http://a.example/", "b": "http://a.example/"}, ["oimce:multipleAliasesForURI /m/b"]),
        ({"xs": "http://a.example/"}, ["oimce:invalidURIForReservedAlias /m/xs"]),
        ({"i": XBRLI}, ["oimce:invalidAliasForReservedURI /m/i"]),
        ({"xbrli": XBRLI, "i": XBRLI}, ["oimce:invalidAliasForReservedURI /m/i"]),
        ({"a": "relative", "b": ""}, ["oimce:invalidURI /m/a", "oimce:invalidURI /m/b"]),
        ({"a": "http://a b/"}, ["oimce:invalidURI /m/a"]),
        ({"a": "http://a/ ", "b": 3}, ["f:structure /m/a", "f:structure /m/b"]),
        ({"": "urn:a", "b/c": "urn:b", "1": "urn:c"}, ["f:structure /m/", "f:structure /m/b~1c", "f:structure /m/1"]),
    ],
)
def test_rules_of_uri_maps(entries: dict[str, object], expected: list[str]) -> None:
    assert codes(entries) == expected


def test_link_types_have_their_own_reserved_aliases() -> None:
    found = check_uri_map({"note": ARCROLE_FACT_FOOTNOTE}, reserved=RESERVED_LINK_TYPES, structure_code="x", pointer="")
    assert [finding.code for finding in found] == ["oimce:invalidAliasForReservedURI"]


@pytest.mark.parametrize("uri", ["http://a", "urn:a:b", "tag:x,2020:y", "http://例え.jp/税"])
def test_absolute(uri: str) -> None:
    assert is_absolute_uri(uri)


@pytest.mark.parametrize("uri", ["", "a", "/a", "http:", "1a:b", "a b:c", "http://a<b>", "http://a\n"])
def test_not_absolute(uri: str) -> None:
    assert not is_absolute_uri(uri)


def test_choice_of_prefixes() -> None:
    chooser = AliasChooser({"p": "urn:a", "xbrli": "urn:b", "second": "urn:a", "1x": "urn:c"})
    assert chooser.alias(XBRLI, "wish") == "xbrli"
    assert chooser.alias("urn:a", "wish") == "p"
    assert chooser.alias("urn:b", "xbrli") == "ns1"
    assert chooser.alias("urn:c", "1x") == "ns2"
    assert chooser.alias("urn:d", "p") == "ns3"
    assert chooser.alias("urn:e", "wish") == "wish"
    assert chooser.alias("urn:f", "wish") == "ns4"
    assert chooser.alias(CIK) == "cik"
    assert chooser.alias("urn:e") == "wish"
    assert list(chooser.used) == sorted(chooser.used)
    assert chooser.used["wish"] == "urn:e"


def test_a_customary_prefix_gives_way_to_a_preferred_one() -> None:
    chooser = AliasChooser({"cik": "urn:mine"})
    assert chooser.alias("urn:mine") == "cik"
    assert chooser.alias(CIK, "scheme") == "scheme"


@given(st.lists(st.tuples(st.sampled_from(["urn:a", "urn:b", XBRLI, CIK]), st.sampled_from(["a", "cik", "xs", None]))))
def test_one_alias_for_one_uri(questions: list[tuple[str, str | None]]) -> None:
    chooser, twin = AliasChooser({"cik": "urn:b"}), AliasChooser({"cik": "urn:b"})
    for uri, wish in questions:
        assert chooser.alias(uri, wish) == twin.alias(uri, wish)
        assert chooser.used[chooser.alias(uri, wish)] == uri
    assert codes({**chooser.used}) == []


def test_link_aliases() -> None:
    assert link_type_aliases().alias(ARCROLE_FACT_FOOTNOTE) == "footnote"
    assert link_group_aliases().alias(ROLE_LINK) == "_"
    assert link_group_aliases().alias("urn:x") == "linkGroup1"
    assert last_segment("http://a.example/role/notes/") == "notes"
    assert last_segment("http://a.example/1") is None
