"""Last period's filing as the start of the next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from exporter.errors import ExporterError
from exporter.operations.classes import ItemClasses
from exporter.operations.export import export_filing
from exporter.operations.load import load_filing
from exporter.operations.roll_forward import roll_forward, write_rolled
from exporter.operations.tables import read_sheets
from exporter.operations.validate import validate
from exporter.sources import read_source

EXAMPLE = Path(__file__).parents[3] / "examples" / "iij-20f-2005" / "report.yaml"
NEXT = dt.date(2006, 3, 31)
STATEMENT = """\
filing:
  entity: {cik: "0001234567"}
  period_end: 2024-12-31
  prefix: acme
  namespace: http://www.acme.example/2024-12-31
  currency: USD
items:
  - type: BalanceSheet
    title: Consolidated Balance Sheets
    columns: [{period: 2024-12-31, label: "At December 31, 2024"}, {period: 2023-12-31, label: "2023"}]
    scale: thousands
    rows: |
      Assets:
        Cash            | Cash    | 1,200 | 1,100
        Content library | Library | 4,300 | 3,600
        Total assets    | Assets  | 5,500 | 4,700
"""


def rolled_tree(source: Path, to: dt.date, **options: Any) -> dict[str, Any]:
    tree: dict[str, Any] = yaml.safe_load(roll_forward(source, to, **options).text)
    return tree


def written(folder: Path, text: str, name: str = "last.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    return rolled_tree(EXAMPLE, NEXT)


def one(tree: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in tree["items"] if item["type"] == kind)
    return found


def test_the_head_is_of_the_next_period(example: dict[str, Any]) -> None:
    assert str(example["filing"]["period_end"]) == "2006-03-31"
    assert example["filing"]["namespace"] == "http://www.iij.ad.jp/20060331"
    assert "March 31, 2006" in example["filing"]["title"]


def test_values_are_emptied_and_names_kept(example: dict[str, Any]) -> None:
    deficit = one(example, "AccumulatedDeficit")
    assert (deficit["amount"], str(deficit["as_of"])) == (None, "2006-03-31")
    document = one(example, "DocumentInfo")
    assert (document["document_type"], document["registrant"]) == ("20-F", "Internet Initiative Japan Inc.")
    assert (document["fiscal_year_focus"], str(document["period_end"])) == (2006, "2006-03-31")
    assert document["annual_report"] is True


def test_a_table_keeps_the_years_that_it_has_already(example: dict[str, Any]) -> None:
    rows = one(example, "ExchangeRateSeries")["rows"]
    years = {str(row["over"]["end"]): row for row in rows if str(row["over"]["start"]).endswith("-04-01")}
    assert [end for end in years if end.endswith("03-31")] == [
        *("2002-03-31", "2003-03-31", "2004-03-31", "2005-03-31", "2006-03-31")
    ]
    assert years["2005-03-31"]["high"] == {"value": 114.30, "decimals": 2}
    assert years["2006-03-31"]["high"] is None
    assert "high:  # was 114.30" in roll_forward(EXAMPLE, NEXT).text


def test_what_happened_before_the_last_period_does_not_move(example: dict[str, Any]) -> None:
    (petition,) = (item for item in example["items"] if item.get("event") == "Crosswave petition")
    assert petition["on"] == "2003-08"


def test_validate_says_what_is_to_be_filled_in(tmp_path: Path) -> None:
    rolled = roll_forward(EXAMPLE, NEXT)
    write_rolled(rolled, tmp_path / "next.yaml")
    findings = validate(tmp_path / "next.yaml")
    errors = [finding for finding in findings if finding.is_error]
    assert {"exporter:invalidValue", "exporter:noRateStated"} <= {finding.code for finding in errors}
    lines = rolled.text.splitlines()
    empty = {finding.location.line for finding in errors if finding.code == "exporter:invalidValue"}
    assert all(":  # was " in lines[line - 1] for line in empty if line is not None)
    assert len(empty) > 5


def test_what_is_filled_in_is_a_filing(tmp_path: Path) -> None:
    text = """\
filing: {entity: {cik: "0001090633"}, period_end: 2005-03-31, prefix: x}
items:
  - {type: AccumulatedDeficit, amount: ¥34.4 billion, as_of: 2005-03-31}
