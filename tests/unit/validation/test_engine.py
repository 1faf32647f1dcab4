"""The engine, and the sets of rules against the specifications' lists of codes."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import exporter.validation
from exporter.codes import CODES
from exporter.findings import Finding, Severity
from exporter.model.fact import Fact
from exporter.model.report import Link
from exporter.validation.engine import Rule, codes_of, defined_in, rule, rules_of, run
from exporter.validation.report import calculation
from exporter.validation.report.subject import FactRule, ReportSubject, fact_rule, per_fact, shape
from exporter.validation.rule_sets import advice, lints, report_rules, taxonomy_rules
from tests.unit.validation.subjects import TAXONOMY, fact, report

OIME = """
    disallowedDuplicateFacts illegalPureUnit illegalStandardFootnoteTarget invalidBaseURL invalidDimensionValue
    invalidFactValue invalidLanguage invalidNoteIDValue invalidPeriodDimension invalidTaxonomy
    invalidUseOfReservedIdentifier invalidXBRL invalidXHTMLFragment misplacedDecimalsProperty
    misplacedLanguageDimension misplacedNoteFactDimension misplacedNoteIDDimension misplacedUnitDimension
    missingConceptDimension missingLanguageForNoteFact missingNoteIDDimension missingPeriodDimension noTaxonomy
    unknownConcept unknownDimension unsupportedConceptDataType unsupportedDimensionDataType unusedNoteFact
    valueForAbstractConcept xhtmlElementInNonDefaultNamespace
""".split()  # noqa: SIM905
XBRLJE = """
    invalidJSON invalidJSONStructure invalidFactValue invalidDimensionValue invalidLanguageCodeCase nonCanonicalValue
    unknownLinkGroup unknownLinkTarget unknownLinkType
