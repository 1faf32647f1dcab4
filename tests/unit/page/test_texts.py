"""A text that repeats others: shown once, and read back letter by letter."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from attrs import evolve
from lxml import etree

from exporter.disclosures import RiskFactor, TextDisclosure
from exporter.disclosures.texts import TextKind
from exporter.filing import Filing
from exporter.formats.inline_xbrl.write.blocks import Block, FactBlock, Section
from exporter.items.values.texts import TextBlock
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.operations.export import export_filing
from exporter.operations.read import read_report
from exporter.page.filing_page import filing_page

YEAR = Duration("2004-04-01", "2005-03-31")
FACTORS = (("M&A may fail.", "<p>It may.</p>"), ("Rules may change.", "<p>They may.</p><p>And again.</p>"))
PLAIN = "<p>M&amp;A may fail.</p><p>It may.</p><p>Rules may change.</p><p>They may.</p><p>And again.</p>"


def filing(whole: str, *, factors: tuple[tuple[str, str], ...] = FACTORS) -> Filing:
    items = [
        RiskFactor(ordinal=number, over=YEAR, heading=heading, body=TextBlock(body))
        for number, (heading, body) in enumerate(factors, 1)
    ]
    section = TextDisclosure(kind=TextKind.RISK_FACTORS, over=YEAR, text=TextBlock(whole))
    return Filing(
        entity=Entity.cik(1), items=[*items, section], period_end=Instant("2005-03-31"), prefix="x", title="A Title"
    )


def read(path: Path) -> list[tuple[str, str, str]]:
    facts = read_report(path).facts
    return sorted((str(fact.concept), str(fact.dimensions), fact.value or "") for fact in facts)


def shown(made: Filing, folder: Path) -> tuple[str, int]:
    """What a person reads under Risk Factors, and the number of continuations; the facts read back are checked."""
    export_filing(made, folder, formats=["inline-xbrl", "xbrl-xml"])
    (page,) = folder.glob("*.xhtml")
    (instance,) = folder.glob("*.xbrl")
    assert read(page) == read(instance)
    root = etree.parse(page).getroot()
    (section,) = root.iterfind(".//*[@id='risk-factors']")
    return " ".join("".join(map(str, section.itertext())).split()), len(section.findall(".//{*}continuation"))


@pytest.mark.parametrize(
    "whole",
    [
        PLAIN,
        PLAIN.replace("</p><p>", "</p>\n<p>").replace("They may.</p>\n", "They may.</p>") + "\n",
        "<h3>M&amp;A may fail.</h3><p>It may.</p><hr/><h3>Rules may change.</h3><p>They may.</p><p>And again.</p>",
        "<p>It may.</p><p>They may.</p><p>And again.</p>",
    ],
)
def test_a_section_is_shown_by_its_parts(whole: str, tmp_path: Path) -> None:
    text, continuations = shown(filing(whole), tmp_path)
    assert text.count("It may.") == text.count("They may.") == text.count("Rules may change.") == 1
    assert text.startswith("Risk Factors 1. M&A may fail. It may.")
    assert continuations == (1 if whole.startswith("<p>It") else 3)


@pytest.mark.parametrize(
    "whole",
    [
        PLAIN + "<p>And more.</p>",
        "<p>First of all:</p>" + PLAIN,
        PLAIN.replace("Rules", "The rules"),
        PLAIN.replace("<p>It may.</p>", ""),
        f"<div>{PLAIN}</div>",
        f'<p id="a">{PLAIN[3:]}',
        "<p>Something else.</p>",
        "<p>M&amp;A may fail.</p><p>It may.</p>",
    ],
)
def test_a_section_that_says_anything_else_is_shown_as_it_is(whole: str, tmp_path: Path) -> None:
    text, continuations = shown(filing(whole), tmp_path)
    if whole == "<p>M&amp;A may fail.</p><p>It may.</p>":  # the first factor alone
        assert (text.count("It may."), continuations) == (1, 1)
        return
    assert continuations == 0
    assert text.endswith(
        " ".join("".join(map(str, etree.fromstring(f"<p>{whole}</p>").itertext())).split()).replace("&amp;", "&")
    )


def test_a_single_part_is_no_whole(tmp_path: Path) -> None:
    text, continuations = shown(filing("<p>It may.</p>", factors=FACTORS[:1]), tmp_path)
    assert (text.count("It may."), continuations) == (2, 0)


def test_inline_xbrl_1_0_has_no_pieces() -> None:
    made = filing(PLAIN)
    old = evolve(made, profile="edinet")
    assert old.rules.document.inline_version == "1.0"
    pieces = [_pieces(filing_page(each, each.derived).blocks) for each in (made, old)]
    assert pieces == [2, 0]


def _pieces(blocks: Iterable[Block]) -> int:
    """How many blocks stand in a longer text."""
    return sum(
        _pieces(block.blocks) if isinstance(block, Section) else isinstance(block, FactBlock) and bool(block.within)
        for block in blocks
    )
