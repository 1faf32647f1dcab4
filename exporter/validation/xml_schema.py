"""Check whole instances against XML Schema: the standard structure, and a taxonomy's own schemas, offline.

Schemas of the specifications are replaced by our own (`exporter.taxonomy.schema_closure`); all others come through a
`Resolver`. Nothing is loaded while an instance is being validated, whatever it asks for.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

from lxml import etree

from exporter.errors import ReadError
from exporter.findings import Finding, Location
from exporter.namespaces import XML, XSI
from exporter.resources.limits import DEFAULT_LIMITS, Limits
from exporter.resources.resolver import Resolver
from exporter.resources.xml import parse_xml
from exporter.taxonomy.schema_closure import BOX, DRIVER, SchemaClosure

_HINTS: Final = (f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation")
_HINTED: Final = etree.XPath("//*[@x:schemaLocation or @x:noNamespaceSchemaLocation]", namespaces={"x": XSI})
_UNUSUAL: Final = (b"chemaLocation", b"<!DOCTYPE", b"<![CDATA[", b"\0")
_STARTS: Final = (b"<", b"\xef\xbb\xbf<")
_ID: Final = re.compile(rb"""[\s:]id\s*=\s*("[^"]*"|'[^']*')""")
_CACHED: Final = 16
_ATTEMPTS: Final = 4
_MAX_AT_ONCE: Final = 128 * 1024**2  # bytes of a document that are held at once


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
    compiled = yield from _gather(schemas, resolver or Resolver(), limits)
    if compiled is None:
        return
    try:
        source = _in_one_piece(instance)
        if isinstance(source, bytes) and _is_valid_in_passing(compiled, source, limits):
            return
        tree = parse_xml(source, limits, name)
    except ReadError as error:
        yield from error.findings
        return
    _without_hints(tree)
    yield from _validate(compiled, tree, tree.getroot().nsmap, name)


def _in_one_piece(instance: Path | bytes) -> Path | bytes:
    """The bytes of a file, unless it is large: a parser that reads through Python has to wait for other threads."""
    try:
        if isinstance(instance, Path) and instance.stat().st_size <= _MAX_AT_ONCE:
            return instance.read_bytes()
    except OSError:
        pass  # the parser says what is wrong
    return instance


def check_taxonomy_markup(
    schemas: Iterable[str],
    parts: Iterable[tuple[etree._Element, str]],
    *,
    resolver: Resolver | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Finding]:
    """Whether the schemas of a taxonomy are valid, and every place where ``parts`` of its documents do not fit them.

    Args:
        schemas: the URLs of all schemas of the taxonomy.
        parts: elements with the names of their documents: linkbases, declarations of roles, and whatever else is
            declared by a schema. The attributes of other namespaces that stand on any element are distinguished by
            `attributes_box`.
    """
    compiled = yield from _gather(schemas, resolver or Resolver(), limits)
    if compiled is None:
        return
    for element, name in parts:
        yield from _validate(compiled, element, element.nsmap, name)


def attributes_box(element: etree._Element) -> etree._Element | None:
    """An element that carries the attributes of other namespaces of ``element``, to be validated in its place."""
    foreign = {str(key): str(value) for key, value in element.attrib.items() if str(key)[0] == "{"}
    if not foreign:
        return None
    namespaces: Any = element.nsmap
    box = etree.Element(BOX, foreign, nsmap={prefix: uri for prefix, uri in namespaces.items() if prefix})
    box.sourceline = element.sourceline
    return box


def _gather(
    schemas: Iterable[Path | str], resolver: Resolver, limits: Limits
) -> Generator[Finding, None, _Compiled | None]:
    closure = SchemaClosure(resolver, limits)
    closure.add(schemas)
    if closure.findings:  # without a schema that is needed, all that follows would be noise
        yield from closure.findings
        return None
    yield from closure.unchecked_patterns()
    try:
        return _compile(closure)
    except etree.XMLSchemaParseError as error:
        yield _schema_finding(error, closure)
        return None


class _Documents(etree.Resolver):
    """Gives the schema compiler what was gathered, and nothing else; `addresses` are those that it asked for."""

    def __init__(self, closure: SchemaClosure) -> None:
        self._closure = closure
        self.addresses: set[str] = set()

    def resolve(self, system_url: str, public_id: str, context: Any) -> Any:  # type: ignore[override]
        self.addresses.add(system_url)
        return self.resolve_string(self._closure.document(system_url), context, base_url=system_url)


class _Compiled:
    """A schema for use by one thread at a time: lxml keeps the last run's errors with the schema."""

    def __init__(self, schema: etree.XMLSchema) -> None:
        self.schema = schema
        self.lock = threading.Lock()


_cache: OrderedDict[str, _Compiled] = OrderedDict()
_cache_lock = threading.Lock()


