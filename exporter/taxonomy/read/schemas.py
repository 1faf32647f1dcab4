"""Declarations of schemas: elements with their types, roles and arcroles (XBRL 2.1 section 5.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import partial
from itertools import chain
from typing import Any, Final, Literal, cast

from attrs import define, field
from lxml import etree

from exporter.findings import Finding, Location, Severity
from exporter.model.datatypes import DataType, Facets
from exporter.model.pattern_syntax import PatternError
from exporter.model.patterns import compile_pattern
from exporter.model.qname import QName, is_ncname
from exporter.model.standard_types import SIMPLE_TYPES, STANDARD_TYPES, Balance, PeriodType, complex_type
from exporter.namespaces import ENUM2, LINK, XBRLDT, XBRLI, XSD
from exporter.taxonomy.concepts import (
    ArcroleType,
    Concept,
    ConceptKind,
    CyclesAllowed,
    EnumerationDomain,
    RoleType,
    TypedDomain,
)
from exporter.taxonomy.read.documents import Document, Dts, invalid, resolve_name
from exporter.taxonomy.standard import SCHEMAS
from exporter.taxonomy.taxonomy import LazySequence

_XS: Final = f"{{{XSD}}}"
_KINDS: Final[dict[QName, ConceptKind]] = {
    QName(XBRLI, "item"): "item",
    QName(XBRLI, "tuple"): "tuple",
    QName(XBRLDT, "dimensionItem"): "dimension",
    QName(XBRLDT, "hypercubeItem"): "hypercube",
}
_ELEMENT: Final = f"{_XS}element"
_TYPE_TAGS: Final = (f"{_XS}complexType", f"{_XS}simpleType")
_PERIOD_TYPE: Final = f"{{{XBRLI}}}periodType"
_BALANCE: Final = f"{{{XBRLI}}}balance"
_DOMAIN: Final = f"{{{ENUM2}}}domain"
_TYPED_DOMAIN: Final = f"{{{XBRLDT}}}typedDomainRef"
_ACCURACY: Final = ("decimals", "precision")
_ROLE_TYPE: Final = f"{{{LINK}}}roleType"
_ARCROLE_TYPE: Final = f"{{{LINK}}}arcroleType"
_MAX_DERIVATIONS: Final = 100
_ANY_TYPE: Final = QName(XSD, "anyType")
_INTEGER_FACETS: Final = {
    "length": "length",
    "minLength": "min_length",
    "maxLength": "max_length",
    "totalDigits": "total_digits",
    "fractionDigits": "fraction_digits",
}
_BOUND_FACETS: Final = {
    "minInclusive": "min_inclusive",
    "maxInclusive": "max_inclusive",
    "minExclusive": "min_exclusive",
    "maxExclusive": "max_exclusive",
}


_ConceptRow = tuple[QName, etree._Element, Document, ConceptKind, DataType | None, QName | None]
"""Name, declaration, its document, kind, type and typed domain of a concept."""


@define(eq=False)
class Schemas:
    """The global declarations of all schemas of a DTS, resolved against each other."""

    dts: Dts
    elements: dict[QName, tuple[etree._Element, Document]] = field(factory=dict)
    _types: dict[QName, etree._Element] = field(factory=dict)
    _documents: dict[QName, Document] = field(factory=dict)
    _namespaces: set[str] = field(factory=set)
    _resolved: dict[QName, DataType | None] = field(factory=dict)
    _kinds: dict[QName, ConceptKind | Literal["unknown"] | None] = field(factory=dict)
    _accuracies: dict[QName, Mapping[str, str] | None] = field(factory=dict)
    _domains: set[QName] = field(factory=set)
    _depth: int = 0

    @classmethod
    def of(cls, dts: Dts) -> Schemas:
        """The declarations of the DTS's schemas."""
        schemas = cls(dts)
        for document in dts.documents.values():
            if document.is_schema and document.namespace not in SCHEMAS:
                schemas._index(document)
        return schemas

    def _index(self, document: Document) -> None:
        self._namespaces.add(document.namespace)
        inside = [document.root, *document.root.findall(f"{_XS}redefine")]
        for declaration in (declaration_ for parent in inside for declaration_ in parent.iterchildren(*_TYPE_TAGS)):
            name = QName(document.namespace, declaration.get("name", ""), prefix=document.prefix)
            if not is_ncname(name.local_name):
                self._nameless(declaration, document)
            else:
                self._types.setdefault(name, declaration)
                self._documents.setdefault(name, document)
        for name, declaration in document.declared.items():
            if not is_ncname(name.local_name):
                self._nameless(declaration, document)
            elif name in self.elements:
                other = self.elements[name][1].name
                self._finding(document, declaration, f"{name} is declared in {other} too")
            else:
                self.elements[name] = (declaration, document)
        if len(document.declared) != sum(1 for _ in document.root.iterchildren(_ELEMENT)):
            self._repeated(document)

    def _repeated(self, document: Document) -> None:
        """Element declarations that `Document.declared` leaves out: without a name, or with one of another."""
        firsts = set(document.declared.values())
        for declaration in document.root.iterchildren(_ELEMENT):
            if declaration.get("name") is None:
                self._nameless(declaration, document)
            elif declaration not in firsts:
                name = QName(document.namespace, declaration.get("name", ""), prefix=document.prefix)
                self._finding(document, declaration, f"{name} is declared twice")

    def _nameless(self, declaration: etree._Element, document: Document) -> None:
        kind = str(declaration.tag).removeprefix(_XS)
        self._finding(document, declaration, f"a global {kind} needs a name, found {declaration.get('name', '')!r}")

    def _finding(self, document: Document, element: etree._Element, message: str) -> None:
        finding: Finding = invalid(message, file=document.name, line=element.sourceline)
        self.dts.errors.append(finding)

    # Concepts

    def concepts(self, own: Document | None, address: Any) -> Sequence[Concept]:
        """Every item and tuple; ``address`` turns a document's URL into the place that reports name.

        Findings are made at once, the concepts when they are needed.
        """
        rows: list[_ConceptRow] = []
        alike: dict[Any, tuple[ConceptKind, DataType]] = {}  # what those with the same attributes have in common
        for name, (element, document) in self.elements.items():
            of_type, lasts = element.get("type"), element.get(_PERIOD_TYPE) is not None
            key = (document, element.get("substitutionGroup"), of_type, lasts)
            kind, datatype = alike.get(key) or (self._kind(element, document), None)
            if kind is None:
                continue
            if datatype is None and kind != "tuple":
                datatype = self._element_type(element, document)
            if document.is_flat and datatype is not None and of_type is not None:
                alike[key] = (kind, datatype)
            domain = self._typed_domain_of(element, document) if element.get(_TYPED_DOMAIN) is not None else None
            if domain is not None:
                self._domains.add(domain)
            rows.append((name, element, document, kind, datatype, domain))
        places = {url: address(url) for url, schema in self.dts.documents.items() if schema is not own}
        return LazySequence(partial(self._concepts, rows, places))

    def _kind(self, element: etree._Element, document: Document) -> ConceptKind | None:
        head = name = document.resolve(element, element.get("substitutionGroup"))
        if head is None:
            return None
        if head not in self._kinds:
            seen: set[QName] = set()
            while name is not None and name not in seen and name not in _KINDS and name in self.elements:
                seen.add(name)
                declaration, place = self.elements[name]
                name = place.resolve(declaration, declaration.get("substitutionGroup"))
            is_open = name is None or name in seen  # it leads to nothing, or to itself
            self._kinds[head] = None if name is None or is_open else _KINDS.get(name, "unknown")
        kind = self._kinds[head]
        if kind != "unknown":
            return kind
        # The head stands in a schema that is not available: only items have a period type.
        return "item" if element.get(_PERIOD_TYPE) else None

    def _concepts(self, rows: Iterable[_ConceptRow], places: Mapping[str, str]) -> Iterator[Concept]:
        has_types = bool(self._types)
        for name, element, document, kind, datatype, domain in rows:
            get = element.get
            yield Concept(
                qname=name,
                datatype=datatype,
                period_type=cast("PeriodType | None", get(_PERIOD_TYPE)),
                balance=cast("Balance | None", get(_BALANCE)),
                abstract=get("abstract", "false").strip() in ("true", "1"),
                nillable=get("nillable", "false").strip() in ("true", "1"),
                kind=kind,
                typed_domain_ref=domain,
                enumeration=_enumeration(element) if get(_DOMAIN) is not None else None,
                id=get("id") or name.local_name,
                # Only a type of the taxonomy's own supplies accuracy.
                default_accuracy=self._default_accuracy(element, document) if has_types or len(element) else None,
                schema=places.get(document.url),
            )

    def _typed_domain_of(self, element: etree._Element, document: Document) -> QName | None:
        href = element.get(_TYPED_DOMAIN, "")
        _, target, fragment = self.dts.target(href, element, document)
        domain = target.find(fragment) if target is not None else None
        if domain is None or target is None:
            if target is not None:
                self._finding(document, element, f"the typedDomainRef {href} points at no element")
            return None
        return QName(target.namespace, domain.get("name", ""), prefix=target.prefix)

    def typed_domains(self, own: Document | None, address: Any) -> Iterator[TypedDomain]:
        """The domain elements of the typed dimensions among the `concepts`."""
        for name in [name for name in self.elements if name in self._domains] if self._domains else ():
            element, document = self.elements[name]
            yield TypedDomain(
                qname=name,
                datatype=self._element_type(element, document),
                nillable=_is_true(element, "nillable"),
                id=element.get("id") or name.local_name,
                schema=None if document is own else address(document.url),
            )

    # Types

    def _element_type(self, element: etree._Element, document: Document) -> DataType | None:
        text = element.get("type")
        if text is not None:
            return self._type(document.resolve(element, text), element, document)
        for inner in element.iterchildren(f"{_XS}complexType", f"{_XS}simpleType"):
            return self._defined(inner, document, None)
        return self._type_of_head(element)

    def _type_of_head(self, element: etree._Element) -> DataType | None:
        """The type of the nearest head of the substitution groups above that has one."""
        seen: set[QName] = set()
        head = resolve_name(element, element.get("substitutionGroup"))
        while head in self.elements and head not in seen:
            seen.add(head)
            declaration, document = self.elements[head]
            inner = next(declaration.iterchildren(f"{_XS}complexType", f"{_XS}simpleType"), None)
            if declaration.get("type") is not None or inner is not None:
                return self._element_type(declaration, document)
            head = resolve_name(declaration, declaration.get("substitutionGroup"))
        return None

    def type_named(self, name: QName | None) -> tuple[etree._Element, Document] | None:
        """The definition of a type, if its schema is available."""
        return (self._types[name], self._documents[name]) if name in self._types else None

    def _type(self, name: QName | None, element: etree._Element, document: Document) -> DataType | None:
        if name is None:
            self._finding(document, element, "a type has a prefix that is not declared")
            return None
        if (known := STANDARD_TYPES.get(name) or SIMPLE_TYPES.get(name)) is not None:
            return known
        if name in self._resolved:
            return self._resolved[name]
        if name not in self._types:
            if name.namespace in self._namespaces:
                self._finding(document, element, f"the type {name} is not defined")
            return None
        self._resolved[name] = None  # a type that restricts itself has no meaning
        if self._depth >= _MAX_DERIVATIONS:
            self._finding(document, element, f"a type is derived through more than {_MAX_DERIVATIONS} others")
            return None
        self._depth += 1
        self._resolved[name] = self._defined(self._types[name], self._documents[name], name)
        self._depth -= 1
        return self._resolved[name]

    def _defined(self, definition: etree._Element, document: Document, name: QName | None) -> DataType | None:
        """The type of a definition; one without a name goes by the name of what it restricts."""
        own = QName(document.namespace, name.local_name, prefix=document.prefix) if name else None
        step = _step(definition)
        if step is None:
            return complex_type(own or _ANY_TYPE)
        kind = str(step.tag).removeprefix(_XS)
        if kind in ("list", "union"):
            return DataType(own or QName(XSD, "anySimpleType", prefix="xs"), kind, kind)
        inner = step.find(f"{_XS}simpleType")
        base = resolve_name(step, step.get("base"))
        if base == _ANY_TYPE:
            return complex_type(own or _ANY_TYPE)
        if base is None and inner is None:
            self._finding(document, step, "a type restricts nothing that is known")
            return None
        parent = self._defined(inner, document, None) if base is None and inner is not None else None
        parent = parent or (self._type(base, step, document) if base is not None else None)
        if parent is None:
            return None
        facets = _facets(step, parent)
        self._check_patterns(step, document)
        return parent.derive(own or parent.name, facets) if own or facets else parent

    def _check_patterns(self, step: etree._Element, document: Document) -> None:
        """Warn of patterns that are none, or too large to be decided: any value is taken to fit them."""
        for element in step.iterchildren(f"{_XS}pattern"):
            value = element.get("value", "")
            try:
                compile_pattern(value)
            except PatternError as error:
                line: Any = element.sourceline
                finding = Finding(
                    code="exporter:patternNotChecked",
                    severity=Severity.WARNING,
                    message=f"no value is held against the pattern {value[:80]!r}: {error}",
                    location=Location(file=document.name, line=line),
                    fix="write a smaller pattern, as XML Schema does",
                )
                self.dts.warn(finding)

    def _default_accuracy(self, element: etree._Element, document: Document) -> Mapping[str, str] | None:
        """The accuracy attributes that the element's type supplies: the nearest declaration of each decides."""
        name = document.resolve(element, element.get("type"))
        if name is None or len(element):
            return self._supplied(element)
        if name not in self._accuracies:
            self._accuracies[name] = self._supplied(element)
        return self._accuracies[name]

    def _supplied(self, element: etree._Element) -> Mapping[str, str] | None:
        nearest: dict[str, etree._Element] = {}
        for step in self._derivations(element):
            for attribute in step.iterchildren(f"{_XS}attribute"):
                nearest.setdefault(attribute.get("name", ""), attribute)
        declared = {key: nearest[key] for key in _ACCURACY if key in nearest}
        supplied = {key: use.get("fixed", use.get("default")) for key, use in declared.items()}
        return {key: value for key, value in supplied.items() if value and declared[key].get("use") != "prohibited"}

    def _derivations(self, element: etree._Element) -> Iterator[etree._Element]:
        """The steps from the element's type towards a standard one."""
        definition, name = element.find(f"{_XS}complexType"), resolve_name(element, element.get("type"))
        for _ in range(len(self._types) + 1):  # a type that restricts itself has no end
            if definition is None and name is not None:
                definition = self._types.get(name)
            step = None if definition is None else _step(definition)
            if step is None:
                return
            yield step
            definition, name = None, resolve_name(step, step.get("base"))

    # Roles

    def roles_and_arcroles(self, own: Document | None, address: Any) -> tuple[list[RoleType], list[ArcroleType]]:
        """Every role type and every arcrole type that can be used.

        One without an id is valid, but nothing can refer to it.
        """
        roles: list[RoleType] = []
        arcroles: list[ArcroleType] = []
        for document in self.dts.documents.values():
            if not document.is_schema or document.namespace in SCHEMAS:
                continue
            schema = None if document is own else address(document.url)
            appinfos = document.root.iterfind(f"{_XS}annotation/{_XS}appinfo")
            for element in chain.from_iterable(appinfo.iterchildren(_ROLE_TYPE, _ARCROLE_TYPE) for appinfo in appinfos):
                is_role = element.tag == _ROLE_TYPE
                uri, identifier = element.get("roleURI" if is_role else "arcroleURI", ""), element.get("id", "")
                if not uri:
                    self._finding(document, element, "a role type needs a URI")
                if not uri or not identifier:
                    continue
                definition = element.findtext(f"{{{LINK}}}definition")
                named = (resolve_name(used_on, used_on.text) for used_on in element.iterfind(f"{{{LINK}}}usedOn"))
                used_on = [name for name in named if name is not None]
                if is_role:
                    roles.append(
                        RoleType(uri=uri, id=identifier, definition=definition, used_on=used_on, schema=schema)
                    )
                else:
                    cycles = cast(CyclesAllowed, element.get("cyclesAllowed", "none"))
                    arcroles.append(
                        ArcroleType(
                            uri=uri,
                            id=identifier,
                            definition=definition,
                            used_on=used_on,
                            cycles_allowed=cycles,
                            schema=schema,
                        )
                    )
        return roles, arcroles


