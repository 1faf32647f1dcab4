"""Tables that fit the screen."""

from __future__ import annotations

import io
from contextlib import redirect_stderr

import pytest

from exporter.cli.console import Screen, folded


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("NoonBuyingRateAverage", 12, ["NoonBuying", "RateAverage"]),
        ("2004-04-01/2005-03-31", 11, ["2004-04-01/", "2005-03-31"]),
        ("JPY / iso4217:USD", 9, ["JPY /", "iso4217:", "USD"]),
        ("short", 9, ["short"]),
        ("", 9, [""]),
    ],
)
def test_long_cells_break_between_the_parts_of_a_name(text: str, width: int, lines: list[str]) -> None:
    assert folded(text, width).split("\n") == lines


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def screen_of_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"COLUMNS": "120", "TERM": "xterm"}.items():
        monkeypatch.setenv(name, value)


def drawn_progress(total: int | None) -> str:
    with redirect_stderr(_Terminal()) as stream, Screen().progress("reading", total=total, noun="rows") as advance:
        advance(2000)
    return stream.getvalue()


def test_progress_shows_how_many_and_the_time_left() -> None:
    text = drawn_progress(4000)
    assert "reading" in text
    assert "2,000 rows" in text
    assert "left" in text


def test_without_a_total_no_time_left_is_promised() -> None:
    assert "2,000 rows" in drawn_progress(None)
    assert "left" not in drawn_progress(None)


def test_steps_show_their_number_and_the_time_left() -> None:
    with redirect_stderr(_Terminal()) as stream, Screen().steps() as on_step:
        on_step("writing XBRL", 3, 8)
    text = stream.getvalue()
    assert "3/8" in text
    assert "left" in text
    assert "writing XBRL" in text


@pytest.mark.parametrize("quiet", [True, False])
def test_nothing_is_drawn_where_all_is_quiet_or_no_terminal_is(quiet: bool) -> None:
    with redirect_stderr(_Terminal() if quiet else io.StringIO()) as stream:
        with Screen(quiet=quiet).progress("reading", noun="rows") as advance:
            advance(5)
        with Screen(quiet=quiet).steps() as on_step:
            on_step("writing", 1, 2)
    assert stream.getvalue() == ""
