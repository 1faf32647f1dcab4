"""Names, entities, units and periods as OIM text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from exporter.errors import LexicalError
from exporter.findings import shortened
from exporter.formats.oim.prefixes import AliasChooser
from exporter.formats.oim.text import (
    check_fragment,
    expand_names,
    format_entity,
    format_qname,
    format_unit,
    is_canonical,
    parse_entity,
    parse_period,
    parse_qname,
    parse_unit,
    unlawful_character,
    why_invalid,
    write_names,
)
from exporter.model.dimensions import Entity
from exporter.model.period import Forever, Period
from exporter.model.qname import QName
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.namespaces import ENTITIES, ISO4217, XBRLI
from exporter.testing.report_strategies import entities, periods, qnames, units

NAMES = {"iso4217": ISO4217, "xbrli": XBRLI, "t": "urn:t", "e": ENTITIES}
RELAXED = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def code_of(parse: object, *arguments: object, **keywords: object) -> str:
    assert callable(parse)
    with pytest.raises(LexicalError) as caught:
        parse(*arguments, **keywords)
    return caught.value.code


@pytest.mark.parametrize(
    "text", ["", "a", ":a", "t:", "t:a:b", " t:a", "t:a ", "t: a", "t:1", "1:a", "t:a\n", "{urn:t}a"]
)
def test_names_that_are_none(text: str) -> None:
    assert code_of(parse_qname, text, NAMES, code="x:bad") == "x:bad"


def test_a_prefix_must_be_declared() -> None:
    assert code_of(parse_qname, "q:a", NAMES, code="x:bad") == "oimce:unboundPrefix"
    assert code_of(parse_entity, "q:a", NAMES) == "oimce:unboundPrefix"
    assert code_of(parse_unit, "q:a", NAMES) == "oimce:unboundPrefix"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("iso4217:USD", Unit.currency("USD")),
        ("iso4217:USD/xbrli:shares", Unit.per_share("USD")),
        ("t:a*t:a", Unit((QName("urn:t", "a"),) * 2)),
        ("(t:a*t:b)/(t:c*t:d)", Unit(tuple(QName("urn:t", c) for c in "ab"), tuple(QName("urn:t", c) for c in "cd"))),
        ("iso4217:USD/xbrli:pure", Unit((QName(ISO4217, "USD"),), (QName(XBRLI, "pure"),))),
    ],
)
def test_units(text: str, unit: Unit) -> None:
    assert parse_unit(text, NAMES) == unit
    chooser = AliasChooser({"t": "urn:t"})
    assert format_unit(unit, chooser) == text


@pytest.mark.parametrize(
    "text",
    ["", "USD", "t:a/", "/t:a", "t:a/t:b/t:c", "(t:a)", "(t:a*t:b)", "t:a*t:b/t:c", "(t:a)/t:b", "t:a/t:b*t:c",
     "t:b*t:a", "t:a * t:b", "t:a^2", "t:a**t:b", "t:a*", "t:a/t:a", "(t:a*t:b)/(t:d*t:c)", "((t:a*t:b))/t:c"],
)  # fmt: skip
def test_units_that_are_none(text: str) -> None:
    assert code_of(parse_unit, text, NAMES) == "oimce:invalidUnitStringRepresentation"


def test_the_pure_unit_is_left_out() -> None:
    assert code_of(parse_unit, "xbrli:pure", NAMES) == "oime:illegalPureUnit"


def test_entities() -> None:
    assert parse_entity("t:a:b", NAMES) == Entity("urn:t", "a:b")
    assert parse_entity("e:NAB", NAMES) == Entity(ENTITIES, "NAB")
    assert code_of(parse_entity, "e:NA", NAMES) == "oime:invalidUseOfReservedIdentifier"
    for text in ("", "t", "t:", "t:a b", " t:a", "t:\u3000"):
        assert code_of(parse_entity, text, NAMES) == "oimce:invalidSQName"


@RELAXED
@given(qnames(), units(), entities(), periods())
def test_what_is_formatted_is_parsed_back(name: QName, unit: Unit, entity: Entity, period: Period) -> None:
    chooser = AliasChooser()
    written = (format_qname(name, chooser), format_unit(unit, chooser), format_entity(entity, chooser))
    declared = chooser.used
    assert parse_qname(written[0], declared, code="x") == name
    assert parse_unit(written[1], declared) == unit
    assert parse_entity(written[2], declared) == entity
    if not isinstance(period, Forever):
        assert parse_period(period.oim) == period


def test_periods_take_the_callers_code() -> None:
    assert code_of(parse_period, "2024") == "oimce:invalidPeriodRepresentation"
    assert code_of(parse_period, "2024", code="xbrlce:x") == "xbrlce:x"


@pytest.mark.parametrize(
    ("type_name", "written", "value"),
    [
        ("QNameItemType", "t:a", "{urn:t}a"),
        ("enumerationItemType", "t:a", "urn:t#a"),
        ("enumerationSetItemType", "t:a t:b", "urn:t#a urn:t#b"),
        ("enumerationSetItemType", "", ""),
    ],
)
def test_names_in_values(type_name: str, written: str, value: str) -> None:
    datatype = standard_type(type_name)
    assert expand_names(written, datatype, NAMES, code="x") == value
    assert write_names(value, datatype, AliasChooser({"t": "urn:t"}), code="x") == written


def test_names_in_values_that_are_none() -> None:
    chooser = AliasChooser()
    assert code_of(write_names, "t:a", standard_type("QNameItemType"), chooser, code="x") == "x"
    assert code_of(write_names, "t:a", standard_type("enumerationItemType"), chooser, code="x") == "x"
    assert code_of(expand_names, "t:a ", standard_type("enumerationSetItemType"), NAMES, code="x") == "x"


def test_canonical_sets_are_sorted_as_written() -> None:
    assert is_canonical("t:a t:b", standard_type("enumerationSetItemType"))
    assert not is_canonical("t:b t:a", standard_type("enumerationSetItemType"))
    assert not is_canonical(" t:a", standard_type("enumerationItemType"))
    assert is_canonical("1.0", standard_type("monetaryItemType"))


def test_problems_of_values() -> None:
    assert why_invalid("12", None, looks_numeric=True) is None
    assert why_invalid("NaN", None, looks_numeric=True) is None
    assert "number" in (why_invalid("", None, looks_numeric=True) or "")
    assert why_invalid("", None, looks_numeric=False) is None
    assert "U+0007" in (why_invalid("\x07", standard_type("stringItemType"), looks_numeric=False) or "")
    assert unlawful_character("a\t\n\r\U0010ffff") is None
    assert unlawful_character("\ud800") == "U+D800"
    assert unlawful_character("\uffff") == "U+FFFF"


@pytest.mark.parametrize("content", ["", "plain", "a &amp; b", "<p>x<br/></p>", "<b xml:lang='en'>x</b>", "<!-- c -->"])
def test_fragments(content: str) -> None:
    check_fragment(content)


@pytest.mark.parametrize(
    "content", ["a & b", "<p>", "&nbsp;", "</div><div>", "<x xmlns=''/>", "]]>", "\x00", "<!DOCTYPE x><p/>", "&#0;"]
)
def test_fragments_that_are_none(content: str) -> None:
    assert code_of(check_fragment, content) == "oime:invalidXHTMLFragment"


def test_messages_are_short() -> None:
    assert len(shortened("x" * 1000)) < 100
