"""What the fields of a report item are declared to be: facts, dimensions, the period and the rest.

The declarations are data. `exporter.items.declare` has the functions that item classes declare their fields with and
the decorator that makes a class an item class, `exporter.items.compile` what is compiled from the declarations of a
class.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, Literal

import attrs
from attrs import frozen

from exporter.errors import DeclarationError
from exporter.findings import list_text, near_choices
from exporter.items.codec import Codec
from exporter.items.labels import NO_LABELS, Labels
from exporter.model.standard_types import STANDARD_TYPES, Balance, PeriodType, standard_type


def words(name: str) -> str:
    """A label from a name in capitalised camel case: ``NetLossOfYear`` gives ``Net Loss Of Year``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)


Sign = Literal["as_stated", "inverted"]
At = Literal["start", "end"]
Part = Literal["cover", "statement", "note", "policies", "tables", "schedule", "details"]
"""A part of the document, in its order: the cover, the statements, notes in text, schedules, and figures of notes."""
METADATA_KEY: Final = "exporter.items"
_ITEM_TYPES: Final = tuple(dict.fromkeys(name.local_name for name in STANDARD_TYPES))
_NAME: Final = re.compile(r"[A-Z][A-Za-z0-9]{0,199}")
_QUALIFIED: Final = re.compile(r"[A-Za-z_][\w.-]*:[A-Za-z_][\w.-]*")


def check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise DeclarationError(
            f"a concept or axis name starts with a capital and has letters and digits only, at most 200, got {name!r}"
        )


def _anchors(names: Iterable[str]) -> tuple[str, ...]:
    concepts = (names,) if isinstance(names, str) else tuple(names)
    for name in concepts:
        if not _QUALIFIED.fullmatch(name):
            raise DeclarationError(f"a concept is anchored to standard concepts, each as prefix:name, got {name!r}")
    return concepts


def _one_of(*allowed: str | None) -> Callable[[object, attrs.Attribute[Any], Any], None]:
    def check(_: object, attribute: attrs.Attribute[Any], value: Any) -> None:
        if value not in allowed:
            names = list_text((repr(choice) for choice in allowed if choice is not None), last=" or ")
            raise DeclarationError(f"{attribute.name} is {names}, got {value!r}")

    return check


def _standard_item_type(_: object, attribute: attrs.Attribute[Any], value: str | None) -> None:
    if value is None:
        return
    try:
        standard_type(value)
    except KeyError:
        near = list_text((repr(near_choice) for near_choice in near_choices(value, _ITEM_TYPES)), last=" or ")
        hint = (
            f"did you mean {near}?" if near else "give one of XBRL or the Data Type Registry, such as perShareItemType"
        )
        raise DeclarationError(f"no standard item type is called {value!r}: {hint}") from None


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
    item_type: str | None = attrs.field(default=None, validator=_standard_item_type)
    balance: Balance | None = attrs.field(default=None, validator=_one_of("debit", "credit", None))
    sign: Sign = attrs.field(default="as_stated", validator=_one_of("as_stated", "inverted"))
    labels: Labels = NO_LABELS
    references: tuple[tuple[tuple[str, str], ...], ...] = ()
    of: type | None = None
    when: tuple[tuple[str, Any], ...] = ()
    wider: tuple[str, ...] = attrs.field(default=(), converter=_anchors)
    narrower: tuple[str, ...] = attrs.field(default=(), converter=_anchors)

    @name.validator
    def _valid_name(self, _: object, value: str) -> None:
        check_name(value)


@frozen(kw_only=True)
class ConceptDeclaration:
    """A field that becomes facts.

    ``sum_of`` names the fields that this one is the sum of, with their weights. A ``companion`` field reports, for
    each option of the field ``companion_of``, a concept with that option's name and ``suffix``. ``lines`` says that
    several values are the lines of one text; else each is a fact, with a member of its own on an axis of the field.
    """

    options: tuple[ConceptOption, ...]
    sum_of: tuple[tuple[str, int], ...] = ()
    companion_of: str | None = None
    suffix: str = ""
    lines: bool = False


@frozen(kw_only=True)
class DimensionDeclaration:
    """A field that becomes a dimension of all the item's facts: explicit for an enumeration, else typed."""

    name: str = attrs.field()
    labels: Labels = NO_LABELS

    @name.validator
    def _valid_name(self, _: object, value: str) -> None:
        check_name(value)


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


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


@frozen(kw_only=True)
class RowsDeclaration:
    """Items that this one, a container, is made of. Their facts are its facts.

    ``by`` names the fields that have one value in all rows of a container; ``least`` is the number of rows from which
    on rows read back make a container; rows that may stand ``alone`` never make one by themselves.
    """

    by: tuple[str, ...] = attrs.field(default=(), converter=_names)
    least: int = 1
    alone: bool = False


@frozen(kw_only=True)
class PartDeclaration:
    """A part of a composed item: no fact by itself; the class makes facts of all its parts together.

    ``codec`` converts one value, ``example`` is one as people write it, in ``words``. ``lines`` makes of a text, which
    people may write in place of an array, the nodes of its values.
    """

    codec: Codec
    words: str
    example: Any
    lines: Callable[[str], list[Any]] | None = None


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
    | PartDeclaration
    | NotesDeclaration
    | ProvenanceDeclaration
)


@frozen(kw_only=True)
class ItemHeading:
    """What several item classes stand under together, as those of a cover page do."""

    name: str = attrs.field()
    labels: Labels

    @classmethod
    def of(cls, name: str, label: str, **others: str) -> ItemHeading:
        """A heading with its label in English and, by language, in others."""
        return cls(name=name, labels=Labels(standard=label, others=others))

    @name.validator
    def _valid_name(self, _: object, value: str) -> None:
        check_name(value)


@frozen(kw_only=True)
class ItemOptions:
    """The arguments of `report_item`; kept on the class as ``__report_item__``.

    ``part`` is where in the document the facts stand; left out, texts are notes and all else is their details.
    ``section`` is the item of the form that asks for them (``7.A``), ``heading`` what the class shares with others.
    """

    labels: Labels
    part: Part | None = attrs.field(
        default=None, validator=_one_of("cover", "statement", "note", "schedule", "details", None)
    )
    section: str | None = None
    heading: ItemHeading | None = None

    @property
    def label(self) -> str:
        """The English label, which every class has."""
        return self.labels.standard or ""

    @property
    def documentation(self) -> str | None:
        """The documentation in English."""
        return self.labels.documentation


def is_item_class(python_type: Any) -> bool:
    """Whether ``python_type`` is a report item class."""
    return isinstance(python_type, type) and "__report_item__" in python_type.__dict__
