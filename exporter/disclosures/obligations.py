"""Contractual obligations by maturity, Item 5.F."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from exporter.disclosures.sums import check_one_currency, check_total
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept, dimension, period
from exporter.items.values import Money, Unknown
from exporter.model.period import Instant

_BUCKETS: Final = ("within_one_year", "one_to_three_years", "three_to_five_years", "after_five_years")


class ObligationKind(Enumeration):
    """What is owed."""

    DEBT = "debt", "Debt", "借入債務"
    FINANCE_LEASE = "finance_lease", "Finance Lease", "ファイナンス・リース"
    OPERATING_LEASE = "operating_lease", "Operating Lease", "オペレーティング・リース"
    PURCHASE = "purchase_obligation", "Purchase Obligation", "購入債務"
    OTHER = "other", "Other", "その他"
    ALL = "all_obligations", "All Obligations", "債務合計"


@report_item(
    label="Contractual Obligation",
    label_ja="契約上の債務",
    documentation="Payments that contracts oblige the registrant to make, by the time they are due.",
    documentation_ja="契約上の支払義務の期限別内訳。",
)
class ContractualObligation(ReportItem):
    """Payments due of one kind as of a date, by time from that date, with their total."""

    EXAMPLE: ClassVar = {
        "total": "JPY 10 billion",
        "within_one_year": "JPY 4 billion",
        "one_to_three_years": "JPY 3 billion",
        "three_to_five_years": "JPY 2 billion",
        "after_five_years": "JPY 1 billion",
    }

    kind: ObligationKind = dimension("ObligationKind", label="Obligation Kind", label_ja="債務の種類")
    as_of: Instant = period()
    total: Money | Unknown = concept(
        "ContractualObligation",
        balance="credit",
        sum_of=_BUCKETS,
        label="Contractual Obligation",
        label_ja="契約上の債務の合計",
        documentation="All payments due under the contracts.",
    )
    within_one_year: Money | Unknown | None = concept(
        "ContractualObligationDueWithinOneYear",
        balance="credit",
        label="Contractual Obligation, Due within One Year",
        label_ja="契約上の債務、1年以内",
        documentation="Payments due within a year of the date.",
        default=None,
    )
    one_to_three_years: Money | Unknown | None = concept(
        "ContractualObligationDueInOneToThreeYears",
        balance="credit",
        label="Contractual Obligation, Due in One to Three Years",
        label_ja="契約上の債務、1年超3年以内",
        documentation="Payments due after one year and within three.",
        default=None,
    )
    three_to_five_years: Money | Unknown | None = concept(
        "ContractualObligationDueInThreeToFiveYears",
        balance="credit",
        label="Contractual Obligation, Due in Three to Five Years",
        label_ja="契約上の債務、3年超5年以内",
        documentation="Payments due after three years and within five.",
        default=None,
    )
    after_five_years: Money | Unknown | None = concept(
        "ContractualObligationDueAfterFiveYears",
        balance="credit",
        label="Contractual Obligation, Due after Five Years",
        label_ja="契約上の債務、5年超",
        documentation="Payments due after five years.",
        default=None,
    )
    description: str | None = dimension(
        "ObligationDescription", label="Obligation Description", label_ja="債務の内容", default=None
    )

    def check(self) -> Iterator[Finding]:
        buckets = {name: getattr(self, name) for name in _BUCKETS}
        yield from check_one_currency({"total": self.total, **buckets})
        yield from check_total("total", self.total, buckets)
