"""The functions that declare a report item class: its decorator, and what stands behind the equals sign of a field.

An item class says once what a report item is. Facts, the JSON Schema, the extension taxonomy and the way back to
objects are derived from the declaration (see `exporter.items.compile`, which compiles it, and
`exporter.items.bind`, which joins it to a namespace).

    @report_item(label="Average revenue per user")
    class AverageRevenuePerUser:
        segment: str = dimension("ServiceSegment")
        amount: Money = concept("AverageRevenuePerUser", balance="credit")
        over: Duration = period()

`ReportItem` has the fields that every disclosure has, whatever it states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, dataclass_transform, overload

import attrs
from attrs import NOTHING

from exporter.errors import DeclarationError
from exporter.items.check import check_values, settle_footnotes
from exporter.items.codec import Codec
from exporter.items.declarations import (
    METADATA_KEY,
    At,
    ConceptDeclaration,
    ConceptOption,
    Declaration,
    DimensionDeclaration,
    ItemHeading,
    ItemOptions,
    LanguageDeclaration,
    NotesDeclaration,
    Part,
    PartDeclaration,
    PeriodDeclaration,
    ProvenanceDeclaration,
    RowsDeclaration,
    SelectorDeclaration,
    Sign,
    UnitDeclaration,
    check_name,
    words,
)
from exporter.items.labels import CLASS_KEY, NO_LABELS, Labels, catalogue_of
from exporter.items.values import SourceRef
from exporter.items.values.texts import Footnote
from exporter.model.standard_types import Balance, PeriodType

GivenLabels = Labels | Mapping[str, str | Mapping[str, str]]


def _field(declaration: Declaration, default: Any, **options: Any) -> Any:
    return attrs.field(default=default, metadata={METADATA_KEY: declaration}, **options)


def concept(
    name: str,
    *,
    period: PeriodType | None = None,
    at: At = "end",
    type: str | None = None,
    balance: Balance | None = None,
    sign: Sign = "as_stated",
    labels: GivenLabels | None = None,
    label: str | None = None,
    label_ja: str | None = None,
    documentation: str | None = None,
    documentation_ja: str | None = None,
    sum_of: Iterable[str] | Mapping[str, int] = (),
    references: Iterable[Mapping[str, str]] = (),
    wider: Iterable[str] = (),
    narrower: Iterable[str] = (),
    lines: bool = False,
    default: Any = NOTHING,
) -> Any:
    """A field whose value is a fact of the concept ``name``; of a tuple each value is one, on an axis of the field.

    Args:
        name: local name of the concept; letters and digits, capital first.
        period: the concept's period type; left out, that of the item's own period. An instant concept of an item that
            lasts is reported ``at`` the ``end`` (or ``start``) of the item's period.
        type: item type by its standard local name (``perShareItemType``); left out, the one fitting the field's type.
        balance: ``debit`` or ``credit``, for money only.
        sign: ``inverted`` where people state a loss or deficit as a positive number that the concept counts negative.
        labels: labels in other languages, by language tag (``{"de": "Umsatz"}``; with roles ``{"de": {"label": …,
            "documentation": …}}``), or all labels as `Labels`; the commonest have arguments of their own: ``label``,
            ``label_ja``, ``documentation``, ``documentation_ja``.
        sum_of: the fields this one is the sum of; a mapping gives weights other than 1.
        references: for each reference its parts by name (``{"Name": "Form 20-F", "Paragraph": "3.D"}``).
        wider: the standard concepts nearest in meaning that this one is a part of (``ifrs-full:OtherReceivables``).
            They anchor the concept where the filing has to declare its own, and are left out where the profile does
            not know their prefix.
        narrower: the standard concepts that this one combines.
        lines: whether the values of a tuple are the lines of one text, such as an address, and one fact.
        default: as in attrs; a field that may be absent has the type ``X | None`` and the default ``None``.
    """
    option = ConceptOption(
        name=name,
        period=period,
        at=at,
        item_type=type,
        balance=balance,
        sign=sign,
        labels=_labels(labels, label, label_ja, documentation, documentation_ja),
        references=tuple(tuple(parts.items()) for parts in references),
        wider=wider,
        narrower=narrower,
    )
    weights = sum_of.items() if isinstance(sum_of, Mapping) else ((part, 1) for part in sum_of)
    return _field(ConceptDeclaration(options=(option,), sum_of=tuple(weights), lines=lines), default)


def _labels(
    labels: GivenLabels | None,
    label: str | None,
    label_ja: str | None,
    documentation: str | None = None,
    documentation_ja: str | None = None,
) -> Labels:
    given = labels if isinstance(labels, Labels) else NO_LABELS.merged(labels or {})
    standard = given.standard if label is None else label
    given = attrs.evolve(given, standard=standard, documentation=documentation or given.documentation)
    japanese = {"label": label_ja, "documentation": documentation_ja}
    japanese_texts = {role: text for role, text in japanese.items() if text is not None}
    return given.merged({"ja": japanese_texts}) if japanese_texts else given


def option(
    name: str,
    *,
    of: type | None = None,
    when: Mapping[str, Any] | None = None,
    period: PeriodType | None = None,
    at: At = "end",
    type: str | None = None,
    balance: Balance | None = None,
    sign: Sign = "as_stated",
    labels: GivenLabels | None = None,
    label: str | None = None,
    label_ja: str | None = None,
    documentation: str | None = None,
    documentation_ja: str | None = None,
    wider: Iterable[str] = (),
    narrower: Iterable[str] = (),
) -> ConceptOption:
    """One of several concepts a field may report (see `concept_choice`); arguments as for `concept`.

    Args:
        of: applies only to values of this type (``datetime.date``, ``Month``).
        when: applies only where other fields of the item have these values; read back, the concept gives those values.
    """
    return ConceptOption(
        name=name,
        of=of,
        when=tuple(sorted((when or {}).items())),
        period=period,
        at=at,
        item_type=type,
        balance=balance,
        sign=sign,
        labels=_labels(labels, label, label_ja, documentation, documentation_ja),
        wider=wider,
        narrower=narrower,
    )


def concept_choice(*options: ConceptOption, default: Any = NOTHING) -> Any:
    """A field that reports the first of ``options`` that applies to the item."""
    if not options:
        raise DeclarationError("a choice of concepts has at least one option")
    return _field(ConceptDeclaration(options=options), default)


def companion(
    suffix: str,
    *,
    of: str,
    labels: GivenLabels | None = None,
    label: str | None = None,
    label_ja: str | None = None,
    default: Any = NOTHING,
) -> Any:
    """A field that says something about the field ``of``, under that field's concept name with ``suffix``.

    Its labels are appended to those of the concept it accompanies.
    """
    template = ConceptOption(name=suffix, labels=_labels(labels, label, label_ja))
    return _field(ConceptDeclaration(options=(template,), companion_of=of, suffix=suffix), default)


def dimension(
    name: str,
    *,
    labels: GivenLabels | None = None,
    label: str | None = None,
    label_ja: str | None = None,
    default: Any = NOTHING,
) -> Any:
    """A field that cuts the item's facts: the axis ``{name}Axis``.

    An enumeration makes an explicit axis with a member for each value; any other type a typed axis. A field that may be
    absent has the type ``X | None``.

    Args:
        name: local name of the axis without ``Axis``; letters and digits, capital first.
        labels: all labels of the axis; or give the commonest with ``label`` and ``label_ja``.
        default: as in attrs.
    """
    return _field(DimensionDeclaration(name=name, labels=_labels(labels, label, label_ja)), default)


def period(*options: ConceptOption, default: Any = NOTHING) -> Any:
    """The field that gives the item's period: an instant, a duration, a day or a month.

    With ``options`` the date is reported as a fact as well.
    """
    return _field(PeriodDeclaration(options=options), default)


def unit(*, default: Any = NOTHING) -> Any:
    """The currency pair of the rates in the item."""
    return _field(UnitDeclaration(), default)


def selector(*, default: Any = NOTHING) -> Any:
    """An enumeration that chooses which concept other fields report (the ``when`` of `option`)."""
    return _field(SelectorDeclaration(), default)


def language(*, default: Any = None) -> Any:
    """The language of the item's texts (BCP 47); ``None`` is the filing's language."""
    return _field(LanguageDeclaration(), default)


def rows(*, by: str | Iterable[str] = (), least: int = 1, alone: bool = False, default: Any = ()) -> Any:
    """Items that this item, a container, is made of, with rules across them.

    No fact says in which container a row stands: what the two have in common puts rows back into containers. Facts have
    no order either, so containers are equal whose rows are the same in any order.

    - A container that has concepts of its own takes the rows that agree with it in the fields ``by``, else in the axes
      and the currency pair that both have; of several such containers the one of the row's period, else the one with
      the narrowest period around it.
    - A container without concepts is made for each combination of values that rows have in the fields ``by``; its own
      period, axes and currency pair are fields of the rows too, and belong to ``by`` without being named.

    Containers that nothing of this tells apart come back as one; `exporter.validate` warns of them
    (``exporter:containersAlike``). A row that is in no container comes back by itself.

    Args:
        by: the fields that have one value in all rows of a container (``by="pair"``).
        least: how many rows make a container when they are read back; fewer come back by themselves.
        alone: the rows are as often items by themselves; read back, they are, unless the container has concepts.
    """
    declaration = RowsDeclaration(by=by, least=least, alone=alone)
    return _field(declaration, default, converter=tuple, eq=frozenset)


def part(
    codec: Codec,
    *,
    words: str,
    example: Any,
    lines: Callable[[str], list[Any]] | None = None,
    many: bool = False,
    default: Any = NOTHING,
) -> Any:
    """A part of a composed item (see `exporter.items.composed`): a value with a codec of its own, no fact by itself.

    Args:
        codec: converts one value to items JSON and back.
        words: how people write it, for the description of the class.
        example: a value as people write it.
        lines: makes of a text that people write in place of an array the nodes of its values.
        many: whether the field holds several values, a tuple of them.
        default: as in attrs.
    """
    options = {"converter": tuple} if many else {}
    return _field(PartDeclaration(codec=codec, words=words, example=example, lines=lines), default, **options)


def notes(*, default: Any = ()) -> Any:
    """Footnotes to the item's facts."""
    return _field(NotesDeclaration(), default, converter=tuple)


