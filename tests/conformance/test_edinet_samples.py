"""The FSA's sample filings: the verdicts of an independent processor, and equal facts in both syntaxes."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from exporter.findings import Finding
from exporter.model.fact import Fact, parse_number
from exporter.model.report import Report
from exporter.operations.read import read_report
from exporter.operations.validate import validate
from tests.conformance.suite import SHARED
from tests.support.edinet import TAXONOMY, unpacked

PREFERRED = "xbrl.5.2.4.2.1:preferredLabelMissing"
FACTS = {
    "02-annual": {"PublicDoc": [1959], "AuditDoc": [21, 15]},
    "04-half-year-bank": {"PublicDoc": [844], "AuditDoc": [5, 5]},
    "07-shelf-registration": {"PublicDoc": [56]},
    "18-large-holding": {"PublicDoc": [115]},
}
# Labels that the public copy of the taxonomy lacks, and nothing else.
ERRORS = {"02-annual": {PREFERRED: 82}, "04-half-year-bank": {PREFERRED: 75}}

pytestmark = pytest.mark.skipif(not TAXONOMY.is_file(), reason="the samples are not here")
each_sample = pytest.mark.parametrize("name", FACTS)


def _errors(findings: list[Finding]) -> Counter[str]:
    """Errors but for what the OIM only does not hold, which is no matter of validity as XBRL 2.1."""
    return Counter(one.code for one in findings if one.is_error and not one.code.startswith("xbrlxe:"))


def _folder(name: str, folder: Path, tmp_path: Path) -> Path:
    (found,) = (unpacked(SHARED / "edinet" / f"{name}.zip", tmp_path) / "downloaded").glob(f"*/XBRL/{folder}")
    return found


@each_sample
def test_the_verdicts_are_those_of_an_independent_processor(name: str, tmp_path: Path) -> None:
    for folder, counts in FACTS[name].items():
        place = _folder(name, Path(folder), tmp_path)
        expected = Counter(ERRORS.get(name, {})) if folder == "PublicDoc" else Counter()
        instances = sorted(place.glob("*.xbrl"))
        for instance, count in zip(instances, counts, strict=True):
            assert _errors(validate(instance, packages=[TAXONOMY], calc="none")) == expected
            assert len(read_report(instance, packages=[TAXONOMY], partial=True).facts) == count
        pages = sorted(place.glob("*_ixbrl.htm"))
        if len(instances) == 1:
            assert _errors(validate(place / f"manifest_{folder}.xml", packages=[TAXONOMY], calc="none")) == expected
            assert pages


@each_sample
def test_both_syntaxes_say_the_same(name: str, tmp_path: Path) -> None:
    place = _folder(name, Path("PublicDoc"), tmp_path)
    (instance,) = place.glob("*.xbrl")
    told: list[list[Finding]] = [[], []]
    one, other = (
        read_report(path, packages=[TAXONOMY], partial=True, warn=warned.append)
        for path, warned in zip((instance, place / "manifest_PublicDoc.xml"), told, strict=True)
    )
    assert Counter(map(_essence, one.facts)) == Counter(map(_essence, other.facts))
    assert _notes(one) == _notes(other)
    assert not any(finding.is_error for warned in told for finding in warned)


def _essence(fact: Fact) -> object:
    """What counts of a fact; of markup, which EDINET writes its own way, the letters."""
    value: object = fact.value
    if fact.value is not None and "<" in fact.value:
        value = re.sub(r"\s|<[^>]*>", "", fact.value)
    elif fact.value is not None and fact.unit is not None:
        value = parse_number(fact.value)
    return fact.concept, fact.context, fact.unit, fact.decimals, fact.language, value


def _notes(report: Report) -> Counter[tuple[object, str]]:
    """The footnotes with the facts that they are linked from."""
    facts = {fact.id: _essence(fact) for fact in report.facts}
    notes = {note.id: note.content for note in report.footnotes}
    return Counter((facts[link.source], notes[link.target]) for link in report.links)
