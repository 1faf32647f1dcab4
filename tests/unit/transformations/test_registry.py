"""Which names there are, the errors for those there are not, and the cost of a hostile text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from exporter.findings import Location
from exporter.model.qname import QName
from exporter.transformations import (
    IXT_1,
    IXT_2,
    IXT_3,
    IXT_4,
    IXT_5,
    IXT_SEC,
    REGISTRIES,
    TransformationError,
    UnknownTransformation,
    ValueNotAccepted,
    find_rule,
    parse,
)
from exporter.transformations.registry import IXT_1_BEFORE_RECOMMENDATION


def test_each_registry_has_its_number_of_names() -> None:
    counts = {namespace: len(rules) for namespace, rules in REGISTRIES.items()}
    assert counts == {
        IXT_1_BEFORE_RECOMMENDATION: 24,
        IXT_1: 24,
        IXT_2: 21,
        IXT_3: 31,
        IXT_4: 94,
        IXT_5: 100,
        IXT_SEC: 18,
    }


def test_later_registries_hold_what_they_took_over() -> None:
    assert REGISTRIES[IXT_2].keys() < REGISTRIES[IXT_3].keys()
    assert REGISTRIES[IXT_4].keys() < REGISTRIES[IXT_5].keys()
    assert not REGISTRIES[IXT_3].keys() & REGISTRIES[IXT_4].keys()


def test_registry_1_goes_by_its_older_namespace_too() -> None:
    assert parse(QName(IXT_1_BEFORE_RECOMMENDATION, "numcommadot"), "1,234.5") == "1234.5"


@pytest.mark.parametrize(
    ("namespace", "local_name"),
    [
        (IXT_3, "num-dot-decimal"),
        (IXT_4, "numdotdecimal"),
        (IXT_4, "numdotdecimalin"),
        (IXT_SEC, "numwordsja"),
        (IXT_SEC + "/", "numwordsen"),
        ("", "numdotdecimal"),
    ],
)
def test_a_name_that_does_not_exist_is_an_invalid_transformation(namespace: str, local_name: str) -> None:
    with pytest.raises(UnknownTransformation) as error:
        parse(QName(namespace, local_name), "1")
    assert error.value.code == "ixe:invalidTransformation"
    assert local_name in error.value.message


def test_a_refused_text_names_the_rule_the_text_and_what_was_expected() -> None:
    name = QName(IXT_4, "num-dot-decimal")
    with pytest.raises(ValueNotAccepted) as error:
        parse(name, "(5)" * 100)
    finding = error.value.finding(Location(line=7))
    assert finding.code == "ixe:transformValueError"
    assert finding.location.line == 7
    assert error.value.transformation == name
    assert "num-dot-decimal" in finding.message
    assert "1,234.5" in finding.message
    assert len(finding.message) < 250
    assert finding.fix


def test_white_space_is_collapsed_but_no_break_spaces_stay() -> None:
    assert parse(QName(IXT_4, "date-monthname-day-year-en"), "\n December\t31,\r\n 2024 ") == "2024-12-31"
    with pytest.raises(ValueNotAccepted):
        parse(QName(IXT_1, "datelongus"), "December\u00a031, 2024")


def test_every_rule_says_what_it_expects() -> None:
    for namespace, rules in REGISTRIES.items():
        for name in rules:
            assert find_rule(QName(namespace, name)).expects


LONG = 20_000
HOSTILE = [
    part * (LONG // len(part)) + end
    for part in ("1", "1,", "1 ", "1'", "Jan", "1 Jan ", "CC", "M", "X", " ", "a", "年", "one ", "one hundred ", "-")
    for end in ("!", " 12345")
]


def test_hostile_texts_come_to_an_end() -> None:
    """A rule of quadratic cost would take seconds for each of these texts, a linear one takes milliseconds."""
    rules = {id(rule): rule for rules in REGISTRIES.values() for rule in rules.values()}
    texts = [prefix + text for text in HOSTILE for prefix in ("", "1 ", "2024 ")]
    accepted = {rule.parser(text) for rule in rules.values() for text in texts}
    assert None in accepted


def test_errors_are_one_family() -> None:
    assert issubclass(UnknownTransformation, TransformationError)
    assert issubclass(ValueNotAccepted, TransformationError)


@pytest.mark.parametrize("uri", REGISTRIES)
def test_a_name_is_looked_for_in_the_tables_that_may_have_it(uri: str) -> None:
    registry = REGISTRIES[uri]
    for table in registry.tables:
        assert table.rules
        assert all(name.startswith(table.stems) for name in table.rules), table
    assert all(registry[name] is rule for name, rule in registry.items())
    assert len(registry) == len(set(registry))
    assert "no-such-rule" not in registry


def test_a_number_imports_no_dates() -> None:
    script = (
        "import sys\n"
        "from exporter.model.qname import QName\n"
        "from exporter.transformations.registry import IXT_4, parse\n"
        "print(parse(QName(IXT_4, 'num-dot-decimal'), '1,234.5'))\n"
        "print(sorted(name for name in sys.modules if name.startswith('exporter.transformations.')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    modules = [f"exporter.transformations.{name}" for name in ("numbers", "registry", "rule")]
    assert done.stdout == f"1234.5\n{modules}\n"
