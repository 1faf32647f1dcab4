"""What a printed statement means: concepts, units, periods, values, signs and weights."""

from __future__ import annotations

from typing import Any

import pytest

from exporter.disclosures.statements.compose import readings_of
from exporter.disclosures.statements.layout import StatementRow
from exporter.disclosures.statements.reading import name_of
from exporter.errors import ModelError
from tests.unit.disclosures.statements.made import FLOWS, INCOME, SHEET, arcs, codes, filing, messages, node, values

YEAR, CLOSE, OPEN = "2024-01-01 to 2024-12-31", "2024-12-31", "2023-12-31"


def test_values_are_scaled_and_have_their_accuracy() -> None:
    made = filing(node("BalanceSheet", SHEET), node("IncomeStatement", INCOME))
    assert codes(made) == []
    facts = {(fact.concept.local_name, str(fact.period)): fact for fact in made.derived.report.facts}
    cash = facts["CashAndCashEquivalentsAtCarryingValue", CLOSE]
    assert (cash.value, cash.decimals, str(cash.unit)) == ("1200000", -3, "iso4217:USD")
    assert (facts["InventoryNet", OPEN].value, facts["InventoryNet", OPEN].decimals) == ("0", -3)
    share = facts["EarningsPerShareBasic", YEAR]
    assert (share.value, share.decimals, str(share.unit)) == ("2.60", 2, "iso4217:USD/xbrli:shares")


def test_parentheses_of_the_opposite_balance_are_positive_facts_with_a_negated_label() -> None:
    made = filing(node("BalanceSheet", SHEET), node("IncomeStatement", INCOME))
    assert values(made)["TreasuryStockValue", CLOSE] == "200000"
    assert values(made)["InterestExpense", YEAR] == "300000"
    assert values(made)["CostOfRevenue", YEAR] == "5000000"
    weights = arcs(made)
    assert weights["StockholdersEquity", "TreasuryStockValue"] == -1
    assert weights["OperatingIncomeLoss", "CostOfRevenue"] == -1
    assert weights["NetIncomeLoss", "InterestExpense"] == -1
    negated = {arc.target.local_name for arc in made.taxonomy.relationships if "negated" in (arc.preferred_label or "")}
    assert negated == {"TreasuryStockValue", "InterestExpense"}


def test_cash_flows_take_the_profit_as_the_income_statement_has_it() -> None:
    made = filing(node("CashFlowStatement", FLOWS), node("IncomeStatement", INCOME))
    assert codes(made) == []
    assert made.derived.findings == ()
    found = values(made)
    assert found["NetIncomeLoss", YEAR] == "2600000"
    assert found["IncreaseDecreaseInInventories", YEAR] == "800000"
    assert found["PaymentsToAcquirePropertyPlantAndEquipment", YEAR] == "2100000"
    assert arcs(made)["NetCashProvidedByUsedInOperatingActivities", "NetIncomeLoss"] == 1
    assert arcs(made)["NetCashProvidedByUsedInOperatingActivities", "IncreaseDecreaseInInventories"] == -1
    assert found["CashAndCashEquivalentsAtCarryingValue", OPEN] == "1100000"
    assert found["CashAndCashEquivalentsAtCarryingValue", "2022-12-31"] == "1200000"


def test_a_loss_printed_without_a_sign_is_a_negative_profit() -> None:
    rows = """
        Revenues    | us-gaap:Revenues      | 1,000
        Expenses    | us-gaap:CostsAndExpenses | 1,500
        Net loss    | us-gaap:NetIncomeLoss | 500
    """
    made = filing(node("IncomeStatement", rows, columns=[{"start": "2024-01-01", "end": "2024-12-31"}]))
    assert values(made)["NetIncomeLoss", YEAR] == "-500000"
    assert values(made)["CostsAndExpenses", YEAR] == "1500000"
    assert arcs(made) == {("NetIncomeLoss", "Revenues"): 1, ("NetIncomeLoss", "CostsAndExpenses"): -1}


def test_own_concepts_take_their_balance_from_the_sum_they_belong_to() -> None:
    rows = """
        Revenues | us-gaap:Revenues | 1,000 | 900
        Towing   |                  | 300   | 200
        Salvage  |                  | 100   | 150
        Operating income | us-gaap:OperatingIncomeLoss | 600 | 550
    """
    made = filing(node("IncomeStatement", rows))
    concepts = {concept.qname.local_name: concept for concept in made.taxonomy.concepts}
    assert {concepts[name].balance for name in ("Towing", "Salvage")} == {"credit"} or arcs(made)
    assert (concepts["Towing"].period_type, arcs(made)["OperatingIncomeLoss", "Towing"]) == (
        "duration",
        1 if concepts["Towing"].balance == "credit" else -1,
    )


