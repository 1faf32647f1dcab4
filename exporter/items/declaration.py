"""Declaring a report item: a class decorator and field specifiers over attrs.

An item class says once what a report item is. Facts, the JSON Schema, the extension taxonomy and the way back to
objects are derived from the declaration (see `exporter.items.specification`, which compiles it, and
`exporter.items.binding`, which joins it to a namespace).

    @report_item(label="Average revenue per user")
    class AverageRevenuePerUser:
        segment: str = dimension("ServiceSegment")
        amount: Money = concept("AverageRevenuePerUser", balance="credit")
        over: Duration = period()
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Literal, TypeVar, dataclass_transform, overload

import attrs
from attrs import NOTHING, frozen

from exporter.errors import DeclarationError
from exporter.findings import Finding, Location, Severity

PeriodType = Literal["instant", "duration"]
Balance = Literal["debit", "credit"]
Sign = Literal["as_stated", "inverted"]
At = Literal["start", "end"]

METADATA_KEY: Final = "exporter.items"
_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9]{0,199}")
_QUALIFIED: Final = re.compile(r"[A-Za-z_][\w.-]*:[A-Za-z_][\w.-]*")
_T = TypeVar("_T")


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise DeclarationError(
            f"a concept or axis name starts with a capital and has letters and digits only, at most 200, got {name!r}"
        )


def _anchors(names: Iterable[str]) -> tuple[str, ...]:
    found = (names,) if isinstance(names, str) else tuple(names)
    for name in found:
        if not _QUALIFIED.fullmatch(name):
            raise DeclarationError(f"a concept is anchored to standard concepts, each as prefix:name, got {name!r}")
    return found


def _one_of(*allowed: str | None) -> Callable[[object, attrs.Attribute[Any], Any], None]:
    def check(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value not in allowed:
            names = " or ".join(repr(each) for each in allowed if each is not None)
            raise DeclarationError(f"{attribute.name} is {names}, got {value!r}")

    return check


@frozen(kw_only=True)
class Labels:
    """The labels of a concept: English and Japanese, by label role.

    Where ``standard`` is not given it is made from the name. ``negated`` shows a value with its sign turned round and
    is made from the standard label where the sign is inverted.
    """

    standard: str | None = None
    standard_ja: str | None = None
    terse: str | None = None
    terse_ja: str | None = None
    documentation: str | None = None
    documentation_ja: str | None = None
    total: str | None = None
    total_ja: str | None = None
    period_start: str | None = None
    period_start_ja: str | None = None
    period_end: str | None = None
    period_end_ja: str | None = None
    negated: str | None = None
    negated_ja: str | None = None


@frozen(kw_only=True)
class ConceptOption:
    """One concept that a field may report.

    An option applies to a value if the value has the type ``of`` (where given), if the item's fields have the values
    in ``when``, and if its period type can be had from the item's period. ``wider`` and ``narrower`` name the standard
    concepts that a concept of the filing's own is anchored to (``ifrs-full:OtherReceivables``).
    """

    name: str = attrs.field()
    period: PeriodType | None = attrs.field(default=None, validator=_one_of("instant", "duration", None))
    at: At = attrs.field(default="end", validator=_one_of("start", "end"))
    item_type: str | None = None
    balance: Balance | None = attrs.field(default=None, validator=_one_of("debit", "credit", None))
    sign: Sign = attrs.field(default="as_stated", validator=_one_of("as_stated", "inverted"))
    labels: Labels = Labels()
    references: tuple[tuple[tuple[str, str], ...], ...] = ()
    of: type | None = None
    when: tuple[tuple[str, Any], ...] = ()
    wider: tuple[str, ...] = attrs.field(default=(), converter=_anchors)
    narrower: tuple[str, ...] = attrs.field(default=(), converter=_anchors)

    @name.validator
    def _valid_name(self, _: object, value: str) -> None:
        _check_name(value)


@frozen(kw_only=True)
class ConceptDeclaration:
    """A field that becomes facts.

    ``sum_of`` names the fields that this one is the sum of, with their weights. A ``companion`` field reports, for
    each option of the field ``companion_of``, a concept with that option's name and ``suffix``.
    """

    options: tuple[ConceptOption, ...]
    sum_of: tuple[tuple[str, int], ...] = ()
    companion_of: str | None = None
    suffix: str = ""


@frozen(kw_only=True)
class DimensionDeclaration:
    """A field that becomes a dimension of all the item's facts: explicit for an enumeration, else typed."""

    name: str = attrs.field()
    labels: Labels = Labels()

    @name.validator
    def _valid_name(self, _: object, value: str) -> None:
        _check_name(value)


