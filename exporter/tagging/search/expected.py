"""What is looked for in a document: a fact, the form its value is printed in, and the words that go with it."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from attrs import frozen

from exporter.items.bind import Binding
from exporter.items.bound import BoundConcept
from exporter.items.declarations import words
from exporter.items.labels import LabelRole, Labels, member_labels
from exporter.items.to_facts import DerivedReport, FactOrigin
from exporter.items.values import EntityRef, Month, MonthDay, Percent
from exporter.items.values.enumeration import camel, member_name
from exporter.items.values.languages import ALWAYS, language_code
from exporter.items.values.texts import TextBlock
from exporter.model.dimensions import Dimension, ExplicitDimension
from exporter.model.fact import Fact
from exporter.model.period import Duration, Instant
from exporter.model.unit import Unit
from exporter.namespaces import ISO4217
from exporter.tagging.text.captions import read_caption
from exporter.tagging.text.dates import Days

_SUFFIXES: Final = re.compile(r"(?:TypedDomain|Member|Axis)$")
_SHAPES_OF_TEXT: Final = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"\d{4}-\d\d"), "month"),
    (re.compile(r"--\d\d-\d\d"), "month-day"),
    (re.compile(r"true|false"), "boolean"),
)


class Shape(enum.StrEnum):
    """How a value looks on a page, and so how it is looked for."""

    NUMBER = "number"
    COUNT = "count"
    DATE = "date"
    MONTH = "month"
    MONTH_DAY = "month-day"
    YEAR = "year"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    TEXT = "text"
    BLOCK = "text-block"
    UNKNOWN = "unknown"

    @property
    def is_numeric(self) -> bool:
        return self in (Shape.NUMBER, Shape.COUNT)

    @property
    def is_calendar(self) -> bool:
        return self in (Shape.DATE, Shape.MONTH, Shape.MONTH_DAY, Shape.YEAR)


@frozen(kw_only=True)
class Mark:
    """What cuts a fact from others of its concept: the axis and the names under which a page knows the value.

    ``is_open`` tells a free text (a typed dimension: a party, an event) from one of few members with labels.
    """

    axis: str
    names: tuple[str, ...]
    is_open: bool = True


@frozen(kw_only=True)
class ExpectedFact:
    """A fact to be found.

    ``labels`` are the concept's own words, ``subjects`` those of the item it belongs to, ``marks`` the values of its
    dimensions. ``inverted`` says that people print the number with the other sign than the concept has. ``words`` are
    the printed forms of a value that is chosen from a list, ``plain`` the text of a text block without its markup.
    """

    fact: Fact
    shape: Shape
    pointer: str = ""
    item: str = ""
    field: str = ""
    labels: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    words: tuple[str, ...] = ()
    plain: str = ""
    inverted: bool = False
    is_percent: bool = False
    origins: tuple[FactOrigin, ...] = ()

    @property
    def id(self) -> str:
        return self.fact.id or ""

    @property
    def number(self) -> Decimal | None:
        return self.fact.number if self.shape.is_numeric else None

    @property
    def currency(self) -> str | None:
        """The currency the number is counted in; of a rate, the quoted one."""
        unit = self.fact.unit
        return (
            next((numerator.local_name for numerator in unit.numerators if numerator.namespace == ISO4217), None)
            if unit
            else None
        )

    @property
    def base_currency(self) -> str | None:
        """Of an exchange rate, the currency that one unit of is meant."""
        unit = self.fact.unit
        return (
            next(
                (denominator.local_name for denominator in unit.denominators if denominator.namespace == ISO4217), None
            )
            if unit
            else None
        )

    @property
    def is_shares(self) -> bool:
        return self.fact.unit == Unit.shares()

    @property
    def is_quotient(self) -> bool:
        """Whether the unit has a denominator: rates and amounts per share."""
        return bool(self.fact.unit and self.fact.unit.denominators)

    @property
    def title(self) -> str:
        """What to call the fact in a message."""
        where = f"{self.item}, {self.field}" if self.item else self.fact.concept.local_name
        return f"{self.id} ({where})"

    @property
    def first_day(self) -> dt.date | None:
        period = self.fact.period
        return period.first_day if isinstance(period, Duration) else None

    @property
    def last_day(self) -> dt.date | None:
        period = self.fact.period
        if isinstance(period, Instant):
            return period.date
        return period.last_day if isinstance(period, Duration) else None

    @property
    def days(self) -> Days:
        return self.first_day, self.last_day


def derive_expected(derived: DerivedReport, *, language: str | None = None) -> tuple[ExpectedFact, ...]:
    """What to look for, for each fact of a report that was derived from items.

    Args:
        language: that of the document; labels in it are looked for beside those in English and Japanese.
    """
    languages = tuple(dict.fromkeys((*ALWAYS, *([language_code(language)] if language else []))))
    return tuple(_expected(fact, derived.origins.get(fact.id or "", ()), languages) for fact in derived.report.facts)


def _expected(fact: Fact, origins: tuple[FactOrigin, ...], languages: Iterable[str]) -> ExpectedFact:
    first = origins[0] if origins else None
    bound = first.bound if first else None
    shape = Shape.UNKNOWN if fact.is_nil else _shape(bound) if bound else _shape_of(fact)
    member = (fact.value or "").rpartition("#")[2]
    return ExpectedFact(
        fact=fact,
        shape=shape,
        pointer=first.pointer if first else "",
        item=first.item if first else "",
        field=first.field if first else "",
        labels=tuple(dict.fromkeys(_labels(fact, bound, languages))),
        subjects=tuple(dict.fromkeys(text for origin in origins for text in _subjects(origin.binding, languages))),
        marks=tuple(_marks(fact, first, languages)),
        words=tuple(_choice_words(bound, member, languages)) if shape is Shape.CHOICE else (),
        plain=TextBlock(fact.value or "").plain if shape is Shape.BLOCK and (fact.value or "").strip() else "",
        inverted=bool(bound and bound.inverted),
        is_percent=bound.codec.python_type is Percent if bound else False,
        origins=origins,
    )


def _shape(bound: BoundConcept) -> Shape:
    python_type = bound.codec.python_type
    if bound.spec.item_type == "gYearItemType":
        return Shape.YEAR
    if bound.codec.is_number:
        return Shape.NUMBER
    simple = {
        int: Shape.COUNT,
        bool: Shape.BOOLEAN,
        dt.date: Shape.DATE,
        Month: Shape.MONTH,
        MonthDay: Shape.MONTH_DAY,
        TextBlock: Shape.BLOCK,
    }
    if python_type in simple:
        return simple[python_type]
    return Shape.CHOICE if issubclass(python_type, enum.Enum) else Shape.TEXT


def _shape_of(fact: Fact) -> Shape:
    """From the looks of the value alone, for facts that no class is known for."""
    value = fact.value or ""
    if fact.looks_numeric and fact.number is not None:
        return Shape.NUMBER
    if fact.language is not None:
        return Shape.BLOCK if re.search(r"<[a-z/]", value) else Shape.TEXT
    for form, name in _SHAPES_OF_TEXT:
        if form.fullmatch(value):
            return Shape(name)
    return Shape.COUNT if fact.number is not None else Shape.TEXT


def _labels(fact: Fact, bound: BoundConcept | None, languages: Iterable[str]) -> Iterator[str]:
    if bound is not None:
        labels = bound.spec.labels
        yield from _translations(labels, languages, "standard", "terse")
        yield from _labels_of_choice(bound)
        if labels.standard:
            return
    yield words(_SUFFIXES.sub("", fact.concept.local_name))


def _translations(labels: Labels, languages: Iterable[str], *roles: LabelRole) -> Iterator[str]:
    """The labels in the languages in which the document is read."""
    for role in roles:
        yield from filter(None, (labels.text(language, role) for language in languages))


def _labels_of_choice(bound: BoundConcept) -> Iterator[str]:
    """What the item's own choice calls the figure, where that is a name by itself ("Capital Expenditure")."""
    for _, value in bound.spec.when:
        if isinstance(value, enum.StrEnum):
            label = member_labels(value).standard
            if label and read_caption(label).is_plain:
                yield label


