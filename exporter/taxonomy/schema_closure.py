"""All XML Schema documents that a validator needs, gathered before it runs, with the standard schemas of XBRL.

Schemas of the specifications as published to 2024-01-31 are replaced by our own (`STANDARD_SCHEMAS`; ``http`` and
``https`` are both understood); all others come through a `Resolver`. The references of a gathered document are
rewritten to addresses that only the closure knows, so that a compiler can load nothing else, whatever a document names.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from attrs import define, field, frozen
from lxml import etree

from exporter.errors import PackageError, ReadError, ResolutionError
from exporter.findings import Finding, Location, Severity
from exporter.model.pattern_syntax import PatternError
from exporter.model.patterns import PatternLimitError, compile_pattern
from exporter.namespaces import (
    DTR,
    ENUM2,
    GEN,
    GENERIC_LABEL,
    GENERIC_REFERENCE,
    LINK,
    REF,
    XBRLDI,
    XBRLDT,
    XBRLI,
    XL,
    XLINK,
    XML,
    XSD,
)
from exporter.resources.files import schema_path
from exporter.resources.limits import Limits
from exporter.resources.resolver import Resolver, file_url
from exporter.resources.xml import parse_xml


@frozen(kw_only=True)
class StandardSchema:
    """A published schema: its namespace, its addresses (the first by custom), its date, and our file for it."""

    namespace: str
    urls: tuple[str, ...]
    date: str
    file: str

    @property
    def path(self) -> Path:
        """Our own schema for this namespace."""
        return schema_path(f"xsd/{self.file}")


def _dtr(date: str) -> StandardSchema:
    return StandardSchema(
        namespace=f"http://www.xbrl.org/dtr/type/{date}",
        urls=(f"https://www.xbrl.org/dtr/type/{date}/types.xsd",),
        date=date,
        file=f"dtr-types-{date}.xsd",
    )


STANDARD_SCHEMAS: Final = (
    StandardSchema(
        namespace=XBRLI,
        urls=("http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd",),
        date="2003-12-31",
        file="xbrl-instance.xsd",
    ),
    StandardSchema(
        namespace=LINK,
        urls=("http://www.xbrl.org/2003/xbrl-linkbase-2003-12-31.xsd",),
        date="2003-12-31",
        file="xbrl-linkbase.xsd",
    ),
    StandardSchema(
        namespace=XL, urls=("http://www.xbrl.org/2003/xl-2003-12-31.xsd",), date="2003-12-31", file="xl.xsd"
    ),
    StandardSchema(
        namespace=XLINK, urls=("http://www.xbrl.org/2003/xlink-2003-12-31.xsd",), date="2003-12-31", file="xlink.xsd"
    ),
    StandardSchema(
        namespace=XML,
        urls=("http://www.w3.org/2001/xml.xsd", "http://www.w3.org/2001/03/xml.xsd"),
        date="2001",
        file="xml.xsd",
    ),
    StandardSchema(
        namespace=XBRLDT, urls=("http://www.xbrl.org/2005/xbrldt-2005.xsd",), date="2005", file="xbrldt.xsd"
    ),
    StandardSchema(
        namespace=XBRLDI, urls=("http://www.xbrl.org/2006/xbrldi-2006.xsd",), date="2006", file="xbrldi.xsd"
    ),
    StandardSchema(
        namespace=REF, urls=("http://www.xbrl.org/2006/ref-2006-02-27.xsd",), date="2006-02-27", file="ref-2006.xsd"
    ),
    StandardSchema(
        namespace="http://www.xbrl.org/2004/ref",
        urls=("http://www.xbrl.org/2004/ref-2004-08-10.xsd",),
        date="2004-08-10",
        file="ref-2004.xsd",
    ),
    StandardSchema(
        namespace=GEN,
        urls=("http://www.xbrl.org/2008/generic-link.xsd",),
        date="2009-06-22",
        file="generic-link.xsd",
    ),
    StandardSchema(
        namespace=GENERIC_LABEL,
        urls=("http://www.xbrl.org/2008/generic-label.xsd",),
        date="2009-06-22",
        file="generic-label.xsd",
    ),
    StandardSchema(
        namespace=GENERIC_REFERENCE,
        urls=("http://www.xbrl.org/2008/generic-reference.xsd",),
        date="2009-06-22",
        file="generic-reference.xsd",
    ),
    StandardSchema(
        namespace=ENUM2,
        urls=("https://www.xbrl.org/2020/extensible-enumerations-2.0.xsd",),
        date="2020",
        file="enum2.xsd",
    ),
    _dtr(DTR.rpartition("/")[2]),
    _dtr("2022-03-31"),
    _dtr("2020-01-21"),
    StandardSchema(
        namespace="http://www.xbrl.org/dtr/type/numeric",
        urls=("http://www.xbrl.org/dtr/type/numeric-2009-12-16.xsd",),
        date="2009-12-16",
        file="dtr-numeric.xsd",
    ),
    StandardSchema(
        namespace="http://www.xbrl.org/dtr/type/non-numeric",
        urls=("http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd",),
        date="2009-12-16",
        file="dtr-non-numeric.xsd",
    ),
)
"""Every standard schema that we have one of our own for."""

_BY_ADDRESS: Final = {url.partition("://")[2]: schema for schema in STANDARD_SCHEMAS for url in schema.urls}
_BY_NAMESPACE: Final = {schema.namespace: schema for schema in STANDARD_SCHEMAS}


def standard_schema(url: str) -> StandardSchema | None:
    """The standard schema at ``url`` (``http`` or ``https``), if it is one."""
    scheme, _, address = url.partition("://")
    return _BY_ADDRESS.get(address.partition("#")[0]) if scheme in ("http", "https") else None


def standard_schema_of(namespace: str) -> StandardSchema | None:
    """The standard schema of ``namespace``, if it is one."""
    return _BY_NAMESPACE.get(namespace)


DRIVER: Final = "memory:driver.xsd"
"""The address of the schema that imports all others."""

BOX: Final = "box"
"""An element of the driver that may hold anything; what is declared must be valid all the same."""

_XS: Final = f"{{{XSD}}}"
_IMPORT: Final = f"{_XS}import"
_PATTERN: Final = f"{_XS}pattern"
_ATTRIBUTE: Final = f"{_XS}attribute"
_INCLUSIONS: Final = (f"{_XS}include", f"{_XS}redefine")
_EMPTY: Final = f'<schema xmlns="{XSD}"/>'.encode()
# Automata are built with a state for each occurrence: what nobody means to count is refused.
_MAX_OCCURS: Final = 10_000
_MAX_STATES: Final = 1_000_000


@define(eq=False)
class SchemaClosure:
    """The schemas gathered so far; `findings` names the missing ones."""

    resolver: Resolver
    limits: Limits
    findings: list[Finding] = field(factory=list)
    driver: bytes = b""
    _trees: dict[str, etree._ElementTree] = field(factory=dict)
    _documents: dict[str, bytes] = field(factory=dict)
    _addresses: dict[str, str] = field(factory=dict)
    _imports: list[tuple[etree._Element, str]] = field(factory=list)
    _waiting: deque[tuple[str, str]] = field(factory=deque)
    _standard_urls: set[str] = field(factory=set)
    _withheld: list[tuple[str, etree._Element, etree._Element]] = field(factory=list)

    def add(self, schemas: Iterable[Path | str]) -> None:
        """Gather the entry points and all that they lead to; to be called once."""
        imports: dict[str, str] = {}
        for namespace in (XBRLI, XBRLDI):
            standard = standard_schema_of(namespace)
            assert standard is not None
            imports[namespace] = self._standard(standard)
        entries = [self._entry(schema) for schema in schemas]
        self._gather()
        for url in entries:
            if url in self._trees:
                imports.setdefault(self._namespace(url), url)
        self._finish(imports, [url for url in entries if url in self._trees])

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses of all documents but the driver."""
        return frozenset(self._documents)

    def document(self, address: str) -> bytes:
        """The bytes of the schema at an address of the closure, an empty schema where there is none."""
        return self._documents.get(address, _EMPTY)

    def url(self, address: str) -> str:
        """The URL of the schema at an address of the closure."""
        return next((url for url, known in self._addresses.items() if known == address), address)

    def unchecked_patterns(self) -> Iterator[Finding]:
        """Patterns that were taken away from types of attributes, and from members of lists and unions.

        `exporter.model.patterns` decides those of items and typed domains; for these nobody does.
        """
        if not self._withheld:
            return
        used = {name for tree in self._trees.values() for name in _used_outside_elements(tree)}
        for url, pattern, definition in self._withheld:
            if definition.tag == _ATTRIBUTE or definition.get("name") in used:
                yield Finding(
                    code="exporter:patternNotChecked",
                    severity=Severity.WARNING,
                    message=f"the pattern {pattern.get('value', '')[:80]!r} is not held against attributes, "
                    "lists and unions",
                    location=Location(file=url, line=pattern.sourceline or None),  # type: ignore[arg-type]
                    fix="write it so that each character can be met by one place of it only",
                )

    @property
    def key(self) -> str:
        """A digest of all that is compiled."""
        digest = hashlib.sha256(self.driver)
        urls = {address: url for url, address in self._addresses.items()}  # findings name them
        for address, document in sorted(self._documents.items()):
            digest.update(f"\0{address}\0{urls.get(address)}\0{len(document)}\0".encode())
            digest.update(document)
        return digest.hexdigest()

    # Gathering

    def _entry(self, schema: Path | str) -> str:
        if isinstance(schema, str) and (standard := standard_schema(schema)) is not None:
            return self._standard(standard)
        url = file_url(schema.resolve()) if isinstance(schema, Path) else schema
        self._waiting.append((url, str(schema)))
        return url

    def _standard(self, schema: StandardSchema) -> str:
        url = file_url(schema.path)
        self._standard_urls.add(url)
        self._waiting.append((url, schema.urls[0]))
        return url

    def _gather(self) -> None:
        while self._waiting:
            url, asked_by = self._waiting.popleft()
            if url in self._trees:
                continue
            try:
                tree = parse_xml(self.resolver.read(url), self.limits, url)
            except ResolutionError as error:
                self._report_missing(url, error, asked_by)
                continue
            except (ReadError, PackageError) as error:
                self.findings.extend(error.findings)
                continue
            self._trees[url] = tree
            self.findings.extend(_counts_too_far(tree, url))
            self._check_patterns(tree, url)
            for element in tree.getroot().iterchildren(_IMPORT, *_INCLUSIONS):
                self._follow(element, url)

    def _follow(self, element: etree._Element, base: str) -> None:
        location = element.get("schemaLocation")
        standard = standard_schema_of(element.get("namespace") or "") if element.tag == _IMPORT else None
        if standard is None and location is not None:
            standard = standard_schema(location.strip())
        if standard is not None:
            url = self._standard(standard)
        elif location is not None:
            try:
                url = self.resolver.absolute(location, base)
            except ResolutionError as error:
                self._report_missing(location, error, base)
                return
            self._waiting.append((url, base))
        else:
            return
        element.set("schemaLocation", self._address(url))
        if element.tag == _IMPORT:
            self._imports.append((element, url))

    def _address(self, url: str) -> str:
        return self._addresses.setdefault(url, f"memory:{len(self._addresses)}.xsd")

    def _report_missing(self, url: str, error: ResolutionError, asked_by: str) -> None:
        reason = error.findings[0].message if error.findings else str(error)
        finding = Finding(
            code="exporter:schemaNotFound",
            message=f"the schema {url} is missing: {reason}",
            location=Location(file=asked_by),
            fix="give the taxonomy package that holds it, or put the file in its place",
        )
        self.findings.append(finding)

    def _check_patterns(self, tree: etree._ElementTree, url: str) -> None:
        """Take away the patterns for which a validator would have to try again and again.

        Those of items and typed domains are decided by `exporter.model.patterns`; nobody decides the others.
        """
        if url in self._standard_urls:
            return  # they are ours
        for step in {pattern.getparent(): None for pattern in tree.iter(_PATTERN)}:
            assert step is not None
            patterns = step.findall(_PATTERN)
            findings = [defect for pattern in patterns if (defect := _pattern_finding(pattern, url)) is not None]
            self.findings += findings
            if not findings and not all(compile_pattern(facet.get("value", "")).is_deterministic for facet in patterns):
                for pattern in patterns:
                    self._withheld.append((url, pattern, _type_around(step)))
                    step.remove(pattern)

    # Finishing

    def _namespace(self, url: str) -> str:
        return self._trees[url].getroot().get("targetNamespace") or ""

    def _finish(self, imports: dict[str, str], entries: list[str]) -> None:
        shared = self._join(entries)
        for element, url in self._imports:
            if url in self._trees and self._namespace(url) in shared:
                element.set("schemaLocation", shared[self._namespace(url)])
        for url, tree in self._trees.items():
            self._documents[self._address(url)] = etree.tostring(tree)
        root = etree.Element(f"{_XS}schema", nsmap={"xs": XSD})
        for namespace, url in imports.items():
            etree.SubElement(root, _IMPORT, _import(namespace, shared.get(namespace, self._address(url))))
        etree.SubElement(root, f"{_XS}element", {"name": BOX, "type": "xs:anyType"})
        self.driver = etree.tostring(root)

    def _join(self, entries: list[str]) -> dict[str, str]:
        """One schema for each namespace that has several: validators take only the first import of a namespace."""
        by_namespace: dict[str, dict[str, None]] = {}
        for url in (*(url for _, url in self._imports), *entries):
            if url in self._trees:
                by_namespace.setdefault(self._namespace(url), {})[url] = None
        shared: dict[str, str] = {}
        for number, (namespace, urls) in enumerate(by_namespace.items()):
            if len(urls) > 1 and namespace:
                root = etree.Element(f"{_XS}schema", {"targetNamespace": namespace}, nsmap={"xs": XSD})
                for url in urls:
                    etree.SubElement(root, f"{_XS}include", {"schemaLocation": self._address(url)})
                shared[namespace] = f"memory:joined-{number}.xsd"
                self._documents[shared[namespace]] = etree.tostring(root)
        return shared


