"""What a rule says it needs spares work and no finding: without its needs it finds the same."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.model.dimensions import Context, Entity
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.taxonomy import Concept, Relationship, Taxonomy, networks
from exporter.validation.engine import run
from exporter.validation.lints.subject import EARNINGS, IDENTITIES, SHARES_AT_A_DATE, LintSubject
from exporter.validation.report.subject import ReportSubject
from exporter.validation.rule_sets import lints, report_rules
from tests.properties.test_disclosures import some

NAMESPACE = "http://www.example.com/needs"
NAMES = sorted(
    {"Sales", "NetLoss", "HighRate", "LowRate", "SharePercentage", "ConvenienceTranslation", "DocumentPeriodEndDate"}
    | {*SHARES_AT_A_DATE[:2], *IDENTITIES, "Assets", *EARNINGS[0][0][:1], *EARNINGS[0][1][:1], *EARNINGS[0][2][:1]}
)
PERIODS: tuple[Period, ...] = (
    *(Duration(f"{year}-04-01", f"{year + 1}-03-31") for year in (2002, 2003, 2004)),
    *(Duration.month(2005, month) for month in (1, 2, 3)),
    *(Instant(f"{year}-03-31") for year in (2003, 2004, 2005)),
    *(Instant("2005-03-30"), Instant("2004-04-01")),
)
UNITS = (None, Unit.currency("JPY"), Unit.currency("USD"), Unit.shares(), Unit.rate(base="USD", quote="JPY"))
VALUES = ("100", "-100", "31.6", "0.316", "100000", "107.22", "0.0093", "1234000", "-1234", "2005-03-31", "123456")


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """Reports on few concepts and units, so that their facts have much to do with each other."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    units = draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=2, unique=True))
    aspects = st.tuples(
        *(st.sampled_from(names), st.sampled_from(PERIODS), st.sampled_from(VALUES)),
        *(st.sampled_from([None, 0, 2, -3, -6]), st.sampled_from(units)),
    )
    facts = [
        Fact(QName(NAMESPACE, name, prefix="ex"), Context(Entity.cik(1), period), value, decimals, unit)
        for name, period, value, decimals, unit in draw(st.lists(aspects, max_size=15))
    ]
    return Report(taxonomy=["a.xsd"], facts=facts)


ARC = Relationship(
    arcrole=networks.SUMMATION_ITEM,
    role=f"{NAMESPACE}/role",
    source=QName(NAMESPACE, "Assets"),
    target=QName(NAMESPACE, "Sales"),
)
TAXONOMIES = [
    Taxonomy(
        namespace=NAMESPACE,
        prefix="ex",
        concepts=[Concept(qname=QName(NAMESPACE, name)) for name in NAMES],
        relationships=arcs,
    )
    for arcs in ([], [ARC])
]


@pytest.mark.parametrize("taxonomy", TAXONOMIES, ids=["flat", "sums"])
@settings(some, max_examples=150)
@given(reports())
def test_lints_find_the_same_without_their_needs(taxonomy: Taxonomy, report: Report) -> None:
    subject = LintSubject(report, taxonomy)
    assert list(run(lints(), subject)) == list(run([evolve(lint, needs=()) for lint in lints()], subject))


@pytest.mark.parametrize("taxonomy", TAXONOMIES, ids=["flat", "sums"])
@settings(some, max_examples=50)
@given(reports())
def test_rules_on_reports_find_the_same_without_their_needs(taxonomy: Taxonomy, report: Report) -> None:
    rules = report_rules()
    findings, expected = (
        list(run(chosen, ReportSubject(report, taxonomy, "json", complete=True, calculations="round")))
        for chosen in (rules, [evolve(entry, needs=()) for entry in rules])
    )
    assert findings == expected


def test_some_rules_have_needs() -> None:
    assert {need for entry in lints() for need in entry.needs} >= {"sums", "series", "negatives", "dates"}
    assert {need for entry in report_rules() for need in entry.needs} == {
        *("base url", "footnotes", "links", "sums", "hypercubes"),
    }
