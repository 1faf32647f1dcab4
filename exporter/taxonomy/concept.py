"""Concepts: the names of a taxonomy that facts, dimensions and members are made of (XBRL 2.1 section 5.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from exporter.model.datatypes import DataType
from exporter.model.qname import QName

PeriodType = Literal["instant", "duration"]
Balance = Literal["debit", "credit"]
ConceptKind = Literal["item", "dimension", "hypercube", "tuple"]


def element_id(name: QName) -> str:
    """The customary id of a declaration: ``{prefix}_{name}``."""
    return f"{name.prefix}_{name.local_name}" if name.prefix else name.local_name


@frozen(kw_only=True)
class Enumeration:
    """Where the allowed values of an enumeration concept stand (Extensible Enumerations 2.0 section 2).

    The values are the usable members below ``domain`` in the link role ``linkrole``, the domain itself only where
    ``head_usable``.
    """

    domain: QName
    linkrole: str
    head_usable: bool = False


@frozen(kw_only=True, cache_hash=True)
class Concept:
    """An element declaration of a taxonomy.

    ``datatype`` is ``None`` for tuples and where the schema of the type is not at hand; ``period_type`` is ``None``
    for tuples. ``kind`` says to which substitution group the element belongs in the end. ``typed_domain_ref``
    names the domain element of a typed dimension, ``enumeration`` the domain of an Extensible Enumerations concept.
    ``default_accuracy`` holds the attributes ``decimals`` and ``precision`` that the type supplies to facts which leave
    them out; it is read, never written. ``schema`` is the place of the schema that declares the concept, ``None`` for
    the taxonomy's own. Like the prefix these two take no part in equality.
    """

    qname: QName
    datatype: DataType | None = None
    period_type: PeriodType | None = None
    balance: Balance | None = None
    abstract: bool = False
    nillable: bool = True
    kind: ConceptKind = "item"
    typed_domain_ref: QName | None = None
    enumeration: Enumeration | None = None
    id: str = field()
    default_accuracy: Mapping[str, str] | None = field(default=None, eq=False)
    schema: str | None = field(default=None, eq=False)

    @id.default
    def _customary_id(self) -> str:
        return element_id(self.qname)

    @property
    def is_numeric(self) -> bool:
        """Whether facts of the concept are numbers; unknown types are not."""
        return self.datatype is not None and self.datatype.is_numeric

    @property
    def is_typed_dimension(self) -> bool:
        return self.kind == "dimension" and self.typed_domain_ref is not None

    @property
    def is_explicit_dimension(self) -> bool:
        return self.kind == "dimension" and self.typed_domain_ref is None


@frozen(kw_only=True, cache_hash=True)
class TypedDomain:
    """The element that holds the values of a typed dimension (Dimensions 1.0 section 2.5.2.1).

    ``datatype`` is ``None`` where the type is no simple type we can check (an element with child elements).
    """

    qname: QName
    datatype: DataType | None = None
    nillable: bool = False
    id: str = field()
    schema: str | None = field(default=None, eq=False)

    @id.default
    def _customary_id(self) -> str:
        return element_id(self.qname)
