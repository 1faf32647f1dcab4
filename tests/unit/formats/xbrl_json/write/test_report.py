"""Writing xBRL-JSON: the text itself, ids, prefixes, and what is refused."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from exporter.errors import WriteError
from exporter.formats.options import WriteContext
from exporter.formats.xbrl_json.read.report import read
from exporter.formats.xbrl_json.write.report import write
from exporter.formats.xbrl_json.write.text import Spool
from exporter.model.dimensions import Context, Entity, ExplicitDimension, TypedDimension
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import FootnoteResource, Link, Report, Vocabulary
from exporter.model.standard_types import standard_type
from exporter.model.unit import Unit
from exporter.namespaces import ARCROLE_FACT_EXPLANATORY, ENTITIES, OIM
from exporter.resources.targets import StreamTarget
from tests.unit.formats.xbrl_json.documents import CASH, CONTEXT, EX, fact, report_of


def text_of(report: Report, facts: Any = None) -> str:
    stream = io.BytesIO()
    write(report, StreamTarget(stream), WriteContext(facts=facts))
    return stream.getvalue().decode()


def codes_of(report: Report) -> list[str]:
    stream = io.BytesIO()
    with pytest.raises(WriteError) as caught:
        write(report, StreamTarget(stream))
    assert stream.getvalue() == b""
    return [finding.code for finding in caught.value.findings]


def test_the_text() -> None:
    report = report_of(
        fact(),
        fact(id="f2", value=None, decimals=None),
        footnotes=(FootnoteResource("Über <b>alles</b>", "EN", "n1"),),
        links=(Link("f1", "n1"),),
        base_url="http://example.com/",
    )
    assert text_of(report) == (
        "{\n"
        '  "documentInfo": {\n'
        '    "documentType": "https://xbrl.org/2021/xbrl-json",\n'
        '    "namespaces": {\n'
        '      "cik": "http://www.sec.gov/CIK",\n'
        '      "ex": "http://example.com/tax",\n'
        '      "iso4217": "http://www.xbrl.org/2003/iso4217",\n'
        '      "xbrl": "https://xbrl.org/2021"\n'
        "    },\n"
        '    "linkTypes": {\n'
        '      "footnote": "http://www.xbrl.org/2003/arcrole/fact-footnote"\n'
        "    },\n"
        '    "linkGroups": {\n'
        '      "_": "http://www.xbrl.org/2003/role/link"\n'
        "    },\n"
        '    "baseURL": "http://example.com/",\n'
        '    "taxonomy": [\n'
        '      "ex.xsd"\n'
        "    ]\n"
        "  },\n"
        '  "facts": {\n'
        '    "f1": {"value": "12", "decimals": 0, "dimensions": {"concept": "ex:Cash", "unit": "iso4217:JPY", '
        '"entity": "cik:0001090633", "period": "2025-01-01T00:00:00"}, "links": {"footnote": {"_": ["n1"]}}},\n'
        '    "f2": {"value": null, "dimensions": {"concept": "ex:Cash", "unit": "iso4217:JPY", '
        '"entity": "cik:0001090633", "period": "2025-01-01T00:00:00"}},\n'
        '    "n1": {"value": "Über <b>alles</b>", "dimensions": '
        '{"concept": "xbrl:note", "noteId": "n1", "language": "en"}}\n'
        "  }\n"
        "}\n"
    )


def test_an_empty_report() -> None:
    document = json.loads(text_of(report_of()))
    assert document["facts"] == {}
    assert "namespaces" not in document["documentInfo"]


def test_ids_are_made_up_without_taking_those_given() -> None:
    facts = [fact(id=None, value=str(n)) for n in range(3)]
    facts.insert(1, fact(id="f3", value="7"))
    document = json.loads(text_of(report_of(*facts)))
    assert {id_: each["value"] for id_, each in document["facts"].items()} == {
        "f1": "0",
        "f3": "7",
        "f4": "1",
        "f5": "2",
    }


def test_a_given_id_wins_over_one_made_up_before_it() -> None:
    facts = [fact(id=None, value="0"), fact(id="f1", value="1"), fact(id=None, value="2")]
    report = report_of(*facts, footnotes=(FootnoteResource("x", "en", "n1"),), links=(Link("f1", "n1"),))
    for source in (None, iter(facts)):
        document = json.loads(text_of(report, source))
        assert {each["value"] for each in document["facts"].values()} == {"0", "1", "2", "x"}
        assert document["facts"]["f1"]["value"] == "1"
        assert "links" in document["facts"]["f1"]


def test_prefixes_are_those_preferred_and_only_those_used() -> None:
    one = fact(concept=QName("http://a.example/", "A", prefix="ex"), id="a")
    two = fact(concept=QName("http://b.example/", "B", prefix="p"), id="b")
    three = fact(concept=QName("http://c.example/", "C", prefix="p"), id="c")
    document = json.loads(text_of(report_of(one, two, three, namespaces={"ex": EX, "q": "http://a.example/"})))
    assert document["documentInfo"]["namespaces"] == {
        "cik": "http://www.sec.gov/CIK",
        "iso4217": "http://www.xbrl.org/2003/iso4217",
        "ns1": "http://c.example/",
        "p": "http://b.example/",
        "q": "http://a.example/",
    }


def test_units_are_sorted_after_prefixing() -> None:
    unit = Unit((QName("http://z.example/", "m", prefix="a"), QName("http://a.example/", "m", prefix="z")))
    document = json.loads(text_of(report_of(fact(unit=unit))))
    assert document["facts"]["f1"]["dimensions"]["unit"] == "a:m*z:m"


def test_names_in_values_are_prefixed_and_declared() -> None:
    types = {CASH: standard_type("enumerationSetItemType")}
    value = "http://other.example/#a http://www.xbrl.org/2003/instance#b"
    report = report_of(fact(value=value, decimals=None, unit=None), vocabulary=Vocabulary(datatypes=types))
    document = json.loads(text_of(report))
    assert document["facts"]["f1"]["value"] == "ns1:a xbrli:b"
    assert document["documentInfo"]["namespaces"]["ns1"] == "http://other.example/"


def test_link_types_of_ones_own_are_declared() -> None:
    links = (
        Link("f1", "f2", "http://x.example/arcrole/restates", "http://x.example/role/a"),
        Link("f1", "f2", ARCROLE_FACT_EXPLANATORY),
        Link("f1", "f2", "http://y.example/restates"),
    )
    document = json.loads(text_of(report_of(fact(), fact(id="f2"), links=links)))
    assert document["documentInfo"]["linkTypes"] == {
        "explanatoryFact": ARCROLE_FACT_EXPLANATORY,
        "linkType1": "http://y.example/restates",
        "restates": "http://x.example/arcrole/restates",
    }
    assert document["facts"]["f1"]["links"]["restates"] == {"a": ["f2"]}


AXIS = QName(EX, "Axis")
REFUSED: list[tuple[str, Report]] = [
    ("xbrlje:invalidJSON", report_of(fact(), fact(value="13"))),
    ("xbrlje:invalidJSONStructure", report_of(fact(id="1 a"))),
    ("oime:misplacedDecimalsProperty", report_of(fact(value=None))),
    ("xbrlje:invalidFactValue", report_of(fact(value="twelve"))),
    ("xbrlje:invalidFactValue", report_of(fact(value="1\ud800", unit=None, decimals=None))),
    ("xbrlje:invalidFactValue", report_of(fact(value="1\x00", unit=None, decimals=None))),
    ("oime:noTaxonomy", report_of(fact(), taxonomy=())),
    ("oime:invalidBaseURL", report_of(fact(), base_url="a/b")),
    ("oimce:invalidURI", report_of(fact(concept=QName("relative", "a")))),
    ("xbrlje:invalidJSONStructure", report_of(fact(concept=QName(EX, "a b")))),
    ("xbrlje:invalidJSONStructure", report_of(fact(concept=QName(OIM, "note")))),
    ("xbrlje:invalidJSONStructure", report_of(fact(language="no language", unit=None, decimals=None))),
    ("oime:invalidUseOfReservedIdentifier", report_of(fact(context=Context(Entity(ENTITIES, "NA"))))),
    ("xbrlje:invalidDimensionValue", report_of(fact(context=Context(dimensions=(TypedDimension(AXIS, "\x01"),))))),
    (
        "xbrlje:invalidJSONStructure",
        report_of(fact(context=Context(dimensions=(ExplicitDimension(AXIS, QName(EX, "1")),)))),
    ),
    ("xbrlje:unknownLinkTarget", report_of(fact(), links=(Link("f1", "n1"),))),
    ("exporter:unknownLinkSource", report_of(fact(), links=(Link("f9", "f1", "http://x.example/r"),))),
    ("oime:illegalStandardFootnoteTarget", report_of(fact(), links=(Link("f1", "f1"),))),
    ("oime:unusedNoteFact", report_of(fact(), footnotes=(FootnoteResource("x", "en", "n1"),))),
    (
        "oime:invalidXHTMLFragment",
        report_of(fact(), footnotes=(FootnoteResource("a & b", "en", "n1"),), links=(Link("f1", "n1"),)),
    ),
]


@pytest.mark.parametrize(("code", "report"), REFUSED)
def test_what_breaks_a_rule_is_not_written(code: str, report: Report) -> None:
    assert codes_of(report) == [code]


@pytest.mark.parametrize(
    ("type_name", "changes", "code"),
    [
        ("stringItemType", {"decimals": None}, "oime:misplacedUnitDimension"),
        ("stringItemType", {"unit": None}, "oime:misplacedDecimalsProperty"),
        ("monetaryItemType", {"language": "en"}, "oime:misplacedLanguageDimension"),
        ("dateItemType", {"unit": None, "decimals": None}, "xbrlje:invalidFactValue"),
        ("QNameItemType", {"unit": None, "decimals": None, "value": "ex:a"}, "xbrlje:invalidFactValue"),
    ],
)
def test_the_type_of_the_concept_is_kept(type_name: str, changes: dict[str, Any], code: str) -> None:
    vocabulary = Vocabulary(datatypes={CASH: standard_type(type_name)})
    assert codes_of(report_of(fact(**changes), vocabulary=vocabulary)) == [code]


def test_every_faulty_fact_of_a_context_is_named() -> None:
    bad = Context(Entity(ENTITIES, "NA"))
    report = report_of(fact(context=bad), fact(context=bad, id="f2"), fact(id="f3"))
    assert codes_of(report) == ["oime:invalidUseOfReservedIdentifier"] * 2


def test_objects_that_are_equal_but_not_the_same_share_their_text() -> None:
    def facts() -> Any:
        for number in range(3000):
            context = Context(Entity.cik(1090633), CONTEXT.period)
            yield Fact(QName(EX, "Cash", prefix="ex"), context, str(number), 0, Unit.currency("JPY"))

    stream = io.BytesIO()
    assert write(report_of(), StreamTarget(stream), WriteContext(facts=facts())) == 3000
    again = read(io.BytesIO(stream.getvalue()))
    assert {fact.value for fact in again.facts} == {str(number) for number in range(3000)}


def test_the_spool_gives_back_what_it_was_given() -> None:
    for room in (4, 1000):
        with Spool(in_memory=room) as spool:
            for part in (b"ab", b"c\nd", b"e\n", b"f"):
                spool.write(part)
            assert list(spool.lines()) == [b"abc\n", b"de\n", b"f"]
            stream = io.BytesIO()
            spool.copy_to(stream)
            assert stream.getvalue() == b"abc\nde\nf"


def test_no_id_is_made_up_that_a_link_names() -> None:
    first, second = fact(value="1", id=None), fact(value="2", id="f1")
    made = report_of(first, second, footnotes=[FootnoteResource("a", "en", "n")], links=[Link("f1", "n")])
    again = read(io.BytesIO(text_of(made).encode()))
    assert [each.id for each in again.facts if each.id == "f1"] == ["f1"]
    assert again.links == (Link("f1", "n"),)
    assert text_of(made).count('"links"') == 1
