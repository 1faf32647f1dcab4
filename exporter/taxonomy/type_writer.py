"""Type definitions of a schema: standard types are referred to, types derived from them are written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define
from lxml import etree

from exporter.errors import TaxonomyError
from exporter.model.canonical import plain
from exporter.model.datatypes import DataType, Facets
from exporter.model.qname import QName
from exporter.model.standard_types import STANDARD_TYPES
from exporter.namespaces import XBRLI, XSD
from exporter.taxonomy.markup import Prefixes, child
from exporter.taxonomy.simple_types import SIMPLE_TYPES

_NUMBERS = ("length", "min_length", "max_length", "total_digits", "fraction_digits")
_BOUNDS = ("min_inclusive", "max_inclusive", "min_exclusive", "max_exclusive")
_KNOWN = {**STANDARD_TYPES, **SIMPLE_TYPES}


def xs(name: str) -> QName:
    """A name of XML Schema."""
    return QName(XSD, name)


def needed_namespaces(datatypes: Iterable[DataType]) -> list[str]:
    """The namespaces of the types that declarations refer to, directly or through what they restrict."""
    found = (name for datatype in datatypes for name in (datatype.name, _parent(datatype).name))
    return list(dict.fromkeys(name.namespace for name in found))


@define
class TypeWriter:
    """Writes the types of one schema, whose target namespace is ``namespace``."""

    namespace: str
    prefixes: Prefixes
    _named: dict[QName, DataType]

    @classmethod
    def of(cls, namespace: str, datatypes: Iterable[DataType], prefixes: Prefixes) -> TypeWriter:
        """For the given types; of those that share a name, the one with the fewest facets bears it."""
        named: dict[QName, DataType] = {}
        for datatype in datatypes:
            known = named.get(datatype.name)
            if datatype.name.namespace == namespace and (known is None or len(datatype.facets) < len(known.facets)):
                named[datatype.name] = datatype
        return cls(namespace, prefixes, named)

    def define_types(self, schema: etree._Element) -> None:
        """The named types of the target namespace."""
        for datatype in self._named.values():
            parent = _parent(datatype)
            *before, last = _added(datatype, parent) or (None,)
            base = parent.name
            for number, facets in enumerate(before, 1):
                name = f"{datatype.name.local_name}.{number}"
                self._define(schema, datatype, base, facets, name=name)
                base = QName(self.namespace, name, prefix=datatype.name.prefix)
            self._define(schema, datatype, base, last, name=datatype.name.local_name)

    def reference(self, datatype: DataType) -> str | None:
        """The value of a declaration's ``type`` attribute, ``None`` where the type must be written in place."""
        named = self._named.get(datatype.name) or _KNOWN.get(datatype.name)
        foreign = named is None and datatype.name.namespace != self.namespace
        return self.prefixes.name(datatype.name) if foreign or named == datatype else None

    def define_in_place(self, declaration: etree._Element, datatype: DataType) -> None:
        """An anonymous type.

        Raises:
            TaxonomyError: the type restricts its named type more than once.
        """
        parent = self._named.get(datatype.name) or _parent(datatype)
        added = _added(datatype, parent)
        if len(added) != 1:
            raise TaxonomyError(f"{datatype.name} is restricted {len(added)} times without a name: give it one")
        self._define(declaration, datatype, parent.name, added[0])

    def _define(
        self,
        place: etree._Element,
        datatype: DataType,
        base: QName,
        facets: Facets | None,
        *,
        name: str | None = None,
    ) -> None:
        if datatype.base in ("list", "union", "complex", "fraction"):
            raise TaxonomyError(f"{datatype.name} is no type that can be written: it is of the kind {datatype.base}")
        attributes = {"name": name}
        if QName(base.namespace, base.local_name) in SIMPLE_TYPES or datatype.standard == datatype.base:
            outer = child(place, xs("simpleType"), attributes)
        else:
            outer = child(child(place, xs("complexType"), attributes), xs("simpleContent"))
        restriction = child(outer, xs("restriction"), {"base": self.prefixes.name(base)})
        for facet, value in _facets(facets or Facets()):
            child(restriction, xs(facet), {"value": value})
        if outer.tag == xs("simpleContent").clark:
            # Without it a restriction drops the attributes of other namespaces, xml:lang among them.
            group = "numericItemAttrs" if datatype.is_numeric else "nonNumericItemAttrs"
            child(restriction, xs("attributeGroup"), {"ref": self.prefixes.name(QName(XBRLI, group))})


def _parent(datatype: DataType) -> DataType:
    """The standard type that a type comes from: XBRL's own first, then the newest edition of the registry."""
    known = _KNOWN.get(datatype.name)
    if known is not None:
        return known
    for candidate in _KNOWN.values():
        if (candidate.standard, candidate.base) == (datatype.standard, datatype.base) and (
            datatype.facets[: len(candidate.facets)] == candidate.facets
        ):
            return candidate
    raise TaxonomyError(f"no standard type fits {datatype.name}, which is said to come from {datatype.standard}")


def _added(datatype: DataType, parent: DataType) -> tuple[Facets, ...]:
    return datatype.facets[len(parent.facets) :]


def _facets(facets: Facets) -> Iterator[tuple[str, str]]:
    yield from (("enumeration", value) for value in sorted(facets.enumeration or ()))
    yield from (("pattern", pattern) for pattern in facets.pattern)
    for name in _NUMBERS:
        if (value := getattr(facets, name)) is not None:
            yield _camel(name), str(value)
    for name in _BOUNDS:
        if (bound := getattr(facets, name)) is not None:
            yield _camel(name), plain(bound)


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(map(str.capitalize, others))
