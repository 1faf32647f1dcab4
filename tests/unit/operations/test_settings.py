"""What a file of defaults may say, and what is reported of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import ReadError
from exporter.operations.settings import Settings, read_settings


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_files_are_relative_to_the_folder_of_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "ours.toml").touch()
    (tmp_path / "taxonomy.zip").touch()
    text = 'profile = "ours.toml"\npackages = ["taxonomy.zip"]\nrules = ["esef"]\nlabel-languages = ["en", "de"]\n'
    assert read_settings(written(tmp_path / "exporter.toml", text)) == Settings(
        profile=str(tmp_path / "ours.toml"),
        packages=(str(tmp_path / "taxonomy.zip"),),
        rules=("esef",),
        label_languages=("en", "de"),
    )


def test_a_table_of_pyproject(tmp_path: Path) -> None:
    text = '[project]\nname = "filings"\n\n[tool.exporter]\nprofile = "edinet"\naudience = "analyst"\n'
    settings = read_settings(written(tmp_path / "pyproject.toml", text))
    assert settings == Settings(profile="edinet", audience="analyst")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('\nprofiles = "edinet"\n', 2, "'profiles' is not known here"),
        ('language = "de"\nrules = "esef"\n', 2, "rules is a list of texts, got 'esef'"),
        ("profile = 5\n", 1, "profile is a text, got 5"),
        ('profile = "sec-us-gap"\n', 1, "profile: there is no sec-us-gap"),
        ('rules = ["form-20-f", "house.toml"]\n', 1, "rules: there is no house.toml"),
        ('packages = ["away.zip"]\n', 1, "packages: there is no away.zip"),
        ('release = "2025"\n', 1, "a release is one of a profile's"),
        ("profile = \n", 1, "not well-formed TOML"),
    ],
)
def test_what_is_wrong_has_one_finding_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = written(tmp_path / "exporter.toml", text)
    with pytest.raises(ReadError) as raised:
        read_settings(path)
    (finding,) = raised.value.findings
    assert (finding.code, finding.location.file, finding.location.line) == ("exporter:invalidSettings", str(path), line)
    assert message in finding.message


def test_a_name_that_is_nearly_right_is_suggested(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as raised:
        read_settings(written(tmp_path / "exporter.toml", 'profile = "sec-us-gap"\n'))
    assert raised.value.findings[0].fix == "did you mean sec-us-gaap?"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "exporter.toml").write_bytes(b"\xff")
    for path in (tmp_path / "exporter.toml", tmp_path / "away.toml"):
        with pytest.raises(ReadError) as raised:
            read_settings(path)
        assert [finding.code for finding in raised.value.findings] == ["exporter:invalidSettings"]
