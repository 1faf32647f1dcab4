"""Read Inline XBRL 1.1 and 1.0, one document or a document set, into the Open Information Model.

Inline XBRL defines a document by the instance that it stands for. The elements of that instance are made one by one and
go through the reader of XBRL 2.1, so that both syntaxes share all of its rules.
"""

from __future__ import annotations

import copy
import re
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from attrs import evolve, frozen
from lxml import etree

from exporter.findings import Finding, Location, Severity, list_text
from exporter.formats.inline_xbrl import tags
from exporter.formats.inline_xbrl.check.elements import WHITE_SPACE
from exporter.formats.inline_xbrl.document_set import DocumentElement, place_of
from exporter.formats.inline_xbrl.read.content import markup, plain_text
from exporter.formats.inline_xbrl.read.inline_set import InlineSet, load_set
from exporter.formats.inline_xbrl.read.relationships import LinkBuilder
from exporter.formats.inline_xbrl.read.targets import TargetDocument, href_of
from exporter.formats.inline_xbrl.read.values import FormatReader, NumberReader, is_nil, terms_of
from exporter.formats.options import DEFAULT_OPTIONS, IDS, InlineFile, ReadOptions, settle
from exporter.formats.xbrl_xml import tags as xbrl
from exporter.formats.xbrl_xml.read.links import ReferenceReader
from exporter.formats.xbrl_xml.read.report import InstanceReader
from exporter.model.fact import Fact
from exporter.model.qname import QName
from exporter.model.report import Report, Vocabulary
from exporter.namespaces import LINK, XBRLI, XHTML, XLINK, XSI
from exporter.transformations.registry import REGISTRIES

_UNMAPPED: Final = {
    tags.TUPLE: ("xbrlxe:unsupportedTuple", "is a tuple", "report its items on their own, distinguished by dimensions"),
    tags.FRACTION: ("xbrlxe:unsupportedFraction", "is a fraction", "report the quotient as a decimal"),
}
_SPOOL_SIZE: Final = 1024**2
_QNAME_LIKE: Final = re.compile(r"\s*[^\s<>&:]+(?::[^\s<>&:]+)?\s*")
_KEPT: Final = frozenset({"contextRef", "unitRef", "decimals", "precision", "id", xbrl.XML_LANG})
_OWN: Final = frozenset({tags.IX, tags.IX_1_0, XHTML, *REGISTRIES})


class Instance:
    """The instance of XBRL 2.1 that a target stands for, as text, and where each of its parts comes from."""

    def __init__(self, root: etree._Element) -> None:
        self._text = tempfile.SpooledTemporaryFile(_SPOOL_SIZE)  # noqa: SIM115 - closed with the instance
        self._closing = f"</{root.prefix}:xbrl>".encode()
        self._line = 1
        self._lines = array("L")
        self._nodes: list[DocumentElement] = []
        bare = copy.copy(root)
        bare.text = "\n"
        self._write(etree.tostring(bare).rpartition(b"</")[0])

    def add(self, element: etree._Element, node: DocumentElement) -> None:
        """Write an element that stands for a node of the page."""
        self._lines.append(self._line)
        self._nodes.append(node)
        alone = copy.deepcopy(element)  # with the namespaces that it needs itself
        alone.tail = "\n"
        self._write(etree.tostring(alone))

    def _write(self, text: bytes) -> None:
        self._text.write(text)
        self._line += text.count(b"\n")

    def release(self) -> None:
        """Let go of the elements of the page."""
        for node in self._nodes:
            node.release()

    def close(self) -> bytes:
        """The whole instance; no element can be added after that."""
        with self._text as text:
            text.write(self._closing)
            text.seek(0)
            return text.read()

    def node_at(self, line: int) -> DocumentElement | None:
        """The node whose element stands on a line."""
        number = bisect_right(self._lines, line) - 1
        return self._nodes[number] if number >= 0 else None


@frozen(eq=False)
class TargetReading:
    """What a target holds.

    ``report`` holds all facts that could be read, ``nodes`` the element of each of them; ``findings`` are those of XBRL
    2.1 and of its mapping to the model. ``left_out`` is the number of facts that a partial report does without.
    ``instance`` is the instance that the target stands for, where it is asked for.
    """

    target: TargetDocument
    report: Report
    nodes: list[DocumentElement]
    findings: list[Finding]
    instance: Instance | None
    left_out: int = 0


