"""Reading xBRL-JSON: every fault has its code and its place."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exporter.errors import ReadError
from exporter.findings import Finding
from exporter.formats.options import ReadOptions
from exporter.formats.xbrl_json.read.report import iter_facts, read
from exporter.formats.xbrl_json.write.report import write
from exporter.model.dimensions import ExplicitDimension, TypedDimension
from exporter.model.period import FOREVER
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.resources.limits import Limits
from exporter.resources.targets import StreamTarget
from tests.benchmarks.workload import VOCABULARY, build_report, generate_facts
from tests.unit.formats.xbrl_json.documents import CASH, DOCUMENT, EX, document, encoded

pytestmark = pytest.mark.door("json")

F1 = ("facts", "f1")
DIMENSIONS = (*F1, "dimensions")
AXIS = QName(EX, "Axis")


def findings_of(data: bytes, **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(ReadError) as caught:
        read(io.BytesIO(data), ReadOptions(name="report.json", **options))
    return caught.value.findings


def knowing(type_name: str) -> ReadOptions:
    vocabulary = Vocabulary(datatypes={CASH: standard_type(type_name)})
    return ReadOptions(load_vocabulary=lambda hrefs: vocabulary)


def test_the_sample_is_read() -> None:
    report = read(io.BytesIO(encoded(DOCUMENT)))
    (fact,) = report.facts
    assert (fact.concept, fact.value, fact.decimals, fact.id) == (CASH, "12", 0, "f1")
    assert str(fact.period) == "2024-12-31"
    assert fact.entity is not None
    assert fact.entity.identifier == "0001090633"
    assert report.footnotes_of(fact)[0].content == "A <b>note</b>."
    assert report.namespaces["ex"] == EX
    assert report.taxonomy == ("ex.xsd",)


CHANGES: list[tuple[tuple[str, ...], Any, str]] = [
    (("documentInfo", "documentType"), "x", "oimce:unsupportedDocumentType"),
    (("documentInfo",), [], "oimce:unsupportedDocumentType"),
    (("documentInfo", "taxonomy"), [], "oime:noTaxonomy"),
    (("documentInfo", "taxonomy"), [1], "xbrlje:invalidJSONStructure"),
    (("documentInfo", "baseURL"), "", "oime:invalidBaseURL"),
    (("documentInfo", "baseURL"), " http://a.b/", "xbrlje:invalidJSONStructure"),
    (("documentInfo", "namespaces"), [], "xbrlje:invalidJSONStructure"),
    (("documentInfo", "namespaces", "z"), 1, "xbrlje:invalidJSONStructure"),
    (("documentInfo", "namespaces", "z"), "", "oimce:invalidURI"),
    (("documentInfo", "namespaces", "z"), EX, "oimce:multipleAliasesForURI"),
    (("documentInfo", "namespaces", "utr"), "http://x.y/", "oimce:invalidURIForReservedAlias"),
    (("documentInfo", "namespaces", "z"), "http://www.w3.org/2001/XMLSchema", "oimce:invalidAliasForReservedURI"),
    (("documentInfo", "features"), {"xbrl:other": 1}, "xbrlje:invalidJSONStructure"),
    (("documentInfo", "features"), {"xbrl:canonicalValues": "true"}, "xbrlje:invalidJSONStructure"),
    (("documentInfo", "features"), {"q:other": 1}, "oimce:unboundPrefix"),
    (("facts",), [], "xbrlje:invalidJSONStructure"),
    (F1, 3, "xbrlje:invalidJSONStructure"),
    (F1, [["value", "1"], ["dimensions", {"concept": "ex:Cash"}]], "xbrlje:invalidJSONStructure"),
    ((*F1, "value"), 12, "xbrlje:invalidJSONStructure"),
    ((*F1, "value"), "twelve", "xbrlje:invalidFactValue"),
    ((*F1, "value"), "12\u0007", "xbrlje:invalidFactValue"),
    ((*F1, "value"), None, "oime:misplacedDecimalsProperty"),
    ((*F1, "decimals"), True, "xbrlje:invalidJSONStructure"),
    ((*F1, "decimals"), 2.0, "xbrlje:invalidJSONStructure"),
    ((*F1, "decimals"), "INF", "xbrlje:invalidJSONStructure"),
    ((*F1, "scale"), 3, "xbrlje:invalidJSONStructure"),
    ((*F1, "q:ext"), 3, "oimce:unboundPrefix"),
    ((*F1, "links"), [], "xbrlje:invalidJSONStructure"),
    ((*F1, "links"), {"footnote": {"_": "n1"}}, "xbrlje:invalidJSONStructure"),
    ((*F1, "links"), {"other": {"_": ["n1"]}}, "xbrlje:unknownLinkType"),
    ((*F1, "links"), {"footnote": {"other": ["n1"]}}, "xbrlje:unknownLinkGroup"),
    ((*F1, "links"), {"footnote": {"_": ["n2"]}}, "xbrlje:unknownLinkTarget"),
    ((*F1, "links"), {"footnote": {"_": ["f1"]}}, "oime:illegalStandardFootnoteTarget"),
    ((*F1, "links"), {}, "oime:unusedNoteFact"),
    (DIMENSIONS, "x", "xbrlje:invalidJSONStructure"),
    (DIMENSIONS, {}, "xbrlje:invalidJSONStructure"),
    ((*DIMENSIONS, "concept"), "ex:", "xbrlje:invalidJSONStructure"),
    ((*DIMENSIONS, "concept"), "q:Cash", "oimce:unboundPrefix"),
    ((*DIMENSIONS, "concept"), "xbrl:fact", "oime:unknownConcept"),
    ((*DIMENSIONS, "entity"), "cik", "oimce:invalidSQName"),
    ((*DIMENSIONS, "entity"), "cik:a b", "oimce:invalidSQName"),
    ((*DIMENSIONS, "entity"), None, "xbrlje:invalidJSONStructure"),
    ((*DIMENSIONS, "entity"), ["cik:1"], "xbrlje:invalidJSONStructure"),
    ((*DIMENSIONS, "period"), "2025-01-01T24:00:00", "oimce:invalidPeriodRepresentation"),
    ((*DIMENSIONS, "period"), "2025-01-01T00:00:00/2025-01-01T00:00:00", "oimce:invalidPeriodRepresentation"),
    ((*DIMENSIONS, "unit"), "xbrli:pure", "oime:illegalPureUnit"),
    ((*DIMENSIONS, "unit"), "xbrli:shares*iso4217:USD", "oimce:invalidUnitStringRepresentation"),
    ((*DIMENSIONS, "unit"), "", "oimce:invalidUnitStringRepresentation"),
    ((*DIMENSIONS, "language"), "EN", "xbrlje:invalidLanguageCodeCase"),
    ((*DIMENSIONS, "noteId"), "f1", "oime:misplacedNoteIDDimension"),
    ((*DIMENSIONS, "scenario"), "x", "xbrlje:invalidJSONStructure"),
    ((*DIMENSIONS, "xbrl:unit"), "x", "xbrlje:invalidJSONStructure"),
    ((*DIMENSIONS, "q:Axis"), "x", "oimce:unboundPrefix"),
    ((*DIMENSIONS, "ex:Axis"), 1, "xbrlje:invalidJSONStructure"),
    (("facts", "n1", "dimensions", "noteId"), "n2", "oime:invalidNoteIDValue"),
    (("facts", "n1", "dimensions", "entity"), "cik:1", "oime:misplacedNoteFactDimension"),
    (("facts", "n1", "dimensions", "unit"), "xbrli:shares", "oime:misplacedUnitDimension"),
    (("facts", "n1", "value"), None, "oime:invalidFactValue"),
    (("facts", "n1", "value"), "a < b", "oime:invalidXHTMLFragment"),
    (("facts", "n1", "value"), "</div><div>", "oime:invalidXHTMLFragment"),
    (("facts", "n1", "value"), "<b xmlns=''>x</b>", "oime:invalidXHTMLFragment"),
    (
        ("facts", "n1", "value"),
        "<x:b xmlns:x='http://www.w3.org/1999/xhtml'>x</x:b>",
        "oime:xhtmlElementInNonDefaultNamespace",
    ),
    (("facts", "n1", "decimals"), 0, "oime:misplacedDecimalsProperty"),
    (("facts", "1n"), DOCUMENT["facts"]["f1"], "xbrlje:invalidJSONStructure"),
    (("other",), 1, "xbrlje:invalidJSONStructure"),
    (("q:other",), 1, "oimce:unboundPrefix"),
]


# What is true besides.
FOLLOW = {
    (("documentInfo", "namespaces"), "xbrlje:invalidJSONStructure"): {
        "oimce:unboundPrefix",
        "oime:misplacedNoteIDDimension",
        "oime:illegalStandardFootnoteTarget",
    },
    ((*F1, "links"), "xbrlje:unknownLinkTarget"): {"oime:unusedNoteFact"},
    ((*F1, "links"), "oime:illegalStandardFootnoteTarget"): {"oime:unusedNoteFact"},
}


@pytest.mark.parametrize(("path", "value", "code"), CHANGES)
def test_a_fault_has_its_code_and_place(path: tuple[str, ...], value: object, code: str) -> None:
    findings = findings_of(encoded(document(*path, value=value)))
    assert findings[0].code == code
    assert {finding.code for finding in findings[1:]} <= FOLLOW.get((path, code), set())
    assert (findings[0].location.pointer or "").startswith("/" + path[0])
    assert findings[0].location.file == "report.json"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (("documentInfo",), "oimce:unsupportedDocumentType"),
        (("documentInfo", "taxonomy"), "xbrlje:invalidJSONStructure"),
        ((*F1, "value"), "xbrlje:invalidJSONStructure"),
        (DIMENSIONS, "xbrlje:invalidJSONStructure"),
        ((*DIMENSIONS, "concept"), "xbrlje:invalidJSONStructure"),
        (("facts", "n1", "dimensions", "noteId"), "oime:missingNoteIDDimension"),
        (("facts", "n1", "dimensions", "language"), "oime:missingLanguageForNoteFact"),
    ],
)
def test_what_is_missing_is_told(path: tuple[str, ...], code: str) -> None:
    assert code in [finding.code for finding in findings_of(encoded(document(*path, remove=True)))]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"{]",
        encoded(DOCUMENT)[:-1],
        encoded(DOCUMENT) + b"x",
        encoded(DOCUMENT).replace(b'"12"', b"'12'"),
        encoded(DOCUMENT).replace(b'"decimals": 0', b'"decimals": NaN'),
        encoded(DOCUMENT).replace(b'"decimals": 0', b'"decimals": 01'),
        encoded(DOCUMENT).replace(b'"decimals": 0', b'"decimals": ' + b"1" * 5000),
        encoded(DOCUMENT).replace(b'"12"', b'"\\ud800"'),
        encoded(DOCUMENT).replace(b'"12"', b'"1\n2"'),
        encoded(DOCUMENT).replace(b'"12"', b'"\xff"'),
        encoded(DOCUMENT).replace(b'"n1": {', b'"f1": {'),
        encoded(DOCUMENT).replace(b'"n1": {', b'"f\\u0031": {'),
        encoded(DOCUMENT).replace(b'"decimals": 0', b'"decimals": 0, "value": "12"'),
        encoded(DOCUMENT).replace(b'"unit": ', b'"unit": "xbrli:shares", "unit": '),
        encoded(DOCUMENT).replace(b'"decimals": 0', b'"ex:a": [{"b": 1, "b": 2}]'),
        encoded(DOCUMENT).replace(b'"documentInfo": ', b'"facts": {}, "documentInfo": '),
        encoded(DOCUMENT).decode().encode("utf-16"),
    ],
)
def test_what_is_no_json_is_refused(data: bytes) -> None:
    (finding,) = findings_of(data)
    assert finding.code in ("xbrlje:invalidJSON", "oimce:unsupportedDocumentType")
    assert data[:1] != b"{" or finding.location.line == 1 or b"\n" in data


def test_findings_are_told_together_with_lines() -> None:
    changed = document(*DIMENSIONS, "period", value="2025")
    changed["documentInfo"]["taxonomy"] = []
    changed["facts"]["n1"]["value"] = "<p>"
    data = json.dumps(changed, indent=1)
    lines = data.split("\n")
    findings = findings_of(data.encode())
    assert [finding.code for finding in findings] == [
        "oime:noTaxonomy",
        "oimce:invalidPeriodRepresentation",
        "oime:invalidXHTMLFragment",
    ]
    assert findings[1].location.line is not None
    assert '"f1"' in lines[findings[1].location.line - 1]
    assert findings[2].location.line is not None
    assert '"n1"' in lines[findings[2].location.line - 1]
    assert findings[1].location.pointer == "/facts/f1/dimensions/period"


def test_document_type_is_judged_first_and_alone() -> None:
    changed = document("documentInfo", "documentType", value="x")
    changed["documentInfo"]["taxonomy"] = changed["facts"]["f1"] = 3
    assert [finding.code for finding in findings_of(encoded(changed))] == ["oimce:unsupportedDocumentType"]


def test_a_byte_order_mark_and_any_member_order_are_fine() -> None:
    turned = {name: DOCUMENT[name] for name in reversed(DOCUMENT)}
    assert read(io.BytesIO(b"\xef\xbb\xbf" + encoded(turned))) == read(io.BytesIO(encoded(DOCUMENT)))


def test_a_stream_that_cannot_be_rewound_is_read() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    turned = {name: DOCUMENT[name] for name in reversed(DOCUMENT)}
    assert len(read(Pipe(encoded(turned))).facts) == 1


def test_dimensions_without_taxonomy_are_told_by_their_looks() -> None:
    changed = document(*DIMENSIONS, "ex:Axis", value="ex:Member")
    (fact,) = read(io.BytesIO(encoded(changed))).facts
    assert fact.dimensions == (ExplicitDimension(AXIS, QName(EX, "Member")),)
    for value in ("12:30", "Member", "", None):
        (fact,) = read(io.BytesIO(encoded(document(*DIMENSIONS, "ex:Axis", value=value)))).facts
        assert fact.dimensions == (TypedDimension(AXIS, value),)


def test_the_vocabulary_tells_typed_from_explicit() -> None:
    typed = Vocabulary(typed_domains={AXIS: QName(EX, "domain")})
    changed = encoded(document(*DIMENSIONS, "ex:Axis", value="ex:Member"))
    (fact,) = read(io.BytesIO(changed), ReadOptions(load_vocabulary=lambda hrefs: typed)).facts
    assert fact.dimensions == (TypedDimension(AXIS, "ex:Member"),)
    explicit = Vocabulary(datatypes={AXIS: standard_type("stringItemType")})
    for value in (None, "Member"):
        data = encoded(document(*DIMENSIONS, "ex:Axis", value=value))
        (finding,) = findings_of(data, load_vocabulary=lambda hrefs: explicit)
        assert finding.code == "xbrlje:invalidDimensionValue"


def test_no_period_is_for_ever_and_no_entity_is_none() -> None:
    changed = document(*DIMENSIONS, value={"concept": "ex:Cash"})
    (fact,) = read(io.BytesIO(encoded(changed))).facts
    assert fact.period == FOREVER
    assert fact.entity is None


@pytest.mark.parametrize(
    ("type_name", "written", "value"),
    [
        ("QNameItemType", " ex:a ", f"{{{EX}}}a"),
        ("enumerationItemType", "ex:a", f"{EX}#a"),
        ("enumerationSetItemType", "ex:a xbrli:b", f"{EX}#a http://www.xbrl.org/2003/instance#b"),
        ("enumerationSetItemType", "", ""),
        ("stringItemType", "ex:a", "ex:a"),
    ],
)
def test_names_in_values_are_expanded(type_name: str, written: str, value: str) -> None:
    changed = document(*F1, value={"value": written, "dimensions": {"concept": "ex:Cash"}, "links": {}})
    del changed["facts"]["n1"]
    (fact,) = read(io.BytesIO(encoded(changed)), knowing(type_name)).facts
    assert fact.value == value


@pytest.mark.parametrize(
    ("type_name", "written", "code"),
    [
        ("QNameItemType", "a", "xbrlje:invalidFactValue"),
        ("QNameItemType", "q:a", "oimce:unboundPrefix"),
        ("enumerationSetItemType", "ex:a  ex:b", "xbrlje:invalidFactValue"),
        ("enumerationItemType", f"{EX}#a", "xbrlje:invalidFactValue"),
        ("dateItemType", "2023-02-29", "xbrlje:invalidFactValue"),
        ("monetaryItemType", "１２", "xbrlje:invalidFactValue"),
    ],
)
def test_values_are_held_to_their_type(type_name: str, written: str, code: str) -> None:
    changed = document(*F1, value={"value": written, "dimensions": {"concept": "ex:Cash"}})
    del changed["facts"]["n1"]
    (finding,) = findings_of(encoded(changed), load_vocabulary=knowing(type_name).load_vocabulary)
    assert finding.code == code


def test_what_only_numbers_or_texts_have_is_misplaced_elsewhere() -> None:
    text = knowing("stringItemType").load_vocabulary
    codes = [finding.code for finding in findings_of(encoded(DOCUMENT), load_vocabulary=text)]
    assert codes == ["oime:misplacedUnitDimension"]
    number = knowing("monetaryItemType").load_vocabulary
    changed = encoded(document(*DIMENSIONS, "language", value="en"))
    assert findings_of(changed, load_vocabulary=number)[0].code == "oime:misplacedLanguageDimension"


def test_canonical_values_are_demanded_where_promised() -> None:
    changed = document("documentInfo", "features", value={"xbrl:canonicalValues": True})
    changed["facts"]["f1"]["value"] = "012.50"
    options = knowing("monetaryItemType")
    (finding,) = findings_of(encoded(changed), load_vocabulary=options.load_vocabulary)
    assert finding.code == "xbrlje:nonCanonicalValue"
    assert "'12.5'" in (finding.fix or "")
    changed["facts"]["f1"]["value"] = "12.5"
    assert read(io.BytesIO(encoded(changed)), options).facts[0].value == "12.5"


def test_duplicates_are_refused_where_excluded() -> None:
    changed = document("documentInfo", "features", value={"xbrl:allowedDuplicates": "consistent"})
    changed["facts"]["f2"] = {**changed["facts"]["f1"], "value": "12.4", "decimals": 1}
    assert len(read(io.BytesIO(encoded(changed))).facts) == 2
    changed["facts"]["f2"]["value"] = "12.6"
    assert findings_of(encoded(changed))[0].code == "oime:disallowedDuplicateFacts"
    del changed["documentInfo"]["features"]
    assert len(read(io.BytesIO(encoded(changed))).facts) == 2


def test_an_entity_that_looks_like_none_is_warned_of() -> None:
    changed = document("documentInfo", "namespaces", "cik", value="https://xbrl.org/entities")
    changed["facts"]["f1"]["dimensions"]["entity"] = "cik:NA"
    warnings: list[Finding] = []
    read(io.BytesIO(encoded(changed)), ReadOptions(warn=warnings.append))
    assert [str(finding.severity) for finding in warnings] == ["warning"]


@pytest.mark.parametrize(
    ("limits", "data"),
    [
        (Limits(file_size=100), encoded(DOCUMENT)),
        (Limits(number_digits=50), encoded(document(*F1, "value", value="1" * 200))),
        (Limits(depth=20), encoded(document("ex:deep", value=json.loads("[" * 30 + "]" * 30)))),
        (Limits(depth=20), encoded(document(*F1, "ex:deep", value=json.loads("[" * 30 + "]" * 30)))),
        (Limits(), encoded(DOCUMENT).replace(b'"decimals": 0', b'"ex:deep": ' + b"[" * 10**5 + b"]" * 10**5)),
        (Limits(), encoded(DOCUMENT).replace(b'"decimals": 0', b'"ex:deep": ' + b"[" * 500)),
        (Limits(), encoded(DOCUMENT).replace(b'"decimals": 0', b'"ex:deep": ' + b'{"a": ' * 500 + b"]")),
        (Limits(text_size=10**6), encoded(document(*F1, "value", value="x" * 3 * 10**6))),
    ],
)
def test_limits_are_kept(limits: Limits, data: bytes) -> None:
    assert findings_of(data, limits=limits)[0].code == "exporter:limitExceeded"


def test_a_comma_too_many_is_on_the_line_of_the_bracket_after_it() -> None:
    text = b'{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", "features": {"a:b": 1,\n\n}}}'
    (finding,) = findings_of(text)
    assert (finding.code, finding.location.line) == ("xbrlje:invalidJSON", 3)


def test_an_integer_with_more_digits_than_the_parser_converts() -> None:
    (finding,) = findings_of(encoded(DOCUMENT).replace(b'"decimals": 0', b'"decimals": ' + b"9" * 5000))
    assert finding.code == "xbrlje:invalidJSON"
    assert "more digits than can be read" in finding.message


def test_hopeless_documents_have_a_bounded_list() -> None:
    changed = document()
    changed["facts"] = {f"f{n}": {"value": 1, "dimensions": {}} for n in range(1500)}
    findings = findings_of(encoded(changed))
    assert len(findings) == 1001
    assert findings[-1].code == "exporter:furtherFindings"


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path / "nothing.json")
    assert caught.value.findings[0].code == "exporter:unreadableFile"


def test_facts_come_before_the_findings() -> None:
    changed = document("facts", "f2", value={"value": 1, "dimensions": {"concept": "ex:Cash"}})
    facts = iter_facts(io.BytesIO(encoded(changed)))
    assert next(facts).id == "f1"
    with pytest.raises(ReadError):
        next(facts)


class _Generated(io.RawIOBase):
    """A document made while it is read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest = chunks, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return 0

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and (more := next(self._chunks, b"")):
            self._rest += more
        data, self._rest = self._rest[:size], self._rest[size:]
        return data


