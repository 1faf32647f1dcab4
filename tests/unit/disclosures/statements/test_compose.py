"""The part of statements in the taxonomy: roles, presentation, labels, own concepts, columns with members."""

from __future__ import annotations

import pytest
from attrs import evolve

from exporter.disclosures.statements.compose import _ROOTS
from exporter.filing import Filing
from exporter.operations.to_items import filing_of_report
from exporter.profiles.read import load_profile
from exporter.profiles.standard_concepts import standard_attributes
from exporter.taxonomy.networks import DOMAIN_MEMBER, PARENT_CHILD, WIDER_NARROWER
from exporter.taxonomy.taxonomy import Taxonomy
from tests.unit.disclosures.statements.made import FLOWS, INCOME, SHEET, YEARS, filing, node, values


def load_made(*nodes: dict[str, object], profile: str) -> Filing:
    """The filing of statements under a profile of the package."""
    return evolve(filing(*nodes), profile=load_profile(profile), taxonomies=())


def tree(taxonomy: Taxonomy, role: str) -> list[tuple[int, str, str]]:
    network = taxonomy.network(PARENT_CHILD, role)
    (root,) = network.roots
    return [
        (depth, arc.target.local_name, (arc.preferred_label or "").rpartition("/")[2])
        for depth, arc in network.walk(root)
    ]


def test_roles_are_numbered_statements() -> None:
    made = filing(node("BalanceSheet", SHEET), node("IncomeStatement", INCOME))
    assert [role.definition for role in made.taxonomy.roles if "Statement" in (role.definition or "")] == [
        "000001 - Statement - The BalanceSheet",
        "000002 - Statement - The IncomeStatement",
    ]


def test_statements_stand_behind_the_cover_and_before_the_rest() -> None:
    deficit = {"type": "AccumulatedDeficit", "amount": "USD 5", "as_of": "2020-12-31"}
    cover = {"type": "DocumentInfo", "over": YEARS[0], "document_type": "20-F", "registrant": "Acme"}
    made = filing(deficit, cover, node("BalanceSheet", SHEET), node("BalanceSheet", SHEET))
    assert [(role.definition, role.uri.rpartition("/")[2]) for role in made.taxonomy.roles if role.definition] == [
        ("000001 - Document - Cover", "Cover"),
        ("000004 - Disclosure - Selected Financial Data (Details)", "SelectedFinancialData"),
        ("000002 - Statement - The BalanceSheet", "TheBalanceSheet"),
        ("000003 - Statement - The BalanceSheet", "TheBalanceSheet2"),
    ]


@pytest.mark.parametrize("prefix", _ROOTS)
def test_headings_are_concepts_of_their_taxonomies(prefix: str) -> None:
    for name in _ROOTS[prefix].values():
        consolidated = standard_attributes(prefix, f"Consolidated{name}")
        attributes = standard_attributes(prefix, name) or consolidated
        assert attributes is not None
        assert attributes.abstract


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("連結貸借対照表", "ConsolidatedBalanceSheetHeading"),
        ("貸借対照表", "BalanceSheetHeading"),
        ("Non-consolidated Balance Sheet", "BalanceSheetHeading"),
        ("Consolidated Balance Sheet", "ConsolidatedBalanceSheetHeading"),
    ],
)
def test_consolidated_statements_have_headings_of_their_own_in_edinet(title: str, heading: str) -> None:
    rows = [{"label": "資産合計", "concept": "jppfs_cor:Assets", "values": ["10", "20"]}]
    made = load_made(node("BalanceSheet", rows, title=title), profile="edinet")
    (role,) = made.taxonomy.roles_of(PARENT_CHILD)
    assert [root.local_name for root in made.taxonomy.network(PARENT_CHILD, role).roots] == [heading]


def test_standard_concepts_are_called_by_their_names_where_the_regulator_asks_for_labels() -> None:
    made = load_made(node("BalanceSheet", SHEET), profile="sec-us-gaap")
    cash = next(c.qname for c in made.taxonomy.concepts if c.qname.local_name.startswith("CashAndCash"))
    assert made.taxonomy.label(cash, language="en-US") == "Cash And Cash Equivalents At Carrying Value"


def test_presentation_has_order_depth_and_labels_as_printed() -> None:
    made = filing(node("BalanceSheet", SHEET))
    role = next(role.uri for role in made.taxonomy.roles if "Statement" in (role.definition or ""))
    rows = tree(made.taxonomy, role)
    assert rows[:5] == [
        (0, "AssetsAbstract", "terseLabel"),
        (1, "AssetsCurrentAbstract", "terseLabel"),
        (2, "CashAndCashEquivalentsAtCarryingValue", "terseLabel"),
        (2, "InventoryNet", "terseLabel"),
        (2, "AssetsCurrent", "totalLabel"),
    ]
    assert (1, "TreasuryStockValue", "negatedLabel") in rows
    assert made.taxonomy.network(PARENT_CHILD, role).roots[0].local_name == "StatementOfFinancialPositionAbstract"
    cash = next(concept.qname for concept in made.taxonomy.concepts if concept.qname.local_name == "AssetsCurrent")
    label = made.taxonomy.label(cash, role="http://www.xbrl.org/2003/role/totalLabel")
    assert label == "Total current assets"