def test_what_a_person_says_goes_before_what_is_derived() -> None:
    rows = [
        {"label": "Fees", "values": ["10,000", "20,000"], "type": "monetary", "balance": "credit", "negated": True},
        {"label": "Rent", "values": ["4,000", "5,000"], "balance": "none", "period": "duration"},
        {"label": "Ratio", "values": ["31.6%", "1.5%"], "type": "percent"},
        {"label": "Yen", "values": ["1", "2"], "unit": "JPY", "scale": "millions"},
        {"label": "Sum", "values": ["6,000", "15,000"], "sum_of": ["Fees", "-Rent"]},
    ]
    made = filing(node("Schedule", rows))
    assert codes(made) == []
    assert values(made)["Fees", YEAR] == "-10000000"
    assert values(made)["Ratio", YEAR] == "0.316"
    assert values(made)["Yen", YEAR] == "1000000"
    assert arcs(made) == {("Sum", "Fees"): -1, ("Sum", "Rent"): -1}


def test_what_remains_unclear_asks_for_a_word() -> None:
    rows = [{"label": "Cash", "concept": "us-gaap:CashAndCashEquivalentsAtCarryingValue", "values": ["1", "2"]}]
    made = filing(node("CashFlowStatement", rows))
    assert codes(made) == ["exporter:edgeUnclear"]
    assert "at: start or at: end" in messages(made)[0]
    assert codes(filing(node("CashFlowStatement", [{**rows[0], "at": "end"}]))) == []


def test_balances_among_flows_stand_at_the_ends_of_their_periods_without_concept_or_word() -> None:
    rows = """
        Operating activities        | 300   | 200
        Investing activities        | (200) | (300)
        Net increase in cash        | 100   | (100)
        Cash at beginning of year   | 1,100 | 1,200
        Cash at end of year         | 1,200 | 1,100
    """
    made = filing(node("CashFlowStatement", rows))
    assert codes(made) == []
    found = values(made)
    assert (found["Cash", CLOSE], found["Cash", OPEN], found["Cash", "2022-12-31"]) == ("1200000", "1100000", "1200000")
    (concept,) = (concept for concept in made.taxonomy.concepts if concept.qname.local_name == "Cash")
    assert concept.period_type == "instant"
    labels = {(label.role.rpartition("/")[2], label.text) for label in made.taxonomy.labels_of(concept.qname)}
    assert {
        ("label", "Cash"), ("periodStartLabel", "Cash at beginning of year"), ("periodEndLabel", "Cash at end of year"),
    } <= labels  # fmt: skip
    wrong = filing(node("CashFlowStatement", rows.replace("| 1,100 | 1,200", "| 1,000 | 1,200")))
    assert codes(wrong) == ["exporter:statementBalance"]


def test_a_dated_balance_of_an_own_concept_is_one_with_the_rows_of_the_same_concept() -> None:
    column = [{"start": "2024-01-01", "end": "2024-12-31"}]
    rows = [
        {"label": "Balance, January 1, 2024", "values": ["900"]},
        {"label": "Dividends", "values": ["(100)"]},
        {"label": "Balance, December 31, 2024", "values": ["800"]},
    ]
    found = values(filing(node("ChangesInEquity", rows, columns=column)))
    assert found == {("Balance", OPEN): "900000", ("Dividends", YEAR): "-100000", ("Balance", CLOSE): "800000"}
    named = [
        {"concept": "TotalEquity", **rows[0]},
        rows[1],
        {"label": "What remains", "concept": "TotalEquity", "values": ["800"]},
    ]
    found = values(filing(node("ChangesInEquity", named, columns=column)))
    assert (found["TotalEquity", OPEN], found["TotalEquity", CLOSE]) == ("900000", "800000")


