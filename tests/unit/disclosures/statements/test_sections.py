"""Sections of statements: headings open them, totals close them."""

from __future__ import annotations

import pytest

from exporter.disclosures.statements.layout import StatementKind, StatementRow, row_nodes, with_depths
from exporter.disclosures.statements.sections import plain_label, section_fit, sections_of
from tests.unit.disclosures.statements.made import FLOWS, SHEET


def sections(kind: StatementKind, text: str) -> dict[str, str]:
    rows = with_depths(
        StatementRow(label=node["label"], depth=node.get("depth", 0), values=node.get("values", ()))
        for node in row_nodes(text)
    )
    return {row.label: section for row, section in zip(rows, sections_of(kind, rows), strict=True)}


def test_of_a_balance_sheet() -> None:
    by_label = sections(StatementKind.BALANCE_SHEET, SHEET)
    assert by_label["Cash"] == by_label["Total current assets"] == "ca"
    assert by_label["Plant"] == "na"
    assert by_label["Total assets"] == "a"
    assert by_label["Loans"] == "l"


def test_of_cash_flows() -> None:
    by_label = sections(
        StatementKind.CASH_FLOW, FLOWS + "Investing activities:\n  Purchases of ships | Ships | (5) | (4)"
    )
    assert by_label["Depreciation"] == "op"
    assert by_label["Net cash from operations"] == "op"
    assert by_label["Cash at the end of year"] == "cf"
    assert by_label["Purchases of ships"] == "inv"


@pytest.mark.parametrize(
    ("label", "plain"), [("Total Assets:", "total assets"), ("Stockholders’  equity", "stockholders' equity")]
)
def test_labels_without_ornaments(label: str, plain: str) -> None:
    assert plain_label(label) == plain


@pytest.mark.parametrize(
    ("section", "usual", "fit"),
    [
        ("ca", ("ca", "na"), 3),
        ("a", ("ca",), 2),
        ("wc", ("op",), 2),
        ("ca", (), 0),
        ("ca", ("na",), -1),
        ("ca", ("cl",), -2),
        ("op", ("is",), -2),
    ],
)
def test_how_sections_agree(section: str, usual: tuple[str, ...], fit: int) -> None:
    assert section_fit(section, usual) == fit