def _type_around(step: etree._Element) -> etree._Element:
    """The named type or the attribute in which a derivation stands, else the outermost element below the schema."""
    while (outer := step.getparent()) is not None and outer.tag != f"{_XS}schema":
        step = outer
        if step.tag == _ATTRIBUTE:
            break
    return step


def _used_outside_elements(tree: etree._ElementTree) -> Iterator[str]:
    """The local names of the types of attributes, of the members of lists and unions, and of what these restrict."""
    for element in tree.iter(_ATTRIBUTE, f"{_XS}list", f"{_XS}union"):
        for attribute in ("type", "itemType", "memberTypes"):
            yield from (name.rpartition(":")[2] for name in element.get(attribute, "").split())
        yield from (base.get("base", "").rpartition(":")[2] for base in element.iter(f"{_XS}restriction"))


def _pattern_finding(pattern: etree._Element, url: str) -> Finding | None:
    """What keeps a pattern from being compiled."""
    value = pattern.get("value", "")
    try:
        compile_pattern(value)
    except PatternLimitError as error:
        code, defect, fix = "exporter:limitExceeded", f"is too large: {error}", "count less far, or restrict the length"
    except PatternError as error:
        code, defect, fix = "exporter:schemaInvalid", f"is none of XML Schema: {error}", "write it as XML Schema does"
    else:
        return None
    location = Location(file=url, line=pattern.sourceline or None)  # type: ignore[arg-type]
    return Finding(code=code, message=f"the pattern {value[:80]!r} {defect}", location=location, fix=fix)


