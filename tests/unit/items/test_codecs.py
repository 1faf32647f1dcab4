"""Codecs: values to text of facts and JSON and back; what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from exporter.errors import ModelError
from exporter.items.codec import Encoded
from exporter.items.codecs import codec_for, format_identifier, parse_identifier
from exporter.items.values import (
    EntityKind,
    EntityRef,
    Money,
    Month,
    MonthDay,
    Percent,
    PerShare,
    Rate,
    Ratio,
    ShareCount,
)
from exporter.items.values.texts import TextBlock
from exporter.model.dimensions import Entity
from exporter.model.unit import Unit
from tests.unit.items.made import Colour

YEN, PER_SHARE, SHARES = Unit.currency("JPY"), Unit.per_share("JPY"), Unit.shares()
NUMBER = {"value": "1.50", "decimals": 2}

VALUES: list[tuple[Any, Encoded, Any]] = [
    (Money("34400000000", "JPY", decimals=-8), Encoded("34400000000", -8, YEN), ...),
    (Money("5", "JPY", decimals=None), Encoded("5", None, YEN), {"value": "5", "decimals": "INF", "currency": "JPY"}),
    (PerShare("1.50", "JPY"), Encoded("1.50", 2, PER_SHARE), {**NUMBER, "currency": "JPY"}),
    (Percent("31.6"), Encoded("0.316", 3), {"value": "0.316", "decimals": 3}),
    (Percent("5", scale=-4), Encoded("0.05", 2), {"value": "0.05", "decimals": 2, "scale": -4}),
    (Rate("107.20"), Encoded("107.20", 2), {"value": "107.20", "decimals": 2}),
    (Ratio("1.50"), Encoded("1.50", 2), NUMBER),
    (ShareCount("12"), Encoded("12", 0, SHARES), {"value": "12", "decimals": 0}),
    (-7, Encoded("-7"), "-7"),
    (10**3999, Encoded("1" + "0" * 3999), ...),
    (True, Encoded("true"), True),
    ("", Encoded(""), ""),
    (" a\n<b> & ", Encoded(" a\n<b> & "), ...),
    (TextBlock("<p>a</p>"), Encoded("<p>a</p>"), "<p>a</p>"),
    (TextBlock("plain"), Encoded("plain"), {"xhtml": "plain"}),
    (dt.date(2024, 2, 29), Encoded("2024-02-29"), "2024-02-29"),
    (Month(2024, 2), Encoded("2024-02"), "2024-02"),
    (MonthDay.parse("--03-31"), Encoded("--03-31"), "--03-31"),
    (EntityRef("A & B"), Encoded("A & B"), {"name": "A & B"}),
    (Colour.DEEP_BLUE, Encoded("DeepBlueMember"), "deep_blue"),
]


@pytest.mark.parametrize(("value", "encoded", "node"), VALUES, ids=lambda each: type(each).__name__)
def test_a_value_there_and_back(value: Any, encoded: Encoded, node: Any) -> None:
    codec = codec_for(type(value))
    assert codec is not None
    assert tuple(codec.encode(value)) == tuple(encoded)
    assert codec.decode(encoded) == value
    written = codec.to_json(value)
    assert node in (..., written)
    assert codec.from_json(written) == value
    jsonschema.validate(written, codec.schema)


REFUSED: list[tuple[type, Any, str]] = [
    (Money, 5, "expected an object with value and decimals"),
    (Money, {"value": "5", "decimals": 0}, "'currency' is missing"),
    (Money, {"value": "5", "decimals": 0, "currency": 5}, "names its currency"),
    (Money, {"value": "5", "decimals": 0, "currency": "JPY", 7: "x", "y": 1}, "unknown member '7'"),
    (Money, {"value": "5", "decimals": True, "currency": "JPY"}, "as a string, got a truth value"),
    (Money, {"value": "5", "decimals": "1.5", "currency": "JPY"}, "whole number or INF"),
    (Money, {"value": "5", "decimals": 100000, "currency": "JPY"}, "whole number or INF"),
    (Money, {"value": "NaN", "decimals": 0, "currency": "JPY"}, "plain digits"),
    (Money, {"value": "INF", "decimals": 0, "currency": "JPY"}, "plain digits"),
    (Money, {"value": None, "decimals": 0, "currency": "JPY"}, "got null"),
    (Money, {"value": "5.5", "decimals": 0, "currency": "JPY"}, "."),
    (Percent, {"value": "5", "decimals": 0, "currency": "JPY"}, "unknown member 'currency'"),
    (int, "1.5", "."),
    (int, Decimal("1E+999999"), "at most 4000 digits"),
    (int, Decimal("1.5"), "whole number"),
    (int, True, "got a truth value"),
    (bool, "maybe", "expected true or false"),
    (bool, 1, "expected true or false"),
    (str, 5, "got a number"),
    (str, ["a"], "got an array"),
    (TextBlock, {"xhtml": 5}, "expected markup"),
    (TextBlock, "<p>", "well-formed"),
    (TextBlock, {"xhtml": "a", "b": "c"}, "expected text"),
    (dt.date, "2023-02-29", "."),
    (Month, "2023-13", "."),
    (EntityRef, 5, "expected a name or an object"),
    (EntityRef, {}, "name or an identifier"),
    (EntityRef, {"name": ["a"]}, "a party's name"),
    (EntityRef, {"name": "a", "nick": "b", 3: "c"}, "unknown member '3'"),
    (EntityRef, {"name": "a", "aliases": 5}, "aliases as an array"),
    (EntityRef, {"name": "a", "aliases": "bc"}, "aliases as an array"),
    (EntityRef, {"name": "a", "aliases": [5]}, "an alias as a string"),
    (EntityRef, {"identifier": "x"}, "scheme and identifier"),
    (EntityRef, {"identifier": {"scheme": 5, "identifier": "x"}}, "a scheme as a string"),
    (EntityRef, {"name": "a", "kind": "ghost"}, "expected one of"),
    (Colour, "green", "expected one of red, deep_blue"),
    (Colour, None, "got null"),
]


@pytest.mark.parametrize(("python_type", "node", "message"), REFUSED)
def test_json_that_is_no_value_is_refused(python_type: type, node: Any, message: str) -> None:
    codec = codec_for(python_type)
    assert codec is not None
    with pytest.raises(ModelError, match=message):
        codec.from_json(node)


WRONG_FACTS: list[tuple[type, Encoded, str]] = [
    (Money, Encoded("5", 0), "names its currency|expected the unit"),
    (Money, Encoded("5", 0, PER_SHARE), "got the unit iso4217:JPY/xbrli:shares"),
    (Money, Encoded("5", 0, SHARES), "."),
    (PerShare, Encoded("5", 0, YEN), "expected the unit iso4217:JPY/xbrli:shares"),
    (ShareCount, Encoded("5", 0), "got a pure number"),
    (Percent, Encoded("5", 0, YEN), "expected a pure number"),
    (int, Encoded("5", 0, SHARES), "expected a pure number"),
    (int, Encoded("1e999999"), "at most 4000 digits"),
    (int, Encoded("1.5"), "whole number"),
    (Ratio, Encoded("INF"), "plain digits"),
    (Colour, Encoded("GreenMember"), "RedMember, DeepBlueMember"),
    (EntityRef, Encoded(" "), "not empty"),
    (dt.date, Encoded("24 June"), "."),
]


@pytest.mark.parametrize(("python_type", "encoded", "message"), WRONG_FACTS)
def test_a_fact_that_is_no_value_is_refused(python_type: type, encoded: Encoded, message: str) -> None:
    codec = codec_for(python_type)
    assert codec is not None
    with pytest.raises(ModelError, match=message):
        codec.decode(encoded)


PRINTED: list[tuple[type, Any, Any]] = [
    (Money, "¥34.4 billion", Money("34400000000", "JPY", decimals=-8)),
    (Percent, "31.6%", Percent("31.6")),
    (int, "1,234", 1234),
    (bool, " Yes ", True),
    (Colour, "Deep Blue.", Colour.DEEP_BLUE),
    (EntityRef, "NTT", EntityRef("NTT")),
    (TextBlock, "one\n\ntwo", TextBlock("<p>one</p><p>two</p>")),
    (EntityRef, {"name": "a", "kind": "group", "aliases": ["b"]}, EntityRef("a", kind=EntityKind.GROUP)),
]


@pytest.mark.parametrize(("python_type", "node", "value"), PRINTED)
def test_what_people_write_is_read(python_type: type, node: Any, value: Any) -> None:
    codec = codec_for(python_type)
    assert codec is not None
    assert codec.from_json(node) == value


def test_an_identifier_in_one_string() -> None:
    cik = Entity.cik(5)
    assert format_identifier(cik) == "http://www.sec.gov/CIK 0000000005"
    assert parse_identifier(format_identifier(cik)) == cik
    blank = Entity("urn:scheme", "a b")
    assert parse_identifier(format_identifier(blank)) == blank
    with pytest.raises(ModelError):
        parse_identifier("no-blank")


def test_types_without_a_codec() -> None:
    assert codec_for(float) is None
    assert codec_for(Decimal) is None
    assert codec_for(Colour) is codec_for(Colour)
