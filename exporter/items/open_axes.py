"""Axes with open values as explicit ones: the members that the values of a filing become.

A member's name is made from the value and says it to people only; the value itself is a fact beside the others.
"""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import define, field

from exporter.items.declaration import DimensionDeclaration, RowsDeclaration
from exporter.items.enumeration import member_name
from exporter.items.specification import ItemSpecification, item_specification
from exporter.model.qname import QName
from exporter.profiles.profile import BoundAxis as StandardAxis
from exporter.profiles.profile import Profile

NAME_PART: Final = "Name"
"""The part of a field that says in full what a member stands for."""

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
        found = self._own.get(text)
        if found is None:
            stem = _camel(text)
            stem = stem if stem[:1].isalpha() else f"{base}{stem}"
            name, number = f"{stem}Member", 1
            while name in self.taken:
                number += 1
                name = f"{stem}{number}Member"
            self.taken.add(name)
            found = self._own[text] = QName(self.namespace, name, prefix=self.prefix)
        return found

    def of(self, axis: QName) -> dict[str, QName]:
        """The members of an axis by value."""
        return self._by_axis.get(axis, {})


def _camel(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    name = "".join(part[:1].upper() + part[1:] for part in re.findall(r"[A-Za-z0-9]+", plain.replace("'", "")))
    return name[:_LONGEST]


def taken_names(specs: Iterable[ItemSpecification]) -> set[str]:
    """The names of members that the enumerations of item classes make."""
    found: set[str] = set()
    for spec in specs:
        for each in spec.fields:
            for codec in each.codecs:
                if issubclass(codec.python_type, enum.StrEnum):
                    found.update(member_name(value) for value in codec.python_type)
    return found


def axis_values(items: Iterable[Any]) -> Iterator[tuple[ItemSpecification, str, Any]]:
    """Every value on an axis of items and of their rows: class, field and value, in order."""
    for item in items:
        spec = item_specification(type(item))
        made_of = spec.only(RowsDeclaration)
        if made_of is not None:
            yield from axis_values(getattr(item, made_of.name))
        for each in spec.declared(DimensionDeclaration):
            value = getattr(item, each.name)
            if value is not None:
                yield spec, each.name, value