def _chunks(count: int) -> Iterator[bytes]:
    stream = io.BytesIO()
    write(build_report(1), StreamTarget(stream))
    head, _, _ = stream.getvalue().partition(b'  "facts"')
    yield (
        head.replace(b'"namespaces": {', b'"namespaces": {"iso4217": "http://www.xbrl.org/2003/iso4217",').replace(
            b'"iso4217": "http://www.xbrl.org/2003/iso4217",\n', b""
        )
        + b'"facts": {"f0": {"value": "0", "dimensions": {"concept": "ex:a"}}'
    )
    for number in range(1, count):
        dimensions = f'{{"concept": "ex:a", "ex:T": "{number % 7}"}}'
        yield f',\n"f{number}": {{"value": "{number}", "dimensions": {dimensions}}}'.encode()
    yield b"}}"


def test_memory_does_not_grow_with_the_facts() -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        document: Any = _Generated(_chunks(count))
        total = sum(1 for _ in iter_facts(document))
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert total == count
        return top

    small, large = peak(2_000), peak(40_000)
    # Only the ids, which must be unique, are kept: some hundred bytes each.
    assert large - small < 38_000 * 200 + 8 * 1024**2


def test_a_large_report_over_several_windows_is_read_whole() -> None:
    stream = io.BytesIO()
    report = build_report(12_000)
    write(report, StreamTarget(stream))
    assert stream.tell() > 2 * 1024**2
    stream.seek(0)
    again = read(stream, ReadOptions(load_vocabulary=lambda hrefs: VOCABULARY))
    assert again == report
    assert list(again.facts) == list(generate_facts(12_000))


