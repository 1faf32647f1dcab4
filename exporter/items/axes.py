"""The axes that fields of an item class give the values of: explicit, typed, or with the values of a filing as members.

A member's name is made from the value and says it to people only: the value itself is a fact beside the others. Such
facts, and those that state where a period starts, have concepts that no class declares; they are made here too.
"""

from __future__ import annotations

import datetime as dt
import enum
import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

from attrs import define, evolve, field

from exporter.items.bound import BoundAxis, Namespace
from exporter.items.codec import DATE, STRING
from exporter.items.codecs import INTEGER
from exporter.items.compile import ItemSpec, item_specification
from exporter.items.declarations import ConceptDeclaration, DimensionDeclaration, RowsDeclaration, words
from exporter.items.fields import AT_INSTANT, ConceptSpec, FieldSpec
from exporter.items.labels import NO_LABELS, Labels
from exporter.items.values import Month
from exporter.items.values.enumeration import member_name
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.standard_types import PeriodType
from exporter.namespaces import XSD
from exporter.profiles.profile import Profile
from exporter.profiles.profile import ProfileAxis as StandardAxis

NAME_PART: Final = "Name"
"""The part of a field that says in full what a member stands for."""

_NAME: Final = Labels(standard="Name", others={"ja": "名称", "de": "Name", "fr": "Nom", "es": "Nombre", "nl": "Naam"})
_PERIOD_START: Final = Labels(
    standard="Start of Period",
    others={
        "ja": "期間の初日",
        "de": "Beginn des Zeitraums",
        "fr": "Début de la période",
        "es": "Inicio del período",
        "nl": "Begin van de periode",
    },
)
_LONGEST: Final = 60
_PAIR: Final = re.compile(r"([A-Z]{3})Per([A-Z]{3})Member")


def pair_member(quote: str, base: str) -> str:
    """The name of the member that a currency pair becomes."""
    return f"{quote}Per{base}Member"


def parse_pair_member(name: str) -> tuple[str, str] | None:
    """Quote and base of a currency pair's member."""
    match = _PAIR.fullmatch(name)
    return (match[1], match[2]) if match else None


@define(eq=False)
class OpenMembers:
    """The members that values become: the same value the same member on every axis that has no standard one for it.

    Values come in the order of the items. ``taken`` are local names that mean something else.
    """

    namespace: str
    prefix: str
    taken: set[str] = field(factory=set)
    _own: dict[str, QName] = field(factory=dict)
    _by_axis: dict[QName, dict[str, QName]] = field(factory=dict)

    def add(self, axis: QName, base: str, text: str, standard: StandardAxis | None, profile: Profile) -> None:
        """Give the value ``text`` of an axis its member; ``base`` is the axis's name without ending."""
        members = self._by_axis.setdefault(axis, {})
        if text not in members:
            members[text] = self._standard(members, text, standard, profile) or self._named(text, base)

    def _standard(
        self, members: dict[str, QName], text: str, standard: StandardAxis | None, profile: Profile
    ) -> QName | None:
        if standard is None:
            return None
        if text in standard.members:
            return profile.qname(standard.members[text])
        if len(members) < len(standard.ranked) + len(standard.members):
            used = set(members.values())
            ranked = (profile.qname(name) for name in standard.ranked)
            return next((name for name in ranked if name not in used), None)
        return None

    def _named(self, text: str, base: str) -> QName:
        member = self._own.get(text)
        if member is None:
            stem = _camel(text)
            stem = stem if stem[:1].isalpha() else f"{base}{stem}"
            named = [stem] if stem.startswith(base) else [stem, f"{stem}{base}"]
            stems = itertools.chain(named, (f"{stem}{number}" for number in itertools.count(2)))
            name = next(name for name in (f"{stem}Member" for stem in stems) if name not in self.taken)
            self.taken.add(name)
            member = self._own[text] = QName(self.namespace, name, prefix=self.prefix)
        return member

    def of(self, axis: QName) -> dict[str, QName]:
        """The members of an axis by value."""
        return self._by_axis.get(axis, {})