def provenance(*, default: Any = None) -> Any:
    """Something kept with the item that is no fact and takes no part in equality."""
    return _field(ProvenanceDeclaration(), default, eq=False)


_T = TypeVar("_T")


@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(
        concept,
        concept_choice,
        companion,
        dimension,
        period,
        unit,
        selector,
        language,
        rows,
        part,
        notes,
        provenance,
        attrs.field,
    ),
)
def item_base(cls: type[_T]) -> type[_T]:
    """Make a class whose fields report item classes inherit; it is no report item itself."""
    made: type[_T] = attrs.define(frozen=True, kw_only=True, slots=True)(cls)
    return made


@overload
def report_item(cls: type[_T], /) -> type[_T]: ...
@overload
def report_item(
    *,
    labels: GivenLabels | None = None,
    label: str | None = None,
    label_ja: str | None = None,
    documentation: str | None = None,
    documentation_ja: str | None = None,
    part: Part | None = None,
    section: str | None = None,
    heading: ItemHeading | None = None,
) -> Callable[[type[_T]], type[_T]]: ...
@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(
        concept,
        concept_choice,
        companion,
        dimension,
        period,
        unit,
        selector,
        language,
        rows,
        part,
        notes,
        provenance,
        attrs.field,
    ),
)
def report_item(
    cls: type[Any] | None = None,
    /,
    *,
    labels: GivenLabels | None = None,
    label: str | None = None,
    label_ja: str | None = None,
    documentation: str | None = None,
    documentation_ja: str | None = None,
    part: Part | None = None,
    section: str | None = None,
    heading: ItemHeading | None = None,
) -> Any:
    """Make a class a report item: a frozen attrs class with keyword arguments, whose fields are declared with the
    functions of `exporter.items.declare`.

    A method ``check(self) -> Iterator[Finding]`` may yield what is wrong with the values; errors stop the making of the
    item with an `exporter.errors.ItemError` that carries all of them.

    Args:
        label: what people call the item, in English; the name of the class in words where not given.
        label_ja: the same in Japanese.
        documentation: what the item is, in a sentence or two.
        documentation_ja: the same in Japanese.
        part: where in the document the facts are presented (``cover``, ``statement``, ``note``, ``schedule``,
            ``details``); left out, texts are notes and everything else is their details.
        section: the item of the form that asks for them, such as ``7.A``: groups of one part come in this order.
        heading: what the class is presented under together with others.

    Raises:
        DeclarationError: the class is declared wrongly. What can only be known with the types of the fields is found
            when the class is first used.
    """

    def make(original: type[Any]) -> type[Any]:
        name = original.__name__
        check_name(name)
        given = _labels(labels, label, label_ja, documentation, documentation_ja)
        original.__report_item__ = ItemOptions(
            labels=attrs.evolve(
                given, standard=given.standard or words(name), catalogue=catalogue_of(original, CLASS_KEY)
            ),
            part=part,
            section=section,
            heading=heading,
        )
        own = original.__dict__.get("__attrs_post_init__")

        def __attrs_post_init__(self: Any) -> None:
            check_values(self)
            settle_footnotes(self)
            if own is not None:
                own(self)

        original.__attrs_post_init__ = __attrs_post_init__
        made: type[Any] = attrs.define(frozen=True, kw_only=True, slots=True, cache_hash=False)(original)
        return made

    return make if cls is None else make(cls)


@item_base
class ReportItem:
    """Base of report items that carry footnotes and say where they come from.

    ``id`` names the item within its document; like ``source`` it is kept in items JSON and is no part of equality. A
    class need not derive from this one to be a report item.
    """

    id: str | None = provenance(default=None)
    source: SourceRef | None = provenance(default=None)
    footnotes: tuple[Footnote, ...] = notes(default=())
