"""Selected financial data of Item 3.A: a table of figures over several years."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.disclosures.coherence import check_balance, check_dilution, identity
from exporter.disclosures.monetary_facts import MonetaryFact
from exporter.disclosures.per_share import PerShareFact
from exporter.disclosures.ratios import MultipleFact, RatioFact
from exporter.disclosures.share_counts import ShareCountFact
from exporter.findings import Finding, list_text
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.report_item import report_item
from exporter.items.specifiers import rows

SelectedFigure = MonetaryFact | PerShareFact | ShareCountFact | RatioFact | MultipleFact


@report_item(
    label="Selected Financial Data",
    label_ja="主要な財務データ",
    documentation="A table of figures over several years.",
    documentation_ja="数年間にわたる主要な数値の表。",
)
class SelectedFinancialData(ReportItem):
    """A table of figures by fiscal year; its facts are those of its rows.

    A column is a period under one accounting standard, restated or not; each figure stands in it once.
    """

    rows: tuple[MonetaryFact | PerShareFact | ShareCountFact | RatioFact | MultipleFact, ...] = rows()

    def check(self) -> Iterator[Finding]:
        yield from self._check_columns()
        yield from self._check_standards()
        yield from check_balance(self._placed())
        yield from check_dilution(self._placed())

    def _placed(self) -> list[tuple[str, SelectedFigure]]:
        return [(f"rows/{number}", row) for number, row in enumerate(self.rows)]

    def _check_columns(self) -> Iterator[Finding]:
        seen: dict[object, int] = {}
        for number, row in enumerate(self.rows):
            first = seen.setdefault(identity(row), number)
            if first != number:
                yield problem(
                    "exporter:columnTwice",
                    f"rows {first} and {number} state the same figure for {row.at}: one column for a fiscal year",
                    f"rows/{number}",
                    mend="leave one out, or say which is restated or follows another accounting standard",
                )

    def _check_standards(self) -> Iterator[Finding]:
        standards = list(dict.fromkeys(row.accounting_standard for row in self.rows))
        if len(standards) > 1:
            names = list_text("none stated" if each is None else each.label for each in standards)
            yield problem(
                "exporter:mixedStandards",
                f"the table mixes accounting standards ({names}) without a reconciliation",
                "rows",
                mend="make a table for each standard, or add the reconciliation",
                warning=True,
            )
