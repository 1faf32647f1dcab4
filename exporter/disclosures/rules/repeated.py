"""Rules across items: items whose facts coincide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from exporter.disclosures.checks import agree, aspects, currency
from exporter.disclosures.rules.subject import ItemsSubject
from exporter.findings import Finding
from exporter.items.compile import item_specification
from exporter.items.declarations import ConceptDeclaration
from exporter.items.placed import PlacedItem
from exporter.items.values import Amount
from exporter.validation.engine import rule


@rule("exporter:duplicateAccuracy", "exporter:duplicateContradicts", needs=("several items",))
def check_repeated_items(subject: ItemsSubject) -> Iterator[Finding]:
    """Items whose facts coincide state the same: an error where they cannot both be right.

    An item without any amount (all unknown) is held against those in every currency.
    """
    seen: dict[tuple[object, ...], dict[tuple[str, ...], PlacedItem[Any]]] = {}
    for placed in subject.items:
        spec = item_specification(type(placed.item))
        if not spec.concepts:
            continue
        alike, own = seen.setdefault(aspects(placed.item), {}), currency(placed.item)
        for other, first in alike.items():
            if own != other and own and other:
                continue
            for field in spec.declared(ConceptDeclaration):
                values = (getattr(first.item, field.name), getattr(placed.item, field.name))
                if values[0] != values[1] and not any(value in (None, ()) for value in values):
                    yield _difference(field.name, values, first, placed)
        alike.setdefault(own, placed)


def _difference(name: str, values: tuple[Any, Any], first: PlacedItem[Any], second: PlacedItem[Any]) -> Finding:
    both = f"{first.label} and {second.label}"
    value, other = values
    if isinstance(value, Amount) and isinstance(other, Amount) and agree(value, other):
        return second.finding(
            "exporter:duplicateAccuracy",
            f"{both} state {name} with different accuracy: {value} and {other}",
            field=name,
            fix="keep the more accurate one",
            warning=True,
        )
    texts = [text if len(text) <= 80 else text[:79] + "…" for text in map(str, values)]
    return second.finding(
        "exporter:duplicateContradicts",
        f"{both} state the same {name} differently: {texts[0]} and {texts[1]}",
        field=name,
        fix="correct one of them, or say by what they differ",
    )
