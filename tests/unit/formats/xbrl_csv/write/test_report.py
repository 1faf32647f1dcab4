"""The layout written, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.errors import WriteError
from exporter.formats.options import ReadOptions, WriteContext
from exporter.formats.registry import detect_format, format_by_name, read_report
from exporter.formats.xbrl_csv.read.report import iter_facts, read
from exporter.model.dimensions import Context, Entity, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report, Vocabulary
from exporter.model.unit import Unit
from exporter.namespaces import ENTITIES, OIM
from exporter.operations.write import write_report
from exporter.validation.json_schema import is_valid_json
from tests.benchmarks.bench_xbrl_csv import reordered
from tests.benchmarks.workload import VOCABULARY, build_report, generate_facts
from tests.unit.formats.xbrl_csv.reports import everything_report
from tests.unit.formats.xbrl_json.documents import CASH, CONTEXT, EX, fact, report_of

LARGE = build_report(12_000)
OPTIONS = ReadOptions(load_vocabulary=lambda hrefs: VOCABULARY)

CSV = format_by_name("xbrl-csv")


def write_csv(report: Report, path: Path, facts: Iterable[Fact] | None = None) -> int:
    return write_report(report, path, format="xbrl-csv", context=WriteContext(facts=facts))


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


def test_everything_comes_back(tmp_path: Path) -> None:
    report = everything_report()
    options = ReadOptions(load_vocabulary=lambda hrefs: report.vocabulary)
    assert write_csv(report, tmp_path / "r.json") == len(report.facts)
    assert read(tmp_path / "r.json", options) == report
    assert is_valid_json(json.loads((tmp_path / "r.json").read_bytes()), "xbrl-csv-metadata.schema.json")


def test_balances_stand_in_a_grid(tmp_path: Path) -> None:
    write_csv(everything_report(), tmp_path / "r.json")
    lines = (tmp_path / "r-grid1.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "period,Cash,Receivables,Allowance,AccumulatedDeficit"
    assert lines[-1] == "2006-03-31@end,5.2d1,,,"
    assert len(lines) == 13
    assert json.loads((tmp_path / "r.json").read_bytes())["dimensions"] == {"entity": "cik:0001090633"}


def test_linked_facts_keep_their_ids(tmp_path: Path) -> None:
    report = everything_report()
    options = ReadOptions(load_vocabulary=lambda hrefs: report.vocabulary)
    write_csv(report, tmp_path / "a.json")
    once = read(tmp_path / "a.json", options)
    assert {"linked1.r_c1.value", "linked2.r_text.value"} <= {fact.id for fact in once.facts}
    write_csv(once, tmp_path / "b.json")
    twice = read(tmp_path / "b.json", options)
    assert {link.source for link in twice.links} == {link.source for link in once.links}
    assert twice == report


@pytest.mark.parametrize("order", ["context by context", "concept by concept", "at random"])
def test_facts_in_any_order_stand_in_grids(tmp_path: Path, order: str) -> None:
    report = reordered(LARGE)[order]
    assert write_csv(report, tmp_path / "r.json") == len(report.facts)
    assert read(tmp_path / "r.json", OPTIONS) == report
    assert sum(map(len, files(tmp_path).values())) < 1_200_000
    names = files(tmp_path)
    assert write_csv(report, tmp_path / "r.json") == len(report.facts)
    assert files(tmp_path) == names


def test_a_stream_is_written_and_read_as_one(tmp_path: Path) -> None:
    assert write_csv(evolve(LARGE, facts=()), tmp_path / "r.json", generate_facts(25_000)) == 25_000
    assert set(iter_facts(tmp_path / "r.json", OPTIONS)) == set(generate_facts(25_000))
    tables = json.loads((tmp_path / "r.json").read_bytes())["tables"]
    assert list(tables) == ["grid1"]


def test_a_stream_of_odd_facts(tmp_path: Path) -> None:
    """Facts that fit no grid, found among others long after the grid was begun."""
    odd = [evolve(each, value=None, decimals=None) for each in generate_facts(200)]
    odd += [evolve(each, value=f'"{each.value}",\r\n' if each.language else each.value) for each in generate_facts(200)]
    given = [*generate_facts(20_000), *odd, *generate_facts(300)]
    write_csv(evolve(LARGE, facts=()), tmp_path / "r.json", iter(given))
    found = list(iter_facts(tmp_path / "r.json", OPTIONS))
    assert len(found) == len(given)
    assert set(found) == set(given)


def test_without_types_grids_hold_too(tmp_path: Path) -> None:
    report = evolve(LARGE, vocabulary=Vocabulary())
    write_csv(report, tmp_path / "r.json")
    assert read(tmp_path / "r.json") == report


def test_where_things_go(tmp_path: Path) -> None:
    assert CSV.file_at(tmp_path / "a.json") == tmp_path / "a.json"
    assert CSV.file_at(tmp_path / "abc-20050331-csv") == tmp_path / "abc-20050331-csv" / "abc-20050331.json"
    assert CSV.file_at(tmp_path / "-csv").name == "report.json"
    report = report_of(fact())
    assert write_csv(report, tmp_path / "abc-csv") == 1
    assert sorted(files(tmp_path / "abc-csv")) == ["abc-list1.csv", "abc.json"]
    assert (
        detect_format(tmp_path / "abc-csv").name == detect_format(tmp_path / "abc-csv" / "abc.json").name == "xbrl-csv"
    )
    assert read_report(tmp_path / "abc-csv") == read_report(tmp_path / "abc-csv" / "abc.json") == report


def test_names_of_files_need_no_escaping(tmp_path: Path) -> None:
    report = report_of(fact())
    for stem in ("a b%20#?", "売上", "x:y"):
        write_csv(report, tmp_path / f"{stem}.json")
        assert read(tmp_path / f"{stem}.json") == report


def test_an_empty_report(tmp_path: Path) -> None:
    assert write_csv(report_of(), tmp_path / "r.json") == 0
    assert sorted(files(tmp_path)) == ["r.json"]
    assert read(tmp_path / "r.json") == report_of()


def test_values_that_look_like_something_else(tmp_path: Path) -> None:
    texts = [
        "#nil",
        "#",
        "##",
        "$x",
        "$$",
        "=1+1",
        " a ",
        "\t",
        '"',
        ",",
        "\r\n",
        "\u3000",
        "d5",
        "",
        "\ufeff",
        'a,b\n"c"',
    ]
    facts = [Fact(CASH, CONTEXT, text, language="en") for text in texts] * 3
    report = report_of(*facts)
    write_csv(report, tmp_path / "r.json")
    assert sorted(str(fact.value) for fact in read(tmp_path / "r.json").facts) == sorted(texts * 3)


AXIS = QName(EX, "Axis", prefix="ex")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"value": "x"}, "xbrlce:invalidFactValue"),
        ({"value": "1\x07", "unit": None, "decimals": None}, "xbrlce:invalidFactValue"),
        ({"value": "\ud800", "unit": None, "decimals": None}, "xbrlce:invalidFactValue"),
        ({"value": None}, "oime:misplacedDecimalsProperty"),
        ({"decimals": "2"}, "xbrlce:invalidDecimalsValue"),
        ({"concept": QName(OIM, "note")}, "xbrlce:invalidConceptQName"),
        ({"concept": QName(EX, "a b")}, "xbrlce:invalidJSONStructure"),
        ({"concept": QName("no uri", "a")}, "oimce:invalidURI"),
        ({"unit": None, "decimals": None, "language": "a b"}, "xbrlce:invalidLanguageCode"),
        ({"language": "en"}, "oime:misplacedLanguageDimension"),
        ({"context": Context(Entity(ENTITIES, "NA"))}, "oime:invalidUseOfReservedIdentifier"),
        ({"context": Context(Entity("urn:x:y", "a\x07"))}, "oimce:invalidSQName"),
        ({"context": Context(None, CONTEXT.period, (ExplicitDimension(QName(OIM, "x"), AXIS),))},
         "xbrlce:invalidJSONStructure"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("count", [1, 60])
@pytest.mark.parametrize("streamed", [False, True])
def test_what_cannot_be_written_is_told_and_leaves_nothing(
    tmp_path: Path, changes: dict[str, Any], code: str, count: int, streamed: bool
) -> None:
    others = [evolve(fact(), value=str(number), id=f"g{number}") for number in range(count)]
    report = report_of(*others, fact(id="bad", **changes))
    with pytest.raises(WriteError) as caught:
        write_csv(report, tmp_path / "r.json", iter(report.facts) if streamed else None)
    (finding,) = caught.value.findings
    assert finding.code == code
    assert finding.location.fact == "bad" or code == "oimce:invalidURI"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"taxonomy": ()}, "oime:noTaxonomy"),
        ({"base_url": "x"}, "oime:invalidBaseURL"),
        ({"links": [Link("f1", "gone")]}, "xbrlce:unknownLinkTarget"),
        ({"links": [Link("gone", "f1", "http://example.com/x")]}, "exporter:unknownLinkSource"),
        ({"links": [Link("f1", "f1")]}, "oime:illegalStandardFootnoteTarget"),
        ({"footnotes": [FootnoteResource("x", "en", "n")]}, "oime:unusedNoteFact"),
        ({"footnotes": [FootnoteResource("<p>", "en", "n")], "links": [Link("f1", "n")]}, "oime:invalidXHTMLFragment"),
        ({"footnotes": [FootnoteResource("x", "e n", "n")], "links": [Link("f1", "n")]}, "xbrlce:invalidLanguageCode"),
        ({"footnotes": [FootnoteResource("x", "en", "n")] * 2, "links": [Link("f1", "n")]}, "exporter:duplicateId"),
        ({"facts": [fact(), fact(value="13")], "footnotes": [FootnoteResource("x", "en", "n")],
          "links": [Link("f1", "n")]},
         "exporter:duplicateId"),
    ],
)  # fmt: skip
def test_reports_that_cannot_be_written(tmp_path: Path, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(WriteError) as caught:
        write_csv(evolve(report_of(fact()), **changes), tmp_path / "r.json")
    assert [finding.code for finding in caught.value.findings] == [code]
    assert list(tmp_path.iterdir()) == []


def test_units_with_types_that_have_none(tmp_path: Path) -> None:
    report = evolve(LARGE, facts=[evolve(LARGE.facts[17], unit=Unit.shares(), language=None)])
    with pytest.raises(WriteError) as caught:
        write_csv(report, tmp_path / "r.json")
    assert caught.value.findings[0].code == "oime:misplacedUnitDimension"


def test_a_failed_writing_leaves_the_old_files(tmp_path: Path) -> None:
    write_csv(report_of(fact()), tmp_path / "r.json")
    before = files(tmp_path)
    with pytest.raises(WriteError):
        write_csv(report_of(fact(value="x")), tmp_path / "r.json")
    assert files(tmp_path) == before


def test_reports_are_equal_across_syntaxes(tmp_path: Path) -> None:
    report = everything_report()
    options = ReadOptions(load_vocabulary=lambda hrefs: report.vocabulary)
    found: Report = report
    for name in ("a.json", "a-csv", "a2.json"):
        write_csv(found, tmp_path / name)
        found = read_report(tmp_path / name, options=options)
        assert found == report
