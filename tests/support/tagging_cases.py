"""Cases of tagging in YAML: items, a document with marks, and what ``exporter tag`` makes of them.

A file holds ``cases``, each with ``id``, ``kind``, ``about``, ``items`` (as in an items file), ``facts``, ``document``
(the body of a page), ``missing`` (facts that it does not state), and optionally ``title``, ``filing`` and ``args``.
A fact is written ``key: 'ITEM.FIELD Concept value unit period [text of a dimension]'``, its period as a year,
``start/end`` or ``@instant``. In the document ``⟦a|112.4⟧`` has to be tagged as fact ``a``, ``⟦!a|…⟧`` is reported as
contradicting it, ``⟦~a|…⟧`` either so or as unexplained, ``⟦-|…⟧`` is unexplained; ``⟦*|…⟧`` is left free. A tag or a
contradiction anywhere else is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import yaml
from attrs import define, field, frozen

from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.operations.load import load_filing
from exporter.operations.tag import registries_of
from exporter.tagging.audit.audit import Audit, audit
from exporter.tagging.document.document import DocumentText, read_document
from exporter.tagging.document.source import Placement
from exporter.tagging.search.expected import derive_expected
from exporter.tagging.search.search import find_placements
from exporter.transformations import parse

_MARK: Final = re.compile(r"⟦(?P<kind>[!~*-]?)(?P<key>\w*)\|(?P<text>[^⟧]*)⟧")
_HEAD: Final = {
    "entity": {"cik": "0001777001"},
    "prefix": "tst",
    "namespace": "http://tst.example/20231231",
    "period_end": "2023-12-31",
}


@frozen(kw_only=True)
class Mark:
    """What is expected at a place of the source: its kind, the fact's key, line and column."""

    kind: str
    key: str
    line: int
    column: int