"""
    rolled = roll_forward(written(tmp_path, text), NEXT).text
    filled = rolled.replace("amount:  # was", "amount: ¥33.1 billion  # was")
    filing = load_filing(written(tmp_path, filled, "next.yaml"))
    assert [(str(fact.period), fact.value) for fact in filing.to_report().facts] == [("2006-03-31", "-33100000000")]


def test_a_statement_has_last_periods_column_as_comparative(tmp_path: Path) -> None:
    rolled = roll_forward(written(tmp_path, STATEMENT), dt.date(2025, 12, 31))
    statement = yaml.safe_load(rolled.text)["items"][0]
    assert [(str(column["period"]), column["label"]) for column in statement["columns"]] == [
        ("2025-12-31", "At December 31, 2025"),
        ("2024-12-31", 2024),
    ]
    rows = {row["label"]: row for row in statement["rows"]}
    assert rows["Cash"]["values"] == ["", "1,200"]
    assert rows["Cash"]["concept"] == "Cash"
    assert (rows["Assets:"].get("values"), rows["Cash"]["depth"]) == (None, 1)
    assert (rolled.emptied, rolled.kept) == (3, 3)
    assert yaml.safe_load(rolled.text)["filing"]["namespace"] == "http://www.acme.example/2025-12-31"
    following = load_filing(written(tmp_path, rolled.text, "next.yaml"))
    assert {str(fact.period) for fact in following.to_report().facts} == {"2024-12-31"}


def test_a_report_rolls_forward_as_its_source_does(tmp_path: Path) -> None:
    export_filing(load_filing(EXAMPLE), tmp_path, formats=("xbrl-xml",))
    tree = rolled_tree(tmp_path / "iij-20050331.xbrl", NEXT)
    assert one(tree, "AccumulatedDeficit") == one(rolled_tree(EXAMPLE, NEXT), "AccumulatedDeficit")
    assert tree["filing"]["namespace"] == "http://www.iij.ad.jp/20060331"


def test_what_the_form_has_besides_is_listed(tmp_path: Path) -> None:
    rolled = roll_forward(EXAMPLE, NEXT)
    assert "BalanceSheet" in rolled.due
    assert "ExchangeRates" not in rolled.due  # its rows are there
    assert "BalanceSheet" in rolled.text.partition("items:")[0]
    assert "IncomeStatement" in roll_forward(written(tmp_path, STATEMENT), dt.date(2025, 12, 31), form="esef").due
    assert roll_forward(written(tmp_path, STATEMENT), dt.date(2025, 12, 31)).due == ()


def test_years_of_weeks_are_flagged(tmp_path: Path) -> None:
    text = """\
filing: {entity: {cik: "0001090633"}, period_end: 2024-09-28, prefix: x}
items:
  - {type: NetLoss, amount: USD 1 million, over: {start: 2023-10-01, end: 2024-09-28}}
"""
    rolled = roll_forward(written(tmp_path, text), dt.date(2025, 9, 27))
    assert [finding.code for finding in rolled.findings] == ["exporter:weekCalendar"]
    over = yaml.safe_load(rolled.text)["items"][0]["over"]
    assert {name: str(day) for name, day in over.items()} == {"start": "2024-09-29", "end": "2025-09-27"}


def test_deprecated_concepts_are_named_with_their_successors(tmp_path: Path) -> None:
    export_filing(load_filing(EXAMPLE), tmp_path, formats=("xbrl-xml",))
    schema = tmp_path / "iij-20050331.xsd"
    labels = tmp_path / "iij-20050331_lab.xml"
    text = labels.read_text(encoding="utf-8")
    old = "http://www.xbrl.org/2003/role/documentation"
    assert old in text
    # Some descriptions become what a publisher says of concepts that are to be used no more.
    labels.write_text(text.replace(old, "http://www.xbrl.org/2009/role/deprecatedLabel"), encoding="utf-8")
    assert schema.exists()
    rolled = roll_forward(tmp_path / "iij-20050331.xbrl", NEXT)
    assert "exporter:deprecatedConcept" in {finding.code for finding in rolled.findings}


def test_a_period_that_is_not_later_is_refused() -> None:
    with pytest.raises(ExporterError, match="ends after 2005-03-31"):
        roll_forward(EXAMPLE, dt.date(2005, 3, 31))
    with pytest.raises(ExporterError, match="no form"):
        roll_forward(EXAMPLE, NEXT, form="10-Q")


def without_empty(node: Any) -> Any:
    """A tree without places to be filled in, its values as text."""
    if isinstance(node, Mapping):
        return {name: without_empty(value) for name, value in node.items() if value not in (None, "")}
    if isinstance(node, list):
        return [without_empty(part) for part in node]
    return node if isinstance(node, bool) else str(node)


@pytest.mark.parametrize("source", ["example", "statement"])
def test_a_workbook_reads_back_as_the_yaml_does(source: str, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    path, to = (EXAMPLE, NEXT) if source == "example" else (written(tmp_path, STATEMENT), dt.date(2025, 12, 31))
    rolled = roll_forward(path, to)
    write_rolled(rolled, tmp_path / "next.xlsx")
    write_rolled(rolled, tmp_path / "next.yaml")
    book = read_sheets(tmp_path / "next.xlsx", ItemClasses(()), name="next.xlsx")
    text = read_source(tmp_path / "next.yaml")
    assert [finding.message for finding in book.findings if finding.is_error] == []
    assert str(book.value["filing"]["period_end"]) == to.isoformat()
    if source == "statement":
        (statement,) = book.value["items"]
        assert "Cash | Cash |  | 1,200" in str(statement["rows"])
    else:
        assert without_empty(book.value["items"]) == without_empty(text.value["items"])


def test_amounts_in_labels_move_with_the_columns(tmp_path: Path) -> None:
    text = """
filing: {entity: {cik: "5"}, period_end: 2024-12-31, prefix: acme, currency: USD}
items:
  - type: BalanceSheet
    title: Sheet
    columns: [2024-12-31, 2023-12-31]
    rows:
      - label: Receivables, less allowances of $53 and $47, par value $0.01
        concept: Receivables
        values: ["500", "400"]
        parenthetical:
          - {concept: Allowances, values: [$53, $47]}
          - {concept: ParValue, values: $0.01, unit: per share}
"""
    rolled = roll_forward(written(tmp_path, text), dt.date(2025, 12, 31)).text
    assert "values:  # was $53, which the label prints" in rolled
    (amounts,) = (row["parenthetical"] for row in yaml.safe_load(rolled)["items"][0]["rows"])
    assert [amount["values"] for amount in amounts] == [["", "$53"], ["", "$0.01"]]
