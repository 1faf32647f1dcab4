"""Numbers in English words."""

from __future__ import annotations

import pytest

from exporter.transformations.numbers import read_number, write_number
from tests.unit.formats.inline_xbrl.transformations.reading import read

CASES = [
    ("sec:numwordsen", "nineteen hundred forty-four", "1944"),
    ("sec:numwordsen", "five and a half", None),
    ("sec:numwordsen", "one million and five", None),
    ("sec:numwordsen", "one thousand and five", "1005"),
    ("sec:numwordsen", "Two million, three hundred thousand and five", "2300005"),
    ("sec:numwordsen", "one hundred thousand", "100000"),
    ("sec:numwordsen", "two million,", "2000000"),
    ("sec:numwordsen", "two thousand,", None),
    ("sec:numwordsen", "one one", None),
    ("sec:numwordsen", "thousand", None),
    ("sec:numwordsen", "million five", None),
    ("sec:numwordsen", "five million two billion", None),
    ("sec:numwordsen", "twenty–one", "21"),
    ("sec:numwordsen", "Twenty one", "21"),
    ("sec:numwordsen", "TWENTY", None),
    ("sec:numwordsen", "twenty-ten", None),
    ("sec:numwordsen", "twenty hundred", None),
    ("sec:numwordsen", "", None),
    ("sec:numwordsen", "nil", "0"),
    ("sec:numwordsen", "No", "0"),
    ("sec:numwordsen", "nothing", None),
    ("sec:numwordsen", "5", None),
    ("sec:numwordsen", "one thousand and two hundred", None),
    ("sec:numwordsen", "one thousand two hundred and six", "1206"),
    ("sec:numwordsen", "one thousand one thousand", None),
    ("sec:numwordsen", "one quintillion", "1000000000000000000"),
    ("sec:numwordsen", "one hundred-five", None),
    ("sec:numwordsen", "one billion five", "1000000005"),
    ("sec:numwordsen", "six hundred ninety-nine million, nine hundred thousand, one", "699900001"),
    ("sec:numwordsen", "one hundred and", None),
    ("sec:numwordsen", "and five", None),
    ("sec:numwordsen", "zero five", None),
]


@pytest.mark.parametrize(("name", "text", "value"), CASES)
def test_text_is_read_as_the_value_or_refused(name: str, text: str, value: str | None) -> None:
    assert read(name, text) == value


def test_every_number_below_ten_thousand_is_read_as_it_is_written() -> None:
    for number in range(10_000):
        assert read_number(write_number(number) or "") == str(number)


@pytest.mark.parametrize("number", [10**6, 10**9 + 7, 10**18, 10**21 - 1, 2 * 10**15 + 3 * 10**3])
def test_large_numbers_are_read_as_they_are_written(number: int) -> None:
    assert read_number(write_number(number) or "") == str(number)


@pytest.mark.parametrize("number", [-1, 10**21])
def test_numbers_without_words_are_not_written(number: int) -> None:
    assert write_number(number) is None
