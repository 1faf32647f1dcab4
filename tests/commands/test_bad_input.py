"""What people get wrong: the code, the place and the fix they are told, the exit code, and that nothing is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.running import Outcome, exporter

HEADER = "filing: {entity: {cik: 0001090633}, prefix: iij, period_end: 2005-03-31}\nitems:\n"
RATES = """\
  - type: ExchangeRates
    pair: JPY per USD
    over: {start: 2004-04-01, end: 2005-03-31}
    high: 114.30
    low: 102.26
    average: 107.28
    period_end: 107.22
"""
OWNERSHIP = "  - type: OwnershipInterest\n    holder: NTT\n    share: 31.6%\n    as_of: 2005-07-29\n"
DEFICIT = "  - type: AccumulatedDeficit\n    amount: ¥34.4 billion\n    as_of: 2005-03-31\n"

# what is wrong, the text of the items, code, line, JSON pointer, a word of the fix
BAD_ITEMS = [
    ("wrong currency pair", RATES.replace("USD", "USX"), "exporter:invalidValue", 4, "/items/0/pair", "ExchangeRates"),
    (
        "wrong currency",
        DEFICIT.replace("¥34.4 billion", '{value: "344", decimals: 0, currency: YEN}'),
        "exporter:invalidValue",
        4,
        "/items/0/amount",
        "AccumulatedDeficit",
    ),
    (
        "low above high",
        RATES.replace("high: 114.30", "high: 102.26").replace("low: 102.26", "low: 114.30"),
        "exporter:lowAboveHigh",
        7,
        "/items/0/low",
        "exchanged",
    ),
    ("a share of 316%", OWNERSHIP.replace("31.6", "316"), "exporter:shareOutOfRange", 5, "/items/0/share", "fraction"),
    (
        "unknown item",
        DEFICIT.replace("Deficit", "Defecit"),
        "exporter:unknownItemType",
        3,
        "/items/0/type",
        "AccumulatedDeficit?",
    ),
    (
        "misspelt field",
        OWNERSHIP + "    largset: true\n",
        "exporter:unknownField",
        7,
        "/items/0/largset",
        "largest?",
    ),
    (
        "missing field",
        DEFICIT.replace("    amount: ¥34.4 billion\n", ""),
        "exporter:missingField",
        3,
        "/items/0",
        "add amount",
    ),
    ("end before start", RATES.replace("2005-03-31", "2003-03-31"), "exporter:invalidValue", 5, "/items/0/over", ""),
    ("a name twice", DEFICIT + "    as_of: 2004-03-31\n", "exporter:duplicateKey", 6, None, "keep one"),
    ("YAML syntax", DEFICIT + "    note: a: b\n", "exporter:malformedYaml", 6, None, "quotes"),
    ("a tab", DEFICIT + "\t\tx: 1\n", "exporter:malformedYaml", 6, None, ""),
]


def only_finding(outcome: Outcome) -> dict[str, object]:
    (finding,) = outcome.json["findings"]
    assert isinstance(finding, dict)
    return finding


@pytest.mark.parametrize("command", ["export", "validate", "facts"])
@pytest.mark.parametrize(
    ("items", "code", "line", "pointer", "fix"), [each[1:] for each in BAD_ITEMS], ids=[e[0] for e in BAD_ITEMS]
)
def test_in_a_source(
    command: str, items: str, code: str, line: int, pointer: str | None, fix: str, tmp_path: Path
) -> None:
    path, out = tmp_path / "bad.yaml", tmp_path / "out"
    path.write_text(HEADER + items, encoding="utf-8")
    outcome = exporter(command, path, "--json", *(["-o", out] if command == "export" else []))
    finding = only_finding(outcome)
    location = finding["location"]
    assert isinstance(location, dict)
    assert (outcome.code, finding["code"], finding["severity"]) == (1, code, "error")
    assert (location["file"], location["line"], location.get("pointer")) == (str(path), line, pointer)
    assert finding["mend"]
    assert fix in str(finding["mend"])
    assert "Traceback" not in outcome.err
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.yaml"]


def test_all_problems_of_a_file_are_told_at_once_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    items = [each[1] for each in BAD_ITEMS if each[2] not in ("exporter:duplicateKey", "exporter:malformedYaml")]
    path.write_text(HEADER + "".join(items), encoding="utf-8")
    outcome = exporter("export", path, "-o", tmp_path / "out")
    lines = outcome.err.splitlines()
    assert outcome.code == 1
    assert outcome.out == ""
    assert lines[-1] == "8 errors"
    assert [line.split(": ")[2] for line in lines[:-1]] == [
        *("exporter:invalidValue", "exporter:invalidValue", "exporter:lowAboveHigh", "exporter:shareOutOfRange"),
        *("exporter:unknownItemType", "exporter:unknownField", "exporter:missingField", "exporter:invalidValue"),
    ]
    assert all(line.startswith(f"{path}:") and line.endswith(")") for line in lines[:-1])
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_there_keeps_its_files(folder: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    bad = tmp_path / "bad.yaml"
    bad.write_text(HEADER + DEFICIT + DEFICIT.replace("34.4", "35.4"), encoding="utf-8")
    outcome = exporter("export", bad, "-o", folder)
    assert outcome.code == 1
    assert {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_findings_across_items_have_a_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(HEADER + DEFICIT + DEFICIT.replace("34.4", "35.4"), encoding="utf-8")
    outcome = exporter("validate", path, "--json")
    assert outcome.code == 1
    assert all(finding["location"]["file"] == str(path) for finding in outcome.json["findings"])
    assert any("line" in finding["location"] for finding in outcome.json["findings"])


DOCTYPE = '<?xml version="1.0"?>\n<!DOCTYPE xbrl [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<xbrl>&e;</xbrl>'
BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xbrl>&b;</xbrl>'
DOCUMENTS = [
    (
        "truncated items JSON",
        "r.items.json",
        '{"schema": "exporter-items/1", "items": [{"type": "Acc',
        "exporter:malformedJson",
    ),
    (
        "truncated xBRL-JSON",
        "r.json",
        '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json"',
        "xbrlje:invalidJSON",
    ),
    ("external entity", "r.xbrl", DOCTYPE, "exporter:doctypeRefused"),
    ("entity bomb", "r.xbrl", BOMB, "exporter:doctypeRefused"),
    ("truncated XML", "r.xbrl", '<xbrl xmlns="http://www.xbrl.org/2003/instance"><context>', "exporter:malformedXml"),
]


@pytest.mark.parametrize("command", ["validate", "facts", "convert"])
@pytest.mark.parametrize(
    ("name", "text", "code"), [each[1:] for each in DOCUMENTS], ids=[each[0] for each in DOCUMENTS]
)
def test_in_a_document(command: str, name: str, text: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    outcome = exporter(command, path, "--json", *(["-o", tmp_path / "out.json"] if command == "convert" else []))
    finding = outcome.json["findings"][0]
    assert outcome.code == 1
    assert finding["code"] == code
    assert finding["mend"]
    assert finding["location"]["file"] == str(path)
    assert finding["location"]["line"] >= 1
    assert "root:" not in outcome.out + outcome.err
    assert sorted(each.name for each in tmp_path.iterdir()) == [name]


@pytest.mark.parametrize("arguments", [["validate"], ["facts", "--strict"], ["convert", "--strict"]], ids=" ".join)
@pytest.mark.parametrize("suffix", [".xbrl", ".json"])
def test_a_local_schema_that_is_missing(arguments: list[str], suffix: str, folder: Path, tmp_path: Path) -> None:
    (folder / "iij-20050331.xsd").unlink()
    report, target = folder / f"iij-20050331{suffix}", tmp_path / "out.json"
    outcome = exporter(*arguments, report, "--json", *(["-o", target] if "convert" in arguments else []))
    assert outcome.code == 1
    assert "oime:invalidTaxonomy" in outcome.codes
    finding = next(each for each in outcome.json["findings"] if each["code"] == "oime:invalidTaxonomy")
    assert finding["location"]["file"] == str(report)
    assert "iij-20050331.xsd" in finding["mend"]
    assert not target.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("validate", "nowhere.xbrl"),
        ("facts", "nowhere.json"),
        ("export", "nowhere.yaml", "-o", "{out}"),
        ("export", "nowhere.items.json", "-o", "{out}"),
        ("convert", "nowhere.xbrl", "-o", "{out}"),
    ],
)
def test_a_file_that_is_not_there(arguments: tuple[str, ...], tmp_path: Path) -> None:
    outcome = exporter(*(each.replace("{out}", str(tmp_path / "out.json")) for each in arguments), "--json")
    assert outcome.code == 2
    assert outcome.codes == ["exporter:unreadableFile"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    outcome = exporter("export", source, "-o", tmp_path / "file" / "out", "--json")
    assert (outcome.code, outcome.codes) == (2, ["exporter:unwritableFile"])


def test_control_characters_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(HEADER + '  - type: "\\e[31mNo\\nsuch"\n', encoding="utf-8")
    outcome = exporter("validate", path)
    assert outcome.code == 1
    assert "\x1b" not in outcome.out
    lines = outcome.out.splitlines()
    assert lines
    assert all(line.startswith(f"{path}:3:11: error: exporter:") for line in lines)