""".split()  # noqa: SIM905
# What has no place in the model is refused by the readers, before there is a report.
SYNTACTIC = {
    "oime:illegalPureUnit",
    "oime:invalidNoteIDValue",
    "oime:misplacedNoteFactDimension",
    "oime:misplacedNoteIDDimension",
    "oime:missingNoteIDDimension",
    "xbrlje:invalidJSON",
    "xbrlje:invalidJSONStructure",
    "xbrlje:invalidLanguageCodeCase",
    "xbrlje:unknownLinkGroup",
    "xbrlje:unknownLinkType",
}
# The taxonomy's own; a code for what follows from other faults; a code of xBRL-CSV alone.
ELSEWHERE = {"oime:invalidTaxonomy", "oime:invalidXBRL", "oime:missingConceptDimension"}
SPECIFIED = {f"oime:{name}" for name in OIME} | {f"xbrlje:{name}" for name in XBRLJE}


def test_every_code_of_the_specifications_has_a_rule_or_a_reader() -> None:
    assert codes_of(report_rules()) | SYNTACTIC | ELSEWHERE >= SPECIFIED
    assert not codes_of(report_rules()) & SYNTACTIC


def test_readers_know_the_syntactic_codes() -> None:
    formats = Path(exporter.validation.__file__).parent.parent / "formats"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(formats.rglob("*.py")))
    known = set(re.findall(r'"((?:oime|xbrlje):\w+)"', text))
    assert known >= SYNTACTIC


def test_rules_use_codes_of_specifications_or_listed_ones_of_ours() -> None:
    for code in codes_of(report_rules()) | calculation.CODES:
        prefix = code.partition(":")[0]
        if prefix in ("oime", "xbrlje"):
            assert code in SPECIFIED
        elif prefix == "exporter":
            assert code in CODES
        else:
            assert re.fullmatch(r"xbrldie|xbrlce|xbrlxe|enum2ie|utre|calc11e|xbrl(\.\d+)+", prefix), code


def modules() -> Iterator[ModuleType]:
    package = exporter.validation
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("arelle"):
            yield importlib.import_module(module.name)


def test_the_sets_hold_every_rule_there_is() -> None:
    defined = [entry for module in modules() for entry in rules_of(module)]
    listed: list[Rule[Any]] = [*report_rules(), *taxonomy_rules(), *lints(), *advice()]
    on_facts: list[Any] = [*defined_in(modules(), FactRule)]
    assert {entry.name for entry in defined} | {"facts_pass_their_rules"} == {entry.name for entry in listed}
    assert len(listed) == len(defined) + 1 == len({entry.name for entry in listed})
    assert codes_of(report_rules()[:1]) == codes_of(
        Rule(codes=entry.codes, check=lambda subject: ()) for entry in on_facts
    )
    assert all(entry.codes for entry in [*listed, *on_facts])


def test_rules_of_specifications_name_the_section() -> None:
    rules: tuple[Any, ...] = (*report_rules()[1:], *taxonomy_rules(), *defined_in(modules(), FactRule))
    assert [entry.name for entry in rules if not entry.section] == []


def test_a_finding_has_the_severity_of_its_rule_unless_it_says_less() -> None:
    @rule("exporter:xmlSchema", severity=Severity.WARNING)
    def looks_odd(subject: str) -> Iterator[Finding]:
        yield Finding(code="exporter:xmlSchema", message=subject)
        yield Finding(code="exporter:xmlSchema", message=subject, severity=Severity.INFO)

    assert [finding.severity for finding in run([looks_odd], "x")] == [Severity.WARNING, Severity.INFO]


def test_a_rule_runs_when_its_findings_are_asked_for() -> None:
    started: list[str] = []

    @rule("exporter:xmlSchema")
    def first(subject: str) -> Iterator[Finding]:
        started.append(subject + "1")
        yield Finding(code="exporter:xmlSchema", message="m")

    @rule("exporter:xmlSchema")
    def second(subject: str) -> Iterator[Finding]:
        started.append(subject + "2")
        yield Finding(code="exporter:xmlSchema", message="m")

    next(run([first, second], "rule"))
    assert started == ["rule1"]


def test_the_verdict_on_a_shape_is_reached_once() -> None:
    asked: list[str | None] = []

    @fact_rule("exporter:xmlSchema", by=shape)
    def shared(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
        asked.append(fact.id)
        yield subject.finding("exporter:xmlSchema", "wrong")

    facts = [fact("Title", str(number), id=f"f{number}") for number in range(5)]
    found = list(run([per_fact([shared])], ReportSubject(report(*facts, fact("Code", "x")), TAXONOMY)))
    assert asked == ["f0", "f-Code"]
    assert [finding.location.fact for finding in found] == ["f0", "f1", "f2", "f3", "f4", "f-Code"]


def test_a_rule_on_a_part_is_for_facts_that_have_it() -> None:
    asked: list[str | None] = []

    @fact_rule("exporter:xmlSchema", by=shape, part="language")
    def texts(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
        asked.append(fact.id)
        yield subject.finding("exporter:xmlSchema", "wrong")

    @fact_rule("exporter:xmlSchema", by=None, part="nil")
    def absent(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
        asked.append(fact.id)
        yield subject.finding("exporter:xmlSchema", "wrong")

    facts = [fact("Title", "x", id="a", language="en"), fact("Title", "x", id="b"), fact("Title", None, id="c")]
    assert len(list(run([per_fact([texts, absent])], ReportSubject(report(*facts), TAXONOMY)))) == 2
    assert asked == ["a", "c"]


def test_values_that_are_cleared_are_not_checked() -> None:
    asked: list[str | None] = []

    def clear(_: ReportSubject, first: Fact) -> Callable[[str], object] | None:
        return None if first.concept.local_name == "Code" else str.isdigit

    @fact_rule("exporter:xmlSchema", by=None, clear=clear)
    def digits(subject: ReportSubject, fact: Fact) -> Iterator[Finding]:
        asked.append(fact.value)
        yield subject.finding("exporter:xmlSchema", "no digits")

    facts = [fact("Title", "1", id="a"), fact("Title", "x", id="b"), fact("Code", "y", id="c")]
    found = list(run([per_fact([digits])], ReportSubject(report(*facts), TAXONOMY)))
    assert asked == ["x"]
    assert [finding.location.fact for finding in found] == ["b"]


def test_a_rule_that_needs_what_is_not_there_does_not_run() -> None:
    @rule("exporter:x", needs=("links",))
    def links(subject: ReportSubject) -> Iterator[Finding]:
        yield Finding(code="exporter:x", message="runs")

    assert list(run([links], ReportSubject(report(), TAXONOMY))) == []
    linked = report(links=[Link(type="x", group="y", source="a", target="b")])
    assert [finding.message for finding in run([links], ReportSubject(linked, TAXONOMY))] == ["runs"]