def _camel(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = "".join(part[:1].upper() + part[1:] for part in re.findall(r"[A-Za-z0-9]+", plain.replace("'", "")))
    return name[:_LONGEST]


def taken_names(specs: Iterable[ItemSpec]) -> set[str]:
    """The names of members that the enumerations of item classes make."""
    names: set[str] = set()
    for spec in specs:
        for field_spec in spec.fields:
            for codec in field_spec.codecs:
                if issubclass(codec.python_type, enum.StrEnum):
                    names.update(member_name(value) for value in codec.python_type)
    return names


def axis_values(items: Iterable[Any]) -> Iterator[tuple[ItemSpec, str, Any]]:
    """Every value on an axis of items and of their rows: class, field and value, in order."""
    for item in items:
        spec = item_specification(type(item))
        made_of = spec.only(RowsDeclaration)
        if made_of is not None:
            yield from axis_values(getattr(item, made_of.name))
        for field_spec in spec.declared(DimensionDeclaration):
            value = getattr(item, field_spec.name)
            if value is not None:
                yield spec, field_spec.name, value
        for field_spec in spec.declared(ConceptDeclaration):
            value = getattr(item, field_spec.name)
            if field_spec.is_list and isinstance(value, tuple):
                for text in distinct_texts(value):
                    yield spec, field_spec.name, text


_XSD_STRING: Final = DataType(QName(XSD, "string", prefix="xs"), "string", "string")
_TYPED_BASES: Final[dict[type, DataType]] = {
    int: DataType(QName(XSD, "integer", prefix="xs"), "integer", "integer"),
    dt.date: DataType(QName(XSD, "date", prefix="xs"), "date", "date"),
    Month: DataType(QName(XSD, "gYearMonth", prefix="xs"), "gYearMonth", "gYearMonth"),
}


def bind_axis(
    field_spec: FieldSpec, item: str, namespace: Namespace, profile: Profile, open_members: OpenMembers | None
) -> BoundAxis:
    """The axis of a dimension field of the class ``item``; ``open_members`` are the members that values become."""
    declared = field_spec.declaration
    assert isinstance(declared, DimensionDeclaration)
    python_type = field_spec.types[0]
    is_enumeration = issubclass(python_type, enum.StrEnum)
    standard = profile.axis(item, field_spec.name)
    domain = standard.typed_domain if isinstance(standard, StandardAxis) and not is_enumeration else None
    is_open = not is_enumeration and domain is None and profile.document.open_axes == "explicit"
    is_typed = not is_enumeration and not is_open
    usable = standard if isinstance(standard, StandardAxis) and is_typed == (domain is not None) else None
    axis = profile.qname(usable.axis) if usable else namespace.name(profile.own_name(f"{declared.name}Axis"))
    members = open_members.of(axis) if is_open and open_members else {}
    if is_enumeration:
        names = {value.value: member_name(value) for value in cast(type[enum.StrEnum], python_type)}
        members = {value: namespace.name(profile.names[name]) for value, name in names.items() if name in profile.names}
        members |= {value: profile.qname(name) for value, name in (usable.members.items() if usable else ())}
    typed_domain = profile.qname(domain) if domain else namespace.name(f"{declared.name}TypedDomain")
    return BoundAxis(
        field=field_spec,
        axis=axis,
        base=declared.name,
        enumeration=python_type if is_enumeration else None,
        typed_domain=typed_domain if is_typed else None,
        datatype=_TYPED_BASES.get(python_type, _XSD_STRING) if is_typed else None,
        codec=field_spec.codecs[0],
        labels=declared.labels,
        is_open=is_open,
        standard=usable,
        members=members,
    )


def bind_list_axis(
    field_spec: FieldSpec, namespace: Namespace, profile: Profile, open_members: OpenMembers | None
) -> BoundAxis:
    """The axis on which each value of a list has a member: by its text or, where the axis is typed, by its number."""
    first = field_spec.concepts[0]
    is_open = profile.document.open_axes == "explicit"
    axis = namespace.name(profile.own_name(f"{first.name}Axis"))
    return BoundAxis(
        field=field_spec,
        axis=axis,
        base=first.name,
        typed_domain=None if is_open else namespace.name(f"{first.name}TypedDomain"),
        datatype=None if is_open else _TYPED_BASES[int],
        codec=STRING if is_open else INTEGER,
        labels=first.labels,
        is_open=is_open,
        members=open_members.of(axis) if is_open and open_members else {},
    )


def list_values(axis: BoundAxis, values: tuple[str, ...]) -> Iterator[Any]:
    """What the values of a list are called on its axis: their texts, or their numbers from 1."""
    return distinct_texts(values) if axis.is_open else iter(range(1, len(values) + 1))


def distinct_texts(values: Iterable[str]) -> Iterator[str]:
    """The texts of a list, with a number behind one that comes again."""
    seen: set[str] = set()
    for value in values:
        numbered = (f"{value} ({number})" for number in itertools.count(2))
        text = next(text for text in itertools.chain([value], numbered) if text not in seen)
        seen.add(text)
        yield text


def member_name_specs(axis: BoundAxis, kinds: Iterable[PeriodType]) -> Iterator[ConceptSpec]:
    """What says in full the value that a member of an open axis stands for, in items of these kinds of period."""
    labels = axis.labels or NO_LABELS
    labels = evolve(labels, standard=labels.standard or words(axis.base)).joined(_NAME)
    for period_type in sorted(kinds):
        at_instant = period_type == "instant"  # classes of both kinds may share the axis
        yield ConceptSpec(
            name=axis.base + NAME_PART + (AT_INSTANT if at_instant else ""),
            part=NAME_PART,
            codec=STRING,
            item_type="noLangStringItemType",
            period_type=period_type,
            own_period=True,
            at_instant=at_instant,
            labels=labels,
        )


def period_start_spec(spec: ConceptSpec) -> ConceptSpec:
    """What says the first day of the period of an item, in the place of ``spec`` where that holds at its end."""
    return ConceptSpec(
        name=f"{spec.name}PeriodStart",
        codec=DATE,
        item_type=DATE.item_type,
        period_type="duration",
        own_period=True,
        when=spec.when,
        labels=evolve(spec.labels, standard=spec.labels.standard or words(spec.name)).joined(_PERIOD_START),
    )
