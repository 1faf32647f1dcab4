"""Without the taxonomy: types are taken from the facts, and what they do not tell is said, never lost in silence."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from lxml import etree

from exporter.errors import ReadError
from exporter.filing.reading import read_report
from exporter.filing.untyped import check_untyped, infer_types
from exporter.findings import Finding, Severity
from exporter.model.dimensions import Context
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from tests.unit.cli.running import exporter
from tests.unit.formats.xbrl_xml.documents import instance

PUBLIC = "http://example.com/2024/"
HEAD = "".join(
    f'<link:schemaRef xlink:type="simple" xlink:href="{PUBLIC}{name}.xsd"/>\n' for name in ("core", "roles", "more/dei")
)


def fact(name: str, value: str | None, *, decimals: int | None = None, unit: str = "", language: str = "") -> Fact:
    money = Unit.currency(unit) if unit else None
    return Fact(
        QName("http://t", name, prefix="t"), Context(), value, decimals, money, language or None, id=f"f-{name}"
    )


def inferred(facts: Iterable[Fact]) -> dict[str, str]:
    vocabulary = infer_types(Report(taxonomy=["t.xsd"], facts=facts)).vocabulary
    assert vocabulary.inferred == vocabulary.datatypes.keys()
    return {name.local_name: datatype.base for name, datatype in vocabulary.datatypes.items()}


def test_one_fact_with_a_unit_or_decimals_makes_the_concept_numeric() -> None:
    facts = [fact("Rate", "0.5", decimals=2), fact("Rate", "1"), fact("Cash", "7", unit="EUR"), fact("Name", "12")]
    assert inferred(facts) == {"Rate": "decimal", "Cash": "decimal"}


def test_values_beyond_decimal_make_it_double() -> None:
    assert inferred([fact("Rate", "1E-3", decimals=2), fact("Rate", "1")]) == {"Rate": "double"}


def test_nil_facts_say_nothing_against_decimal() -> None:
    assert inferred([fact("Cash", None, unit="EUR")]) == {"Cash": "decimal"}


def test_known_types_are_left_alone() -> None:
    report = infer_types(Report(taxonomy=["t.xsd"], facts=[fact("Rate", "1", decimals=2)]))
    assert infer_types(report) is report
    words = Report(taxonomy=["t.xsd"], facts=[fact("Name", "one")])
    assert infer_types(words) is words


def test_one_warning_tells_of_numbers_that_would_become_text() -> None:
    facts = [fact("Share", "0.5"), fact("Count", "3"), fact("Name", "three"), fact("Code", "3", language="en")]
    report = infer_types(Report(taxonomy=["t.xsd"], facts=[*facts, fact("Cash", "3", unit="EUR")]))
    finding = check_untyped(report, source="xbrl-json", target="xbrl-xml")
    assert finding is not None
    assert (finding.code, finding.severity) == ("exporter:untypedNumber", Severity.WARNING)
    assert "2 facts (the first is of t:Share)" in finding.message
    assert check_untyped(report, source="xbrl-json", target="xbrl-csv") is None
    assert check_untyped(report, source="xbrl-xml", target="xbrl-xml") is None


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    """Its taxonomy: two public schemas in one place and one in another, none at hand."""
    path = tmp_path / "report.xbrl"
    facts = (
        '<t:Cash contextRef="c" unitRef="eur" decimals="0" id="f1">7</t:Cash>',
        '<t:Share contextRef="c" unitRef="pure" decimals="INF" id="f2">0.5</t:Share>',
        '<t:Size contextRef="c" unitRef="pure" decimals="1" id="f3">0.5</t:Size>',
        '<t:Name contextRef="c" id="f4" xml:lang="en">12</t:Name>',
    )
    path.write_bytes(instance(*facts, head=HEAD))
    return path


def test_a_missing_public_taxonomy_is_one_warning(filing: Path) -> None:
    said: list[Finding] = []
    report = read_report(filing, warn=said.append)
    assert len(report.facts) == 4
    assert [(one.code, one.severity) for one in said] == [("exporter:taxonomyNotAtHand", Severity.WARNING)] * 2
    assert f"{PUBLIC}core.xsd" in said[0].message
    assert "roles.xsd" in said[0].message
    assert f"{PUBLIC}more/dei.xsd" in said[1].message
    assert {name.local_name for name in report.vocabulary.inferred} == {"Cash", "Share", "Size"}


def test_it_is_an_error_where_strict(filing: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_report(filing, strict=True)
    assert [one.code for one in caught.value.findings] == ["exporter:taxonomyNotAtHand"] * 2
    assert all(one.is_error for one in caught.value.findings)


@pytest.mark.parametrize("command", [("facts",), ("diff", "same"), ("validate", "--no-strict")])
def test_commands_that_only_read_warn(filing: Path, command: tuple[str, ...]) -> None:
    name, *rest = command
    others = [filing if each == "same" else each for each in rest]
    outcome = exporter(name, filing, *others, "--json")
    assert outcome.code == 0
    assert set(outcome.codes) == {"exporter:taxonomyNotAtHand"}


@pytest.mark.parametrize("command", [("validate",), ("facts", "--strict"), ("convert", "-o", "{}/x.json", "--strict")])
def test_strict_commands_refuse(filing: Path, tmp_path: Path, command: tuple[str, ...]) -> None:
    name, *rest = (each.format(tmp_path) for each in command)
    outcome = exporter(name, filing, *rest, "--json")
    assert outcome.code == 1
    assert "exporter:taxonomyNotAtHand" in outcome.codes


def _numbers(path: Path) -> dict[str, str]:
    root = etree.parse(str(path)).getroot()
    found = [each for each in root if each.get("unitRef")]
    return {etree.QName(each).localname: f"{each.text} {each.get('decimals')}" for each in found}


def test_convert_there_and_back_keeps_what_shows_and_tells_of_the_rest(filing: Path, tmp_path: Path) -> None:
    there, back = tmp_path / "x.json", tmp_path / "y.xbrl"
    outcome = exporter("convert", filing, "-o", there, "--json")
    assert (outcome.code, outcome.codes.count("exporter:untypedNumber")) == (0, 1)
    outcome = exporter("convert", there, "-o", back, "--json")
    assert (outcome.code, outcome.codes.count("exporter:untypedNumber")) == (0, 1)
    assert _numbers(filing) == {"Cash": "7 0", "Share": "0.5 INF", "Size": "0.5 1"}
    assert _numbers(back) == {"Cash": "7 0", "Size": "0.5 1"}  # the share is text now, as the warning says
    assert read_report(back).facts == read_report(filing).facts


def test_a_folder_of_csv_can_be_the_target(filing: Path, tmp_path: Path) -> None:
    outcome = exporter("convert", filing, "-o", tmp_path / "x-csv", "--json")
    assert outcome.code == 0
    assert read_report(tmp_path / "x-csv").facts == read_report(filing).facts
