"""Working pages look like the page of a filing: they have its style sheet."""

from __future__ import annotations

import io
from importlib.resources import files

from exporter.disclosures import AccumulatedDeficit
from exporter.formats.inline_xbrl.write.work_style import work_style
from exporter.items.values import Money
from exporter.model.period import Instant
from exporter.page.review import Review, write_review
from exporter.tagging.audit.page import review_page
from tests.unit.tagging.pages import search

ITEM = AccumulatedDeficit(as_of=Instant("2005-03-31"), amount=Money("34400000000", "JPY", -8))
SHEET = files("exporter.formats.inline_xbrl").joinpath("theme", "style.css").read_text(encoding="utf-8")


def test_coverage_has_the_style_sheet_of_the_page() -> None:
    page = review_page(search("<p>1,234</p>", ITEM).audit)
    assert SHEET in page
    assert '<main class="page work">' in page


def test_the_review_has_a_style_sheet_of_its_own_that_fetches_nothing() -> None:
    stream = io.BytesIO()
    write_review(Review(title="T", sections=(), facts=()), stream)
    sheet = stream.getvalue().decode().partition("<style>")[2].partition("</style>")[0]
    assert "prefers-color-scheme: dark" in sheet
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_the_style_sheet_fetches_nothing() -> None:
    assert "url(" not in work_style()
    assert "@import" not in work_style()
    assert "<" not in work_style()
