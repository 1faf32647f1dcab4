"""Rules across items: risk factors, texts and the items of the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from exporter.disclosures.item_status import ItemResponseStatus, ItemStatus
from exporter.disclosures.placed import Placed, both, of_kind
from exporter.disclosures.risk_factors import RiskFactor
from exporter.disclosures.text_disclosures import TextDisclosure, TextKind
from exporter.findings import Finding
from exporter.items.checking import problem

_CROSS_REFERENCE: Final = re.compile(r"\bItem\s+([1-9][0-9]?[A-Z]?(?:\.[A-Z])?)(?![0-9A-Za-z])")


def check_risk_factor_numbers(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """Each risk factor has its own number."""
    seen: dict[tuple[object, ...], tuple[str, RiskFactor]] = {}
    for place, item in of_kind(placed, RiskFactor):
        first, stated = seen.setdefault((item.ordinal, item.over, item.language), (place, item))
        if stated.heading != item.heading:
            yield problem(
                "exporter:ordinalTwice",
                f"two risk factors have the number {item.ordinal}",
                both(first, place),
                mend="number risk factors by their order",
            )


def check_risk_factor_section(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """The section's text holds the text of every factor."""
    factors = of_kind(placed, RiskFactor)
    for place, section in of_kind(placed, TextDisclosure):
        if section.kind is not TextKind.RISK_FACTORS:
            continue
        whole = _words(section.text.plain)
        for factor_place, factor in factors:
            if (factor.over, factor.language) != (section.over, section.language):
                continue
            if _words(factor.body.plain) not in whole:
                yield problem(
                    "exporter:sectionTextDiffers",
                    f"the text of risk factor {factor.ordinal} does not stand in the section",
                    both(place, factor_place),
                    warning=True,
                )


def _words(text: str) -> str:
    return " ".join(text.split())


def check_unanswered_items(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """An item that is not required or not applicable has no text."""
    passed_over = {
        item.item: (place, item)
        for place, item in of_kind(placed, ItemStatus)
        if item.status in (ItemResponseStatus.NOT_REQUIRED, ItemResponseStatus.NOT_APPLICABLE)
    }
    for place, text in of_kind(placed, TextDisclosure):
        found = passed_over.get(text.item or "")
        if found is not None:
            yield problem(
                "exporter:textOfUnansweredItem",
                f"item {text.item} is {found[1].status.label.lower()}, yet there is a text of it",
                both(found[0], place),
                mend="correct the status, or leave the text out",
            )


def check_cross_references(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    """A text refers to items that the report has, where the report lists its items."""
    listed = {item.item for _, item in of_kind(placed, ItemStatus)} | {
        item.item for _, item in of_kind(placed, TextDisclosure) if item.item is not None
    }
    if not listed:
        return
    texts = [(place, item.text) for place, item in of_kind(placed, TextDisclosure)]
    texts += [(place, item.body) for place, item in of_kind(placed, RiskFactor)]
    for place, block in texts:
        for number in dict.fromkeys(_CROSS_REFERENCE.findall(block.plain)):
            if not any(each == number or each.startswith(f"{number}.") for each in listed):
                yield problem(
                    "exporter:crossReference",
                    f"the text refers to Item {number}, which is not in the report",
                    place,
                    mend="state the item's status, or keep the reference if the item is in another part",
                    warning=True,
                )
