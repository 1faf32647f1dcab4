"""A filing whose page uses the transformations of the SEC, judged by Arelle with a plug-in of ours."""

from __future__ import annotations

from pathlib import Path

import exporter as ex
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.options import WriteContext
from exporter.page.filing_page import filing_page
from exporter.resources.targets import StreamTarget
from exporter.transformations import Style
from exporter.validation.arelle import ask_arelle

PLUGIN = Path(__file__).parents[1] / "support" / "sec_transforms.py"


@ex.report_item(label="Lease")
class Lease(ex.ReportItem):
    asset: str = ex.dimension("LeasedAsset")
    over: ex.Duration = ex.period()
    term: str = ex.concept("LeaseTerm", type="durationItemType", label="Lease Term")


def test_durations_in_words_are_read_by_arelle(tmp_path: Path) -> None:
    year = ex.Duration("2004-04-01", "2005-03-31")
    terms = {"Office": "P2Y6M", "Backbone": "P18M", "Van": "P1Y"}
    filing = ex.Filing(
        entity=ex.Entity.cik(1),
        period_end=ex.Instant("2005-03-31"),
        prefix="x",
        items=[Lease(asset=asset, over=year, term=term) for asset, term in terms.items()],
    )
    ex.export_filing(filing, tmp_path, formats=["xbrl-xml"])
    page = tmp_path / "page.xhtml"
    style = Style.of("en", with_sec=True)
    with page.open("wb") as stream:
        write(
            filing.derived.report,
            StreamTarget(stream),
            WriteContext(page=lambda _: filing_page(filing, filing.derived, style=style)),
        )
    text = page.read_text(encoding="utf-8")
    assert text.count('format="ixt-sec:durwordsen"') == 3
    assert "2 years, 6 months" in text
    (verdict,) = ask_arelle([page], facts=True, plugins=[str(PLUGIN)])
    assert verdict.findings == ()
    assert sorted(fact["value"] for fact in verdict.facts) == sorted(terms.values())
    (without,) = ask_arelle([page])
    assert not without.is_valid  # its wheel does not know the registry
