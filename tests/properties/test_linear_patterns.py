"""No regular expression of the package takes more than linear time, whatever the text."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.support.pattern_attacks import attacks
from tests.unit.cli.running import ROOT

WATCHDOG = 900
"""Seconds for the program that stops each slow pattern by itself: for a machine that is busy."""


def test_every_pattern_of_the_package() -> None:
    command = [sys.executable, "-m", "tests.support.pattern_attacks"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=WATCHDOG, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    tried = re.search("([0-9]+) patterns tried", done.stdout)
    assert tried is not None
    assert int(tried[1]) > 400


@pytest.mark.parametrize(
    ("pattern", "pump"),
    [
        (r"a\s*$", " "),  # a run before an anchor
        (r"(?:ab)+c", "ab"),
        (r"<([^ ]+)([^>]*)>", "<"),  # two classes side by side that overlap
        (r"<[^>]*>", "<"),  # a start that the repetition runs over
        (r"\[[^\]]*\]\s*$", "["),
    ],
)
def test_the_attacks_reach_the_repetitions(pattern: str, pump: str) -> None:
    assert pump in {attack.pump for attack in attacks(pattern, 0)}