def test_one_concept_is_printed_under_several_labels() -> None:
    made = filing(node("IncomeStatement", INCOME), node("CashFlowStatement", FLOWS))
    roles = [role.uri for role in made.taxonomy.roles if "Statement" in (role.definition or "")]
    preferred = [label for role in roles for _, name, label in tree(made.taxonomy, role) if name == "NetIncomeLoss"]
    assert preferred == ["totalLabel", "terseLabel"]
    edges = [label for _, name, label in tree(made.taxonomy, roles[1]) if name.startswith("CashAndCashEquivalentsAt")]
    assert edges == ["periodStartLabel", "periodEndLabel"]


def test_own_headings_and_concepts_are_declared_and_labelled_apart() -> None:
    rows = [
        {"label": "Tools"},
        {"label": "  Other", "values": ["1,111"], "balance": "debit"},
        {"label": "Toys"},
        {"label": "  Other", "values": ["2,222"], "balance": "debit"},
    ]
    made = filing(node("BalanceSheet", rows, columns=["2024-12-31"]))
    names = {concept.qname.local_name: concept for concept in made.taxonomy.concepts}
    assert names["ToolsAbstract"].abstract
    assert (names["Other"].period_type, names["Other2"].balance) == ("instant", "debit")
    assert {made.taxonomy.label(names[name].qname) for name in ("Other", "Other2")} == {"Other", "Other2"}
    assert values(made) == {("Other", "2024-12-31"): "1111000", ("Other2", "2024-12-31"): "2222000"}


def test_columns_of_members_make_a_hypercube() -> None:
    axis, member = "us-gaap:StatementEquityComponentsAxis", "us-gaap:CommonStockMember"
    columns = [{"period": YEARS[0], "members": {axis: member}}, {"period": YEARS[0], "members": {axis: "Our reserve"}}]
    rows = [
        {"label": "Opening balance", "concept": "us-gaap:StockholdersEquity", "values": ["10", "20"], "at": "start"},
        {"label": "Net income", "concept": "us-gaap:NetIncomeLoss", "values": ["5", "6"]},
        {"label": "Closing balance", "concept": "us-gaap:StockholdersEquity", "values": ["15", "26"], "at": "end"},
    ]
    made = filing(node("ChangesInEquity", rows, columns=columns))
    assert made.derived.findings == ()
    members = {
        (dimension.axis.local_name, dimension.member.local_name)  # type: ignore[union-attr]
        for fact in made.derived.report.facts
        for dimension in fact.dimensions
    }
    assert members == {
        ("StatementEquityComponentsAxis", "CommonStockMember"),
        ("StatementEquityComponentsAxis", "OurReserveMember"),
    }
    (cube,) = made.taxonomy.hypercubes()
    assert {item.local_name for item in cube.primary_items} >= {"StockholdersEquity", "NetIncomeLoss"}
    assert len(made.derived.report.facts) == 6


def test_opening_and_closing_balance_are_one_line_item_of_the_hypercube() -> None:
    axis = {"us-gaap:StatementEquityComponentsAxis": "us-gaap:CommonStockMember"}
    rows = [
        {"label": "Start", "concept": "us-gaap:StockholdersEquity", "values": ["10"], "at": "start"},
        {"label": "End", "concept": "us-gaap:StockholdersEquity", "values": ["10"], "at": "end"},
    ]
    taxonomy = filing(node("ChangesInEquity", rows, columns=[{"period": YEARS[0], "members": axis}])).taxonomy
    arcs = [arc for arc in taxonomy.relationships if arc.arcrole == DOMAIN_MEMBER]
    assert [arc.target.local_name for arc in arcs].count("StockholdersEquity") == 1


def test_own_rows_are_anchored_where_the_regulator_asks_for_it() -> None:
    rows = [{"label": "Stud fees", "values": ["5,000", ""], "wider": ["ifrs-full:OtherIncome", "us-gaap:OtherIncome"]}]
    made = load_made(node("IncomeStatement", rows), profile="esef-ifrs")
    anchors = [arc for arc in made.taxonomy.relationships if arc.arcrole == WIDER_NARROWER]
    assert [(str(arc.source), arc.target.local_name) for arc in anchors] == [("ifrs-full:OtherIncome", "StudFees")]
    back = filing_of_report(made.derived.report, taxonomy=made.taxonomy).filing
    assert back.items[0].rows[0].wider == ("ifrs-full:OtherIncome",)
    plain = load_made(node("IncomeStatement", rows), profile="edinet").taxonomy  # which knows neither taxonomy
    assert not [arc for arc in plain.relationships if arc.arcrole == WIDER_NARROWER]
