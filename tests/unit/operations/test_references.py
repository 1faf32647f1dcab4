"""References lead to the same files from wherever the report stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.model.report import Report, Vocabulary
from exporter.operations.references import move_references


@pytest.mark.parametrize(
    ("source", "target", "href", "moved"),
    [
        ("a", "a", "x.xsd", "x.xsd"),
        ("a", "a/csv", "x.xsd", "../x.xsd"),
        ("a/csv", "a", "../x.xsd", "x.xsd"),
        ("a", "b", "sub/x.xsd#role", "../a/sub/x.xsd#role"),
        ("a b", "b", "x.xsd", "../a%20b/x.xsd"),
        ("a", "b", "http://example.com/x.xsd", "http://example.com/x.xsd"),
        ("a", "b", "/abs/x.xsd", "/abs/x.xsd"),
    ],
)
def test_references_move(tmp_path: Path, source: str, target: str, href: str, moved: str) -> None:
    report = Report(taxonomy=[href], vocabulary=Vocabulary(role_hrefs={"urn:role": href}))
    found = move_references(report, source=tmp_path / source, target=tmp_path / target)
    assert found.taxonomy == (moved,)
    assert found.vocabulary.role_hrefs == {"urn:role": moved}
