"""A report with something of everything, against a taxonomy that declares it; and small reports on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from exporter.model.dimensions import Context, Entity, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import FOREVER, Duration, Instant
from exporter.model.report import FootnoteResource, Link, Report
from exporter.model.unit import Unit
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY, XBRL_CSV
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.strategies.taxonomies import NAMESPACE, everything, own

IIJ = Entity.cik(1090633)
YEAR = Duration("2004-04-01", "2005-03-31")
JPY = Unit.currency("JPY")


def everything_report() -> Report:
    """Grids and lists, nil and empty, notes and links, names as values, awkward text."""
    return Report(
        taxonomy=("abc.xsd",),
        facts=_facts(),
        footnotes=(
            FootnoteResource('Restated &amp; <b>audited</b>, "so far".', "en", "n1"),
            FootnoteResource("修正再表示", "ja", "n.2"),
        ),
        links=(
            Link("c1", "n1"),
            Link("text", "n1"),
            Link("nil", "n.2"),
            Link("c1", "text", ARCROLE_FACT_EXPLANATORY),
        ),
        base_url="http://example.com/base/",
        namespaces={"abc": NAMESPACE},
        vocabulary=everything().vocabulary("abc.xsd"),
    )


def _facts() -> Iterator[Fact]:
    for year in range(1995, 2006):
        end = Context(IIJ, Instant(f"{year}-03-31"))
        for number, name in enumerate(("Cash", "Receivables", "Allowance", "AccumulatedDeficit")):
            value = str(year * 1000 * (number + 1) * (-1 if name == "AccumulatedDeficit" else 1))
            yield Fact(own(name), end, value, -3 if year % 5 else None, JPY, id=f"{name}{year}")
    yield Fact(own("Cash"), Context(IIJ, Instant("2006-03-31")), "5", 0, JPY, id="c1")
    yield Fact(own("Cash"), Context(IIJ, Instant("2006-03-31")), "5.2", 1, JPY, id="again")
    yield Fact(own("Receivables"), Context(IIJ, Instant("2006-03-31")), None, None, JPY, id="nil")
    yield Fact(own("Receivables"), Context(IIJ, Instant("2007-03-31")), None, None, JPY)
    japan = ExplicitDimension(own("RegionAxis"), own("JapanMember"))
    for year in range(2001, 2006):
        context = Context(IIJ, Duration(f"{year - 1}-04-01", f"{year}-03-31"), (japan,))
        yield Fact(own("Sales"), context, f"{year}00000000", -8, JPY)
    for lot in ("AB1", "CD22", "EF333"):
        dimensions = (TypedDimension(own("LotAxis"), lot), TypedDimension(own("DayAxis"), "2005-01-01"))
        yield Fact(own("LotSize"), Context(IIJ, Instant("2005-03-31T12:00:00Z"), dimensions), "12", None, Unit.shares())
    whole_year = Context(IIJ, YEAR)
    yield Fact(own("RiskFactorTextBlock"), whole_year, '#1, "quoted"\n次の行\t\u3000', language="en", id="text")
    yield Fact(own("RiskFactorTextBlock"), whole_year, "", language="ja")
    yield Fact(own("RiskFactorTextBlock"), Context(IIJ, FOREVER), "$5 and 5d2")
    yield Fact(own("RiskFactorTextBlock"), Context(IIJ, Duration.month(2005, 1)), None)
    yield Fact(own("FilingDate"), whole_year, "2005-07-29")
    yield Fact(own("Grade"), whole_year, "A", language="en-US")
    yield Fact(own("Score"), whole_year, "9.50", 1)
    yield Fact(own("LossPerShare"), whole_year, "-12.34", 2, Unit.per_share("JPY"))
    yield Fact(own("OwnershipShare"), Context(IIJ, Instant("2005-03-31")), "0.316", 3)
    yield Fact(own("Region"), whole_year, f"{NAMESPACE}#JapanMember")
    yield Fact(own("Regions"), whole_year, f"{NAMESPACE}#JapanMember {NAMESPACE}#RegionDomain")
    yield Fact(own("Regions"), Context(IIJ, Duration.day("2005-05-05")), "")


def put_taxonomy(folder: Path) -> None:
    """The taxonomy of `everything_report`, beside it."""
    for file, data in write_taxonomy(everything(), "abc").items():
        (folder / file).write_bytes(data)


NAMESPACES = {
    "xbrl": "https://xbrl.org/2021",
    "ex": "http://example.com/tax",
    "cik": "http://www.sec.gov/CIK",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "xbrli": "http://www.xbrl.org/2003/instance",
}


def metadata(**members: Any) -> dict[str, Any]:
    """Metadata with one table ``t`` of facts of ``ex:Cash`` in the column ``v``, changed."""
    info = {"documentType": XBRL_CSV, "namespaces": NAMESPACES, "taxonomy": ["ex.xsd"], **members.pop("info", {})}
    template = {
        "columns": {"v": {"dimensions": {"concept": "ex:Cash", "unit": "iso4217:JPY"}}, **members.pop("columns", {})},
        "dimensions": {"entity": "cik:1", "period": "2024-12-31@end", **members.pop("dimensions", {})},
        **members.pop("template", {}),
    }
    table = {"url": "t.csv", **members.pop("table", {})}
    return {"documentInfo": info, "tableTemplates": {"t": template}, "tables": {"t": table}, **members}


def put(folder: Path, tree: Any, *tables: str, **files: Any) -> Path:
    """A report on disk: metadata, the tables ``t.csv``, ``t2.csv`` …, and other files by their stems."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "report.json"
    path.write_text(tree if isinstance(tree, str) else json.dumps(tree), encoding="utf-8")
    for number, text in enumerate(tables, 1):
        (folder / f"t{'' if number == 1 else number}.csv").write_bytes(text.encode())
    for stem, content in files.items():
        (folder / f"{stem}.json").write_text(json.dumps(content), encoding="utf-8")
    return path
