"""The strategies draw lawful reports, and the awkward ones among them do turn up."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings

from exporter.model.dimensions import TypedDimension
from exporter.model.period import FOREVER
from exporter.model.report import Report
from exporter.namespaces import ARCROLE_FACT_FOOTNOTE
from exporter.testing.report_strategies import Carries, reports

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(reports())
def test_values_are_lawful_for_their_types(report: Report) -> None:
    for fact in report.facts:
        datatype = report.vocabulary.datatypes[fact.concept]
        assert fact.value is None or datatype.is_valid(fact.value)
        assert fact.decimals is None or (datatype.is_numeric and fact.value is not None)
        assert fact.unit is None or datatype.is_numeric
        assert fact.language is None or datatype.is_text


@QUICK
@given(reports())
def test_links_and_notes_hang_together(report: Report) -> None:
    ids = {fact.id for fact in report.facts if fact.id}
    notes = {note.id for note in report.footnotes}
    assert {link.source for link in report.links} <= ids
    assert {link.target for link in report.links} <= ids | notes
    assert notes <= {link.target for link in report.links}
    assert all(link.target in notes for link in report.links if link.type == ARCROLE_FACT_FOOTNOTE)


@QUICK
@given(
    reports(
        Carries(
            base_url=False, absent_entity=False, forever=False, nil_typed=False, footnotes=False, fact_links=False,
            text_language="never", max_facts=3,
        )
    )
)  # fmt: skip
def test_what_a_format_cannot_carry_is_not_drawn(report: Report) -> None:
    assert report.base_url is None
    assert not report.footnotes
    assert not report.links
    assert len(report.facts) <= 3
    for fact in report.facts:
        assert fact.entity is not None
        assert fact.period is not FOREVER
        assert fact.language is None
        assert all(not isinstance(each, TypedDimension) or each.value is not None for each in fact.dimensions)


TRAITS: dict[str, Callable[[Report], bool]] = {
    "nil": lambda report: any(fact.is_nil for fact in report.facts),
    "empty": lambda report: any(fact.value == "" for fact in report.facts),
    "huge": lambda report: any(fact.value == "1" + "0" * 300 for fact in report.facts),
    "negative decimals": lambda report: any(fact.decimals is not None and fact.decimals < 0 for fact in report.facts),
    "pure": lambda report: any(fact.unit is None and report.vocabulary.is_numeric(fact) for fact in report.facts),
    "nil typed": lambda report: any(
        isinstance(each, TypedDimension) and each.value is None for fact in report.facts for each in fact.dimensions
    ),
    "two notes": lambda report: len(report.footnotes) > 1,
}


def test_awkward_reports_turn_up() -> None:
    seen: set[str] = set()

    @settings(
        max_examples=300,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(reports())
    def look(report: Report) -> None:
        seen.update(name for name, trait in TRAITS.items() if trait(report))

    look()
    assert seen == set(TRAITS)
