"""Item classes made up by hypothesis, and documents of items of such classes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
from attrs import frozen
from hypothesis import strategies as st

from exporter.items import declare as d
from exporter.items.declare import ReportItem, report_item
from exporter.items.document import ItemsDocument
from exporter.items.values import (
    CurrencyPair,
    EntityKind,
    EntityRef,
    Money,
    Month,
    MonthDay,
    Percent,
    PerShare,
    Rate,
    Ratio,
    ShareCount,
    Unknown,
)
from exporter.items.values.enumeration import Enumeration
from exporter.items.values.texts import Footnote, TextBlock
from exporter.model.dimensions import Entity
from exporter.model.period import Duration, Instant
from exporter.testing.report_strategies import texts
from exporter.testing.values import (
    currency_pairs,
    moneys,
    month_days,
    per_shares,
    percents,
    rates,
    ratios,
    share_counts,
)

NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")


class Colour(Enumeration):
    RED = "red", "Red", "赤"
    DEEP_BLUE = "deep_blue", "Deep Blue", "紺"


words = texts(max_size=16).filter(lambda text: bool(text.strip()))
lines = words.filter(lambda text: "\n" not in text)
parties = st.builds(
    EntityRef,
    words.map(lambda text: text.strip(" \t\r\n")).filter(bool),
    st.none() | st.integers(1, 10**9).map(Entity.cik),
    kind=st.sampled_from(EntityKind),
)
days = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 28))
durations = st.tuples(days, days).map(lambda ends: Duration(min(ends), max(ends)))

VALUES: dict[Any, st.SearchStrategy[Any]] = {
    Money: moneys,
    PerShare: per_shares,
    Percent: percents,
    Ratio: ratios,
    ShareCount: share_counts,
    int: st.integers(-(10**30), 10**30),
    bool: st.booleans(),
    str: texts(max_size=20),
    tuple[str, ...]: st.lists(lines, min_size=1, max_size=3).map(tuple),
    dt.date: days,
    Month: st.builds(Month, st.integers(1990, 2030), st.integers(1, 12)),
    MonthDay: month_days,
    TextBlock: st.lists(words, min_size=1, max_size=2).map(TextBlock.of).filter(lambda block: bool(block.xhtml)),
    EntityRef: parties,
    Colour: st.sampled_from(Colour),
}
AXES: dict[Any, st.SearchStrategy[Any]] = {
    str: words,
    int: st.integers(0, 10**6),
    dt.date: days,
    EntityRef: parties,
    Colour: st.sampled_from(Colour),
}
PERIODS: dict[Any, st.SearchStrategy[Any]] = {
    Instant: days.map(Instant),
    Duration: durations,
    dt.date: days,
    Month: VALUES[Month],
}


@frozen
class MadeClass:
    """A class with a strategy for each field of its items, and what its ``key`` fields are declared as."""

    cls: type[Any]
    fields: dict[str, st.SearchStrategy[Any]]
    key: dict[str, tuple[Any, Any]]


@frozen
class MadeContainer:
    """A class of containers of ``rows``, with values for its fields that rows do not have."""

    cls: type[Any]
    rows: MadeClass
    by: tuple[str, ...]
    own: tuple[str, ...]
    fields: dict[str, st.SearchStrategy[Any]]


@st.composite
def made_classes(draw: st.DrawFn, name: str = "Made") -> MadeClass:
    """One item class: a period, perhaps axes and a currency pair, concepts of any type, required or not, or unknown."""
    hints: dict[str, Any] = {}
    body: dict[str, Any] = {}
    fields: dict[str, st.SearchStrategy[Any]] = {}
    period = draw(st.sampled_from(list(PERIODS)))
    hints["over"], body["over"], fields["over"] = period, d.period(), PERIODS[period]
    key = ["over"]
    for axis in draw(st.lists(st.sampled_from(NAMES), max_size=2, unique=True)):
        kind, optional = draw(st.sampled_from(list(AXES))), draw(st.booleans())
        field = f"on_{axis.lower()}"
        hints[field] = kind | None if optional else kind
        body[field] = d.dimension(f"{name}{axis}", **({"default": None} if optional else {}))
        fields[field] = st.none() | AXES[kind] if optional else AXES[kind]
        key.append(field)
    if draw(st.booleans()):
        hints["pair"], body["pair"], fields["pair"] = CurrencyPair, d.unit(), currency_pairs
        key.append("pair")
        hints["rate"], body["rate"] = Rate, d.concept(f"{name}Rate")
        fields["rate"] = rates
    hints["stated"], body["stated"], fields["stated"] = bool, d.concept(f"{name}Stated"), st.booleans()
    for number, kind in enumerate(draw(st.lists(st.sampled_from(list(VALUES)), min_size=1, max_size=4))):
        field, concept = f"value_{number}", f"{name}Value{number}"
        declared, values, hint, options = draw(_concepts(kind, instant=period is not Instant))
        hints[field], fields[field] = hint, values
        body[field] = d.concept(concept, **declared, **options)
    if draw(st.booleans()):
        hints["said_in"], body["said_in"] = str | None, d.language(default=None)
        fields["said_in"] = st.sampled_from([None, "ja", "de-CH"])
        hints["text"], body["text"], fields["text"] = str, d.concept(f"{name}Text"), texts(max_size=9)
    made = type(name, (ReportItem,), {"__annotations__": hints, "__module__": __name__, **body})
    cls: type[Any] = report_item(label=f"{name} item", label_ja=f"{name}項目")(made)
    return MadeClass(cls, fields, {field: (hints[field], body[field]) for field in key})


@st.composite
def made_containers(draw: st.DrawFn, rows: MadeClass, name: str = "Holder") -> MadeContainer:
    """A class of containers: of rows alone, with fields that its rows have too, or with concepts of its own."""
    by = tuple(draw(st.lists(st.sampled_from(list(rows.key)), unique=True, max_size=2)))
    kind = draw(st.sampled_from(["rows alone", "shared fields", "concepts"]))
    own = by if kind != "rows alone" else ()
    named = () if kind == "shared fields" else by
    fields: dict[str, st.SearchStrategy[Any]] = {}
    if kind == "concepts":
        own = tuple(dict.fromkeys((*by, "over")))
        fields["heading"] = words
    hints: dict[str, Any] = {field: rows.key[field][0] for field in own}
    body: dict[str, Any] = {}
    for field in own:
        declared = rows.fields[field]
        body[field] = _same_field(rows.key[field][1])
        if field not in by:
            fields[field] = declared
    if kind == "concepts":
        hints["heading"], body["heading"] = str, d.concept(f"{name}Heading")
    hints["entries"], body["entries"] = tuple[rows.cls, ...], d.rows(by=named)  # type: ignore[name-defined]
    made = type(name, (ReportItem,), {"__annotations__": hints, "__module__": __name__, **body})
    return MadeContainer(report_item(label=f"{name} container")(made), rows, by, own, fields)


def _same_field(declared: Any) -> Any:
    """A field declared as another is."""
    return attrs.field(default=declared._default, metadata=declared.metadata)


@st.composite
def filled(draw: st.DrawFn, made: MadeContainer) -> list[Any]:
    """Containers of made-up rows; rows with the same values in ``by`` are in one container."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in draw(made_items(made.rows)):
        groups.setdefault(tuple(getattr(row, name) for name in made.by), []).append(row)
    containers = []
    for values, entries in groups.items():
        shared = {name: value for name, value in zip(made.by, values, strict=True) if name in made.own}
        own = {name: draw(strategy) for name, strategy in made.fields.items()}
        containers.append(made.cls(**shared, **own, entries=entries))
    return containers


