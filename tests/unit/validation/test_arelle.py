from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.errors import ExporterError, MissingExtraError, ReadError
from exporter.findings import Severity
from exporter.packages.taxonomy_package import EntryPoint, PackageMetadata, write_taxonomy_package
from exporter.taxonomy import Taxonomy
from exporter.taxonomy.write.linkbases import write_taxonomy
from exporter.validation import arelle
from exporter.validation.arelle import ArelleVerdict, ask_arelle, facts_seen_by_arelle, validate_with_arelle
from tests.strategies.taxonomies import NAMESPACE, everything

pytestmark = [
    pytest.mark.door("arelle"),
    pytest.mark.skipif(importlib.util.find_spec("arelle") is None, reason="the extra arelle is not installed"),
]

URL = "http://www.example.com/20050331/"
REPORT = f"""<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:abc="{NAMESPACE}" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:xbrldi="http://xbrl.org/2006/xbrldi">
 <link:schemaRef xlink:type="simple" xlink:href="HREF"/>
 <xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001090633</xbrli:identifier>
 </xbrli:entity><xbrli:period><xbrli:instant>2005-03-31</xbrli:instant></xbrli:period></xbrli:context>
 <xbrli:context id="d"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001090633</xbrli:identifier>
 </xbrli:entity><xbrli:period><xbrli:startDate>2004-04-01</xbrli:startDate><xbrli:endDate>2005-03-31</xbrli:endDate>
 </xbrli:period><xbrli:scenario><xbrldi:explicitMember dimension="abc:RegionAxis">abc:JapanMember
 </xbrldi:explicitMember></xbrli:scenario></xbrli:context>
 <xbrli:context id="t"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001090633</xbrli:identifier>
 </xbrli:entity><xbrli:period><xbrli:instant>2005-03-31</xbrli:instant></xbrli:period><xbrli:scenario>
 <xbrldi:typedMember dimension="abc:LotAxis"><abc:LotDomain>AB1</abc:LotDomain></xbrldi:typedMember>
 <xbrldi:typedMember dimension="abc:DayAxis"><abc:DayDomain>2005-01-01</abc:DayDomain></xbrldi:typedMember>
 </xbrli:scenario></xbrli:context>
 <xbrli:unit id="JPY"><xbrli:measure>iso4217:JPY</xbrli:measure></xbrli:unit>
 <xbrli:unit id="shares"><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>
 <abc:Cash contextRef="c" unitRef="JPY" decimals="-6">5000000</abc:Cash>
 <abc:CurrentAssets contextRef="c" unitRef="JPY" decimals="-6">7000000</abc:CurrentAssets>
 <abc:Sales contextRef="d" unitRef="JPY" xsi:nil="true"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>
 <abc:LotSize contextRef="t" unitRef="shares" decimals="INF">12</abc:LotSize>
 <abc:Grade contextRef="d2" xml:lang="ja">A</abc:Grade>
 <xbrli:context id="d2"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0001090633</xbrli:identifier>
 </xbrli:entity><xbrli:period><xbrli:forever/></xbrli:period></xbrli:context>
</xbrli:xbrl>"""


def put(folder: Path, taxonomy: Taxonomy, name: str = "abc") -> Path:
    folder.mkdir(exist_ok=True)
    for file, data in write_taxonomy(taxonomy, name).items():
        (folder / file).write_bytes(data)
    return folder / f"{name}.xsd"


