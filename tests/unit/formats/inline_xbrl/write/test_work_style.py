"""Working pages look like the page of a filing: they have its style sheet."""

from __future__ import annotations

import io
from importlib.resources import files

from exporter.disclosures import AccumulatedDeficit
from exporter.formats.inline_xbrl.write.work_style import work_style
from exporter.items.values import Money
from exporter.model.period import Instant
from exporter.model.report import Report
from exporter.page.review import Review, write_review
from exporter.tagging.audit.page import review_page
from tests.unit.tagging.pages import search

ITEM = AccumulatedDeficit(as_of=Instant("2005-03-31"), amount=Money("34400000000", "JPY", -8))
SHEET = files("exporter.formats.inline_xbrl").joinpath("theme", "style.css").read_text(encoding="utf-8")


def test_reviews_and_coverage_have_the_style_sheet_of_the_page() -> None:
    stream = io.BytesIO()
    write_review(Review(title="T", report=Report(facts=())), stream)
    for page in (stream.getvalue().decode(), review_page(search("<p>1,234</p>", ITEM).audit)):
        assert SHEET in page
        assert '<main class="page work">' in page


def test_the_style_sheet_fetches_nothing() -> None:
    assert "url(" not in work_style()
    assert "@import" not in work_style()
    assert "<" not in work_style()
