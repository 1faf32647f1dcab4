"""Every rule of every table: silent on a sound report, told when the report breaks it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from exporter.findings import Location
from exporter.model.dimensions import ExplicitDimension
from exporter.model.qname import QName
from exporter.profiles.read_rules import RULE_TABLES, published_rules, read_rule_table
from exporter.profiles.rules import Condition, CoverRule, DocumentRule, Level, TableRule
from exporter.taxonomy.taxonomy import Import
from exporter.validation.filing_rules.subject import Address
from exporter.validation.rule_sets import rule_kinds
from tests.unit.validation.filing_rules.breaks import BREAKS
from tests.unit.validation.filing_rules.made import Made, sound

SOUND = {name: sound(name) for name in RULE_TABLES}
OPPOSITE = {"true": "false", "Other Accounting Standard": "U.S. GAAP"}


def rules(kind: type[TableRule]) -> list[object]:
    found = [(name, rule) for name in RULE_TABLES for rule in read_rule_table(name).rules if isinstance(rule, kind)]
    return [pytest.param(name, rule, id=rule.code) for name, rule in found]


@pytest.mark.parametrize("name", RULE_TABLES)
def test_a_sound_report_has_no_finding(name: str) -> None:
    assert SOUND[name].findings() == []


def test_every_kind_is_used_and_can_be_broken() -> None:
    used = {rule.kind for name in RULE_TABLES for rule in read_rule_table(name).document_rules}
    assert used == rule_kinds().keys() == BREAKS.keys()


@pytest.mark.parametrize(("name", "rule"), rules(DocumentRule))
def test_a_document_rule_is_told_when_broken(name: str, rule: DocumentRule) -> None:
    broken = BREAKS[rule.kind](satisfied(SOUND[name], rule.when), rule)
    found = [finding for finding in broken.findings() if finding.code == rule.code]
    assert found
    assert all(finding.severity is rule.severity and finding.message for finding in found)


# The cover page: cases follow from the rule itself


def satisfied(made: Made, condition: Condition | None) -> Made:
    """The report so changed that a condition holds."""
    if condition is None:
        return made
    for part in condition.none:
        made = failed(made, part)
    if condition.concept is not None:
        made = made.cover(condition.concept, condition.values[0] if condition.values else "something")
    if condition.namespace is not None and "jpcrp" in condition.namespace:
        namespace = "http://disclosure.edinet-fsa.go.jp/taxonomy/jpcrp/2025-11-01/jpcrp_cor"
        made = made.fact(QName(namespace, "CompanyNameCoverPage"), "例")
    if condition.namespace is not None and "jpaud" in condition.namespace:
        made = made.fact(
            QName("http://disclosure.edinet-fsa.go.jp/taxonomy/jpaud/2025-11-01/jpaud_cor", "Opinion"), "例"
        )
    if condition.forms and made.table.form_concept:
        made = made.cover(made.table.form_concept, condition.forms[0])
    for part in condition.every:
        made = satisfied(made, part)
    return satisfied(made, condition.some[0]) if condition.some else made


def failed(made: Made, condition: Condition) -> Made:
    """The report so changed that a condition does not hold."""
    if condition.concept is None:
        return made
    if not condition.values:
        return made.without(condition.concept)
    return made.cover(condition.concept, OPPOSITE.get(condition.values[0], "something"))


def sound_value(rule: CoverRule, made: Made, concept: str) -> str:
    if rule.value is not None and rule.value.one_of:
        return rule.value.one_of[0]
    return made.style.values.get(concept, "2025-03-31")


def stated(made: Made, rule: CoverRule) -> Made:
    """With every fact that the rule asks for, in every cut that it looks at."""
    values = [sound_value(rule, made, concept) for concept in rule.concepts]
    if rule.need == "one_true":
        values = ["true", *["false"] * (len(values) - 1)]
    cuts: list[tuple[ExplicitDimension, ...]] = [()]
    if rule.within is not None:
        axis, member = made.cover_name(rule.within.axis), made.cover_name(rule.within.member)
        cuts = [(ExplicitDimension(axis, member),)]
    for cut in cuts:
        for concept, value in zip(rule.concepts, values, strict=True):
            made = made.cover(concept, value, *cut)
    return made


def breaking(rule: CoverRule, made: Made) -> Iterator[Made]:
    """Reports that break the rule, each in its own way."""
    there = satisfied(stated(made, rule), rule.when)
    if rule.each is not None:
        there = there.cover(rule.each, "true" if rule.level is Level.FORBIDDEN else "something")
    if rule.level is Level.FORBIDDEN:
        yield there
        return
    if rule.need == "all_or_none":
        yield there.without(rule.concepts[0])
    elif rule.need == "one_true":
        yield there.cover(rule.concepts[0], "false")
        yield there.cover(rule.concepts[1], "true")
    elif rule.level is not Level.OPTIONAL:
        yield there.without(*rule.concepts)
    if rule.need == "all":
        yield there.without(rule.concepts[-1])
    if rule.value is not None and rule.within is None:
        concept = rule.concepts[0]
        wrong = {"period_end": "2024-12-31", "entity": "0000000001"}
        yield there.cover(concept, wrong.get(rule.value.equals or "", "?!" * 100))


@pytest.mark.parametrize(("name", "rule"), rules(CoverRule))
def test_a_cover_rule_is_told_when_broken(name: str, rule: CoverRule) -> None:
    cases = list(breaking(rule, SOUND[name]))
    assert cases
    for broken in cases:
        found = [finding for finding in broken.findings() if finding.code == rule.code]
        assert found, [fact.value for fact in broken.facts if fact.concept.local_name in rule.concepts]
        assert all(finding.severity is rule.severity and finding.fix for finding in found)


@pytest.mark.parametrize(("name", "rule"), rules(CoverRule))
def test_a_cover_rule_is_silent_where_it_is_kept(name: str, rule: CoverRule) -> None:
    """For conditional rules: the condition holds, and the fact is there."""
    made = SOUND[name]
    kept = made.without(*rule.concepts) if rule.level is Level.FORBIDDEN else stated(made, rule)
    kept = kept if rule.name in ("AmendedForm", "FiscalYearEnd") else satisfied(kept, rule.when)
    assert rule.code not in kept.codes()


def test_codes_are_of_one_scheme_and_name_the_number() -> None:
    for name in RULE_TABLES:
        table = read_rule_table(name)
        for rule in table.rules:
            assert rule.code == f"{table.prefix}:{rule.number + '-' if rule.number else ''}{rule.name}"
        assert len(set(table.codes)) == len(table.codes)


PUBLISHED = [name for name in RULE_TABLES if published_rules(name)]


@pytest.mark.parametrize("name", PUBLISHED)
def test_most_published_rules_are_asked(name: str) -> None:
    applicable = {rule.number for rule in published_rules(name) if not rule.not_asked}
    asked = {rule.number for rule in read_rule_table(name).rules if rule.number is not None}
    least = 0.8 if name == "edinet" else 0.9
    assert len(applicable & asked) >= least * len(applicable), sorted(applicable - asked)


@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_asked_is_published(name: str) -> None:
    rules, table = published_rules(name), read_rule_table(name)
    numbers = [rule.number for rule in rules]
    assert len(set(numbers)) == len(numbers)
    applicable = {rule.number for rule in rules if not rule.not_asked}
    assert {rule.number for rule in table.rules if rule.number is not None} <= applicable
    assert {rule.number for rule in table.elsewhere} <= applicable - {rule.number for rule in table.rules}
    assert all(rule.text.endswith(".") for rule in rules)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["http://xbrl.sec.gov/dei/2024", "http://xbrl.sec.gov/dei/2025"], "editions of one taxonomy are mixed"),
        (["http://xbrl.sec.gov/dei/2025", "http://xbrl.sec.gov/country/2024"], "taxonomies of several years"),
        (["http://xbrl.sec.gov/dei/2025", "http://xbrl.sec.gov/country/2022"], None),
        (["http://xbrl.sec.gov/dei/2025", "http://xbrl.sec.gov/country/2025"], None),
    ],
)
def test_imported_taxonomies_are_of_one_edition_and_of_one_year(names: list[str], message: str | None) -> None:
    imports = [Import(namespace=name, location=f"{number}.xsd") for number, name in enumerate(names)]
    findings = SOUND["form-20-f"].with_taxonomy(imports=imports).findings()
    found = [finding.message for finding in findings if "6.22.3" in finding.code]
    assert [text for text in found if message and message in text] == found
    assert bool(found) == (message is not None)


@pytest.mark.parametrize(("name", "is_about_facts"), [("form-20-f", True), ("edinet", False)])
def test_sums_are_presented_where_they_are_reported_or_always(name: str, is_about_facts: bool) -> None:
    """EDGAR asks for the presentation of sums with facts in one context, EDINET for that of all."""
    (rule,) = [rule for rule in read_rule_table(name).document_rules if rule.kind == "presented-sums"]
    assert bool(rule.parameters.get("reported")) == is_about_facts


@pytest.mark.parametrize(
    ("drawing", "is_active"),
    [
        ("<svg xmlns='http://www.w3.org/2000/svg'><rect width='1' height='1'/></svg>", False),
        ("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", True),
        ("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", True),
    ],
)
@pytest.mark.parametrize("encoded", [True, False])
def test_nothing_is_executed_in_an_embedded_drawing(drawing: str, is_active: bool, encoded: bool) -> None:
    content = f";base64,{base64.b64encode(drawing.encode()).decode()}" if encoded else f",{quote(drawing)}"
    image = Address(element="img", href=f"data:image/svg+xml{content}", location=Location(file="page.xhtml"))
    made = SOUND["esef"].with_document(references=[image])
    codes = [finding.code for finding in made.findings() if finding.code.endswith("-ActiveContent")]
    assert bool(codes) == is_active
