"""What the rules find: errors when an item is made, warnings of one that is, findings across items."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from exporter.codes import CODES
from exporter.disclosures.rules.rule_set import check_items
from exporter.errors import ItemError
from exporter.items.check import check_item
from exporter.items.values import CurrencyPair, EntityRef, Money, Percent, PerShare, Rate, ShareCount
from exporter.model.period import Duration, Instant

YEN_PER_DOLLAR = CurrencyPair(base="USD", quote="JPY")
YEAR = Duration("2004-04-01", "2005-03-31")
YEAR_END = Instant("2005-03-31")
JULY_29 = Instant("2005-07-29")
NTT = EntityRef("NTT")
CROSSWAVE = EntityRef("Crosswave")


def yen(text: str) -> Money:
    return Money.parse(f"¥{text}")


def per_share(text: str, currency: str = "JPY") -> PerShare:
    return PerShare(text, currency)


def errors(make: Callable[[], Any]) -> list[str]:
    """The codes of the errors that stop the making of an item."""
    with pytest.raises(ItemError) as caught:
        make()
    assert all(finding.is_error for finding in caught.value.findings)
    return _codes(caught.value.findings)


def warnings(item: Any) -> list[str]:
    """The codes of what is doubtful in an item that could be made."""
    findings = list(check_item(item))
    assert not any(finding.is_error for finding in findings)
    return _codes(findings)


def across(*items: Any) -> list[str]:
    """The codes of what is wrong between items, errors with an exclamation mark."""
    findings = list(check_items(items))
    assert all(finding.location.item for finding in findings)
    _codes(findings)
    return [f"{finding.code.removeprefix('exporter:')}{'!' if finding.is_error else ''}" for finding in findings]


def _codes(findings: Any) -> list[str]:
    codes = [finding.code for finding in findings]
    assert set(codes) <= set(CODES)
    return [code.removeprefix("exporter:") for code in codes]


__all__ = [
    "CROSSWAVE",
    "JULY_29",
    "NTT",
    "YEAR",
    "YEAR_END",
    "YEN_PER_DOLLAR",
    "EntityRef",
    "Percent",
    "Rate",
    "ShareCount",
    "across",
    "errors",
    "per_share",
    "warnings",
    "yen",
]
