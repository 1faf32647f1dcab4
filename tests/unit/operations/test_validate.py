"""Validating files of every kind, from the file to the verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from exporter.errors import PackageError
from exporter.findings import Finding, Severity
from exporter.model.datatypes import Facets
from exporter.model.report import Report
from exporter.model.standard_types import standard_type
from exporter.operations import validate as validating
from exporter.operations.validate import validate
from exporter.operations.write import write_report
from exporter.packages.taxonomy_package import EntryPoint, PackageMetadata, write_taxonomy_package
from exporter.taxonomy.concepts import Concept
from exporter.taxonomy.networks import SUMMATION_ITEM
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.unit.validation.subjects import CUBES, END, USD, arc, fact, own, report, sales, taxonomy

SCHEMA = "rules.xsd"
PUBLIC = "http://www.example.com/public/"
# Only what can be written: the types that the model does not support are left out.
_LEFT_OUT = {"Part", "Bundle", "Mystery", "ListAxis", "TokenAxis", "TreeAxis", "Barred"}
_DOMAINS = {"ListDomain", "TokenDomain", "TreeDomain"}


def _writable() -> Taxonomy:
    whole = taxonomy(arc(SUMMATION_ITEM, "Sales", "SalesInShop", CUBES, weight="1"))
    return evolve(
        whole,
        concepts=[one for one in whole.concepts if one.qname.local_name not in _LEFT_OUT],
        typed_domains=[one for one in whole.typed_domains if one.qname.local_name not in _DOMAINS],
        roles=[_role(uri) for uri in sorted({one.role for one in whole.relationships})],
    )


def _role(uri: str) -> Any:
    from exporter.taxonomy import RoleType

    return RoleType(uri=uri, id=uri.rpartition("/")[2])


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return write_taxonomy(_writable(), "rules")


@pytest.fixture
def folder(tmp_path: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


GOOD = report(sales(decimals=0), fact("Cash", "7", period=END, unit=USD, decimals=0), fact("Title", "x", language="en"))


def _write(folder: Path, name: str, content: Report) -> Path:
    vocabulary = _writable().vocabulary(SCHEMA)
    write_report(evolve(content, vocabulary=vocabulary), folder / name)
    return folder / name


def _codes(found: list[Finding]) -> list[str]:
    return [finding.code for finding in found]


@pytest.mark.parametrize("name", ["report.json", "report.xbrl"])
def test_a_report_without_fault_has_no_finding(folder: Path, name: str) -> None:
    assert validate(_write(folder, name, GOOD)) == []


@pytest.mark.parametrize("name", ["report.json", "report.xbrl"])
def test_rules_and_calculations_are_applied_with_file_and_fact(folder: Path, name: str) -> None:
    path = _write(folder, name, report(sales(decimals=0), sales(concept="SalesInShop", value="9", decimals=0)))
    (finding,) = validate(path)
    assert finding.code == "calc11e:inconsistentCalculationUsingRounding"
    assert (finding.location.file, finding.location.fact) == (str(path), "f-Sales")
    assert _codes(validate(path, calc="truncate")) == ["calc11e:inconsistentCalculationUsingTruncation"]
    assert validate(path, calc="none") == []


def test_the_reader_and_the_taxonomy_are_told_together(folder: Path) -> None:
    path = _write(folder, "report.json", GOOD)
    document = json.loads(path.read_text())
    document["documentInfo"]["taxonomy"] = ["absent.xsd"]
    document["facts"]["f-Title"]["value"] = 5
    path.write_text(json.dumps(document))
    assert _codes(validate(path)) == ["oime:invalidTaxonomy", "xbrlje:invalidJSONStructure"]


def test_xml_is_held_against_its_schemas(folder: Path) -> None:
    path = _write(folder, "report.xbrl", GOOD)
    text = path.read_text(encoding="utf-8")
    assert "<xbrli:entity>" in text
    path.write_text(text.replace("<xbrli:entity>", '<xbrli:entity hue="red">', 1), encoding="utf-8")
    found = validate(path)
    assert "exporter:xmlSchema" in _codes(found)
    assert all(finding.location.line for finding in found)


def test_text_of_a_derived_type_may_have_a_language(folder: Path) -> None:
    base = _writable()
    grade = standard_type("stringItemType").derive(own("gradeItemType"), Facets(enumeration=frozenset({"A", "B"})))
    concepts = [*base.concepts, Concept(qname=own("Grade"), datatype=grade, period_type="duration")]
    for name, content in write_taxonomy(evolve(base, concepts=concepts), "rules").items():
        (folder / name).write_bytes(content)
    path = _write(folder, "report.xbrl", report(fact("Grade", "A", language="en")))
    assert validate(path) == []
    path.write_text(path.read_text(encoding="utf-8").replace(">A<", ">C<"), encoding="utf-8")
    assert _codes(validate(path)) == ["oime:invalidFactValue"]


def test_a_public_schema_that_is_absent_is_an_error_unless_told_otherwise(folder: Path) -> None:
    path = _write(folder, "report.json", evolve(GOOD, taxonomy=[f"{PUBLIC}{SCHEMA}"]))
    (finding,) = validate(path)
    assert (finding.code, finding.severity) == ("exporter:taxonomyNotAtHand", Severity.ERROR)
    (finding,) = validate(path, strict=False)
    assert finding.severity is Severity.WARNING


@pytest.fixture
def package(tmp_path: Path, files: dict[str, bytes]) -> Path:
    metadata = PackageMetadata(
        identifier=f"{PUBLIC}rules.zip",
        names={"en": "Rules"},
        entry_points=[EntryPoint(documents=[f"{PUBLIC}{SCHEMA}"], names={"en": "Rules"})],
    )
    path = tmp_path / "rules.zip"
    with path.open("wb") as stream:
        inside = {f"t/{name}": content for name, content in files.items()}
        write_taxonomy_package(stream, metadata, inside, "rules", rewrites={PUBLIC: "t/"})
    return path


def test_the_taxonomy_may_come_from_a_package(tmp_path: Path, package: Path) -> None:
    bad = evolve(GOOD, taxonomy=[f"{PUBLIC}{SCHEMA}"], facts=[fact("Unheard", "5")])
    path = _write(tmp_path, "report.json", bad)
    assert _codes(validate(path, packages=[package])) == ["oime:unknownConcept"]


def test_a_package_and_a_schema_are_files_too(folder: Path, package: Path) -> None:
    assert validate(package) == []
    assert validate(folder / SCHEMA) == []
    linkbase = next(path for path in sorted(folder.iterdir()) if path.name.endswith("_def.xml"))
    linkbase.write_text("<broken>")
    assert "oime:invalidTaxonomy" in _codes(validate(folder / SCHEMA))
    package.write_bytes(b"no archive")
    assert _codes(validate(package)) == ["tpe:invalidArchiveFormat"]
    with pytest.raises(PackageError):
        validate(folder / SCHEMA, packages=[package])


@pytest.mark.parametrize("name", ["report.yaml", "report.json", "report.xbrl", "rules.xsd"])
def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path, name: str) -> None:
    (finding,) = validate(tmp_path / name)
    assert finding.is_error
    assert finding.location.file


def test_other_files_have_no_format(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    assert _codes(validate(tmp_path / "letter.txt")) == ["exporter:unknownFormat"]


def test_the_example_is_valid(tmp_path: Path) -> None:
    example = Path(__file__).parents[3] / "examples" / "iij-20f-2005" / "report.yaml"
    assert not [finding for finding in validate(example) if finding.is_error]


def test_findings_are_bounded_but_never_hide_that_there_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(validating, "MAX_FINDINGS", 3)
    warnings = [Finding(code="w", message=str(number), severity=Severity.WARNING) for number in range(9)]
    errors = [Finding(code="e", message=str(number)) for number in range(2)]
    monkeypatch.setattr(validating, "check_report", lambda *_, **__: iter([*warnings, *errors]))
    found = validate(_write(folder, "report.json", report(sales())))
    assert [finding.severity for finding in found] == ["warning"] * 3 + ["error", "info"]
    assert found[-1].code == "exporter:furtherFindings"


def test_arelle_is_asked_where_it_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def answer(paths: Any, **more: Any) -> list[Finding]:
        asked.append((paths, more))
        return [Finding(code="arelle:code", message="said")]

    monkeypatch.setattr("exporter.validation.arelle.validate_with_arelle", answer)
    path = folder / SCHEMA
    assert _codes(validate(path, engine="arelle", calc="truncate", packages=["p.zip"])) == ["arelle:code"]
    assert asked == [([path], {"packages": (Path("p.zip"),), "calc": "truncate", "plugins": ()})]
