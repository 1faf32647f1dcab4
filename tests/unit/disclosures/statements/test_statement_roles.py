"""Roles are recognised as statements in the manners of regulators and filers."""

from __future__ import annotations

import pytest

from exporter.disclosures.statements.layout import StatementKind
from exporter.disclosures.statements.statement_roles import statement_roles
from exporter.model.qname import QName
from exporter.taxonomy.concepts import RoleType
from exporter.taxonomy.networks import PARENT_CHILD, Relationship
from exporter.taxonomy.taxonomy import Taxonomy

NAMESPACE = "http://example.com/tax"


def taxonomy_of(uri: str, definition: str | None, root: str) -> Taxonomy:
    arc = Relationship(
        arcrole=PARENT_CHILD, role=uri, source=QName(NAMESPACE, root), target=QName(NAMESPACE, "Cash"), order=1
    )
    roles = () if definition is None else (RoleType(uri=uri, definition=definition, id="r"),)
    return Taxonomy(namespace=NAMESPACE, prefix="a", roles=roles, relationships=(arc,))


@pytest.mark.parametrize(
    ("uri", "definition", "root", "title", "kind"),
    [
        ("http://a.com/role/X1", "0000003 - Statement - Sheets", "X", "Sheets", StatementKind.SCHEDULE),
        ("http://a.com/role/CashFlows", "CASH FLOWS", "X", "CASH FLOWS", StatementKind.CASH_FLOW),
        ("http://a.com/r/E", "[610000] Statement of changes in equity", "X", None, StatementKind.EQUITY),
        ("http://a.com/r/P", None, "ProfitOrLossAbstract", "http://a.com/r/P", StatementKind.INCOME),
        ("http://a.com/role/BalanceSheet", "00100 - Balance sheet", "X", "Balance sheet", StatementKind.SCHEDULE),
        ("http://a.com/rol_S", "342010 連結キャッシュ・フロー計算書", "X", None, StatementKind.CASH_FLOW),
        ("http://a.com/rol_T", "321040 損益計算書", "X", "損益計算書", StatementKind.INCOME),
        (
            "http://a.com/F1/IS",
            "114 - Schedule - Statement of Income",
            "X",
            "Statement of Income",
            StatementKind.INCOME,
        ),
    ],
)
def test_statements_are_recognised(
    uri: str, definition: str | None, root: str, title: str | None, kind: StatementKind
) -> None:
    (role,) = statement_roles(taxonomy_of(uri, definition, root))
    assert role.kind is kind
    if title is not None:
        assert role.title == title


@pytest.mark.parametrize(
    ("uri", "definition"),
    [
        ("http://a.com/role/BalanceSheetDetails", "0000030 - Disclosure - Balance Sheet Components (Details)"),
        ("http://a.com/rol_NotesConsolidatedBalanceSheet", "401010 連結貸借対照表関係"),
        ("http://a.com/role/Cover", "0000001 - Document - Cover"),
        ("http://a.com/role/StatementOfAccountingPolicies", "Statement of accounting policies"),
        ("http://a.com/F1/Officers", "104 - Schedule - Officers"),
        ("http://a.com/r/N", "[851100] Notes - Cash flow statement"),
    ],
)
def test_notes_and_covers_are_none(uri: str, definition: str) -> None:
    assert statement_roles(taxonomy_of(uri, definition, "X")) == ()


def test_parentheticals_are_known() -> None:
    (role,) = statement_roles(taxonomy_of("http://a.com/1", "0000004 - Statement - Sheets (Parenthetical)", "X"))
    assert role.is_parenthetical
