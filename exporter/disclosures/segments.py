"""Results of segments and regions, Items 4.B, 5 and 18."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.disclosures.monetary_facts import check_period_fits
from exporter.findings import Finding
from exporter.items.base import ReportItem
from exporter.items.checking import problem
from exporter.items.enumeration import Enumeration
from exporter.items.report_item import report_item
from exporter.items.specifiers import concept_choice, dimension, option, period, selector
from exporter.items.values import Money, Unknown
from exporter.model.period import Duration, Instant


class SegmentMeasure(Enumeration):
    """What is measured of a segment."""

    REVENUE = "segment_revenue", "Segment Revenue", "セグメント売上高"
    INTERSEGMENT_REVENUE = "intersegment_revenue", "Intersegment Revenue", "セグメント間売上高"
    OPERATING_INCOME = "segment_operating_income", "Segment Operating Income", "セグメント営業利益"
    DEPRECIATION = "segment_depreciation", "Segment Depreciation", "セグメント減価償却費"
    CAPITAL_EXPENDITURE = "segment_capital_expenditure", "Segment Capital Expenditure", "セグメント設備投資額"
    ASSETS = "segment_assets", "Segment Assets", "セグメント資産"


class ConsolidationItem(Enumeration):
    """Which line between the segments and the consolidated figure an amount is."""

    OPERATING_SEGMENT = "operating_segment", "Operating Segment", "報告セグメント"
    CORPORATE = "corporate", "Corporate", "全社"
    ELIMINATION = "elimination", "Elimination", "消去"
    CONSOLIDATED = "consolidated", "Consolidated", "連結"


@report_item(
    label="Segment Result",
    label_ja="セグメント情報",
    documentation="A figure of one segment, of the eliminations or of the whole, as a segment table states it.",
    documentation_ja="セグメント、消去又は連結に係る、セグメント表上の数値。",
)
class SegmentResult(ReportItem):
    """A figure of a segment table: of a segment, of corporate functions, of eliminations, or consolidated."""

    measure: SegmentMeasure = selector()
    at: Instant | Duration = period()
    amount: Money | Unknown = concept_choice(
        option(
            "SegmentRevenue",
            when={"measure": SegmentMeasure.REVENUE},
            period="duration",
            balance="credit",
            label="Segment Revenue",
            label_ja="セグメント売上高",
            documentation="Revenues of the segment in the period.",
        ),
        option(
            "SegmentIntersegmentRevenue",
            when={"measure": SegmentMeasure.INTERSEGMENT_REVENUE},
            period="duration",
            balance="credit",
            label="Segment, Intersegment Revenue",
            label_ja="セグメント間売上高",
            documentation="Revenues of the segment from other segments in the period.",
        ),
        option(
            "SegmentOperatingIncomeLoss",
            when={"measure": SegmentMeasure.OPERATING_INCOME},
            period="duration",
            balance="credit",
            label="Segment Operating Income (Loss)",
            label_ja="セグメント営業利益又は営業損失",
            documentation="Result of the segment's operations; negative for a loss.",
        ),
        option(
            "SegmentDepreciation",
            when={"measure": SegmentMeasure.DEPRECIATION},
            period="duration",
            balance="debit",
            label="Segment Depreciation",
            label_ja="セグメント減価償却費",
            documentation="Depreciation of the segment's assets in the period.",
        ),
        option(
            "SegmentCapitalExpenditure",
            when={"measure": SegmentMeasure.CAPITAL_EXPENDITURE},
            period="duration",
            balance="debit",
            label="Segment Capital Expenditure",
            label_ja="セグメント設備投資額",
            documentation="What was spent on long-lived assets of the segment in the period.",
        ),
        option(
            "SegmentAssets",
            when={"measure": SegmentMeasure.ASSETS},
            period="instant",
            balance="debit",
            label="Segment Assets",
            label_ja="セグメント資産",
            documentation="Assets of the segment at the date.",
        ),
    )
    line: ConsolidationItem | None = dimension(
        "ConsolidationItem", label="Consolidation Item", label_ja="連結調整項目", default=None
    )
    segment: str | None = dimension("Segment", label="Segment", label_ja="セグメント", default=None)
    geography: str | None = dimension("Geography", label="Geography", label_ja="地域", default=None)
    product: str | None = dimension(
        "ProductOrService", label="Product or Service", label_ja="製品及びサービス", default=None
    )

    def check(self) -> Iterator[Finding]:
        yield from check_period_fits(self.measure is SegmentMeasure.ASSETS, self.at, what=self.measure.label)
        yield from self._check_line()

    def _check_line(self) -> Iterator[Finding]:
        if self.segment is self.geography is self.product is None and self.line in (
            None,
            ConsolidationItem.OPERATING_SEGMENT,
        ):
            yield problem(
                "exporter:segmentMissing",
                "the figure is of no segment, region or product",
                "segment",
                mend="name the segment, or say that it is corporate, an elimination or consolidated",
            )
        if self.segment is not None and self.line is ConsolidationItem.CONSOLIDATED:
            yield problem(
                "exporter:segmentOfWhole", f"a consolidated figure is not that of the segment {self.segment}", "line"
            )