@define(eq=False)
class Outcome:
    """What came of a case: tags right, wrong and missed, findings right and expected, and notes on all that is not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    findings: int = 0
    expected: int = 0
    notes: list[str] = field(factory=list)

    def expect(self, is_right: bool, note: str) -> None:
        self.expected += 1
        self.findings += is_right
        if not is_right:
            self.notes.append(note)


def load_cases(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["cases"])


def run_case(case: dict[str, Any], folder: Path) -> Outcome:
    """Search the document of a case, and hold tags and findings against its marks."""
    source, marks = _marked(case)
    items = folder / f"{case['id']}.yaml"
    tree = {"filing": {**_HEAD, **case.get("filing", {})}, "items": case["items"]}
    items.write_text(yaml.safe_dump(tree, sort_keys=False, allow_unicode=True), encoding="utf-8")
    filing = load_filing(items)
    document = read_document(source.encode(), f"{case['id']}.html")
    wanted = derive_expected(filing.derived)
    mark = "," if "," in case.get("args", []) else "."
    found = find_placements(document, wanted, registries=registries_of(filing), decimal_mark=mark)  # type: ignore[arg-type]
    facts = {each.id: each.fact for each in wanted}
    outcome = Outcome()
    _judge_tags(case, document, facts, found.placements, marks, outcome)
    _judge_findings(case, audit(document, wanted, found), marks, outcome)
    return outcome


def _marked(case: dict[str, Any]) -> tuple[str, list[Mark]]:
    title = case.get("title", "Annual report")
    head = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>{title}</title></head>'
    body = f"{head}<body>\n{case['document']}</body></html>".replace("&nbsp;", "&#160;")
    plain, marks, last = "", [], 0
    for match in _MARK.finditer(body):
        plain += body[last : match.start()]
        line, column = plain.count("\n") + 1, len(plain) - plain.rfind("\n")
        marks.append(Mark(kind=match["kind"] or "tag", key=match["key"], line=line, column=column))
        plain += match["text"]
        last = match.end()
    return plain + body[last:], marks


def _judge_tags(
    case: dict[str, Any],
    document: DocumentText,
    facts: dict[str, Fact],
    placements: tuple[Placement, ...],
    marks: list[Mark],
    outcome: Outcome,
) -> None:
    places: dict[tuple[int, int], str] = {}
    for each in placements:
        place = document.place(each.first.start)
        at = next((m for m in marks if m.line == place.line and _is_at(m, place.column)), None)
        key = at.key if at is not None and at.kind == "tag" else None
        if at is not None and at.kind == "*":
            continue
        if key is None or (why := _differs(case["facts"][key], facts[each.fact], document, each)):
            text = document.text[each.first.start : each.first.end]
            outcome.wrong += 1
            outcome.notes.append(
                f"wrong tag {facts[each.fact].concept.local_name} on {text!r}: {'no place' if key is None else why}"
            )
        elif at is not None:
            places[(at.line, at.column)] = key
    outcome.right = len(places)
    for mark in marks:
        if mark.kind == "tag" and (mark.line, mark.column) not in places:
            outcome.missed += 1
            outcome.notes.append(f"not tagged: {mark.key} at line {mark.line}")


def _is_at(mark: Mark, column: int | None) -> bool:
    return column is not None and abs(mark.column - column) <= 1


def _differs(meant: str, fact: Fact, document: DocumentText, placement: Placement) -> str:
    """What of a tag is not as the line of a fact says, if anything."""
    _, concept, value, unit, period, *dimension = meant.split(" ", 5)
    if fact.concept.local_name != concept:
        return f"concept {fact.concept.local_name}, expected {concept}"
    if dimension and not any(dimension[0].lower() in _plain(str(each)) for each in fact.dimensions):
        return f"dimensions {fact.dimensions}, expected {dimension[0]}"
    if not _is_period(period, fact):
        return f"period {fact.period}, expected {period}"
    if value == "*":
        return ""
    currency, _, per = unit.partition("/")
    if unit != "pure" and (
        not fact.unit
        or [each.local_name for each in (*fact.unit.numerators, *fact.unit.denominators)]
        != [name for name in (currency, per) if name]
    ):
        return f"unit {fact.unit}, expected {unit}"
    printed = document.text[placement.first.start : placement.first.end]
    digits = "0" if printed in "-–—" else printed if placement.format is None else parse(placement.format, printed)
    number = Decimal(digits).scaleb(placement.scale)
    number = -number if placement.negative else number
    return "" if number == Decimal(value) else f"value {number}, expected {value}"


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _is_period(period: str, fact: Fact) -> bool:
    if isinstance(fact.period, Instant):
        return period == f"@{fact.period.date}"
    start, _, end = period.partition("/")
    if not end:
        start, end = f"{period}-01-01", f"{period}-12-31"
    return isinstance(fact.period, Duration) and (str(fact.period.first_day), str(fact.period.last_day)) == (start, end)


def _judge_findings(case: dict[str, Any], judged: Audit, marks: list[Mark], outcome: Outcome) -> None:
    differs = [each for each in judged.findings if each.code == "exporter:documentDiffers"]
    unexplained = [each for each in judged.findings if each.code == "exporter:unexplainedNumber"]
    missing = {each.location.pointer for each in judged.findings if each.code == "exporter:factNotFound"}

    def pointer(key: str) -> str:
        item, _, name = case["facts"][key].partition(" ")[0].partition(".")
        return f"/items/{item}/{name}"

    def at(found: list[Any], mark: Mark) -> Iterator[Any]:
        return (each for each in found if each.location.line == mark.line and _is_at(mark, each.location.column))

    for mark in marks:
        told = mark.key != "" and any(each.location.pointer == pointer(mark.key) for each in at(differs, mark))
        if mark.kind == "!":
            outcome.expect(told, f"not told: contradiction of {mark.key} at line {mark.line}")
        elif mark.kind == "~":
            left = any(at(unexplained, mark)) and pointer(mark.key) in missing
            outcome.expect(told or left, f"neither told nor left: {mark.key} at line {mark.line}")
        elif mark.kind == "-":
            outcome.expect(any(at(unexplained, mark)), f"not unexplained: line {mark.line}")
    for key in case.get("missing", []):
        outcome.expect(pointer(key) in missing, f"not told as missing: {key}")
    for each in differs:
        fitting = [m for m in marks if m.kind in ("!", "~") and each in at(differs, m)]
        if not any(each.location.pointer == pointer(m.key) for m in fitting):
            outcome.expect(False, f"no contradiction: {each.message}")