def _is_true(element: etree._Element, name: str) -> bool:
    return element.get(name, "false").strip() in ("true", "1")


def _enumeration(element: etree._Element) -> EnumerationDomain | None:
    domain = resolve_name(element, element.get(_DOMAIN))
    role = element.get(f"{{{ENUM2}}}linkrole")
    if domain is None or role is None:
        return None
    return EnumerationDomain(domain=domain, linkrole=role, head_usable=_is_true(element, f"{{{ENUM2}}}headUsable"))


def _step(definition: etree._Element) -> etree._Element | None:
    """The derivation in a type definition; ``None`` where it builds a content model from nothing."""
    for element in definition.iterchildren(etree.Element):
        kind = str(element.tag).removeprefix(_XS)
        if kind in ("restriction", "extension", "list", "union"):
            return element
        if kind in ("simpleContent", "complexContent"):
            return _step(element)
    return None


def _facets(step: etree._Element, parent: DataType) -> Facets | None:
    values: dict[str, Any] = {}
    allowed: set[str] = set()
    patterns: list[str] = []
    for element in step.iterchildren(etree.Element):
        kind, value = str(element.tag).removeprefix(_XS), element.get("value", "")
        if kind == "enumeration":
            allowed.add(parent.normalise(value))
        elif kind == "pattern":
            patterns.append(value)
        elif kind in _INTEGER_FACETS and value.strip().isdecimal():
            values[_INTEGER_FACETS[kind]] = int(value)
        elif kind in _BOUND_FACETS and parent.is_numeric and (bound := _bound(value)) is not None:
            values[_BOUND_FACETS[kind]] = bound
    if not (values or allowed or patterns):
        return None
    return Facets(enumeration=frozenset(allowed) if allowed else None, pattern=tuple(patterns), **values)


def _bound(value: str) -> Decimal | None:
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