@frozen(kw_only=True)
class PeriodDeclaration:
    """The field that gives the item's period; with ``options`` the date itself is a fact too."""

    options: tuple[ConceptOption, ...] = ()


@frozen
class UnitDeclaration:
    """The currency pair whose rates the item states."""


@frozen
class SelectorDeclaration:
    """A field that only chooses among the options of others (``when``); the concept chosen says its value."""


@frozen
class LanguageDeclaration:
    """The language of the item's texts; ``None`` is the filing's own."""


@frozen
class RowsDeclaration:
    """Items this one is made of. Their facts are its facts."""


@frozen
class NotesDeclaration:
    """Footnotes to the item's facts."""


@frozen
class ProvenanceDeclaration:
    """Where the item comes from: kept in items JSON, no fact, no part of equality."""


Declaration = (
    ConceptDeclaration
    | DimensionDeclaration
    | PeriodDeclaration
    | UnitDeclaration
    | SelectorDeclaration
    | LanguageDeclaration
    | RowsDeclaration
    | NotesDeclaration
    | ProvenanceDeclaration
)


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
    labels: Labels | None = None,
    label: str | None = None,
    label_ja: str | None = None,
    documentation: str | None = None,
    documentation_ja: str | None = None,
    sum_of: Iterable[str] | Mapping[str, int] = (),
    references: Iterable[Mapping[str, str]] = (),
    wider: Iterable[str] = (),
    narrower: Iterable[str] = (),
    default: Any = NOTHING,
) -> Any:
    """A field whose value is a fact of the concept ``name``.

    Args:
        name: local name of the concept; letters and digits, capital first.
        period: the concept's period type; left out, that of the item's own period. An instant concept of an item that
            lasts is reported ``at`` the ``end`` (or ``start``) of the item's period.
        type: item type by its standard local name (``perShareItemType``); left out, the one fitting the field's type.
        balance: ``debit`` or ``credit``, for money only.
        sign: ``inverted`` where people state a loss or deficit as a positive number that the concept counts negative.
        labels: all labels; or give the commonest with ``label``, ``label_ja``, ``documentation``,
            ``documentation_ja``.
        sum_of: the fields this one is the sum of; a mapping gives weights other than 1.
        references: for each reference its parts by name (``{"Name": "Form 20-F", "Paragraph": "3.D"}``).
        wider: the standard concepts nearest in meaning that this one is a part of (``ifrs-full:OtherReceivables``).
            They anchor the concept where the filing has to declare its own, and are left out where the profile does
            not know their prefix.
        narrower: the standard concepts that this one combines.
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
    weights = sum_of.items() if isinstance(sum_of, Mapping) else ((each, 1) for each in sum_of)
    return _field(ConceptDeclaration(options=(option,), sum_of=tuple(weights)), default)


def _labels(labels: Labels | None, label: str | None, ja: str | None, doc: str | None, doc_ja: str | None) -> Labels:
    short = {"standard": label, "standard_ja": ja, "documentation": doc, "documentation_ja": doc_ja}
    return attrs.evolve(labels or Labels(), **{name: text for name, text in short.items() if text is not None})


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
    labels: Labels | None = None,
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
    suffix: str, *, of: str, label: str | None = None, label_ja: str | None = None, default: Any = NOTHING
) -> Any:
    """A field that says something about the field ``of``, under that field's concept name with ``suffix``.

    ``label`` and ``label_ja`` are appended to the labels of the concept it accompanies.
    """
    labels = Labels(standard=label, standard_ja=label_ja)
    template = ConceptOption(name=suffix, labels=labels)
    return _field(ConceptDeclaration(options=(template,), companion_of=of, suffix=suffix), default)


def dimension(
    name: str,
    *,
    labels: Labels | None = None,
    label: str | None = None,
    label_ja: str | None = None,
    default: Any = NOTHING,
) -> Any:
    """A field that cuts the item's facts: the axis ``{name}Axis``.

    An enumeration makes an explicit axis with a member for each value; any other type a typed axis. A field that may be
    absent has the type ``X | None``.
    """
    return _field(DimensionDeclaration(name=name, labels=_labels(labels, label, label_ja, None, None)), default)


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


def rows(*, default: Any = ()) -> Any:
    """Items that this item is made of, with rules across them."""
    return _field(RowsDeclaration(), default, converter=tuple)


def notes(*, default: Any = ()) -> Any:
    """Footnotes to the item's facts."""
    return _field(NotesDeclaration(), default, converter=tuple)


