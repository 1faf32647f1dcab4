"""How facts are shown to people and machines by every command that prints some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from exporter.cli.console import Column
from exporter.model.selection import PrefixedNames, period_text

if TYPE_CHECKING:
    from exporter.model.fact import Fact

WIDEST: Final = 60
"""How many characters of a long text a terminal shows."""

CHANGE_COLUMNS: Final = (
    Column(title="change"),
    Column(title="what", shrinks=True, least=20),
    Column(title="period", shrinks=True, least=11),
    Column(title="unit", shrinks=True),
    Column(title="dimensions", shrinks=True),
    Column(title="before", shrinks=True, least=14),
    Column(title="after", shrinks=True, least=14),
)
"""The columns of a table of what differs between two reports."""


def entity_text(fact: Fact) -> str:
    """Scheme and identifier."""
    return f"{fact.entity.scheme} {fact.entity.identifier}" if fact.entity else ""


def plain_fact(fact: Fact, names: PrefixedNames) -> dict[str, Any]:
    """A fact for ``--json``."""
    entity = fact.entity
    return {
        "id": fact.id,
        "concept": names.name(fact.concept),
        "entity": entity and {"scheme": entity.scheme, "identifier": entity.identifier},
        "period": period_text(fact),
        "unit": names.unit(fact.unit) or None,
        "dimensions": names.dimensions(fact),
        "language": fact.language,
        "value": fact.value,
        "decimals": fact.decimals,
    }


def dimensions_text(dimensions: Mapping[str, str | None]) -> str:
    """``axis = member; axis = member``."""
    return "; ".join(f"{axis} = {'(nil)' if value is None else value}" for axis, value in dimensions.items())


def value_text(fact: Fact) -> str:
    """The value as reported; nil in brackets."""
    return "(nil)" if fact.value is None else fact.value


def cut_text(text: str) -> str:
    """A long text in one line and cut."""
    text = " ".join(text.split())
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"