def package(path: Path) -> Path:
    metadata = PackageMetadata(
        identifier=URL + "package",
        names={"en": "Extension", "ja": "拡張"},
        version="1",
        publication_date="2005-07-29",
        publishers={"en": "Example"},
        entry_points=[EntryPoint(documents=[URL + "abc.xsd"], names={"en": "All"})],
    )
    files = {f"www.example.com/20050331/{name}": data for name, data in write_taxonomy(everything(), "abc").items()}
    with path.open("wb") as stream:
        write_taxonomy_package(stream, metadata, files, "abc-20050331", rewrites={URL: "www.example.com/20050331/"})
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("arelle")
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def verdicts(folder: Path) -> dict[str, ArelleVerdict]:
    """Everything asked in one run, for starting costs seconds."""
    good = everything()
    put(folder / "good", good)
    wrong = [evolve(one, weight=None if one.weight is None else -one.weight) for one in good.relationships]
    put(folder / "wrong", evolve(good, relationships=wrong))
    (folder / "report.xbrl").write_text(REPORT.replace("HREF", "good/abc.xsd"))
    (folder / "packaged.xbrl").write_text(REPORT.replace("HREF", URL + "abc.xsd"))
    report = REPORT.replace("HREF", "good/abc.xsd")
    (folder / "broken.xbrl").write_text(report.replace(">5000000<", ">five<"))
    (folder / "lost.xbrl").write_text(REPORT.replace("HREF", "http://nowhere.example/abc.xsd"))
    zipped = package(folder / "abc-20050331.zip")
    names = ["good/abc.xsd", "wrong/abc.xsd", "report.xbrl", "packaged.xbrl", "broken.xbrl", "lost.xbrl", zipped.name]
    answers = ask_arelle([folder / name for name in names], packages=[zipped], calc="round", facts=True)
    return dict(zip(names, answers, strict=True))


def test_a_taxonomy_that_uses_everything_has_no_findings(verdicts: dict[str, ArelleVerdict]) -> None:
    assert verdicts["good/abc.xsd"].findings == ()


def test_faults_of_a_taxonomy_are_found(verdicts: dict[str, ArelleVerdict]) -> None:
    """Sums of one balance with the wrong sign."""
    findings = verdicts["wrong/abc.xsd"].findings
    assert {finding.severity for finding in findings} == {Severity.ERROR}
    assert all(finding.location.file and finding.location.file.endswith("wrong/abc_cal.xml") for finding in findings)
    assert all(finding.location.line for finding in findings)


def test_the_taxonomy_package_has_no_findings(verdicts: dict[str, ArelleVerdict]) -> None:
    assert verdicts["abc-20050331.zip"].findings == ()


def test_calculations_are_checked_by_the_taxonomy_written(verdicts: dict[str, ArelleVerdict]) -> None:
    (finding,) = verdicts["report.xbrl"].findings
    assert finding.code == "calc11e:inconsistentCalculationUsingRounding"
    assert finding.is_error
    assert finding.location.file is not None
    assert finding.location.file.endswith("report.xbrl")


def test_packages_map_public_urls(verdicts: dict[str, ArelleVerdict]) -> None:
    assert verdicts["packaged.xbrl"].facts == verdicts["report.xbrl"].facts
    assert len(verdicts["packaged.xbrl"].facts) == 5


def test_broken_reports_are_errors_with_a_place(verdicts: dict[str, ArelleVerdict]) -> None:
    findings = [one for one in verdicts["broken.xbrl"].findings if one.code == "xmlSchema:valueError"]
    assert findings
    assert findings[0].location.line == REPORT[: REPORT.index("<abc:Cash")].count("\n") + 1
    assert not verdicts["broken.xbrl"].is_valid


def test_nothing_is_fetched(verdicts: dict[str, ArelleVerdict]) -> None:
    assert not verdicts["lost.xbrl"].is_valid
    assert verdicts["lost.xbrl"].facts == ()


def test_the_facts_seen(verdicts: dict[str, ArelleVerdict]) -> None:
    facts = {fact["concept"].rpartition("}")[2]: fact for fact in verdicts["report.xbrl"].facts}
    cash = {name: facts["Cash"][name] for name in ("value", "decimals", "unit", "entity", "period", "dimensions")}
    assert cash == {
        "value": "5000000",
        "decimals": "-6",
        "unit": [["{http://www.xbrl.org/2003/iso4217}JPY"], []],
        "entity": ["http://www.sec.gov/CIK", "0001090633"],
        "period": "2005-04-01T00:00:00",
        "dimensions": {},
    }
    assert facts["Sales"]["value"] is None
    assert facts["Sales"]["period"] == "2004-04-01T00:00:00/2005-04-01T00:00:00"
    assert facts["Sales"]["dimensions"] == {f"{{{NAMESPACE}}}RegionAxis": f"{{{NAMESPACE}}}JapanMember"}
    assert facts["LotSize"]["dimensions"] == {
        f"{{{NAMESPACE}}}LotAxis": {"typed": "AB1"},
        f"{{{NAMESPACE}}}DayAxis": {"typed": "2005-01-01"},
    }
    assert (facts["Grade"]["language"], facts["Grade"]["period"]) == ("ja", None)


