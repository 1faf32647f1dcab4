"""Each module of rules across items is imported for the classes that its rules are about."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from exporter.disclosures import rules
from exporter.disclosures.rules.rule_set import ITEM_RULES, PLAUSIBILITY_RULES
from exporter.validation.engine import rules_of

MODULES = {**ITEM_RULES, **PLAUSIBILITY_RULES}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_about_what_its_rules_are_about(name: str) -> None:
    found = rules_of(import_module(f"exporter.disclosures.rules.{name}"))
    assert found
    if not MODULES[name]:
        assert not any(rule.about for rule in found)
    else:
        assert all(rule.about for rule in found)
        assert {cls.__name__ for rule in found for cls in rule.about} == set(MODULES[name])


def test_every_module_with_rules_is_listed() -> None:
    names = {path.stem for path in Path(next(iter(rules.__path__))).glob("*.py")} - {"__init__"}
    with_rules = {name for name in names if rules_of(import_module(f"exporter.disclosures.rules.{name}"))}
    assert with_rules == MODULES.keys()
