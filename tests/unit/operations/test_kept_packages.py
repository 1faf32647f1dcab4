"""Taxonomy packages that a person keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.errors import PackageError
from exporter.operations.kept_packages import (
    describe_kept,
    describe_needs,
    keep_package,
    kept_packages,
    packages_folder,
)
from exporter.packages.taxonomy_package import EntryPoint, PackageMetadata, write_taxonomy_package

ESMA = "https://www.esma.europa.eu/taxonomy/2024-03-27/"


def package(path: Path, version: str = "1") -> Path:
    metadata = PackageMetadata(
        identifier="https://www.example.com/esef",
        names={"en": "ESEF"},
        version=version,
        publication_date="2024-03-27",
        entry_points=[EntryPoint(documents=[f"{ESMA}esef_cor.xsd"], names={"en": "ESEF"})],
    )
    with path.open("wb") as stream:
        write_taxonomy_package(stream, metadata, {"esma/esef_cor.xsd": b"<x/>"}, "esef", rewrites={ESMA: "esma/"})
    return path


def test_a_package_is_kept_and_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    first = keep_package(package(tmp_path / "a.zip"), folder=folder)
    second = keep_package(package(tmp_path / "b.zip", "2"), folder=folder)
    assert (first.replaced, second.replaced, first.path) == (False, True, second.path)
    assert kept_packages(folder) == (first.path,)
    (shown,) = describe_kept(folder)
    assert (shown["identifier"], shown["name"], shown["version"]) == ("https://www.example.com/esef", "ESEF", "2")


def test_what_is_no_package_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK no")
    with pytest.raises(PackageError):
        keep_package(tmp_path / "a.zip", folder=tmp_path / "kept")
    assert kept_packages(tmp_path / "kept") == ()


def test_a_url_is_fetched_only_where_asked_for(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="only where that is asked for"):
        keep_package("https://www.example.com/a.zip", folder=tmp_path)


def test_what_profiles_need(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXPORTER_TAXONOMIES_DIR", str(tmp_path / "kept"))
    assert packages_folder() == tmp_path / "kept"
    assert not any(need["at_hand"] for need in describe_needs())
    keep_package(package(tmp_path / "a.zip"))
    assert [need["prefix"] for need in describe_needs() if need["at_hand"]] == ["esef_cor"]


def test_a_broken_one_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK no")
    (shown,) = describe_kept(tmp_path)
    assert shown["name"].startswith("broken: ")


@pytest.mark.parametrize("variable", ["EXPORTER_TAXONOMIES_DIR", "XDG_DATA_HOME"])
def test_the_folder(variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EXPORTER_TAXONOMIES_DIR", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv(variable, str(tmp_path))
    folder = packages_folder()
    assert folder is not None
    assert folder.is_relative_to(tmp_path)
