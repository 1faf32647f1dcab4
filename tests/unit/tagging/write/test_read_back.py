"""Style rules that tags would upset."""

from __future__ import annotations

import pytest

from exporter.tagging.document.document import read_document
from exporter.tagging.document.source import Placement
from exporter.tagging.write.read_back import check_styles
from exporter.tagging.write.tags import tag_document
from tests.support.tagging import at, page, report_of, text_fact

pytestmark = pytest.mark.door("cssselect")


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("p &gt; b { color: red }", ["'p > b'"]),
        ("h1, i + b { color: red }", ["'i + b'"]),
        ("body > p:first-child { color: red }", ["'body > p:first-child'"]),
        ("p b { color: red }", []),
        ("p &gt; i { color: red }", []),
        ("td:nth-child(2) { color: red }", []),
        ("p &gt; b::before { color: red }", []),
        ("@media print { p &gt; b { color: red } }", []),
    ],
)
def test_a_rule_that_finds_other_elements_is_told(rule: str, told: list[str]) -> None:
    body = "<p><i>the</i> <b>Internet</b> Initiative <u>of</u></p><table><tr><td>1</td><td>2</td></tr></table>"
    document = read_document(page(body, head=f"<title>t</title><style>{rule}</style>"), "x.xhtml")
    span = at(document, "Internet Initiative")
    tagged = tag_document(
        document, report_of(text_fact("f1", "Internet Initiative")), [Placement(fact="f1", spans=[span])]
    )
    findings = list(check_styles(document, tagged))
    assert [finding.message.split("style rule for ")[1].split(" finds")[0] for finding in findings] == told
