"""A taxonomy that stands in for one that is not at hand: just what an instance shows of it.

Each namespace of the instance becomes a schema with the concepts, dimensions, members and typed domains that occur,
their types guessed from units and values. The schemas lie in a taxonomy package; the schema that the instance names
imports them all, and lies in the package too where it is public, else beside the instance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import evolve, frozen
from lxml import etree

from exporter.model.datatypes import DataType
from exporter.model.qname import QName
from exporter.model.standard_types import SIMPLE_TYPES, PeriodType, standard_type
from exporter.namespaces import XSD
from exporter.packages.taxonomy_package import EntryPoint, PackageMetadata, write_taxonomy_package
from exporter.taxonomy import Concept, Import, Taxonomy, TypedDomain
from exporter.taxonomy.write.linkbases import write_taxonomy
from tests.support.plain_instance import LINK, XBRLDI, XBRLI, XLINK, clark, fact_elements, is_nil, units_of

PLACE = "http://www.example.com/"
"""Below it each instance has a place of its own, so that several packages go together."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ISO4217 = "{http://www.xbrl.org/2003/iso4217}"
_STRING = SIMPLE_TYPES[QName(XSD, "string")]


@frozen(kw_only=True)
class StandIn:
    """The package, and the concepts (Clark notation) whose facts have a language."""

    package: Path
    texts: frozenset[str]


def make_stand_in(instance: Path, folder: Path) -> StandIn:
    """Write the taxonomy of ``instance`` to ``folder``, where copies of the report are going to lie."""
    root = etree.parse(str(instance)).getroot()
    guess = _Guess(root)
    place = f"{PLACE}{instance.stem}/"
    files = {path: data for taxonomy in guess.taxonomies() for path, data in _schema(taxonomy).items()}
    rewrites = {place: "standin/"}
    hrefs = [str(each.get(f"{XLINK}href")) for each in root.iter(f"{LINK}schemaRef")]
    for number, href in enumerate(hrefs):
        base, _, name = href.rpartition("/")
        schema = write_taxonomy(_entry(guess, f"{place}entry{number}", place), name.removesuffix(".xsd"))[name]
        if "://" in href:
            rewrites[f"{base}/"] = f"entry{number}/"
            files[f"entry{number}/{name}"] = schema
        else:
            (folder / href).write_bytes(schema)
    package = folder / "standin.zip"
    documents = tuple(href for href in hrefs if "://" in href)
    metadata = PackageMetadata(
        identifier=place,
        names={"en": "stand-in"},
        version="1",
        entry_points=(EntryPoint(documents=documents, names={"en": "entry"}),) if documents else (),
    )
    with package.open("wb") as stream:
        write_taxonomy_package(stream, metadata, files, "standin", rewrites=rewrites)
    return StandIn(package=package, texts=guess.texts)


def _schema(taxonomy: Taxonomy) -> dict[str, bytes]:
    written = write_taxonomy(taxonomy, taxonomy.prefix)
    return {f"standin/{name}": data for name, data in written.items()}


def _entry(guess: _Guess, namespace: str, place: str) -> Taxonomy:
    imports = [Import(namespace=uri, location=f"{place}{prefix}.xsd") for uri, prefix in guess.prefixes.items()]
    return Taxonomy(namespace=namespace, prefix="entry", imports=imports)


class _Guess:
    """What an instance shows. ``prefixes`` are those of the namespaces that it takes names from."""

    def __init__(self, root: Any) -> None:
        self._declared = {uri: prefix for prefix, uri in root.nsmap.items() if prefix}
        self.prefixes: dict[str, str] = {}
        self._instants = {
            each.get("id")
            for each in root.iter(f"{XBRLI}context")
            if each.find(f"{XBRLI}period/{XBRLI}instant") is not None
        }
        self._units = units_of(root)
        facts: dict[str, list[Any]] = defaultdict(list)
        for element in fact_elements(root):
            facts[element.tag].append(element)
        self._concepts = {tag: self._item(tag, elements) for tag, elements in facts.items()}
        self._domains: dict[str, TypedDomain] = {}
        for element in root.iter(f"{XBRLDI}explicitMember"):
            self._add(self._abstract(clark(element.get("dimension"), element), "stringItemType", kind="dimension"))
            self._add(self._abstract(clark(element.text, element), "domainItemType"))
        for element in root.iter(f"{XBRLDI}typedMember"):
            axis, domain = clark(element.get("dimension"), element), self._name(element[0].tag)
            self._domains[domain.clark] = TypedDomain(qname=domain, datatype=_STRING, nillable=True)
            more = {"kind": "dimension", "typed_domain_ref": domain}
            self._add(self._abstract(axis, "stringItemType", **more))

    @property
    def texts(self) -> frozenset[str]:
        """The concepts whose facts have a language."""
        found = self._concepts.items()
        return frozenset(tag for tag, concept in found if concept.datatype is not None and concept.datatype.is_text)

    def taxonomies(self) -> Iterator[Taxonomy]:
        """One for each namespace."""
        imports = [Import(namespace=uri, location=f"{prefix}.xsd") for uri, prefix in self.prefixes.items()]
        for uri, prefix in self.prefixes.items():
            yield Taxonomy(
                namespace=uri,
                prefix=prefix,
                concepts=_within(uri, self._concepts.values()),
                typed_domains=[
                    each if each.qname.namespace == uri else _elsewhere(each, self.prefixes)
                    for each in self._domains.values()
                ],
                imports=[each for each in imports if each.namespace != uri],
            )

    def _name(self, tag: str) -> QName:
        name = QName.parse(tag)
        prefix = self.prefixes.setdefault(name.namespace, self._declared.get(name.namespace, f"ns{len(self.prefixes)}"))
        return QName(name.namespace, name.local_name, prefix=prefix)

    def add_located(self, url: str, fragment: str, schemas: dict[str, str]) -> None:
        """An axis, a domain, a member or a heading of a standard schema."""
        namespace = next((uri for uri, place in schemas.items() if place == url), None)
        if namespace is not None and fragment.endswith(("Axis", "Member", "Domain", "Abstract")):
            name = f"{{{namespace}}}{fragment.rpartition('_')[2]}"
            is_axis = fragment.endswith("Axis")
            more = {"kind": "dimension"} if is_axis else {}
            self.prefixes.setdefault(namespace, fragment.rpartition("_")[0])
            is_text = fragment.endswith(("Axis", "Abstract"))
            self._add(self._abstract(name, "stringItemType" if is_text else "domainItemType", **more))

    def _add(self, concept: Concept) -> None:
        self._concepts.setdefault(concept.qname.clark, concept)

    def _abstract(self, tag: str, datatype: str, **more: Any) -> Concept:
        known = standard_type(datatype)
        return Concept(qname=self._name(tag), datatype=known, period_type="duration", abstract=True, **more)

    def _item(self, tag: str, elements: list[Any]) -> Concept:
        period: PeriodType = "instant" if elements[0].get("contextRef") in self._instants else "duration"
        return Concept(qname=self._name(tag), datatype=self._datatype(elements), period_type=period)

    def _datatype(self, elements: list[Any]) -> DataType:
        values = [each.text or "" for each in elements if not is_nil(each)]
        units = {self._units[each.get("unitRef")] for each in elements if each.get("unitRef")}
        if units:
            return standard_type(_numeric_type(units, values))
        if values and all(map(_DATE.fullmatch, values)):
            return standard_type("dateItemType")
        boolean = values and set(values) <= {"true", "false"}
        return standard_type("booleanItemType" if boolean else "stringItemType")


def _numeric_type(units: set[tuple[tuple[str, ...], tuple[str, ...]]], values: Iterable[str]) -> str:
    if any("e" in value.lower() for value in values):
        return "doubleItemType"
    if all(len(top) == 1 and not bottom and top[0].startswith(_ISO4217) for top, bottom in units):
        return "monetaryItemType"
    if units == {((f"{XBRLI}shares",), ())}:
        return "sharesItemType"
    return "pureItemType" if units == {((f"{XBRLI}pure",), ())} else "decimalItemType"


def _within(namespace: str, concepts: Iterable[Concept]) -> list[Concept]:
    return [each for each in concepts if each.qname.namespace == namespace]


def _elsewhere(domain: TypedDomain, prefixes: dict[str, str]) -> TypedDomain:
    place = f"{prefixes[domain.qname.namespace]}.xsd"
    return TypedDomain(qname=domain.qname, datatype=domain.datatype, nillable=domain.nillable, schema=place)


def make_standard_package(instance: Path, folder: Path, schemas: dict[str, str]) -> Path:
    """A package with the standard schemas that a report builds on: their public URLs by namespace.

    Beside the concepts of facts they have the axes, members and headings that the linkbases beside the report point at.
    """
    guess = _Guess(etree.parse(str(instance)).getroot())
    for linkbase in instance.parent.glob("*.xml"):
        for locator in etree.parse(str(linkbase)).iter(f"{LINK}loc"):
            url, _, fragment = str(locator.get(f"{XLINK}href")).partition("#")
            guess.add_located(url, fragment, schemas)
    files: dict[str, bytes] = {}
    rewrites: dict[str, str] = {}
    for taxonomy in guess.taxonomies():
        if taxonomy.namespace not in schemas:
            continue
        base, _, name = schemas[taxonomy.namespace].rpartition("/")
        rewrites[f"{base}/"] = f"{taxonomy.prefix}/"
        own = evolve(taxonomy, imports=())
        files[f"{taxonomy.prefix}/{name}"] = write_taxonomy(own, name.removesuffix(".xsd"))[name]
    package = folder / "standard.zip"
    metadata = PackageMetadata(identifier=PLACE, names={"en": "standard taxonomies"}, version="1")
    with package.open("wb") as stream:
        write_taxonomy_package(stream, metadata, files, "standard", rewrites=rewrites)
    return package
