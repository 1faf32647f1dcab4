"""Notes in Markdown: the XHTML that people would have written, with amounts by name in it."""

from __future__ import annotations

import pytest

from exporter.disclosures.notes.content import REFERENCE, canonical_markup
from exporter.disclosures.notes.items import Note
from exporter.disclosures.notes.markdown import markdown_to_xhtml
from exporter.errors import ItemError
from exporter.model.period import Duration
from tests.unit.disclosures.notes.made import DEFICIT, filing, node
from tests.unit.disclosures.statements.made import codes

pytestmark = pytest.mark.door("markdown_it")

TABLE = """
| In thousands   | 2024                        |
|----------------|----------------------------:|
| Inventories    | {sheet/Inventories | digits} |
| *R&D*<br>tools | {sheet/Inventories | digits} |
"""


@pytest.mark.parametrize(
    ("written", "xhtml"),
    [
        ("One\nline.\n\nTwo & more.", "<p>One line.</p><p>Two &amp; more.</p>"),
        ("## Costs\n\nAt *cost*, **net**.", "<h2>Costs</h2><p>At <em>cost</em>, <strong>net</strong>.</p>"),
        ("- a\n- b\n  1. c\n", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"),
        ("> said  \n> so", "<blockquote><p>said<br/>so</p></blockquote>"),
        ("a<br>b <i class='x'>c</i>", "<p>a<br/>b <i class='x'>c</i></p>"),
        ("---\n\n    code", "<hr/><pre><code>code\n</code></pre>"),
        ("{a.b*c*} {A/x_y_z | digits} {{d}}", "<p>{a.b*c*} {A/x_y_z | digits} {{d}}</p>"),
        (
            "| a |\n|---|\n| {X | digits} |",
            "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>{X | digits}</td></tr></tbody></table>",
        ),
    ],
)
def test_markdown_is_the_xhtml_in_its_place(written: str, xhtml: str) -> None:
    assert markdown_to_xhtml(written, REFERENCE) == xhtml


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Text\n\n<script>alert(1)</script>", "'script'"),
        ('<p onclick="x()">a</p>', "onclick"),
        ("[a](javascript:alert(1))", "javascript"),
        ("[a](JAVASCRIPT&#58;alert(1))", "JAVASCRIPT"),
        ("[a](page.htm)", "href"),
        ("![a](https://example.com/x.png)", "'img'"),
        ("[a]({X.y})", "by name"),
        ("<iframe src='https://example.com'></iframe>", "'iframe'"),
        ("<p>not closed", "well-formed"),
        ("a <!-- b -- c --> d <b>", "well-formed"),
        (">" * 200 + " a", "deeper"),
        ("".join("  " * level + "- a\n" for level in range(100)), "deeper"),
        ("*a _b " * 100 + "_*" * 100, "deeper"),
        ("<b>" * 1000 + "</b>" * 1000, "deep"),
        ("a " * 200_000, "at most"),
    ],
)
def test_hostile_texts_are_one_finding(written: str, words: str) -> None:
    with pytest.raises(ItemError) as refused:
        Note(title="X", over=Duration("2024-01-01", "2024-12-31"), content=written, markup="markdown")
    (finding,) = refused.value.findings
    assert finding.code == "exporter:invalidValue"
    assert words in finding.message
    assert len(finding.message) < 400


def test_the_same_note_in_either_markup_makes_the_same_facts() -> None:
    policy = {"kind": "policy", "title": "Valuation", "content": "At **cost**, {sheet/Inventories}."}
    table = {"kind": "table", "title": "By kind", "content": TABLE}
    markdown = filing(DEFICIT, node("- {AccumulatedDeficit.amount}\n- {sheet/Loans}", policy, table, markup="markdown"))
    policy = {**policy, "content": "<p>At <strong>cost</strong>, {sheet/Inventories}.</p>"}
    digits = "{sheet/Inventories | digits}"
    head = '<th>In thousands</th><th style="text-align:right">2024</th>'
    rows = f'<tr><td>Inventories</td><td style="text-align:right">{digits}</td></tr>'
    rows += f'<tr><td><em>R&amp;D</em><br/>tools</td><td style="text-align:right">{digits}</td></tr>'
    table = {**table, "content": f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"}
    lines = "<ul><li>{AccumulatedDeficit.amount}</li><li>{sheet/Loans}</li></ul>"
    xhtml = filing(DEFICIT, node(lines, policy, table))
    assert codes(markdown) == codes(xhtml) == []
    assert markdown.derived.report.facts == xhtml.derived.report.facts
    assert len([fact for fact in markdown.derived.report.facts if "<table>" in (fact.value or "")]) == 2


def test_a_text_without_markup_is_not_read_as_markdown_unless_it_says_so() -> None:
    assert canonical_markup("2 * 3 * 4") == canonical_markup("2 * 3 * 4", "markdown") == "<p>2 * 3 * 4</p>"
    assert canonical_markup("*a*") == "<p>*a*</p>"
    assert canonical_markup("*a*", "markdown") == "<p><em>a</em></p>"