def provenance(*, default: Any = None) -> Any:
    """Something kept with the item that is no fact and takes no part in equality."""
    return _field(ProvenanceDeclaration(), default, eq=False)


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
        notes,
        provenance,
        attrs.field,
    ),
)
def item_base(cls: type[_T]) -> type[_T]:
    """Make a class whose fields report item classes inherit; it is no report item itself."""
    made: type[_T] = attrs.define(frozen=True, kw_only=True, slots=True)(cls)
    return made


@frozen(kw_only=True)
class ItemOptions:
    """What `report_item` was told; kept on the class as ``__report_item__``."""

    label: str
    label_ja: str | None
    documentation: str | None
    documentation_ja: str | None


@overload
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
        notes,
        provenance,
        attrs.field,
    ),
)
def report_item(cls: type[_T], /) -> type[_T]: ...
@overload
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
        notes,
        provenance,
        attrs.field,
    ),
)
def report_item(
    *,
    label: str | None = None,
    label_ja: str | None = None,
    documentation: str | None = None,
    documentation_ja: str | None = None,
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
        notes,
        provenance,
        attrs.field,
    ),
)
def report_item(
    cls: type[Any] | None = None,
    /,
    *,
    label: str | None = None,
    label_ja: str | None = None,
    documentation: str | None = None,
    documentation_ja: str | None = None,
) -> Any:
    """Make a class a report item: a frozen attrs class with keyword arguments, whose fields are declared with the
    specifiers of this module.

    A method ``check(self) -> Iterator[Problem]`` may yield what is wrong with the values; errors stop the making of the
    item with an `exporter.errors.ItemError` that carries all of them.

    Raises:
        DeclarationError: the class is declared wrongly. What can only be known with the types of the fields is found
            when the class is first used.
    """

    def make(original: type[Any]) -> type[Any]:
        name = original.__name__
        _check_name(name)
        original.__report_item__ = ItemOptions(
            label=label or words(name),
            label_ja=label_ja,
            documentation=documentation,
            documentation_ja=documentation_ja,
        )
        # Imported here because the compiler of declarations reads this module.
        from exporter.items.specification import check_values, settle_footnotes

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


def words(name: str) -> str:
    """A label from a name in capitalised camel case: ``NetLossOfYear`` gives ``Net Loss Of Year``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)


def problem(code: str, message: str, *fields: str, mend: str | None = None, warning: bool = False) -> Finding:
    """Something wrong with an item's values, for ``check`` methods; the first of ``fields`` is the one at fault."""
    return Finding(
        code=code,
        message=message,
        severity=Severity.WARNING if warning else Severity.ERROR,
        location=Location(pointer=f"/{fields[0]}" if fields else ""),
        mend=mend,
    )