@st.composite
def _concepts(draw: st.DrawFn, kind: Any, *, instant: bool) -> Any:
    """What a concept field is declared with: arguments, values, type, default."""
    declared: dict[str, Any] = {}
    if kind is Money:
        declared["balance"] = draw(st.sampled_from([None, "debit", "credit"]))
        declared["sign"] = draw(st.sampled_from(["as_stated", "inverted"]))
    if instant and draw(st.booleans()):
        declared["period"], declared["at"] = "instant", draw(st.sampled_from(["start", "end"]))
    values, hint, options = VALUES[kind], kind, {}
    if draw(st.booleans()) and kind != tuple[str, ...]:
        values, hint = values | st.builds(Unknown, words), hint | Unknown
    if draw(st.booleans()):
        values, hint, options = st.none() | values, hint | None, {"default": None}
    return declared, values, hint, options


@st.composite
def made_items(draw: st.DrawFn, made: MadeClass, *, max_size: int = 4) -> list[Any]:
    """Items that can be told apart: no two have the same period, dimensions and pair, nor do their periods meet."""
    found: list[Any] = []
    moments: set[str] = set()
    for _ in range(draw(st.integers(0, max_size))):
        values = {name: draw(strategy) for name, strategy in made.fields.items()}
        item = made.cls(**values, footnotes=draw(footnotes(made, values)), id=draw(st.none() | words))
        ends = _ends(values["over"])
        if not moments & ends:
            moments |= ends
            found.append(item)
    return found


def _ends(period: Any) -> set[str]:
    if isinstance(period, Month):
        period = period.duration
    elif isinstance(period, dt.date):
        period = Duration.day(period)
    return {period.moment} if isinstance(period, Instant) else {period.start, period.end}


def footnotes(made: MadeClass, values: dict[str, Any]) -> st.SearchStrategy[tuple[Footnote, ...]]:
    """Notes to the whole item or to one of the fields that state something."""
    stated = [name for name in ("stated", "rate", "text") if name in values]
    return st.lists(
        st.builds(
            Footnote,
            words,
            language=st.sampled_from([None, "ja"]),
            fields=st.sampled_from([(), *((name,) for name in stated)]),
        ),
        max_size=2,
        unique=True,
    ).map(tuple)


@st.composite
def documents(draw: st.DrawFn) -> tuple[ItemsDocument, tuple[type[Any], ...]]:
    """A document of items of one or two made-up classes, and those classes."""
    made = [draw(made_classes(name)) for name in draw(st.sampled_from([("One",), ("One", "Other")]))]
    containers = [draw(made_containers(draw(made_classes("Row"))))] if draw(st.booleans()) else []
    items = [item for made_class in made for item in draw(made_items(made_class))]
    items += [container for made_container in containers for container in draw(filled(made_container))]
    document = ItemsDocument(
        entity=Entity.cik(draw(st.integers(1, 10**9))),
        items=items,
        period_end=Instant("2005-03-31"),
        prefix=draw(st.sampled_from(["ext", "iij", "a-b.c"])),
        title=draw(st.none() | words),
    )
    return document, (*(made_class.cls for made_class in made), *(container.cls for container in containers))
