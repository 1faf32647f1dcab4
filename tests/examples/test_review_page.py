"""The review page as a person uses it in a browser: search, filters, figures and their sources, light and dark."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from exporter.model.dimensions import Context, Entity, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.operations.review import ReviewedInput, review_input, write_review
from exporter.page.review import write_review as render_review
from tests.support.chromium import Tab, addresses_asked_for, needs_chromium, opened, printed

pytestmark = needs_chromium
SOURCE = Path(__file__).parents[2] / "examples" / "iij-20f-2005" / "report.yaml"
AXE = os.environ.get("EXPORTER_AXE")
"""The path of axe.min.js, which finds what keeps people from using a page."""
SHOWN = "[...document.querySelectorAll('tr.row')].filter(row => row.checkVisibility()).length"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("review") / "review.html"
    write_review(SOURCE, target, rules=("form-20-f",))
    return target


@pytest.fixture
def tab(page: Path) -> Iterator[Tab]:
    with opened(page, width=1300, height=900) as opened_tab:
        yield opened_tab
        assert opened_tab.complaints == []


def typed(tab: Tab, text: str) -> None:
    tab.ask(f"q.value = {json.dumps(text)}; q.dispatchEvent(new Event('input'))")


def test_search_and_filters_narrow_the_figures(tab: Tab) -> None:
    total = tab.ask(SHOWN)
    assert tab.ask("matches.textContent") == f"{total} lines"
    typed(tab, "noon high")
    assert tab.wait_for(f"{SHOWN} === 2")
    assert tab.ask("matches.textContent") == f"2 of {total} lines"
    typed(tab, "")
    assert tab.wait_for(f"{SHOWN} === {total}")
    tab.ask("show.value = 'finding'; show.dispatchEvent(new Event('change'))")
    assert 0 < tab.ask(SHOWN) < total


def test_a_figure_leads_to_its_source_and_back(tab: Tab) -> None:
    tab.ask("[...document.querySelectorAll('a.fact')].find(link => link.textContent === '34,400').click()")
    assert tab.ask("detail.checkVisibility() && document.activeElement === detail")
    text = tab.ask("detail.innerText")
    assert "¥34.4 billion" in text
    assert "AccumulatedDeficit amount" in text
    tab.ask("[...detail.querySelectorAll('a')].find(link => link.hash.startsWith('#p')).click()")
    assert "¥34.4 billion" in tab.ask("document.querySelector(':target').textContent")
    back = tab.ask("document.querySelector(':target a.fact').hash")
    assert back == tab.ask("`#${document.querySelector('.current').id}`")
    tab.ask("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))")
    assert not tab.ask("detail.checkVisibility()")


def test_keys_and_themes(tab: Tab) -> None:
    tab.ask("document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', bubbles: true}))")
    assert tab.ask("document.activeElement === q")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = tab.ask(paper)
    tab.ask("theme.click()")
    dark = tab.ask(paper)
    assert (light, tab.ask("theme.textContent")) == ("rgb(243, 244, 241)", "Light")
    assert dark != light
    tab.ask("theme.click()")
    tab.emulate(scheme="dark")
    assert tab.ask(paper) == light  # what a person has chosen


def test_nothing_is_fetched(page: Path, tmp_path: Path) -> None:
    assert addresses_asked_for(page, tmp_path / "net.json") == []


def test_the_page_fits_a_phone(page: Path) -> None:
    with opened(page, width=400, height=800) as tab:
        assert tab.ask("document.documentElement.scrollWidth") == 400


def test_the_page_is_printed_without_what_a_screen_needs(page: Path, tmp_path: Path) -> None:
    with opened(page, width=1000, height=800) as tab:
        tab.emulate(media="print")
        assert not tab.ask("search.checkVisibility() || document.querySelector('nav').checkVisibility()")
        assert tab.ask("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    printed(page, tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.skipif(AXE is None, reason="EXPORTER_AXE is not the path of axe.min.js")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1300, 400])
def test_nothing_keeps_people_from_using_it(page: Path, scheme: str, width: int) -> None:
    with opened(page, width=width, height=900) as tab:
        tab.emulate(scheme=scheme)
        tab.ask("document.querySelector('a.fact[data-f]').click()")
        tab.ask(Path(AXE or "").read_text(encoding="utf-8") + "; 0")
        tab.ask("axe.run().then(result => { window.broken = result.violations }); 0")
        assert tab.wait_for("window.broken !== undefined")
        found = tab.ask("broken.map(rule => [rule.impact, rule.id, rule.nodes.length, rule.nodes[0].html])")
        assert [rule for rule in found if rule[0] in ("serious", "critical")] == []


def test_ten_thousand_facts_open_and_filter_at_once(tmp_path: Path) -> None:
    def fact(number: int, end: int) -> Fact:
        axis = TypedDimension(QName("http://x.example.com", "RegionAxis", prefix="x"), f"Region {number % 50}")
        period = Duration(f"{end - 1}-04-01", f"{end}-03-31")
        context = Context(Entity.cik(7), period, (axis,) if number % 3 else ())
        name = QName("http://x.example.com", f"Amount{number // 3}", prefix="x")
        return Fact(name, context, str(number * 7919), 0, Unit.currency("JPY"), id=f"f{number}-{end}")

    facts = [fact(number, end) for number in range(5000) for end in (2005, 2004)]
    target = tmp_path / "large.html"
    with target.open("wb") as stream:
        render_review(review_input(ReviewedInput(name="large", report=Report(facts=facts))), stream)
    with opened(target, width=1300, height=900) as tab:
        assert tab.ask("matches.textContent") == "5,000 lines"
        typed(tab, "amount77")
        assert tab.wait_for("matches.textContent === '33 of 5,000 lines'")
        loaded = tab.ask("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        filtered = tab.ask(
            "(() => { const began = performance.now(); q.value = 'region 7'; show.dispatchEvent(new Event('change'));"
            " document.body.offsetHeight; return performance.now() - began })()"
        )
        print(f"{target.stat().st_size:,} bytes, loaded in {loaded:.0f} ms, filtered in {filtered:.0f} ms")
        assert tab.complaints == []
    # An order of magnitude above what a quiet machine takes: only what grows faster than the page is found.
    assert loaded < 15_000
    assert filtered < 4_000
