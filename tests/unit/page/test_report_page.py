"""The page derived from a report: tables of periods, texts, notes."""

from __future__ import annotations

import io
import re

import pytest
from attrs import evolve
from lxml import etree

from exporter.formats.inline_xbrl.write.blocks import PageText
from exporter.formats.inline_xbrl.write.report import write
from exporter.formats.options import WriteContext
from exporter.model.dimensions import ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import FOREVER, Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.model.unit import Unit
from exporter.page.report_page import report_page
from exporter.resources.targets import StreamTarget
from exporter.transformations import Style
from exporter.transformations.registry import IXT_1
from tests.unit.formats.inline_xbrl.pages import END, NS, YEAR, every_kind, fact, facts_of, name, report

pytestmark = pytest.mark.door("jinja2", "lxml")

Lines = list[list[str]]


def look(given: Report, **more: object) -> list[str]:
    """What a reader sees, table rows as cells between bars."""
    stream = io.BytesIO()
    write(given, StreamTarget(stream), WriteContext(page=lambda _: report_page(given, **more)))  # type: ignore[arg-type]
    assert set(facts_of(given, stream.getvalue())) == set(given.facts)
    root = etree.fromstring(stream.getvalue())
    lines = []
    for element in root.iter("{*}h1", "{*}h2", "{*}h3", "{*}p", "{*}tr", "{*}div"):
        local = etree.QName(element).localname
        if local == "div" and element.get("class") not in ("block", "note"):
            continue
        cells = [_text(cell) for cell in element] if local == "tr" else [_text(element)]
        lines.append(" | ".join(cells).strip())
    return lines


def _text(element: etree._Element) -> str:
    for line in element.iter("{*}br"):
        line.tail = f"/{line.tail or ''}"
    return re.sub(r"\s+", " ", "".join(map(str, element.itertext()))).strip()


def years(*values: str, concept: str = "Sales", decimals: int = -6) -> list[Fact]:
    """Amounts of the years 2024, 2023 … ."""
    return [
        fact(
            concept,
            value,
            context=evolve(YEAR, period=Duration(f"{2024 - back}-01-01", f"{2024 - back}-12-31")),
            decimals=decimals,
            id=f"{concept.lower()}{back}",
        )
        for back, value in enumerate(values)
    ]


def test_periods_stand_side_by_side_the_latest_first() -> None:
    given = report(*reversed(years("12000000", "-3000000", "0")))
    assert look(given)[-5:] == [
        "Amounts for a period",
        "In millions of JPY",
        "| Year ended December 31,",
        "Item | 2024 | 2023 | 2022",
        "Sales | 12 | (3) | 0",
    ]


def test_amounts_are_shown_in_what_all_are_accurate_to() -> None:
    assert "In thousands of JPY" in look(report(*years("12000000", "3000", decimals=-3)))
    assert "In JPY" in look(report(*years("12000000", "3001", decimals=0)))
    assert "In JPY" in look(report(*years("12000000"), fact("Sales", "1")))


def test_many_periods_make_several_tables() -> None:
    lines = look(report(*years(*map(str, range(1, 8)), decimals=0)))
    assert [line for line in lines if line.startswith("Sales")] == ["Sales | 1 | 2 | 3 | 4 | 5", "Sales | 6 | 7"]


def test_members_stand_below_their_concept() -> None:
    cut = evolve(YEAR, dimensions=(ExplicitDimension(name("PlaceAxis"), name("NewYorkMember")),))
    other = evolve(YEAR, dimensions=(ExplicitDimension(name("PlaceAxis"), name("TokyoMember")),))
    given = report(
        fact("Sales", "1", context=cut, id="a"),
        fact("Count", "7", context=cut, id="c"),
        fact("Sales", "2", context=other, id="b"),
    )
    assert look(given)[-7:] == [
        "Place",
        "Item | Unit | Year ended December 31, 2024",
        "Sales",
        "New York | JPY | 1",
        "Tokyo | JPY | 2",
        "Count",
        "New York |  | 7",
    ]


def test_dates_and_periods_have_tables_of_their_own() -> None:
    lines = look(report(fact("Sales", "1"), fact("Sales", "2", context=END, id="b")))
    assert lines.index("Amounts at a date") < lines.index("Amounts for a period")


def test_words_of_dates_and_periods_have_tables_of_their_own() -> None:
    lines = look(report(fact("Day", "2024-12-31"), fact("Day", "2024-12-30", context=END, id="b")))
    assert lines[-4:] == [
        "Item | December 31, 2024",
        "Day | December 30, 2024",
        "Item | Year ended December 31, 2024",
        "Day | December 31, 2024",
    ]


def test_percentages_and_boxes() -> None:
    lines = look(report(fact("Ratio", "0.316", decimals=3), fact("Flag", "true"), fact("Kind", f"{NS}#RetailMember")))
    assert "Ratio | 31.6%" in lines
    assert "Flag | Yes" in lines
    assert "Kind | Retail" in lines


