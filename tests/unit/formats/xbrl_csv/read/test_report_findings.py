"""Every code of xBRL-CSV 1.0, each fault in a report that is right otherwise."""

from __future__ import annotations

import contextlib
import json
import random
from pathlib import Path
from typing import Any, Final

import pytest

from exporter.errors import ReadError
from exporter.formats.options import ReadOptions
from exporter.formats.xbrl_csv.read.report import iter_facts, read
from exporter.model.qname import QName
from exporter.model.report import Vocabulary
from exporter.model.standard_types import standard_type
from tests.unit.formats.xbrl_csv.reports import metadata, put

EX: Final = "http://example.com/tax"
TYPES: Final = {"Cash": "monetaryItemType", "Day": "dateItemType", "Text": "stringItemType", "Axis": "stringItemType"}
VOCABULARY: Final = Vocabulary(datatypes={QName(EX, name): standard_type(kind) for name, kind in TYPES.items()})
OPTIONS: Final = ReadOptions(load_vocabulary=lambda hrefs: VOCABULARY)

_NAMES: Final = """conflictingColumnType conflictingMetadataValue cycleInExtensionChain
 illegalExtensionOfFinalProperty illegalRedefinitionOfNonExtensibleProperty illegalUseOfNone invalidCSVFileFormat
 invalidConceptQName invalidDecimalsSuffix invalidDecimalsValue invalidDimensionValue invalidFactValue
 invalidHeaderValue invalidIdentifier invalidJSON invalidJSONStructure invalidLanguageCode invalidParameterCSVFile
 invalidPeriodRepresentation invalidPeriodSpecifier invalidPropertyGroupColumnReference invalidReference
 invalidReferenceTarget invalidRowIdColumn invalidRowIdentifier misplacedDecimalsOnNonFactColumn
 missingParametersFile missingRequiredCSVFile missingRowIdentifier multipleDocumentTypesInExtensionChain
 referenceTargetNotDuration repeatedColumnIdentifier repeatedPropertyGroupDecimalsProperty
 repeatedPropertyGroupDimension repeatedRowIdentifier undefinedRowIdColumn unknownColumn unknownLinkGroup
 unknownLinkSource unknownLinkTarget unknownLinkType unknownPropertyGroup unknownSpecialValue unknownTableTemplate
 unmappedCellValue unreferencedParameter unresolvableBaseMetadataFile"""
CODES: Final = _NAMES.split()

FACT: Final = {"dimensions": {"concept": "ex:Cash", "unit": "iso4217:JPY"}}
GROUPS: Final = {"propertyGroups": {"one": {"dimensions": {"ex:Axis": "ex:M"}, "decimals": 1}}}
LINKS: Final = {"linkTypes": {"see": "http://example.com/see"}, "linkGroups": {"g": "http://example.com/g"}}
BASE: Final = {"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv"}}


def columns(**more: Any) -> dict[str, Any]:
    return metadata(columns=more)


def value(dimension: str, text: str, **more: Any) -> dict[str, Any]:
    return metadata(dimensions={dimension: text}, **more)