class _TargetReader:
    """Reads one target of a set.

    The elements of the instance are let go one by one: none is needed once its fact has been made.
    """

    def __init__(self, inline: InlineSet, target: TargetDocument, options: ReadOptions, *, with_instance: bool) -> None:
        self._set = inline
        self._target = target
        self._options = options
        self._loaded = Vocabulary()
        self._fractions: set[QName] = set()
        self._formats = FormatReader(inline.log)
        self._numbers = NumberReader(self._formats, inline.log, options.limits)
        name = inline.document_set.documents[0].name
        self._reader = InstanceReader(evolve(options, load_vocabulary=self._load), name, keeps_ids=True)
        self._root = self._new_root()
        self._instance = Instance(self._root) if with_instance else None
        self._given: list[DocumentElement] = []
        self._read: dict[DocumentElement, str] = {}

    def read(self) -> TargetReading:
        """The report, and what there is to object."""
        facts = list(self._reader.run(self._children()))
        links = self._links()
        report = Report(
            taxonomy=self._reader.taxonomy,
            facts=facts,
            footnotes=links.footnotes,
            links=links.links,
            namespaces=self._reader.namespaces,
            vocabulary=self._reader.vocabulary,
        )
        findings = self._reader.log.findings
        if not self._target.references:  # that has been reported in the words of Inline XBRL
            findings = [finding for finding in findings if finding.code != "oime:noTaxonomy"]
        nodes = [self._given[place - 1] for place in self._reader.places]
        left_out = self._reader.log.left_out
        del self._reader  # which knows this object: without the circle both are let go at once
        return TargetReading(self._target, report, nodes, findings, self._instance, left_out)

    def _load(self, hrefs: tuple[str, ...]) -> Vocabulary:
        self._loaded = self._options.load_vocabulary(hrefs)
        self._fractions = {name for name, datatype in self._loaded.datatypes.items() if datatype.base == "fraction"}
        return self._loaded

    def _new_root(self) -> etree._Element:
        namespaces = {"xbrli": XBRLI, "link": LINK, "xlink": XLINK, "xsi": XSI}
        for node in self._target.references:
            for prefix, uri in node.element.nsmap.items():
                if prefix and uri not in _OWN and prefix not in namespaces and uri not in namespaces.values():
                    namespaces[prefix] = uri
        language = self._target.language
        return etree.Element(xbrl.XBRL, {xbrl.XML_LANG: language} if language else {}, nsmap=namespaces)

    # -- the children of the instance

    def _children(self) -> Iterator[etree._Element]:
        """The root and its children for the reader of XBRL 2.1, each finding located in the inline document."""
        yield self._root
        log = self._reader.log
        for node in (*self._references(), *self._set.document_set.contexts, *self._set.document_set.units):
            log.file = node.document.name
            self._given.append(node)
            if self._instance is not None:
                self._instance.add(node.element, node)
            yield node.element
        for node in self._target.facts:
            if self._set.tuples.is_member(node):
                continue
            del self._root[:]
            element = self._fact(node, self._root) if node not in self._set.unsound else None
            if element is None or (log.partial and self._is_in_doubt(node)):
                log.left_out += self._number_of_facts(node)
                continue
            if self._instance is not None:
                self._instance.add(element, node)
            known = len(log.findings)
            if node.element.tag in _UNMAPPED:
                log.left_out += self._number_of_facts(node)
                code, message, fix = _UNMAPPED[str(node.element.tag)]
                log.error(code, f"{node.get('name')} {message}", fix=fix)
            else:
                if node.id is not None and self._set.relationships:
                    self._read[node] = node.id.strip()
                self._given.append(node)
                left_out = log.left_out
                yield element
                if log.left_out != left_out or any(finding.code in IDS for finding in log.findings[known:]):
                    self._read.pop(node, None)  # nothing can be linked to it
            if len(log.findings) != known:
                place = place_of(node)
                log.findings[known:] = [
                    finding.at(file=place.file, line=place.line, fact=place.fact) for finding in log.findings[known:]
                ]

    def _is_in_doubt(self, node: DocumentElement) -> bool:
        """Whether a finding concerns the element, a part of its text, or a number inside that shows the same figure."""
        in_doubt = self._set.log.in_doubt
        if not in_doubt:
            return False
        if node.element.tag == tags.NON_FRACTION:
            return any(element in in_doubt for element in node.element.iter(tags.NON_FRACTION))
        return any(part.element in in_doubt for part in self._set.chains.parts(node))

    def _number_of_facts(self, node: DocumentElement) -> int:
        """How many facts an element stands for: of a tuple, those of its members."""
        if node.element.tag != tags.TUPLE:
            return 1
        return max(1, sum(self._number_of_facts(member) for member in self._set.tuples.members(node)))

    def _references(self) -> Iterator[DocumentElement]:
        for node in self._target.links():
            element = copy.copy(node.element)
            element.set(xbrl.XLINK_HREF, href_of(node.element))
            yield DocumentElement(element, node.document)
        seen: set[tuple[str, str | None]] = set()
        for tag, key in ((xbrl.ROLE_REF, "roleURI"), (xbrl.ARCROLE_REF, "arcroleURI")):
            for node in self._set.document_set.resource_children(tag):
                uri = (tag, node.get(key))
                if uri not in seen:
                    seen.add(uri)
                    yield node

    def _fact(self, node: DocumentElement, parent: etree._Element) -> etree._Element | None:
        """The fact as an element of the instance; ``None`` where its value or name is unknown, which is noted."""
        name = node.resolve("name")
        if name is None:
            self._set.log.error_at("exporter:xmlSchema", f"the prefix of name is not declared in {node.name}", node)
            return None
        self._check_declaration(node, name)
        tag = node.element.tag
        if tag == tags.NON_FRACTION:
            return self._number(node, name, parent)
        if tag == tags.NON_NUMERIC:
            return self._text(node, name, parent)
        if tag == tags.FRACTION:
            return self._fraction(node, name, parent)
        return self._tuple(node, name, parent)

    def _attributes(self, node: DocumentElement, *, nil: bool = False) -> dict[str, str]:
        attributes = {key: value.strip(WHITE_SPACE) for key, value in node.attributes.items() if key in _KEPT}
        if nil:
            attributes[xbrl.XSI_NIL] = "true"
        return attributes

    def _number(self, node: DocumentElement, name: QName, parent: etree._Element) -> etree._Element | None:
        if is_nil(node):
            return self._nil(node, name, parent)
        value = self._numbers.value(node)
        if value is None:
            return None
        element = etree.SubElement(parent, name.clark, self._attributes(node))
        element.text = value
        return element

    def _text(self, node: DocumentElement, name: QName, parent: etree._Element) -> etree._Element | None:
        if is_nil(node):
            return self._nil(node, name, parent)
        parts = self._set.chains.parts(node)
        escaped = (node.get("escape") or "").strip(WHITE_SPACE) in ("true", "1")
        value: str | None = markup(parts) if escaped else plain_text(parts)
        if node.get("format") is not None:
            value = self._formats.value(node, value or "")
            if value is None:
                return None
        datatype = self._loaded.datatypes.get(name)
        if datatype is not None and datatype.collapses_white_space:
            value = datatype.normalise(value or "")
        # Only a value that may be a name with a prefix needs the prefixes of its place.
        namespaces: Any = node.element.nsmap if value and len(value) < 300 and _QNAME_LIKE.fullmatch(value) else None
        element = etree.SubElement(parent, name.clark, self._attributes(node), nsmap=namespaces)
        element.text = value
        return element

    def _nil(self, node: DocumentElement, name: QName, parent: etree._Element) -> etree._Element | None:
        if len(node.element) or plain_text(self._set.chains.parts(node)):
            message = "the fact is nil and yet has content"
            self._set.log.error_at("xbrl.4.6:nilContent", message, node, fix="leave the content outside the tag")
        elif node.get("format") is not None and self._formats.value(node, "") is None:
            return None
        return etree.SubElement(parent, name.clark, self._attributes(node, nil=True))

    def _fraction(self, node: DocumentElement, name: QName, parent: etree._Element) -> etree._Element:
        element = etree.SubElement(parent, name.clark, self._attributes(node, nil=is_nil(node)))
        for term in terms_of(node):
            inner = xbrl.NUMERATOR if term.element.tag == tags.NUMERATOR else xbrl.DENOMINATOR
            etree.SubElement(element, inner).text = self._numbers.value(term)
        return element

    def _tuple(self, node: DocumentElement, name: QName, parent: etree._Element) -> etree._Element:
        element = etree.SubElement(parent, name.clark, self._attributes(node, nil=is_nil(node)))
        for member in self._set.tuples.members(node):
            if member not in self._set.unsound:
                self._fact(member, element)
        return element

    def _check_declaration(self, node: DocumentElement, name: QName) -> None:
        """Fractions, and only they, report concepts of a fraction type."""
        is_fraction = node.element.tag == tags.FRACTION
        if not is_fraction and not self._fractions:
            return
        declared = name in self._fractions if name in self._loaded.datatypes else is_fraction
        if declared != is_fraction:
            message = f"{name} is {'no' if is_fraction else 'a'} fraction and yet tagged with {node.name}"
            self._set.log.error_at("ixe:fractionDeclaration", message, node)

    # -- links

    def _links(self) -> LinkBuilder:
        log = self._reader.log
        in_doubt = self._set.log.in_doubt if log.partial else frozenset()
        builder = LinkBuilder(self._set.chains, log, self._options.limits.links, in_doubt)
        for relationship in self._set.relationships:
            builder.add(relationship, self._read)
        references = ReferenceReader(log)
        references.role_hrefs.update(self._role_hrefs())
        references.check_roles(builder.roles, builder.arcroles, self._loaded)
        return builder

    def _role_hrefs(self) -> Iterator[tuple[str, str]]:
        for tag, key in ((xbrl.ROLE_REF, "roleURI"), (xbrl.ARCROLE_REF, "arcroleURI")):
            for node in self._set.document_set.resource_children(tag):
                yield node.get(key) or "", node.get(xbrl.XLINK_HREF) or ""


