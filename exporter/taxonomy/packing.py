"""A taxonomy as bytes and back: plain columns of numbers and texts, each part unpacked when it is first asked for.

The bytes hold data only (JSON, compressed): to read them runs nothing of theirs. They are no format to exchange; what
is read must have been written by this very version.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Generic, TypeVar, cast

from attrs import asdict, define, field

from exporter.model.datatypes import DataType, Facets
from exporter.model.qname import QName
from exporter.model.standard_types import PeriodType
from exporter.taxonomy.concepts import (
    ArcroleType,
    Concept,
    ConceptKind,
    EnumerationDomain,
    Label,
    Reference,
    RoleType,
    TypedDomain,
)
from exporter.taxonomy.networks import ContextElement, Relationship
from exporter.taxonomy.taxonomy import Import, LazySequence, Taxonomy

_LEVEL: Final = 1
_BYTES_OF_LENGTH: Final = 8
_PARTS: Final = (
    *("concepts", "labels", "references", "relationships", "roles", "arcroles", "typed_domains", "imports"),
    *("types", "names", "texts"),
)
_K = TypeVar("_K", bound=Hashable)


@define(eq=False)
class _Numbering(Generic[_K]):
    """Values by number, each once."""

    numbers: dict[_K, int] = field(factory=dict)

    def __call__(self, value: _K) -> int:
        return self.numbers.setdefault(value, len(self.numbers))

    def optional(self, value: _K | None) -> int:
        """-1 for none."""
        return -1 if value is None else self(value)


_Name = tuple[str, str, str | None]


@define(eq=False)
class _Packer:
    """The tables that all parts share."""

    names: _Numbering[_Name] = field(factory=_Numbering)
    types: _Numbering[DataType] = field(factory=_Numbering)
    texts: _Numbering[str] = field(factory=_Numbering)

    def name(self, name: QName | None) -> int:
        return -1 if name is None else self.names((name.namespace, name.local_name, name.prefix))

    def parts(self, taxonomy: Taxonomy) -> Iterator[tuple[str, Any]]:
        yield "concepts", self._columns(map(self._concept, taxonomy.concepts))
        yield "labels", self._columns(map(self._label, taxonomy.labels))
        yield "references", self._columns(map(self._reference, taxonomy.references))
        yield "relationships", self._columns(map(self._relationship, taxonomy.relationships))
        yield "roles", self._columns(map(self._role, taxonomy.roles))
        yield "arcroles", self._columns((*self._role(arcrole), arcrole.cycles_allowed) for arcrole in taxonomy.arcroles)
        yield "typed_domains", self._columns(map(self._typed_domain, taxonomy.typed_domains))
        yield "imports", self._columns((import_.namespace, import_.location) for import_ in taxonomy.imports)
        yield "types", [self._type(number) for number in list(self.types.numbers)]
        yield "names", self._names()
        yield "texts", list(self.texts.numbers)

    def _names(self) -> list[Any]:
        spaces: _Numbering[str] = _Numbering()
        columns = [(spaces(space), local, prefix) for space, local, prefix in self.names.numbers]
        return [list(spaces.numbers), *self._columns(columns)]

    @staticmethod
    def _columns(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
        return [list(column) for column in zip(*rows, strict=True)]

    def _concept(self, concept: Concept) -> tuple[Any, ...]:
        enumeration = concept.enumeration
        return (
            self.name(concept.qname),
            self.types.optional(concept.datatype),
            concept.period_type,
            concept.balance,
            int(concept.abstract) + 2 * int(concept.nillable),
            concept.kind,
            self.name(concept.typed_domain_ref),
            enumeration and [self.name(enumeration.domain), enumeration.linkrole, enumeration.head_usable],
            concept.id,
            concept.default_accuracy and dict(concept.default_accuracy),
            self.texts.optional(concept.schema),
        )

    def _label(self, label: Label) -> tuple[Any, ...]:
        return self.name(label.concept), label.text, self.texts(label.language), self.texts(label.role)

    def _reference(self, reference: Reference) -> tuple[Any, ...]:
        return (
            self.name(reference.concept),
            self.texts(reference.role),
            [[self.name(name), text] for name, text in reference.parts],
        )

    def _relationship(self, relationship: Relationship) -> tuple[Any, ...]:
        return (
            self.texts(relationship.arcrole),
            self.texts(relationship.role),
            self.name(relationship.source),
            self.name(relationship.target),
            self.texts(str(relationship.order)),
            self.texts.optional(None if relationship.weight is None else str(relationship.weight)),
            self.texts.optional(relationship.preferred_label),
            self.texts.optional(relationship.target_role),
            self.texts.optional(relationship.context_element),
            int(relationship.closed) + 2 * int(relationship.usable),
        )

    def _role(self, role: RoleType | ArcroleType) -> tuple[Any, ...]:
        return role.uri, role.id, role.definition, list(map(self.name, role.used_on)), self.texts.optional(role.schema)

    def _typed_domain(self, typed_domain: TypedDomain) -> tuple[Any, ...]:
        return (
            self.name(typed_domain.qname),
            self.types.optional(typed_domain.datatype),
            typed_domain.nillable,
            typed_domain.id,
            self.texts.optional(typed_domain.schema),
        )

    def _type(self, data_type: DataType) -> list[Any]:
        return [
            self.name(data_type.name),
            data_type.base,
            data_type.standard,
            list(map(_facets, data_type.facets)),
            sorted(data_type.lineage),
        ]


def _facets(facets: Facets) -> dict[str, Any]:
    values = {name: value for name, value in asdict(facets, recurse=False).items() if value not in (None, ())}
    return {
        name: str(value) if isinstance(value, Decimal) else sorted(value) if isinstance(value, frozenset) else value
        for name, value in values.items()
    }


def pack_taxonomy(taxonomy: Taxonomy, more: dict[str, Any]) -> bytes:
    """The bytes of a taxonomy, with whatever plain data goes with it."""
    head: dict[str, Any] = {"namespace": taxonomy.namespace, "prefix": taxonomy.prefix, "more": more, "parts": {}}
    body = bytearray()
    for name, part in _Packer().parts(taxonomy):
        packed = zlib.compress(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)
        head["parts"][name] = [len(body), len(packed)]
        body += packed
    opening = json.dumps(head, separators=(",", ":")).encode()
    return len(opening).to_bytes(_BYTES_OF_LENGTH, "big") + opening + body


@define(eq=False)
class PackedTaxonomy:
    """A taxonomy in bytes that `pack_taxonomy` made.

    Raises:
        ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError: the bytes are others.
    """

    data: bytes
    head: dict[str, Any] = field(init=False)
    _start: int = field(init=False)

    def __attrs_post_init__(self) -> None:
        length = int.from_bytes(self.data[:_BYTES_OF_LENGTH], "big")
        self._start = _BYTES_OF_LENGTH + length
        self.head = json.loads(self.data[_BYTES_OF_LENGTH : self._start])

    @property
    def more(self) -> dict[str, Any]:
        """What was packed with the taxonomy."""
        return cast("dict[str, Any]", self.head["more"])

    @property
    def taxonomy(self) -> Taxonomy:
        """The taxonomy; each part is unpacked when somebody looks at it."""
        return Taxonomy(
            namespace=self.head["namespace"],
            prefix=self.head["prefix"],
            concepts=LazySequence(self._unpacked("concepts", self._concept)),
            labels=LazySequence(self._unpacked("labels", self._label)),
            references=LazySequence(self._unpacked("references", self._reference)),
            relationships=LazySequence(self._relationships),
            roles=LazySequence(self._unpacked("roles", self._role)),
            arcroles=LazySequence(self._unpacked("arcroles", self._arcrole)),
            typed_domains=LazySequence(self._unpacked("typed_domains", self._typed_domain)),
            imports=LazySequence(
                self._unpacked("imports", lambda namespace, location: Import(namespace=namespace, location=location))
            ),
        )

    def check(self) -> None:
        """Whether every part is whole, by its check sum.

        Raises:
            ValueError: one is not.
        """
        for name in _PARTS:
            self._bytes_of(name)

    def _bytes_of(self, name: str) -> bytes:
        start, length = self.head["parts"][name]
        packed = memoryview(self.data)[self._start + start : self._start + start + length]
        try:
            return zlib.decompress(packed)
        except zlib.error as error:
            raise ValueError(f"the part {name} is damaged: {error}") from None

    def _part(self, name: str) -> Any:
        return json.loads(self._bytes_of(name))

    def _unpacked(self, name: str, make: Callable[..., Any]) -> Callable[[], Iterator[Any]]:
        return lambda: map(make, *columns) if (columns := self._part(name)) else iter(())

    @cached_property
    def _names(self) -> list[QName]:
        spaces, *columns = self._part("names")
        if not columns:
            return []
        return [QName(spaces[space], local, prefix=prefix) for space, local, prefix in zip(*columns, strict=True)]

    @cached_property
    def _texts(self) -> list[str]:
        return cast("list[str]", self._part("texts"))

    @cached_property
    def _types(self) -> list[DataType]:
        return [
            DataType(self._names[name], base, standard, tuple(map(_unpacked_facets, facets)), frozenset(lineage))
            for name, base, standard, facets, lineage in self._part("types")
        ]

    def _name(self, number: int) -> QName | None:
        return self._names[number] if number >= 0 else None

    def _text(self, number: int) -> str | None:
        return self._texts[number] if number >= 0 else None

    def _concept(
        self,
        name: int,
        of_type: int,
        period_type: PeriodType | None,
        balance: Any,
        flags: int,
        kind: ConceptKind,
        domain: int,
        enumeration: list[Any] | None,
        identifier: str,
        accuracy: dict[str, str] | None,
        schema: int,
    ) -> Concept:
        allowed = None
        if enumeration is not None:
            head, linkrole, usable = enumeration
            allowed = EnumerationDomain(domain=self._names[head], linkrole=linkrole, head_usable=usable)
        return Concept(
            qname=self._names[name],
            datatype=self._types[of_type] if of_type >= 0 else None,
            period_type=period_type,
            balance=balance,
            abstract=bool(flags & 1),
            nillable=bool(flags & 2),
            kind=kind,
            typed_domain_ref=self._name(domain),
            enumeration=allowed,
            id=identifier,
            default_accuracy=accuracy,
            schema=self._text(schema),
        )

    def _label(self, concept: int, text: str, language: int, role: int) -> Label:
        return Label(concept=self._names[concept], text=text, language=self._texts[language], role=self._texts[role])

    def _reference(self, concept: int, role: int, parts: list[list[Any]]) -> Reference:
        named = [(self._names[name], text) for name, text in parts]
        return Reference(concept=self._names[concept], parts=named, role=self._texts[role])

    def _relationships(self) -> Iterator[Relationship]:
        names, texts = self._names, [*self._texts, None]
        numbers: dict[int, Decimal | None] = {-1: None}
        columns = self._part("relationships")
        for arcrole, role, source, target, order, weight, label, target_role, container, flags in (
            zip(*columns, strict=True) if columns else ()
        ):
            for number in (order, weight):
                if number not in numbers:
                    numbers[number] = Decimal(cast(str, texts[number]))
            yield Relationship(
                arcrole=cast(str, texts[arcrole]),
                role=cast(str, texts[role]),
                source=names[source],
                target=names[target],
                order=cast(Decimal, numbers[order]),
                weight=numbers[weight],
                preferred_label=texts[label],
                target_role=texts[target_role],
                context_element=cast("ContextElement | None", texts[container]),
                closed=bool(flags & 1),
                usable=bool(flags & 2),
            )

    def _role(self, uri: str, identifier: str, definition: str | None, used_on: list[int], schema: int) -> RoleType:
        names = [self._names[name] for name in used_on]
        return RoleType(uri=uri, id=identifier, definition=definition, used_on=names, schema=self._text(schema))

    def _arcrole(
        self, uri: str, identifier: str, definition: str | None, used_on: list[int], schema: int, cycles: Any
    ) -> ArcroleType:
        return ArcroleType(
            uri=uri,
            id=identifier,
            definition=definition,
            used_on=[self._names[name] for name in used_on],
            cycles_allowed=cycles,
            schema=self._text(schema),
        )

    def _typed_domain(self, name: int, of_type: int, nillable: bool, identifier: str, schema: int) -> TypedDomain:
        return TypedDomain(
            qname=self._names[name],
            datatype=self._types[of_type] if of_type >= 0 else None,
            nillable=nillable,
            id=identifier,
            schema=self._text(schema),
        )


def _unpacked_facets(values: dict[str, Any]) -> Facets:
    known: dict[str, Any] = dict(values)
    for name, value in values.items():
        if name.endswith("clusive"):
            known[name] = Decimal(value)
    if "enumeration" in known:
        known["enumeration"] = frozenset(known["enumeration"])
    if "pattern" in known:
        known["pattern"] = tuple(known["pattern"])
    return Facets(**known)
