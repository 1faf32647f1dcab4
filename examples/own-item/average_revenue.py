"""A report item of one's own: average revenue per user by service, from Python to XBRL and back.

Run it: python examples/own-item/average_revenue.py build-own
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import exporter as ex


class ServiceSegment(ex.Enumeration):
    """Lines of service; each value is a member of the axis, with a label in English and Japanese."""

    MOBILE = "mobile", "Mobile", "モバイル"
    BROADBAND = "broadband", "Broadband", "ブロードバンド"


@ex.report_item(label="Average Revenue per User", label_ja="一契約当たり平均収入")
class AverageRevenuePerUser(ex.ReportItem):
    """What one user of a service paid on average, and how many users there were at the end."""

    segment: ServiceSegment = ex.dimension("ServiceSegment", label="Service Segment", label_ja="サービス区分")
    over: ex.Duration = ex.period()
    amount: ex.Money | ex.Unknown = ex.concept(
        "AverageRevenuePerUser",
        label="Average Revenue per User, Amount",
        label_ja="一契約当たり平均収入、金額",
        documentation="Revenue of the period divided by the average number of users.",
    )
    users: int | None = ex.concept(
        "NumberOfUsers",
        period="instant",
        type="nonNegativeIntegerItemType",
        label="Number of Users",
        label_ja="契約者数",
        default=None,
    )

    def check(self) -> Iterator[ex.Finding]:
        if isinstance(self.amount, ex.Money) and self.amount.value < 0:
            yield ex.problem("example:negativeRevenue", "users do not get paid for using the service", "amount")


def filing() -> ex.Filing:
    """Two services of one year."""
    year = ex.Duration("2023-04-01", "2024-03-31")
    return ex.Filing(
        entity=ex.Entity.lei("529900T8BM49AURSDO55"),
        prefix="acme",
        namespace="http://www.acme.example/20240331",
        period_end=ex.Instant("2024-03-31"),
        items=[
            AverageRevenuePerUser(
                segment=ServiceSegment.MOBILE, over=year, amount=ex.Money.parse("¥4,120"), users=1_250_000
            ),
            AverageRevenuePerUser(
                segment=ServiceSegment.BROADBAND, over=year, amount=ex.Unknown("not yet computed"), users=310_000
            ),
        ],
    )


def main(directory: str) -> None:
    """Export, read the XBRL back, and compare."""
    made = filing()
    export = ex.export_filing(made, directory)
    report = ex.read_report(Path(directory) / f"{made.base_name}.xbrl")
    back = ex.to_items(report, [AverageRevenuePerUser])
    assert set(back) == set(made.items)
    print(f"{export.items} items, {export.facts} facts, {len(export.files)} files in {directory}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "build-own")