def test_equal_contexts_are_one_object() -> None:
    stream = io.BytesIO()
    write(build_report(600), StreamTarget(stream))
    again: Report = read(io.BytesIO(stream.getvalue()))
    assert len({id(fact.context) for fact in again.facts}) == len({fact.context for fact in again.facts})


# Facts whose dimensions are written like those of an earlier fact take a short way: it must see all that the long one
# sees. Each row is the third fact of a report whose first two are without fault.
_CONTEXT = '"entity": "cik:0001090633", "period": "2025-01-01T00:00:00", "unit": "iso4217:JPY"'
_LIKE = f'{{"concept": "ex:Cash", {_CONTEXT}}}'
LATER: list[tuple[str, str | None]] = [
    (f'"f3": {{"value": "3", "decimals": 0, "dimensions": {_LIKE}}}', None),
    (f'"f3": {{"decimals": 0, "value": "3", "dimensions": {_LIKE}}}', None),
    (f'"f3": {{"value": "3", "decimals": 0, "dimensions": {{"concept": "ex:Other", {_CONTEXT}}}}}', None),
    (f'"f3": {{"value": "\\u0033", "decimals": 0, "dimensions": {_LIKE}}}', None),
    (f'"f1": {{"value": "3", "decimals": 0, "dimensions": {_LIKE}}}', "xbrlje:invalidJSON"),
    (f'"f 3": {{"value": "3", "decimals": 0, "dimensions": {_LIKE}}}', "xbrlje:invalidJSONStructure"),
    (f'"f3": {{"value": "3x", "decimals": 0, "dimensions": {_LIKE}}}', "xbrlje:invalidFactValue"),
    (f'"f3": {{"value": "3", "decimals": 00, "dimensions": {_LIKE}}}', "xbrlje:invalidJSON"),
    (f'"f3": {{"value": "3", "decimals": 1.0, "dimensions": {_LIKE}}}', "xbrlje:invalidJSONStructure"),
    (f'"f3": {{"value": "3", "decimals": 999999, "dimensions": {_LIKE}}}', "exporter:limitExceeded"),
    (f'"f3": {{"value": "3", "value": "4", "dimensions": {_LIKE}}}', "xbrlje:invalidJSON"),
    (f'"f3": {{"value": "3", "decimals": 0, "dimensions": {_LIKE}, "decimals": 1}}', "xbrlje:invalidJSON"),
    (f'"f3": {{"value": "3", "decimals": 0, "dimensions": {_LIKE}, "x": 1}}', "xbrlje:invalidJSONStructure"),
    (f'"f3": {{"value": "3", "dimensions": {{"concept": "Cash", {_CONTEXT}}}}}', "xbrlje:invalidJSONStructure"),
    (f'"f3": {{"value": "3", "dimensions": {{"concept": "no:Cash", {_CONTEXT}}}}}', "oimce:unboundPrefix"),
    (f'"f3": {{"value": "3", "dimensions": {{"concept": "xbrl:note", {_CONTEXT}}}}}', "oime:"),
    (f'"f3": {{"value": "3", "dimensions": {{"concept": "ex:Cash", {_CONTEXT}, "unit": ""}}}}', "xbrlje:invalidJSON"),
]


