"""Every rule of the Open Information Model has a report that keeps it and one that breaks it."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.findings import Severity
from exporter.model.dimensions import Entity
from exporter.model.fact import Fact
from exporter.model.period import FOREVER
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link
from exporter.model.unit import Unit
from exporter.namespaces import ENTITIES, ROLE_LINK
from exporter.validation.report.subject import CANONICAL_VALUES
from tests.unit.validation.subjects import END, NAMESPACE, USD, YEAR, codes, fact, findings, own, sales

CASH = fact("Cash", "5", period=END, unit=USD, decimals=0)
NORTH, SOUTH = f"{NAMESPACE}#North", f"{NAMESPACE}#South"

GOOD = (
    CASH,
    fact("Cash", None, period=END, unit=USD),
    fact("Title", "", language="en"),
    fact("Title", "x", period=FOREVER),
    fact("Code", "abc"),
    fact("Amount", "1.50", decimals=2, unit=Unit.rate(base="USD", quote="JPY")),
    fact("Ratio", "-0"),
    fact("Weight", "INF"),
    fact("Heads", "+07"),
    fact("Day", "2024-02-29"),
    fact("Flag", "1"),
    fact("Mystery", "anything", decimals=3, language="en"),
    fact("Pick", NORTH),
    fact("Picks", f"{SOUTH} {NORTH}"),
    fact("Picks", ""),
)
BAD = (
    (fact("Unheard", "5"), "oime:unknownConcept"),
    (fact("Heading", "x"), "oime:valueForAbstractConcept"),
    (fact("RegionAxis", "x"), "oime:valueForAbstractConcept"),
    (fact("Bundle", "x"), "oime:unsupportedConceptDataType"),
    (fact("Part", None), "oime:unsupportedConceptDataType"),
    (fact("Prefixed", "a:b"), "oime:unsupportedConceptDataType"),
    (fact("Sales", "5", period=END, unit=USD), "oime:invalidPeriodDimension"),
    (fact("Cash", "5", period=YEAR, unit=USD), "oime:invalidPeriodDimension"),
    (fact("Cash", "5", period=FOREVER, unit=USD), "oime:missingPeriodDimension"),
    (fact("Title", "x", unit=USD), "oime:misplacedUnitDimension"),
    (fact("Title", "x", decimals=0), "oime:misplacedDecimalsProperty"),
    (fact("Amount", None, decimals=0), "oime:misplacedDecimalsProperty"),
    (fact("Amount", "5", language="en"), "oime:misplacedLanguageDimension"),
    (fact("Code", "abc", language="en"), "oime:misplacedLanguageDimension"),
    (fact("Capital", None, period=END, unit=USD), "oime:invalidFactValue"),
    (fact("Title", "x", language="en_US"), "oime:invalidLanguage"),
    (fact("Amount", "1e5"), "xbrlje:invalidFactValue"),
    (fact("Amount", ""), "xbrlje:invalidFactValue"),
    (fact("Heads", "-1"), "xbrlje:invalidFactValue"),
    (fact("Day", "2023-02-29"), "xbrlje:invalidFactValue"),
    (fact("Flag", "True"), "xbrlje:invalidFactValue"),
    (fact("Pick", "North"), "xbrlje:invalidFactValue"),
    (fact("Pick", f"{NAMESPACE}#World"), "enum2ie:InvalidEnumerationValue"),
    (fact("Pick", f"{NAMESPACE}#Nowhere"), "enum2ie:InvalidEnumerationValue"),
    (fact("Picks", f"{NORTH} {NAMESPACE}#Other"), "enum2ie:InvalidEnumerationSetValue"),
    (fact("Picks", f"{NORTH} {NORTH}"), "enum2ie:RepeatedEnumerationSetValue"),
    (sales(entity=Entity(ENTITIES, "NA")), "oime:invalidUseOfReservedIdentifier"),
)


@pytest.mark.parametrize("good", GOOD, ids=repr)
def test_what_keeps_the_rules_is_not_found_fault_with(good: Fact) -> None:
    assert codes(good) == []


@pytest.mark.parametrize(("bad", "code"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_a_broken_rule_is_told_with_its_code_and_fact(bad: Fact, code: str) -> None:
    (finding,) = findings(bad)
    assert finding.code == code
    assert finding.is_error
    assert finding.location.fact == bad.id
    assert finding.fix


@pytest.mark.parametrize(
    ("syntax", "bad", "code"),
    [
        ("csv", fact("Amount", "x"), "xbrlce:invalidFactValue"),
        ("xml", fact("Amount", "x"), "exporter:xmlSchema"),
        ("xml", fact("Part", "1"), "xbrlxe:unsupportedFraction"),
        ("xml", fact("Bundle", ""), "xbrlxe:unsupportedTuple"),
        ("xml", fact("Cash", "5", unit=USD), "xbrl.4.7.2:contextPeriodType"),
        ("xml", fact("Picks", f"{SOUTH} {NORTH}"), "enum2ie:InvalidEnumerationSetOrder"),
    ],
)
def test_each_syntax_has_its_codes(syntax: Any, bad: Fact, code: str) -> None:
    assert code in codes(bad, syntax=syntax)


def test_types_that_processors_differ_on_are_a_warning() -> None:
    (finding,) = findings(fact("Sq", "a:b"))
    assert (finding.code, finding.severity) == ("oime:unsupportedConceptDataType", Severity.WARNING)


def test_every_fact_with_the_fault_is_named_though_the_verdict_is_shared() -> None:
    found = findings(*(fact("Unheard", "5", id=f"f{number}") for number in range(3)))
    assert [finding.location.fact for finding in found] == ["f0", "f1", "f2"]


def test_a_fact_without_id_is_named_by_concept_and_period() -> None:
    (finding,) = findings(fact("Unheard", "5", id=None))
    assert finding.location.item == "ex:Unheard, 2024-01-01 to 2024-12-31"


def test_a_name_of_a_namespace_not_at_hand_is_not_judged() -> None:
    foreign = fact(QName("http://www.example.com/elsewhere", "Sales"), "5")
    assert codes(foreign) == ["oime:unknownConcept"]
    assert codes(foreign, complete=False) == []
    assert codes(fact("Unheard", "5"), complete=False) == ["oime:unknownConcept"]
    assert codes(fact("Pick", f"{NAMESPACE}#World"), complete=False) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (fact("Amount", "5.0"), fact("Amount", "05.0")),
        (fact("Heads", "5"), fact("Heads", "05")),
        (fact("Flag", "true"), fact("Flag", "1")),
        (fact("Day", "2024-12-31Z"), fact("Day", "2024-12-31+09:00")),
        (fact("Weight", "1.0E3"), fact("Weight", "1000")),
    ],
)
def test_promised_canonical_values_are_canonical(good: Fact, bad: Fact) -> None:
    promise = {CANONICAL_VALUES: True}
    assert codes(good, features=promise) == []
    assert codes(bad, features=promise) == ["xbrlje:nonCanonicalValue"]
    assert codes(bad, features=promise, syntax="csv") == ["xbrlce:nonCanonicalValue"]
    assert codes(bad, features={CANONICAL_VALUES: False}) == []
    assert codes(bad) == []


NOTE = FootnoteResource("Restated &amp; <b>audited</b>.", "en", "n1")
NOTED = Link("f-Cash", "n1")


def _noted(note: FootnoteResource = NOTE, *links: Link) -> list[str]:
    return codes(CASH, footnotes=[note], links=links or (NOTED,))


def test_a_linked_note_is_good() -> None:
    assert _noted() == []


@pytest.mark.parametrize(
    ("note", "code"),
    [
        (FootnoteResource("a & b", "en", "n1"), "oime:invalidXHTMLFragment"),
        (FootnoteResource("<b>open", "en", "n1"), "oime:invalidXHTMLFragment"),
        (FootnoteResource("a&nbsp;b", "en", "n1"), "oime:invalidXHTMLFragment"),
        (FootnoteResource('<x xmlns="http://www.example.com/x"/>', "en", "n1"), "oime:invalidXHTMLFragment"),
        (
            FootnoteResource('<h:b xmlns:h="http://www.w3.org/1999/xhtml"/>', "en", "n1"),
            "oime:xhtmlElementInNonDefaultNamespace",
        ),
        (FootnoteResource("text", "", "n1"), "oime:missingLanguageForNoteFact"),
    ],
)
def test_a_note_is_xhtml_with_a_language(note: FootnoteResource, code: str) -> None:
    assert _noted(note) == [code]


def test_links_lead_from_facts_to_notes_or_facts() -> None:
    other = fact("Title", "x")
    explains = Link("f-Cash", "f-Title", "http://www.xbrl.org/2009/arcrole/fact-explanatoryFact", ROLE_LINK)
    assert codes(CASH, other, links=[explains]) == []
    assert codes(CASH, other, links=[Link("f-Cash", "f-Title")]) == ["oime:illegalStandardFootnoteTarget"]
    assert codes(CASH, links=[Link("f-Cash", "f9")]) == ["xbrlje:unknownLinkTarget"]
    assert _noted(NOTE, Link("f9", "n1")) == ["exporter:unknownLinkSource"]


def test_a_note_that_nothing_links_to_is_found() -> None:
    assert codes(CASH, footnotes=[NOTE]) == ["oime:unusedNoteFact"]
    assert codes(CASH, footnotes=[NOTE], syntax="xml") == ["xbrlxe:unlinkedFootnoteResource"]


def test_a_report_names_its_taxonomy() -> None:
    assert codes(CASH, schemas=[]) == ["oime:noTaxonomy"]


@pytest.mark.parametrize("url", ["", "relative/path", "//host/path", "http:", " http://www.example.com/"])
def test_a_base_url_is_absolute(url: str) -> None:
    assert codes(CASH, base_url="http://www.example.com/") == []
    assert codes(CASH, base_url=url) == ["oime:invalidBaseURL"]


def test_names_in_messages_are_those_of_the_report() -> None:
    (finding,) = findings(fact(own("Unheard"), "5"))
    assert "ex:Unheard" in finding.message
