"""``exporter review``: where the page may go."""

from __future__ import annotations

from pathlib import Path

from tests.unit.cli.running import exporter


def test_the_page_does_not_take_the_place_of_what_it_shows(source: Path, tmp_path: Path) -> None:
    before = source.read_bytes()
    done = exporter("review", source, "-o", source.parent / "x" / ".." / source.name, "--json")
    assert (done.code, done.codes) == (2, ["exporter:unwritableFile"])
    assert source.read_bytes() == before
    page = tmp_path / "review.html"
    assert exporter("review", source, "-o", page).code == 0
    assert page.is_file()