@pytest.mark.parametrize(("third", "code"), LATER, ids=range(len(LATER)))
def test_what_is_written_like_an_earlier_fact_is_checked_as_well(third: str, code: str | None) -> None:
    info = json.dumps(DOCUMENT["documentInfo"])
    first = f'"f1": {{"value": "1", "decimals": 0, "dimensions": {_LIKE}}}'
    second = f'"f2": {{"value": "2", "decimals": 0, "dimensions": {_LIKE}}}'
    data = f'{{"documentInfo": {info}, "facts": {{{first}, {second}, {third}}}}}'.encode()
    if code is None:
        assert [fact.value for fact in read(io.BytesIO(data), knowing("monetaryItemType")).facts] == ["1", "2", "3"]
        return
    with pytest.raises(ReadError) as caught:
        read(io.BytesIO(data), knowing("monetaryItemType"))
    assert any(finding.code.startswith(code) for finding in caught.value.findings)


def test_braces_and_quotes_in_dimensions_are_no_end() -> None:
    axes = [{"ex:Axis": text} for text in ("a}", "a}}", '"', "\\", "{", "a}", '"', "a", "a", "a}}")]
    facts = {
        f"f{place}": {"value": "1", "dimensions": {"concept": "ex:Cash", **axis}} for place, axis in enumerate(axes)
    }
    data = json.dumps({"documentInfo": DOCUMENT["documentInfo"], "facts": facts}).encode()
    vocabulary = Vocabulary(
        datatypes={CASH: standard_type("stringItemType")}, typed_domains={AXIS: QName(EX, "Domain")}
    )
    report = read(io.BytesIO(data), ReadOptions(load_vocabulary=lambda hrefs: vocabulary))
    assert [fact.dimensions for fact in report.facts] == [(TypedDimension(AXIS, axis["ex:Axis"]),) for axis in axes]
