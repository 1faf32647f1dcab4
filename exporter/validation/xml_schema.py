"""Check whole instances against XML Schema: the standard structure, and a taxonomy's own schemas, offline.

Schemas of the specifications are replaced by our own (`exporter.resources.standard`); all others come through a
`Resolver`. Nothing is loaded while an instance is being validated, whatever it asks for.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

from exporter.errors import ReadError, ResolutionError
from exporter.findings import Finding, Location
from exporter.namespaces import XBRLDI, XBRLI, XML, XSD, XSI
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver, file_url
from exporter.resources.standard import StandardSchema, standard_schema, standard_schema_of
from exporter.resources.xml import parse_xml

_IMPORT: Final = f"{{{XSD}}}import"
_INCLUSIONS: Final = (f"{{{XSD}}}include", f"{{{XSD}}}redefine")
_HINTS: Final = (f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation")
_CACHED: Final = 16
_EMPTY_SCHEMA: Final = f'<schema xmlns="{XSD}"/>'.encode()


def check_xml_schema(
    instance: Path | bytes,
    schemas: Iterable[Path | str] = (),
    *,
    name: str | None = None,
    resolver: Resolver | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Finding]:
    """Every place where ``instance`` does not fit XBRL 2.1's structure and ``schemas``, with its line.

    Args:
        instance: the document.
        schemas: the taxonomy's entry points, as paths or URLs; without any, only the structure that XBRL 2.1 gives an
            instance is known, and no concept.
        name: the instance's file name in findings; a path's own by default.
        resolver: where schemas come from; local files by default.
        limits: what to accept of instance and schemas.

    Yields:
        ``exporter:xmlSchema`` for the instance, ``exporter:schemaNotFound`` and ``exporter:schemaInvalid`` for the
        schemas, and what keeps a document from being read as XML.
    """
    name = name or (str(instance) if isinstance(instance, Path) else "(XML)")
    closure = _Closure(resolver or Resolver(), limits)
    closure.add(schemas)
    if closure.findings:  # without a schema that is needed, all that follows would be noise
        yield from closure.findings
        return
    try:
        compiled = _compile(closure)
    except etree.XMLSchemaParseError as error:
        yield _schema_fault(error)
        return
    try:
        tree = parse_xml(instance, limits, name)
    except ReadError as error:
        yield from error.findings
        return
    yield from _validate(compiled, tree, name)


class _Closure:
    """The schemas that are needed, their references rewritten to where they are kept."""

    def __init__(self, resolver: Resolver, limits: Limits) -> None:
        self._resolver = resolver
        self._limits = limits
        self.documents: dict[str, bytes] = {}
        self._namespaces: dict[str, str] = {}
        self.findings: list[Finding] = []
        self.driver = b""

    def add(self, schemas: Iterable[Path | str]) -> None:
        imports: dict[str, str] = {}
        for namespace in (XBRLI, XBRLDI):
            standard = standard_schema_of(namespace)
            assert standard is not None
            imports[namespace] = self._standard(standard)
        for schema in schemas:
            url = file_url(schema.resolve()) if isinstance(schema, Path) else schema
            namespace_of = self._visit(url, str(schema))
            if namespace_of is not None:
                imports.setdefault(namespace_of, url)
        root = etree.Element(f"{{{XSD}}}schema", nsmap={"xs": XSD})
        for namespace, url in imports.items():
            etree.SubElement(root, _IMPORT, {"namespace": namespace, "schemaLocation": url})
        self.driver = etree.tostring(root)

    def _standard(self, schema: StandardSchema) -> str:
        url = file_url(schema.path)
        self._visit(url, schema.urls[0])
        return url

    def _visit(self, url: str, asked_by: str) -> str | None:
        """Load the schema at ``url`` and all it needs; its namespace, or ``None`` where it cannot be read."""
        if url in self.documents:
            return self._namespaces[url]
        try:
            tree = parse_xml(self._resolver.read(url), self._limits, url)
        except ResolutionError as error:
            self._not_found(url, error, asked_by)
            return None
        except ReadError as error:
            self.findings.extend(error.findings)
            return None
        root = tree.getroot()
        namespace = self._namespaces[url] = root.get("targetNamespace") or ""
        self.documents[url] = b""
        for element in root.iter(_IMPORT, *_INCLUSIONS):
            self._follow(element, url)
        self.documents[url] = etree.tostring(tree)
        return namespace

    def _follow(self, element: etree._Element, base: str) -> None:
        location = element.get("schemaLocation")
        standard = standard_schema_of(element.get("namespace") or "") if element.tag == _IMPORT else None
        if standard is None and location is not None:
            standard = standard_schema(location.strip())
        if standard is not None:
            element.set("schemaLocation", self._standard(standard))
        elif location is not None:
            self._follow_location(element, location, base)

    def _follow_location(self, element: etree._Element, location: str, base: str) -> None:
        try:
            url = self._resolver.absolute(location, base)
        except ResolutionError as error:
            self._not_found(location, error, base)
            return
        element.set("schemaLocation", url)
        self._visit(url, base)

    def _not_found(self, url: str, error: ResolutionError, asked_by: str) -> None:
        reason = error.findings[0].message if error.findings else str(error)
        finding = Finding(
            code="exporter:schemaNotFound",
            message=f"the schema {url} cannot be had: {reason}",
            location=Location(file=asked_by),
            mend="give the taxonomy package that holds it, or put the file in its place",
        )
        self.findings.append(finding)

    @property
    def key(self) -> str:
        """A digest of all that is compiled."""
        digest = hashlib.sha256(self.driver)
        for url, document in sorted(self.documents.items()):
            digest.update(f"\0{url}\0{len(document)}\0".encode())
            digest.update(document)
        return digest.hexdigest()


class _Documents(etree.Resolver):
    """Gives the schema compiler what was gathered, and nothing else."""

    def __init__(self, documents: dict[str, bytes]) -> None:
        self._documents = documents

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]
        document = self._documents.get(system_url, _EMPTY_SCHEMA)
        return self.resolve_string(document, context, base_url=system_url)


class _Compiled:
    """A schema for use by one thread at a time: lxml keeps the last run's errors with the schema."""

    def __init__(self, schema: etree.XMLSchema) -> None:
        self.schema = schema
        self.lock = threading.Lock()


