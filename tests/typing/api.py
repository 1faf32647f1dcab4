"""The public face as a type checker sees it; never run, only checked (see ``test_typing``).

Each ``type: ignore`` here must be needed: it stands where a mistake has to be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import exporter as ex
from exporter.disclosures import AccumulatedDeficit
from exporter.operations.export import Export


@ex.report_item(label="Average revenue per user")
class AverageRevenue(ex.ReportItem):
    segment: str = ex.dimension("ServiceSegment")
    amount: ex.Money | ex.Unknown = ex.concept("AverageRevenuePerUser", balance="credit")
    users: int | None = ex.concept("Users", type="nonNegativeIntegerItemType", default=None)
    over: ex.Duration = ex.period()

    def check(self) -> Iterator[ex.Finding]:
        if self.users == 0:
            yield ex.problem("exporter:nothingStated", "no users", "users", warning=True)


@ex.report_item
class Plain:
    at: ex.Instant = ex.period()
    amount: ex.Money = ex.concept("PlainAmount")


yen = ex.Money("4120", "JPY")
year = ex.Duration("2023-04-01", "2024-03-31")
note = ex.Footnote("Rounded.")

good = AverageRevenue(segment="mobile", amount=yen, over=year, footnotes=(note,), id="a1", users=5)
shorter = AverageRevenue(segment="mobile", amount=ex.Unknown("why"), over=year)
plain = Plain(at=ex.Instant("2024-03-31"), amount=yen)
deficit = AccumulatedDeficit(amount=yen, as_of=ex.Instant("2024-03-31"), footnotes=(note,))

amount: ex.Money | ex.Unknown = good.amount
users: int | None = good.users

AverageRevenue(segment=5, amount=yen, over=year)  # type: ignore[arg-type]
AverageRevenue(segment="mobile", amount="JPY 5", over=year)  # type: ignore[arg-type]
AverageRevenue(segment="mobile", amount=yen, over=year, footnotes=("a",))  # type: ignore[arg-type]
AverageRevenue(segment="mobile", amount=yen)  # type: ignore[call-arg]
AverageRevenue(segment="mobile", amount=yen, over=year, colour="red")  # type: ignore[call-arg]
AverageRevenue("mobile", yen, year)  # type: ignore[call-arg, arg-type]
Plain(at="2024-03-31", amount=yen)  # type: ignore[arg-type]
AccumulatedDeficit(amount=5, as_of=ex.Instant("2024-03-31"))  # type: ignore[arg-type]
good.segment = "fixed"  # type: ignore[misc]
ex.concept("X", period="Instant")  # type: ignore[arg-type]
ex.concept("X", balance="both")  # type: ignore[arg-type]

filing = ex.Filing(entity=ex.Entity.cik("5"), prefix="acme", period_end=ex.Instant("2024-03-31"), items=[good, deficit])
report: ex.Report = filing.to_report()
export: Export = ex.export_filing(filing, Path("out"), formats=["items-json"])
facts: tuple[object, ...] = tuple(report.facts)
items: tuple[object, ...] = ex.to_items(report, [AverageRevenue])
ex.export_filing(filing)  # type: ignore[call-arg]
ex.export_filing(filing, 5)  # type: ignore[arg-type]
