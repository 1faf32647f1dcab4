"""``exporter taxonomies``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cli.running import exporter
from tests.unit.operations.test_kept_packages import package


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EXPORTER_TAXONOMIES_DIR", str(tmp_path / "kept"))
    return tmp_path / "kept"


def test_a_package_is_kept_and_listed(tmp_path: Path) -> None:
    source = package(tmp_path / "a.zip")
    assert "esef-ifrs\tesef_cor\tthe ESEF taxonomy 2024\tno" in exporter("taxonomies").out
    added = exporter("taxonomies", "add", source)
    assert (added.code, added.err) == (0, "kept: ESEF\n")
    listed = exporter("taxonomies")
    assert "esef-ifrs\tesef_cor\tthe ESEF taxonomy 2024\tyes" in listed.out
    assert listed.err == "1 package kept\n"
    result = exporter("taxonomies", "--json").json
    assert [entry["identifier"] for entry in result["kept"]] == ["https://www.example.com/esef"]


def test_what_cannot_be_kept(tmp_path: Path) -> None:
    assert exporter("taxonomies", "add", tmp_path / "missing.zip", "--json").codes == ["exporter:unreadableFile"]
    refused = exporter("taxonomies", "add", "https://www.example.com/a.zip", "--json")
    assert (refused.code, refused.codes) == (2, ["exporter:usage"])


def test_every_command_takes_what_is_kept(tmp_path: Path, kept: Path) -> None:
    """A broken package among those kept is refused as one that is given."""
    kept.mkdir()
    (kept / "broken.zip").write_bytes(b"PK no")
    (tmp_path / "report.json").write_text("{}", encoding="utf-8")
    assert any(code.startswith("tpe:") for code in exporter("validate", tmp_path / "report.json", "--json").codes)
