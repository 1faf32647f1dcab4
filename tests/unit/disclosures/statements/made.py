"""Made-up statements of a made-up company."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from exporter.filing import Filing
from exporter.items.from_tree import ItemStructurer
from exporter.operations.classes import known_classes
from exporter.profiles.profile import StandardTaxonomy

TAXONOMIES = (StandardTaxonomy.at("us-gaap", "http://fasb.org/us-gaap/2023"),)
SHEET = """
Assets:                        | us-gaap:AssetsAbstract
  Current assets:              | us-gaap:AssetsCurrentAbstract
    Cash                       | us-gaap:CashAndCashEquivalentsAtCarryingValue | 1,200 | 1,100
    Inventories                | us-gaap:InventoryNet                          | 800   | —
    Total current assets       | us-gaap:AssetsCurrent                         | 2,000 | 1,100
  Plant                        | us-gaap:PropertyPlantAndEquipmentNet          | 3,500 | 3,600
  Total assets                 | us-gaap:Assets                                | 5,500 | 4,700
Liabilities and equity:        | us-gaap:LiabilitiesAndStockholdersEquityAbstract
  Loans                        | us-gaap:Liabilities                           | 2,500 | 2,700
  Common stock                 | us-gaap:CommonStockValue                      | 2,200 | 2,100
  Treasury stock               | us-gaap:TreasuryStockValue                    | (200) | (100)
  Retained earnings            | us-gaap:RetainedEarningsAccumulatedDeficit    | 1,000 | —
  Total equity                 | us-gaap:StockholdersEquity                    | 3,000 | 2,000
  Total liabilities and equity | us-gaap:LiabilitiesAndStockholdersEquity      | 5,500 | 4,700
"""
INCOME = """
Revenues                       | us-gaap:Revenues                | 9,000 | 8,000
Cost of revenues               | us-gaap:CostOfRevenue           | 5,000 | 4,700
Operating income               | us-gaap:OperatingIncomeLoss     | 4,000 | 3,300
Interest expense               | us-gaap:InterestExpense         | (300) | (250)
Income taxes                   | us-gaap:IncomeTaxExpenseBenefit | 1,100 | 1,000
Net income                     | us-gaap:NetIncomeLoss           | 2,600 | 2,050
Basic earnings per share       | us-gaap:EarningsPerShareBasic   | 2.60  | 2.05
"""
FLOWS = """
Operating activities:          | us-gaap:NetCashProvidedByUsedInOperatingActivitiesAbstract
  Net income                   | us-gaap:NetIncomeLoss                                  | 2,600 | 2,050
  Depreciation                 | us-gaap:DepreciationDepletionAndAmortization           | 400   | 350
  Inventories                  | us-gaap:IncreaseDecreaseInInventories                  | (800) | —
  Net cash from operations     | us-gaap:NetCashProvidedByUsedInOperatingActivities     | 2,200 | 2,400
Purchases of plant             | us-gaap:PaymentsToAcquirePropertyPlantAndEquipment     | (2,100) | (2,500)
Increase (decrease) in cash    | us-gaap:CashAndCashEquivalentsPeriodIncreaseDecrease   | 100   | (100)
Cash at the beginning of year  | us-gaap:CashAndCashEquivalentsAtCarryingValue          | 1,100 | 1,200
Cash at the end of year        | us-gaap:CashAndCashEquivalentsAtCarryingValue          | 1,200 | 1,100
"""
DATES = ["2024-12-31", "2023-12-31"]
YEARS = [{"start": "2024-01-01", "end": "2024-12-31"}, {"start": "2023-01-01", "end": "2023-12-31"}]


def node(kind: str, rows: Any, **more: Any) -> dict[str, Any]:
    """A statement as YAML gives it."""
    columns = DATES if kind == "BalanceSheet" else YEARS
    return {"type": kind, "title": f"The {kind}", "columns": columns, "scale": "thousands", "rows": rows, **more}


def filing(*nodes: dict[str, Any]) -> Filing:
    """The filing of statements, with nothing wrong in their form."""
    structurer = ItemStructurer.of(known_classes(()))
    header = {"entity": {"cik": "5"}, "period_end": "2024-12-31", "prefix": "acme", "currency": "USD"}
    document = structurer.document({"filing": header, "items": list(nodes)})
    assert document is not None, structurer.findings
    return evolve(Filing.of(document), taxonomies=TAXONOMIES)


def values(made: Filing) -> dict[tuple[str, str], str | None]:
    """The values of the facts by concept and period."""
    return {(fact.concept.local_name, str(fact.period)): fact.value for fact in made.derived.report.facts}


def arcs(made: Filing) -> dict[tuple[str, str], int]:
    """The weights of the calculation by total and part."""
    summations = (arc for arc in made.taxonomy.relationships if arc.weight is not None)
    return {(arc.source.local_name, arc.target.local_name): int(arc.weight or 0) for arc in summations}


def codes(made: Filing) -> list[str]:
    """The codes of the findings about the statements."""
    return [finding.code for composition in made.composed for finding in composition.findings()]


def messages(made: Filing) -> list[str]:
    """The messages and fixes of the findings about the statements."""
    return [f"{f.message}; {f.fix}" for composition in made.composed for f in composition.findings()]
