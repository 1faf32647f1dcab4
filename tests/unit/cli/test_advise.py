"""``exporter advise`` and ``exporter concepts``."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.support.standard_package import CORE, CORE_ENTRY, write_standard_package
from tests.unit.cli.running import exporter

MODULE = """\
import exporter as ex


@ex.report_item(label="Land")
class LandHolding:
    amount: ex.Money = ex.concept("Land", balance="debit", label="Land")
    towns: int | None = ex.concept("TownsIn2004", type="nonNegativeIntegerItemType", label="Towns", default=None)
    at: ex.Instant = ex.period()
"""
SOURCE = """\
filing: {entity: {cik: 0001090633}, prefix: acme, period_end: 2005-03-31}
items:
  - {type: LandHolding, amount: ¥34.4 billion, towns: 3, at: 2005-03-31}
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return write_standard_package(tmp_path / "standard.zip")


@pytest.fixture
def items(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, Path]:
    module = tmp_path / f"land_items_{abs(hash(request.node.name)) % 10**8}.py"
    module.write_text(MODULE, encoding="utf-8")
    path = tmp_path / "land.yaml"
    path.write_text(SOURCE, encoding="utf-8")
    return path, module


def test_advice_on_what_items_make(items: tuple[Path, Path], package: Path) -> None:
    path, module = items
    done = exporter("advise", path, "--items-module", module, "--taxonomy-package", package, "--json")
    said = {(one["location"]["item"], one["code"]): one for one in done.json["findings"]}
    assert done.code == 0
    needless = said["acme:Land", "exporter:needlessExtension"]
    assert "core:Land" in needless["mend"]
    assert needless["location"]["file"] == str(path)
    assert ("acme:TownsIn2004", "exporter:periodInName") in said


def test_advice_on_an_extension_names_the_lines_of_its_schema(
    items: tuple[Path, Path], package: Path, tmp_path: Path
) -> None:
    path, module = items
    build = tmp_path / "build"
    assert exporter("export", path, "-o", build, "--items-module", module, "-q").code == 0
    (schema,) = build.glob("*.xsd")
    done = exporter("advise", schema, "--taxonomy-package", package, "--anchoring", "--json")
    (needless,) = [one for one in done.json["findings"] if one["code"] == "exporter:needlessExtension"]
    line = schema.read_text(encoding="utf-8").splitlines()[needless["location"]["line"] - 1]
    assert 'name="Land"' in line
    assert "exporter:unanchoredConcept" in done.codes
    (zipped,) = build.glob("*-taxonomy.zip")
    again = exporter("advise", zipped, "--taxonomy-package", package, "--anchoring", "--json")
    assert again.codes == done.codes


def test_warnings_count_where_they_should(items: tuple[Path, Path], package: Path) -> None:
    path, module = items
    done = exporter("advise", path, "--items-module", module, "--taxonomy-package", package, "--strict")
    assert done.code == 1
    assert "exporter:needlessExtension" in done.out
    assert exporter("advise", path, "--items-module", module, "--sarif").code == 0


def test_no_such_file(tmp_path: Path) -> None:
    for name in ("none.xsd", "none.zip", "none.yaml"):
        done = exporter("advise", tmp_path / name, "--json")
        assert (done.code, done.codes) == (2, ["exporter:unreadableFile"])


def test_concepts_are_found_by_words(package: Path) -> None:
    done = exporter("concepts", "sales", "--taxonomy-package", package, "--entry-point", CORE_ENTRY, "--json")
    first = done.json["concepts"][0]
    assert done.code == 0
    assert (first["name"], first["namespace"], first["score"]) == ("core:Sales", CORE, 1.0)
    assert (first["type"], first["period"], first["balance"]) == ("monetaryItemType", "duration", "credit")


def test_concepts_by_japanese_labels_and_filters(package: Path) -> None:
    found = exporter("concepts", "売上", "--taxonomy-package", package, "--json").json["concepts"]
    assert found[0]["name"] == "core:Sales"
    found = exporter(
        "concepts", "loans", "--period", "instant", "--balance", "credit", "--items-only", "--limit", "2",
        "--taxonomy-package", package, "--json",
    ).json["concepts"]  # fmt: skip
    assert found[0]["name"] == "core:Loans"
    assert len(found) == 2


def test_concepts_are_found_although_a_file_of_labels_is_missing(package: Path, tmp_path: Path) -> None:
    poorer = tmp_path / "poorer.zip"
    with zipfile.ZipFile(package) as whole, zipfile.ZipFile(poorer, "w") as archive:
        missing = min(name for name in whole.namelist() if name.endswith(".xml") and "lab" in name.rpartition("/")[2])
        for name in whole.namelist():
            if name != missing:
                archive.writestr(name, whole.read(name))
    done = exporter("concepts", "Sales", "--taxonomy-package", poorer, "--json")
    assert done.code == 0
    assert done.json["concepts"][0]["name"] == "core:Sales"
    assert [(one["code"], one["severity"]) for one in done.json["findings"]] == [("oime:invalidTaxonomy", "warning")]
    assert missing.rpartition("/")[2] in done.json["findings"][0]["message"]
    done = exporter("concepts", "Sales", "--taxonomy-package", poorer, "--json", "--strict")
    assert done.code == 1
    assert "concepts" not in done.json


