"""Minus signs and dates on the page, as the profile and the language want them."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from exporter.filing.export import export_filing
from exporter.filing.filing import Filing
from exporter.filing.page.profile_style import style_of
from exporter.filing.page_name import page_name
from exporter.filing.reading import read_report
from exporter.formats.inline_xbrl.transformations import DateForm, Negative
from exporter.items.values import Money
from exporter.profiles.profile import DocumentRules, Profile
from tests.unit.filing.test_export import SMALL
from tests.unit.items.made import CLOSE, Balance

LOSS = Filing.of(SMALL.with_items([Balance(at=CLOSE, closing=Money("-5000000", "JPY"))]))


@pytest.mark.parametrize(
    ("profile", "language", "negative", "dates"),
    [
        ("edinet", "ja", Negative.TRIANGLE, DateForm.YEAR_FIRST),
        ("edinet", "en", Negative.TRIANGLE, DateForm.MONTH_NAME_FIRST),
        ("sec-us-gaap", "en", Negative.PARENTHESES, DateForm.MONTH_NAME_FIRST),
        ("sec-ifrs", "en", Negative.PARENTHESES, DateForm.MONTH_NAME_FIRST),
    ],
)
def test_the_style_of_a_profile(profile: str, language: str, negative: Negative, dates: DateForm) -> None:
    style = style_of(evolve(SMALL, profile=profile, language=language))
    assert style is not None
    assert (style.negative, style.dates) == (negative, dates)


@pytest.mark.parametrize(
    ("glyph", "negative"), [("-", Negative.MINUS), ("▲", Negative.FILLED_TRIANGLE), (None, Negative.PARENTHESES)]
)
def test_a_glyph_of_a_profile_of_ones_own(glyph: object, negative: Negative) -> None:
    registries = SMALL.rules.document.registries
    rules = DocumentRules(negative_glyph=glyph, registries=registries)  # type: ignore[arg-type]
    style = style_of(evolve(SMALL, profile=Profile(name="p", title="P", document=rules)))
    assert style is not None
    assert style.negative is negative
    assert style_of(evolve(SMALL, profile=Profile(name="p", title="P", document=DocumentRules()))) is None


@pytest.mark.parametrize(
    ("profile", "language", "before", "behind"), [("edinet", "ja", "△", ""), ("sec-us-gaap", "en", "(", ")")]
)
def test_the_sign_stands_right_before_the_tag(
    tmp_path: Path, profile: str, language: str, before: str, behind: str
) -> None:
    filing = evolve(LOSS, profile=profile, language=language)
    export_filing(filing, tmp_path, formats=["inline-xbrl"])
    page = tmp_path / page_name(filing)
    text = page.read_text(encoding="utf-8").partition("</ix:header>")[2]
    start, end = text.index("<ix:nonFraction"), text.index("</ix:nonFraction>") + len("</ix:nonFraction>")
    assert 'sign="-"' in text[start:end]
    assert text[:start].endswith(before)
    assert text[end:].startswith(behind)
    assert [each.value for each in read_report(page).facts] == ["-5000000"]
