"""The table of rules against the specifications' lists of codes."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import exporter.validation
from exporter.codes import CODES
from exporter.findings import Finding
from exporter.model.fact import Fact
from exporter.validation.engine import FactRule, ReportRule, Subject, apply_rules, codes_of, fact_rule, shape
from exporter.validation.report import calculation
from exporter.validation.rule_sets import RULES
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
    assert codes_of(RULES) | SYNTACTIC | ELSEWHERE >= SPECIFIED
    assert not codes_of(RULES) & SYNTACTIC


def test_readers_know_the_syntactic_codes() -> None:
    formats = Path(exporter.validation.__file__).parent.parent / "formats"
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(formats.rglob("*.py")))
    known = set(re.findall(r'"((?:oime|xbrlje):\w+)"', text))
    assert known >= SYNTACTIC


def test_rules_use_codes_of_specifications_or_listed_ones_of_ours() -> None:
    for code in codes_of(RULES) | calculation.CODES:
        prefix = code.partition(":")[0]
        if prefix in ("oime", "xbrlje"):
            assert code in SPECIFIED
        elif prefix == "exporter":
            assert code in CODES
        else:
            assert re.fullmatch(r"xbrldie|xbrlce|xbrlxe|enum2ie|utre|calc11e|xbrl(\.\d+)+", prefix), code


def test_the_table_holds_every_rule_there_is() -> None:
    package = exporter.validation
    found = set()
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if module.name.endswith("arelle"):
            continue
        named = vars(importlib.import_module(module.name)).values()
        found |= {rule.name for rule in named if isinstance(rule, FactRule | ReportRule)}
    assert found == {rule.name for rule in RULES}
    assert len(RULES) == len(found)
    assert all(rule.codes for rule in RULES)


def test_the_verdict_on_a_shape_is_reached_once() -> None:
    asked: list[str | None] = []

    @fact_rule("exporter:xmlSchema", by=shape)
    def shared(subject: Subject, fact: Fact) -> Iterator[Finding]:
        asked.append(fact.id)
        yield subject.fault("exporter:xmlSchema", "wrong")

    facts = [fact("Title", str(number), id=f"f{number}") for number in range(5)]
    found = list(apply_rules([shared], Subject(report(*facts, fact("Code", "x")), TAXONOMY)))
    assert asked == ["f0", "f-Code"]
    assert [finding.location.fact for finding in found] == ["f0", "f1", "f2", "f3", "f4", "f-Code"]


def test_values_that_are_cleared_are_not_checked() -> None:
    asked: list[str | None] = []

    def clear(_: Subject, first: Fact) -> Callable[[str], object] | None:
        return None if first.concept.local_name == "Code" else str.isdigit

    @fact_rule("exporter:xmlSchema", by=None, clear=clear)
    def digits(subject: Subject, fact: Fact) -> Iterator[Finding]:
        asked.append(fact.value)
        yield subject.fault("exporter:xmlSchema", "no digits")

    facts = [fact("Title", "1", id="a"), fact("Title", "x", id="b"), fact("Code", "y", id="c")]
    found = list(apply_rules([digits], Subject(report(*facts), TAXONOMY)))
    assert asked == ["x"]
    assert [finding.location.fact for finding in found] == ["b"]