def extending(base: dict[str, Any], **own: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return metadata(info={"extends": ["base.json"]}, **own), base


Case = tuple[str, Any, str] | tuple[str, Any, str, dict[str, Any]]

CASES: Final[list[Case]] = [
    ("conflictingColumnType", columns(x={**FACT, "comment": True}), "v\n1"),
    ("conflictingColumnType", columns(x={**GROUPS, "propertiesFrom": []}), "v\n1"),
    ("misplacedDecimalsOnNonFactColumn", columns(x={"decimals": 2}), "v\n1"),
    ("misplacedDecimalsOnNonFactColumn", columns(x={**GROUPS, "decimals": 2}), "v\n1"),
    ("illegalUseOfNone", metadata(), "v\n#none"),
    ("illegalUseOfNone", columns(v={**FACT, "propertiesFrom": ["g"]}, g=GROUPS), "v,g\n1,#none"),
    ("unknownPropertyGroup", columns(v={**FACT, "propertiesFrom": ["g"]}, g=GROUPS), "v,g\n1,two"),
    ("invalidPropertyGroupColumnReference", columns(v={**FACT, "propertiesFrom": ["x"]}), "v\n1"),
    ("invalidPropertyGroupColumnReference", columns(v={**FACT, "propertiesFrom": ["g", "g"]}, g=GROUPS), "v\n1"),
    ("repeatedPropertyGroupDimension", columns(v={**FACT, "propertiesFrom": ["g", "h"]}, g=GROUPS, h=GROUPS), "v\n1"),
    ("repeatedPropertyGroupDecimalsProperty",
     columns(v={**FACT, "propertiesFrom": ["g", "h"]}, g=GROUPS, h={"propertyGroups": {"x": {"decimals": 1}}}), "v\n1"),
    ("invalidCSVFileFormat", metadata(), 'v\n"1'),
    ("invalidConceptQName", value("ex:Axis", "ex:M", columns={"v": {"dimensions": {"concept": "Cash"}}}), "v\n1"),
    ("invalidConceptQName", columns(v={"dimensions": {"concept": "$c"}}, c={}), "v,c\n1,#nil"),
    ("invalidDecimalsSuffix", metadata(), "v\n1d"),
    ("invalidDecimalsSuffix", metadata(), "v\n1d+2"),
    ("invalidDecimalsSuffix", metadata(), "v\n1d1.0"),
    ("invalidDecimalsValue", metadata(template={"decimals": "2"}), "v\n1"),
    ("invalidDecimalsValue", metadata(template={"decimals": "$d"}, columns={"d": {}}), "v,d\n1,x"),
    ("invalidDecimalsValue", metadata(template={"decimals": "$d"}, parameters={"d": "INF"}), "v\n1"),
    ("invalidDimensionValue", value("ex:Axis", "M"), "v\n1"),
    ("invalidDimensionValue", value("ex:Axis", "$m", columns={"m": {}}), "v,m\n1,#nil"),
    ("invalidFactValue", metadata(), "v\n1 000"),
    ("invalidFactValue", metadata(), "v\n#empty"),
    ("invalidFactValue", metadata(), "v\n\u0661"),
    ("invalidFactValue", columns(v={"dimensions": {"concept": "ex:Day"}}), "v\n2024-02-30"),
    ("invalidFactValue", columns(v={"dimensions": {"concept": "ex:Text"}}), "v\na\x07b"),
    ("invalidHeaderValue", metadata(), "v;w\n1;2"),
    ("invalidHeaderValue", metadata(), "v, w\n1,2"),
    ("unknownColumn", metadata(), "v,w\n1,2"),
    ("repeatedColumnIdentifier", metadata(), "v,v\n1,2"),
    ("invalidIdentifier", columns(**{"a.b": {}}), "v\n1"),
    ("invalidIdentifier", metadata(parameters={"1": "x"}), "v\n1"),
    ("invalidJSON", '{"documentInfo": {', "v\n1"),
    ("invalidJSON", json.dumps(metadata())[:-1] + ', "tables": {}}', "v\n1"),
    ("invalidJSON", json.dumps(metadata()).replace('"v"', '"\\ud800"'), "v\n1"),
    ("invalidJSONStructure", metadata(x=1), "v\n1"),
    ("invalidJSONStructure", metadata(decimals=None), "v\n1"),
    ("invalidJSONStructure", metadata(links={"see": []}), "v\n1"),
    ("invalidJSONStructure", value("noteId", "n"), "v\n1"),
    ("invalidJSONStructure", value("xbrl:unit", "n"), "v\n1"),
    ("invalidJSONStructure", metadata(template={"columns": []}), "v\n1"),
    ("invalidJSONStructure", metadata(info={"features": {"xbrl:unheardOf": 1}}), "v\n1"),
    ("invalidJSONStructure", metadata(table={"optional": 1}), "v\n1"),
    ("invalidLanguageCode", value("language", "english language"), "v\n1"),
    ("invalidLanguageCode", columns(v={"dimensions": {"concept": "ex:Text", "language": "$l"}}, l={}), "v,l\nx,e_n"),
    ("invalidParameterCSVFile", metadata(parameterURL="t2.csv"), "v\n1", {"second": "name;value\n"}),
    ("invalidParameterCSVFile", metadata(parameterURL="t2.csv"), "v\n1", {"second": "name,value\na,\n"}),
    ("invalidParameterCSVFile", metadata(parameterURL="t2.csv"), "v\n1", {"second": "name,value\na,1\na,2\n"}),
    ("missingParametersFile", metadata(parameterURL="none.csv"), "v\n1"),
    ("missingParametersFile", metadata(parameterURL="../t.csv"), "v\n1"),
    ("invalidPeriodRepresentation", value("period", "2024-13"), "v\n1"),
    ("invalidPeriodRepresentation", value("period", "$p", columns={"p": {}}), "v,p\n1,soon"),
    ("invalidPeriodSpecifier", value("period", "$p@middle", columns={"p": {}}), "v,p\n1,2024"),
    ("referenceTargetNotDuration", value("period", "$p@end", columns={"p": {}}), "v,p\n1,2024@end"),
    ("invalidReference", value("period", "$a b"), "v\n1"),
    ("invalidReference", value("unit", "$u@end", columns={"u": {}}), "v\n1"),
    ("invalidReferenceTarget", value("period", "$p"), "v\n1"),
    ("invalidReferenceTarget", value("period", "$v"), "v\n1"),
    ("invalidRowIdColumn", metadata(template={"rowIdColumn": "c"}, columns={"c": {"comment": True}}), "v\n1"),
    ("undefinedRowIdColumn", metadata(template={"rowIdColumn": "c"}), "v\n1"),
    ("invalidRowIdentifier", metadata(template={"rowIdColumn": "c"}, columns={"c": {}}), "c,v\na b,1"),
    ("missingRowIdentifier", metadata(template={"rowIdColumn": "c"}, columns={"c": {}}), "c,v\n,1"),
    ("repeatedRowIdentifier", metadata(template={"rowIdColumn": "c"}, columns={"c": {}}), "c,v\na,1\na,2"),
    ("missingRequiredCSVFile", metadata(table={"url": "none.csv"}), "v\n1"),
    ("missingRequiredCSVFile", metadata(table={"url": "../other/t.csv", "optional": True}), "v\n1"),
    ("missingRequiredCSVFile", metadata(table={"url": "http://localhost/t.csv"}), "v\n1"),
    ("missingRequiredCSVFile", metadata(table={"url": "%2e%2e/report/../../etc/passwd"}), "v\n1"),
    ("unknownTableTemplate", metadata(table={"template": "other"}), "v\n1"),
    ("unknownSpecialValue", metadata(), "v\n#Nil"),
    ("unknownSpecialValue", value("ex:Axis", "#x"), "v\n1"),
    ("unknownSpecialValue", value("ex:Axis", "$m", parameters={"m": "#x"}), "v\n1"),
    ("unmappedCellValue", metadata(), "v,\n1,x"),
    ("unmappedCellValue", metadata(), "v\n1,x"),
    ("unmappedCellValue", columns(x={}), "v,x\n1,y"),
    ("unmappedCellValue", columns(g=GROUPS), "v,g\n1,one"),
    ("unreferencedParameter", metadata(parameters={"p": "1"}), "v\n1"),
    ("unreferencedParameter", metadata(table={"parameters": {"p": "1"}}), "v\n1"),
    ("unknownLinkType", metadata(info=LINKS, links={"x": {"g": {"t.r_1.v": ["t.r_1.v"]}}}), "v\n1"),
    ("unknownLinkGroup", metadata(info=LINKS, links={"see": {"x": {"t.r_1.v": ["t.r_1.v"]}}}), "v\n1"),
    ("unknownLinkSource", metadata(info=LINKS, links={"see": {"g": {"t.r_2.v": ["t.r_1.v"]}}}), "v\n1"),
    ("unknownLinkTarget", metadata(info=LINKS, links={"see": {"g": {"t.r_1.v": ["t.r_1.w"]}}}), "v\n1"),
    ("unresolvableBaseMetadataFile", metadata(info={"extends": ["none.json"]}), "v\n1"),
    ("unresolvableBaseMetadataFile", metadata(info={"extends": ["../other/base.json"]}), "v\n1", {"base": BASE}),
    ("cycleInExtensionChain", metadata(info={"extends": ["report.json"]}), "v\n1"),
    ("cycleInExtensionChain", metadata(info={"extends": ["base.json"]}), "v\n1",
     {"base": {"documentInfo": {**BASE["documentInfo"], "extends": ["base.json"]}}}),
    ("multipleDocumentTypesInExtensionChain", metadata(info={"extends": ["base.json"]}), "v\n1",
     {"base": {"documentInfo": {"documentType": "https://xbrl.org/CR/xbrl-csv"}}}),
    ("conflictingMetadataValue", metadata(info={"extends": ["base.json"]}, parameters={"p": "1"}), "v\n1",
     {"base": {**BASE, "parameters": {"p": "2"}}}),
    ("illegalRedefinitionOfNonExtensibleProperty", metadata(info={"extends": ["base.json"]}, decimals=1), "v\n1",
     {"base": {**BASE, "decimals": 2}}),
    ("illegalExtensionOfFinalProperty", metadata(info={"extends": ["base.json"]}), "v\n1",
     {"base": {"documentInfo": {**BASE["documentInfo"], "final": {"tables": True}}}}),
]  # fmt: skip

OTHER_CASES: Final[list[Case]] = [
    ("oime:missingConceptDimension", columns(v={"dimensions": {}}), "v\n1"),
    ("oime:misplacedDecimalsProperty", metadata(decimals=2), "v\n#nil"),
    ("oime:unknownConcept", columns(v={"dimensions": {"concept": "xbrl:other"}}), "v\n1"),
    ("oime:missingLanguageForNoteFact", columns(v={"dimensions": {"concept": "xbrl:note"}}), "v\nx"),
    ("oime:misplacedNoteFactDimension", columns(v={"dimensions": {"concept": "xbrl:note", "language": "en"}}), "v\nx"),
    ("oime:unusedNoteFact",
     columns(v={"dimensions": {"concept": "xbrl:note", "language": "en", "entity": "#none", "period": "#none"}}),
     "v\nx"),
    ("oime:invalidXHTMLFragment",
     columns(v={"dimensions": {"concept": "xbrl:note", "language": "en", "entity": "#none", "period": "#none"}}),
     "v\n<p>"),
    ("oime:illegalStandardFootnoteTarget",
     metadata(info={"linkTypes": {"footnote": "http://www.xbrl.org/2003/arcrole/fact-footnote"},
                    "linkGroups": {"_": "http://www.xbrl.org/2003/role/link"}},
              links={"footnote": {"_": {"t.r_1.v": ["t.r_1.v"]}}}), "v\n1"),
    ("oime:noTaxonomy", metadata(info={"taxonomy": []}), "v\n1"),
    ("oime:invalidBaseURL", metadata(info={"baseURL": "x"}), "v\n1"),
    ("oime:illegalPureUnit", columns(v={"dimensions": {"concept": "ex:Cash", "unit": "xbrli:pure"}}), "v\n1"),
    ("oimce:unboundPrefix", value("ex:Axis", "ex:M", columns={"v": {"dimensions": {"concept": "no:Cash"}}}), "v\n1"),
    ("oimce:invalidSQName", value("entity", "$e", columns={"e": {}}), "v,e\n1,a b"),
    ("oimce:invalidUnitStringRepresentation",
     columns(v={"dimensions": {"concept": "ex:Cash", "unit": "$u"}}, u={}), "v,u\n1,(iso4217:JPY)"),
    ("oimce:unsupportedDocumentType", metadata(info={"documentType": "https://xbrl.org/CR/2021/xbrl-csv"}), "v\n1"),
    ("oimce:unsupportedDocumentType", "[]", "v\n1"),
    ("oimce:multipleAliasesForURI", metadata(info={"extends": ["base.json"]}), "v\n1",
     {"base": {"documentInfo": {**BASE["documentInfo"], "namespaces": {"b": EX}}}}),
    ("exporter:limitExceeded", metadata(), "v\n1d1234567890"),
    ("exporter:limitExceeded", metadata(), f"v\n{'1' * 20_000}"),
    ("exporter:limitExceeded", metadata(**{"ex:deep": json.loads("[" * 500 + "]" * 500)}), "v\n1"),
]  # fmt: skip


def report(folder: Path, tree: Any, table: str, files: dict[str, Any] | None = None) -> Path:
    others = dict(files or {})
    second = [others.pop("second")] if "second" in others else []
    return put(folder / "report", tree, table, *second, **others)


@pytest.mark.parametrize("case", CASES + OTHER_CASES, ids=lambda case: str(case[0]))
def test_the_fault_is_found_with_its_place(tmp_path: Path, case: Case) -> None:
    path = report(tmp_path, *case[1:])
    with pytest.raises(ReadError) as caught:
        read(path, OPTIONS)
    findings = caught.value.findings
    expected = case[0] if ":" in case[0] else f"xbrlce:{case[0]}"
    assert expected in {finding.code for finding in findings}
    assert all(finding.location.file and finding.location.file.startswith(str(tmp_path)) for finding in findings)
    with pytest.raises(ReadError) as again:
        list(iter_facts(path, OPTIONS))
    assert again.value.findings == findings


def test_every_code_is_here() -> None:
    assert {case[0] for case in CASES} == set(CODES)


def test_all_faults_are_told_together(tmp_path: Path) -> None:
    tree = metadata(columns={"l": {}})
    path = report(tmp_path, tree, "v,l\nx,\n1,\n#no,y\n5,\n")
    with pytest.raises(ReadError) as caught:
        read(path, OPTIONS)
    assert [(finding.code, finding.location.cell, finding.location.line) for finding in caught.value.findings] == [
        ("xbrlce:invalidFactValue", "A2", 2),
        ("xbrlce:unknownSpecialValue", "A4", 4),
        ("xbrlce:unmappedCellValue", "B4", 4),
    ]
    assert caught.value.findings[0].location.fact == "t.r_1.v"


def test_faults_of_metadata_point_into_the_right_file(tmp_path: Path) -> None:
    tree = metadata(info={"extends": ["base.json"]})
    base = {**BASE, "tableTemplates": {"b": {"columns": {"x": {"dimensions": {"period": "never"}}}}}}
    path = report(tmp_path, tree, "v\n1", {"base": base})
    with pytest.raises(ReadError) as caught:
        read(path, OPTIONS)
    (finding,) = caught.value.findings
    assert finding.location.pointer == "/tableTemplates/b/columns/x/dimensions/period"
    assert finding.location.file == str(tmp_path / "report" / "base.json")


def test_a_symbolic_link_does_not_lead_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("v\n1")
    path = report(tmp_path, metadata(table={"url": "link.csv"}), "v\n1")
    (path.parent / "link.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(ReadError) as caught:
        read(path, OPTIONS)
    assert caught.value.findings[0].code == "xbrlce:missingRequiredCSVFile"


@pytest.mark.parametrize("cut", range(0, 700, 23))
def test_cut_metadata_is_refused(tmp_path: Path, cut: int) -> None:
    path = report(tmp_path, json.dumps(metadata())[: cut + 1], "v\n1")
    if len(path.read_text()) < len(json.dumps(metadata())):
        with pytest.raises(ReadError):
            read(path, OPTIONS)


def test_mixed_up_bytes_never_crash(tmp_path: Path) -> None:
    source = random.Random(3)
    tree = json.dumps(metadata(columns={"l": {}, "w": {"dimensions": {"concept": "ex:Text", "language": "$l"}}}))
    table = 'v,w,l\r\n1,"a ""b""\n,c",en\r\n#nil,##x,ja\r\n12d-3,,\r\n'
    for _ in range(300):
        one, other = bytearray(tree.encode()), bytearray(table.encode())
        for data in (one, other):
            for _ in range(source.randrange(3)):
                data[source.randrange(len(data))] = source.randrange(256)
        path = put(tmp_path / "report", "")
        path.write_bytes(one)
        (path.parent / "t.csv").write_bytes(other)
        with contextlib.suppress(ReadError):
            read(path, OPTIONS)


def test_repeated_identifiers_among_many_rows(tmp_path: Path) -> None:
    """Past fifty thousand only hashes of identifiers are kept."""
    tree = metadata(template={"rowIdColumn": "c"}, columns={"c": {}})
    ids = [f"r{number}" for number in range(60_000)]
    ids[10], ids[55_000], ids[59_999] = "r5", "r54000", "r5"
    path = report(tmp_path, tree, "c,v\n" + "".join(f"{each},1\n" for each in ids))
    with pytest.raises(ReadError) as caught:
        list(iter_facts(path, OPTIONS))
    assert [(finding.code, finding.location.cell) for finding in caught.value.findings] == [
        ("xbrlce:repeatedRowIdentifier", f"A{row}") for row in (12, 55_002, 60_001)
    ]