def _compile(closure: SchemaClosure) -> _Compiled:
    key = closure.key
    with _cache_lock:
        if (known := _cache.get(key)) is not None:
            _cache.move_to_end(key)
            return known
    compiled = _Compiled(_schema(closure))
    with _cache_lock:
        _cache[key] = compiled
        while len(_cache) > _CACHED:
            _cache.popitem(last=False)
    return compiled


def _schema(closure: SchemaClosure) -> etree.XMLSchema:
    """Compile a closure.

    libxml2 has one loader of documents for the whole process, which lxml sets for the time of a parse and then sets
    back. A thread that ends parsing so takes the loader away from a compiler at work in another thread; imports that
    are not found then are left out without a word. A compiler that has not asked for every document starts again.
    """
    for attempt in range(_ATTEMPTS):
        documents = _Documents(closure)
        parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
        parser.resolvers.add(documents)
        driver = etree.fromstring(closure.driver, parser, base_url=DRIVER)
        error = None
        try:
            schema = etree.XMLSchema(driver)
        except etree.XMLSchemaParseError as invalid:
            error = invalid
        if documents.addresses >= closure.addresses or attempt == _ATTEMPTS - 1:
            break
    if error is not None:
        raise error
    return schema


def _without_hints(tree: etree._ElementTree) -> None:
    """Take away the attributes that name schemas: else the validator would try to follow them."""
    for element in cast("list[etree._Element]", _HINTED(tree)):
        for hint in _HINTS:
            element.attrib.pop(hint, "")


def _validate(
    compiled: _Compiled,
    document: etree._ElementTree | etree._Element,
    namespaces: Mapping[str | None, str],
    name: str,
) -> Iterator[Finding]:
    try:
        with compiled.lock:
            if compiled.schema.validate(document):
                return
            log: Any = compiled.schema.error_log
            errors = [(entry.line, entry.message) for entry in log]
    except etree.XMLSchemaValidateError as error:  # the validator gives up: what it may try or hold is bounded
        message = f"the document cannot be held against its schemas: {error}"
        fix = "simplify the patterns and content models of the schema"
        yield Finding(code="exporter:limitExceeded", message=message, location=Location(file=name), fix=fix)
        return
    prefixes = {XML: "xml", **{uri: prefix for prefix, uri in namespaces.items()}}
    for line, message in errors:
        yield _violation(name, line, _readable(message, prefixes))


class _Nothing:
    """A parser's target that takes nothing, so that no tree is made."""

    def close(self) -> None: ...


def _is_valid_in_passing(compiled: _Compiled, document: bytes, limits: Limits) -> bool:
    """Whether the validator has nothing to say while the document is parsed, which costs a tenth of the memory.

    Of a document that it objects to, and of any that names schemas of its own or is otherwise unusual, the answer is
    no: only with the whole tree does the validator know lines, and what ids stand twice.
    """
    if limits != DEFAULT_LIMITS or not document.startswith(_STARTS) or any(text in document for text in _UNUSUAL):
        return False
    parser = etree.XMLParser(
        target=cast("Any", _Nothing()),
        schema=compiled.schema,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        etree.fromstring(document, parser)
    except (etree.LxmlError, ValueError, LookupError):
        return False
    return len(parser.error_log) == 0 and _has_unique_ids(document)


def _has_unique_ids(document: bytes) -> bool:
    """Whether no two attributes that may be ids have one value."""
    ids = _ID.findall(document)
    return len(ids) == len(set(ids))


def _violation(name: str, line: int, message: str) -> Finding:
    return Finding(
        code="exporter:xmlSchema",
        message=message,
        location=Location(file=name, line=line or None),
        fix="correct the element, or the schema that declares it",
    )


def _schema_finding(error: etree.XMLSchemaParseError, closure: SchemaClosure) -> Finding:
    log: Any = error.error_log
    # Warnings, such as of a namespace that is imported twice, stand in the same log.
    entry = next((entry for entry in log if entry.level > etree.ErrorLevels.WARNING), next(iter(log), None))
    message = entry.message if entry is not None else str(error)
    location = Location(file=closure.url(entry.filename), line=entry.line or None) if entry is not None else Location()
    fix = "correct the schema; its imports must cover every namespace that it uses"
    return Finding(code="exporter:schemaInvalid", message=_readable(message, {}), location=location, fix=fix)


def _readable(message: str, prefixes: dict[str, str | None]) -> str:
    """The message with prefixes in place of namespaces, as the document writes them."""

    def short(match: re.Match[str]) -> str:
        prefix = prefixes.get(match[1], match[0])
        return f"{prefix}:" if prefix and prefix != match[0] else (prefix or "")

    return re.sub(r"\{([^{}]*)\}", short, message).strip()