def _import(namespace: str, url: str) -> dict[str, str]:
    return {"namespace": namespace, "schemaLocation": url} if namespace else {"schemaLocation": url}


def _counts_too_far(tree: etree._ElementTree, url: str) -> Iterator[Finding]:
    """Occurrences that would cost a validator more memory than a document is worth."""
    total = 0
    for element in tree.iter(f"{_XS}element", f"{_XS}sequence", f"{_XS}choice", f"{_XS}any", f"{_XS}group"):
        if element.get("maxOccurs") is None and element.get("minOccurs") is None:
            continue
        count, outer = _occurs(element), element.getparent()
        while outer is not None and outer.tag != f"{_XS}schema":
            count *= _occurs(outer)
            outer = outer.getparent()
        total += count
        if _occurs(element) > _MAX_OCCURS or total > _MAX_STATES:
            yield Finding(
                code="exporter:limitExceeded",
                message="the schema counts more occurrences than can be checked",
                location=Location(file=url, line=element.sourceline or None),  # type: ignore[arg-type]
                fix='write maxOccurs="unbounded"',
            )
            return


def _occurs(element: etree._Element) -> int:
    count = 1
    for name in ("minOccurs", "maxOccurs"):
        text = element.get(name, "").strip()
        if text.isdecimal():
            count = max(count, int(text) if len(text) < 9 else _MAX_STATES)
    return count