def test_truth_values_are_words_where_the_registry_has_a_transformation_of_them() -> None:
    given = report(fact("Flag", "false"))
    assert "Flag | 非該当" in look(given, language="ja")
    assert "Flag | false" in look(given, style=Style(registry=IXT_1))


def test_facts_without_a_period() -> None:
    lines = look(report(fact("Sales", "1", context=evolve(YEAR, period=FOREVER))))
    assert lines[-4:] == ["Amounts without a period", "In JPY", "Item | Without period", "Sales | 1"]


def test_texts_stand_in_full_with_where_they_belong() -> None:
    lines = look(every_kind())
    start = lines.index("Texts")
    # The name has a line break, so it is a text as well.
    assert lines[start + 1 :][:6] == [
        "Name",
        "Year ended December 31, 2024",
        "two blanks & <signs>",
        "Note",
        "Year ended December 31, 2024 · ja",
        "Text & more1",
    ]


def test_footnotes_are_marked_and_listed() -> None:
    lines = look(every_kind())
    assert any(line.startswith("Ratio |") and line.endswith("31.6%1") for line in lines)
    assert lines[-2:] == ["Notes to the figures", "1A note"]


def test_several_entities_are_named() -> None:
    from exporter.model.dimensions import Entity

    other = evolve(YEAR, entity=Entity("http://example.com/ids", "other"))
    lines = look(report(fact("Sales", "1"), fact("Sales", "2", context=other, id="b")))
    assert {"acme", "other"} <= set(lines)


def test_duplicates_stand_below_each_other() -> None:
    given = report(fact("Sales", "1", id="a", decimals=0), fact("Sales", "1", id="b"))
    assert look(given)[-1] == "Sales | 1/1"


def test_labels_title_language() -> None:
    def labels(concept: QName) -> PageText | None:
        return PageText("売上高") if concept.local_name == "Sales" else None

    lines = look(report(*years("-12000000")), labels=labels, title="年次報告書", language="ja")
    assert lines[0] == "年次報告書"
    assert lines[-3:] == ["単位：百万円", "項目 | 2024年12月31日に終了した1年間", "売上高 | △12"]


def test_the_language_is_that_of_the_texts() -> None:
    japanese = report(fact("Name", "a", language="ja"), fact("Name", "b", language="ja", id="b"))
    assert report_page(japanese).language == "ja"
    assert report_page(report(fact("Name", "a", language="en"))).language == "en"
    assert report_page(report()).language == "en"


def test_a_report_is_shown_in_the_words_of_its_language() -> None:
    given = report(*years("1234000000", "-5000000"), fact("Name", "Muster AG", language="de-AT"), fact("Flag", "true"))
    assert report_page(given).language == "de"
    lines = look(given)
    assert lines[-5:] == [
        "Beträge für einen Zeitraum",
        "In Mio. JPY",
        "| Geschäftsjahr zum 31. Dezember",
        "Posten | 2024 | 2023",
        "Sales | 1.234 | (5)",
    ]
    assert "Flag | Ja" in lines
    assert report_page(report(fact("Name", "a", language="fi"))).language == "en"


def test_the_title_is_the_registrants_name() -> None:
    named = Fact(QName("http://xbrl.sec.gov/dei/2024", "EntityRegistrantName"), YEAR, "Acme\nInc.", id="n")
    assert report_page(report(named)).title == "Acme Inc."
    assert report_page(report(fact("Sales", "1"))).title == "acme"
    assert report_page(report()).title == "Report"


def test_units_that_differ_stand_in_a_column() -> None:
    given = report(fact("Sales", "1"), fact("Sales", "2", unit=Unit.currency("USD"), id="b"))
    assert look(given)[-2:] == ["Sales | JPY | 1", "Sales | USD | 2"]


def test_huge_amounts_have_no_scale_trouble() -> None:
    given = report(fact("Sales", "1" + "0" * 40, decimals=-40))
    assert look(given)[-1].startswith("Sales | 10,000,000")
    assert Instant("2024-12-31") == END.period


LABELS = {
    ("Sales", "en"): "Net Sales [Abstract]",
    ("Sales", "ja"): "売上高",
    ("Name", "en"): "Name of  the Registrant",
    ("Count", "ja"): " ",
}


def labelled(*facts: Fact) -> Report:
    given = report(*facts)
    vocabulary = evolve(given.vocabulary, find_label=lambda name, language: LABELS.get((name.local_name, language)))
    return evolve(given, vocabulary=vocabulary)


def test_concepts_are_called_by_their_labels() -> None:
    given = labelled(*years("2"), fact("Name", "Acme"), fact("Count", "3"))
    english, japanese = "\n".join(look(given)), "\n".join(look(given, language="ja"))
    assert "Net Sales |" in english
    assert "Name of the Registrant | Acme" in english
    assert "売上高 |" in japanese
    assert "Name of the Registrant | Acme" in japanese  # no label in Japanese
    assert "Count |" in english
    assert "Count |" in japanese  # nor any that says something


def test_labels_given_come_first() -> None:
    lines = look(labelled(*years("2")), labels=lambda name: PageText(f"<{name.local_name}>"))
    assert any(line.startswith("<Sales> |") for line in lines)
