"""What is right is read as it is meant: levels, references, groups, special values, types known and inferred."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest

from exporter.errors import ReadError
from exporter.findings import Finding
from exporter.formats.options import ReadOptions
from exporter.formats.xbrl_csv.read.report import iter_facts, read
from exporter.model.dimensions import ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.period import FOREVER, Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from tests.unit.formats.xbrl_csv.reports import metadata, put

EX: Final = "http://example.com/tax"
TYPES: Final = {"Cash": "monetaryItemType", "Text": "stringItemType", "Day": "dateItemType", "Ok": "booleanItemType"}
VOCABULARY: Final = Vocabulary(datatypes={QName(EX, name): standard_type(kind) for name, kind in TYPES.items()})
KNOWN: Final = ReadOptions(load_vocabulary=lambda hrefs: VOCABULARY)
UNKNOWN: Final = ReadOptions()
CASH: Final = {"dimensions": {"concept": "ex:Cash"}}
TEXT: Final = {"dimensions": {"concept": "ex:Text"}}


def facts(folder: Path, tree: Any, *tables: str, options: ReadOptions = KNOWN) -> list[Fact]:
    return list(read(put(folder, tree, *tables), options).facts)


def one(folder: Path, tree: Any, table: str, options: ReadOptions = KNOWN) -> Fact:
    (found,) = facts(folder, tree, table, options=options)
    return found


def test_a_mixed_table_takes_what_it_can_use(tmp_path: Path) -> None:
    tree = metadata(
        dimensions={"unit": "iso4217:JPY", "language": "en"},
        template={"decimals": 2},
        columns={"v": CASH, "t": TEXT, "d": {"dimensions": {"concept": "ex:Day"}}},
    )
    cash, text, day = facts(tmp_path, tree, "v,t,d\n1,2,2024-01-01\n")
    assert (cash.unit, cash.decimals, cash.language) == (Unit.currency("JPY"), 2, None)
    assert (text.unit, text.decimals, text.language, text.value) == (None, None, "en", "2")
    assert (day.unit, day.decimals, day.language) == (None, None, None)


def test_the_nearest_level_wins(tmp_path: Path) -> None:
    tree = metadata(
        dimensions={"period": "2020", "ex:A": "ex:template", "ex:B": "#none"},
        columns={
            "v": {"dimensions": {"concept": "ex:Cash", "period": "2024"}, "propertiesFrom": ["g"]},
            "g": {"propertyGroups": {"one": {"dimensions": {"period": "2022", "ex:A": "ex:group"}, "decimals": 3}}},
        },
    )
    tree["dimensions"] = {"ex:A": "ex:report", "ex:B": "ex:report", "ex:C": "ex:report"}
    tree["decimals"] = 1
    with_group, without = facts(tmp_path, tree, "g,v\none,1\n,2\n")
    assert with_group.period == without.period == Duration("2024-01-01", "2024-12-31")
    assert [(each.axis.local_name, each.member.local_name) for each in with_group.dimensions] == [  # type: ignore[union-attr]
        ("A", "group"),
        ("C", "report"),
    ]
    assert without.context.dimension(QName(EX, "A")) == ExplicitDimension(QName(EX, "A"), QName(EX, "template"))
    assert (with_group.decimals, without.decimals) == (3, 1)


def test_references(tmp_path: Path) -> None:
    tree = metadata(
        dimensions={
            "entity": "$who", "period": "$when@end", "ex:Row": "$rowNumber", "ex:Money": "$$5", "ex:Lot": "$lot",
            "ex:Nil": "$nil", "ex:Empty": "$empty", "ex:None": "$none", "ex:Table": "$own",
        },
        columns={"when": {}, "lot": {}},
        table={"parameters": {"own": "own", "nil": "#nil"}},
        parameters={"who": "cik:1", "nil": "overruled", "empty": "#empty", "none": "#none"},
        parameterURL="t2.csv",
    )  # fmt: skip
    table = "when,v,lot\n2024Q1,1,\n2024,2,##1\n"
    one, two = facts(tmp_path, tree, table, "name,value\nwho,cik:2\n")
    assert one.entity is not None
    assert one.entity.identifier == "2"
    assert (one.period, two.period) == (Instant("2024-03-31"), Instant("2024-12-31"))

    def values(fact: Fact) -> dict[str, str | None]:
        return {each.axis.local_name: each.value for each in fact.dimensions if isinstance(each, TypedDimension)}

    same: dict[str, str | None] = {"Money": "$5", "Nil": None, "Empty": "", "Table": "own"}
    assert values(one) == {**same, "Row": "1"}
    assert values(two) == {**same, "Row": "2", "Lot": "#1"}


def test_special_values(tmp_path: Path) -> None:
    tree = metadata(columns={"t": TEXT})
    values = [fact.value for fact in facts(tmp_path, tree, "t\n#nil\n#empty\n##nil\n##\n$5\n\na#b\n")]
    assert values == [None, "", "#nil", "#", "$5", "a#b"]


def test_suffixes(tmp_path: Path) -> None:
    found = facts(tmp_path, metadata(decimals=5), "v\n1d-3\n1.5 d 2\n7dINF\n-5.d0\n1\n")
    assert [(fact.value, fact.decimals) for fact in found] == [
        ("1", -3), ("1.5", 2), ("7", None), ("-5.", 0), ("1", 5),
    ]  # fmt: skip
    assert one(tmp_path, metadata(columns={"t": TEXT}), "t\n5d2\n").value == "5d2"


def test_ids_and_order(tmp_path: Path) -> None:
    tree = metadata(columns={"w": {**CASH}, "id": {}}, template={"rowIdColumn": "id"})
    assert [fact.id for fact in facts(tmp_path, tree, "w,id,v\n1,é-1,2\n3,0x,\n")] == [
        "t.r_é-1.v", "t.r_é-1.w", "t.r_0x.w",
    ]  # fmt: skip
    assert [fact.id for fact in facts(tmp_path, tree, "v\n1\n\n2\n")] == ["t.r_1.v", "t.r_3.v"]


def test_notes_and_links(tmp_path: Path) -> None:
    note = {"concept": "xbrl:note", "entity": "#none", "period": "#none", "language": "EN"}
    tree = metadata(
        info={
            "linkTypes": {"footnote": "http://www.xbrl.org/2003/arcrole/fact-footnote"},
            "linkGroups": {"_": "http://www.xbrl.org/2003/role/link"},
        },
        columns={"n": {"dimensions": note}},
        decimals=2,
        links={"footnote": {"_": {"t.r_1.v": ["t.r_1.n"]}}},
    )
    path = put(tmp_path, tree, "v,n\n1,<b>x</b>\n")
    report = read(path, KNOWN)
    (footnote,) = report.footnotes
    assert (footnote.content, footnote.language, footnote.id) == ("<b>x</b>", "EN", "t.r_1.n")
    assert report.footnotes_of(report.facts[0]) == (footnote,)
    assert list(iter_facts(path, KNOWN)) == list(report.facts)


@pytest.mark.parametrize(
    ("column", "passed_down", "cell", "expected"),
    [
        # stated by the column itself: a number
        ({"concept": "ex:X", "unit": "iso4217:JPY"}, {}, "5", ("5", None, "JPY", None)),
        ({"concept": "ex:X", "unit": "iso4217:JPY"}, {}, "#nil", (None, None, "JPY", None)),
        # passed down: a number if it reads like one
        ({"concept": "ex:X"}, {"unit": "iso4217:JPY"}, "5", ("5", None, "JPY", None)),
        ({"concept": "ex:X"}, {"unit": "iso4217:JPY", "language": "en"}, "five", ("five", None, None, "en")),
        ({"concept": "ex:X"}, {"unit": "iso4217:JPY"}, "2024-01-01", ("2024-01-01", None, None, None)),
        # a language of its own: text
        ({"concept": "ex:X", "language": "ja"}, {"unit": "iso4217:JPY"}, "5", ("5", None, None, "ja")),
        # nothing said: only the suffix tells
        ({"concept": "ex:X"}, {}, "0.5d2", ("0.5", 2, None, None)),
        ({"concept": "ex:X"}, {}, "5", ("5", None, None, None)),
        ({"concept": "ex:X"}, {}, "cod5", ("cod5", None, None, None)),
    ],
)
def test_types_are_inferred(
    tmp_path: Path, column: dict[str, str], passed_down: dict[str, str], cell: str, expected: tuple[Any, ...]
) -> None:
    tree = metadata(columns={"v": {"dimensions": column}}, dimensions=passed_down)
    fact = one(tmp_path, tree, f"v\n{cell}\n", options=UNKNOWN)
    currency = fact.unit.single_currency if fact.unit else None
    assert (fact.value, fact.decimals, currency, fact.language) == expected


def test_a_base_below_and_tables_beside(tmp_path: Path) -> None:
    base = metadata(info={"taxonomy": ["../schemas/ex.xsd", "http://example.com/x.xsd"]})
    del base["tables"]
    put(tmp_path / "base", base)
    tree = {
        "documentInfo": {"documentType": base["documentInfo"]["documentType"], "extends": ["base/report.json"]},
        "tables": {"a": {"template": "t", "url": "t.csv"}, "b": {"template": "t", "url": "no.csv", "optional": True}},
    }
    report = read(put(tmp_path, tree, "v\n1\n"), KNOWN)
    assert report.taxonomy == ("schemas/ex.xsd", "http://example.com/x.xsd")
    assert [fact.id for fact in report.facts] == ["a.r_1.v"]


def test_one_base_reached_twice_is_no_cycle(tmp_path: Path) -> None:
    start = {"documentType": "https://xbrl.org/2021/xbrl-csv"}
    tree = metadata(info={"extends": ["left.json", "right.json"]})
    left = {"documentInfo": {**start, "extends": ["base.json"]}}
    base = {"documentInfo": {**start, "final": {"tables": True}}, "dimensions": {"period": "2020"}}
    tree["tableTemplates"]["t"]["dimensions"] = {}
    del tree["tables"]
    left["tables"] = {}
    path = put(tmp_path, tree, left=left, right=left, base=base)
    assert read(path, KNOWN).facts == ()


def test_a_folder_is_its_only_report(tmp_path: Path) -> None:
    path = put(tmp_path, metadata(), "v\n1\n")
    (tmp_path / "other.json").write_text("{}")
    assert read(tmp_path, KNOWN) == read(path, KNOWN)
    (tmp_path / "second.json").write_bytes(path.read_bytes())
    with pytest.raises(ReadError, match=r"report\.json, second\.json"):
        read(tmp_path, KNOWN)


def test_forever_and_no_entity(tmp_path: Path) -> None:
    tree = metadata(dimensions={"entity": "#none", "period": "$p"}, columns={"p": {}})
    fact = one(tmp_path, tree, "v,p\n1,\n")
    assert (fact.entity, fact.period) == (None, FOREVER)


def test_warnings_do_not_stop_the_reading(tmp_path: Path) -> None:
    told: list[Finding] = []
    namespaces = {**metadata()["documentInfo"]["namespaces"], "no": "https://xbrl.org/entities"}
    tree = metadata(info={"namespaces": namespaces}, dimensions={"entity": "no:NA"})
    read(put(tmp_path, tree, "v\n1\n2\n"), ReadOptions(warn=told.append))
    assert [finding.code for finding in told] == ["oime:invalidUseOfReservedIdentifier"]


def test_an_unused_template_with_an_unknown_concept_is_told(tmp_path: Path) -> None:
    told: list[Finding] = []
    tree = metadata()
    tree["tableTemplates"]["unused"] = {"columns": {"x": {"dimensions": {"concept": "ex:Nothing"}}}}
    tree["tableTemplates"]["other"] = {"columns": {"x": {"dimensions": {"concept": "iso4217:Nothing"}}}}
    read(put(tmp_path, tree, "v\n1\n"), ReadOptions(load_vocabulary=lambda hrefs: VOCABULARY, warn=told.append))
    (finding,) = told
    assert finding.code == "oime:unknownConcept"
    assert finding.location.pointer == "/tableTemplates/unused/columns/x/dimensions/concept"
