"""``exporter roll-forward``: what it writes, and what it refuses."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.running import exporter


def test_the_next_filing_is_written(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "next.yaml"
    done = exporter("roll-forward", source, "--to-period", "2031-03-31", "-o", target, "--json")
    assert done.code == 0
    assert done.json["to_fill_in"] > 0
    assert "2031-03-31" in target.read_text(encoding="utf-8")


def test_a_file_that_is_there_stays(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "next.yaml"
    target.write_text("mine", encoding="utf-8")
    done = exporter("roll-forward", source, "--to-period", "2031-03-31", "-o", target, "--json")
    assert (done.code, done.codes) == (2, ["exporter:unwritableFile"])
    assert target.read_text(encoding="utf-8") == "mine"
    assert exporter("roll-forward", source, "--to-period", "2031-03-31", "-o", target, "--force").code == 0


def test_another_suffix_and_another_date_are_refused(source: Path, tmp_path: Path) -> None:
    done = exporter("roll-forward", source, "--to-period", "2031-03-31", "-o", tmp_path / "next.pdf", "--json")
    assert (done.code, done.codes) == (2, ["exporter:usage"])
    assert exporter("roll-forward", source, "--to-period", "31 March", "-o", tmp_path / "next.yaml").code == 2
