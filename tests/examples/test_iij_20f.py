"""The first real filing: exported, judged by an independent processor, compared with the inventory of its figures."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from exporter.filing import Filing
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.qname import QName
from exporter.model.report import Report
from exporter.operations.export import Export, export_filing
from exporter.operations.load import load_filing
from exporter.operations.read import read_report
from exporter.operations.to_items import to_items
from exporter.validation.arelle import ask_arelle
from exporter.validation.json_schema import check_json_schema
from exporter.validation.xml_schema import check_xml_schema

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "examples" / "iij-20f-2005" / "report.yaml"
INVENTORY = ROOT.parent / "shared" / "seed" / "inventory.yaml"
NAMES = {"ix": "http://www.xbrl.org/2013/inlineXBRL"}
EXCERPT = ROOT.parent / "shared" / "seed" / "form-20f-excerpt.txt"


@pytest.fixture(scope="module")
def filing() -> Filing:
    return load_filing(SOURCE)


@pytest.fixture(scope="module")
def export(filing: Filing, tmp_path_factory: pytest.TempPathFactory) -> Export:
    return export_filing(filing, tmp_path_factory.mktemp("build") / "filing")


@pytest.fixture(scope="module")
def report(export: Export) -> Report:
    return read_report(export.directory / "iij-20050331.xbrl")


@pytest.fixture(scope="module")
def inventory() -> dict[str, Any]:
    if not INVENTORY.exists():
        pytest.skip("the inventory is not at hand")
    import yaml

    loaded: dict[str, Any] = yaml.safe_load(INVENTORY.read_text(encoding="utf-8"))
    return loaded


def test_the_folder_is_complete(export: Export) -> None:
    names = {each.name for each in export.files}
    assert {"iij-20050331.items.json", "iij-20050331.json", "iij-20050331.xbrl", "iij-20050331.xsd"} <= names
    assert {"iij-20050331_lab.xml", "iij-20050331_pre.xml", "iij-20050331_def.xml"} <= names
    assert {"iij-20050331-taxonomy.zip", "iij-20050331.xhtml", "iij-20050331.xbri"} <= names
    manifest = json.loads((export.directory / "manifest.json").read_text(encoding="utf-8"))
    assert {each["path"] for each in manifest["files"]} == names
    there = {each.relative_to(export.directory).as_posix() for each in export.directory.rglob("*") if each.is_file()}
    assert there == names | {"manifest.json"}
    assert manifest["facts"] == export.facts > 200


def test_a_second_run_gives_the_same_bytes(filing: Filing, export: Export, tmp_path: Path) -> None:
    again = export_filing(load_filing(SOURCE), tmp_path)
    assert again.files == export.files
    assert (tmp_path / "manifest.json").read_bytes() == (export.directory / "manifest.json").read_bytes()


def test_warnings_are_those_of_the_source(export: Export) -> None:
    assert {finding.code for finding in export.findings} == {"exporter:dateNotStated", "exporter:eventAfterYearEnd"}


def test_objects_come_back_from_every_format(filing: Filing, export: Export) -> None:
    names = ("json", "xbrl", "xhtml", "xbri")
    for name in (*(f"iij-20050331.{suffix}" for suffix in names), "iij-20050331-csv"):
        back = to_items(read_report(export.directory / name), namespace=filing.namespace)
        assert set(back) == set(filing.items)
    assert load_filing(export.directory / "iij-20050331.items.json").items == filing.items


def test_what_is_written_fits_our_schemas(export: Export) -> None:
    document = json.loads((export.directory / "iij-20050331.json").read_text(encoding="utf-8"))
    assert list(check_json_schema(document, "xbrl-json.schema.json")) == []
    items = json.loads((export.directory / "iij-20050331.items.json").read_text(encoding="utf-8"))
    assert list(check_json_schema(items, "items.schema.json")) == []
    schema = export.directory / "iij-20050331.xsd"
    assert list(check_xml_schema(export.directory / "iij-20050331.xbrl", [schema])) == []


def test_arelle_accepts_everything_and_sees_the_same_facts(export: Export, report: Report) -> None:
    names = ("iij-20050331.xbrl", "iij-20050331.json", "iij-20050331-csv/iij-20050331.json", "iij-20050331.xsd")
    paths = [export.directory / name for name in (*names, "iij-20050331-taxonomy.zip")]
    verdicts = ask_arelle(paths, calc="round", facts=True)
    assert [finding for verdict in verdicts for finding in verdict.findings] == []
    xml, oim, csv, *_ = verdicts
    assert _comparable(xml.facts) == _comparable(oim.facts) == _comparable(csv.facts)
    assert len(xml.facts) == len(report.facts)
    page = ask_arelle(
        [export.directory / name for name in ("iij-20050331.xhtml", "iij-20050331.xbri")], calc="round", facts=True
    )
    assert [finding for verdict in page for finding in verdict.findings] == []
    for verdict in page:
        # What stands in several places is tagged in each; trailing zeros are those of the page.
        assert {_comparable_fact(fact) for fact in verdict.facts} == {_comparable_fact(fact) for fact in xml.facts}
    assert {(fact["concept"], fact["value"]) for fact in xml.facts} == {
        (fact.concept.clark, fact.value) for fact in report.facts
    }


def _comparable(facts: tuple[dict[str, Any], ...]) -> list[str]:
    return sorted(json.dumps({**fact, "id": None}, sort_keys=True) for fact in facts)


def _comparable_fact(fact: dict[str, Any]) -> str:
    value = fact["value"]
    if fact["decimals"] is not None and value is not None:
        value = str(Decimal(value).normalize())
    return json.dumps({**fact, "id": None, "value": value}, sort_keys=True)


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(export: Export) -> etree._Element:
    return etree.parse(export.directory / "iij-20050331.xhtml").getroot()


def test_only_what_cannot_be_shown_is_hidden(page: etree._Element, report: Report) -> None:
    hidden = page.findall(".//ix:hidden/*", NAMES)
    facts = {each.get("id"): each for each in hidden}
    enumerations = [each for each in hidden if report.vocabulary.datatypes[_name(each)].is_enumeration]
    assert enumerations == hidden  # values of enumerations are shown by their labels
    assert len(hidden) == 74
    linked = re.findall(r"-sec-ix-hidden:([^;\"]+)", etree.tostring(page, encoding="unicode"))
    assert sorted(linked) == sorted(str(id_) for id_ in facts)


def _name(element: etree._Element) -> QName:
    prefix, _, local = (element.get("name") or "").partition(":")
    return QName(element.nsmap[prefix], local)


def test_every_number_is_seen_on_the_page(page: etree._Element, inventory: dict[str, Any]) -> None:
    (body,) = deepcopy(page).iterfind("{http://www.w3.org/1999/xhtml}body")
    (header,) = body.iterfind(".//ix:header", NAMES)
    etree.strip_elements(header, "*", with_tail=False)
    # As people see it: what stands in cells side by side does not run together.
    seen = " ".join(
        " ".join("".join(map(str, cell.itertext())).split()) for cell in body.iter("{*}td", "{*}th", "{*}p")
    )
    counts = {"one": 1, "two": 2, "three": 3, "five": 5, "six": 6}
    for entry in _numbers(inventory):
        figure = re.search(r"[0-9][0-9.,]*[0-9]|[0-9]", entry["surface"])
        shown = figure.group() if figure else str(counts[entry["surface"].split()[0].lower()])
        assert re.search(rf"(?<![0-9.]){re.escape(shown)}(?![0-9])", seen), entry["id"]
    for said in ("¥34.4 billion", "¥15.6 billion", "¥2.1 billion", "¥8.9 billion", "31.6%", "¥107.22 per US$1"):
        assert said in seen


def test_the_section_on_risk_factors_is_shown_once_by_its_factors(page: etree._Element, report: Report) -> None:
    headings = [fact.value or "" for fact in report.facts if fact.concept.local_name == "RiskFactorHeading"]
    seen = " ".join("".join(map(str, page.itertext())).split())
    assert [seen.count(heading) for heading in headings] == [1] * 15
    assert len(page.findall(".//ix:continuation", NAMES)) == 29


def test_losses_are_shown_as_people_state_them(page: etree._Element) -> None:
    (deficit,) = page.iterfind(".//ix:nonFraction[@name='iij:RetainedEarningsAccumulatedDeficit']", NAMES)
    assert (deficit.text, deficit.get("scale"), deficit.get("sign"), deficit.get("decimals")) == (
        "34.4",
        "9",
        "-",
        "-8",
    )


# --- the inventory ---------------------------------------------------------------------------------------------------


def _local(concept: str) -> str:
    return concept.rpartition(":")[2]


def _moment(period: Any) -> str:
    return period.oim if isinstance(period, Instant | Duration) else ""


def _numbers(inventory: dict[str, Any]) -> list[dict[str, Any]]:
    kinds = ("exchange_rates", "amounts", "percentages", "counts")
    return [entry for kind in kinds for entry in inventory[kind]]


def test_every_number_is_a_fact(inventory: dict[str, Any], report: Report) -> None:
    entries = _numbers(inventory)
    assert len(entries) == 59
    missing = [entry["id"] for entry in entries if not any(_states(fact, entry, inventory) for fact in report.facts)]
    assert missing == []


def _states(fact: Fact, entry: dict[str, Any], inventory: dict[str, Any]) -> bool:
    decimals = None if entry["decimals"] == "INF" else entry["decimals"]
    unit = inventory["units"][entry["unit"]]
    measures = ([], []) if entry["unit"] == "pure" else (unit["numerator"], unit["denominator"])
    period = inventory["periods"][entry["period"]]
    # "currently": the document's date stands for it.
    moment = period.get("oim") or Instant("2005-07-29").oim
    return (
        fact.concept.local_name == _local(entry["concept"])
        and fact.number == Decimal(entry["value"])
        and fact.decimals == decimals
        and (
            [str(one) for one in (fact.unit.numerators if fact.unit else ())],
            [str(one) for one in (fact.unit.denominators if fact.unit else ())],
        )
        == measures
        and _moment(fact.period) == moment
    )


def test_printed_rates_that_are_one_fact_merge(inventory: dict[str, Any], report: Report) -> None:
    places = {
        (entry["concept"], entry["period"].replace("M2005_03_end", "FY2005_end"))
        for entry in inventory["exchange_rates"]
    }
    rates = [fact for fact in report.facts if fact.unit is not None and len(fact.unit.denominators) == 1]
    assert len(inventory["exchange_rates"]) == 50
    assert len(rates) == len(places)


def test_averages_share_one_footnote(inventory: dict[str, Any], report: Report) -> None:
    averages = [fact for fact in report.facts if fact.concept.local_name == "NoonBuyingRateAverage"]
    notes = {note.id for fact in averages for note in report.footnotes_of(fact)}
    assert len(averages) == 12
    assert len(notes) == 1
    assert all(report.footnotes_of(fact) for fact in averages)


def test_dates_of_events_are_facts_or_ends_of_periods(inventory: dict[str, Any], report: Report) -> None:
    stated = {fact.value for fact in report.facts if fact.value is not None}
    ends = {str(getattr(fact.period, "end_instant", fact.period)) for fact in report.facts}
    months = {end[:7] for end in ends}
    for entry in inventory["dates"]:
        value = str(entry["value"])
        found = value in stated | ends if entry["precision"] == "day" else value in stated | months
        assert found, entry["id"]


def test_items_have_their_status(inventory: dict[str, Any], report: Report, filing: Filing) -> None:
    statuses = {
        str(getattr(fact.dimensions[0], "value", "")): (fact.value or "").rpartition("#")[2]
        for fact in report.facts
        if fact.concept.local_name == "ItemResponseStatus"
    }
    names = {"not_required": "NotRequiredMember", "not_applicable": "NotApplicableMember"}
    concepts = {fact.concept.local_name for fact in report.facts}
    linked = {note.content for note in report.footnotes}
    for entry in inventory["items"]:
        if entry["kind"] == "item_status":
            assert statuses[entry["item"]] == names[entry["status"]], entry["id"]
        elif entry["kind"] == "cross_reference":
            continue  # a cross-reference is no fact
        else:
            assert _local(entry["concept"]) in concepts or linked, entry["id"]
    assert ("DocumentType", "20-F") in {(fact.concept.local_name, fact.value) for fact in report.facts}


def test_risk_factors_are_fifteen_in_our_own_words(inventory: dict[str, Any], report: Report) -> None:
    categories = {fact.value for fact in report.facts if fact.concept.local_name == "RiskFactorCategory"}
    assert len(categories) == len(inventory["risk_factors"])
    assert all((value or "").endswith("Member") for value in categories)
    for name in ("RiskFactorHeading", "RiskFactorTextBlock"):
        assert len([fact for fact in report.facts if fact.concept.local_name == name]) == 15
    headings = {fact.value for fact in report.facts if fact.concept.local_name == "RiskFactorHeading"}
    assert headings.isdisjoint(entry["surface"] for entry in inventory["risk_factors"])


def test_no_sentence_of_the_excerpt_is_in_the_example() -> None:
    if not EXCERPT.exists():
        pytest.skip("the excerpt is not at hand")
    words = EXCERPT.read_text(encoding="utf-8").split()
    runs = {" ".join(words[index : index + 8]) for index in range(len(words) - 7)}
    own = SOURCE.read_text(encoding="utf-8").split()
    assert [run for index in range(len(own) - 7) if (run := " ".join(own[index : index + 8])) in runs] == []
