"""Numbers: what each registry takes for group marks, decimal marks, units and zero."""

from __future__ import annotations

import pytest

from tests.unit.formats.inline_xbrl.transformations.reading import read

CASES = [
    ("1:numcommadot", "1,234,567.89", "1234567.89"),
    ("1:numcommadot", "1,23.5", None),
    ("1:numcommadot", "1234", None),
    ("1:numdotcomma", "1.234,5", "1234.5"),
    ("1:numspacedot", "1\xa0234.5", "1234.5"),
    ("1:numspacecomma", "1 234,5", "1234.5"),
    ("1:numcomma", "1234,5", "1234.5"),
    ("1:numcomma", "1.234,5", None),
    ("1:numdash", "-", "0"),
    ("1:numdash", "—", None),
    ("2:numdotdecimal", "123,456 789.012", "123456789.012"),
    ("2:numdotdecimal", "1,23,456", None),
    ("2:numdotdecimal", ".5", None),
    ("2:numcommadecimal", "1.234,50", "1234.50"),
    ("2:zerodash", "－", "0"),
    ("2:zerodash", "--", None),
    ("2:numunitdecimal", "3,000円5銭", "3000.05"),
    ("2:numunitdecimal", "00円5銭", None),
    ("3:numdotdecimalin", "12,34,567.8", "1234567.8"),
    ("3:numdotdecimalin", "123,45", None),
    ("3:numunitdecimalin", "12,34,567 rupees 8 paise", "1234567.08"),
    ("4:num-dot-decimal", " 1,234.50 ", "1234.5"),
    ("4:num-dot-decimal", "1,2,3", "123"),
    ("4:num-dot-decimal", "007", "7"),
    ("4:num-dot-decimal", "0.00", "0"),
    ("4:num-dot-decimal", ".5", "0.5"),
    ("4:num-dot-decimal", "5.", None),
    ("4:num-dot-decimal", "5.\xa0", None),
    ("4:num-dot-decimal", "1\xa0234", "1234"),
    ("4:num-dot-decimal", "", None),
    ("4:num-dot-decimal", ",", None),
    ("4:num-dot-decimal", "-5", None),
    ("4:num-dot-decimal", "(5)", None),
    ("4:num-dot-decimal", "△5", None),
    ("4:num-dot-decimal", "５", None),
    ("4:num-dot-decimal", "1'234", None),
    ("4:num-dot-decimal", "1e5", None),
    ("4:num-dot-decimal", "NaN", None),
    ("4:num-dot-decimal", "1_000", None),
    ("4:num-dot-decimal", "123456789012345678901234567890.12", "123456789012345678901234567890.12"),
    ("4:num-comma-decimal", "1.234,50", "1234.5"),
    ("4:num-comma-decimal", "1,234.5", None),
    ("4:num-unit-decimal", "12円5銭", "12.05"),
    ("4:num-unit-decimal", "１，２３４円５６銭", "1234.56"),
    ("4:num-unit-decimal", "3 dollars 50 cents", "3.5"),
    ("4:num-unit-decimal", "円50銭", None),
    ("4:num-unit-decimal", "12円500銭", None),
    ("4:num-unit-decimal", ", x 50", None),
    ("5:num-dot-decimal-apos", "1'234’567.8", "1234567.8"),
    ("5:num-comma-decimal-apos", "1′234,5", "1234.5"),
    ("5:num-unit-decimal-apos", "1'234 francs 5 centimes", "1234.05"),
    ("5:num-dot-decimal-apos", "1.\xa0", None),
]


@pytest.mark.parametrize(("name", "text", "value"), CASES)
def test_text_is_read_as_the_value_or_refused(name: str, text: str, value: str | None) -> None:
    assert read(name, text) == value
