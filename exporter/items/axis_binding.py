"""The axis that a field of an item class gives the value of: explicit, typed, or with open members."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Final

from exporter.items.bound import BoundAxis, Namespace
from exporter.items.declaration import DimensionDeclaration
from exporter.items.field_specification import FieldSpecification
from exporter.items.open_axes import OpenMembers
from exporter.items.values import Month
from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.namespaces import XSD
from exporter.profiles.profile import BoundAxis as StandardAxis
from exporter.profiles.profile import Profile

_XSD_STRING: Final = DataType(QName(XSD, "string", prefix="xs"), "string", "string")
_TYPED_BASES: Final[dict[type, DataType]] = {
    int: DataType(QName(XSD, "integer", prefix="xs"), "integer", "integer"),
    dt.date: DataType(QName(XSD, "date", prefix="xs"), "date", "date"),
    Month: DataType(QName(XSD, "gYearMonth", prefix="xs"), "gYearMonth", "gYearMonth"),
}


def bind_axis(
    each: FieldSpecification, item: str, namespace: Namespace, profile: Profile, open_members: OpenMembers | None
) -> BoundAxis:
    """The axis of a dimension field of the class ``item``; ``open_members`` are the members that values become."""
    declared = each.declaration
    assert isinstance(declared, DimensionDeclaration)
    python_type = each.types[0]
    is_enumeration = issubclass(python_type, enum.StrEnum)
    standard = profile.axis(item, each.name)
    domain = standard.typed_domain if isinstance(standard, StandardAxis) and not is_enumeration else None
    is_open = not is_enumeration and domain is None and profile.document.open_axes == "explicit"
    is_typed = not is_enumeration and not is_open
    found = standard if isinstance(standard, StandardAxis) and is_typed == (domain is not None) else None
    axis = profile.qname(found.axis) if found else namespace.name(f"{declared.name}Axis")
    members = open_members.of(axis) if is_open and open_members else {}
    if is_enumeration and found is not None:
        members = {value: profile.qname(name) for value, name in found.members.items()}
    typed_domain = profile.qname(domain) if domain else namespace.name(f"{declared.name}TypedDomain")
    return BoundAxis(
        field=each,
        axis=axis,
        base=declared.name,
        enumeration=python_type if is_enumeration else None,
        typed_domain=typed_domain if is_typed else None,
        datatype=_TYPED_BASES.get(python_type, _XSD_STRING) if is_typed else None,
        codec=each.codecs[0],
        labels=declared.labels,
        is_open=is_open,
        standard=found,
        members=members,
    )
