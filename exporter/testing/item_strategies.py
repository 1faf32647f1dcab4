"""Strategies for report items of any class, and for filings of them."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Sequence
from typing import Any, Final

from attrs import evolve
from hypothesis import strategies as st

import exporter.testing.values as values
from exporter.disclosures.statements.layout import Statement
from exporter.errors import ModelError
from exporter.filing import Filing
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import (
    LanguageDeclaration,
    NotesDeclaration,
    PartDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
)
from exporter.items.examples import example_of
from exporter.items.fields import FieldSpec
from exporter.items.from_tree import ItemStructurer
from exporter.items.values import (
    CurrencyPair,
    EntityRef,
    Money,
    Month,
    MonthDay,
    Percent,
    PerShare,
    Rate,
    Ratio,
    ShareCount,
)
from exporter.items.values.texts import Footnote, TextBlock
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.testing.statement_strategies import statements

_TEXTS: Final = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=30).filter(str.strip)
_BY_TYPE: Final[dict[type, st.SearchStrategy[Any]]] = {
    Money: values.moneys,
    PerShare: values.per_shares,
    Percent: values.percents,
    Rate: values.rates,
    Ratio: values.ratios,
    ShareCount: values.share_counts,
    int: st.integers(-(10**9), 10**9),
    bool: st.booleans(),
    str: _TEXTS,
    TextBlock: _TEXTS.map(TextBlock.parse),
    dt.date: values.dates,
    Month: values.months,
    MonthDay: values.month_days,
    EntityRef: values.entity_refs,
    Instant: values.instants,
    Duration: values.durations,
    CurrencyPair: values.currency_pairs,
}


@st.composite
def items(draw: st.DrawFn, cls: type[Any]) -> Any:
    """Items of a class: its example, in which each field that may change has another value, none, or is unknown.

    A change that the class's ``check`` refuses is left out, so that every class gives items, whatever it demands.
    A financial statement is a small table whose sums fit; parts of other classes stay as in the example.
    """
    if issubclass(cls, Statement):
        return draw(statements(cls))
    spec = item_specification(cls)
    item = _example(spec)
    for field in draw(st.permutations(_changeable(spec))):
        if not draw(st.booleans()):
            continue
        try:
            item = evolve(item, **{field.name: draw(_field_values(field))})
        except ModelError:
            continue
    return item


@st.composite
def filings(draw: st.DrawFn, *classes: type[Any], max_items: int = 3) -> Filing:
    """Filings with items of the classes given; items of one class differ in more than what would contradict itself."""
    drawn = [draw(items(cls)) for cls in classes for _ in range(draw(st.integers(1, max_items)))]
    filing = Filing(
        entity=Entity.cik(draw(st.integers(1, 9_999_999_999))),
        prefix=draw(st.sampled_from(["ext", "abc", "my-company"])),
        period_end=Instant(draw(st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)))),
        items=drawn,
    )
    kept: Sequence[Any] = drawn
    while len(kept) > 1 and filing.derived.findings:  # two items that say different things of one fact
        kept = kept[:-1]
        filing = filing.with_items(kept)
    return filing


def _example(spec: ItemSpec) -> Any:
    structurer = ItemStructurer.of([spec.cls])
    item = structurer.item(example_of(spec.cls), "")
    if item is None:
        messages = "; ".join(finding.message for finding in structurer.findings)
        raise ModelError(f"the example of {spec.name} is no item; give the class an EXAMPLE ({messages})")
    return item


def _changeable(spec: ItemSpec) -> list[FieldSpec]:
    aside = (ProvenanceDeclaration, RowsDeclaration, LanguageDeclaration, PartDeclaration)
    return [field for field in spec.fields if not isinstance(field.declaration, aside)]


def _field_values(field: FieldSpec) -> st.SearchStrategy[Any]:
    if isinstance(field.declaration, NotesDeclaration):
        return st.lists(_TEXTS.map(Footnote), max_size=2).map(tuple)
    strategy = st.one_of(*map(_of_type, field.types))
    if field.many:
        strategy = st.lists(strategy, max_size=3).map(tuple)
    if field.unknown and not isinstance(field.declaration, PeriodDeclaration):
        strategy |= values.unknowns
    return strategy | st.none() if field.optional else strategy


def _of_type(python_type: type) -> st.SearchStrategy[Any]:
    if issubclass(python_type, enum.Enum):
        return st.sampled_from(python_type)
    return _BY_TYPE[python_type]
