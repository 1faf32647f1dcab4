"""Reads the filer's own schemas and linkbases as they are written, for the rules that ask how, not what they say."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, Final, Literal

from attrs import evolve

from exporter.errors import PackageError, ReadError, ResolutionError
from exporter.findings import Location
from exporter.namespaces import LINK, XBRLI, XLINK, XML, XSD
from exporter.resources.limits import Limits
from exporter.resources.resolver import Resolver, is_local, local_path
from exporter.resources.xml import parse_xml
from exporter.taxonomy.standard import is_standard_schema, published_at
from exporter.validation.filing_rules.written import (
    WrittenAddress,
    WrittenArc,
    WrittenDocument,
    WrittenElement,
    WrittenExtendedLink,
    WrittenLabel,
    WrittenRole,
    WrittenType,
)

_X: Final = f"{{{XLINK}}}"
_SCHEMA: Final = f"{{{XSD}}}schema"
_LINKBASE: Final = f"{{{LINK}}}linkbase"
_ADDRESSES: Final = {
    f"{{{XSD}}}import": "schemaLocation",
    f"{{{XSD}}}include": "schemaLocation",
    f"{{{XSD}}}redefine": "schemaLocation",
    **{f"{{{LINK}}}{name}": f"{_X}href" for name in ("linkbaseRef", "roleRef", "arcroleRef", "loc", "schemaRef")},
}
_FOLLOWED: Final = frozenset({"import", "include", "redefine", "linkbaseRef"})
_EXEMPT: Final = frozenset({"use", "priority"})
"""The attributes of an arc that do not tell it apart from others between the same ends."""
_NUMBER: Final = re.compile(r"([+-]?)(\d+)(?:\.(\d*))?")
_MOST: Final = 200
"""The most documents of one filer."""


def written_documents(
    hrefs: Iterable[str],
    *,
    base: str,
    resolver: Resolver,
    limits: Limits,
    is_standard: Callable[[str], bool],
) -> tuple[WrittenDocument, ...]:
    """The documents that are the filer's own, from the schemas that a report names to all they lead to.

    What cannot be read is left out: whoever reads the taxonomy says so.

    Args:
        hrefs: the schemas, as the report names them.
        base: the URL that they are relative to.
        is_standard: whether an address belongs to a standard taxonomy.
    """
    documents: list[WrittenDocument] = []
    waiting = deque(url for href in hrefs if (url := _absolute(resolver, href, base)) is not None)
    known = set(waiting)
    while waiting and len(documents) < _MOST:
        url = waiting.popleft()
        if is_standard_schema(url) or is_standard(url) or (published_at(url) is not None and not is_local(url)):
            continue
        document = _read(url, resolver, limits)
        if document is None:
            continue
        documents.append(document)
        for address in document.addresses:
            if address.kind in _FOLLOWED and address.url and address.url not in known:
                known.add(address.url)
                waiting.append(address.url)
    return tuple(documents)


def _absolute(resolver: Resolver, href: str, base: str) -> str | None:
    try:
        return resolver.absolute(href, base)
    except ResolutionError:
        return None


def _read(url: str, resolver: Resolver, limits: Limits) -> WrittenDocument | None:
    name = str(local_path(url)) if is_local(url) else url
    try:
        content = resolver.read(url)
        root: Any = parse_xml(content, limits, name).getroot()
    except (ReadError, PackageError, ResolutionError):
        return None
    kind: Literal["schema", "linkbase"]
    if root.tag == _SCHEMA:
        kind = "schema"
    elif root.tag == _LINKBASE:
        kind = "linkbase"
    else:
        return None
    return evolve(_Reader(root, url, name, resolver).document(kind), not_ascii=not content.isascii())


class _Reader:
    """Makes the plain data of one document."""

    def __init__(self, root: Any, url: str, name: str, resolver: Resolver) -> None:
        self._root = root
        self._url = url
        self._name = name
        self._resolver = resolver

    def document(self, kind: Literal["schema", "linkbase"]) -> WrittenDocument:
        root = self._root
        forms = (("elementFormDefault", "qualified"), ("attributeFormDefault", "unqualified"))
        deviating = [self._at(root) for key, form in forms if root.get(key, "unqualified") != form]
        deviating += [self._at(element) for element in root.iter(f"{{{XSD}}}element") if element.get("form")]
        return WrittenDocument(
            name=PurePosixPath(self._url).name,
            url=self._url,
            kind=kind,
            location=Location(file=self._name),
            namespace=root.get("targetNamespace"),
            encoding=root.getroottree().docinfo.encoding,
            prefixes=tuple((prefix or "", uri) for prefix, uri in root.nsmap.items()),
            addresses=tuple(self._addresses()),
            links=tuple(self._links()),
            roles=tuple(self._roles()),
            types=tuple(self._types()),
            embedded=tuple(map(self._at, root.iter(_LINKBASE))) if kind == "schema" else (),
            documentation=tuple(
                self._at(part) for part in root.iterfind(f"{{{XSD}}}element/{{{XSD}}}annotation/{{{XSD}}}documentation")
            ),
            forms=tuple(deviating) if kind == "schema" else (),
            elements=tuple(self._elements()) if kind == "schema" else (),
            bases=tuple(self._at(element) for element in root.iter("*") if element.get(f"{{{XML}}}base") is not None),
        )

    def _at(self, element: Any) -> Location:
        return Location(file=self._name, line=element.sourceline or None)

    def _url_of(self, href: str) -> str:
        """An absolute address, the fragment included."""
        plain, mark, fragment = href.partition("#")
        url = _absolute(self._resolver, plain, self._url) if plain else self._url
        return f"{url or plain}{mark}{fragment}"

    def _addresses(self) -> Iterator[WrittenAddress]:
        for element in self._root.iter(*_ADDRESSES):
            href = element.get(_ADDRESSES[element.tag])
            if href is not None:
                yield WrittenAddress(
                    kind=_local(element.tag),
                    href=href,
                    url=self._url_of(href).partition("#")[0],
                    location=self._at(element),
                    namespace=element.get("namespace"),
                    role=element.get(f"{_X}role"),
                )
        locations = (self._root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation") or "").split()
        for href in locations[1::2]:
            yield WrittenAddress(
                kind="schemaLocation", href=href, url=self._url_of(href), location=self._at(self._root)
            )

    def _links(self) -> Iterator[WrittenExtendedLink]:
        for element in self._root.iter(f"{{{LINK}}}*"):
            if element.get(f"{_X}type") == "extended":
                yield self._link(element)

    def _link(self, link: Any) -> WrittenExtendedLink:
        located: dict[str, list[str]] = {}
        resources: dict[str, list[Any]] = {}
        for child in link.iterchildren("*"):
            label = child.get(f"{_X}label", "")
            if child.get(f"{_X}type") == "locator":
                located.setdefault(label, []).append(self._url_of(child.get(f"{_X}href", "")))
            elif child.get(f"{_X}type") == "resource":
                resources.setdefault(label, []).append(child)
        arcs: list[WrittenArc] = []
        labels: list[WrittenLabel] = []
        for arc in link.iterchildren("*"):
            if arc.get(f"{_X}type") != "arc":
                continue
            source, target = arc.get(f"{_X}from", ""), arc.get(f"{_X}to", "")
            for start in located.get(source, [None]):
                for end in located.get(target, [None]):
                    arcs.append(self._arc(arc, start, end))
                for resource in resources.get(target, ()) if arc.get("use") != "prohibited" else ():
                    labels.append(self._label(resource, start or "", arc))
        everything = [resource for group in resources.values() for resource in group]
        return WrittenExtendedLink(
            kind=_local(link.tag),
            role=link.get(f"{_X}role", ""),
            location=self._at(link),
            arcs=tuple(arcs),
            labels=tuple(labels),
            bare_resources=tuple(self._at(resource) for resource in everything if not resource.get(f"{_X}role")),
            resource_roles=tuple(
                (role, self._at(resource)) for resource in everything if (role := resource.get(f"{_X}role"))
            ),
        )

    def _arc(self, arc: Any, start: str | None, end: str | None) -> WrittenArc:
        return WrittenArc(
            arcrole=arc.get(f"{_X}arcrole", ""),
            location=self._at(arc),
            source=start,
            target=end,
            order=arc.get("order"),
            priority=arc.get("priority"),
            prohibits=arc.get("use") == "prohibited",
            attributes=tuple(
                sorted(
                    (key, _plain(value))
                    for key, value in {"order": "1", **arc.attrib}.items()
                    if key not in _EXEMPT and not key.startswith(_X)
                )
            ),
        )

    def _label(self, resource: Any, concept: str, arc: Any) -> WrittenLabel:
        return WrittenLabel(
            concept=concept,
            role=resource.get(f"{_X}role", ""),
            language=resource.get(f"{{{XML}}}lang", ""),
            location=self._at(resource),
            priority=arc.get("priority", "0").strip(),
        )

    def _roles(self) -> Iterator[WrittenRole]:
        kinds: tuple[tuple[Literal["roleType", "arcroleType"], str], ...] = (
            ("roleType", "roleURI"),
            ("arcroleType", "arcroleURI"),
        )
        for kind, key in kinds:
            for element in self._root.iter(f"{{{LINK}}}{kind}"):
                definition = element.find(f"{{{LINK}}}definition")
                yield WrittenRole(
                    kind=kind,
                    uri=element.get(key, ""),
                    id=element.get("id", ""),
                    location=self._at(element),
                    definition=None if definition is None else "".join(definition.itertext()),
                    used_on=tuple(
                        (part.text or "").strip().rpartition(":")[2] for part in element.iterfind(f"{{{LINK}}}usedOn")
                    ),
                )

    def _elements(self) -> Iterator[WrittenElement]:
        for element in self._root.iterchildren(f"{{{XSD}}}element"):
            prefix, _, name = (element.get("substitutionGroup") or "").rpartition(":")
            namespace = element.nsmap.get(prefix or None) or ""
            yield WrittenElement(name=element.get("name", ""), group=(namespace, name), location=self._at(element))

    def _types(self) -> Iterator[WrittenType]:
        for element in self._root.iter(f"{{{XSD}}}complexType"):
            narrowed = element.find(f"{{{XSD}}}simpleContent/{{{XSD}}}restriction")
            if element.get("name") is None or narrowed is None:
                continue
            prefix, _, name = narrowed.get("base", "").rpartition(":")
            namespace = element.nsmap.get(prefix or None) or XBRLI
            has_parts = any(isinstance(child.tag, str) for child in narrowed)
            yield WrittenType(
                name=element.get("name", ""),
                base_namespace=namespace,
                base=name,
                location=self._at(element),
                is_narrowed=has_parts,
            )


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _plain(value: str) -> str:
    """A value, a number without the zeros that say nothing: ``1`` for ``1.0``."""
    match = _NUMBER.fullmatch(value.strip())
    if match is None:
        return value.strip()
    sign, whole, rest = match[1].replace("+", ""), match[2].lstrip("0") or "0", (match[3] or "").rstrip("0")
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