def test_a_plain_balance_in_changes_in_equity_asks_for_a_word() -> None:
    rows: list[dict[str, object]] = [
        {"label": "Balance", "values": ["900"]},
        {"label": "Dividends", "values": ["(100)"]},
        {"label": "Balance", "values": ["800"], "at": "end"},
    ]
    made = filing(node("ChangesInEquity", rows))
    assert codes(made) == ["exporter:edgeUnclear"]
    assert "'Balance'" in messages(made)[0]
    assert "at: start or at: end" in messages(made)[0]
    made = filing(node("ChangesInEquity", [{**rows[0], "at": "start"}, *rows[1:]]))
    assert codes(made) == []
    assert (values(made)["Balance", OPEN], values(made)["Balance", CLOSE]) == ("900000", "800000")
    # A person may mean it otherwise.
    assert codes(filing(node("ChangesInEquity", [{**rows[0], "period": "duration"}]))) == []


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"label": "A", "values": ["1,2"]}, "exporter:invalidValue"),
        ({"label": "A", "concept": "uk-gaap:Assets", "values": ["1"]}, "exporter:unknownPrefix"),
        ({"label": "A", "concept": "us-gaap:Revenues", "values": ["1"]}, "exporter:periodKind"),
        ({"label": "A", "values": ["1"], "unit": "bushels"}, "exporter:invalidValue"),
        ({"label": "A", "values": ["1"], "sum_of": ["Nothing"]}, "exporter:unknownRow"),
    ],
)
def test_what_is_wrong_with_a_row(row: dict[str, object], code: str) -> None:
    made = filing(node("BalanceSheet", [row]))
    assert code in codes(made)
    assert "'A'" in messages(made)[0] or "unit" in messages(made)[0]


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Total current assets", "TotalCurrentAssets"),
        ("OTHER NONCURRENT ASSETS", "OtherNoncurrentAssets"),
        ("Basic (in shares)", "Basic"),
        ("10% notes", "Row10Notes"),
        ("流動資産", "Row72d88de5"),
    ],
)
def test_names_of_own_concepts(label: str, name: str) -> None:
    assert name_of(label).startswith(name[:3])
    assert name_of(label).isalnum()
    if label.isascii():
        assert name_of(label) == name


def test_the_first_concept_that_the_profile_knows_counts() -> None:
    rows = [{"label": "Rent", "concept": "ifrs-full:Rent us-gaap:Rent Rent", "values": ["5,000"]}]
    (reading,) = readings_of(filing(node("IncomeStatement", rows)).composed)
    assert str(reading.rows[0].concept) == "us-gaap:Rent"


def test_an_own_concept_is_like_the_standard_ones_that_it_stands_for() -> None:
    names = "ifrs-full:FinanceCosts jpigp_cor:FinanceCostsIFRS FinanceCosts"
    rows: list[dict[str, object]] = [
        {"label": "Assets", "concept": "ifrs-full:AssetsAbstract AssetsAbstract"},
        {"label": "Finance costs", "concept": names, "values": ["5,000"]},
    ]
    (reading,) = readings_of(filing(node("IncomeStatement", rows)).composed)
    heading, costs = reading.rows
    assert (heading.is_own, heading.attributes.abstract) == (True, True)
    assert (costs.concept.local_name, costs.is_own) == ("FinanceCosts", True)
    assert (costs.attributes.balance, costs.attributes.period_type) == ("debit", "duration")
    said = {**rows[1], "balance": "credit"}
    (reading,) = readings_of(filing(node("IncomeStatement", [said])).composed)
    assert reading.rows[0].attributes.balance == "credit"


def test_concepts_of_which_the_profile_knows_none_are_an_error() -> None:
    rows = [{"label": "Rent", "concept": "ifrs-full:Rent jppfs_cor:Rent", "values": ["5,000"]}]
    assert codes(filing(node("IncomeStatement", rows))) == ["exporter:unknownPrefix"]


@pytest.mark.parametrize(
    ("dash", "texts", "expected"),
    [
        (None, ["—", "nil"], ["0", None]),
        ("zero", ["-", "Nil"], ["0", None]),
        ("nil", ["—", "n/a"], [None, None]),
        ("nil", ["", "5"], ["5000"]),
        ("none", ["—", "N/A"], []),
        ("none", ["該当なし", "nil"], [None]),
    ],
)
@pytest.mark.parametrize("of_row", [False, True])
def test_one_word_says_what_a_dash_means(
    dash: str | None, texts: list[str], expected: list[str | None], *, of_row: bool
) -> None:
    row = {"label": "Goodwill", "concept": "us-gaap:Goodwill", "values": texts, **({"dash": dash} if of_row else {})}
    made = filing(node("BalanceSheet", [row], **({} if of_row else {"dash": dash})))
    assert codes(made) == []
    facts = made.derived.report.facts
    assert [fact.value for fact in facts] == expected
    assert all(fact.decimals is None and str(fact.unit) == "iso4217:USD" for fact in facts if fact.is_nil)


def test_what_is_not_applicable_asks_for_a_word() -> None:
    made = filing(node("BalanceSheet", "Goodwill | us-gaap:Goodwill | n/a | 5"))
    assert codes(made) == ["exporter:invalidValue"]
    (message,) = messages(made)
    assert "'Goodwill', column 2024-12-31" in message
    assert "say dash: nil or dash: none" in message