def test_concepts_as_a_table(package: Path) -> None:
    done = exporter("concepts", "cash", "--taxonomy-package", package)
    assert done.out.splitlines()[0].split("\t") == ["score", "concept", "label", "type", "period", "balance"]
    assert done.out.splitlines()[1].split("\t")[1] == "core:Cash"


def test_an_entry_point_that_is_not_there(package: Path) -> None:
    done = exporter(
        "concepts", "x", "--taxonomy-package", package, "--entry-point", "http://none.example.com", "--json"
    )
    assert done.code == 1
    assert done.codes == ["exporter:noEntryPoint"]
    assert CORE_ENTRY in done.json["findings"][0]["mend"]


ANCHORED = """\
import exporter as ex


@ex.report_item(label="Forest")
class Forest(ex.ReportItem):
    wood: ex.Money | None = ex.concept(
        "StandingWood", balance="debit", wider=["core:Land"], label="Standing Wood", default=None
    )
    sheep: ex.Money | None = ex.concept("Sheep", balance="debit", label="Sheep", default=None)
    at: ex.Instant = ex.period()
"""
PROFILE = f"""\
title = "Core"
[taxonomies.core]
namespace = "{CORE}"
schema = "{CORE_ENTRY}"
package = "Standard 2024"
"""


def test_anchors_are_exported_and_only_what_has_none_is_told(package: Path, tmp_path: Path) -> None:
    module, profile, source = tmp_path / "anchored_items.py", tmp_path / "core.toml", tmp_path / "forest.yaml"
    module.write_text(ANCHORED, encoding="utf-8")
    profile.write_text(PROFILE, encoding="utf-8")
    line = "- {type: Forest, at: 2005-03-31, wood: ¥34.4 billion, sheep: ¥1 billion}\n"
    source.write_text(SOURCE.partition("items:")[0] + "items:\n" + line, encoding="utf-8")
    build = tmp_path / "build"
    own = ("--items-module", module, "--profile", profile)
    done = exporter("export", source, "-o", build, *own, "--taxonomy-package", package, "--format", "xbrl-xml", "-q")
    assert (done.code, done.err) == (0, "")
    (schema,) = build.glob("*.xsd")
    assert exporter("validate", schema, "--taxonomy-package", package).code == 0
    for told in (
        exporter("advise", schema, "--anchoring", "--taxonomy-package", package, "--json"),
        exporter("advise", source, *own, "--anchoring", "--taxonomy-package", package, "--json"),
    ):
        found = [one for one in told.json["findings"] if one["code"] == "exporter:unanchoredConcept"]
        assert [one["location"]["item"] for one in found] == ["acme:Sheep"]


STATEMENT = """\
filing: {entity: {cik: "0001234567"}, period_end: 2024-12-31, prefix: acme, profile: sec-us-gaap, release: 2024}
items:
  - type: IncomeStatement
    title: Consolidated Statements of Income
    columns: [{start: 2024-01-01, end: 2024-12-31}]
    rows:
      - {label: Net sales, values: ["9,000"]}
      - {label: Ship hire, values: ["(5,000)"], own: true}
      - {label: Ballast income, concept: BallastIncome, values: ["4,000"]}
"""


def test_concepts_are_proposed_for_rows_that_name_none(tmp_path: Path) -> None:
    path = tmp_path / "statement.yaml"
    path.write_text(STATEMENT, encoding="utf-8")
    done = exporter("advise", path, "--json")
    (proposal,) = [entry for entry in done.json["findings"] if entry["code"] == "exporter:conceptProposed"]
    assert done.code == 0
    assert proposal["severity"] == "info"
    assert proposal["location"]["line"] == 7
    assert "'Net sales' names no concept" in proposal["message"]
    assert "us-gaap:" in proposal["mend"]


@pytest.mark.parametrize("syntax", ["yaml", "xbri", "xbrl"])
def test_an_earlier_filing_in_any_syntax_shows_what_was_chosen(syntax: str, tmp_path: Path) -> None:
    last = tmp_path / "last.yaml"
    last.write_text(STATEMENT, encoding="utf-8")
    assert exporter("export", last, "-o", tmp_path / "last", "-q").code == 0
    previous = last if syntax == "yaml" else next((tmp_path / "last").glob(f"*.{syntax}"))
    path = tmp_path / "next.yaml"
    path.write_text(STATEMENT.replace("concept: BallastIncome, ", "").replace("2024", "2025"), encoding="utf-8")
    done = exporter("advise", path, "--like", previous, "--json")
    proposals = [entry["mend"] for entry in done.json["findings"] if entry["code"] == "exporter:conceptProposed"]
    assert len(proposals) == 2
    assert "say concept: BallastIncome" in proposals[-1]


def test_an_earlier_filing_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "statement.yaml"
    path.write_text(STATEMENT, encoding="utf-8")
    (tmp_path / "last.xbrl").write_text("<xbrl", encoding="utf-8")
    done = exporter("advise", path, "--like", tmp_path / "last.xbrl", "--json")
    assert done.code == 1
    assert "last.xbrl" in str(done.json["findings"])
