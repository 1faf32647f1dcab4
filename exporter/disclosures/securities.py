"""Securities that the registrant holds."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.disclosures.figures import MeasurementBasis
from exporter.disclosures.ranges import check_not_negated
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.report_item import report_item
from exporter.items.specifiers import companion, concept, period
from exporter.items.values import Money, Unknown
from exporter.model.period import Instant


@report_item(
    label="Securities Holding",
    label_ja="有価証券の保有",
    documentation="Available-for-sale securities held at a date.",
    documentation_ja="特定の日に保有する売却可能有価証券。",
)
class SecuritiesHolding(ReportItem):
    """Available-for-sale securities held as of a date, with the basis on which they are carried."""

    as_of: Instant = period()
    amount: Money | Unknown = concept(
        "AvailableForSaleSecuritiesCarryingAmount",
        balance="debit",
        label="Available-for-Sale Securities, Carrying Amount",
        label_ja="売却可能有価証券、計上額",
        documentation="Amount at which available-for-sale securities are carried at the date.",
        documentation_ja="特定の日における売却可能有価証券の計上額。",
    )
    basis: MeasurementBasis | None = companion(
        "MeasurementBasis", of="amount", label="Measurement Basis", label_ja="測定の基礎", default=None
    )

    def check(self) -> Iterator[Finding]:
        yield from check_not_negated("amount", self.amount, meaning="holding")