def _subjects(binding: Binding, languages: Iterable[str]) -> Iterator[str]:
    yield from _translations(binding.spec.options.labels, languages, "standard")


def _choice_words(bound: BoundConcept | None, member: str, languages: Iterable[str]) -> Iterator[str]:
    kind = bound.codec.python_type if bound else None
    if isinstance(kind, type) and issubclass(kind, enum.StrEnum):
        for value in kind:
            if member in (member_name(value), camel(value.value)):
                yield from _translations(member_labels(value), languages, "standard")
                return
    yield words(_SUFFIXES.sub("", member))


def _marks(fact: Fact, origin: FactOrigin | None, languages: Iterable[str]) -> Iterator[Mark]:
    axes = {axis.axis: axis for axis in origin.binding.axes} if origin else {}
    list_axis = origin.bound.list_axis if origin and origin.bound else None
    unprinted = {origin.binding.pair_axis if origin else None, list_axis.axis if list_axis else None}
    for dimension in fact.dimensions:
        axis = axes.get(dimension.axis)
        if axis is None and dimension.axis in unprinted:
            continue
        names = list(_names(dimension, axis.enumeration if axis else None, languages))
        value = getattr(origin.placed.item, axis.field.name) if axis and origin else None
        if isinstance(value, EntityRef):
            names += [*([value.name] if value.name else []), *value.aliases]
        is_open = not isinstance(dimension, ExplicitDimension)
        names += [name[0].upper() + name[1:] for name in names if is_open and name[:1].islower()]
        yield Mark(axis=dimension.axis.local_name, names=tuple(dict.fromkeys(names)), is_open=is_open)


def _names(dimension: Dimension, enumeration: type[enum.StrEnum] | None, languages: Iterable[str]) -> Iterator[str]:
    if isinstance(dimension, ExplicitDimension):
        member = dimension.member.local_name
        for value in enumeration or ():
            if member_name(value) == member:
                yield from _translations(member_labels(value), languages, "standard")
                return
        yield words(_SUFFIXES.sub("", member))
    elif dimension.value:
        yield dimension.value