def read_target(
    inline: InlineSet, target: TargetDocument, options: ReadOptions, *, with_instance: bool = False
) -> TargetReading:
    """Read one target; findings of Inline XBRL itself go to the set's log."""
    return _TargetReader(inline, target, options, with_instance=with_instance).read()


def read(source: Path | BinaryIO, options: ReadOptions = DEFAULT_OPTIONS, *, target: str | None = None) -> Report:
    """The report of a document that is a set of its own; otherwise as `read_set`."""
    return read_set([InlineFile(_name(source, options), source)], options, target=target)


def read_set(
    files: Sequence[InlineFile], options: ReadOptions = DEFAULT_OPTIONS, *, target: str | None = None
) -> Report:
    """The report of an Inline XBRL Document Set.

    Values are those of the document after transformation, scale and sign. Concepts whose type the vocabulary does not
    know are numeric where they are tagged with ``ix:nonFraction``. Where the set has further target documents,
    ``exporter:otherTargets`` is warned of.

    Args:
        files: the documents; order counts for the order of the facts only.
        options: as for every reader.
        target: the target document; the default one, or the only one there is, where left out.

    Raises:
        ReadError: with every finding: ``ixe:`` codes for Inline XBRL, ``exporter:xmlSchema`` where an element of it is
            malformed, those of XBRL 2.1 and of its mapping to the model for the facts.
    """
    inline = load_set(files, options.limits)
    chosen = inline.choose(target)
    reading = read_target(inline, chosen, options)
    findings = (*inline.findings, *reading.findings)
    settle(findings, options, left_out=reading.left_out, file=files[0].name)
    for finding in _others(inline, chosen):
        options.warn(finding)
    return reading.report


def iter_facts(source: Path | BinaryIO, options: ReadOptions = DEFAULT_OPTIONS) -> Iterator[Fact]:
    """The facts of a document one by one. The whole document is read before the first: any part may refer to any other.

    Raises:
        ReadError: as `read`, before the first fact.
    """
    yield from read(source, options).facts


def _name(source: Path | BinaryIO, options: ReadOptions) -> str:
    return options.name or str(source if isinstance(source, Path) else getattr(source, "name", "(document)"))


def _others(inline: InlineSet, chosen: TargetDocument) -> Iterator[Finding]:
    names = [target.title for target in inline.targets if target is not chosen]
    if names:
        message = (
            f"the document set has {len(names) + 1} target documents; {chosen.title} is read, not {list_text(names)}"
        )
        place = Location(file=inline.document_set.documents[0].name)
        yield Finding(code="exporter:otherTargets", message=message, severity=Severity.WARNING, location=place)
