"""Facts by statement and subject, periods side by side."""

from __future__ import annotations

from exporter.model.dimensions import Context, Dimension, Entity, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant, Period
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.page.review import ReviewRow, ReviewSection
from exporter.page.review_layout import arrange
from exporter.taxonomy.concepts import NEGATED, PERIOD_END, PERIOD_START, Concept, RoleType
from exporter.taxonomy.networks import PARENT_CHILD, Relationship
from exporter.taxonomy.taxonomy import Taxonomy

URI = "http://x.example.com"
JPY = Unit.currency("JPY")


def name(local: str) -> QName:
    return QName(URI, local, prefix="x")


def fact(local: str, period: Period, value: str | None, *dimensions: Dimension, unit: Unit | None = JPY) -> Fact:
    decimals = -6 if unit is not None and value is not None else None
    return Fact(name(local), Context(Entity.cik(7), period, dimensions), value, decimals, unit)


def year(end: int) -> Duration:
    return Duration(f"{end - 1}-04-01", f"{end}-03-31")


def day(end: int) -> Instant:
    return Instant(f"{end}-03-31")


def taxonomy(**roles: list[tuple[str, str, str | None]]) -> Taxonomy:
    """A taxonomy with a presentation in each role; an entry is a parent, a child and the role of the child's label."""
    arcs = [
        Relationship(
            arcrole=PARENT_CHILD,
            source=name(parent),
            target=name(child),
            role=f"{URI}/{role}",
            order=number,
            preferred_label=label,
        )
        for role, entries in roles.items()
        for number, (parent, child, label) in enumerate(entries, 1)
    ]
    names = {arc.source for arc in arcs} | {arc.target for arc in arcs}
    concepts = [
        Concept(
            qname=qname,
            abstract=qname.local_name.endswith(("Abstract", "Axis")),
            kind="dimension" if qname.local_name.endswith("Axis") else "item",
        )
        for qname in sorted(names, key=lambda qname: qname.local_name)
    ]
    definitions = [
        RoleType(uri=f"{URI}/{role}", definition=f"{number:04} - {_kind(role)} - {role}", id=role)
        for number, role in enumerate(roles, 1)
    ]
    return Taxonomy(namespace=URI, prefix="x", concepts=concepts, relationships=arcs, roles=definitions)


def _kind(role: str) -> str:
    return "Disclosure" if role.startswith("By") else "Statement"


def arranged(facts: list[Fact], known: Taxonomy | None) -> tuple[ReviewSection, ...]:
    return arrange(Report(taxonomy=["x.xsd"], facts=facts), known, lambda _, __: None)


def lines(sections: tuple[ReviewSection, ...], subject: str) -> list[tuple[str, list[str]]]:
    """The lines of a subject: the label, the texts of the cells and of the change."""
    (chosen,) = (entry for section in sections for entry in section.subjects if entry.title == subject)
    rows: list[ReviewRow] = [row for table in chosen.tables for group in table.groups for row in group.rows]
    return [
        (row.label, [*(",".join(cell.text for cell in cells) for cells in row.cells), row.difference, row.percent])
        for row in rows
    ]


CASH = taxonomy(
    Cash=[
        ("CashAbstract", "OperatingAbstract", None),
        ("CashAbstract", "Cash", PERIOD_START),
        ("CashAbstract", "Increase", None),
        ("CashAbstract", "Cash", PERIOD_END),
        ("OperatingAbstract", "Paid", NEGATED),
    ],
    Balance=[("BalanceAbstract", "Cash", None)],
    ByRegion=[("RegionAbstract", "RegionAxis", None), ("RegionAbstract", "Increase", None)],
)
FACTS = [
    fact("Cash", day(2003), "1000000"),
    fact("Cash", day(2004), "3000000"),
    fact("Cash", day(2005), "8000000"),
    fact("Increase", year(2005), "5000000"),
    fact("Increase", year(2004), "2000000"),
    fact("Paid", year(2005), "4000000"),
    fact("Paid", year(2004), "5000000"),
    fact("Increase", year(2005), "1000000", ExplicitDimension(name("RegionAxis"), name("JapanMember"))),
]


def test_periods_stand_side_by_side_with_what_has_changed() -> None:
    sections = arranged(FACTS, CASH)
    assert [section.title for section in sections] == ["Financial statements", "Disclosures"]
    assert lines(sections, "Cash") == [
        ("Operating Abstract", ["", ""]),
        ("Paid", ["\u22124", "\u22125", "+1", "+20.0%"]),
        ("Cash", ["3", "1", "+2", "+200.0%"]),
        ("Increase", ["5", "2", "+3", "+150.0%"]),
        ("Cash", ["8", "3", "+5", "+166.7%"]),
    ]


def test_a_concept_of_two_statements_stands_in_both() -> None:
    sections = arranged(FACTS, CASH)
    assert lines(sections, "Balance") == [("Cash", ["8", "3", "1", "+5", "+166.7%"])]
    anchors = [
        cell.fact
        for section in sections
        for subject in section.subjects
        for table in subject.tables
        for group in table.groups
        for row in group.rows
        for cells in row.cells
        for cell in cells
        if cell.is_first
    ]
    assert sorted(anchors) == list(range(len(FACTS)))  # each has one place that links lead to


def test_a_fact_with_dimensions_stands_where_they_are_presented() -> None:
    assert lines(arranged(FACTS, CASH), "ByRegion") == [("Increase", ["1", "", ""])]


def test_without_a_taxonomy_facts_stand_by_their_dimensions() -> None:
    sections = arranged(FACTS, None)
    assert [subject.title for section in sections for subject in section.subjects] == [
        "Facts without dimensions",
        "Facts by Region Axis",
    ]


def test_many_periods_stand_in_several_tables_of_one_size() -> None:
    facts = [fact("Sales", year(end), "1000000") for end in range(1996, 2006)]
    ((section,),) = ([*arranged(facts, None)],)
    assert [len(table.heads) for table in section.subjects[0].tables] == [5, 5]


def test_a_text_that_is_the_same_in_the_next_column_is_not_repeated() -> None:
    text = "the Federal Reserve Bank of New York"
    facts = [fact("Source", year(end), text, unit=None) for end in (2005, 2004)]
    assert lines(arranged(facts, None), "Facts without dimensions") == [("Source", [text, "same", "", ""])]


def test_members_units_and_values_that_are_not_stated() -> None:
    facts = [
        fact("Share", day(2005), None, TypedDimension(name("HolderAxis"), "NTT")),
        fact("Price", day(2005), "12.50", TypedDimension(name("HolderAxis"), "NTT"), unit=Unit.per_share("JPY")),
    ]
    (section,) = arranged(facts, None)
    (table,) = section.subjects[0].tables
    assert [group.title for group in table.groups] == ["Holder Axis: NTT"]
    assert [(row.label, row.unit, row.cells[0][0].text) for row in table.groups[0].rows] == [
        ("Share", "In millions of JPY", "not stated"),
        ("Price", "In JPY per share", "12.50"),
    ]


def test_a_fact_that_is_there_several_times_is_printed_once() -> None:
    facts = [
        fact("Sales", year(2005), "1000000"),
        fact("Sales", year(2005), "1000000"),
        fact("Sales", year(2005), "2000000"),
    ]
    assert lines(arranged(facts, None), "Facts without dimensions") == [("Sales", ["1,=,2", "", ""])]