def test_nil_is_no_part_of_a_sum() -> None:
    made = filing(node("BalanceSheet", SHEET.replace("800   | —", "800 | nil")))
    assert codes(made) == []
    assert values(made)["InventoryNet", OPEN] is None
    assert arcs(made)["AssetsCurrent", "InventoryNet"] == 1


def test_cells_and_rows_say_an_accuracy_that_the_print_does_not_show() -> None:
    rows = [
        {"label": "Par", "concept": "us-gaap:EarningsPerShareBasic", "values": ["0.94", "0.90"], "decimals": "exact"},
        {"label": "Revenues", "concept": "us-gaap:Revenues", "values": ["1,234.567 decimals -3", "1,234 INF"]},
        {"label": "Costs", "concept": "us-gaap:CostsAndExpenses", "values": ["1,234", "5 exact"], "decimals": -6},
    ]
    made = filing(node("IncomeStatement", rows))
    assert codes(made) == []
    facts = [(fact.concept.local_name, fact.value, fact.decimals) for fact in made.derived.report.facts]
    assert facts == [
        ("EarningsPerShareBasic", "0.94", None),
        ("EarningsPerShareBasic", "0.90", None),
        ("Revenues", "1234567", -3),
        ("Revenues", "1234000", None),
        ("CostsAndExpenses", "1234000", -6),
        ("CostsAndExpenses", "5000", None),
    ]


def test_a_nil_fact_is_written_and_belongs_to_no_sum() -> None:
    rows = """
        Loans                         | us-gaap:LoansPayable                | 500 | 400
        Commitments and contingencies | us-gaap:CommitmentsAndContingencies | nil | nil
        Notes                         | us-gaap:NotesPayable                | 100 | 200
        Total liabilities             | us-gaap:Liabilities                 | 600 | 600
    """
    made = filing(node("BalanceSheet", rows))
    assert codes(made) == []
    assert values(made)["CommitmentsAndContingencies", CLOSE] is None
    (fact,) = [fact for fact in made.derived.report.facts if fact.value is None and str(fact.period) == CLOSE]
    assert (str(fact.unit), fact.decimals) == ("iso4217:USD", None)
    assert ("Liabilities", "LoansPayable") in arcs(made)


def test_rows_cut_by_members_are_facts_of_their_own_and_part_of_no_sum() -> None:
    products, services = (
        {"members": {"srt:ProductOrServiceAxis": f"us-gaap:{name}Member"}} for name in ("Product", "Service")
    )
    rows: list[dict[str, Any]] = [
        {"label": "Products", "concept": "us-gaap:Revenues", "values": ["600", "500"]} | products,
        {"label": "Services", "concept": "us-gaap:Revenues", "values": ["300", "200"]} | services,
        {"label": "Total revenues", "concept": "us-gaap:Revenues", "values": ["900", "700"]},
        {"label": "Costs", "concept": "us-gaap:CostsAndExpenses", "values": ["400", "300"]},
        {"label": "Operating income", "concept": "us-gaap:OperatingIncomeLoss", "values": ["500", "400"]},
    ]
    made = filing(node("IncomeStatement", rows))
    assert codes(made) == []
    facts = [(fact.value, [str(cut.axis.local_name) for cut in fact.dimensions]) for fact in made.derived.report.facts]
    assert facts[0] == ("600000", ["SrtProductOrServiceAxis"])
    assert facts[4] == ("900000", [])
    assert arcs(made) == {("OperatingIncomeLoss", "Revenues"): 1, ("OperatingIncomeLoss", "CostsAndExpenses"): -1}
    presented = [arc.target.local_name for arc in made.taxonomy.relationships if arc.arcrole.endswith("parent-child")]
    assert presented.count("Revenues") == 1
    assert presented.index("ProductMember") < presented.index("Revenues")


def test_a_row_tells_of_a_standard_concept_that_no_table_knows() -> None:
    fuel = {"label": "Fuel", "concept": "us-gaap:FuelOfTheFuture", "values": ["5", "6"], "at": "end"}
    made = filing(node("IncomeStatement", [fuel | {"type": "shares", "period": "instant"}]))
    assert next((str(fact.unit), str(fact.period)) for fact in made.derived.report.facts) == ("xbrli:shares", CLOSE)


@pytest.mark.parametrize("decimals", ["about", True, 2.5])
def test_decimals_are_a_number_or_exact(decimals: object) -> None:
    with pytest.raises(ModelError, match="decimals are a whole number or exact"):
        StatementRow(label="A", decimals=decimals)
