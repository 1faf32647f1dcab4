"""Names, units, entities, contexts: values compared by meaning, nonsense refused."""

from __future__ import annotations

import pytest

from exporter.errors import ModelError
from exporter.model.dimensions import Context, Entity, ExplicitDimension, TypedDimension
from exporter.model.period import FOREVER, Instant
from exporter.model.qname import QName, is_ncname
from exporter.model.unit import PURE, SHARES, Unit, currency_measure

AXIS, OTHER = QName("urn:a", "AAxis", prefix="a"), QName("urn:a", "BAxis", prefix="a")


def test_the_prefix_of_a_name_is_no_part_of_it() -> None:
    assert QName("urn:a", "x", prefix="p") == QName("urn:a", "x", prefix="q")
    assert hash(QName("urn:a", "x", prefix="p")) == hash(QName("urn:a", "x"))
    assert QName("urn:a", "x") != QName("urn:b", "x")


def test_clark_notation_comes_back() -> None:
    name = QName("http://example.com/x", "Name")
    assert QName.parse(name.clark) == name
    assert name.expanded == "http://example.com/x#Name"
    for wrong in ("Name", "{urn:x", "x}y"):
        with pytest.raises(ModelError):
            QName.parse(wrong)


@pytest.mark.parametrize(
    ("text", "is_name"), [("a", True), ("_1.-", True), ("漢字", True), ("1a", False), ("a:b", False), ("", False)]
)
def test_names_without_a_colon(text: str, is_name: bool) -> None:
    assert is_ncname(text) is is_name


def test_the_order_of_measures_has_no_meaning() -> None:
    kg, m = QName("urn:u", "kg"), QName("urn:u", "m")
    assert Unit((kg, m)) == Unit((m, kg))
    assert Unit((kg, m)) != Unit((kg,), (m,))
    assert Unit((m, m)) != Unit((m,))


def test_units_of_filings() -> None:
    assert Unit.rate(base="USD", quote="JPY") == Unit((currency_measure("JPY"),), (currency_measure("USD"),))
    assert Unit.per_share("JPY").denominators == (SHARES,)
    assert Unit.currency("JPY").single_currency == "JPY"
    assert Unit.per_share("JPY").single_currency is None
    assert str(Unit.rate(base="USD", quote="JPY")) == "iso4217:JPY/iso4217:USD"


@pytest.mark.parametrize("measures", [((), ()), ((PURE,), ()), ((SHARES,), (SHARES,))])
def test_what_is_no_unit_is_refused(measures: tuple[tuple[QName, ...], tuple[QName, ...]]) -> None:
    with pytest.raises(ModelError):
        Unit(*measures)


def test_entities() -> None:
    assert Entity.cik("1090633") == Entity.cik(1090633) == Entity("http://www.sec.gov/CIK", "0001090633")
    assert Entity.lei("529900T8BM49AURSDO55").identifier == "529900T8BM49AURSDO55"


@pytest.mark.parametrize("wrong", ["", "12345678901", "12a", "１２"])
def test_what_is_no_cik_is_refused(wrong: str) -> None:
    with pytest.raises(ModelError):
        Entity.cik(wrong)


@pytest.mark.parametrize("wrong", ["529900T8BM49AURSDO56", "529900", "529900t8bm49aursdo55"])
def test_what_is_no_lei_is_refused(wrong: str) -> None:
    with pytest.raises(ModelError):
        Entity.lei(wrong)


@pytest.mark.parametrize(
    ("scheme", "identifier"), [(" ", "x"), ("urn:x", ""), ("urn:x", "a  b"), ("urn:x", "a\tb"), ("urn:x", "a ")]
)
def test_what_is_no_entity_is_refused(scheme: str, identifier: str) -> None:
    with pytest.raises(ModelError):
        Entity(scheme, identifier)


def test_the_order_of_dimensions_has_no_meaning() -> None:
    one, two = ExplicitDimension(AXIS, QName("urn:a", "M")), TypedDimension(OTHER, "5")
    context = Context(Entity.cik(1), Instant("2005-03-31"), (two, one))
    assert context == Context(Entity.cik(1), Instant("2005-03-31"), (one, two))
    assert context.dimension(OTHER) == two
    assert context.dimension(QName("urn:a", "None")) is None
    assert Context().period == FOREVER


def test_a_dimension_has_one_value() -> None:
    with pytest.raises(ModelError, match="two values"):
        Context(None, FOREVER, (TypedDimension(AXIS, "1"), TypedDimension(AXIS, "2")))
    assert TypedDimension(AXIS, None) != TypedDimension(AXIS, "")
