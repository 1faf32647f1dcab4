"""Transactions with related parties, Item 7.B."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.disclosures.sums import check_one_currency
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, dimension, period
from exporter.items.values import EntityRef, Money, Unknown
from exporter.model.period import Duration


class TransactionKind(Enumeration):
    """What sort of transaction it is."""

    SALE = "sale", "Sale", "販売"
    PURCHASE = "purchase", "Purchase", "仕入"
    LOAN_GRANTED = "loan_granted", "Loan Granted", "貸付"
    BORROWING = "borrowing", "Borrowing", "借入"
    LEASE = "lease", "Lease", "リース"
    GUARANTEE = "guarantee", "Guarantee", "保証"
    SERVICE = "service", "Service", "役務"
    OTHER = "other", "Other", "その他"


@report_item(
    label="Related Party Transaction",
    label_ja="関連当事者との取引",
    documentation="Transactions of one kind with a related party in a period, and what is outstanding at its end.",
    documentation_ja="期間中における関連当事者との一種類の取引及び期末残高。",
)
class RelatedPartyTransaction(ReportItem):
    """Transactions with one party in a period: their amount over it, and the balance at its end.

    ``subject`` tells apart several transactions of one kind with the same party (a line leased, a building leased).
    """

    counterparty: EntityRef = dimension("RelatedParty", label="Related Party", label_ja="関連当事者")
    nature: TransactionKind = dimension("TransactionKind", label="Transaction Kind", label_ja="取引の種類")
    over: Duration = period()
    description: str = concept(
        "RelatedPartyTransactionDescription",
        label="Related Party Transaction, Description",
        label_ja="関連当事者との取引の内容",
        documentation="What the transactions are about.",
    )
    amount: Money | Unknown | None = concept(
        "RelatedPartyTransactionAmount",
        label="Related Party Transaction, Amount",
        label_ja="関連当事者との取引金額",
        documentation="Amount of the transactions in the period.",
        default=None,
    )
    balance: Money | Unknown | None = concept(
        "RelatedPartyTransactionOutstandingBalance",
        period="instant",
        label="Related Party Transaction, Outstanding Balance",
        label_ja="関連当事者との取引の期末残高",
        documentation="What is outstanding from the transactions at the end of the period.",
        default=None,
    )
    terms: str | None = concept(
        "RelatedPartyTransactionTerms",
        label="Related Party Transaction, Terms",
        label_ja="関連当事者との取引の条件",
        documentation="Terms on which the transactions were made.",
        default=None,
    )
    subject: str | None = dimension(
        "TransactionSubject", label="Transaction Subject", label_ja="取引の対象", default=None
    )

    def check(self) -> Iterator[Finding]:
        yield from check_one_currency({"amount": self.amount, "balance": self.balance})
