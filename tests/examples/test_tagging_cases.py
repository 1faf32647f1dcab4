"""Tagging over cases of our own and, where they are at hand, those of the data: what a careful human tagger does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.tagging_cases import load_cases, run_case

OWN = Path(__file__).parents[1] / "fixtures" / "tagging"
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "tagging-cases" / "cases.yaml"


def cases() -> list[Any]:
    found = [case for name in ("plain", "traps", "held") for case in load_cases(OWN / f"{name}.yaml")]
    if SHARED.exists():
        found += load_cases(SHARED)
    return [pytest.param(case, id=f"{case['id']}-{case['kind']}") for case in found]


@pytest.mark.parametrize("case", cases())
def test_every_number_is_tagged_told_or_left(case: dict[str, Any], tmp_path: Path) -> None:
    outcome = run_case(case, tmp_path)
    assert outcome.notes == []
    assert not outcome.wrong
    assert not outcome.missed
    assert outcome.findings == outcome.expected