def test_the_same_facts_from_json(folder: Path, verdicts: dict[str, ArelleVerdict]) -> None:
    (folder / "report.json").write_text(
        '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json", "taxonomy": ["good/abc.xsd"], '
        f'"namespaces": {{"abc": "{NAMESPACE}", "cik": "http://www.sec.gov/CIK", '
        '"iso4217": "http://www.xbrl.org/2003/iso4217"}}, "facts": {"f1": {"value": "5000000", "decimals": -6, '
        '"dimensions": {"concept": "abc:Cash", "entity": "cik:0001090633", "period": "2005-04-01T00:00:00", '
        '"unit": "iso4217:JPY"}}}}'
    )
    (fact,) = facts_seen_by_arelle(folder / "report.json")
    (same,) = (one for one in verdicts["report.xbrl"].facts if one["concept"].endswith("}Cash"))
    assert {**fact, "id": None} == {**same, "id": None}


def test_nothing_of_the_users_is_touched(folder: Path, monkeypatch: pytest.MonkeyPatch, verdicts: object) -> None:
    home = folder / "home"
    home.mkdir()
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))
    before = sorted(os.listdir(folder / "good"))
    assert validate_with_arelle([folder / "good" / "abc.xsd"]) == []
    assert list(home.iterdir()) == []
    assert sorted(os.listdir(folder / "good")) == before


def test_missing_files_are_named() -> None:
    with pytest.raises(ReadError) as caught:
        validate_with_arelle(["none.xbrl"])
    assert caught.value.findings[0].code == "exporter:unreadableFile"


def test_nothing_to_ask() -> None:
    assert validate_with_arelle([]) == []


def test_a_time_limit(folder: Path, verdicts: object) -> None:
    with pytest.raises(ExporterError, match=r"within 0\.01 seconds"):
        validate_with_arelle([folder / "report.xbrl"], timeout=0.01)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="arelle"):
        validate_with_arelle(["none.xbrl"])


class TestPlugins:
    """Rules of regulators: how Arelle is told of them, and what is told where it cannot load them."""

    @pytest.fixture
    def asked(self, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
        jobs: list[dict[str, Any]] = []

        def run(job: dict[str, Any], timeout: float) -> list[dict[str, Any]]:
            jobs.append(job)
            return [{"messages": list(self.messages), "facts": []} for _ in job["entries"]]

        monkeypatch.setattr(arelle, "_run", run)
        return jobs

    messages: tuple[dict[str, Any], ...] = ()

    @pytest.mark.parametrize(("name", "plugin"), [("esef", "validate/ESEF"), ("edinet", "validate/EDINET")])
    def test_regulators_bring_their_rule_set(self, asked: list[dict[str, Any]], name: str, plugin: str) -> None:
        arelle.ask_arelle([__file__], plugins=[name])
        assert asked[0]["plugins"][-1] == plugin
        assert asked[0]["rules"] == name

    def test_others_are_given_by_path_or_name(self, asked: list[dict[str, Any]], tmp_path: Path) -> None:
        arelle.ask_arelle([__file__], plugins=[str(tmp_path), "saveDTS"])
        assert asked[0]["plugins"][-2:] == [str(tmp_path), "saveDTS"]
        assert asked[0]["rules"] is None

    def test_a_path_that_is_not_there(self, asked: list[dict[str, Any]]) -> None:
        with pytest.raises(ReadError):
            arelle.ask_arelle([__file__], plugins=["nowhere.py"])
        assert asked == []

    def test_no_verdict_without_the_plugin(self, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
        said = "Exception loading plug-in Validate ESMA ESEF: No module named 'tinycss2'\nTraceback …"
        message = {"code": "arelle:pluginLoadingError", "level": "error", "message": said, "refs": []}
        monkeypatch.setattr(TestPlugins, "messages", (message, message))
        with pytest.raises(ExporterError, match=r"No module named 'tinycss2'$"):
            arelle.ask_arelle([__file__], plugins=["esef"])