_cache: OrderedDict[str, _Compiled] = OrderedDict()
_cache_lock = threading.Lock()


def _compile(closure: _Closure) -> _Compiled:
    key = closure.key
    with _cache_lock:
        if (found := _cache.get(key)) is not None:
            _cache.move_to_end(key)
            return found
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    parser.resolvers.add(_Documents(closure.documents))
    compiled = _Compiled(etree.XMLSchema(etree.fromstring(closure.driver, parser, base_url="memory:driver.xsd")))
    with _cache_lock:
        _cache[key] = compiled
        while len(_cache) > _CACHED:
            _cache.popitem(last=False)
    return compiled


def _validate(compiled: _Compiled, tree: etree._ElementTree, name: str) -> Iterator[Finding]:
    for element in tree.iter(etree.Element):
        for hint in _HINTS:  # else the validator would try to follow it
            if element.get(hint) is not None:
                del element.attrib[hint]
    prefixes = {XML: "xml", **{uri: prefix for prefix, uri in tree.getroot().nsmap.items()}}
    with compiled.lock:
        if compiled.schema.validate(tree):
            return
        log: Any = compiled.schema.error_log
        errors = [(entry.line, entry.message) for entry in log]
    for line, message in errors:
        location = Location(file=name, line=line or None)
        yield Finding(
            code="exporter:xmlSchema",
            message=_readable(message, prefixes),
            location=location,
            mend="correct the element, or the schema that declares it",
        )


def _schema_fault(error: etree.XMLSchemaParseError) -> Finding:
    log: Any = error.error_log
    entry = next(iter(log), None)
    message = entry.message if entry is not None else str(error)
    location = Location(file=entry.filename, line=entry.line or None) if entry is not None else Location()
    mend = "correct the schema; its imports must cover every namespace that it uses"
    return Finding(code="exporter:schemaInvalid", message=_readable(message, {}), location=location, mend=mend)


def _readable(message: str, prefixes: dict[str, str | None]) -> str:
    """The message with prefixes in place of namespaces, as the document writes them."""

    def short(match: re.Match[str]) -> str:
        prefix = prefixes.get(match[1], match[0])
        return f"{prefix}:" if prefix and prefix != match[0] else (prefix or "")

    return re.sub(r"\{([^{}]*)\}", short, message).strip()
