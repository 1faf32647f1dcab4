"""A taxonomy schema: declarations of elements, types, roles and linkbases (XBRL 2.1 section 5.1).

Standard types are referred to, types derived from them are written out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from attrs import define, field
from lxml import etree

from exporter.errors import TaxonomyError
from exporter.findings import list_text
from exporter.model.datatypes import DataType, Facets
from exporter.model.lexical import plain
from exporter.model.qname import QName, is_ncname
from exporter.model.standard_types import SIMPLE_TYPES, STANDARD_TYPES
from exporter.namespaces import ENUM2, LINK, XBRLDT, XBRLI, XLINK, XSD
from exporter.taxonomy.concepts import ArcroleType, Concept, RoleType, TypedDomain
from exporter.taxonomy.standard import SCHEMAS
from exporter.taxonomy.taxonomy import Taxonomy
from exporter.taxonomy.write.markup import FilePrefixes, child, serialize, simple_link

_NUMBERS = ("length", "min_length", "max_length", "total_digits", "fraction_digits")
_BOUNDS = ("min_inclusive", "max_inclusive", "min_exclusive", "max_exclusive")
_KNOWN = {**STANDARD_TYPES, **SIMPLE_TYPES}


def xs(name: str) -> QName:
    """A name of XML Schema."""
    return QName(XSD, name)


@define
class TypeWriter:
    """Writes the types of one schema, whose target namespace is ``namespace``."""

    namespace: str
    prefixes: FilePrefixes
    _named: dict[QName, DataType]

    @classmethod
    def of(cls, namespace: str, datatypes: Iterable[DataType], prefixes: FilePrefixes) -> TypeWriter:
        """For the given types; of those that share a name, the one with the fewest facets has it."""
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
    raise TaxonomyError(f"no standard type fits {datatype.name}, which claims to come from {datatype.standard}")


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


_LINKBASE_ARCROLE = "http://www.w3.org/1999/xlink/properties/linkbase"
# For what this package has written itself: it knows no limits, and has no entities to resolve.
_OWN_WRITING = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
_SUBSTITUTION_GROUPS = {
    "item": QName(XBRLI, "item"),
    "dimension": QName(XBRLDT, "dimensionItem"),
    "hypercube": QName(XBRLDT, "hypercubeItem"),
}


@define(frozen=True)
class LinkbaseRef:
    """A linkbase that the schema names: its file and its kind (``label``, ``presentation`` …)."""

    href: str
    kind: str


def write_schema(taxonomy: Taxonomy, linkbases: Sequence[LinkbaseRef] = (), *, embedded: Sequence[bytes] = ()) -> bytes:
    """The schema of the taxonomy's own declarations.

    Args:
        taxonomy: what is declared.
        linkbases: the files that the schema names.
        embedded: linkbases as they would stand in files, which stand in the schema itself (XBRL 2.1 section 5.1.2).

    Raises:
        TaxonomyError: a declaration is impossible: a name that is no XML name or is declared twice, an item without a
            type, a name of a namespace that is not imported.
    """
    if not taxonomy.namespace or not is_ncname(taxonomy.prefix):
        raise TaxonomyError("a taxonomy needs a namespace and a prefix that is an XML name without colon")
    names = [concept.qname for concept in taxonomy.concepts] + [domain.qname for domain in taxonomy.typed_domains]
    own = [name.local_name for name in names if name.namespace == taxonomy.namespace]
    if wrong := [name for name in own if not is_ncname(name)]:
        raise TaxonomyError(f"no XML name: {wrong[0]!r}")
    if twice := [name for name, count in Counter(own).items() if count > 1]:
        raise TaxonomyError(f"declared more than once: {list_text(twice)}")
    preferred = {taxonomy.namespace: taxonomy.prefix}
    first_pass = FilePrefixes(preferred)  # finds which prefixes the file needs; the second declares just these
    SchemaFile(taxonomy, first_pass).build(linkbases, embedded)
    return serialize(SchemaFile(taxonomy, first_pass).build(linkbases, embedded))


@define
class SchemaFile:
    """A schema in the making."""

    taxonomy: Taxonomy
    prefixes: FilePrefixes
    concepts: list[Concept] = field(init=False)
    domains: list[TypedDomain] = field(init=False)
    datatypes: list[DataType] = field(init=False)
    types: TypeWriter = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Take what is declared in the taxonomy's own namespace."""
        own = self.taxonomy.namespace
        self.concepts = [concept for concept in self.taxonomy.concepts if concept.qname.namespace == own]
        self.domains = [domain for domain in self.taxonomy.typed_domains if domain.qname.namespace == own]
        declarations: list[Concept | TypedDomain] = [*self.concepts, *self.domains]
        datatypes = (declaration.datatype for declaration in declarations)
        self.datatypes = list(dict.fromkeys(datatype for datatype in datatypes if datatype is not None))
        self.types = TypeWriter.of(own, self.datatypes, self.prefixes)

    def build(self, linkbases: Sequence[LinkbaseRef], embedded: Sequence[bytes] = ()) -> etree._Element:
        """The whole tree, with the prefixes known so far declared on its root."""
        self.prefixes.of(XSD)
        self.prefixes.of(self.taxonomy.namespace)
        schema = etree.Element(xs("schema").clark, nsmap=self.prefixes.as_map())
        schema.set("targetNamespace", self.taxonomy.namespace)
        schema.set("elementFormDefault", "qualified")
        schema.set("attributeFormDefault", "unqualified")
        self._add_annotation(schema, linkbases, embedded)
        self._add_imports(schema)
        self.types.define_types(schema)
        for concept in self.concepts:
            self._add_concept(schema, concept)
        for domain in self.domains:
            self._add_domain(schema, domain)
        return schema

    def _add_annotation(
        self, schema: etree._Element, linkbases: Sequence[LinkbaseRef], embedded: Sequence[bytes]
    ) -> None:
        roles = [role for role in self.taxonomy.roles if role.schema is None]
        arcroles = [arcrole for arcrole in self.taxonomy.arcroles if arcrole.schema is None]
        if not (linkbases or embedded or roles or arcroles):
            return
        self.prefixes.of(LINK)
        appinfo = child(child(schema, xs("annotation")), xs("appinfo"))
        for linkbase in linkbases:
            self.prefixes.of(XLINK)
            role = f"http://www.xbrl.org/2003/role/{linkbase.kind}LinkbaseRef"
            attributes = simple_link(linkbase.href, role=role, arcrole=_LINKBASE_ARCROLE)
            child(appinfo, QName(LINK, "linkbaseRef"), attributes)
        for role_type in roles:
            place = child(appinfo, QName(LINK, "roleType"), {"roleURI": role_type.uri, "id": role_type.id})
            self._define_role(place, role_type)
        for arcrole in arcroles:
            xml_attributes = {"arcroleURI": arcrole.uri, "id": arcrole.id, "cyclesAllowed": arcrole.cycles_allowed}
            self._define_role(child(appinfo, QName(LINK, "arcroleType"), xml_attributes), arcrole)
        for content in embedded:
            appinfo.append(etree.fromstring(content, _OWN_WRITING))

    def _define_role(self, place: etree._Element, role: RoleType | ArcroleType) -> None:
        if role.definition is not None:
            child(place, QName(LINK, "definition"), text=role.definition)
        for name in role.used_on:
            child(place, QName(LINK, "usedOn"), text=self.prefixes.name(name))

    def _add_imports(self, schema: etree._Element) -> None:
        named = {import_.namespace: import_.location for import_ in self.taxonomy.imports}
        needed = [XBRLI] if self.concepts else []
        if any(concept.kind in ("dimension", "hypercube") for concept in self.concepts):
            needed.append(XBRLDT)
        if any(concept.enumeration for concept in self.concepts):
            needed.append(ENUM2)
        # The types that declarations refer to, directly or through what they restrict.
        types = (datatype_ for datatype in self.datatypes for datatype_ in (datatype, _parent(datatype)))
        needed += [datatype.name.namespace for datatype in types]
        needed += [name.namespace for reference in self.taxonomy.references for name, _ in reference.parts]
        for namespace in dict.fromkeys([*needed, *named]):
            if namespace in (self.taxonomy.namespace, XSD):
                continue
            location = named.get(namespace) or SCHEMAS.get(namespace)
            if location is None:
                raise TaxonomyError(f"the namespace {namespace} is used but not imported: add an Import")
            child(schema, xs("import"), {"namespace": namespace, "schemaLocation": location})

    def _add_concept(self, schema: etree._Element, concept: Concept) -> None:
        if concept.kind == "tuple" or concept.datatype is None or concept.period_type is None:
            raise TaxonomyError(f"{concept.qname} cannot be written: an item needs a type and a period type")
        self.prefixes.of(XBRLI)
        reference = self.types.reference(concept.datatype)
        attributes: dict[str, str | None] = {
            "id": concept.id,
            "name": concept.qname.local_name,
            "type": reference,
            "substitutionGroup": self.prefixes.name(_SUBSTITUTION_GROUPS[concept.kind]),
            "abstract": "true" if concept.abstract else None,
            "nillable": "true" if concept.nillable else None,
            f"{{{XBRLI}}}balance": concept.balance,
            f"{{{XBRLI}}}periodType": concept.period_type,
        }
        if (name := concept.typed_domain_ref) is not None:
            attributes[f"{{{XBRLDT}}}typedDomainRef"] = self._address_of(name, concept)
        if (enumeration := concept.enumeration) is not None:
            self.prefixes.of(ENUM2)
            attributes[f"{{{ENUM2}}}domain"] = self.prefixes.name(enumeration.domain)
            attributes[f"{{{ENUM2}}}linkrole"] = enumeration.linkrole
            attributes[f"{{{ENUM2}}}headUsable"] = "true" if enumeration.head_usable else None
        declared = child(schema, xs("element"), attributes)
        if reference is None:
            self.types.define_in_place(declared, concept.datatype)

    def _address_of(self, name: QName, concept: Concept) -> str:
        """Where the domain of a typed dimension is declared."""
        domain = self.taxonomy.typed_domain(name)
        own = name.namespace == self.taxonomy.namespace
        if domain is None or not (own or domain.schema):
            raise TaxonomyError(f"{concept.qname} has the typed domain {name}, whose declaration is not known")
        return f"{'' if own else domain.schema}#{domain.id}"

    def _add_domain(self, schema: etree._Element, domain: TypedDomain) -> None:
        if domain.datatype is None:
            raise TaxonomyError(f"{domain.qname} cannot be written: a typed domain needs a simple type")
        reference = self.types.reference(domain.datatype)
        name, nillable = domain.qname.local_name, "true" if domain.nillable else None
        attributes = {"id": domain.id, "name": name, "type": reference, "nillable": nillable}
        declared = child(schema, xs("element"), attributes)
        if reference is None:
            self.types.define_in_place(declared, domain.datatype)
