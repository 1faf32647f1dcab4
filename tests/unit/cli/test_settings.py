"""Defaults of a project: where they are taken from, and what comes before them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.conftest import SOURCE
from tests.unit.cli.running import exporter

OWN = """\
import exporter as ex

@ex.report_item(label="Churn")
class ChurnRate(ex.ReportItem):
    as_of: ex.Instant = ex.period()
    share: ex.Percent = ex.concept("ChurnRate")
"""


@pytest.fixture(autouse=True)
def elsewhere(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(folder)
    return folder


def defaults(folder: Path, text: str, name: str = "exporter.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def exported_profile(source: Path, folder: Path, *options: object) -> str:
    """The profile that an export has used: that of the items that it writes."""
    done = exporter(*options, "export", source, "-o", folder / "out", "--format", "items-json", "--json")
    assert done.code == 0, done.out
    (items,) = (folder / "out").glob("*.items.json")
    profile = json.loads(items.read_text(encoding="utf-8"))["filing"].get("profile", "extension-only")
    assert isinstance(profile, str)
    return profile


def test_those_above_the_source_hold(source: Path, tmp_path: Path) -> None:
    deep = tmp_path / "year" / "draft"
    deep.mkdir(parents=True)
    source = source.rename(deep / source.name)
    assert exported_profile(source, tmp_path) == "extension-only"
    defaults(tmp_path, 'profile = "sec-us-gaap"\n')
    assert exported_profile(source, tmp_path) == "sec-us-gaap"
    defaults(tmp_path / "year", '[project]\nname = "x"\n', "pyproject.toml")  # without a table: looked past
    assert exported_profile(source, tmp_path) == "sec-us-gaap"
    defaults(tmp_path / "year", '[tool.exporter]\nprofile = "edinet"\n', "pyproject.toml")
    assert exported_profile(source, tmp_path) == "edinet"
    defaults(deep, 'profile = "sec-ifrs"\n')
    assert exported_profile(source, tmp_path) == "sec-ifrs"


def test_command_line_then_source_then_defaults(source: Path, tmp_path: Path) -> None:
    defaults(tmp_path, 'profile = "sec-us-gaap"\n')
    source.write_text(SOURCE.replace("filing: {", "filing: {profile: edinet, "), encoding="utf-8")
    assert exported_profile(source, tmp_path) == "edinet"
    assert exporter("export", source, "-o", tmp_path / "b", "--profile", "sec-ifrs", "-q").code == 0
    (items,) = (tmp_path / "b").glob("*.items.json")
    assert json.loads(items.read_text(encoding="utf-8"))["filing"]["profile"] == "sec-ifrs"


def test_without_defaults_and_with_others(source: Path, tmp_path: Path, elsewhere: Path) -> None:
    defaults(tmp_path, 'profile = "sec-us-gaap"\n')
    other = defaults(elsewhere, 'profile = "edinet"\n', "other.toml")
    assert exported_profile(source, tmp_path, "--isolated") == "extension-only"
    assert exported_profile(source, tmp_path, "--config", other) == "edinet"
    assert exporter("--config", elsewhere / "away.toml", "validate", source).code == 2


def test_those_of_the_current_folder_hold_where_no_file_is_given(elsewhere: Path) -> None:
    assert exporter("doctor", "--json").json["settings"] == {"file": None, "values": {}}
    path = defaults(elsewhere, 'language = "ja"\n')
    assert exporter("doctor", "--json").json["settings"] == {"file": str(path), "values": {"language": "ja"}}
    assert f"defaults\t{path}" in exporter("doctor").out
    assert "為替" in exporter("items", "ExchangeRates").out
    assert "為替" not in exporter("items", "ExchangeRates", "--language", "en").out


def test_rules_and_packages(source: Path, tmp_path: Path) -> None:
    assert exporter("validate", source).code == 0
    defaults(tmp_path, 'rules = ["form-20-f"]\n')
    assert exporter("validate", source).code == 1
    defaults(tmp_path, 'packages = ["own.zip"]\n')
    (tmp_path / "own.zip").write_bytes(b"no archive")
    assert exporter("concepts", "deficit", "--config", "x").code == 2  # an option of the program, not of a command
    done = exporter("--config", tmp_path / "exporter.toml", "concepts", "deficit", "--json")
    assert done.code != 0
    assert "own.zip" in done.out


def test_an_invalid_file_stops_every_command_with_its_line(source: Path, tmp_path: Path) -> None:
    path = defaults(tmp_path, 'rules = []\nprofil = "edinet"\n')
    done = exporter("validate", source)
    assert done.code == 2
    assert f"{path}:2: error: exporter:invalidSettings: 'profil' is not known here (did you mean profile?)" in done.err
    assert exporter("validate", source, "--json").codes == ["exporter:invalidSettings"]
    assert exporter("validate", "--help").code == 0
    assert exporter("--isolated", "validate", source).code == 0


def test_modules_are_imported_only_below_the_current_folder(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that lies beside somebody's report may not run code."""
    (tmp_path / "churn.py").write_text(OWN, encoding="utf-8")
    source.write_text(SOURCE + "  - {type: ChurnRate, as_of: 2005-03-31, share: 1.2%}\n", encoding="utf-8")
    defaults(tmp_path, 'items-modules = ["churn.py"]\n')
    outside = exporter("validate", source, "--json")
    assert outside.code == 1
    assert "exporter:settingsModules" in outside.codes
    monkeypatch.chdir(tmp_path)
    assert exporter("validate", source, "--json").codes == []


def test_a_batch_has_them_too(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    defaults(tmp_path, 'profile = "edinet"\n')
    assert exporter("batch", "report*", "-o", "many", "--workers", "0").code == 0
    (items,) = (tmp_path / "many").rglob("*.items.json")
    assert json.loads(items.read_text(encoding="utf-8"))["filing"]["profile"] == "edinet"
