"""What is said of a filing's items before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.filing.checking import check_filing
from exporter.filing.loading import load_filing
from exporter.filing.profile_checks import check_profile
from exporter.filing.tagging import tag_filing

HEAD = "filing: {entity: {cik: '0000000001'}, prefix: ab, period_end: 2024-03-31, language: ja%s}\nitems:\n"
LOSS = "  - {type: NetLoss, over: {start: 2023-04-01, end: 2024-03-31}, amount: {unknown: not given}}\n"
DEFICIT = "  - {type: AccumulatedDeficit, amount: '¥34.4 billion', as_of: 2024-03-31}\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "report.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def codes(path: Path) -> list[str]:
    return [finding.code for finding in check_filing(load_filing(path))]


def test_a_currency_that_nothing_states_is_told(tmp_path: Path) -> None:
    (finding,) = check_filing(load_filing(written(tmp_path, HEAD % "" + LOSS)))
    assert (finding.code, str(finding.severity)) == ("exporter:currencyAssumed", "warning")
    assert finding.location.pointer == "/items/0/amount"


@pytest.mark.parametrize("text", [HEAD % ", currency: JPY" + LOSS, HEAD % "" + LOSS + DEFICIT])
def test_a_currency_that_is_stated_is_taken(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    assert "exporter:currencyAssumed" not in codes(path)
    (unit,) = {fact.unit for fact in load_filing(path).to_report().facts}
    assert str(unit) == "iso4217:JPY"


@pytest.mark.parametrize(
    ("binding", "mend"),
    [
        ("[bindings.AccumulatedDeficit]\namuont", "write amount"),
        ("[bindings.AccumulatedDefcit]\namount", "write AccumulatedDeficit"),
        ("[bindings.SomebodysOwnItem]\namount", None),
    ],
)
def test_entries_that_bind_nothing_are_told(tmp_path: Path, binding: str, mend: str | None) -> None:
    profile = tmp_path / "ours.toml"
    profile.write_text(f'extends = "sec-us-gaap"\ntitle = "Ours"\n{binding} = {{ gap = "none" }}\n', encoding="utf-8")
    filing = load_filing(written(tmp_path, HEAD % "" + DEFICIT), profile=profile)
    found = [finding for finding in check_profile(filing) if finding.code == "exporter:boundToNothing"]
    assert [finding.mend for finding in found] == ([mend] if mend else [])


def test_what_xhtml_does_not_know_is_told_when_a_document_is_tagged(tmp_path: Path) -> None:
    filing = load_filing(written(tmp_path, HEAD % "" + DEFICIT))
    page = tmp_path / "page.html"
    text = "<p>Our accumulated deficit was ¥34.4 billion at March 31, 2024.</p>"
    page.write_text(f"<html><head><title>x</title></head><body>{text}<svg></svg></body></html>", encoding="utf-8")
    done = tag_filing(page, filing, tmp_path / "tagged" / "page.xhtml")
    (finding,) = (finding for finding in done.findings if finding.code == "exporter:xmlSchema")
    assert not finding.is_error
    assert "svg" in finding.message
