"""The commands, on sound input: what they print, what they write, how they end."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.unit.cli.running import exporter

pytestmark = pytest.mark.door("click")

OWN_ITEMS = """\
from exporter.items.declare import report_item
from exporter.items.declare import concept, dimension, period
from exporter.items.values import Money
from exporter.model.period import Duration


@report_item(label="Average revenue per user")
class AverageRevenuePerUser:
    segment: str = dimension("ServiceSegment")
    amount: Money = concept("AverageRevenuePerUser", balance="credit")
    over: Duration = period()
"""


class TestExport:
    def test_writes_the_folder_and_says_what_is_in_it(self, source: Path, tmp_path: Path) -> None:
        outcome = exporter("export", source, "-o", tmp_path / "out")
        assert outcome.code == 0
        assert "iij-20050331.xbrl\txbrl-xml\t" in outcome.out
        assert outcome.err == "2 items, 2 facts, 1 footnote, 0 findings\n"
        assert (tmp_path / "out" / "manifest.json").exists()

    def test_json_has_the_same(self, source: Path, tmp_path: Path) -> None:
        outcome = exporter("export", source, "-o", tmp_path / "out", "--json")
        result = outcome.json
        assert (result["items"], result["facts"], result["footnotes"], result["findings"]) == (2, 2, 1, [])
        assert outcome.err == ""
        for each in result["files"]:
            assert (tmp_path / "out" / each["path"]).stat().st_size == each["size"]

    def test_only_the_formats_asked_for(self, source: Path, tmp_path: Path) -> None:
        assert exporter("export", source, "-o", tmp_path / "out", "--format", "items-json", "-q").code == 0
        assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
            "iij-20050331.items.json",
            "manifest.json",
        ]

    def test_a_format_there_is_not(self, source: Path, tmp_path: Path) -> None:
        outcome = exporter("export", source, "-o", tmp_path / "out", "--format", "pdf", "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:unknownFormat"])
        assert not (tmp_path / "out").exists()

    def test_quiet(self, source: Path, tmp_path: Path) -> None:
        outcome = exporter("export", source, "-o", tmp_path / "out", "--quiet")
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "")

    def test_strict_exports_nothing_where_there_are_warnings(self, source: Path, tmp_path: Path) -> None:
        text = source.read_text(encoding="utf-8").replace("31.6%\n", "31.6%\n    date_basis: document_date\n")
        source.write_text(text, encoding="utf-8")
        lenient = exporter("export", source, "-o", tmp_path / "one", "--json")
        strict = exporter("export", source, "-o", tmp_path / "two", "--json", "--strict")
        assert (lenient.code, strict.code) == (0, 1)
        assert lenient.codes == strict.codes == ["exporter:dateNotStated"]
        assert strict.json["findings"][0]["location"]["line"] == 10
        assert (tmp_path / "one").exists()
        assert not (tmp_path / "two").exists()


class TestConvert:
    @pytest.mark.parametrize("start", [".xbrl", ".json"])
    def test_there_and_back_again(self, start: str, folder: Path) -> None:
        first = folder / f"iij-20050331{start}"
        other = folder / ("there.json" if start == ".xbrl" else "there.xbrl")
        back = folder / f"back{start}"
        assert exporter("convert", first, "-o", other).code == 0
        assert exporter("convert", other, "-o", back).code == 0
        assert exporter("facts", first, "--csv").out == exporter("facts", back, "--csv").out

    def test_a_report_to_the_items_it_was_made_of(self, folder: Path) -> None:
        outcome = exporter("convert", folder / "iij-20050331.xbrl", "-o", folder / "back.items.json", "--json")
        assert (outcome.code, outcome.json["items"]) == (0, 2)
        first, back = (
            json.loads((folder / name).read_bytes()) for name in ("iij-20050331.items.json", "back.items.json")
        )
        assert first["filing"] == back["filing"]
        for item in first["items"]:
            item.get("amount", {}).pop("scale", None)  # how it was printed is no part of a fact
        assert sorted(first["items"], key=str) == sorted(back["items"], key=str)

    def test_yaml_to_items_json(self, source: Path, folder: Path) -> None:
        assert exporter("convert", source, "-o", folder / "again.items.json").code == 0
        assert (folder / "again.items.json").read_bytes() == (folder / "iij-20050331.items.json").read_bytes()

    def test_items_to_a_report_warns_of_the_taxonomy_that_is_not_written(self, source: Path, tmp_path: Path) -> None:
        outcome = exporter("convert", source, "-o", tmp_path / "r.json", "--json")
        assert (outcome.code, outcome.codes) == (0, ["exporter:taxonomyNotWritten"])
        assert (tmp_path / "r.json").exists()

    def test_strict_writes_nothing_where_there_are_warnings(self, source: Path, tmp_path: Path) -> None:
        assert exporter("convert", source, "-o", tmp_path / "r.json", "--strict").code == 1
        assert not (tmp_path / "r.json").exists()

    def test_a_suffix_that_tells_nothing(self, folder: Path) -> None:
        outcome = exporter("convert", folder / "iij-20050331.xbrl", "-o", folder / "out.dat", "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:unknownFormat"])
        assert (
            exporter("convert", folder / "iij-20050331.xbrl", "-o", folder / "out.dat", "--to", "xbrl-json").code == 0
        )


class TestDuplicates:
    @pytest.fixture
    def doubled(self, folder: Path) -> Path:
        """A report that gives one fact twice: the second time with fewer decimals, and with the footnote."""
        path = folder / "iij-20050331.json"
        report = json.loads(path.read_bytes())
        fact = next(each for each in report["facts"].values() if each["value"] == "0.316")
        links = fact.pop("links")
        report["facts"] = {"less": {**fact, "value": "0.32", "decimals": 2, "links": links}, **report["facts"]}
        path.write_text(json.dumps(report), encoding="utf-8")
        return path

    def test_keep(self, doubled: Path) -> None:
        outcome = exporter("convert", doubled, "-o", doubled.with_name("out.json"), "--json")
        assert (outcome.code, outcome.json["facts"]) == (0, 3)

    def test_merge_keeps_the_most_accurate_with_all_links(self, doubled: Path) -> None:
        target = doubled.with_name("out.json")
        outcome = exporter("convert", doubled, "-o", target, "--duplicates", "merge", "--json")
        assert (outcome.code, outcome.json["facts"]) == (0, 2)
        kept = [each for each in json.loads(target.read_bytes())["facts"].values() if each.get("decimals") in (2, 3)]
        assert [(each["value"], "links" in each) for each in kept] == [("0.316", True)]

    def test_refuse(self, doubled: Path) -> None:
        target = doubled.with_name("out.json")
        outcome = exporter("convert", doubled, "-o", target, "--duplicates", "refuse", "--json")
        assert (outcome.code, outcome.codes) == (1, ["exporter:duplicateFacts"])
        assert not target.exists()

    def test_merge_refuses_contradictions(self, doubled: Path) -> None:
        text = doubled.read_text(encoding="utf-8")
        doubled.write_text(text.replace('"0.32"', '"0.52"'), encoding="utf-8")
        outcome = exporter("convert", doubled, "-o", doubled.with_name("o.json"), "--duplicates", "merge", "--json")
        assert (outcome.code, outcome.codes) == (1, ["exporter:inconsistentDuplicates"])


class TestValidate:
    @pytest.mark.parametrize("name", [".json", ".xbrl", ".items.json", ".xsd", "-taxonomy.zip"])
    def test_what_export_writes_is_valid(self, name: str, folder: Path) -> None:
        outcome = exporter("validate", folder / f"iij-20050331{name}", "--json")
        assert outcome.json["findings"] == []
        assert outcome.json["files"] == [{"path": str(folder / f"iij-20050331{name}"), "valid": True}]
        assert outcome.code == 0

    def test_findings_are_the_result(self, folder: Path, tmp_path: Path) -> None:
        report = folder / "iij-20050331.xbrl"
        report.write_bytes(report.read_bytes().replace(b'decimals="3"', b'decimals="three"'))
        outcome = exporter("validate", report)
        assert outcome.code == 1
        assert outcome.out.startswith(f"{report}:")
        assert ": error: " in outcome.out
        assert outcome.err.startswith("not valid: ")

    def test_several_files_are_all_judged(self, folder: Path, tmp_path: Path) -> None:
        bad = tmp_path / "bad.json"
        bad.write_text('{"documentInfo": {}}')
        outcome = exporter("validate", bad, folder / "iij-20050331.json", "--json")
        assert outcome.code == 1
        assert [each["valid"] for each in outcome.json["files"]] == [False, True]

    def test_a_file_that_cannot_be_read_outweighs_one_that_is_wrong(self, tmp_path: Path) -> None:
        bad = tmp_path / "bad.json"
        bad.write_text('{"documentInfo": {}}')
        outcome = exporter("validate", bad, tmp_path / "none.json", "--json")
        assert outcome.code == 2
        assert [each["valid"] for each in outcome.json["files"]] == [False, False]

    def test_arelle_is_not_asked_about_items(self, source: Path) -> None:
        outcome = exporter("validate", source, "--engine", "arelle", "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:usage"])


class TestFacts:
    def test_plain_lines_into_a_pipe(self, source: Path) -> None:
        outcome = exporter("facts", source)
        lines = [line.split("\t") for line in outcome.out.splitlines()]
        assert lines[0] == ["concept", "period", "unit", "dimensions", "value", "decimals"]
        assert lines[1] == [
            "iij:RetainedEarningsAccumulatedDeficit",
            "2005-03-31",
            "iso4217:JPY",
            "",
            "-34400000000",
            "-8",
        ]
        assert lines[2][3:] == ["iij:MajorShareholderAxis = NTT and its affiliates", "0.316", "3"]
        assert outcome.err == "2 of 2 facts\n"

    def test_csv(self, source: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(exporter("facts", source, "--csv").out)))
        assert [row["value"] for row in rows] == ["-34400000000", "0.316"]
        assert rows[0]["entity"] == "http://www.sec.gov/CIK 0001090633"

    def test_json(self, source: Path) -> None:
        result = exporter("facts", source, "--json").json
        fact = result["facts"][1]
        assert fact["dimensions"] == {"iij:MajorShareholderAxis": "NTT and its affiliates"}
        assert (fact["value"], fact["decimals"], fact["unit"], fact["period"]) == ("0.316", 3, None, "2005-07-29")
        assert result["namespaces"]["iij"] == "http://iij.example.com/20050331"

    @pytest.mark.parametrize(
        ("arguments", "number"),
        [
            (("--concept", "*deficit"), 1),
            (("--concept", "iij:*"), 2),
            (("--period", "2005-07-*"), 1),
            (("--concept", "*Deficit", "--period", "2005-07-*"), 0),
            (("--limit", "1"), 1),
        ],
    )
    def test_choosing(self, arguments: tuple[str, ...], number: int, source: Path) -> None:
        assert len(exporter("facts", source, "--json", *arguments).json["facts"]) == number

    def test_json_and_csv_exclude_each_other(self, source: Path) -> None:
        outcome = exporter("facts", source, "--json", "--csv")
        assert (outcome.code, outcome.codes) == (2, ["exporter:usage"])


class TestItemsAndSchema:
    def test_list(self) -> None:
        outcome = exporter("items")
        assert "\nAccumulatedDeficit\tAccumulated Deficit\tas_of, amount\t" in outcome.out
        assert "\nAccumulatedDeficit\t累積欠損金\tas_of, amount\t" in exporter("items", "--language", "ja").out

    def test_labels_in_a_language_and_those_that_are_missing(self) -> None:
        japanese = exporter("items", "NetLoss", "--language", "ja").out
        assert japanese.startswith("NetLoss: 当期純損失\n一期間の純損失。\n")
        assert "no label in ja:\n  highest.documentation\n" in japanese
        (german,) = exporter("items", "NetLoss", "--language", "de", "--json").json["items"]
        assert german["label"] == "Jahresfehlbetrag"
        assert german["missing_labels"] == [f"{name}.documentation" for name in ("class", "amount", "highest")]
        (italian,) = exporter("items", "NetLoss", "--language", "it", "--json").json["items"]
        assert italian["label"] == "Net Loss"  # in English, for want of a translation
        assert {"class.label", "amount.label", "amount.negated", "highest.label"} <= {*italian["missing_labels"]}
        (english,) = exporter("items", "NetLoss", "--json").json["items"]
        assert english["missing_labels"] == []
        outcome = exporter("items", "NetLoss", "--language", "in Japanese", "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:usage"])

    def test_a_profile_shows_labels_and_those_that_are_missing(self) -> None:
        result = exporter("profiles", "edinet", "--item", "NetLoss", "--language", "ja", "--json").json
        assert [field["label"] for field in result["fields"]][:1] == ["当期純利益又は当期純損失"]
        assert result["missing_labels"] == ["NetLoss.highest.documentation"]
        assert "当期純利益又は当期純損失" in exporter("profiles", "edinet", "--item", "NetLoss", "--language", "ja").out

    def test_labels_are_exported_in_the_languages_asked_for(self, tmp_path: Path) -> None:
        items = "filing: {entity: {cik: 1}, period_end: 2005-03-31%s}\nitems:\n- {type: AccumulatedDeficit, "
        items += "amount: USD 1 million, as_of: 2005-03-31}\n"
        for number, (header, options, languages) in enumerate(
            [
                ("", (), {"en"}),
                (", label_languages: [ja, en]", (), {"ja", "en"}),
                (", label_languages: [ja, en]", ("--label-language", "ja"), {"ja"}),
            ]
        ):
            source, folder = tmp_path / f"{number}.yaml", tmp_path / str(number)
            source.write_text(items % header, encoding="utf-8")
            assert exporter("export", str(source), "-o", str(folder), *options).code == 0
            (linkbase,) = folder.glob("*_lab.xml")
            assert set(re.findall(r'xml:lang="(\w+)"', linkbase.read_text(encoding="utf-8"))) == languages

    def test_one(self) -> None:
        (item,) = exporter("items", "AccumulatedDeficit", "--json").json["items"]
        amount = next(each for each in item["fields"] if each["name"] == "amount")
        assert amount["types"] == ["Money"]
        assert amount["concepts"][0]["name"] == "RetainedEarningsAccumulatedDeficit"
        assert (amount["concepts"][0]["balance"], amount["concepts"][0]["sign"]) == ("credit", "inverted")
        assert "RetainedEarningsAccumulatedDeficit" in exporter("items", "AccumulatedDeficit").out

    def test_one_there_is_not(self) -> None:
        outcome = exporter("items", "AcumulatedDeficit", "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:usage"])
        assert outcome.json["findings"][0]["mend"] == "did you mean AccumulatedDeficit?"

    def test_schemas(self) -> None:
        whole = json.loads(exporter("schema").out)
        assert "OwnershipInterest" in whole["$defs"]
        one = json.loads(exporter("schema", "OwnershipInterest").out)
        assert one["$ref"] == "#/$defs/OwnershipInterest"
        assert exporter("schema", "--json").json == {"findings": [], "schema": whole}
        assert json.loads(exporter("schema", "--format", "xbrl-json").out)["$schema"]

    def test_items_of_a_module(self, tmp_path: Path) -> None:
        module = tmp_path / "arpu_items.py"
        module.write_text(OWN_ITEMS, encoding="utf-8")
        assert "AverageRevenuePerUser" in exporter("items", "--items-module", module).out
        source = tmp_path / "own.yaml"
        source.write_text(
            "filing: {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}\nitems:\n"
            "  - {type: AverageRevenuePerUser, segment: broadband, amount: '¥4,000', over: FY2004}\n".replace(
                "FY2004", "{start: 2004-04-01, end: 2005-03-31}"
            ),
            encoding="utf-8",
        )
        assert exporter("export", source, "-o", tmp_path / "out").code == 1
        assert exporter("validate", source, "--items-module", module).code == 0
        assert exporter("export", source, "-o", tmp_path / "out", "--items-module", module).code == 0
        report = tmp_path / "out" / "iij-20050331.xbrl"
        back = exporter("convert", report, "-o", tmp_path / "back.items.json", "--items-module", module, "--json")
        assert (back.code, back.json["items"]) == (0, 1)

    def test_a_module_that_is_not_there_or_has_no_items(self) -> None:
        for name in ("no_such_module_at_all", "json"):
            outcome = exporter("items", "--items-module", name, "--json")
            assert (outcome.code, outcome.codes) == (2, ["exporter:moduleNotImported"])

    def test_a_module_that_breaks(self, tmp_path: Path) -> None:
        module = tmp_path / "broken_items.py"
        module.write_text("1 / 0\n", encoding="utf-8")
        outcome = exporter("items", "--items-module", module, "--json")
        assert (outcome.code, outcome.codes) == (2, ["exporter:moduleNotImported"])
        assert "ZeroDivisionError" in outcome.json["findings"][0]["message"]

    def test_a_module_may_not_take_the_name_of_another_item(self, tmp_path: Path) -> None:
        module = tmp_path / "taking_items.py"
        module.write_text(OWN_ITEMS.replace("class AverageRevenuePerUser", "class NetLoss"), encoding="utf-8")
        assert exporter("items", "--items-module", module).code == 2


class TestItemsOfOneClass:
    def test_every_class_shows_an_example_that_is_valid(self, tmp_path: Path) -> None:
        from exporter.disclosures import DISCLOSURES

        path = tmp_path / "one.yaml"
        for cls in DISCLOSURES:
            _, _, example = exporter("items", cls.__name__).out.partition("in a file of items (YAML):\n\n")
            path.write_text(
                "filing: {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}\nitems:\n" + example,
                encoding="utf-8",
            )
            outcome = exporter("validate", path)
            assert outcome.code == 0, (cls.__name__, outcome.out, example)

    def test_people_and_machines_get_the_values_to_choose_from(self) -> None:
        shown = exporter("items", "SecuritiesHolding").out
        assert "values of basis:\n  book_value\tBook Value\n" in shown
        assert "an amount with its currency, as printed (unit: a currency), or {unknown: why}" in shown
        (item,) = exporter("items", "SecuritiesHolding", "--json").json["items"]
        fields = {field["name"]: field for field in item["fields"]}
        assert [value["value"] for value in fields["basis"]["values"]][:2] == ["book_value", "fair_value"]
        assert (fields["amount"]["required"], fields["amount"]["units"]) == (True, ["a currency"])
        assert item["example"].startswith("- type: SecuritiesHolding\n")
