"""``exporter diff --periods``: what is printed and written, and that a change is no failure."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.running import exporter
from tests.unit.operations.test_compare import LAST, THIS


def test_what_has_changed_is_no_failure(tmp_path: Path) -> None:
    last, this = tmp_path / "last.yaml", tmp_path / "this.yaml"
    last.write_text(LAST, encoding="utf-8")
    this.write_text(THIS, encoding="utf-8")
    assert exporter("diff", last, this).code == 1
    done = exporter("diff", last, this, "--periods")
    assert done.code == 0
    assert "\u221250.0%" in done.out
    page = tmp_path / "changes.html"
    done = exporter("diff", last, this, "-o", page, "--json")
    assert (done.code, page.is_file()) == (0, True)
    result = json.loads(done.out)
    assert result["counts"]["restated"] == 1
    (changed,) = (figure for figure in result["figures"] if figure["status"] == "changed")
    assert (changed["before"]["value"], changed["after"]["value"]) == ("-10000000", "-15000000")
    assert (changed["change"], changed["percent"]) == ("-5000000", "-50.0")


def test_a_comparison_does_not_take_the_place_of_what_it_compares(tmp_path: Path) -> None:
    last, this = tmp_path / "last.yaml", tmp_path / "this.html"
    last.write_text(LAST, encoding="utf-8")
    this.write_text(THIS, encoding="utf-8")
    assert exporter("diff", last, this, "-o", this, "--json").codes == ["exporter:unwritableFile"]
    assert this.read_text(encoding="utf-8") == THIS
